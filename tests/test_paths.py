"""The path language of the rules: each path leads to what it says, and to nothing else."""

from pathlib import Path as File

import pytest

from graph.records import ACCEPTED, CANDIDATE
from loaders.paths import read_path
from loaders.relations import NearMiss, Relation, RuleBook
from loaders.rulebook import relation_rules
from tests.sentences import KNOWN, sentence, statements

SUPPORTS = {"id": "tried", "description": "A rule.", "predicate": "SUPPORTS", "confidence": "0.9"}


class Tried:
    """A rule of its own file, tried on sentences."""

    def __init__(self, folder: File, way: str, **keys: str) -> None:
        lines = {**SUPPORTS, "when": f"[{{{way}}}]", "examples": "[{text: Words., gives: []}]", **keys}
        (folder / "rules.yaml").write_text("- " + "\n  ".join(f"{k}: {v}" for k, v in lines.items()) + "\n")
        self._book = RuleBook(relation_rules(folder))

    def relations(self, text: str, near: list[NearMiss] | None = None) -> list[Relation]:
        return self._book.find(sentence(text), near)

    def pairs(self, text: str) -> list[str]:
        """`subject > object` of each finding, sorted."""
        names = {key: entity.name for key, entity in KNOWN.entities.items()}
        found = self.relations(text)
        return sorted(f"{names[r.subject]} > {names.get(r.object, r.object)}" for r in found)


