"""The catalogue of canned queries, and each query as rows in four forms."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api import models
from api.citing import CITING, Citing, CitingDep, cited, own_address
from api.clocks import AsOf, KnownOn
from api.dependencies import CatalogDep, NamesDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import (
    CITATIONS,
    CSV,
    HTML,
    NDJSON,
    RECORDS,
    TABLES,
    Format,
    form_of,
    negotiate,
    split_suffix,
)
from api.jsontext import Json
from api.pages import address, page
from api.paging import PAGING, After, Page, PageDep, alternates, link_header, next_address
from api.render import table_csv, table_ndjson
from graph.export import FORMATS as EXPORTS
from graph.settings import Settings
from graph.store import Store
from queries.canned import Query as CannedQuery
from queries.catalog import Catalog
from queries.citations import cite_table
from queries.clocks import AS_OF, KNOWN_ON, Clocks
from queries.facets import FACETS, MOST_ROWS, count_facets, facets_of, wanted_facets
from queries.receipts import receipt_json, receipt_of_table
from queries.run import Table, run
from queries.sources import read_sources
from queries.tables import query_json, table_json
from queries.twins import Twin, fill
from schema.errors import BadParameter, NotAcceptable, NotFound

router = APIRouter(tags=["queries"])

_FORMS = (*TABLES, *CITATIONS)


def example_address(settings: Settings, query: CannedQuery, form: Format | None = None) -> str:
    """The address of a query's own example."""
    return address(settings, f"/queries/{query.name}{form.suffix if form else ''}", query.example.items())


@router.get(
    "/queries",
    summary="The catalogue",
    responses={200: {"model": models.Catalogue}, **error_responses(NotAcceptable)},
)
@router.get("/queries.json", include_in_schema=False)
@router.get("/queries.html", include_in_schema=False)
def catalogue(request: Request, catalog: CatalogDep, settings: SettingsDep) -> Response:
    """Every canned query with its purpose, parameters, columns, phrases, an example and its Cypher."""
    form = form_of(request.url.path, request.headers.get("accept"), RECORDS)
    entries = [
        query_json(query, catalog.twins[query.name].text, example_address(settings, query))
        for query in catalog.queries.values()
    ]
    headers = link_header(alternates(request, RECORDS))
    if form is HTML:
        return page(
            request, "catalogue.html", {"queries": entries, "exports": EXPORTS.values()}, headers=headers
        )
    return Json({"queries": entries}, headers=headers)


