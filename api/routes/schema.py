"""The schema: a page with an anchor for each term, the ontology in RDF, shapes, and the JSON-LD context."""

from collections import Counter
from collections.abc import Mapping
from typing import Annotated, Any, cast

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from api import schema_diagrams
from api.dependencies import SchemaDep, SettingsDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, RDF, Format, form_of, split_suffix
from api.pages import address, page
from api.representations import Representation
from api.snapshot import Snapshots
from graph.records import ACCEPTED
from graph.vocabulary import LICENCE
from schema.context import BASE_IRI, CONTEXTS, context_file
from schema.errors import EmptyGraph, NotAcceptable, NotFound
from schema.model import ONTOLOGY, SHAPES, Schema
from schema.serialization import forms_of

router = APIRouter(tags=["linked data"])

FORMS = (HTML, *RDF)
_CONTEXT = "application/ld+json"
_FOREVER = "public, max-age=31536000, immutable"
_IN_RDF: dict[int | str, dict[str, Any]] = {200: {"content": {one.media_type: {} for one in FORMS}}}


@router.get(
    "/schema",
    summary="The schema",
    response_class=Response,
    responses={**_IN_RDF, **error_responses(NotAcceptable, *ENGINE_ERRORS)},
)
def newest(request: Request, schema: SchemaDep, settings: SettingsDep) -> Response:
    """Types, predicates, qualifiers and attributes, as a page or as the ontology in RDF.

    `#supports` and the like lead to one term. The page counts what is in the graph.
    """
    form = form_of(request.url.path, request.headers.get("accept"), FORMS)
    sent = _sent(request, form)
    headers = sent.headers(None, f'<{address(settings, f"/schema/{schema.version}")}>; rel="latest-version"')
    if form is HTML:
        usage = _usage(request) if hasattr(request.state, "version") else None
        return _page(request, schema, sent, headers, usage)
    return _rdf(form, headers)


@router.get("/schema.{suffix}", include_in_schema=False)
def newest_as(request: Request, suffix: str, schema: SchemaDep, settings: SettingsDep) -> Response:
    """The same, in the form that the suffix says."""
    if f".{suffix}" not in {one.suffix for one in FORMS}:
        raise NotFound(f"there is no /schema.{suffix}; there are {_listed('/schema')}")
    return newest(request, schema, settings)


@router.get(
    "/schema/{version}",
    summary="A version of the schema",
    response_class=Response,
    responses={**_IN_RDF, **error_responses(NotFound, NotAcceptable)},
)
def one_version(
    request: Request,
    version: Annotated[
        str, Path(description="Its number, with .html, .ttl … if you like.", examples=["0.2.0"])
    ],
    schema: SchemaDep,
) -> Response:
    """The schema under its version IRI. Only the newest version is kept; of older ones the context is."""
    wanted, by_suffix = split_suffix(version, FORMS)
    _check(schema, wanted)
    form = by_suffix or form_of("", request.headers.get("accept"), FORMS)
    sent = _sent(request, form)
    if form is HTML:
        return _page(request, schema, sent, sent.headers(), None)
    return _rdf(form, sent.headers())


@router.get(
    "/schema/{version}/context.jsonld",
    summary="The JSON-LD context of a version",
    response_class=Response,
    responses={
        200: {"content": {_CONTEXT: {}}, "description": "Never changes under this address."},
        **error_responses(NotFound),
    },
)
def context(version: Annotated[str, Path(examples=["0.2.0"])]) -> Response:
    """Names of types and predicates as terms of JSON-LD, with their datatypes."""
    kept = sorted(file.stem for file in CONTEXTS.glob("*.jsonld"))
    if version not in kept:
        raise NotFound(f"there is no context of version {version}; there are those of {', '.join(kept)}")
    return Response(
        context_file(version).read_bytes(), headers={"Cache-Control": _FOREVER}, media_type=_CONTEXT
    )


@router.get(
    "/context.jsonld",
    summary="The newest JSON-LD context",
    status_code=307,
    responses={307: {"description": "To the context of the newest version."}},
)
def newest_context(schema: SchemaDep, settings: SettingsDep) -> Response:
    """Redirects to the context of the newest version; documents should name that address."""
    return RedirectResponse(address(settings, f"/schema/{schema.version}/context.jsonld"))


@router.get(
    "/shapes.ttl",
    summary="The SHACL shapes",
    response_class=Response,
    responses={200: {"content": {"text/turtle": {}}}},
)
def shapes() -> Response:
    """What every export satisfies, as SHACL shapes in Turtle."""
    headers = {"Link": f'<{LICENCE}>; rel="license"'}
    return Response(SHAPES.read_bytes(), headers=headers, media_type="text/turtle; charset=utf-8")


def _check(schema: Schema, version: str) -> None:
    if version != schema.version:
        raise NotFound(f"the schema is kept in version {schema.version} only, at /schema/{schema.version}")


def _listed(path: str) -> str:
    return ", ".join(path + one.suffix for one in FORMS)


def _sent(request: Request, form: Format) -> Representation:
    """The published address stands for all forms, wherever the API runs."""
    return Representation(request, form, FORMS, f"{BASE_IRI}schema", f"{BASE_IRI}schema")


def _rdf(form: Format, headers: Mapping[str, str]) -> Response:
    content = forms_of(ONTOLOGY)[form.suffix]
    return Response(content, headers=dict(headers), media_type=form.content_type)


def _page(
    request: Request,
    schema: Schema,
    sent: Representation,
    headers: Mapping[str, str],
    usage: Mapping[str, int] | None,
) -> Response:
    """The reference; `usage` counts entities of types and statements of predicates by the names of terms."""
    kinds: dict[str, list[Any]] = {}
    for term in schema.terms.values():
        kinds.setdefault(term.kind, []).append(term)
    context = {
        "schema": schema,
        "kinds": kinds,
        "terms": schema.terms,
        "relationship_types": {p.iri.rpartition("#")[2]: p for p in schema.predicates.values()},
        "keys": {
            f.iri.rpartition("#")[2]: f for f in (*schema.attributes.values(), *schema.qualifiers.values())
        },
        "tree": schema_diagrams.class_tree(schema),
        "matrix": schema_diagrams.matrix(schema),
        "size": schema_diagrams,
        "usage": usage,
        **sent.head,
    }
    return page(request, "schema.html", context, headers=headers)


def _usage(request: Request) -> Mapping[str, int] | None:
    """How many entities have each type, supertypes included, and accepted statements each predicate."""
    snapshots = cast(Snapshots, request.app.state.snapshots)
    try:
        snapshot = snapshots.of(request.state.version)
    except EmptyGraph:
        return None
    schema = snapshot.schema
    local = {p.name: p.iri.rpartition("#")[2] for p in schema.predicates.values()}
    counts = Counter(label for e in snapshot.entities.values() for label in schema.labels_of(e.types))
    counts.update(local[s.predicate] for s in snapshot.statements.values() if s.status == ACCEPTED)
    return counts
