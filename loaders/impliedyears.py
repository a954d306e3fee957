"""Which year a sentence itself gives to a date without one: by an event named with its year, or by a date.

`Exercise Reef 2019 was held from 31 May to 21 June` and `patrolled in May 2020 after signing a pact in March`
say the year, which the document's date does not. Of a name or a date that only tells of the circumstances
(`the talks before Exercise Reef 2019`, `the pact signed in May 2020`) the year is not sure.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.records import Entity
from loaders.mentions import Mention
from schema.values import PartialDate

_RUN = r"[A-Z][\w’'&.-]*(?:\s+(?:(?:of|the|on|for|and|in)\s+)*[A-Z][\w’'&.-]*){0,9}"
_YEAR_BEHIND = re.compile(rf"(?<![\w.’'-])(?P<name>{_RUN})\s+\(?(?P<year>(?:19|20)\d\d)(?![\w/–-]|[.,]\d)")
_YEAR_BEFORE = re.compile(
    rf"(?:^|\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Aa])\s+|[’']s?\s+)(?P<year>(?:19|20)\d\d)\s+(?P<name>{_RUN})"
)
# What bears the year in which it was written, or that it looks to.
_PAPERS = re.compile(
    r"(?:act|law|bill|ordinance|regulations?|rules|order|code|convention|treaty|agreement|accord|protocol|resolution|"
    r"declaration|constitution|plan|strategy|vision|agenda|roadmap|framework|program(?:me)?|policy|budget|report|"
    r"assessment|review|index|survey|section|article|chapter|memorandum|statement|communiqu[eé]|charter|pact|decree|"
    r"amendment|guidelines|standards?|initiative|model|version|census|fiscal|fy|year|since|in|by|until|before|"
    r"jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|"
    r"october|november|december|spring|summer|autumn|fall|winter|mid|early|late)\.?",
    re.IGNORECASE,
)
# Words that may begin a sentence before a name.
_LEAD = re.compile(
    r"(?:(?:The|This|Its|Their|At|During|In|For|After|Before|Following|Since|Until|Till|From|On|By|Under|With|As|When|"
    r"While|Ahead\s+of|Through|Throughout|To|Of)\s+(?:the\s+)?)+"
)
_ARTICLE = r"(?:the\s+|an?\s+|its\s+|their\s+|this\s+year's\s+)?$"
_LATER = re.compile(rf"\b(?:after|following|since|building\s+on)\s+{_ARTICLE}", re.IGNORECASE)
_AROUND = re.compile(
    rf"\b(?:for|before|until|till|ahead\s+of|to|towards?|by|on|about|regarding|from)\s+{_ARTICLE}",
    re.IGNORECASE,
)
_OF = re.compile(rf"(?P<head>[\w’'-]+)\s+of\s+{_ARTICLE}", re.IGNORECASE)
_PARTS = re.compile(
    r"opening|closing|ceremony|launch|start|beginning|end|conclusion|close|phase|part|session|sessions|edition|segment|"
    r"day|round|host|hosting|holding|plenary|iteration|leg|inauguration|sidelines|margins",
    re.IGNORECASE,
)
# Where another clause begins, in which a date need not be that of what the clause before names.
_NEXT_CLAUSE = re.compile(
    r"[;:]|\b(?:while|whereas|but|although|though|because|so\s+that)\b|,\s+and\b|\band\s+(?:on|in|from)\s+$"
)
_HOLDING = re.compile(
    r"(?:\b(?:host|h[oe]ld|open|clos|conclud|launch|conduct|stag|conven|run|ran|attend|join|began|beg[iu]n)\w*"
    r"|\b(?:at|in|during)|^|,)\s+(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
_NOT_WHEN = re.compile(
    r"\b(?:by|until|till|before|since|prior\s+to|as\s+of|ahead\s+of|due|through|than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"\b(?:in|during|of|throughout|within)\s+(?:the\s+)?$|^\s*$", re.IGNORECASE)
_LEADING = re.compile(
    r"\W*(?:under|pursuant|following|after|building|based|since|as\s+part|in\s+line|in\s+accordance|according|thanks|"
    r"despite|through|with|having|from|given|because|established|created|founded|launched|signed|adopted)\b[^,]*$",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r"\b(?:the|an?|its|their|his|her|this|that|these|those)\s+"
    r"(?:(?!(?:was|were|been|had|has|have|be|is|are|and|which|who|jointly)\b)[\w’'-]+\s+){1,4}?"
    r"(?:signed|adopted|established|created|founded|launched|held|agreed|announced|approved|ratified|donated|"
    r"enacted|concluded|seized|arrested|issued|published|released|delivered|begun|made|opened|built|given)\s+"
    r"(?:in|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:after|following)\b", re.IGNORECASE)
_ON = re.compile(r"\b(?:before|then|later|subsequently|followed\s+by|until)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_EVENTS = frozenset(("Event", "Dialogue", "Operation"))


@dataclass(frozen=True, slots=True)
class NamedYear:
    """A place where a text names an event whose year is known: by the name itself, or by its other names."""

    start: int
    end: int
    year: int


@dataclass(frozen=True, slots=True)
class Told:
    """The year that a sentence gives to a date, and what gives it: `the name Exercise Reef 2019`.

    `sure` is false where another year is as likely. `since` is the date that gives the year; None for a name.
    """

    year: int
    source: str
    sure: bool = True
    since: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of the same sentence that tells its year."""

    start: int
    end: int
    date: PartialDate


