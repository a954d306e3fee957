"""Read-only SPARQL 1.1 over an in-memory copy of the graph.

Each named graph stands as in `graph.rdf.quads`; the default graph is the union of all, so a query that
names no graph sees everything once.
"""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import IO, Any, TypedDict, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from schema.errors import NotAcceptable, TooLarge, UsageError

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
    "application/trig": RdfFormat.TRIG,
    "application/n-quads": RdfFormat.N_QUADS,
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


@dataclass(frozen=True, slots=True)
class Request:
    """A query and in which form its result is wanted.

    `table` is a media type of TABLE_FORMATS, for SELECT and ASK, `graph` one of GRAPH_FORMATS, for CONSTRUCT
    and DESCRIBE; None where the caller takes none of them. `prefixes` are known without PREFIX. With
    `default_graphs` or `named_graphs` these IRIs are the data set, whatever FROM says; of several default
    graphs that share a triple it is found once in each. `largest` is the most bytes that a result may have.
    """

    text: str
    table: str | None = "application/sparql-results+json"
    graph: str | None = "text/turtle"
    prefixes: Mapping[str, str] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    largest: int = 100_000_000


def query(store: Store, request: Request) -> tuple[bytes, str]:
    """Answer a SPARQL query: the serialised result and its media type.

    Raises UsageError for what is no query, for updates, SERVICE and queries beyond the limits, NotAcceptable
    where the result has none of the wanted forms, and TooLarge for a result beyond its limit.
    """
    _check(request.text)
    try:
        found = store.query(request.text, prefixes=dict(request.prefixes), **_dataset(request))
        return _serialised(found, request)
    except SyntaxError as error:
        raise UsageError(_explained(request.text, error)) from None
    except ValueError as error:
        raise UsageError(f"The query cannot be answered: {error}.") from None
    except OSError as error:
        raise UsageError(f"This endpoint asks no other, and nothing was fetched: {error}.") from None


class _DataSet(TypedDict, total=False):
    default_graph: list[NamedNode | BlankNode | DefaultGraph]
    named_graphs: list[NamedNode | BlankNode]


def _dataset(request: Request) -> _DataSet:
    if not request.default_graphs and not request.named_graphs:
        return {}
    return {
        "default_graph": [NamedNode(iri) for iri in request.default_graphs],
        "named_graphs": [NamedNode(iri) for iri in request.named_graphs],
    }


def _serialised(found: QuerySolutions | QueryBoolean | QueryTriples, request: Request) -> tuple[bytes, str]:
    out = _Bounded(request.largest)
    if isinstance(found, QueryTriples):
        wanted, formats = request.graph, ", ".join(GRAPH_FORMATS)
        if wanted is not None:
            serialize(found, cast(IO[bytes], out), GRAPH_FORMATS[wanted], prefixes=dict(request.prefixes))
    else:
        wanted, formats = request.table, ", ".join(TABLE_FORMATS)
        if wanted is not None:
            found.serialize(cast(IO[bytes], out), TABLE_FORMATS[wanted])
    if wanted is None:
        raise NotAcceptable(f"The result has none of the wanted forms; there are {formats}.")
    return out.getvalue(), wanted


class _Bounded(io.BytesIO):
    """Takes so many bytes and no more."""

    def __init__(self, largest: int) -> None:
        super().__init__()
        self._largest = largest

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._largest:
            raise TooLarge(
                f"The result has more than {self._largest} bytes: add LIMIT or ask for less. "
                "CARISEC_SPARQL_MEGABYTES sets the limit."
            )
        return super().write(data)


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
