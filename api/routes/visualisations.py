"""Stand-alone interactive pictures, each one file that loads nothing."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse, Response

from api import models
from api.dependencies import NamesDep, SchemaDep, SettingsDep, SnapshotDep, entity_named
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, RECORDS, form_of, split_suffix
from api.jsontext import Json
from api.pages import address, base_path, page
from api.paging import alternates, link_header
from api.picture_page import CONTENT_SECURITY_POLICY, picture_page
from api.pictures import KINDS
from schema.errors import BadParameter, NotAcceptable, NotFound, NotInstalled

router = APIRouter(prefix="/visualisations", tags=["pictures"])


@router.get(
    "",
    summary="The pictures that there are",
    responses={200: {"model": models.Visualisations}, **error_responses(NotAcceptable)},
)
@router.get(".json", include_in_schema=False)
@router.get(".html", include_in_schema=False)
def visualisations(request: Request, settings: SettingsDep) -> Response:
    """Name, title and parameters of each picture."""
    listed = [
        {
            "name": kind.name,
            "title": kind.title,
            "description": kind.description,
            "parameters": dict(kind.parameters),
            "address": address(settings, f"/visualisations/{kind.name}"),
        }
        for kind in KINDS.values()
    ]
    headers = link_header(alternates(request, RECORDS))
    if form_of(request.url.path, request.headers.get("accept"), RECORDS) is HTML:
        return page(request, "visualisations.html", {"visualisations": listed}, headers=headers)
    return Json({"visualisations": listed}, headers=headers)


@router.get(
    "/{name}",
    summary="A picture",
    response_class=HTMLResponse,
    responses={**error_responses(NotFound, BadParameter, NotInstalled, *ENGINE_ERRORS)},
)
def visualisation(
    name: Annotated[str, Path(description="Name of the picture.", json_schema_extra={"enum": list(KINDS)})],
    snapshot: SnapshotDep,
    schema: SchemaDep,
    settings: SettingsDep,
    names: NamesDep,
    entity: Annotated[
        str | None,
        Query(
            description="For `neighbourhood`: id or name of the entity in the middle.",
            examples=["program/etrace"],
        ),
    ] = None,
) -> Response:
    """One HTML file: the picture with its legend, and the same as text. It can be saved and sent as it is."""
    name, _ = split_suffix(name, (HTML,))
    if name not in KINDS:
        raise NotFound(f"there is no picture {name!r}; there are {', '.join(KINDS)}")
    given = {} if entity is None else {"entity": entity_named(names, "entity", entity)}
    picture = KINDS[name].make(KINDS[name], snapshot, given)
    home = settings.public_url or base_path(settings)
    return HTMLResponse(
        picture_page(picture, schema, home), headers={"Content-Security-Policy": CONTENT_SECURITY_POLICY}
    )
