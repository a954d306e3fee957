"""An RDF file that somebody wants to load, held against the shapes as it stands."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple
from rdflib import Graph, URIRef
from rdflib.term import Node

from graph import vocabulary as v
from graph.checks import as_graph, check_evidence, check_shapes
from graph.findings import VIOLATION, Finding, Report, each_once
from graph.imports import ImportStore
from graph.rdf import triples
from graph.rdf_reading import read_quads
from graph.records import Entity
from loaders.places import clause_told
from loaders.rdf.files import keep_file, rdf_suffix, read_triples
from schema.errors import DataError, UsageError
from schema.model import Schema

_KEYS = ("parent", "country")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in a file, how many triples it has, and why its pointers were not checked if so."""

    report: Report
    triples: int
    unchecked: str = ""


def check_file(
    schema: Schema,
    path: Path,
    base_iri: str,
    known: Mapping[str, Entity],
    text_of: Callable[[str], str | None] = lambda _: None,
) -> FileReport:
    """Check a file against the shapes, then its pointers against their quotes and texts.

    `known` are entities that the file may name without saying what they are. A class stands for those above
    it, a triple term for subject, predicate and object. Raises UsageError for a file that is no RDF, and
    DataError with every fault of its syntax.
    """
    if rdf_suffix(path) is None:
        raise UsageError(f"{path} is no RDF file; its name ends in .ttl .trig .nt .nq .jsonld or .rdf")
    lines: dict[str, int] = {}
    told: dict[Triple, None] = {}
    with tempfile.TemporaryDirectory() as folder:
        store = ImportStore(Path(folder))
        kept = keep_file(path, store, base_iri)
        for read, line in read_triples(store, kept):
            triple = read.triple if isinstance(read, Quad) else read
            lines.setdefault(str(triple.subject), line)
            told[triple] = None
    iris = v.Iris(base_iri)
    whole = dict.fromkeys(_whole(schema, told))
    lent = _lent(whole, known, iris)
    graph = as_graph([*whole, *triples(schema, lent, [], base_iri)])
    ids = {entity.id for entity in lent}
    found = [f for f in check_shapes(graph, base_iri) if f.owner not in ids]
    unchecked = "the shapes are not satisfied" if any(f.severity == VIOLATION for f in found) else ""
    if not unchecked:
        try:
            found += check_evidence(read_quads(schema, told, base_iri, path.name).statements, text_of)
        except DataError as error:
            unchecked = str(error)

    def place(finding: Finding) -> str:
        node = finding.nodes[0] if finding.nodes else iris.record(finding.focus)
        clause = _clause(graph, iris, URIRef(iris.record(finding.focus).value), text_of)
        return f"{path.name}:{lines.get(str(node), 1)} {clause}".strip()

    return FileReport(Report(each_once(found), base_iri).placed(place), len(told), unchecked)


def _clause(graph: Graph, iris: v.Iris, record: Node, text_of: Callable[[str], str | None]) -> str:
    """The document and clause of an evidence, or of the first one of a statement; empty for anything else."""
    evidence = min(graph.objects(record, _term(v.HAS_EVIDENCE)), key=str, default=record)
    clause = graph.value(evidence, _term(v.HAS_TARGET))
    if clause is None:
        return ""
    selectors = list(graph.objects(clause, _term(v.HAS_SELECTOR)))
    start, end, exact = (
        next((str(found) for one in selectors for found in graph.objects(one, _term(term))), "")
        for term in (v.START, v.END, v.EXACT)
    )
    source = str(graph.value(clause, _term(v.HAS_SOURCE)))
    document = iris.record_id(source) or source
    text = text_of(document) if not exact and start.isdecimal() and end.isdecimal() else None
    return clause_told(document, start, end, exact or (text[int(start) : int(end)] if text else ""))


def _term(term: NamedNode) -> URIRef:
    return URIRef(term.value)


def _whole(schema: Schema, told: Iterable[Triple]) -> Iterator[Triple]:
    """The triples with what follows from them: the classes above, and what a triple term says."""
    above = {t.iri: [schema.types[label].iri for label in t.labels] for t in schema.types.values()}
    for triple in told:
        yield triple
        target = triple.object
        if triple.predicate == v.TYPE and isinstance(target, NamedNode):
            for iri in above.get(target.value, ()):
                yield Triple(triple.subject, v.TYPE, NamedNode(iri))
        if triple.predicate == v.REIFIES and isinstance(target, Triple):
            parts = (target.subject, target.predicate, target.object)
            for term, part in zip((v.SUBJECT, v.PREDICATE, v.OBJECT), parts, strict=True):
                yield Triple(triple.subject, term, part)


def _lent(told: Iterable[Triple], known: Mapping[str, Entity], iris: v.Iris) -> list[Entity]:
    """Entities that the file names and does not describe, with those that they name in turn."""
    described, named = set(), []
    for triple in told:
        if triple.predicate == v.TYPE:
            described.add(str(triple.subject).strip("<>"))
        named += [term.value for term in (triple.subject, triple.object) if isinstance(term, NamedNode)]
    waiting = [id_ for iri in dict.fromkeys(named) if iri not in described and (id_ := iris.entity_id(iri))]
    lent: dict[str, Entity] = {}
    while waiting:
        entity = known.get(waiting.pop())
        if entity is not None and entity.id not in lent:
            lent[entity.id] = entity
            links = (entity.properties.get(key) for key in _KEYS)
            waiting += [one for one in links if isinstance(one, str)]
    return list(lent.values())
