"""The command that checks the graph or an RDF file: shapes, and pointers against texts."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import orjson
import typer

from cli.console import emit, notes
from graph.anchors import Anchored
from graph.captures import CaptureStore
from graph.checks import check
from graph.findings import REPORT_FORMATS, VIOLATION, WARNING, Report
from graph.reading import read_content, read_lacking_an_end
from graph.records import CHANGED_WORDING, DOCUMENT_CHANGED, SHIFTED
from graph.settings import Settings
from graph.store import connect
from loaders.evidence import EvidenceReport, check_evidence_of, evidence_report_json, repair_pointers
from loaders.facts import FACTS
from loaders.load import read_curated
from loaders.places import Places, lines_of
from loaders.rdf.checking import check_file
from loaders.register import REGISTER
from schema.errors import UsageError
from schema.model import Schema, load_schema


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"
    NTRIPLES = "ntriples"
    RDFXML = "rdfxml"
    JSONLD = "jsonld"


HowTold = Annotated[
    ReportFormat, typer.Option(help="A table, JSON, or the W3C's validation report in an RDF format.")
]
Evidence = Annotated[
    bool, typer.Option("--evidence", help="Look for the clause of every pointer in the texts at hand.")
]
Repair = Annotated[
    bool, typer.Option("--repair", help="The same, and rewrite curated pointers whose clause has moved.")
]
Facts = Annotated[
    Path | None,
    typer.Option(
        help="With --evidence or --repair: folder of curated facts, if not the one that carisec brings."
    ),
]
Files = Annotated[
    list[Path] | None,
    typer.Argument(help="RDF files to check instead of the graph (.ttl .trig .nt .nq .jsonld .rdf, .gz)."),
]


def validate_command(
    format: HowTold = ReportFormat.TEXT,
    evidence: Evidence = False,
    repair: Repair = False,
    facts: Facts = None,
    files: Files = None,
) -> None:
    """Check the graph against the SHACL shapes and every pointer against its text.

    Each finding is told with the YAML file and line that it comes from, or with its document and clause,
    and with the shape of /shapes.ttl that it breaks. Exit code 1 if anything is violated; a warning is a
    gap, such as a document without a date. In the RDF formats sh:conforms is false with warnings too, as
    SHACL has it. All is checked in memory: some 10 s for the 75,000 triples of the first five documents.

    An RDF file is checked as it stands, before a load: each finding with its line. The entities of the
    register and the curated facts count as known. `carisec load` takes more than the shapes do: other
    properties for names, blank nodes, statements without their direct triples.

    With --evidence each pointer is exact, shifted (the clause stands elsewhere), changed wording, orphan (not
    found), document changed (another text, and the old wording is not known) or no text; exit code 1 unless
    all are exact or have no text.
    """
    settings = Settings.from_environment()
    schema = load_schema()
    if facts is not None and not (evidence or repair):
        raise UsageError("--facts without --evidence or --repair: add one of them, or leave it out")
    if facts is not None and not facts.is_dir():
        raise UsageError(f"{facts} is no folder; --facts names the folder of the curated facts")
    if files and (evidence or repair):
        raise UsageError("--evidence and --repair are for the graph: leave out the files")
    if files and len(files) > 1 and format is not ReportFormat.TEXT:
        raise UsageError(f"--format {format.value} gives the report of one file: check them one by one")
    if not (evidence or repair):
        conforms = [_check_file(settings, schema, path, format) for path in files or ()]
        if not (all(conforms) if files else _check_graph(settings, schema, format)):
            raise typer.Exit(1)
        return
    if format.value in REPORT_FORMATS:
        raise UsageError("--evidence gives a table or JSON: write --format text or --format json")
    report = check_evidence_of(settings, schema, facts or FACTS)
    if repair:
        _repair(report, facts)
        report = check_evidence_of(settings, schema, facts or FACTS)
    if format is ReportFormat.JSON:
        emit(orjson.dumps(evidence_report_json(report), option=orjson.OPT_INDENT_2).decode())
    else:
        for line in _evidence_lines(report):
            emit(line)
    if not report.conforms:
        raise typer.Exit(1)


def _check_graph(settings: Settings, schema: Schema, format: ReportFormat) -> bool:
    captures = CaptureStore(settings.data_dir)
    with notes.status("reading the graph"), connect(settings) as store:
        content, lacking = read_content(store, schema), read_lacking_an_end(store)
    entities, statements = content.entities, content.statements
    with notes.status(f"checking {len(entities):,} entities and {len(statements):,} statements"):
        report = check(schema, entities, statements, settings.base_iri, captures.text, lacking)
    if report.findings:
        places = Places(lines_of(settings, schema), entities, statements, cache(captures.text))
        report = report.placed(places.of)
    checked = f"{len(entities)} entities and {len(statements) + len(lacking)} statements checked"
    _tell(report, checked, format)
    return report.conforms


def _check_file(settings: Settings, schema: Schema, path: Path, format: ReportFormat) -> bool:
    curated = read_curated(settings, schema)
    known = {**curated.register.entities, **curated.facts.entities}
    texts = cache(CaptureStore(settings.data_dir).text)
    with notes.status(f"checking {path.name}"):
        done = check_file(schema, path, settings.base_iri, known, texts)
    _tell(done.report, f"{path.name}: {done.triples} triples checked", format)
    if done.unchecked:
        notes.print(f"{path.name}: the pointers were not checked: {done.unchecked}", markup=False)
    return done.report.conforms


def _tell(report: Report, checked: str, format: ReportFormat) -> None:
    if format.value in REPORT_FORMATS:
        emit(report.as_rdf(format.value).decode())
    elif format is ReportFormat.JSON:
        emit(orjson.dumps(report.as_json(), option=orjson.OPT_INDENT_2).decode())
    else:
        for line in report.as_lines():
            emit(line)
        counts = [(s, sum(f.severity == s for f in report.findings)) for s in (VIOLATION, WARNING)]
        told = ", ".join(
            f"{count} {severity}{'s' if count > 1 else ''}" for severity, count in counts if count
        )
        emit(f"{checked}: {told or 'all conform'}")


# --- evidence -------------------------------------------------------------------------------------------


def _repair(report: EvidenceReport, facts: Path | None) -> None:
    """Rewrite what can be, and say so; a folder of one's own facts leaves the bundled register alone."""
    done = repair_pointers(report, facts or FACTS, None if facts else REGISTER)
    for one in done:
        notes.print(f"{one.file}:{one.line}: {one.before} is {one.after} now", markup=False)
    mend = "; run `carisec load`, and `make docs` for the pointers to mentions" if done else ""
    notes.print(f"{len(done)} rewritten{mend}", markup=False)


