"""The graph as a data set: a page for people, DCAT and VoID for programs."""

import io
from typing import Any, cast

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.dataset_markup import dataset_markup
from api.dependencies import SettingsDep
from api.dumps import Dumps
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, RDF, RDF_EXPORTS, Format, form_of, negotiate
from api.pages import address, page
from api.representations import Representation
from graph.dataset import CREATOR, RIGHTS
from graph.description import OTHERS
from graph.description_files import write_description
from graph.description_terms import short
from graph.dump_index import DumpIndex
from graph.export import FORMATS
from schema.errors import EmptyGraph, NotAcceptable
from schema.model import Schema
from schema.values import SCHEMA_NS

router = APIRouter(tags=["linked data"])

# Programs that do not care get Turtle; browsers ask for a page.
_OFFERED = (*RDF, HTML)
_RESPONSES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The description of the data set.",
        "content": {form.media_type: {} for form in _OFFERED},
    },
    **error_responses(NotAcceptable, *ENGINE_ERRORS, EmptyGraph),
}


@router.get("/dataset", summary="The data set described", response_class=Response, responses=_RESPONSES)
@router.get("/dataset.html", include_in_schema=False)
@router.get("/dataset.ttl", include_in_schema=False)
@router.get("/dataset.jsonld", include_in_schema=False)
@router.get("/dataset.nt", include_in_schema=False)
@router.get("/dataset.rdf", include_in_schema=False)
def dataset(request: Request) -> Response:
    """DCAT 3 and VoID: what the data set is, counts by class and property, links outward, dumps, services.

    The counts are those of the dump of the graph, which is made when this is first asked for.
    """
    index = _dumps(request).current()
    form = form_of(request.url.path, request.headers.get("accept"), _OFFERED)
    sent = Representation(request, form, _OFFERED, describes=f"{index.made.base_iri}dataset#carisec")
    if form is HTML:
        return _page(request, index, sent)
    return _rdf(index, form, sent.headers())


@router.get(
    "/.well-known/void",
    summary="The data set described in VoID",
    response_class=Response,
    responses={**_RESPONSES, 303: {"description": "To the page, for a browser."}},
)
def void(request: Request, settings: SettingsDep) -> Response:
    """The same description where VoID says that it is looked for."""
    form = negotiate(request.headers.get("accept"), _OFFERED)
    if form is HTML:
        return RedirectResponse(address(settings, "/dataset.html"), 303, {"Vary": "Accept"})
    target = address(settings, f"/dataset{form.suffix}")
    return _rdf(_dumps(request).current(), form, {"Content-Location": target})


def _dumps(request: Request) -> Dumps:
    return cast(Dumps, request.app.state.dumps)


def _rdf(index: DumpIndex, form: Format, headers: dict[str, str]) -> Response:
    out = io.BytesIO()
    write_description(index, RDF_EXPORTS[form.suffix], out)
    return Response(out.getvalue(), headers=headers, media_type=form.content_type)


def _page(request: Request, index: DumpIndex, sent: Representation) -> Response:
    schema: Schema = request.app.state.schema
    titles = {other.namespace: other.title for other in OTHERS}
    context = {
        "index": index,
        "creator": CREATOR,
        "rights": RIGHTS,
        "markup": dataset_markup(index),
        "formats": FORMATS,
        "classes": [
            {"name": short(iri), "iri": iri, "things": things, "about": _comment(schema, iri)}
            for iri, things in _ours_first(index.rdf.classes)
        ],
        "properties": [
            {"name": short(iri), "iri": iri, "found": found}
            for iri, found in _ours_first(index.rdf.properties)
        ],
        "links": [(short(one.property), titles[one.namespace], one.triples) for one in index.rdf.links],
        **sent.head,
    }
    return page(request, "dataset.html", context, headers=sent.headers())


def _ours_first(counted: Any) -> list[tuple[str, Any]]:
    return sorted(counted.items(), key=lambda pair: (not pair[0].startswith(SCHEMA_NS), pair[0]))


def _comment(schema: Schema, iri: str) -> str:
    """What a class is, for one of ours."""
    found = schema.types.get(iri.removeprefix(SCHEMA_NS))
    return found.comment if found else ""
