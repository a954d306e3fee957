"""The command that writes the graph to a file."""

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from cli.console import notes
from graph.export import FORMATS, export
from graph.reading import read_content
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
    if not output.name and str(output) != "-":
        raise UsageError(f"{str(output)!r} names no file")
    name = format.value if format else _BY_SUFFIX.get(output.suffix)
    if name is None:
        raise UsageError(
            f"{output} has no ending that tells a format; add --format, one of {', '.join(FORMATS)}"
        )
    settings = Settings.from_environment()
    schema = load_schema()
    with connect(settings) as store:
        content = read_content(store, schema)

    def write(file: BinaryIO) -> None:
        export(name, schema, content.entities, content.statements, settings.base_iri, file)

    if str(output) == "-":
        write(sys.stdout.buffer)
        return
    target = output.resolve()
    try:
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                write(file)
        else:
            _write_whole(target, write)
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error
    notes.print(f"{output}: {FORMATS[name].label}", markup=False)


def _write_whole(target: Path, write: Callable[[BinaryIO], None]) -> None:
    """Put a file into its place only when it is complete."""
    partial = target.with_name(target.name + ".part")
    try:
        with partial.open("wb") as file:
            write(file)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
