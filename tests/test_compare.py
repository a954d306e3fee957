"""Extraction beside curated facts: what counts as found, as right, and as the same."""

import json
import os
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from cli.comparing import compare_documents, comparison_json, loaded_sources
from graph.captures import Capture, CaptureStore
from graph.records import ACCEPTED, CANDIDATE, Entity, Evidence, Statement, make_statement, merge
from graph.settings import Settings
from loaders.commitments import find_commitments
from loaders.compare import Comparison, Score, compare
from loaders.extract import Extraction, extract
from loaders.facts import CuratedFacts, read_facts
from loaders.figures import Figure
from loaders.naming import naming_statements
from loaders.reading import Reading, read_text
from loaders.register import Register, read_register
from loaders.text import SourceText, read_documents
from schema.errors import UsageError
from tests.commands import carisec
from tests.marked_texts import SCHEMA, source

DOCUMENT, OTHER = "document/notes", "document/other"


def say(subject: str, predicate: str, target: str, place: tuple[int, int] = (0, 9), **more: Any) -> Statement:
    document, status = more.pop("document", DOCUMENT), more.pop("status", ACCEPTED)
    evidence = [Evidence(document, *place, "0" * 64, more.pop("rule", "curated"))]
    return make_statement(
        SCHEMA, subject, predicate, target, qualifiers=more, status=status, evidence=evidence
    )


def curated(*statements: Statement, entities: tuple[Entity, ...] = ()) -> CuratedFacts:
    return CuratedFacts({e.id: e for e in entities}, statements, {})


def extraction(
    *statements: Statement, entities: tuple[Entity, ...] = (), figures: tuple[Figure, ...] = ()
) -> Extraction:
    values: dict[str, Any] = {field.name: () for field in fields(Extraction)}
    figured = tuple(figure.entity for figure in figures)
    values |= {"document": DOCUMENT, "statements": statements, "figures": figures}
    return Extraction(**{**values, "entities": (*entities, *figured)})


def both(facts: list[Statement], found: list[Statement]) -> Comparison:
    return compare(curated(*facts), [extraction(*found)])


def commitment(id_: str, **properties: str) -> Entity:
    return Entity(f"commitment/{id_}", ("Commitment",), id_, properties=properties)


def observation(id_: str, **properties: str) -> Entity:
    return Entity(f"observation/{id_}", ("Observation",), id_, properties=properties)


FUNDS = say("agency/a", "FUNDS", "unit/u")


def test_scores_count_found_and_right() -> None:
    comparison = both(
        [FUNDS, say("agency/a", "FUNDS", "unit/v"), say("agency/a", "USES", "program/p")],
        [FUNDS, say("agency/a", "FUNDS", "unit/w", (3, 7), rule="relation/funds@1")],
    )
    assert comparison.scores == {"FUNDS": Score(2, 1, 2, 1), "USES": Score(1, 0, 0, 0)}
    assert comparison.total == Score(3, 1, 2, 1)
    assert comparison.total.recall == pytest.approx(1 / 3)
    assert comparison.total.precision == 0.5
    assert [(c.predicate, c.target) for c in comparison.missed] == [
        ("FUNDS", "unit/v"),
        ("USES", "program/p"),
    ]
    assert [(c.target, c.start, c.end, c.rules) for c in comparison.new] == [
        ("unit/w", 3, 7, ("relation/funds@1",))
    ]


def test_nothing_curated_and_nothing_extracted_have_no_measure() -> None:
    assert Score(0, 0, 1, 0).recall is None
    assert Score(1, 0, 0, 0).precision is None


def test_symmetric_statements_are_the_same_both_ways() -> None:
    comparison = both(
        [say("agency/a", "COOPERATES_WITH", "agency/b")], [say("agency/b", "COOPERATES_WITH", "agency/a")]
    )
    assert comparison.total == Score(1, 1, 1, 1)


def test_summaries_and_derived_statements_are_outside() -> None:
    comparison = both([say("agency/a", "DESCRIBED_AS", "big")], [say(DOCUMENT, "MENTIONS", "agency/a")])
    assert comparison.total == Score(0, 0, 0, 0)


def test_a_triple_counts_once_and_qualifiers_apart() -> None:
    comparison = both(
        [
            say("country/x", "PARTICIPATED_IN", "event/e", role="host"),
            say("country/x", "PARTICIPATED_IN", "event/e", role="participant"),
        ],
        [say("country/x", "PARTICIPATED_IN", "event/e", role="participant", date="2031")],
    )
    assert comparison.total == Score(1, 1, 1, 1)
    assert comparison.qualifiers_compared == 2
    (deviation,) = comparison.deviations
    assert (deviation.name, deviation.curated, deviation.extracted) == ("date", None, "2031")
    assert deviation.about == "country/x PARTICIPATED_IN event/e"


