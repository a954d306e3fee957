"""Where an export takes its records from: from memory, or from the graph page by page.

Everything comes in the order of its id, and can be asked for again: a notation that groups by subject or by
document passes through it more than once, so that no more than a page is held.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Protocol

from graph.reading import (
    read_entities,
    read_evidence,
    read_evidencing,
    read_languages,
    read_said_of,
    read_statements,
    read_statements_of,
)
from graph.records import ACCEPTED, Entity, Evidence, Statement
from graph.store import Store
from schema.model import Schema

_PAGE = 500

# The evidence of a statement with its ids, by document and place.
Keyed = list[tuple[str, Evidence]]


@dataclass(frozen=True, slots=True)
class About:
    """An entity and the accepted statements that it is the subject of.

    `entity` is None where only what is said of it is exported; `named` marks one of which no more than its
    name and types is.
    """

    id: str
    entity: Entity | None
    said: Sequence[Statement]
    named: bool = False

    @property
    def is_full_topic(self) -> bool:
        """Whether it is a topic of which everything goes out."""
        return self.entity is not None and not self.named and "Topic" in self.entity.types


class Source(Protocol):
    """Records for an export."""

    def entities(self) -> Iterator[Entity]:
        """All entities, by id."""

    def subjects(self) -> Iterator[About]:
        """All entities with what is said of them, by id."""

    def statements(self) -> Iterator[tuple[Statement, Keyed]]:
        """All statements with all evidence, by id."""

    def evidence(self) -> Iterator[tuple[str, str, Evidence]]:
        """The id of each evidence, that of its statement, and the evidence, by the first."""

    def documents(self) -> Iterator[str]:
        """Ids of the documents that statements rest on; an empty one first if any rests on none."""

    def resting_on(self, document: str) -> Iterator[Statement]:
        """The statements that rest on a document, each with its evidence from there, by id."""

    def languages(self) -> Mapping[str, str]:
        """The languages of documents, by their ids, as far as they are known."""


class Held:
    """Records in memory.

    Of the entities in `named` only name and types go out: they are what the others speak of.
    """

    def __init__(
        self, entities: Iterable[Entity], statements: Iterable[Statement], named: Iterable[Entity] = ()
    ) -> None:
        self._entities = sorted(entities, key=lambda e: e.id)
        self._statements = sorted(statements, key=lambda s: s.id)
        self._named = {e.id: e for e in named}

    def entities(self) -> Iterator[Entity]:
        yield from self._entities

    def subjects(self) -> Iterator[About]:
        full = {e.id: e for e in self._entities}
        for key in sorted({*full, *self._said, *self._named}):
            entity = full.get(key)
            yield About(key, entity or self._named.get(key), self._said.get(key, ()), entity is None)

    @cached_property
    def _said(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self._statements:
            if statement.status == ACCEPTED:
                found.setdefault(statement.subject, []).append(statement)
        return found

    def languages(self) -> Mapping[str, str]:
        known = (*self._entities, *self._named.values())
        return {e.id: str(e.properties["language"]) for e in known if "language" in e.properties}

    def statements(self) -> Iterator[tuple[Statement, Keyed]]:
        yield from zip(self._statements, self._keyed, strict=True)

    @cached_property
    def _keyed(self) -> list[Keyed]:
        return [_keyed(statement) for statement in self._statements]

    def evidence(self) -> Iterator[tuple[str, str, Evidence]]:
        found = [(key, s.id, e) for s, keyed in self.statements() for key, e in keyed]
        yield from sorted(found, key=itemgetter(0))

    @cached_property
    def _by_document(self) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for statement in self._statements:
            for document in statement.documents or ("",):
                found.setdefault(document, []).append(statement)
        return found

    def documents(self) -> Iterator[str]:
        yield from sorted(self._by_document)

    def resting_on(self, document: str) -> Iterator[Statement]:
        for statement in self._by_document.get(document, ()):
            yield resting_on(statement, document)


class Stored:
    """The graph of a store, read page by page."""

    def __init__(self, store: Store, schema: Schema) -> None:
        self._store = store
        self._schema = schema

    def entities(self) -> Iterator[Entity]:
        return read_entities(self._store, self._schema)

    def subjects(self) -> Iterator[About]:
        entities = self.entities()
        while page := list(itertools.islice(entities, _PAGE)):
            said: dict[str, list[Statement]] = {}
            for statement in read_said_of(self._store, self._schema, [e.id for e in page]):
                said.setdefault(statement.subject, []).append(statement)
            for entity in page:
                yield About(entity.id, entity, said.get(entity.id, ()))

    def statements(self) -> Iterator[tuple[Statement, Keyed]]:
        return ((one, _keyed(one)) for one in read_statements(self._store, self._schema))

    def evidence(self) -> Iterator[tuple[str, str, Evidence]]:
        return read_evidence(self._store)

    def documents(self) -> Iterator[str]:
        return read_evidencing(self._store)

    def languages(self) -> Mapping[str, str]:
        return read_languages(self._store)

    def resting_on(self, document: str) -> Iterator[Statement]:
        for statement in read_statements_of(self._store, self._schema, document):
            yield resting_on(statement, document)


def resting_on(statement: Statement, document: str) -> Statement:
    """The statement with its evidence from one document only."""
    return replace(statement, evidence=tuple(e for e in statement.evidence if e.document == document))


def _keyed(statement: Statement) -> Keyed:
    keyed = [(e.id_for(statement.id), e) for e in statement.evidence]
    if len(keyed) > 1:
        keyed.sort(key=lambda pair: (pair[1].document, pair[1].start, pair[1].end, pair[0]))
    return keyed
