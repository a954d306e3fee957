"""How RDF files are written: sorted, streamed, from templates, and never with an ill-typed literal."""

import io
import tracemalloc
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from graph.export import FORMATS, export, export_source
from graph.rdf import quads, triples
from graph.rdf_reading import Records, read_quads
from graph.reading import read_content
from graph.records import Entity, Evidence, Statement, make_statement, text_hash
from graph.sources import About, Held, Keyed, Source, Stored
from schema.errors import DataError, UsageError
from tests import conftest
from tests import rdf_samples as sample
from tests.rdf_samples import BASE, ENTITIES, SCHEMA, STATEMENTS

Graph = tuple[list[Entity], list[Statement]]
LINES = {"ntriples": RdfFormat.N_TRIPLES, "nquads": RdfFormat.N_QUADS}
TERMED = {"turtle": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, **LINES}


def written(name: str, source: Source, *, triple_terms: bool = False) -> bytes:
    out = io.BytesIO()
    export_source(name, SCHEMA, source, BASE, out, triple_terms=triple_terms)
    return out.getvalue()


@given(sample.graphs(), st.sampled_from(list(LINES)))
@settings(max_examples=60)
def test_lines_are_sorted_and_each_is_there_once(graph: Graph, name: str) -> None:
    lines = written(name, Held(*graph)).splitlines(keepends=True)
    assert lines == sorted(set(lines))


@given(sample.graphs(), st.sampled_from([name for name in FORMATS if name in TERMED or name == "jsonld"]))
@settings(max_examples=100)
def test_what_is_written_from_templates_is_what_the_terms_say(graph: Graph, name: str) -> None:
    kind = {**TERMED, "jsonld": RdfFormat.JSON_LD}[name]
    found = list(parse(written(name, Held(*graph)), kind))
    made = quads(SCHEMA, *graph, BASE) if name in ("trig", "nquads") else triples(SCHEMA, *graph, BASE)
    assert len(found) == len(set(found))
    assert {str(one) for one in found} == {str(one) for one in made}


def test_ids_that_begin_alike_are_sorted_as_lines() -> None:
    keys = ["org/a", "org/a-b", "org/a-b-c", "org/a0", "org/ab", "org/b", "org/1", "org/10", "org/2"]
    entities = [Entity(key, ("OtherOrganization",), key) for key in keys]
    lines = written("ntriples", Held(entities, ())).splitlines()
    assert lines == sorted(lines)
    assert len({line.split()[0] for line in lines}) == len(keys)


@pytest.mark.parametrize(
    ("predicate", "value", "qualifiers"),
    [
        ("HELD_ON", "2023-02-30", {}),
        ("HELD_ON", "last spring", {}),
        ("HELD_ON", "2023", {"date": "13/2023"}),
        ("FUNDS", "unit/cell", {"amount": "lots"}),
        ("SUPPORTS", "unit/cell", {"onBehalfOf": "the <bureau>"}),
        ("SUPPORTS", "no id", {}),
        ("NAMED_AS", "half \ud83d", {}),
        ("NAMED_AS", "a name", {"colour": "red"}),
    ],
)
@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml"])
def test_a_value_that_is_none_of_its_datatype_does_not_go_out(
    name: str, predicate: str, value: str, qualifiers: Mapping[str, str]
) -> None:
    made = make_statement(SCHEMA, "dialogue/1", predicate, value.replace("\ud83d", ""), qualifiers=qualifiers)
    literal = made.object is None
    statement = replace(made, value=value if literal else None, object=None if literal else value)
    with pytest.raises(DataError, match=r"(dialogue/1|s[0-9a-f]+) cannot be written as RDF: .*"):
        written(name, Held((), [statement]))


def test_no_literal_of_a_random_graph_is_ill_typed() -> None:
    graph = rdflib.Graph().parse(data=written("ntriples", Held(ENTITIES, STATEMENTS)), format="nt")
    literals = [o for o in graph.objects() if isinstance(o, rdflib.Literal)]
    assert literals
    assert not [one for one in literals if one.ill_typed]


def test_texts_in_our_own_words_are_english_and_quotes_are_of_their_document() -> None:
    letter = next(e for e in ENTITIES if e.id == sample.LETTER)
    spanish = replace(letter, properties={**letter.properties, "language": "es"})
    entities = [spanish if e.id == letter.id else e for e in ENTITIES]
    text = written("turtle", Held(entities, STATEMENTS)).decode()
    assert f'oa:exact "{sample.CLAUSE}"@es' in text
    assert 'rdfs:comment "The bureau backs the cell."@en' in text
    assert 'carisec:acronyms "HB"' in text
    assert f'oa:exact "{sample.CLAUSE}" .' in written("turtle", Held(ENTITIES, STATEMENTS)).decode()


@given(sample.graphs(), st.sampled_from(list(TERMED)))
@settings(max_examples=40)
def test_triple_terms_say_what_subject_predicate_and_object_say(graph: Graph, name: str) -> None:
    found = list(parse(written(name, Held(*graph), triple_terms=True), TERMED[name]))
    reified = [q for q in found if q.predicate.value.endswith("#reifies")]
    assert {q.subject.value.rpartition("/")[2] for q in reified} == {s.id for s in graph[1]}
    assert all(isinstance(q.object, Triple) for q in reified)
    assert not [q for q in found if q.predicate.value.endswith(("ns#subject", "ns#object"))]
    assert read_quads(SCHEMA, found, BASE) == Records(*graph)


@pytest.mark.parametrize("name", ["jsonld", "rdfxml", "csv", "gexf"])
def test_formats_without_triple_terms_say_so(name: str) -> None:
    with pytest.raises(UsageError, match=r"no triple terms of RDF 1\.2; these formats have: turtle"):
        written(name, Held(ENTITIES, STATEMENTS), triple_terms=True)


