"""The ontology as others see it: complete, spelt right, and without contradiction to what the graph says."""

import re
from collections import Counter
from collections.abc import Iterable

import owlrl
import pyoxigraph
import pytest
from pyoxigraph import NamedNode, RdfFormat
from rdflib import (
    DC,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SDO,
    SH,
    SKOS,
    VANN,
    XSD,
    Graph,
    Literal,
    URIRef,
)

from graph.changes import Content
from graph.rdf import quads, triples
from graph.records import ACCEPTED
from graph.vocabulary import prefixes
from loaders.build import Sources, build
from loaders.facts import read_facts
from loaders.pointers import read_pointers
from loaders.register import read_register
from schema.model import ONTOLOGY, SHAPES, C, Schema
from schema.serialization import forms_of

BASE = "https://w3id.org/carisec/"
ERROR = URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")  # how owlrl tells of an inconsistency
ONTOLOGY_IRI = URIRef(BASE + "schema")

# rdflib brings these vocabularies' terms; of the others, what may be used, each from its own publication.
CLOSED = {str(n._NS): n for n in (DC, DCTERMS, FOAF, ORG, OWL, PROV, QB, RDF, RDFS, SDO, SH, SKOS, VANN, XSD)}
LISTED = {
    # https://op.europa.eu/en/web/eu-vocabularies/eli
    "http://data.europa.eu/eli/ontology#": {"LegalResource", "based_on", "passed_by"},
    # https://www.w3.org/TR/annotation-vocab/
    "http://www.w3.org/ns/oa#": {
        "Annotation",
        "SpecificResource",
        "TextPositionSelector",
        "TextQuoteSelector",
        "end",
        "exact",
        "hasBody",
        "hasSelector",
        "hasSource",
        "hasTarget",
        "start",
    },
    # https://id.loc.gov/datatypes/edtf.html
    "http://id.loc.gov/datatypes/edtf/": {"EDTF"},
    # https://www.dublincore.org/specifications/bibo/
    "http://purl.org/ontology/bibo/": {"Document"},
}
NOT_TOLD_BY_TYPE = {"annotation", "metaclass", "datatype"}
# Whose entries the reviewed links lead to, beside Wikidata's.
OUTWARD = ("http://publications.europa.eu/resource/authority/",)
# What says something to people and nothing to a reasoner.
ANNOTATIONS = (
    *(RDFS.label, RDFS.comment, RDFS.isDefinedBy, RDFS.seeAlso, SKOS.prefLabel, SKOS.altLabel),
    *(SKOS.scopeNote, SKOS.example, SKOS.closeMatch, C.summary, C.sha256, C.clauseSha256),
)

# What the vocabularies of others say of their terms, as far as ours stand under them.
FOREIGN = """
@prefix bibo: <http://purl.org/ontology/bibo/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix org: <http://www.w3.org/ns/org#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
prov:Activity owl:disjointWith prov:Entity .
prov:wasDerivedFrom rdfs:domain prov:Entity ; rdfs:range prov:Entity .
foaf:Person rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Organization, foaf:Document .
foaf:Organization rdfs:subClassOf foaf:Agent ; owl:disjointWith foaf:Document .
bibo:Document owl:equivalentClass foaf:Document .
org:Organization rdfs:subClassOf foaf:Agent ; owl:equivalentClass foaf:Organization .
org:FormalOrganization rdfs:subClassOf org:Organization .
org:OrganizationalUnit rdfs:subClassOf org:Organization .
schema:GovernmentOrganization rdfs:subClassOf schema:Organization .
schema:Country rdfs:subClassOf schema:Place .
schema:Article rdfs:subClassOf schema:CreativeWork .
skos:Concept owl:disjointWith skos:ConceptScheme .
skos:broader rdfs:domain skos:Concept ; rdfs:range skos:Concept .
skos:inScheme rdfs:range skos:ConceptScheme .
skos:topConceptOf rdfs:domain skos:Concept ; rdfs:range skos:ConceptScheme .
oa:hasBody rdfs:domain oa:Annotation . oa:hasTarget rdfs:domain oa:Annotation .
oa:hasSource rdfs:domain oa:SpecificResource . oa:hasSelector rdfs:domain oa:SpecificResource .
"""


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return Graph(bind_namespaces="none").parse(ONTOLOGY)


