"""Dates of English prose in EDTF: written forms, relative dates and from what they are inferred."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.dateforms import parsed
from loaders.dates import all_dates, date_in_name, find_dates
from schema.values import PartialDate, parse_date

PUBLISHED = "2030-11-20"  # a Wednesday


def edtf(text: str, published: str | None = PUBLISHED) -> list[str | None]:
    """The dates of a text."""
    return [date.edtf for date in find_dates(text, 0, len(text), published)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        # Days, US and British.
        ("on November 14, 2022,", ["2022-11-14"]),
        ("on the 14th of November 2022", ["2022-11-14"]),
        ("on Monday, 14 November 2022 at 10:00", ["2022-11-14"]),
        ("on Mon., Nov. 14th, 2022", ["2022-11-14"]),
        ("KINGSTON, NOVEMBER 14, 2022", ["2022-11-14"]),
        ("2022-11-14T10:00:00Z", ["2022-11-14"]),
        ("on 11/14/2022, on 14/11/2022, on 05/06/2022", ["2022-11-14", "2022-11-14", "2022"]),
        ("on 14.11.2022", ["2022-11-14"]),
        # Several days.
        ("14-16 November 2022", ["2022-11-14/2022-11-16"]),
        ("Nov. 14–16, 2022", ["2022-11-14/2022-11-16"]),
        ("November 14 and 15, 2022", ["2022-11-14/2022-11-15"]),
        ("November 14, 15 and 16, 2022", ["2022-11-14/2022-11-16"]),
        ("the 14th to the 16th of November, 2022", ["2022-11-14/2022-11-16"]),
        ("between May 3 and June 5, 2021", ["2021-05-03/2021-06-05"]),
        ("May 3 and June 5, 2021", ["2021-05-03", "2021-06-05"]),
        ("November 30 – December 1, 2017", ["2017-11-30/2017-12-01"]),
        ("30 November to 1 December 2017", ["2017-11-30/2017-12-01"]),
        ("from December 28 to January 3, 2023", ["2022-12-28/2023-01-03"]),
        ("July 1, 2022 through June 30, 2023", ["2022-07-01/2023-06-30"]),
        # Months and parts of a year.
        ("in May 2021, by early June of 2021", ["2021-05", "2021-06"]),
        ("from May to July 2023", ["2023-05/2023-07"]),
        ("January 2020 – March 2021", ["2020-01/2021-03"]),
        ("the first quarter of 2023 and Q4 2024", ["2023-01/2023-03", "2024-10/2024-12"]),
        ("the third quarter of FY 2023", ["2023-04/2023-06"]),
        ("the second half of 2022", ["2022-07/2022-12"]),
        ("the first nine months of 2022", ["2022-01/2022-09"]),
        ("spring 2021, the fall of 2020", ["2021-21", "2020-23"]),
        # Years.
        ("mid-2023, early 2022 and late 2021", ["2023", "2022", "2021"]),
        ("since 2010, by 2030, calendar year 2022", ["2010", "2030", "2022"]),
        ("between 2010 and 2015, from 2016 to 2018, (2019–2020)", ["2010/2015", "2016/2018", "2019/2020"]),
        ("in 2010-11 and in 2020 and 2021", ["2010/2011", "2020", "2021"]),
        ("the 2010s, the late 1990s", ["201X", "199X"]),
        ("fiscal years 2010 through 2018", ["2009-10-01/2018-09-30"]),
        ("FY21, FY 2023, FY '22 and fiscal 2020", [f"20{y - 1}-10-01/20{y}-09-30" for y in (21, 23, 22, 20)]),
        ("FY2010–FY2018", ["2009-10-01/2018-09-30"]),
        ("the financial year 2022/23", ["2022/2023"]),
    ],
)
def test_written_dates(text: str, dates: list[str]) -> None:
    assert edtf(text, None) == dates
    assert edtf(text) == dates


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 2653 (2022)",
        "resolutions 2010 to 2015",
        "in section 2010 of the law",
        "1980s-style tactics",
        "call 202-555-2010 or 1-800-2011",
        "at 2030 hours, at 20:30",
        "2010 boats and $2010 and 2,010 rounds",
        "a total of 2010 officers, for 2010 officers",
        "31 February 2020",
        "2022-13-01",
        "You may march.",
        "every Thursday and on Good Friday",
        "the May Pen station",
        "channel 16, page 1999",
    ],
)
def test_other_numbers_are_no_dates(text: str) -> None:
    assert edtf(text) == []


@pytest.mark.parametrize(
    ("text", "date", "inferred"),
    [
        ("today", "2030-11-20", "today"),
        ("yesterday", "2030-11-19", "yesterday"),
        ("on Thursday", "2030-11-14", "Thursday"),
        ("on Wednesday evening", "2030-11-20", "Wednesday"),
        ("last Wednesday", "2030-11-13", "last Wednesday"),
        ("next Monday", "2030-11-25", "next Monday"),
        ("will meet on Thursday", "2030-11-21", "Thursday"),
        ("over the weekend", "2030-11-16/2030-11-17", "the weekend"),
        ("last week", "2030-11-11/2030-11-17", "last week"),
        ("earlier this month", "2030-11", "this month"),
        ("next month", "2030-12", "next month"),
        ("last month", "2030-10", "last month"),
        ("this year", "2030", "this year"),
        ("late last year", "2029", "last year"),
        ("last quarter", "2030-07/2030-09", "last quarter"),
        ("last September", "2030-09", "last September"),
        ("last November", "2029-11", "last November"),
        ("next March", "2031-03", "next March"),
        ("last summer", "2030-22", "last summer"),
        ("the current fiscal year", "2030-10-01/2031-09-30", "the current fiscal year"),
        ("over the past five years", "2025/2030", "past five years"),
        ("in the last three months", "2030-08/2030-11", "last three months"),
        ("over the last decade", "2020/2030", "last decade"),
        ("two years ago", "2028", "two years ago"),
        ("three days ago", "2030-11-17", "three days ago"),
        ("in April", "2030-04", "year"),
        ("on December 18", "2030-12-18", "year"),
        ("late September", "2030-09", "year"),
    ],
)
def test_relative_dates_tell_what_they_are_inferred_from(text: str, date: str, inferred: str) -> None:
    (found,) = find_dates(text, 0, len(text), PUBLISHED)
    assert found.edtf == date
    assert (found.inferred or "").removeprefix("the ") == (
        f"{inferred} from the document's date {PUBLISHED}".removeprefix("the ")
    )


@pytest.mark.parametrize(
    "text",
    [
        *("today", "on Thursday", "last week", "next month", "this year", "last September", "last summer"),
        *("the past five years", "two years ago", "that same month", "a year later", "on October 28"),
        *("the last fiscal year", "last quarter"),
    ],
)
def test_without_a_date_to_count_from_relative_dates_stay_open(text: str) -> None:
    (found,) = find_dates(text, 0, len(text))
    assert (found.edtf, found.inferred) == (None, None)
    assert text.endswith(text[found.start : found.end])


def test_vague_spans_stay_open() -> None:
    assert edtf("over the past few years and in the last several months") == [None, None]


def test_a_month_that_may_be_the_coming_one_stays_open() -> None:
    assert edtf("in January", "2030-12-05") == [None]


def test_dates_of_a_document_know_the_earlier_ones() -> None:
    sentences = (
        "The council met on May 3, 2021.",
        "Later that month, and on the following day, it met again.",
        "A year later it closed.",
        "In the same year it opened.",
    )
    text = " ".join(sentences)
    spans = [(text.index(s), text.index(s) + len(s)) for s in sentences]
    found = all_dates(text, spans, PUBLISHED)
    assert [(d.edtf, d.inferred) for d in found] == [
        ("2021-05-03", None),
        ("2021-05", "that month from the earlier date 2021-05-03"),
        ("2021-05-04", "the following day from the earlier date 2021-05-03"),
        ("2022", "A year later from the earlier date 2021-05-04"),
        ("2022", "the same year from the earlier date 2022"),
    ]
    alone = find_dates(text, *spans[1], PUBLISHED)
    assert [d.edtf for d in alone] == [None, None]
    assert [d.edtf for d in find_dates(text, *spans[1], PUBLISHED, found[:1])] == ["2021-05", "2021-05-04"]


def test_an_earlier_date_far_back_says_nothing() -> None:
    text = (
        "It met on May 3, 2021. " + "The sea was calm and the wind was low. " * 50 + "It closed that month."
    )
    assert all_dates(text, [(0, len(text))], PUBLISHED)[-1].edtf is None


def test_without_a_documents_date_the_text_gives_the_year() -> None:
    assert edtf("It met on May 3, 2021. On May 5 it closed.", None) == ["2021-05-03", "2021-05-05"]


RELATIVE = st.sampled_from(
    (
        *("this year", "last year", "next month", "last month", "in the first week of last September"),
        *(
            "two years ago",
            "three months ago",
            "the past five years",
            "last summer",
            "in April",
            "late March",
        ),
        *("the last fiscal year", "next March", "on December 1"),
    )
)


def years_later(text: str, years: int) -> str:
    """EDTF with every year moved."""
    return "/".join(f"{int(part[:4]) + years:04}{part[4:]}" for part in text.split("/"))


@settings(deadline=None)
@given(RELATIVE, st.dates(dt.date(1990, 1, 1), dt.date(2080, 12, 28)), st.integers(1, 10))
def test_a_later_document_means_later_dates(text: str, day: dt.date, years: int) -> None:
    day = day.replace(day=min(day.day, 28))
    (one,) = edtf(text, day.isoformat())
    (other,) = edtf(text, day.replace(year=day.year + years).isoformat())
    assert other == (None if one is None else years_later(one, years))


@settings(deadline=None)
@given(
    st.sampled_from(
        ("today", "yesterday", "on Thursday", "last Monday", "next Friday", "last week", "5 days ago")
    ),
    st.dates(dt.date(1990, 1, 1), dt.date(2080, 12, 1)),
    st.integers(1, 50),
)
def test_a_document_some_weeks_later_means_days_as_much_later(text: str, day: dt.date, weeks: int) -> None:
    (one,) = edtf(text, day.isoformat())
    (other,) = edtf(text, (day + dt.timedelta(weeks=weeks)).isoformat())
    first, second = parse_date(one or ""), parse_date(other or "")
    assert first.earliest is not None
    assert second.earliest == first.earliest + dt.timedelta(weeks=weeks)


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_every_order(day: dt.date) -> None:
    month = f"{day:%B}"
    for text in (
        f"on {month} {day.day}, {day.year}",
        f"on {day.day} {month} {day.year}",
        f"on {day:%A}, {day:%b}. {day.day}, {day.year}",
        f"({day.isoformat()})",
    ):
        if month == "May" and "May." in text:
            continue
        assert edtf(text, None) == [day.isoformat()]


PIECES = st.sampled_from(
    (
        *(
            "May",
            "Nov.",
            "Sept",
            "14",
            "31",
            "16th",
            "2022",
            "1999",
            "99",
            ",",
            "-",
            "–",
            "/",
            ".",
            " ",
            "  ",
        ),
        *(
            "to",
            "and",
            "between",
            "from",
            "of",
            "the",
            "in",
            "since",
            "late",
            "FY",
            "fiscal years",
            "Q3",
            "\n",
        ),
        *(
            "last",
            "next",
            "this",
            "that",
            "week",
            "month",
            "year",
            "years",
            "ago",
            "later",
            "two",
            "Thursday",
        ),
        *(
            "first",
            "quarter",
            "summer",
            "2010s",
            "0001-01-01",
            "9999-12-31",
            "half a million",
            "decades",
            "ſ",
            "٣",
        ),
    )
)


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=30).map(" ".join),
    st.sampled_from(
        (None, "", "2030", "2030-11", "2030-11-20", "0001-01-01", "9999-12-31", "2029/2030", "soon")
    ),
)
def test_whatever_the_text_dates_are_edtf_with_their_words(text: str, published: str | None) -> None:
    found = find_dates(text, 0, len(text), published)
    for date in found:
        assert text[date.start : date.end].strip() == text[date.start : date.end] != ""
        if date.edtf is None:
            assert date.inferred is None
        else:
            assert parse_date(date.edtf).text == date.edtf
    for one, other in pairwise(found):
        assert one.end <= other.start


@pytest.mark.parametrize(
    "text",
    [
        "2022-11",
        "2022",
        "2022-02-29",
        "2022-11-14/2022-11",
        "2022/2021",
        "2020-02-29",
        "0000",
        "2022/",
        "2022-13",
    ],
)
def test_plain_dates_are_read_as_the_library_reads_them(text: str) -> None:
    try:
        expected: PartialDate | None = parse_date(text)
    except ValueError:
        expected = None
    assert parsed(text) == expected


def test_a_document_without_a_date_has_its_years_from_its_name() -> None:
    text = "They met on October 28 and in December."
    spans = [(0, len(text))]
    found = all_dates(text, spans, named="2030-10-28")
    assert [d.edtf for d in found] == ["2030-10-28", "2029-12"]
    assert {d.inferred for d in found} == {"year from the document's name"}
    assert [d.edtf for d in all_dates(text, spans, "2025-11-02", named="2030-10-28")] == [
        "2025-10-28",
        "2025-12",
    ]
    assert [d.edtf for d in all_dates("They met on Monday.", [(0, 19)], named="2030-10-28")] == [None]


def test_what_is_to_come_is_after_the_date_in_the_name() -> None:
    (found,) = all_dates("They will meet in March.", [(0, 24)], named="2030-10-28")
    assert found.to_come is not None
    assert (found.edtf, found.to_come.edtf) == ("2030-03", "2031-03")


@pytest.mark.parametrize(
    ("file", "date"),
    [
        ("2031-05-04-tide-talks.txt", "2031-05-04"),
        ("notes/2031-05-04.md", "2031-05-04"),
        ("2031-05_tide.txt", "2031-05"),
        ("2031-13-04-tide.txt", None),
        ("2031-tide.txt", None),
        ("tide-2031-05-04.txt", None),
        ("2031-05-041.txt", None),
    ],
)
def test_a_file_may_bear_a_date_before_its_name(file: str, date: str | None) -> None:
    assert date_in_name(file) == date
