"""Compact JSON-LD, one node a line, written as the triples come.

pyoxigraph writes expanded JSON-LD only, which few people can read.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby
from typing import Any, BinaryIO

import orjson
from pyoxigraph import Literal, NamedNode, Triple

from graph import vocabulary as v
from schema.values import XSD

_STRING, _INTEGER, _BOOLEAN = XSD + "string", XSD + "integer", XSD + "boolean"
_SAFE_DIGITS = 15  # longer ones lose digits in readers whose numbers are doubles


def write_jsonld(triples: Iterable[Triple], prefixes: Mapping[str, str], out: BinaryIO) -> None:
    """One document with a context of prefixes and a `@graph` of nodes.

    Triples of one subject that follow each other make one node. IRIs are compacted with `prefixes` (prefix to
    namespace; a namespace ends with `/` or `#`). No triple may hold a blank node.
    """
    compact = _Compactor(prefixes)
    out.write(b'{"@context":' + orjson.dumps(dict(prefixes), option=orjson.OPT_INDENT_2) + b',\n"@graph":[')
    before = b"\n"
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        node: dict[str, Any] = {"@id": compact.iri(_value(subject))}
        for triple in group:
            if triple.predicate == v.TYPE:
                _add(node, "@type", compact.iri(_value(triple.object)))
            else:
                _add(node, compact.iri(triple.predicate.value), compact.term(triple.object))
        out.write(before + orjson.dumps(node))
        before = b",\n"
    out.write(b"\n]}\n")


def _add(node: dict[str, Any], key: str, value: object) -> None:
    """One value stands alone, several in a list."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]


def _value(term: object) -> str:
    if not isinstance(term, NamedNode):
        raise TypeError(f"{term} is no IRI")
    return term.value


class _Compactor:
    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self.iri = lru_cache(maxsize=10_000)(self._compacted)

    def _compacted(self, iri: str) -> str:
        """The IRI as `prefix:rest` where a namespace fits."""
        for separator in "#/":
            head, found, rest = iri.rpartition(separator)
            if prefix := self._prefixes.get(head + found):
                return f"{prefix}:{rest}"
        return iri

    def term(self, term: object) -> Any:
        if not isinstance(term, Literal):
            return {"@id": self.iri(_value(term))}
        datatype = term.datatype.value
        if datatype == _STRING:
            return term.value
        if datatype == _BOOLEAN:
            return term.value == "true"
        if datatype == _INTEGER and len(term.value) <= _SAFE_DIGITS:
            return int(term.value)
        return {"@type": self.iri(datatype), "@value": term.value}
