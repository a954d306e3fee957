"""A statement as a nanopublication."""

import io
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import SettingsDep, SnapshotDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import Format, negotiate
from api.pages import address
from graph.export import FORMATS
from graph.nanopub import Published, write_nanopubs
from schema.errors import NotAcceptable, NotFound

router = APIRouter(tags=["linked data"])

TRIG = Format(FORMATS["trig"].suffix, FORMATS["trig"].media_type, FORMATS["trig"].label)

_Key = Annotated[str, Path(description="The id of an accepted statement.")]


@router.get(
    "/statements/{key}/nanopub",
    summary="A statement as a nanopublication",
    response_class=Response,
    responses={
        200: {"content": {TRIG.media_type: {"schema": {"type": "string"}}}},
        **error_responses(NotFound, NotAcceptable, *ENGINE_ERRORS),
    },
)
def nanopub(request: Request, key: _Key, snapshot: SnapshotDep) -> Response:
    """Unsigned, in TriG: head, assertion, provenance with every clause, and publication info.

    Only accepted statements have one. Its time of creation is the day by which the statement could be known.
    """
    negotiate(request.headers.get("accept"), (TRIG,))
    if key not in snapshot.statements:
        raise NotFound(f"no statement has the id {key}")
    out = io.BytesIO()
    graph = Published(snapshot.schema, snapshot.base_iri, snapshot.version, snapshot.entities)
    write_nanopubs(graph, [snapshot.statements[key]], out)
    headers = {"Vary": "Accept", "Content-Disposition": f'inline; filename="{key}{TRIG.suffix}"'}
    return Response(out.getvalue(), headers=headers, media_type=TRIG.content_type)


@router.get(
    "/np/{key}",
    summary="Identifier of a nanopublication",
    status_code=303,
    responses={303: {"description": "To the nanopublication."}, **error_responses(NotFound, *ENGINE_ERRORS)},
)
def identifier(key: _Key, settings: SettingsDep, snapshot: SnapshotDep) -> Response:
    """Redirects to the nanopublication."""
    if key not in snapshot.statements:
        raise NotFound(f"no statement has the id {key}")
    return RedirectResponse(address(settings, f"/statements/{key}/nanopub"), status_code=303)
