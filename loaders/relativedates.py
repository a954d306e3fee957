"""Dates told from another date: `last September`, `on Thursday`, `that same month`, `two years ago`.

They count from the document's date, those with `that` or `the following` from the nearest earlier date of the
text that is exact enough. A weekday is the last one on or before the document's date, after `will` or `next`
the first one after it. What nothing settles has no EDTF text.
"""

import datetime as dt
import re

from loaders.dateforms import (
    MONTH,
    SEASONS,
    WEEKDAYS,
    Clock,
    Form,
    Found,
    Groups,
    day_before,
    fiscal_year,
    month_number,
    month_text,
)
from loaders.numbers import WORDS, number
from schema.values import PartialDate

_UNITS = {"day": "day", "night": "day", "morning": "day", "week": "week", "month": "month", "year": "year"}
_YEARS = {"decade": 10, "century": 100}
_DAY_WORDS = {"yesterday": 1, "last night": 1, "tomorrow": -1}
_BACK = frozenset(("last", "past", "previous", "preceding", "prior"))
_AHEAD = frozenset(("next", "coming", "following", "upcoming"))
_FUTURE = re.compile(r"\b(?:will|shall|to be|is set to|are set to|scheduled|expected|due|plans? to)\b[^.;]*$")
_HABIT = re.compile(r"\b(?:every|each|per|Good|Black|Ash|Holy|Easter|Palm|Bloody|Cyber)\s+$")


def _from(words: str, date: PartialDate, whose: str = "the document's date") -> str:
    return f"{' '.join(words.split())} from {whose} {date.text}"


def _day(document: PartialDate) -> dt.date:
    day = document.latest or document.earliest
    assert day is not None  # noqa: S101 - a date has one end at least
    return day


def _of(unit: str, day: dt.date, steps: int) -> str:
    """EDTF of the day, week (Monday to Sunday), month or year that lies `steps` units after a day's."""
    if unit == "day":
        return day_before(day, -steps).isoformat()
    if unit == "week":
        monday = day_before(day, day.weekday() - 7 * steps)
        return f"{monday.isoformat()}/{day_before(monday, -6).isoformat()}"
    if unit == "month":
        return month_text(day.year, day.month + steps)
    return f"{day.year + steps:04}"


def _exact(unit: str) -> tuple[str, ...]:
    precisions = {"day": ("day",), "week": ("day",), "month": ("day", "month")}
    return precisions.get(unit, ("day", "month", "year"))


def _document(words: str, unit: str, steps: int, clock: Clock) -> Found:
    document = clock.has(*_exact(unit))
    if document is None:
        return Found(None)
    return Found(_of(unit, _day(document), steps), _from(words, document))


def _day_word(groups: Groups, clock: Clock) -> Found:
    words = groups["word"] or ""
    return _document(words, "day", -_DAY_WORDS.get(" ".join(words.lower().split()), 0), clock)


def _this(groups: Groups, clock: Clock) -> Found:
    which, unit = (groups["which"] or "").lower(), (groups["unit"] or "").lower()
    steps = -1 if which in _BACK else 1 if which in _AHEAD else 0
    words = f"{groups['which']} {groups['unit']}"
    if unit == "weekend":
        document = clock.has("day")
        if document is None:
            return Found(None)
        saturday = day_before(_day(document), (_day(document).weekday() + 2) % 7 + (-7 if steps > 0 else 0))
        text = f"{saturday.isoformat()}/{day_before(saturday, -1).isoformat()}"
        return Found(text, _from(words, document))
    if unit == "quarter":
        document = clock.has("day", "month")
        if document is None:
            return Found(None)
        day = _day(document)
        first = (day.month - 1) // 3 * 3 + 1 + 3 * steps
        return Found(
            f"{month_text(day.year, first)}/{month_text(day.year, first + 2)}", _from(words, document)
        )
    return _document(words, unit, steps, clock)


