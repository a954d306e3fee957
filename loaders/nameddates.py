"""Dates that a text says with a name: `the May 2031 Tide Conference`, `the Reef Act of 2031`, `(2031)`.

A year that a plan or an agenda looks to, or that a budget or a report is about, is no date of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.dateforms import parsed
from loaders.grammar.frames import Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.tokens import ENTITY, WORD
from loaders.impliedyears import event_year
from loaders.mentions import Mention
from loaders.reading import Reading
from loaders.relations import Relation, Sentence
from loaders.verbs import DENIED, DOUBTFUL, EXPECTED, PLANNED, URGED, is_adverb

HELD_ON, DATED = "HELD_ON", "DATED"
BEFORE_NAME, BEHIND_NAME, AT_EVENT = "date/before-name@1", "date/behind-name@1", "date/at-event@1"

_SURE = {BEFORE_NAME: 0.85, BEHIND_NAME: 0.85, AT_EVENT: 0.8}
_TO_COME = frozenset((PLANNED, EXPECTED, URGED))
# Of what this is done to it is not said that it was held when it was to be.
_PUT_OFF = frozenset(
    (
        *("cancel", "postpone", "defer", "reschedule", "delay", "call off", "suspend", "put off"),
        *("push back", "shelve", "scrap", "abandon", "drop", "slip", "move", "fall through", "fail"),
        *("abort", "put", "fall"),
    )
)
_UNHELD = re.compile(
    r"\b(?:instead\s+of|rather\s+than|without|plans?\s+for|bids?\s+for|proposals?\s+for|against|if|failed|would-be|"
    r"aborted|shelved|scrapped|dropped|abandoned|no|not)\s+(?:the\s+|a\s+|an\s+|its\s+|their\s+)?"
    r"(?:[A-Z]\w+\s+)?(?:\d{4}\s+)?$",
    re.IGNORECASE,
)
_CANCELLED = re.compile(r"\s*\((?:cancel|postpon|abort)", re.IGNORECASE)

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
_BRACKET = re.compile(r"\s*\((?P<place>[A-Z][^()\d]{1,40},\s+)?")
# What may stand behind a date that ends a name.
_ENDS = re.compile(
    r"\)?\s*(?:[.,;:)!?\"”’–—]|$|(?:and|or|to)\b(?!\s*\d)|(?:which|that|was|were|is|are|has|have|had|in|on|at|by|for|"
    r"with|as|provides?|requires?|remains?|will|would|came|entered|took|drew|brought|ended|began|opened|closed)\b)"
)
_NO_PLACE = re.compile(
    r"\b(?!united\b)\w+ed\b|\b(?:drafts?|reports?|budget|minutes|summary|programme|program|agenda|text|version|edition|in\s+force)\b",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"\s*(?:[.,;:)]|$)")
_INTRODUCED = re.compile(
    r"\b(?:under|because\s+of|with|according\s+to|despite|since|terms\s+of|before|after|by|from|joined)\s+"
    r"(?:the\s+)?$",
    re.IGNORECASE,
)
# `a report on the Reef Act of 2031` bears a date of its own, `a party to it` does not.
_ABOUT = re.compile(
    r"\b(?P<noun>[a-z]+)\s+(?:of|on|about|to|for|from|over|amend|amending)\s+(?:the\s+|its\s+|their\s+|a\s+)?$"
)
_PARTS = frozenset(
    (
        *(
            "signing",
            "signature",
            "adoption",
            "ratification",
            "conclusion",
            "entry",
            "provisions",
            "provision",
        ),
        *("terms", "party", "parties", "signatory", "signatories", "text", "article", "articles", "spirit"),
        *("implementation", "accession", "obligations", "principles", "according", "pursuant", "contrary"),
    )
)
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
_MAKING = frozenset(("adopt", "sign", "develop", "conclude", "approve", "draft", "negotiate"))
_REPEATED = re.compile(r"\b(?:again|last|reaffirm\w*|re-?adopt\w*)\b", re.IGNORECASE)
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
            if _is_unheld(reading, sentence, mention):
                continue
            told.setdefault(mention.entity, date)
        yield _relation(reading, sentence, mention.entity, date, HELD_ON if event else DATED)
    yield from _made_there(reading, sentence, told)


def _date(reading: Reading, sentence: Sentence, mention: Mention, *, event: bool) -> _Told | None:
    if not _stands_alone(sentence, mention):
        return None
    name = reading.text[mention.start : mention.end]
    date = _leading(reading, sentence, mention) or _behind(reading, sentence, mention, event=event)
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


def _is_unheld(reading: Reading, sentence: Sentence, mention: Mention) -> bool:
    """`They postponed the 2031 Tide Conference`, `There was no 2031 Tide Conference`, `instead of it`."""
    text = reading.text
    if _UNHELD.search(text, max(sentence.start, mention.start - 50), mention.start):
        return True
    if _CANCELLED.match(text, mention.end):
        return True
    frames = [f for f in sentence.analysis.frames if _has(f, mention.entity)]
    return any(f.lemma in _PUT_OFF for f in frames) or _is_doubted(sentence, mention.entity)


def _is_doubted(sentence: Sentence, entity: str) -> bool:
    """Whether an act with it is denied or in doubt, unless that is what it is for."""
    return any(
        frame.status in (DENIED, DOUBTFUL) and not frame.purpose and _has(frame, entity)
        for frame in sentence.analysis.frames
    )


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


def _behind(reading: Reading, sentence: Sentence, mention: Mention, *, event: bool) -> _Told | None:
    """`Exercise Reef 2031`, `the Reef Act of 2031`, `resolution 2712 (2031)`, `… of 4 May 2031`."""
    text, name = reading.text, reading.text[mention.start : mention.end]
    law = _LAWS.search(name) is not None and _PLANS.search(name) is None
    if own := _TRAILING.search(name):
        head = name[: own.start()].rstrip()
        aimed = _AIMED.search(head) is not None and own["mark"] is None
        fits = not aimed and not _HORIZON.search(head) if event else law or bool(own["of"])
        return _Told(own["year"], BEHIND_NAME) if fits else None
    before = text[max(sentence.start, mention.start - 50) : mention.start]
    if _is_other(before) or _is_doubted(sentence, mention.entity):
        return None
    bracket = _BRACKET.match(text, mention.end)
    if bracket is not None and (event or law) and _is_place(reading, bracket):
        date = _date_at(reading, bracket.end()) or _year_at(text, bracket.end())
        if date is not None and text[date[1] : date[1] + 1] == ")":
            return _Told(date[0], BEHIND_NAME, date[2])
    following = _NEXT_YEAR.match(text, mention.end)
    if following is not None and (
        law if not event else not (following["comma"] or _AIMED.search(name) or _HORIZON.search(name))
    ):
        ends = _CLOSES if following["comma"] else _ENDS
        if _INTRODUCED.search(before) or not ends.match(text, following.end()):
            return None
        return _Told(following["year"], BEHIND_NAME)
    dated = None if event else _OF.match(text, mention.end)
    date = None if dated is None else _date_at(reading, dated.end()) or _year_at(text, dated.end())
    if date is not None and not _LONGER.match(text, date[1]) and _ENDS.match(text, date[1]):
        return _Told(date[0], BEHIND_NAME, date[2])
    return None


def _is_other(before: str) -> bool:
    """Whether what stands before a name makes the date behind it that of something else, or of a draft."""
    about = _ABOUT.search(before)
    paper = about is not None and about["noun"] not in _PARTS and not about["noun"].endswith("ed")
    return paper or _UNDONE.search(before[-20:].lower()) is not None


def _is_place(reading: Reading, bracket: re.Match[str]) -> bool:
    """Whether the words before a date in parentheses, if there are any, may be those of a place."""
    if not bracket["place"]:
        return True
    known = reading.mentions(*bracket.span("place"))
    placed = any(reading.is_a(m.entity, "Place", "Country") for m in known)
    return (placed or not known) and _NO_PLACE.search(bracket["place"]) is None


def _made_there(reading: Reading, sentence: Sentence, told: Mapping[str, _Told]) -> Iterator[Relation]:
    """`the Reef Charter, adopted at the May 2031 Tide Conference`: the date is that of the charter too."""
    words = reading.text[sentence.start : sentence.end] if told else ""
    for frame in sentence.analysis.frames if told and not _REPEATED.search(words) else ():
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
    return any(
        entity in phrase.entities or any(token.entity == entity for token in phrase.modifiers)
        for group in frame.arguments()
        for phrase in group.walk()
    )
