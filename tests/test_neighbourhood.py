"""GET /graph: which entities and links a picture shows, and where."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.routes.views import PictureAnswer
from tests.conftest import Graph


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as client:
        yield client


def picture(client: TestClient, **parameters: Any) -> dict[str, Any]:
    response = client.get("/graph", params=parameters)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    PictureAnswer.model_validate(found, extra="forbid")
    return found


def ids(found: dict[str, Any]) -> list[str]:
    return [node["id"] for node in found["nodes"]]


def places(found: dict[str, Any]) -> dict[str, tuple[float, float]]:
    return {node["id"]: (node["x"], node["y"]) for node in found["nodes"]}


def test_an_entity_comes_with_its_neighbours_and_their_links(client: TestClient) -> None:
    found = picture(client, focus="unit/ccgiu")
    assert {"unit/ccgiu", "igo/impacs", "agency/atf", "country/us"} <= set(ids(found))
    [edge] = [e for e in found["edges"] if e["source"] == "igo/impacs" and e["target"] == "unit/ccgiu"]
    assert (edge["predicate"], edge["label"], edge["status"], edge["act"]) == (
        "ESTABLISHED", "established", "accepted", None,
    )  # fmt: skip
    assert edge["count"] == len(edge["statements"]) == 1
    assert client.get(f"/statements/{edge['statements'][0]}").json()["object"]["id"] == "unit/ccgiu"
    shown = set(ids(found))
    assert all(e["source"] in shown and e["target"] in shown for e in found["edges"])
    assert found["version"] and "most statements" in found["rule"]


def test_more_counts_the_neighbours_that_are_not_shown(client: TestClient) -> None:
    whole = picture(client, focus="unit/ccgiu")
    assert whole["nodes"][0]["more"] == 0
    part = picture(client, focus="unit/ccgiu", limit=5)
    assert len(part["nodes"]) == 5
    assert part["nodes"][0]["more"] == len(whole["nodes"]) - 5
    assert ids(part) == ids(whole)[:5], "the shown ones are the first by the rule"


def test_opening_adds_and_moves_nothing(client: TestClient) -> None:
    before = picture(client, focus="unit/ccgiu", limit=10)
    after = picture(client, focus="unit/ccgiu", limit=10, expand=["agency/atf", "agency/hsi:3"])
    assert len(after["nodes"]) > len(before["nodes"])
    assert {
        node: after_place for node, after_place in places(after).items() if node in ids(before)
    } == places(before)


def test_opening_again_shows_the_next_ones(client: TestClient) -> None:
    once = picture(client, focus="dialogue/11", limit=1, expand=["dialogue/11:4"])
    twice = picture(client, focus="dialogue/11", limit=1, expand=["dialogue/11:4", "dialogue/11:4"])
    assert (len(once["nodes"]), len(twice["nodes"])) == (5, 9)
    assert ids(twice)[:5] == ids(once)


def test_opening_with_no_neighbours_adds_the_entity_alone(client: TestClient) -> None:
    found = picture(client, focus="unit/ccgiu", limit=1, expand="program/etrace:0")
    assert ids(found) == ["unit/ccgiu", "program/etrace"]


def test_the_same_request_gives_the_same_picture(client: TestClient) -> None:
    parameters = {"focus": ["dialogue/11", "unit/ccgiu"], "expand": "agency/atf"}
    assert client.get("/graph", params=parameters).content == client.get("/graph", params=parameters).content


def test_fixed_nodes_stand_where_they_were_put(client: TestClient) -> None:
    found = picture(client, focus="unit/ccgiu", fixed=["agency/atf,500,-40.5", "country/us,-10,0"])
    assert places(found)["agency/atf"] == (500, -40.5)
    assert places(found)["country/us"] == (-10, 0)


def test_only_links_of_the_wanted_predicates(client: TestClient) -> None:
    found = picture(client, focus="dialogue/11", predicate="PARTICIPATED_IN")
    assert {e["predicate"] for e in found["edges"]} == {"PARTICIPATED_IN"}
    assert "agency/atf" in ids(found)


def test_candidates_only_when_asked_for_and_nothing_moves(client: TestClient) -> None:
    without = picture(client, focus="unit/ccgiu")
    both = picture(client, focus="unit/ccgiu", status=["accepted", "candidate"])
    assert {e["status"] for e in without["edges"]} == {"accepted"}
    assert {e["status"] for e in both["edges"]} == {"accepted", "candidate"}
    assert {node: place for node, place in places(both).items() if node in ids(without)} == places(without)


def test_documents_are_left_out(client: TestClient) -> None:
    found = picture(client, focus="dialogue/11", limit=200)
    assert not any(node["type"] == "Document" for node in found["nodes"])
    alone = picture(client, focus="document/2023-11-22-joint-statement")
    assert alone["nodes"][0]["type"] == "Document"


@pytest.mark.parametrize(
    ("parameters", "status", "says"),
    [
        ({}, 422, "focus"),
        ({"focus": "unit/nothing-like-it"}, 404, "unit/nothing-like-it"),
        ({"focus": "unit/ccgiu", "expand": "unit/nothing-like-it"}, 404, "unit/nothing-like-it"),
        ({"focus": "unit/ccgiu", "expand": "agency/atf:many"}, 422, "expand"),
        ({"focus": "unit/ccgiu", "predicate": "LIKES"}, 422, "LIKES"),
        ({"focus": "unit/ccgiu", "status": "retracted"}, 422, "status"),
        ({"focus": "unit/ccgiu", "fixed": "agency/atf,1"}, 422, "fixed"),
        ({"focus": "unit/ccgiu", "fixed": "agency/atf,nan,0"}, 422, "fixed"),
        ({"focus": "unit/ccgiu", "limit": "0"}, 422, "limit"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told(
    client: TestClient, parameters: dict[str, str], status: int, says: str
) -> None:
    response = client.get("/graph", params=parameters)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert says in response.json()["detail"]
