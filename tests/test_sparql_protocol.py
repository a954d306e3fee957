"""`/sparql` as the SPARQL 1.1 Protocol has it.

The cases named like `bad_query_method` are those of the W3C's protocol test suite that apply to an endpoint
which only reads, on the graphs that are here.
"""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import rdflib
from fastapi.testclient import TestClient
from httpx2 import Response

from api.app import create_app
from tests.conftest import Graph, embedded_only

pytestmark = embedded_only

FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ASK = "ASK { ?s ?p ?o }"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
GRAPHS = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
CONSTRUCT = "CONSTRUCT { unit:ccgiu ?p ?o } WHERE { unit:ccgiu ?p ?o }"
ONE = "https://w3id.org/carisec/graph/document/2023-11-22-joint-statement"
OTHER = "https://w3id.org/carisec/graph/document/2023-11-16-eleventh-dialogue-news"
REGISTER = "https://w3id.org/carisec/graph/register"


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def direct(client: TestClient, text: str, accept: str = "*/*", **parameters: Any) -> Response:
    headers = {"Content-Type": DIRECT, "Accept": accept}
    return client.post("/sparql", content=text.encode(), headers=headers, params=parameters)


def rows(response: Response) -> list[dict[str, str]]:
    assert response.status_code == 200, response.text
    found = response.json()["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def test_query_get_post_form_and_post_direct(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": ASK}),
        client.post("/sparql", data={"query": ASK}),
        direct(client, ASK),
    ]
    assert [answer.json()["boolean"] for answer in answers] == [True] * 3


