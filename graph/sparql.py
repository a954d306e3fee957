"""Read-only SPARQL 1.1 over an in-memory copy of the graph.

Each named graph stands as in `graph.rdf.quads`; the default graph is the union of all, so a query that
names no graph sees everything once.
"""

import re
from collections.abc import Iterable, Mapping

from pyoxigraph import (
    DefaultGraph,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from schema.errors import NotAcceptable, UsageError

TABLE_FORMATS: Mapping[str, QueryResultsFormat] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Mapping[str, RdfFormat] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}

# pyoxigraph parses by recursion without a limit of its own: 3,000 nested brackets or 10,000 operators in one
# expression end the whole process. These limits keep well below.
MAX_CHARACTERS = 8000
MAX_DEPTH = 100

_GAP = r"(?:\s|#[^\n\r]*[\n\r])*"
_TARGET = r"(?:<[^>]*>|[?$][^\s{]+|[^\s{<?$]*:[^\s{]*)"
_SERVICE = re.compile(rf"\bservice{_GAP}(?:silent{_GAP})?{_TARGET}{_GAP}\{{", re.IGNORECASE)
_UPDATE = re.compile(r"\b(?:insert|delete|load|clear|create|drop|copy|move|add)\b", re.IGNORECASE)
_NEGATIONS = re.compile(rf"(?:!\s*){{{MAX_DEPTH}}}")


def build_store(quads: Iterable[Quad]) -> Store:
    """An in-memory store of the quads, their union as its default graph."""
    store = Store()
    held = list(quads)
    store.bulk_extend(held)
    store.bulk_extend(Quad(q.subject, q.predicate, q.object, DefaultGraph()) for q in held)
    return store


def query(
    store: Store, text: str, accept: str = "*/*", prefixes: Mapping[str, str] | None = None
) -> tuple[bytes, str]:
    """Answer a SPARQL query: the serialised result and its media type.

    `accept` is a media type or an Accept header; tables and truth values come in TABLE_FORMATS, graphs in
    GRAPH_FORMATS. `prefixes` are known without PREFIX. Raises UsageError for what is no query, for updates,
    SERVICE and queries beyond the limits; NotAcceptable where no format fits.
    """
    _check(text)
    try:
        found = store.query(text, prefixes=dict(prefixes or {}))
    except SyntaxError as error:
        raise UsageError(_explained(text, error)) from None
    except ValueError as error:
        raise UsageError(f"The query cannot be answered: {error}.") from None
    if isinstance(found, (QuerySolutions, QueryBoolean)):
        media_type = _negotiated(accept, TABLE_FORMATS)
        body = found.serialize(format=TABLE_FORMATS[media_type])
    else:
        media_type = _negotiated(accept, GRAPH_FORMATS)
        body = _graph(found, GRAPH_FORMATS[media_type], prefixes or {})
    return body or b"", media_type


def _graph(found: QueryTriples, kind: RdfFormat, prefixes: Mapping[str, str]) -> bytes | None:
    return serialize(found, format=kind, prefixes=dict(prefixes))


def _check(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise UsageError(f"The query has {len(text)} characters; at most {MAX_CHARACTERS} are read.")
    if _depth(text) > MAX_DEPTH or _NEGATIONS.search(text):
        raise UsageError(f"The query is nested more than {MAX_DEPTH} deep; write it flatter.")
    if _SERVICE.search(text):
        raise UsageError("SERVICE is refused: this endpoint asks no other; leave the SERVICE clause out.")


def _depth(text: str) -> int:
    deepest = depth = 0
    for character in text:
        if character in "({[":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")}]":
            depth -= 1
    return deepest


def _explained(text: str, error: SyntaxError) -> str:
    if (
        _UPDATE.search(text)
        and re.search(r"\b(?:select|ask|construct|describe)\b", text, re.IGNORECASE) is None
    ):
        return "This endpoint only reads: ask with SELECT, ASK, CONSTRUCT or DESCRIBE."
    return f"The query is no SPARQL 1.1 query: {error}."


def _negotiated(accept: str, formats: Iterable[str]) -> str:
    """The media type that fits an Accept header best; the first of the formats where it leaves the choice."""
    offered = tuple(formats)
    for wanted in _ranges(accept):
        pattern = re.escape(wanted).replace(r"\*", "[^/]+")
        for media_type in offered:
            if re.fullmatch(pattern, media_type):
                return media_type
    raise NotAcceptable(f"No result as {accept!r}; there are {', '.join(offered)}.")


def _ranges(accept: str) -> list[str]:
    """Media ranges of an Accept header, the best first; those with q=0 and ill-formed ones are left out."""
    found = []
    for part in accept.split(","):
        wanted, _, parameters = part.strip().lower().partition(";")
        match = re.search(r"\bq\s*=\s*([0-9.]+)", parameters)
        try:
            quality = float(match[1]) if match else 1.0
        except ValueError:
            continue
        if quality > 0:
            found.append((-quality, wanted.strip()))
    return [wanted for _, wanted in sorted(found, key=lambda pair: pair[0])]
