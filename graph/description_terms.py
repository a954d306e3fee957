"""Namespaces of the description of the data set, and short ways to write its triples."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from graph.vocabulary import OA, OWL, PROV, RDF, RDFS, SKOS
from schema.values import SCHEMA_NS, XSD

DCAT = "http://www.w3.org/ns/dcat#"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
SD = "http://www.w3.org/ns/sparql-service-description#"
SPDX = "http://spdx.org/rdf/terms#"
VOID = "http://rdfs.org/ns/void#"
FORMAT = "http://www.w3.org/ns/formats/"
MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"
LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
TYPE = RDF + "type"

NAMESPACES: Mapping[str, str] = {
    "carisec": SCHEMA_NS,
    "dcat": DCAT,
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "sd": SD,
    "skos": SKOS,
    "spdx": SPDX,
    "void": VOID,
    "xsd": XSD,
}

# A property with its value; a string is the IRI of one.
Said = tuple[str, NamedNode | Literal | str]


def told(subject: str, *said: Said) -> Iterator[Triple]:
    """The triples that say this of a subject."""
    me = NamedNode(subject)
    for predicate, value in said:
        target = NamedNode(value) if isinstance(value, str) else value
        yield Triple(me, NamedNode(predicate), target)


def english(text: str) -> Literal:
    return Literal(text, language="en")


def typed(text: str, datatype: str) -> Literal:
    """A literal of an XSD datatype."""
    return Literal(text, datatype=NamedNode(XSD + datatype))


def number(count: int) -> Literal:
    return typed(str(count), "integer")


def short(iri: str) -> str:
    """An IRI as a name that fits into a fragment: `Agency` for ours, `oa:Annotation` for others."""
    for prefix, namespace in NAMESPACES.items():
        if iri.startswith(namespace):
            name = iri.removeprefix(namespace)
            return name if namespace == SCHEMA_NS else f"{prefix}:{name}"
    return quote(iri, safe="")