@pytest.mark.parametrize(
    ("text", "accept", "expected"),
    [
        (COUNT, "*/*", "application/sparql-results+json"),
        (COUNT, "application/json", "application/json"),
        (COUNT, "text/csv", "text/csv"),
        (COUNT, "text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        (COUNT, "text/tab-separated-values;q=0.3, text/csv;q=0", "text/tab-separated-values"),
        (COUNT, "text/turtle, application/sparql-results+json;q=0.1", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "application/rdf+xml;q=0.9, text/turtle;q=0.2", "application/rdf+xml"),
        (CONSTRUCT, "application/sparql-results+json, application/ld+json;q=0.5", "application/ld+json"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/trig", "application/trig"),
        ("DESCRIBE unit:ccgiu", "application/n-quads", "application/n-quads"),
    ],
)
def test_query_content_type(client: TestClient, text: str, accept: str, expected: str) -> None:
    for answer in (
        client.get("/sparql", params={"query": text}, headers={"Accept": accept}),
        direct(client, text, accept),
    ):
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].partition(";")[0] == expected
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
def test_a_table_is_named_in_the_address(client: TestClient, name: str) -> None:
    answer = client.get("/sparql", params={"query": COUNT, "format": name}, headers={"Accept": "image/png"})
    assert answer.status_code == 200
    assert client.get("/sparql", params={"query": CONSTRUCT, "format": name}).status_code == 406


@pytest.mark.parametrize("name", ["turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads", "text/turtle"])
def test_a_graph_is_named_in_the_address(client: TestClient, name: str) -> None:
    assert client.get("/sparql", params={"query": CONSTRUCT, "format": name}).status_code == 200
    answer = client.get("/sparql", params={"query": COUNT, "format": name})
    assert (answer.status_code, "none of the wanted forms" in answer.text) == (406, True)


def test_no_form_that_fits(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert {"type": "text/csv", "suffix": "csv"} in answer.json()["errors"]
    assert client.get("/sparql", params={"query": COUNT, "format": "pdf"}).status_code == 400
    many = {"query": COUNT, "format": ["pdf", "csv", "json"]}
    assert client.get("/sparql", params=many).headers["content-type"].startswith("text/csv")


GET, POST = "get", "post"


def asked(client: TestClient, how: str, text: str, **graphs: Any) -> Response:
    if how == GET:
        return client.get("/sparql", params={"query": text, **graphs})
    return client.post("/sparql", data={"query": text, **graphs})


@pytest.mark.parametrize("how", [GET, POST])
def test_query_dataset_default_graph(client: TestClient, how: str) -> None:
    whole = int(rows(asked(client, how, COUNT))[0]["n"])
    one = int(rows(asked(client, how, COUNT, **{"default-graph-uri": ONE}))[0]["n"])
    both = int(rows(asked(client, how, COUNT, **{"default-graph-uri": [ONE, OTHER]}))[0]["n"])
    assert 0 < one < both < whole
    assert rows(asked(client, how, GRAPHS, **{"default-graph-uri": ONE})) == []


@pytest.mark.parametrize("how", [GET, POST])
def test_query_dataset_named_graphs(client: TestClient, how: str) -> None:
    found = rows(asked(client, how, GRAPHS, **{"named-graph-uri": [ONE, OTHER]}))
    assert [row["g"] for row in found] == [OTHER, ONE]
    assert not asked(client, how, ASK, **{"named-graph-uri": ONE}).json()["boolean"]


def test_query_dataset_full(client: TestClient) -> None:
    text = "ASK { ?s rdf:predicate ?p . GRAPH ?g { unit:ccgiu rdfs:label ?name } }"
    graphs = {"default-graph-uri": ONE, "named-graph-uri": REGISTER}
    assert direct(client, text, **graphs).json()["boolean"]
    assert not direct(client, text, **{**graphs, "named-graph-uri": OTHER}).json()["boolean"]


def test_query_multiple_dataset(client: TestClient) -> None:
    """The protocol's data set counts, not that of the query."""
    text = f"SELECT DISTINCT ?g FROM NAMED <{OTHER}> WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }}"  # noqa: S608
    assert [row["g"] for row in rows(direct(client, text, **{"named-graph-uri": ONE}))] == [ONE]


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_that_is_no_iri_is_told(client: TestClient, name: str) -> None:
    answer = client.get("/sparql", params={"query": ASK, name: "no iri <"})
    assert (answer.status_code, name in answer.json()["detail"]) == (400, True)


def test_bad_query_method(client: TestClient) -> None:
    answer = client.put("/sparql", params={"query": ASK})
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(re.split(r",\s*", answer.headers["allow"]))


BAD: Mapping[str, tuple[dict[str, Any], int, str]] = {
    "bad_multiple_queries": (
        {"content": "query=ASK%20%7B%7D&query=ASK%20%7B%7D", "headers": {"Content-Type": FORM}},
        400,
        "2 times",
    ),
    "bad_query_wrong_media_type": ({"content": ASK, "headers": {"Content-Type": "text/plain"}}, 415, DIRECT),
    "bad_query_missing_form_type": ({"content": "query=ASK%20%7B%7D"}, 415, "without a type"),
    "bad_query_missing_direct_type": ({"content": ASK}, 415, "without a type"),
    "bad_query_non_utf8": (
        {"content": "ASK { ?s ?p 'é' }".encode("utf-16"), "headers": {"Content-Type": DIRECT}},
        400,
        "UTF-8",
    ),
    "bad_query_syntax": ({"data": {"query": "ASK { ?s ?p"}}, 400, "1:"),
    "no_query": ({"data": {"format": "json"}}, 400, "no query"),
    "update_in_a_form": ({"data": {"update": "CLEAR ALL"}}, 400, "only reads"),
    "update_as_a_body": (
        {"content": "CLEAR ALL", "headers": {"Content-Type": "application/sparql-update"}},
        400,
        "only reads",
    ),
    "update_as_a_query": ({"data": {"query": "INSERT DATA { <a:b> <a:b> <a:b> }"}}, 400, "only reads"),
    "service": ({"data": {"query": "ASK { SERVICE <http://example.org/> { ?s ?p ?o } }"}}, 400, "SERVICE"),
    "nested": ({"data": {"query": "SELECT * {" * 500}}, 400, "nested"),
    "too_large": ({"data": {"query": "#" * 200_000}}, 413, "bytes"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_query_is_told(client: TestClient, name: str) -> None:
    given, status, said = BAD[name]
    answer = client.post("/sparql", **given)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json()["detail"]


def test_updates_are_refused_in_the_address_too(client: TestClient) -> None:
    assert client.get("/sparql", params={"update": "CLEAR ALL"}).status_code == 400


def test_a_result_is_never_cut(graph: Graph) -> None:
    settings = replace(graph.settings, sparql_megabytes=0.01, sparql_workers=1)
    with TestClient(create_app(settings, graph.store)) as client:
        answer = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
        assert (answer.status_code, "add LIMIT" in answer.json()["detail"]) == (413, True)


def test_caches_and_other_sites_are_served(client: TestClient) -> None:
    first = client.get("/sparql", params={"query": COUNT}, headers={"Origin": "https://example.org"})
    assert first.headers["access-control-allow-origin"] == "*"
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/sparql", params={"query": COUNT}, headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    head = client.head("/sparql", params={"query": COUNT})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == first.headers["content-type"]
    preflight = client.options(
        "/sparql",
        headers={
            "Origin": "https://example.org",
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        },
    )
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]


# rdflib's own parser uses what it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("accept", "name"),
    [("*/*", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_without_a_query_the_service_describes_itself(client: TestClient, accept: str, name: str) -> None:
    answer = client.get("/sparql", headers={"Accept": accept})
    described = rdflib.Graph().parse(data=answer.content, format=name)
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    triples = rdflib.URIRef("http://rdfs.org/ns/void#triples")
    (service,) = described.subjects(rdflib.RDF.type, sd.Service)
    assert described.value(service, sd.supportedLanguage) == sd.SPARQL11Query
    assert described.value(service, sd.feature) == sd.UnionDefaultGraph
    assert len(list(described.objects(service, sd.resultFormat))) == 10
    dataset = described.value(service, sd.defaultDataset)
    default = described.value(dataset, sd.defaultGraph)
    assert str(described.value(default, triples)) == rows(direct(client, COUNT))[0]["n"]
    counted = {
        str(described.value(named, sd.name)): int(
            str(described.value(described.value(named, sd.graph), triples))
        )
        for named in described.objects(dataset, sd.namedGraph)
    }
    assert sorted(counted) == [row["g"] for row in rows(direct(client, GRAPHS))]
    assert counted[ONE] == int(rows(direct(client, COUNT, **{"default-graph-uri": ONE}))[0]["n"])


PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def text_in(page: str) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return html.unescape(found[1])


@pytest.mark.parametrize("name", ["members-of-program", "about-topic", "compare-figures"])
def test_the_examples_of_the_page_run_as_they_stand(client: TestClient, name: str) -> None:
    start = client.get("/sparql", headers=PAGE).text
    assert f"/sparql?example={name}" in start
    text = text_in(client.get("/sparql", params={"example": name}, headers=PAGE).text)
    answer = client.get("/sparql", params={"query": text, "format": "html"})
    assert answer.status_code == 200
    assert 'class="fault"' not in answer.text
    assert text_in(answer.text) == text
    assert "<tbody>" in answer.text


def test_an_example_that_is_not_there_is_told(client: TestClient) -> None:
    assert client.get("/sparql", params={"example": "nothing"}).status_code == 404


def test_the_page_links_what_a_result_names(client: TestClient) -> None:
    text = "SELECT ?x ?n { VALUES ?x { unit:ccgiu } ?x rdfs:label ?n }"
    answer = client.get("/sparql", params={"query": text}, headers=PAGE)
    assert '<a href="/id/unit/ccgiu">unit:ccgiu</a>' in answer.text
    assert "format=csv" in answer.text
    assert client.get("/id/unit/ccgiu", headers=PAGE).status_code == 200
    assert "<strong>Yes</strong>" in client.get("/sparql", params={"query": ASK}, headers=PAGE).text
    assert "rdfs:label" in client.get("/sparql", params={"query": CONSTRUCT}, headers=PAGE).text


def test_the_page_tells_what_is_wrong_and_keeps_the_query(client: TestClient) -> None:
    text = "SELECT * { ?s ?p '<script>alert(1)</script>"
    answer = client.get("/sparql", params={"query": text}, headers=PAGE)
    assert answer.status_code == 400
    assert "no SPARQL 1.1 query" in answer.text
    assert text_in(answer.text) == text
    assert "<script>alert" not in answer.text
