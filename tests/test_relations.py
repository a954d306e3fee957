"""Relation rules: each finds what its own examples say, and nothing that is not said."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.records import ACCEPTED, MENTIONS, text_hash
from loaders.extract import extract
from loaders.rulebook import RULES, Example, Rule, relation_rules
from loaders.verbs import act, verb
from schema.errors import DataError
from tests.marked_texts import SCHEMA, marked, run, said
from tests.sentences import statements, written

CASES = [
    pytest.param(rule, example, id=f"{rule.id}-{number}")
    for rule in relation_rules()
    for number, example in enumerate(rule.examples)
]


def triples(text: str, **properties: str) -> set[tuple[str, str, str | None]]:
    """Accepted statements without mentions, as ids."""
    found = run(text, **properties).statements
    return {
        (s.subject, s.predicate, s.object) for s in found if s.status == ACCEPTED and s.predicate != MENTIONS
    }


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_every_rule_finds_what_its_examples_say(rule: Rule, example: Example) -> None:
    document, entities = marked(example.text)
    names = {key: e.name for key, e in entities.entities.items()}
    found = [
        s
        for s in extract(document, entities, SCHEMA).statements
        if any(evidence.rule == rule.name for evidence in s.evidence)
    ]
    assert sorted(written(s, names) for s in found) == sorted(example.gives)


def test_every_rule_is_tried_both_ways() -> None:
    rules = relation_rules()
    assert len(rules) > 20
    one_sided = [
        r.id for r in rules if not any(e.gives for e in r.examples) or all(e.gives for e in r.examples)
    ]
    assert one_sided == []
    assert all(0 < rule.confidence <= 1 and rule.predicate in SCHEMA.predicates for rule in rules)


@pytest.mark.parametrize(
    "text",
    [
        "The boats of the [Harbour Agency](Agency) supported the [Reef Unit](Unit).",
        "If the [Harbour Agency](Agency) supports the [Reef Unit](Unit), all is well.",
        "Nobody says that the [Harbour Agency](Agency) will never support the [Reef Unit](Unit).",
        "The [Harbour Agency](Agency) praised the [Tide Council](IntergovernmentalOrganization) and "
        "[Tidelandia](Country) and the sea launched the ship.",
        "[Tidelandia](Country) hosts the [Harbour Agency](Agency).",
        "In the [First Tide Conference](Event) report, [Tidelandia](Country) stands first.",
        "# The [Harbour Agency](Agency) Supports the [Reef Unit](Unit)",
    ],
)
def test_what_is_not_said_is_not_found(text: str) -> None:
    assert triples(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Has Tidelandia signed the Reef Treaty?",
        "Ada Kelp claims that Tidelandia signed the Reef Treaty.",
        "If Tidelandia signed the Reef Treaty, all is well.",
        "Tidelandia may sign the Reef Treaty.",
        "Tidelandia wants to sign the Reef Treaty.",
    ],
)
def test_what_is_asked_claimed_or_possible_is_no_accepted_statement(text: str) -> None:
    assert statements(text) in ([], ["Tidelandia | SIGNED | Reef Treaty | candidate"])


@pytest.mark.parametrize(
    "text",
    [
        "Tidelandia has not yet signed the Reef Treaty.",
        "Tidelandia refused to sign the Reef Treaty.",
        "Tidelandia was unable to sign the Reef Treaty.",
        "Tidelandia withdrew from the Tide Council.",
        "No officer of Tidelandia attended the First Tide Conference.",
        "Ada Kelp, who was not Director of the Harbour Agency, spoke.",
        "A ship from Tidelandia struck the Harbour Agency.",
        "It is not true that Tidelandia signed the Reef Treaty.",
        "Neither Tidelandia nor Reefland signed the Reef Treaty.",
        "Tidelandia nearly signed the Reef Treaty.",
        "The Harbour Agency stopped supporting the Reef Unit.",
    ],
)
def test_what_is_denied_is_not_found(text: str) -> None:
    assert statements(text) == []


def test_of_one_or_another_it_is_not_sure_which() -> None:
    assert statements("Tidelandia or Reefland signed the Reef Treaty.") == [
        "Reefland | SIGNED | Reef Treaty | candidate",
        "Tidelandia | SIGNED | Reef Treaty | candidate",
    ]


SAID: dict[str, list[str]] = {
    "Tidelandia and Reefland joined the Tide Council and the Reef Partnership respectively.": [
        "Reefland | MEMBER_OF | Reef Partnership",
        "Tidelandia | MEMBER_OF | Tide Council",
    ],
    "Tidelandia and Reefland joined the Tide Council and the Reef Partnership.": [
        "Reefland | MEMBER_OF | Reef Partnership",
        "Reefland | MEMBER_OF | Tide Council",
        "Tidelandia | MEMBER_OF | Reef Partnership",
        "Tidelandia | MEMBER_OF | Tide Council",
    ],
    "Ada Kelp, Director of the Harbour Agency, and Bo Ray, Director of the Wave Agency, met.": [
        "Ada Kelp | HOLDS_POSITION | Harbour Agency | title=Director",
        "Bo Ray | HOLDS_POSITION | Wave Agency | title=Director",
    ],
    "Harbour Agency Deputy Director Ada Kelp met Bo Ray.": [
        "Ada Kelp | HOLDS_POSITION | Harbour Agency | title=Deputy Director",
    ],
    "The First Tide Conference was attended by officials of Tidelandia, Reefland, and Kelpia.": [
        "Kelpia | PARTICIPATED_IN | First Tide Conference | role=participant",
        "Reefland | PARTICIPATED_IN | First Tide Conference | role=participant",
        "Tidelandia | PARTICIPATED_IN | First Tide Conference | role=participant",
    ],
    "Agencies, including the Harbour Agency and the Wave Agency, support the Reef Unit.": [
        "Harbour Agency | SUPPORTS | Reef Unit",
        "Wave Agency | SUPPORTS | Reef Unit",
    ],
    "Operation Surge was led by the Harbour Agency.": ["Harbour Agency | CONDUCTED | Operation Surge"],
    "The Harbour Agency’s Reef Unit met.": ["Reef Unit | PART_OF | Harbour Agency"],
    "The Reef Unit, part of the Harbour Agency, met.": ["Reef Unit | PART_OF | Harbour Agency"],
    "“Tidelandia joined the Tide Council,” said Ada Kelp.": ["Tidelandia | MEMBER_OF | Tide Council"],
}


@pytest.mark.parametrize(("text", "wanted"), SAID.items())
def test_what_is_said_is_found_and_nothing_else(text: str, wanted: list[str]) -> None:
    assert statements(text) == wanted


def test_evidence_is_the_sentence_with_its_hash_and_rule() -> None:
    text = "It rained. The [Harbour Agency](Agency) supports\nthe [Reef Unit](Unit). It rained again."
    document, entities = marked(text)
    (statement,) = said(extract(document, entities, SCHEMA), "SUPPORTS")
    (evidence,) = statement.evidence
    assert document.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.quote == "The Harbour Agency supports\nthe Reef Unit."
    assert evidence.sha256 == text_hash(evidence.quote)
    assert evidence.verified
    assert evidence.document == "document/notes"
    assert evidence.rule == "relation/supports@1"


def test_the_same_statement_twice_has_two_evidences() -> None:
    text = "The [Harbour Agency](Agency) supports the [Reef Unit](Unit). "
    (statement,) = said(run(text * 2), "SUPPORTS")
    assert len(statement.evidence) == 2


def test_a_list_after_an_adverbial_is_the_subject_without_the_place() -> None:
    text = (
        "In [Tidelandia](Country), the [Harbour Agency](Agency), the [Wave Agency](Agency) and "
        "[Reefland](Country) signed the [Reef Treaty](Instrument)."
    )
    assert {subject for subject, _, _ in triples(text)} == {
        "agency/harbour-agency",
        "agency/wave-agency",
        "country/reefland",
    }


def test_an_acronym_in_parentheses_and_a_general_noun_belong_to_the_name() -> None:
    text = "The [Tidelandia](Country) government (TG) runs the [Wave Register](Program) system (WR) well."
    assert triples(text) == {("country/tidelandia", "OPERATES", "program/wave-register")}


@pytest.mark.parametrize(
    ("before", "form", "passive", "wanted"),
    [
        ("", "launched", False, "done"),
        ("has also jointly", "launched", False, "done"),
        ("will", "launch", False, "planned"),
        ("was expected to", "launch", False, "expected"),
        ("was urged to", "launch", False, "urged"),
        ("might", "launch", False, "doubtful"),
        ("did not", "launch", False, "denied"),
        ("was", "launched", False, None),
        ("", "launching", False, None),
        ("is", "launching", False, "done"),
        ("continues to", "launch", False, "done"),
        ("was formally", "launched", True, "done"),
        ("will be", "launched", True, "planned"),
        ("has never been", "launched", True, "denied"),
        ("has", "launched", True, None),
    ],
)
def test_what_stands_before_a_verb_tells_how_the_act_stands(
    before: str, form: str, passive: bool, wanted: str | None
) -> None:
    assert act(before.split(), verb("launch").kinds(form), passive=passive) == wanted


def test_verb_forms() -> None:
    assert verb("carry out").forms == (
        "carry out",
        "carries out",
        "carried out",
        "carried out",
        "carrying out",
    )
    assert verb("co-host").past == "co-hosted"
    assert verb("undertake").participle == "undertaken"
    assert (verb("plan").past, verb("agree").past, verb("agree").ing) == ("planned", "agreed", "agreeing")


GOOD_RULE = {
    "id": "a-rule",
    "version": "2",
    "description": "Somebody helps.",
    "predicate": "SUPPORTS",
    "when": "[{verb: [help], subject: agent, object: patient}]",
    "confidence": "0.9",
    "examples": "[{text: Nothing., gives: []}]",
}


def written_rules(folder: Path, *rules: Mapping[str, str]) -> Path:
    """A folder with one file of these rules, a key a line."""
    blocks = ["\n  ".join(f"{key}: {value}" for key, value in rule.items() if value) for rule in rules]
    (folder / "rules.yaml").write_text("".join(f"- {block}\n" for block in blocks), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("key", "value", "message", "mend"),
    [
        ("predicate", "SUPORTS", "there is no predicate SUPORTS", "SUPPORTS"),
        ("subjects", "[Agencies]", "Agencies is none of", "Agency"),
        ("objects", "[Contry]", "Contry is none of", "Country"),
        ("through", "[peoples]", "peoples is none of", "people"),
        ("qualifiers", "{amounts: $amount}", "there is no qualifier amounts", "amount"),
        ("qualifiers", "{date: soon}", "date", "$date"),
        ("when", "[{subject: agent, object: patient}]", "has none of verb, noun, is, named", "verb:"),
        ("when", "[{verb: [help], subject: agent}]", "lacks subject or object", "mutual"),
        ("when", "[{verb: [help], object: patient}]", "lacks subject or object", "mutual"),
        ("when", "[{verb: [help], subject: 'Agent!', object: patient}]", "is no step of a path", "paths.py"),
        ("when", "[{verb: [help], subject: agent..of, object: patient}]", "is no step of a path", "paths.py"),
        ("when", "[{verbs: [help], subject: agent, object: patient}]", "unknown key verbs", "verb"),
        ("id", "A Rule", "is no id of a rule", "lower case"),
        ("surprise", "1", "unknown key surprise", "predicate"),
        ("when", "", "has no when", "add when"),
        ("confidence", "", "has no confidence", "add confidence"),
        ("confidence", "much", "much", "write it"),
    ],
)
def test_a_bad_rule_is_told_with_its_place_and_its_mend(
    tmp_path: Path, key: str, value: str, message: str, mend: str
) -> None:
    bad = {**GOOD_RULE, key: value}
    with pytest.raises(DataError) as caught:
        relation_rules(written_rules(tmp_path, GOOD_RULE | {"id": "another"}, bad))
    first = len(GOOD_RULE) + 1  # the line of the second rule
    lines = {first, first + list(bad).index(key)} if value else {first}
    (fault, *_) = [f for f in caught.value.faults if message in f.message]
    assert fault.file.endswith("rules.yaml")
    assert fault.line in lines
    assert mend in fault.mend
    assert fault.mend


def test_two_rules_of_one_id_are_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="the rule a-rule stands there twice"):
        relation_rules(written_rules(tmp_path, GOOD_RULE, GOOD_RULE))


def test_a_rule_is_read_as_it_is_written(tmp_path: Path) -> None:
    when = "[{verb: [help], having: [boat], subject: [agent, with.of], object: patient, passive: false}]"
    (rule,) = relation_rules(written_rules(tmp_path, {**GOOD_RULE, "when": when, "subjects": "[Agency]"}))
    (way,) = rule.when
    assert rule.name == "relation/a-rule@2"
    assert rule.subjects == {"Agency"}
    assert rule.objects == set(SCHEMA.predicates["SUPPORTS"].range)
    assert (way.kind, way.passive) == ("verb", False)
    assert (sorted(way.words), sorted(way.having)) == (["help"], ["boat"])
    assert [path.text for path in way.subject] == ["agent", "with.of"]


def test_rules_have_stable_ids_and_no_doubles() -> None:
    ids = [rule.id for rule in relation_rules(RULES)]
    assert len(set(ids)) == len(ids)
