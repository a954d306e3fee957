"""What short forms and pronouns stand for over several sentences; where two things fit, nothing is said."""

import pytest

from loaders.extract import Extraction, extract
from tests.marked_texts import SCHEMA, said, source
from tests.sentences import KNOWN, statements, written

BOTH_SIGNED = ["Reefland | SIGNED | Reef Treaty", "Tidelandia | SIGNED | Reef Treaty"]
UNIT_SUPPORTS = ["Reef Unit | SUPPORTS | Tidelandia"]
BOTH_SUPPORT = ["Harbour Agency | SUPPORTS | Reef Unit", "Wave Agency | SUPPORTS | Reef Unit"]
ADA_SPOKE = ["Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=speaker"]

RESOLVED: dict[str, dict[str, list[str]]] = {
    "a definite short form": {
        "Ada Kelp praised the Reef Unit. The Unit supports Tidelandia.": UNIT_SUPPORTS,
        "Ada Kelp praised the Reef Unit. This unit supports Tidelandia.": UNIT_SUPPORTS,
        "Operation Surge began. The operation was led by the Harbour Agency.": [
            "Harbour Agency | CONDUCTED | Operation Surge"
        ],
        "The Reef Treaty matters. Tidelandia signed the treaty.": ["Tidelandia | SIGNED | Reef Treaty"],
        "The First Tide Conference ended. Ada Kelp spoke at the conference.": ADA_SPOKE,
        "The First Tide Conference ended. Ada Kelp spoke at the meeting.": ADA_SPOKE,
    },
    "two countries or bodies": {
        "Tidelandia and Reefland met. The two countries signed the Reef Treaty.": BOTH_SIGNED,
        "Tidelandia and Reefland met. Both nations signed the Reef Treaty.": BOTH_SIGNED,
        "Tidelandia and Reefland met. The two governments signed the Reef Treaty.": BOTH_SIGNED,
        "The Harbour Agency and the Wave Agency met. The two agencies support the Reef Unit.": BOTH_SUPPORT,
    },
    "a pronoun": {
        "Ada Kelp arrived. She spoke at the First Tide Conference.": ADA_SPOKE,
        "The Harbour Agency met Ada Kelp. It supports the Reef Unit.": BOTH_SUPPORT[:1],
        "The Harbour Agency and the Wave Agency met. They support the Reef Unit.": BOTH_SUPPORT,
    },
    "a possessive": {
        "The Harbour Agency sailed. Its Reef Unit met.": ["Reef Unit | PART_OF | Harbour Agency"],
        "The Harbour Agency visited its Reef Unit.": ["Reef Unit | PART_OF | Harbour Agency"],
    },
    "the sides of a memorandum": {
        "Tidelandia and Reefland (“the Participants”) met. The Participants signed the Reef "
        "Treaty.": BOTH_SIGNED,
        "Tidelandia and Reefland, hereinafter referred to as the Parties, met. The Parties signed the Reef "
        "Treaty.": BOTH_SIGNED,
    },
    "we": {
        "We, the Governments of Tidelandia and Reefland, met. We signed the Reef Treaty.": BOTH_SIGNED,
    },
    "the event that all is about": {
        "The First Tide Conference ended. Also present were Ada Kelp and Bo Ray.": [
            "Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Bo Ray | PARTICIPATED_IN | First Tide Conference | role=participant",
        ],
    },
}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        pytest.param(text, wanted, id=f"{kind}: {text}")
        for kind, texts in RESOLVED.items()
        for text, wanted in texts.items()
    ],
)
def test_a_short_form_stands_for_the_one_thing_that_fits(text: str, wanted: list[str]) -> None:
    assert statements(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Ada Kelp met the Reef Unit and the Sand Unit. The Unit supports Tidelandia.",
        "The Unit supports Tidelandia. Ada Kelp met the Reef Unit.",
        "Operation Surge and Operation Swell began. The operation was led by the Harbour Agency.",
        "Tidelandia, Kelpia and Reefland met. The two countries signed the Reef Treaty.",
        "Tidelandia met. The two countries signed the Reef Treaty.",
        "Tidelandia and Reefland met. Two countries signed the Reef Treaty.",
        "Tidelandia and Reefland met. It rained. It snowed. The two countries signed the Reef Treaty.",
        "Ada Kelp met Bo Ray. She spoke at the First Tide Conference.",
        "Ada Kelp arrived. It rained. It snowed. She spoke at the First Tide Conference.",
        "The Harbour Agency and the Wave Agency met. It supports the Reef Unit.",
        "The Harbour Agency met. They support the Reef Unit.",
        "Ada Kelp arrived. It supports the Reef Unit.",
        "The Harbour Agency and the Wave Agency sailed. Its Reef Unit met.",
        "Tidelandia and Reefland met. The Participants signed the Reef Treaty.",
        "We signed the Reef Treaty.",
        "The Harbour Agency sailed. Also present were Ada Kelp and Bo Ray.",
        "The Reef Treaty ended. Tidelandia signed a treaty.",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert statements(text) == []


def test_a_statement_over_a_short_form_is_less_sure() -> None:
    named = read("Ada Kelp praised the Reef Unit. The Reef Unit supports Tidelandia.")
    short = read("Ada Kelp praised the Reef Unit. The Unit supports Tidelandia.")
    (by_name,), (by_form,) = said(named, "SUPPORTS"), said(short, "SUPPORTS")
    assert (by_name.subject, by_name.object) == (by_form.subject, by_form.object)
    assert by_form.evidence[0].confidence < by_name.evidence[0].confidence


# --- events without a name ------------------------------------------------------------------------------


def read(text: str) -> Extraction:
    return extract(source(text, published="2022-06-15"), KNOWN, SCHEMA)


def test_a_described_event_is_one_event_over_all_its_sentences() -> None:
    text = (
        "The Harbour Agency hosted a workshop in Port Kelp. The workshop was opened by Ada Kelp. "
        "It rained. Bo Ray spoke at the workshop."
    )
    found = read(text)
    (event,) = found.entities
    assert (event.id, event.types, event.name) == ("event/notes-workshop", ("Event",), "workshop")
    assert {(s.subject, s.qualifiers["role"]) for s in said(found, "PARTICIPATED_IN")} == {
        ("agency/harbour-agency", "host"),
        ("person/ada-kelp", "speaker"),
        ("person/bo-ray", "speaker"),
    }
    assert {s.object for s in said(found, "PARTICIPATED_IN")} == {event.id}
    places = [m for m in found.mentions if m.entity == event.id]
    assert places
    assert all(m.rule.startswith("mention/described") and text[m.start : m.end] == "workshop" for m in places)


def test_who_holds_an_office_is_meant_by_it_later() -> None:
    text = (
        "Ada Kelp, Deputy Director of the Harbour Agency, sailed. The Deputy Director signed the Reef Treaty."
    )
    assert "Ada Kelp | SIGNED | Reef Treaty" in statements(text)
    two = f"{text[:-1]}. Bo Ray, the Deputy Director of the Wave Agency, rode."
    assert "Ada Kelp | SIGNED | Reef Treaty" in statements(two)


def test_an_office_that_two_hold_means_neither() -> None:
    text = (
        "Ada Kelp, Deputy Director of the Harbour Agency, met Bo Ray, Deputy Director of the Wave Agency."
        " The Deputy Director signed the Reef Treaty."
    )
    assert not [s for s in statements(text) if "SIGNED" in s]


@pytest.mark.parametrize(
    ("title", "publisher", "expected"),
    [
        ("Remarks at the Quay", "Tidelandia", ["Tidelandia | SUPPORTS | Reef Unit"]),
        ("Remarks at the Quay", "The Tide Mirror", []),
        ("A day at the Quay", "Tidelandia", []),
    ],
)
def test_remarks_speak_for_the_state_that_publishes_them(
    title: str, publisher: str, expected: list[str]
) -> None:
    document = source("We support the Reef Unit.", title, publisher=publisher)
    found = extract(document, KNOWN, SCHEMA)
    names = {key: entity.name for key, entity in KNOWN.entities.items()}
    assert [written(s, names) for s in found.statements if s.predicate == "SUPPORTS"] == expected


def test_two_descriptions_are_two_events() -> None:
    found = read("The Harbour Agency hosted a boat workshop. The Wave Agency hosted a net workshop.")
    assert [(s.subject, s.object) for s in said(found, "PARTICIPATED_IN")] == [
        ("agency/harbour-agency", "event/notes-boat-workshop"),
        ("agency/wave-agency", "event/notes-net-workshop"),
    ]


def test_the_date_and_place_of_a_described_event() -> None:
    text = "The closing ceremony was held in Port Kelp on 3 May 2022."
    assert statements(text) == [
        "closing ceremony | HELD_IN | Port Kelp | date=2022-05-03",
        "closing ceremony | HELD_ON | 2022-05-03",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The Harbour Agency hosted several workshops in Port Kelp.",
        "The Harbour Agency hosted 12 workshops in Port Kelp.",
        "The Harbour Agency hosts an annual workshop in Port Kelp.",
        "The Harbour Agency will host the next workshop in Port Kelp.",
        "The Harbour Agency sailed. The meeting was opened by Ada Kelp.",
        "It was a long day of meetings in Port Kelp.",
    ],
)
def test_what_is_no_one_event_makes_none(text: str) -> None:
    assert [e.id for e in read(text).entities if e.id.startswith("event/")] == []


def test_the_workshop_that_nothing_brings_in_is_one() -> None:
    text = "The Harbour Agency sailed. The workshop was held in Port Kelp."
    assert statements(text) == ["workshop | HELD_IN | Port Kelp"]


def test_an_event_of_which_nothing_is_said_is_not_kept() -> None:
    found = read("Ada Kelp praised a workshop. She sailed.")
    assert found.entities == ()
    assert [m.entity for m in found.mentions] == ["person/ada-kelp"]
