"""Counts of values over rows, pure and at the lists that tell them."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api import models
from api.app import create_app
from api.listing_models import Facet
from queries.catalog import load_catalog
from queries.facets import MOST_VALUES, count_facets, facets_of, wanted_facets
from queries.names import names_for
from queries.run import run
from schema.errors import BadParameter
from tests.conftest import Graph

CATALOG = load_catalog()


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def entity(key: str, kind: str = "Agency") -> dict[str, str]:
    return {"id": key, "name": key.title(), "type": kind}


def counts(facet: dict[str, Any]) -> dict[Any, int]:
    return {one["value"]: one["count"] for one in facet["values"]}


def test_entities_are_counted_by_id_and_by_type() -> None:
    rows: list[dict[str, Any]] = [
        {"who": entity("agency/b")},
        {"who": entity("agency/a")},
        {"who": entity("agency/a")},
        {"who": entity("unit/c", "Unit")},
        {"who": None},
    ]
    by_id, by_type = count_facets(rows, ["who", "who.type"])
    assert by_id["values"][0] == {"value": "agency/a", "name": "Agency/A", "type": "Agency", "count": 2}
    assert [one["value"] for one in by_id["values"]] == ["agency/a", "agency/b", "unit/c", None]
    assert by_type == {
        "name": "who.type",
        "values": [
            {"value": "Agency", "count": 3},
            {"value": "Unit", "count": 1},
            {"value": None, "count": 1},
        ],
        "distinct": 3,
        "truncated": False,
    }


def test_members_of_lists_count_once_a_row() -> None:
    rows: list[dict[str, Any]] = [
        {"in": ["a", "b", "a", None]},
        {"in": ["a"]},
        {"in": []},
        {"in": None},
        {"in": [entity("agency/a"), entity("agency/b")]},
    ]
    listed, types = count_facets(rows, ["in", "in.type"])
    assert counts(listed) == {"a": 2, None: 2, "b": 1, "agency/a": 1, "agency/b": 1}
    assert counts(types) == {None: 4, "Agency": 1}


@given(st.lists(st.sampled_from("abc") | st.none() | st.integers(0, 3), max_size=30))
def test_counts_add_up(values: list[Any]) -> None:
    (facet,) = count_facets([{"x": value} for value in values], ["x"])
    assert counts(facet) == Counter(values)
    assert [one["count"] for one in facet["values"]] == sorted(Counter(values).values(), reverse=True)


def test_many_values_are_cut_and_told() -> None:
    rows = [{"x": n} for n in range(MOST_VALUES + 1)] * 2 + [{"x": MOST_VALUES}]
    (facet,) = count_facets(rows, ["x"])
    assert (len(facet["values"]), facet["distinct"], facet["truncated"]) == (
        MOST_VALUES,
        MOST_VALUES + 1,
        True,
    )
    assert facet["values"][0] == {"value": MOST_VALUES, "count": 3}


def test_rows_that_are_not_all_are_told() -> None:
    (facet,) = count_facets([{"x": "a"}], ["x"], whole=False)
    assert facet == {"name": "x", "values": [{"value": "a", "count": 1}], "distinct": 1, "truncated": True}


def test_a_facet_that_is_none_is_refused_with_those_that_are() -> None:
    known = facets_of(CATALOG.get("agencies-supporting-program").columns)
    assert known == ("agency", "agency.type", "relation", "role", "date", "scope", "status")
    assert wanted_facets(" relation, agency.type,relation,", known) == ("relation", "agency.type")
    for text in ("relation.type", "statements", "colour"):
        with pytest.raises(BadParameter) as caught:
            wanted_facets(f"relation,{text}", known)
        assert (caught.value.parameter, caught.value.suggestions) == ("facets", known)


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
def test_every_query_has_facets(graph: Graph, name: str) -> None:
    query = CATALOG.get(name)
    table = run(query, query.example, graph.store, names_for(graph.store), limit=1000)
    found = count_facets(table.rows, facets_of(query.columns))
    for facet in map(Facet.model_validate, found):
        if not facet.truncated and query.column(facet.name.removesuffix(".type")).kind != "list":  # type: ignore[union-attr]
            assert sum(value.count for value in facet.values) == len(table.rows)


def test_documents_are_counted(client: TestClient) -> None:
    plain = client.get("/documents").json()
    assert "facets" not in plain
    answer = client.get("/documents", params={"facets": "year,publisher,kind"}).json()
    models.DocumentList.model_validate(answer)
    assert answer["documents"] == plain["documents"]
    years, publishers, _ = answer["facets"]
    lines = answer["documents"]
    assert counts(years) == Counter((line["published"] or "")[:4] or None for line in lines)
    assert counts(publishers) == Counter(line["publisher"] for line in lines)
    wrong = client.get("/documents", params={"facets": "colour"})
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "facets")


def test_what_a_search_finds_is_counted_beyond_its_page(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "security", "limit": 2, "facets": "type"}).json()
    models.SearchAnswer.model_validate(answer)
    assert (len(answer["results"]), answer["truncated"]) == (2, True)
    (facet,) = answer["facets"]
    whole = client.get("/entities", params={"q": "security", "limit": 1000}).json()["entities"]
    assert counts(facet) == Counter(one["types"][0] for one in whole)
    assert client.get("/search", params={"q": "x", "facets": "name"}).status_code == 422


def test_the_values_of_a_query_are_counted_over_all_its_pages(client: TestClient) -> None:
    wanted: dict[str, str | int] = {"program": "CBSI", "facets": "member,member.type", "limit": 2}
    answer = client.get("/queries/members-of-program", params=wanted).json()
    assert answer["truncated"] and len(answer["rows"]) == 2
    members, types = answer["facets"]
    assert members["distinct"] == 13 and {value["count"] for value in members["values"]} == {1}
    assert types["values"] == [{"value": "Country", "count": 13}]
    page = client.get("/queries/members-of-program.html", params=wanted)
    assert page.status_code == 200
    assert "Country (13)" in page.text and "Jamaica (1)" in page.text


def test_pages_go_on_by_token(client: TestClient) -> None:
    wanted: dict[str, str | int] = {"program": "CBSI", "limit": 5}
    first = client.get("/queries/members-of-program", params=wanted)
    seen = [row["member"]["id"] for row in first.json()["rows"]]
    answer = first
    while (link := answer.links.get("next")) is not None:
        assert "after=" in link["url"] and answer.json()["truncated"]
        answer = client.get(link["url"])
        seen += [row["member"]["id"] for row in answer.json()["rows"]]
    assert not answer.json()["truncated"]
    whole = client.get("/queries/members-of-program", params={"program": "CBSI"})
    assert seen == [row["member"]["id"] for row in whole.json()["rows"]] and "next" not in whole.links
    other = client.get(first.links["next"]["url"].replace("program=CBSI", "program=CARICOM"))
    assert other.status_code == 422 and other.json()["errors"][0]["parameter"] == "after"
