"""Read-only SPARQL 1.1 over the graph."""

from typing import Annotated, cast

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from api.dependencies import SchemaDep, SettingsDep, SnapshotDep
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, Format, negotiate
from api.pages import page
from api.sparql_client import SparqlClient
from graph.settings import Settings
from graph.sparql import GRAPH_FORMATS, TABLE_FORMATS
from graph.vocabulary import RDF, prefixes
from schema.errors import NotAcceptable, UsageError

router = APIRouter(tags=["linked data"])

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_TURTLE = Format(".ttl", "text/turtle", "Turtle")

EXAMPLE = """SELECT ?supporter ?name WHERE {
  ?supporter carisec:supports unit:ccgiu ; rdfs:label ?name .
}
ORDER BY ?name"""


@router.get(
    "/sparql",
    summary="SPARQL query",
    response_class=Response,
    responses={
        200: {
            "description": "The result; without a query the service description, or a form.",
            "content": {media_type: {} for media_type in (*TABLE_FORMATS, *GRAPH_FORMATS, HTML.media_type)},
        },
        **error_responses(UsageError, NotAcceptable, *ENGINE_ERRORS),
    },
)
def sparql(
    request: Request,
    settings: SettingsDep,
    schema: SchemaDep,
    snapshot: SnapshotDep,
    query: Annotated[
        str | None,
        Query(
            description="SELECT, ASK, CONSTRUCT or DESCRIBE. Common prefixes are known.", examples=[EXAMPLE]
        ),
    ] = None,
) -> Response:
    """One named graph for each document; the default graph is the union of all. Nothing is written.

    A query that runs longer than CARISEC_QUERY_SECONDS is stopped.
    """
    accept = request.headers.get("accept", "*/*")
    if query is None or not query.strip():
        if negotiate(accept, (_TURTLE, HTML)) is HTML:
            known = prefixes(schema, settings.base_iri)
            return page(request, "sparql.html", {"prefixes": known, "example": EXAMPLE})
        return Response(_description(settings), media_type=_TURTLE.content_type)
    client = cast(SparqlClient, request.app.state.sparql)
    body, media_type = client.query(snapshot, query, _without_pages(accept))
    return Response(body, media_type=media_type)


def _without_pages(accept: str) -> str:
    """What a browser's header leaves when results have no form as a page: any form will do."""
    return "*/*" if "text/html" in accept else accept


def _description(settings: Settings) -> bytes:
    """The SPARQL 1.1 service description."""
    me = BlankNode("service")
    endpoint = NamedNode((settings.public_url or settings.base_iri.rstrip("/")) + "/sparql")
    said = [
        (RDF + "type", _SD + "Service"),
        (_SD + "endpoint", endpoint.value),
        (_SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (_SD + "feature", _SD + "UnionDefaultGraph"),
        *((_SD + "resultFormat", _FORMATS + name) for name in _RESULTS),
    ]
    triples = [Triple(me, NamedNode(predicate), NamedNode(term)) for predicate, term in said]
    known = {"sd": _SD, "formats": _FORMATS}
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=known) or b""


_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