@pytest.fixture(scope="module")
def real(schema: Schema) -> Content:
    """What a load without documents puts into the graph."""
    register = read_register(schema)
    pointers = read_pointers(schema, register.entities)
    return build(schema, Sources(register, read_facts(schema, register), {}, {}, pointers)).content


def own_terms(graph: Graph) -> set[URIRef]:
    return {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and s.startswith(str(C))}


def iris_of(graph: Graph) -> set[URIRef]:
    found = {term for triple in graph for term in triple if isinstance(term, URIRef)}
    return found | {t.datatype for t in graph.objects() if isinstance(t, Literal) and t.datatype}


def misspelt(iris: Iterable[str], ours: set[URIRef]) -> list[str]:
    """IRIs in a known namespace that its vocabulary does not have."""
    wrong = []
    for iri in iris:
        space, name = re.fullmatch(r"(.*[#/])([^#/]*)", iri).groups()  # type: ignore[union-attr]
        if space in CLOSED and name and URIRef(iri) not in CLOSED[space]:
            wrong.append(iri)
        if (space in LISTED and name not in LISTED[space]) or (space == str(C) and URIRef(iri) not in ours):
            wrong.append(iri)
    return wrong


# --- the file -------------------------------------------------------------------------------------------


def test_every_term_is_labelled_defined_and_of_a_kind(ontology: Graph) -> None:
    terms = own_terms(ontology)
    assert len(terms) > 130
    for term in terms:
        for said in (RDFS.label, RDFS.comment):
            texts = list(ontology.objects(term, said))
            assert [isinstance(t, Literal) and t.language for t in texts] == ["en"], (term, said)
        assert set(ontology.objects(term, RDFS.isDefinedBy)) == {ONTOLOGY_IRI}, term
        kinds = set(ontology.objects(term, RDF.type))
        assert kinds & {
            OWL.Class,
            OWL.ObjectProperty,
            OWL.DatatypeProperty,
            OWL.AnnotationProperty,
            RDFS.Datatype,
        }, term


def test_every_property_says_what_it_is_of_and_what_its_values_are(schema: Schema) -> None:
    for term in schema.terms.values():
        if term.kind not in {"class", *NOT_TOLD_BY_TYPE}:
            assert term.domain, term.name
            assert term.range, term.name


def test_every_relationship_has_an_inverse_that_turns_its_ends_round(schema: Schema) -> None:
    for term in (t for t in schema.terms.values() if t.kind == "relationship"):
        if schema.predicates["COOPERATES_WITH"].iri == term.iri:
            assert not term.inverse
            continue
        inverse = schema.terms[term.inverse]
        assert (inverse.domain, inverse.range, inverse.inverse) == (term.range, term.domain, term.name)


def test_the_ontology_says_what_it_is(ontology: Graph, schema: Schema) -> None:
    version = URIRef(f"{BASE}schema/{schema.version}")
    assert ontology.value(ONTOLOGY_IRI, OWL.versionIRI) == version
    for said in (DCTERMS.title, DCTERMS.creator, DCTERMS.license, DCTERMS.created, OWL.priorVersion):
        assert ontology.value(ONTOLOGY_IRI, said) is not None, said
    assert str(ontology.value(ONTOLOGY_IRI, VANN.preferredNamespaceUri)) == str(C)