def _this_fiscal(groups: Groups, clock: Clock) -> Found:
    document = clock.has("day", "month")
    if document is None:
        return Found(None)
    which, day = (groups["which"] or "").lower(), _day(document)
    steps = -1 if which in _BACK else 1 if which in _AHEAD else 0
    text = fiscal_year(day.year + (day.month >= 10) + steps)
    return Found(text, _from(f"{which} fiscal year", document))


def _span(groups: Groups, clock: Clock) -> Found:
    """`the past five years`: from so many units before the document's date to it, or after it."""
    which, unit = (groups["which"] or "").lower(), (groups["unit"] or "").lower().removesuffix("s")
    many, words = _many(groups["many"]), f"{groups['which']} {groups['many'] or ''} {groups['unit']}"
    factor, unit = _YEARS.get(unit, 1), "year" if unit in _YEARS else unit
    document = clock.has(*_exact(unit))
    if many is None or document is None:
        return Found(None)
    steps, day = many * factor * (-1 if which in _BACK else 1), _day(document)
    if unit == "week":
        steps, unit = steps * 7, "day"
    ends = sorted((_of(unit, day, 0), _of(unit, day, steps)))
    return Found("/".join(ends), _from(words, document))


def _many(words: str | None) -> int | None:
    """How many; None for `several` and for what leads out of the calendar."""
    if words is None or words.lower() in ("a", "an", "one"):
        return 1
    if re.fullmatch(WORDS + r"|\d{1,3}", words, re.IGNORECASE) is None:
        return None
    value = number(words)
    return int(value) if value == value.to_integral_value() and value < 1000 else None


def _ago(groups: Groups, clock: Clock) -> Found:
    """`two years ago` from the document's date; `two years later` from the nearest earlier date."""
    many, unit = _many(groups["many"]), (groups["unit"] or "").lower().removesuffix("s")
    words = f"{groups['many']} {groups['unit']} {groups['side']}"
    factor, unit = _YEARS.get(unit, 1), "year" if unit in _YEARS else unit
    if many is None:
        return Found(None)
    side = (groups["side"] or "").lower()
    if side == "ago":
        return _document(words, unit, -many * factor, clock)
    return _anchored(words, unit, many * factor * (1 if side in ("later", "after") else -1), clock)


def _anchored(words: str, unit: str, steps: int, clock: Clock) -> Found:
    fitting = (d for d in reversed(clock.earlier) if d.precision in _exact(unit))
    date = next(fitting, None)
    if date is None:
        return Found(None)
    return Found(_of(unit, _day(date), steps), _from(words, date, "the earlier date"))


def _that(groups: Groups, clock: Clock) -> Found:
    which, unit = " ".join((groups["which"] or "").lower().split()), (groups["unit"] or "").lower()
    last = which.split()[-1]
    steps = -1 if last in _BACK else 1 if last in _AHEAD else 0
    return _anchored(f"{groups['which']} {groups['unit']}", _UNITS[unit], steps, clock)


def _weekday(groups: Groups, clock: Clock) -> Found:
    name, which = groups["weekday"] or "", (groups["which"] or "").lower()
    document = clock.has("day")
    if document is None:
        return Found(None)
    day = _day(document)
    back = (day.weekday() - WEEKDAYS.index(name)) % 7
    if which in _AHEAD or (not which and _FUTURE.search(clock.before)):
        back -= 7
    elif which == "this":
        back = day.weekday() - WEEKDAYS.index(name)
    elif which in _BACK and back == 0:
        back = 7
    return Found(day_before(day, back).isoformat(), _from(f"{which} {name}".strip(), document))


def _month(groups: Groups, clock: Clock) -> Found:
    """`last September` is the last one over before the document's month, `next March` the first after it."""
    document = clock.has("day", "month")
    if document is None:
        return Found(None)
    which, day = (groups["which"] or "").lower().split()[-1], _day(document)
    month = month_number(groups["month"] or "")
    year = day.year
    if which in _BACK:
        year -= month >= day.month
    elif which in _AHEAD:
        year += month <= day.month
    return Found(f"{year:04}-{month:02}", _from(f"{groups['which']} {groups['month']}", document))


