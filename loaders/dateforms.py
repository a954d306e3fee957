"""Written forms of dates in English releases, US and British: patterns, and what each says in EDTF.

A form is tried at every word; the first that fits wins. Its reader gives the date with its precision:
quarters and halves of a year are intervals of months, `early`, `mid` and `late` leave the precision as it is,
a fiscal year is the interval from October to September.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from schema.values import PartialDate, parse_date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH_NUMBERS = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# Up to how many months after the document a date without a year may lie before it means the year before.
_AHEAD = 1
# From how many months back in the same year it may as well mean the coming year.
_LONG_AGO = 10
_LAST_CENTURY = 50


@dataclass(frozen=True, slots=True)
class Found:
    """What a form says: EDTF text, None where nothing settles it, and what was inferred for it."""

    edtf: str | None
    inferred: str | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """What a relative date counts from: the document's EDTF date, and the earlier dates of the text.

    `before` and `after` are the words around it in its sentence. `named` is the EDTF date in the document's
    name, which tells the year of a date where nothing says when the document came out, but no more.
    """

    published: str | None
    earlier: tuple[PartialDate, ...] = ()
    before: str = ""
    after: str = ""
    named: str | None = None

    @property
    def document(self) -> PartialDate | None:
        """The document's date, where it is one."""
        return parsed(self.published or "")

    def has(self, *precisions: str) -> PartialDate | None:
        """The document's date if it has one of these precisions."""
        document = self.document
        return document if document is not None and document.precision in precisions else None

    @property
    def year_giver(self) -> tuple[PartialDate, str] | None:
        """The date that gives others their year, and what it is: the document's, else the one in its name."""
        if self.published:
            document = self.has("day", "month")
            return (document, f"the document's date {document.text}") if document is not None else None
        named = parsed(self.named or "")
        return (named, "the document's name") if named is not None else None


