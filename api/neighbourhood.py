"""Which entities and links a picture of the graph shows.

A picture begins with its focuses and their neighbours; each opening then adds an entity, or more of the
neighbours of one. Of more neighbours than there is room for, the first by `RULE` are shown.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.records import ACCEPTED, CANDIDATE, MENTIONS, drawn_acronym
from graph.store import Store
from schema.errors import NotFound
from schema.model import Schema

RULE = (
    "Neighbours with the most statements about the opened entities come first, then those with the most "
    "links in the whole graph, then in the order of ids."
)
# How many neighbours an opening adds when it does not say.
OPENED = 16

_ENTITIES = """
UNWIND $ids AS id MATCH (n:Entity {id: id})
RETURN n {.id, .name, .types, .acronyms, .number, .summary} AS entity
"""
_NEIGHBOURS = """
UNWIND $ids AS id MATCH (n:Entity {id: id})-[r]-(m:Entity)
WHERE type(r) IN $predicates AND m.id <> id
RETURN id, m.id AS other, r.id AS statement
"""
_CANDIDATE_NEIGHBOURS = """
UNWIND $ids AS id MATCH (n:Entity {id: id})<-[:SUBJECT|OBJECT]-(s:Statement)-[:SUBJECT|OBJECT]->(m:Entity)
WHERE s.status = 'candidate' AND s.predicate IN $predicates AND m.id <> id
RETURN id, m.id AS other, s.id AS statement
"""
_DEGREES = """
UNWIND $ids AS id MATCH (n:Entity {id: id})-[r]-(m:Entity)
WHERE type(r) IN $predicates
RETURN id, count(r) AS links, count(DISTINCT m.id) AS neighbours
"""
_LINKS = """
UNWIND $ids AS id MATCH (n:Entity {id: id})-[r]->(m:Entity)
WHERE type(r) IN $predicates AND m.id IN $ids
RETURN id AS source, m.id AS target, type(r) AS predicate, r.id AS statement, r.actStatus AS act,
       'accepted' AS status
"""
_CANDIDATE_LINKS = """
UNWIND $ids AS id MATCH (n:Entity {id: id})<-[:SUBJECT]-(s:Statement)-[:OBJECT]->(m:Entity)
WHERE s.status = 'candidate' AND s.predicate IN $predicates AND m.id IN $ids
RETURN id AS source, m.id AS target, s.predicate AS predicate, s.id AS statement, s.actStatus AS act,
       s.status AS status
"""


@dataclass(frozen=True, slots=True)
class Opening:
    """An entity to show with up to `most` of its neighbours that are not yet shown."""

    id: str
    most: int = OPENED


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a picture is asked for. `limit` counts all nodes of its first step."""

    focus: tuple[str, ...]
    openings: tuple[Opening, ...] = ()
    limit: int = 60
    predicates: tuple[str, ...] = ()
    statuses: frozenset[str] = frozenset({ACCEPTED})


