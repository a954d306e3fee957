"""The reconciliation service: names of others matched with the register, for OpenRefine and its like."""

import re
from collections.abc import Mapping
from importlib.metadata import version
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from starlette.exceptions import HTTPException

from api import reconcile_models as shapes
from api.dependencies import NamesDep, SchemaDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json, json_bytes
from api.pages import page
from graph.settings import Settings
from queries import completion
from queries.properties import fitting, read_values
from queries.reconcile import (
    LARGEST_BATCH,
    RULE,
    Register,
    extend,
    known_type,
    read_batch,
    read_extension,
    read_query,
    reconcile,
    types_of,
)
from schema.errors import BadParameter, NotFound, UsageError
from schema.values import SCHEMA_NS

router = APIRouter(prefix="/reconcile", tags=["linked data"])

_LARGEST_BODY = 250_000
_FORM = "application/x-www-form-urlencoded"
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_PREVIEW_SIZE = {"width": 420, "height": 260}
# A preview is made to be shown in the page of a client.
_FRAMED = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors *"


def _register(settings: SettingsDep, schema: SchemaDep, store: StoreDep, names: NamesDep) -> Register:
    return Register(names, store, schema, f"{settings.base_iri}id/", settings.query_seconds)


RegisterDep = Annotated[Register, Depends(_register)]
Callback = Annotated[
    str | None,
    Query(description="Name of a function: the answer comes as a script that calls it.", max_length=100),
]
Prefix = Annotated[str, Query(description="What was typed so far.", max_length=300)]
Cursor = Annotated[int, Query(ge=0, le=1_000_000, description="How many suggestions to leave out.")]

_RESPONSES = error_responses(UsageError, BadParameter, *ENGINE_ERRORS)
_TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: {**error_responses(BadParameter)[422], "description": "The batch is too large"}
}


_ABOUT = f"""The W3C community group's Reconciliation Service API 0.2 over the register.

Without parameters the answer is the service manifest, with `queries` a result for each of them, with `extend`
values of properties. Properties are attributes by name (`country`) and predicates (`SUPPORTS`, read from the
object `^SUPPORTS`).

{RULE}"""


@router.get(
    "",
    summary="Reconcile",
    description=_ABOUT,
    responses={200: {"model": shapes.Answer}, **_RESPONSES, **_TOO_LARGE},
)
def asked(
    request: Request,
    register: RegisterDep,
    settings: SettingsDep,
    queries: Annotated[str | None, Query(description="Queries by name, as JSON.")] = None,
    query: Annotated[str | None, Query(description="One query, as JSON or the name alone.")] = None,
    extension: Annotated[
        str | None, Query(alias="extend", description="A data extension query, as JSON.")
    ] = None,
    callback: Callback = None,
) -> Response:
    """The manifest, or the answer to what the address asks."""
    given = {"queries": queries, "query": query, "extend": extension}
    said = {name: text for name, text in given.items() if text is not None}
    if said:
        return _script(_answer(register, said), callback)
    whole = _script(_manifest(request, settings, register), callback)
    # It names the host that it was asked at; in pieces it is not kept for who asks at another.
    return StreamingResponse(iter((whole.body,)), media_type=whole.media_type)


@router.post(
    "",
    summary="Reconcile a batch",
    responses={200: {"model": shapes.Answer}, **_RESPONSES, **_TOO_LARGE},
    openapi_extra=shapes.FORM,
)
async def asked_by_form(request: Request, register: RegisterDep) -> Response:
    """The same from a form with `queries`, `query` or `extend`."""
    said = await _form(request)
    return Json(await run_in_threadpool(_answer, register, said))


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form. Raises UsageError, or 413 for one that is too long."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise UsageError(f"Queries are posted as a form: {_FORM}.")
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_BODY:
            raise HTTPException(413, f"The form has more than {_LARGEST_BODY} bytes; send smaller batches.")
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise UsageError("The form cannot be read; it is to be UTF-8, percent-encoded.") from None
    return dict(pairs)


def _answer(register: Register, said: Mapping[str, str]) -> Any:
    """Results of a batch, of one query, or values. Raises UsageError, or 413 for too large a batch."""
    if "queries" in said:
        batch = read_batch(said["queries"])
        if len(batch) > LARGEST_BATCH:
            raise HTTPException(413, f"The batch has {len(batch)} queries; send at most {LARGEST_BATCH}.")
        return {name: {"result": reconcile(register, one, f"queries.{name}")} for name, one in batch.items()}
    if "query" in said:
        return {"result": reconcile(register, read_query(said["query"]))}
    if "extend" in said:
        return extend(register, read_extension(said["extend"]))
    raise UsageError("There is nothing to answer; send queries, query or extend.")


