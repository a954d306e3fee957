"""The command that checks the graph: shapes, and pointers against texts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

import typer

from cli.console import emit
from graph.captures import CaptureStore
from graph.checks import Finding, check
from graph.reading import read_content
from graph.settings import Settings
from graph.store import connect
from loaders.facts import read_facts
from loaders.register import read_register
from schema.model import Schema, load_schema


class ReportFormat(StrEnum):
    TEXT = "text"
    TURTLE = "turtle"


def validate_command(
    format: Annotated[
        ReportFormat, typer.Option(help="A table, or a SHACL validation report.")
    ] = ReportFormat.TEXT,
) -> None:
    """Check the graph against the SHACL shapes and every pointer against its text.

    Each finding is told with the file and line that it comes from, or with its document and place. Exit
    code 1 if anything is violated.
    """
    settings = Settings.from_environment()
    schema = load_schema()
    captures = CaptureStore(settings.data_dir)
    with connect(settings) as store:
        content = read_content(store, schema)
    entities, statements = content.entities, content.statements
    report = check(schema, entities, statements, settings.base_iri, captures.text)
    if format is ReportFormat.TURTLE:
        emit(report.as_turtle().decode())
    else:
        places = _places(schema)
        places |= {
            s.id: f"{s.evidence[0].document}:{s.evidence[0].start}" for s in statements if s.id not in places
        }
        for finding in report.findings:
            emit(_line(finding, places))
        checked = f"{len(entities)} entities and {len(statements)} statements checked"
        emit(f"{checked}: {len(report.findings)} findings" if report.findings else f"{checked}: all conform")
    if not report.conforms:
        raise typer.Exit(1)


def _places(schema: Schema) -> dict[str, str]:
    """File and line of everything that the curated files define, by id."""
    register = read_register(schema)
    places = {**register.places, **read_facts(schema, register).places}
    return {key: f"{file}:{line}" for key, (file, line) in places.items()}


def _line(finding: Finding, places: Mapping[str, str]) -> str:
    place = places.get(finding.focus) or places.get(finding.owner) or finding.owner
    value = f": {finding.value}" if finding.value else ""
    return f"{place}: {finding.severity}: {finding.focus} {finding.message}{value}"
