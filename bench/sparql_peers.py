"""The peers of `bench.sparql`, each one process of uvicorn: a bare handler on pyoxigraph, or rdflib-endpoint.

It needs nothing of carisec, so that it runs where the peers are installed:
`python sparql_peers.py pyoxigraph|rdflib-endpoint FILE.nt PORT`.
"""

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pyoxigraph
import rdflib
import uvicorn
from fastapi import FastAPI, Response


def bare(triples: bytes) -> FastAPI:
    """A store and the query of the address, and nothing else."""
    store, app = pyoxigraph.Store(), FastAPI()
    store.bulk_load(triples, pyoxigraph.RdfFormat.N_TRIPLES)

    @app.get("/sparql")
    def sparql(query: str) -> Response:
        found = store.query(query)
        assert not isinstance(found, pyoxigraph.QueryTriples)
        body = found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        return Response(body, media_type="application/sparql-results+json")

    return app


def rdflib_endpoint(triples: bytes) -> Any:
    """As its own documentation sets it up."""
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=triples, format="nt")
    return import_module("rdflib_endpoint").SparqlEndpoint(graph=graph, path="/sparql")


if __name__ == "__main__":
    kind, file, port = sys.argv[1:]
    made = {"pyoxigraph": bare, "rdflib-endpoint": rdflib_endpoint}[kind](Path(file).read_bytes())
    uvicorn.run(made, host="127.0.0.1", port=int(port), log_level="warning", access_log=False)
