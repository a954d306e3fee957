"""Entities and statements as RDF.

An accepted statement goes out as its direct triple. Every statement goes out reified, and each of its
evidence as a Web Annotation: its body is the statement, its target the clause of the document, selected by
code-point offsets and, where the text is at hand, by the quote. `graph.rdf_reading` is the way back.
"""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Quad, Triple

from graph import vocabulary as v
from graph.records import ACCEPTED, FIRST_DAY, LAST_DAY, Clock, Entity, Evidence, Statement, Value
from schema.model import Field, Schema
from schema.values import ENTITY_ID, XSD, literal_datatype

REGISTER_GRAPH = "register"
_WIKIDATA_ID = re.compile("Q[1-9][0-9]*")

Parts = tuple[NamedNode, NamedNode, NamedNode | Literal]


def quads(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement], base_iri: str
) -> Iterator[Quad]:
    """Quads in named graphs: entities in `graph/register`, what a document says in `graph/<document id>`.

    A statement that rests on several documents stands in the graph of each, there with the evidence of that
    document only; one without evidence stands in the register's graph. The order follows the input, no quad
    comes twice, and the statements are held in memory (they are grouped by document).
    """
    writer = _Writer(schema, base_iri)
    register = writer.iris.graph(REGISTER_GRAPH)
    for entity in entities:
        for parts in writer.entity(entity):
            yield Quad(*parts, register)
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        for document in statement.documents or ("",):
            by_document.setdefault(document, []).append(statement)
    for document in sorted(by_document):
        graph = writer.iris.graph(document) if document else register
        seen: set[Parts] = set()
        for statement in by_document[document]:
            for parts in writer.direct(statement):
                if parts not in seen:
                    seen.add(parts)
                    yield Quad(*parts, graph)
            for parts in writer.reified(statement, [e for e in statement.evidence if e.document == document]):
                yield Quad(*parts, graph)


def triples(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement], base_iri: str
) -> Iterator[Triple]:
    """The union of all graphs of `quads`, no triple twice, direct triples beside their subject.

    The statements are held in memory.
    """
    writer = _Writer(schema, base_iri)
    held = list(statements)
    direct: dict[str, set[Parts]] = {}
    for statement in held:
        direct.setdefault(statement.subject, set()).update(writer.direct(statement))
    for entity in entities:
        for parts in writer.entity(entity):
            yield Triple(*parts)
        yield from _in_order(direct.pop(entity.id, set()))
    for subject in sorted(direct):
        yield from _in_order(direct[subject])
    for statement in held:
        for parts in writer.reified(statement, statement.evidence):
            yield Triple(*parts)


def _in_order(found: Iterable[Parts]) -> Iterator[Triple]:
    for parts in sorted(found, key=lambda p: (p[1].value, p[2].value, str(p[2]))):
        yield Triple(*parts)


