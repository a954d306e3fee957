"""Where the entities of a picture stand: from its steps and links alone, so the same picture is the same.

Coordinates are pixels at the natural size of the page, x to the right and y downwards, the first step
around the origin. Each entity has a box of `WIDTH` × `HEIGHT` for its shape and its label; these do not
overlap.
"""

import itertools
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import networkx as nx

Point = tuple[float, float]

WIDTH, HEIGHT = 116.0, 62.0
SEED = 1
# Above this many nodes Kamada–Kawai takes longer than a reader waits; the spring layout is coarser and fast.
_MANY = 90
_LINK = 150.0
_GRID = 4


def arrange(
    steps: Sequence[Collection[str]], links: Iterable[tuple[str, str]], fixed: Mapping[str, Point]
) -> dict[str, Point]:
    """Positions of all nodes of all steps.

    What an earlier step placed stays where it is in the later ones. Nodes in `fixed` stand where it says.
    """
    edges = sorted({(min(a, b), max(a, b)) for a, b in links if a != b})
    held = {node: fixed[node] for step in steps for node in step if node in fixed}
    placed: dict[str, Point] = {}
    for step in steps:
        new = sorted(set(step) - placed.keys())
        graph: nx.Graph[str] = nx.Graph()
        graph.add_nodes_from(sorted([*placed, *new]))
        graph.add_edges_from((a, b) for a, b in edges if a in graph and b in graph)
        wished = _around(graph, placed, new) if placed else _alone(graph)
        placed |= {node: held[node] for node in new if node in held}
        for node in sorted((n for n in new if n not in held), key=lambda n: (_far(wished[n]), n)):
            placed[node] = _free_place(wished[node], (placed | held).values())
    return {node: (round(x, 1), round(y, 1)) for node, (x, y) in placed.items()}


def overlap(one: Point, other: Point) -> bool:
    """Whether the boxes around two places overlap."""
    return abs(one[0] - other[0]) < WIDTH and abs(one[1] - other[1]) < HEIGHT


def _alone(graph: "nx.Graph[str]") -> dict[str, Point]:
    """The first picture: each connected part for itself, the parts beside one another."""
    wished: dict[str, Point] = {}
    left = 0.0
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    for part in parts:
        places = _connected(nx.Graph(graph.subgraph(sorted(part))))
        shift = left - min(x for x, _ in places.values())
        wished |= {node: (x + shift, y) for node, (x, y) in places.items()}
        left = max(x for x, _ in wished.values()) + WIDTH
    middle = (min(x for x, _ in wished.values()) + max(x for x, _ in wished.values())) / 2
    return {node: (x - middle, y) for node, (x, y) in wished.items()}


def _connected(graph: "nx.Graph[str]") -> dict[str, Point]:
    if len(graph) == 1:
        return dict.fromkeys(graph, (0.0, 0.0))
    many = len(graph) > _MANY
    places = nx.spring_layout(graph, seed=SEED) if many else nx.kamada_kawai_layout(graph)
    lengths = [math.dist(places[a], places[b]) for a, b in graph.edges]
    wanted = _LINK * max(1.0, math.sqrt(len(graph) / 12))
    scale = wanted / (sum(lengths) / len(lengths) or 1.0)
    return {node: (float(x) * scale * 1.15, float(y) * scale * 0.85) for node, (x, y) in places.items()}


def _around(graph: "nx.Graph[str]", placed: Mapping[str, Point], new: Sequence[str]) -> dict[str, Point]:
    """New nodes between and beside the placed ones, which do not move."""
    start = {**placed, **_fans(graph, placed, new)}
    if not new:
        return {}
    moved = nx.spring_layout(
        graph, k=_LINK, pos=start, fixed=list(placed), iterations=40, seed=SEED, scale=None
    )
    return {node: (float(moved[node][0]), float(moved[node][1])) for node in new}


def _fans(graph: "nx.Graph[str]", placed: Mapping[str, Point], new: Sequence[str]) -> dict[str, Point]:
    """A first guess: beside the placed neighbours, on the side that looks away from the middle."""
    anchors: dict[Point, list[str]] = {}
    for node in new:
        near = [placed[other] for other in sorted(graph[node]) if other in placed] or [(0.0, 0.0)]
        anchors.setdefault(_middle(near), []).append(node)
    middle = _middle(list(placed.values()))
    guesses: dict[str, Point] = {}
    for anchor, nodes in sorted(anchors.items()):
        outward = math.atan2(anchor[1] - middle[1], anchor[0] - middle[0])
        spread = min(2 * math.pi, 0.5 * len(nodes))
        radius = _LINK * max(1.0, len(nodes) / 8)
        for i, node in enumerate(nodes):
            angle = outward + spread * ((i + 0.5) / len(nodes) - 0.5)
            guesses[node] = (anchor[0] + radius * math.cos(angle), anchor[1] + radius * math.sin(angle))
    return guesses


def _middle(points: Sequence[Point]) -> Point:
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _far(point: Point) -> float:
    return math.hypot(*point)


def _free_place(wished: Point, taken: Collection[Point]) -> Point:
    """The place nearest to the wished one where the box overlaps none that is taken."""
    for dx, dy in _offsets():
        place = (round(wished[0] + dx, 1), round(wished[1] + dy, 1))
        if not any(overlap(place, other) for other in taken):
            return place
    raise AssertionError("the plane has no end")


def _offsets() -> Iterator[Point]:
    """Offsets on a grid, ring by ring outwards, the nearer ones of a ring first."""
    yield 0.0, 0.0
    for ring in itertools.count(1):
        side = range(-ring, ring + 1)
        cells = [(i, j) for i in side for j in side if max(abs(i), abs(j)) == ring]
        points = [(i * WIDTH / _GRID, j * HEIGHT / _GRID) for i, j in cells]
        yield from sorted(points, key=lambda p: (_far(p), p))
