"""Finds sums of money, shares and other counted quantities in English prose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from loaders.alternatives import any_of
from loaders.numbers import DIGITS, SCALE, WORDS, scaled
from schema.values import Amount

EXACT, MORE_THAN, AT_LEAST, NEARLY, ABOUT = "exact", "more-than", "at-least", "nearly", "about"
UP_TO, LESS_THAN = "up-to", "less-than"
PERCENT = "percent"

_ROUNDING: Mapping[str, str] = {
    **dict.fromkeys(("more than", "over", "upwards of", "in excess of", "well over", "just over"), MORE_THAN),
    **dict.fromkeys(("greater than", "exceeding", "a little over", "slightly more than"), MORE_THAN),
    **dict.fromkeys(("at least", "no fewer than", "no less than", "not less than", "a minimum of"), AT_LEAST),
    **dict.fromkeys(("nearly", "almost", "close to", "just under", "nearing", "just shy of"), NEARLY),
    **dict.fromkeys(("up to", "as many as", "as much as", "a maximum of", "at most"), UP_TO),
    **dict.fromkeys(("less than", "fewer than"), LESS_THAN),
    **dict.fromkeys(("about", "some", "approximately", "around", "roughly", "an estimated"), ABOUT),
    **dict.fromkeys(("estimated", "approx.", "circa", "an approximate", "somewhere around"), ABOUT),
}
_CURRENCIES: Mapping[str, str] = {
    **dict.fromkeys(("us$", "u.s.$", "u.s. $", "us $", "usd$", "usd $", "usd", "$"), "USD"),
    **dict.fromkeys(("ec$", "xcd", "xcd$"), "XCD"),
    **dict.fromkeys(("tt$", "ttd", "ttd$"), "TTD"),
    **dict.fromkeys(("j$", "ja$", "jmd", "jmd$"), "JMD"),
    **dict.fromkeys(("bds$", "bbd", "bbd$", "bd$"), "BBD"),
    **dict.fromkeys(("bz$", "bzd", "bzd$"), "BZD"),
    **dict.fromkeys(("gy$", "g$", "gyd", "gyd$"), "GYD"),
    **dict.fromkeys(("b$", "bs$", "bsd", "bsd$"), "BSD"),
    **dict.fromkeys(("rd$", "dop"), "DOP"),
    **dict.fromkeys(("ci$", "kyd"), "KYD"),
    **dict.fromkeys(("srd$", "srd"), "SRD"),
    **dict.fromkeys(("htg",), "HTG"),
    **dict.fromkeys(("c$", "ca$", "cad", "cad$", "can$", "cdn$"), "CAD"),
    **dict.fromkeys(("au$", "a$", "aud"), "AUD"),
    **dict.fromkeys(("€", "eur"), "EUR"),
    **dict.fromkeys(("£", "gbp"), "GBP"),
}
_DOLLARS: Mapping[str, str] = {
    **dict.fromkeys(("canadian",), "CAD"),
    **dict.fromkeys(("jamaican", "jamaica"), "JMD"),
    **dict.fromkeys(("ec", "eastern caribbean"), "XCD"),
    **dict.fromkeys(("trinidad and tobago", "tt"), "TTD"),
    **dict.fromkeys(("barbados", "barbadian", "bajan"), "BBD"),
    **dict.fromkeys(("belize",), "BZD"),
    **dict.fromkeys(("guyana", "guyanese"), "GYD"),
    **dict.fromkeys(("bahamian",), "BSD"),
}

# `handed over 25 laptops` rounds nothing.
_NO_PARTICLE = "".join(
    rf"(?<!{verb}\s)" for verb in ("hand", "handed", "handing", "turn", "turned", "turning")
)
_ROUND = rf"(?:{_NO_PARTICLE}\b(?P<round>{any_of(_ROUNDING)})\s+)?"
_SIGN = "|".join(re.escape(sign) for sign in sorted(_CURRENCIES, key=len, reverse=True))
_SHORT_SCALE = rf"(?:[\s-]?(?P<scale>{SCALE}|[mkb](?![\w’'-]))\b)?"
_BETWEEN = r"(?P<between>between\s+)?"
_TO = r"(?(between)(?:\s+and\s+|\s*[-–]\s*)|(?:\s*[-–]\s*|\s+to\s+))"
_MONEY = re.compile(
    rf"{_ROUND}{_BETWEEN}(?<![A-Za-z])(?P<sign>{_SIGN})\s?(?P<number>{DIGITS}){_SHORT_SCALE}"
    rf"(?:{_TO}(?:{_SIGN})?\s?(?P<upper>{DIGITS})(?:[\s-]?(?P<upper_scale>{SCALE}|[mkb])\b)?)?(?![\w%])"
    r"(?:\s+(?:U\.?S\.?\s+)?dollars)?(?!-(?:a|per)-)",
    re.IGNORECASE,
)
_NAMED_MONEY = re.compile(
    rf"{_ROUND}(?<![\w.,$€£-])(?:(?P<number>{DIGITS})(?:[\s-]?(?P<scale>{SCALE})\b)?|(?P<word>{WORDS}))\s+"
    rf"(?:(?:(?:U\.?S\.?|United\s+States|American|(?P<whose>{'|'.join(_DOLLARS)}))\s+)?dollars"
    r"|(?P<code>USD|EUR|GBP|XCD|TTD|JMD|BBD|BZD|GYD|BSD|CAD|euros?|pounds\s+sterling))\b",
    re.IGNORECASE,
)
# One of these is in every sum: texts without are not searched. None has an i, whose cases are not all folded.
_MARKS = (
    *("$", "€", "£", "dollars", "euro", "pounds"),
    *sorted({sign for sign in _CURRENCIES if sign.isalpha()}),
)
# Words at which the phrase of a number ends before a unit was reached.
_STOP = (
    r"and|or|of|in|on|at|to|by|for|from|with|the|were|was|are|is|be|been|have|has|had|per|percent|cent|who|which|"
    r"that|as|into|since|during|after|before|across|under|against|than|while|when|its|their|his|her|this|these|"
    r"through|within|between|will|would|can|could|may|should|days?|weeks?|months?|years?|hours?|minutes?|miles?|"
    r"decades?|times|out|also|but|feet|nautical|million|billion|thousand|said|about|over|until"
)
_COUNT = (
    rf"{_BETWEEN}(?:(?P<number>{DIGITS})(?:[\s-]?(?P<scale>{SCALE})\b)?|(?P<word>\b{WORDS}\b))"
    rf"(?:{_TO}(?:(?P<upper>{DIGITS})(?:[\s-]?(?P<upper_scale>{SCALE})\b)?|(?P<upper_word>{WORDS}\b)))?"
)
# `ten of the 12 suspects` counts ten.
_OF_THESE = rf"(?:\s+of\s+(?:the|its|their|these|those|his|her)(?:\s+(?:{DIGITS}|{WORDS})(?!\w))?)?"
_QUANTITY = (
    rf"{_ROUND}(?<![\w.,$€£/#-]){_COUNT}{_OF_THESE}(?:\s+|(?=(?:kg|kgs|lbs?|g|kilos?)\b))"
    rf"(?P<modifiers>(?:(?!(?:{_STOP}|{WORDS})(?![\w’'-]))(?=[\w’'./-]*[A-Za-z])[\w][\w’'./-]*\s+"
    r"(?:and\s+(?!(?:the|a|an|its|their|were|was)\b)[a-zA-Z-]+\s+)?){0,4}?)"
    r"(?P<head>(?:(?:{units})\s+)*(?:{units})\b(?!['’-]))"
    r"(?:\s+of\s+(?:(?!(?:the|a|an|its|their)\b)[a-z-]+\s+){0,2}?(?P<stuff>{stuffs})\b)?"
)
_SHARE = (
    rf"{_ROUND}(?<![\w.,$€£/#-]){_COUNT}\s*(?:per\s?cent|%|pct)\s+(?P<of>of\s+(?:[\w’'-]+\s+){{0,5}}?"
    r"(?P<head>{units})\b)"
)


@dataclass(frozen=True, slots=True)
class Money:
    """A sum of money in a text; of a range, the lower end, and in `upper` the decimal text of the other."""

    start: int
    end: int
    amount: Amount
    rounding: str
    upper: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A counted quantity in a text; `value` is its decimal text, `unit` the words counted, in lower case.

    `head` is the run of unit nouns (`police officers`) without what follows `of`. Of a range, `value` is the
    lower end and `upper` the other. A share has the unit `percent`; `head` is the noun it is a share of, and
    `scope` the whole phrase.
    """

    start: int
    end: int
    value: str
    unit: str
    rounding: str
    head: str
    upper: str | None = None
    scope: str | None = None


