"""Whose act a figure is, and that what was not done is none: by the frames of its sentence."""

import pytest

from loaders.extract import extract
from tests.figure_texts import HARBOUR, PROGRAM, REEF, SURGE, TIDE, attributed, told
from tests.marked_texts import SCHEMA, source
from tests.sentences import KNOWN

WAVE = "[Wave Agency](Agency)"


@pytest.mark.parametrize(
    "text",
    [
        # Denied, all but done, or done by nobody.
        f"The {HARBOUR} almost seized 344 firearms in 2023.",
        f"Neither the {HARBOUR} nor the {WAVE} seized 344 firearms in 2023.",
        f"No officers of the {HARBOUR} seized 344 firearms.",
        f"The {HARBOUR} seized neither 344 firearms nor 12 boats.",
        f"The {HARBOUR} failed to seize 344 firearms.",
        f"The {HARBOUR} was unable to seize 344 firearms.",
        f"The {HARBOUR} stopped training 40 officers.",
        f"The {HARBOUR} did not seize 12 guns (including 4 rifles).",
        f"The {HARBOUR} rejected the donation of 12 boats.",
        f"It is not true that the {HARBOUR} seized 344 firearms.",
        # Doubtful, asked, or only said.
        f"The {HARBOUR} allegedly seized 344 firearms in 2023.",
        f"Perhaps the {HARBOUR} seized 344 firearms.",
        f"344 firearms were allegedly seized by the {HARBOUR}.",
        f"344 firearms are believed to have been seized by the {HARBOUR}.",
        f"Did the {HARBOUR} seize 344 firearms in 2023?",
        f"Has the {HARBOUR} seized 344 firearms?",
        f"The {HARBOUR} asked whether the {WAVE} seized 344 firearms.",
        f"The {HARBOUR} denied that the {WAVE} seized 344 firearms.",
        f"The {HARBOUR} denied the seizure of 344 firearms.",
        f"The {HARBOUR} claimed to have seized 344 firearms.",
        f"The {HARBOUR} was accused of seizing 344 firearms.",
        # Weighed, planned, urged, meant.
        f"The {HARBOUR} considered seizing 344 firearms.",
        f"The {HARBOUR} discussed the training of 40 officers.",
        f"The {HARBOUR} plans the seizure of 344 firearms.",
        f"The {HARBOUR} urged the {WAVE} to seize 344 firearms.",
        f"The {HARBOUR} called for the training of 40 officers.",
        f"The {HARBOUR} requested a grant of $2 million.",
        f"The {HARBOUR} has the capacity to train 40 officers.",
        "The training of 40 officers will begin in May.",
        "The target is 40 officers trained and 12 boats delivered.",
    ],
)
def test_what_was_not_done_is_no_figure(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"The {HARBOUR}, not the {WAVE}, seized 12 guns.", ["12 guns seized by harbour-agency"]),
        (f"Not the {HARBOUR} but the {WAVE} seized 12 guns.", ["12 guns seized by wave-agency"]),
        (f"The {HARBOUR} or the {WAVE} seized 12 guns.", ["12 guns seized"]),
        (f"The {HARBOUR} reported that the {WAVE} seized 12 guns.", ["12 guns seized by wave-agency"]),
        (f"According to the {HARBOUR}, the {WAVE} seized 12 guns.", ["12 guns seized by wave-agency"]),
        (
            f"The {HARBOUR} seized 12 guns, and the {WAVE} arrested 9 men.",
            ["12 guns seized by harbour-agency", "9 men arrested by wave-agency"],
        ),
        (
            f"{HARBOUR} agents, working with the {WAVE}, seized 12 guns.",
            ["12 guns seized by harbour-agency"],
        ),
        (
            f"{HARBOUR} officers and {WAVE} agents seized 12 guns.",
            ["12 guns seized by harbour-agency, wave-agency"],
        ),
        (f"With money from {TIDE}, the {HARBOUR} trained 9 men.", ["9 men trained by harbour-agency"]),
        (f"40 officers of the {HARBOUR} were trained by the {WAVE}.", ["40 officers trained by wave-agency"]),
        (f"40 officers of the {HARBOUR} were trained.", ["40 officers trained"]),
        # A noun: who has it done, not who speaks of it.
        (f"The {HARBOUR}’s seizure of 12 guns was welcome.", ["12 guns seized by harbour-agency"]),
        (
            f"The seizure of 12 guns by the {HARBOUR} was welcomed by the {WAVE}.",
            ["12 guns seized by harbour-agency"],
        ),
        (f"The {WAVE} welcomed the seizure of 12 guns.", ["12 guns seized"]),
        (f"The {WAVE} announced the seizure of 12 guns.", ["12 guns seized"]),
        (f"The training of 40 officers was welcomed by the {WAVE}.", ["40 officers trained"]),
        (
            f"The training of 40 officers was conducted by the {HARBOUR}.",
            ["40 officers trained by harbour-agency"],
        ),
        ("The raid ended with the seizure of 12 guns.", ["12 guns seized"]),
        # Help, thanks, what was done under something.
        (f"The {HARBOUR} helped the {WAVE} seize 12 guns.", ["12 guns seized by wave-agency"]),
        (f"The {HARBOUR} praised the {WAVE} for training 9 men.", ["9 men trained by wave-agency"]),
        (f"The {HARBOUR} thanked the {WAVE} for the donation of 12 boats.", ["12 boats provided"]),
        (f"Under the {PROGRAM}, 40 officers were trained.", ["40 officers trained by reef-program"]),
        (f"With funding from the {PROGRAM}, 9 men were trained.", ["9 men trained by reef-program"]),
        (f"{SURGE} ended. In it, police seized 12 guns.", ["12 guns seized"]),
        # No frames: rows, labels, what stands in parentheses.
        (f"The {HARBOUR} seized 12 guns (4 rifles were recovered).", [
            "12 guns seized by harbour-agency", "4 rifles recovered",
        ]),
        ("40 officers trained", ["40 officers trained"]),
        ("40 officers to be trained", []),
        ("No fewer than 60 guns seized", ["60 guns seized"]),
    ],
)  # fmt: skip
def test_who_did_it(text: str, wanted: list[str]) -> None:
    assert attributed(text) == wanted


def results(text: str) -> list[tuple[str, str]]:
    """Subjects and statuses of what a text says to have resulted in figures."""
    found = extract(source(text, published="2022-06-15"), KNOWN, SCHEMA)
    return [(s.subject, s.status) for s in found.statements if s.predicate == "RESULTED_IN"]


def test_a_pronoun_stands_for_who_did_it() -> None:
    agency = next(key for key, entity in KNOWN.entities.items() if entity.name == "Harbour Agency")
    assert results("The Harbour Agency met. It seized 12 rifles in 2020.") == [(agency, "accepted")]


def test_what_only_receives_has_no_results() -> None:
    assert attributed(f"The {REEF} received 12 boats from the {HARBOUR}.") == [
        "12 boats received by harbour-agency"
    ]
    assert results("The Reef Unit received 12 boats from the Harbour Agency.") == []
