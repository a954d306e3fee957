"""Every constraint of shapes.ttl is broken once, and reported when it is, and nothing else is."""

from collections import defaultdict

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, Literal, URIRef

from graph.checks import as_graph, check_shapes
from graph.findings import SHAPE_NS, shapes_graph
from graph.rdf import triples
from graph.shapes import MODALITIES, ROUNDINGS, shapes_text
from loaders import quantities
from loaders.pledgewords import pledge_words
from schema.model import SHAPES
from tests.shape_breaks import BY_COMPONENT, SPECIAL, Case, focus_of
from tests.shape_samples import BASE, CONTENT, SCHEMA, Copies, constraints, sample

# What else is said of the same node, by the names of the shapes: it cannot be otherwise.
_OF_ALL = {f"{name}" for name, f in SCHEMA.attributes.items() if f.domain == ("Entity",)} - {
    "name",
    "aliases",
}
_OF_STATEMENTS = {"Statement"} | {
    f"Statement-{part}" for part in ("evidence", "object", "predicate", "status", "subject")
}
IMPLIED: dict[tuple[str, str], set[str]] = {
    **{
        (t.name, "Class"): _OF_ALL
        for t in SCHEMA.types.values()
        if t.parents == ("Entity",) and t.name != "Topic"
    },
    **{("Evidence-document", count): {"Evidence-source"} for count in ("Class", "MinCount", "MaxCount")},
    **{("Evidence-target", count): {"Evidence-source"} for count in ("Class", "MinCount")},
    **{
        ("Statement-evidence", count): {"Statement-body", "Statement-documents"}
        for count in ("Class", "MinCount")
    },
    ("Statement-subject", "Class"): {"under-subject"},
    ("Statement-predicate", "MaxCount"): {"mentions-subject"},
    ("describedAs-subject", "Or"): {"Statement-subject"},
    ("namedAs-subject", "Or"): {"Statement-subject"},
    ("Program-disjoint", "Not"): {"Topic-parent", "Topic-scheme", "Topic-top"},
    ("Topic-disjoint", "Not"): _OF_STATEMENTS,
    ("Evidence-disjoint", "Not"): _OF_STATEMENTS | {"Statement-documents"},
    # A text without its tag or of another type is not in the language or in the list either.
    **{
        (name, "Datatype"): {name}
        for name in ("Entity-name", "Evidence-summary", "describedAs-object", "modality-value")
    },
    **{(name, "Datatype"): {name} for name in ("rounding-value", "scope-value", "summary-value")},
}


@pytest.fixture(scope="module")
def found() -> tuple[list[Case], dict[str, set[tuple[str, str]]]]:
    """Every constraint broken on a node of its own, all in one graph; and what was found, by node."""
    graph = as_graph(triples(SCHEMA, CONTENT.entities, CONTENT.statements, BASE))
    cases = []
    for number, constraint in enumerate(constraints()):
        node = focus_of(constraint.shape, sample())
        focus = URIRef(str(Copies(sample(), graph).of(node, f"t{number}")[node]))
        case = Case(constraint, graph, focus, shapes_graph().value(constraint.shape, SH.path))
        breaking = SPECIAL.get(constraint.key) or BY_COMPONENT.get(constraint.key[1])
        assert breaking, f"nothing breaks {constraint.key}: add it to SPECIAL"
        breaking(case)
        cases.append(case)
    by_node: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for finding in check_shapes(graph, BASE):
        assert finding.nodes is not None
        component = finding.constraint.removeprefix(str(SH)).removesuffix("ConstraintComponent")
        by_node[str(finding.nodes[0])].add((finding.shape, component))
    return cases, by_node


def test_the_sample_breaks_nothing() -> None:
    assert check_shapes(sample(), BASE) == []


def test_each_constraint_is_reported_when_it_is_broken_and_nothing_else(
    found: tuple[list[Case], dict[str, set[tuple[str, str]]]],
) -> None:
    cases, by_node = found
    assert len(cases) > 300
    wrong = {}
    for case in cases:
        key = case.constraint.key
        reported = by_node[str(case.focus) if case.focus.startswith("_:") else f"<{case.focus}>"]
        others = {shape for shape, _ in reported - {key}}
        if key not in reported or others != IMPLIED.get(key, set()):
            wrong[key] = reported
    assert wrong == {}


def test_every_special_break_is_of_a_constraint_that_there_is() -> None:
    known = {constraint.key for constraint in constraints()}
    assert (SPECIAL.keys() | IMPLIED.keys()) - known == set()


def test_every_shape_has_a_name_a_description_a_message_and_a_severity() -> None:
    graph = shapes_graph()
    asked = {
        SH.NodeShape: (RDFS.label, RDFS.comment, SH.severity),
        SH.PropertyShape: (SH.name, SH.description, SH.message, SH.severity),
    }
    for kind, properties in asked.items():
        for shape in graph.subjects(RDF.type, kind):
            assert str(shape).startswith(SHAPE_NS)
            for told in properties:
                values = list(graph.objects(shape, told))
                assert len(values) == 1, (shape, told)
                assert told == SH.severity or (isinstance(values[0], Literal) and values[0].language == "en")
    for constraint in constraints():
        holder = constraint.value if constraint.parameter == SH.sparql else constraint.shape
        assert (holder, SH.message, None) in graph, constraint.key


def test_the_shapes_are_shapes_by_the_shapes_of_shapes() -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes_graph(), meta_shacl=True)
    assert conforms, text


def test_the_file_is_made_from_the_ontology() -> None:
    assert SHAPES.read_text("utf-8") == shapes_text(SCHEMA)


def test_the_closed_lists_are_those_of_the_rules() -> None:
    words = pledge_words()
    said = {modality for modality, _ in (*words.leads, *words.prose, *words.modalities)} | {words.duty}
    assert set(MODALITIES) == said
    names = ("EXACT", "MORE_THAN", "AT_LEAST", "NEARLY", "ABOUT", "UP_TO", "LESS_THAN")
    assert set(ROUNDINGS) == {getattr(quantities, name) for name in names}
