"""The triples of an RDF file by subject, as far as they can say something about records, with their lines."""

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph import vocabulary as v
from schema.values import SCHEMA_NS

Term = NamedNode | BlankNode | Literal | Triple

SCHEMA_NAMES = tuple(NamedNode(f"{scheme}://schema.org/name") for scheme in ("http", "https"))
PREFIX, SUFFIX = NamedNode(v.OA + "prefix"), NamedNode(v.OA + "suffix")
_NAMESPACES = (SCHEMA_NS, v.RDF, v.OA)
_READ = frozenset(
    term.value
    for term in (
        v.LABEL,
        v.COMMENT,
        v.PREF_LABEL,
        v.ALT_LABEL,
        *v.MATCHES.values(),
        v.SAME_AS,
        v.DERIVED_FROM,
        *SCHEMA_NAMES,
    )
)


def key_of(term: Term) -> str | None:
    """Key of a resource: its IRI, or `_:` and the label of a blank node; None for what is neither."""
    if isinstance(term, NamedNode):
        return term.value
    return f"_:{term.value}" if isinstance(term, BlankNode) else None


def shown(key: str) -> str:
    """A key in a message."""
    return "a blank node" if key.startswith("_:") else f"<{key}>"


class Nodes:
    """Resources by key, each with its predicates and their objects, every triple once.

    Graph names are left out, and so are predicates that say nothing about records. A line is that on which
    the triple ended when it was read, 0 where that is not known.
    """

    def __init__(self, triples: Iterable[Quad] | Iterable[Triple] = ()) -> None:
        self._nodes: dict[str, dict[str, dict[Term, int]]] = {}
        for triple in triples:
            self.add(triple, 0)

    def add(self, triple: Quad | Triple, line: int) -> None:
        predicate = triple.predicate.value
        if not (predicate.startswith(_NAMESPACES) or predicate in _READ):
            return
        key = key_of(triple.subject)
        if key is not None:
            self._nodes.setdefault(key, {}).setdefault(predicate, {}).setdefault(triple.object, line)

    def __contains__(self, key: str) -> bool:
        return key in self._nodes

    def __iter__(self) -> Iterator[str]:
        return iter(self._nodes)

    def predicates(self, key: str) -> Iterable[str]:
        return self._nodes.get(key, {}).keys()

    def objects(self, key: str, predicate: str) -> list[Term]:
        """What stands behind a predicate, in the order of the file."""
        return list(self._nodes.get(key, {}).get(predicate, ()))

    def line(self, key: str, predicate: str = "", term: Term | None = None) -> int:
        """Line of a triple; without a term of the predicate's first one, without either of the node's."""
        node = self._nodes.get(key, {})
        objects = node.get(predicate) or next(iter(node.values()), {})
        return objects.get(term, 0) if term in objects else next(iter(objects.values()), 0)

    def instances(self, *kinds: NamedNode) -> list[str]:
        """Keys of the resources of one of these classes, sorted."""
        return sorted(
            key
            for key, node in self._nodes.items()
            if not node.get(v.TYPE.value, {}).keys().isdisjoint(kinds)
        )