def find_money(text: str, start: int, end: int) -> list[Money]:
    """All sums of money between two positions. A bare `$` is the US dollar."""
    plain = text[start:end].casefold()
    if not any(mark in plain for mark in _MARKS):
        return []
    found = [_signed(match) for match in _MONEY.finditer(text, start, end)]
    for match in _NAMED_MONEY.finditer(text, start, end):
        if not any(m.start < match.end() and match.start() < m.end for m in found):
            found.append(_named(match))
    return sorted(found, key=lambda money: money.start)


def _signed(match: re.Match[str]) -> Money:
    currency = _CURRENCIES[match["sign"].lower()]
    scale, upper = match["scale"], match["upper"]
    amount = Amount(scaled(match["number"], scale or (match["upper_scale"] if upper else None)), currency)
    top = format(scaled(upper, match["upper_scale"] or scale), "f") if upper else None
    return Money(match.start(), match.end(), amount, _rounding(match["round"]), top)


def _named(match: re.Match[str]) -> Money:
    code, whose = (match["code"] or "").lower(), " ".join((match["whose"] or "").lower().split())
    currency = _DOLLARS.get(whose, "USD")
    if code:
        named = "GBP" if code.startswith("pounds") else code.upper()
        currency = "EUR" if code.startswith("euro") else named
    value = scaled(match["word"] or match["number"], match["scale"])
    return Money(match.start(), match.end(), Amount(value, currency), _rounding(match["round"]))


