"""Two graphs compared record by record: what came, went and changed, each with its record and a sentence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from graph.changes import Content, difference, known_of
from graph.records import Entity, Evidence, Statement, entity_json, evidence_json, statement_json
from loaders.changewords import Speaker
from schema.model import Schema

ADD, MOD, DEL = "ADD", "MOD", "DEL"
Change = dict[str, Any]


T = TypeVar("T")
Said = tuple[dict[str, Any], str]


def delta(schema: Schema, before: Content, after: Content, names: Mapping[str, str]) -> Iterator[Change]:
    """Each change as `{op, kind, id, before, after, sentence}`: entities, then statements, then evidence.

    `op` is ADD, MOD or DEL, `kind` entity, statement or evidence. `before` and `after` are records as an
    export in JSON Lines has them, null on the side that has none; evidence has lines of its own, each with
    the id of its `statement`, and is left out of statements. Sorted by id within a kind. `names` are those of
    entities by id, for the sentences.
    """
    changes = difference(schema, after, known_of(before))
    words = Speaker(schema, names)

    def entity(record: Entity) -> Said:
        return entity_json(record), words.of_entity_named(record)

    def statement(record: Statement) -> Said:
        told = statement_json(replace(record, evidence=()))
        told.pop("evidence")
        return told, words.say(record)

    def evidence(pair: tuple[Statement, Evidence]) -> Said:
        owner, one = pair
        return {"statement": owner.id, **evidence_json(owner.id, one)}, words.of_evidence(owner, one)

    old_entities, new_entities = ({e.id: e for e in c.entities} for c in (before, after))
    written = [e.id for e in changes.entities]
    yield from _told("entity", written, changes.deleted_entities, (old_entities, new_entities), entity)
    old, new = ({s.id: s for s in c.statements} for c in (before, after))
    written = [s.id for s in changes.statements]
    yield from _told("statement", written, changes.deleted_statements, (old, new), statement)
    clauses = _clauses(before), _clauses(after)
    written = [e.id_for(owner) for owner, e in changes.evidence]
    yield from _told("evidence", written, changes.deleted_evidence, clauses, evidence)


def _clauses(content: Content) -> dict[str, tuple[Statement, Evidence]]:
    return {e.id_for(s.id): (s, e) for s in content.statements for e in s.evidence}


def _told(
    kind: str,
    written: list[str],
    deleted: tuple[str, ...],
    sides: tuple[Mapping[str, T], Mapping[str, T]],
    saying: Callable[[T], Said],
) -> Iterator[Change]:
    old, new = sides
    for key in sorted({*written, *deleted}):
        before, after = (saying(side[key]) if key in side else None for side in (old, new))
        op = DEL if after is None else ADD if before is None else MOD
        told = after or before
        yield {
            "op": op,
            "kind": kind,
            "id": key,
            "before": before[0] if before else None,
            "after": after[0] if after else None,
            "sentence": told[1] if told else "",
        }


def about(content: Content, entity: str | None, document: str | None) -> Content:
    """The part of a graph that is about an entity, or rests on a document, or both.

    Of entities it holds the entity and the document alone; of evidence only what is of the document.
    """
    entities = tuple(e for e in content.entities if e.id in (entity, document))
    statements = []
    for statement in content.statements:
        if entity is not None and entity not in (statement.subject, statement.object):
            continue
        evidence = tuple(e for e in statement.evidence if document in (None, e.document))
        if document is None or evidence:
            statements.append(replace(statement, evidence=evidence))
    return Content(entities, tuple(statements))
