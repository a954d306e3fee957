"""The judgement file, and what its decisions do to register, mentions and statements."""

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.judgements import Claim, Judgement, Naming, make_claim, read_judgement_file, record
from graph.records import Entity, Evidence, Statement, make_statement, merge, text_hash
from loaders.judgements import Judgements, read_judgements
from loaders.mentions import Mention, Mentions, Unclear, find_mentions
from loaders.register import EXACT, TITLE, Name, Register
from schema.errors import BadSettings, DataError
from schema.model import Schema, load_schema

NOTE, OTHER = "document/note", "document/other"
ENTITIES = {
    e.id: e
    for e in (
        Entity("agency/alpha", ("Agency",), "Alpha Bureau", ("AB",), ("AB",)),
        Entity("agency/gamma", ("Agency",), "Gamma Office"),
        Entity("country/gd", ("Country",), "Grenada"),
        Entity("program/tide", ("Program",), "Tide Programme"),
        Entity("topic/gangs", ("Topic",), "gangs"),
    )
}
REGISTER = Register(
    ENTITIES,
    (
        Name("Alpha Bureau", "agency/alpha", TITLE),
        Name("AB", "agency/alpha", EXACT),
        Name("Gamma Office", "agency/gamma", TITLE),
        Name("Grenada", "country/gd", TITLE),
        Name("Tide Programme", "program/tide", TITLE),
    ),
    dict.fromkeys(ENTITIES, ("register/x.yaml", 1)),
)
CANDIDATE = Entity(
    "candidate/harbour-unit", ("Candidate",), "Harbour Unit", (), (), {"proposedType": "Unit", "reason": "x"}
)


def judgement(about: Claim | Naming, decision: str, entity: str | None = None) -> Judgement:
    return Judgement(about, decision, "ana", "2025-03-31", entity)


def judged(schema: Schema, *made: Judgement) -> Judgements:
    return Judgements(schema, made)


def evidence(document: str = NOTE, rule: str = "supports/active@1") -> Evidence:
    return Evidence(document, 5, 9, text_hash("some"), rule, 0.8, quote="some")


def statement(
    schema: Schema, *triple: str, status: str = "candidate", documents: tuple[str, ...] = (NOTE,)
) -> Statement:
    return make_statement(schema, *triple, status=status, evidence=[evidence(d) for d in documents])


def triples(statements: list[Statement]) -> set[tuple[str, str, str | None, str]]:
    return {(s.subject, s.predicate, s.object or s.value, s.status) for s in statements}


# --- the file -------------------------------------------------------------------------------------------

HARBOUR = Naming("Harbour Unit", "Unit")
TIDE = Claim("agency/alpha", "SUPPORTS", "program/tide")


