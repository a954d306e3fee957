"""What a load changes: the difference between the graph that is wanted and the graph that is there.

Pure functions over records and digests; the store applies the result in one transaction.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph.records import Entity, Evidence, Statement
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Content:
    """A whole graph as records: entities (documents among them) and statements, each with unique ids."""

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]

    @property
    def version(self) -> str:
        """Hash of everything that the graph says; the same content has the same version on any engine."""
        digest = hashlib.sha256()
        for line in sorted(self._digests()):
            digest.update(line.encode())
        return digest.hexdigest()[:16]

    def _digests(self) -> Iterable[str]:
        for entity in self.entities:
            yield f"{entity.id} {entity.digest}\n"
        for statement in self.statements:
            yield f"{statement.id} {statement.digest}\n"
            for evidence in statement.evidence:
                yield f"{evidence.id_for(statement.id)} {evidence.digest_for(statement.id)}\n"


@dataclass(frozen=True, slots=True)
class Former:
    """An id that is no longer in the graph.

    `becomes` is the id that stands for the same now, None where nothing does; `reason` says why in words,
    `at` when, as ISO date or time.
    """

    id: str
    becomes: str | None
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Known:
    """What is in the graph: digests by id, and the types of each entity.

    `withdrawn` are the ids of documents that were taken out and stay out until they are loaded again,
    `former` the former ids that curators declared.
    """

    entities: Mapping[str, str]
    types: Mapping[str, tuple[str, ...]]
    statements: Mapping[str, str]
    evidence: Mapping[str, str]
    version: str
    withdrawn: frozenset[str] = frozenset()
    former: Mapping[str, Former] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """Records to write and ids to delete, for a graph that is at version `based_on`.

    `relabelled` are known entities whose types are others now; `former` are declared former ids to write,
    `not_former` those that are no longer declared.
    """

    based_on: str
    version: str
    withdrawn: frozenset[str]
    withdrawn_before: frozenset[str]
    entities: tuple[Entity, ...]
    relabelled: tuple[Entity, ...]
    deleted_entities: tuple[str, ...]
    statements: tuple[Statement, ...]
    deleted_statements: tuple[str, ...]
    evidence: tuple[tuple[str, Evidence], ...]
    deleted_evidence: tuple[str, ...]
    new: Mapping[str, int]
    former: tuple[Former, ...] = ()
    not_former: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return self.same_records and not (
            self.withdrawn ^ self.withdrawn_before or self.former or self.not_former
        )

    @property
    def same_records(self) -> bool:
        """Whether entities, statements and evidence stay as they are."""
        return not any(
            (
                self.entities,
                self.relabelled,
                self.deleted_entities,
                self.statements,
                self.deleted_statements,
                self.evidence,
                self.deleted_evidence,
            )
        )

    @property
    def counts(self) -> dict[str, tuple[int, int, int]]:
        """Records added, changed and removed, by kind: `entities`, `statements`, `evidence`."""
        deleted = (self.deleted_entities, self.deleted_statements, self.deleted_evidence)
        written = (self.entities, self.statements, self.evidence)
        return {
            kind: (self.new[kind], len(rows) - self.new[kind], len(gone))
            for kind, rows, gone in zip(("entities", "statements", "evidence"), written, deleted, strict=True)
        }


def known_of(content: Content) -> Known:
    """What a store knows that holds this content."""
    return Known(
        entities={e.id: e.digest for e in content.entities},
        types={e.id: e.types for e in content.entities},
        statements={s.id: s.digest for s in content.statements},
        evidence={e.id_for(s.id): e.digest_for(s.id) for s in content.statements for e in s.evidence},
        version=content.version,
    )


def difference(
    schema: Schema,
    wanted: Content,
    known: Known,
    withdrawn: frozenset[str] = frozenset(),
    former: Mapping[str, Former] | None = None,
) -> Changes:
    """The changes that turn the known graph into the wanted one, in which these documents are withdrawn.

    `former` are all declared former ids; None leaves them as they are.
    """
    declared = known.former if former is None else former
    entities = {e.id: e for e in wanted.entities}
    statements = {s.id: s for s in wanted.statements}
    evidence = {e.id_for(s.id): (s.id, e) for s in wanted.statements for e in s.evidence}
    relabelled = [
        e
        for e in wanted.entities
        if e.id in known.types and schema.labels_of(known.types[e.id]) != schema.labels_of(e.types)
    ]
    return Changes(
        based_on=known.version,
        version=wanted.version,
        withdrawn=withdrawn,
        withdrawn_before=known.withdrawn,
        entities=tuple(e for e in wanted.entities if known.entities.get(e.id) != e.digest),
        relabelled=tuple(relabelled),
        deleted_entities=tuple(sorted(known.entities.keys() - entities.keys())),
        statements=tuple(s for s in wanted.statements if known.statements.get(s.id) != s.digest),
        deleted_statements=tuple(sorted(known.statements.keys() - statements.keys())),
        evidence=tuple(
            (owner, e)
            for key, (owner, e) in evidence.items()
            if known.evidence.get(key) != e.digest_for(owner)
        ),
        deleted_evidence=tuple(sorted(known.evidence.keys() - evidence.keys())),
        new={
            "entities": len(entities.keys() - known.entities.keys()),
            "statements": len(statements.keys() - known.statements.keys()),
            "evidence": len(evidence.keys() - known.evidence.keys()),
        },
        former=tuple(declared[key] for key in sorted(declared) if known.former.get(key) != declared[key]),
        not_former=tuple(sorted(known.former.keys() - declared.keys())),
    )
