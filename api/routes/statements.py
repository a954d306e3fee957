"""One statement with its evidence, as JSON, page or RDF."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import Response

from api import models
from api.dependencies import SchemaDep, SettingsDep, SnapshotDep, StoreDep
from api.descriptions import rdf
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, LINKED, RDF_EXPORTS, negotiate, split_suffix
from api.former import MOVED, lead_on
from api.jsontext import Json
from api.markup import Markup
from api.pages import page
from api.representations import Representation
from api.statement_groups import told
from queries.entities import statement_record
from schema.errors import Gone, NotAcceptable, NotFound

router = APIRouter(prefix="/statements", tags=["entities"])


@router.get(
    "/{key}",
    summary="A statement",
    responses={
        200: {
            "model": models.Statement,
            "content": {one.media_type: {} for one in LINKED if one is not JSON},
        },
        **MOVED,
        **error_responses(NotFound, Gone, NotAcceptable, *ENGINE_ERRORS),
    },
)
def statement(
    request: Request,
    key: Annotated[str, Path(description="Its id, with .json, .html, .ttl … if you like.")],
    store: StoreDep,
    schema: SchemaDep,
    settings: SettingsDep,
    snapshot: SnapshotDep,
) -> Response:
    """Subject, predicate and object with qualifiers, status, and every clause that it rests on."""
    key, by_suffix = split_suffix(key, LINKED)
    form = by_suffix or negotiate(request.headers.get("accept"), LINKED)
    if key not in snapshot.statements:
        return lead_on(request, settings, store, key, f"no statement has the id {key}")
    sent = Representation(request, form, LINKED, describes=f"{settings.base_iri}id/statement/{key}")
    headers = sent.headers()
    if form.suffix in RDF_EXPORTS:
        content = rdf(snapshot, form, (), [snapshot.statements[key]])
        return Response(content, headers=headers, media_type=form.content_type)
    record = statement_record(store, schema, key)
    if form is not HTML:
        return Json(record, headers=headers)
    target = record["object"]["name"] if record["object"] else record["value"]
    words = f"{record['subject']['name']} {record['label']} {target}"
    context = {
        "statement": record,
        "words": words,
        "qualifiers": told(schema, record["qualifiers"], snapshot.name_of),
        "iri": f"{settings.base_iri}id/statement/{key}",
        "markup": Markup(schema, settings).statement(record, words),
        **sent.head,
    }
    return page(request, "statement.html", context, headers=headers)