@dataclass(frozen=True, slots=True)
class Picture:
    """Nodes in the order in which they came, edges, and the ids that each step added.

    `nodes` and `edges` are objects as GET /graph gives them, without the positions.
    """

    nodes: list[dict[str, Any]]
    edges: list[dict[str, Any]]
    steps: list[list[str]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        return [(e["source"], e["target"]) for e in self.edges]


def collect(store: Store, schema: Schema, wanted: Wanted) -> Picture:
    """Read a picture. Raises NotFound where a focus or an opened entity does not exist."""
    opened = [*wanted.focus, *(o.id for o in wanted.openings)]
    reader = _Reader(store, _predicates(schema, wanted, opened))
    entities = reader.entities(opened)
    if missing := [id_ for id_ in opened if id_ not in entities]:
        raise NotFound(f"no entity has the id {missing[0]}; /search finds ids by names")
    growth = _Growth(reader)
    if ACCEPTED in wanted.statuses:
        growth.near(_NEIGHBOURS, opened)
    growth.step(wanted.focus, wanted.limit - len(set(wanted.focus)))
    for opening in wanted.openings:
        growth.step([opening.id], opening.most)
    if CANDIDATE in wanted.statuses:
        growth.near(_CANDIDATE_NEIGHBOURS, opened)
        growth.step(opened, OPENED)
    shown = [id_ for step in growth.steps for id_ in step]
    links = reader.links(_LINKS, shown) if ACCEPTED in wanted.statuses else []
    if CANDIDATE in wanted.statuses:
        links += reader.links(_CANDIDATE_LINKS, shown)
    return Picture(_nodes(reader, shown, links), _edges(schema, links), growth.steps)


def _predicates(schema: Schema, wanted: Wanted, opened: Iterable[str]) -> list[str]:
    """Mentions are drawn only when asked for, or when a document is opened, which has no other links."""
    if wanted.predicates:
        return sorted(set(wanted.predicates))
    documents = any(id_.startswith(schema.types["Document"].prefix + "/") for id_ in opened)
    return sorted(
        p.name for p in schema.predicates.values() if p.datatype is None and (documents or p.name != MENTIONS)
    )


class _Reader:
    def __init__(self, store: Store, predicates: Sequence[str]) -> None:
        self._store = store
        self._predicates = predicates

    def entities(self, ids: Collection[str]) -> dict[str, dict[str, Any]]:
        rows = self._store.read(_ENTITIES, {"ids": sorted(set(ids))}).rows
        return {entity["id"]: entity for (entity,) in rows}

    def neighbours(self, text: str, ids: Collection[str]) -> list[tuple[str, str, str]]:
        """Rows of opened entity, neighbour, statement."""
        return [(row[0], row[1], row[2]) for row in self._rows(text, ids)]

    def degrees(self, ids: Collection[str]) -> dict[str, tuple[int, int]]:
        """Number of links and of neighbours in the whole graph."""
        return {row[0]: (row[1], row[2]) for row in self._rows(_DEGREES, ids)}

    def links(self, text: str, ids: Collection[str]) -> list[dict[str, Any]]:
        parameters = {"ids": sorted(set(ids)), "predicates": self._predicates}
        return list(self._store.read(text, parameters).mappings())

    def _rows(self, text: str, ids: Collection[str]) -> list[tuple[Any, ...]]:
        return self._store.read(text, {"ids": sorted(set(ids)), "predicates": self._predicates}).rows


@dataclass
class _Growth:
    """A picture while it grows, step by step."""

    reader: _Reader
    steps: list[list[str]] = field(default_factory=list)
    _near: dict[str, dict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    _degrees: dict[str, tuple[int, int]] = field(default_factory=dict)
    _shown: set[str] = field(default_factory=set)

    def near(self, text: str, opened: Collection[str]) -> None:
        """Learn the neighbours of the entities that are opened, with the statements between them."""
        rows = self.reader.neighbours(text, opened)
        for id_, other, statement in rows:
            self._near[id_][other].add(statement)
        self._degrees |= self.reader.degrees({other for _, other, _ in rows} - self._degrees.keys())

    def step(self, ids: Sequence[str], most: int) -> None:
        """Show entities and up to `most` of their neighbours that are not yet shown."""
        new = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._shown]
        self._shown.update(new)
        statements: Counter[str] = Counter()
        for id_ in dict.fromkeys(ids):
            for other, known in self._near[id_].items():
                if other not in self._shown:
                    statements[other] += len(known)
        ranked = sorted(statements, key=lambda o: (-statements[o], -self._degrees.get(o, (0, 0))[0], o))
        new += ranked[: max(0, most)]
        self._shown.update(new)
        self.steps.append(new)


def _nodes(reader: _Reader, shown: Sequence[str], links: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    entities, degrees = reader.entities(shown), reader.degrees(shown)
    beside: dict[str, set[str]] = defaultdict(set)
    for link in links:
        if link["status"] == ACCEPTED:
            beside[link["source"]].add(link["target"])
            beside[link["target"]].add(link["source"])
    nodes = []
    for id_ in shown:
        entity = entities[id_]
        count, neighbours = degrees.get(id_, (0, 0))
        nodes.append(
            {
                "id": id_,
                "name": entity["name"],
                "short": entity["number"] or drawn_acronym(entity["acronyms"] or ()),
                "type": entity["types"][0],
                "types": entity["types"],
                "summary": entity["summary"],
                "degree": count,
                "more": neighbours - len(beside[id_]),
            }
        )
    return nodes


def _edges(schema: Schema, links: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """One edge for each subject, object, predicate and standing, with all its statements."""
    bundles: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for link in links:
        key = (link["source"], link["target"], link["predicate"], link["status"], link["act"] or "")
        bundles[key].append(link["statement"])
    edges = []
    for (source, target, predicate, status, act), statements in sorted(bundles.items()):
        edges.append(
            {
                "source": source,
                "target": target,
                "predicate": predicate,
                "label": schema.predicates[predicate].label,
                "symmetric": schema.predicates[predicate].symmetric,
                "statements": sorted(statements),
                "count": len(statements),
                "status": status,
                "act": act or None,
            }
        )
    return edges