def _evidence_lines(report: EvidenceReport) -> Iterator[str]:
    """A row for each clause at fault, with its old and new wording; then documents and counts."""
    clauses: dict[tuple[str, str, int, int], tuple[Anchored, int]] = {}
    for one, place in report.pointers:
        if one.at_fault:
            key = (place, one.pointer.document, one.pointer.start, one.pointer.end)
            first, many = clauses.get(key, (one, 0))
            clauses[key] = (first, many + 1)
    rows = [
        (one.state, place, f"{document} {start}–{end}", _told(one, many))
        for (place, document, start, end), (one, many) in clauses.items()
    ]
    yield from _table(rows, [one for one, _ in clauses.values()])
    for document in report.documents:
        if document.state == DOCUMENT_CHANGED:
            yield f"{document.id}: {DOCUMENT_CHANGED}: the pointers were made for another text"
    told = ", ".join(f"{count} {state}" for state, count in report.counts.items() if count)
    yield f"{len(report.pointers)} pointers: {told or 'none'}"


def _table(rows: Iterable[tuple[str, ...]], found: Iterable[Anchored]) -> Iterator[str]:
    held = list(rows)
    widths = [max((len(row[column]) for row in held), default=0) for column in range(3)]
    for row, one in zip(held, found, strict=True):
        yield "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]])
        if one.state == CHANGED_WORDING:
            yield f"    was: {_flat(one.wording)}"
            yield f"    now: {_flat(one.anchor.wording)}"


def _told(one: Anchored, many: int) -> str:
    anchor = one.anchor
    found = "" if anchor.start is None else f"stands at {anchor.start}–{anchor.end}"
    if one.state == SHIFTED and not anchor.unique:
        found += ", and elsewhere too"
    if one.state == CHANGED_WORDING:
        found += f", {anchor.similarity:g} % alike"
    facts = f"({many} statements)" if many > 1 else ""
    return " ".join(part for part in (found, facts) if part)


def _flat(wording: str | None) -> str:
    return " ".join((wording or "").split())
