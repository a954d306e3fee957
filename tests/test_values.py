import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.values import AMOUNT, EDTF, XSD, canonical, literal_datatype, parse_amount, parse_date


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision", "datatype"),
    [
        ("2023-11-16", dt.date(2023, 11, 16), dt.date(2023, 11, 16), "day", XSD + "date"),
        ("2022-11", dt.date(2022, 11, 1), dt.date(2022, 11, 30), "month", XSD + "gYearMonth"),
        ("2020", dt.date(2020, 1, 1), dt.date(2020, 12, 31), "year", XSD + "gYear"),
        ("2017-11-29/2017-11-30", dt.date(2017, 11, 29), dt.date(2017, 11, 30), "interval", EDTF),
        ("FY2023", dt.date(2022, 10, 1), dt.date(2023, 9, 30), "interval", EDTF),
        ("2023-11?", dt.date(2023, 11, 1), dt.date(2023, 11, 30), "interval", EDTF),
    ],
)
def test_dates_keep_their_precision(
    text: str, earliest: dt.date, latest: dt.date, precision: str, datatype: str
) -> None:
    date = parse_date(text)
    assert (date.earliest, date.latest) == (earliest, latest)
    assert date.precision == precision
    assert literal_datatype(date.text, EDTF) == datatype


def test_an_open_interval_has_no_end() -> None:
    date = parse_date("2023-07/..")
    assert date.earliest == dt.date(2023, 7, 1)
    assert date.latest is None


@pytest.mark.parametrize(
    "text",
    [
        *("November 2022", "2023-13", "2023-02-30", "", "FY23", "2023/2022", "../..", "2023-02-30~"),
        # What the library fails on, and what it would take minutes for.
        *("../16/989", "2022-10/2023-0XXXXX-12-XX", "2023-11-16/1950S22004-06-~11"),
        *("Y-1E70000002", "Y17E7/..", "{" + "1667," * 3000 + "1668}", "Y" + "1" * 5000),
    ],
)
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        parse_date(text)


@given(st.dates(dt.date(1000, 1, 1)))
def test_every_day_reads_as_itself(day: dt.date) -> None:
    date = parse_date(day.isoformat())
    assert date.earliest == date.latest == day
    assert date.datatype == XSD + "date"


def test_amounts() -> None:
    amount = parse_amount("391132.00 USD")
    assert (str(amount.value), amount.currency) == ("391132.00", "USD")
    assert canonical(str(amount), AMOUNT) == "391132.00 USD"
    for wrong in ("US$391,132.00", "391,132.00 USD", "12 dollars"):
        with pytest.raises(ValueError, match="is not an amount"):
            parse_amount(wrong)


@pytest.mark.parametrize(
    ("text", "datatype", "expected"),
    [
        ("344", "decimal", "344"),
        ("0391.50", "decimal", "391.50"),
        ("007", "integer", "7"),
        ("True", "boolean", "true"),
    ],
)
def test_canonical_forms(text: str, datatype: str, expected: str) -> None:
    assert canonical(text, XSD + datatype) == expected


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("1,000", "decimal"),
        ("NaN", "decimal"),
        ("1.5", "integer"),
        ("yes", "boolean"),
        ("example.org", "anyURI"),
        (" ", "string"),
    ],
)
def test_ill_typed_literals_are_refused(text: str, datatype: str) -> None:
    with pytest.raises(ValueError, match=r"is |not"):
        canonical(text, XSD + datatype)
