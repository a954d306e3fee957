"""Documents: their list, and one with its text, in which the clauses of statements are marked."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from api import models
from api.dependencies import SchemaDep, SettingsDep, SnapshotDep, StoreDep
from api.descriptions import rdf
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, JSON, LINKED, RDF_EXPORTS, RECORDS, form_of, negotiate, split_suffix
from api.former import MOVED, lead_on
from api.jsontext import Json
from api.marks import Piece, pieces, places
from api.markup import Markup
from api.pages import page
from api.paging import PageDep, next_address
from api.representations import Representation
from api.snapshot import Snapshot
from api.statement_groups import told
from graph.captures import CaptureStore
from graph.records import ACCEPTED, MENTIONS, RETRACTED, text_hash
from graph.settings import Settings
from queries.entities import document_record
from queries.facets import count_facets, wanted_facets
from schema.errors import BadParameter, Gone, NotAcceptable, NotFound

router = APIRouter(prefix="/documents", tags=["documents"])

_TOLD = ("publisher", "published", "url", "language", "kind")
_FACETS = ("publisher", "kind", "year")


@router.get(
    "",
    summary="All documents",
    responses={
        200: {"model": models.DocumentList},
        **error_responses(BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
@router.get(".json", include_in_schema=False)
@router.get(".html", include_in_schema=False)
def documents(
    request: Request,
    snapshot: SnapshotDep,
    facets: Annotated[
        str,
        Query(
            description="Count the documents of each `publisher`, `kind`, `year`; several by commas.",
            max_length=300,
        ),
    ] = "",
) -> Response:
    """Every document, the newest first, and whether its text is at hand."""
    counted = wanted_facets(facets, _FACETS)
    listed = [
        {
            "id": e.id,
            "name": e.name,
            **{name: e.properties.get(name) for name in _TOLD},
            "captured": e.properties.get("captured") is True,
            "statements": sum(_counts(snapshot, key) for key in snapshot.resting.get(e.id, ())),
        }
        for e in snapshot.entities.values()
        if "Document" in e.types
    ]
    listed.sort(key=lambda d: (str(d["published"] or ""), str(d["id"])), reverse=True)
    form = form_of(request.url.path, request.headers.get("accept"), RECORDS)
    sent = Representation(request, form, RECORDS)
    headers = sent.headers()
    if form is HTML:
        return page(request, "documents.html", {"documents": listed, **sent.head}, headers=headers)
    answer: dict[str, Any] = {"documents": listed}
    if counted:
        dated = [{**line, "year": str(line["published"] or "")[:4] or None} for line in listed]
        answer["facets"] = count_facets(dated, counted)
    return Json(answer, headers=headers)


def _counts(snapshot: Snapshot, statement: str) -> bool:
    one = snapshot.statements[statement]
    return one.predicate != MENTIONS and one.status != RETRACTED


@router.get(
    "/{key}",
    summary="A document",
    responses={
        200: {
            "model": models.Document,
            "content": {one.media_type: {} for one in LINKED if one is not JSON},
        },
        **MOVED,
        **error_responses(NotFound, Gone, BadParameter, NotAcceptable, *ENGINE_ERRORS),
    },
)
def document(
    request: Request,
    key: Annotated[
        str,
        Path(
            description="Second part of its id, with .json, .html, .ttl … if you like.",
            examples=["2023-11-22-joint-statement"],
        ),
    ],
    store: StoreDep,
    schema: SchemaDep,
    settings: SettingsDep,
    snapshot: SnapshotDep,
    wanted: PageDep,
) -> Response:
    """A document with the statements that rest on it.

    `text` is its text where that is at hand, else null. `marks` say where in it the clauses of all of its
    statements stand, mentions aside, in code points. The page shows the text with the clauses marked; each
    leads to its statements, and each statement to its clauses. As RDF it comes with all of its statements and
    those about it, and paging does not apply; `/graph/document/{id}` is just what it says.
    """
    key, by_suffix = split_suffix(key, LINKED)
    form = by_suffix or negotiate(request.headers.get("accept"), LINKED)
    id_ = f"document/{key}"
    if id_ not in snapshot.entities:
        return lead_on(request, settings, store, id_, f"there is no {id_}; /documents lists what there is")
    sent = Representation(request, form, LINKED, describes=f"{settings.base_iri}id/{id_}")
    if form.suffix in RDF_EXPORTS:
        keys = sorted({*snapshot.resting.get(id_, ()), *snapshot.about.get(id_, ())})
        said = [snapshot.statements[one] for one in keys]
        content = rdf(snapshot, form, [snapshot.entities[id_]], said)
        return Response(content, headers=sent.headers(), media_type=form.content_type)
    record = document_record(store, schema, id_, offset=wanted.offset, limit=wanted.limit)
    text = _text(settings, id_, record["properties"].get("sha256"))
    marks = _marks(snapshot, id_)
    following = next_address(request, wanted, record["truncated"])
    answer: dict[str, Any] = {
        **record,
        "iri": f"{settings.base_iri}id/{id_}",
        "text": text,
        "marks": marks,
        "next": following,
    }
    headers = sent.headers(following)
    if form is not HTML:
        return Json(answer, headers=headers)
    context = {
        "document": answer,
        "markup": Markup(schema, settings).document(record),
        **_shown(snapshot, id_, text, marks),
        **sent.head,
    }
    return page(request, "document.html", context, headers=headers)


def _text(settings: Settings, id_: str, sha256: object) -> str | None:
    """The captured text, if it is the one that the graph's pointers point into."""
    text = CaptureStore(settings.data_dir).text(id_)
    return text if text is not None and text_hash(text) == sha256 else None


