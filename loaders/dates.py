"""Finds dates in English prose and writes them in EDTF with the precision that the text gives them."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from loaders.alternatives import any_of
from loaders.dateforms import (
    FORMS,
    MONTHS,
    SEASONS,
    WEEKDAYS,
    Clock,
    Form,
    Found,
    Groups,
    month_number,
    parsed,
)
from loaders.impliedyears import Dated, NamedYear, Told, named_years, told_year
from loaders.numbers import WORDS
from loaders.relativedates import RELATIVE, is_habit
from schema.values import PartialDate

_FILE = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d(?=[-_. ])|(?=[-_. ]\D))")
# How far behind an earlier date `that same month` may stand.
_MEMORY = 1500
_AROUND = 100
_BEFORE = r"(?<![\w.,$£€#/-])"
_AFTER = r"(?!\w|%|[,.]\d|-[A-Za-z]|\s?°)"

_NUMBERED = re.compile(
    r"(?:\b(?:resolutions?|sections?|no\.?|nos\.?|numbers?|articles?|paras?\.?|paragraphs?|pages?|pp?\.|rooms?|"
    r"suite|flight|ext\.?|extension|box|docket|cases?|form|model|law|chapter|order|channel|vhf|route|badge|"
    r"total\s+of|number\s+of|some|about)|§|№)\s*(?:no\.?\s*)?$",
    re.IGNORECASE,
)
_COUNTING = re.compile(r"\b(?:of|for|from|after|before|through|within|around|between|by)\s+$", re.IGNORECASE)
_COUNTED = re.compile(r"\s+(?!(?:was|is|has|as|does|its|this|thus|always|sees|marks)\b)[a-z]+s\b")
_MEASURED = re.compile(r"\s*(?:hours|hrs|GMT|UTC|EST|EDT|AST|km|miles|feet|kg|dollars)\b|\s*[A-Z]{3}\b\s*\d")
_JOINED = re.compile(r",?\s*(?:and|or|and\s+again|&|,)\s*(?:(?:on|in|again|from|then)\s+)?")


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text: where it stands and what it is in EDTF. A fiscal year is the interval it means.

    `edtf` is None for a date that nothing settles; `inferred` says what of it the text does not say, and what
    it was taken from: `Thursday from the document's date 2023-11-22`. `to_come` is the same date as it reads
    where the act is still to come, if that makes a difference: `in May` is then the next one.
    """

    start: int
    end: int
    edtf: str | None
    inferred: str | None = None
    to_come: "DateSpan | None" = None


def find_dates(
    text: str,
    start: int,
    end: int,
    published: str | None = None,
    context: Sequence[DateSpan] = (),
    events: Sequence[NamedYear] = (),
    named: str | None = None,
) -> list[DateSpan]:
    """All dates between two positions, in order; what is no date of the calendar is left out.

    Relative dates count from `published`, the document's EDTF date; a date without a year takes the year that
    the sentence tells (see `loaders.impliedyears`; `events` are places of events whose year is known), else
    the one that brings it nearest before that, or before `named`, the date in the document's name.
    `that month` and the like count from the nearest date before, among those found here and those of
    `context`, the dates found earlier in the same text. Of `since 2010` and `by 2030` the date is the year
    alone: what the preposition makes of it is the reader's matter.
    """
    found: list[DateSpan] = []
    here = start
    while match := _DATE.search(text, here, end):
        date = _date(match, (start, end), (published, named), context, found, events)
        if date is None:
            here = match.end()
            continue
        found.append(date)
        here = date.end
    return _with_joined_years(text, found)


def all_dates(
    text: str,
    spans: Sequence[tuple[int, int]],
    published: str | None = None,
    events: Sequence[NamedYear] = (),
    named: str | None = None,
) -> list[DateSpan]:
    """Dates of the sentences of a document, given in the order of its text, each knowing the earlier ones.

    `events` are the places, in order, that name an event whose year is known; `named` is the date in the
    document's name.
    """
    found: list[DateSpan] = []
    for start, end in spans:
        first = bisect_left(events, start, key=lambda e: e.start)
        last = bisect_left(events, end, lo=first, key=lambda e: e.start)
        found += find_dates(text, start, end, published, found, events[first:last], named)
    return found


def date_in_name(file: str) -> str | None:
    """The EDTF date with which the name of a file begins: `2031-05-04-tide-talks.txt`."""
    name = _FILE.match(file.rpartition("/")[2])
    date = parsed(name[0]) if name is not None else None
    return date.text if date is not None else None