def test_what_is_only_named_goes_out_with_name_and_types() -> None:
    cell = next(e for e in ENTITIES if e.id == "unit/cell")
    out = io.BytesIO()
    export("turtle", SCHEMA, [], [sample.SUPPORTS], BASE, out, [cell])
    node = out.getvalue().decode().partition("\nunit:cell ")[2].partition(" .\n")[0]
    assert 'rdfs:label "Tracing Cell"@en' in node
    assert "carisec:Unit" in node
    assert "altLabel" not in node


class Endless:
    """A graph of any size that is made while it is read."""

    def __init__(self, statements: int) -> None:
        self._count = statements
        self._document = Entity("document/d", ("Document",), "D", properties={"language": "en"})

    def _statement(self, number: int) -> Statement:
        quote = f"Agency {number} helps the cell."
        evidence = Evidence("document/d", number, number + len(quote), text_hash(quote), quote=quote)
        return make_statement(SCHEMA, f"agency/a{number}", "SUPPORTS", "unit/cell", evidence=[evidence])

    def entities(self) -> Iterator[Entity]:
        for about in self.subjects():
            assert about.entity
            yield about.entity

    def subjects(self) -> Iterator[About]:
        for number in range(self._count):
            key = f"agency/a{number}"
            yield About(key, Entity(key, ("Agency",), f"Agency {number}"), [self._statement(number)])
        yield About("document/d", self._document, ())

    def statements(self) -> Iterator[tuple[Statement, Keyed]]:
        for number in range(self._count):
            one = self._statement(number)
            yield one, [(e.id_for(one.id), e) for e in one.evidence]

    def evidence(self) -> Iterator[tuple[str, str, Evidence]]:
        for one, keyed in self.statements():
            for key, evidence in keyed:
                yield key, one.id, evidence

    def documents(self) -> Iterator[str]:
        yield "document/d"

    def resting_on(self, document: str) -> Iterator[Statement]:
        return (one for one, _ in self.statements() if document in one.documents)

    def languages(self) -> Mapping[str, str]:
        return {"document/d": "en"}


class Drain(io.RawIOBase):
    """Takes what is written, and keeps its length."""

    length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        assert isinstance(data, bytes)
        self.length += len(data)
        return len(data)


@pytest.mark.parametrize("name", ["turtle", "ntriples", "nquads", "jsonld", "jsonl"])
def test_memory_does_not_grow_with_the_graph(name: str) -> None:
    def peak(statements: int) -> tuple[int, int]:
        out = Drain()
        tracemalloc.start()
        try:
            export_source(name, SCHEMA, Endless(statements), BASE, out)  # type: ignore[arg-type]
            return tracemalloc.get_traced_memory()[1], out.length
        finally:
            tracemalloc.stop()

    peak(100)  # what is made once
    few, small = peak(1500)
    many, large = peak(4500)
    assert large > 2.9 * small
    assert many < 1.5 * few + 100_000


RDFLIB = {
    "turtle": "turtle",
    "ntriples": "nt",
    "jsonld": "json-ld",
    "rdfxml": "xml",
    "nquads": "nquads",
    "trig": "trig",
}
KINDS = {**TERMED, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}


# rdflib's own parsers use what it has deprecated.
@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated")
@conftest.embedded_only
def test_every_format_of_the_whole_graph_is_one_graph_to_all_readers(graph: conftest.Graph) -> None:
    """Without blank nodes, graphs are isomorphic if they have the same triples."""
    content = read_content(graph.store, SCHEMA)
    held = Held(content.entities, content.statements)
    seen: dict[str, set[frozenset[str]]] = {"triples": set(), "quads": set()}
    for name, kind in KINDS.items():
        body = written(name, held)
        by_graph = name in ("nquads", "trig")
        found = frozenset(map(_line_of, parse(body, kind)))
        if by_graph:
            read = rdflib.Dataset().parse(data=body, format=RDFLIB[name])
            assert isinstance(read, rdflib.Dataset)
            rows = {_line((s, p, o, rdflib.URIRef(str(g)))) for s, p, o, g in read.quads()}
        else:
            rows = {_line(row) for row in rdflib.Graph().parse(data=body, format=RDFLIB[name])}
        assert rows == found
        seen["quads" if by_graph else "triples"].add(found)
    assert len(seen["triples"]) == len(seen["quads"]) == 1


def _line(terms: Iterable[rdflib.term.Node]) -> str:
    return " ".join(
        repr((str(term), term.language, str(term.datatype or "")))
        if isinstance(term, rdflib.Literal)
        else repr(str(term))
        for term in terms
    )


def _line_of(one: Quad | Triple) -> str:
    terms = [one.subject, one.predicate, one.object]
    if isinstance(one, Quad) and not isinstance(one.graph_name, DefaultGraph):
        terms.append(one.graph_name)
    return " ".join(map(_told, terms))


def _told(term: object) -> str:
    """A term of pyoxigraph as `_line` tells one of rdflib, to which text without a type is none."""
    if not isinstance(term, Literal):
        assert isinstance(term, NamedNode)
        return repr(term.value)
    plain = term.language or term.datatype.value == str(rdflib.XSD.string)
    return repr((term.value, term.language, "" if plain else term.datatype.value))


def test_the_graph_is_written_page_by_page_as_from_memory(graph: conftest.Graph) -> None:
    content = read_content(graph.store, SCHEMA)
    held = Held(content.entities, content.statements)
    stored = Stored(graph.store, SCHEMA)
    for name in ("ntriples", "nquads", "trig", "csv"):
        assert written(name, stored) == written(name, held)
