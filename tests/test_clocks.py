"""The clocks of statements: when they could be known, and when they may be true."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.changes import Content
from graph.clocks import AHEAD, clocked
from graph.properties import statement_properties
from graph.rdf import quads
from graph.rdf_reading import read_quads
from graph.records import (
    CANDIDATE,
    DOCUMENT_CHANGED,
    FIRST_DAY,
    LAST_DAY,
    RETRACTED,
    Clock,
    Entity,
    Evidence,
    Statement,
    make_statement,
    merge,
    text_hash,
)
from schema.model import load_schema
from schema.values import parse_date
from tests.conftest import Graph
from tests.rdf_samples import BASE, graphs
from tests.test_store import bring_about

SCHEMA = load_schema()
EARLY, LATE, UNDATED = "document/early", "document/late", "document/undated"
ENTITIES = (
    Entity("agency/harbour", ("Agency",), "Harbour Office"),
    Entity("commitment/one", ("Commitment",), "A pledge"),
    Entity("dialogue/1", ("Dialogue",), "First dialogue"),
    Entity("dialogue/2", ("Dialogue",), "Second dialogue"),
    Entity(EARLY, ("Document",), "Early", properties={"published": "2018"}),
    Entity(LATE, ("Document",), "Late", properties={"published": "2023-11"}),
    Entity(UNDATED, ("Document",), "Undated"),
    Entity("instrument/pact", ("Instrument",), "Pact"),
    Entity("observation/seized", ("Observation",), "Seized", properties={"period": "2022-10/2023-09"}),
    Entity("operation/net", ("Operation",), "Operation Net"),
    Entity("unit/cell", ("Unit",), "Cell"),
)


def said(
    subject: str,
    predicate: str,
    target: str,
    *documents: str,
    anchor: str | None = None,
    **qualifiers: str,
) -> Statement:
    evidence = [Evidence(d, 0, 4, text_hash("text"), anchor=anchor) for d in documents or (LATE,)]
    return make_statement(SCHEMA, subject, predicate, target, qualifiers=qualifiers, evidence=evidence)


HELD = said("dialogue/1", "HELD_ON", "2020-10-28", EARLY, LATE)
FOUNDED = said("agency/harbour", "ESTABLISHED", "unit/cell", date="2022-11")


def clock(one: Statement, *others: Statement, entities: Iterable[Entity] = ENTITIES) -> Clock:
    """The clock of a statement in a graph with these others."""
    content = clocked(SCHEMA, Content(tuple(entities), tuple(merge([one, *others]))))
    return next(s.clock for s in content.statements if s.id == one.id)


def test_a_statement_is_known_when_the_first_document_is_surely_published() -> None:
    assert clock(said("unit/cell", "NAMED_AS", "Cell", LATE)).known == "2023-11-30"
    assert clock(said("unit/cell", "NAMED_AS", "Cell", LATE, UNDATED, EARLY)).known == "2018-12-31"
    assert clock(said("unit/cell", "NAMED_AS", "Cell", UNDATED)).known == LAST_DAY


def test_a_clause_that_no_longer_holds_makes_nothing_known() -> None:
    gone = said("unit/cell", "NAMED_AS", "Cell", EARLY, anchor=DOCUMENT_CHANGED)
    assert clock(gone).known == LAST_DAY
    assert clock(gone, said("unit/cell", "NAMED_AS", "Cell", LATE)).known == "2023-11-30"


def test_a_withdrawn_document_makes_its_statements_known_later() -> None:
    both = said("unit/cell", "NAMED_AS", "Cell", EARLY, LATE)
    left = replace(both, evidence=tuple(e for e in both.evidence if e.document != EARLY))
    kept = [e for e in ENTITIES if e.id != EARLY]
    assert (clock(both).known, clock(left, entities=kept).known) == ("2018-12-31", "2023-11-30")


@pytest.mark.parametrize(
    ("predicate", "target", "date", "since", "until"),
    [
        ("SUPPORTS", "unit/cell", "2021-02", "2021-02-01", LAST_DAY),
        ("SUPPORTS", "unit/cell", "2021-02/2022", "2021-02-01", "2022-12-31"),
        ("SUPPORTS", "unit/cell", "../2022", FIRST_DAY, "2022-12-31"),
        ("SUPPORTS", "unit/cell", "2021/..", "2021-01-01", LAST_DAY),
        ("ESTABLISHED", "unit/cell", "2021-02/2022", "2021-02-01", LAST_DAY),
        ("CONDUCTED", "operation/net", "2021", "2021-01-01", LAST_DAY),
    ],
)
def test_a_date_says_from_when_and_for_a_state_until_when(
    predicate: str, target: str, date: str, since: str, until: str
) -> None:
    one = said("agency/harbour", predicate, target, date=date)
    assert clock(one, HELD, FOUNDED) == Clock("2023-11-30", since, until)


def test_a_fiscal_year_is_an_interval() -> None:
    one = said("agency/harbour", "FUNDS", "unit/cell", date=parse_date("FY2023").text)
    assert (clock(one).since, clock(one).until) == ("2022-10-01", "2023-09-30")


def test_a_literal_date_is_the_date_of_its_statement() -> None:
    assert clock(HELD) == Clock("2018-12-31", "2020-10-28", LAST_DAY)
    assert clock(said("instrument/pact", "DATED", "2019-05")).since == "2019-05-01"


PLAIN = {
    "held": (said("agency/harbour", "PARTICIPATED_IN", "dialogue/1"), [HELD], "2020-10-28"),
    "earliest": (
        said("agency/harbour", "PARTICIPATED_IN", "dialogue/1"),
        [HELD, said("dialogue/1", "HELD_ON", "2020-10")],
        "2020-10-01",
    ),
    "latest-end": (said("dialogue/1", "ESTABLISHED", "unit/cell"), [HELD, FOUNDED], "2022-11-01"),
    "signed": (
        said("agency/harbour", "SUPPORTS", "instrument/pact"),
        [said("agency/harbour", "SIGNED", "instrument/pact", date="2019-05-06")],
        "2019-05-06",
    ),
    "pledged": (
        said("commitment/one", "INVOLVES", "unit/cell"),
        [HELD, FOUNDED, said("dialogue/1", "COMMITS_TO", "commitment/one")],
        "2020-10-28",
    ),
    "period": (said("agency/harbour", "RESULTED_IN", "observation/seized"), [], "2022-10-01"),
    "published": (said(EARLY, "MENTIONS", "unit/cell"), [FOUNDED], "2018-01-01"),
    "literal": (said("unit/cell", "DESCRIBED_AS", "Looks into guns."), [FOUNDED], "2022-11-01"),
    "no-beginning": (said("agency/harbour", "OPERATES", "unit/cell"), [], FIRST_DAY),
}


@pytest.mark.parametrize("name", PLAIN)
def test_nothing_holds_of_a_thing_before_it_begins(name: str) -> None:
    one, others, since = PLAIN[name]
    assert clock(one, *others) == Clock(clock(one).known, since, LAST_DAY)


@pytest.mark.parametrize("status", sorted(AHEAD))
def test_a_plan_begins_nothing_and_may_come_before_it(status: str) -> None:
    plan = said("dialogue/1", "ESTABLISHED", "unit/cell", status=status)
    assert clock(plan, HELD, FOUNDED).since == "2020-10-28"
    dated = said("agency/harbour", "ESTABLISHED", "unit/cell", status=status, date="2019")
    assert clock(said("agency/harbour", "OPERATES", "unit/cell"), dated).since == FIRST_DAY
    # What would be done for a thing that is there cannot be before it.
    assert (
        clock(said("agency/harbour", "SUPPORTS", "unit/cell", status=status), FOUNDED).since == "2022-11-01"
    )


@pytest.mark.parametrize("status", [CANDIDATE, RETRACTED])
def test_only_what_is_accepted_says_when_something_begins(status: str) -> None:
    one = said("agency/harbour", "OPERATES", "unit/cell")
    assert clock(one, replace(FOUNDED, status=status)).since == FIRST_DAY


def test_an_order_is_known_when_both_dates_are() -> None:
    order = said("dialogue/1", "PRECEDES", "dialogue/2", EARLY, LATE)
    later = said("dialogue/2", "HELD_ON", "2023-11-16", LATE)
    assert clock(order, HELD, later) == Clock("2023-11-30", "2023-11-16", LAST_DAY)


@given(graphs(), st.randoms(use_true_random=False))
def test_clocks_need_no_order_and_say_the_same_twice(
    made: tuple[list[Entity], list[Statement]], chance: object
) -> None:
    entities, statements = made
    shuffled = list(statements)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = clocked(SCHEMA, Content(tuple(reversed(entities)), tuple(shuffled)))
    assert {s.id: s.clock for s in again.statements} == {s.id: s.clock for s in statements}


@given(graphs())
def test_clocks_are_days_in_order(made: tuple[list[Entity], list[Statement]]) -> None:
    for one in made[1]:
        assert FIRST_DAY <= one.clock.since <= one.clock.until <= LAST_DAY
        assert all(len(day) == len(LAST_DAY) for day in (one.clock.known, one.clock.since, one.clock.until))


@given(graphs(), st.data())
def test_more_evidence_never_makes_a_statement_known_later(
    made: tuple[list[Entity], list[Statement]], data: st.DataObject
) -> None:
    entities, statements = made
    documents = [e for e in entities if "Document" in e.types]
    withdrawn = data.draw(st.sampled_from(documents)).id
    fewer = [replace(s, evidence=tuple(e for e in s.evidence if e.document != withdrawn)) for s in statements]
    content = clocked(SCHEMA, Content(tuple(entities), tuple(fewer)))
    for less, more in zip(content.statements, statements, strict=True):
        assert more.clock.known <= less.clock.known


@given(graphs())
def test_clocks_come_back_from_rdf(made: tuple[list[Entity], list[Statement]]) -> None:
    entities, statements = made
    known = [s for s in statements if s.evidence]
    found = read_quads(SCHEMA, quads(SCHEMA, entities, known, BASE), BASE)
    assert {s.id: s.clock for s in found.statements} == {s.id: s.clock for s in known}


def test_a_clock_is_part_of_what_a_statement_says() -> None:
    one = said("agency/harbour", "OPERATES", "unit/cell")
    assert one.digest != replace(one, clock=Clock(known="2023-11-30")).digest
    assert statement_properties(SCHEMA, one).items() >= {"known": LAST_DAY, "since": FIRST_DAY}.items()


def test_a_document_is_known_when_it_is_published() -> None:
    assert {e.id: e.known for e in ENTITIES if e.known} == {
        EARLY: "2018-12-31",
        LATE: "2023-11-30",
        UNDATED: LAST_DAY,
    }


def test_the_graph_keeps_clocks_on_statements_and_relationships(scratch: Graph) -> None:
    content = clocked(SCHEMA, Content(ENTITIES, tuple(merge([HELD, FOUNDED]))))
    bring_about(scratch, content)
    rows = scratch.store.read(
        "MATCH (:Entity {id: 'agency/harbour'})-[r:ESTABLISHED]->(:Entity {id: 'unit/cell'}) "
        "MATCH (s:Statement {id: r.id}) "
        "RETURN r.known, r.since, r.until, s.known, s.since, s.until"
    ).rows
    assert rows == [("2023-11-30", "2022-11-01", LAST_DAY) * 2]
    known = scratch.store.read("MATCH (d:Document) RETURN d.id, d.known ORDER BY d.id").rows
    assert known == [(EARLY, "2018-12-31"), (LATE, "2023-11-30"), (UNDATED, LAST_DAY)]
