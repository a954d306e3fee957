"""Periods that questions tell by other dates."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.language import dates, words
from queries.periods import periods
from schema.values import parse_date


def told(text: str) -> list[str]:
    tokens = words(text)
    return [span.text for span in periods(tokens, dates(tokens))]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("pledges made since 2019", "2019-01-01/.."),
        ("what happened after May 2019", "2019-06-01/.."),
        ("prior to 2020", "../2019-12-31"),
        ("before 16 November 2023", "../2023-11-15"),
        ("by the 3rd of May 2024", "../2024-05-03"),
        ("from 2020 on", "2020-01-01/.."),
        ("between 2010 and 2020", "2010-01-01/2020-12-31"),
        ("from May 2019 to June 2023", "2019-05-01/2023-06-30"),
    ],
)
def test_a_period_by_its_ends(text: str, period: str) -> None:
    assert period in told(text)


@pytest.mark.parametrize(
    "text", ["in 2019", "the 2019 meeting and the 2020 meeting", "2019, and since then", "from 2020"]
)
def test_a_date_alone_is_no_period(text: str) -> None:
    assert told(text) == []


@given(st.dates(dt.date(1950, 1, 2), dt.date(2090, 12, 30)))
def test_before_and_after_leave_out_the_day_itself(day: dt.date) -> None:
    spoken = f"{day.day} {day:%B} {day.year}"
    (before,), (after,) = told(f"before {spoken}"), told(f"after {spoken}")
    assert parse_date(before).latest == day - dt.timedelta(days=1)
    assert parse_date(after).earliest == day + dt.timedelta(days=1)
