"""What a query answers under one pair of clocks and not under another: rows, sentences, routes, command."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.clock_models import QueryDifference
from api.models import AskAnswer, Entity, PathAnswer, TableAnswer
from queries.between import between, between_json
from queries.canned import Query
from queries.catalog import Catalog, load_catalog
from queries.clocks import UNLIMITED, Clocks
from queries.differences import ADDED, CHANGED, REMOVED, Change, differences, told
from queries.names import names_for
from queries.run import Table
from tests.commands import carisec
from tests.conftest import Graph, embedded_only, environment

CATALOG: Catalog = load_catalog()
ESTABLISHED = CATALOG.get("who-established")
EVENTS = CATALOG.get("events-at")


def cell(name: str) -> dict[str, str]:
    return {"id": f"agency/{name}", "name": name.title(), "type": "Agency"}


def row(agency: str, *statements: str, **cells: Any) -> dict[str, Any]:
    made = dict.fromkeys((c.name for c in ESTABLISHED.columns), None)
    return {**made, "agency": cell(agency), "relation": "ESTABLISHED", **cells, "statements": [*statements]}


def table(*rows: dict[str, Any], query: Query = ESTABLISHED) -> Table:
    columns = tuple(c.name for c in query.columns)
    return Table(query, {}, columns, list(rows), 0, 100, False, "v")


def kinds(before: Table, after: Table) -> list[tuple[str, str]]:
    return [(c.kind, c.row["agency"]["name"]) for c in differences(before, after)]


def test_rows_come_and_go_and_change() -> None:
    before = table(row("atf", "s1"), row("hsi", "s2", date="2021"))
    after = table(row("cbp", "s3"), row("hsi", "s2", date="2022-11"))
    found = differences(before, after)
    assert kinds(before, after) == [(ADDED, "Cbp"), (REMOVED, "Atf"), (CHANGED, "Hsi")]
    assert [c.columns for c in found] == [(), (), ("date",)]
    assert [c.statements for c in found] == [("s3",), ("s1",), ("s2",)]


def test_of_rows_with_one_answer_equal_ones_are_paired_first() -> None:
    before = table(row("atf", "s1", date="2020"), row("atf", "s2", date="2021"))
    assert kinds(before, table(row("atf", "s2", date="2021"))) == [(REMOVED, "Atf")]
    assert kinds(before, before) == []
    changed = differences(before, table(row("atf", "s2", date="2022"), row("atf", "s1", date="2020")))
    assert [(c.kind, c.columns) for c in changed] == [(CHANGED, ("date",))]


def test_rows_with_one_answer_are_told_apart_by_their_entities() -> None:
    query = CATALOG.get("positions-of-person")

    def office(title: str, body: str) -> dict[str, Any]:
        return {"title": title, "organization": cell(body), "statements": []}

    before = table(office("Director", "atf"), office("Director", "hsi"), query=query)
    after = table(office("Director", "hsi"), office("Director", "cbp"), query=query)
    found = differences(before, after)
    assert [(c.kind, c.row["organization"]["name"]) for c in found] == [(ADDED, "Cbp"), (REMOVED, "Atf")]


def test_only_whole_tables_of_one_query_are_compared() -> None:
    with pytest.raises(ValueError, match="whole tables"):
        differences(table(), table(query=EVENTS))
    with pytest.raises(ValueError, match="whole tables"):
        differences(table(), replace(table(), truncated=True))


ROWS = st.lists(
    st.builds(
        lambda agency, date, keys: row(agency, *keys, date=date),
        st.sampled_from(["atf", "hsi", "cbp"]),
        st.sampled_from([None, "2021", "2022-11"]),
        st.lists(st.sampled_from(["s1", "s2"]), unique=True),
    ),
    max_size=5,
)


@given(ROWS, ROWS)
def test_the_other_way_round_is_the_mirror(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> None:
    there = differences(table(*before), table(*after))
    back = differences(table(*after), table(*before))
    mirrored = [Change(_OTHER[c.kind], c.after, c.before, c.columns) for c in back]
    assert sorted(there, key=repr) == sorted(mirrored, key=repr)


_OTHER = {ADDED: REMOVED, REMOVED: ADDED, CHANGED: CHANGED}


@given(ROWS, ROWS)
def test_changes_lead_from_one_table_to_the_other(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    rows = list(before)
    for change in differences(table(*before), table(*after)):
        if change.before is not None:
            rows.remove(dict(change.before))
        if change.after is not None:
            rows.append(dict(change.after))
    assert sorted(rows, key=repr) == sorted(after, key=repr)


def test_sentences_say_what_came_went_and_changed() -> None:
    said = {"s1": "ATF established CCGIU", "s2": "HSI supports CCGIU"}
    assert told(ESTABLISHED, Change(ADDED, None, row("atf", "s1")), said) == "Added: ATF established CCGIU."
    bare = Change(REMOVED, row("atf", date="2022-11"), None)
    assert told(ESTABLISHED, bare, said) == (
        "Removed: agency: Atf, relation: established, date: November 2022."
    )
    changed = Change(CHANGED, row("atf", "s1"), row("atf", "s2", date="2021"), ("date", "statements"))
    assert told(ESTABLISHED, changed, said) == (
        "Changed: Atf: date: – → 2021; now says HSI supports CCGIU; no longer says ATF established CCGIU."
    )


def test_a_row_of_many_statements_names_some() -> None:
    said = {f"s{n}": f"claim {n}" for n in range(6)}
    assert told(ESTABLISHED, Change(ADDED, None, row("atf", *said)), said) == (
        "Added: claim 0; claim 1; claim 2; and 3 more."
    )


# --- on the bundled graph -------------------------------------------------------------------------------

EARLY, LATE = Clocks(known_on="2020-12-31"), Clocks(known_on="2023-12-31")
ABOUT = {"entity": "program/cbsi"}


def compared(graph: Graph, name: str, given: dict[str, str], one: Clocks, other: Clocks) -> dict[str, Any]:
    names = names_for(graph.store)
    return between_json(between(CATALOG.get(name), given, graph.store, names, (one, other)))


# Each query runs twice with the same text, whatever the engine.
@embedded_only
def test_between_equal_clocks_there_is_nothing(graph: Graph) -> None:
    for clocks in (UNLIMITED, EARLY, Clocks("2020")):
        for query in CATALOG.queries.values():
            assert not compared(graph, query.name, dict(query.example), clocks, clocks)["changes"], query.name


def test_what_became_known_is_added(graph: Graph) -> None:
    there = compared(graph, "entity-statements", ABOUT, EARLY, LATE)
    back = compared(graph, "entity-statements", ABOUT, LATE, EARLY)
    assert there["counts"] == {"added": len(there["changes"]), "removed": 0, "changed": 0}
    assert (
        back["counts"]["removed"]
        == there["counts"]["added"]
        == there["to"]["rows"] - there["from"]["rows"]
        > 0
    )
    for change, other in zip(there["changes"], back["changes"], strict=True):
        assert change["sentence"].removeprefix("Added") == other["sentence"].removeprefix("Removed")
        assert (change["after"], change["before"]) == (other["before"], other["after"])


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


FOUNDED = "/queries/who-established/diff?program=CCGIU&as_of=2020&to_as_of=2023"
SENTENCE = "established CARICOM Crime Gun Intelligence Unit (date: November 2022)."


def test_the_interface_tells_the_difference(client: TestClient) -> None:
    answer = client.get(FOUNDED).json()
    QueryDifference.model_validate(answer)
    (change,) = answer["changes"]
    assert change["sentence"].startswith("Added: ") and change["sentence"].endswith(SENTENCE)
    assert (answer["from"], answer["to"]) == (
        {"as_of": "2020", "known_on": None, "rows": 0},
        {"as_of": "2023", "known_on": None, "rows": 1},
    )
    assert answer["parameters"]["program"]["id"] == "unit/ccgiu"


def test_the_difference_has_a_page(client: TestClient) -> None:
    shown = client.get(FOUNDED.replace("/diff", "/diff.html"))
    assert shown.status_code == 200
    assert SENTENCE in shown.text and "1 added, 0 removed, 0 changed" in shown.text
    empty = client.get("/queries/who-established/diff.html")
    assert empty.status_code == 200 and 'name="to_known_on"' in empty.text
    wrong = client.get(FOUNDED.replace("/diff", "/diff.html") + "&known_on=soon")
    assert wrong.status_code == 422 and "aria-invalid" in wrong.text


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        (FOUNDED.replace("to_as_of=2023", "to_as_of=soon"), "to_as_of"),
        (FOUNDED.replace("as_of=2020", "known_on=soon"), "known_on"),
        (FOUNDED.replace("CCGIU", "xyzzy"), "program"),
        (FOUNDED + "&known_on=2020&known_on=2021", "known_on"),
        ("/queries/who-established?program=CCGIU&as_of=soon", "as_of"),
        ("/ask?q=Who+established+the+CCGIU&known_on=soon", "known_on"),
        ("/entities/unit/ccgiu?as_of=soon", "as_of"),
        ("/paths?from=CCGIU&to=CARICOM&as_of=soon", "as_of"),
    ],
)
def test_a_wrong_clock_is_told(client: TestClient, address: str, parameter: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == parameter


def test_rows_and_answers_stand_under_clocks(client: TestClient) -> None:
    rows = client.get("/queries/who-established?program=CCGIU&as_of=2020").json()
    assert TableAnswer.model_validate(rows).rows == []
    assert rows["clocks"] == {"as_of": "2020", "known_on": None}
    asked = client.get("/ask?q=Who+established+the+CCGIU&as_of=FY2023").json()
    assert AskAnswer.model_validate(asked).answered
    assert asked["clocks"]["as_of"] == "2022-10-01/2023-09-30"
    page = client.get("/queries/who-established.html?program=CCGIU&known_on=2020").text
    assert 'name="known_on" value="2020"' in page and "No accepted statement" in page
    assert "known on 2020" in page
    asked_page = client.get("/ask.html?q=Who+established+the+CCGIU&as_of=2023").text
    assert "True at 2023" in asked_page and 'name="as_of" value="2023"' in asked_page
    assert "program=unit%2Fccgiu&amp;as_of=2023" in asked_page


def test_entities_and_paths_stand_under_clocks(client: TestClient) -> None:
    late = client.get("/entities/unit/ccgiu?known_on=2023&limit=1000").json()
    Entity.model_validate(late)
    assert (
        0 < len(late["statements"]) < len(client.get("/entities/unit/ccgiu?limit=1000").json()["statements"])
    )
    assert not client.get("/entities/unit/ccgiu?known_on=2020").json()["statements"]
    assert "/statement/" not in client.get("/entities/unit/ccgiu.nt?known_on=2020").text
    assert "/statement/" in client.get("/entities/unit/ccgiu.nt?known_on=2023").text
    found = client.get("/paths?from=CCGIU&to=CARICOM").json()
    assert PathAnswer.model_validate(found).length == 1
    clocked = client.get("/paths?from=CCGIU&to=CARICOM&known_on=2023").json()
    used = [s for p in clocked["paths"] for hop in p["hops"] for s in hop["statements"]]
    assert clocked["length"] and used
    assert {e["document"]["id"] for s in used for e in s["evidence"]} <= {
        "document/2023-11-22-joint-statement",
        "document/2017-11-30-joint-action-statement",
    }
    assert client.get("/paths?from=CCGIU&to=CARICOM&as_of=2020").json()["length"] is None


def test_the_command_asks_and_compares(graph: Graph) -> None:
    env = environment(graph.settings)
    rows = carisec(env, "query", "who-established", "program=CCGIU", "--as-of", "2020", "--format", "json")
    assert json.loads(rows.stdout)["rows"] == []
    assert json.loads(rows.stdout)["clocks"] == {"as_of": "2020", "known_on": None}
    told_ = carisec(env, "query", "who-established", "program=CCGIU", "--as-of", "2020", "--to-as-of", "2023")
    assert told_.stdout.startswith("Added: ") and told_.stdout.strip().endswith(SENTENCE)
    assert "1 added, 0 removed, 0 changed" in told_.stderr
    answer = carisec(env, "ask", "Who established the CCGIU?", "--known-on", "2020", "--format", "json")
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["clocks"] == {"as_of": None, "known_on": "2020"}
    wrong = carisec(env, "query", "who-established", "program=CCGIU", "--to-known-on", "soon")
    assert wrong.returncode and "to_known_on" in wrong.stderr