def test_what_is_recorded_is_read_back(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "made" / "judgements.yaml"
    assert read_judgement_file(schema, path) == ()
    made = [
        judgement(TIDE, "reject"),
        judgement(
            Claim("agency/alpha", "FUNDS", "program/tide", (("amount", "10.5 USD"), ("date", "2023-11"))),
            "accept",
        ),
        judgement(Claim("program/tide", "DESCRIBED_AS", "no: “a” # thing"), "accept"),
        judgement(HARBOUR, "accept", "unit/harbour"),
        judgement(replace(HARBOUR, document=NOTE), "merge", "agency/alpha"),
        judgement(Naming("null"), "reject"),
        replace(judgement(Naming("the Unit", document=NOTE), "alias", "program/tide"), note="1.10: yes"),
        judgement(Naming("AB"), "distinct", "agency/alpha"),
        judgement(Naming("AB"), "distinct", "agency/gamma"),
    ]
    for one in made:
        record(schema, path, one)
    read = read_judgement_file(schema, path)
    assert sorted(read, key=lambda one: one.key) == list(read)
    assert set(read) == set(made)
    assert [p.name for p in path.parent.iterdir()] == ["judgements.yaml"], "nothing is left beside it"


def test_the_order_of_recording_makes_no_difference(schema: Schema, tmp_path: Path) -> None:
    made = [judgement(TIDE, "reject"), judgement(HARBOUR, "reject"), judgement(Naming("AB"), "reject")]
    for name, order in (("a", made), ("b", made[::-1])):
        for one in order:
            record(schema, tmp_path / name, one)
    assert (tmp_path / "a").read_text() == (tmp_path / "b").read_text()


def test_a_later_decision_replaces_an_earlier_one(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "j.yaml"
    record(schema, path, judgement(HARBOUR, "reject"))
    record(schema, path, judgement(Naming("the harbour unit"), "merge", "agency/alpha"))
    assert [j.decision for j in read_judgement_file(schema, path)] == ["merge"]
    record(schema, path, judgement(Naming("Harbour Unit"), "distinct", "agency/alpha"))
    assert [j.decision for j in read_judgement_file(schema, path)] == ["distinct"], "not both"
    record(schema, path, judgement(Naming("Harbour Unit"), "distinct", "agency/gamma"))
    assert len(read_judgement_file(schema, path)) == 2


def test_comments_stay_and_nothing_else_moves(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "j.yaml"
    path.write_text(
        "# Ours.\n\n# why: see the minutes\n- name: Zeta Post   # odd\n  decision: reject\n"
        "  by: ana\n  date: 2025-01-02\n"
    )
    record(schema, path, judgement(HARBOUR, "reject"))
    text = path.read_text()
    assert text.startswith("# Ours.\n\n- name: Harbour Unit\n")
    assert "\n\n# why: see the minutes\n- name: Zeta Post   # odd\n  decision: reject\n" in text
    record(schema, path, judgement(HARBOUR, "reject"))
    assert path.read_text() == text
    record(schema, path, replace(judgement(Naming("Zeta Post"), "reject"), note="again"))
    assert "# why: see the minutes\n- name: Zeta Post\n" in path.read_text()


@pytest.mark.parametrize(
    "text",
    [
        "[{name: Zeta Post, decision: reject, by: ana, date: 2025-01-02}]\n",
        "  - name: Zeta Post\n    decision: reject\n    by: ana\n    date: 2025-01-02\n",
        "---\n-\n  name: Zeta Post\n  decision: reject\n  by: ana\n  date: 2025-01-02\n",
        '- name: "Zeta\n\n- Post"\n  decision: reject\n  by: ana\n  date: 2025-01-02\n',
        "# only a comment\n",
        "",
        "[]\n",
    ],
)
def test_any_layout_can_be_added_to(schema: Schema, tmp_path: Path, text: str) -> None:
    path = tmp_path / "j.yaml"
    path.write_text(text)
    before = read_judgement_file(schema, path)
    record(schema, path, judgement(HARBOUR, "reject"))
    assert set(read_judgement_file(schema, path)) == {*before, judgement(HARBOUR, "reject")}
    assert ("only a comment" in path.read_text()) == ("only a comment" in text)


names = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20).map(
    lambda t: " ".join(f"Name {t}".split())
)


@given(st.lists(st.builds(judgement, st.builds(Naming, names), st.just("reject")), max_size=6))
def test_any_name_comes_back(tmp_path_factory: pytest.TempPathFactory, made: list[Judgement]) -> None:
    path = tmp_path_factory.mktemp("j") / "j.yaml"
    schema = load_schema()
    for one in made:
        record(schema, path, one)
    assert {j.key for j in read_judgement_file(schema, path)} == {j.key for j in made}
    assert {j.about for j in read_judgement_file(schema, path)} <= {j.about for j in made}


def test_several_writers_lose_nothing(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "j.yaml"

    def write(number: int) -> None:
        record(schema, path, judgement(Naming(f"Name {number}"), "reject"))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(read_judgement_file(schema, path)) == 12


RECORD = "- name: Harbour Unit\n  decision: accept\n  type: Unit\n  by: ana\n  date: 2025-03-31\n"
CLAIM = (
    "- subject: agency/alpha\n  predicate: SUPPORTS\n  object: program/tide\n  decision: accept\n"
    "  by: ana\n  date: 2025-03-31\n"
)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (RECORD.replace("accept", "acept"), 2, "did you mean accept"),
        (RECORD.replace("  type: Unit\n", ""), 1, "no type"),
        (RECORD.replace("Unit\n  by", "Unite\n  by"), 3, "did you mean Unit"),
        (RECORD.replace("type: Unit", "type: Document"), 3, "no Document"),
        (RECORD + "  entity: agency/x\n", 1, "unit/"),
        (RECORD + "  entity: candidate/x\n", 1, "cannot bear a name"),
        (RECORD.replace("accept", "merge"), 1, "names no entity"),
        (RECORD.replace("accept", "reject") + "  entity: unit/x\n", 1, "stands for nothing"),
        (RECORD.replace("2025-03-31", "March"), 5, "no day"),
        (RECORD.replace("  by: ana\n", ""), 1, "has no by"),
        (RECORD + "  document: unit/x\n", 6, "no document"),
        (RECORD.replace("Harbour Unit", "…"), 1, "neither letters nor digits"),
        (RECORD + "  says: so\n", 6, "unknown key says"),
        (RECORD + RECORD.replace("accept", "reject"), 6, "j.yaml:1 decides otherwise"),
        (CLAIM.replace("SUPPORTS", "SUPPORT"), 2, "did you mean SUPPORTS"),
        (CLAIM.replace("accept", "merge"), 1, "decides about names"),
        (CLAIM + "  entity: unit/x\n", 1, "leave entity out"),
        (CLAIM.replace("object:", "value:"), 1, "has no object"),
        (CLAIM + "  qualifiers: {date: 2023}\n", 7, "unknown key date"),
        ("name: Harbour Unit\n", 1, "write a list"),
    ],
)  # fmt: skip
def test_faults_name_line_and_mend(schema: Schema, tmp_path: Path, text: str, line: int, says: str) -> None:
    path = tmp_path / "j.yaml"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        read_judgements(schema, path)
    told = [str(fault) for fault in caught.value.faults]
    assert any(one.startswith(f"j.yaml:{line}: ") and says in one for one in told), told
    with pytest.raises(DataError):
        record(schema, path, judgement(Naming("Zeta Post"), "reject"))
    assert path.read_text() == text, "a file at fault is never overwritten"


def test_a_file_that_cannot_be_written_is_told(schema: Schema, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("no folder")
    with pytest.raises(BadSettings, match="CARISEC_JUDGEMENTS"):
        record(schema, tmp_path / "taken" / "j.yaml", judgement(HARBOUR, "reject"))


def test_an_entity_that_nobody_knows_is_a_fault(schema: Schema, tmp_path: Path) -> None:
    path = tmp_path / "j.yaml"
    record(schema, path, judgement(Naming("Zeta Post"), "merge", "agency/alphx"))
    record(schema, path, judgement(Naming("Zeta Pier"), "alias", "unit/harbour-unit"))
    with pytest.raises(
        DataError, match=r"j\.yaml:\d+: there is no agency/alphx \(did you mean agency/alpha\?\)"
    ) as caught:
        read_judgements(schema, path).check([*ENTITIES, "unit/harbour-unit"])
    assert len(caught.value.faults) == 1
    record(schema, path, judgement(Naming("Zeta Post"), "reject"))
    with pytest.raises(DataError, match="unit/harbour-unit"):
        read_judgements(schema, path).check(ENTITIES)
    record(schema, path, judgement(HARBOUR, "accept"))
    read_judgements(schema, path).check(ENTITIES)


# --- the register ---------------------------------------------------------------------------------------


def mentioned(register: Register, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.entity) for m in find_mentions(text, register).found]


TEXT = "The Harbour Unit of Grenada met AB, the Gamma Office and the HU; the harbour unit left."


def test_nothing_decided_changes_nothing(schema: Schema) -> None:
    none = judged(schema)
    assert none.applied_to_register(REGISTER) is REGISTER
    assert none.applied_to_register(REGISTER, NOTE) is REGISTER
    elsewhere = judged(schema, judgement(replace(HARBOUR, document=OTHER), "merge", "agency/alpha"))
    assert elsewhere.applied_to_register(REGISTER) is REGISTER
    assert elsewhere.applied_to_register(REGISTER, NOTE) is REGISTER
    mentions = find_mentions(TEXT, REGISTER)
    assert none.applied_to_mentions(NOTE, TEXT, mentions, REGISTER) is mentions


def test_an_accepted_name_is_an_entity(schema: Schema) -> None:
    made = judged(schema, judgement(Naming("Harbour Unit", "Unit", aliases=("HU",)), "accept"))
    register = made.applied_to_register(REGISTER)
    assert register.entities["unit/harbour-unit"] == Entity(
        "unit/harbour-unit", ("Unit",), "Harbour Unit", ("HU",), ("HU",)
    )
    assert ("Harbour Unit", "unit/harbour-unit") in mentioned(register, TEXT)
    assert ("HU", "unit/harbour-unit") in mentioned(register, TEXT)
    named = judged(schema, judgement(HARBOUR, "accept", "unit/hu")).applied_to_register(REGISTER)
    assert "unit/hu" in named.entities


def test_a_merged_name_is_a_name_of_the_entity(schema: Schema) -> None:
    made = judged(schema, judgement(HARBOUR, "merge", "agency/alpha"))
    register = made.applied_to_register(REGISTER)
    assert register.entities["agency/alpha"].aliases == ("AB", "Harbour Unit")
    assert ("Harbour Unit", "agency/alpha") in mentioned(register, TEXT)
    assert made.applied_to_register(register).entities == register.entities, "again changes nothing"


def test_an_alias_is_matched_as_it_is_written_and_wins(schema: Schema) -> None:
    made = judged(schema, judgement(Naming("AB"), "alias", "agency/gamma"))
    found = mentioned(made.applied_to_register(REGISTER), TEXT)
    assert ("AB", "agency/gamma") in found
    assert ("AB", "agency/alpha") not in found
    unit = judged(schema, judgement(Naming("harbour unit"), "alias", "program/tide"))
    found = mentioned(unit.applied_to_register(REGISTER), TEXT)
    assert [name for name, entity in found if entity == "program/tide"] == ["harbour unit"]


def test_a_decision_for_one_document_holds_there_only(schema: Schema) -> None:
    made = judged(
        schema,
        judgement(replace(HARBOUR, document=NOTE), "merge", "program/tide"),
        judgement(Naming("HU", "Unit", OTHER), "accept"),
    )
    everywhere = made.applied_to_register(REGISTER)
    assert ("Harbour Unit", "program/tide") not in mentioned(everywhere, TEXT)
    assert ("Harbour Unit", "program/tide") in mentioned(made.applied_to_register(everywhere, NOTE), TEXT)
    assert "unit/hu" in everywhere.entities, "the graph has it, whichever document names it"
    assert ("HU", "unit/hu") not in mentioned(everywhere, TEXT)
    assert ("HU", "unit/hu") in mentioned(made.applied_to_register(everywhere, OTHER), TEXT)


def test_a_distinct_name_makes_room_for_the_other_bearer(schema: Schema) -> None:
    both = replace(REGISTER, names=(*REGISTER.names, Name("AB", "agency/gamma", EXACT)))
    assert find_mentions("They met AB.", both).unclear
    made = judged(schema, judgement(Naming("AB"), "distinct", "agency/alpha"))
    register = made.applied_to_register(both)
    assert mentioned(register, "They met AB.") == [("AB", "agency/gamma")]
    assert "AB" in register.entities["agency/alpha"].aliases


# --- mentions -------------------------------------------------------------------------------------------


def at(text: str, entity: str) -> Mention:
    start = TEXT.index(text)
    return Mention(entity, start, start + len(text), "mention/x@1")


FOUND = Mentions(
    (at("Harbour Unit", CANDIDATE.id), at("Grenada", "country/gd"), at("Gamma Office", "agency/gamma")),
    (Unclear(("agency/alpha", "agency/gamma"), TEXT.index("AB"), TEXT.index("AB") + 2),),
    {CANDIDATE.id: CANDIDATE},
)


@pytest.mark.parametrize(
    ("decision", "entity", "becomes"),
    [
        ("accept", None, "unit/harbour-unit"),
        ("merge", "agency/alpha", "agency/alpha"),
        ("alias", "agency/alpha", "agency/alpha"),
        ("reject", None, None),
    ],
)
def test_candidates_become_what_was_decided(
    schema: Schema, decision: str, entity: str | None, becomes: str | None
) -> None:
    made = judged(schema, judgement(HARBOUR, decision, entity))
    mentions = made.applied_to_mentions(NOTE, TEXT, FOUND, made.applied_to_register(REGISTER))
    assert [m.entity for m in mentions.found if m.start == TEXT.index("Harbour")] == (
        [becomes] if becomes else []
    )
    assert mentions.entities == {}
    assert mentions.unclear == FOUND.unclear
    assert {m.rule for m in mentions.found} == {"mention/x@1"}


def test_a_candidate_stays_where_its_entity_comes_from_another_document(schema: Schema) -> None:
    made = judged(schema, judgement(HARBOUR, "merge", "person/ana-reyes"))
    assert made.applied_to_mentions(NOTE, TEXT, FOUND, REGISTER) == FOUND
    person = Entity("person/ana-reyes", ("Person",), "Ana Reyes")
    brought = replace(FOUND, entities={CANDIDATE.id: CANDIDATE, person.id: person})
    mentions = made.applied_to_mentions(NOTE, TEXT, brought, REGISTER)
    assert person.id in {m.entity for m in mentions.found}
    assert mentions.entities.keys() == {person.id}


def test_what_is_distinct_is_no_mention(schema: Schema) -> None:
    made = judged(
        schema,
        judgement(Naming("Gamma Office", document=NOTE), "distinct", "agency/gamma"),
        judgement(Naming("AB"), "distinct", "agency/alpha"),
    )
    here, there = (made.applied_to_mentions(d, TEXT, FOUND, REGISTER) for d in (NOTE, OTHER))
    assert {m.entity for m in here.found if m.start == TEXT.index("Gamma")} == set()
    assert {m.entity for m in there.found if m.start == TEXT.index("Gamma")} == {"agency/gamma"}
    assert {m.entity for m in here.found if m.start == TEXT.index("AB")} == {"agency/gamma"}
    assert here.unclear == ()


# --- statements -----------------------------------------------------------------------------------------


def sample(schema: Schema) -> list[Statement]:
    return merge(
        [
            statement(schema, "agency/alpha", "SUPPORTS", "program/tide", documents=(NOTE, OTHER)),
            statement(schema, "agency/alpha", "SUPPORTS", CANDIDATE.id, documents=(NOTE, OTHER)),
            statement(schema, CANDIDATE.id, "ADDRESSES", "topic/gangs"),
            statement(schema, NOTE, "MENTIONS", CANDIDATE.id),
            statement(schema, "country/gd", "MEMBER_OF", "program/tide", status="accepted"),
        ]
    )


DOCUMENTS = {key: Entity(key, ("Document",), key) for key in (NOTE, OTHER)}


def applied(made: Judgements, statements: list[Statement]) -> list[Statement]:
    entities = {**made.applied_to_register(REGISTER).entities, **DOCUMENTS, CANDIDATE.id: CANDIDATE}
    return made.applied_to_statements(statements, entities)


def test_without_decisions_statements_stay(schema: Schema) -> None:
    assert applied(judged(schema), sample(schema)) == sample(schema)


def test_statements_are_accepted_and_retracted(schema: Schema) -> None:
    accepted = applied(judged(schema, judgement(TIDE, "accept")), sample(schema))
    assert ("agency/alpha", "SUPPORTS", "program/tide", "accepted") in triples(accepted)
    rejected = applied(
        judged(schema, judgement(Claim("country/gd", "MEMBER_OF", "program/tide"), "reject")), sample(schema)
    )
    assert ("country/gd", "MEMBER_OF", "program/tide", "retracted") in triples(rejected)
    assert triples(rejected) ^ triples(sample(schema)) == {
        ("country/gd", "MEMBER_OF", "program/tide", "accepted"),
        ("country/gd", "MEMBER_OF", "program/tide", "retracted"),
    }


def test_curated_statements_stand(schema: Schema) -> None:
    curated = make_statement(
        schema, "agency/alpha", "SUPPORTS", "program/tide", evidence=[evidence(rule="curated"), evidence()]
    )
    assert applied(judged(schema, judgement(TIDE, "reject")), [curated]) == [curated]
    doubted = replace(curated, status="candidate")
    assert applied(judged(schema, judgement(TIDE, "accept")), [doubted]) == [curated]


def test_nothing_about_a_candidate_is_accepted(schema: Schema) -> None:
    claim = Claim("agency/alpha", "SUPPORTS", CANDIDATE.id)
    alone = applied(judged(schema, judgement(claim, "accept")), sample(schema))
    assert ("agency/alpha", "SUPPORTS", CANDIDATE.id, "candidate") in triples(alone)
    both = applied(judged(schema, judgement(claim, "accept"), judgement(HARBOUR, "accept")), sample(schema))
    assert ("agency/alpha", "SUPPORTS", "unit/harbour-unit", "accepted") in triples(both)
    given_out = [replace(s, status="accepted") for s in sample(schema)]
    assert not any(
        CANDIDATE.id in (s.subject, s.object) and s.status == "accepted"
        for s in applied(judged(schema), given_out)
    )


def test_statements_move_to_what_the_candidate_is(schema: Schema) -> None:
    moved = applied(judged(schema, judgement(HARBOUR, "accept")), sample(schema))
    assert triples(moved) == {
        ("agency/alpha", "SUPPORTS", "program/tide", "candidate"),
        ("agency/alpha", "SUPPORTS", "unit/harbour-unit", "candidate"),
        ("unit/harbour-unit", "ADDRESSES", "topic/gangs", "candidate"),
        (NOTE, "MENTIONS", "unit/harbour-unit", "accepted"),
        ("country/gd", "MEMBER_OF", "program/tide", "accepted"),
    }
    assert all(
        s.id == make_claim(schema, s.subject, s.predicate, s.object or "", s.qualifiers).id_in(schema)
        for s in moved
    )


def test_moved_statements_keep_to_the_schema(schema: Schema) -> None:
    country = triples(applied(judged(schema, judgement(HARBOUR, "merge", "country/gd")), sample(schema)))
    assert ("agency/alpha", "SUPPORTS", "country/gd", "candidate") in country
    assert not any(predicate == "ADDRESSES" for _, predicate, _, _ in country), "a country addresses nothing"
    alpha = triples(applied(judged(schema, judgement(HARBOUR, "merge", "agency/alpha")), sample(schema)))
    assert not any(subject == target for subject, _, target, _ in alpha), "nor does anyone support itself"


def test_a_rejected_name_takes_its_statements_along(schema: Schema) -> None:
    everywhere = applied(judged(schema, judgement(HARBOUR, "reject")), sample(schema))
    assert not any(CANDIDATE.id in (s.subject, s.object) for s in everywhere)
    here = applied(judged(schema, judgement(replace(HARBOUR, document=NOTE), "reject")), sample(schema))
    left = [s for s in here if CANDIDATE.id in (s.subject, s.object)]
    assert [s.documents for s in left] == [(OTHER,)]


def test_a_decision_for_one_document_moves_its_evidence_only(schema: Schema) -> None:
    made = judged(schema, judgement(replace(HARBOUR, document=NOTE), "merge", "program/tide"))
    said = {(s.subject, s.predicate, s.object): s.documents for s in applied(made, sample(schema))}
    assert said["agency/alpha", "SUPPORTS", "program/tide"] == (NOTE, OTHER)
    assert said["agency/alpha", "SUPPORTS", CANDIDATE.id] == (OTHER,)


def test_order_and_repetition_make_no_difference(schema: Schema) -> None:
    made = judged(schema, judgement(HARBOUR, "accept"), judgement(TIDE, "reject"))
    once = applied(made, sample(schema))
    assert applied(made, sample(schema)[::-1]) == once
    assert applied(made, once) == once
