"""GET /sparql: results in their forms, and a process that is stopped when a query runs too long."""

from collections.abc import Iterator

import pytest
import rdflib
from fastapi.testclient import TestClient

from api.app import create_app
from api.snapshot import Snapshot, Snapshots
from api.sparql_client import SparqlClient
from schema.errors import TimeLimit, UsageError
from tests.conftest import Graph

COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
# Six free patterns over the whole graph: no engine ends this while a test waits.
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


@pytest.fixture(scope="module")
def snapshot(graph: Graph) -> Snapshot:
    return Snapshots(graph.store, graph.schema, graph.settings.base_iri).of(graph.store.version())


@pytest.fixture
def sparql() -> Iterator[SparqlClient]:
    made = SparqlClient(2.0)
    yield made
    made.close()


def test_common_prefixes_are_known(client: TestClient, graph: Graph) -> None:
    text = "SELECT ?who WHERE { ?who carisec:established unit:ccgiu }"
    rows = client.get("/sparql", params={"query": text}).json()["results"]["bindings"]
    expected = graph.store.read(
        "MATCH (u:Entity {id: 'unit/ccgiu'})<-[:ESTABLISHED]-(a:Entity) RETURN DISTINCT a.id"
    ).rows
    assert {row["who"]["value"] for row in rows} == {
        f"https://w3id.org/carisec/id/{row[0]}" for row in expected
    }
    assert rows


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("text/csv", "text/csv"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/html,*/*;q=0.8", "application/sparql-results+json"),
    ],
)
def test_tables_come_as_wanted(client: TestClient, accept: str, expected: str) -> None:
    response = client.get("/sparql", params={"query": COUNT}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == expected


def test_a_graph_comes_as_turtle(client: TestClient) -> None:
    text = "CONSTRUCT { unit:ccgiu ?p ?o } WHERE { unit:ccgiu ?p ?o }"
    response = client.get("/sparql", params={"query": text}, headers={"Accept": "text/turtle"})
    assert len(rdflib.Graph().parse(data=response.text, format="turtle")) > 5


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT", "no SPARQL"),
        ("DELETE WHERE { ?s ?p ?o }", "only reads"),
        ("INSERT DATA { <a:b> <a:b> <a:b> }", "only reads"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * {" * 500, "nested"),
    ],
)
def test_what_is_no_query_is_told(client: TestClient, text: str, said: str) -> None:
    response = client.get("/sparql", params={"query": text})
    assert response.status_code == 400
    assert said in response.json()["detail"]


def test_no_form_that_fits(client: TestClient) -> None:
    response = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"})
    assert response.status_code == 406


def test_without_a_query_the_service_describes_itself(client: TestClient) -> None:
    described = rdflib.Graph().parse(data=client.get("/sparql").text, format="turtle")
    service = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert list(described.subjects(rdflib.RDF.type, service.Service))
    assert list(described.objects(None, service.resultFormat))
    page = client.get("/sparql", headers={"Accept": "text/html"})
    assert "<textarea" in page.text


def test_a_query_that_runs_too_long_is_stopped(snapshot: Snapshot, sparql: SparqlClient) -> None:
    before, _ = sparql.query(snapshot, COUNT, "text/csv")
    with pytest.raises(TimeLimit, match="2 seconds"):
        sparql.query(snapshot, ENDLESS, "text/csv")
    assert sparql.query(snapshot, COUNT, "text/csv")[0] == before


def test_an_engine_that_died_is_started_again(snapshot: Snapshot, sparql: SparqlClient) -> None:
    before, _ = sparql.query(snapshot, COUNT, "text/csv")
    assert sparql.process is not None
    sparql.process.kill()
    sparql.process.wait()
    assert sparql.query(snapshot, COUNT, "text/csv")[0] == before


def test_an_error_leaves_the_engine_as_it_was(snapshot: Snapshot, sparql: SparqlClient) -> None:
    sparql.query(snapshot, COUNT, "text/csv")
    process = sparql.process
    with pytest.raises(UsageError):
        sparql.query(snapshot, "SELECT", "text/csv")
    sparql.query(snapshot, COUNT, "text/csv")
    assert sparql.process is process


def test_a_new_version_is_loaded(snapshot: Snapshot, sparql: SparqlClient) -> None:
    sparql.query(snapshot, COUNT, "text/csv")
    emptied = Snapshot("another", snapshot.schema, snapshot.base_iri, {}, {})
    assert sparql.query(emptied, COUNT, "text/csv")[0].split() == [b"n", b"0"]
    assert sparql.query(snapshot, COUNT, "text/csv")[0].split() != [b"n", b"0"]


def test_a_query_waits_for_its_turn_no_longer_than_its_limit(snapshot: Snapshot) -> None:
    sparql = SparqlClient(0.2)
    with sparql.turn, pytest.raises(TimeLimit, match="busy"):
        sparql.query(snapshot, COUNT, "text/csv")