def test_every_iri_is_of_a_declared_namespace_and_spelt_as_its_vocabulary_spells_it(ontology: Graph) -> None:
    ours = own_terms(ontology)
    for graph in (ontology, Graph(bind_namespaces="none").parse(SHAPES)):
        declared = tuple(str(space) for _, space in graph.namespaces())
        used = iris_of(graph)
        known = (*declared, BASE, "https://www.apache.org/licenses/LICENSE-2.0")
        assert [iri for iri in used if not str(iri).startswith(known)] == []
        assert misspelt(used, ours) == []


def test_a_misspelt_term_is_found(ontology: Graph) -> None:
    wrong = [str(ORG) + "memberof", str(C) + "suports", "http://www.w3.org/ns/oa#hasbody"]
    assert misspelt([*wrong, str(ORG) + "memberOf", str(C) + "supports"], own_terms(ontology)) == wrong


def test_the_whole_export_uses_declared_terms_only(schema: Schema, real: Content, ontology: Graph) -> None:
    used: set[str] = set()
    for quad in quads(schema, real.entities, real.statements, BASE):
        ends = (quad.subject, quad.predicate, quad.object, quad.graph_name)
        used |= {term.value for term in ends if isinstance(term, NamedNode)}
        if isinstance(quad.object, pyoxigraph.Literal):
            used.add(quad.object.datatype.value)
    known = (*prefixes(schema, BASE).values(), BASE, *OUTWARD)
    assert [iri for iri in used if not iri.startswith(known)] == []
    assert misspelt(used, own_terms(ontology)) == []
    assert str(C) + "supports" in used


def test_no_two_terms_have_one_name_or_one_label(schema: Schema) -> None:
    """Labels may repeat only between a qualifier and an attribute, which are never of one subject."""
    assert max(Counter(p.name for p in schema.predicates.values()).values()) == 1
    for fields in (schema.attributes.values(), schema.qualifiers.values()):
        assert len({f.name for f in fields}) == len({f.iri for f in fields})
    labels = Counter((t.label, t.kind) for t in schema.terms.values())
    assert [found for found, count in labels.items() if count > 1] == []
    classes = {t.name for t in schema.terms.values() if t.kind in ("class", "metaclass", "datatype")}
    assert not classes & (schema.terms.keys() - classes)


def test_no_class_is_under_itself(ontology: Graph) -> None:
    for link in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term in own_terms(ontology):
            above = (
                a
                for parent in ontology.objects(term, link)
                for a in ontology.transitive_objects(parent, link)
            )
            assert term not in set(above)


def test_examples_name_what_is_in_the_register(schema: Schema, real: Content) -> None:
    known = {e.id for e in real.entities}
    kinds = "|".join(filter(None, schema.prefixes))
    named_ids = [
        found
        for term in schema.terms.values()
        for example in term.examples
        for found in re.findall(rf"(?<![\w./])(?:{kinds})/[a-z0-9-]+", example)
    ]
    assert len(named_ids) > 50
    assert [one for one in named_ids if one not in known] == []


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_every_form_of_the_file_says_the_same_to_two_readers() -> None:
    forms = forms_of(ONTOLOGY)
    assert forms[".ttl"] == ONTOLOGY.read_bytes()
    names = {".ttl": "turtle", ".nt": "nt", ".rdf": "xml", ".jsonld": "json-ld"}
    for suffix, name in names.items():
        by_rdflib = Graph().parse(data=forms[suffix], format=name, publicID=BASE).serialize(format="nt")
        kind = RdfFormat.from_extension(suffix.removeprefix("."))
        assert canonical(forms[suffix], kind) == canonical(forms[".nt"], RdfFormat.N_TRIPLES), suffix
        assert canonical(by_rdflib, RdfFormat.N_TRIPLES) == canonical(forms[".nt"], RdfFormat.N_TRIPLES), (
            suffix
        )


def canonical(data: bytes | str, kind: RdfFormat | None) -> set[str]:
    """The triples with canonical names of blank nodes."""
    found = pyoxigraph.Dataset(pyoxigraph.parse(data, kind))
    found.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return set(map(str, found))


