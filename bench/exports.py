"""Turtle and N-Triples from records: our export against rdflib and against a pyoxigraph store's dump."""

import io
from functools import partial

import pyoxigraph
import rdflib

from bench.content import synthetic
from bench.measure import interleaved, table
from graph.export import export
from schema.model import load_schema

BASE = "https://w3id.org/carisec/"


def run(statements: int = 5000, rounds: int = 3) -> str:
    """Rates in triples a processor second; the peers get their terms ready-made, ours starts from records."""
    schema = load_schema()
    content = synthetic(schema, statements)

    def ours(format_name: str) -> bytes:
        out = io.BytesIO()
        export(format_name, schema, content.entities, content.statements, BASE, out)
        return out.getvalue()

    ntriples = ours("ntriples")
    store = pyoxigraph.Store()
    store.bulk_load(ntriples, pyoxigraph.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=ntriples, format="nt")
    default = pyoxigraph.DefaultGraph()
    parts = []
    for name, kind, peer in (
        ("turtle", pyoxigraph.RdfFormat.TURTLE, "turtle"),
        ("ntriples", pyoxigraph.RdfFormat.N_TRIPLES, "nt"),
    ):
        timings = interleaved(
            {
                "rdflib serialize": partial(graph.serialize, format=peer),
                "pyoxigraph Store.dump": partial(store.dump, format=kind, from_graph=default),
                "carisec export": partial(ours, name),
            },
            rounds,
        )
        parts.append(
            table(
                f"{name}, {statements:,} statements, {len(graph):,} triples", "triples", len(graph), timings
            )
        )
    return "\n\n".join(parts)
