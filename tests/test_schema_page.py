"""The schema over HTTP: a page with an anchor for each term, RDF by Accept and suffix, contexts, shapes."""

import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import RdfFormat, parse

from api.app import create_app
from schema.model import SHAPES, Schema
from schema.serialization import forms_of
from tests.conftest import Graph, embedded_only

pytestmark = embedded_only
TYPES = {
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
}


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def test_the_page_has_an_anchor_for_each_term_and_no_dead_one(client: TestClient, schema: Schema) -> None:
    text = client.get("/schema", headers={"Accept": "text/html"}).text
    anchors = re.findall(r'\bid="([^"]+)"', text)
    assert len(anchors) == len(set(anchors))
    assert set(schema.terms) <= set(anchors)
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(anchors)
    for term in schema.terms.values():
        assert term.comment.split("'")[0].split("&")[0] in text
    assert text.count("<svg") == text.count("<desc") == 3
    assert "<script" not in text


def test_the_page_counts_what_is_in_the_graph(client: TestClient, graph: Graph) -> None:
    rows = graph.store.read("MATCH (e:Unit) RETURN count(e)").rows
    assert f"{rows[0][0]} in the graph" in client.get("/schema.html").text
    assert f"{rows[0][0]} in the graph" not in client.get("/schema/0.2.0.html").text


@pytest.mark.parametrize("suffix", TYPES)
def test_rdf_by_accept_and_by_suffix(client: TestClient, schema: Schema, suffix: str) -> None:
    paths = {f"/schema{suffix}": "*/*", f"/schema/{schema.version}{suffix}": "*/*"}
    paths |= {"/schema": TYPES[suffix], f"/schema/{schema.version}": TYPES[suffix]}
    bodies = set()
    for path, accept in paths.items():
        answer = client.get(path, headers={"Accept": accept})
        assert answer.status_code == 200, path
        assert answer.headers["content-type"].startswith(TYPES[suffix])
        assert "Accept" in answer.headers["vary"]
        assert '<https://w3id.org/carisec/schema>; rel="canonical"' in answer.headers["link"]
        assert 'rel="license"' in answer.headers["link"]
        assert 'schema.html>; rel="alternate"' in answer.headers["link"] or path.startswith("/schema/")
        bodies.add(answer.content)
        again = client.get(path, headers={"Accept": accept, "If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304
        assert client.head(path, headers={"Accept": accept}).status_code == 200
    assert len(bodies) == 1
    kind = RdfFormat.from_extension(suffix.removeprefix("."))
    assert len(list(parse(bodies.pop(), kind))) > 1500


def test_what_there_is_not(client: TestClient, schema: Schema) -> None:
    for path in ("/schema/0.0.9", "/schema/0.0.9.ttl", "/schema/0.0.9/context.jsonld"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert schema.version in answer.json()["detail"]
    assert client.get("/schema.doc").status_code == 404
    assert client.get("/schema", headers={"Accept": "image/png"}).status_code == 406


def test_the_context_is_for_ever_and_the_newest_is_found(client: TestClient, schema: Schema) -> None:
    answer = client.get("/context.jsonld")
    assert [one.status_code for one in answer.history] == [307]
    assert answer.url.path == f"/schema/{schema.version}/context.jsonld"
    assert answer.headers["content-type"] == "application/ld+json"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.json()["@context"]["supports"] == {"@id": "carisec:supports", "@type": "@id"}


def test_the_shapes(client: TestClient) -> None:
    answer = client.get("/shapes.ttl")
    assert answer.headers["content-type"].startswith("text/turtle")
    assert answer.content == forms_of(SHAPES)[".ttl"]
