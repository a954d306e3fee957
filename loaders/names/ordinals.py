"""Ordinals and years beside a name: which of its series a text means, `the Eighth Reef Summit` or the Ninth.

`Reef Summit` may be a name of the Ninth one, but not behind another ordinal or year; a name is read as the
matcher folds it, with one space for every run of spaces and dashes.
"""

import re
from dataclasses import dataclass

__all__ = ["REACH", "Beside", "beside", "stem"]

_ONES = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_TEENS = [
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {
    **{word: value for value, word in enumerate((*_ONES, *_TEENS), 1)},
    **{word[:-1] + "ieth": 10 * value for value, word in enumerate(_TENS, 2)},
    **{
        f"{tens} {one}": 10 * value + unit
        for value, tens in enumerate(_TENS, 2)
        for unit, one in enumerate(_ONES, 1)
    },
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
# The last look back keeps it from being empty, as before `In` or `Laws`.
_ROMAN_NUMBER = r"(?=[IVXL])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?<=[IVXL])"
_YEAR = r"(?:19|20)\d\d"
_ONE = rf"(?:(?:{'|'.join(_TENS)}) )?(?:{'|'.join(_ONES)})"
_WHOLE = "|".join(word for word in _VALUES if " " not in word and word not in _ONES)
_MARK = (
    rf"(?P<year>{_YEAR})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th)|(?P<word>(?i:(?=[efnst])(?:{_ONE}|{_WHOLE})))"
)
_BEFORE = re.compile(rf"(?<![\w.,/])(?:{_MARK}|(?P<roman>{_ROMAN_NUMBER})) (?:(?i:annual|regular) )?$")
_AFTER = re.compile(
    rf"(?: of)? (?P<open>\()?(?:(?P<year>{_YEAR})\b(?![/.,]\d)|(?P<roman>(?!I\b){_ROMAN_NUMBER})\b)"
    r"(?(open)\))"
)
# A year that says when something happened, and is none of what stands behind it: `In 2023 …`.
_ADVERBIAL = re.compile(rf"\b(?:in|since|by|until|during|from) {_YEAR} $", re.IGNORECASE)

# How ordinals, `annual` and `regular` end, and years and Roman numbers; behind another end is none.
_LAST_TWO, _LAST = frozenset(("st", "nd", "rd", "th", "al", "ar")), frozenset("0123456789IVXL")

# So many characters before and behind a name hold what stands beside it.
REACH = 28


@dataclass(frozen=True, slots=True)
class Beside:
    """Ordinals and years right before and right behind a name, and how far they reach, `before` below 0."""

    marks: frozenset[int]
    before: int
    after: int


def _value(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if groups["year"] or groups.get("digits"):
        return int(groups["year"] or groups["digits"])
    if groups.get("word"):
        return _VALUES[groups["word"].lower()]
    letters = [_ROMAN[letter] for letter in groups["roman"]]
    following = (*letters[1:], 0)
    return sum(-one if one < other else one for one, other in zip(letters, following, strict=True))


def stem(name: str) -> tuple[str, int] | None:
    """A name without the ordinal or year that it begins or ends with, and this number; None without one."""
    spaces = [index for index, letter in enumerate(name) if letter == " "]
    for at in reversed(spaces):
        if (match := _BEFORE.fullmatch(name, 0, at + 1)) is not None:
            return name[at + 1 :], _value(match)
    for at in spaces:
        if (match := _AFTER.fullmatch(name, at)) is not None:
            return name[:at], _value(match)
    return None


def beside(before: str, after: str) -> Beside:
    """The ordinals and years between which a name stands, from the text before and behind it."""
    ends = before[-3:-1].lower() in _LAST_TWO or before[-2:-1] in _LAST
    first = _BEFORE.search(before) if ends else None
    if first is not None and first["year"] and _ADVERBIAL.search(before):
        first = None
    last = _AFTER.match(after)
    marks = frozenset(_value(match) for match in (first, last) if match is not None)
    return Beside(marks, first.start() - len(before) if first else 0, last.end() if last else 0)
