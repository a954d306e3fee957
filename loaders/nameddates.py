"""Dates that a text says with a name: `the May 2031 Tide Conference`, `the Reef Act of 2031`, `(2031)`.

A year that a plan or an agenda looks to, or that a budget or a report is about, is no date of it.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graph.records import ACCEPTED
from loaders.dateforms import parsed
from loaders.grammar.frames import Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.tokens import ENTITY, WORD
from loaders.impliedyears import event_year
from loaders.mentions import Mention
from loaders.reading import Reading
from loaders.relations import Relation, Sentence
from loaders.verbs import EXPECTED, PLANNED, URGED, is_adverb

HELD_ON, DATED = "HELD_ON", "DATED"
BEFORE_NAME, BEHIND_NAME, AT_EVENT = "date/before-name@1", "date/behind-name@1", "date/at-event@1"

_SURE = {BEFORE_NAME: 0.85, BEHIND_NAME: 0.85, AT_EVENT: 0.8}
_TO_COME = frozenset((PLANNED, EXPECTED, URGED))
# Of what this is done to it is not said that it was held when it was to be.
_PUT_OFF = frozenset(("cancel", "postpone", "defer", "reschedule", "delay", "call off", "suspend", "put off"))

_YEAR = r"(?:19|20)\d\d(?![\w/–-]|[.,]\d)"
_YEAR_HERE = re.compile(_YEAR)
_LEADING = re.compile(rf"(?P<year>{_YEAR})\s+$")
_OWNED = r"(?:the|this|that|its|their|our|his|her|a|an|these|those|said)|[\w.]+[’']s?"
_BEFORE_DATE = re.compile(rf"^\W*$|(?<![\w-])(?i:{_OWNED})\s+(?P<adjective>[a-z-]+\s+)?$")
_UNDONE = re.compile(r"(?:cancel|postpon|propos|draft|planned|abort|delay)")
# Before a name that begins with a year these tell when something was, not which one is meant.
_WHEN = re.compile(
    r"\b(?:in|since|by|until|till|before|after|from|during|of|year|fy|through|to|and|[-–—/])\s*$",
    re.IGNORECASE,
)
_TRAILING = re.compile(rf"(?P<of>\bof\s+)?(?P<mark>\()?(?P<year>{_YEAR})\)?$")
_NEXT_YEAR = re.compile(rf"(?P<comma>,)?\s(?P<year>{_YEAR})")
_BRACKET = re.compile(r"\s*\((?:[A-Z][^()\d]{1,40},\s+)?")
_OF = re.compile(
    r"(?:\s*\([^()]{1,60}\))?(?:,?\s+(?:on|entitled|titled)\s+[\"“][^\"”]{3,120}[\"”],?)?,?\s+"
    r"(?:of|dated(?:\s+as\s+of)?)\s+"
)
_LONGER = re.compile(r"\s+[A-Z]")
_AIMED = re.compile(r"\b(?:on|for|towards?|to|of)\b", re.IGNORECASE)
# What bears the year that it looks to or is about.
_PERIODIC = re.compile(
    r"\b(?:agenda|vision|goals?|targets?|outlook|budget|appropriations?|authori[sz]ation|estimates|annual|work|"
    r"working|operational|forecast|calendar|season|edition|census|fiscal|reports?|survey|index|assessment|review|"
    r"study|statistics|bulletin)\b",
    re.IGNORECASE,
)
_PLANS = re.compile(
    r"\b(?:plan|strategy|strategic|roadmap|framework|policy|program(?:me)?|initiative|pathway)\b",
    re.IGNORECASE,
)
# What bears the year in which it was made.
_LAWS = re.compile(
    r"\b(?:act|law|ordinance|regulations?|rules|order|code|convention|treaty|agreement|accord|protocol|declaration|"
    r"resolution|charter|memorandum|decree|proclamation|pact|communiqu[eé]|amendment|addendum|covenant|constitution|"
    r"compact)\b",
    re.IGNORECASE,
)
_HORIZON = re.compile(r"\b(?:vision|agenda|goals?|strategy|plan|caribbean|target|horizon)$", re.IGNORECASE)
# An interval of more days is a period that is looked to, or a fiscal year.
_LONGEST = 31
# Acts at an event by which an instrument comes about.
_MAKING = frozenset(("adopt", "sign", "develop", "conclude", "approve", "endorse", "draft", "negotiate"))
_AT = ("at", "in", "during")


@dataclass(frozen=True, slots=True)
class _Told:
    """A date in EDTF, the rule that read it, and what of it was inferred."""

    edtf: str
    rule: str
    inferred: str | None = None


def named_dates(reading: Reading, sentence: Sentence) -> Iterator[Relation]:
    """HELD_ON of events and DATED of instruments whose date stands with their names.

    Of an event that is still to come the status is planned.
    """
    told: dict[str, _Told] = {}
    for mention in reading.mentions(sentence.start, sentence.end):
        event = reading.is_a(mention.entity, "Event", "Operation")
        if not event and not reading.is_a(mention.entity, "Instrument"):
            continue
        date = _date(reading, sentence, mention, event=event)
        if date is None:
            continue
        if event:
            if _is_put_off(sentence, mention.entity):
                continue
            told.setdefault(mention.entity, date)
        yield _relation(reading, sentence, mention.entity, date, HELD_ON if event else DATED)
    yield from _made_there(reading, sentence, told)


def _date(reading: Reading, sentence: Sentence, mention: Mention, *, event: bool) -> _Told | None:
    if not _stands_alone(sentence, mention):
        return None
    name = reading.text[mention.start : mention.end]
    date = _leading(reading, sentence, mention) or _behind(reading, mention, event=event)
    if date is None or (meant := parsed(date.edtf)) is None or meant.earliest is None:
        return None
    if "/" in date.edtf and (meant.latest is None or (meant.latest - meant.earliest).days > _LONGEST):
        return None  # `the 2025–2030 Reef Strategy`
    if event:
        known = event_year(reading.entity(mention.entity))
        return None if known is not None and known != meant.earliest.year else date
    periodic = _PERIODIC.search(name) is not None
    published = parsed(reading.published or "")
    ahead = published is not None and published.latest is not None and meant.earliest > published.latest
    return None if periodic or ahead else date


def _is_put_off(sentence: Sentence, entity: str) -> bool:
    """`They postponed the 2031 Tide Conference`."""
    acts = [f for f in sentence.analysis.frames if f.lemma in _PUT_OFF and f.patient is not None]
    return any(entity in one.entities for f in acts if f.patient for one in f.patient.walk())


def _stands_alone(sentence: Sentence, mention: Mention) -> bool:
    """Whether the name is no part of a longer one: not `the 2031 Reef Treaty Conference`, `… talks`."""
    tokens, words = sentence.analysis.tokens, lexicon()
    index = bisect_left(tokens, mention.start, key=lambda t: t.start)
    if index >= len(tokens) or tokens[index].kind != ENTITY or tokens[index].start != mention.start:
        return False
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    if follows is None or follows.kind != WORD:
        return follows is None or follows.kind != ENTITY
    if any(frame.start == index + 1 for frame in sentence.analysis.frames):
        return True
    kinds = ("prepositions", "coordinators", "determiners", "relatives", "subordinators", "accompanying")
    return any(words.has(kind, follows.text) for kind in kinds) or is_adverb(follows.text)


def _leading(reading: Reading, sentence: Sentence, mention: Mention) -> _Told | None:
    """`the May 2031 Tide Conference`: the date is the name's beginning or stands right before it."""
    text, here = reading.text, mention.start
    inside = _date_at(reading, here) or _year_at(text, here)
    if inside is not None and inside[1] < mention.end:
        before = text[sentence.start : here]
        clear = _BEFORE_DATE.search(before) is not None or _WHEN.search(before) is None
        return (
            _Told(inside[0], BEFORE_NAME, inside[2]) if clear and not _UNDONE.search(before[-20:]) else None
        )
    until = len(text[:here].rstrip())
    found = next((d for d in reading.calendar if d.end == until), None)
    if found is not None:
        start, edtf, inferred = found.start, found.edtf, found.inferred
    elif year := _LEADING.search(text, sentence.start, here):
        start, edtf, inferred = year.start(), year["year"], None
    else:
        return None
    ahead = _BEFORE_DATE.search(text[sentence.start : start])
    if ahead is None or edtf is None or _UNDONE.match(ahead["adjective"] or ""):
        return None
    if ahead["adjective"] and lexicon().has("prepositions", ahead["adjective"].strip().lower()):
        return None
    return _Told(edtf, BEFORE_NAME, inferred)


