"""Dates that stand with the names of events and instruments, and those that only look like it."""

import pytest

from loaders.nameddates import DATED, HELD_ON
from tests.marked_texts import run

PUBLISHED = "2032-06-15"


def dates(text: str, published: str = PUBLISHED) -> list[tuple[str, str, str]]:
    """What a text says of dates: predicate, EDTF text, status of the act."""
    found = run(text, published=published).statements
    return [
        (s.predicate, s.value or "", str(s.qualifiers.get("status", "")))
        for s in found
        if s.predicate in (HELD_ON, DATED)
    ]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("They spoke at the May 2031 [Tide Conference](Event).", "2031-05"),
        ("They spoke at the [May 2031 Tide Conference](Event).", "2031-05"),
        ("They spoke at the [2031 Tide Conference](Event).", "2031"),
        ("They spoke at the 2031 [Tide Conference](Event) in Kelpia.", "2031"),
        ("Ahead of the May 4-5, 2031 [Tide Conference](Event), they spoke.", "2031-05-04/2031-05-05"),
        ("They sailed for [Exercise Reef 2031](Event).", "2031"),
        ("They sailed for [Exercise Reef](Event) 2031.", "2031"),
        ("They praised the [Tide Conference](Event) (Port Kelp, May 2031).", "2031-05"),
        ("They praised [Operation Swell](Operation) (2031).", "2031"),
    ],
)
def test_an_event_is_held_when_its_name_says(text: str, date: str) -> None:
    assert dates(text) == [(HELD_ON, date, "")]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("They cited the 2031 [Reef Treaty](Instrument).", "2031"),
        ("They cited the [2031 Addendum to the Reef Charter](Instrument).", "2031"),
        ("They cited the [2031 Plan of Action](Instrument).", "2031"),
        ("They cited the [Reef Act of 2031](Instrument).", "2031"),
        ("They cited the [Reef Act](Instrument) of 2031.", "2031"),
        ("They cited the [Reef Act, 2031](Instrument).", "2031"),
        ("They cited the [Reef Act](Instrument), 2031.", "2031"),
        ("They cited [resolution 2712](Instrument) (2031).", "2031"),
        ("They cited [Resolution 2712](Instrument) of 2 October 2031.", "2031-10-02"),
        ("They cited [Resolution 2712](Instrument) on “Boats in Kelpia” of October 2, 2031.", "2031-10-02"),
        ("They cited the [Tide Charter](Instrument) (TC) of 4 May 2031.", "2031-05-04"),
    ],
)
def test_an_instrument_has_the_date_that_its_name_says(text: str, date: str) -> None:
    assert dates(text) == [(DATED, date, "")]


@pytest.mark.parametrize(
    "text",
    [
        # What a plan looks to, and what a report or a budget is about.
        "They cited the [2030 Agenda for Tides](Instrument).",
        "They cited the [Reef Vision 2030](Instrument).",
        "They cited [Kelpia 2030](Instrument).",
        "They cited the [Reef Strategy 2031](Instrument).",
        "They cited the [Reef Strategy](Instrument) 2025-2030.",
        "They cited the 2025-2030 [Reef Strategy](Instrument).",
        "They adopted the [Reef Strategy](Instrument), 2025-2030.",
        "They cited the fiscal year 2031 [Reef Act](Instrument).",
        "They cited the 2031 [Annual Report on Reefs](Instrument).",
        "They cited the 2040 [Reef Treaty](Instrument).",
        "They spoke at the [Forum on Kelpia 2030](Event).",
        "They spoke at the [Vision 2030 Forum](Event).",
        # The year of something else.
        "They spoke of the 2031 [Reef Treaty](Instrument) Conference.",
        "They spoke of the 2031 [Reef Treaty](Instrument) talks.",
        "They spoke of the [Reef Treaty](Instrument) of the 2031 season.",
        "In May 2031 [Tide Conference](Event) members spoke.",
        "Since May, the [Tide Conference](Event) has many friends.",
        "Since January, [Operation Swell](Operation) has led to arrests.",
        # What did not come about.
        "They postponed the 2031 [Tide Conference](Event).",
        "They spoke of the cancelled 2031 [Tide Conference](Event).",
        "There was no 2031 [Tide Conference](Event).",
        "The 2031 [Tide Conference](Event) did not take place.",
        "They shelved the 2031 [Tide Conference](Event).",
        "The 2031 [Tide Conference](Event) slipped to spring.",
        "The 2031 [Tide Conference](Event) (cancelled) was to be long.",
        "Instead of the 2031 [Tide Conference](Event), they held a call.",
        "Plans for a 2031 [Tide Conference](Event) were made.",
        "If the 2031 [Tide Conference](Event) had taken place, it would have rained.",
        "They failed to hold the 2031 [Tide Conference](Event).",
        "[Exercise Tide](Event) 2031 was cancelled.",
        "A draft [Reef Treaty](Instrument) of 4 May 2031 was read.",
        "The [Reef Treaty](Instrument) (Denounced, 2031) was read.",
        # The date of what is about it, or of what it brought.
        "The guide to the [Reef Treaty](Instrument) (2031) was read.",
        "An amendment to the [Reef Treaty](Instrument) of 2031 was read.",
        "Under the [Reef Treaty](Instrument), 2031 was to be the year of tides.",
        "Despite the [Reef Treaty](Instrument), 2030 and 2031 saw thefts.",
        "The [Reef Treaty](Instrument) of 2031 signatories met.",
    ],
)
def test_other_years_are_no_dates(text: str) -> None:
    assert dates(text) == []


def test_what_is_to_come_is_planned() -> None:
    planned = [(HELD_ON, "2033", "planned")]
    assert dates("They spoke of the 2033 [Tide Conference](Event).") == planned
    assert dates("They will attend the 2032 [Tide Conference](Event).") == [(HELD_ON, "2032", "planned")]
    assert dates("They will attend the 2031 [Tide Conference](Event).") == [(HELD_ON, "2031", "")]
    assert dates("They attended the 2032 [Tide Conference](Event).") == [(HELD_ON, "2032", "")]
    assert dates("The [Tide Conference](Event) takes place in 2033.") == planned


def test_what_a_clause_says_counts_before_what_a_name_says() -> None:
    name = "They praised the 2030 [Tide Conference](Event)."
    held = "The [Tide Conference](Event) was held on 4 May 2031."
    assert dates(f"{name} {held}") == [(HELD_ON, "2031-05-04", "")]


def test_of_names_the_finest_date_counts_and_none_that_is_contradicted() -> None:
    first = "They praised the 2031 [Tide Conference](Event)."
    assert dates(f"{first} They left the May 2031 Tide Conference.") == [(HELD_ON, "2031-05", "")]
    assert dates(f"{first} They left the 2030 Tide Conference.") == []


def test_what_was_made_at_an_event_has_its_date() -> None:
    text = "The [Reef Charter](Instrument), adopted at the May 2031 [Tide Conference](Event), is short."
    assert (DATED, "2031-05", "") in dates(text)
    read = "The [Reef Charter](Instrument), read at the May 2031 [Tide Conference](Event), is short."
    assert dates(read) == [(HELD_ON, "2031-05", "")]


def test_a_date_whose_year_is_inferred_says_so() -> None:
    found = run("The [Tide Conference](Event) was held on 4 May.", published=PUBLISHED).statements
    (held,) = [s for s in found if s.predicate == HELD_ON]
    assert held.value == "2032-05-04"
    assert held.qualifiers == {"inferred": "year from the document's date 2032-06-15"}
