"""One document as the extractors see it: its text with blocks, mentions, and its own event."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.records import ACCEPTED, CANDIDATE, Entity, Evidence, fold, text_hash
from loaders.dates import DateSpan, all_dates, date_in_name
from loaders.impliedyears import dated_events
from loaders.judgements import Judgements
from loaders.mentions import Matcher, Mention, Mentions, find_mentions, matcher_for
from loaders.names.unknown import find_unknown
from loaders.papers import is_statement, titled_candidate, titled_instrument
from loaders.register import Register
from loaders.segments import HEADING, Block, segment
from loaders.text import SourceText
from schema.model import Schema

_REMARKS = re.compile(r"\b(?:remarks|speech|address by|statement by (?:the )?ambassador)\b", re.IGNORECASE)
_LEAD_BLOCKS = 3
# A name of so many words is one's own even where its words stand apart, in one of the first blocks.
_SPECIFIC, _OPENING_BLOCKS = 6, 8


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its blocks and mentions; `calendar` are its dates in the order of the text.

    `event` is the event that the document is about, `dialogue` the dialogue, `paper` the instrument that it
    is, where the text leaves no doubt. `speaker` is the state or the body in whose name remarks are made.
    """

    source: SourceText
    schema: Schema
    register: Register
    blocks: tuple[Block, ...]
    named: Mentions
    calendar: tuple[DateSpan, ...]
    event: str | None
    dialogue: str | None
    paper: str | None
    speaker: str | None
    _labels: dict[str, frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def text(self) -> str:
        return self.source.text

    @property
    def slug(self) -> str:
        """Second segment of the document's id."""
        return self.source.entity.id.partition("/")[2]

    @property
    def entities(self) -> Mapping[str, Entity]:
        """What the text may name: the register's entities and those that the document brings in."""
        return (
            {**self.register.entities, **self.named.entities}
            if self.named.entities
            else self.register.entities
        )

    def entity(self, key: str) -> Entity:
        """One of `entities` by its id, without putting the two together."""
        return self.named.entities.get(key) or self.register.entities[key]

    def labels(self, entity: str) -> frozenset[str]:
        """Types of an entity with their supertypes; of a candidate those of the type proposed for it."""
        found = self._labels.get(entity)
        if found is None:
            types = _types(self.entity(entity))
            found = self._labels[entity] = frozenset(self.schema.labels_of(types))
        return found

    def is_candidate(self, entity: str) -> bool:
        """Whether it is a name that the register does not know and nobody has confirmed."""
        known = self.named.entities.get(entity)
        return known is not None and "Candidate" in known.types

    def status_of(self, *entities: str) -> str:
        """Status of what is said of these entities: it waits as long as one of them is a candidate."""
        return CANDIDATE if any(self.is_candidate(entity) for entity in entities) else ACCEPTED

    @property
    def published(self) -> str | None:
        """EDTF date of publication."""
        value = self.source.entity.properties.get("published")
        return value if isinstance(value, str) else None

    def mentions(self, start: int, end: int) -> Sequence[Mention]:
        """Mentions that lie between two positions, in order."""
        found = self.named.found
        first = bisect_left(found, start, key=lambda m: m.start)
        last = bisect_left(found, end, lo=first, key=lambda m: m.start)
        return [m for m in found[first:last] if m.end <= end]

    def dates(self, start: int, end: int) -> Sequence[DateSpan]:
        """Dates between two positions that are no part of a name."""
        names = self.mentions(start, end)
        first = bisect_left(self.calendar, start, key=lambda d: d.start)
        last = bisect_left(self.calendar, end, lo=first, key=lambda d: d.start)
        return [
            date
            for date in self.calendar[first:last]
            if date.end <= end and not any(name.start < date.end and date.start < name.end for name in names)
        ]

    def is_a(self, entity: str, *types: str) -> bool:
        """Whether an entity is of one of these types or of a subtype, or is proposed to be."""
        return not self.labels(entity).isdisjoint(types)

    def evidence(self, start: int, end: int, rule: str, confidence: float) -> Evidence:
        """Evidence that points to a span of the text and quotes it."""
        quote = self.text[start:end]
        return Evidence(
            self.source.entity.id, start, end, text_hash(quote), rule, round(confidence, 2), quote=quote
        )


def read_text(
    source: SourceText, register: Register, schema: Schema, judgements: Judgements | None = None
) -> Reading:
    """Segment a document and find what it names, as far as a curator's judgements let it stand."""
    blocks = segment(source.text, source.body)
    known = find_mentions(source.text, register, source.body)
    named = find_unknown(source.text, blocks, known, register, schema)
    if judgements is not None:
        named = judgements.applied_to_mentions(source.entity.id, source.text, named, register)
    published = source.entity.properties.get("published")
    spans = [span for block in blocks for span in block.sentences]
    events = dated_events(named.found, {**register.entities, **named.entities})
    told = published if isinstance(published, str) else None
    calendar = tuple(all_dates(source.text, spans, told, events, date_in_name(source.file)))
    dialogue = _own(source, blocks, named, register, schema, "Dialogue")
    event = dialogue or _own(source, blocks, named, register, schema, "Event")
    title = source.entity.name
    paper = titled_instrument(title, register, schema) or titled_candidate(title, named.entities.values())
    if paper is None and not is_statement(title):
        paper = _own(source, blocks, named, register, schema, "Instrument")
    speaker = _speaker(source, register)
    return Reading(source, schema, register, blocks, named, calendar, event, dialogue, paper, speaker)


def _speaker(source: SourceText, register: Register) -> str | None:
    """For whom an official speaks whose remarks the document is: the state of the publisher, else itself."""
    told = (source.entity.name, str(source.entity.properties.get("kind", "")))
    if not any(_REMARKS.search(text) for text in told):
        return None
    publisher = str(source.entity.properties.get("publisher", ""))
    for mention in find_mentions(publisher, register).found:
        known = register.entities[mention.entity]
        if known.types[0] in ("Agency", "Country", "IntergovernmentalOrganization"):
            return str(known.properties.get("country", known.id))
    return None


def _own(
    source: SourceText,
    blocks: Sequence[Block],
    named: Mentions,
    register: Register,
    schema: Schema,
    kind: str,
) -> str | None:
    """The one entity of a kind in title and text, else in the lead, else in the title.

    Else, of events, the one in the text; a text may name a treaty and be about something else.
    """
    kinds = schema.subtypes(kind)
    heads = [source.text[b.start : b.end] for b in blocks[:_LEAD_BLOCKS] if b.kind == HEADING]
    lead_end = blocks[min(_LEAD_BLOCKS, len(blocks)) - 1].end if blocks else 0
    known = {**register.entities, **named.entities}
    found = [m for m in named.found if _types(known[m.entity]) & set(kinds)]
    everywhere = {m.entity for m in found}
    titles = _in_titles([source.entity.name, *heads], matcher_for(register, kinds))
    lead = {m.entity for m in found if m.start < lead_end}
    choices = (titles & everywhere, lead, titles, everywhere if kind != "Instrument" else set())
    clear = next((next(iter(choice)) for choice in choices if len(choice) == 1), None)
    return clear or (None if everywhere else _worded(source, blocks, register, kinds))


def _worded(
    source: SourceText, blocks: Sequence[Block], register: Register, kinds: Sequence[str]
) -> str | None:
    """The one entity of the register all whose words stand in one sentence of the beginning."""
    sentences = [source.text[start:end] for b in blocks[:_OPENING_BLOCKS] for start, end in b.sentences]
    spoken = [set(fold(sentence).split()) for sentence in sentences]
    fitting = {
        entity.id
        for entity in register.entities.values()
        if set(kinds) & set(entity.types) and len(words := set(fold(entity.name).split())) >= _SPECIFIC
        if any(words <= own for own in spoken)
    }
    return next(iter(fitting)) if len(fitting) == 1 else None


def _types(entity: Entity) -> set[str]:
    """Its types; of a candidate the one proposed for it."""
    return {entity.proposed} if entity.proposed else set(entity.types)


def _in_titles(titles: Sequence[str], matcher: Matcher) -> set[str]:
    """Events named in titles, even inside a longer name such as that of a joint statement."""
    hits = [(end - start, who) for title in titles for start, end, who in matcher.find(title)]
    longest = max((length for length, _ in hits), default=0)
    return {who[0] for length, who in hits if length == longest and len(who) == 1}
