"""The way back from RDF to entities and statements: reads what `graph.rdf` writes, and RDF of others.

What others write may leave out what follows from the rest or has a default: names may stand in several
properties and languages, statements, evidence and selectors may be blank nodes, a statement may be told by
`rdf:reifies` and a triple term. Direct triples, SKOS links and the like repeat what the records say, and are
not read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph import vocabulary as v
from graph.rdf_evidence import EvidenceReader
from graph.rdf_nodes import SCHEMA_NAMES, Nodes, Term, key_of
from graph.rdf_values import Wrong, short
from graph.records import (
    CANDIDATE,
    STATUSES,
    Clock,
    Entity,
    Statement,
    Value,
    make_statement,
    merge,
)
from schema.errors import DataError
from schema.model import Field, Predicate, Schema
from schema.values import XSD

# Names by rank; where several are in English or no language, the first one is the name.
NAMES = (v.LABEL, v.PREF_LABEL, *SCHEMA_NAMES)


@dataclass(frozen=True, slots=True)
class Records:
    """What an RDF file says: entities and statements, each sorted by id."""

    entities: list[Entity]
    statements: list[Statement]


def read_quads(
    schema: Schema, quads: Iterable[Quad] | Iterable[Triple], base_iri: str, source: str = "RDF"
) -> Records:
    """Records of an export in RDF, of whatever format; quads and triples do alike.

    What has no IRI under the base IRI is passed over. Raises DataError with every fault; each names the IRI
    at fault, and `source` as its file. A line is not known after parsing and is given as 1.
    """
    iris = v.Iris(base_iri)
    reader = RecordReader(schema, Nodes(quads), iris, source, iris.entity_id)
    entities = [reader.entity(k, iris.record_id(k) or "") for k in reader.own(v.ENTITY)]
    statements = [reader.statement(k) for k in reader.own(v.STATEMENT)]
    if reader.faults:
        raise DataError(reader.faults)
    return Records(sorted((e for e in entities if e), key=lambda e: e.id), merge(s for s in statements if s))


class RecordReader(EvidenceReader):
    """Makes one record at a time; see its bases for `source`, `ids`, `texts` and `faults`."""

    def __init__(
        self,
        schema: Schema,
        nodes: Nodes,
        iris: v.Iris,
        source: str,
        ids: Callable[[str], str | None],
        texts: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(nodes, source, ids, texts)
        self._schema = schema
        self._iris = iris
        self._attributes = [f for f in schema.attributes.values() if f.name not in ("name", "aliases")]
        self._types = {t.iri: t.name for t in schema.types.values()}
        self._predicates = {p.iri: p for p in schema.predicates.values()}
        self._bodies: dict[str, list[str]] = {}
        for key in nodes:
            for body in nodes.objects(key, v.HAS_BODY.value):
                self._bodies.setdefault(key_of(body) or "", []).append(key)

    def own(self, kind: NamedNode) -> list[str]:
        """IRIs of a class under the base IRI, sorted."""
        return [key for key in self.nodes.instances(kind) if self._iris.record_id(key) is not None]

    # --- entities ---------------------------------------------------------------------------------------

    def entity(self, key: str, id_: str) -> Entity | None:
        """The entity of a resource, under this id; None after a fault."""
        before = len(self.faults)
        name, others = "", []
        with self.telling(key):
            name, *others = self.names(key)
        properties = dict(self._properties(key, self._attributes))
        acronyms = properties.pop("acronyms", ())
        short = acronyms if isinstance(acronyms, tuple) else ()
        if len(self.faults) > before:
            return None
        return Entity(
            id=id_,
            types=self.types(key, id_),
            name=name,
            aliases=tuple(one for one in (*others, *short) if one != name),
            acronyms=short,
            properties=dict(sorted(properties.items())),
        )

    def names(self, key: str) -> list[str]:
        """All names, the one to go by first. Raises Wrong where there is none."""
        name = self._schema.attributes["name"].iri
        ranked: list[tuple[bool, int, str]] = []
        for rank, predicate in enumerate((*(p.value for p in NAMES), name)):
            ranked += [
                (_foreign(term), rank, self._literal(key, predicate, term))
                for term in self.nodes.objects(key, predicate)
            ]
        ranked = [one for one in ranked if one[2].strip()]
        if not ranked:
            raise Wrong("has no name", 'give it one: rdfs:label "…"@en')
        main = min(ranked, key=lambda one: one[:2])[2]
        others = [text for *_, text in ranked]
        for predicate in (v.ALT_LABEL.value, self._schema.attributes["aliases"].iri):
            others += [self._literal(key, predicate, t) for t in self.nodes.objects(key, predicate)]
        return [main, *dict.fromkeys(one for one in others if one.strip() and one != main)]

    def types(self, key: str, id_: str = "") -> tuple[str, ...]:
        """The most specific types, before all the one that gives the id its prefix."""
        terms = (key_of(term) for term in self.nodes.objects(key, v.TYPE.value))
        found = [self._types[term] for term in terms if term in self._types]
        above = {label for name in found for label in self._schema.types[name].labels if label != name}
        prefix = id_.partition("/")[0]
        own = (name for name in found if name not in above)
        return tuple(sorted(own, key=lambda name: self._schema.types[name].prefix != prefix))

    # --- statements -------------------------------------------------------------------------------------

    def statement(self, key: str) -> Statement | None:
        """The statement of a resource, with the id of its IRI if that is ours; None after a fault."""
        before = len(self.faults)
        said: tuple[str, Predicate, str] | None = None
        with self.telling(key):
            said = self._said(key)
        status = CANDIDATE
        with self.telling(key):
            status = self._text(key, v.STATUS, CANDIDATE)
            if status not in STATUSES:
                mend = f"it must be one of {', '.join(STATUSES)}"
                raise Wrong(f"has the status {short(status)}", mend, self._line(key, v.STATUS))
        qualifiers = dict(self._properties(key, self._schema.qualifiers.values()))
        evidence = [self.evidence(key, each) for each in self._resting_on(key)]
        clock = Clock()
        with self.telling(key):
            clock = self._clock(key)
        if len(self.faults) > before or said is None:
            return None
        subject, predicate, target = said
        made = make_statement(
            self._schema,
            subject,
            predicate.name,
            target,
            qualifiers={name: str(value) for name, value in qualifiers.items()},
            status=status,
            evidence=[one for one in evidence if one is not None],
        )
        return replace(made, id=self._iris.record_id(key) or made.id, clock=clock)

    def said(self, key: str) -> tuple[Term, Term, Term]:
        """Subject, predicate and object as they stand. Raises Wrong where that is not one triple."""
        reified = [t for t in self.nodes.objects(key, v.REIFIES.value) if isinstance(t, Triple)]
        if not reified or any(self.nodes.objects(key, part.value) for part in _PARTS):
            return (self._one(key, v.SUBJECT), self._one(key, v.PREDICATE), self._one(key, v.OBJECT))
        if len(reified) > 1:
            mend = "make a statement of each"
            raise Wrong(f"reifies {len(reified)} triples instead of one", mend, self._line(key, v.REIFIES))
        return (reified[0].subject, reified[0].predicate, reified[0].object)

    def _said(self, key: str) -> tuple[str, Predicate, str]:
        subject, term, target = self.said(key)
        line = self._line(key, v.PREDICATE)
        predicate = self._predicates.get(key_of(term) or "")
        if predicate is None:
            mend = "use a predicate of the ontology; others are not guessed"
            raise Wrong(f"has the predicate {term}, which is not in the ontology", mend, line)
        if predicate.datatype is None:
            return self._id(key, subject), predicate, self._id(key, target)
        if not isinstance(target, Literal):
            raise Wrong(f"has the object {target}: {predicate.name} has a literal", "", line)
        value = self._canonical(key, predicate.name, target, predicate.datatype, line)
        return self._id(key, subject), predicate, value

    def _resting_on(self, key: str) -> list[str]:
        """Keys of a statement's evidence, told from either side."""
        told = [key_of(term) or str(term) for term in self.nodes.objects(key, v.HAS_EVIDENCE.value)]
        return list(dict.fromkeys([*told, *self._bodies.get(key, ())]))

    def _clock(self, key: str) -> Clock:
        terms = {"known": v.KNOWN_FROM, "since": v.VALID_FROM, "until": v.VALID_UNTIL}
        given = {name: t for name, t in terms.items() if self.nodes.objects(key, t.value)}
        return Clock(**{name: self._text(key, term) for name, term in given.items()})

    def _properties(self, key: str, fields: Iterable[Field]) -> Iterator[tuple[str, Value]]:
        for field in fields:
            objects = self.nodes.objects(key, field.iri)
            if field.name in v.MATCHES:
                objects += self._matches(key, field.name)
            if not objects:
                continue
            texts: list[str] = []
            for term in objects:
                with self.telling(key):
                    line = self.nodes.line(key, field.iri, term)
                    texts.append(self._canonical(key, field.name, term, field.datatype, line))
            if field.multiple:
                yield field.name, tuple(texts)
            elif len(objects) > 1:
                with self.telling(key):
                    line = self.nodes.line(key, field.iri, objects[-1])
                    raise Wrong(f"has {len(objects)} values of {field.name} instead of one", "keep one", line)
            elif texts:
                yield field.name, texts[0] == "true" if field.datatype == XSD + "boolean" else texts[0]

    def _matches(self, key: str, name: str) -> list[Term]:
        """What RDF has a term of its own for, without ours and without what `wikidata` says."""
        codes = self.nodes.objects(key, self._schema.attributes["wikidata"].iri)
        said = {v.WIKIDATA + str(getattr(code, "value", "")) for code in codes}
        found = self.nodes.objects(key, v.MATCHES[name].value)
        return [
            term
            for term in found
            if (iri := key_of(term)) is not None and iri not in said and self._iris.entity_id(iri) is None
        ]


_PARTS = (v.SUBJECT, v.PREDICATE, v.OBJECT)


def _foreign(term: Term) -> bool:
    """Whether a text is in a language other than English."""
    language = term.language if isinstance(term, Literal) else None
    return language is not None and language.partition("-")[0] != "en"
