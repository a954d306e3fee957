"""What a load changes, for a curator to read: what is new, what is gone, what is contradicted.

Pure functions over the content before and after. A contradiction is told, never resolved: both statements
stand with their evidence, and a curator decides.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.changes import Content
from graph.records import MENTIONS, Entity, Evidence, Statement
from loaders.contradictions import Contradiction, contradictions
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Support:
    """A statement that stands before and after, with the evidence that it won or lost."""

    statement: Statement
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """One evidence of a statement before and after: at another place of its document, or told otherwise."""

    statement: Statement
    before: Evidence
    after: Evidence


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two contents: entities sorted by id, statements by where documents say them.

    Statements are without MENTIONS, of which `mentions` counts those that are new, those that are gone and
    those with other evidence. Pairs of before and after are `retyped`, entities with other types, and
    `edited`, other than that; `judged`, statements with another status, and `requalified`, with other
    qualifiers, or other clocks that follow from no evidence that came or went. `reread` is evidence at its
    place with another quote, summary, confidence or state. `names` holds the names of all entities by id.
    """

    new_entities: tuple[Entity, ...]
    gone_entities: tuple[Entity, ...]
    retyped: tuple[tuple[Entity, Entity], ...]
    edited: tuple[tuple[Entity, Entity], ...]
    new: tuple[Statement, ...]
    gone: tuple[Statement, ...]
    judged: tuple[tuple[Statement, Statement], ...]
    requalified: tuple[tuple[Statement, Statement], ...]
    stronger: tuple[Support, ...]
    weaker: tuple[Support, ...]
    moved: tuple[Moved, ...]
    reread: tuple[Moved, ...]
    contradictions: tuple[Contradiction, ...]
    mentions: tuple[int, int, int]
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
    pairs = [
        (old_entities[key], new_entities[key]) for key in sorted(old_entities.keys() & new_entities.keys())
    ]
    told_kept = [(*pair, m) for pair, m in zip(kept, moves, strict=True) if pair[1].predicate != MENTIONS]
    return Difference(
        new_entities=tuple(new_entities[key] for key in sorted(new_entities.keys() - old_entities.keys())),
        gone_entities=tuple(old_entities[key] for key in sorted(old_entities.keys() - new_entities.keys())),
        retyped=tuple((one, other) for one, other in pairs if one.types != other.types),
        edited=tuple(
            (one, other) for one, other in pairs if one.types == other.types and one.digest != other.digest
        ),
        new=tuple(told),
        gone=tuple(gone),
        judged=tuple((one, other) for one, other in kept if one.status != other.status),
        requalified=tuple((one, other) for one, other, m in told_kept if _requalified(one, other, m)),
        stronger=_told(m.won for m in moves),
        weaker=_told(m.lost for m in moves),
        moved=tuple(one for m in moves for one in m.moved),
        reread=tuple(one for _, _, m in told_kept for one in m.reread),
        contradictions=contradictions(schema, new_entities, told, [other for _, other in kept]),
        mentions=(
            len(added) - len(told),
            len(lost) - len(gone),
            sum(
                other.predicate == MENTIONS and (m.told_otherwise or _requalified(one, other, m))
                for (one, other), m in zip(kept, moves, strict=True)
            ),
        ),
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
    reread: tuple[Moved, ...]

    @property
    def told_otherwise(self) -> bool:
        """Whether some came, went, or is told otherwise at its place."""
        return bool(self.won.evidence or self.lost.evidence or self.reread)


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
    reread = [
        Moved(after, old[key], new[key])
        for key in sorted(old.keys() & new.keys())
        if old[key] != new[key] and old[key].digest_for(after.id) != new[key].digest_for(after.id)
    ]
    return _Moves(Support(after, tuple(came)), Support(after, tuple(went)), tuple(moved), tuple(reread))


def _requalified(before: Statement, after: Statement, moves: _Moves) -> bool:
    if before.status != after.status:
        return False
    evidence = moves.won.evidence or moves.lost.evidence
    return before.qualifiers != after.qualifiers or (before.clock != after.clock and not evidence)
