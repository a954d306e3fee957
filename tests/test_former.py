"""Former ids that people declare, and why what a load takes out is gone."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from graph.changes import Content, Former, difference, known_of
from graph.judgements import ACCEPT, DISTINCT, MERGE, REJECT, Judgement, Naming
from graph.records import Entity, Evidence, Statement, make_statement, text_hash
from loaders.build import DERIVED
from loaders.differences import compare
from loaders.facts import read_facts
from loaders.former import declared_former, read_former
from loaders.judgements import Judgements
from loaders.register import read_register
from loaders.tombstones import Tombstones
from schema.errors import DataError
from schema.model import Schema
from tests.test_diff import FEW, pairs

NOW = "2031-05-01T10:00:00+00:00"
OFFICE = Entity("agency/office", ("Agency",), "Office")
CELL = Entity("unit/cell", ("Unit",), "Coast Cell")
NET = Entity("operation/net", ("Operation",), "Net")
MAYBE = Entity("candidate/coast-cell", ("Candidate",), "the Coast Cell", properties={"proposedType": "Unit"})
OLD, NEW = (Entity(f"document/{name}", ("Document",), name.title()) for name in ("old", "new"))
KNOWN = {e.id: e for e in (OFFICE, CELL)}


def listed(folder: Path, *records: str) -> tuple[Former, ...]:
    path = folder / "former-ids.yaml"
    path.write_text("".join(f"- {{{r}}}\n" for r in records) or "[]\n", "utf-8")
    return read_former(KNOWN, path)


RENAMED = "id: agency/bureau, becomes: agency/office, date: 2031-01-01, reason: renamed"


def test_the_list_is_read(tmp_path: Path) -> None:
    assert listed(tmp_path) == ()
    earlier = "id: agency/desk, becomes: agency/bureau, date: 2030-01-01, reason: joined"
    gone = "id: unit/lost, date: 2031-01-02, reason: never was"
    assert listed(tmp_path, gone, earlier, RENAMED) == (
        Former("agency/bureau", "agency/office", "renamed", "2031-01-01"),
        Former("agency/desk", "agency/bureau", "joined", "2030-01-01"),
        Former("unit/lost", None, "never was", "2031-01-02"),
    )


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("id: unit/cell, date: 2031-01-01, reason: gone", "there is unit/cell"),
        (RENAMED, "agency/bureau is listed already: former-ids.yaml:1"),
        ("id: unit/x, becomes: unit/cel, date: 2031-01-01, reason: r", "did you mean unit/cell?"),
        ("id: unit/x, becomes: unit/x, date: 2031-01-01, reason: r", "run in a circle: unit/x → unit/x"),
        ("id: unit/x, date: 2031-13-01, reason: r", "is no day"),
        ("id: unit/x, reason: r", "has no date"),
        ("id: unit/x, date: 2031-01-01", "has no reason"),
        ("id: nothing, date: 2031-01-01, reason: r", "id"),
        ("id: unit/x, date: 2031-01-01, reason: r, into: unit/cell", "unknown key into"),
    ],
)
def test_a_fault_of_the_list_is_told_with_its_line(tmp_path: Path, record: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        listed(tmp_path, RENAMED, record)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("former-ids.yaml", 2)
    assert message in str(fault)
    assert fault.mend


def test_the_list_that_ships_is_sound(schema: Schema) -> None:
    register = read_register(schema)
    known = {**register.entities, **read_facts(schema, register).entities}
    found = {f.id: f for f in read_former(known)}
    assert found["country/bq-bo"].becomes == "place/bonaire"


def decided(decision: str, name: str, entity: str | None = None, document: str | None = None) -> Judgement:
    about = Naming(name, "Unit" if decision == ACCEPT else None, document)
    return Judgement(about, decision, "somebody", "2031-02-03", entity, "a private note")


def test_decisions_about_candidates_are_former_ids(schema: Schema) -> None:
    made = (
        decided(MERGE, "Coastal Cell", "unit/cell"),
        decided(ACCEPT, "Reef Watch"),
        decided(REJECT, "The Meeting"),
        decided(DISTINCT, "Harbour", "agency/office"),
        decided(MERGE, "The Unit", "unit/cell", "document/old"),
        decided(MERGE, "The Unit", "unit/reef-watch", "document/new"),
        decided(REJECT, "Still There"),
    )
    present = {"candidate/still-there", "agency/office"}
    known = listed_former = (Former("unit/lost", None, "never was", "2031-01-02"),)
    found = declared_former(schema, known, Judgements(schema, made), present)
    assert {key: f.becomes for key, f in found.items()} == {
        "candidate/coastal-cell": "unit/cell",
        "candidate/meeting": None,
        "candidate/reef-watch": "unit/reef-watch",
        "candidate/the-meeting": None,
        "unit/lost": None,
    }
    assert found["unit/lost"] == listed_former[0]
    merged = found["candidate/coastal-cell"]
    assert (merged.at, merged.reason) == (
        "2031-02-03",
        "a curator decided that “Coastal Cell” is unit/cell",
    )
    assert not any("somebody" in f.reason or "note" in f.reason for f in found.values())


# --- what a load takes out ---------------------------------------------------------------------------------


def clause(document: Entity, start: int = 0, text: str = "a clause", rule: str = "r@1") -> Evidence:
    return Evidence(document.id, start, start + len(text), text_hash(text), rule, quote=text)


def said(
    schema: Schema, subject: Entity, predicate: str, target: str, *evidence: Evidence, **qualifiers: str
) -> Statement:
    return make_statement(schema, subject.id, predicate, target, qualifiers=qualifiers, evidence=evidence)


def content(*records: Entity | Statement) -> Content:
    entities = sorted((r for r in records if isinstance(r, Entity)), key=lambda e: e.id)
    return Content(tuple(entities), tuple(r for r in records if isinstance(r, Statement)))


def gone(
    schema: Schema,
    before: Content,
    after: Content,
    *withdrawn: Entity,
    declared: dict[str, Former] | None = None,
) -> dict[str, Former]:
    found = compare(schema, before, after)
    out = frozenset(d.id for d in withdrawn)
    made = list(Tombstones(schema, (before, after), found, out, declared or {}, NOW).made())
    left = {e.id for e in after.entities} | {s.id for s in after.statements}
    left |= {e.id_for(s.id) for s in after.statements for e in s.evidence}
    assert len({f.id for f in made}) == len(made)
    assert not left & {f.id for f in made}
    assert all(f.becomes is None or f.becomes in left for f in made)
    assert {f.at for f in made} <= {NOW}
    return {f.id: f for f in made}


def test_a_withdrawn_document_takes_along_what_rests_on_it(schema: Schema) -> None:
    alone = said(schema, OFFICE, "SUPPORTS", CELL.id, clause(NEW))
    shared = said(schema, OFFICE, "OPERATES", CELL.id, clause(OLD), clause(NEW, 9))
    named = said(schema, OFFICE, "CONDUCTED", NET.id, clause(NEW, 30))
    before = content(OFFICE, CELL, NET, OLD, NEW, alone, shared, named)
    after = content(OFFICE, CELL, OLD, replace(shared, evidence=shared.evidence[:1]))
    found = gone(schema, before, after, NEW)
    assert found[NEW.id].reason == "the document was withdrawn"
    assert found[alone.id].reason == "no evidence is left: its document “New” was withdrawn"
    assert found[NET.id].reason == "no statement names it any longer: its document “New” was withdrawn"
    assert found[shared.evidence[1].id_for(shared.id)].reason == "its document “New” was withdrawn"
    assert found[alone.evidence[0].id_for(alone.id)].reason.startswith(f"its statement {alone.id} is gone")
    assert len(found) == 7
    assert {f.becomes for f in found.values()} == {None}


def test_what_says_the_same_is_followed(schema: Schema) -> None:
    dated = said(schema, OFFICE, "ESTABLISHED", CELL.id, clause(OLD))
    other = said(schema, OFFICE, "ESTABLISHED", CELL.id, clause(OLD), date="2022-11")
    moved = said(schema, OFFICE, "OPERATES", CELL.id, clause(OLD, 5))
    before = content(OFFICE, CELL, OLD, dated, moved)
    after = content(OFFICE, CELL, OLD, other, replace(moved, evidence=(clause(OLD, 50),)))
    found = gone(schema, before, after)
    assert found[dated.id].becomes == other.id
    assert found[dated.id].reason == "it is told otherwise now: Office established Coast Cell (date 2022-11)"
    assert found[dated.evidence[0].id_for(dated.id)].becomes == other.evidence[0].id_for(other.id)
    place = found[moved.evidence[0].id_for(moved.id)]
    assert (place.becomes, place.reason) == (
        clause(OLD, 50).id_for(moved.id),
        "its clause stands elsewhere in the text now",
    )


@pytest.mark.parametrize("by_decision", [True, False])
def test_a_candidate_becomes_the_thing_that_it_is(schema: Schema, by_decision: bool) -> None:
    doubtful = said(schema, OFFICE, "SUPPORTS", MAYBE.id, clause(OLD))
    sure = said(schema, OFFICE, "SUPPORTS", CELL.id, clause(OLD))
    before = content(OFFICE, MAYBE, OLD, doubtful)
    after = content(OFFICE, CELL, OLD, sure)
    declared = {MAYBE.id: Former(MAYBE.id, CELL.id, "decided", "2031-01-01")} if by_decision else {}
    found = gone(schema, before, after, declared=declared)
    assert (MAYBE.id in found) is not by_decision, "what was declared is written as it was declared"
    if not by_decision:
        assert (found[MAYBE.id].becomes, found[MAYBE.id].reason) == (
            CELL.id,
            "a document says what “the Coast Cell” is: unit/cell",
        )
    assert found[doubtful.id].becomes == sure.id


def test_what_says_something_else_is_told_and_not_followed(schema: Schema) -> None:
    before_ = said(schema, OFFICE, "SUPPORTS", CELL.id, clause(OLD))
    after_ = said(schema, OFFICE, "SUPPORTS", NET.id, clause(OLD))
    derived = said(schema, OFFICE, "OPERATES", CELL.id, clause(OLD, rule=DERIVED))
    bare = said(schema, OFFICE, "USES", CELL.id)
    dated, redated = (
        said(schema, OFFICE, "ESTABLISHED", NET.id, clause(OLD, 200, "when"), date=date)
        for date in ("2021", "2022")
    )
    unread = said(schema, CELL, "CONDUCTED", NET.id, clause(OLD, 90, "words"))
    before = content(OFFICE, CELL, NET, OLD, before_, derived, bare, unread, dated)
    found = gone(schema, before, content(OFFICE, NET, OLD, after_, redated))
    assert found[before_.id] == Former(
        before_.id, None, f"its clause is read otherwise now: Office supports Net ({after_.id})", NOW
    )
    assert (found[dated.id].becomes, redated.id in found[dated.id].reason) == (None, True)
    assert found[derived.id].reason == "it was derived from other statements and no longer follows from them"
    assert found[bare.id].reason == "nothing says it any longer"
    assert found[unread.id].reason == "no evidence is left: it is no longer read in “Old”"
    assert found[CELL.id].reason == "no statement names it any longer"
    assert gone(schema, content(OFFICE, CELL), content(OFFICE))[CELL.id].reason == (
        "it was taken out of the register"
    )


@FEW
@given(pairs())
def test_all_that_is_gone_and_nothing_else_is_told(schema: Schema, pair: tuple[Content, Content]) -> None:
    before, after = pair
    changes = difference(schema, after, known_of(before))
    deleted = {*changes.deleted_entities, *changes.deleted_statements, *changes.deleted_evidence}
    assert gone(schema, before, after).keys() == deleted
