"""Identifiers of things: they redirect to what is said about the thing, in the form that is wanted."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import NamesDep, SettingsDep, SnapshotDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import LINKED, RDF_EXPORTS, negotiate
from api.pages import address
from schema.errors import NotAcceptable, NotFound

router = APIRouter(prefix="/id", tags=["linked data"])

_REDIRECT = {
    303: {"description": "To the description."},
    **error_responses(NotFound, NotAcceptable, *ENGINE_ERRORS),
}


def _see(request: Request, settings: SettingsDep, path: str, fragment: str = "") -> Response:
    """303 to a description; where RDF is wanted, to the file of that form."""
    form = negotiate(request.headers.get("accept"), LINKED)
    suffix = form.suffix if form.suffix in RDF_EXPORTS else ""
    target = address(settings, path + suffix) + fragment
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})


@router.get("/statement/{key}", summary="Identifier of a statement", status_code=303, responses=_REDIRECT)
def statement(request: Request, key: str, settings: SettingsDep, snapshot: SnapshotDep) -> Response:
    """Redirects to the statement."""
    if key not in snapshot.statements:
        raise NotFound(f"no statement has the id {key}")
    return _see(request, settings, f"/statements/{key}")


@router.get("/evidence/{key}", summary="Identifier of an evidence", status_code=303, responses=_REDIRECT)
def evidence(request: Request, key: str, settings: SettingsDep, snapshot: SnapshotDep) -> Response:
    """Redirects to the statement that rests on it."""
    for found in snapshot.statements.values():
        if any(one.id_for(found.id) == key for one in found.evidence):
            return _see(request, settings, f"/statements/{found.id}", f"#{key}")
    raise NotFound(f"no evidence has the id {key}")


@router.get("/{kind}/{key}", summary="Identifier of an entity", status_code=303, responses=_REDIRECT)
def entity(
    request: Request,
    kind: Annotated[str, Path(examples=["unit"])],
    key: Annotated[str, Path(examples=["ccgiu"])],
    settings: SettingsDep,
    names: NamesDep,
) -> Response:
    """Redirects to the entity."""
    if f"{kind}/{key}" not in names.entities:
        raise NotFound(f"no entity has the id {kind}/{key}; /search?q= finds ids by names")
    return _see(request, settings, f"/entities/{kind}/{key}")
