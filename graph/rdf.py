"""Entities and statements as RDF: which triples each record makes.

An accepted statement goes out as its direct triple. Every statement goes out reified, and each of its
evidence as a Web Annotation: its body is the statement, its target the clause of the document, selected by
code-point offsets and, where the text is at hand, by the quote. `graph.rdf_writing` puts the triples into
files, `graph.rdf_reading` is the way back.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from pyoxigraph import NamedNode, Quad, Triple

from graph import vocabulary as v
from graph.notations import Notation, T, Terms, made_triple
from graph.records import ACCEPTED, FIRST_DAY, LAST_DAY, Clock, Entity, Evidence, Statement
from graph.sources import About, Held, Keyed, Source
from schema.errors import DataError, Fault
from schema.model import Schema
from schema.values import EDTF, ENTITY_ID, LANG_STRING, XSD, canonical, literal_datatype

REGISTER_GRAPH = "register"
# Names, summaries and values in our own words are written in English.
ENGLISH = "en"
_WIKIDATA_ID = re.compile("Q[1-9][0-9]*")
_STRING, _DATE, _OFFSET = XSD + "string", XSD + "date", XSD + "nonNegativeInteger"

# Predicate and object, and a subject with what is said of it: pairs of one predicate stand together.
R = TypeVar("R", covariant=True)
Pair = tuple[T, T]
Node = tuple[T, list[Pair[T]]]


class Describer(Generic[T]):
    """Makes the triples of one record at a time, in the terms of a notation.

    `languages` are those of documents, by id, for the clauses that are quoted. With `triple_terms` a
    statement names what it reifies by a triple term of RDF 1.2 instead of by subject, predicate and object.
    Raises DataError for a value that its datatype does not allow, so no literal is ill-typed.
    """

    def __init__(
        self,
        schema: Schema,
        base_iri: str,
        notation: Notation[T],
        languages: Mapping[str, str] | None = None,
        triple_terms: bool = False,
    ) -> None:
        self._schema = schema
        self._notation = notation
        self._languages = languages or {}
        self._triple_terms = triple_terms
        iris = v.Iris(base_iri)
        self._ids, self._scheme = iris.ids, iris.scheme.value
        self._statement = notation.within(iris.ids + "statement/")
        self._evidence = notation.within(iris.ids + "evidence/")
        # Each is asked for as often as there are records; a cache of some size keeps memory in bounds.
        self.resource: Callable[[str], T] = lru_cache(maxsize=20_000)(self._resource)
        self.value: Callable[[str, str], T] = lru_cache(maxsize=20_000)(self._literal)
        self.confidence = lru_cache(maxsize=1000)(self._decimal)
        self.day: Callable[[str], T] = lru_cache(maxsize=20_000)(self._date)
        self._kinds = lru_cache(maxsize=1000)(self._all_kinds)
        self._term = _Terms(notation)

    def subject(self, about: About) -> list[Node[T]]:
        """An entity with the direct triples of what is said of it; only name and types of a named one."""
        pairs: list[Pair[T]] = []
        try:
            if about.entity is not None:
                pairs += self._name(about.entity) if about.named else self.entity(about.entity)
            pairs += self.direct(about.said)
            return [(self.resource(about.id), pairs)]
        except UNFIT as error:
            raise unwritable(about.id, error) from error

    def entity(self, entity: Entity) -> list[Pair[T]]:
        """What the record of an entity says."""
        t, n = self._term, self._notation
        pairs = self._name(entity)
        # An acronym is of no language.
        tags = {alias: "" if alias in entity.acronyms else ENGLISH for alias in entity.aliases}
        pairs += [(t.alt_label, n.text(alias, tag)) for alias, tag in tags.items()]
        acronyms = n.predicate(self._schema.attributes["acronyms"].iri)
        pairs += [(acronyms, n.text(acronym)) for acronym in entity.acronyms]
        for name, value in sorted(entity.properties.items()):
            if name in v.MATCHES:
                continue
            field = self._schema.attributes[name]
            for one in value if isinstance(value, tuple) else (value,):
                pairs.append((n.predicate(field.iri), self.value(_text(one), field.datatype)))
        if entity.known not in (None, LAST_DAY):
            pairs.append((t.known_from, self.day(str(entity.known))))
        return pairs + self._links(entity)

    def direct(self, said: Iterable[Statement]) -> list[Pair[T]]:
        """The direct triples of accepted statements of one subject, each once and sorted."""
        found = {self._guarded(one) for one in said if one.status == ACCEPTED}
        return sorted(found, key=lambda pair: (str(pair[0]), str(pair[1]))) if len(found) > 1 else list(found)

    def statement(self, statement: Statement, keyed: Keyed) -> list[Node[T]]:
        """The reified statement with the ids of its evidence, which goes out on its own."""
        t, n = self._term, self._notation
        try:
            predicate, target = self._direct(statement)
            subject = self.resource(statement.subject)
            pairs = [(t.type, t.statement_kind), (t.type, t.rdf_statement_kind)]
            if self._triple_terms:
                pairs.append((t.reifies, n.triple(subject, predicate, target)))
            else:
                pairs += [
                    (t.subject, subject),
                    (t.predicate, n.iri(self._schema.predicates[statement.predicate].iri)),
                    (t.object, target),
                ]
            pairs.append((t.status, n.text(statement.status)))
            for name, text in sorted(statement.qualifiers.items()):
                field = self._schema.qualifiers[name]
                pairs.append((n.predicate(field.iri), self.value(text, field.datatype)))
            for term, day in zip(
                (t.known_from, t.valid_from, t.valid_until), days_of(statement.clock), strict=True
            ):
                pairs += [(term, self.day(day))] if day else []
            pairs += [(t.derived_from, self.resource(document)) for document in statement.documents]
            pairs += [(t.has_evidence, self._evidence(key)) for key, _ in keyed]
            return [(self._statement(statement.id), pairs)]
        except UNFIT as error:
            raise unwritable(statement.id, error) from error

    def evidence(self, key: str, statement: str, evidence: Evidence) -> list[Node[T]]:
        """The annotation of an evidence by its id, before it its clause, position and quote.

        In this order the lines of N-Triples are sorted.
        """
        t, n = self._term, self._notation
        try:
            iri = f"{self._ids}evidence/{key}"
            clause, position, quote = (n.iri(iri + part) for part in ("#clause", "#position", "#quote"))
            document = self.resource(evidence.document)
            pairs = [
                (t.type, t.evidence_kind),
                (t.type, t.annotation_kind),
                (t.has_body, self._statement(statement)),
                (t.derived_from, document),
                (t.clause_sha256, n.text(evidence.sha256)),
                (t.rule, n.text(evidence.rule)),
                (t.confidence, self.confidence(evidence.confidence)),
            ]
            if evidence.anchor is not None:
                pairs.append((t.anchor, n.text(evidence.anchor)))
            if evidence.summary is not None:
                pairs.append((t.comment, n.text(evidence.summary, ENGLISH)))
            pairs.append((t.has_target, clause))
            place = [
                (t.type, t.position_kind),
                (t.start, n.typed(str(evidence.start), _OFFSET)),
                (t.end, n.typed(str(evidence.end), _OFFSET)),
            ]
            selectors, quoted = [(t.has_selector, position)], []
            if evidence.quote is not None:
                selectors.append((t.has_selector, quote))
                quoted = [(quote, [(t.type, t.quote_kind), (t.exact, self.exact(evidence))])]
            whole = [(t.type, t.clause_kind), (t.has_source, document), *selectors]
            return [(clause, whole), (position, place), *quoted, (self._evidence(key), pairs)]
        except UNFIT as error:
            raise unwritable(key, error) from error

    def exact(self, evidence: Evidence) -> T:
        """The quote of an evidence in the language of its document."""
        return self._notation.text(evidence.quote or "", self._languages.get(evidence.document, ""))

    def scheme(self) -> list[Node[T]]:
        """The scheme that the topics are in."""
        t = self._term
        label = self._notation.text("Topics", ENGLISH)
        return [(self._notation.iri(self._scheme), [(t.type, t.scheme_kind), (t.pref_label, label)])]

    def _name(self, entity: Entity) -> list[Pair[T]]:
        t = self._term
        name = self._notation.text(entity.name, ENGLISH)
        return [*self._kinds(entity.types), (t.label, name), (t.pref_label, name)]

    def _all_kinds(self, types: tuple[str, ...]) -> list[Pair[T]]:
        """The types and all above them, the most specific ones first."""
        kinds = dict.fromkeys((*types, *self._schema.labels_of(types)))
        return [(self._term.type, self._notation.kind(self._schema.types[kind].iri)) for kind in kinds]

    def _links(self, entity: Entity) -> list[Pair[T]]:
        """What the standard vocabularies say: who else describes it, and a topic's place in its scheme."""
        t, n = self._term, self._notation
        topic = "Topic" in entity.types
        wikidata = entity.properties.get("wikidata")
        pairs = []
        if isinstance(wikidata, str) and _WIKIDATA_ID.fullmatch(wikidata):
            pairs.append((t.exact_match if topic else t.same_as, n.iri(v.WIKIDATA + wikidata)))
        for name, term in v.MATCHES.items():
            found = entity.properties.get(name)
            if isinstance(found, tuple):
                pairs += [(n.predicate(term.value), n.iri(one)) for one in found]
        if not topic:
            return pairs
        scheme = n.iri(self._scheme)
        pairs.append((t.in_scheme, scheme))
        parent = entity.properties.get("parent")
        pairs.append((t.broader, self.resource(parent)) if isinstance(parent, str) else (t.top_of, scheme))
        return pairs

    def _guarded(self, statement: Statement) -> Pair[T]:
        try:
            return self._direct(statement)
        except UNFIT as error:
            raise unwritable(statement.id, error) from error

    def _direct(self, statement: Statement) -> Pair[T]:
        rule = self._schema.predicates[statement.predicate]
        predicate = self._notation.predicate(rule.iri)
        if statement.object is not None:
            return predicate, self.resource(statement.object)
        return predicate, self.value(statement.value or "", rule.datatype or _STRING)

    def _resource(self, entity: str) -> T:
        return self._notation.iri(self._ids + entity)

    def _literal(self, text: str, datatype: str) -> T:
        """A value as its datatype has it. Raises ValueError for a text that is none."""
        if datatype == _STRING:
            return self._notation.text(text)
        if datatype == LANG_STRING:
            return self._notation.text(text, ENGLISH)
        fit = canonical(text, datatype)
        if datatype == ENTITY_ID:
            return self.resource(fit)
        return self._notation.typed(fit, literal_datatype(fit, datatype))

    def _decimal(self, number: float) -> T:
        text = format(Decimal(repr(number)), "f")
        return self._notation.typed(canonical(text, XSD + "decimal"), XSD + "decimal")

    def _date(self, day: str) -> T:
        return self._notation.typed(canonical(day, EDTF), _DATE)


