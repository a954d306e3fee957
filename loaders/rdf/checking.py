"""An RDF file that somebody wants to load, held against the shapes as it stands."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Triple

from graph import vocabulary as v
from graph.checks import as_graph, check_evidence, check_shapes
from graph.findings import VIOLATION, Finding, Report, each_once
from graph.imports import ImportStore
from graph.rdf import triples
from graph.rdf_reading import read_quads
from graph.records import Entity
from loaders.places import Places
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
    entities, statements = [], []
    try:
        records = read_quads(schema, told, base_iri, path.name)
        entities, statements = records.entities, records.statements
        found += [] if unchecked else check_evidence(statements, text_of)
    except DataError as error:
        unchecked = unchecked or str(error)
    clauses = Places({}, entities, statements, text_of)

    def place(finding: Finding) -> str:
        node = finding.nodes[0] if finding.nodes else iris.record(finding.focus)
        line = f"{path.name}:{lines.get(str(node), 1)}"
        clause = clauses.of(finding)
        return f"{line} {clause}" if clause not in (finding.focus, "") else line

    return FileReport(Report(each_once(found), base_iri).placed(place), len(told), unchecked)


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