def _date(
    match: re.Match[str],
    span: tuple[int, int],
    document: tuple[str | None, str | None],
    context: Sequence[DateSpan],
    found: Sequence[DateSpan],
    events: Sequence[NamedYear],
) -> DateSpan | None:
    text, (start, end) = match.string, span
    name = (match.lastgroup or "").removeprefix("form_")
    before = text[max(start, match.start() - _AROUND) : match.start()]
    after = text[match.end() : min(end, match.end() + _AROUND)]
    if not _is_date(match[0], before, after):
        return None
    groups = {key.removeprefix(f"{name}_"): match[key] for key in _GROUPS[name]}
    earlier = [*_near(context, match.start()), *_near(found, match.start())]
    known = (parsed(d.edtf or "") for d in earlier)
    clock = Clock(document[0], tuple(d for d in known if d is not None), before, after, document[1])
    form = _READERS[name]
    read = _checked(form.read(groups, clock))
    if read is None:
        return None
    date = DateSpan(*match.span(), read.edtf, read.inferred)
    if "month" not in groups or "which" in groups or groups.get("year") or groups.get("year2"):
        return date
    years: list[NamedYear | Dated] = [*named_years(text, start, end, events), *_telling(found)]
    told = told_year(text, (start, end), match.span(), month_number(groups["month"] or ""), years)
    return _with_told_year(date, _Yearless(form, groups, clock), told)


@dataclass(frozen=True, slots=True)
class _Yearless:
    """A date that is written without a year."""

    form: Form
    groups: Groups
    clock: Clock

    def of(self, year: int) -> PartialDate | None:
        """The date in a year; None where that year has it not."""
        read = _checked(self.form.read({**self.groups, "year": str(year)}, self.clock))
        return parsed(read.edtf or "") if read is not None else None

    def next_after(self, date: PartialDate) -> PartialDate | None:
        """The first one that is not over before a date."""
        if date.earliest is None:
            return None
        years = (self.of(date.earliest.year + more) for more in (0, 1))
        return next((d for d in years if d and d.latest and d.latest >= date.earliest), None)


def _telling(dates: Sequence[DateSpan]) -> list[Dated]:
    """Those of the dates of a sentence that tell their year themselves, or have it from the sentence."""
    known = ((d, parsed(d.edtf or "")) for d in dates if not d.inferred or _is_of_sentence(d))
    return [Dated(d.start, d.end, date) for d, date in known if date is not None]


def _is_of_sentence(date: DateSpan) -> bool:
    inferred = date.inferred or ""
    return inferred.startswith("year from") and not inferred.startswith("year from the document's")


def _with_told_year(date: DateSpan, yearless: _Yearless, told: Told | None) -> DateSpan:
    """A date, read in the year nearest before the document's, in the one told where that is another."""
    giver = yearless.clock.year_giver
    document = giver[0] if giver is not None else None
    meant = yearless.of(told.year) if told is not None else None
    past = date
    if told is not None and meant is not None and date.edtf != meant.text:
        later = document is not None and _begins_after(meant, document)
        if not told.sure:
            past = replace(date, edtf=None, inferred=None)
        elif not later or date.edtf is None:
            past = replace(date, edtf=meant.text, inferred=told.source)
    ahead = _to_come(past, yearless, giver, told, meant)
    return (
        past if (ahead.edtf, ahead.inferred) == (past.edtf, past.inferred) else replace(past, to_come=ahead)
    )


def _to_come(
    past: DateSpan,
    yearless: _Yearless,
    giver: tuple[PartialDate, str] | None,
    told: Told | None,
    meant: PartialDate | None,
) -> DateSpan:
    """The same date where the act is to come: the next one, from the document's date as from the one told."""
    if told is not None and told.since is None:
        known = meant.text if meant is not None and told.sure else None
        return replace(past, edtf=known, inferred=told.source if known else None)
    coming = yearless.next_after(giver[0]) if giver is not None else None
    if giver is None or coming is None:
        return past
    since = told.since if told is not None else None
    if since is not None and yearless.next_after(since) != coming:
        return replace(past, edtf=None, inferred=None)
    return replace(past, edtf=coming.text, inferred=f"year from {giver[1]}")


def _begins_after(date: PartialDate, other: PartialDate) -> bool:
    return date.earliest is not None and other.latest is not None and date.earliest > other.latest


