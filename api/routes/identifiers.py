"""Identifiers of things: they redirect to what is said about the thing, in the form that is wanted."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import SettingsDep, SnapshotDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import LINKED, RDF_EXPORTS, negotiate, split_suffix
from api.former import MOVED, lead_on
from api.pages import address, description_path
from graph.settings import Settings
from schema.errors import Gone, NotAcceptable, NotFound

router = APIRouter(prefix="/id", tags=["linked data"])

_REDIRECT: dict[int | str, dict[str, Any]] = {
    303: {"description": "To the description."},
    **MOVED,
    **error_responses(NotFound, Gone, NotAcceptable, *ENGINE_ERRORS),
}


def _see(request: Request, settings: Settings, path: str, suffix: str, fragment: str = "") -> Response:
    """303 to a description; where RDF is wanted, to the file of that form. A suffix wins over Accept."""
    form = negotiate(None if suffix else request.headers.get("accept"), LINKED)
    ending = suffix or (form.suffix if form.suffix in RDF_EXPORTS else "")
    target = address(settings, path + ending) + fragment
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})


def _split(key: str) -> tuple[str, str]:
    """A key and its suffix, which may be empty."""
    key, form = split_suffix(key, LINKED)
    return key, form.suffix if form else ""


@router.get("/statement/{key}", summary="Identifier of a statement", status_code=303, responses=_REDIRECT)
def statement(
    request: Request, key: str, settings: SettingsDep, store: StoreDep, snapshot: SnapshotDep
) -> Response:
    """Redirects to the statement."""
    key, suffix = _split(key)
    if key not in snapshot.statements:
        return lead_on(request, settings, store, key, f"no statement has the id {key}")
    return _see(request, settings, description_path(key), suffix)


@router.get("/evidence/{key}", summary="Identifier of an evidence", status_code=303, responses=_REDIRECT)
def evidence(
    request: Request, key: str, settings: SettingsDep, store: StoreDep, snapshot: SnapshotDep
) -> Response:
    """Redirects to the statement that rests on it."""
    key, suffix = _split(key)
    if key not in snapshot.evidence:
        return lead_on(request, settings, store, key, f"no evidence has the id {key}")
    return _see(request, settings, description_path(snapshot.evidence[key]), suffix, f"#{key}")


@router.get("/{kind}/{key}", summary="Identifier of an entity", status_code=303, responses=_REDIRECT)
def entity(
    request: Request,
    kind: Annotated[str, Path(examples=["unit"])],
    key: Annotated[str, Path(examples=["ccgiu"])],
    settings: SettingsDep,
    store: StoreDep,
    snapshot: SnapshotDep,
) -> Response:
    """Redirects to the entity; to `/documents/…` for a document."""
    key, suffix = _split(key)
    id_ = f"{kind}/{key}"
    if id_ not in snapshot.entities:
        missing = f"no entity has the id {id_}; /search?q= finds ids by names"
        return lead_on(request, settings, store, id_, missing)
    return _see(request, settings, description_path(id_), suffix)
