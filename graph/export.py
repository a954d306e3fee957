"""The whole graph as a file, in every format of FORMATS.

The same records give the same bytes, in whatever order they come.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

import orjson

from graph import network
from graph.rdf_writing import (
    Job,
    write_jsonld,
    write_nquads,
    write_ntriples,
    write_rdfxml,
    write_trig,
    write_turtle,
)
from graph.records import Entity, Statement, entity_json, statement_json
from graph.sources import Held, Source
from graph.spreadsheets import spreadsheet_safe
from schema.errors import NotFound, UsageError
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Format:
    """A format of the export.

    `suffix` is that of its files, with the dot; `triple_terms` says whether it can have those of RDF 1.2.
    """

    name: str
    media_type: str
    suffix: str
    label: str
    description: str
    write: Callable[[Job], None]
    triple_terms: bool = False


def export(
    format_name: str,
    schema: Schema,
    entities: Iterable[Entity],
    statements: Iterable[Statement],
    base_iri: str,
    out: BinaryIO,
    named: Iterable[Entity] = (),
) -> None:
    """Write records in memory to `out` in a format of FORMATS. Raises NotFound for any other name.

    Of the entities in `named` RDF gives name and types only: they are what the others speak of.
    """
    export_source(format_name, schema, Held(entities, statements, named), base_iri, out)


def export_source(
    format_name: str,
    schema: Schema,
    source: Source,
    base_iri: str,
    out: BinaryIO,
    *,
    triple_terms: bool = False,
) -> None:
    """Write all of a source to `out`, as its records come.

    With `triple_terms` statements are reified by RDF 1.2. Raises NotFound for a name that is no format, and
    UsageError for a format that has no triple terms.
    """
    if format_name not in FORMATS:
        raise NotFound(f"There is no format {format_name!r}; there are {', '.join(FORMATS)}.")
    form = FORMATS[format_name]
    if triple_terms and not form.triple_terms:
        able = ", ".join(f.name for f in FORMATS.values() if f.triple_terms)
        raise UsageError(f"{form.label} has no triple terms of RDF 1.2; these formats have: {able}")
    form.write(Job(schema, source, base_iri, out, triple_terms))


def _write_jsonl(job: Job) -> None:
    for entity in job.source.entities():
        job.out.write(orjson.dumps(entity_json(entity), option=orjson.OPT_APPEND_NEWLINE))
    for statement in _statements(job):
        job.out.write(orjson.dumps(statement_json(statement), option=orjson.OPT_APPEND_NEWLINE))


def _write_graphml(job: Job) -> None:
    network.write_graphml(job.schema, job.source.entities(), _statements(job), job.out)


def _write_gexf(job: Job) -> None:
    network.write_gexf(job.schema, job.source.entities(), _statements(job), job.out)


def _statements(job: Job) -> Iterator[Statement]:
    return (statement for statement, _ in job.source.statements())


def _write_csv(job: Job) -> None:
    """One row a statement, with its first evidence; `evidence` counts them, `documents` names all."""
    names = {e.id: e.name for e in job.source.entities()}
    qualifiers = sorted(job.schema.qualifiers.values(), key=lambda f: f.property)
    text = io.TextIOWrapper(job.out, encoding="utf-8", newline="", write_through=True)
    table = csv.writer(text)
    first = ("statement", "subject", "subject_name", "predicate", "object", "object_name", "value")
    last = ("status", "document", "document_name", "start", "end", "sha256", "quote", "evidence", "documents")
    table.writerow([*first, *(f.property for f in qualifiers), *last])
    for statement in _statements(job):
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
            write_turtle,
            True,
        ),
        Format(
            "ntriples",
            "application/n-triples",
            ".nt",
            "N-Triples",
            "RDF by the line, sorted, each triple once.",
            write_ntriples,
            True,
        ),
        Format(
            "nquads",
            "application/n-quads",
            ".nq",
            "N-Quads",
            "RDF by the line, sorted, one named graph a document.",
            write_nquads,
            True,
        ),
        Format(
            "trig",
            "application/trig",
            ".trig",
            "TriG",
            "RDF for people, one named graph a document.",
            write_trig,
            True,
        ),
        Format(
            "jsonld",
            "application/ld+json",
            ".jsonld",
            "JSON-LD",
            "RDF as compact JSON, each triple once.",
            write_jsonld,
        ),
        Format(
            "rdfxml",
            "application/rdf+xml",
            ".rdf",
            "RDF/XML",
            "RDF as XML, each triple once.",
            write_rdfxml,
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
            "Entities as nodes and accepted statements as edges for Gephi (GEXF 1.3), dates as attributes.",
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
