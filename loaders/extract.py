"""What a document says by itself: mentions, statements, commitments, figures, and what is unclear."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from graph.records import ACCEPTED, CANDIDATE, MENTIONS, Entity, Evidence, Statement, make_statement, merge
from loaders.asides import asides
from loaders.commitments import find_commitments
from loaders.discourse import Discourse
from loaders.figures import Figure, FigureFinder
from loaders.grammar.analysis import analyse
from loaders.grammar.lexicon import lexicon
from loaders.grammar.tokens import Named, tokenize
from loaders.judgements import Judgements
from loaders.mentions import Mention, matcher_for
from loaders.nameddates import named_dates
from loaders.naming import naming_statements
from loaders.owndates import datelines, own_dates
from loaders.promotion import promotions
from loaders.quantities import find_money
from loaders.reading import Reading, read_text
from loaders.register import Register
from loaders.relations import Relation, RuleBook, Sentence
from loaders.rulebook import relation_rules
from loaders.segments import HEADING, ITEM
from loaders.sentences import LONGEST_SENTENCE
from loaders.settleddates import settled_dates
from loaders.speakers import speakers
from loaders.text import SourceText
from loaders.themes import themes
from schema.model import Schema

RESULTED_IN = "RESULTED_IN"
COMMITMENT, TOPIC = "Commitment", "Topic"
_PLACES = ("Country", "Place")
_ENGLISH = "en"
_SEAT_RULE, _SURE = "relation/seat-in-name@1", 0.95


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that names something which the register does not settle, and why."""

    name: str
    type: str
    start: int
    end: int
    why: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was found in one document, in the order of its text.

    `statements` are merged, each with its evidence (quote, rule, confidence); among them MENTIONS of the
    document for every entity. `entities` are all that the document brings in: its commitments, its
    observations, events that it only describes, and what it names beyond the register, candidates among
    them. `figures` are its reported figures, `document` is the id of its own entity.
    """

    document: str
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    candidates: tuple[Candidate, ...]
    figures: tuple[Figure, ...]


def extract(
    source: SourceText, register: Register, schema: Schema, judgements: Judgements | None = None
) -> Extraction:
    """Find everything; the same input gives the same extraction."""
    reading = read_text(source, register, schema, judgements)
    finder = FigureFinder(reading)
    discourse = Discourse(reading, lexicon())
    related: list[tuple[Relation, int, int]] = []
    figures: list[Figure] = []
    for sentence in sentences_of(reading, discourse):
        span = (sentence.start, sentence.end)
        related += ((relation, *span) for relation in rule_book().find(sentence))
        for aside in asides(reading, sentence):
            related += ((relation, *span) for relation in rule_book().find(aside))
        for finders in (themes, named_dates, own_dates):
            related += ((relation, *span) for relation in finders(reading, sentence))
        for figure, results in finder.find(*span, sentence.analysis):
            figures.append(figure)
            related += ((relation, *span) for relation in results)
    related = settled_dates(reading, [*related, *datelines(reading)])
    promoted = promotions(reading, (relation for relation, _, _ in related))
    reading = promoted.reading
    statements = [_stated(reading, promoted.relation(relation), *span) for relation, *span in related]
    figures = [promoted.figure(figure) for figure in figures]
    commitments, pledged = find_commitments(reading)
    events = _described_events(discourse, statements)
    places = [place for event in events for place in discourse.described.places.get(event.id, ())]
    mentions = tuple(sorted([*reading.named.found, *places], key=lambda m: (m.start, m.end)))
    statements += [*pledged, *_seats(reading), *naming_statements(reading)]
    statements += speakers(reading, promoted.all(discourse.we), discourse.we_at)
    statements += _mention_statements(reading, mentions)
    return Extraction(
        source.entity.id,
        mentions,
        tuple(sorted(merge(statements), key=_place)),
        (*commitments, *(figure.entity for figure in figures), *events, *_brought_in(reading)),
        tuple(_unclear(reading)),
        tuple(figures),
    )


def sentences_of(reading: Reading, discourse: Discourse) -> Iterator[Sentence]:
    """The sentences that may say something; headings make no statements, but name what follows.

    The grammar is that of English: of a document in another language only the names are read.
    """
    if str(reading.source.entity.properties.get("language", _ENGLISH)).partition("-")[0] != _ENGLISH:
        return
    for block in reading.blocks:
        if block.kind == HEADING:
            discourse.note([m.entity for m in reading.mentions(block.start, block.end)])
            continue
        for start, end in block.sentences:
            if end - start <= LONGEST_SENTENCE:
                yield _analysed(reading, discourse, start, end, item=block.kind == ITEM)


def _analysed(reading: Reading, discourse: Discourse, start: int, end: int, *, item: bool) -> Sentence:
    dates, money = reading.dates(start, end), find_money(reading.text, start, end)
    named = [Named(m, reading.labels(m.entity)) for m in reading.mentions(start, end)]
    tokens = tokenize(reading.text, start, end, named, dates, money, lexicon())
    analysis = analyse(tokens, lexicon(), item=item)
    discourse.resolve(analysis, item=item)
    return Sentence(start, end, reading.text, analysis, dates, money, discourse.event, reading.paper)


def _stated(reading: Reading, relation: Relation, start: int, end: int) -> Statement:
    waits = relation.status != ACCEPTED
    return make_statement(
        reading.schema,
        relation.subject,
        relation.predicate,
        relation.object,
        qualifiers=relation.qualifiers,
        status=CANDIDATE if waits else reading.status_of(relation.subject, relation.object),
        evidence=[reading.evidence(start, end, relation.rule, relation.confidence)],
    )


def _seats(reading: Reading) -> Iterator[Statement]:
    """Where a body has its seat by its very name: `Embassy of Tidelandia in Port Kelp`."""
    places = matcher_for(reading.register, _PLACES)
    for mention in reading.named.found:
        words = reading.text[mention.start : mention.end]
        inside = words.rfind(" in ")
        if inside < 0 or "Organization" not in reading.labels(mention.entity):
            continue
        for start, end, (place, *others) in places.find(words):
            if start >= inside and end == len(words) and not others:
                yield make_statement(
                    reading.schema,
                    mention.entity,
                    "LOCATED_IN",
                    place,
                    status=reading.status_of(mention.entity, place),
                    evidence=[reading.evidence(mention.start, mention.end, _SEAT_RULE, _SURE)],
                )


def _described_events(discourse: Discourse, statements: Iterable[Statement]) -> list[Entity]:
    """The events without a name that something is said of."""
    named = {key for s in statements for key in (s.subject, s.object)}
    return [entity for key, entity in discourse.described.made.items() if key in named]


def _brought_in(reading: Reading) -> Iterator[Entity]:
    """The entities that the document itself brings in, in the order of their ids."""
    yield from (reading.named.entities[key] for key in sorted(reading.named.entities))


@cache
def rule_book() -> RuleBook:
    return RuleBook(relation_rules())


def _mention_statements(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Statement]:
    """One MENTIONS statement for each entity, with an evidence for each place."""
    places: dict[str, list[Evidence]] = defaultdict(list)
    for mention in mentions:
        places[mention.entity].append(reading.evidence(mention.start, mention.end, mention.rule, 1.0))
    document = reading.source.entity.id
    for entity, evidence in places.items():
        status = reading.status_of(entity)
        yield make_statement(reading.schema, document, MENTIONS, entity, status=status, evidence=evidence)


def _unclear(reading: Reading) -> Iterator[Candidate]:
    """Names that several entities bear and names that the register does not know, in their order."""
    found = []
    for place in reading.named.unclear:
        known = [reading.entity(key) for key in place.entities]
        why = f"stands for several entities of the register: {', '.join(entity.id for entity in known)}"
        found.append(
            Candidate(reading.text[place.start : place.end], known[0].type, place.start, place.end, why)
        )
    for mention in reading.named.found:
        if reading.is_candidate(mention.entity):
            entity = reading.named.entities[mention.entity]
            why = str(entity.properties.get("reason", "the register does not know the name"))
            found.append(Candidate(entity.name, _type(entity), mention.start, mention.end, why))
    yield from sorted(found, key=lambda c: (c.start, c.end))


def _place(statement: Statement) -> tuple[int, int, str, str]:
    first = statement.evidence[0]
    return first.start, first.end, statement.predicate, statement.id


# --- as JSON --------------------------------------------------------------------------------------------


def extraction_json(extraction: Extraction, source: SourceText, register: Register) -> dict[str, Any]:
    """The record that `carisec extract` prints.

    MENTIONS are its `mentions`, but for the narrower topics, whose wordings are no names and stand apart;
    observations are its figures; what is said of a pledge stands with the pledge; statements whose object is
    a literal are its `values`.
    """
    named = {**register.entities, **{entity.id: entity for entity in extraction.entities}}
    narrow = {m.entity for m in extraction.mentions if "parent" in _topic(named[m.entity])}
    pledges = [entity for entity in extraction.entities if entity.type == COMMITMENT]
    about: dict[str, list[Statement]] = {pledge.id: [] for pledge in pledges}
    said = []
    for statement in extraction.statements:
        own = about.keys() & {statement.subject, statement.object}
        for key in own:
            about[key].append(statement)
        if not own and statement.predicate not in (MENTIONS, RESULTED_IN):
            said.append(statement)
    return {
        "document": source.file,
        "mentions": [
            _mention_json(m, named[m.entity]) for m in extraction.mentions if m.entity not in narrow
        ],
        "topics": [_mention_json(m, named[m.entity]) for m in extraction.mentions if m.entity in narrow],
        "statements": [_statement_json(statement, named) for statement in said if statement.object],
        "values": [_statement_json(statement, named) for statement in said if not statement.object],
        "commitments": [_pledge_json(pledge, about[pledge.id], named) for pledge in pledges],
        "observations": [_figure_json(figure) for figure in extraction.figures],
        "candidates": [
            {"name": c.name, "type": c.type, "start": c.start, "end": c.end, "why": c.why}
            for c in extraction.candidates
        ],
    }


def _topic(entity: Entity) -> Mapping[str, Any]:
    return entity.properties if entity.type == TOPIC else {}


def _pledge_json(pledge: Entity, about: Sequence[Statement], named: Mapping[str, Entity]) -> dict[str, Any]:
    return {
        "id": pledge.id,
        **{key: pledge.properties.get(key) for key in ("number", "pillar", "modality", "targetDate")},
        "statements": [_statement_json(s, named) for s in about if s.object],
    }


def _mention_json(mention: Mention, entity: Entity) -> dict[str, Any]:
    return {
        "entity": mention.entity,
        "name": entity.name,
        "type": _type(entity),
        "start": mention.start,
        "end": mention.end,
        "rule": mention.rule,
        **({"status": CANDIDATE} if entity.proposed else {}),
    }


def _type(entity: Entity) -> str:
    """Its type; of a candidate the one proposed for it."""
    return entity.proposed or entity.type


def _statement_json(statement: Statement, named: Mapping[str, Entity]) -> dict[str, Any]:
    first = statement.evidence[0]
    target = named[statement.object] if statement.object else None
    return {
        "subject": _entity_json(named[statement.subject]),
        "predicate": statement.predicate,
        "object": _entity_json(target) if target else {"value": statement.value},
        "qualifiers": dict(statement.qualifiers),
        "evidence": {
            "start": first.start,
            "end": first.end,
            "rule": first.rule,
            "confidence": first.confidence,
        },
        "status": statement.status,
    }


def _entity_json(entity: Entity) -> dict[str, str]:
    return {"id": entity.id, "name": entity.name, "type": _type(entity)}


def _figure_json(figure: Figure) -> dict[str, Any]:
    properties = figure.entity.properties
    value = Decimal(str(properties["value"]))
    return {
        "value": int(value) if value == value.to_integral_value() else float(value),
        "unit": properties["unit"],
        "measure": properties["measure"],
        "period": properties.get("period"),
        "scope": properties.get("scope"),
        "rounding": properties.get("rounding", "exact"),
        "cumulative": properties.get("cumulative") in (True, "true"),
        "attributed_to": list(figure.attributed_to),
        "start": figure.start,
        "end": figure.end,
    }
