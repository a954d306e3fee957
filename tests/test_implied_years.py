"""The year of a date without one: from a name with its year, from a date beside it, of what is to come."""

import pytest

from graph.records import Entity
from loaders.dates import DateSpan, all_dates, find_dates
from loaders.impliedyears import NamedYear, dated_events, event_year
from loaders.mentions import Mention
from tests.marked_texts import run, said

PUBLISHED = "2024-06-05"


def last(text: str, published: str | None = PUBLISHED) -> DateSpan:
    """The last date of a text."""
    return find_dates(text, 0, len(text), published)[-1]


def to_come(text: str) -> str | None:
    """The last date of a text as it is where the act is to come."""
    date = last(text)
    return (date.to_come or date).edtf


# --- a name with a year ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Exercise Kelpwind 2019 was held from 31 May to 21 June in Tidelandia.", "2019-05-31/2019-06-21"),
        ("KELPWIND 2022, which was held in Reefland, ended on 21 May.", "2022-05-21"),
        ("Tidelandia hosted Exercise Kelpwind (2019) in June.", "2019-06"),
        ("The 2018 Summit of the Reefs was held on 13 and 14 April.", "2018-04-13/2018-04-14"),
        ("During Exercise Kelpwind 2021, the unit trained on 5 May.", "2021-05-05"),
        ("The closing ceremony of Kelpwind 2019 was held on 21 May.", "2019-05-21"),
        ("From 3 to 9 May, Tidelandia hosted Exercise Kelpwind 2021.", "2021-05-03/2021-05-09"),
        # What only tells of the circumstances leaves the year to the document, or open.
        ("Following Exercise Kelpwind 2019, the unit met on 5 May.", "2024-05-05"),
        ("Exercise Kelpwind 2019 ended; the unit met on 5 May.", "2024-05-05"),
        ("On 5 May, ministers spoke of the results of Kelpwind 2019.", "2024-05-05"),
        ("The conference for Exercise Kelpwind 2019 was held on 5 May.", None),
        ("The results of Exercise Kelpwind 2019 were read on 5 May.", None),
        # Nor do the years in the names of papers, or after the document's.
        ("The Reef Act 2019 was read on 5 May.", "2024-05-05"),
        ("The 2019 Kelp Strategy was read on 5 May.", "2024-05-05"),
        ("The fleet of Vision 2030 sailed on 5 May.", "2024-05-05"),
        ("Exercise Kelpwind 2026 was planned on 5 May.", "2024-05-05"),
    ],
)
def test_a_name_gives_its_year_to_the_dates_of_its_clause(text: str, wanted: str | None) -> None:
    assert last(text).edtf == wanted


def test_the_name_that_gave_the_year_is_told() -> None:
    date = last("During Exercise Kelpwind 2021 the unit met on 5 May.")
    assert date.inferred == "year from the name Exercise Kelpwind 2021"


def test_an_event_whose_year_is_known_gives_it_too() -> None:
    text = "It ended. The Fifth Summit of Reefs took place on 17-19 April. It rained on 3 May."
    summit = NamedYear(text.index("Fifth"), text.index(" took"), 2009)
    spans = [(0, 9), (10, text.index(" It rained")), (text.index("It rained"), len(text))]
    assert [d.edtf for d in all_dates(text, spans, PUBLISHED, [summit])] == [
        "2009-04-17/2009-04-19",
        "2024-05-03",
    ]
    assert all_dates(text, spans, PUBLISHED)[0].edtf == "2024-04-17/2024-04-19"
    told = all_dates(text, spans, PUBLISHED, [summit])[0].inferred
    assert told == "year from the other names of Fifth Summit of Reefs"


def test_the_events_of_a_text_whose_names_tell_their_year() -> None:
    entities = {
        "event/a": Entity("event/a", ("Event",), "Fifth Summit", ("2009 Summit",)),
        "event/b": Entity("event/b", ("Event",), "Kelp Forum"),
    }
    found = [Mention("event/a", 3, 9), Mention("event/b", 12, 20)]
    assert dated_events(found, entities) == [NamedYear(3, 9, 2009)]


def test_an_event_has_the_one_year_of_its_names() -> None:
    assert event_year(Entity("event/a", ("Event",), "Fifth Summit", ("2009 Summit",))) == 2009
    assert event_year(Entity("event/a", ("Event",), "Fifth Summit")) is None
    assert event_year(Entity("event/a", ("Event",), "2008 Summit", ("Summit of 2009",))) is None
    assert event_year(Entity("instrument/a", ("Instrument",), "Reef Act 2009")) is None