# --- reasoning ------------------------------------------------------------------------------------------


def reasoned(*texts: bytes | str) -> Graph:
    """The ontology, what stands above it and some triples, with all that follows from them in OWL 2 RL.

    Texts for people are left out before: nothing follows from them, and owlrl takes seconds to find that out.
    """
    graph = Graph("SimpleMemory").parse(ONTOLOGY).parse(data=FOREIGN, format="turtle")
    for text in texts:
        graph.parse(data=text, format="turtle")
    for said in ANNOTATIONS:
        graph.remove((None, said, None))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def errors(graph: Graph) -> list[str]:
    return sorted(str(o) for o in graph.objects(None, ERROR))


def part_of(schema: Schema, content: Content) -> list[tuple[str, str, str]]:
    """Triples in N-Triples: a statement of each predicate with its evidence, an entity of each set of types.

    The closure of the whole data takes minutes; that the ends of all statements are of the right types is
    tested where they are loaded.
    """
    seen: set[object] = set()
    statements, wanted = [], set[object]()
    for statement in content.statements:
        if statement.status == ACCEPTED and statement.predicate not in seen:
            seen.add(statement.predicate)
            statements.append(statement)
            wanted |= {statement.subject, statement.object, *statement.documents}
            wanted |= set(statement.qualifiers.values())
    for entity in content.entities:
        if entity.types not in seen or entity.id in wanted:
            seen.add(entity.types)
            wanted |= {entity.id, entity.properties.get("country"), entity.properties.get("parent")}
    entities = [e for e in content.entities if e.id in wanted]
    lines = (str(t).split(" ", 2) for t in triples(schema, entities, statements, BASE))
    return [(s, p, o) for s, p, o in lines]


def test_the_real_data_do_not_contradict_the_ontology(schema: Schema, real: Content) -> None:
    data = part_of(schema, real)
    told = {(s[1:-1], o[1:-1]) for s, p, o in data if p == f"<{RDF.type}>"}
    common = {t.iri for t in schema.types.values() if t.name not in ("Candidate", "Entity")}
    assert {iri for _, iri in told} >= common
    graph = reasoned("".join(f"{s} {p} {o} .\n" for s, p, o in data))
    assert errors(graph) == []
    # Nor does anything get a type of ours that the data do not tell: no domain or range says too much.
    classes = {URIRef(t.iri) for t in schema.terms.values() if t.kind == "class"}
    entailed = {
        (str(s), str(o))
        for o in classes
        for s in graph.subjects(RDF.type, o)
        if isinstance(s, URIRef) and s.startswith(BASE + "id/")
    }
    assert entailed == {pair for pair in told if URIRef(pair[1]) in classes}
    # And inverses are there for those who reason.
    supports = list(graph.subject_objects(C.supports))
    assert supports
    assert all((o, C.supportedBy, s) in graph for s, o in supports)


SEEDS = {
    "person-and-country": "<person-and-country> a :Person, :Country .",
    "country-in-office": "<country-in-office> a :Country ; :holdsPosition <agency> .",
    "signed-topic": "<signed-topic> a :Topic . <c> a :Country . <c> :signed <signed-topic> .",
    "pledging-agency": "<pledging-agency> a :Agency . <pledging-agency> :commitsTo <x> .",
    "program-and-document": "<program-and-document> a :Program, :Document .",
    "meeting-as-a-source": "<meeting-as-a-source> a :Event . <d> prov:wasDerivedFrom <meeting-as-a-source> .",
}


def test_a_mistake_is_an_inconsistency() -> None:
    """Each is something that a register or an import could get wrong."""
    head = f"@base <{BASE}id/> . @prefix : <{C}> . @prefix prov: <{PROV}> .\n"
    found = errors(reasoned(head + "\n".join(SEEDS.values())))
    assert [seed for seed in SEEDS if not any(f"{BASE}id/{seed}" in error for error in found)] == []
    assert not any(error.endswith("id/c") for error in found)
