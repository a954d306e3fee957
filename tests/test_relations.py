"""Relation rules: each finds what its own examples say, and nothing that is not said."""

from pathlib import Path

import pytest

from graph.records import ACCEPTED, Statement, text_hash
from loaders.extract import MENTIONS, extract
from loaders.rulebook import RULES, Example, Rule, relation_rules
from loaders.verbs import act, verb
from schema.errors import DataError
from tests.marked_texts import SCHEMA, marked, run, said

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


def written(statement: Statement, names: dict[str, str]) -> str:
    """A statement as the examples of the rules write it."""
    extra = [f"{name}={value}" for name, value in statement.qualifiers.items()]
    extra += [] if statement.status == ACCEPTED else ["candidate"]
    words = [
        names[statement.subject],
        statement.predicate,
        names[statement.object] if statement.object else str(statement.value),
    ]
    return " | ".join([*words, *([", ".join(sorted(extra))] if extra else [])])


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


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("predicate: HELPS", "there is no predicate HELPS"),
        ("subject: [Agencies]", "there is no type Agencies"),
        ('patterns: ["{S} {active}"]', "lacks {S} or {O}"),
        ('patterns: ["{S} {actively} {O}"]', "there is no {actively}"),
        ("qualifiers: {colour: red}", "there is no qualifier colour"),
        ("qualifiers: {date: soon}", "date"),
        ("verbs: []", "neither verbs nor triggers"),
        ("surprise: 1", "unknown key surprise"),
    ],
)
def test_a_bad_rule_is_told_with_its_place(tmp_path: Path, line: str, message: str) -> None:
    rule = {
        "id": "id: a-rule",
        "description": "description: Somebody helps.",
        "predicate": "predicate: SUPPORTS",
        "verbs": "verbs: [help]",
        "patterns": 'patterns: ["{S} {active} {O}"]',
        "confidence": "confidence: 0.9",
        "examples": "examples: [{text: Nothing., gives: []}]",
    }
    rule[line.partition(":")[0]] = line
    lines = "\n  ".join(rule.values())
    (tmp_path / "rules.yaml").write_text(f"- {lines}\n")
    with pytest.raises(DataError) as caught:
        relation_rules(tmp_path)
    assert message in str(caught.value)
    assert all(fault.file.endswith("rules.yaml") and fault.line for fault in caught.value.faults)


def test_rules_have_stable_ids_and_no_doubles() -> None:
    ids = [rule.id for rule in relation_rules(RULES)]
    assert len(set(ids)) == len(ids)
