"""Reported figures of what was done: so many firearms seized, people trained, dollars provided.

What is counted, and by which words reports tell of it, stands in `lexicon/figures.yaml`; `said` ties the two
in a sentence, `deeds` reads from its frames whether it was done, and `doers` by whom.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from graph.records import Entity, Value
from loaders.counts import Counted, Span, find_counted, has_number
from loaders.dateforms import parsed
from loaders.dates import DateSpan
from loaders.deeds import Deed
from loaders.doers import doers_of
from loaders.grammar.frames import Analysis
from loaders.measures import MADE, Measure, lexicon
from loaders.mentions import Mention
from loaders.numbers import DIGITS, SCALE
from loaders.quantities import EXACT
from loaders.relations import Relation
from loaders.said import Said, SentenceReader
from loaders.segments import HEADING, ITEM, Block
from schema.model import Schema

# The analysis of what is no sentence: of a heading, a label, a row of a table.
_NOTHING = Analysis([], [], [])
_RESULT = "figure/result@1"
_SURE = 0.9
_NEAR = 60
# Measures of words and not of deeds: their period may lie ahead.
_PROMISES = frozenset(("announced", "committed", "allocated"))

_REPORTED_ON = re.compile(
    r"\b(?:said|announced|reported|stated|noted|confirmed|told\s+\w+|told\s+\w+\s+\w+)\s+(?:on\s+|late\s+)?$"
)
# Dates of what was counted by whom, not of the counting.
_FOUNDED = re.compile(
    r"\b(?:launched|established|created|founded|formed|built|began|begun|started|born|inaugurated|designed|"
    r"developed|signed|adopted|enacted|agreed|set\s+up|"
    r"first\s+held)\s+(?:in|on|back\s+in)\s+$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\bsince\s+(?:the\s+(?:end|start|beginning)\s+of\s+)?$", re.IGNORECASE)
_CUMULATIVE = re.compile(
    r"\b(?:since|to\s+date|in\s+total|so\s+far|thus\s+far|altogether|cumulative(?:ly)?|overall|"
    r"combined\s+total|grand\s+total|all\s+told|"
    r"(?:over|in|during|within|for)\s+the\s+(?:past|last)\s+(?:\w+\s+)?(?:years|months|decades?))\b",
    re.IGNORECASE,
)
_NO_TIME = re.compile(r"\bsince\s+(?:it|they|there|this|these|most|many|no)\b", re.IGNORECASE)
_REGION = re.compile(
    r"(?:\s*,)?\s+(?P<scope>(?:across|throughout|in|within|around|from)\s+(?:\w+\s+){0,2}?"
    r"(?:the\s+(?:wider\s+|entire\s+|Eastern\s+|English-speaking\s+)?(?:Caribbean|region|hemisphere|"
    r"Western\s+Hemisphere|Americas|OECS|country|island)(?:\s+(?:region|basin|sea))?)|worldwide|globally|"
    r"nationwide|region-?wide|island-?wide)\b",
    re.IGNORECASE,
)
_PLACED = re.compile(r"\b(?P<word>across|throughout|within|in)\s+(?:the\s+)?$", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:(?:total\s+)?(?:number|no\.?|amount|count|value)\s+of\s+|total\s+)?(?P<label>[A-Z][^:|\t\n\d]{2,80}?)"
    rf"(?:\s*[:|\t]\s*|\s+[–—-]\s+)(?P<sum>[^\s\d|:]{{0,4}}\s?(?:{DIGITS})(?:\s(?:{SCALE}))?)\s*(?=$|[|\t;\n]|\.?$)",
    re.IGNORECASE,
)
_BULLET_FILL = re.compile(
    r"(?:\s|[-•*–]|\b(?:and|or|a|an|the|of|over|total|another|also|some|with|approximately|in)\b)*",
    re.IGNORECASE,
)


class FigureText(Protocol):
    """What figures need of a document that is read; positions count code points of `text`."""

    @property
    def text(self) -> str: ...
    @property
    def slug(self) -> str: ...
    @property
    def published(self) -> str | None: ...
    @property
    def schema(self) -> Schema: ...
    @property
    def blocks(self) -> tuple[Block, ...]: ...

    def mentions(self, start: int, end: int) -> Sequence[Mention]: ...
    def dates(self, start: int, end: int) -> Sequence[DateSpan]: ...
    def is_a(self, entity: str, *types: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A reported figure: its Observation, the sentence that reports it, and to whom it is attributed.

    Properties of the Observation: `value` (of a range, its lower end), `unit` (ISO 4217 code for money,
    `percent` for a share), `measure`, and where the text says so `rounding` (`up-to`; `to 30` for the upper
    end of a range), `period` (EDTF; `since 2010` is `2010/..`), `scope` (where, or of what a share is) and
    `cumulative` (`true`).
    """

    entity: Entity
    start: int
    end: int
    attributed_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A stretch of text with what it names, dates and counts; `lead` is what a list item stands under."""

    start: int
    end: int
    mentions: Sequence[Mention]
    dates: Sequence[DateSpan]
    counted: Sequence[Counted]
    analysis: Analysis
    reader: SentenceReader
    lead: Span | None


class FigureFinder:
    """Finds the figures of one document and numbers them."""

    def __init__(self, reading: FigureText) -> None:
        self._reading = reading
        self._lexicon = lexicon()
        self._count = 0
        self._leads = dict(_leads(reading.text, reading.blocks))
        self._known = {m.entity for m in reading.mentions(0, len(reading.text))}
        self._read = dict.fromkeys(self._leads.values(), _NOTHING)
        self._lead: _Sentence | None = None

    def find(self, start: int, end: int, analysis: Analysis) -> Iterator[tuple[Figure, list[Relation]]]:
        """Figures of a sentence, each with what it resulted from where its subject is clear.

        Sentences are given in the order of the text, since the lead of a list tells of its items.
        """
        if (start, end) in self._read:
            self._read[start, end] = analysis
        if not has_number(self._reading.text, start, end):
            return
        sentence = self._sentence(start, end, analysis)
        lead = self._read_lead(sentence.lead) if sentence.lead else None
        if lead is not None and not lead.reader.deeds.is_told(lead.end):
            return
        said = list(sentence.reader.said())
        told = {s.counted.start for s in said}
        if lead is not None:
            said += [s for s in self._listed(sentence, lead) if s.counted.start not in told]
        for one in sorted(said, key=lambda s: s.counted.start) or self._labelled(sentence):
            period = self._period(sentence, one) or (self._period(lead, one) if lead else None)
            if one.measure.name in _PROMISES or not self._is_to_come(period):
                yield self._figure(sentence, lead, one, period)

    def _sentence(self, start: int, end: int, analysis: Analysis) -> _Sentence:
        reading = self._reading
        mentions, dates = reading.mentions(start, end), reading.dates(start, end)
        names = [(m.start, m.end) for m in mentions]
        taken = [*names, *((d.start, d.end) for d in dates)]
        counted = find_counted(self._lexicon, reading.text, start, end, taken)
        reader = SentenceReader(self._lexicon, reading.text, (start, end), counted, names, analysis)
        return _Sentence(start, end, mentions, dates, counted, analysis, reader, self._leads.get(start))

    def _read_lead(self, span: Span) -> _Sentence:
        """The lead of a list, which is read once for all its items."""
        if self._lead is None or (self._lead.start, self._lead.end) != span:
            self._lead = self._sentence(*span, self._read[span])
        return self._lead

    def _listed(self, sentence: _Sentence, lead: _Sentence) -> Iterator[Said]:
        """What the items of a list count under the verb or the `seizure of` of its lead."""
        text, counted = self._reading.text, sentence.counted
        if not counted or not _BULLET_FILL.fullmatch(text, sentence.start, counted[0].start):
            return
        found = lead.reader.lead(lead.end)
        if found is None:
            yield from (
                replace(s, start=sentence.start, end=sentence.start) for s in self._deeds(counted[:1])
            )
            return
        for one in counted:
            acts = (act for act in lead.reader.lead_measures(found) if one.kinds & act[0].units)
            if (told := next(acts, None)) is None:
                return
            yield Said(one, told[0], found.start(), found.end(), told[1])

    def _labelled(self, sentence: _Sentence) -> Iterator[Said]:
        """`Firearms seized: 344`, as in a table or a list of facts, read as `344 firearms seized`."""
        match = _LABEL.match(self._reading.text, sentence.start, sentence.end)
        if match is None:
            return
        label, number = match["label"].strip(), " ".join(match["sum"].split())
        of = re.fullmatch(r"(?P<deed>\w+ of) (?P<things>.+)", label)
        join = " in " if not number[0].isdigit() else " "
        for text in (f"{of['deed']} {number} {of['things']}" if of else "", f"{number}{join}{label}"):
            counted = find_counted(self._lexicon, text, 0, len(text), ())
            reader = SentenceReader(self._lexicon, text, (0, len(text)), counted, (), _NOTHING)
            said = list(reader.said()) or list(self._deeds(counted))
            for one in said[:1]:
                yield Said(one.counted, one.measure, sentence.start, sentence.start, one.deed)
            if said:
                return

    def _deeds(self, counted: Sequence[Counted]) -> Iterator[Said]:
        """Counted acts, which are deeds without a verb: `Arrests: 12`."""
        measure = next(m for m in self._lexicon.measures if m.name == MADE)
        for one in counted:
            if "acts" in one.kinds:
                yield Said(one, measure, one.start, one.end, Deed(None))

    # --- the observation --------------------------------------------------------------------------------

    def _is_to_come(self, period: str | None) -> bool:
        """Whether a period begins after the document was published: what is dated so is a plan."""
        begins, published = parsed(period or ""), parsed(self._reading.published or "")
        if begins is None or published is None or begins.earliest is None or published.latest is None:
            return False
        return begins.earliest > published.latest

    def _figure(
        self, sentence: _Sentence, lead: _Sentence | None, said: Said, period: str | None
    ) -> tuple[Figure, list[Relation]]:
        self._count += 1
        one = said.counted
        actors: tuple[str, ...] = ()
        if lead is None or said.start >= sentence.start:
            actors = self._doers(sentence, said.deed, said.measure)
        if lead is not None and not actors:
            led = said.deed if said.start < sentence.start else Deed(False, lead.reader.deeds.last())
            actors = self._doers(lead, led, said.measure)
        properties: dict[str, Value] = {"value": one.value, "unit": one.unit, "measure": said.measure.name}
        if one.rounding != EXACT or one.upper:
            properties["rounding"] = f"to {one.upper}" if one.upper else one.rounding
        if period:
            properties["period"] = period
        if scope := one.scope or self._scope(sentence, said):
            properties["scope"] = scope
        if any(self._is_cumulative(s, said) for s in (sentence, lead) if s):
            properties["cumulative"] = "true"
        name = f"{one.value} {one.unit} {said.measure.name}"
        key = f"observation/{self._reading.slug}-{self._count}"
        entity = Entity(key, ("Observation",), name, properties=dict(sorted(properties.items())))
        figure = Figure(entity, sentence.start, sentence.end, actors)
        return figure, [] if said.measure.receivers else self._results(figure)

    def _doers(self, sentence: _Sentence, deed: Deed, measure: Measure) -> tuple[str, ...]:
        operations = {m.entity for m in sentence.mentions if self._reading.is_a(m.entity, "Operation")}
        return doers_of(deed, measure, sentence.analysis.frames, self._known, operations)

    def _period(self, sentence: _Sentence, said: Said) -> str | None:
        """The date of the sentence that is nearest, the date of the report itself left out."""
        text = self._reading.text
        dates = [d for d in sentence.dates if d.edtf and not self._is_aside(sentence, d, said)]
        if not dates:
            return None
        behind = said.counted.end
        following = min((c.start for c in sentence.counted if c.start >= behind), default=sentence.end)
        near = [d for d in dates if behind <= d.start < min(following, behind + _NEAR)]
        first, last = min(said.start, said.counted.start), max(said.end, behind)
        nearest = min(near or dates, key=lambda d: (max(d.start - last, first - d.end, 0), d.start))
        if _SINCE.search(text[max(sentence.start, nearest.start - _NEAR) : nearest.start]):
            return f"{nearest.edtf}/.." if "/" not in (nearest.edtf or "") else nearest.edtf
        return nearest.edtf

    def _is_aside(self, sentence: _Sentence, date: DateSpan, said: Said) -> bool:
        """Whether a date is that of the report, or of a founding that the figure is not about."""
        before = self._reading.text[max(sentence.start, date.start - _NEAR) : date.start]
        founded = _FOUNDED.search(before)
        own = founded is not None and said.start == date.start - len(before) + founded.start()
        return _REPORTED_ON.search(before) is not None or (founded is not None and not own)

    def _scope(self, sentence: _Sentence, said: Said) -> str | None:
        """Where it was done, if that stands right behind what was counted or behind the verb."""
        text = self._reading.text
        for place in (said.counted.end, said.end):
            if region := _REGION.match(text, place, sentence.end):
                return " ".join(region["scope"].split())
            for mention in sentence.mentions:
                gap = text[place : mention.start]
                preposition = _PLACED.search(gap) if 0 < len(gap) <= _NEAR else None
                near = preposition is not None and len(gap[: preposition.start()].split()) <= 1
                if near and preposition and self._reading.is_a(mention.entity, "Country", "Place"):
                    return text[place + preposition.start() : mention.end]
        return None

    def _is_cumulative(self, sentence: _Sentence, said: Said) -> bool:
        """Whether the words around say that it is a sum over time: `since 2010`, `to date`, `in total`."""
        text = _NO_TIME.sub(" ", self._reading.text[sentence.start : sentence.end])
        return _CUMULATIVE.search(text) is not None and said.measure.name != "announced"

    def _results(self, figure: Figure) -> list[Relation]:
        allowed = self._reading.schema.predicates["RESULTED_IN"].domain
        return [
            Relation(actor, "RESULTED_IN", figure.entity.id, {}, _RESULT, _SURE)
            for actor in figure.attributed_to
            if self._reading.is_a(actor, *allowed)
        ]


def _leads(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, Span]]:
    """Starts of the sentences of list items with the sentence, ending in a colon, that leads their list."""
    lead: Span | None = None
    for block in blocks:
        if block.kind == ITEM:
            for sentence in block.sentences[:1]:
                if lead is not None:
                    yield sentence[0], lead
        last = block.sentences[-1] if block.sentences else None
        if last is not None and text[last[0] : last[1]].rstrip().endswith(":"):
            lead = last
        elif block.kind != ITEM or block.kind == HEADING:
            lead = None
