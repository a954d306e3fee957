"""Numbers in English prose: `1,344`, `2.5 million`, `twenty-five`, `two dozen`, `half a million`."""

import re
from collections.abc import Mapping
from decimal import Decimal

from loaders.alternatives import any_of

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Mapping[str, int] = {
    **{word: number for number, word in enumerate(_ONES, 1)},
    **{word: number * 10 for number, word in enumerate(_TENS, 2)},
}
_SCALES: Mapping[str, int] = {
    "dozen": 12,
    "hundred": 100,
    **dict.fromkeys(("thousand", "k"), 1_000),
    **dict.fromkeys(("million", "m", "mn"), 1_000_000),
    **dict.fromkeys(("billion", "b", "bn"), 1_000_000_000),
    "trillion": 1_000_000_000_000,
}

_SIMPLE = any_of(_SMALL)
_SCALES_IN_WORDS = ("dozen", "hundred", "thousand", "million", "billion", "trillion")
_SCALE_WORDS = any_of(_SCALES_IN_WORDS)
DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,6})?"
SCALE = any_of((*_SCALES_IN_WORDS, "mn", "bn"))
# `a dozen`, `two dozen`, `half a million`, `three hundred and twelve`; a bare `a` or `hundred` is no number.
WORDS = (
    rf"(?:(?:half[\s-]an?|an?|{_SIMPLE})(?:[\s-]+{_SCALE_WORDS})"
    rf"|{_SIMPLE})(?:(?:[\s-]+(?:and[\s-]+)?)(?:{_SIMPLE}|{_SCALE_WORDS})(?![\w]))*"
)
_TOKEN = re.compile(r"half[\s-]an?|[a-z]+")


def number(text: str) -> Decimal:
    """The number that digits, or words that match WORDS, stand for. Raises ValueError for anything else."""
    cleaned = text.strip().lower()
    if cleaned[:1].isdigit():
        return Decimal(cleaned.replace(",", ""))
    total, current = Decimal(0), Decimal(0)
    for word in _TOKEN.findall(cleaned):
        if word.startswith("half"):
            current += Decimal("0.5")
        elif word in ("a", "an"):
            current += 1
        elif word in _SMALL:
            current += _SMALL[word]
        elif word in ("dozen", "hundred"):
            current = (current or Decimal(1)) * _SCALES[word]
        elif word in _SCALES:
            total, current = total + (current or Decimal(1)) * _SCALES[word], Decimal(0)
        elif word != "and":
            raise ValueError(f"{text!r} is not a number")
    return plain(total + current)


def scaled(text: str, scale: str | None) -> Decimal:
    """A number times the scale written behind it: `2.5` and `million`."""
    factor = _SCALES[scale.lower()] if scale else 1
    return plain(number(text) * factor) if scale else number(text)


def plain(value: Decimal) -> Decimal:
    """The same number without needless zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
