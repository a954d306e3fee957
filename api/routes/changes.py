"""What loads changed: as JSON, page or Atom feed, newest first."""

from dataclasses import asdict, replace
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.atom import MEDIA_TYPE, Feed, feed_bytes, left_out, path_of
from api.change_models import LoadList
from api.dependencies import NamesDep, SettingsDep, StoreDep, entity_named
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, Format, form_of
from api.jsontext import Json
from api.pages import address, base_path, page
from api.paging import alternates, link_header
from graph.chronicle import MOST_LINES, MOST_LOADS, Load, about_entity, is_entity
from graph.history import Loads, loads_kept, read_loads
from graph.settings import Settings
from queries.names import NameIndex
from schema.errors import BadParameter, NotAcceptable

router = APIRouter(tags=["linked data"])

ATOM = Format(".atom", MEDIA_TYPE, "Atom feed")
_FORMATS = (JSON, HTML, ATOM)
_ON_A_PAGE = 20


@router.get(
    "/changes",
    summary="What loads changed",
    responses={
        200: {"model": LoadList, "content": {one.media_type: {} for one in (HTML, ATOM)}},
        **error_responses(BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
    description=f"""Each load that changed the graph, newest first, {_ON_A_PAGE} on a page, with sentences.

The first load of an empty graph has counts alone. Of each sort of change the first {MOST_LINES} sentences are
kept, and the last {MOST_LOADS} loads; `carisec diff` compares whole dumps. What documents merely name is not
told. As a feed: `/changes.atom`.""",
)
@router.get("/changes.json", include_in_schema=False)
@router.get("/changes.html", include_in_schema=False)
@router.get("/changes.atom", include_in_schema=False)
def changes(
    request: Request,
    store: StoreDep,
    settings: SettingsDep,
    names: NamesDep,
    entity: Annotated[
        str,
        Query(
            max_length=300,
            description="Only what was said of this entity: its id, also one that is gone, or its name.",
        ),
    ] = "",
    before: Annotated[
        int | None, Query(ge=1, le=2**53, description="Only loads with a smaller number.")
    ] = None,
) -> Response:
    """What loads changed."""
    form = form_of(request.url.path, request.headers.get("accept"), _FORMATS)
    key = _entity(names, entity)
    found = read_loads(store, _ON_A_PAGE, before, key)
    if key:
        told = tuple(replace(one, sections=about_entity(one.sections, key)) for one in found.loads)
        found = replace(found, loads=told)
    following = (("entity", key or None), ("before", found.loads[-1].number)) if found.more else None
    paths = {
        one: address(settings, f"/changes{one.suffix}", following) if following else None for one in _FORMATS
    }
    headers = link_header(alternates(request, _FORMATS), paths[form])
    if form is ATOM:
        updated = found.loads[0].at if found.loads else loads_kept(store)[1]
        return Response(_feed(settings, found, key, before, updated), headers=headers, media_type=MEDIA_TYPE)
    if form is HTML:
        context = {
            **{"loads": found.loads, "entity": key, "next": paths[HTML], "most": MOST_LOADS},
            **{"name": _name(names, key), "path_of": path_of, "left_out": left_out},
            "alternates": [pair for pair in alternates(request, _FORMATS) if pair[0] is not HTML],
        }
        return page(request, "changes.html", context, headers=headers)
    told_loads = [_load_json(one) for one in found.loads]
    return Json({"entity": key or None, "loads": told_loads, "next": paths[JSON]}, headers=headers)


def _entity(names: NameIndex, text: str) -> str:
    """Id of the entity that is asked for; an id is taken as it is, since it may be gone."""
    if not text.strip() or is_entity(text):
        return text.strip()
    return entity_named(names, "entity", text)


def _name(names: NameIndex, key: str) -> str:
    known = names.entities.get(key)
    return known.name if known else key


def _feed(settings: Settings, found: Loads, key: str, before: int | None, updated: str) -> bytes:
    # The address of the host stands in `home`; without one, links are relative to the feed.
    home = settings.public_url or base_path(settings)
    about = [("entity", key or None)]
    links = {
        "self": _path("/changes.atom", [*about, ("before", before)]),
        "alternate": _path("/changes", [*about, ("before", before)]),
        "first": _path("/changes.atom", about),
    }
    if found.more:
        links["next"] = _path("/changes.atom", [*about, ("before", found.loads[-1].number)])
    title = f"Changes of carisec: {key}" if key else "Changes of carisec"
    iri = settings.base_iri + _path("changes", about)
    return feed_bytes(Feed(iri, title, home, links, updated, found.loads))


def _path(path: str, parameters: list[tuple[str, Any]]) -> str:
    given = [(name, value) for name, value in parameters if value is not None]
    return path + (f"?{urlencode(given)}" if given else "")


def _load_json(load: Load) -> dict[str, Any]:
    return {
        "number": load.number,
        "version": load.version,
        "previous": load.previous,
        "at": load.at,
        "title": load.title,
        "first": load.first,
        "counts": {
            kind: dict(zip(("added", "changed", "removed"), numbers, strict=True))
            for kind, numbers in load.counts.items()
        },
        "sections": [asdict(section) for section in load.sections],
    }
