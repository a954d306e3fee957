"""The description of the data set as a file, in each notation that describes triples."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any, BinaryIO

import orjson
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.description import described
from graph.description_terms import NAMESPACES, TYPE
from graph.dump_index import DumpIndex
from schema.values import XSD

_KINDS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
}


def write_description(index: DumpIndex, format_name: str, out: BinaryIO) -> None:
    """Write it as turtle, ntriples, rdfxml or jsonld."""
    prefixes = {**NAMESPACES, "dataset": f"{index.made.base_iri}dataset#"}
    if format_name == "jsonld":
        out.write(_jsonld(described(index), prefixes))
    else:
        serialize(described(index), out, _KINDS[format_name], prefixes=prefixes)


def _jsonld(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Compact JSON-LD, which pyoxigraph does not write: triples of one subject that follow make a node."""
    nodes = []
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, Any] = {"@id": _name(subject, prefixes)}
        for triple in group:
            if triple.predicate.value == TYPE:
                node.setdefault("@type", []).append(_name(triple.object, prefixes))
            else:
                node.setdefault(_name(triple.predicate, prefixes), []).append(_value(triple.object, prefixes))
        nodes.append({key: v[0] if len(v) == 1 and key != "@id" else v for key, v in node.items()})
    return orjson.dumps({"@context": dict(prefixes), "@graph": nodes}, option=orjson.OPT_INDENT_2) + b"\n"


def _value(term: object, prefixes: Mapping[str, str]) -> object:
    if not isinstance(term, Literal):
        return {"@id": _name(term, prefixes)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == XSD + "string":
        return term.value
    if term.datatype.value == XSD + "integer":
        return int(term.value)
    return {"@value": term.value, "@type": _name(term.datatype, prefixes)}


def _name(term: object, prefixes: Mapping[str, str]) -> str:
    """An IRI, by a prefix where one fits and what is left is no path."""
    if not isinstance(term, NamedNode):
        raise TypeError(f"{term} is no IRI")
    for prefix, namespace in prefixes.items():
        rest = term.value.removeprefix(namespace)
        if rest != term.value and rest and not rest.startswith("//"):
            return f"{prefix}:{rest}"
    return term.value
