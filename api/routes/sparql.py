"""SPARQL 1.1 over the graph, as the protocol says; nothing is written."""

from collections.abc import Sequence
from typing import Annotated, Any, cast

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response

from api.dependencies import CatalogDep, SchemaDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, negotiate
from api.snapshot import Snapshots
from api.sparql_client import SparqlClient
from api.sparql_description import DESCRIBED, description
from api.sparql_page import FIRST, Answer, Desk, example_text
from api.sparql_protocol import FORM, GRAPHS, QUERY, TABLES, asked, posted
from graph import sparql as sparql_request
from graph.reading import require_loaded
from graph.store import Store
from graph.vocabulary import prefixes
from schema.errors import BadMediaType, BadParameter, NotAcceptable, NotFound, TooLarge, UsageError

router = APIRouter(tags=["linked data"])

_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The result; without a query the service description, or the page.",
        "content": {one.media_type: {} for one in (*TABLES, *GRAPHS, HTML)},
    },
}
_FAULTS = (UsageError, NotAcceptable, TooLarge, *ENGINE_ERRORS)
_VARY = {"Vary": "Accept"}


@router.get(
    "/sparql",
    summary="SPARQL query",
    response_class=Response,
    responses={**_ANSWERS, **error_responses(*_FAULTS, BadParameter, NotFound)},
)
def sparql(
    request: Request,
    settings: SettingsDep,
    schema: SchemaDep,
    catalog: CatalogDep,
    store: StoreDep,
    query: Annotated[  # noqa: ARG001 - for the reference; read with all others by `asked`
        str | None,
        Query(description="SELECT, ASK, CONSTRUCT or DESCRIBE. Common prefixes are known.", examples=[FIRST]),
    ] = None,
    default_graph_uri: Annotated[  # noqa: ARG001
        list[str] | None,
        Query(
            alias="default-graph-uri",
            description="Graphs that are the default graph, instead of the union of all. A triple that is in "
            "several of them is found once in each.",
        ),
    ] = None,
    named_graph_uri: Annotated[  # noqa: ARG001
        list[str] | None, Query(alias="named-graph-uri", description="Graphs that GRAPH may name.")
    ] = None,
    form: Annotated[  # noqa: ARG001
        str | None,
        Query(
            alias="format",
            description="Form of the result, before Accept: "
            + ", ".join(f"`{one.suffix}`" for one in (*TABLES, *GRAPHS))
            + ", `html`, or a media type.",
        ),
    ] = None,
    example: Annotated[
        str, Query(description="The page with the SPARQL of this canned query and its example.")
    ] = "",
) -> Response:
    """One named graph for each document; the default graph is the union of all. Nothing is written.

    A query that runs longer than CARISEC_QUERY_SECONDS is stopped. A result beyond CARISEC_SPARQL_MEGABYTES
    is an error (413), never cut. SERVICE and FROM fetch nothing. Without a query comes the service
    description.
    """
    known = prefixes(schema, settings.base_iri)
    desk = Desk(request, settings, catalog, known)
    if example:
        return desk.shown(example_text(catalog.get(example), catalog, store, settings))
    parameters = request.query_params.multi_items()
    if not any(name in ("query", "update") and value.strip() for name, value in parameters):
        form_wanted = negotiate(request.headers.get("accept"), (*DESCRIBED, HTML))
        if form_wanted is HTML:
            return desk.shown(FIRST)
        body = description(settings, _client(request, store), form_wanted)
        return Response(body, headers=_VARY, media_type=form_wanted.content_type)
    return _answer(request, desk, store, parameters)


@router.post(
    "/sparql",
    summary="SPARQL query in a body",
    response_class=Response,
    responses={**_ANSWERS, **error_responses(*_FAULTS, BadMediaType)},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {QUERY: {"schema": {"type": "string"}}, FORM: {"schema": {"type": "object"}}},
        }
    },
)
async def sparql_posted(
    request: Request, settings: SettingsDep, schema: SchemaDep, catalog: CatalogDep, store: StoreDep
) -> Response:
    """The same for a query that is the body, with its parameters in the address, or that is in a form."""
    parameters = await posted(request)
    desk = Desk(request, settings, catalog, prefixes(schema, settings.base_iri))
    return await run_in_threadpool(_answer, request, desk, store, parameters)


def _answer(request: Request, desk: Desk, store: Store, parameters: Sequence[tuple[str, str]]) -> Response:
    wanted = asked(parameters, request.headers.get("accept"))
    if wanted.request is None:
        raise UsageError("There is no query; give it as the parameter query.")
    answer = _client(request, store)
    if wanted.page:
        return desk.answered(wanted.request, answer)
    body, media_type = answer(wanted.request)
    return Response(body, headers=_VARY, media_type=media_type)


def _client(request: Request, store: Store) -> Answer:
    """What answers queries over the graph as it is now."""
    snapshot = cast(Snapshots, request.app.state.snapshots).of(require_loaded(store))
    client = cast(SparqlClient, request.app.state.sparql)

    def answer(asked: sparql_request.Request) -> tuple[bytes, str]:
        found = client.query(snapshot, asked)
        if client.still_holds(snapshot):
            request.state.version_of_answer = snapshot.version
        return found

    return answer
