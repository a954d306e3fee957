"""Numbers, sums of money, counted things and shares in English prose."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.measures import lexicon
from loaders.numbers import number, scaled
from loaders.quantities import find_money, find_quantities, find_shares


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1,344", "1344"), ("2.5", "2.5"), ("12", "12"), ("twenty-five", "25"), ("a dozen", "12")),
        *(("two dozen", "24"), ("half a dozen", "6"), ("three hundred", "300"), ("half a million", "500000")),
        *(
            ("four hundred and thirty-two", "432"),
            ("two thousand five hundred", "2500"),
            ("a hundred", "100"),
        ),
        *(("one", "1"), ("two hundred thousand", "200000"), ("Ninety-nine", "99")),
    ],
)
def test_numbers(text: str, value: str) -> None:
    assert format(number(text), "f") == value


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="is not a number"):
        number("several")


@given(st.integers(0, 10**12), st.sampled_from((None, "thousand", "million", "k", "bn")))
def test_scales_are_factors(value: int, scale: str | None) -> None:
    factor = {None: 1, "thousand": 10**3, "k": 10**3, "million": 10**6, "bn": 10**9}[scale]
    assert scaled(f"{value:,}", scale) == Decimal(value * factor)


def money(text: str) -> list[tuple[str, str, str | None]]:
    """Sum, rounding and upper end of each sum."""
    return [(str(m.amount), m.rounding, m.upper) for m in find_money(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("US$391,132.50", [("391132.50 USD", "exact", None)]),
        (
            "about $4.2 million, over US$40m",
            [("4200000 USD", "about", None), ("40000000 USD", "more-than", None)],
        ),
        (
            "U.S. $12 million and USD 3 million",
            [("12000000 USD", "exact", None), ("3000000 USD", "exact", None)],
        ),
        ("EC$2.5 million, BZ$50,000, TT$3m, RD$4 million",
         [("2500000 XCD", "exact", None), ("50000 BZD", "exact", None), ("3000000 TTD", "exact", None),
          ("4000000 DOP", "exact", None)]),
        ("€4.5m and £300,000", [("4500000 EUR", "exact", None), ("300000 GBP", "exact", None)]),
        ("2.6 million dollars", [("2600000 USD", "exact", None)]),
        ("half a million US dollars", [("500000 USD", "exact", None)]),
        ("12 million Jamaican dollars", [("12000000 JMD", "exact", None)]),
        ("3 million euros", [("3000000 EUR", "exact", None)]),
        ("between $20 and $30 million", [("20000000 USD", "exact", "30000000")]),
        ("$20-30 million", [("20000000 USD", "exact", "30000000")]),
        ("up to $5 million", [("5000000 USD", "up-to", None)]),
        ("no less than $5 billion", [("5000000000 USD", "at-least", None)]),
        ("$1.2M", [("1200000 USD", "exact", None)]),
        ("a $2.6-million project", [("2600000 USD", "exact", None)]),
        ("$5 men", [("5 USD", "exact", None)]),
        ("many dollars, $, 12 boats", []),
    ],
)  # fmt: skip
def test_money(text: str, wanted: list[tuple[str, str, str | None]]) -> None:
    assert money(text) == wanted


def quantities(text: str) -> list[tuple[str, str]]:
    """Value and unit of each quantity of the lexicon."""
    return [(q.value, q.unit) for q in find_quantities(lexicon().quantities, text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1,344 firearms", [("1344", "firearms")]),
        ("12 high-powered, semi-automatic rifles and 3 pistols", [("3", "pistols")]),
        ("12 high-powered assault rifles", [("12", "assault rifles")]),
        ("3,300 rounds of assorted ammunition", [("3300", "rounds of ammunition")]),
        ("1.2 tonnes of suspected cocaine", [("1.2", "tonnes of cocaine")]),
        ("150kg of cannabis", [("150", "kg of cannabis")]),
        ("40 police officers", [("40", "police officers")]),
        ("60 customs and police officers", [("60", "officers")]),
        ("three 33-foot patrol boats", [("3", "patrol boats")]),
        ("ten of the 12 suspects", [("10", "suspects")]),
        ("between 20 and 30 cadets", [("20", "cadets")]),
        ("12 days, officers", []),
        ("in 12 months officers met", []),
        ("12 of 13 nations", [("13", "nations")]),
        ("resolution 12/3 officers", []),
    ],
)
def test_quantities(text: str, wanted: list[tuple[str, str]]) -> None:
    assert quantities(text) == wanted


def test_ranges_have_an_upper_end() -> None:
    text = "between 20 and 30 cadets, 15-20 guns, two to three boats"
    found = find_quantities(lexicon().quantities, text, 0, len(text))
    assert [(q.value, q.upper) for q in found] == [("20", "30"), ("15", "20"), ("2", "3")]


def test_shares_say_of_what() -> None:
    text = "Over 80 per cent of the guns and 12% of all officers, 5 percent more boats"
    found = find_shares(lexicon().shares, text, 0, len(text))
    assert [(s.value, s.unit, s.head, s.scope, s.rounding) for s in found] == [
        ("80", "percent", "guns", "of the guns", "more-than"),
        ("12", "percent", "officers", "of all officers", "exact"),
    ]


PIECES = st.sampled_from(
    (
        *(
            "$",
            "US$",
            "€",
            "12",
            "1,344",
            "0.5",
            "99999999999999",
            "million",
            "k",
            "bn",
            "-",
            "–",
            "to",
            "and",
        ),
        *(
            "between",
            "half a",
            "dozen",
            "two",
            "hundred",
            "dollars",
            "euros",
            "firearms",
            "rounds of",
            "ammunition",
        ),
        *("%", "percent of", "officers", ",", ".", " ", "\n", "up to", "more than", "٣", "½"),
    )
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_whatever_the_text_quantities_are_numbers_of_it(text: str) -> None:
    for money_found in find_money(text, 0, len(text)):
        assert text[money_found.start : money_found.end].strip()
        assert money_found.amount.value >= 0
        assert "E" not in str(money_found.amount.value)
    for quantity in find_quantities(lexicon().quantities, text, 0, len(text)):
        assert quantity.unit.split()[0] in text[quantity.start : quantity.end].lower()
        assert Decimal(quantity.value) >= 0
