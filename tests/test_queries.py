"""Every query of the catalogue runs on both engines, says what it rests on, pages stably and refuses well."""

from typing import Any

import pytest

from queries.canned import Column, Query
from queries.catalog import load_catalog
from queries.entities import document_record, entity_record, statement_record, statement_records
from queries.names import names_for
from queries.reference import reference
from queries.run import Table, run
from schema.errors import BadParameter, NotFound
from tests.conftest import Graph

CATALOG = load_catalog()
QUERIES = sorted(CATALOG.queries)

# The documents name no giver of money and no user of a system: what they say of that waits as a candidate.
EMPTY = {"bodies-seated-in", "contradictions", "funding", "funding-totals", "who-funds", "who-uses"}


def call(graph: Graph, name: str, **given: str) -> Table:
    return run(CATALOG.get(name), given, graph.store, names_for(graph.store), limit=1000)


def example(graph: Graph, name: str, offset: int = 0, limit: int = 1000) -> Table:
    query = CATALOG.get(name)
    return run(query, query.example, graph.store, names_for(graph.store), offset=offset, limit=limit)


def ids(table: Table, column: str) -> list[str]:
    return [row[column]["id"] for row in table.rows]


@pytest.mark.parametrize("name", QUERIES)
def test_an_example_gives_rows_of_the_declared_shape(graph: Graph, name: str) -> None:
    table = example(graph, name)
    assert bool(table.rows) == (name not in EMPTY)
    assert table.columns == tuple(c.name for c in table.query.columns)
    assert table.version == graph.store.version()
    for row in table.rows:
        assert tuple(row) == table.columns
        for column in table.query.columns:
            assert_cell(graph, column, row[column.name])
        assert any(row[column] is not None for column in table.query.answer)


def assert_cell(graph: Graph, column: Column, cell: Any) -> None:
    match column.kind:
        case "entity":
            assert cell is None or cell.keys() == {"id", "name", "type"}
            labels = set(graph.schema.labels_of([cell["type"]])) if cell else set()
            assert not cell or not column.types or labels & set(column.types), (column, cell)
        case "statements" | "list":
            assert isinstance(cell, list)
        case "number":
            assert cell is None or isinstance(cell, int | float)
        case "text" | "date":
            assert cell is None or isinstance(cell, str)


@pytest.mark.parametrize("name", QUERIES)
def test_rows_rest_on_accepted_statements_with_evidence(graph: Graph, name: str) -> None:
    table = example(graph, name)
    named = {key for row in table.rows for key in row["statements"]}
    assert all(row["statements"] for row in table.rows if name != "names-of")
    found = statement_records(graph.store, graph.schema, sorted(named))
    assert {one["id"] for one in found} == named
    assert all(one["status"] == "accepted" and one["evidence"] for one in found)


