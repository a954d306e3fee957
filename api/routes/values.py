"""What may be given for a parameter of a query."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api.clocks import ClocksDep
from api.dependencies import CatalogDep, NamesDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from api.listing_models import ValueList
from api.paging import PAGING, PageDep, link_header, next_address
from queries.clocks import AS_OF, KNOWN_ON
from queries.values import values_for
from schema.errors import BadParameter, NotFound

router = APIRouter(tags=["queries"])


@router.get(
    "/queries/{name}/values/{parameter}",
    summary="Values of a parameter",
    responses={200: {"model": ValueList}, **error_responses(NotFound, BadParameter, *ENGINE_ERRORS)},
)
def values(
    request: Request,
    name: Annotated[str, Path(description="A query's name.", examples=["who-operates"])],
    parameter: Annotated[str, Path(description="One of its parameters.", examples=["program"])],
    catalog: CatalogDep,
    settings: SettingsDep,
    store: StoreDep,
    names: NamesDep,
    wanted: PageDep,
    clocks: ClocksDep,
    q: Annotated[
        str, Query(description="How the value begins, or part of an entity's name.", max_length=300)
    ] = "",
) -> Response:
    """What may be given for a parameter: its choices, entities that occur in statements, values of the rows.

    The query's other parameters may be given as well; values of texts and dates are those in the rows that
    they leave. Entities come in the order of their names, or as a search for `q` finds them.
    """
    query = catalog.get(name)
    given = {k: v for k, v in request.query_params.items() if k not in (*PAGING, AS_OF, KNOWN_ON, "q")}
    found = values_for(
        query,
        parameter,
        given,
        store,
        names,
        clocks,
        text=q,
        offset=wanted.offset,
        limit=wanted.limit,
        seconds=settings.query_seconds,
    )
    following = next_address(request, wanted, found.truncated)
    answer = {
        "query": query.name,
        "parameter": parameter,
        "kind": next(p.kind for p in query.parameters if p.name == parameter),
        "basis": found.basis,
        "values": [asdict(value) for value in found.values],
        "truncated": found.truncated,
        "next": following,
    }
    return Json(answer, headers=link_header((), following))
