"""The command that checks the graph: shapes, and pointers against texts."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from cli.console import emit, notes
from graph.anchors import Anchored
from graph.captures import CaptureStore
from graph.checks import Finding, check
from graph.reading import read_content, read_lacking_an_end
from graph.records import CHANGED_WORDING, DOCUMENT_CHANGED, SHIFTED
from graph.settings import Settings
from graph.store import connect
from loaders.evidence import EvidenceReport, check_evidence_of, evidence_report_json, repair_pointers
from loaders.facts import FACTS
from loaders.load import read_curated
from loaders.register import REGISTER
from schema.errors import UsageError
from schema.model import Schema, load_schema


class ReportFormat(StrEnum):
    TEXT = "text"
    JSON = "json"
    TURTLE = "turtle"


def validate_command(
    format: Annotated[
        ReportFormat, typer.Option(help="A table, JSON, or a SHACL validation report.")
    ] = ReportFormat.TEXT,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Look for the clause of every pointer in the texts at hand.")
    ] = False,
    repair: Annotated[
        bool,
        typer.Option("--repair", help="The same, and rewrite curated pointers whose clause has moved."),
    ] = False,
    facts: Annotated[
        Path | None,
        typer.Option(
            help="With --evidence or --repair: folder of curated facts, if not the one that carisec brings."
        ),
    ] = None,
) -> None:
    """Check the graph against the SHACL shapes and every pointer against its text.

    Each finding is told with the file and line that it comes from, or with its document and place. Exit
    code 1 if anything is violated. With --evidence each pointer is exact, shifted (the clause stands
    elsewhere), changed wording, orphan (not found), document changed (another text, and the old wording is
    not known) or no text; exit code 1 unless all are exact or have no text.
    """
    settings = Settings.from_environment()
    schema = load_schema()
    if facts is not None and not (evidence or repair):
        raise UsageError("--facts without --evidence or --repair: add one of them, or leave it out")
    if facts is not None and not facts.is_dir():
        raise UsageError(f"{facts} is no folder; --facts names the folder of the curated facts")
    if not (evidence or repair):
        _check_graph(settings, schema, format)
        return
    if format is ReportFormat.TURTLE:
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


def _check_graph(settings: Settings, schema: Schema, format: ReportFormat) -> None:
    captures = CaptureStore(settings.data_dir)
    with connect(settings) as store:
        content, lacking = read_content(store, schema), read_lacking_an_end(store)
    entities, statements = content.entities, content.statements
    report = check(schema, entities, statements, settings.base_iri, captures.text, lacking)
    if format is ReportFormat.TURTLE:
        emit(report.as_turtle().decode())
    elif format is ReportFormat.JSON:
        emit(orjson.dumps(report.as_json(), option=orjson.OPT_INDENT_2).decode())
    else:
        places = _places(settings, schema)
        places |= {
            s.id: f"{s.evidence[0].document}:{s.evidence[0].start}" for s in statements if s.id not in places
        }
        for finding in report.findings:
            emit(_line(finding, places))
        checked = f"{len(entities)} entities and {len(statements) + len(lacking)} statements checked"
        emit(f"{checked}: {len(report.findings)} findings" if report.findings else f"{checked}: all conform")
    if not report.conforms:
        raise typer.Exit(1)


def _places(settings: Settings, schema: Schema) -> dict[str, str]:
    """File and line of everything that the curated files define, by id."""
    curated = read_curated(settings, schema)
    places = {**curated.register.places, **curated.facts.places}
    return {key: f"{file}:{line}" for key, (file, line) in places.items()}


def _line(finding: Finding, places: Mapping[str, str]) -> str:
    place = places.get(finding.focus) or places.get(finding.owner) or finding.owner
    value = f": {finding.value}" if finding.value else ""
    return f"{place}: {finding.severity}: {finding.focus} {finding.message}{value}"


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
