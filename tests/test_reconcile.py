"""The reconciliation service: what names of others mean, as its protocol has it."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from api import reconcile_models as shapes
from api.app import create_app
from queries.names import names_for
from queries.reconcile import LARGEST_BATCH, RULE
from tests.conftest import Graph

BATCH: TypeAdapter[shapes.Batch] = TypeAdapter(shapes.Batch)
TOO_MANY = json.dumps({str(n): {"query": "x"} for n in range(LARGEST_BATCH + 1)})
SPACE = "https://w3id.org/carisec/id/"


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def ask(client: TestClient, **query: Any) -> list[dict[str, Any]]:
    """Candidates of one query in a batch; their shape is checked."""
    response = client.post("/reconcile", data={"queries": json.dumps({"q0": query})})
    assert response.status_code == 200, response.text
    BATCH.validate_python(response.json())
    found: list[dict[str, Any]] = response.json()["q0"]["result"]
    scores = [one["score"] for one in found]
    assert scores == sorted(scores, reverse=True)
    assert sum(one["match"] for one in found) <= 1
    return found


def feature(candidate: dict[str, Any], name: str) -> Any:
    return next((one["value"] for one in candidate["features"] if one["id"] == name), None)


def test_without_parameters_it_tells_what_it_is(client: TestClient) -> None:
    response = client.get("/reconcile", headers={"Origin": "https://refine.example"})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["access-control-allow-origin"] == "*"
    manifest = response.json()
    shapes.Manifest.model_validate(manifest)
    assert manifest["identifierSpace"] == SPACE
    names = {one["id"] for one in manifest["defaultTypes"]}
    assert {"Organization", "Country", "Program"} <= names
    assert not names & {"Candidate", "Entity", "Agency"}


def test_the_addresses_of_the_manifest_lead_somewhere(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    id_ = quote("unit/ccgiu", safe="")
    view = client.get(manifest["view"]["url"].replace("{{id}}", id_), follow_redirects=False)
    assert (view.status_code, view.headers["location"]) == (303, "/entities/unit/ccgiu")
    preview = client.get(manifest["preview"]["url"].replace("{{id}}", id_))
    assert preview.headers["content-type"].startswith("text/html")
    assert "CARICOM Crime Gun Intelligence Unit" in preview.text
    assert "frame-ancestors *" in preview.headers["content-security-policy"]
    places = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for place in places:
        assert client.get(place["service_url"] + place["service_path"]).status_code == 200
    for address in (manifest["documentation"], manifest["logo"]):
        assert client.get(address).status_code == 200


def test_the_manifest_of_one_host_is_not_given_at_another(client: TestClient) -> None:
    for host in ("one.example", "other.example", "one.example"):
        manifest = client.get("/reconcile", headers={"Host": host}).json()
        assert manifest["view"]["url"] == f"http://{host}/id/{{{{id}}}}"


@pytest.mark.parametrize(
    ("text", "id_", "points"),
    [
        ("unit/ccgiu", "unit/ccgiu", 100),
        (SPACE + "unit/ccgiu", "unit/ccgiu", 100),
        ("CARICOM Crime Gun Intelligence Unit", "unit/ccgiu", 100),
        ("ATF", "agency/atf", 95),
        ("Bureau of Alcohol Tobacco Firearms and Explosive", "agency/atf", 90),
        ("  eTrace ", "program/etrace", 100),
    ],
)
def test_a_name_that_leaves_no_doubt_is_a_match(
    client: TestClient, text: str, id_: str, points: float
) -> None:
    best = ask(client, query=text)[0]
    assert (best["id"], best["score"], best["match"]) == (id_, points, True)
    assert feature(best, "name") == points
    if points < 100:
        assert str(points) in RULE


def test_every_entity_is_found_by_its_name_and_by_its_id(client: TestClient, graph: Graph) -> None:
    entities = list(names_for(graph.store).entities.values())[:: len(names_for(graph.store).entities) // 45]
    for key in ("name", "id"):
        batch = {one.id: {"query": getattr(one, key), "limit": 100} for one in entities}
        answer = client.post("/reconcile", data={"queries": json.dumps(batch)}).json()
        for one in entities:
            found = {c["id"]: c for c in answer[one.id]["result"]}
            assert found[one.id]["score"] == 100, one.id


def test_a_typo_is_a_candidate_and_no_match(client: TestClient) -> None:
    best = ask(client, query="eTrase", type="Program")[0]
    assert (best["id"], best["match"]) == ("program/etrace", False)
    assert best["score"] == round(0.7 * feature(best, "likeness"), 2)
    assert ask(client, query="qqqq zzzz") == []
    assert ask(client, query="  ") == []


def test_a_name_of_several_is_no_match(client: TestClient) -> None:
    found = ask(client, query="Ministry of National Security")
    assert len(found) > 2
    assert not any(one["match"] for one in found)


def test_properties_tell_namesakes_apart(client: TestClient) -> None:
    plain = ask(client, query="Ministry of National Security", type="Agency")
    for said in (
        "Jamaica",
        "country/jm",
        SPACE + "country/jm",
        {"id": "country/jm", "name": "Jamaica"},
        ["x", "Jamaica"],
    ):
        found = ask(
            client,
            query="Ministry of National Security",
            type="Agency",
            properties=[{"pid": "country", "v": said}],
        )
        assert found[0]["id"] == "agency/jamaica-ministry-of-national-security"
        assert feature(found[0], "property:country") == 1
        assert feature(found[1], "property:country") == 0
        points = next(feature(one, "name") for one in plain if one["id"] == found[0]["id"])
        assert found[0]["score"] == round(0.7 * points + 30, 2)


def test_a_property_may_speak_against_a_match(client: TestClient) -> None:
    agreeing, unknown, against = (
        ask(client, query="ATF", properties=[{"pid": pid, "v": value}])[0]
        for pid, value in (("country", "United States"), ("iso3166", "US"), ("country", "Jamaica"))
    )
    assert [one["id"] for one in (agreeing, unknown, against)] == ["agency/atf"] * 3
    assert [one["match"] for one in (agreeing, unknown, against)] == [True, True, False]
    assert agreeing["score"] > unknown["score"] > against["score"]
    assert feature(unknown, "property:iso3166") == 0.5


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        ([{"pid": "iso3166", "v": "JM"}], "country/jm"),
        ([{"pid": "^MEMBER_OF", "v": "Jamaica"}], "program/cbsi"),
        ([{"pid": "MEMBER_OF", "v": "CBSI"}], "country/jm"),
        ([{"pid": "HELD_ON", "v": "2023-11-16"}], "dialogue/11"),
        ([{"pid": "HELD_ON", "v": "2023"}], "dialogue/11"),
        ([{"pid": "published", "v": "2023-11"}], "document/2023-11-22-joint-statement"),
        ([{"pid": "summary", "v": "web system of ATF for tracing firearm"}], "program/etrace"),
    ],
)
def test_properties_alone_find_what_they_hold_of(
    client: TestClient, properties: list[dict[str, Any]], expected: str
) -> None:
    found = ask(client, properties=properties, limit=100)
    assert expected in {one["id"] for one in found if one["score"] > 95}
    assert all(any(feature(one, f"property:{p['pid']}") for p in properties) for one in found)
    assert not any(one["match"] for one in found)


def test_the_type_is_a_condition(client: TestClient, graph: Graph) -> None:
    names = names_for(graph.store)
    assert not any(one["match"] for one in ask(client, query="eTrace", type="Country"))
    for type_ in (
        "Organization",
        "https://w3id.org/carisec/schema#Organization",
        ["Country", "Organization"],
    ):
        found = ask(client, query="Jamaica", type=type_, limit=100)
        allowed = ["Country", "Organization"] if isinstance(type_, list) else ["Organization"]
        assert found
        assert all(names.of_type(one["id"], allowed) for one in found)
        assert all(feature(one, "type") is True for one in found)
    both = ask(
        client, query="Crime Gun Intelligence Unit", type=["Unit", "Program"], type_strict="all", limit=100
    )
    assert "unit/ccgiu" in {one["id"] for one in both}
    assert all({"Unit", "Program"} <= {t["id"] for t in one["type"]} for one in both)


def test_limits(client: TestClient) -> None:
    assert len(ask(client, query="police")) == 10
    assert len(ask(client, query="police", limit=3)) == 3
    assert ask(client, query="police", limit=3) == ask(client, query="police", limit=10)[:3]


def test_a_batch_keeps_its_names_and_its_queries_apart(client: TestClient) -> None:
    batch = {"a b": {"query": "ATF"}, "": {"query": "qqqq zzzz"}, "2": {"query": "Jamaica", "limit": 1}}
    posted = client.post("/reconcile", data={"queries": json.dumps(batch)})
    got = client.get("/reconcile", params={"queries": json.dumps(batch)})
    assert posted.json() == got.json()
    assert posted.json().keys() == batch.keys()
    assert posted.json()["a b"]["result"] == ask(client, query="ATF")
    assert posted.json()[""] == {"result": []}
    assert posted.headers.get("access-control-allow-origin") is None
    crossing = client.post(
        "/reconcile", data={"queries": json.dumps(batch)}, headers={"Origin": "https://refine.example"}
    )
    assert crossing.headers["access-control-allow-origin"] == "*"


def test_one_query_as_older_clients_send_it(client: TestClient) -> None:
    expected = {"result": ask(client, query="ATF", limit=2)}
    said = json.dumps({"query": "ATF", "limit": 2})
    assert client.get("/reconcile", params={"query": said}).json() == expected
    assert client.post("/reconcile", data={"query": said}).json() == expected
    plain = client.get("/reconcile", params={"query": "ATF"}).json()
    assert plain["result"][:2] == expected["result"]


def test_answers_as_a_script(client: TestClient) -> None:
    for path in (
        "/reconcile",
        "/reconcile?query=ATF",
        "/reconcile/suggest/entity?prefix=atf",
        "/reconcile/properties",
    ):
        plain = client.get(path).json()
        response = client.get(
            path, params={**dict(re.findall(r"[?&](\w+)=(\w+)", path)), "callback": "jQuery1.done_2"}
        )
        assert response.headers["content-type"].startswith("text/javascript")
        found = re.fullmatch(r"/\*\*/jQuery1\.done_2\((.*)\);", response.text)
        assert found
        assert json.loads(found[1]) == plain
    for callback in ("alert(1)", "a;b", "", "a b", "1a", "a.", "a\n", "é", "a" * 101):
        refused = client.get("/reconcile", params={"query": "ATF", "callback": callback})
        assert (refused.status_code, refused.json()["errors"][0]["parameter"]) == (422, "callback")


@pytest.mark.parametrize(
    ("form", "status", "detail"),
    [
        ({"queries": "[]"}, 422, "queries:"),
        ({"queries": "{"}, 422, "not JSON"),
        ({"queries": '{"q0": {"query": 5}}'}, 422, "q0.query"),
        ({"queries": '{"q0": {"query": "x", "limit": 0}}'}, 422, "q0.limit"),
        ({"queries": '{"q0": {"query": "x", "type": "Agncy"}}'}, 422, "Nearest: Agency"),
        ({"queries": '{"q0": {"query": "x", "properties": [{"pid": "contry", "v": "x"}]}}'}, 422, "country"),
        ({"queries": '{"q0": {"query": "x", "properties": [{"pid": "country"}]}}'}, 422, "q0.properties.0.v"),
        ({"queries": '{"q0": {"query": "x", "properties": [{"pid": "unit", "v": {}}]}}'}, 422, "q0.prop"),
        ({"queries": TOO_MANY}, 413, "most 50"),
        ({"query": "{"}, 422, "not JSON"),
        ({"extend": "{}"}, 422, "ids"),
        ({"extend": '{"ids": [], "properties": [{"id": "colour"}]}'}, 422, "no property"),
        ({"extend": '{"ids": [], "properties": [{"id": "unit", "settings": {"limit": "x"}}]}'}, 422, "limit"),
        ({"colour": "red"}, 400, "send queries, query or extend"),
        ({"queries": "x" * 2_000_001}, 413, "smaller batches"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(
    client: TestClient, form: dict[str, str], status: int, detail: str
) -> None:
    response = client.post("/reconcile", data=form)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert detail in response.json()["detail"]


def test_other_bodies_than_forms_are_refused(client: TestClient) -> None:
    for body in ({"json": {"queries": "{}"}}, {"files": {"queries": b"{}"}}, {"content": b"queries={}"}):
        response = client.post("/reconcile", **body)
        assert (response.status_code, "as a form" in response.json()["detail"]) == (400, True)
    bad = client.post(
        "/reconcile", content=b"queries=%ff", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert bad.status_code == 400


def test_values_of_properties(client: TestClient) -> None:
    wanted: dict[str, list[Any]] = {
        "ids": ["agency/atf", "country/jm", "dialogue/11", "unit/ccgiu", SPACE + "unit/ccgiu", "agency/none"],
        "properties": [
            {"id": "country"},
            {"id": "iso3166"},
            {"id": "HELD_ON"},
            {"id": "PART_OF"},
            {"id": "^COMMITS_TO"},
            {"id": "MEMBER_OF", "settings": {"limit": "1"}},
        ],
    }
    answer = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    shapes.Extended.model_validate(answer)
    assert client.get("/reconcile", params={"extend": json.dumps(wanted)}).json() == answer
    assert [one["id"] for one in answer["meta"]] == [one["id"] for one in wanted["properties"]]
    assert answer["meta"][4] == {
        "id": "^COMMITS_TO",
        "name": "pledged at",
        "type": {"id": "Dialogue", "name": "Dialogue"},
    }
    rows = answer["rows"]
    assert list(rows) == wanted["ids"]
    assert rows["agency/atf"]["country"] == [{"id": "country/us", "name": "United States"}]
    assert rows["country/jm"]["iso3166"] == [{"str": "JM"}]
    assert len(rows["country/jm"]["MEMBER_OF"]) == 1
    assert rows["dialogue/11"]["HELD_ON"] == [{"str": "2023-11-16"}]
    assert rows["unit/ccgiu"]["PART_OF"]
    assert rows["unit/ccgiu"] == rows[SPACE + "unit/ccgiu"]
    assert not any(rows["agency/none"].values())


def test_figures_are_numbers(client: TestClient) -> None:
    figure = ask(client, query="", properties=[{"pid": "unit", "v": "firearms"}], type="Observation")[0]["id"]
    wanted = {"ids": [figure], "properties": [{"id": "value"}, {"id": "period"}, {"id": "^RESULTED_IN"}]}
    row = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()["rows"][figure]
    assert isinstance(row["value"][0]["float"], float)
    found = ask(
        client, type="Observation", properties=[{"pid": "value", "v": row["value"][0]["float"]}], limit=100
    )
    assert figure in {one["id"] for one in found}


def test_a_symmetric_predicate_holds_from_both_ends(client: TestClient) -> None:
    wanted = {"ids": ["agency/bis"], "properties": [{"id": "COOPERATES_WITH"}]}
    others = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()["rows"]["agency/bis"]
    other = others["COOPERATES_WITH"][0]["id"]
    wanted["ids"] = [other]
    back = client.post("/reconcile", data={"extend": json.dumps(wanted)}).json()["rows"][other]
    assert "agency/bis" in {one["id"] for one in back["COOPERATES_WITH"]}
    assert "^COOPERATES_WITH" not in client.get("/reconcile/properties").text


def test_properties_are_proposed_by_type(client: TestClient) -> None:
    answer = client.get("/reconcile/properties", params={"type": "Dialogue"}).json()
    shapes.ProposedProperties.model_validate(answer)
    ids = {one["id"] for one in answer["properties"]}
    assert {"country", "ordinal", "COMMITS_TO", "^PARTICIPATED_IN", "HELD_ON"} <= ids
    assert not ids & {"iso3166", "HOLDS_POSITION", "name", "reason"}
    few = client.get("/reconcile/properties", params={"type": "Dialogue", "limit": 2}).json()
    assert (few["limit"], few["properties"]) == (2, answer["properties"][:2])
    whole = client.get("/reconcile/properties").json()["properties"]
    assert len(whole) > len(answer["properties"])
    assert client.get("/reconcile/properties", params={"type": "Planet"}).status_code == 422


@pytest.mark.parametrize(
    ("kind", "prefix", "first", "shape"),
    [
        ("entity", "etra", "program/etrace", shapes.SuggestedEntities),
        ("entity", "unit/ccgiu", "unit/ccgiu", shapes.SuggestedEntities),
        ("type", "ag", "Agency", shapes.SuggestedTypes),
        ("type", "IntergovernmentalOrganization", "IntergovernmentalOrganization", shapes.SuggestedTypes),
        ("property", "coun", "country", shapes.SuggestedProperties),
        ("property", "SUPPORTS", "SUPPORTS", shapes.SuggestedProperties),
        ("property", "^SUPPORTS", "^SUPPORTS", shapes.SuggestedProperties),
    ],
)
def test_suggestions(client: TestClient, kind: str, prefix: str, first: str, shape: Any) -> None:
    answer = client.get(f"/reconcile/suggest/{kind}", params={"prefix": prefix}).json()
    shape.model_validate(answer)
    assert answer["result"][0]["id"] == first


@pytest.mark.parametrize("kind", ["entity", "property"])
def test_a_cursor_goes_on_behind(client: TestClient, kind: str) -> None:
    path, prefix = f"/reconcile/suggest/{kind}", "s"
    whole, cursor = list[str](), 0
    while part := client.get(path, params={"prefix": prefix, "cursor": cursor}).json()["result"]:
        whole += [one["id"] for one in part]
        cursor += len(part)
        assert len(part) <= 20
        if cursor >= 60:
            break
    assert len(whole) == len(set(whole)) > 5
    assert client.get(path, params={"prefix": prefix, "cursor": 3}).json()["result"][0]["id"] == whole[3]
    assert client.get(path, params={"prefix": prefix, "cursor": -1}).status_code == 422


def test_a_preview_escapes_and_refuses(client: TestClient) -> None:
    assert client.get("/reconcile/preview", params={"id": "unit/none"}).status_code == 404
    assert client.get("/reconcile/preview").status_code == 422
    for id_ in (
        "agency/atf",
        "dialogue/11",
        "document/2023-11-22-joint-statement",
        "topic/firearms-trafficking",
    ):
        text = client.get("/reconcile/preview", params={"id": id_}).text
        assert "<script" not in text
        assert " style=" not in text
        assert f'href="/entities/{id_}"' in text
