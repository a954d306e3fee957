"""What the IRIs lead to: every one of an export, in each form, with the headers that go with it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import NamedNode, RdfFormat, parse

from api.app import create_app
from api.formats import HTML, JSON, LINKED, RDF, Format
from graph.changes import Content, Former, difference
from graph.chronicle import Chronicle
from graph.records import Entity, Evidence, make_statement, text_hash
from schema.values import SCHEMA_NS
from tests.conftest import Graph, embedded_only

BASE = "https://w3id.org/carisec/"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
DOCUMENT = "2023-11-22-joint-statement"
TRIG, QUADS = "application/trig", "application/n-quads"

# What is asked for, and what comes: the suffix of the form, empty for a refusal.
ACCEPTED = [
    (None, ".json"),
    ("*/*", ".json"),
    (BROWSER, ".html"),
    ("application/json", ".json"),
    ("application/ld+json", ".jsonld"),
    ("application/ld+json;q=0.9, text/turtle;q=0.8", ".jsonld"),
    ("text/turtle", ".ttl"),
    ("text/turtle;q=0.3, application/rdf+xml;q=0.7, text/html;q=0.1", ".rdf"),
    ("application/n-triples", ".nt"),
    ("image/png, application/n-triples;q=0.1", ".nt"),
    ("text/*;q=0.5, text/html;q=0", ".ttl"),
    ("image/png", ""),
    ("*/*;q=0", ""),
]
TYPES = {one.suffix: one.content_type for one in LINKED}


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


@pytest.fixture(scope="module")
def routes(client: TestClient) -> Mapping[str, str]:
    """An address of each kind: the descriptions, and the identifiers that lead to them."""
    statement = client.get("/entities/unit/ccgiu").json()["statements"][0]
    return {
        "entity": "/entities/unit/ccgiu",
        "topic": "/entities/topic/firearms-trafficking",
        "statement": f"/statements/{statement['id']}",
        "document": f"/documents/{DOCUMENT}",
        "document as entity": f"/entities/document/{DOCUMENT}",
        "topics": "/topics",
        "id of entity": "/id/unit/ccgiu",
        "id of statement": f"/id/statement/{statement['id']}",
        "id of evidence": f"/id/evidence/{statement['evidence'][0]['id']}",
        "id of document": f"/id/document/{DOCUMENT}",
        "id of topic": "/id/topic/firearms-trafficking",
    }


KINDS = ("entity", "topic", "statement", "document", "document as entity", "topics")
IDS = tuple(f"id of {one}" for one in ("entity", "statement", "evidence", "document", "topic"))


def header(response: Any, name: str) -> set[str]:
    return {part.strip().lower() for part in response.headers.get(name, "").split(",")}


def links(response: Any) -> dict[str, list[tuple[str, str]]]:
    """Targets and types of a Link header, by relation."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for target, rest in re.findall(r"<([^>]*)>((?:; \w+=\"[^\"]*\")*)", response.headers["link"]):
        given = dict(re.findall(r'(\w+)="([^"]*)"', rest))
        found[given["rel"]].append((target, given.get("type", "")))
    return found


@pytest.mark.parametrize("kind", KINDS + IDS)
def test_the_form_that_is_wanted(client: TestClient, routes: Mapping[str, str], kind: str) -> None:
    for accept, suffix in ACCEPTED:
        response = client.get(routes[kind], headers={"Accept": accept or ""})
        assert "accept" in header(response, "vary"), accept
        assert all("accept" in header(one, "vary") for one in response.history), accept
        if suffix:
            assert [one.status_code for one in response.history] == [303] * kind.startswith("id of"), accept
            told = (response.status_code, response.headers["content-type"])
            assert told == (200, TYPES[suffix]), accept
        else:
            offered = {one["suffix"]: one["type"] for one in response.json()["errors"]}
            assert response.status_code == 406
            assert offered == {one.suffix: one.media_type for one in LINKED}


@pytest.mark.parametrize("form", LINKED, ids=lambda form: form.suffix)
def test_a_suffix_says_the_form_whatever_is_accepted(
    client: TestClient, routes: Mapping[str, str], form: Format
) -> None:
    for kind in ("entity", "document", "topics", "id of entity", "id of evidence"):
        response = client.get(routes[kind] + form.suffix, headers={"Accept": "image/png"})
        assert (response.status_code, response.headers["content-type"]) == (200, form.content_type), kind
        assert "content-location" not in response.headers


@pytest.mark.parametrize("form", LINKED, ids=lambda form: form.suffix)
def test_headers_of_each_form(client: TestClient, routes: Mapping[str, str], form: Format) -> None:
    for kind in ("entity", "statement", "document", "topics"):
        path, accept = routes[kind], {"Accept": form.media_type}
        response = client.get(path, headers=accept)
        told = links(response)
        others = [(path + one.suffix, one.media_type) for one in LINKED if one is not form]
        assert told["alternate"] == others
        assert told["canonical"] == [(path, "")]
        assert {target for target, _ in told["describedby"]} == {"/schema", "/dataset"}
        assert told["license"] == [("https://www.apache.org/licenses/LICENSE-2.0", "")]
        assert response.headers["content-location"] == path + form.suffix
        head = client.head(path, headers=accept)
        assert (head.content, head.headers) == (b"", response.headers)
        known = {**accept, "If-None-Match": response.headers["etag"]}
        same = client.get(path, headers=known)
        assert (same.status_code, same.content) == (304, b"")
        for name in ("etag", "vary", "content-location", "cache-control", "link"):
            assert same.headers[name] == response.headers[name]
        other = client.get(path, headers={**known, "Accept": (JSON if form is HTML else HTML).media_type})
        assert other.status_code == 200
        by_suffix = client.get(path + form.suffix)
        assert by_suffix.headers["content-type"] == response.headers["content-type"]
        # The address of the next page is in the form of this one.
        assert by_suffix.content == response.content or (kind, form) == ("document", JSON)


@embedded_only
def test_an_unchanged_answer_that_was_not_kept_says_where_its_form_is(graph: Graph) -> None:
    path, accept = "/entities/unit/ccgiu", {"Accept": "text/turtle"}
    first = TestClient(create_app(graph.settings, graph.store)).get(path, headers=accept)
    known = {**accept, "If-None-Match": first.headers["etag"]}
    again = TestClient(create_app(graph.settings, graph.store)).get(path, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-location"] == first.headers["content-location"] == f"{path}.ttl"


def test_a_document_has_one_canonical_address(client: TestClient) -> None:
    target = client.get(f"/id/document/{DOCUMENT}", follow_redirects=False).headers["location"]
    assert target == f"/documents/{DOCUMENT}"
    assert links(client.get(f"/entities/document/{DOCUMENT}.ttl"))["canonical"] == [(target, "")]
    page = client.get(f"/entities/document/{DOCUMENT}.html").text
    assert f'<link rel="canonical" href="{target}">' in page
    assert f'<link rel="canonical" href="{target}">' in client.get(f"{target}.html").text


def test_pages_say_in_their_head_what_else_there_is(client: TestClient, routes: Mapping[str, str]) -> None:
    for kind in KINDS:
        page = client.get(routes[kind], headers={"Accept": BROWSER}).text
        head = page.partition("</head>")[0]
        for one in (JSON, *RDF):
            assert f'type="{one.media_type}" title="{one.label}" href="{routes[kind]}{one.suffix}"' in head
        assert re.search(r'<meta name="description" content="[^"]{10,}">', head), kind
        assert re.search(r"<title>\S[^<]* – carisec</title>", head)
        assert '<link rel="license" href="https://www.apache.org/licenses/LICENSE-2.0">' in head


def test_a_named_graph_is_what_the_export_has(client: TestClient) -> None:
    whole = set(parse(client.get("/export?format=nquads").content, RdfFormat.N_QUADS))
    for name in ("register", f"document/{DOCUMENT}"):
        graph = NamedNode(f"{BASE}graph/{name}")
        expected = {quad for quad in whole if quad.graph_name == graph}
        assert expected
        for accept, form in ((TRIG, RdfFormat.TRIG), (QUADS, RdfFormat.N_QUADS)):
            response = client.get(f"/graph/{name}", headers={"Accept": accept})
            assert response.headers["content-type"] == accept
            assert set(parse(response.content, form)) == expected
        triples = {quad.triple for quad in parse(client.get(f"/graph/{name}.ttl").content, RdfFormat.TURTLE)}
        assert triples == {quad.triple for quad in expected}
        page = client.get(f"/graph/{name}", headers={"Accept": BROWSER}, follow_redirects=False)
        assert page.status_code == 303
        assert client.get(page.headers["location"]).headers["content-type"].startswith("text/html")
    assert client.get("/graph/register", headers={"Accept": "image/png"}).status_code == 406
    for name in ("unit/ccgiu", "document/none", "none"):
        assert client.get(f"/graph/{name}").status_code == 404


def test_every_kind_of_iri_in_an_export_says_something(client: TestClient) -> None:
    """Of each kind the first, the middle and the last one; a kind is the path without keys."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for quad in parse(client.get("/export?format=nquads").content, RdfFormat.N_QUADS):
        parts = [quad.subject, quad.predicate, quad.object, quad.graph_name]
        terms = [*parts, getattr(quad.object, "datatype", None)]
        for iri in (term.value for term in terms if isinstance(term, NamedNode)):
            if iri.startswith(BASE):
                kind = re.sub(r"(id/\w+|graph/document)/[^#]+", r"\1/", iri.removeprefix(BASE))
                kinds["schema#" if iri.startswith(SCHEMA_NS) else kind].add(iri)
    assert {"id/statement/", "id/evidence/#clause", "topics", "graph/register", "schema#"} <= kinds.keys()
    assert len(kinds) > 15
    ontology = client.get("/schema", headers={"Accept": "application/n-triples"}).content
    described = {quad.subject for quad in parse(ontology, RdfFormat.N_TRIPLES)}
    assert {NamedNode(iri) for iri in kinds.pop("schema#")} <= described
    for iris in kinds.values():
        found = sorted(iris)
        for iri in {found[0], found[len(found) // 2], found[-1]}:
            address = "/" + iri.removeprefix(BASE).partition("#")[0]
            accept = QUADS if "graph/" in iri else "application/n-triples"
            response = client.get(address, headers={"Accept": accept})
            assert (response.status_code, response.headers["content-type"]) == (200, accept), iri
            quads = list(parse(BytesIO(response.content), RdfFormat.N_QUADS))
            names = {quad.graph_name if "graph/" in iri else quad.subject for quad in quads}
            assert NamedNode(iri) in names, iri


def test_what_a_description_names_has_a_name(client: TestClient, routes: Mapping[str, str]) -> None:
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    for kind in ("entity", "statement", "document"):
        quads = list(parse(client.get(routes[kind] + ".nt").content, RdfFormat.N_TRIPLES))
        named = {quad.subject for quad in quads if quad.predicate == label}
        iris = {quad.object for quad in quads if isinstance(quad.object, NamedNode)}
        entities = {
            one for one in iris if re.match(f"{BASE}id/(?!statement/|evidence/)[^#]+$", one.value) is not None
        }
        assert entities
        assert entities <= named


@embedded_only
def test_every_route_tells_its_methods(client: TestClient) -> None:
    """To OPTIONS, and to a method that it does not take."""
    paths: dict[str, dict[str, Any]] = client.get("/openapi.json").json()["paths"]
    for path, operations in paths.items():
        taken = {method.upper() for method in operations}
        expected = taken | {"OPTIONS"} | ({"HEAD"} if "GET" in taken else set())
        address = re.sub(r"\{[^}]*\}", "x", path)
        response = client.options(address)
        assert response.status_code == 204, path
        assert header(response, "allow") >= {one.lower() for one in expected}, path
        refused = client.request("PATCH", address)
        assert (refused.status_code, header(refused, "allow")) == (405, header(response, "allow")), path
        assert refused.headers["content-type"] == "application/problem+json"


def test_other_sites_may_read_the_headers(client: TestClient) -> None:
    origin = {"Origin": "https://example.org"}
    exposed = header(client.get("/id/unit/ccgiu", headers=origin), "access-control-expose-headers")
    assert {"link", "etag", "location", "content-location"} <= exposed
    for method in ("GET", "HEAD", "POST"):
        asked = {**origin, "Access-Control-Request-Method": method}
        assert client.options("/entities", headers=asked).status_code == 200


# --- ids that were given up ----------------------------------------------------------------------

UNIT, OFFICE = Entity("unit/new", ("Unit",), "New Unit"), Entity("agency/office", ("Agency",), "Office")
NOTE = Entity("document/new", ("Document",), "A note")
WHEN = "2031-05-01T10:00:00+00:00"


@pytest.fixture
def renamed(scratch: Graph) -> tuple[TestClient, str, str]:
    """A graph in which things had other ids before, with the ids of its statement and of its evidence."""
    evidence = Evidence(NOTE.id, 3, 9, text_hash("absent"), summary="It says so.")
    says = make_statement(scratch.schema, OFFICE.id, "SUPPORTS", UNIT.id, evidence=[evidence])
    content = Content((OFFICE, NOTE, UNIT), (says,))
    key = evidence.id_for(says.id)
    gone = (
        Former("unit/old", UNIT.id, "renamed", WHEN),
        Former("unit/lost", None, "nothing <names> it", WHEN),
        Former("document/old", NOTE.id, "joined", WHEN),
        Former("document/lost", None, "withdrawn by its publisher", WHEN),
        Former("s0", says.id, "told otherwise", WHEN),
        Former("s1", None, "its clause is gone", WHEN),
        Former("e0", key, "its clause moved", WHEN),
        Former("e1", None, "its clause is gone", WHEN),
    )
    changes = difference(scratch.schema, content, scratch.store.known())
    scratch.store.apply(scratch.schema, changes, told=Chronicle(gone, None))
    return TestClient(create_app(scratch.settings, scratch.store), follow_redirects=False), says.id, key


def test_a_merged_id_leads_to_the_new_one(renamed: tuple[TestClient, str, str]) -> None:
    client, statement, evidence = renamed
    expected = {
        "/id/unit/old": "/id/unit/new",
        "/id/unit/old.ttl": "/id/unit/new.ttl",
        "/entities/unit/old": "/entities/unit/new",
        "/entities/unit/old.jsonld?limit=2&as_of=2023": "/entities/unit/new.jsonld?limit=2&as_of=2023",
        "/documents/old.rdf": "/documents/new.rdf",
        "/entities/document/old": "/documents/new",
        "/graph/document/old.nq": "/graph/document/new.nq",
        "/statements/s0.html": f"/statements/{statement}.html",
        "/id/statement/s0": f"/id/statement/{statement}",
        "/id/evidence/e0": f"/id/evidence/{evidence}",
    }
    for path, target in expected.items():
        response = client.get(path, headers={"Accept": "text/turtle"})
        assert (response.status_code, response.headers["location"]) == (308, target)
        assert "accept" in header(response, "vary")
        assert client.head(path).headers["location"] == target
        found = client.get(
            target, headers={"Accept": "application/n-quads, */*;q=0.1"}, follow_redirects=True
        )
        assert found.status_code == 200


def test_a_withdrawn_id_says_why(renamed: tuple[TestClient, str, str]) -> None:
    client, _, _ = renamed
    reasons = {
        "/id/unit/lost": "unit/lost was withdrawn on 2031-05-01: nothing <names> it.",
        "/entities/unit/lost.ttl": "nothing <names> it",
        "/documents/lost": "withdrawn by its publisher",
        "/graph/document/lost.trig": "withdrawn by its publisher",
        "/statements/s1": "its clause is gone",
        "/id/statement/s1": "its clause is gone",
        "/id/evidence/e1": "its clause is gone",
    }
    for path, reason in reasons.items():
        response = client.get(path, headers={"Accept": "application/json"})
        assert (response.status_code, response.headers["content-type"]) == (410, "application/problem+json")
        assert reason in response.json()["detail"]
        assert "accept" in header(response, "vary")
    page = client.get("/id/unit/lost", headers={"Accept": BROWSER})
    assert (page.status_code, page.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert "nothing &lt;names&gt; it" in page.text
    for path in ("/id/unit/never", "/entities/unit/never", "/documents/never", "/statements/s9"):
        assert client.get(path).status_code == 404