def days_of(clock: Clock) -> tuple[str, str, str]:
    """Known, since and until, each empty where it limits nothing."""
    known, since, until = clock.known, clock.since, clock.until
    return (
        "" if known == LAST_DAY else known,
        "" if since == FIRST_DAY else since,
        "" if until == LAST_DAY else until,
    )


class Blocks(Protocol[R]):
    """What a record becomes: nodes for `Describer`, text for the writers of files."""

    def subject(self, about: About) -> R: ...
    def scheme(self) -> R: ...
    def statement(self, statement: Statement, keyed: Keyed) -> R: ...
    def evidence(self, key: str, statement: str, evidence: Evidence) -> R: ...


def grouped(blocks: Blocks[R], source: Source) -> Iterator[R]:
    """All of a source: entities with their direct triples, then each statement and its evidence."""
    topics = False
    for about in source.subjects():
        topics = topics or about.is_full_topic
        yield blocks.subject(about)
    if topics:
        yield blocks.scheme()
    for statement, keyed in source.statements():
        yield blocks.statement(statement, keyed)
        for key, evidence in keyed:
            yield blocks.evidence(key, statement.id, evidence)


def by_graph(blocks: Blocks[R], source: Source) -> Iterator[tuple[str, Iterator[R]]]:
    """The names of the graphs with what each holds: entities in the register's, and one for each document.

    A statement that rests on several documents stands in the graph of each, there with the evidence of that
    document only; one without evidence stands in the register's graph.
    """
    bare = Held((), source.resting_on(""))
    entities = Held(source.entities(), ())
    register = itertools.chain(grouped(blocks, entities), grouped(blocks, bare))
    for first in itertools.islice(register, 1):
        yield REGISTER_GRAPH, itertools.chain([first], register)
    for document in source.documents():
        if document:
            yield document, grouped(blocks, Held((), source.resting_on(document)))