def quantity_pattern(units: Sequence[str], stuffs: Sequence[str]) -> re.Pattern[str]:
    """Pattern of a number with one of these unit nouns and, after `of`, one of these stuffs."""
    return re.compile(
        _QUANTITY.replace("{units}", any_of(units)).replace("{stuffs}", any_of(stuffs)), re.IGNORECASE
    )


def share_pattern(units: Sequence[str]) -> re.Pattern[str]:
    """Pattern of `80 per cent of` something with one of these unit nouns."""
    return re.compile(_SHARE.replace("{units}", any_of(units)), re.IGNORECASE)


def find_quantities(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Quantity]:
    """All quantities between two positions by a pattern of `quantity_pattern`."""
    return [_quantity(match) for match in pattern.finditer(text, start, end)]


def find_shares(pattern: re.Pattern[str], text: str, start: int, end: int) -> list[Quantity]:
    """All shares between two positions by a pattern of `share_pattern`."""
    return [
        Quantity(
            *match.span(),
            _value(match),
            PERCENT,
            _rounding(match["round"]),
            _words(match["head"]),
            _upper(match),
            _words(match["of"]),
        )
        for match in pattern.finditer(text, start, end)
    ]


def _quantity(match: re.Match[str]) -> Quantity:
    head, stuff = _words(match["head"]), match["stuff"]
    unit = f"{head} of {_words(stuff)}" if stuff else head
    return Quantity(*match.span(), _value(match), unit, _rounding(match["round"]), head, _upper(match))


def _value(match: re.Match[str]) -> str:
    scale = match["scale"] or (match["upper_scale"] if match["upper"] else None)
    return format(scaled(match["word"] or match["number"], scale), "f")


def _upper(match: re.Match[str]) -> str | None:
    upper = match["upper"] or match["upper_word"]
    scale: str | None = match["upper_scale"] or match["scale"]
    return format(scaled(upper, scale), "f") if upper else None


def _words(text: str) -> str:
    return " ".join(text.lower().split())


def _rounding(words: str | None) -> str:
    return _ROUNDING[_words(words)] if words else EXACT