Groups = Mapping[str, str | None]
Reader = Callable[[Groups, Clock], Found]


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a date."""

    pattern: str
    read: Reader


def parsed(edtf: str) -> PartialDate | None:
    """The date, or None for what is none."""
    try:
        return parse_date(edtf)
    except ValueError:
        return None


def month_number(name: str) -> int:
    """1 for January, Jan. and JAN."""
    return _MONTH_NUMBERS[name[:3].lower()]


def month_text(year: int, month: int) -> str:
    """EDTF of a month; months before 1 and after 12 count into the years around."""
    years, index = divmod(month - 1, 12)
    return f"{year + years:04}-{index + 1:02}"


def fiscal_year(first: int, last: int | None = None) -> str:
    """The days of a US fiscal year, or of several."""
    return f"{first - 1}-10-01/{last or first}-09-30"


# --- pieces ---------------------------------------------------------------------------------------------

_SHORT = "|".join(dict.fromkeys(f"{m[:3]}" for m in MONTHS if m != "May"))
_LONG = "|".join(MONTHS)
MONTH = (
    rf"(?P<month>(?:{_LONG}|{_LONG.upper()})\b"
    rf"|(?:Sept|{_SHORT}|SEPT|{_SHORT.upper()})\b(?:\.|(?=[\s\d,/–—-])))"
)
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|through|thru|until|till)\s+(?:the\s+)?)"
_AND = r"\s+(?:and|&)\s+(?:the\s+)?"
_BETWEEN = r"(?P<btw>(?<=[Bb]etween\s))?"
_JOINT = rf"(?(btw)(?:{_TO}|{_AND})|{_TO})"
_SHORT_DAYS = r"Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun"
_WEEKDAY = rf"(?:(?:{'|'.join(WEEKDAYS)}|{_SHORT_DAYS})\b\.?,?\s+)?"
_THE = r"(?:[Tt]he\s+(?=\d+(?:st|nd|rd|th)))?"
_PART = r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-]+(?:in\s+)?)?"
# The last of the days in `14 to 16`, `14 and 15`, `14, 15 and 16`.
_DAYS = (
    rf"{_DAY}(?:(?:,\s*\d{{1,2}}(?:st|nd|rd|th)?(?=\s*,|\s+and|\s*&))*(?:{_TO}|,?{_AND})"
    r"(?P<last>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d))?"
)
_YEAR_AFTER = rf"(?:,?\s*(?:of\s+|in\s+)?{_YEAR})"
_QUARTER = r"(?P<nth>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?P<piece>quarter|half|trimester)"
_FISCAL = r"(?:(?:US\s+|U\.S\.\s+|federal\s+)?(?:fiscal|financial|budget)\s+years?|fiscal|FYs?|F\.Y\.)"
_OF = r"(?:\s+of)?(?:\s+the)?\s+"


def _second(pattern: str) -> str:
    return re.sub(r"\(\?P<(\w+)>", r"(?P<\g<1>2>", pattern)


# --- readers --------------------------------------------------------------------------------------------


def _day_range(groups: Groups, clock: Clock) -> Found:
    """`May 3 to June 5, 2021`: two days with a month each, years as far as they are given."""
    first, last = month_number(groups["month"] or ""), month_number(groups["month2"] or "")
    from_year, to_year = groups.get("year"), groups.get("year2")
    year, inferred = _given_year(from_year or to_year, first, clock)
    if year is None:
        return Found(None)
    if to_year and not from_year:
        begin, end = int(year) - (first > last), int(year)
    else:
        begin, end = int(year), int(to_year or int(year) + (first > last))
    text = "/".join(
        f"{y}-{m:02}" + (f"-{int(d):02}" if d else "")
        for y, m, d in ((begin, first, groups.get("day")), (end, last, groups.get("day2")))
    )
    return Found(text, inferred)


def _calendar(groups: Groups, clock: Clock) -> Found:
    """A month with a day, two days or none, and its year or that of the document."""
    month = month_number(groups["month"] or "")
    year, inferred = _given_year(groups.get("year"), month, clock)
    if year is None:
        return Found(None)
    days = [f"-{int(day):02}" for day in (groups.get("day"), groups.get("last")) if day]
    return Found("/".join(f"{year}-{month:02}{day}" for day in days or [""]), inferred)


def _given_year(year: str | None, month: int, clock: Clock) -> tuple[str | None, str | None]:
    """Year of a month and from what it was inferred; no year where it may be the coming one as well."""
    if year:
        return year, None
    giver, whose = clock.year_giver or (None, "")
    if giver is None or giver.latest is None:
        nearest = next((d for d in reversed(clock.earlier) if d.precision in ("day", "month")), None)
        if clock.published or nearest is None or nearest.latest is None:
            return None, None
        return str(nearest.latest.year), f"year from the earlier date {nearest.text}"
    now = giver.latest
    if now.month - month >= _LONG_AGO:
        return None, None
    own = now.year if month <= now.month + _AHEAD else now.year - 1
    return str(own), f"year from {whose}"


def _fiscal(groups: Groups, _: Clock) -> Found:
    first, last = groups["fiscal"] or "", groups["until"]
    if groups["slash"]:
        return Found(f"{_full(first)}/{_full(groups['slash'])}")
    return Found(fiscal_year(_full(first), _full(last) if last else None))


def _full(year: str) -> int:
    """The year that four or two digits stand for."""
    number = int(year.strip("'’"))
    return number if number > 99 else number + (2000 if number < _LAST_CENTURY else 1900)


def _years(groups: Groups, _: Clock) -> Found:
    first, last = groups["year"] or "", groups["until"] or ""
    return Found(f"{first}/{first[:2] + last if len(last) == 2 else last}")


def _year(groups: Groups, _: Clock) -> Found:
    return Found(groups["year"])


def _decade(groups: Groups, _: Clock) -> Found:
    return Found(f"{groups['decade']}X")


def _season(groups: Groups, _: Clock) -> Found:
    return Found(f"{groups['year']}-{SEASONS[(groups['season'] or '').lower()]}")


def _iso(groups: Groups, _: Clock) -> Found:
    first, last = groups["iso"], groups["iso_last"]
    return Found(f"{first}/{last}" if last else first)


def _numeric(groups: Groups, _: Clock) -> Found:
    """`11/22/2023` is a day where only one order makes one, else only its year is sure."""
    first, second, year = int(groups["one"] or 0), int(groups["two"] or 0), groups["year"]
    if groups["mark"] == ".":
        return Found(f"{year}-{second:02}-{first:02}")
    if first == second or first > 12 >= second:
        return Found(f"{year}-{second:02}-{first:02}")
    return Found(f"{year}-{first:02}-{second:02}" if second > 12 >= first else year)


def _piece(groups: Groups, _: Clock) -> Found:
    """A quarter or half of a calendar or fiscal year, as an interval of months."""
    nth = {"1": 1, "f": 1, "2": 2, "s": 2, "3": 3, "t": 3, "4": 4, "l": 4}
    word = (groups.get("nth") or groups.get("q") or "").lower()
    number = 4 if word.startswith("fo") else nth[word[0]]
    months = {"half": 6, "trimester": 4}.get((groups.get("piece") or "").lower(), 3)
    number = min(number, 12 // months)
    year = _full(groups["fiscal"] or "") if groups.get("fiscal") else int(groups["year"] or 0)
    first = (number - 1) * months + 1 - (3 if groups.get("fiscal") else 0)
    return Found(f"{month_text(year, first)}/{month_text(year, first + months - 1)}")


def _months_of(groups: Groups, _: Clock) -> Found:
    """`the first six months of 2023`."""
    words = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
    text = groups["many"] or ""
    many = int(text) if text.isdigit() else words.index(text.lower()) + 2
    year = groups["year"]
    return Found(f"{year}-01/{year}-{many:02}" if 1 < many <= 12 else year)


# --- the forms ------------------------------------------------------------------------------------------

_FISCAL_NUMBER = r"(?P<fiscal>(?:19|20)\d\d|['’]\d\d|(?:(?<=FY)|(?<=FY\s)|(?<=FYs\s))\d\d)(?!\d)"
_IN = "|".join(
    rf"(?<=\b[{word[0]}{word[0].upper()}]{word[1:]}\s)"
    for word in (
        *("in", "since", "during", "by", "until", "till", "throughout", "from", "through", "of", "before"),
        *("after", "around", "between", "for", "years", "circa", "within"),
    )
)
_MONTH_CUE = "|".join(
    rf"(?<=\b[{w[0]}{w[0].upper()}]{w[1:]}\s)"
    for w in ("in", "since", "during", "by", "until", "throughout", "of", "from", "before", "after")
)

FORMS: tuple[Form, ...] = (
    Form(
        r"(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d)(?:T[\d:.,Z+-]{4,30})?"
        r"(?:\s*/\s*(?P<iso_last>(?:19|20)\d\d-[01]\d-[0-3]\d))?",
        _iso,
    ),
    Form(rf"(?P<one>\d\d?)(?P<mark>[/.])(?P<two>\d\d?)(?P=mark){_YEAR}", _numeric),
    Form(rf"{_QUARTER}{_OF}(?:{_YEAR}|(?i:{_FISCAL})\s*{_FISCAL_NUMBER})", _piece),
    Form(rf"Q(?P<q>[1-4])(?:\s+of)?,?\s+(?:{_YEAR}|(?i:{_FISCAL})\s*{_FISCAL_NUMBER})", _piece),
    Form(
        r"first\s+(?P<many>two|three|four|five|six|seven|eight|nine|ten|eleven|\d\d?)\s+months\s+of\s+"
        rf"{_YEAR}",
        _months_of,
    ),
    Form(
        rf"(?i:{_FISCAL})\s*(?:of\s+)?{_FISCAL_NUMBER}(?:/(?P<slash>(?:20)?\d\d)(?!\d)"
        rf"|(?:{_TO}(?i:FY|fiscal\s+year\s)?|{_AND})\s?"
        r"(?P<until>20\d\d|['’]\d\d|(?:(?<=FY)|(?<=[-–]))\d\d)(?![\d,.%]|\s+[a-z]+s\b))?",
        _fiscal,
    ),
    Form(
        rf"{_BETWEEN}{_WEEKDAY}{MONTH}\s*{_DAY}{_YEAR_AFTER}?{_JOINT}{_second(_WEEKDAY + MONTH)}\s*"
        rf"{_second(_DAY)}{_second(_YEAR_AFTER)}?",
        _day_range,
    ),
    Form(
        rf"{_BETWEEN}{_WEEKDAY}{_THE}{_DAY}\s+(?:of\s+)?{MONTH}{_YEAR_AFTER}?{_JOINT}"
        rf"{_second(_WEEKDAY + _DAY)}\s+(?:of\s+)?{_second(MONTH)}{_second(_YEAR_AFTER)}?",
        _day_range,
    ),
    Form(rf"{_WEEKDAY}{MONTH}\s*(?:the\s+)?{_DAYS}{_YEAR_AFTER}", _calendar),
    Form(rf"{_WEEKDAY}{_THE}{_DAYS}\s+(?:of\s+)?{MONTH}{_YEAR_AFTER}", _calendar),
    Form(
        rf"{_BETWEEN}{_PART}{MONTH}{_YEAR_AFTER}?{_JOINT}{_PART}{_second(MONTH)}{_second(_YEAR_AFTER)}",
        _day_range,
    ),
    Form(rf"{_PART}{MONTH}{_YEAR_AFTER}", _calendar),
    Form(rf"{_WEEKDAY}{MONTH}\s*(?:the\s+)?{_DAYS}", _calendar),
    Form(rf"{_WEEKDAY}{_THE}{_DAYS}\s+(?:of\s+)?{MONTH}", _calendar),
    Form(rf"{_BETWEEN}(?:(?(btw)|(?<=[Ff]rom\s))){MONTH}{_JOINT}{_second(MONTH)}(?!\s+\d)", _day_range),
    Form(rf"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-]+|{_MONTH_CUE}){MONTH}(?!\s+\d|\s+Town\b)", _calendar),
    Form(rf"(?i:(?P<season>spring|summer|autumn|fall|winter))(?:\s+of)?,?\s+{_YEAR}", _season),
    Form(r"(?:the\s+)?(?:(?:early|mid|late)[\s-]+)?(?P<decade>(?:19|20)\d)0['’]?s", _decade),
    Form(
        r"(?:(?i:calendar\s+years?|CY|(?:the\s+)?years?)\s*)?(?P<year>(?:19|20)\d\d)"
        r"(?:\s*[-–—]\s*|/|\s+(?:to|through|until)\s+)(?P<until>(?:19|20)\d\d)(?!\d)",
        _years,
    ),
    Form(r"(?<=[Bb]etween\s)(?P<year>(?:19|20)\d\d)\s+and\s+(?P<until>(?:19|20)\d\d)(?!\d)", _years),
    Form(rf"(?:{_IN}|(?<=\())(?P<year>(?:19|20)\d\d)[-–/](?P<until>\d\d)(?!\d)", _years),
    Form(
        rf"(?:(?i:calendar\s+year|CY|(?:the\s+)?year)\s*(?:of\s+)?|(?:[Ee]arly|[Mm]id|[Ll]ate)[\s-]+|{_IN}"
        rf"|(?<=\b20\d\d\sand\s)){_YEAR}",
        _year,
    ),
)


def day_before(day: dt.date, days: int) -> dt.date:
    """The day some days before another (after it, for a negative number), kept within the calendar."""
    ordinal = min(max(day.toordinal() - days, dt.date.min.toordinal()), dt.date.max.toordinal())
    return dt.date.fromordinal(ordinal)
