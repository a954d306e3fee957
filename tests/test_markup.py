"""What pages tell search engines: JSON-LD in schema.org's words, whatever names and clauses hold."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from api.app import create_app
from graph.changes import Content, difference
from graph.records import Entity, Evidence, make_statement, text_hash
from tests.conftest import Graph, embedded_only

# Pages are made of what the API answers, which the engines have in common.
pytestmark = embedded_only

BASE = "https://w3id.org/carisec/"
SCHEMA_ORG = "https://schema.org/"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DOCUMENT = "/documents/2023-11-22-joint-statement"
EVIL = "</script><script>alert('x')</script><!-- & \u2028 \" \\"


class Blocks(HTMLParser):
    """Collects scripts as a browser finds them: type and content."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str | None, str]] = []
        self._inside = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script":
            self._inside = True
            self.found.append((dict(attrs).get("type"), ""))

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1] = (self.found[-1][0], self.found[-1][1] + data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "script"


def markup(client: TestClient, path: str) -> dict[str, Any]:
    """The one block of a page."""
    ((kind, content),) = Blocks(client.get(f"{path}.html").text).found
    assert kind == "application/ld+json"
    read: dict[str, Any] = json.loads(content)
    return read


def said(block: dict[str, Any], iri: str) -> dict[str, set[str]]:
    """What its triples say of an IRI: local names of schema.org with values, types without a namespace."""
    found: dict[str, set[str]] = {}
    for quad in parse(json.dumps(block), RdfFormat.JSON_LD):
        if quad.subject == NamedNode(iri):
            value = quad.object.value if isinstance(quad.object, NamedNode | Literal) else "…"
            name = "type" if quad.predicate == TYPE else quad.predicate.value.removeprefix(SCHEMA_ORG)
            assert "://" not in name, "every property is one of schema.org"
            found.setdefault(name, set()).add(value.removeprefix(SCHEMA_ORG))
    return found


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


@pytest.mark.parametrize(
    ("key", "types"),
    [
        ("unit/ccgiu", {"Organization", "Project"}),
        ("agency/atf", {"GovernmentOrganization"}),
        ("igo/impacs", {"Organization"}),
        ("program/etrace", {"Project"}),
        ("country/ht", {"Country"}),
        ("dialogue/11", {"Event"}),
        ("person/barbara-a-feinstein", {"Person"}),
        ("topic/firearms-trafficking", {"DefinedTerm"}),
    ],
)
def test_an_entity_has_types_that_search_engines_know(client: TestClient, key: str, types: set[str]) -> None:
    found = said(markup(client, f"/entities/{key}"), f"{BASE}id/{key}")
    assert found["type"] == types
    assert found["name"] == {client.get(f"/entities/{key}").json()["name"]}
    assert found["subjectOf"] == {f"{BASE}dataset#carisec"}
    assert found["mainEntityOfPage"] == {f"{BASE}id/{key}"}


def test_statements_say_more_of_an_entity(client: TestClient) -> None:
    session = said(markup(client, "/entities/dialogue/11"), f"{BASE}id/dialogue/11")
    assert f"{BASE}id/country/us" in session["attendee"]
    assert session["startDate"] == {"2023-11-15"} or session["startDate"] <= {"2023-11-16", "2023-11"}
    country = said(markup(client, "/entities/country/ht"), f"{BASE}id/country/ht")
    assert country["sameAs"] == {"http://www.wikidata.org/entity/Q790"}
    topic = said(
        markup(client, "/entities/topic/firearms-trafficking"), f"{BASE}id/topic/firearms-trafficking"
    )
    assert topic["inDefinedTermSet"] == {f"{BASE}topics"}


def test_planned_acts_are_not_told_as_done(client: TestClient) -> None:
    entity = client.get("/entities/unit/ccgiu").json()
    planned = {
        s["subject"]["id"]
        for s in entity["statements"]
        if s["predicate"] == "SUPPORTS" and "status" in s["qualifiers"]
    }
    done = {
        s["subject"]["id"]
        for s in entity["statements"]
        if (s["predicate"], s["status"]) == ("SUPPORTS", "accepted") and "status" not in s["qualifiers"]
    }
    sponsors = said(markup(client, "/entities/unit/ccgiu"), f"{BASE}id/unit/ccgiu").get("sponsor", set())
    assert planned
    assert sponsors == {f"{BASE}id/{key}" for key in done - {"unit/ccgiu"}}


def test_a_statement_is_a_claim_that_appears_in_documents(client: TestClient) -> None:
    statement = client.get("/entities/unit/ccgiu").json()["statements"][0]
    block = markup(client, f"/statements/{statement['id']}")
    found = said(block, f"{BASE}id/statement/{statement['id']}")
    assert found["type"] == {"Claim"}
    assert f"{BASE}id/{statement['subject']['id']}" in found["about"]
    assert found["isPartOf"] == {f"{BASE}dataset#carisec"}
    appearances = {f"{BASE}id/evidence/{one['id']}" for one in statement["evidence"]}
    assert found["appearance"] == appearances
    source = said(block, appearances.pop())["isPartOf"]
    assert source <= {f"{BASE}id/{one['document']['id']}" for one in statement["evidence"]}


def test_a_document_is_the_work_of_its_publisher(client: TestClient) -> None:
    told = client.get(DOCUMENT).json()["properties"]
    found = said(markup(client, DOCUMENT), f"{BASE}id{DOCUMENT.replace('documents', 'document')}")
    assert found["type"] == {"Article"}
    assert found["datePublished"] == {told["published"]}
    assert found["publisher"] == {"…"}


def test_the_topics_are_a_set_of_terms(client: TestClient) -> None:
    found = said(markup(client, "/topics"), f"{BASE}topics")
    assert found["type"] == {"DefinedTermSet"}
    assert f"{BASE}id/topic/firearms-trafficking" in found["hasDefinedTerm"]
    assert len(found["hasDefinedTerm"]) > 16


def test_nothing_breaks_out_of_the_block(scratch: Graph) -> None:
    evidence = Evidence("document/note", 3, 9, text_hash(EVIL), summary=EVIL, quote=EVIL)
    entities = (
        Entity("agency/a", ("Agency",), EVIL, (EVIL + "2",), (), {"summary": EVIL}),
        Entity("document/note", ("Document",), EVIL, properties={"publisher": EVIL, "kind": EVIL}),
        Entity("topic/t", ("Topic",), EVIL),
    )
    says = make_statement(scratch.schema, "agency/a", "DESCRIBED_AS", EVIL, evidence=[evidence])
    content = Content(entities, (says,))
    scratch.store.apply(scratch.schema, difference(scratch.schema, content, scratch.store.known()))
    client = TestClient(create_app(scratch.settings, scratch.store))
    for path in (
        "/entities/agency/a",
        "/entities/topic/t",
        "/documents/note",
        f"/statements/{says.id}",
        "/topics",
    ):
        block = markup(client, path)
        assert EVIL in json.dumps(block, ensure_ascii=False).replace('\\"', '"').replace("\\\\", "\\"), path
        head = client.get(f"{path}.html").text.partition("</head>")[0]
        assert re.search(r"<script>|<!--", head) is None