def test_candidates_count_on_neither_side_but_are_told() -> None:
    doubtful = say("agency/a", "FUNDS", "unit/u", status=CANDIDATE)
    left = both([FUNDS], [doubtful])
    assert left.total == Score(1, 0, 0, 0)
    assert left.missed[0].doubtful
    right = both([doubtful], [FUNDS])
    assert right.total == Score(0, 0, 1, 0)
    assert right.new[0].doubtful


def test_each_document_is_compared_for_itself() -> None:
    elsewhere = say("agency/a", "FUNDS", "unit/u", document=OTHER)
    comparison = both([FUNDS, elsewhere], [FUNDS])
    assert comparison.documents == (DOCUMENT,)
    assert comparison.total == Score(1, 1, 1, 1)
    assert compare(curated(elsewhere), [extraction(FUNDS)]).documents == ()


def test_commitments_are_the_same_by_their_number() -> None:
    mine = commitment("2031-1-a", number="1.a", modality="commit", summary="Our words")
    theirs = commitment("notes-1-a", number="1.a", modality="agree", pillar="The words of the text")
    comparison = compare(
        curated(say("dialogue/d", "COMMITS_TO", mine.id), entities=(mine,)),
        [extraction(say("dialogue/d", "COMMITS_TO", theirs.id), entities=(theirs,))],
    )
    assert comparison.total == Score(1, 1, 1, 1)
    assert [(d.about, d.name, d.curated, d.extracted) for d in comparison.deviations] == [
        (mine.id, "modality", "commit", "agree")
    ]


def test_a_commitment_of_another_document_is_another() -> None:
    mine = commitment("2031-1-a", number="1.a")
    theirs = commitment("notes-1-a", number="1.a")
    facts = [say("dialogue/d", "COMMITS_TO", mine.id, document=OTHER), FUNDS]
    comparison = compare(
        curated(*facts, entities=(mine,)),
        [extraction(say("dialogue/d", "COMMITS_TO", theirs.id), entities=(theirs,))],
    )
    assert comparison.scores["COMMITS_TO"] == Score(0, 0, 1, 0)


@pytest.mark.parametrize(
    ("value", "place", "same"),
    [("12", (0, 9), True), ("12.0", (5, 30), True), ("13", (0, 9), False), ("12", (20, 30), False)],
)
def test_observations_are_the_same_by_value_and_clause(
    value: str, place: tuple[int, int], *, same: bool
) -> None:
    mine = observation("o", value="12", unit="nets", rounding="exact")
    theirs = observation("notes-1", value=value, unit="nets")
    comparison = compare(
        curated(say("agency/a", "RESULTED_IN", mine.id, (0, 9)), entities=(mine,)),
        [
            extraction(
                say("agency/a", "RESULTED_IN", theirs.id, place),
                figures=(Figure(theirs, *place, ("agency/a",)),),
            )
        ],
    )
    assert comparison.total == Score(1, int(same), 1, int(same))
    assert comparison.deviations == ()


def test_what_is_described_is_the_same_by_what_is_said_of_it_in_the_clause() -> None:
    meeting = Entity("event/notes-meeting", ("Event",), "meeting")
    facts = curated(
        say("igo/rss", "PARTICIPATED_IN", "event/tide-meeting", (0, 20)),
        say("event/tide-meeting", "HELD_IN", "country/bb", (30, 40)),
    )
    found = [
        say("igo/rss", "PARTICIPATED_IN", meeting.id, (5, 20)),
        say(meeting.id, "HELD_IN", "country/bb", (60, 70)),
    ]
    same = compare(facts, [extraction(*found, entities=(meeting,))])
    assert (same.total.found, same.total.right) == (2, 2)
    elsewhere = [say("igo/rss", "PARTICIPATED_IN", meeting.id, (25, 29)), found[1]]
    assert compare(facts, [extraction(*elsewhere, entities=(meeting,))]).total.found == 0
    # Where the extraction says it of the curated one too, the meeting is something else.
    both_said = [say("igo/rss", "PARTICIPATED_IN", "event/tide-meeting", (0, 20)), *found]
    other = compare(facts, [extraction(*both_said, entities=(meeting,))])
    assert (other.total.found, other.total.extracted) == (1, 3)


