"""Which entity a resource of an RDF file is: one of ours, one of another file, or a new one with a new id."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode

from graph import vocabulary as v
from graph.rdf_nodes import Nodes, key_of, shown
from graph.rdf_reading import RecordReader
from graph.rdf_values import Wrong
from graph.records import Entity, slug
from schema.model import Schema

_SAME = (v.SAME_AS.value, v.EXACT_MATCH.value)
# Attributes by which a resource is one that is known: whatever has the same value is the same.
_CODES = ("wikidata", "iso3166", "sha256")
_HTTPS_WIKIDATA = v.WIKIDATA.replace("http:", "https:")


class Identities:
    """Ids of resources over all files; the same IRI is the same entity in every file.

    `known` are the entities that are there without these files.
    """

    def __init__(self, schema: Schema, known: Mapping[str, Entity]) -> None:
        self._schema = schema
        self._known = known
        self._by_code: dict[tuple[str, str], str] = {}
        for key in sorted(known):
            for name in _CODES:
                if isinstance(code := known[key].properties.get(name), str):
                    self._by_code.setdefault((name, code), key)
        self._by_iri: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def of_file(self, nodes: Nodes, iris: v.Iris, reader: RecordReader) -> dict[str, str]:
        """Id by key of all resources with a class of ours; what cannot have one is a fault of the reader."""
        classes = [NamedNode(t.iri) for t in self._schema.types.values()]
        same = _same_as(nodes)
        found: dict[str, str] = {}
        for key in nodes.instances(*classes):
            with reader.telling(key):
                found[key] = self._id(key, nodes, iris, reader, same.get(key, ()))
        return found

    def learn(self, ids: Mapping[str, str]) -> None:
        """What a file without faults says: its resources are known in others."""
        for key, id_ in ids.items():
            if not key.startswith("_:"):
                self._by_iri.setdefault(key, id_)
            self._made.setdefault(id_, key)

    def named(self, iri: str) -> str | None:
        """Id of an IRI that another file describes."""
        return self._by_iri.get(iri)

    def _id(self, key: str, nodes: Nodes, iris: v.Iris, reader: RecordReader, same: Iterable[str]) -> str:
        if (own := iris.entity_id(key)) is not None:
            return own
        matches = set(self._matches(key, nodes, iris, same))
        if len(matches) > 1:
            told = " and ".join(sorted(matches))
            raise Wrong(f"is said to be {told}", "take all but one of these away")
        if matches:
            return matches.pop()
        return self._minted(key, nodes, iris, reader)

    def _matches(self, key: str, nodes: Nodes, iris: v.Iris, same: Iterable[str]) -> Iterator[str]:
        for iri in same:
            known = iris.entity_id(iri) or self._by_iri.get(iri) or self._by_code.get(_wikidata(iri))
            if known is not None:
                yield known
        for name in _CODES:
            for term in nodes.objects(key, self._schema.attributes[name].iri):
                if (known := self._by_code.get((name, str(getattr(term, "value", ""))))) is not None:
                    yield known
        if key in self._by_iri:
            yield self._by_iri[key]

    def _minted(self, key: str, nodes: Nodes, iris: v.Iris, reader: RecordReader) -> str:
        """A new id: the prefix of its class and the slug of its name, or the code of a country."""
        types = reader.types(key)
        prefix = self._schema.types[types[0]].prefix if types else ""
        if not prefix or types == ("Organization",):
            below = self._schema.subtypes(types[0] if types else "Entity")
            narrower = ", ".join(name for name in below if name not in types)
            raise Wrong(f"is only {' and '.join(types)}", f"give it a narrower class: one of {narrower}")
        name = reader.names(key)[0]
        codes = nodes.objects(key, self._schema.attributes["iso3166"].iri)
        tail = slug(str(getattr(codes[0], "value", ""))) if types[0] == "Country" and codes else slug(name)
        if not tail:
            mend = f"give it an IRI of the form {iris.ids}{prefix}/…"
            raise Wrong("has a name without Latin letters and digits, of which no id can be made", mend)
        id_ = f"{prefix}/{tail}"
        holder = self._made.get(id_)
        if id_ in self._known or holder is not None:
            who = shown(holder) if holder is not None else self._known[id_].name
            mend = (
                f"if they are the same, add owl:sameAs <{iris.ids}{id_}>; "
                f"if not, give it an IRI of the form {iris.ids}{prefix}/…"
            )
            raise Wrong(f"would get the id {id_}, which is that of {who}", mend)
        self._made[id_] = key
        return id_


def _wikidata(iri: str) -> tuple[str, str]:
    """The code that an IRI of Wikidata stands for."""
    return "wikidata", iri.removeprefix(v.WIKIDATA).removeprefix(_HTTPS_WIKIDATA)


def _same_as(nodes: Nodes) -> Mapping[str, list[str]]:
    """What each resource is said to be, told from either side."""
    found: dict[str, list[str]] = defaultdict(list)
    for key in nodes:
        for predicate in _SAME:
            for term in nodes.objects(key, predicate):
                if (other := key_of(term)) is not None:
                    found[key].append(other)
                    found[other].append(key)
    return found
