"""Documents with their texts, hostile names, and what a load in between does."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape

import pytest
from fastapi.testclient import TestClient

from api.answers import FRESH
from api.app import create_app
from graph.captures import Capture, CaptureStore
from graph.changes import Content, difference
from graph.records import Entity, Evidence, Statement, make_statement, merge, text_hash
from tests.conftest import Graph

TEXT = (
    "Note to all:\n\nThe Alpha Bureau <b>& its staff</b> help the Beta Unit – daily. Nothing else is said.\n"
)
CLAUSE = "The Alpha Bureau <b>& its staff</b> help the Beta Unit – daily."
EVIL = "</title><script>alert('x')</script>\"><img src=x onerror=alert(1)>{{ 7*7 }}"
DOCUMENT = Entity(
    "document/note",
    ("Document",),
    "A note",
    properties={"captured": True, "sha256": text_hash(TEXT), "file": "note.txt"},
)
ABSENT = Entity("document/lost", ("Document",), "A lost note", properties={"url": "https://example.org/lost"})
BROWSER = {"Accept": "text/html"}


def clause(text: str, summary: str | None = None) -> Evidence:
    start = TEXT.index(text)
    return Evidence("document/note", start, start + len(text), text_hash(text), summary=summary, quote=text)


def statements(graph: Graph) -> list[Statement]:
    lost = Evidence("document/lost", 3, 9, text_hash("absent"), summary="Says so too.")
    return merge(
        [
            make_statement(
                graph.schema, "agency/alpha", "SUPPORTS", "unit/beta", evidence=[clause(CLAUSE), lost]
            ),
            make_statement(
                graph.schema, "unit/beta", "DESCRIBED_AS", EVIL, evidence=[clause("Beta Unit – daily", EVIL)]
            ),
            make_statement(
                graph.schema, "document/note", "MENTIONS", "unit/beta", evidence=[clause("Beta Unit")]
            ),
        ]
    )


@pytest.fixture
def noted(scratch: Graph) -> Iterator[Graph]:
    """A small graph with one document at hand and one that is not."""
    entities = (
        Entity("agency/alpha", ("Agency",), EVIL, ("Alpha Bureau",), (), {"summary": EVIL}),
        DOCUMENT,
        ABSENT,
        Entity("unit/beta", ("Unit",), "Beta Unit"),
    )
    content = Content(tuple(sorted(entities, key=lambda e: e.id)), tuple(statements(scratch)))
    scratch.store.apply(scratch.schema, difference(scratch.schema, content, scratch.store.known()))
    captures = CaptureStore(scratch.settings.data_dir)
    with captures.locked():
        with captures.replaced({"document/note": Capture(DOCUMENT, TEXT)}):
            pass
        yield scratch
        with captures.replaced({}):
            pass


@pytest.fixture
def client(noted: Graph) -> TestClient:
    return TestClient(create_app(noted.settings, noted.store))


def test_a_document_with_its_text_and_marks(client: TestClient) -> None:
    answer = client.get("/documents/note").json()
    assert answer["text"] == TEXT
    marked = [TEXT[mark["start"] : mark["end"]] for mark in answer["marks"]]
    assert marked == [CLAUSE, "Beta Unit – daily"], "mentions are no marks"
    known = {s["id"] for s in answer["statements"]}
    assert {mark["statement"] for mark in answer["marks"]} <= known


def test_the_page_shows_the_text_as_it_is(client: TestClient) -> None:
    page = client.get("/documents/note", headers=BROWSER).text
    block = re.search(r'<div class="text">(.*?)</div>', page, re.DOTALL)
    assert block
    shown = re.sub(r"<sup>.*?</sup>", "", block[1])
    assert unescape(re.sub(r"<[^>]*>", "", shown)) == TEXT
    assert "".join(re.findall(r"<mark>(.*?)</mark>", shown)).count("Beta Unit") == 1
    assert 'href="/entities/unit/beta"' in shown


def test_clauses_and_statements_lead_to_each_other(client: TestClient) -> None:
    page = client.get("/documents/note", headers=BROWSER).text
    answer = client.get("/documents/note").json()
    ids = set(re.findall(r'id="([^"]+)"', page))
    for mark in answer["marks"]:
        assert f"char={mark['start']},{mark['end']}" in ids
        assert mark["statement"] in ids
        assert f'href="#{mark["statement"]}"' in page
        assert f'href="#char={mark["start"]},{mark["end"]}"' in page
    inside = set(re.findall(r'href="#([^"]+)"', page)) - {"content"}
    assert inside
    assert inside <= ids


def test_evidence_leads_to_its_place(client: TestClient, noted: Graph) -> None:
    for key in (s.id for s in statements(noted) if s.predicate == "SUPPORTS"):
        evidence = {e["document"]["id"]: e for e in client.get(f"/statements/{key}").json()["evidence"]}
        start = TEXT.index(CLAUSE)
        assert evidence["document/note"]["address"].endswith(
            f"/documents/note#char={start},{start + len(CLAUSE)}"
        )
        assert evidence["document/note"]["quote"] == CLAUSE
        assert evidence["document/lost"]["address"] == "https://example.org/lost"
        assert evidence["document/lost"]["quote"] is None
        page = client.get(f"/statements/{key}", headers=BROWSER).text
        assert f'href="/documents/note#char={start},{start + len(CLAUSE)}"' in page


def test_a_document_without_its_text(client: TestClient) -> None:
    answer = client.get("/documents/lost").json()
    assert answer["text"] is None
    assert len(answer["marks"]) == 1
    page = client.get("/documents/lost", headers=BROWSER).text
    assert "not at hand" in page
    assert 'href="https://example.org/lost"' in page


def test_a_text_of_another_version_is_not_shown(noted: Graph) -> None:
    captures = CaptureStore(noted.settings.data_dir)
    text = "Changed. " + TEXT
    changed = replace(DOCUMENT, properties={**DOCUMENT.properties, "sha256": text_hash(text)})
    with captures.replaced({"document/note": Capture(changed, text)}):
        pass
    client = TestClient(create_app(noted.settings, noted.store))
    assert client.get("/documents/note").json()["text"] is None


def test_the_list_of_documents(client: TestClient) -> None:
    listed = {d["id"]: d for d in client.get("/documents").json()["documents"]}
    assert (listed["document/note"]["captured"], listed["document/note"]["statements"]) == (True, 2)
    assert (listed["document/lost"]["captured"], listed["document/lost"]["statements"]) == (False, 1)


def test_what_is_no_document(client: TestClient) -> None:
    assert client.get("/documents/none").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/entities",
        "/entities/agency/alpha",
        "/entities/unit/beta",
        "/documents",
        "/documents/note",
        "/queries/entity-statements?entity=unit/beta",
        "/queries/entity-statements?entity=%3Cscript%3Ealert(2)%3C/script%3E",
        "/ask?q=%3Cscript%3Ealert(2)%3C/script%3E",
        "/entities?q=%22%3E%3Cscript%3Ealert(2)%3C/script%3E",
        "/queries/%3Cscript%3Ealert(2)%3C",
        "/visualisations/network",
    ],
)
def test_no_text_becomes_a_tag(client: TestClient, path: str) -> None:
    page = client.get(path, headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert "<script>alert" not in page.text
    assert "<img" not in page.text
    assert ">49<" not in page.text
    assert "}49" not in page.text


def test_a_load_in_between_shows_at_once(client: TestClient, noted: Graph) -> None:
    before = client.get("/entities/unit/beta")
    assert len(before.json()["statements"]) == 2
    assert client.get("/visualisations/network").status_code == 200
    kept = [s for s in statements(noted) if s.predicate != "DESCRIBED_AS"]
    entities = (
        Entity("agency/alpha", ("Agency",), "Alpha Bureau"),
        ABSENT,
        DOCUMENT,
        Entity("unit/beta", ("Unit",), "Beta"),
    )
    noted.store.apply(
        noted.schema, difference(noted.schema, Content(entities, tuple(kept)), noted.store.known())
    )
    # A server remembers the version for a moment.
    time.sleep(FRESH)
    after = client.get("/entities/unit/beta", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]
    assert len(after.json()["statements"]) == 1
    assert client.get("/search", params={"q": "Beta"}).json()["results"][0]["name"] == "Beta"
    assert "Alpha Bureau" in client.get("/visualisations/network").text
    asked = "ASK { unit:beta carisec:describedAs ?x }"
    assert client.get("/sparql", params={"query": asked}).json()["boolean"] is False
    client.app.state.sparql.close()  # type: ignore[attr-defined]


def test_a_text_that_arrives_shows_at_once(client: TestClient, noted: Graph) -> None:
    captures = CaptureStore(noted.settings.data_dir)
    with captures.replaced({}):
        pass
    before = client.get("/documents/note")
    assert before.json()["text"] is None
    with captures.replaced({"document/note": Capture(DOCUMENT, TEXT)}):
        pass
    after = client.get("/documents/note", headers={"If-None-Match": before.headers["etag"]})
    assert after.status_code == 200
    assert after.json()["text"] == TEXT
