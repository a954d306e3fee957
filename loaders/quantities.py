"""Finds sums of money and other counted quantities in English prose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schema.values import Amount

EXACT, MORE_THAN, NEARLY, ABOUT = "exact", "more-than", "nearly", "about"

_ROUNDING: Mapping[str, str] = {
    **dict.fromkeys(("more than", "over", "at least", "upwards of", "in excess of"), MORE_THAN),
    **dict.fromkeys(("nearly", "almost", "close to", "up to"), NEARLY),
    **dict.fromkeys(("about", "some", "approximately", "around", "roughly", "an estimated"), ABOUT),
}
_SCALES: Mapping[str, int] = {
    **dict.fromkeys(("thousand", "k"), 1_000),
    **dict.fromkeys(("million", "m", "mn"), 1_000_000),
    **dict.fromkeys(("billion", "bn"), 1_000_000_000),
}
_CURRENCIES: Mapping[str, str] = {
    **dict.fromkeys(("us$", "u.s.$", "u.s. $", "us $", "usd$", "usd $", "usd", "$"), "USD"),
    **dict.fromkeys(("ec$", "xcd"), "XCD"),
    **dict.fromkeys(("tt$", "ttd"), "TTD"),
    **dict.fromkeys(("j$", "jmd"), "JMD"),
    **dict.fromkeys(("bds$", "bbd"), "BBD"),
    **dict.fromkeys(("bz$", "bzd"), "BZD"),
    **dict.fromkeys(("g$", "gyd"), "GYD"),
    **dict.fromkeys(("c$", "cad", "can$"), "CAD"),
    **dict.fromkeys(("€", "eur"), "EUR"),
    **dict.fromkeys(("£", "gbp"), "GBP"),
}
_COUNTS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    "twenty",
)

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ROUND = r"(?:\b(?P<round>" + "|".join(map(re.escape, _ROUNDING)) + r")\s+)?"
_SCALE = r"(?:(?:\s|-)?(?P<scale>thousand|million|billion|mn|bn|m|k)\b)?"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True))
_MONEY = re.compile(
    rf"{_ROUND}(?:(?<![A-Za-z])(?P<sign>{_SIGN})\s?(?P<number>{_NUMBER}){_SCALE}(?![\w%])(?:\s+(?:U\.?S\.?\s+)?dollars)?"
    rf"|(?<![\w.,$])(?P<number2>{_NUMBER})(?:\s(?P<scale2>thousand|million|billion))?\s+"
    r"(?:(?:U\.?S\.?|United States)\s+)?(?P<name>dollars|USD|euros?)\b)",
    re.IGNORECASE,
)
_QUANTITY = (
    rf"{_ROUND}(?<![\w.,$€£/-])(?:(?P<number>{_NUMBER}){_SCALE}|(?P<word>{'|'.join(_COUNTS)}))\s+"
    r"(?P<modifiers>(?:(?!(?:and|or|of|in|to|by|for|from|with|the|were|was|are|is|have|has|per)\b)"
    r"[A-Za-z][\w’'.-]*\s+){{0,3}}?)(?P<unit>(?:{units})\b(?:\s+of\s+(?:{stuffs})\b)?)"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money in a text."""

    start: int
    end: int
    amount: Amount
    rounding: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted quantity in a text; `value` is its decimal text, `unit` the words counted, in lower case."""

    start: int
    end: int
    value: str
    unit: str
    rounding: str


def find_money(text: str, start: int, end: int) -> list[Money]:
    """All sums of money between two positions. A bare `$` is the US dollar."""
    found = []
    for match in _MONEY.finditer(text, start, end):
        number, scale = match["number"] or match["number2"], match["scale"] or match["scale2"]
        name = (match["sign"] or match["name"]).lower()
        currency = "EUR" if name.startswith("euro") else _CURRENCIES.get(name, "USD")
        amount = Amount(_scaled(number, scale), currency)
        found.append(Money(match.start(), match.end(), amount, _rounding(match["round"])))
    return found


def quantity_pattern(units: Sequence[str], stuffs: Sequence[str]) -> re.Pattern[str]:
    """Pattern of a number with one of these unit nouns and, after `of`, one of these stuffs."""
    choice = "|".join(sorted(map(re.escape, units), key=len, reverse=True)).replace(r"\ ", r"\s+")
    of = "|".join(sorted(map(re.escape, stuffs), key=len, reverse=True)).replace(r"\ ", r"\s+")
    return re.compile(
        _QUANTITY.replace("{{0,3}}", "{0,3}").replace("{units}", choice).replace("{stuffs}", of),
        re.IGNORECASE,
    )


def find_quantities(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Quantity]:
    """All quantities between two positions by a pattern of `quantity_pattern`."""
    return [
        Quantity(
            match.start(),
            match.end(),
            _count(match),
            " ".join(match["unit"].lower().split()),
            _rounding(match["round"]),
        )
        for match in pattern.finditer(text, start, end)
    ]


def _count(match: re.Match[str]) -> str:
    if match["word"]:
        return str(_COUNTS.index(match["word"].lower()) + 2)
    return format(_scaled(match["number"], match["scale"]), "f")


def _scaled(number: str, scale: str | None) -> Decimal:
    value = Decimal(number.replace(",", ""))
    if scale is None:
        return value
    value *= _SCALES[scale.lower()]
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _rounding(words: str | None) -> str:
    return _ROUNDING[" ".join(words.lower().split())] if words else EXACT
