"""Entities: lists, and one with its statements as JSON, page or RDF."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api import models
from api.clocks import ClocksDep
from api.dependencies import NamesDep, SchemaDep, SettingsDep, SnapshotDep, StoreDep
from api.descriptions import rdf
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, LINKED, RDF_EXPORTS, RECORDS, form_of, negotiate, split_suffix
from api.former import MOVED, lead_on
from api.jsontext import Json
from api.markup import Markup
from api.pages import description_path, page
from api.paging import PageDep, next_address
from api.representations import Representation
from api.routes.search import known_types
from api.snapshot import Snapshot
from api.statement_groups import grouped
from graph.judgements import CANDIDATE_TYPE
from graph.records import fold
from graph.store import Store
from queries.candidates import candidate_names
from queries.entities import entity_record
from queries.names import NameIndex
from schema.errors import BadParameter, Gone, NotAcceptable, NotFound
from schema.values import ENTITY_ID

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
    sent = Representation(request, form, RECORDS)
    headers = sent.headers(following)
    if form is HTML:
        context = {**answer, "q": q, "wanted": types, "offset": wanted.offset, **sent.head}
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
        **MOVED,
        **error_responses(NotFound, Gone, BadParameter, NotAcceptable, *ENGINE_ERRORS),
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

    As RDF it comes with all of its statements and the names of what these speak of, and paging does not
    apply. Of a document, `/documents/{id}` is the address to link to.
    """
    key, by_suffix = split_suffix(key, LINKED)
    form = by_suffix or negotiate(request.headers.get("accept"), LINKED)
    id_ = f"{kind}/{key}"
    if id_ not in snapshot.entities:
        return lead_on(request, settings, store, id_, f"nothing has the id {id_}; /search finds ids by name")
    sent = Representation(request, form, LINKED, description_path(id_), f"{settings.base_iri}id/{id_}")
    if form.suffix in RDF_EXPORTS:
        about = snapshot.under(clocks, snapshot.about.get(id_, ()))
        content = rdf(snapshot, form, [snapshot.entities[id_]], about)
        return Response(content, headers=sent.headers(), media_type=form.content_type)
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
    headers = sent.headers(following)
    if form is not HTML:
        return Json(answer, headers=headers)
    context = {
        "entity": answer,
        "names": _names_of(snapshot, record["properties"]),
        "groups": grouped(schema, id_, record["statements"], snapshot.name_of),
        "narrower": _narrower(snapshot, id_),
        "markup": Markup(schema, settings).entity(record, record["statements"]),
        **sent.head,
    }
    return page(request, "entity.html", context, headers=headers)


def _names_of(snapshot: Snapshot, properties: Mapping[str, Any]) -> dict[str, str]:
    """Names of the entities that attributes name, by id."""
    attributes = snapshot.schema.attributes
    named = [value for name, value in properties.items() if attributes[name].datatype == ENTITY_ID]
    return {key: snapshot.name_of(key) for key in named}


def _narrower(snapshot: Snapshot, topic: str) -> list[dict[str, str]]:
    """The topics directly under a topic, by name; nothing is under anything else."""
    found = [e for e in snapshot.topics if e.properties.get("parent") == topic]
    return [{"id": e.id, "name": e.name} for e in found]