@pytest.mark.parametrize(
    ("way", "text", "wanted"),
    [
        (
            "verb: [help], subject: agent, object: patient",
            "The Harbour Agency helps the Reef Unit.",
            ["Harbour Agency > Reef Unit"],
        ),
        (
            "verb: [help], subject: agent, object: patient",
            "The Reef Unit was helped by the Harbour Agency.",
            ["Harbour Agency > Reef Unit"],
        ),
        (
            "verb: [help], subject: agent, object: patient, passive: true",
            "The Harbour Agency helps the Reef Unit.",
            [],
        ),
        (
            "verb: [help], subject: agent, object: patient, passive: false",
            "The Reef Unit was helped by the Harbour Agency.",
            [],
        ),
        (
            "verb: [work], subject: agent, object: with|alongside",
            "Tidelandia worked alongside Reefland.",
            ["Tidelandia > Reefland"],
        ),
        ("verb: [work], subject: agent, object: with", "Tidelandia worked against Reefland.", []),
        (
            "verb: [hold], subject: agent, object: 'in:partnership|alliance.with'",
            "Tidelandia held it in partnership with Reefland.",
            ["Tidelandia > Reefland"],
        ),
        (
            "verb: [hold], subject: agent, object: 'in:partnership|alliance.with'",
            "Tidelandia held it in contrast with Reefland.",
            [],
        ),
        (
            "verb: [help], subject: agent, object: [under, patient]",
            "Tidelandia helped Reefland under the Reef Partnership.",
            ["Tidelandia > Reef Partnership"],
        ),
        (
            "verb: [help], subject: agent, object: [under, patient]",
            "Tidelandia helped Reefland.",
            ["Tidelandia > Reefland"],
        ),
        (
            "verb: [cooperate], mutual: agent",
            "Tidelandia, Reefland and Kelpia cooperate.",
            ["Reefland > Kelpia", "Tidelandia > Kelpia", "Tidelandia > Reefland"],
        ),
        ("verb: [cooperate], mutual: agent", "Tidelandia cooperates.", []),
        (
            "noun: [support, help], subject: [of, possessor, from], object: for|to",
            "Tidelandia’s support for the Reef Unit grew.",
            ["Tidelandia > Reef Unit"],
        ),
        (
            "noun: [support, help], subject: [of, possessor, from], object: for|to",
            "No support of Tidelandia for the Reef Unit came.",
            [],
        ),
        (
            "is: [partner], subject: subject, object: of",
            "The Harbour Agency is a partner of the Reef Unit.",
            ["Harbour Agency > Reef Unit"],
        ),
        (
            "is: [partner], subject: subject, object: of",
            "The Harbour Agency, a partner of the Reef Unit, met.",
            ["Harbour Agency > Reef Unit"],
        ),
        (
            "is: [partner], subject: subject, object: of",
            "The Harbour Agency serves as a partner of the Reef Unit.",
            ["Harbour Agency > Reef Unit"],
        ),
        (
            "is: [partner], subject: subject, object: of",
            "The Harbour Agency is not a partner of the Reef Unit.",
            [],
        ),
        (
            "is: [partner], subject: subject, object: of",
            "The Harbour Agency met a partner of the Reef Unit.",
            [],
        ),
        (
            "named: [any], subject: possessor, object: self",
            "Tidelandia’s Reef Unit met.",
            ["Tidelandia > Reef Unit"],
        ),
        (
            "named: [any], subject: modifier, object: self",
            "The Tidelandia Reef Unit met.",
            ["Tidelandia > Reef Unit"],
        ),
        (
            "verb: [meet], having: [officer], subject: agent, object: patient.of",
            "Tidelandia met officers of the Reef Unit.",
            ["Tidelandia > Reef Unit"],
        ),
        (
            "verb: [meet], having: [officer], subject: agent, object: patient.of",
            "Tidelandia met friends of the Reef Unit.",
            [],
        ),
        (
            "noun: [agency], subject: includes, object: of",
            "Agencies of Tidelandia, including the Harbour Agency, met.",
            [],
        ),
        (
            "verb: [gather], subject: agent, object: event",
            "At the First Tide Conference, Tidelandia gathered.",
            ["Tidelandia > First Tide Conference"],
        ),
        (
            "verb: [gather], subject: agent, object: event",
            "At the First Tide Conference, Tidelandia gathered shells.",
            [],
        ),
    ],
)
def test_a_path_leads_to_its_argument(tmp_path: File, way: str, text: str, wanted: list[str]) -> None:
    assert Tried(tmp_path, way, subjects="[Entity]", objects="[Entity]").pairs(text) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "through", "wanted"),
    [
        ("Officers of the Harbour Agency helped the Reef Unit.", "[]", []),
        (
            "Officers of the Harbour Agency helped the Reef Unit.",
            "[people]",
            ["Harbour Agency > Reef Unit"],
        ),
        ("Officers of Tidelandia helped the Reef Unit.", "[people]", []),
        ("Officers of Tidelandia helped the Reef Unit.", "[nationals]", ["Tidelandia > Reef Unit"]),
        ("A branch of the Harbour Agency helped the Reef Unit.", "[people]", []),
        ("A branch of the Harbour Agency helped the Reef Unit.", "[parts]", ["Harbour Agency > Reef Unit"]),
        ("The Government of Tidelandia helped the Reef Unit.", "[]", ["Tidelandia > Reef Unit"]),
        ("The ships of Tidelandia helped the Reef Unit.", "[people, nationals, parts]", []),
    ],
)
def test_who_stands_for_a_body_is_for_the_rule_to_say(
    tmp_path: File, text: str, through: str, wanted: list[str]
) -> None:
    way = "verb: [help], subject: agent, object: patient"
    tried = Tried(tmp_path, way, subjects="[Organization, Country]", objects="[Unit]", through=through)
    assert tried.pairs(text) == wanted


def test_who_stands_for_a_body_is_less_sure_than_the_body(tmp_path: File) -> None:
    tried = Tried(tmp_path, "verb: [help], subject: agent, object: patient", through="[people]")
    (itself,) = tried.relations("The Harbour Agency helped the Reef Unit.")
    (officers,) = tried.relations("Officers of the Harbour Agency helped the Reef Unit.")
    assert itself.confidence == 0.9
    assert 0.75 < officers.confidence < 0.9


def test_types_of_the_arguments_decide(tmp_path: File) -> None:
    way = "verb: [help], subject: agent, object: patient"
    tried = Tried(tmp_path, way, subjects="[Agency]", objects="[Unit]")
    assert tried.pairs("The Harbour Agency and Tidelandia helped the Reef Unit and Ada Kelp.") == [
        "Harbour Agency > Reef Unit"
    ]


