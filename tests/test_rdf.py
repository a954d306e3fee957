"""Records as RDF and back."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize
from rdflib.namespace import OWL, RDF, SKOS, XSD

from graph.rdf import quads, triples
from graph.rdf_reading import Records, read_quads
from graph.records import RETRACTED, Entity, Statement, make_statement
from schema.errors import DataError
from schema.model import C
from tests import rdf_samples as sample
from tests.rdf_samples import BASE, ENTITIES, ID, SCHEMA, STATEMENTS

Graph = tuple[list[Entity], list[Statement]]


def turtle_triples(entities: Iterable[Entity], statements: Iterable[Statement]) -> rdflib.Graph:
    """The union of all graphs as rdflib sees it."""
    data = serialize(triples(SCHEMA, entities, statements, BASE), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data or b"", format="nt")


def node(path: str) -> rdflib.URIRef:
    return rdflib.URIRef(ID + path)


@given(sample.graphs())
def test_graph_to_rdf_to_graph_is_the_same_graph(graph: Graph) -> None:
    entities, statements = graph
    assert read_quads(SCHEMA, quads(SCHEMA, entities, statements, BASE), BASE) == Records(
        entities, statements
    )
    assert read_quads(SCHEMA, triples(SCHEMA, entities, statements, BASE), BASE) == Records(
        entities, statements
    )


@given(sample.graphs())
def test_triples_are_the_union_of_all_graphs_without_doubles(graph: Graph) -> None:
    found = list(triples(SCHEMA, *graph, BASE))
    in_graphs = list(quads(SCHEMA, *graph, BASE))
    assert len(set(found)) == len(found)
    assert len(set(in_graphs)) == len(in_graphs)
    assert set(found) == {q.triple for q in in_graphs}


@given(sample.graphs(), st.randoms(use_true_random=False))
def test_statements_come_back_from_rdf_in_any_order(graph: Graph, chance: random.Random) -> None:
    shuffled = list(quads(SCHEMA, *graph, BASE))
    chance.shuffle(shuffled)
    found = read_quads(SCHEMA, shuffled, BASE)
    assert found.statements == graph[1]
    assert [(e.id, e.type, set(e.aliases)) for e in found.entities] == [
        (e.id, e.type, set(e.aliases)) for e in graph[0]
    ]


def test_sample_comes_back() -> None:
    assert read_quads(SCHEMA, quads(SCHEMA, ENTITIES, STATEMENTS, BASE), BASE) == Records(
        list(ENTITIES), list(STATEMENTS)
    )


def test_statement_with_its_evidence_in_full() -> None:
    key, evidence = sample.DATED.id, sample.DATED.evidence[0].id_for(sample.DATED.id)
    expected = f"""
        @prefix : <{C}> . @prefix id: <{ID}> . @prefix oa: <http://www.w3.org/ns/oa#> .
        @prefix prov: <http://www.w3.org/ns/prov#> . @prefix xsd: <{XSD}> . @prefix rdf: <{RDF}> .
        <{ID}dialogue/1> :heldOn "2023-11-16"^^xsd:date .
        <{ID}statement/{key}> a :Statement, rdf:Statement ;
            rdf:subject <{ID}dialogue/1> ; rdf:predicate :heldOn ; rdf:object "2023-11-16"^^xsd:date ;
            :status "accepted" ; prov:wasDerivedFrom <{ID}document/letter> ;
            :evidence <{ID}evidence/{evidence}> .
        <{ID}evidence/{evidence}> a :Evidence, oa:Annotation ; oa:hasBody <{ID}statement/{key}> ;
            prov:wasDerivedFrom <{ID}document/letter> ; :clauseSha256 "{sample.POINTER.sha256}" ;
            :rule "verb-helps" ; :confidence 0.85 ; oa:hasTarget <{ID}evidence/{evidence}#clause> .
        <{ID}evidence/{evidence}#clause> a oa:SpecificResource ; oa:hasSource <{ID}document/letter> ;
            oa:hasSelector <{ID}evidence/{evidence}#position> .
        <{ID}evidence/{evidence}#position> a oa:TextPositionSelector ;
            oa:start "{sample.START}"^^xsd:nonNegativeInteger ;
            oa:end "{sample.START + len(sample.CLAUSE)}"^^xsd:nonNegativeInteger .
    """
    assert set(turtle_triples([], [sample.DATED])) == set(
        rdflib.Graph().parse(data=expected, format="turtle")
    )


def test_quote_and_summary_stand_with_their_evidence() -> None:
    graph = turtle_triples([], [sample.SUPPORTS])
    pointer, curated = (
        rdflib.URIRef(f"{ID}evidence/{e.id_for(sample.SUPPORTS.id)}") for e in sample.SUPPORTS.evidence
    )
    exact = rdflib.URIRef("http://www.w3.org/ns/oa#exact")
    assert list(graph.subject_objects(exact)) == [
        (rdflib.URIRef(f"{pointer}#quote"), rdflib.Literal(sample.CLAUSE))
    ]
    assert list(graph.objects(curated, rdflib.RDFS.comment)) == [
        rdflib.Literal("The bureau backs the cell.", lang="en")
    ]
    assert list(graph.objects(pointer, rdflib.RDFS.comment)) == []


def test_qualifiers_have_their_datatypes() -> None:
    graph = turtle_triples([], STATEMENTS)
    supports, funds = node(f"statement/{sample.SUPPORTS.id}"), node(f"statement/{sample.FUNDS.id}")
    assert graph.value(supports, C.date) == rdflib.Literal("2022-11", datatype=XSD.gYearMonth)
    assert graph.value(supports, C.onBehalfOf) == node("country/aa")
    assert graph.value(supports, C.scope) == rdflib.Literal("training", lang="en")
    assert graph.value(funds, C.amount) == rdflib.Literal("391132.00 USD", datatype=C.Amount)
    assert graph.value(funds, C.actStatus) == rdflib.Literal("planned")
    assert graph.value(funds, C.status) == rdflib.Literal("candidate")


def test_only_accepted_statements_have_a_direct_triple() -> None:
    retracted = make_statement(SCHEMA, "country/aa", "USES", "unit/cell", status=RETRACTED)
    graph = turtle_triples([], [*STATEMENTS, retracted])
    assert (node("agency/bureau"), C.supports, node("unit/cell")) in graph
    assert (node("agency/bureau"), C.funds, None) not in graph
    assert (node("country/aa"), C.uses, None) not in graph
    assert graph.value(node(f"statement/{retracted.id}"), RDF.predicate) == C.uses


@pytest.mark.parametrize("form", [triples, quads])
def test_two_statements_of_one_triple_share_it(form: Callable[..., Iterable[Triple | Quad]]) -> None:
    found = [t for t in form(SCHEMA, [], STATEMENTS, BASE) if t.predicate.value == str(C.participatedIn)]
    assert [(t.subject, t.object) for t in found] == [
        (NamedNode(ID + "country/aa"), NamedNode(ID + "dialogue/1"))
    ]


def test_a_statement_stands_in_the_graph_of_each_of_its_documents() -> None:
    held: dict[str, set[Triple]] = {}
    for quad in quads(SCHEMA, ENTITIES, [sample.SUPPORTS], BASE):
        assert isinstance(quad.graph_name, NamedNode)
        held.setdefault(quad.graph_name.value, set()).add(quad.triple)
    letter, minutes, register = (
        held.pop(BASE + "graph/" + name) for name in ("document/letter", "document/minutes", "register")
    )
    assert held == {}
    assert register == set(triples(SCHEMA, ENTITIES, [], BASE))
    for graph, other, document, evidence in (
        (letter, minutes, "letter", sample.POINTER),
        (minutes, letter, "minutes", sample.CURATED),
    ):
        alone = replace(sample.SUPPORTS, evidence=(evidence,))
        assert graph == set(triples(SCHEMA, [], [alone], BASE))
        assert {
            t.object.value
            for t in graph
            if t.predicate.value.endswith("wasDerivedFrom") and isinstance(t.object, NamedNode)
        } == {ID + "document/" + document}
        assert not graph <= other


def test_a_statement_without_evidence_stands_in_the_register() -> None:
    bare = make_statement(SCHEMA, "country/aa", "USES", "unit/cell")
    assert {str(q.graph_name) for q in quads(SCHEMA, [], [bare], BASE)} == {f"<{BASE}graph/register>"}


@pytest.mark.parametrize(
    ("date", "datatype"),
    [
        ("2023", "gYear"),
        ("2023-11", "gYearMonth"),
        ("2023-11-16", "date"),
        ("2022-10-01/2023-09-30", "EDTF"),
        ("2023~", "EDTF"),
        ("2023-21", "EDTF"),
    ],
)
def test_a_partial_date_is_never_ill_typed(date: str, datatype: str) -> None:
    graph = turtle_triples([], [make_statement(SCHEMA, "dialogue/1", "HELD_ON", date)])
    found = graph.value(node("dialogue/1"), C.heldOn)
    assert isinstance(found, rdflib.Literal)
    assert str(found) == date
    assert str(found.datatype).endswith(datatype)
    assert not found.ill_typed


def test_types_are_given_with_all_their_superclasses() -> None:
    graph = turtle_triples(ENTITIES, [])
    assert set(graph.objects(node("unit/cell"), RDF.type)) == {C.Unit, C.Program, C.Organization, C.Entity}


def test_attributes_names_and_links() -> None:
    graph = turtle_triples(ENTITIES, [])
    bureau, seized = node("agency/bureau"), node("observation/seized")
    assert (
        graph.value(bureau, rdflib.RDFS.label)
        == graph.value(bureau, SKOS.prefLabel)
        == rdflib.Literal("Harbour Bureau", lang="en")
    )
    assert set(graph.objects(bureau, SKOS.altLabel)) == {
        rdflib.Literal("Bureau", lang="en"),
        rdflib.Literal("HB"),
    }
    assert set(graph.objects(bureau, C.acronyms)) == {rdflib.Literal("HB")}
    assert graph.value(bureau, C.country) == node("country/aa")
    assert graph.value(bureau, OWL.sameAs) == rdflib.URIRef("http://www.wikidata.org/entity/Q42")
    assert graph.value(node("country/aa"), C.iso3166) == rdflib.Literal("AA")
    assert graph.value(seized, C.value) == rdflib.Literal("344.50", datatype=XSD.decimal)
    assert graph.value(seized, C.cumulative) == rdflib.Literal("false", datatype=XSD.boolean)
    assert graph.value(node("dialogue/1"), C.ordinal) == rdflib.Literal("1", datatype=XSD.integer)


def test_topics_stand_in_their_scheme() -> None:
    graph = turtle_triples(ENTITIES, [])
    scheme, top, narrower = rdflib.URIRef(BASE + "topics"), node("topic/firearms"), node("topic/tracing")
    assert graph.value(scheme, RDF.type) == SKOS.ConceptScheme
    assert set(graph.subjects(SKOS.inScheme, scheme)) == {top, narrower}
    assert list(graph.subject_objects(SKOS.topConceptOf)) == [(top, scheme)]
    assert list(graph.subject_objects(SKOS.broader)) == [(narrower, top)]
    assert graph.value(top, SKOS.exactMatch) == rdflib.URIRef("http://www.wikidata.org/entity/Q43")
    assert graph.value(top, OWL.sameAs) is None


def test_what_is_no_wikidata_id_makes_no_link() -> None:
    graph = turtle_triples([Entity("agency/a", ("Agency",), "A", properties={"wikidata": "not one"})], [])
    assert graph.value(node("agency/a"), OWL.sameAs) is None
    assert graph.value(node("agency/a"), C.wikidata) == rdflib.Literal("not one")


STATEMENT, EVIDENCE = (
    f"statement/{sample.DATED.id}",
    f"evidence/{sample.DATED.evidence[0].id_for(sample.DATED.id)}",
)


@pytest.mark.parametrize(
    ("subject", "predicate", "new", "message"),
    [
        (STATEMENT, str(RDF.subject), None, "0 values"),
        (STATEMENT, str(RDF.subject), Literal("dialogue/1"), "no entity"),
        (STATEMENT, str(RDF.subject), NamedNode(ID + STATEMENT), "no entity"),
        (STATEMENT, str(RDF.predicate), NamedNode(str(C.likes)), "not in the ontology"),
        (STATEMENT, str(C.status), Literal("maybe"), "'maybe'"),
        (EVIDENCE + "#position", "http://www.w3.org/ns/oa#start", None, "0 positions"),
        (EVIDENCE + "#position", "http://www.w3.org/ns/oa#end", Literal("late"), "late"),
        ("country/aa", str(C.iso3166), (Literal("AA"), Literal("AB")), "2 values of iso3166"),
    ],
)
def test_faulty_rdf_is_named(
    subject: str, predicate: str, new: Literal | NamedNode | tuple[Literal, ...] | None, message: str
) -> None:
    at_fault = NamedNode(ID + subject), NamedNode(predicate)
    found: list[Quad] = [
        q for q in quads(SCHEMA, ENTITIES, STATEMENTS, BASE) if (q.subject, q.predicate) != at_fault
    ]
    for term in () if new is None else new if isinstance(new, tuple) else (new,):
        found.append(Quad(*at_fault, term))
    with pytest.raises(DataError) as caught:
        read_quads(SCHEMA, found, BASE, "file.nq")
    assert len(caught.value.faults) == 1
    assert message in str(caught.value)
    assert str(caught.value).startswith(
        f"file.nq:1: <{ID}{subject.partition('/')[0] if 'evidence' not in subject else 'statement'}"
    )


def test_rdf_of_others_is_passed_over() -> None:
    others = b"""<http://example.net/x> a <%s> . _:b <http://example.net/p> "x" .""" % str(C.Entity).encode()
    assert read_quads(SCHEMA, parse(others, RdfFormat.TURTLE), BASE) == Records([], [])
