"""The HTTP interface over the bundled graph, on both engines."""

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
import rdflib
from fastapi.testclient import TestClient
from pydantic import BaseModel

from api import models
from api.app import create_app
from api.formats import RDF
from graph import cypher
from graph.export import FORMATS
from graph.store import Row, Rows, Store
from queries.catalog import load_catalog
from tests.conftest import Graph

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def some_statement(client: TestClient) -> str:
    found = client.get("/entities/unit/ccgiu").json()["statements"]
    assert found
    return str(found[0]["id"])


def test_liveness_and_readiness(client: TestClient, graph: Graph) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = models.Ready.model_validate(client.get("/readyz").json())
    assert (ready.engine, ready.engine_version) == (graph.store.info.engine, graph.store.info.version)
    assert ready.graph_version == graph.store.version()
    assert ready.counts["entities"] > 500
    assert ready.counts["statements"]["accepted"] > 500


JSON_ANSWERS: list[tuple[str, type[BaseModel]]] = [
    ("/queries", models.Catalogue),
    ("/queries/agencies-supporting-program?program=CCGIU", models.TableAnswer),
    ("/ask?q=Which+agencies+support+CCGIU%3F", models.AskAnswer),
    ("/ask?q=What+is+the+price+of+fish%3F", models.AskAnswer),
    ("/search?q=firearms", models.SearchAnswer),
    ("/entities?limit=5", models.EntityList),
    ("/entities?q=police&type=Agency", models.EntityList),
    ("/entities/unit/ccgiu", models.Entity),
    ("/entities/document/2023-11-22-joint-statement", models.Entity),
    ("/documents", models.DocumentList),
    ("/documents/2023-11-22-joint-statement", models.Document),
    ("/paths?from=CCGIU&to=CARICOM", models.PathAnswer),
    ("/visualisations", models.Visualisations),
]


@pytest.mark.parametrize(("path", "model"), JSON_ANSWERS, ids=[path for path, _ in JSON_ANSWERS])
def test_answers_have_the_shape_that_openapi_tells(
    client: TestClient, path: str, model: type[BaseModel]
) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    model.model_validate(response.json())


