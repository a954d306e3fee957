"""Reads `ontology.ttl` into frozen dataclasses; the only reader of that file.

Relationship properties become relationship types: `:participatedIn` is `PARTICIPATED_IN`. Every reference is
resolved at load, and a dangling one is a SchemaError that names the term. What people read about a term
(definition, notes, examples, alignments) is in `Schema.terms`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from schema.errors import Fault, SchemaError
from schema.values import EDTF, ENTITY_ID, SCHEMA_NS, is_datatype

ONTOLOGY = Path(__file__).with_name("ontology.ttl")
SHAPES = Path(__file__).with_name("shapes.ttl")
C = Namespace(SCHEMA_NS)

# How terms stand to those of others, by what says so.
_ALIGNMENTS = {
    RDFS.subClassOf: "subclass of",
    RDFS.subPropertyOf: "subproperty of",
    SKOS.closeMatch: "close to",
    RDFS.seeAlso: "see also",
}
# The kinds of terms by the first class of theirs that stands here.
_KINDS = {
    C.RelationshipProperty: "relationship",
    C.ValueProperty: "value",
    C.Qualifier: "qualifier",
    C.Attribute: "attribute",
    OWL.Class: "class",
    RDFS.Datatype: "datatype",
    OWL.AnnotationProperty: "annotation",
    OWL.ObjectProperty: "record",
    OWL.DatatypeProperty: "record",
}


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
class Alignment:
    """How a term stands to a term of others; `name` is that term with its usual prefix: `org:memberOf`.

    `relation` is `subclass of`, `subproperty of`, `close to` or `see also`.
    """

    relation: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology as the reference shows it.

    `kind` is class, relationship, inverse, value, qualifier, attribute, record (a property of statements or
    evidence in RDF), datatype, annotation or metaclass (a kind of properties). Names of own terms are
    without, those of others with a prefix; `domain` and `range` hold any of them, several as alternatives.
    `disjoint` holds own classes, `inverse` an own property or nothing.
    """

    name: str
    iri: str
    kind: str
    label: str
    comment: str
    notes: tuple[str, ...]
    examples: tuple[str, ...]
    parents: tuple[str, ...]
    alignments: tuple[Alignment, ...]
    disjoint: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    inverse: str