@pytest.mark.parametrize("name", QUERIES)
def test_pages_make_up_the_whole(graph: Graph, name: str) -> None:
    whole = example(graph, name)
    assert not whole.truncated
    size = max(1, len(whole.rows) // 3)
    pages: list[Table] = []
    while not pages or pages[-1].truncated:
        pages.append(example(graph, name, len(pages) * size, size))
        assert len(pages) < 9
    assert [row for page in pages for row in page.rows] == whole.rows


def test_the_reference_names_every_query_with_its_parameters_and_columns() -> None:
    text = reference(CATALOG)
    for query in CATALOG.queries.values():
        section = text[text.index(f"\n## {query.name}\n") :]
        for name in (*(p.name for p in query.parameters), *(c.name for c in query.columns)):
            assert f"| `{name}` |" in section


def test_who_stands_behind_a_unit_is_told_with_the_relation(graph: Graph) -> None:
    table = call(graph, "agencies-supporting-program", program="CCGIU")
    relations = {(row["agency"]["id"], row["relation"]) for row in table.rows}
    assert {
        ("igo/impacs", "ESTABLISHED"),
        ("agency/bis", "COOPERATES_WITH"),
        ("country/us", "SUPPORTS"),
    } <= relations
    only = call(graph, "agencies-supporting-program", program="unit/ccgiu", relation="ESTABLISHED")
    assert ids(only, "agency") == ["igo/impacs"]


def test_a_topic_covers_its_narrower_ones(graph: Graph) -> None:
    narrow = ids(call(graph, "commitments-by-topic", topic="firearms tracing"), "commitment")
    broad = ids(call(graph, "commitments-by-topic", topic="firearms trafficking"), "commitment")
    assert narrow
    assert set(narrow) < set(broad)


def test_the_chain_of_parts_leaves_out_its_ends(graph: Graph) -> None:
    assert ids(call(graph, "chain-of-parts", part="CCGIU", whole="CARICOM"), "body") == [
        "unit/rifc",
        "igo/impacs",
    ]
    assert ids(call(graph, "chain-of-parts", part="CCGIU"), "body")[-1] == "igo/caricom"


def test_differences_and_intersections(graph: Graph) -> None:
    given = {"group": "2017 Santo Domingo meeting", "other": "CBSI"}
    assert ids(call(graph, "members-not-in", **given), "entity") == ["country/bz", "country/ht", "country/us"]
    both = ids(call(graph, "participants-and-partners", **given), "entity")
    assert set(ids(call(graph, "members-of-program", program="CBSI"), "member")) < set(both)
    assert "country/ht" not in both


def test_a_period_takes_in_what_lies_within_it(graph: Graph) -> None:
    found = {
        p: ids(call(graph, "events-in-period", period=p), "event") for p in ("2023-11", "2023", "2023-11-16")
    }
    assert found["2023-11-16"] == ["dialogue/11"]
    assert "dialogue/11" in found["2023-11"]
    assert {"dialogue/11", "event/cansec-2023"} <= set(found["2023"])
    assert call(graph, "events-in-period", period="2023-11-17").rows == []


def test_the_largest_figure_comes_first(graph: Graph) -> None:
    table = call(graph, "compare-figures", first="Operation Citadel", second="September joint operation")
    values = [row["value"] for row in table.rows]
    assert values == sorted(values, reverse=True)
    assert {row["source"]["id"] for row in table.rows} == {
        "operation/operation-citadel",
        "operation/september-joint-operation",
    }


@pytest.mark.parametrize(
    ("name", "given", "parameter", "message"),
    [
        ("members-of-program", {}, "program", "it is required"),
        ("members-of-program", {"program": "Lamplighters Guild"}, "program", "no Program or Organization"),
        ("members-of-program", {"program": "Jamaica"}, "program", "no Program or Organization"),
        ("members-of-program", {"program": "CBSI", "colour": "red"}, "colour", "no such parameter"),
        ("dialogue-participants", {"event": "dialogue/9", "role": "cook"}, "role", "not one of the choices"),
        ("dialogue-commitments", {"dialogue": "dialogue/9", "heading": "one"}, "heading", "whole number"),
        ("events-in-period", {"period": "next week"}, "period", "is not a date"),
        ("places-of", {"entity": "dialogue in Washington"}, "entity", "may mean several"),
    ],
)  # fmt: skip
def test_a_wrong_parameter_is_named_with_what_would_do(
    graph: Graph, name: str, given: dict[str, str], parameter: str, message: str
) -> None:
    with pytest.raises(BadParameter, match=message) as caught:
        call(graph, name, **given)
    assert caught.value.parameter == parameter


def test_an_unknown_name_comes_with_the_nearest(graph: Graph) -> None:
    with pytest.raises(BadParameter) as caught:
        call(graph, "who-operates", program="gun tracing system of the ATF")
    assert "eTrace" in caught.value.suggestions
    assert len(caught.value.suggestions) <= 5


@pytest.mark.parametrize(("offset", "limit", "parameter"), [(-1, 5, "offset"), (0, 0, "limit")])
def test_a_page_must_be_a_page(graph: Graph, offset: int, limit: int, parameter: str) -> None:
    with pytest.raises(BadParameter) as caught:
        example(graph, "corroboration", offset, limit)
    assert caught.value.parameter == parameter


def test_parameters_come_back_as_understood(graph: Graph) -> None:
    table = call(graph, "figures", period="FY2023")
    assert table.parameters == {"period": "2022-10-01/2023-09-30"}
    table = call(graph, "who-operates", program="etrace system")
    assert table.parameters == {"program": {"id": "program/etrace", "name": "eTrace", "type": "Program"}}


def entities_of(query: Query) -> set[str]:
    return {p.name for p in query.parameters if p.kind == "entity"}


@pytest.mark.parametrize(
    "name", [n for n in QUERIES if entities_of(CATALOG.get(n)) & set(CATALOG.get(n).example)]
)
def test_an_id_and_a_name_mean_the_same(graph: Graph, name: str) -> None:
    query, table = CATALOG.get(name), example(graph, name)
    by_id = {k: table.parameters[k]["id"] if k in entities_of(query) else v for k, v in query.example.items()}
    assert call(graph, name, **by_id).rows == table.rows


def test_an_entity_comes_with_its_statements_and_their_evidence(graph: Graph) -> None:
    record = entity_record(graph.store, graph.schema, "unit/ccgiu", limit=5)
    assert (record["name"], record["types"]) == ("CARICOM Crime Gun Intelligence Unit", ["Unit", "Program"])
    assert (len(record["statements"]), record["truncated"]) == (5, True)
    later = entity_record(graph.store, graph.schema, "unit/ccgiu", offset=5, limit=5)
    assert not {s["id"] for s in record["statements"]} & {s["id"] for s in later["statements"]}
    evidence = record["statements"][0]["evidence"][0]
    assert evidence["document"]["id"].startswith("document/")
    assert evidence["locator"].startswith("characters ")
    assert all(s["predicate"] != "MENTIONS" for s in record["statements"])


def test_documents_and_statements_are_found_by_id_only(graph: Graph) -> None:
    document = document_record(graph.store, graph.schema, "document/2020-10-28-ninth-dialogue", limit=3)
    assert len(document["statements"]) == 3
    one = statement_record(graph.store, graph.schema, document["statements"][0]["id"])
    assert one == document["statements"][0]
    with pytest.raises(NotFound, match="no statement"):
        statement_record(graph.store, graph.schema, "s-nothing")
    with pytest.raises(NotFound, match="nothing has the id"):
        entity_record(graph.store, graph.schema, "unit/nothing")
    with pytest.raises(NotFound, match="is no document"):
        document_record(graph.store, graph.schema, "unit/ccgiu")
