"""The changes as JSON, page and feed, on both engines."""

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from fastapi.testclient import TestClient

from api.answers import FRESH
from api.app import create_app
from api.atom import Feed, feed_bytes
from api.change_models import LoadList
from graph.changes import Former
from graph.chronicle import Line
from graph.records import Entity
from tests.conftest import Graph
from tests.hostile import HOSTILE
from tests.test_history import BUREAU, TIMES, UNIT, bring_about

ATOM = {"a": "http://www.w3.org/2005/Atom"}
EVIL = '<script>alert("x")</script>\x0c&amp;'
PUBLIC = "https://graph.example.org"


@pytest.fixture
def client(scratch: Graph) -> TestClient:
    return TestClient(create_app(scratch.settings, scratch.store))


def many(graph: Graph, loads: int) -> None:
    """A first load and so many after it, each of one agency."""
    made = [UNIT]
    bring_about(graph, made, TIMES[0])
    for n in range(1, loads + 1):
        agency = Entity(f"agency/a{n}", ("Agency",), f"A{n}")
        made.append(agency)
        line = Line("entity", agency.id, f"{agency.id}: {EVIL if n == 1 else agency.name}", (agency.id,))
        bring_about(graph, made, f"2031-06-01T10:00:{n:02}+00:00", line)


def checked(text: bytes, base: str = "") -> ET.Element:
    """A feed with what RFC 4287 asks for: one of each required element, other ids, times with zones."""
    root = ET.fromstring(text)  # noqa: S314 - our own
    assert root.tag == f"{{{ATOM['a']}}}feed"
    entries = root.findall("a:entry", ATOM)
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            (one,) = element.findall(f"a:{name}", ATOM)
            assert (one.text or "").strip(), name
        assert dt.datetime.fromisoformat(element.findtext("a:updated", "", ATOM)).tzinfo is not None
        assert element.findtext("a:id", "", ATOM).startswith("urn:uuid:")
        kinds = [(link.get("rel"), link.get("type")) for link in element.findall("a:link", ATOM)]
        assert len(set(kinds)) == len(kinds)
        assert all(
            link.get("href", "").startswith((base + "/", "https:"))
            for link in element.findall("a:link", ATOM)
        )
    assert root.findtext("a:author/a:name", "", ATOM), "entries have no author of their own"
    assert len({entry.findtext("a:id", "", ATOM) for entry in entries}) == len(entries)
    for entry in entries:
        (content,) = entry.findall("a:content", ATOM)
        assert content.get("type") == "html"
        assert len(list(content)) == 0, "HTML is text here"
        assert entry.find("a:link[@rel='alternate']", ATOM) is not None
    times = [entry.findtext("a:updated", "", ATOM) for entry in entries]
    assert times == sorted(times, reverse=True)
    assert not entries or root.findtext("a:updated", "", ATOM) == times[0]
    return root


def link(root: ET.Element, relation: str) -> str | None:
    found = root.find(f"a:link[@rel='{relation}']", ATOM)
    return None if found is None else found.get("href")


def pages(client: TestClient, path: str) -> Iterator[ET.Element]:
    following: str | None = path
    while following:
        answer = client.get(following)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
        root = checked(answer.content)
        yield root
        following = link(root, "next")


def test_a_graph_without_a_past_has_an_empty_feed(client: TestClient) -> None:
    assert client.get("/changes").json() == {"entity": None, "loads": [], "next": None}
    (root,) = pages(client, "/changes.atom")
    assert root.findall("a:entry", ATOM) == []
    assert "No load was recorded yet" in client.get("/changes.html").text


def test_changes_come_newest_first_in_pages(scratch: Graph, client: TestClient) -> None:
    many(scratch, 21)
    first = LoadList.model_validate(client.get("/changes").json())
    assert [one.number for one in first.loads] == list(range(22, 2, -1))
    assert first.loads[0].counts["entities"].added == 1
    assert first.next is not None
    second = LoadList.model_validate(client.get(first.next).json())
    assert [one.number for one in second.loads] == [2, 1]
    assert (second.next, second.loads[1].first, second.loads[1].sections) == (None, True, [])
    assert second.loads[1].title == "First load, entities: 1 added"
    feeds = list(pages(client, "/changes.atom"))
    titles = [e.findtext("a:title", "", ATOM) for root in feeds for e in root.findall("a:entry", ATOM)]
    assert len(titles) == 22
    assert {link(root, "first") for root in feeds} == {"/changes.atom"}
    assert link(feeds[1], "self") == "/changes.atom?before=3"
    oldest = feeds[1].findall("a:entry", ATOM)[0]
    content = oldest.findtext("a:content", "", ATOM)
    assert '<a href="/entities/agency/a1">' in content
    assert "<script" not in content
    assert "&lt;script&gt;" in content


