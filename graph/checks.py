"""Whole-graph checks: the SHACL shapes over the RDF form, the pointer of every evidence, and loose ends."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize
from rdflib import SH

from graph import vocabulary as v
from graph.rdf import triples
from graph.records import Entity, Evidence, Statement, text_hash
from schema.model import SHAPES, Schema
from schema.values import SCHEMA_NS, XSD

VIOLATION, WARNING, INFO = "violation", "warning", "info"
POINTER_CHECK, ENDS_CHECK = SCHEMA_NS + "PointerCheck", SCHEMA_NS + "EndsCheck"

_SEVERITIES = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the graph.

    `focus` is the id of the entity, statement or evidence at fault (an IRI where it is none of ours), `owner`
    the id of the entity or statement in whose record it stands, `value` the value at fault or empty,
    `constraint` the IRI of the rule that it breaks.
    """

    focus: str
    owner: str
    message: str
    severity: str = VIOLATION
    value: str = ""
    constraint: str = POINTER_CHECK


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found, sorted by owner, focus and message."""

    findings: tuple[Finding, ...]
    base_iri: str

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return all(f.severity != VIOLATION for f in self.findings)

    def as_text(self) -> str:
        """A table of the findings, one a line, and how many there are."""
        rows = [(f.severity, f.owner, f.focus, f.message, f.value) for f in self.findings]
        widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
        lines = []
        for *cells, message, value in rows:
            start = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
            lines.append(f"{start}  {message}" + (f": {value}" if value else ""))
        violations = sum(f.severity == VIOLATION for f in self.findings)
        return "\n".join([*lines, f"{len(rows)} findings, {violations} of them violations", ""])

    def as_json(self) -> dict[str, Any]:
        """Whether it conforms, and the findings as objects."""
        return {"conforms": self.conforms, "findings": [asdict(finding) for finding in self.findings]}

    def as_turtle(self) -> bytes:
        """The findings as a SHACL validation report."""
        prefixes = {"sh": str(SH), "xsd": XSD, "carisec": SCHEMA_NS}
        return serialize(self._triples(), format=RdfFormat.TURTLE, prefixes=prefixes) or b""

    def _triples(self) -> Iterator[Triple]:
        report = BlankNode("report")
        yield Triple(report, v.TYPE, _sh("ValidationReport"))
        yield Triple(report, _sh("conforms"), Literal(self.conforms))
        results = [BlankNode(f"result{number}") for number in range(len(self.findings))]
        for result in results:
            yield Triple(report, _sh("result"), result)
        iris = v.Iris(self.base_iri)
        for result, finding in zip(results, self.findings, strict=True):
            yield Triple(result, v.TYPE, _sh("ValidationResult"))
            yield Triple(result, _sh("focusNode"), iris.record(finding.focus))
            yield Triple(result, _sh("resultSeverity"), _sh(finding.severity.capitalize()))
            yield Triple(result, _sh("sourceConstraintComponent"), NamedNode(finding.constraint))
            yield Triple(result, _sh("resultMessage"), Literal(finding.message))


def check(
    schema: Schema,
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    base_iri: str,
    text_of: Callable[[str], str | None] = lambda _: None,
    lacking: Iterable[str] = (),
) -> Report:
    """Check records against the shapes, and each evidence against its quote and its document's text.

    `text_of` gives the text of a document by id, or None where it is not at hand; it is asked once for each.
    `lacking` are the ids of statements that lack an end and so are no records.
    """
    held = list(statements)
    data = serialize(triples(schema, entities, held, base_iri), format=RdfFormat.N_TRIPLES) or b""
    graph = rdflib.Graph().parse(data=data, format="nt")
    found = [*check_shapes(graph, base_iri), *check_evidence(held, text_of), *map(_lacking_an_end, lacking)]
    return Report(_sorted(found), base_iri)


def check_shapes(graph: rdflib.Graph, base_iri: str) -> Sequence[Finding]:
    """What the SHACL shapes find in RDF."""
    _, results, _ = pyshacl.validate(graph, shacl_graph=_shapes(), inference="none", inplace=True)
    iris = v.Iris(base_iri)
    found = []
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        found.append(
            Finding(
                focus=iris.record_id(str(focus)) or str(focus),
                owner=_owner(graph, focus, iris),
                message="; ".join(sorted(map(str, results.objects(result, SH.resultMessage)))),
                severity=_SEVERITIES[results.value(result, SH.resultSeverity)],
                value="" if value is None or value == focus else iris.record_id(str(value)) or str(value),
                constraint=str(results.value(result, SH.sourceConstraintComponent)),
            )
        )
    return found


def check_evidence(
    statements: Iterable[Statement], text_of: Callable[[str], str | None]
) -> Iterator[Finding]:
    """Evidence whose clause is not the one that its sha256 stands for."""
    known = cache(text_of)
    for statement in statements:
        for evidence in statement.evidence:
            for message in _pointer_faults(evidence, known(evidence.document)):
                yield Finding(evidence.id_for(statement.id), statement.id, message)


def _lacking_an_end(statement: str) -> Finding:
    message = "lacks its subject or its object: nothing else shows the statement; run `carisec load`"
    return Finding(statement, statement, message, constraint=ENDS_CHECK)


def _pointer_faults(evidence: Evidence, text: str | None) -> Iterator[str]:
    place = f"{evidence.document} {evidence.start}–{evidence.end}"
    if evidence.quote is not None and text_hash(evidence.quote) != evidence.sha256:
        yield f"the quote is not the clause of {place}: its sha256 differs"
    if text is None:
        return
    if not 0 <= evidence.start < evidence.end <= len(text):
        yield f"the clause of {place} is outside the text, which has {len(text)} characters"
    elif text_hash(text[evidence.start : evidence.end]) != evidence.sha256:
        yield f"the text of {place} is not the clause that was recorded: its sha256 differs"


def _owner(graph: rdflib.Graph, focus: object, iris: v.Iris) -> str:
    """Id of the entity or statement in whose record a focus node stands."""
    node = rdflib.URIRef(str(focus).partition("#")[0]) if iris.record_id(str(focus)) else focus
    body = graph.value(node, rdflib.URIRef(v.HAS_BODY.value)) if isinstance(node, rdflib.URIRef) else None
    return iris.record_id(str(body or node)) or str(focus)


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: two constraints of one shape may say the same about the same value."""
    unique = {(f.owner, f.focus, f.message, f.value): f for f in found}
    return tuple(unique[key] for key in sorted(unique))


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


def _sh(name: str) -> NamedNode:
    return NamedNode(str(SH) + name)
