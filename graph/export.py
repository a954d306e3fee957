"""The whole graph as a file, in every format of FORMATS.

The order of the output is the order of the input: the same sorted records give the same bytes.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import orjson
from pyoxigraph import Literal, RdfFormat, Triple, serialize

from graph import network
from graph.jsonld import write_jsonld
from graph.rdf import quads, triples
from graph.records import Entity, Statement, entity_json, statement_json
from graph.spreadsheets import spreadsheet_safe
from graph.vocabulary import prefixes
from schema.errors import NotFound
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class _Job:
    schema: Schema
    entities: Iterable[Entity]
    statements: Iterable[Statement]
    base_iri: str
    out: BinaryIO


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the export; `suffix` is that of its files, with the dot."""

    name: str
    media_type: str
    suffix: str
    label: str
    description: str
    write: Callable[[_Job], None]


def export(
    format_name: str,
    schema: Schema,
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    base_iri: str,
    out: BinaryIO,
) -> None:
    """Write the records to `out` in a format of FORMATS. Raises NotFound for any other name.

    Records are read once. Lines and rows go out as the records come; the RDF formats hold the statements in
    memory, since they group them by document or by subject.
    """
    if format_name not in FORMATS:
        raise NotFound(f"There is no format {format_name!r}; there are {', '.join(FORMATS)}.")
    FORMATS[format_name].write(_Job(schema, entities, statements, base_iri, out))


def _write_triples(kind: RdfFormat) -> Callable[[_Job], None]:
    def write(job: _Job) -> None:
        found: Iterable[Triple] = _triples(job)
        if kind == RdfFormat.RDF_XML:
            found = map(_for_xml, found)
        serialize(found, job.out, kind, prefixes=dict(prefixes(job.schema, job.base_iri)))

    return write


def _write_quads(kind: RdfFormat) -> Callable[[_Job], None]:
    def write(job: _Job) -> None:
        found = quads(job.schema, job.entities, job.statements, job.base_iri)
        serialize(found, job.out, kind, prefixes=dict(prefixes(job.schema, job.base_iri)))

    return write


def _triples(job: _Job) -> Iterator[Triple]:
    return triples(job.schema, job.entities, job.statements, job.base_iri)


def _for_xml(triple: Triple) -> Triple:
    term = triple.object
    if not isinstance(term, Literal) or network.xml_text(term.value) == term.value:
        return triple
    cleaned = Literal(network.xml_text(term.value), datatype=term.datatype)
    return Triple(triple.subject, triple.predicate, cleaned)


def _write_jsonld(job: _Job) -> None:
    write_jsonld(_triples(job), prefixes(job.schema, job.base_iri), job.out)


def _write_jsonl(job: _Job) -> None:
    for entity in job.entities:
        job.out.write(orjson.dumps(entity_json(entity), option=orjson.OPT_APPEND_NEWLINE))
    for statement in job.statements:
        job.out.write(orjson.dumps(statement_json(statement), option=orjson.OPT_APPEND_NEWLINE))


def _write_graphml(job: _Job) -> None:
    network.write_graphml(job.schema, job.entities, job.statements, job.out)


def _write_gexf(job: _Job) -> None:
    network.write_gexf(job.schema, job.entities, job.statements, job.out)


def _write_csv(job: _Job) -> None:
    """One row a statement, with its first evidence; `evidence` counts them, `documents` names all."""
    names = {e.id: e.name for e in job.entities}
    qualifiers = sorted(job.schema.qualifiers.values(), key=lambda f: f.property)
    text = io.TextIOWrapper(job.out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    first = ("statement", "subject", "subject_name", "predicate", "object", "object_name", "value")
    last = ("status", "document", "document_name", "start", "end", "sha256", "quote", "evidence", "documents")
    table.writerow([*first, *(f.property for f in qualifiers), *last])
    for statement in job.statements:
        table.writerow(
            [
                statement.id,
                statement.subject,
                spreadsheet_safe(names.get(statement.subject, "")),
                statement.predicate,
                statement.object or "",
                spreadsheet_safe(names.get(statement.object or "", "")),
                spreadsheet_safe(statement.value or ""),
                *(spreadsheet_safe(statement.qualifiers.get(f.name, "")) for f in qualifiers),
                statement.status,
                *_first_evidence(statement, names),
                len(statement.evidence),
                "; ".join(statement.documents),
            ]
        )
    text.detach()


def _first_evidence(statement: Statement, names: Mapping[str, str]) -> tuple[str | int, ...]:
    if not statement.evidence:
        return ("",) * 6
    found = statement.evidence[0]
    name, quote = spreadsheet_safe(names.get(found.document, "")), spreadsheet_safe(found.quote or "")
    return found.document, name, found.start, found.end, found.sha256, quote


FORMATS: Mapping[str, Format] = {
    f.name: f
    for f in (
        Format(
            "turtle",
            "text/turtle",
            ".ttl",
            "Turtle",
            "RDF for people, each triple once.",
            _write_triples(RdfFormat.TURTLE),
        ),
        Format(
            "ntriples",
            "application/n-triples",
            ".nt",
            "N-Triples",
            "RDF by the line, each triple once.",
            _write_triples(RdfFormat.N_TRIPLES),
        ),
        Format(
            "nquads",
            "application/n-quads",
            ".nq",
            "N-Quads",
            "RDF by the line, one named graph a document.",
            _write_quads(RdfFormat.N_QUADS),
        ),
        Format(
            "trig",
            "application/trig",
            ".trig",
            "TriG",
            "RDF for people, one named graph a document.",
            _write_quads(RdfFormat.TRIG),
        ),
        Format(
            "jsonld",
            "application/ld+json",
            ".jsonld",
            "JSON-LD",
            "RDF as compact JSON, each triple once.",
            _write_jsonld,
        ),
        Format(
            "rdfxml",
            "application/rdf+xml",
            ".rdf",
            "RDF/XML",
            "RDF as XML, each triple once.",
            _write_triples(RdfFormat.RDF_XML),
        ),
        Format(
            "jsonl",
            "application/x-ndjson",
            ".jsonl",
            "JSON Lines",
            "One record a line: entities and documents, then statements with evidence.",
            _write_jsonl,
        ),
        Format(
            "graphml",
            "application/graphml+xml",
            ".graphml",
            "GraphML",
            "Entities as nodes, accepted statements between them as edges.",
            _write_graphml,
        ),
        Format(
            "gexf",
            "application/gexf+xml",
            ".gexf",
            "GEXF",
            "The same for Gephi (GEXF 1.3), dates as attributes.",
            _write_gexf,
        ),
        Format(
            "csv",
            "text/csv; charset=utf-8",
            ".csv",
            "CSV",
            "One row a statement with names, qualifiers and its first evidence.",
            _write_csv,
        ),
    )
}
