"""What a document says by itself: mentions, statements, commitments, figures, and what is unclear."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from graph.records import Entity, Evidence, Statement, make_statement, merge
from loaders.clauses import Clause, ClauseReader
from loaders.commitments import find_commitments
from loaders.figures import Figure, FigureFinder
from loaders.mentions import Mention
from loaders.quantities import find_money
from loaders.reading import Reading, read_text
from loaders.register import Register
from loaders.relations import RuleBook
from loaders.rulebook import relation_rules
from loaders.segments import HEADING
from loaders.text import SourceText
from schema.model import Schema

MENTIONS, RESULTED_IN = "MENTIONS", "RESULTED_IN"
_MENTION_RULE = "mention/name@1"

# Sentences longer than this are lists without full stops; patterns over them cost much and find little.
_LONGEST_SENTENCE = 5000


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
    document for every entity. `entities` are the commitments and observations that the document makes,
    `figures` its reported figures, `document` the id of its entity.
    """

    document: str
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    candidates: tuple[Candidate, ...]
    figures: tuple[Figure, ...]


def extract(source: SourceText, register: Register, schema: Schema) -> Extraction:
    """Find everything; the same input gives the same extraction."""
    reading = read_text(source, register, schema)
    commitments, statements = find_commitments(reading)
    finder = FigureFinder(reading)
    figures: list[Figure] = []
    for clause in _clauses(reading):
        statements += _related(reading, clause)
        for figure, results in finder.find(clause):
            figures.append(figure)
            statements += results
    statements += _mention_statements(reading)
    return Extraction(
        source.entity.id,
        reading.named.found,
        tuple(sorted(merge(statements), key=_place)),
        (*commitments, *(figure.entity for figure in figures)),
        tuple(_unclear(reading)),
        tuple(figures),
    )


def _clauses(reading: Reading) -> Iterator[Clause]:
    """The sentences that may say something, each prepared for the rules; headings make no statements."""
    reader = ClauseReader(reading.text, reading.schema, reading.register.entities)
    for block in reading.blocks:
        for start, end in block.sentences if block.kind != HEADING else ():
            mentions = reading.mentions(start, end)
            if end - start <= _LONGEST_SENTENCE:
                money = find_money(reading.text, start, end)
                yield reader.read(start, end, mentions, reading.dates(start, end), money)


def _related(reading: Reading, clause: Clause) -> Iterator[Statement]:
    for relation in _rule_book().find(clause, reading.event):
        evidence = reading.evidence(clause.start, clause.end, relation.rule, relation.confidence)
        yield make_statement(
            reading.schema,
            relation.subject,
            relation.predicate,
            relation.object,
            qualifiers=relation.qualifiers,
            status=relation.status,
            evidence=[evidence],
        )


@cache
def _rule_book() -> RuleBook:
    return RuleBook(relation_rules())


def _mention_statements(reading: Reading) -> Iterator[Statement]:
    """One MENTIONS statement for each entity, with an evidence for each place."""
    places: dict[str, list[Evidence]] = defaultdict(list)
    for mention in reading.named.found:
        places[mention.entity].append(reading.evidence(mention.start, mention.end, _MENTION_RULE, 1.0))
    document = reading.source.entity.id
    for entity, evidence in places.items():
        yield make_statement(reading.schema, document, MENTIONS, entity, evidence=evidence)


def _unclear(reading: Reading) -> Iterator[Candidate]:
    entities = reading.register.entities
    for place in reading.named.unclear:
        known = [entities[key] for key in place.entities]
        why = f"stands for several entities of the register: {', '.join(entity.id for entity in known)}"
        yield Candidate(reading.text[place.start : place.end], known[0].type, place.start, place.end, why)


def _place(statement: Statement) -> tuple[int, int, str, str]:
    first = statement.evidence[0]
    return first.start, first.end, statement.predicate, statement.id


# --- as JSON --------------------------------------------------------------------------------------------


def extraction_json(extraction: Extraction, source: SourceText, register: Register) -> dict[str, Any]:
    """The record that `carisec extract` prints. MENTIONS are its `mentions`, observations its figures."""
    named = {**register.entities, **{entity.id: entity for entity in extraction.entities}}
    said = (s for s in extraction.statements if s.predicate not in (MENTIONS, RESULTED_IN))
    return {
        "document": source.file,
        "mentions": [
            {
                "entity": mention.entity,
                "name": named[mention.entity].name,
                "type": named[mention.entity].type,
                "start": mention.start,
                "end": mention.end,
            }
            for mention in extraction.mentions
        ],
        "statements": [_statement_json(statement, named) for statement in said],
        "observations": [_figure_json(figure) for figure in extraction.figures],
        "candidates": [
            {"name": c.name, "type": c.type, "start": c.start, "end": c.end, "why": c.why}
            for c in extraction.candidates
        ],
    }


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
    return {"id": entity.id, "name": entity.name, "type": entity.type}


def _figure_json(figure: Figure) -> dict[str, Any]:
    properties = figure.entity.properties
    value = Decimal(str(properties["value"]))
    return {
        "value": int(value) if value == value.to_integral_value() else float(value),
        "unit": properties["unit"],
        "measure": properties["measure"],
        "period": properties.get("period"),
        "attributed_to": list(figure.attributed_to),
        "start": figure.start,
        "end": figure.end,
    }
