"""How the constraints of shapes.ttl are broken: they are read from the file, the breaks go by component."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from rdflib import RDF, RDFS, SH, SKOS, XSD, BNode, Literal, URIRef
from rdflib.namespace import PROV

from graph.findings import shapes_graph
from schema.model import C
from schema.values import EDTF
from tests.shape_samples import ID, OA, PREDICATES, Constraint, Copies, sample

# Terms and graphs of rdflib: its types do not say what stands where, which is what the tests are about.
Node: TypeAlias = Any
Rdf: TypeAlias = Any

SAMPLE: Rdf = sample()
NOWHERE, WRONG = URIRef(ID + "agency/nowhere"), C.wrong
LETTER, AGENCY, TOPIC = (
    URIRef(ID + "document/letter"),
    URIRef(ID + "agency/agency"),
    URIRef(ID + "topic/topic"),
)
_BOTH = (RDFS.label, SKOS.prefLabel)


@dataclass
class Case:
    """A constraint and the copy of a node on which it is to be broken."""

    constraint: Constraint
    graph: Rdf
    focus: Node
    path: Node | None

    @property
    def value(self) -> Node:
        """The value at the end of the path, where that is a predicate."""
        found = sorted(self.graph.objects(self.focus, self.path))
        assert found, f"the sample has no value for {self.constraint.shape}"
        return found[0]

    def put(self, value: Node, path: Node | None = None) -> None:
        """Instead of what is there; the preferred label goes with the label."""
        for one in _BOTH if self.path == RDFS.label and path is None else (path or self.path,):
            self.graph.set((self.focus, one, value))

    def add(self, value: Node, path: Node | None = None) -> None:
        self.graph.add((self.focus, path or self.path, value))

    def drop(self, path: Node | None = None, value: Node | None = None) -> None:
        for one in _BOTH if self.path == RDFS.label and path is None else (path or self.path,):
            self.graph.remove((self.focus, one, value))

    def propose(self) -> None:
        """Make the statement a candidate, which no direct triple has to say."""
        self.put(Literal("candidate"), C.status)


# --- where a shape looks --------------------------------------------------------------------------------


def focus_of(shape: URIRef, graph: Rdf) -> Node:
    """A node of the sample that the shape looks at, one with a value to break if there is any."""
    shapes: Rdf = shapes_graph()
    path = shapes.value(shape, SH.path)
    top, above = shape, shape
    while (above := shapes.value(predicate=SH.property, object=top)) is not None:
        top = above
    if (predicate := shapes.value(top, SH.targetNode)) is not None:
        said = graph.subjects(RDF.predicate, predicate)
        return sorted(s for s in said if (s, C.status, Literal("accepted")) in graph)[0]
    nodes = [n for kind in shapes.objects(top, SH.targetClass) for n in graph.subjects(RDF.type, kind)]
    nodes += [n for term in shapes.objects(top, SH.targetSubjectsOf) for n in graph.subjects(term)]
    assert nodes, f"the sample has nothing for {shape}"
    return max(sorted(set(nodes)), key=lambda n: isinstance(path, URIRef) and (n, path, None) in graph)


def other_entity(graph: Rdf, kinds: set[Node], but: Iterable[Node] = ()) -> Node:
    """An entity of none of these classes; a statement where all entities are."""
    left_out = set(but)
    entities = sorted(graph.subjects(RDF.type, C.Statement if C.Entity in kinds else C.Entity))
    fitting = (e for e in entities if e not in left_out)
    return next(e for e in fitting if kinds.isdisjoint(graph.objects(e, RDF.type)))


def classes_in(constraint: Constraint) -> set[Node]:
    """The classes that a constraint allows."""
    if constraint.parameter == SH["class"]:
        return {constraint.value}
    shapes: Rdf = shapes_graph()
    return {c for choice in shapes.items(constraint.value) for c in shapes.objects(choice, SH["class"])}


# --- how a constraint is broken, by its component -------------------------------------------------------


def another(value: Node, graph: Rdf) -> Node:
    """A second value that is as good as the first one."""
    if not isinstance(value, Literal):
        more = URIRef(f"{value}-more")
        for _, p, o in list(graph.triples((value, None, None))):
            if p not in PREDICATES:
                graph.add((more, p, o))
        return more
    if value.datatype == XSD.boolean:
        return Literal(not value.value)
    days = {XSD.date: "2021-05-05", XSD.gYearMonth: "2021-05", XSD.gYear: "2199"}
    text = days.get(value.datatype or XSD.string, f"{value}2")
    return Literal(text, lang=value.language, datatype=value.datatype)


# Where not any other text will do.
_SECOND = {
    C.amount: "1.00 USD",
    C.anchor: "orphan",
    C.clauseSha256: "0" * 64,
    C.iso3166: "BB",
    C.language: "pt",
    C.modality: "urge",
    C.rounding: "about",
    C.sha256: "0" * 64,
    C.status: "candidate",
    C.validUntil: "2199-01-01",
    OA.start: "0",
}


def second(case: Case) -> None:
    if case.path in (RDF.subject, RDF.object):
        case.propose()
    value = case.value
    if isinstance(value, Literal) and case.path in _SECOND:
        case.add(Literal(_SECOND[case.path], datatype=value.datatype))
    else:
        case.add(another(value, case.graph))


def missing(case: Case) -> None:
    case.drop()


def mistyped(case: Case) -> None:
    """The same text under another datatype, which compares like the right one where there is an order."""
    if case.path == RDF.object:
        case.propose()
    numbers: dict[Node, Node] = {
        XSD.decimal: XSD.double,
        XSD.integer: XSD.decimal,
        XSD.nonNegativeInteger: XSD.integer,
    }
    value = case.value
    assert isinstance(value, Literal)
    case.put(Literal(str(value), datatype=numbers.get(value.datatype, WRONG)))


def misclassed(case: Case) -> None:
    """On a property a value of another class; on a node a class too few, or a node of another class."""
    shapes: Rdf = shapes_graph()
    kinds = classes_in(case.constraint)
    if case.path is None:
        subjects = shapes.value(case.constraint.shape, SH.targetSubjectsOf)
        if subjects is None:
            for kind in kinds:
                case.drop(RDF.type, kind)
            return
        value = sorted(SAMPLE.objects(None, subjects))[0]
        stranger = other_entity(SAMPLE, kinds)
        case.focus = Copies(SAMPLE, case.graph).of(stranger, case.focus.rpartition("-")[2])[stranger]
        case.add(value, subjects)
        return
    if case.path in (RDF.subject, RDF.object):
        case.propose()
    if kinds:
        unknown = C.Entity in kinds or len(kinds) == 1
        case.put(NOWHERE if unknown else other_entity(SAMPLE, kinds, case.graph.objects(case.focus)))
    else:
        case.put(Literal(str(case.value), datatype=WRONG))


def like(text: str) -> Callable[[Case], None]:
    """Another text of the same datatype and language."""

    def breaking(case: Case) -> None:
        if case.path == RDF.object:
            case.propose()
        value = case.value
        if isinstance(value, Literal):
            case.put(Literal(text, lang=value.language, datatype=value.datatype))
        else:
            case.put(URIRef(f"urn:x:{text}"))

    return breaking


def in_french(case: Case) -> None:
    if case.path == RDF.object:
        case.propose()
    case.put(Literal(str(case.value), lang="fr"))


def as_text(case: Case) -> None:
    case.put(Literal(str(case.value)))


# --- and those that need more ---------------------------------------------------------------------------


def renamed(case: Case, name: str) -> None:
    """Another IRI for the focus."""
    new = URIRef(ID + name)
    for p, o in list(case.graph.predicate_objects(case.focus)):
        if p not in PREDICATES:
            case.graph.add((new, p, o))
    case.focus = new


_PLAIN = (C.Event, C.Instrument, C.Operation, C.Person, C.Place, C.Program)


def apart(case: Case) -> None:
    """The focus gets a class that it cannot have, one that asks for nothing if there is one."""
    shapes: Rdf = shapes_graph()
    kinds = list(shapes.items(shapes.value(case.constraint.value, SH["in"])))
    case.add(next((kind for kind in kinds if kind in _PLAIN), kinds[-1]), RDF.type)


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
    kind = shapes_graph().value(
        shapes_graph().value(case.constraint.shape, SH.qualifiedValueShape), SH["class"]
    )
    selectors = case.graph.objects(case.focus, OA.hasSelector)
    mine = next(s for s in selectors if (s, RDF.type, kind) in case.graph)
    more = URIRef(f"{mine}-more")
    for _, p, o in case.graph.triples((mine, None, None)):
        case.graph.add((more, p, o))
    case.add(more, OA.hasSelector)


def no_selector(case: Case) -> None:
    for selector in list(case.graph.objects(case.focus, OA.hasSelector)):
        if (selector, RDF.type, OA.TextPositionSelector) in case.graph:
            case.drop(OA.hasSelector, selector)


def settled(case: Case) -> None:
    candidate = URIRef(ID + "candidate/candidate")
    case.put(candidate, RDF.object)
    case.graph.add(
        (case.graph.value(case.focus, RDF.subject), case.graph.value(case.focus, RDF.predicate), candidate)
    )


def loop(case: Case) -> None:
    """The statement says of an agency that it works together with itself."""
    case.propose()
    case.put(C.cooperatesWith, RDF.predicate)
    for end in (RDF.subject, RDF.object):
        case.put(AGENCY, end)


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


def elsewhere(case: Case) -> None:
    clause = case.graph.value(case.focus, OA.hasTarget)
    case.graph.set((clause, OA.hasSource, another(LETTER, case.graph)))


def each(change: Callable[[Node, Node], None], value: Node, paths: Iterable[Node]) -> None:
    for path in paths:
        change(value, path)


def without(case: Case, *paths: Node) -> None:
    for path in paths:
        case.drop(path)


def proposed(change: Callable[[Node], None], case: Case, value: Node) -> None:
    change(value)
    case.propose()


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
    "NodeKind": as_text,
    "Not": apart,
}
# By shape, where that is not enough.
SPECIAL: dict[tuple[str, str], Callable[[Case], None]] = {
    ("Entity", "Pattern"): lambda case: renamed(case, "agency/Under_score"),
    ("Entity-prefix", "SPARQL"): lambda case: renamed(case, "person/agency"),
    ("Entity-preferred", "Equals"): lambda case: case.put(Literal("Other", lang="en"), SKOS.prefLabel),
    ("Entity-name", "MaxCount"): lambda case: each(case.add, Literal("Second", lang="en"), _BOTH),
    ("Topic-parent", "Equals"): lambda case: case.drop(C.parent),
    ("Topic-broader", "Class"): lambda case: each(case.put, AGENCY, (SKOS.broader, C.parent)),
    ("Topic-top", "MaxCount"): lambda case: each(case.add, TOPIC, (SKOS.broader, C.parent)),
    ("Topic-top", "MinCount"): lambda case: without(case, SKOS.broader, SKOS.topConceptOf, C.parent),
    ("Commitment-pledged", "MinCount"): unpledged,
    ("Observation-result", "MinCount"): unpledged,
    ("Commitment-place", "Or"): lambda case: without(case, C.pledgeNumber, C.pillar),
    ("Document-found", "Or"): lambda case: without(case, C.url, C.publisher),
    ("Dialogue-held", "MaxCount"): held_twice,
    ("Statement", "NodeKind"): anonymous,
    ("Statement-predicate", "In"): lambda case: proposed(case.put, case, C.likes),
    ("Statement-predicate", "MaxCount"): lambda case: proposed(case.add, case, C.mentions),
    ("Statement-body", "Equals"): lambda case: case.graph.remove((None, OA.hasBody, case.focus)),
    ("Statement-documents", "Equals"): lambda case: case.add(
        another(LETTER, case.graph), PROV.wasDerivedFrom
    ),
    ("Statement-known", "SPARQL"): lambda case: case.put(
        Literal("2001-01-01", datatype=XSD.date), C.knownFrom
    ),
    ("Statement-ends", "Disjoint"): loop,
    ("Statement-asserted", "SPARQL"): unsaid,
    ("Entity-asserted", "SPARQL"): unfounded,
    ("Settled", "Or"): settled,
    ("validFrom-validUntil", "LessThanOrEquals"): lambda case: case.put(
        Literal("2199-01-01", datatype=XSD.date)
    ),
    ("Evidence", "NodeKind"): anonymous,
    ("Evidence-source", "Equals"): elsewhere,
    ("Clause-position", "QualifiedMinCount"): no_selector,
    ("Clause-position", "QualifiedMaxCount"): other_selector,
    ("Clause-quote", "QualifiedMaxCount"): other_selector,
    ("Position-order", "LessThan"): lambda case: case.put(
        Literal("0", datatype=XSD.nonNegativeInteger), OA.end
    ),
    ("cooperatesWith-inverse", "Disjoint"): both_ways(C.cooperatesWith),
    ("precedes-inverse", "Disjoint"): both_ways(C.precedes),
    ("precedes-dated", "SPARQL"): held_late,
    ("targetDate-ahead", "SPARQL"): lambda case: case.put(
        Literal("2001-05/2002", datatype=URIRef(EDTF)), C.targetDate
    ),
}
