"""The way back from RDF to entities and statements: reads what `graph.rdf` writes.

Direct triples, SKOS links and the like repeat what the records say, and are not read. RDF knows no order of
names; they come back in that of the file, so an export read as it was written gives the same records.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph import vocabulary as v
from graph.records import STATUSES, Clock, Entity, Evidence, Statement, Value, merge
from schema.errors import DataError, Fault
from schema.model import Field, Predicate, Schema
from schema.values import ENTITY_ID, XSD

_Node = dict[str, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Records:
    """What an RDF file says: entities and statements, each sorted by id."""

    entities: list[Entity]
    statements: list[Statement]


def read_quads(
    schema: Schema, quads: Iterable[Quad] | Iterable[Triple], base_iri: str, source: str = "RDF"
) -> Records:
    """Records of an export in RDF, of whatever format; quads and triples do alike.

    Raises DataError with every fault; each names the IRI at fault, and `source` as its file. A line is not
    known after parsing and is given as 1.
    """
    reader = _Reader(schema, base_iri, _by_subject(quads))
    faults: list[Fault] = []
    entities, statements = [], []
    for iri in reader.instances(v.ENTITY):
        try:
            entities.append(reader.entity(iri))
        except ValueError as error:
            faults.append(Fault(source, 1, f"<{iri}> {error}"))
    for iri in reader.instances(v.STATEMENT):
        try:
            statements.append(reader.statement(iri))
        except ValueError as error:
            faults.append(Fault(source, 1, f"<{iri}> {error}"))
    if faults:
        raise DataError(faults)
    return Records(sorted(entities, key=lambda e: e.id), merge(statements))


def _by_subject(quads: Iterable[Quad] | Iterable[Triple]) -> dict[str, _Node]:
    """Subject to predicate to objects, each once; what has blank nodes is none of ours and is left out."""
    seen: dict[str, dict[str, dict[NamedNode | Literal, None]]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, (NamedNode, Literal)):
            seen.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, {})[quad.object] = None
    return {subject: {p: list(objects) for p, objects in node.items()} for subject, node in seen.items()}


class _Reader:
    """Makes one record at a time. Its methods raise ValueError with what is wrong about the IRI."""

    def __init__(self, schema: Schema, base_iri: str, nodes: dict[str, _Node]) -> None:
        self._schema = schema
        self._iris = v.Iris(base_iri)
        self._nodes = nodes
        self._attributes = [f for f in schema.attributes.values() if f.name not in ("name", "aliases")]
        self._types = {t.iri: t.name for t in schema.types.values()}
        self._predicates = {p.iri: p for p in schema.predicates.values()}

    def instances(self, kind: NamedNode) -> list[str]:
        """IRIs of a class under the base IRI, sorted."""
        return sorted(
            iri
            for iri, node in self._nodes.items()
            if kind in node.get(v.TYPE.value, ()) and self._iris.record_id(iri) is not None
        )

    def entity(self, iri: str) -> Entity:
        node = self._nodes[iri]
        key = self._iris.record_id(iri) or ""
        properties = dict(self._properties(iri, self._attributes))
        acronyms = properties.pop("acronyms", ())
        return Entity(
            id=key,
            types=self._own_types(key, node),
            name=self._text(iri, v.LABEL),
            aliases=tuple(o.value for o in node.get(v.ALT_LABEL.value, ())),
            acronyms=acronyms if isinstance(acronyms, tuple) else (),
            properties=dict(sorted(properties.items())),
        )

    def statement(self, iri: str) -> Statement:
        predicate = self._predicate(iri)
        target = self._one(iri, v.OBJECT)
        literal = predicate.datatype is not None
        status = self._text(iri, v.STATUS)
        if status not in STATUSES:
            raise ValueError(f"has the status {status!r}; it must be one of {', '.join(STATUSES)}")
        qualifiers = self._properties(iri, self._schema.qualifiers.values())
        return Statement(
            id=self._iris.record_id(iri) or "",
            subject=self._id(self._one(iri, v.SUBJECT)),
            predicate=predicate.name,
            object=None if literal else self._id(target),
            value=target.value if literal else None,
            qualifiers=dict(sorted((name, str(value)) for name, value in qualifiers)),
            status=status,
            evidence=tuple(
                self._evidence(each.value) for each in self._nodes[iri].get(v.HAS_EVIDENCE.value, ())
            ),
            clock=self._clock(iri),
        )

    def _clock(self, iri: str) -> Clock:
        terms = {"known": v.KNOWN_FROM, "since": v.VALID_FROM, "until": v.VALID_UNTIL}
        given = {name: term for name, term in terms.items() if self._nodes[iri].get(term.value)}
        return Clock(**{name: self._text(iri, term) for name, term in given.items()})

    def _evidence(self, iri: str) -> Evidence:
        clause = self._one(iri, v.HAS_TARGET).value
        selectors = [s.value for s in self._nodes.get(clause, {}).get(v.HAS_SELECTOR.value, ())]
        positions = [s for s in selectors if v.START.value in self._nodes.get(s, {})]
        quotes = [self._text(s, v.EXACT) for s in selectors if v.EXACT.value in self._nodes.get(s, {})]
        if len(positions) != 1:
            raise ValueError(f"rests on <{iri}>, which has {len(positions)} positions instead of one")
        summaries = self._nodes[iri].get(v.COMMENT.value, ())
        anchors = self._nodes[iri].get(v.ANCHOR.value, ())
        return Evidence(
            document=self._id(self._one(iri, v.DERIVED_FROM)),
            start=int(self._text(positions[0], v.START)),
            end=int(self._text(positions[0], v.END)),
            sha256=self._text(iri, v.CLAUSE_SHA256),
            rule=self._text(iri, v.RULE),
            confidence=float(self._text(iri, v.CONFIDENCE)),
            summary=summaries[0].value if summaries else None,
            quote=quotes[0] if quotes else None,
            anchor=anchors[0].value if anchors else None,
        )

    def _own_types(self, key: str, node: _Node) -> tuple[str, ...]:
        """The most specific types, before all the one that gives the id its prefix."""
        found = [self._types[o.value] for o in node[v.TYPE.value] if o.value in self._types]
        above = {label for name in found for label in self._schema.types[name].labels if label != name}
        prefix = key.partition("/")[0]
        own = (name for name in found if name not in above)
        return tuple(sorted(own, key=lambda name: self._schema.types[name].prefix != prefix))

    def _properties(self, iri: str, fields: Iterable[Field]) -> Iterator[tuple[str, Value]]:
        for field in fields:
            objects = self._nodes[iri].get(field.iri)
            if not objects:
                continue
            texts = [self._id(o) if field.datatype == ENTITY_ID else o.value for o in objects]
            if field.multiple:
                yield field.name, tuple(texts)
            elif len(texts) > 1:
                raise ValueError(f"has {len(texts)} values of {field.name} instead of one")
            else:
                yield field.name, texts[0] == "true" if field.datatype == XSD + "boolean" else texts[0]

    def _predicate(self, iri: str) -> Predicate:
        name = self._one(iri, v.PREDICATE).value
        if name not in self._predicates:
            raise ValueError(f"has the predicate <{name}>, which is not in the ontology")
        return self._predicates[name]

    def _one(self, iri: str, predicate: NamedNode) -> NamedNode | Literal:
        objects = self._nodes.get(iri, {}).get(predicate.value, ())
        if len(objects) != 1:
            raise ValueError(
                f"rests on {len(objects)} values of <{predicate.value}> of <{iri}> instead of one"
            )
        return objects[0]

    def _text(self, iri: str, predicate: NamedNode) -> str:
        return self._one(iri, predicate).value

    def _id(self, term: NamedNode | Literal) -> str:
        found = self._iris.entity_id(term.value) if isinstance(term, NamedNode) else None
        if found is None:
            raise ValueError(f"points to {term}, which is no entity under the base IRI")
        return found