def test_a_name_is_never_taken_for_another() -> None:
    facts = [say("igo/rss", "PARTICIPATED_IN", "event/tide-meeting", (0, 20))]
    assert both(facts, [say("igo/rss", "PARTICIPATED_IN", "event/cansec-2023", (0, 20))]).total.found == 0


def test_literals_are_compared_by_their_canonical_value() -> None:
    comparison = both(
        [say("event/e", "HELD_ON", "2031-02")],
        [say("event/e", "HELD_ON", "2031-02"), say("event/e", "HELD_ON", "2031")],
    )
    assert comparison.total == Score(1, 1, 2, 1)


def test_the_record_of_a_comparison() -> None:
    record = comparison_json(both([FUNDS], [say("agency/a", "USES", "program/p", rule="relation/uses@1")]))
    assert record["total"] == {
        "curated": 1,
        "found": 0,
        "recall": 0.0,
        "extracted": 1,
        "right": 0,
        "precision": 0.0,
    }
    assert record["predicates"]["USES"]["recall"] is None
    assert record["new"][0]["rules"] == ["relation/uses@1"]
    assert json.loads(json.dumps(record)) == record


def test_documents_without_curated_facts_cannot_be_compared() -> None:
    with pytest.raises(UsageError, match="curated facts"):
        compare_documents([source("It rained.")], read_register(SCHEMA), SCHEMA, as_json=False)


def test_rules_find_the_pledges_of_the_source_documents(corpus: Path) -> None:
    register = read_register(SCHEMA)
    facts = read_facts(SCHEMA, register)
    sources = read_documents([corpus], register).sources
    comparison = compare(facts, (pledges_and_names(s, register) for s in sources))
    for predicate in ("INVOLVES", "NAMED_AS"):
        score = comparison.scores[predicate]
        assert score.recall is not None
        assert score.precision is not None
        assert (score.recall >= 0.75, score.precision >= 0.9) == (True, True), predicate
    numbers = {e.properties["number"] for e in facts.entities.values() if e.type == "Commitment"}
    found = {e.properties["number"] for s in sources for e in find_commitments(text_of(s, register))[0]}
    assert found == numbers


def test_extraction_alone_finds_most_of_what_is_curated(corpus: Path) -> None:
    register = read_register(SCHEMA)
    facts = read_facts(SCHEMA, register)
    sources = read_documents([corpus], register).sources
    total = compare(facts, (extract(source, register, SCHEMA) for source in sources)).total
    assert total.recall is not None
    assert total.precision is not None
    assert (total.recall >= 0.7, total.precision >= 0.95) == (True, True), total


def text_of(document: SourceText, register: Register) -> Reading:
    return read_text(document, register, SCHEMA)


def pledges_and_names(document: SourceText, register: Register) -> Extraction:
    """Only these, so that a measure says which rules it is about."""
    reading = text_of(document, register)
    entities, statements = find_commitments(reading)
    everything = merge([*statements, *naming_statements(reading)])
    return replace(extraction(*everything, entities=tuple(entities)), document=document.entity.id)


def test_the_command_prints_a_table_or_a_record(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = read_register(SCHEMA)
    sources = read_documents([corpus / "2020-10-28-ninth-dialogue.txt"], register).sources
    compare_documents(sources, register, SCHEMA, as_json=True)
    record = json.loads(capsys.readouterr().out)
    assert record["documents"] == ["document/2020-10-28-ninth-dialogue"]
    compare_documents(sources, register, SCHEMA, as_json=False)
    printed = capsys.readouterr().out
    assert "DESCRIBED_AS" in printed
    assert f"missed: {len(record['missed'])}" in printed
    assert "HAS_THEME" in printed


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["extract"], "name one or more files"), (["extract", "--compare"], "curated facts")],
)
def test_calls_without_documents_are_refused(tmp_path: Path, arguments: list[str], message: str) -> None:
    done = carisec({**os.environ, "CARISEC_DATA_DIR": str(tmp_path)}, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr


def test_documents_that_were_loaded_are_read_from_their_captures(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert loaded_sources(settings) == []
    document = source("It rained.")
    with (
        CaptureStore(tmp_path).locked(),
        CaptureStore(tmp_path).replaced({DOCUMENT: Capture(document.entity, document.text)}),
    ):
        pass
    assert [(s.text, s.entity.id) for s in loaded_sources(settings)] == [("It rained.", DOCUMENT)]
