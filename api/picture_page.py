"""A picture as one stand-alone page, made with pyvis: no outside host, positions given, physics off.

pyvis' own template loads a framework from other hosts, whatever its options say; so it fills a template of
ours, which takes the drawing library in from pyvis' package.
"""

import importlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader

from api.pages import TEMPLATES
from api.pictures import Edge, Node, Picture
from schema.errors import NotInstalled
from schema.model import Schema

# The page is one file: its script and style are in it, and it may load nothing at all.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)

# Nodes whose labels can be read before one zooms in, at this size in pixels in a window of about this size.
_LEGIBLE = 40
_LAST = ("Commitment", "Observation")
_FONT = 13.0
_WINDOW = (1300.0, 620.0)

_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "keyboard": {"enabled": True, "bindToWindow": False}, "tooltipDelay": 150},
    "nodes": {
        "borderWidth": 1.5,
        "font": {"color": "#1b1b1b", "strokeWidth": 4, "strokeColor": "#ffffff"},
        "scaling": {"label": {"drawThreshold": 8}},
    },
    "edges": {
        "smooth": False,
        "selectionWidth": 2,
        "color": {"color": "#9aa5b1", "highlight": "#1b1b1b", "hover": "#1b1b1b", "inherit": False},
        "font": {"size": 10, "color": "#4a5560", "strokeWidth": 3, "strokeColor": "#ffffff"},
        "scaling": {"label": {"drawThreshold": 9}},
    },
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How entities of a type look: a shape of the drawing library and a colour, both telling it."""

    shape: str
    colour: str

    @property
    def points(self) -> str:
        """Corners of the shape for the legend, in a box of 20 by 20; empty for a disc."""
        return _CORNERS.get(self.shape, "")


_CORNERS = {
    "square": "3,3 17,3 17,17 3,17",
    "diamond": "10,1 19,10 10,19 1,10",
    "triangle": "10,2 19,18 1,18",
    "triangleDown": "1,2 19,2 10,18",
    "hexagon": "5,2 15,2 20,10 15,18 5,18 0,10",
    "star": "10,0 13,7 20,7 14,12 16,20 10,15 4,20 6,12 0,7 7,7",
}
# The explorer's colours (css/explorer.css) and, as far as vis-network has them, its shapes.
MARKS: Mapping[str, Mark] = {
    "Dialogue": Mark("star", "#c2410c"),
    "Event": Mark("diamond", "#a65a00"),
    "Operation": Mark("triangle", "#b91c1c"),
    "Agency": Mark("square", "#0f766e"),
    "IntergovernmentalOrganization": Mark("hexagon", "#15803d"),
    "Unit": Mark("triangle", "#4d6b0a"),
    "OtherOrganization": Mark("dot", "#5b6472"),
    "Organization": Mark("dot", "#5b6472"),
    "Program": Mark("hexagon", "#7c3aed"),
    "Instrument": Mark("square", "#8a4b12"),
    "Country": Mark("dot", "#1d4ed8"),
    "Place": Mark("triangleDown", "#0369a1"),
    "Person": Mark("dot", "#be185d"),
    "Topic": Mark("diamond", "#8a6d00"),
    "Commitment": Mark("square", "#4338ca"),
    "Observation": Mark("diamond", "#334155"),
}
_OTHER = Mark("dot", "#555555")


def picture_page(picture: Picture, schema: Schema, home: str) -> str:
    """The page. `home` stands before the links to entities and statements. Raises NotInstalled."""
    network = _pyvis().Network(directed=True, cdn_resources="in_line", heading=picture.title, height="100%")
    zoom, legible = _overview(picture)
    for node in picture.nodes:
        network.add_node(node.id, **_node(node, schema, zoom if node.id in legible else 1.0))
    for edge in picture.edges:
        network.add_edge(edge.source, edge.target, **_edge(edge))
    network.set_options(json.dumps(_OPTIONS))
    network.path = "picture.html"
    network.templateEnv = _environment()
    legend = [(schema.types[name].label, MARKS.get(name, _OTHER)) for name in picture.types]
    names = {node.id: node.name for node in picture.nodes}
    network.templateEnv.globals.update(picture=picture, legend=legend, names=names, home=home)
    return str(network.generate_html())


def _pyvis() -> Any:
    """pyvis is an optional extra and slow to import, so it is imported when a picture is first asked for."""
    try:
        return importlib.import_module("pyvis.network")
    except ImportError as error:
        raise NotInstalled(
            "pictures need the package pyvis; install carisec with its extra: pip install 'carisec[pictures]'"
        ) from error


def _environment() -> Environment:
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), PackageLoader("pyvis", "templates")]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _overview(picture: Picture) -> tuple[float, frozenset[str]]:
    """By how much the picture is zoomed out at first, and the nodes whose labels are to be legible then.

    These are the ones with the most statements whose enlarged labels do not cover each other.
    """
    if not picture.nodes:
        return 1.0, frozenset()
    xs, ys = zip(*(node.place for node in picture.nodes), strict=True)
    zoom = max(1.0, (max(xs) - min(xs)) / _WINDOW[0], (max(ys) - min(ys)) / _WINDOW[1])
    chosen: dict[str, tuple[float, float, float, float]] = {}
    for node in sorted(picture.nodes, key=lambda n: (n.type in _LAST, -n.degree, n.id)):
        box = _label_box(node, _FONT * zoom)
        if not any(_overlap(box, other) for other in chosen.values()):
            chosen[node.id] = box
        if len(chosen) == _LEGIBLE:
            break
    return zoom, frozenset(chosen)


def _label_box(node: Node, font: float) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a label below its node, roughly."""
    lines = node.label.split("\n")
    half = max(map(len, lines)) * font * 0.28
    x, y = node.place
    return x - half, y, x + half, y + font * (1.2 * len(lines) + 1)


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _node(node: Node, schema: Schema, scale: float) -> dict[str, Any]:
    mark = MARKS.get(node.type, _OTHER)
    weight = math.log2(node.degree + 1)
    lines = [node.name, schema.types[node.type].label, node.summary, _counted(node.degree, "statement")]
    return {
        "label": node.label,
        "shape": mark.shape,
        "color": mark.colour,
        "size": round((9 + 2.5 * weight) * math.sqrt(scale), 1),
        "font": {"size": round(_FONT * scale, 1)},
        "title": "\n".join(line for line in lines if line),
        "x": node.place[0],
        "y": node.place[1],
    }


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "label": ", ".join(edge.labels),
        "title": f"{', '.join(edge.labels)} ({_counted(len(edge.statements), 'statement')})",
        "width": min(1 + 0.5 * (len(edge.statements) - 1), 5),
        "arrows": "" if edge.symmetric else "to",
    }


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
