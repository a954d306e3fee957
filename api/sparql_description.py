"""The SPARQL 1.1 service description: what this endpoint can do, and over which graphs."""

from collections.abc import Callable, Iterator

import orjson
from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize

from api.formats import Format
from api.pages import located
from api.sparql_protocol import GRAPHS
from graph import sparql
from graph.settings import Settings
from graph.vocabulary import RDF
from schema.values import XSD

DESCRIBED = GRAPHS[:4]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_VOID = "http://rdfs.org/ns/void#"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
    "TriG",
    "N-Quads",
)
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g"
_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"

Answer = Callable[[sparql.Request], tuple[bytes, str]]


def description(settings: Settings, answer: Answer, form: Format) -> bytes:
    """The description in a form of DESCRIBED; `answer` counts the triples of each graph."""
    triples = list(_service(settings)) + list(_dataset(settings, answer))
    known = {"sd": _SD, "formats": _FORMATS, "void": _VOID}
    kind = sparql.GRAPH_FORMATS[form.media_type]
    return serialize(triples, format=kind, prefixes=known) or b""


def _service(settings: Settings) -> Iterator[Triple]:
    public = settings.public_url or settings.base_iri.rstrip("/")
    endpoint = located(settings, "/sparql") if settings.public_url else public + "/sparql"
    me = BlankNode("service")
    yield _is(me, "Service")
    yield Triple(me, NamedNode(_SD + "endpoint"), NamedNode(endpoint))
    yield Triple(me, NamedNode(_SD + "supportedLanguage"), NamedNode(_SD + "SPARQL11Query"))
    yield Triple(me, NamedNode(_SD + "feature"), NamedNode(_SD + "UnionDefaultGraph"))
    for name in _RESULTS:
        yield Triple(me, NamedNode(_SD + "resultFormat"), NamedNode(_FORMATS + name))
    yield Triple(me, NamedNode(_SD + "defaultDataset"), NamedNode(settings.base_iri + "dataset"))


def _dataset(settings: Settings, answer: Answer) -> Iterator[Triple]:
    me = NamedNode(settings.base_iri + "dataset")
    default = BlankNode("union")
    yield _is(me, "Dataset")
    yield Triple(me, NamedNode(_SD + "defaultGraph"), default)
    yield _is(default, "Graph")
    yield _counted(default, _rows(answer, _COUNT)[0]["n"])
    for number, row in enumerate(_rows(answer, _COUNTS)):
        named, graph = BlankNode(f"named{number}"), BlankNode(f"graph{number}")
        yield Triple(me, NamedNode(_SD + "namedGraph"), named)
        yield _is(named, "NamedGraph")
        yield Triple(named, NamedNode(_SD + "name"), NamedNode(row["g"]))
        yield Triple(named, NamedNode(_SD + "graph"), graph)
        yield _is(graph, "Graph")
        yield _counted(graph, row["n"])


def _rows(answer: Answer, text: str) -> list[dict[str, str]]:
    found = orjson.loads(answer(sparql.Request(text))[0])["results"]["bindings"]
    return [{name: term["value"] for name, term in row.items()} for row in found]


def _is(node: NamedNode | BlankNode, kind: str) -> Triple:
    return Triple(node, NamedNode(RDF + "type"), NamedNode(_SD + kind))


def _counted(node: BlankNode, count: str) -> Triple:
    return Triple(node, NamedNode(_VOID + "triples"), Literal(count, datatype=NamedNode(XSD + "integer")))