def test_the_page_reads_without_scripts(scratch: Graph, client: TestClient) -> None:
    many(scratch, 2)
    page = client.get("/changes", headers={"Accept": "text/html"})
    assert "<script" not in page.text
    assert '<a href="/entities/agency/a2">agency/a2: A2</a>' in page.text
    assert '<section id="load-3"' in page.text
    assert "First load, entities: 1 added" in page.text
    for path in ("/changes", "/documents"):
        head = client.get(path, headers={"Accept": "text/html"}).text
        assert 'type="application/atom+xml" title="Changes of the graph" href="/changes.atom"' in head
    asked = client.get("/changes", headers={"Accept": "application/atom+xml"})
    assert asked.headers["content-type"] == "application/atom+xml"
    assert 'rel="alternate"; type="application/atom+xml"' in asked.headers["link"]
    assert client.get("/changes", headers={"Accept": "image/png"}).status_code == 406


def test_the_changes_of_one_entity(scratch: Graph, client: TestClient) -> None:
    many(scratch, 3)
    found = LoadList.model_validate(client.get("/changes?entity=agency/a2").json())
    assert found.entity == "agency/a2"
    assert [line.id for one in found.loads for s in one.sections for line in s.lines] == ["agency/a2"]
    assert client.get("/changes?entity=A2").json()["entity"] == "agency/a2"
    assert client.get("/changes?entity=nothing").status_code == 422
    feed = checked(client.get("/changes.atom?entity=agency/a2").content)
    assert link(feed, "self") == "/changes.atom?entity=agency%2Fa2"
    whole = checked(client.get("/changes.atom").content)
    assert feed.findtext("a:id", "", ATOM) != whole.findtext("a:id", "", ATOM)
    gone = Former("agency/a3", None, "withdrawn", TIMES[7])
    line = Line("entity", "agency/a3", "A3 is gone", ("agency/a3",))
    bring_about(scratch, [UNIT], TIMES[7], line, gone=(gone,))
    time.sleep(FRESH)
    told = client.get("/changes?entity=agency/a3").json()
    assert [one["number"] for one in told["loads"]] == [5, 4], "also of what is gone"


def test_a_version_that_comes_back_has_other_changes(scratch: Graph, client: TestClient) -> None:
    """The tag of an answer is of more than the version: a graph can be what it was."""
    bring_about(scratch, [UNIT], TIMES[0])
    version, before = scratch.store.version(), client.get("/changes")
    bring_about(scratch, [UNIT, BUREAU], TIMES[1], Line("entity", BUREAU.id, "new", (BUREAU.id,)))
    bring_about(scratch, [UNIT], TIMES[2], Line("entity", BUREAU.id, "gone", (BUREAU.id,)))
    assert scratch.store.version() == version
    time.sleep(FRESH)
    after = client.get("/changes", headers={"If-None-Match": before.headers["etag"]})
    assert (after.status_code, len(after.json()["loads"])) == (200, 3)
    known = client.get("/changes", headers={"If-None-Match": after.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_links_are_absolute_where_the_address_is_known() -> None:
    feed = Feed("https://example.org/changes", "Changes", PUBLIC, {"self": "/changes.atom"}, "", ())
    root = checked(feed_bytes(feed), PUBLIC)
    assert link(root, "self") == f"{PUBLIC}/changes.atom"


def test_hostile_parameters_are_answered(scratch: Graph, client: TestClient) -> None:
    many(scratch, 1)
    for hostile in HOSTILE[::9]:
        text = hostile.encode("utf-8", "replace").decode()
        for path in ("/changes.atom", "/changes.json", "/changes.html"):
            answer = client.get(path, params={"entity": f"x/{text}"[:300]})
            assert answer.status_code == 200, text
            if path.endswith(".atom"):
                checked(answer.content)
        assert client.get("/changes", params={"before": text or "x"}).status_code in (200, 422)


def test_addresses_are_those_that_a_proxy_shows(scratch: Graph) -> None:
    made = replace(scratch.settings, public_url=PUBLIC)
    many(scratch, 1)
    answer = TestClient(create_app(made, scratch.store)).get("/changes.atom")
    root = checked(answer.content, PUBLIC)
    entry = root.find("a:entry", ATOM)
    assert entry is not None
    assert link(entry, "alternate") == f"{PUBLIC}/changes?before=3#load-2"
    assert f'href="{PUBLIC}/entities/agency/a1"' in entry.findtext("a:content", "", ATOM)
