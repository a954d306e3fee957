"""Stand-alone pictures: what they show, and that they need nothing."""

import importlib
import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.layout import overlap
from api.picture_page import MARKS, picture_page
from api.pictures import KINDS, Edge, Node, Picture
from api.snapshot import Snapshot, Snapshots
from graph.records import ACCEPTED
from schema.errors import BadParameter, NotFound, NotInstalled
from schema.model import Schema
from tests.conftest import Graph

PARAMETERS = {"network": {}, "neighbourhood": {"entity": "unit/ccgiu"}, "dialogues": {}}
OUTSIDE = re.compile(
    r"<(?:script|link|img)\b[^>]*(?:src|href)\s*=|@import|url\(\s*[\"']?(?:https?:)?//", re.IGNORECASE
)


@pytest.fixture(scope="module")
def snapshot(graph: Graph) -> Snapshot:
    return Snapshots(graph.store, graph.schema, graph.settings.base_iri).of(graph.store.version())


@pytest.fixture(scope="module")
def client(graph: Graph) -> TestClient:
    return TestClient(create_app(graph.settings, graph.store))


def picture(snapshot: Snapshot, name: str, **parameters: str) -> Picture:
    return KINDS[name].make(KINDS[name], snapshot, parameters or PARAMETERS[name])


def drawn(html: str, name: str) -> list[dict[str, Any]]:
    """Nodes or edges as the page hands them to the drawing library."""
    found = re.search(rf"const {name} = new vis.DataSet\((\[.*?\])\);\n", html, re.DOTALL)
    assert found
    return list(json.loads(found[1]))


def test_there_is_a_case_for_every_kind() -> None:
    assert KINDS.keys() == PARAMETERS.keys()


@pytest.mark.parametrize("name", KINDS)
def test_a_picture_is_one_file_that_loads_nothing(client: TestClient, name: str) -> None:
    response = client.get(f"/visualisations/{name}", params=PARAMETERS[name])
    assert response.status_code == 200
    html = response.text
    assert not OUTSIDE.search(html)
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    nodes, edges = drawn(html, "nodes"), drawn(html, "edges")
    assert len(nodes) > 5
    assert len(edges) > 5
    assert all(isinstance(node["x"], float) and isinstance(node["y"], float) for node in nodes)
    assert '"physics": {"enabled": false}' in html
    assert len(html) < 1_500_000


@pytest.mark.parametrize("name", KINDS)
def test_the_legend_names_each_type_that_is_drawn(client: TestClient, snapshot: Snapshot, name: str) -> None:
    html = client.get(f"/visualisations/{name}", params=PARAMETERS[name]).text
    legend = re.search(r'<ul class="legend".*?</ul>', html, re.DOTALL)
    assert legend
    listed = re.findall(r"</svg>(.*?)</li>", legend[0])
    types = picture(snapshot, name).types
    assert listed == [snapshot.schema.types[one].label for one in types]
    assert len(listed) > 1


@pytest.mark.parametrize("name", KINDS)
def test_the_same_stands_there_as_text(client: TestClient, snapshot: Snapshot, name: str) -> None:
    html = client.get(f"/visualisations/{name}", params=PARAMETERS[name]).text
    shown = picture(snapshot, name)
    for edge in shown.edges:
        assert all(f'href="/statements/{key}"' in html for key in edge.statements)
    assert shown.edges


@pytest.mark.parametrize("name", KINDS)
def test_the_same_graph_gives_the_same_picture(graph: Graph, snapshot: Snapshot, name: str) -> None:
    again = Snapshots(graph.store, graph.schema, graph.settings.base_iri).of(graph.store.version())
    assert picture(again, name) == picture(snapshot, name)


@pytest.mark.parametrize("name", KINDS)
def test_entities_do_not_stand_on_each_other(snapshot: Snapshot, name: str) -> None:
    places = [node.place for node in picture(snapshot, name).nodes]
    clashes = [(a, b) for n, a in enumerate(places) for b in places[:n] if overlap(a, b)]
    assert not clashes


def test_the_network_is_all_accepted_statements_without_documents(snapshot: Snapshot) -> None:
    shown = picture(snapshot, "network")
    expected = {
        s.id
        for s in snapshot.statements.values()
        if s.status == ACCEPTED and s.object and not {s.subject[:9], s.object[:9]} & {"document/"}
    }
    assert {key for edge in shown.edges for key in edge.statements} == expected
    assert len(expected) > 100
    assert not any(node.type == "Document" for node in shown.nodes)
    assert shown.left_out == 0


