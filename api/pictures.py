"""What the stand-alone pictures show: entities with their places, and the statements between them.

Knows nothing about drawing. Places are computed here, so the same graph gives the same picture and no browser
has to settle it.
"""

import textwrap
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import networkx as nx

from api.layout import Point, arrange
from api.snapshot import Snapshot
from graph.records import ACCEPTED, Entity, Statement, drawn_acronym
from schema.errors import BadParameter, NotFound

MOST_NODES = 1200
_BETWEEN_DIALOGUES = 520.0
_LINE = 20
_UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Node:
    """One entity; `label` has a short line or two, `degree` counts its statements, `place` is in pixels."""

    id: str
    name: str
    label: str
    type: str
    summary: str
    degree: int
    place: Point


@dataclass(frozen=True, slots=True)
class Edge:
    """All statements from one entity to another: their ids and the labels of their predicates."""

    source: str
    target: str
    labels: tuple[str, ...]
    statements: tuple[str, ...]
    symmetric: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; `left_out` counts entities that were dropped because there are too many."""

    title: str
    description: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    left_out: int = 0

    @property
    def types(self) -> tuple[str, ...]:
        """Types of the nodes, the most frequent first."""
        count = Counter(node.type for node in self.nodes)
        return tuple(sorted(count, key=lambda name: (-count[name], name)))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of picture: what its page is called, what it shows, and how it is made from its parameters."""

    name: str
    title: str
    description: str
    make: Callable[["Kind", Snapshot, Mapping[str, str]], Picture]
    parameters: Mapping[str, str] = field(default_factory=dict)


def _network(kind: Kind, snapshot: Snapshot, _: Mapping[str, str]) -> Picture:
    network = snapshot.network
    kept = sorted(network, key=lambda key: (-network.degree(key), key))[:MOST_NODES]
    return _draw(kind, snapshot, network.subgraph(kept), left_out=len(network) - len(kept))


def _neighbourhood(kind: Kind, snapshot: Snapshot, parameters: Mapping[str, str]) -> Picture:
    if not parameters.get("entity"):
        raise BadParameter("entity", "name the entity that is to stand in the middle, such as program/etrace")
    key, network = parameters["entity"], snapshot.network
    entity = snapshot.entity(key)
    if key not in network:
        raise NotFound(f"no accepted statement joins {entity.name} to anything but documents")
    others = [other for other in network.neighbors(key) if other != key]
    others.sort(key=lambda other: (-network.number_of_edges(key, other), -network.degree(other), other))
    kept = [key, *others[: MOST_NODES - 1]]
    return _draw(
        kind,
        snapshot,
        network.subgraph(kept),
        first={key: (0.0, 0.0)},
        left_out=len(others) + 1 - len(kept),
        title=f"{kind.title}: {entity.name}",
    )


def _dialogues(kind: Kind, snapshot: Snapshot, _: Mapping[str, str]) -> Picture:
    network: nx.MultiGraph[str] = nx.MultiGraph()
    for statement in snapshot.statements.values():
        if _joins_dialogue(snapshot, statement):
            network.add_edge(statement.subject, str(statement.object), key=statement.id)
    held = _held(snapshot)
    ordered = sorted(
        (key for key in network if _is_a(snapshot, key, "Dialogue")),
        key=lambda key: (held.get(key, _UNDATED), key),
    )
    first = {key: (_BETWEEN_DIALOGUES * place, 0.0) for place, key in enumerate(ordered)}
    return _draw(kind, snapshot, network, first=first)


def _joins_dialogue(snapshot: Snapshot, statement: Statement) -> bool:
    if statement.status != ACCEPTED or statement.object is None:
        return False
    ends = (statement.subject, statement.object)
    if any(_is_a(snapshot, key, "Commitment", "Document") for key in ends):
        return False
    return any(_is_a(snapshot, key, "Dialogue") for key in ends)


def _is_a(snapshot: Snapshot, key: str, *types: str) -> bool:
    return not set(types).isdisjoint(snapshot.entities[key].types)


def _held(snapshot: Snapshot) -> Mapping[str, str]:
    """Earliest date, as EDTF text, on which each event was or is to be held."""
    held: dict[str, str] = {}
    for statement in snapshot.statements.values():
        if statement.predicate == "HELD_ON" and statement.status == ACCEPTED and statement.value:
            held[statement.subject] = min(statement.value, held.get(statement.subject, _UNDATED))
    return held


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "network",
            "The whole network",
            "Every entity that an accepted statement joins to another; documents are left out.",
            _network,
        ),
        Kind(
            "neighbourhood",
            "Neighbourhood",
            "One entity, all that an accepted statement joins to it, and the statements between these.",
            _neighbourhood,
            {"entity": "Id of the entity in the middle, such as program/etrace."},
        ),
        Kind(
            "dialogues",
            "The dialogues",
            "The dialogues in their order, with who took part, where they were held and what they adopted; "
            "commitments are left out.",
            _dialogues,
        ),
    )
}


def _draw(
    kind: Kind,
    snapshot: Snapshot,
    network: "nx.MultiGraph[str]",
    *,
    first: Mapping[str, Point] | None = None,
    left_out: int = 0,
    title: str = "",
) -> Picture:
    """A picture of the network; the nodes of `first` stand where it says, all others around them."""
    places = _places(network, first or {})
    nodes = tuple(_node(snapshot.entities[key], network.degree(key), places[key]) for key in sorted(network))
    edges = tuple(_edges(snapshot, (key for _, _, key in network.edges(keys=True))))
    return Picture(title or kind.title, kind.description, nodes, edges, left_out)


def _places(network: "nx.MultiGraph[str]", first: Mapping[str, Point]) -> Mapping[str, Point]:
    rest = set(network) - first.keys()
    steps: Sequence[Collection[str]] = [list(first), rest] if first else [rest]
    return arrange(steps, network.edges(), first) if network else {}


def _node(entity: Entity, degree: int, place: Point) -> Node:
    summary = str(entity.properties.get("summary", ""))
    return Node(entity.id, entity.name, _label(entity), entity.type, summary, degree, place)


def _label(entity: Entity) -> str:
    """The number of a pledge, the acronym of a long name, or the name; cut where it is still too long."""
    short = str(entity.properties.get("number", entity.name))
    if len(short) > _LINE:
        short = drawn_acronym(entity.acronyms) or short
    return "\n".join(textwrap.wrap(short, _LINE, max_lines=2, placeholder=" …"))


def _edges(snapshot: Snapshot, keys: Iterable[str]) -> Iterable[Edge]:
    """One edge for each ordered pair."""
    grouped: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for key in sorted(keys):
        statement = snapshot.statements[key]
        grouped[statement.subject, str(statement.object)].append(statement)
    predicates = snapshot.schema.predicates
    for (source, target), group in sorted(grouped.items()):
        used = sorted({s.predicate for s in group})
        labels = tuple(predicates[name].label for name in used)
        symmetric = all(predicates[name].symmetric for name in used)
        yield Edge(source, target, labels, tuple(s.id for s in group), symmetric)
