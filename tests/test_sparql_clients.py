"""Other people's clients ask a running server: rdflib, SPARQLWrapper and Comunica."""

import json
import shutil
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, URLENCODED, XML
from SPARQLWrapper import SPARQLWrapper as Wrapper

from api.app import create_app
from tests.conftest import Graph, absent, embedded_only
from tests.serving import serving

pytestmark = embedded_only

COMUNICA = "@comunica/query-sparql@4.4.1"
SELECT = """PREFIX carisec: <https://w3id.org/carisec/schema#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?dialogue ?name WHERE { ?dialogue a carisec:Dialogue ; rdfs:label ?name } ORDER BY ?dialogue"""
CONSTRUCT = """PREFIX carisec: <https://w3id.org/carisec/schema#>
CONSTRUCT { ?dialogue a carisec:Dialogue } WHERE { ?dialogue a carisec:Dialogue }"""
ENDLESS = "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


@pytest.fixture(scope="module")
def server(graph: Graph) -> Iterator[str]:
    with serving(create_app(replace(graph.settings, query_seconds=4.0), graph.store)) as address:
        yield address


@pytest.fixture(scope="module")
def expected(graph: Graph) -> set[str]:
    found = graph.store.read("MATCH (d:Dialogue) RETURN d.id").rows
    assert found
    return {f"https://w3id.org/carisec/id/{row[0]}" for row in found}


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_store_of_rdflib(server: str, expected: set[str], method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{server}/sparql", method=method))
    assert {str(row[0]) for row in graph.query(SELECT)} == expected  # type: ignore[index]
    assert graph.query("ASK { ?s ?p ?o }").askAnswer is True
    assert {str(s) for s in graph.query(CONSTRUCT).graph.subjects()} == expected  # type: ignore[union-attr]
    assert (None, rdflib.RDF.type, rdflib.SKOS.ConceptScheme) in graph


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_tables_by_sparqlwrapper(server: str, expected: set[str], method: str, how: str, form: str) -> None:
    found = _converted(server, SELECT, method, how, form)
    if form == JSON:
        names = {row["dialogue"]["value"] for row in found["results"]["bindings"]}
    elif form == XML:
        names = {node.firstChild.data for node in found.getElementsByTagName("uri")}
    else:
        cells = (line.split("," if form == CSV else "\t")[0] for line in found.decode().splitlines()[1:])
        names = {cell.strip("<>") for cell in cells}
    assert names == expected


# rdflib and SPARQLWrapper use what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
def test_graphs_by_sparqlwrapper(server: str, expected: set[str], form: str) -> None:
    found = _converted(server, CONSTRUCT, POST, URLENCODED, form)
    graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found, format="turtle")
    assert {str(s) for s in graph.subjects()} == expected


def _converted(server: str, text: str, method: str, how: str, form: str) -> Any:
    wrapper = Wrapper(f"{server}/sparql")
    wrapper.setQuery(text)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setReturnFormat(form)
    return wrapper.query().convert()


ASKING = """
const { QueryEngine } = require('@comunica/query-sparql');
(async () => {
  const stream = await new QueryEngine().queryBindings(process.argv[3], {
    sources: [{ type: 'sparql', value: process.argv[2] }],
  });
  const rows = await stream.toArray();
  console.log(JSON.stringify(rows.map((row) => row.get('dialogue').value)));
})();
"""


@pytest.mark.npm
def test_comunica(server: str, expected: set[str], tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        absent("Comunica needs Node.js and npm")
    else:
        install = [
            npm,
            "install",
            "--no-save",
            "--no-package-lock",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
        ]
        made = subprocess.run(
            [*install, "--prefix", str(tmp_path), COMUNICA], capture_output=True, text=True, check=False
        )
        assert made.returncode == 0, made.stderr[-2000:]
        (tmp_path / "ask.cjs").write_text(ASKING)
        command = [node, str(tmp_path / "ask.cjs"), f"{server}/sparql", SELECT]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr[-2000:]
        assert set(json.loads(done.stdout)) == expected


def test_health_is_told_while_a_query_runs(server: str) -> None:
    seen: list[int] = []

    def ask() -> None:
        try:
            urllib.request.urlopen(f"{server}/sparql?{urlencode({'query': ENDLESS})}")  # noqa: S310
        except HTTPError as error:
            with error:
                seen.append(error.code)

    asking = threading.Thread(target=ask)
    asking.start()
    told = 0
    while asking.is_alive():
        with urllib.request.urlopen(f"{server}/healthz") as answer:  # noqa: S310
            told += answer.status == 200
    assert seen == [503]
    assert told > 10
