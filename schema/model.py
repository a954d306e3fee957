"""Reads `ontology.ttl` into frozen dataclasses; the only reader of that file.

Object properties become relationship types: `:participatedIn` is `PARTICIPATED_IN`. Every reference is
resolved at load, and a dangling one is a SchemaError that names the term.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from schema.errors import Fault, SchemaError
from schema.values import SCHEMA_NS, is_datatype

ONTOLOGY = Path(__file__).with_name("ontology.ttl")
SHAPES = Path(__file__).with_name("shapes.ttl")
C = Namespace(SCHEMA_NS)

_RECORDS = frozenset({"Statement", "Evidence"})


@dataclass(frozen=True, slots=True)
class Type:
    """A class of entities; its name is the label in the graph.

    `labels` holds the name and the names of all its superclasses, `Entity` included, sorted.
    """

    name: str
    iri: str
    label: str
    comment: str
    prefix: str
    parents: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Predicate:
    """A predicate; `name` is its relationship type, `datatype` is set where its object is a literal.

    `identified_by` names the qualifiers that tell two statements with one subject and object apart. A `state`
    ends with the interval that dates it, an act stays done; what `speaks_ahead` may be true before its object
    begins.
    """

    name: str
    iri: str
    label: str
    inverse_label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    datatype: str | None
    symmetric: bool
    derived_only: bool
    state: bool
    speaks_ahead: bool
    identified_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute of entities or a qualifier of statements.

    `name` is its key in records and JSON, `property` its name on the node in the graph.
    """

    name: str
    property: str
    iri: str
    label: str
    comment: str
    domain: tuple[str, ...]
    datatype: str
    multiple: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """All types, predicates, attributes and qualifiers, by name."""

    version: str
    types: Mapping[str, Type]
    predicates: Mapping[str, Predicate]
    attributes: Mapping[str, Field]
    qualifiers: Mapping[str, Field]

    def labels_of(self, types: Iterable[str]) -> tuple[str, ...]:
        """Labels that a node of these types bears: their own and all supertypes', sorted."""
        return tuple(sorted({label for name in types for label in self.types[name].labels}))

    def fits(self, types: Iterable[str], allowed: Iterable[str]) -> bool:
        """Whether something of these types is of one of the allowed types or of a subtype of one."""
        return not set(self.labels_of(types)).isdisjoint(allowed)

    def subtypes(self, name: str) -> tuple[str, ...]:
        """The type itself and everything below it, sorted."""
        return tuple(sorted(t.name for t in self.types.values() if name in t.labels))

    @property
    def prefixes(self) -> Mapping[str, str]:
        """Id prefix to the most general type that owns it."""
        found: dict[str, str] = {}
        for kind in sorted(self.types.values(), key=lambda t: len(t.labels)):
            found.setdefault(kind.prefix, kind.name)
        return found


@cache
def load_schema(path: Path = ONTOLOGY) -> Schema:
    """Read the ontology. Raises SchemaError with every fault, each naming its term."""
    return _Reader(path).read()