@router.get(
    "/queries/{name}",
    summary="Rows of a query",
    responses={
        200: {
            "model": models.TableAnswer,
            "content": {
                one.media_type: {"schema": {"type": "string"}} for one in (CSV, NDJSON, HTML, *CITATIONS)
            },
        },
        **error_responses(NotFound, BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
def rows(
    request: Request,
    name: Annotated[str, Path(description="A query's name, with .csv, .json, .ndjson or .html if you like.")],
    catalog: CatalogDep,
    settings: SettingsDep,
    store: StoreDep,
    names: NamesDep,
    wanted: PageDep,
    citing: CitingDep,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    after: After = None,
    facets: Annotated[
        str,
        Query(
            max_length=300,
            description="Columns whose values are counted over all rows: `relation,agency.type`.",
        ),
    ] = "",
) -> Response:
    """Run a query. Its own parameters are those that the catalogue lists; an entity goes by any of its names.

    A browser that opens a query without its parameters gets its form.
    """
    name, by_suffix = split_suffix(name, _FORMS)
    form = by_suffix or negotiate(request.headers.get("accept"), _FORMS)
    query = catalog.get(name)
    pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in PAGING]
    given = {k: v for k, v in pairs if k not in (AS_OF, KNOWN_ON, FACETS, *CITING)}
    if form is HTML and unfilled(query, given):
        return _page(request, query, given, None, settings)
    try:
        refuse_repeated(pairs)
        counted = wanted_facets(facets, facets_of(query.columns))
        clocks = Clocks.read(as_of, known_on)
        asked = partial(run, query, given, store, names, clocks, seconds=settings.query_seconds)
        table = asked(offset=wanted.offset, limit=wanted.limit, after=after or None)
    except BadParameter as error:
        if form is not HTML:
            raise
        return _page(request, query, given, None, settings, fault=error)
    found = _Found(table, _facets(table, counted, asked), bool(counted))
    return _rendered(request, found, form, citing, store, settings)


@dataclass(frozen=True, slots=True)
class _Found:
    """Rows of a query and counts over all of them, if counts were asked for."""

    table: Table
    facets: Sequence[Mapping[str, Any]]
    counted: bool


def _rendered(
    request: Request, found: _Found, form: Format, citing: Citing, store: Store, settings: Settings
) -> Response:
    """The rows in the form that is wanted, with links to the other forms and to the next page."""
    table, query = found.table, found.table.query
    following = next_address(request, Page(table.offset, table.limit), table.truncated, table.after)
    headers = link_header(alternates(request, _FORMS), following)
    headers["Carisec-Truncated"] = str(table.truncated).lower()
    if form is HTML:
        given = dict(request.query_params)
        return _page(
            request, query, given, table, settings, following=following, headers=headers, facets=found.facets
        )
    if form is CSV:
        headers["Content-Disposition"] = f'inline; filename="{query.name}.csv"'
        site = settings.public_url.rstrip("/")
        sources = read_sources(store, table.rows, site, settings.query_seconds)
        return Response(table_csv(table, sources), headers=headers, media_type=CSV.content_type)
    if form is NDJSON:
        return Response(table_ndjson(table), headers=headers, media_type=NDJSON.content_type)
    if form in CITATIONS:
        at = own_address(request, settings)
        cited_in = cite_table(table, store, settings.base_iri, address=at, accessed=citing.accessed)
        return cited(cited_in, form, query.name, headers)
    body = table_json(table, following) | ({"facets": found.facets} if found.counted else {})
    if citing.receipt:
        body["receipt"] = receipt_json(receipt_of_table(table, store))
    return Json(body, headers=headers)


def _facets(table: Table, counted: Sequence[str], asked: Callable[..., Table]) -> list[dict[str, Any]]:
    """Counts of values over all rows, of which the page may be a part."""
    if not counted:
        return []
    whole = table
    if table.truncated or table.offset or table.start is not None:
        whole = asked(limit=MOST_ROWS)
    return count_facets(whole.rows, counted, whole=not whole.truncated)


def refuse_repeated(pairs: Sequence[tuple[str, str]]) -> None:
    """Raise BadParameter for a name that is given more than once."""
    for name, times in Counter(name for name, _ in pairs).items():
        if times > 1:
            raise BadParameter(name, f"it is given {times} times; give it once")


def unfilled(query: CannedQuery, given: Mapping[str, str]) -> bool:
    """Whether a required parameter is missing, or was sent empty by the form."""
    return any(p.required and not given.get(p.name, "").strip() for p in query.parameters)


def _page(
    request: Request,
    query: CannedQuery,
    given: Mapping[str, str],
    table: Table | None,
    settings: Settings,
    *,
    fault: BadParameter | None = None,
    following: str | None = None,
    headers: Mapping[str, str] | None = None,
    facets: Sequence[Mapping[str, Any]] = (),
) -> Response:
    twin = cast(Catalog, request.app.state.catalog).twins[query.name]
    context: dict[str, Any] = {
        "query": query,
        "sparql": _sparql(twin, table, settings),
        "filled": table is not None,
        "given": given,
        "clocks": {name: request.query_params.get(name, "") for name in (AS_OF, KNOWN_ON)},
        "table": table,
        "fault": fault,
        "next": following,
        "facets": facets,
        "example": example_address(settings, query),
        "alternates": [pair for pair in alternates(request, TABLES) if pair[0] is not HTML] if table else [],
    }
    status = 422 if fault else 200
    return page(request, "query.html", context, status=status, headers=headers)


def _sparql(twin: Twin, table: Table | None, settings: Settings) -> str:
    """The twin of a query, with its parameters filled in where it was run."""
    return fill(twin, table.parameters, settings.base_iri, table.clocks) if table else twin.text
