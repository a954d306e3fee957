"""Finds dates in English prose and writes them in EDTF with the precision that the text gives them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from schema.values import PartialDate, parse_date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_NUMBERS = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}

_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" if m[3:] else m for m in _MONTHS) + r"|Sept)\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_LAST_DAY = r"(?:\s*(?:-|–|—|to|and|through|until)\s*(?P<last>[0-3]?\d)(?:st|nd|rd|th)?)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_AFTER = r"(?![\w%]|[,.]\d)"
_BEFORE = r"(?<![\w.,$-])"

# Up to how many months after the document a date without a year may lie before it means the year before.
_AHEAD = 1
# From how many months back in the same year it may as well mean the coming year.
_LONG_AGO = 10


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text: where it stands and what it is in EDTF. A fiscal year is the interval it means.

    `edtf` is None for a date without a year that nothing settles.
    """

    start: int
    end: int
    edtf: str | None


def find_dates(text: str, start: int, end: int, published: str | None = None) -> list[DateSpan]:
    """All dates between two positions, in order.

    A date without a year takes the year that brings it nearest before `published`, the document's EDTF date;
    without such a date it stays open. What is no date of the calendar is left out.
    """
    found = (DateSpan(*match.span(), _edtf(match, published)) for match in _DATE.finditer(text, start, end))
    return [date for date in found if date.edtf != ""]


def _fiscal(match: re.Match[str], _: str | None) -> str:
    first = int(match["fiscal"])
    last = int(match["fiscal_last"] or first)
    return f"{first - 1}-10-01/{last}-09-30"


def _years(match: re.Match[str], _: str | None) -> str:
    return f"{match['from']}/{match['until']}"


def _plain_year(match: re.Match[str], _: str | None) -> str:
    return match["only_year"]


def _calendar(prefix: str) -> Callable[[re.Match[str], str | None], str | None]:
    """Reader of a form with a month: its groups are the prefix and `month`, `day`, `last`, `year`."""

    def read(match: re.Match[str], published: str | None) -> str | None:
        groups = match.groupdict()
        month = _NUMBERS[groups[f"{prefix}month"][:3].lower()]
        day, last = groups.get(f"{prefix}day"), groups.get(f"{prefix}last")
        year = groups.get(f"{prefix}year") or _year_of(month, published)
        if year is None:
            return None
        days = [f"-{int(number):02}" for number in (day, last) if number]
        return "/".join(f"{year}-{month:02}{number}" for number in days or [""])

    return read


def _year_of(month: int, published: str | None) -> str | None:
    """Year of a month for which the text gives none; None where it may be the coming year as well."""
    document = _parsed(published or "")
    if document is None or document.latest is None or document.precision not in ("day", "month"):
        return None
    year, now = document.latest.year, document.latest.month
    if now - month >= _LONG_AGO:
        return None
    return str(year if month <= now + _AHEAD else year - 1)


def _named(prefix: str, pattern: str) -> str:
    return pattern.replace("(?P<", f"(?P<{prefix}")


# Forms in the order in which they are tried at a place; the marker group says which one matched.
_FORMS: tuple[tuple[str, str, Callable[[re.Match[str], str | None], str | None]], ...] = (
    (
        "a",
        r"(?:[Ff]iscal [Yy]ears?|FYs?)\s?(?P<fiscal>20\d\d)"
        r"(?:\s*(?:-|–|to|through|until)\s*(?:FY)?\s?(?P<fiscal_last>20\d\d))?",
        _fiscal,
    ),
    ("b", _named("b_", rf"{_MONTH}\s+{_DAY}{_LAST_DAY},?\s+{_YEAR}"), _calendar("b_")),
    ("c", _named("c_", rf"{_DAY}{_LAST_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"), _calendar("c_")),
    ("d", _named("d_", rf"{_MONTH},?\s+(?:of\s+)?{_YEAR}"), _calendar("d_")),
    ("e", _named("e_", rf"{_MONTH}\s+{_DAY}{_LAST_DAY}"), _calendar("e_")),
    ("f", _named("f_", rf"{_DAY}{_LAST_DAY}\s+(?:of\s+)?{_MONTH}"), _calendar("f_")),
    ("g", _named("g_", rf"(?<=[Ii]n\s){_MONTH}(?!\s+\d)"), _calendar("g_")),
    (
        "h",
        r"(?P<from>(?:19|20)\d\d)(?:\s*[-–]\s*|/|\s+(?:to|through|until)\s+)(?P<until>(?:19|20)\d\d)",
        _years,
    ),
    (
        "i",
        r"(?:(?<=[Ii]n\s)|(?<=[Ss]ince\s)|(?<=[Dd]uring\s)|(?<=[Bb]y\s)|(?<=[Oo]f\s)|(?<=late\s))"
        r"(?P<only_year>(?:19|20)\d\d)",
        _plain_year,
    ),
)
_READERS = {name: reader for name, _, reader in _FORMS}
_DATE = re.compile(
    _BEFORE + "(?:" + "|".join(f"(?P<form_{name}>{pattern})" for name, pattern, _ in _FORMS) + ")" + _AFTER
)


def _edtf(match: re.Match[str], published: str | None) -> str | None:
    """The date in EDTF, None without a year, empty for one that is not in the calendar."""
    form = next(name for name in _READERS if match[f"form_{name}"] is not None)
    edtf = _READERS[form](match, published)
    if edtf is None:
        return None
    parsed = _parsed(edtf)
    if parsed is None or parsed.earliest is None or parsed.latest is None or parsed.earliest > parsed.latest:
        return ""
    return parsed.text


def _parsed(edtf: str) -> PartialDate | None:
    try:
        return parse_date(edtf)
    except ValueError:
        return None