def _script(value: Any, callback: str | None) -> Response:
    """JSON, or a script that calls a function with it. Raises BadParameter for what is no function's name."""
    if callback is None:
        return Json(value)
    if _CALLBACK.fullmatch(callback) is None:
        raise BadParameter("callback", "it is to be the name of a function, such as jQuery1.done")
    # The comment keeps the beginning of the answer from being anything but a script.
    return Response(b"/**/%s(%s);" % (callback.encode(), json_bytes(value)), media_type="text/javascript")


def _manifest(request: Request, settings: Settings, register: Register) -> dict[str, Any]:
    here = (settings.public_url or str(request.base_url)).rstrip("/")
    suggest = {
        kind: {"service_url": here, "service_path": f"/reconcile/suggest/{kind}"}
        for kind in ("entity", "property", "type")
    }
    return {
        "versions": ["0.2"],
        "name": "carisec: US–Caribbean security cooperation",
        "identifierSpace": register.space,
        "schemaSpace": SCHEMA_NS,
        "documentation": f"{here}/docs",
        "serviceVersion": version("carisec"),
        "logo": f"{here}/static/icon.svg",
        "defaultTypes": completion.default_types(register.schema),
        "view": {"url": here + "/id/{{id}}"},
        "preview": {"url": here + "/reconcile/preview?id={{id}}", **_PREVIEW_SIZE},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": here, "service_path": "/reconcile/properties"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "Most values",
                    "type": "number",
                    "default": 0,
                    "help_text": "0 gives all values of the property.",
                }
            ],
        },
        "batchSize": LARGEST_BATCH,
    }


@router.get(
    "/suggest/entity",
    summary="Suggest entities",
    responses={200: {"model": shapes.SuggestedEntities}, **_RESPONSES},
)
def entities(
    register: RegisterDep, prefix: Prefix = "", cursor: Cursor = 0, callback: Callback = None
) -> Response:
    """Entities for what was typed so far, exact meanings first."""
    return _script({"result": completion.suggest_entities(register, prefix, cursor)}, callback)


@router.get(
    "/suggest/type",
    summary="Suggest types",
    responses={200: {"model": shapes.SuggestedTypes}, **_RESPONSES},
)
def types(schema: SchemaDep, prefix: Prefix = "", cursor: Cursor = 0, callback: Callback = None) -> Response:
    """Types for what was typed so far."""
    return _script({"result": completion.suggest_types(schema, prefix, cursor)}, callback)


@router.get(
    "/suggest/property",
    summary="Suggest properties",
    responses={200: {"model": shapes.SuggestedProperties}, **_RESPONSES},
)
def properties(
    schema: SchemaDep, prefix: Prefix = "", cursor: Cursor = 0, callback: Callback = None
) -> Response:
    """Properties for what was typed so far."""
    return _script({"result": completion.suggest_properties(schema, prefix, cursor)}, callback)


@router.get(
    "/properties",
    summary="Properties of a type",
    responses={200: {"model": shapes.ProposedProperties}, **_RESPONSES},
)
def proposed(
    schema: SchemaDep,
    kind: Annotated[
        str | None, Query(alias="type", description="A type; without it all properties.", examples=["Agency"])
    ] = None,
    limit: Annotated[int | None, Query(ge=1, le=1000, description="Most properties.")] = None,
    callback: Callback = None,
) -> Response:
    """The properties that something of a type may have, attributes first."""
    wanted = known_type(schema, kind, "type") if kind else None
    found = [completion.property_json(one) for one in fitting(schema, wanted)]
    told: dict[str, Any] = {"type": kind} if kind else {}
    if limit is not None:
        told["limit"] = limit
    return _script({**told, "properties": found[:limit]}, callback)


@router.get(
    "/preview",
    summary="Preview of an entity",
    response_class=Response,
    responses={
        200: {"description": "A small page.", "content": {"text/html": {}}},
        **error_responses(NotFound, BadParameter, *ENGINE_ERRORS),
    },
)
def preview(
    request: Request,
    register: RegisterDep,
    given: Annotated[str, Query(alias="id", description="Id of the entity.", examples=["unit/ccgiu"])],
) -> Response:
    """A small page about an entity, to be shown inside a client's own."""
    id_ = register.id_of(given)
    if id_ not in register.names.entities:
        raise NotFound(f"no entity has the id {given}; /search?q= finds ids by names")
    told = [one for one in fitting(register.schema, register.names.entities[id_].type) if one.attribute]
    values = read_values(register.store, register.names, [id_], told, register.seconds)[id_]
    context = {
        "entity": register.names.entities[id_],
        "kinds": types_of(register, id_),
        "told": [(one, values[one.id]) for one in told if values[one.id]],
    }
    return page(request, "preview.html", context, headers={"Content-Security-Policy": _FRAMED})
