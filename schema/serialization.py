"""The ontology in the forms in which RDF is written, by their suffixes: the same file, the same bytes."""

import io
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson
from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Triple,
    parse,
    serialize,
)

from schema.values import XSD

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_FIRST, _REST, _NIL, _TYPE = (f"{_RDF}{name}" for name in ("first", "rest", "nil", "type"))
_LIST = NamedNode(_NIL)

# Subject to predicate to objects, in order.
_Nodes = Mapping[Any, Mapping[str, list[Any]]]


@cache
def forms_of(path: Path) -> Mapping[str, bytes]:
    """A Turtle file as it is (`.ttl`), and in N-Triples, RDF/XML and JSON-LD with canonical blank nodes."""
    parser = parse(path=path, format=RdfFormat.TURTLE)
    dataset = Dataset(Quad(t.subject, t.predicate, t.object) for t in parser)
    prefixes = {name or "carisec": iri for name, iri in parser.prefixes.items()}
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((quad.triple for quad in dataset), key=str)
    return {
        ".ttl": path.read_bytes(),
        ".nt": _written(triples, RdfFormat.N_TRIPLES, {}),
        ".rdf": _written(triples, RdfFormat.RDF_XML, prefixes),
        ".jsonld": _jsonld(triples, prefixes),
    }


def _written(triples: Iterable[Triple], form: RdfFormat, prefixes: dict[str, str]) -> bytes:
    out = io.BytesIO()
    serialize(triples, out, form, prefixes=prefixes)
    return out.getvalue()


def _jsonld(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> bytes:
    """Compact JSON-LD in which blank nodes stand where they are named, and lists are lists."""
    nodes: dict[Any, dict[str, list[Any]]] = {}
    for triple in triples:
        objects = nodes.setdefault(triple.subject, {}).setdefault(triple.predicate.value, [])
        objects.append(triple.object)
    named = {o for node in nodes.values() for found in node.values() for o in found}
    writer = _Writer(nodes, prefixes)
    graph = [writer.node(s) for s in nodes if not (isinstance(s, BlankNode) and s in named)]
    document = {"@context": dict(sorted(prefixes.items())), "@graph": graph}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


class _Writer:
    def __init__(self, nodes: _Nodes, prefixes: Mapping[str, str]) -> None:
        self._nodes = nodes
        self._prefixes = prefixes

    def node(self, subject: Any) -> dict[str, Any]:
        """A node with all that is said of it; a blank one without a name."""
        made: dict[str, Any] = {} if isinstance(subject, BlankNode) else {"@id": self._compact(subject.value)}
        for predicate, objects in self._nodes.get(subject, {}).items():
            if predicate == _TYPE:
                key, values = "@type", [self._compact(o.value) for o in objects]
            else:
                key, values = self._compact(predicate), [self._value(o) for o in objects]
            made[key] = values[0] if len(values) == 1 else values
        return made

    def _value(self, term: Any) -> Any:
        if isinstance(term, Literal):
            return self._literal(term)
        if term == _LIST or _FIRST in self._nodes.get(term, {}):
            return {"@list": self._items(term)}
        return self.node(term) if isinstance(term, BlankNode) else {"@id": self._compact(term.value)}

    def _items(self, rest: Any) -> list[Any]:
        found = []
        while rest != _LIST:
            node = self._nodes[rest]
            found.append(self._value(node[_FIRST][0]))
            rest = node[_REST][0]
        return found

    def _literal(self, term: Literal) -> Any:
        if term.language:
            return {"@value": term.value, "@language": term.language}
        if term.datatype.value == XSD + "boolean":
            return term.value == "true"
        if term.datatype.value == XSD + "string":
            return term.value
        return {"@value": term.value, "@type": self._compact(term.datatype.value)}

    def _compact(self, iri: str) -> str:
        """The IRI with its prefix, where what is left of it is a plain name."""
        for prefix, namespace in self._prefixes.items():
            name = iri.removeprefix(namespace)
            if name != iri and name.isalnum():
                return f"{prefix}:{name}"
        return iri