def _date_at(reading: Reading, place: int) -> tuple[str, int, str | None] | None:
    """The date of the calendar that begins at a place: EDTF text, end, and what was inferred."""
    index = bisect_left(reading.calendar, place, key=lambda d: d.start)
    if index < len(reading.calendar) and reading.calendar[index].start == place:
        date = reading.calendar[index]
        return (date.edtf, date.end, date.inferred) if date.edtf is not None else None
    return None


def _year_at(text: str, place: int) -> tuple[str, int, str | None] | None:
    year = _YEAR_HERE.match(text, place)
    return (year[0], year.end(), None) if year is not None else None


def _behind(reading: Reading, mention: Mention, *, event: bool) -> _Told | None:
    """`Exercise Reef 2031`, `the Reef Act of 2031`, `resolution 2712 (2031)`, `… of 4 May 2031`."""
    text, name = reading.text, reading.text[mention.start : mention.end]
    law = _LAWS.search(name) is not None and _PLANS.search(name) is None
    if own := _TRAILING.search(name):
        head = name[: own.start()].rstrip()
        aimed = _AIMED.search(head) is not None and own["mark"] is None
        fits = not aimed and not _HORIZON.search(head) if event else law or bool(own["of"])
        return _Told(own["year"], BEHIND_NAME) if fits else None
    bracket = _BRACKET.match(text, mention.end)
    if bracket is not None and (event or law):
        date = _date_at(reading, bracket.end()) or _year_at(text, bracket.end())
        if date is not None and text[date[1] : date[1] + 1] == ")":
            return _Told(date[0], BEHIND_NAME, date[2])
    following = _NEXT_YEAR.match(text, mention.end)
    if following is not None and (
        law if not event else not (following["comma"] or _AIMED.search(name) or _HORIZON.search(name))
    ):
        return _Told(following["year"], BEHIND_NAME)
    dated = None if event else _OF.match(text, mention.end)
    date = None if dated is None else _date_at(reading, dated.end()) or _year_at(text, dated.end())
    if date is not None and not _LONGER.match(text, date[1]):
        return _Told(date[0], BEHIND_NAME, date[2])
    return None