class _Writer:
    """Makes the triples of one record at a time, as tuples of subject, predicate and object."""

    def __init__(self, schema: Schema, base_iri: str) -> None:
        self.iris = v.Iris(base_iri)
        self._schema = schema
        self._classes = {name: NamedNode(t.iri) for name, t in schema.types.items()}
        self._predicates = {name: NamedNode(p.iri) for name, p in schema.predicates.items()}
        self._fields = {f.iri: NamedNode(f.iri) for f in _fields(schema)}
        self._datatypes: dict[str, NamedNode] = {}
        self._scheme_written = False

    def entity(self, entity: Entity) -> Iterator[Parts]:
        """Triples of an entity; the first topic brings those of the topic scheme with it."""
        me = self.iris.entity(entity.id)
        labels = self._schema.labels_of(entity.types)
        if "Topic" in labels:
            yield from self._scheme()
        for label in dict.fromkeys((*entity.types, *labels)):
            yield me, v.TYPE, self._classes[label]
        yield me, v.LABEL, Literal(entity.name)
        yield me, v.PREF_LABEL, Literal(entity.name)
        for alias in dict.fromkeys(entity.aliases):
            yield me, v.ALT_LABEL, Literal(alias)
        acronyms = self._fields[self._schema.attributes["acronyms"].iri]
        for acronym in dict.fromkeys(entity.acronyms):
            yield me, acronyms, Literal(acronym)
        for name, value in sorted(entity.properties.items()):
            yield from self._attribute(me, self._schema.attributes[name], value)
        if entity.known not in (None, LAST_DAY):
            yield me, v.KNOWN_FROM, self._typed(str(entity.known), XSD + "date")
        yield from self._links(me, entity, "Topic" in labels)

    def direct(self, statement: Statement) -> Iterator[Parts]:
        """The direct triple of an accepted statement; nothing for any other."""
        if statement.status == ACCEPTED:
            subject = self.iris.entity(statement.subject)
            yield subject, self._predicates[statement.predicate], self._object(statement)

    def reified(self, statement: Statement, evidence: Iterable[Evidence]) -> Iterator[Parts]:
        """Triples of the reified statement with some of its evidence."""
        me = self.iris.statement(statement.id)
        keyed = sorted(
            ((e.id_for(statement.id), e) for e in evidence),
            key=lambda pair: (pair[1].document, pair[1].start, pair[1].end, pair[0]),
        )
        yield me, v.TYPE, v.STATEMENT
        yield me, v.TYPE, v.RDF_STATEMENT
        yield me, v.SUBJECT, self.iris.entity(statement.subject)
        yield me, v.PREDICATE, self._predicates[statement.predicate]
        yield me, v.OBJECT, self._object(statement)
        yield me, v.STATUS, Literal(statement.status)
        for name, text in sorted(statement.qualifiers.items()):
            field = self._schema.qualifiers[name]
            yield me, self._fields[field.iri], self._value(text, field.datatype)
        for term, day in _days(statement.clock):
            yield me, term, self._typed(day, XSD + "date")
        for document in dict.fromkeys(e.document for _, e in keyed):
            yield me, v.DERIVED_FROM, self.iris.entity(document)
        for key, _ in keyed:
            yield me, v.HAS_EVIDENCE, self.iris.evidence(key)
        for key, each in keyed:
            yield from self._evidence(me, key, each)

    def _evidence(self, statement: NamedNode, key: str, evidence: Evidence) -> Iterator[Parts]:
        me, clause = self.iris.evidence(key), self.iris.evidence(key, "#clause")
        position, quote = self.iris.evidence(key, "#position"), self.iris.evidence(key, "#quote")
        document = self.iris.entity(evidence.document)
        yield me, v.TYPE, v.EVIDENCE
        yield me, v.TYPE, v.ANNOTATION
        yield me, v.HAS_BODY, statement
        yield me, v.DERIVED_FROM, document
        yield me, v.CLAUSE_SHA256, Literal(evidence.sha256)
        yield me, v.RULE, Literal(evidence.rule)
        confidence = format(Decimal(repr(evidence.confidence)), "f")
        yield me, v.CONFIDENCE, self._typed(confidence, XSD + "decimal")
        if evidence.anchor is not None:
            yield me, v.ANCHOR, Literal(evidence.anchor)
        if evidence.summary is not None:
            yield me, v.COMMENT, Literal(evidence.summary)
        yield me, v.HAS_TARGET, clause
        yield clause, v.TYPE, v.SPECIFIC_RESOURCE
        yield clause, v.HAS_SOURCE, document
        yield clause, v.HAS_SELECTOR, position
        if evidence.quote is not None:
            yield clause, v.HAS_SELECTOR, quote
        yield position, v.TYPE, v.POSITION_SELECTOR
        yield position, v.START, self._typed(str(evidence.start), XSD + "nonNegativeInteger")
        yield position, v.END, self._typed(str(evidence.end), XSD + "nonNegativeInteger")
        if evidence.quote is not None:
            yield quote, v.TYPE, v.QUOTE_SELECTOR
            yield quote, v.EXACT, Literal(evidence.quote)

    def _attribute(self, me: NamedNode, field: Field, value: Value) -> Iterator[Parts]:
        term = self._fields[field.iri]
        for one in dict.fromkeys(value if isinstance(value, tuple) else (value,)):
            text = str(one).lower() if isinstance(one, bool) else one
            yield me, term, self._value(text, field.datatype)

    def _links(self, me: NamedNode, entity: Entity, topic: bool) -> Iterator[Parts]:
        """What the standard vocabularies say about the same: Wikidata, and a topic's place in its scheme."""
        wikidata = entity.properties.get("wikidata")
        if isinstance(wikidata, str) and _WIKIDATA_ID.fullmatch(wikidata):
            yield me, v.EXACT_MATCH if topic else v.SAME_AS, NamedNode(v.WIKIDATA + wikidata)
        if not topic:
            return
        yield me, v.IN_SCHEME, self.iris.scheme
        parent = entity.properties.get("parent")
        if isinstance(parent, str):
            yield me, v.BROADER, self.iris.entity(parent)
        else:
            yield me, v.TOP_CONCEPT_OF, self.iris.scheme

    def _scheme(self) -> Iterator[Parts]:
        if not self._scheme_written:
            self._scheme_written = True
            yield self.iris.scheme, v.TYPE, v.CONCEPT_SCHEME
            yield self.iris.scheme, v.PREF_LABEL, Literal("Topics")

    def _object(self, statement: Statement) -> NamedNode | Literal:
        if statement.object is not None:
            return self.iris.entity(statement.object)
        datatype = self._schema.predicates[statement.predicate].datatype
        return self._value(statement.value or "", datatype or XSD + "string")

    def _value(self, text: str, datatype: str) -> NamedNode | Literal:
        if datatype == ENTITY_ID:
            return self.iris.entity(text)
        return self._typed(text, literal_datatype(text, datatype))

    def _typed(self, text: str, datatype: str) -> Literal:
        node = self._datatypes.get(datatype)
        if node is None:
            node = self._datatypes[datatype] = NamedNode(datatype)
        return Literal(text, datatype=node)


def _fields(schema: Schema) -> Iterator[Field]:
    yield from schema.attributes.values()
    yield from schema.qualifiers.values()


def _days(clock: Clock) -> Iterator[tuple[NamedNode, str]]:
    """The days of a clock that limit something."""
    days = ((v.KNOWN_FROM, clock.known), (v.VALID_FROM, clock.since), (v.VALID_UNTIL, clock.until))
    return ((term, day) for term, day in days if day not in (FIRST_DAY, LAST_DAY))