@pytest.mark.parametrize(
    ("text", "status", "qualifier"),
    [
        ("The Harbour Agency helped the Reef Unit.", ACCEPTED, None),
        ("The Harbour Agency will help the Reef Unit.", ACCEPTED, "planned"),
        ("The Harbour Agency is expected to help the Reef Unit.", ACCEPTED, "expected"),
        ("The Harbour Agency was urged to help the Reef Unit.", ACCEPTED, "urged"),
        ("The Harbour Agency may help the Reef Unit.", CANDIDATE, None),
        ("Ada Kelp claims that the Harbour Agency helped the Reef Unit.", CANDIDATE, None),
    ],
)
def test_how_an_act_stands_is_told(tmp_path: File, text: str, status: str, qualifier: str | None) -> None:
    tried = Tried(tmp_path, "verb: [help], subject: agent, object: patient")
    (relation,) = tried.relations(text)
    assert (relation.status, relation.qualifiers.get("status")) == (status, qualifier)


def test_what_is_only_meant_to_be_done_counts_where_the_rule_says_so(tmp_path: File) -> None:
    text = "Tidelandia founded the Harbour Agency to help the Reef Unit."
    way = "verb: [help], subject: agent, object: patient"
    assert Tried(tmp_path, way).pairs(text) == []
    (tmp_path / "meant").mkdir()
    assert Tried(tmp_path / "meant", f"{way}, purpose: true").pairs(text) != []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("On 3 May 2022 Tidelandia helped the Reef Unit.", "2022-05-03"),
        ("Tidelandia helped the Reef Unit from 2019 to 2021.", "2019/2021"),
        ("Tidelandia helped the Reef Unit before 2020.", None),
        ("Tidelandia helped the Reef Unit until May 2021.", None),
        ("Tidelandia helped the Reef Unit on 3 May 2021 and on 4 June 2022.", None),
        ("Tidelandia helped the Reef Unit, and Reefland joined the Tide Council in 2021.", None),
    ],
)
def test_the_date_of_an_act(tmp_path: File, text: str, date: str | None) -> None:
    tried = Tried(tmp_path, "verb: [help], subject: agent, object: patient", qualifiers="{date: $date}")
    (relation,) = tried.relations(text)
    assert relation.qualifiers.get("date") == date


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The Harbour Agency did not help the Reef Unit.", "denied"),
        ("The Harbour Agency worked to help.", "no Unit as object at patient"),
        ("Ada Kelp helped the Reef Unit.", "no Agency as subject at agent"),
        ("Tidelandia founded the Harbour Agency to help the Reef Unit.", "meant"),
    ],
)
def test_what_nearly_fired_is_told_with_the_reason(tmp_path: File, text: str, why: str) -> None:
    way = "verb: [help], subject: agent, object: patient"
    near: list[NearMiss] = []
    assert Tried(tmp_path, way, subjects="[Agency]", objects="[Unit]").relations(text, near) == []
    (miss,) = near
    assert (miss.rule, miss.word) == ("relation/tried@1", "help")
    assert why in miss.why


def test_nothing_is_told_of_a_rule_whose_word_does_not_stand_there(tmp_path: File) -> None:
    near: list[NearMiss] = []
    tried = Tried(tmp_path, "verb: [help], subject: agent, object: patient")
    tried.relations("The Harbour Agency praised the Reef Unit.", near)
    assert near == []


def test_a_path_is_read_step_by_step() -> None:
    path = read_path("in:partnership|alliances.of|from")
    assert path.first == "in"
    assert [step.names for step in path.steps] == [("in",), ("of", "from")]
    assert sorted(path.steps[0].nouns) == ["alliance", "partnership"]
    assert path.steps[1].nouns == frozenset()


@pytest.mark.parametrize("text", ["", "Agent", "agent.", ".of", "of:", "in:a|", "of of!", "1"])
def test_what_is_no_path_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no step of a path"):
        read_path(text)


@pytest.mark.parametrize(
    ("text", "mend"),
    [("agnet.of", "did you mean agent"), ("agent.off of", "no preposition"), ("wihtin", "within")],
)
def test_a_step_that_leads_nowhere_is_refused(text: str, mend: str) -> None:
    with pytest.raises(ValueError, match=mend):
        read_path(text)


def test_the_finding_that_says_more_counts() -> None:
    assert statements("Tidelandia funds the Reef Unit with $10 million.") == [
        "Tidelandia | FUNDS | Reef Unit | amount=10000000 USD"
    ]