# --- a date beside it -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("They patrolled in November 2020 after signing a pact in September.", "2020-09"),
        ("They patrolled in March 2020 after signing a pact in September.", "2019-09"),
        ("They signed a pact in November 2020 before opening a base in March.", "2021-03"),
        ("Officers seized 40 kg in June 2021 and fired on a boat in May.", "2021-05"),
        ("In 2020, Tidelandia signed the pact in March.", "2020-03"),
        # The year of what only tells of the circumstances is not sure, or none of the act.
        ("Since May 2019 the unit has grown, and on 5 April it moved.", "2024-04-05"),
        ("By 2030 the unit will have grown, it said on 5 April.", "2024-04-05"),
        ("After the talks in May 2019, the unit moved on 5 April.", None),
        ("They use the cutter donated in May 2019 and fired it on 5 April.", None),
        # A date after the document's is none of what is done.
        ("They met in March 2024 and trained in November.", "2023-11"),
    ],
)
def test_an_earlier_date_of_the_sentence_gives_its_year(text: str, wanted: str | None) -> None:
    assert last(text).edtf == wanted


def test_the_date_that_gave_the_year_is_told() -> None:
    date = last("They patrolled in November 2020 after signing a pact in September.")
    assert date.inferred == "year from the earlier date 2020-11"


def test_a_relative_date_gives_no_year() -> None:
    assert last("They met last year and trained in May.").edtf == "2024-05"


# --- what is to come ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It will be held on 5 December.", "2024-12-05"),
        ("It will be signed in January.", "2025-01"),
        ("It will be held from 4 to 22 May.", "2025-05-04/2025-05-22"),
        ("It will be held from 28 December to 3 January.", "2024-12-28/2025-01-03"),
        ("It will be held from 1 to 30 June.", "2024-06-01/2024-06-30"),
        ("It will be held in July.", "2024-07"),
        ("It will be held on 5 May 2023.", "2023-05-05"),
        ("Kelpwind 2026 will be held in May.", "2026-05"),
        ("They agreed in November 2023 to meet in August.", "2024-08"),
        # It may count from the agreement, or from the document.
        ("They agreed in November 2022 to meet in May.", None),
    ],
)
def test_what_is_to_come_is_not_over_before_the_document(text: str, wanted: str | None) -> None:
    assert to_come(text) == wanted


def test_a_month_that_may_be_of_two_years_is_the_coming_one_of_a_plan() -> None:
    date = find_dates("in January", 0, 10, "2024-12-03")[0]
    assert date.edtf is None
    assert date.to_come is not None
    assert date.to_come.edtf == "2025-01"


def test_without_the_document_there_is_no_other_date_to_come() -> None:
    assert last("It will be held in May.", None).to_come is None


@pytest.mark.parametrize(
    ("verb", "date", "status"),
    [
        ("will be held", "2024-12-05", "planned"),
        ("is scheduled to be held", "2024-12-05", "planned"),
        ("is expected to be held", "2024-12-05", "expected"),
        ("was held", "2023-12-05", None),
    ],
)
def test_a_planned_act_is_dated_ahead_and_a_done_one_back(verb: str, date: str, status: str | None) -> None:
    text = f"The [First Kelp Conference](Event) {verb} in [Tidelandia](Country) on 5 December."
    extraction = run(text, published=PUBLISHED)
    (held,) = said(extraction, "HELD_ON")
    assert (held.value, held.qualifiers.get("status")) == (date, status)
    (place,) = said(extraction, "HELD_IN")
    assert place.qualifiers["date"] == date
    assert place.qualifiers["inferred"] == f"year from the document's date {PUBLISHED}"


def test_a_pledge_aims_at_the_coming_month() -> None:
    items = "1. Open the [Reef Unit](Unit) by March.\n\n2. Sell boats.\n"
    text = f"# Statement\n\nWe, the governments, PLEDGE TO:\n\n{items}"
    pledges = [e for e in run(text, published=PUBLISHED).entities if e.type == "Commitment"]
    assert [e.properties.get("targetDate") for e in pledges] == ["2025-03", None]


# --- several dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "The [Pact](Instrument) was signed in 2001 by [Kelpia](Country) and by [Wrack](Country) in 2004.",
        "The [Pact](Instrument) was signed from May 2001 in [Wrack](Country) and in 2004 in [Reef](Place).",
    ],
)
def test_two_dates_of_an_act_are_none(text: str) -> None:
    statements = run(text, published=PUBLISHED).statements
    assert not [s for s in statements if "date" in s.qualifiers or s.predicate == "DATED"]
