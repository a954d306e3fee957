"""A graph in which every shape has something to look at, and copies of parts of it, each to be broken."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import rdflib
from rdflib import RDF, SH, URIRef

from graph.changes import Content
from graph.checks import CheckedGraph, as_graph
from graph.clocks import clocked
from graph.findings import SHAPE_NS, shapes_graph
from graph.rdf import triples
from graph.records import CANDIDATE, SHIFTED, Entity, Evidence, Value, make_statement, text_hash
from schema.model import C, load_schema
from schema.values import AMOUNT, EDTF, ENTITY_ID, LANG_STRING, XSD

BASE = "https://example.org/graph/"
ID = BASE + "id/"
SCHEMA = load_schema()
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
LETTER = "document/letter"
CLAUSE = "The bureau helps the cell."
POINTER = Evidence(LETTER, 7, 7 + len(CLAUSE), text_hash(CLAUSE), "curated", 0.9, "In our words.", CLAUSE)

_VALUES: dict[str, Value] = {
    "closeMatch": ("https://example.org/close",),
    "country": "country/aa",
    "exactMatch": ("https://example.org/exact",),
    "iso3166": "AA",
    "language": "en",
    "modality": "commit",
    "ordinal": "1",
    "proposedType": "Unit",
    "rounding": "exact",
    "sha256": text_hash(CLAUSE),
    "targetDate": "2024",
    "published": "2023-11-22",
    "captured": True,
    "cumulative": True,
    "wikidata": "Q42",
}
_BY_DATATYPE: dict[str, str] = {
    XSD + "string": "words",
    LANG_STRING: "words",
    XSD + "decimal": "1.5",
    XSD + "anyURI": "https://example.org/page",
    EDTF: "2023-11",
    AMOUNT: "12.50 USD",
    ENTITY_ID: "country/aa",
}
PREDICATES = {URIRef(rule.iri) for rule in SCHEMA.predicates.values()}
# What is said of an entity in the copies of it: what shapes of entities look at.
_KEPT = {C.commitsTo, C.cooperatesWith, C.heldOn, C.operates, C.precedes, C.resultedIn}
_PARENTS = {"Topic": "topic/above", "Unit": "program/program"}
_ACRONYM = "ABC"


def _entity(kind: str, key: str) -> Entity:
    """An entity with every attribute that its type may have."""
    properties: dict[str, Value] = {}
    for name, field in SCHEMA.attributes.items():
        if name in ("name", "aliases", "acronyms") or not SCHEMA.fits((kind,), field.domain):
            continue
        properties[name] = _VALUES.get(name) or _BY_DATATYPE[field.datatype]
    properties["parent"] = _PARENTS.get(kind, "unit/unit")
    return Entity(key, (kind,), "Name", ("Other name", _ACRONYM), (_ACRONYM,), properties)


def _content() -> Content:
    """One entity of each type, and one statement of each predicate with every qualifier."""
    kinds = {n: t for n, t in SCHEMA.types.items() if t.prefix and n != "Organization"}
    entities = {kind: _entity(kind, f"{t.prefix}/{kind.lower()}") for kind, t in kinds.items()}
    entities["Country"] = _entity("Country", "country/aa")
    entities["Document"] = _entity("Document", LETTER)
    later = Entity("dialogue/later", ("Dialogue",), "Later")
    above = Entity("topic/above", ("Topic",), "Above")
    qualifiers = {name: _BY_DATATYPE[f.datatype] for name, f in SCHEMA.qualifiers.items()}
    qualifiers["date"] = "2022/2023"
    statements = []
    for name, rule in SCHEMA.predicates.items():
        subject = _first(entities, rule.domain)
        if name == "PRECEDES":
            target = later.id
        else:
            target = _BY_DATATYPE.get(rule.datatype or "") or _first(entities, rule.range, other=subject)
        if name == "HELD_ON":
            continue
        own = {} if name == "PRECEDES" else qualifiers
        statements.append(make_statement(SCHEMA, subject, name, target, qualifiers=own, evidence=[POINTER]))
    for day, dialogue in (("2022", entities["Dialogue"].id), ("2023", later.id)):
        statements.append(make_statement(SCHEMA, dialogue, "HELD_ON", day, evidence=[POINTER]))
    moved = replace(POINTER, start=40, end=40 + len(CLAUSE), anchor=SHIFTED)
    statements[0] = replace(statements[0], evidence=(POINTER, moved))
    said = make_statement(
        SCHEMA,
        entities["Agency"].id,
        "OPERATES",
        entities["Candidate"].id,
        status=CANDIDATE,
        evidence=[POINTER],
    )
    content = Content((*entities.values(), later, above), (*statements, said))
    return clocked(SCHEMA, content)


def _first(entities: dict[str, Entity], kinds: tuple[str, ...], other: str = "") -> str:
    fitting = (e.id for e in entities.values() if SCHEMA.fits(e.types, kinds) and e.id != other)
    return next(fitting)


CONTENT = _content()


@cache
def sample() -> CheckedGraph:
    """The sample in RDF."""
    return as_graph(triples(SCHEMA, CONTENT.entities, CONTENT.statements, BASE))


@dataclass(frozen=True)
class Copies:
    """Copies of parts of a graph, made into another graph."""

    source: Any
    graph: Any

    def of(self, node: URIRef, tag: str) -> dict[rdflib.term.Node, rdflib.term.Node]:
        """Copy a node with its record under other IRIs; gives the old and the new ones."""
        names: dict[rdflib.term.Node, rdflib.term.Node] = {n: _renamed(n, tag) for n in self._record(node)}
        for old, new in names.items():
            for _, p, o in self.source.triples((old, None, None)):
                if p not in PREDICATES or p in _KEPT:
                    self.graph.add((new, p, names.get(o, o)))
            for s, p, _ in self.source.triples((None, None, old)):
                if p in _KEPT and s not in names:
                    self.graph.add((s, p, new))
        return names

    def _record(self, node: URIRef) -> Iterator[URIRef]:
        """An entity with its statements, a statement with its evidence, an evidence with its parts."""
        root = URIRef(str(node).partition("#")[0])
        statements = {root} if (root, RDF.type, C.Statement) in self.source else set()
        if (root, RDF.type, C.Evidence) in self.source:
            statements = set(self.source.objects(root, OA.hasBody))
        elif not statements:
            yield root
            for end in (RDF.subject, RDF.object):
                said = self.source.subjects(end, root)
                statements |= {s for s in said if self.source.value(s, RDF.predicate) in _KEPT}
        for statement in statements:
            yield URIRef(str(statement))
            for evidence in self.source.objects(statement, C.evidence):
                yield URIRef(str(evidence))
                for part in ("clause", "position", "quote"):
                    yield URIRef(f"{evidence}#{part}")


def _renamed(node: URIRef, tag: str) -> URIRef:
    name, sign, part = str(node).partition("#")
    return URIRef(f"{name}-{tag}{sign}{part}")


# --- what is to be broken -----------------------------------------------------------------------------

# What a shape has besides its constraints.
_TOLD = {SH.path, SH.property, SH.name, SH.description, SH.message, SH.severity, SH.qualifiedValueShape}
_TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf}


@dataclass(frozen=True)
class Constraint:
    """One parameter of a shape, with the kind of node that it looks at."""

    shape: URIRef
    parameter: URIRef
    value: Any

    @property
    def key(self) -> tuple[str, str]:
        """Names of the shape and of the component."""
        name = str(self.parameter).removeprefix(str(SH))
        name = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
        return str(self.shape).removeprefix(SHAPE_NS), name


def constraints() -> list[Constraint]:
    """All of them, as the file of shapes has them."""
    graph: Any = shapes_graph()
    found = []
    shapes = {*graph.subjects(RDF.type, SH.NodeShape), *graph.subjects(RDF.type, SH.PropertyShape)}
    for shape in sorted(shapes):
        for parameter, value in sorted(graph.predicate_objects(shape)):
            if str(parameter).startswith(str(SH)) and parameter not in _TOLD | _TARGETS:
                found.append(Constraint(shape, parameter, value))
    return found
