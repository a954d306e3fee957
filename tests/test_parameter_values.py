"""What may be given for a parameter: choices, entities that occur, values of the rows."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.listing_models import ParameterValue, ValueList
from queries.catalog import load_catalog
from queries.clocks import Clocks
from queries.names import names_for
from queries.run import run
from queries.values import Values, values_for
from schema.errors import BadParameter, NotFound
from tests.conftest import Graph

CATALOG = load_catalog()
ENTITY_PARAMETERS = [
    (name, p.name) for name, query in CATALOG.queries.items() for p in query.parameters if p.kind == "entity"
]


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def values(
    graph: Graph, name: str, parameter: str, given: dict[str, str] | None = None, **how: Any
) -> Values:
    return values_for(
        CATALOG.get(name),
        parameter,
        given or {},
        graph.store,
        names_for(graph.store),
        **{"limit": 2000, **how},
    )


@pytest.mark.parametrize(("name", "parameter"), ENTITY_PARAMETERS)
def test_the_entity_of_an_example_is_among_the_values(graph: Graph, name: str, parameter: str) -> None:
    query, names = CATALOG.get(name), names_for(graph.store)
    found = values(graph, name, parameter)
    assert found.basis == "entities"
    assert not found.truncated
    types = query.parameter(parameter).types  # type: ignore[union-attr]
    assert all(names.of_type(one.value, types) for one in found.values)
    table = run(query, query.example, graph.store, names)
    if table.rows and parameter in query.example:
        assert table.parameters[parameter]["id"] in {one.value for one in found.values}


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("positions-of-person", "person"),
        ("who-adopted", "instrument"),
        ("about-topic", "topic"),
        ("theme-of", "event"),
        ("parties-of-commitment", "commitment"),
    ],
)
def test_whatever_gives_a_row_is_among_the_values(graph: Graph, name: str, parameter: str) -> None:
    query, names = CATALOG.get(name), names_for(graph.store)
    types = query.parameter(parameter).types  # type: ignore[union-attr]
    giving = {
        key
        for key in names.entities
        if names.of_type(key, types) and run(query, {parameter: key}, graph.store, names, limit=1).rows
    }
    assert giving
    found = {one.value for one in values(graph, name, parameter).values}
    assert giving <= found
    if name in ("positions-of-person", "who-adopted", "parties-of-commitment"):
        assert len(found) <= 2 * len(giving), "few that give nothing"


def test_entities_come_by_name_and_as_a_search_finds_them(graph: Graph) -> None:
    found = values(graph, "who-established", "program").values
    assert [one.name.casefold() for one in found] != [one.value for one in found]
    folded = [one.name[:1].casefold() for one in found if one.name[:1].isascii()]
    assert sorted(folded) == folded
    begun = values(graph, "who-established", "program", text="crime gun")
    assert begun.values[0].value == "unit/ccgiu"
    assert {one.value for one in begun.values} < {one.value for one in found}


def test_documents_occur_as_what_statements_rest_on(graph: Graph) -> None:
    found = values(graph, "compare-dialogues", "document").values
    assert "document/2023-11-22-joint-statement" in {one.value for one in found}


def test_choices_are_those_that_the_text_begins(graph: Graph) -> None:
    whole = values(graph, "agencies-supporting-program", "relation")
    assert whole.basis == "choices"
    query = CATALOG.get("agencies-supporting-program")
    assert tuple(one.value for one in whole.values) == query.parameter("relation").choices  # type: ignore[union-attr]
    begun = values(graph, "agencies-supporting-program", "relation", text="es")
    assert [one.value for one in begun.values] == ["ESTABLISHED"]


def test_texts_and_dates_are_those_of_the_rows(graph: Graph) -> None:
    names = names_for(graph.store)
    found = values(graph, "documents-saying", "predicate", {"entity": "CCGIU"})
    rows = run(CATALOG.get("documents-saying"), {"entity": "CCGIU"}, graph.store, names, limit=1000).rows
    assert found.basis == "rows"
    assert [one.value for one in found.values] == sorted({row["predicate"] for row in rows})
    assert sum(one.rows or 0 for one in found.values) == len(rows)
    dates = [one.value for one in values(graph, "events-in-period", "period").values]
    assert "2023-11-16" in dates
    assert dates == sorted(set(dates))
    assert [d for d in dates if d.startswith("2023-11")] == [
        one.value for one in values(graph, "events-in-period", "period", text="2023-11").values
    ]
    with pytest.raises(BadParameter, match="entity: it is required"):
        values(graph, "documents-saying", "predicate")


@pytest.mark.parametrize(("name", "parameter"), [("instruments-of", "actor"), ("timeline", "entity")])
def test_clocks_leave_fewer_entities(graph: Graph, name: str, parameter: str) -> None:
    whole, none, some = (
        {one.value for one in values(graph, name, parameter, clocks=Clocks(known_on=day)).values}
        for day in (None, "1900", "2021")
    )
    assert not none
    assert none < some < whole


def test_clocks_leave_fewer_rows(graph: Graph) -> None:
    whole = values(graph, "events-in-period", "period")
    found = values(graph, "events-in-period", "period", clocks=Clocks(known_on="2021"))
    assert {one.value for one in found.values} < {one.value for one in whole.values}
    assert all(one.value < "2023" for one in found.values)


def test_a_whole_number_is_free(graph: Graph) -> None:
    assert values(graph, "dialogue-commitments", "heading", {"dialogue": "dialogue/9"}) == Values(
        "free", (), False
    )


def test_what_is_no_parameter_is_refused(graph: Graph) -> None:
    with pytest.raises(NotFound, match="has no parameter 'colour'; it has program, relation"):
        values(graph, "agencies-supporting-program", "colour")
    for given in ({"colour": "red"}, {"program": "CCGIU"}):
        with pytest.raises(BadParameter, match="no such other parameter") as caught:
            values(graph, "agencies-supporting-program", "program", given)
        assert caught.value.parameter in given


def test_pages_of_values_follow_each_other(client: TestClient) -> None:
    path = "/queries/who-adopted/values/instrument"
    whole = ValueList.model_validate(client.get(path, params={"limit": 1000}).json())
    assert (whole.truncated, whole.next) == (False, None)
    target: str | None = f"{path}?limit=4"
    found: list[ParameterValue] = []
    while target:
        response = client.get(target)
        part = ValueList.model_validate(response.json())
        assert ('rel="next"' in response.headers.get("link", "")) == part.truncated
        found, target = found + part.values, part.next
    assert found == whole.values
    assert len(found) > 4


def test_values_over_http(client: TestClient) -> None:
    answer = client.get("/queries/who-operates/values/program", params={"q": "etr", "limit": 1}).json()
    assert answer["values"] == [
        {"value": "program/etrace", "name": "eTrace", "type": "Program", "rows": None}
    ]
    assert (answer["kind"], answer["basis"]) == ("entity", "entities")
    given = {"entity": "CCGIU", "q": "est"}
    answer = client.get("/queries/documents-saying/values/predicate", params=given).json()
    assert [one["value"] for one in answer["values"]] == ["ESTABLISHED"]
    early = client.get("/queries/documents-saying/values/predicate", params={**given, "known_on": "1900"})
    assert early.json()["values"] == []
    assert client.get("/queries/who-operates/values/colour").status_code == 404
    assert client.get("/queries/nothing/values/program").status_code == 404
    wrong = client.get("/queries/documents-saying/values/predicate", params={"entity": "nobody at all"})
    assert (wrong.status_code, wrong.json()["errors"][0]["parameter"]) == (422, "entity")