def relationship_type(local_name: str) -> str:
    """`participatedIn` as a relationship type: `PARTICIPATED_IN`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", local_name).upper()


class _Reader:
    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.text = path.read_text("utf-8")
        self.graph = Graph().parse(data=self.text, format="turtle")
        self.faults: list[Fault] = []

    def read(self) -> Schema:
        types = {t.name: t for t in map(self._type, self._named(OWL.Class)) if t.name not in _RECORDS}
        qualifiers = {f.name: f for f in map(self._field, self._named(C.Qualifier))}
        properties = {f.property: f for f in qualifiers.values()}
        predicates = {}
        for kind in (OWL.ObjectProperty, C.ValueProperty):
            for term in self._named(kind):
                predicate = self._predicate(term, types, properties)
                predicates[predicate.name] = predicate
        attributes = {f.name: f for f in map(self._field, self._named(C.Attribute))}
        for field in attributes.values():
            self._check_types(C[field.property], field.domain, types)
        if self.faults:
            raise SchemaError(self.faults)
        version = str(next(self.graph.objects(None, OWL.versionInfo)))
        return Schema(version, types, predicates, attributes, qualifiers)

    def _named(self, kind: URIRef) -> list[URIRef]:
        terms = (s for s in self.graph.subjects(RDF.type, kind) if isinstance(s, URIRef))
        return sorted(s for s in terms if s.startswith(SCHEMA_NS))

    def _type(self, term: URIRef) -> Type:
        chain = [C.Entity, *self.graph.transitive_objects(term, RDFS.subClassOf)]
        labels = {_local(c) for c in chain if isinstance(c, URIRef) and c.startswith(SCHEMA_NS)}
        parents = (p for p in self.graph.objects(term, RDFS.subClassOf) if str(p).startswith(SCHEMA_NS))
        return Type(
            name=_local(term),
            iri=str(term),
            label=self._text(term, RDFS.label),
            comment=self._text(term, RDFS.comment),
            prefix=str(self.graph.value(term, C.idPrefix) or ""),
            parents=tuple(sorted(_local(p) for p in parents)),
            labels=tuple(sorted(labels)),
        )

    def _predicate(
        self, term: URIRef, types: Mapping[str, Type], qualifiers: Mapping[str, Field]
    ) -> Predicate:
        domain, range_ = self._union(term, RDFS.domain), self._union(term, RDFS.range)
        literal = (term, RDF.type, C.ValueProperty) in self.graph
        datatype = str(self.graph.value(term, RDFS.range)) if literal else None
        self._check_types(term, domain if literal else domain + range_, types)
        if datatype is not None and not is_datatype(datatype):
            self._fault(term, f"has the unknown datatype {datatype}")
        keys = []
        for key in sorted(map(_local, self.graph.objects(term, C.identifiedBy))):
            if key in qualifiers:
                keys.append(qualifiers[key].name)
            else:
                self._fault(term, f"is identified by {key}, which is no qualifier")
        return Predicate(
            name=relationship_type(_local(term)),
            iri=str(term),
            label=self._text(term, RDFS.label),
            inverse_label=str(self.graph.value(term, C.inverseLabel) or ""),
            comment=self._text(term, RDFS.comment),
            domain=domain,
            range=() if literal else range_,
            datatype=datatype,
            symmetric=(term, RDF.type, OWL.SymmetricProperty) in self.graph,
            derived_only=self.graph.value(term, C.derivedOnly) is not None,
            state=self.graph.value(term, C.state) is not None,
            speaks_ahead=self.graph.value(term, C.speaksAhead) is not None,
            identified_by=tuple(keys),
        )

    def _field(self, term: URIRef) -> Field:
        datatype = str(self.graph.value(term, RDFS.range) or XSD.string)
        if not is_datatype(datatype):
            self._fault(term, f"has the unknown datatype {datatype}")
        key = str(self.graph.value(term, C.key) or _local(term))
        qualifier = (term, RDF.type, C.Qualifier) in self.graph
        return Field(
            name=key,
            property=_local(term) if qualifier else key,
            iri=str(term),
            label=self._text(term, RDFS.label),
            comment=str(self.graph.value(term, RDFS.comment) or ""),
            domain=self._union(term, RDFS.domain),
            datatype=datatype,
            multiple=self.graph.value(term, C.multiple) is not None,
        )

    def _union(self, term: URIRef, link: URIRef) -> tuple[str, ...]:
        found = self.graph.value(term, link)
        if found is None:
            return ()
        union = self.graph.value(found, OWL.unionOf)
        members: Iterable[Node] = [found] if union is None else Collection(self.graph, union)
        return tuple(_local(m) for m in members)

    def _text(self, term: URIRef, link: URIRef) -> str:
        found = self.graph.value(term, link)
        if not isinstance(found, Literal):
            self._fault(term, f"has no {_local(link)}")
            return ""
        return str(found)

    def _check_types(self, term: URIRef, names: Iterable[str], types: Mapping[str, Type]) -> None:
        for name in names:
            if name not in types:
                self._fault(term, f"names the type {name}, which does not exist")

    def _fault(self, term: URIRef, message: str) -> None:
        name = _local(term)
        line = next((n for n, row in enumerate(self.text.splitlines(), 1) if row.startswith(f":{name} ")), 1)
        self.faults.append(Fault(self.file, line, f":{name} {message}", "mend the term in the ontology"))


def _local(term: Node) -> str:
    return re.split(r"[#/]", str(term))[-1]
