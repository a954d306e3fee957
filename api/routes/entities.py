"""Entities: lists, and one with its statements as JSON, page or RDF."""

import io
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api import models
from api.clocks import ClocksDep
from api.dependencies import NamesDep, SchemaDep, SettingsDep, SnapshotDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, LINKED, RDF_EXPORTS, RECORDS, Format, form_of, negotiate, split_suffix
from api.jsontext import Json
from api.pages import page
from api.paging import PageDep, alternates, link_header, next_address
from api.routes.search import known_types
from api.snapshot import Snapshot
from graph.export import export
from graph.judgements import CANDIDATE_TYPE
from graph.records import fold
from graph.store import Store
from queries.candidates import candidate_names
from queries.clocks import Clocks
from queries.entities import entity_record
from queries.names import NameIndex
from schema.errors import BadParameter, NotAcceptable, NotFound

router = APIRouter(prefix="/entities", tags=["entities"])


@router.get(
    "",
    summary="A list of entities",
    responses={
        200: {"model": models.EntityList},
        **error_responses(BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
@router.get(".json", include_in_schema=False)
@router.get(".html", include_in_schema=False)
def entities(
    request: Request,
    names: NamesDep,
    store: StoreDep,
    schema: SchemaDep,
    wanted: PageDep,
    kind: Annotated[
        list[str] | None,
        Query(
            alias="type",
            description="Only these types and their subtypes; may be repeated.",
            examples=["Agency"],
        ),
    ] = None,
    q: Annotated[
        str, Query(description="Only what a part of a name finds, best first.", max_length=300)
    ] = "",
) -> Response:
    """All entities, documents among them, in the order of their ids, or as `q` finds them.

    Candidates, which are no entities yet, are listed only where `type` asks for them.
    """
    form = form_of(request.url.path, request.headers.get("accept"), RECORDS)
    types = known_types(schema, [name for name in kind or () if name])
    lines = _lines(names, q, types)
    if CANDIDATE_TYPE in types:
        lines += _candidate_lines(store, q)
    truncated = wanted.offset + wanted.limit < len(lines)
    following = next_address(request, wanted, truncated)
    answer: dict[str, Any] = {
        "entities": lines[wanted.offset : wanted.offset + wanted.limit],
        "total": len(lines),
        "truncated": truncated,
        "next": following,
    }
    headers = link_header(alternates(request, RECORDS), following)
    if form is HTML:
        context = {**answer, "q": q, "wanted": types, "offset": wanted.offset}
        return page(request, "entities.html", context, headers=headers)
    return Json(answer, headers=headers)


def _lines(names: NameIndex, q: str, types: tuple[str, ...]) -> list[dict[str, Any]]:
    if q.strip():
        keys = [hit.id for hit in names.search(q, len(names.entities), types)]
    else:
        keys = sorted(key for key in names.entities if names.of_type(key, types))
    found = [names.entities[key] for key in keys]
    return [
        {"id": e.id, "name": e.name, "types": list(e.record["types"]), "summary": e.record.get("summary")}
        for e in found
    ]


def _candidate_lines(store: Store, q: str) -> list[dict[str, Any]]:
    return [
        {"id": one["id"], "name": one["name"], "types": one["types"], "summary": one["reason"]}
        for one in candidate_names(store)
        if fold(q) in fold(one["name"])
    ]


@router.get(
    "/{kind}/{key}",
    summary="An entity",
    responses={
        200: {
            "model": models.Entity,
            "content": {one.media_type: {} for one in LINKED if one is not JSON},
        },
        **error_responses(NotFound, BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
def entity(
    request: Request,
    kind: Annotated[str, Path(description="First part of the id.", examples=["unit"])],
    key: Annotated[
        str,
        Path(description="Second part of the id, with .json, .html, .ttl … if you like.", examples=["ccgiu"]),
    ],
    store: StoreDep,
    schema: SchemaDep,
    settings: SettingsDep,
    snapshot: SnapshotDep,
    wanted: PageDep,
    clocks: ClocksDep,
    mentions: Annotated[
        bool, Query(description="Also the statements that merely say which document names it.")
    ] = False,
) -> Response:
    """One entity with the statements that it is subject or object of, each with its evidence.

    As RDF it comes with all of its statements, and paging does not apply.
    """
    key, by_suffix = split_suffix(key, LINKED)
    form = by_suffix or negotiate(request.headers.get("accept"), LINKED)
    id_ = f"{kind}/{key}"
    if form.suffix in RDF_EXPORTS:
        headers = link_header(alternates(request, LINKED))
        return Response(_rdf(snapshot, id_, form, clocks), headers=headers, media_type=form.content_type)
    record = entity_record(
        store, schema, id_, offset=wanted.offset, limit=wanted.limit, mentions=mentions, clocks=clocks
    )
    following = next_address(request, wanted, record["truncated"])
    answer: dict[str, Any] = {
        **record,
        "iri": f"{settings.base_iri}id/{id_}",
        "clocks": clocks.json(),
        "next": following,
    }
    headers = link_header(alternates(request, LINKED), following)
    if form is HTML:
        return page(
            request, "entity.html", {"entity": answer, "alternates": others(request)}, headers=headers
        )
    return Json(answer, headers=headers)


def others(request: Request) -> list[tuple[Format, str]]:
    """Links to the other forms of a page."""
    return [pair for pair in alternates(request, LINKED) if pair[0] is not HTML]


def _rdf(snapshot: Snapshot, id_: str, form: Format, clocks: Clocks) -> bytes:
    """The entity and all statements about it."""
    about = list(snapshot.under(clocks, snapshot.about.get(id_, ())))
    out = io.BytesIO()
    export(RDF_EXPORTS[form.suffix], snapshot.schema, [snapshot.entity(id_)], about, snapshot.base_iri, out)
    return out.getvalue()