def _marks(snapshot: Snapshot, id_: str) -> list[dict[str, Any]]:
    marks = [
        {"start": one.start, "end": one.end, "statement": key}
        for key in snapshot.resting.get(id_, ())
        for one in snapshot.statements[key].evidence
        if one.document == id_ and one.placed and _counts(snapshot, key)
    ]
    return sorted(marks, key=lambda m: (m["start"], m["end"], m["statement"]))


def _shown(snapshot: Snapshot, id_: str, text: str | None, marks: list[dict[str, Any]]) -> dict[str, Any]:
    """What the page shows besides: all statements in the order of their clauses, and the text in pieces.

    Statements whose clauses stand nowhere in the text come last.
    """
    resting = (key for key in snapshot.resting.get(id_, ()) if _counts(snapshot, key))
    keys = list(dict.fromkeys((*(mark["statement"] for mark in marks), *resting)))
    return {
        "statements": [_line(snapshot, id_, key) for key in keys],
        "numbers": {key: number for number, key in enumerate(keys, 1)},
        "pieces": _pieces(snapshot, id_, text, marks) if text is not None else [],
    }


def _cell(snapshot: Snapshot, key: str) -> dict[str, str]:
    return {"id": key, "name": snapshot.name_of(key)}


def _line(snapshot: Snapshot, id_: str, key: str) -> dict[str, Any]:
    """A statement with its evidence in one document."""
    statement = snapshot.statements[key]
    target = statement.object
    return {
        "id": key,
        "subject": _cell(snapshot, statement.subject),
        "label": snapshot.schema.predicates[statement.predicate].label,
        "object": _cell(snapshot, target) if target else None,
        "value": statement.value,
        "qualifiers": told(snapshot.schema, statement.qualifiers, snapshot.name_of),
        "status": statement.status,
        "evidence": [one for one in statement.evidence if one.document == id_],
        "elsewhere": len(statement.documents) - 1,
    }


def _names(snapshot: Snapshot, statement: str) -> bool:
    one = snapshot.statements[statement]
    return one.predicate == MENTIONS and one.status == ACCEPTED


def _pieces(snapshot: Snapshot, id_: str, text: str, marks: list[dict[str, Any]]) -> list[Piece]:
    named = [
        (one.start, one.end, str(snapshot.statements[key].object))
        for key in snapshot.resting.get(id_, ())
        for one in snapshot.statements[key].evidence
        if one.document == id_ and _names(snapshot, key)
    ]
    return pieces(text, places(marks, len(text)), named)
