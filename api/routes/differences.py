"""What a query answers under one pair of clocks and not under another."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.clock_models import QueryDifference
from api.clocks import AsOf, KnownOn
from api.dependencies import CatalogDep, NamesDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, RECORDS, form_of
from api.jsontext import Json
from api.pages import address, page
from api.paging import alternates, link_header
from api.routes.queries import refuse_repeated, unfilled
from graph.settings import Settings
from queries.between import Between, between, between_json
from queries.canned import Query as CannedQuery
from queries.clocks import AS_OF, KNOWN_ON, TO, Clocks
from schema.errors import BadParameter, NotAcceptable, NotFound

router = APIRouter(tags=["queries"])

_ToAsOf = Annotated[str, Query(description="The same for the other side.", examples=["2024"], max_length=100)]
_ToKnownOn = Annotated[
    str, Query(description="The same for the other side.", examples=["2023-12-31"], max_length=100)
]
_CLOCKS = (AS_OF, KNOWN_ON, TO + AS_OF, TO + KNOWN_ON)


@router.get(
    "/queries/{name}/diff",
    summary="What came and went between two clocks",
    responses={
        200: {"model": QueryDifference, "content": {HTML.media_type: {"schema": {"type": "string"}}}},
        **error_responses(NotFound, BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
@router.get("/queries/{name}/diff.json", include_in_schema=False)
@router.get("/queries/{name}/diff.html", include_in_schema=False)
def diff(
    request: Request,
    name: Annotated[str, Path(description="A query's name.", examples=["who-established"])],
    catalog: CatalogDep,
    settings: SettingsDep,
    store: StoreDep,
    names: NamesDep,
    as_of: AsOf = "",
    known_on: KnownOn = "",
    to_as_of: _ToAsOf = "",
    to_known_on: _ToKnownOn = "",
) -> Response:
    """The rows that the query has under the second clocks and not under the first, those that it has no
    longer, and those that say something else; each in a sentence.

    The query's own parameters are given as for its rows. A clock that is not given is open on its side.
    """
    form = form_of(request.url.path, request.headers.get("accept"), RECORDS)
    query = catalog.get(name)
    pairs = request.query_params.multi_items()
    given = {key: value for key, value in pairs if key not in _CLOCKS}
    if form is HTML and unfilled(query, given):
        return _page(request, query, given, settings, None)
    try:
        refuse_repeated(pairs)
        clocks = Clocks.read(as_of, known_on), Clocks.read(to_as_of, to_known_on, prefix=TO)
        found = between(query, given, store, names, clocks, seconds=settings.query_seconds)
    except BadParameter as error:
        if form is not HTML:
            raise
        return _page(request, query, given, settings, None, fault=error)
    if form is HTML:
        return _page(request, query, given, settings, found)
    return Json(between_json(found), headers=link_header(alternates(request, RECORDS)))


def _page(
    request: Request,
    query: CannedQuery,
    given: Mapping[str, str],
    settings: Settings,
    found: Between | None,
    *,
    fault: BadParameter | None = None,
) -> Response:
    others = alternates(request, RECORDS)
    shown = [(name, value) for name, value in given.items() if value]
    context: dict[str, Any] = {
        "query": query,
        "given": given,
        "clocks": {name: request.query_params.get(name, "") for name in _CLOCKS},
        "found": found,
        "fault": fault,
        "rows": address(settings, f"/queries/{query.name}", shown),
        "alternates": [pair for pair in others if pair[0] is not HTML] if found else [],
    }
    status = BadParameter.status if fault else 200
    return page(request, "difference.html", context, status=status, headers=link_header(others))
