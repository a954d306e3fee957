"""Every constraint of shapes.ttl is broken once, and reported by itself; the constraints are read from the file."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyshacl
import pytest
import rdflib
from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Literal, URIRef
from rdflib.namespace import PROV
from rdflib.term import Node

from graph.checks import as_graph, check_shapes
from graph.findings import SHAPE_NS, Finding, shapes_graph
from graph.rdf import triples
from graph.shapes import MODALITIES, ROUNDINGS, shapes_text
from loaders import quantities
from loaders.pledgewords import pledge_words
from schema.model import SHAPES, C
from tests.shape_samples import BASE, CONTENT, ID, OA, SCHEMA, Copies, sample

SHAPE = rdflib.Namespace(SHAPE_NS)
PREDICATES = {URIRef(rule.iri) for rule in SCHEMA.predicates.values()}
LIKES, NOWHERE, WRONG = C.likes, URIRef(ID + "agency/nowhere"), C.wrong
# What a shape has besides its constraints.
_TOLD = {SH.path, SH.property, SH.name, SH.description, SH.message, SH.severity, SH.qualifiedValueShape}
_TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf}


@dataclass(frozen=True)
class Constraint:
    """One parameter of a shape, with the kind of node that it looks at."""

    shape: URIRef
    parameter: URIRef
    value: Node

    @property
    def key(self) -> tuple[str, str]:
        """Names of the shape and of the component, as a finding has them."""
        name = str(self.parameter).removeprefix(str(SH))
        name = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
        return str(self.shape).removeprefix(SHAPE_NS), f"{name}ConstraintComponent"


@dataclass
class Case:
    """A constraint and the copy of a node on which it is to be broken."""

    constraint: Constraint
    graph: rdflib.Graph
    focus: URIRef
    path: Node | None

    @property
    def value(self) -> Node:
        """The value at the end of the path, where that is a predicate."""
        found = sorted(self.graph.objects(self.focus, self.path))
        assert found, f"the sample has no value for {self.constraint.shape}"
        return found[0]

    def put(self, value: Node, path: Node | None = None) -> None:
        self.graph.set((self.focus, path or self.path, value))

    def add(self, value: Node, path: Node | None = None) -> None:
        self.graph.add((self.focus, path or self.path, value))

    def drop(self, path: Node | None = None, value: Node | None = None) -> None:
        self.graph.remove((self.focus, path or self.path, value))


def constraints() -> list[Constraint]:
    graph = shapes_graph()
    found = []
    shapes = {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}
    for shape in sorted(shapes):
        for parameter, value in sorted(graph.predicate_objects(shape)):
            if str(parameter).startswith(str(SH)) and parameter not in _TOLD | _TARGETS:
                found.append(Constraint(shape, parameter, value))
    return found


# --- where a shape looks --------------------------------------------------------------------------------


def focus_of(shape: URIRef, graph: rdflib.Graph) -> URIRef:
    """A node of the sample that the shape looks at, one with a value to break if there is any."""
    shapes = shapes_graph()
    path = shapes.value(shape, SH.path)
    top, above = shape, shape
    while (above := shapes.value(predicate=SH.property, object=top)) is not None:
        top = above
    if (predicate := shapes.value(top, SH.targetNode)) is not None:
        said = graph.subjects(RDF.predicate, predicate)
        return sorted(s for s in said if (s, C.status, Literal("accepted")) in graph)[0]
    nodes = [n for kind in shapes.objects(top, SH.targetClass) for n in graph.subjects(RDF.type, kind)]
    nodes += [n for term in shapes.objects(top, SH.targetSubjectsOf) for n in graph.subjects(term)]
    return max(sorted(set(nodes)), key=lambda n: isinstance(path, URIRef) and (n, path, None) in graph)


def other_entity(graph: rdflib.Graph, kinds: set[Node]) -> URIRef:
    """An entity of none of these classes; a statement where all entities are."""
    entities = sorted(graph.subjects(RDF.type, C.Statement if C.Entity in kinds else C.Entity))
    return next(e for e in entities if kinds.isdisjoint(graph.objects(e, RDF.type)))


def classes_in(constraint: Constraint) -> set[Node]:
    """The classes that a constraint allows."""
    if constraint.parameter == SH["class"]:
        return {constraint.value}
    shapes = shapes_graph()
    return {c for choice in shapes.items(constraint.value) for c in shapes.objects(choice, SH["class"])}


# --- how a constraint is broken, by its component -------------------------------------------------------


def another(value: Node, graph: rdflib.Graph) -> Node:
    """A second value that is as good as the first one."""
    if not isinstance(value, Literal):
        more = URIRef(f"{value}-more")
        for _, p, o in list(graph.triples((value, None, None))):
            if p not in PREDICATES:
                graph.add((more, p, o))
        return more
    for text in (f"{value}2", "2021-05-05", "2021", "cc", "AB", "false", "1.00 USD", f"{str(value)[:-1]}0"):
        made = Literal(text, lang=value.language, datatype=value.datatype)
        if made != value and not made.ill_typed:
            return made
    raise AssertionError(value)


def second(case: Case) -> None:
    case.add(another(case.value, case.graph))


def missing(case: Case) -> None:
    case.drop()


def mistyped(case: Case) -> None:
    """The same text under another datatype, which compares like the right one where there is an order."""
    numbers = {XSD.decimal: XSD.double, XSD.integer: XSD.decimal, XSD.nonNegativeInteger: XSD.integer}
    value = case.value
    assert isinstance(value, Literal)
    case.put(Literal(str(value), datatype=numbers.get(value.datatype, WRONG)))


def misclassed(case: Case) -> None:
    """On a property a value of another class; on a node a class too few, or a node of another class."""
    shapes, kinds = shapes_graph(), classes_in(case.constraint)
    if case.path is None:
        subjects = shapes.value(case.constraint.shape, SH.targetSubjectsOf)
        if subjects is None:
            for kind in kinds:
                case.drop(RDF.type, kind)
            return
        value = sorted(sample().objects(None, subjects))[0]
        stranger = other_entity(sample(), kinds)
        case.focus = Copies(sample(), case.graph).of(stranger, case.focus.rpartition("-")[2])[stranger]
        case.add(value, subjects)
        return
    if not kinds:
        text = case.value
        case.put(Literal(str(text), datatype=WRONG))
        return
    if case.path in (RDF.subject, RDF.object):
        case.put(Literal("candidate"), C.status)
    case.put(NOWHERE if C.Entity in kinds or len(kinds) == 1 else other_entity(sample(), kinds))


def like(text: str) -> Callable[[Case], None]:
    """Another text of the same datatype and language."""

    def breaking(case: Case) -> None:
        value = case.value
        assert isinstance(value, Literal)
        case.put(Literal(text, lang=value.language, datatype=value.datatype))

    return breaking


def in_french(case: Case) -> None:
    case.put(Literal(str(case.value), lang="fr"))


BY_COMPONENT: dict[str, Callable[[Case], None]] = {
    "MinCount": missing,
    "MaxCount": second,
    "Datatype": mistyped,
    "Class": misclassed,
    "Or": misclassed,
    "Pattern": like("?"),
    "In": like("nonsense"),
    "MinLength": like(""),
    "MinInclusive": like("-5"),
    "MaxInclusive": like("7"),
    "LanguageIn": in_french,
}


# --- and those that need more ---------------------------------------------------------------------------


def renamed(case: Case, name: str) -> None:
    """Another IRI for the focus."""
    new = URIRef(ID + name)
    for p, o in list(case.graph.predicate_objects(case.focus)):
        if p not in PREDICATES:
            case.graph.add((new, p, o))
    case.focus = new


def with_type(kind: URIRef) -> Callable[[Case], None]:
    return lambda case: case.add(kind, RDF.type)


def apart(case: Case) -> None:
    """The focus gets the first of the classes that it cannot have."""
    shapes = shapes_graph()
    kinds = shapes.items(shapes.value(case.constraint.value, SH["in"]))
    case.add(next(iter(kinds)), RDF.type)


def anonymous(case: Case) -> None:
    """The focus is a blank node, everywhere."""
    node = BNode()
    for s, p, o in list(case.graph.triples((case.focus, None, None))):
        case.graph.remove((s, p, o))
        case.graph.add((node, p, o))
    for s, p, o in list(case.graph.triples((None, None, case.focus))):
        case.graph.remove((s, p, o))
        case.graph.add((s, p, node))
    case.focus = URIRef(f"_:{node}")


def unpledged(case: Case) -> None:
    path = shapes_graph().value(case.path, SH.inversePath)
    case.graph.remove((None, path, case.focus))


def other_selector(case: Case) -> None:
    """A second selector of the kind, which is as good as the first."""
    kind = shapes_graph().value(shapes_graph().value(case.constraint.shape, SH.qualifiedValueShape), SH["class"])
    selectors = case.graph.objects(case.focus, OA.hasSelector)
    mine = next(s for s in selectors if (s, RDF.type, kind) in case.graph)
    more = URIRef(f"{mine}-more")
    for _, p, o in case.graph.triples((mine, None, None)):
        case.graph.add((more, p, o))
    case.add(more, OA.hasSelector)


def no_selector(case: Case) -> None:
    case.drop(OA.hasSelector, next(case.graph.subjects(RDF.type, OA.TextPositionSelector)))
    for selector in list(case.graph.objects(case.focus, OA.hasSelector)):
        if (selector, RDF.type, OA.TextPositionSelector) in case.graph:
            case.drop(OA.hasSelector, selector)


def settled(case: Case) -> None:
    candidate = URIRef(ID + "candidate/candidate")
    case.put(candidate, RDF.object)
    case.graph.add((case.graph.value(case.focus, RDF.subject), case.graph.value(case.focus, RDF.predicate), candidate))


def loop(case: Case) -> None:
    """The statement says something of its subject and itself."""
    subject = case.graph.value(case.focus, RDF.subject)
    case.put(Literal("candidate"), C.status)
    case.put(subject, RDF.object)


def unsaid(case: Case) -> None:
    case.put(another(case.graph.value(case.focus, RDF.object), case.graph), RDF.object)


def unfounded(case: Case) -> None:
    case.add(another(next(case.graph.objects(case.focus, C.operates)), case.graph), C.operates)


def both_ways(predicate: URIRef) -> Callable[[Case], None]:
    def breaking(case: Case) -> None:
        case.graph.add((case.graph.value(case.focus, predicate), predicate, case.focus))

    return breaking


def held_late(case: Case) -> None:
    for statement in case.graph.subjects(RDF.subject, case.focus):
        if (statement, RDF.predicate, C.heldOn) in case.graph:
            case.graph.set((statement, C.validFrom, Literal("2029-01-01", datatype=XSD.date)))


def held_twice(case: Case) -> None:
    """Another statement gives it another day."""
    for statement in list(case.graph.subjects(RDF.subject, case.focus)):
        if (statement, RDF.predicate, C.heldOn) in case.graph:
            copied = Copies(case.graph, case.graph).of(URIRef(statement), "again")[statement]
            case.graph.set((copied, RDF.object, Literal("2021", datatype=XSD.gYear)))
            case.add(Literal("2021", datatype=XSD.gYear), C.heldOn)


SPECIAL: dict[tuple[str, str], Callable[[Case], None]] = {
    ("Entity", "Pattern"): lambda case: renamed(case, "agency/Under_score"),
    ("Entity-prefix", "SPARQL"): lambda case: renamed(case, "person/agency"),
    ("Entity-preferred", "Equals"): lambda case: case.put(Literal("Other", lang="en"), SKOS.prefLabel),
    ("Entity-name", "MaxCount"): lambda case: [
        case.add(Literal("Second", lang="en"), path) for path in (RDFS.label, SKOS.prefLabel)
    ],
    ("Topic-parent", "Equals"): lambda case: case.drop(C.parent),
    ("Topic-top", "MaxCount"): lambda case: case.add(URIRef(BASE + "topics"), SKOS.topConceptOf),
    ("Topic-top", "MinCount"): lambda case: [case.drop(p) for p in (SKOS.broader, SKOS.topConceptOf, C.parent)],
    ("Commitment-pledged", "MinCount"): unpledged,
    ("Observation-result", "MinCount"): unpledged,
    ("Commitment-place", "Or"): lambda case: [case.drop(p) for p in (C.pledgeNumber, C.pillar)],
    ("Document-found", "Or"): lambda case: [case.drop(p) for p in (C.url, C.publisher)],
    ("Dialogue-held", "MaxCount"): held_twice,
    ("Statement", "NodeKind"): anonymous,
    ("Statement-predicate", "In"): lambda case: [case.put(LIKES), case.put(Literal("candidate"), C.status)],
    ("Statement-predicate", "MaxCount"): lambda case: [case.add(C.uses), case.put(Literal("candidate"), C.status)],
    ("Statement-body", "Equals"): lambda case: case.graph.remove((None, OA.hasBody, case.focus)),
    ("Statement-documents", "Equals"): lambda case: case.add(URIRef(ID + "document/letter-2"), PROV.wasDerivedFrom),
    ("Statement-known", "SPARQL"): lambda case: case.put(Literal("2001-01-01", datatype=XSD.date), C.knownFrom),
    ("Statement-ends", "Disjoint"): loop,
    ("Statement-asserted", "SPARQL"): unsaid,
    ("Entity-asserted", "SPARQL"): unfounded,
    ("Settled", "Or"): settled,
    ("validFrom-validUntil", "LessThanOrEquals"): lambda case: case.put(Literal("2199-01-01", datatype=XSD.date)),
    ("Evidence", "NodeKind"): anonymous,
    ("Evidence-source", "Equals"): lambda case: None,
    ("Clause-position", "QualifiedMinCount"): no_selector,
    ("Clause-position", "QualifiedMaxCount"): other_selector,
    ("Clause-quote", "QualifiedMaxCount"): other_selector,
    ("Position-order", "LessThan"): lambda case: case.put(Literal("0", datatype=XSD.nonNegativeInteger), OA.end),
    ("cooperatesWith-inverse", "Disjoint"): both_ways(C.cooperatesWith),
    ("precedes-inverse", "Disjoint"): both_ways(C.precedes),
    ("precedes-dated", "SPARQL"): held_late,
    ("targetDate-ahead", "SPARQL"): lambda case: case.put(Literal("2001-05/2002", datatype=URIRef("http://id.loc.gov/datatypes/edtf/EDTF")), C.targetDate),
}


def broken() -> tuple[list[Case], list[Finding]]:
    whole = sample()
    graph = as_graph(triples(SCHEMA, CONTENT.entities, CONTENT.statements, BASE))
    cases = []
    for number, constraint in enumerate(constraints()):
        copies = Copies(whole, graph)
        node = focus_of(constraint.shape, whole)
        focus = copies.of(node, f"t{number}")[node]
        case = Case(constraint, graph, focus, shapes_graph().value(constraint.shape, SH.path))
        name, component = constraint.key
        component = component.removesuffix("ConstraintComponent")
        breaking = SPECIAL.get((name, component)) or (apart if component == "Not" else BY_COMPONENT[component])
        try: breaking(case)
        except AssertionError as e: print(e); continue
        cases.append(case)
    return cases, list(check_shapes(graph, BASE))
