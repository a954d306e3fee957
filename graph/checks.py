"""Whole-graph checks: the SHACL shapes over the RDF form, the pointer of every evidence, and loose ends.

The shapes are checked in memory by pyshacl, which takes about 9 s of a processor for 1,300 statements with
2,100 evidence and 2,650 entities, and grows with them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib import SH
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from graph import vocabulary as v
from graph.findings import INFO, SHAPE_NS, VIOLATION, WARNING, Finding, Node, Report, each_once, shapes_graph
from graph.rdf import triples
from graph.records import Entity, Evidence, Statement, text_hash
from schema.model import Schema

# What no shape can say: names of the shapes and components that stand for it in a report.
POINTER, ENDS = "Evidence-pointer", "Statement-whole"
POINTER_CHECK, ENDS_CHECK = f"{SHAPE_NS}PointerConstraint", f"{SHAPE_NS}EndsConstraint"

_SEVERITIES = {SH.Violation: VIOLATION, SH.Warning: WARNING, SH.Info: INFO}
_PREFIXES = {
    **{prefix: str(namespace) for prefix, namespace in shapes_graph().namespaces()},
    "rdfs": v.RDFS,
    "owl": v.OWL,
}


class CheckedGraph(rdflib.Graph):
    """A graph that reads the text of each query once: pyshacl asks it for every focus node."""

    def query(self, query_object: str | Query, *args: Any, **named: Any) -> Result:
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **named)


@cache
def _prepared(text: str) -> Query:
    return prepareQuery(text)


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
    graph = as_graph(triples(schema, entities, held, base_iri))
    found = [*check_shapes(graph, base_iri), *check_evidence(held, text_of), *map(_lacking_an_end, lacking)]
    return Report(each_once(found), base_iri)


def as_graph(told: Iterable[ox.Triple]) -> CheckedGraph:
    """Triples as a graph of rdflib; those with triple terms are left out, which it does not know."""
    graph = CheckedGraph()
    term = cache(_rdflib)
    for triple in told:
        if not isinstance(triple.object, ox.Triple):
            graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph


def _rdflib(term: Any) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    datatype = None if term.language else rdflib.URIRef(term.datatype.value)
    plain = datatype == rdflib.XSD.string
    return rdflib.Literal(term.value, lang=term.language, datatype=None if plain else datatype)


def check_shapes(graph: CheckedGraph, base_iri: str) -> Sequence[Finding]:
    """What the SHACL shapes find in RDF."""
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes_graph(), inference="none", inplace=True)
    iris = v.Iris(base_iri)
    found = []
    for result in results.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus = results.value(result, SH.focusNode)
        value = results.value(result, SH.value)
        path = results.value(result, SH.resultPath)
        shown = "" if value is None or value == focus else iris.record_id(str(value)) or str(value)
        found.append(
            Finding(
                focus=iris.record_id(str(focus)) or _shown(focus),
                owner=_owner(graph, focus, iris),
                message="; ".join(sorted(map(str, results.objects(result, SH.resultMessage)))),
                severity=_SEVERITIES[results.value(result, SH.resultSeverity)],
                value=shown,
                path="" if path is None else _path(results, path),
                shape=str(results.value(result, SH.sourceShape)).removeprefix(SHAPE_NS),
                constraint=str(results.value(result, SH.sourceConstraintComponent)),
                nodes=(_ox(focus), None if value is None else _ox(value)),
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
                key = evidence.id_for(statement.id)
                yield Finding(key, statement.id, message, shape=POINTER, constraint=POINTER_CHECK)


def _lacking_an_end(statement: str) -> Finding:
    message = "lacks its subject or its object: nothing else shows the statement; run `carisec load`"
    return Finding(statement, statement, message, shape=ENDS, constraint=ENDS_CHECK)


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


# --- what a result names --------------------------------------------------------------------------------


def _owner(graph: rdflib.Graph, focus: object, iris: v.Iris) -> str:
    """Id of the entity or statement in whose record a focus node stands."""
    node = rdflib.URIRef(str(focus).partition("#")[0]) if iris.record_id(str(focus)) else focus
    body = graph.value(node, rdflib.URIRef(v.HAS_BODY.value)) if isinstance(node, rdflib.URIRef) else None
    return iris.record_id(str(body or node)) or _shown(focus)


def _shown(node: object) -> str:
    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _ox(node: Any) -> Node:
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return ox.BlankNode(str(node))
    datatype = ox.NamedNode(str(node.datatype)) if node.datatype else None
    return ox.Literal(str(node), language=node.language, datatype=datatype)


def _path(results: rdflib.Graph, path: rdflib.term.Node) -> str:
    """A path as SPARQL writes it, with the prefixes of the shapes."""
    if isinstance(path, rdflib.URIRef):
        return _prefixed(str(path))
    if (inverse := results.value(path, SH.inversePath)) is not None:
        return "^" + _path(results, inverse)
    choices = results.value(path, SH.alternativePath)
    parts = [_path(results, part) for part in results.items(choices or path)]
    return ("|" if choices is not None else "/").join(parts)


def _prefixed(iri: str) -> str:
    for prefix, namespace in _PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