def _made_there(reading: Reading, sentence: Sentence, told: Mapping[str, _Told]) -> Iterator[Relation]:
    """`the Reef Charter, adopted at the May 2031 Tide Conference`: the date is that of the charter too."""
    for frame in sentence.analysis.frames if told else ():
        if frame.lemma not in _MAKING or frame.status != "done" or frame.patient is None:
            continue
        events = [
            e for p, g in frame.hung if p in _AT for one in g.phrases for e in one.entities if e in told
        ]
        papers = [e for one in frame.patient.phrases for e in one.entities if reading.is_a(e, "Instrument")]
        for paper in papers if len(events) == 1 and not frame.dates else ():
            date = told[events[0]]
            yield _relation(reading, sentence, paper, _Told(date.edtf, AT_EVENT, date.inferred), DATED)


def _relation(reading: Reading, sentence: Sentence, entity: str, told: _Told, predicate: str) -> Relation:
    qualifiers = {"inferred": told.inferred} if told.inferred else {}
    if predicate == HELD_ON and _is_to_come(reading, sentence, entity, told.edtf):
        qualifiers["status"] = PLANNED
    return Relation(entity, predicate, told.edtf, qualifiers, told.rule, _SURE[told.rule])


def _is_to_come(reading: Reading, sentence: Sentence, entity: str, edtf: str) -> bool:
    """Whether an event may be after the document, and the sentence has it as what is still to be done."""
    date, published = parsed(edtf), parsed(reading.published or "")
    if date is None or published is None or published.latest is None or date.earliest is None:
        return False
    over = date.latest is not None and published.earliest is not None and date.latest < published.earliest
    return not over and any(
        frame.status in _TO_COME and _has(frame, entity) for frame in sentence.analysis.frames
    )


def _has(frame: Frame, entity: str) -> bool:
    return any(entity in phrase.entities for group in frame.arguments() for phrase in group.walk())


def settled_dates(
    reading: Reading, related: Iterable[tuple[Relation, int, int]]
) -> list[tuple[Relation, int, int]]:
    """What a document says without dates read from names and datelines where it says another one in a clause.

    Of several read from names the finest stays, and none where they contradict each other. What is to be held
    after the document's date is planned.
    """
    related = [(_as_planned(reading, relation), start, end) for relation, start, end in related]
    told: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    weak: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for relation, _, _ in related:
        if relation.predicate in (HELD_ON, DATED) and relation.status == ACCEPTED:
            side = weak if relation.rule.startswith("date/") else told
            side[relation.subject, relation.predicate].add(_said(relation))

    def holds(relation: Relation) -> bool:
        key = (relation.subject, relation.predicate)
        gives_way = relation.rule.startswith("date/") and relation.predicate in (HELD_ON, DATED)
        return not gives_way or _said(relation) in (told[key] or _finest(weak[key]))

    return [one for one in related if holds(one[0])]


def _as_planned(reading: Reading, relation: Relation) -> Relation:
    date, published = parsed(relation.object), parsed(reading.published or "")
    if relation.predicate != HELD_ON or "status" in relation.qualifiers or date is None or published is None:
        return relation
    if date.earliest is None or published.latest is None or date.earliest <= published.latest:
        return relation
    return replace(relation, qualifiers={**relation.qualifiers, "status": PLANNED})


def _said(relation: Relation) -> tuple[str, str]:
    return relation.object, relation.qualifiers.get("status", "")


def _finest(told: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The one date that lies within all others; none if there is no such date."""
    return {one for one in told if all(_within(one[0], other[0]) for other in told)}


def _within(inner: str, outer: str) -> bool:
    one, other = parsed(inner), parsed(outer)
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return inner == outer
    if one.latest is None or other.latest is None:
        return inner == outer
    return other.earliest <= one.earliest and one.latest <= other.latest
