"""What the checks found: a table, JSON, and the validation report of the W3C."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from typing import Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib import SH

from graph import vocabulary as v
from schema.model import SHAPES
from schema.values import SCHEMA_NS, XSD

Node = NamedNode | BlankNode | Literal
VIOLATION, WARNING, INFO = "violation", "warning", "info"
SHAPE_NS = "https://w3id.org/carisec/shapes#"
DC_SOURCE = NamedNode("http://purl.org/dc/elements/1.1/source")
REPORT_FORMATS: Mapping[str, RdfFormat] = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the graph.

    `focus` is the id of the entity, statement or evidence at fault (an IRI where it is none of ours), `owner`
    the id of the entity or statement in whose record it stands, `value` the value at fault or empty, `path`
    the way from the focus to it as SPARQL writes paths. `shape` is the name of the shape that it breaks,
    `constraint` the IRI of the kind of constraint; `place` tells where a curator finds it. `nodes` are focus
    and value as they stand in RDF, where that is known.
    """

    focus: str
    owner: str
    message: str
    severity: str = VIOLATION
    value: str = ""
    path: str = ""
    shape: str = ""
    constraint: str = ""
    place: str = ""
    nodes: tuple[Node, Node | None] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found, sorted by owner, focus and message."""

    findings: tuple[Finding, ...]
    base_iri: str

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return all(f.severity != VIOLATION for f in self.findings)

    def placed(self, place: Callable[[Finding], str]) -> "Report":
        """The same report, each finding with its place."""
        return replace(self, findings=tuple(replace(f, place=place(f)) for f in self.findings))

    def as_lines(self) -> Iterator[str]:
        """A table: place, severity, what is at fault, the rule that it breaks; violations first."""
        ranked = sorted(self.findings, key=lambda f: (f.severity != VIOLATION, f.severity))
        rows = [(f.place or f.focus, f.severity, f.focus, f.path, f.shape) for f in ranked]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(5)]
        for row, finding in zip(rows, ranked, strict=True):
            cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            yield f"{cells}  {finding.message}" + (f": {finding.value}" if finding.value else "")

    def as_json(self) -> dict[str, Any]:
        """Whether it conforms, and the findings as objects."""
        told = [{key: text for key, text in asdict(f).items() if key != "nodes"} for f in self.findings]
        return {"conforms": self.conforms, "findings": told}

    def as_rdf(self, format_name: str) -> bytes:
        """The SHACL validation report in one of REPORT_FORMATS; `dc:source` of a result tells its place.

        As SHACL has it, `sh:conforms` is false where there are warnings only.
        """
        prefixes = {"sh": str(SH), "xsd": XSD, "carisec": SCHEMA_NS, "shape": SHAPE_NS}
        prefixes |= {"dc": "http://purl.org/dc/elements/1.1/", "prov": v.PROV, "oa": v.OA, "skos": v.SKOS}
        format_ = REPORT_FORMATS[format_name]
        if format_ in (RdfFormat.N_TRIPLES, RdfFormat.JSON_LD):
            return serialize(self._triples(), format=format_) or b""
        return serialize(self._triples(), format=format_, prefixes=prefixes) or b""

    def _triples(self) -> Iterator[Triple]:
        report = BlankNode("report")
        yield Triple(report, v.TYPE, _sh("ValidationReport"))
        yield Triple(report, _sh("conforms"), Literal(not self.findings))
        results = [BlankNode(f"result{number}") for number in range(len(self.findings))]
        for result in results:
            yield Triple(report, _sh("result"), result)
        iris = v.Iris(self.base_iri)
        for result, finding in zip(results, self.findings, strict=True):
            yield Triple(result, v.TYPE, _sh("ValidationResult"))
            focus, value = finding.nodes or (iris.record(finding.focus), None)
            yield Triple(result, _sh("focusNode"), focus)
            yield from _path(result, finding)
            if value is not None:
                yield Triple(result, _sh("value"), value)
            yield Triple(result, _sh("resultSeverity"), _sh(finding.severity.capitalize()))
            yield Triple(result, _sh("sourceConstraintComponent"), NamedNode(finding.constraint))
            yield Triple(result, _sh("sourceShape"), NamedNode(SHAPE_NS + finding.shape))
            yield Triple(result, _sh("resultMessage"), Literal(finding.message, language="en"))
            if finding.place:
                yield Triple(result, DC_SOURCE, Literal(finding.place))


def _path(result: BlankNode, finding: Finding) -> Iterator[Triple]:
    """The path of the result: that of its shape, or the predicate that a query gave."""
    graph = shapes_graph()
    path = graph.value(rdflib.URIRef(SHAPE_NS + finding.shape), SH.path)
    if path is None and finding.path:
        prefix, _, name = finding.path.partition(":")
        path = rdflib.URIRef(dict(graph.namespaces()).get(prefix, "") + name)
    if path is not None:
        yield Triple(result, _sh("resultPath"), _copied(path, result))
        yield from _below(graph, path, result)


def _below(graph: rdflib.Graph, node: object, result: BlankNode) -> Iterator[Triple]:
    if not isinstance(node, rdflib.BNode):
        return
    for predicate, target in graph.predicate_objects(node):
        yield Triple(_copied(node, result), NamedNode(str(predicate)), _copied(target, result))
        yield from _below(graph, target, result)


def _copied(node: object, result: BlankNode) -> NamedNode | BlankNode:
    if isinstance(node, rdflib.BNode):
        return BlankNode(f"{result.value}{node}")
    return NamedNode(str(node))


@cache
def shapes_graph() -> rdflib.Graph:
    """The shapes, with the prefixes of their file only."""
    return rdflib.Graph(bind_namespaces="none").parse(SHAPES)


def _sh(name: str) -> NamedNode:
    return NamedNode(str(SH) + name)


def each_once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of their owners, each once: two constraints of a shape may say the same."""
    unique = {(f.owner, f.focus, f.message, f.value, f.path): f for f in found}
    return tuple(unique[key] for key in sorted(unique))
