"""The named graphs: what one document says, and the records of the register."""

import io
from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import RedirectResponse, Response

from api.dependencies import SettingsDep, SnapshotDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, Format, negotiate, split_suffix
from api.former import lead_on
from api.pages import address, description_path
from api.representations import Representation
from api.snapshot import Snapshot
from graph.export import FORMATS, export
from graph.rdf import REGISTER_GRAPH
from graph.records import Entity, Statement
from graph.sources import resting_on
from schema.errors import Gone, NotAcceptable, NotFound

router = APIRouter(prefix="/graph", tags=["linked data"])

_NAMES = {FORMATS[name].suffix: name for name in ("trig", "nquads", "turtle", "ntriples", "jsonld", "rdfxml")}
_RDF = tuple(Format(suffix, FORMATS[n].media_type, FORMATS[n].label) for suffix, n in _NAMES.items())
# A browser is led to a page.
_OFFERED = (*_RDF, HTML)


@router.get(
    "/{name:path}",
    summary="A named graph",
    response_class=Response,
    responses={
        200: {"content": {one.media_type: {} for one in _RDF}},
        303: {"description": "To a page about it, for a browser."},
        308: {"description": "The document was merged into another one, to the graph of which this leads."},
        **error_responses(NotFound, Gone, NotAcceptable, *ENGINE_ERRORS),
    },
)
def named_graph(
    request: Request,
    name: Annotated[
        str,
        Path(
            description="`register`, or the id of a document, with .trig, .nq, .ttl … if you like.",
            examples=["document/2023-11-22-joint-statement"],
        ),
    ],
    settings: SettingsDep,
    store: StoreDep,
    snapshot: SnapshotDep,
) -> Response:
    """One graph of the data set as TriG, N-Quads or plain RDF.

    `document/…`: the statements that the document makes, with its evidence for them. `register`: entities,
    and statements that rest on no document.
    """
    name, by_suffix = split_suffix(name, _OFFERED)
    form = by_suffix or negotiate(request.headers.get("accept"), _OFFERED)
    known = snapshot.entities.get(name)
    if name != REGISTER_GRAPH and (known is None or "Document" not in known.types):
        if not name.startswith("document/"):
            raise NotFound(f"there is no graph {name}; there are {REGISTER_GRAPH} and document/…")
        missing = f"there is no graph {name}; there are {REGISTER_GRAPH}, and one for each of /documents"
        return lead_on(request, settings, store, name, missing, _OFFERED)
    if form is HTML:
        about = "/entities" if known is None else description_path(name)
        return RedirectResponse(address(settings, f"{about}.html"), 303, {"Vary": "Accept"})
    sent = Representation(request, form, _RDF, describes=f"{settings.base_iri}graph/{name}")
    entities, statements = _records(snapshot, name)
    out = io.BytesIO()
    export(_NAMES[form.suffix], snapshot.schema, entities, statements, snapshot.base_iri, out)
    return Response(out.getvalue(), headers=sent.headers(), media_type=form.content_type)


def _records(snapshot: Snapshot, name: str) -> tuple[list[Entity], list[Statement]]:
    """What stands in a graph: see `graph.rdf.by_graph`."""
    if name == REGISTER_GRAPH:
        bare = [one for one in snapshot.statements.values() if not one.evidence]
        return list(snapshot.entities.values()), bare
    found = (snapshot.statements[key] for key in snapshot.resting.get(name, ()))
    return [], [resting_on(one, name) for one in found]
