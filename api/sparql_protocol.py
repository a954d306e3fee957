"""A request of the SPARQL 1.1 Protocol: the query, its data set, and in which forms the result may come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from fastapi import Request

from api.formats import HTML, Format, negotiate
from graph import sparql
from graph.export import FORMATS as EXPORTS
from schema.errors import BadMediaType, NotAcceptable, TooLarge, UsageError

FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
UPDATE = "application/sparql-update"
# A query may have MAX_CHARACTERS; in a form each may take three times three bytes, and IRIs come beside it.
LARGEST_BODY = 16 * sparql.MAX_CHARACTERS

TABLES = (
    Format("json", "application/sparql-results+json", "JSON"),
    Format("xml", "application/sparql-results+xml", "XML"),
    Format("csv", "text/csv", "CSV"),
    Format("tsv", "text/tab-separated-values", "TSV"),
)
# The same under the general names that many clients ask for.
_GENERAL = (Format("json", "application/json", "JSON"), Format("xml", "application/xml", "XML"))
GRAPHS = tuple(
    Format(name, EXPORTS[name].media_type, EXPORTS[name].label)
    for name in ("turtle", "ntriples", "rdfxml", "jsonld", "trig", "nquads")
)
_KNOWN = ("query", "default-graph-uri", "named-graph-uri", "format", "update", "using-graph-uri")
_READING = "this endpoint only reads: ask with SELECT, ASK, CONSTRUCT or DESCRIBE"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller asks: `request` is None without a query, `page` says that a page is wanted."""

    request: sparql.Request | None
    page: bool


def asked(parameters: Sequence[tuple[str, str]], accept: str | None) -> Asked:
    """Read the parameters of the protocol. Raises UsageError, or NotAcceptable if no form fits."""
    given: dict[str, list[str]] = {}
    for name, value in parameters:
        given.setdefault(name, []).append(value)
    if "update" in given:
        raise UsageError(f"An update is refused; {_READING}.")
    if len(given.get("query", ())) > 1:
        raise UsageError(f"The parameter query is there {len(given['query'])} times; give it once.")
    page, table, graph = _wanted([name for name in given.get("format", ()) if name], accept)
    text = given.get("query", [""])[0]
    if not text.strip():
        return Asked(None, page)
    request = sparql.Request(
        text,
        table=table,
        graph=graph,
        default_graphs=_iris(given, "default-graph-uri"),
        named_graphs=_iris(given, "named-graph-uri"),
    )
    return Asked(request, page)


async def posted(request: Request) -> list[tuple[str, str]]:
    """The parameters of a POST, of body and address. Raises BadMediaType, TooLarge or UsageError."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == UPDATE:
        raise UsageError(f"An update is refused; {_READING}.")
    if kind not in (FORM, QUERY):
        told = f"as {kind}" if kind else "without a type"
        raise BadMediaType(f"The body comes {told}; send a query as {QUERY}, or a form as {FORM}.")
    text = await _body(request)
    if kind == FORM:
        found = parse_qsl(text, keep_blank_values=True)
    else:
        found = [("query", text), *request.query_params.multi_items()]
    if not any(name == "query" and value.strip() for name, value in found if name in _KNOWN):
        if any(name == "update" for name, _ in found):
            raise UsageError(f"An update is refused; {_READING}.")
        raise UsageError("There is no query; give it as the parameter query.")
    return found


async def _body(request: Request) -> str:
    held = bytearray()
    async for chunk in request.stream():
        held += chunk
        if len(held) > LARGEST_BODY:
            raise TooLarge(f"The body has more than {LARGEST_BODY} bytes; write the query shorter.")
    try:
        return held.decode()
    except UnicodeDecodeError as error:
        raise UsageError(f"The body is not UTF-8: {error}.") from None


def _iris(given: dict[str, list[str]], name: str) -> tuple[str, ...]:
    """Each once, in their order."""
    found = tuple(dict.fromkeys(given.get(name, ())))
    for iri in found:
        if ":" not in iri or any(c in '<>"{}|^`\\' or c <= " " for c in iri):
            raise UsageError(f"{name} is {iri!r}, which is no absolute IRI.")
    return found


def _wanted(names: Sequence[str], accept: str | None) -> tuple[bool, str | None, str | None]:
    """Page, table and graph for the first value of `format` that is known, else for the Accept header.

    Clients send several names of one format, and names of formats that are not here beside an Accept header
    that has others.
    """
    for name in names:
        if name in ("html", HTML.media_type):
            return True, None, None
        table, graph = _fitting(name, (*TABLES, *_GENERAL)), _fitting(name, GRAPHS)
        if table is not None or graph is not None:
            return False, table, graph
    if names and (accept or "*/*").strip() == "*/*":
        known = ", ".join(one.suffix for one in (*TABLES, *GRAPHS))
        raise UsageError(f"format: there is no format {names[0]!r}; there are {known} and html.")
    return _negotiated(accept)


def _fitting(name: str, offered: Iterable[Format]) -> str | None:
    return next((one.media_type for one in offered if name in (one.suffix, one.media_type)), None)


def _negotiated(accept: str | None) -> tuple[bool, str | None, str | None]:
    """Page, table and graph for an Accept header; what a query gives is known only behind it."""
    best = negotiate(accept, (*TABLES, *_GENERAL, *GRAPHS, HTML))
    if best is HTML:
        return True, None, None
    return False, _best(accept, (*TABLES, *_GENERAL)), _best(accept, GRAPHS)


def _best(accept: str | None, offered: Sequence[Format]) -> str | None:
    try:
        return negotiate(accept, offered).media_type
    except NotAcceptable:
        return None
