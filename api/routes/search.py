"""Type-ahead over names, aliases and acronyms."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api import models
from api.dependencies import NamesDep, SchemaDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from schema.errors import BadParameter
from schema.model import Schema

router = APIRouter(tags=["entities"])


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
) -> Response:
    """Exact meanings first, then names that begin so, hold such words, or look alike; `reason` says which."""
    # One more than asked for tells whether more follow.
    hits = names.search(q, limit + 1, known_types(schema, kind or ()))
    results = [
        {"id": h.id, "name": h.name, "type": h.type, "matched": h.matched, "reason": h.reason}
        for h in hits[:limit]
    ]
    return Json({"query": q, "results": results, "truncated": len(hits) > limit})


def known_types(schema: Schema, kinds: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The types as they are. Raises BadParameter that lists all types."""
    for name in kinds:
        if name not in schema.types:
            raise BadParameter("type", f"there is no type {name!r}", sorted(schema.types))
    return tuple(kinds)
