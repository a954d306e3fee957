"""Queries and questions under the two clocks, on both engines."""

from itertools import pairwise
from typing import Any

import pytest

from graph.records import LAST_DAY
from queries.answers import Details, answer_json
from queries.ask import ask
from queries.catalog import load_catalog
from queries.clocks import UNLIMITED, Clocks
from queries.entities import entity_record
from queries.names import names_for
from queries.run import Table, run
from schema.errors import BadParameter
from tests.conftest import Graph

CATALOG = load_catalog()
QUERIES = sorted(CATALOG.queries)
# A row may go when more is known where the query negates, or keeps the least or greatest of several.
NOT_MONOTONE = ("NOT EXISTS", "min(", "max(")
DAYS = ("2016", "2018", "2023-12", LAST_DAY)


def under(graph: Graph, name: str, clocks: Clocks = UNLIMITED, **given: str) -> Table:
    query = CATALOG.get(name)
    return run(query, given or query.example, graph.store, names_for(graph.store), clocks, limit=5000)


def statements(table: Table) -> set[str]:
    return {key for row in table.rows for key in row["statements"]}


@pytest.mark.parametrize("name", QUERIES)
def test_open_clocks_change_nothing(graph: Graph, name: str) -> None:
    plain = under(graph, name)
    assert plain.clocks == UNLIMITED
    assert under(graph, name, Clocks(known_on=LAST_DAY)).rows == plain.rows
    assert under(graph, name, Clocks(as_of="0001/9999")).rows == plain.rows


@pytest.mark.parametrize("name", QUERIES)
def test_rows_rest_on_what_was_known_and_true(graph: Graph, name: str) -> None:
    for clocks in (Clocks(known_on="2018"), Clocks(as_of="2020"), Clocks("2018", "2018")):
        found = statements(under(graph, name, clocks))
        rows = graph.store.read(
            "MATCH (s:Statement) WHERE s.id IN $ids RETURN s.known, s.since, s.until", {"ids": sorted(found)}
        ).rows
        assert len(rows) == len(found)
        for known, since, until in rows:
            assert clocks.known_on is None or known <= "2018-12-31"
            assert clocks.as_of is None or (since <= f"{clocks.as_of}-12-31" and until >= clocks.as_of)


@pytest.mark.parametrize(
    "name", [n for n in QUERIES if not any(w in CATALOG.get(n).cypher for w in NOT_MONOTONE)]
)
def test_with_more_documents_nothing_is_lost(graph: Graph, name: str) -> None:
    found = [statements(under(graph, name, Clocks(known_on=day))) for day in DAYS]
    for less, more in pairwise(found):
        assert less <= more


def test_a_unit_has_no_founder_before_it_is_founded(graph: Graph) -> None:
    assert not under(graph, "who-established", Clocks(as_of="2020"), program="CCGIU").rows
    assert not under(graph, "who-established", Clocks(as_of="2022-10"), program="CCGIU").rows
    for day in ("2022-11", "2022", "2020/2023", "2023"):
        assert under(graph, "who-established", Clocks(as_of=day), program="CCGIU").rows, day


def test_what_came_later_is_not_known(graph: Graph) -> None:
    assert not under(graph, "dialogue-commitments", Clocks(known_on="2020"), dialogue="dialogue/11").rows
    assert under(graph, "dialogue-commitments", Clocks(known_on="2023"), dialogue="dialogue/11").rows


def test_a_negation_asks_the_clocks_too(graph: Graph) -> None:
    """Who is not known to be in the other group is not known to be out of it either."""
    given = CATALOG.get("members-not-in").example
    later = {row["entity"]["id"] for row in under(graph, "members-not-in", UNLIMITED, **given).rows}
    earlier = {
        row["entity"]["id"] for row in under(graph, "members-not-in", Clocks(known_on="2018"), **given).rows
    }
    assert later < earlier


def in_documents(graph: Graph, *documents: str) -> str:
    """Id of an accepted statement that rests on each of these documents."""
    text = (
        "MATCH (s:Statement {status: 'accepted'})<-[:EVIDENCE_FOR]-(v:Evidence)-[:FROM]->(d:Document) "
        "WHERE s.predicate <> 'MENTIONS' WITH s.id AS id, collect(DISTINCT d.id) AS documents "
        "RETURN id, documents ORDER BY id"
    )
    return next(str(key) for key, found in graph.store.read(text).rows if set(documents) <= set(found))


def test_documents_of_later_are_not_named(graph: Graph) -> None:
    early, late = "document/2017-11-30-joint-action-statement", "document/2023-11-22-joint-statement"
    key = in_documents(graph, early, late)
    for day, expected in (("2017-11-30", {early}), ("2023-11-22", {early, late})):
        details = Details(graph.store, Clocks(known_on=day)).load([key])
        assert {e["document"] for e in details[key]["evidence"]} == expected
        subject = details[key]["subject"]["id"]
        told = entity_record(graph.store, graph.schema, subject, limit=1000, clocks=Clocks(known_on=day))
        shown = next(s for s in told["statements"] if s["id"] == key)
        assert {e["document"]["id"] for e in shown["evidence"]} == expected
    table = under(graph, "documents-saying", Clocks(known_on="2018"), entity=subject)
    assert {row["document"]["id"] for row in table.rows} == {early}
    assert not under(graph, "corroboration", Clocks(known_on="2018"), entity=subject).rows


def asked(graph: Graph, question: str, clocks: Clocks) -> dict[str, Any]:
    return answer_json(ask(question, CATALOG, graph.store, clocks))


def test_a_question_is_answered_under_its_clocks(graph: Graph) -> None:
    question = "Who established the CCGIU?"
    answer = asked(graph, question, Clocks("2023"))
    assert [item["id"] for item in answer["answer"]] == ["igo/impacs"]
    assert answer["clocks"] == {"as_of": "2023", "known_on": None}
    before = asked(graph, question, Clocks("2020"))
    assert (before["answered"], before["reason"]) == (False, "no-statement")
    assert asked(graph, question, Clocks(known_on="2020"))["answered"] is False


def test_an_answer_cites_only_what_was_published(graph: Graph) -> None:
    question = "Which topics did the Santo Domingo meeting discuss?"
    for clocks in (Clocks(known_on="2018"), UNLIMITED):
        answer = asked(graph, question, clocks)
        assert answer["answered"] and answer["citations"]
        named = {citation["document"] for citation in answer["citations"]}
        assert clocks is UNLIMITED or named == {"document/2017-11-30-joint-action-statement"}


def test_an_entity_shows_what_held(graph: Graph) -> None:
    def shown(clocks: Clocks) -> set[str]:
        record = entity_record(graph.store, graph.schema, "unit/ccgiu", limit=1000, clocks=clocks)
        return {one["id"] for one in record["statements"]}

    assert not shown(Clocks(known_on="2020"))
    assert set() < shown(Clocks(known_on="2023")) < shown(UNLIMITED)
    assert shown(Clocks(as_of="2023")) == shown(UNLIMITED)


def test_clocks_are_no_parameters_of_a_query(graph: Graph) -> None:
    with pytest.raises(BadParameter, match="no such parameter"):
        under(graph, "who-established", program="CCGIU", as_of="2020")