def triples(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement], base_iri: str
) -> Iterator[Triple]:
    """The union of all graphs of `quads` as pyoxigraph's terms, no triple twice."""
    source = Held(entities, statements)
    describer = Describer(schema, base_iri, Terms(), source.languages())
    for subject, pairs in itertools.chain.from_iterable(grouped(describer, source)):
        for predicate, target in pairs:
            yield made_triple(subject, predicate, target)


def quads(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement], base_iri: str
) -> Iterator[Quad]:
    """Quads in named graphs: entities in `graph/register`, what a document says in `graph/<document id>`."""
    source = Held(entities, statements)
    describer = Describer(schema, base_iri, Terms(), source.languages())
    iris = v.Iris(base_iri)
    for name, nodes in by_graph(describer, source):
        graph = iris.graph(name)
        for subject, pairs in itertools.chain.from_iterable(nodes):
            for predicate, target in pairs:
                triple = made_triple(subject, predicate, target)
                yield Quad(triple.subject, triple.predicate, triple.object, graph)


class _Terms(Generic[T]):
    """The terms that every record is told with, written once."""

    def __init__(self, n: Notation[T]) -> None:
        def predicate(term: NamedNode) -> T:
            return n.predicate(term.value)

        def kind(term: NamedNode) -> T:
            return n.kind(term.value)

        self.type, self.label, self.comment = predicate(v.TYPE), predicate(v.LABEL), predicate(v.COMMENT)
        self.pref_label, self.alt_label = predicate(v.PREF_LABEL), predicate(v.ALT_LABEL)
        self.subject, self.predicate = predicate(v.SUBJECT), predicate(v.PREDICATE)
        self.object, self.reifies = predicate(v.OBJECT), predicate(v.REIFIES)
        self.status, self.has_evidence = predicate(v.STATUS), predicate(v.HAS_EVIDENCE)
        self.known_from, self.valid_from = predicate(v.KNOWN_FROM), predicate(v.VALID_FROM)
        self.valid_until, self.derived_from = predicate(v.VALID_UNTIL), predicate(v.DERIVED_FROM)
        self.has_body, self.has_target = predicate(v.HAS_BODY), predicate(v.HAS_TARGET)
        self.has_source, self.has_selector = predicate(v.HAS_SOURCE), predicate(v.HAS_SELECTOR)
        self.start, self.end, self.exact = predicate(v.START), predicate(v.END), predicate(v.EXACT)
        self.clause_sha256, self.rule = predicate(v.CLAUSE_SHA256), predicate(v.RULE)
        self.confidence, self.anchor = predicate(v.CONFIDENCE), predicate(v.ANCHOR)
        self.same_as, self.exact_match = predicate(v.SAME_AS), predicate(v.EXACT_MATCH)
        self.in_scheme, self.top_of = predicate(v.IN_SCHEME), predicate(v.TOP_CONCEPT_OF)
        self.broader = predicate(v.BROADER)
        self.statement_kind, self.rdf_statement_kind = kind(v.STATEMENT), kind(v.RDF_STATEMENT)
        self.evidence_kind, self.annotation_kind = kind(v.EVIDENCE), kind(v.ANNOTATION)
        self.clause_kind, self.position_kind = kind(v.SPECIFIC_RESOURCE), kind(v.POSITION_SELECTOR)
        self.quote_kind, self.scheme_kind = kind(v.QUOTE_SELECTOR), kind(v.CONCEPT_SCHEME)


# What a record raises that cannot go out.
UNFIT = (KeyError, TypeError, ValueError)


def unwritable(record: str, error: Exception) -> DataError:
    """The fault of a record that has a value which its datatype does not allow."""
    mend = "mend the record and load again"
    return DataError([Fault("graph", 1, f"{record} cannot be written as RDF: {error}", mend)])


def _text(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value