@dataclass(frozen=True, slots=True)
class Schema:
    """All types, predicates, attributes and qualifiers, by name; `terms` has these and all other terms.

    `namespaces` are the prefixes of the file with their namespaces, our own without a name.
    """

    version: str
    types: Mapping[str, Type]
    predicates: Mapping[str, Predicate]
    attributes: Mapping[str, Field]
    qualifiers: Mapping[str, Field]
    terms: Mapping[str, Term]
    namespaces: Mapping[str, str]

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
        self.graph = Graph(bind_namespaces="none").parse(data=self.text, format="turtle")
        self.faults: list[Fault] = []

    def read(self) -> Schema:
        below = set(self.graph.transitive_subjects(RDFS.subClassOf, C.Entity))
        types = {t.name: t for t in map(self._type, self._named(OWL.Class)) if C[t.name] in below}
        qualifiers = {f.name: f for f in map(self._field, self._named(C.Qualifier))}
        properties = {f.property: f for f in qualifiers.values()}
        predicates = {}
        for kind in (C.RelationshipProperty, C.ValueProperty):
            for term in self._named(kind):
                predicate = self._predicate(term, types, properties)
                predicates[predicate.name] = predicate
        attributes = {f.name: f for f in map(self._field, self._named(C.Attribute))}
        for field in attributes.values():
            self._check_types(URIRef(field.iri), field.domain, types)
        terms = {t.name: t for t in map(self._term, sorted(set(self._own(self.graph.subjects(RDF.type)))))}
        if self.faults:
            raise SchemaError(self.faults)
        version = str(next(self.graph.objects(None, OWL.versionInfo)))
        namespaces = {prefix: str(iri) for prefix, iri in sorted(self.graph.namespaces())}
        return Schema(version, types, predicates, attributes, qualifiers, terms, namespaces)

    def _own(self, terms: Iterable[Node]) -> list[URIRef]:
        return sorted(t for t in terms if isinstance(t, URIRef) and t.startswith(SCHEMA_NS))

    def _named(self, kind: URIRef) -> list[URIRef]:
        return self._own(self.graph.subjects(RDF.type, kind))

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
        datatype = self._datatype(term) if literal else None
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
            inverse_label=self._inverse_label(term),
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
        datatype = self._datatype(term)
        if not is_datatype(datatype):
            self._fault(term, f"has the unknown datatype {datatype}")
        key = str(self.graph.value(term, C.key) or _local(term))
        qualifier = (term, RDF.type, C.Qualifier) in self.graph
        return Field(
            name=key,
            property=_local(term) if qualifier else key,
            iri=str(term),
            label=self._text(term, RDFS.label),
            comment=self._text(term, RDFS.comment),
            domain=() if qualifier else self._union(term, RDFS.domain),
            datatype=datatype,
            multiple=self.graph.value(term, C.multiple) is not None,
        )

    def _datatype(self, term: URIRef) -> str:
        """Datatype of a property's values in records, where a date is EDTF and an entity its id."""
        if (term, RDF.type, OWL.ObjectProperty) in self.graph:
            return ENTITY_ID
        datatype = self.graph.value(term, RDFS.range) or XSD.string
        return EDTF if datatype == C.PartialDate else str(datatype)

    def _inverse_label(self, term: URIRef) -> str:
        """How a predicate reads from its object; nothing for one whose object is a literal."""
        symmetric = (term, RDF.type, OWL.SymmetricProperty) in self.graph
        inverse = term if symmetric else self.graph.value(predicate=OWL.inverseOf, object=term)
        return self._text(inverse, RDFS.label) if isinstance(inverse, URIRef) else ""

    def _term(self, term: URIRef) -> Term:
        """Any term of ours, as people read it."""
        own = (RDFS.subClassOf, RDFS.subPropertyOf)
        parents = [o for link in own for o in self._own(self.graph.objects(term, link))]
        ends = [self._union(term, link, self._name) for link in (RDFS.domain, RDFS.range)]
        of = self.graph.value(term, OWL.inverseOf) or self.graph.value(predicate=OWL.inverseOf, object=term)
        return Term(
            name=_local(term),
            iri=str(term),
            kind=self._kind(term),
            label=self._text(term, RDFS.label),
            comment=self._text(term, RDFS.comment),
            notes=self._texts(term, SKOS.scopeNote),
            examples=self._texts(term, SKOS.example),
            parents=tuple(sorted(map(_local, parents))),
            alignments=tuple(
                Alignment(relation, self._name(o), str(o))
                for link, relation in _ALIGNMENTS.items()
                for o in sorted(self.graph.objects(term, link), key=str)
                if not str(o).startswith(SCHEMA_NS)
            ),
            disjoint=self._disjoint(term),
            domain=ends[0],
            range=ends[1],
            inverse="" if of is None else _local(of),
        )

    def _kind(self, term: URIRef) -> str:
        kinds = set(self.graph.objects(term, RDF.type))
        if OWL.Class in kinds and RDF.Property in self.graph.objects(term, RDFS.subClassOf):
            return "metaclass"
        if self.graph.value(term, OWL.inverseOf) is not None:
            return "inverse"
        found = next((name for kind, name in _KINDS.items() if kind in kinds), None)
        if found is None:
            self._fault(term, "is of no kind that terms may have")
        return found or ""

    def _disjoint(self, term: URIRef) -> tuple[str, ...]:
        """Names of the classes that are said to have nothing in common with this one."""
        found = {*self.graph.objects(term, OWL.disjointWith), *self.graph.subjects(OWL.disjointWith, term)}
        for members in self.graph.objects(None, OWL.members):
            classes = set(Collection(self.graph, members))
            found |= classes if term in classes else set()
        return tuple(sorted(map(_local, found - {term})))

    def _name(self, term: Node) -> str:
        """Name of a term in the file: ours without, others' with their prefix."""
        return str(self.graph.qname(str(term))).removeprefix(":")

    def _texts(self, term: URIRef, link: URIRef) -> tuple[str, ...]:
        return tuple(sorted(map(str, self.graph.objects(term, link))))

    def _union(
        self, term: URIRef, link: URIRef, name: Callable[[Node], str] | None = None
    ) -> tuple[str, ...]:
        """Names of a domain or range, or of the members of its union."""
        found = self.graph.value(term, link)
        if found is None:
            return ()
        union = self.graph.value(found, OWL.unionOf)
        members: Iterable[Node] = [found] if union is None else Collection(self.graph, union)
        return tuple(map(name or _local, members))

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
