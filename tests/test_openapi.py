"""The OpenAPI document: complete, true, and with the queries of the catalogue in it."""

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.formats import CITATIONS, TABLES
from queries.catalog import load_catalog
from tests.conftest import Graph


@pytest.fixture(scope="module")
def client(graph: Graph) -> TestClient:
    return TestClient(create_app(graph.settings, graph.store))


@pytest.fixture(scope="module")
def document(client: TestClient) -> dict[str, Any]:
    return dict(client.get("/openapi.json").json())


def test_openapi_describes_every_route_with_its_errors(document: dict[str, Any]) -> None:
    assert document["paths"].keys() >= {f"/queries/{name}" for name in load_catalog().queries}
    assert "Problem" in document["components"]["schemas"]
    assert "HTTPValidationError" not in json.dumps(document)
    for path, operations in document["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
            failing = {k: v for k, v in operation["responses"].items() if k >= "400"}
            assert failing or path in ("/healthz", "/context.jsonld", "/shapes.ttl"), path
            assert all("application/problem+json" in v["content"] for v in failing.values()), path
            for parameter in operation.get("parameters", ()):
                assert parameter.get("description") or parameter["in"] == "path", (path, parameter)


def test_references_of_openapi_exist(document: dict[str, Any]) -> None:
    named = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(document)))
    assert "TableAnswer" in named
    assert named <= document["components"]["schemas"].keys()


def test_examples_of_queries_work(client: TestClient, document: dict[str, Any]) -> None:
    for name in load_catalog().queries:
        parameters = document["paths"][f"/queries/{name}"]["get"]["parameters"]
        given = {p["name"]: p["example"] for p in parameters if "example" in p}
        assert {p["name"] for p in parameters if p["required"]} <= given.keys()
        assert client.get(f"/queries/{name}", params=given).status_code == 200


def test_the_page_takes_its_scripts_from_here(client: TestClient) -> None:
    page = client.get("/docs")
    nonce = re.search(r"'nonce-([^']+)'", page.headers["content-security-policy"])
    assert nonce
    assert f'<script nonce="{nonce[1]}">' in page.text
    scripts = re.findall(r'(?:src|href)="(/docs/[^"]+)"', page.text)
    assert len(scripts) == 2
    assert all(client.get(path).status_code == 200 for path in scripts)
    again = client.get("/docs").headers["content-security-policy"]
    assert again != page.headers["content-security-policy"]


def test_what_reads_the_graph_tells_how_the_engine_fails(document: dict[str, Any]) -> None:
    without = {"/healthz", "/queries", "/visualisations", "/context.jsonld", "/shapes.ttl"}
    without |= {"/schema/{version}", "/schema/{version}/context.jsonld", "/problems/{name}"}
    telling = {
        p
        for p, o in document["paths"].items()
        if {"502", "503"} <= next(iter(o.values()))["responses"].keys()
    }
    assert telling == document["paths"].keys() - without


def test_queries_tell_their_pages_and_forms(document: dict[str, Any]) -> None:
    for name in load_catalog().queries:
        operation = document["paths"][f"/queries/{name}"]["get"]
        assert {"offset", "limit"} <= {parameter["name"] for parameter in operation["parameters"]}
        forms = operation["responses"]["200"]["content"]
        assert forms.keys() == {one.media_type for one in (*TABLES, *CITATIONS)}
        assert forms["application/json"]["schema"] == {"$ref": "#/components/schemas/TableAnswer"}
