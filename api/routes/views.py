"""The explorer and the pictures that it draws."""

import math
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from api.dependencies import SchemaDep, StoreDep, VersionDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from api.layout import Point, arrange
from api.neighbourhood import RULE, Opening, Wanted, collect
from api.pages import page
from graph.records import ACCEPTED, CANDIDATE
from schema.errors import BadParameter, NotFound
from schema.model import Schema

router = APIRouter(tags=["explorer"])

_MOST_IDS = 100
_DRAWN_STATUSES = (ACCEPTED, CANDIDATE)

Ids = Annotated[list[str], Query(max_length=_MOST_IDS)]


class PictureNode(BaseModel):
    """An entity in a picture, and where it stands: pixels, x to the right, y downwards."""

    id: str = Field(examples=["agency/atf"])
    name: str
    short: str | None = Field(description="Acronym, or number of a commitment.", examples=["ATF"])
    type: str = Field(examples=["Agency"])
    types: list[str]
    summary: str | None
    degree: int = Field(description="Links in the whole graph.")
    more: int = Field(description="Neighbours that are not shown.")
    x: float
    y: float


class PictureEdge(BaseModel):
    """All statements with one subject, object, predicate and standing."""

    source: str = Field(examples=["igo/impacs"])
    target: str = Field(examples=["unit/ccgiu"])
    predicate: str = Field(examples=["ESTABLISHED"])
    label: str = Field(examples=["established"])
    symmetric: bool
    statements: list[str]
    count: int
    status: str = Field(examples=["accepted"])
    act: str | None = Field(
        description="Where the act stands if it is not simply done.", examples=["planned"]
    )


class PictureAnswer(BaseModel):
    """A picture; `rule` says which neighbours are shown first, `version` is that of the graph."""

    nodes: list[PictureNode]
    edges: list[PictureEdge]
    rule: str
    version: str


@router.get("/", include_in_schema=False)
def explorer(request: Request, schema: SchemaDep) -> Response:
    """The page; everything it shows it asks the API for."""
    return page(request, "explorer.html", {"vocabulary": _vocabulary(schema)})


@router.get(
    "/graph",
    summary="A picture of the graph",
    responses={
        200: {"model": PictureAnswer},
        **error_responses(BadParameter, NotFound, *ENGINE_ERRORS),
    },
)
def graph(
    store: StoreDep,
    schema: SchemaDep,
    version: VersionDep,
    focus: Annotated[
        list[str], Query(min_length=1, max_length=_MOST_IDS, description="Ids to begin with, repeatable.")
    ],
    expand: Annotated[
        Ids | None,
        Query(description="Id, or id:n, to open next with up to n neighbours, in this order; repeatable."),
    ] = None,
    limit: Annotated[
        int, Query(ge=1, le=200, description="Most entities to begin with, the focuses included.")
    ] = 60,
    predicate: Annotated[
        Ids | None, Query(description="Only links of these predicates; all but MENTIONS without it.")
    ] = None,
    status: Annotated[Ids | None, Query(description="accepted (default), candidate; repeatable.")] = None,
    fixed: Annotated[Ids | None, Query(description="id,x,y: where a node has to stand; repeatable.")] = None,
) -> Response:
    """Entities with their neighbours, the links between them, and where to draw them.

    The same request gives the same picture. Each `expand` leaves everything where it was and adds to it;
    naming an id again opens the next of its neighbours.
    """
    wanted = Wanted(
        focus=tuple(dict.fromkeys(focus)),
        openings=tuple(_opening(text) for text in expand or ()),
        limit=limit,
        predicates=tuple(_among("predicate", p, _predicates(schema)) for p in predicate or ()),
        statuses=frozenset(_among("status", s, _DRAWN_STATUSES) for s in status or (ACCEPTED,)),
    )
    places = dict(_fixed(text) for text in fixed or ())
    picture = collect(store, schema, wanted)
    points = arrange(picture.steps, picture.pairs, places)
    nodes = [{**node, "x": points[node["id"]][0], "y": points[node["id"]][1]} for node in picture.nodes]
    return Json({"nodes": nodes, "edges": picture.edges, "rule": RULE, "version": version})


def _vocabulary(schema: Schema) -> dict[str, dict[str, str]]:
    """Labels of the schema by name, for the page."""
    return {
        "types": {t.name: t.label for t in schema.types.values()},
        "predicates": {p.name: p.label for p in schema.predicates.values()},
        "inverses": {p.name: p.inverse_label for p in schema.predicates.values()},
        "fields": {f.name: f.label for f in (*schema.qualifiers.values(), *schema.attributes.values())},
    }


def _predicates(schema: Schema) -> tuple[str, ...]:
    return tuple(sorted(p.name for p in schema.predicates.values() if p.datatype is None))


def _among(parameter: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise BadParameter(parameter, f"{value!r} is none of {', '.join(allowed)}.")
    return value


def _opening(text: str) -> Opening:
    id_, colon, most = text.partition(":")
    if not colon:
        return Opening(id_)
    if not most.isascii() or not most.isdigit() or int(most) > _MOST_IDS:
        raise BadParameter(
            "expand", f"{text!r} must be an id, or an id and a number up to {_MOST_IDS}: id:8."
        )
    return Opening(id_, int(most))


def _fixed(text: str) -> tuple[str, Point]:
    try:
        id_, x, y = text.split(",")
        place = float(x), float(y)
    except ValueError:
        place = math.nan, math.nan
        id_ = ""
    if not all(math.isfinite(c) and abs(c) < 1e6 for c in place):
        raise BadParameter("fixed", f"{text!r} must be an id and two numbers: agency/atf,120,-40.")
    return id_, place
