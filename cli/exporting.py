"""The command that writes the graph to a file."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from cli.console import notes
from graph.export import FORMATS, export
from graph.reading import read_entities, read_statements
from graph.settings import Settings
from graph.store import connect
from schema.errors import UsageError
from schema.model import load_schema

ExportFormat = StrEnum("ExportFormat", {name: name for name in FORMATS})  # type: ignore[misc]
_BY_SUFFIX = {f.suffix: f.name for f in FORMATS.values()}


def export_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; - is standard output.")],
    format: Annotated[
        ExportFormat | None, typer.Option(help="Format; without it the file's ending decides.")
    ] = None,
) -> None:
    """Write the whole graph to a file, which appears only when it is complete."""
    name = format.value if format else _BY_SUFFIX.get(output.suffix)
    if name is None:
        raise UsageError(
            f"{output} has no ending that tells a format; add --format, one of {', '.join(FORMATS)}"
        )
    settings = Settings.from_environment()
    schema = load_schema()
    with connect(settings) as store:
        entities, statements = read_entities(store, schema), read_statements(store, schema)
        if str(output) == "-":
            export(name, schema, entities, statements, settings.base_iri, sys.stdout.buffer)
            return
        partial = output.with_name(output.name + ".part")
        try:
            with partial.open("wb") as file:
                export(name, schema, entities, statements, settings.base_iri, file)
            partial.replace(output)
        except OSError as error:
            raise UsageError(f"{output} cannot be written: {error.strerror}") from error
        finally:
            partial.unlink(missing_ok=True)
    notes.print(f"{output}: {output.stat().st_size:,} bytes, {FORMATS[name].label}", markup=False)
