"""Periods told by other dates: `since 2019`, `between 2010 and 2020`, `before the eleventh dialogue`."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from queries.language import DateSpan
from schema.values import parse_date

_AFTER = frozenset({"after", "following"})
_BEFORE = frozenset({"before", "until", "till", "prior"})
_UP_TO = frozenset({"by"})
_PASSED = frozenset({"the", "to", "of", "on"})
_ONWARDS = frozenset({"on", "onward", "onwards"})
_LONGEST_GAP = 2
_DAY = dt.timedelta(days=1)


def periods(words: Sequence[str], dates: Sequence[DateSpan]) -> Iterator[DateSpan]:
    """Spans of words with a period that begins or ends with one of the dates, or lies between two."""
    longest = [d for d in dates if not any(_inside(d, other) for other in dates)]
    for one in longest:
        for other in longest:
            if 0 < other.start - one.end <= _LONGEST_GAP and _joins(words[one.end : other.start]):
                start = one.start - 1
                while start > 0 and words[start] == "the":
                    start -= 1
                if start >= 0 and words[start] in ("between", "from"):
                    yield DateSpan(start, other.end, f"{_first(one.text)}/{_last(other.text)}")
        yield from _one_sided(words, one)


def _inside(one: DateSpan, other: DateSpan) -> bool:
    return one != other and other.start <= one.start and one.end <= other.end


def _joins(between: Iterable[str]) -> bool:
    return [word for word in between if word != "the"] in (["and"], ["to"], ["until"], ["through"])


def _one_sided(words: Sequence[str], date: DateSpan) -> Iterator[DateSpan]:
    """The period that ends or begins with a date, by the word before it."""
    at = date.start - 1
    while at > 0 and words[at] in _PASSED and date.start - at <= _LONGEST_GAP:
        at -= 1
    word = words[at] if at >= 0 else ""
    parsed = parse_date(date.text)
    if parsed.earliest is None or parsed.latest is None:
        return
    if word in _AFTER:
        yield DateSpan(at, date.end, f"{parsed.latest + _DAY}/..")
    elif word in _BEFORE:
        yield DateSpan(at, date.end, f"../{parsed.earliest - _DAY}")
    elif word in _UP_TO:
        yield DateSpan(at, date.end, f"../{parsed.latest}")
    elif word == "since" or (word == "from" and set(words[date.end : date.end + 1]) & _ONWARDS):
        end = date.end + (word == "from")
        yield DateSpan(at, end, f"{parsed.earliest}/..")


def _first(text: str) -> str:
    return str(parse_date(text).earliest or "..")


def _last(text: str) -> str:
    return str(parse_date(text).latest or "..")