def test_a_neighbourhood_is_what_is_joined_to_its_middle(snapshot: Snapshot) -> None:
    shown = picture(snapshot, "neighbourhood", entity="unit/ccgiu")
    joined = {
        end
        for edge in shown.edges
        for end in (edge.source, edge.target)
        if "unit/ccgiu" in (edge.source, edge.target)
    }
    assert {node.id for node in shown.nodes} == joined
    assert next(node for node in shown.nodes if node.id == "unit/ccgiu").place == (0.0, 0.0)
    assert snapshot.entities["unit/ccgiu"].name in shown.title


def test_dialogues_stand_in_their_order(snapshot: Snapshot) -> None:
    places = {n.id: n.place for n in picture(snapshot, "dialogues").nodes if n.type == "Dialogue"}
    order = [s for s in snapshot.statements.values() if s.predicate == "PRECEDES" and s.status == ACCEPTED]
    assert order
    assert all(places[s.subject][0] < places[str(s.object)][0] for s in order)


def test_a_neighbourhood_goes_by_any_name(client: TestClient) -> None:
    by_id = client.get("/visualisations/neighbourhood", params={"entity": "unit/ccgiu"})
    assert client.get("/visualisations/neighbourhood", params={"entity": "CCGIU"}).text == by_id.text


def test_what_cannot_be_drawn(snapshot: Snapshot, client: TestClient) -> None:
    with pytest.raises(BadParameter, match="entity"):
        KINDS["neighbourhood"].make(KINDS["neighbourhood"], snapshot, {})
    lonely = next(
        key for key in snapshot.entities if key not in snapshot.network and not key.startswith("document/")
    )
    with pytest.raises(NotFound, match="no accepted statement"):
        picture(snapshot, "neighbourhood", entity=lonely)
    assert client.get("/visualisations/neighbourhood").status_code == 422
    assert client.get("/visualisations/neighbourhood", params={"entity": "xyzzy"}).status_code == 422
    assert client.get("/visualisations/portrait").status_code == 404


def test_the_list_of_pictures(client: TestClient) -> None:
    listed = client.get("/visualisations").json()["visualisations"]
    assert [one["name"] for one in listed] == list(KINDS)


def test_without_pyvis_the_mend_is_told(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = importlib.import_module

    def absent(name: str, package: str | None = None) -> Any:
        if name.startswith("pyvis"):
            raise ModuleNotFoundError(f"No module named {name!r}")
        return plain(name, package)

    monkeypatch.setattr(importlib, "import_module", absent)
    response = client.get("/visualisations/neighbourhood", params={"entity": "agency/atf"})
    assert response.status_code == NotInstalled.status == 501
    assert "carisec[pictures]" in response.json()["detail"]


@pytest.mark.parametrize(
    "evil", ["</script><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }} href"]
)
def test_no_name_gets_out_of_its_place(schema: Schema, evil: str) -> None:
    nodes = (
        Node("agency/x", evil, evil, "Agency", evil, 1, (0.0, 0.0)),
        Node("agency/y", "Y", "Y", "Agency", "", 1, (200.0, 0.0)),
    )
    edges = (Edge("agency/x", "agency/y", (evil,), ("s1",), False),)
    html = picture_page(Picture(evil, evil, nodes, edges), schema, "")
    plain = picture_page(Picture("t", "d", nodes[1:], ()), schema, "")
    assert html.count("<script") == plain.count("<script")
    assert "<img" not in html
    assert "49 href" not in html
    assert drawn(html, "nodes")[0]["label"] == evil


def test_looks_tell_all_types_apart(schema: Schema) -> None:
    drawable = set(schema.types) - {"Document", "Organization", "Entity", "Candidate"}
    looks = {name: MARKS[name] for name in drawable}
    assert len(set(looks.values())) == len(looks)
    assert len(looks) > 10


def test_an_empty_graph_gives_an_empty_picture(schema: Schema) -> None:
    empty = Snapshot("", schema, "https://example.org/", {}, {})
    for name in ("network", "dialogues"):
        shown = KINDS[name].make(KINDS[name], empty, {})
        assert (shown.nodes, shown.edges) == ((), ())
        assert drawn(picture_page(shown, schema, ""), "nodes") == []