def event_year(entity: Entity) -> int | None:
    """The one year that the names of an event tell; None for what is no event or bears none or several."""
    if not _EVENTS & set(entity.types):
        return None
    years = {year[0] for name in (entity.name, *entity.aliases) for year in _YEAR.finditer(name)}
    return int(years.pop()) if len(years) == 1 else None


def dated_events(found: Iterable[Mention], entities: Mapping[str, Entity]) -> list[NamedYear]:
    """The places where a text names an event whose names tell its year, in their order."""
    return [
        NamedYear(mention.start, mention.end, year)
        for mention in found
        if (year := event_year(entities[mention.entity])) is not None
    ]


def named_years(text: str, start: int, end: int, known: Sequence[NamedYear] = ()) -> list[NamedYear]:
    """Events that a sentence names with their year, in order; `known` are those known from elsewhere."""
    found = [named for named in known if start <= named.start and named.end <= end]
    for pattern in (_YEAR_BEHIND, _YEAR_BEFORE):
        for match in pattern.finditer(text, start, end):
            words = match["name"].split()
            own = [word for word in words if not _LEAD.fullmatch(f"{word} ")]
            if not own or any(_PAPERS.fullmatch(word) for word in own):
                continue
            lead = _LEAD.match(text, match.start("name"), match.end("name"))
            first = min(lead.end() if lead else match.start("name"), match.start("year"))
            last = max(match.end("name"), match.end("year"))
            if not any(first < other.end and other.start < last for other in found):
                found.append(NamedYear(first, last, int(match["year"])))
    return sorted(found, key=lambda named: named.start)


def told_year(
    text: str, span: tuple[int, int], place: tuple[int, int], month: int, years: Sequence[NamedYear | Dated]
) -> Told | None:
    """The year that a sentence tells of the date at a place in it; None where it tells none.

    `span` is the sentence, `years` what it has with years. What stands before the date counts first, the
    nearest of it.
    """
    for one in sorted((y for y in years if y.end <= place[0]), key=lambda y: -y.end):
        if isinstance(one, Dated):
            told = _by_date(text, span[0], place[0], month, one)
        else:
            told = _by_name_before(text, span[0], place[0], one)
        if told is not None:
            return told
    behind = [y for y in years if y.start >= place[1] and isinstance(y, NamedYear)]
    return _by_name_behind(text, place[1], behind[0]) if behind else None


def _by_name_before(text: str, start: int, place: int, named: NamedYear) -> Told | None:
    before, between = text[start : named.start], text[named.end : place]
    if _NEXT_CLAUSE.search(between) or _LATER.search(before):
        return None
    part = _OF.search(before)
    apart = _AROUND.search(before) or (part is not None and not _PARTS.fullmatch(part["head"]))
    return Told(named.year, _source(text, named), sure=not apart)


def _by_name_behind(text: str, place: int, named: NamedYear) -> Told | None:
    between = text[place : named.start]
    if _NEXT_CLAUSE.search(between) or not _HOLDING.search(between):
        return None
    return Told(named.year, _source(text, named))


def _source(text: str, named: NamedYear) -> str:
    words = " ".join(text[named.start : named.end].split())
    return f"year from the {'name' if str(named.year) in words else 'other names of'} {words}"


def _by_date(text: str, start: int, place: int, month: int, other: Dated) -> Told | None:
    """The year of an earlier date: the same, or beside it where `after` or `then` says which came first."""
    first, last = other.date.earliest, other.date.latest
    before, between = text[start : other.start], text[other.end : place]
    if first is None or last is None or first.year != last.year or _NOT_WHEN.search(before):
        return None
    if other.date.precision == "year" and not _WITHIN.search(before):
        return None
    year = first.year
    if other.date.precision != "year":
        if _BACK.search(between):
            year -= month > last.month
        elif _ON.search(between):
            year += month < first.month
    aside = _DONE_TO.search(before) or (_LEADING.match(before) and "," in between)
    return Told(year, f"year from the earlier date {other.date.text}", not aside, other.date)
