"""What a load changes, for a curator to read: what is new, what is gone, what is contradicted.

Pure functions over the content before and after. A contradiction is told, never resolved: both statements
stand with their evidence, and a curator decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graph.changes import Content
from graph.records import ACCEPTED, MENTIONS, Entity, Evidence, Statement
from loaders.contradictions import Contradiction, contradictions
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Support:
    """A statement that stands before and after, with the evidence that it won or lost."""

    statement: Statement
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One evidence of a statement whose clause stands at another place of its document now."""

    statement: Statement
    before: Evidence
    after: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two contents: entities sorted by id, statements by where documents say them.

    Statements are without MENTIONS, of which `mentions` counts those that are new and those that are gone.
    `retyped` and `judged` are pairs of before and after: entities with other types, statements with another
    status. `names` holds the names of all entities by id.
    """

    new_entities: tuple[Entity, ...]
    gone_entities: tuple[Entity, ...]
    retyped: tuple[tuple[Entity, Entity], ...]
    new: tuple[Statement, ...]
    gone: tuple[Statement, ...]
    judged: tuple[tuple[Statement, Statement], ...]
    stronger: tuple[Support, ...]
    weaker: tuple[Support, ...]
    moved: tuple[Moved, ...]
    contradictions: tuple[Contradiction, ...]
    mentions: tuple[int, int]
    names: Mapping[str, str]


def compare(schema: Schema, before: Content, after: Content) -> Difference:
    """What is other in the second content than in the first."""
    old_entities, new_entities = ({e.id: e for e in c.entities} for c in (before, after))
    old, new = ({s.id: s for s in c.statements} for c in (before, after))
    kept = sorted(((old[key], new[key]) for key in old.keys() & new.keys()), key=lambda pair: _place(pair[1]))
    moves = [_moves(*pair) for pair in kept]
    added = sorted((new[key] for key in new.keys() - old.keys()), key=_place)
    lost = sorted((old[key] for key in old.keys() - new.keys()), key=_place)
    told = [s for s in added if s.predicate != MENTIONS]
    gone = [s for s in lost if s.predicate != MENTIONS]
    pairs = (
        (old_entities[key], new_entities[key]) for key in sorted(old_entities.keys() & new_entities.keys())
    )
    return Difference(
        new_entities=tuple(new_entities[key] for key in sorted(new_entities.keys() - old_entities.keys())),
        gone_entities=tuple(old_entities[key] for key in sorted(old_entities.keys() - new_entities.keys())),
        retyped=tuple((one, other) for one, other in pairs if one.types != other.types),
        new=tuple(told),
        gone=tuple(gone),
        judged=tuple((one, other) for one, other in kept if one.status != other.status),
        stronger=_told(m.won for m in moves),
        weaker=_told(m.lost for m in moves),
        moved=tuple(one for m in moves for one in m.moved),
        contradictions=contradictions(schema, new_entities, told, [other for _, other in kept]),
        mentions=(len(added) - len(told), len(lost) - len(gone)),
        names={key: e.name for key, e in (old_entities | new_entities).items()},
    )


def _place(statement: Statement) -> tuple[str, int, int, str]:
    first = min(((e.document, e.start, e.end) for e in statement.evidence), default=("", 0, 0))
    return *first, statement.id


def _told(found: Iterable[Support]) -> tuple[Support, ...]:
    kept = [one for one in found if one.evidence and one.statement.predicate != MENTIONS]
    return tuple(sorted(kept, key=lambda o: (o.evidence[0].document, o.evidence[0].start, o.statement.id)))


@dataclass(frozen=True, slots=True)
class _Moves:
    won: Support
    lost: Support
    moved: tuple[Moved, ...]


def _moves(before: Statement, after: Statement) -> _Moves:
    """The evidence that came, went, and moved: the same clause by the same rule in the same document."""
    keys = ({e.id_for(s.id): e for e in s.evidence} for s in (before, after))
    old, new = keys
    went = [e for key, e in old.items() if key not in new]
    came = [e for key, e in new.items() if key not in old]
    moved = []
    for one in list(went):
        same = (e for e in came if (e.document, e.rule, e.sha256) == (one.document, one.rule, one.sha256))
        nearest = min(same, key=lambda e: (abs(e.start - one.start), e.start), default=None)
        if nearest is not None:
            moved.append(Moved(after, one, nearest))
            went.remove(one)
            came.remove(nearest)
    return _Moves(Support(after, tuple(came)), Support(after, tuple(went)), tuple(moved))


# --- in words -------------------------------------------------------------------------------------------


def difference_lines(schema: Schema, found: Difference, most: int) -> Iterator[str]:
    """The difference in sentences, at most so many of each kind; contradictions are told in full."""
    say = _Speaker(schema, found.names).say
    sections: tuple[tuple[str, list[str]], ...] = (
        ("new entities", [_entity(e) for e in found.new_entities]),
        ("entities gone", [_entity(e) for e in found.gone_entities]),
        ("entities of another type now", [_retyped(*pair) for pair in found.retyped]),
        ("new statements", [say(s) for s in found.new]),
        ("statements gone", [say(s) for s in found.gone]),
        (
            "statements with another status now",
            [f"{say(b)} (was {a.status})" for a, b in found.judged],
        ),
        ("statements with more evidence now", [f"{say(s.statement)}: {_places(s)}" for s in found.stronger]),
        ("statements with less evidence now", [f"{say(s.statement)}: {_places(s)}" for s in found.weaker]),
        ("clauses that stand elsewhere now", [f"{say(m.statement)}: {_move(m)}" for m in found.moved]),
    )
    for title, lines in sections:
        if lines:
            yield f"{title}: {len(lines)}"
            yield from (f"  {line}" for line in lines[:most])
            if len(lines) > most > 0:
                yield f"  … and {len(lines) - most} more: `--format json` lists all"
    if any(found.mentions):
        yield "named entities by document: {} new, {} gone".format(*found.mentions)
    if found.contradictions:
        yield f"contradictions: {len(found.contradictions)}"
        for one in found.contradictions:
            yield f"  {one.kind}: {say(one.statement)} [{_first(one.statement)}]"
            yield f"    but known is: {say(one.known)} [{_first(one.known)}]; {one.reason}"


class _Speaker:
    """Says statements in words."""

    def __init__(self, schema: Schema, names: Mapping[str, str]) -> None:
        self._schema = schema
        self._names = names

    def say(self, statement: Statement) -> str:
        """`Harbour Office supports Coast Cell (date 2022-11; candidate)`."""
        target = self._name(statement.object) if statement.object else f"“{statement.value}”"
        label = self._schema.predicates[statement.predicate].label
        remarks = [f"{name} {self._name(value)}" for name, value in statement.qualifiers.items()]
        if statement.status != ACCEPTED:
            remarks.append(statement.status)
        tail = f" ({'; '.join(remarks)})" if remarks else ""
        return f"{self._name(statement.subject)} {label} {target}{tail}"

    def _name(self, key: str) -> str:
        return self._names.get(key, key)


def _entity(entity: Entity) -> str:
    kind = f"{entity.proposed}?" if entity.proposed else " and ".join(entity.types)
    reason = entity.properties.get("reason")
    return f"{entity.id}: {entity.name} ({kind})" + (f": {reason}" if reason else "")


def _retyped(before: Entity, after: Entity) -> str:
    return f"{after.id}: {after.name}, {' and '.join(before.types)} is {' and '.join(after.types)}"


def _places(support: Support) -> str:
    return ", ".join(f"{e.document} {e.start}–{e.end}" for e in support.evidence)


def _move(moved: Moved) -> str:
    before, after = moved.before, moved.after
    return f"{after.document} {before.start}–{before.end} is {after.start}–{after.end}"


def _first(statement: Statement) -> str:
    return ", ".join(sorted({f"{e.document} {e.start}–{e.end}" for e in statement.evidence[:1]}))


# --- as JSON --------------------------------------------------------------------------------------------


def difference_json(schema: Schema, found: Difference) -> dict[str, Any]:
    """The whole difference; statements with their sentence, documents and places."""
    speaker = _Speaker(schema, found.names)

    def many(statements: Iterable[Statement]) -> list[dict[str, Any]]:
        return [_statement_json(speaker, s, s.evidence) for s in statements]

    return {
        "entities": {
            "new": [_entity_json(e) for e in found.new_entities],
            "gone": [_entity_json(e) for e in found.gone_entities],
            "retyped": [{**_entity_json(b), "types_before": list(a.types)} for a, b in found.retyped],
        },
        "statements": {
            "new": many(found.new),
            "gone": many(found.gone),
            "status": [
                {**_statement_json(speaker, b, b.evidence), "status_before": a.status}
                for a, b in found.judged
            ],
            "more_evidence": [_statement_json(speaker, s.statement, s.evidence) for s in found.stronger],
            "less_evidence": [_statement_json(speaker, s.statement, s.evidence) for s in found.weaker],
            "moved": [
                {**_statement_json(speaker, m.statement, (m.after,)), "before": _place_json(m.before)}
                for m in found.moved
            ],
        },
        "mentions": {"new": found.mentions[0], "gone": found.mentions[1]},
        "contradictions": [
            {
                "kind": one.kind,
                "reason": one.reason,
                "statement": _statement_json(speaker, one.statement, one.statement.evidence),
                "known": _statement_json(speaker, one.known, one.known.evidence),
            }
            for one in found.contradictions
        ],
    }


def _entity_json(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "types": list(entity.types),
        "name": entity.name,
        "properties": dict(sorted(entity.properties.items())),
    }


def _statement_json(speaker: _Speaker, statement: Statement, evidence: Iterable[Evidence]) -> dict[str, Any]:
    return {
        "id": statement.id,
        "sentence": speaker.say(statement),
        "subject": statement.subject,
        "predicate": statement.predicate,
        **({"object": statement.object} if statement.object else {"value": statement.value}),
        "qualifiers": dict(statement.qualifiers),
        "status": statement.status,
        "evidence": [_place_json(e) for e in evidence],
    }


def _place_json(evidence: Evidence) -> dict[str, Any]:
    return {
        "document": evidence.document,
        "start": evidence.start,
        "end": evidence.end,
        "rule": evidence.rule,
        "anchor": evidence.state,
    }
