"""Type-ahead over names, aliases and acronyms."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api import models
from api.dependencies import NamesDep, SchemaDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from queries.facets import count_facets, wanted_facets
from schema.errors import BadParameter
from schema.model import Schema

router = APIRouter(tags=["entities"])

_FACETS = ("type",)


@router.get(
    "/search",
    summary="Find entities by name",
    responses={200: {"model": models.SearchAnswer}, **error_responses(BadParameter, *ENGINE_ERRORS)},
)
def search(
    names: NamesDep,
    schema: SchemaDep,
    q: Annotated[str, Query(description="Part of a name.", examples=["etrace"], max_length=300)] = "",
    limit: Annotated[int, Query(ge=1, le=100, description="Most results.")] = 10,
    kind: Annotated[
        list[str] | None,
        Query(
            alias="type", description="Only entities of these types or of their subtypes; may be repeated."
        ),
    ] = None,
    facets: Annotated[
        str, Query(description="`type`: how many of all that is found are of each type.", max_length=300)
    ] = "",
) -> Response:
    """Exact meanings first, then names that begin so, hold such words, or look alike; `reason` says which."""
    counted = wanted_facets(facets, _FACETS)
    # One more than asked for tells whether more follow.
    most = len(names.entities) if counted else limit + 1
    hits = names.search(q, most, known_types(schema, kind or ()))
    results = [
        {"id": h.id, "name": h.name, "type": h.type, "matched": h.matched, "reason": h.reason}
        for h in hits[:limit]
    ]
    answer: dict[str, Any] = {"query": q, "results": results, "truncated": len(hits) > limit}
    if counted:
        answer["facets"] = count_facets([{"type": h.type} for h in hits], counted)
    return Json(answer)


def known_types(schema: Schema, kinds: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The types as they are. Raises BadParameter that lists all types."""
    for name in kinds:
        if name not in schema.types:
            raise BadParameter("type", f"there is no type {name!r}", sorted(schema.types))
    return tuple(kinds)