def _near(dates: Sequence[DateSpan], place: int) -> list[DateSpan]:
    """Those of the dates, which are in order, that stand not too far before a place."""
    return list(takewhile(lambda date: place - date.end <= _MEMORY, reversed(dates)))[::-1]


def _is_date(words: str, before: str, after: str) -> bool:
    """Whether the words around let something in the form of a date be one."""
    if re.fullmatch(r"(?:[\d\s/–—-]|to|through|until|and)+", words):
        counted = _COUNTING.search(before) is not None and _COUNTED.match(after) is not None
        return _NUMBERED.search(before) is None and not counted and _MEASURED.match(after) is None
    return not is_habit(before)


def _checked(found: Found) -> Found | None:
    """The same in the words of the EDTF library; None for what is not in the calendar."""
    if found.edtf is None:
        return Found(None)
    date = parsed(found.edtf)
    if date is None or not _is_forward(date):
        return None
    return Found(date.text, found.inferred)


def _is_forward(date: PartialDate) -> bool:
    return date.earliest is not None and date.latest is not None and date.earliest <= date.latest


def _with_joined_years(text: str, found: Sequence[DateSpan]) -> list[DateSpan]:
    """`March 3 and June 5, 2021`: a date takes the year of the one that it is coordinated with."""
    dates = list(found)
    for place in range(len(dates) - 2, -1, -1):
        one, other = dates[place], dates[place + 1]
        if other.inferred or not _lacks_year(one) or _JOINED.fullmatch(text, one.end, other.start) is None:
            continue
        year = re.match(r"\d{4}(?=-)", other.edtf or "")
        words = f"{text[one.start : one.end]}, {year[0]}" if year else ""
        whole = [d for d in find_dates(words, 0, len(words)) if d.end == len(words)]
        if whole and whole[0].start == 0:
            told = f"year from the date beside it {other.edtf}"
            dates[place] = replace(one, edtf=whole[0].edtf, inferred=told, to_come=None)
    return dates


def _lacks_year(date: DateSpan) -> bool:
    return date.edtf is None or (date.inferred or "").startswith("year from")


def _named(prefix: str, pattern: str) -> str:
    """The pattern with the names of its groups made its own."""
    pattern = re.sub(r"\(\?P<(\w+)>", rf"(?P<{prefix}_\1>", pattern)
    return re.sub(
        r"\(\?P=(\w+)\)", rf"(?P={prefix}_\1)", re.sub(r"\(\?\((\w+)\)", rf"(?({prefix}_\1)", pattern)
    )


# What a date may begin with, so that not every form is tried at every word: a form that begins otherwise
# finds nothing until its beginning is added here.
_AFTER_THE = ("past", "last", "previous", "preceding", "next", "coming", "current", "following", "same")
_AFTER_THE_TOO = ("week", "month", "year", "early", "mid", "late")
_AFTER_A = ("few", "couple", "day", "week", "month", "year", "decade")
_BEGINNINGS = any_of(
    (
        *(name[:3].lower() for name in (*MONTHS, *WEEKDAYS)),
        *SEASONS,
        *("first", "second", "third", "fourth", "q1", "q2", "q3", "q4", "year", "calendar", "cy"),
        *("us ", "u.s.", "federal", "fiscal", "financial", "budget", "fy", "f.y."),
        *(
            "early",
            "earlier",
            "mid",
            "late",
            "today",
            "yesterday",
            "tomorrow",
            "tonight",
            "this ",
            "that ",
            "last",
        ),
        *("past", "previous", "preceding", "next", "coming", "current", "several", "few", "couple", "many"),
        *(f"the {word}" for word in (*_AFTER_THE, *_AFTER_THE_TOO)),
    )
)
_BEGINS = rf"(?=\d|(?i:{_BEGINNINGS}|the\s+\d|an?[\s-]+{any_of(_AFTER_A)}|{WORDS}))"
_READERS: dict[str, Form] = {f"f{number}": form for number, form in enumerate((*FORMS, *RELATIVE))}
_DATE = re.compile(
    _BEFORE
    + _BEGINS
    + "(?:"
    + "|".join(f"(?P<form_{name}>{_named(name, form.pattern)})" for name, form in _READERS.items())
    + ")"
    + _AFTER
)
_GROUPS = {name: [key for key in _DATE.groupindex if key.startswith(f"{name}_")] for name in _READERS}
