"""Pledges as Commitments, with what ties them to their dialogue, to what they name, and to topics."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph.records import Entity, Statement, Value, make_statement
from loaders.mentions import Mention, matcher_for
from loaders.papers import titled_instrument
from loaders.pledges import Pledge, find_pledges
from loaders.reading import Reading
from loaders.topics import TopicFinder
from schema.values import parse_date

_INVOLVES, _PARTY, _PART = (
    "commitment/involves@1",
    "commitment/involves-party@1",
    "commitment/involves-part@1",
)
_ACTORS = ("Country", "Organization", "Person")
_ADDRESSES, _GROUP, _NAMED, _STATEMENT = (
    "commitment/addresses@1",
    "commitment/addresses-group@1",
    "commitment/addresses-name@1",
    "commitment/addresses-statement@1",
)
_SURE = 0.9

_BEFORE_TARGET = re.compile(
    r"\b(?:by|before|until|in|during|for|of|from)\s+(?:the\s+end\s+of\s+|early\s+|late\s+)?$"
)
_LONGEST_PILLAR = 160
# `U.S. agencies`: the name says what kind of agencies, and the country itself is not concerned.
_QUALIFIES = re.compile(
    r"(?:-|\s+(?!(?:and|or|to|will|shall|in|for|by|with|on|at|has|have|is|are|as|through|from|under|government)\b)[a-z])"
)
_SHORT = re.compile(r"(?:[A-Z]\.?){2,3}")
_ASKED = re.compile(r"(?:all\s+|the\s+)?$")
# `Tidelandia to lend boats`, as an item of a list.
_DOES = re.compile(r"\s+(?:will|shall|to)\s+[a-z]")
_HOST = (
    re.compile(r"\bhosted\s+by\s+(?:the\s+)?$", re.IGNORECASE),
    re.compile(r"\s+(?:(?:to|will|shall)\s+)?(?:\w+ly\s+)?host\b", re.IGNORECASE),
)

# Dates ahead by the passage that names them; leads are read for each of their items.
_Targets = dict[tuple[int, int], set[str]]


def find_commitments(reading: Reading) -> tuple[list[Entity], list[Statement]]:
    """Commitments of the document, and the statements about them."""
    entities: list[Entity] = []
    statements: list[Statement] = []
    taken: set[str] = set()
    known: _Targets = {}
    writer = _Writer(reading)
    for pledge in find_pledges(reading):
        entity = _entity(reading, pledge, taken, known)
        entities.append(entity)
        statements += writer.statements(pledge, entity.id)
    return entities, statements


# --- the commitment itself ------------------------------------------------------------------------------


def _entity(reading: Reading, pledge: Pledge, taken: set[str], known: _Targets) -> Entity:
    number = pledge.number
    key = base = f"commitment/{reading.slug}-{re.sub('[^a-z0-9]+', '-', number.lower()).strip('-')}"
    repeat = 1
    while key in taken:
        repeat += 1
        key = f"{base}-{repeat}"
    taken.add(key)
    properties: dict[str, Value] = {"number": number, "modality": pledge.modality}
    if pillar := _pillar(reading, pledge):
        properties["pillar"] = pillar
    if target := _target(reading, pledge, known):
        properties["targetDate"] = target
    name = f"Commitment {number} of {reading.source.entity.name}"
    return Entity(key, ("Commitment",), name, properties=dict(sorted(properties.items())))


def _pillar(reading: Reading, pledge: Pledge) -> str | None:
    """The words of what the pledge stands under, with their number: a heading, else the first sentence."""
    above = pledge.heading
    if above is None or not above.sentences:
        return None
    start, end = above.sentences[0]
    words = " ".join(reading.text[start:end].strip("*_# ").split())
    if len(words) > _LONGEST_PILLAR:
        words = words[:_LONGEST_PILLAR].rpartition(" ")[0] + " …"
    return f"{above.number}. {words}" if above.number else words


def _target(reading: Reading, pledge: Pledge, known: _Targets) -> str | None:
    """The date by which it is to be done: the nearest one, in the pledge or its leads, that lies ahead."""
    for span in ((pledge.body, pledge.end), *((lead.body, lead.end) for lead in pledge.leads)):
        if span not in known:
            dates = [date.to_come or date for date in reading.dates(*span)]
            known[span] = {d.edtf for d in dates if d.edtf and _lies_ahead(reading, d.start, d.edtf)}
        if ahead := known[span]:
            return next(iter(ahead)) if len(ahead) == 1 else None
    return None


def _lies_ahead(reading: Reading, start: int, edtf: str) -> bool:
    if _BEFORE_TARGET.search(reading.text, max(0, start - 30), start) is None:
        return False
    latest = parse_date(edtf).latest
    published = parse_date(reading.published).earliest if reading.published else None
    return latest is not None and published is not None and latest >= published


# --- what it says ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """An entity that a pledge names, as what, the rule that says so, and the place that does."""

    entity: str
    role: str | None
    rule: str
    span: tuple[int, int]


class _Writer:
    """Makes the statements about the commitments of one document."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.topics = TopicFinder(reading)
        schema = reading.schema
        parts = {t for kind in ("Organization", "Program") for t in schema.subtypes(kind)}
        self.parts = matcher_for(reading.register, tuple(sorted(parts)))
        self.statement = titled_instrument(reading.source.entity.name, reading.register, schema)

    def statements(self, pledge: Pledge, commitment: str) -> Iterator[Statement]:
        """COMMITS_TO if the dialogue is known, INVOLVES, and ADDRESSES, also of what the pledge names."""
        reading = self.reading
        whole = (pledge.start, pledge.end)
        if reading.dialogue is not None:
            yield self._say(reading.dialogue, "COMMITS_TO", commitment, pledge.rule, whole)
        for part in self._involved(pledge):
            yield self._say(commitment, "INVOLVES", part.entity, part.rule, part.span, part.role)
        own = [subject.topic for subject in self.topics.find(pledge.body, pledge.end)]
        for topic in own:
            yield self._say(commitment, "ADDRESSES", topic, _ADDRESSES, whole)
        heads, span = [], whole
        if pledge.group is not None:
            span = (pledge.group.start, pledge.group.end)
            heads = [subject.topic for subject in self.topics.find(*span)]
        for topic in heads:
            yield self._say(commitment, "ADDRESSES", topic, _GROUP, span)
        # The headings of a list sum up what the statement is about, else its pledges under a pillar do.
        if self.statement is not None:
            summed = own if pledge.group is None and pledge.heading is not None else heads
            for topic in summed:
                yield self._say(self.statement, "ADDRESSES", topic, _STATEMENT, span)
            if (pillar := pledge.heading) is not None:
                for subject in self.topics.find(pillar.body, pillar.end):
                    where = (pillar.start, pillar.end)
                    yield self._say(self.statement, "ADDRESSES", subject.topic, _STATEMENT, where)
        for mention in reading.mentions(pledge.body, pledge.end):
            for topic in self.topics.in_name(mention):
                yield self._say(mention.entity, "ADDRESSES", topic, _NAMED, whole)

    def _involved(self, pledge: Pledge) -> Iterator[_Part]:
        """Who pledges, what else the pledge names apart from topics, and what names of initiatives hold."""
        seen: set[str] = set()
        for part in self._parts(pledge):
            if part.entity not in seen and part.entity != self.reading.dialogue:
                seen.add(part.entity)
                yield part

    def _parts(self, pledge: Pledge) -> Iterator[_Part]:
        whole, parties = (pledge.start, pledge.end), set()
        if pledge.party is not None:
            span = whole if pledge.party[0] >= pledge.start else (pledge.party[0], pledge.end)
            for mention in self.reading.mentions(*pledge.party):
                if self.reading.is_a(mention.entity, *_ACTORS) and not self._is_aside(mention):
                    parties.add(mention)
                    yield _Part(mention.entity, "party", _PARTY, span)
        for mention in self.reading.mentions(pledge.body, pledge.end):
            if mention not in parties and not self._is_aside(mention):
                yield _Part(mention.entity, self._role(mention, pledge), _INVOLVES, whole)
                for part in self._inside(mention):
                    yield _Part(part, None, _PART, whole)

    def _is_aside(self, mention: Mention) -> bool:
        if self.reading.is_a(mention.entity, "Topic"):
            return True
        text = self.reading.text
        return (
            self.reading.is_a(mention.entity, "Country")
            and _SHORT.fullmatch(text, mention.start, mention.end) is not None
            and _QUALIFIES.match(text, mention.end) is not None
        )

    def _inside(self, mention: Mention) -> list[str]:
        """Bodies and initiatives inside a name; the end of an event's name may be that of its series."""
        is_a = self.reading.is_a
        name = self.reading.text[mention.start : mention.end]
        if is_a(mention.entity, "Unit"):
            kinds: tuple[str, ...] = ("Program",)
        elif is_a(mention.entity, "Program", "Event"):
            kinds = ("Program", "Organization")
        else:
            return []
        inner = {
            who[0]
            for _, end, who in self.parts.find(name)
            if len(who) == 1
            and is_a(who[0], *kinds)
            and not (end == len(name) and is_a(mention.entity, "Event") and is_a(who[0], "Program"))
        }
        return sorted(inner - {mention.entity})

    def _role(self, mention: Mention, pledge: Pledge) -> str | None:
        text = self.reading.text
        if _HOST[0].search(text, max(pledge.body, mention.start - 30), mention.start):
            return "host"
        if _HOST[1].match(text, mention.end, pledge.end):
            return "host"
        opening = text[pledge.body : mention.start].strip().lower()
        if opening in ("", "the") and _DOES.match(text, mention.end, pledge.end):
            return "party"
        asked = pledge.asked
        if asked is not None and asked <= mention.start and _ASKED.fullmatch(text, asked, mention.start):
            return "asked"
        return None

    def _say(
        self,
        subject: str,
        predicate: str,
        target: str,
        rule: str,
        span: tuple[int, int],
        role: str | None = None,
    ) -> Statement:
        evidence = [self.reading.evidence(*span, rule, _SURE)]
        return make_statement(
            self.reading.schema,
            subject,
            predicate,
            target,
            qualifiers={"role": role} if role else {},
            status=self.reading.status_of(subject, target),
            evidence=evidence,
        )
