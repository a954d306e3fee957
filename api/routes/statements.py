"""One statement with its evidence, as JSON, page or RDF."""

import io
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api import models
from api.dependencies import SchemaDep, SnapshotDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, LINKED, RDF_EXPORTS, Format, negotiate, split_suffix
from api.jsontext import Json
from api.pages import page
from api.paging import alternates, link_header
from api.snapshot import Snapshot
from graph.export import export
from queries.entities import statement_record
from schema.errors import NotAcceptable, NotFound

router = APIRouter(prefix="/statements", tags=["entities"])


@router.get(
    "/{key}",
    summary="A statement",
    responses={
        200: {
            "model": models.Statement,
            "content": {one.media_type: {} for one in LINKED if one is not JSON},
        },
        **error_responses(NotFound, NotAcceptable, *ENGINE_ERRORS),
    },
)
def statement(
    request: Request,
    key: Annotated[str, Path(description="Its id, with .json, .html, .ttl … if you like.")],
    store: StoreDep,
    schema: SchemaDep,
    snapshot: SnapshotDep,
) -> Response:
    """Subject, predicate and object with qualifiers, status, and every clause that it rests on."""
    key, by_suffix = split_suffix(key, LINKED)
    form = by_suffix or negotiate(request.headers.get("accept"), LINKED)
    record = statement_record(store, schema, key)
    others = alternates(request, LINKED)
    headers = link_header(others)
    if form.suffix in RDF_EXPORTS:
        return Response(_rdf(snapshot, key, form), headers=headers, media_type=form.content_type)
    if form is HTML:
        context = {"statement": record, "alternates": [pair for pair in others if pair[0] is not HTML]}
        return page(request, "statement.html", context, headers=headers)
    return Json(record, headers=headers)


def _rdf(snapshot: Snapshot, key: str, form: Format) -> bytes:
    out = io.BytesIO()
    one = snapshot.statements[key]
    export(RDF_EXPORTS[form.suffix], snapshot.schema, (), [one], snapshot.base_iri, out)
    return out.getvalue()
