"""Values of resources in RDF, each read with what may be wrong about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pyoxigraph import Literal, NamedNode

from graph.rdf_nodes import Nodes, Term, key_of, shown
from schema.errors import Fault
from schema.values import ENTITY_ID, LANG_STRING, XSD, canonical

_TEXTS = (XSD + "string", LANG_STRING)
_LONGEST_SHOWN = 80


class Wrong(ValueError):
    """What is wrong about a resource, where it stands and its mend."""

    def __init__(self, message: str, mend: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.mend = mend
        self.line = line


class ValueReader:
    """Reads values of resources; `faults` takes what is wrong, with `source` as file.

    `ids` gives the id of the entity with a key, None where there is none.
    """

    def __init__(self, nodes: Nodes, source: str, ids: Callable[[str], str | None]) -> None:
        self.faults: list[Fault] = []
        self.nodes = nodes
        self._source = source
        self._ids = ids

    @contextmanager
    def telling(self, key: str) -> Iterator[None]:
        """Turn a Wrong in the body into a fault of this resource."""
        try:
            yield
        except Wrong as wrong:
            line = wrong.line or self.nodes.line(key) or 1
            self.faults.append(Fault(self._source, line, f"{shown(key)} {wrong}", wrong.mend))

    def id_of(self, key: str) -> str | None:
        """Id of the entity with a key, None where there is none."""
        return self._ids(key)

    def _canonical(self, key: str, name: str, term: Term, datatype: str, line: int) -> str:
        """Canonical text of a value; texts stay as they are. Raises Wrong for what the datatype forbids."""
        if datatype == ENTITY_ID:
            return self._id(key, term, line)
        if isinstance(term, NamedNode) and datatype == XSD + "anyURI":
            return term.value
        if not isinstance(term, Literal):
            raise Wrong(f"has {term} as {name}, which is a literal", "", line)
        if datatype in _TEXTS:
            if not term.value.strip():
                raise Wrong(f"has an empty text as {name}", "write it, or leave it out", line)
            return term.value
        try:
            return canonical(term.value, datatype)
        except ValueError as error:
            raise Wrong(f"has a wrong {name}: {str(error)[:300]}", "", line) from None

    def _literal(self, key: str, predicate: str, term: Term) -> str:
        if not isinstance(term, Literal):
            line = self.nodes.line(key, predicate, term)
            raise Wrong(f"has {term} behind <{predicate}>, which takes a text", "", line)
        return term.value

    def _one(self, key: str, predicate: NamedNode) -> Term:
        objects = self.nodes.objects(key, predicate.value)
        if len(objects) != 1:
            where = f"{len(objects)} values of <{predicate.value}> of {shown(key)}"
            raise Wrong(f"rests on {where} instead of one", "", self._line(key, predicate))
        return objects[0]

    def _text(self, key: str, predicate: NamedNode, default: str | None = None) -> str:
        if default is not None and not self.nodes.objects(key, predicate.value):
            return default
        return self._literal(key, predicate.value, self._one(key, predicate))

    def _optional(self, key: str, predicate: NamedNode) -> str | None:
        return self._text(key, predicate) if self.nodes.objects(key, predicate.value) else None

    def _line(self, key: str, predicate: NamedNode) -> int:
        return self.nodes.line(key, predicate.value)

    def _id(self, key: str, term: Term, line: int = 0) -> str:
        named = key_of(term)
        found = None if named is None else self._ids(named)
        if found is None:
            mend = (
                "describe it in the file with a class of the ontology and a name, or name one that there is"
            )
            what = "a blank node" if named and named.startswith("_:") else short(str(term))
            raise Wrong(f"points to {what}, which is no entity", mend, line or self.nodes.line(key))
        return found


def short(text: str) -> str:
    """A text in a message."""
    return repr(text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…")