@pytest.mark.parametrize(
    "path", [path for path, _ in JSON_ANSWERS] + ["/sparql?query=ASK%7B%7D", "/export?format=csv"]
)
def test_an_answer_that_is_known_is_not_sent_again(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for given in (tag, f'"other", {tag}', tag.removeprefix("W/")):
        again = client.get(path, headers={"If-None-Match": given})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(path).content == first.content


def test_tags_tell_answers_apart(client: TestClient) -> None:
    tags = {client.get(path).headers["etag"] for path, _ in JSON_ANSWERS}
    assert len(tags) == len(JSON_ANSWERS)
    page = client.get("/queries", headers={"Accept": BROWSER})
    assert page.headers["etag"] not in tags
    assert client.get("/queries").headers["content-type"] == "application/json"


def test_errors_bear_no_tag_and_are_not_kept(client: TestClient) -> None:
    for _ in range(2):
        response = client.get("/entities/unit/nothing")
        assert response.status_code == 404
        assert "etag" not in response.headers


def test_head_is_get_without_the_body(client: TestClient) -> None:
    for path in ("/entities/unit/ccgiu", "/healthz", "/export?format=ntriples", "/entities/unit/nothing"):
        got, head = client.get(path), client.head(path)
        assert head.content == b""
        assert head.status_code == got.status_code
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers.get("etag") == got.headers.get("etag")


class Counting(Store):
    """The store of the graph, counting what is read."""

    def __init__(self, store: Store) -> None:
        vars(self).update(vars(store))
        self.read_texts: list[str] = []

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        self.read_texts.append(text)
        return super().read(text, parameters, seconds=seconds)


def test_a_request_reads_the_version_before_and_after(graph: Graph) -> None:
    store = Counting(graph.store)
    client = TestClient(create_app(graph.settings, store))
    path = "/queries/agencies-supporting-program?program=CCGIU"
    client.get(path)
    store.read_texts.clear()
    client.get(path + "&relation=SUPPORTS")
    assert len([text for text in store.read_texts if text != cypher.VERSION]) == 1
    assert store.read_texts.count(cypher.VERSION) <= 2
    store.read_texts.clear()
    client.get(path)
    assert [text for text in store.read_texts if text != cypher.VERSION] == []


def test_other_sites_may_read(client: TestClient) -> None:
    origin = {"Origin": "https://example.org"}
    for path in ("/entities/unit/ccgiu", "/entities/unit/nothing", "/healthz"):
        response = client.get(path, headers=origin)
        assert response.headers["access-control-allow-origin"] == "*"
        assert "ETag" in response.headers["access-control-expose-headers"]
    asked = {
        **origin,
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }
    assert client.options("/entities", headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "DELETE"
    assert client.options("/entities", headers=asked).status_code == 400


@pytest.mark.parametrize("path", ["/", "/healthz", "/entities/unit/ccgiu", "/no/such", "/static/pages.css"])
def test_headers_that_guard_the_browser(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "same-origin"


def test_the_catalogue_is_the_folder_of_queries(client: TestClient) -> None:
    listed = client.get("/queries").json()["queries"]
    assert [one["name"] for one in listed] == list(load_catalog().queries)
    for one in listed:
        assert client.get(one["example"]["address"]).status_code == 200


def test_a_query_without_its_parameter(client: TestClient) -> None:
    path = "/queries/agencies-supporting-program"
    response = client.get(path)
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "program"
    form = client.get(path, headers={"Accept": BROWSER})
    assert form.status_code == 200
    assert 'name="program"' in form.text
    assert f'href="{path}?program=CCGIU"' in form.text
    assert "ESTABLISHED</option>" in form.text


@pytest.mark.parametrize(
    ("given", "parameter", "near"),
    [
        ({"program": "Crime Gun Bureau"}, "program", "Bureau of Industry and Security"),
        ({"program": "CCGIU", "relation": "LIKES"}, "relation", "SUPPORTS"),
        ({"program": "CCGIU", "colour": "red"}, "colour", "program"),
        ({"program": "CCGIU", "limit": "100000"}, "limit", ""),
        ({"program": "CCGIU", "offset": "-1"}, "offset", ""),
    ],
)
def test_a_wrong_parameter_is_named_with_the_nearest(
    client: TestClient, given: dict[str, str], parameter: str, near: str
) -> None:
    response = client.get("/queries/agencies-supporting-program", params=given)
    assert response.status_code == 422
    fault = response.json()["errors"][0]
    assert fault["parameter"] == parameter
    assert near in fault.get("suggestions", "")
    page = client.get("/queries/agencies-supporting-program", params=given, headers={"Accept": BROWSER})
    assert page.status_code == 422
    assert page.headers["content-type"].startswith("text/html")


def test_an_unknown_query_names_the_nearest(client: TestClient) -> None:
    response = client.get("/queries/agencies-suporting-program.csv")
    assert response.status_code == 404
    assert "agencies-supporting-program" in response.json()["detail"]


def test_pages_follow_each_other_to_the_end(client: TestClient) -> None:
    whole = client.get("/queries/entity-statements.json", params={"entity": "CBSI"}).json()
    assert (whole["truncated"], whole["next"]) == (False, None)
    assert len(whole["rows"]) > 7
    rows, target, hops = [], "/queries/entity-statements.json?entity=CBSI&limit=3", 0
    while target:
        response = client.get(target)
        part = response.json()
        assert part["truncated"] == (part["next"] is not None)
        assert ('rel="next"' in response.headers["link"]) == part["truncated"]
        assert response.headers["carisec-truncated"] == str(part["truncated"]).lower()
        rows += part["rows"]
        target, hops = part["next"], hops + 1
    assert rows == whole["rows"]
    assert hops == -(-len(rows) // 3)


def test_lists_of_entities(client: TestClient) -> None:
    first = client.get("/entities", params={"type": "Agency", "limit": 50}).json()
    assert first["truncated"]
    assert len(first["entities"]) == 50
    assert all("Agency" in one["types"] for one in first["entities"])
    rest, target = list(first["entities"]), first["next"]
    while target:
        part = client.get(target).json()
        rest, target = rest + part["entities"], part["next"]
    assert len(rest) == first["total"]
    assert [one["id"] for one in rest] == sorted({one["id"] for one in rest})
    organizations = client.get("/entities", params={"type": "Organization"}).json()
    assert organizations["total"] > first["total"], "a type covers its subtypes"
    found = client.get("/entities", params={"q": "etrace", "type": "Program"}).json()
    assert found["entities"][0]["id"] == "program/etrace"
    wrong = client.get("/entities", params={"type": "Planet"})
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "type")


def test_search(client: TestClient) -> None:
    found = client.get("/search", params={"q": "etra", "limit": 1}).json()
    assert [one["id"] for one in found["results"]] == ["program/etrace"]
    assert found["truncated"]
    assert client.get("/search", params={"q": ""}).json() == {"query": "", "results": [], "truncated": False}
    only = client.get("/search", params={"q": "security", "type": "Topic"}).json()["results"]
    assert only
    assert {one["type"] for one in only} == {"Topic"}
    assert client.get("/search", params={"q": "x", "type": "Planet"}).status_code == 422


def test_an_entity_pages_its_statements(client: TestClient) -> None:
    whole = client.get("/entities/program/cbsi", params={"limit": 1000}).json()
    assert not whole["truncated"]
    target, found = "/entities/program/cbsi?limit=10", list[dict[str, Any]]()
    while target:
        part = client.get(target).json()
        found, target = found + part["statements"], part["next"]
    assert [s["id"] for s in found] == [s["id"] for s in whole["statements"]]
    assert len(found) > 10
    for statement in found:
        assert "program/cbsi" in (statement["subject"]["id"], (statement["object"] or {}).get("id"))
        assert statement["evidence"]


# rdflib's own JSON-LD parser uses what rdflib no longer wants to be used.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("kind", ["entities/unit/ccgiu", "statements"])
@pytest.mark.parametrize("form", RDF, ids=lambda form: form.suffix)
def test_an_entity_and_a_statement_as_rdf(client: TestClient, kind: str, form: Any) -> None:
    path = f"/{kind}" if kind != "statements" else f"/statements/{some_statement(client)}"
    response = client.get(path + form.suffix)
    assert response.status_code == 200
    assert response.headers["content-type"] == form.content_type
    by_accept = client.get(path, headers={"Accept": form.media_type})
    assert by_accept.content == response.content
    parsed = rdflib.Graph().parse(data=response.text, format=form.media_type)
    thing = "https://w3id.org/carisec/id/" + path[1:].removeprefix("entities/").replace(
        "statements/", "statement/"
    )
    assert (rdflib.URIRef(thing), None, None) in parsed


def test_identifiers_redirect(client: TestClient) -> None:
    key = some_statement(client)
    evidence = client.get(f"/statements/{key}").json()["evidence"][0]["id"]
    expected = {
        "/id/unit/ccgiu": "/entities/unit/ccgiu",
        f"/id/statement/{key}": f"/statements/{key}",
        f"/id/evidence/{evidence}": f"/statements/{key}#{evidence}",
    }
    for path, target in expected.items():
        response = client.get(path, follow_redirects=False)
        assert (response.status_code, response.headers["location"]) == (303, target)
        assert client.get(path).status_code == 200
    turtle = client.get("/id/unit/ccgiu", headers={"Accept": "text/turtle"}, follow_redirects=False)
    assert turtle.headers["location"] == "/entities/unit/ccgiu.ttl"
    for path in ("/id/unit/nothing", "/id/statement/nothing", "/id/evidence/nothing"):
        assert client.get(path, follow_redirects=False).status_code == 404


def test_paths_name_the_statements_of_each_hop(client: TestClient) -> None:
    found = client.get("/paths", params={"from": "CCGIU", "to": "United States"}).json()
    assert found["from"]["id"] == "unit/ccgiu"
    assert found["length"] == 1
    answer = client.get("/paths", params={"from": "CDEMA", "to": "eTrace"}).json()
    assert answer["length"] > 1
    assert answer["paths"]
    for path in answer["paths"]:
        ids = [node["id"] for node in path["nodes"]]
        assert (ids[0], ids[-1], len(ids)) == ("igo/cdema", "program/etrace", answer["length"] + 1)
        for hop, ends in zip(path["hops"], pairwise(ids), strict=True):
            assert hop["statements"]
            for statement in hop["statements"]:
                assert {statement["subject"]["id"], statement["object"]["id"]} == set(ends)
                assert statement["status"] == "accepted"
                assert statement["evidence"]


def test_where_there_is_no_path(client: TestClient) -> None:
    answer = client.get("/paths", params={"from": "CDEMA", "to": "eTrace", "max": 1}).json()
    assert (answer["length"], answer["paths"], answer["truncated"]) == (None, [], False)
    wrong = client.get("/paths", params={"from": "CDEMA", "to": "eTrase"})
    assert wrong.status_code == 422 or wrong.json()["to"]["id"] == "program/etrace"
    assert (
        client.get("/paths", params={"from": "xyzzy", "to": "eTrace"}).json()["errors"][0]["parameter"]
        == "from"
    )
    assert client.get("/paths", params={"from": "eTrace"}).status_code == 422


@pytest.mark.parametrize("name", FORMATS)
def test_the_whole_graph_in_each_format(client: TestClient, name: str) -> None:
    response = client.get("/export", params={"format": name})
    assert response.status_code == 200
    assert response.headers["content-type"].partition(";")[0] == FORMATS[name].media_type.partition(";")[0]
    file = response.headers["content-disposition"]
    assert re.fullmatch(rf'attachment; filename="carisec-[0-9a-f]+{re.escape(FORMATS[name].suffix)}"', file)
    assert len(response.content) > 100_000


def test_the_export_is_what_is_ready(client: TestClient) -> None:
    counts = client.get("/readyz").json()["counts"]
    lines = [json.loads(line) for line in client.get("/export?format=jsonl").text.splitlines()]
    assert sum(line["kind"] == "statement" for line in lines) == counts["statements"]["total"]
    assert sum(line["kind"] == "entity" for line in lines) == counts["entities"]
    table = list(csv.DictReader(io.StringIO(client.get("/export?format=csv").text)))
    assert len(table) == counts["statements"]["total"]


@pytest.mark.parametrize("path", ["/export", "/export?format=word"])
def test_an_export_needs_a_known_format(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 422
    assert "turtle" in response.json()["errors"][0]["suggestions"]


def test_alternates_exist(client: TestClient) -> None:
    for path in ("/queries", "/documents", "/entities?limit=2", "/visualisations", "/entities/unit/ccgiu"):
        links = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', client.get(path).headers["link"])
        assert links
        for target, media_type in links:
            response = client.get(target)
            assert response.status_code == 200
            assert response.headers["content-type"].partition(";")[0] == media_type