def _season(groups: Groups, clock: Clock) -> Found:
    document = clock.has("day", "month")
    if document is None:
        return Found(None)
    which, day = (groups["which"] or "").lower().split()[-1], _day(document)
    season = SEASONS[(groups["season"] or "").lower()]
    begins, year = (season - 20) * 3, day.year
    if which in _BACK:
        year -= begins + 2 >= day.month
    elif which in _AHEAD:
        year += begins <= day.month
    return Found(f"{year:04}-{season}", _from(f"{groups['which']} {groups['season']}", document))


_N = rf"(?P<many>(?i:{WORDS}|a|an|\d{{1,3}}|several|a\s+few|few|a\s+couple\s+of|couple\s+of|many))"
_WHICH = r"(?P<which>this(?:\s+past)?|last|next|the\s+past|past|this\s+coming|the\s+coming|coming)"

RELATIVE: tuple[Form, ...] = (
    Form(
        r"(?i:(?:earlier\s+|later\s+)?(?P<word>today|yesterday|tomorrow|tonight|last\s+night"
        r"|this\s+(?:morning|afternoon|evening)))",
        _day_word,
    ),
    Form(
        r"(?i:(?:the\s+)?(?P<which>past|last|previous|preceding|next|coming)\s+"
        rf"(?:{_N}[\s-]+)(?:fiscal\s+|calendar\s+)?(?P<unit>days?|weeks?|months?|years?|decades?))",
        _span,
    ),
    Form(r"(?i:(?:the\s+)?(?P<which>past|last)\s+(?P<many>(?!))?(?P<unit>decade))", _span),
    Form(r"(?i:(?:the\s+)(?P<which>past)\s+(?P<many>(?!))?(?P<unit>week|month|year|decade))", _span),
    Form(
        r"(?i:(?P<which>this|the\s+current|current|last|the\s+last|next|the\s+next|the\s+previous|previous)"
        r"\s+(?:fiscal|financial)\s+year)",
        _this_fiscal,
    ),
    Form(
        r"(?i:(?:(?:early|earlier|late|later|mid)[\s-]+(?:in\s+)?)?(?P<which>this|last|next|the\s+current|past)"
        r"\s+(?P<unit>week|weekend|month|year|quarter))",
        _this,
    ),
    Form(r"(?i:(?:earlier|later)\s+in\s+(?P<which>the)\s+(?P<unit>week|month|year))", _this),
    Form(r"(?i:(?<=over\s)(?P<which>the)\s+(?P<unit>weekend))", _this),
    Form(
        r"(?i:(?:later\s+|earlier\s+)?(?P<which>that\s+same|that|(?:the|this)\s+same|the\s+following|the\s+previous|the\s+preceding)"
        r"\s+(?P<unit>day|night|morning|week|month|year))",
        _that,
    ),
    Form(r"(?i:(?P<which>the\s+next)\s+(?P<unit>day|morning))", _that),
    Form(
        rf"(?i:{_N}[\s-]+(?P<unit>days?|weeks?|months?|years?|decades?)\s+(?P<side>ago|later|earlier))",
        _ago,
    ),
    Form(
        r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast)\s+)?"
        rf"(?P<weekday>{'|'.join(WEEKDAYS)})(?:\s+(?:morning|afternoon|evening|night))?(?!\s+(?:Gleaner|Guardian|Times|Observer|Express|Herald|Morning|Night)\b)",
        _weekday,
    ),
    Form(rf"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[\s-]+)?(?i:{_WHICH})\s+{MONTH}(?!\s+\d)", _month),
    Form(
        rf"(?i:{_WHICH}\s+(?P<season>spring|summer|autumn|fall|winter))",
        _season,
    ),
)


def is_habit(before: str) -> bool:
    """Whether the words before a weekday tell that it is a custom or a feast: `every Thursday`."""
    return _HABIT.search(before) is not None
