"""The graph in memory, one snapshot for each version: for paths, pictures, exports and SPARQL.

A snapshot is built on first need, whole, and swapped in whole; a request that began with the old one ends
with it.
"""

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx

from graph.reading import read_version
from graph.records import ACCEPTED, Entity, Statement, fold
from graph.sources import Held
from graph.store import Store
from queries.clocks import Clocks
from schema.errors import NotFound
from schema.model import Schema


@dataclass(frozen=True)
class Snapshot:
    """All records of one version, by id; statements in the order of their ids.

    Of two snapshots the one with the higher `order` was read later.
    """

    version: str
    schema: Schema
    base_iri: str
    entities: Mapping[str, Entity]
    statements: Mapping[str, Statement]
    order: int = 0

    def entity(self, key: str) -> Entity:
        """The entity with this id. Raises NotFound."""
        if key not in self.entities:
            raise NotFound(f"no entity has the id {key}; /search?q= finds ids by names")
        return self.entities[key]

    def under(self, clocks: Clocks, keys: Iterable[str]) -> Iterator[Statement]:
        """These statements as far as the clocks let them hold, with evidence that was published by then."""
        for statement in (self.statements[key] for key in keys):
            if clocks.hold(statement.clock):
                evidence = (e for e in statement.evidence if self._published(clocks, e.document))
                yield replace(statement, evidence=tuple(evidence)) if clocks.given else statement

    def _published(self, clocks: Clocks, document: str) -> bool:
        return clocks.published(self.entities[document].known if document in self.entities else None)

    @cached_property
    def source(self) -> Held:
        """All of it, for exports."""
        return Held(self.entities.values(), self.statements.values())

    @cached_property
    def about(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the statements by the id of each entity that is their subject or object."""
        found: dict[str, list[str]] = defaultdict(list)
        for statement in self.statements.values():
            for key in {statement.subject, statement.object} - {None}:
                found[str(key)].append(statement.id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def resting(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the statements by the id of each document that they rest on."""
        found: dict[str, list[str]] = defaultdict(list)
        for statement in self.statements.values():
            for key in statement.documents:
                found[key].append(statement.id)
        return {key: tuple(ids) for key, ids in found.items()}

    @cached_property
    def evidence(self) -> Mapping[str, str]:
        """Id of the statement by the id of each evidence that it rests on."""
        return {one.id_for(s.id): s.id for s in self.statements.values() for one in s.evidence}

    @cached_property
    def topics(self) -> tuple[Entity, ...]:
        """The topics, by name."""
        found = (e for e in self.entities.values() if "Topic" in e.types)
        return tuple(sorted(found, key=lambda e: (fold(e.name), e.id)))

    def name_of(self, key: str) -> str:
        """Name of the entity with this id; the id where there is none."""
        return self.entities[key].name if key in self.entities else key

    @cached_property
    def network(self) -> "nx.MultiGraph[str]":
        """Accepted statements between entities, documents left out; an edge's key is its statement's id."""
        network: nx.MultiGraph[str] = nx.MultiGraph()
        for statement in self.statements.values():
            ends = (statement.subject, statement.object or "")
            if statement.status == ACCEPTED and all(self._drawn(end) for end in ends):
                network.add_edge(*ends, key=statement.id)
        return network

    def _drawn(self, key: str) -> bool:
        return key in self.entities and "Document" not in self.entities[key].types


class Snapshots:
    """Keeps the snapshot of the newest version that was asked for."""

    def __init__(self, store: Store, schema: Schema, base_iri: str) -> None:
        self._store = store
        self._schema = schema
        self._base_iri = base_iri
        self._lock = threading.Lock()
        self._held: Snapshot | None = None

    def of(self, version: str) -> Snapshot:
        """The snapshot of this version, or of a newer one where a load came between."""
        held = self._held
        if held is not None and held.version == version:
            return held
        with self._lock:
            if self._held is None or self._held.version != version:
                self._held = self._read()
            return self._held

    def _read(self) -> Snapshot:
        version, content = read_version(self._store, self._schema)
        entities, statements = {e.id: e for e in content.entities}, {s.id: s for s in content.statements}
        order = 0 if self._held is None else self._held.order + 1
        return Snapshot(version, self._schema, self._base_iri, entities, statements, order)
