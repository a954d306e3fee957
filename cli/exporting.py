"""The command that writes the graph to a file."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import typer

from cli.console import notes
from graph.export import FORMATS, export_source
from graph.reading import require_loaded
from graph.settings import Settings
from graph.sources import Stored
from graph.store import Store, connect
from schema.errors import GraphMoved, UsageError
from schema.model import load_schema

ExportFormat = StrEnum("ExportFormat", {name: name for name in FORMATS})  # type: ignore[misc]
_TRIES = 5
_BY_SUFFIX = {f.suffix: f.name for f in FORMATS.values()}


def export_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; - is standard output.")],
    format: Annotated[
        ExportFormat | None, typer.Option(help="Format; without it the file's ending decides.")
    ] = None,
    triple_terms: Annotated[
        bool,
        typer.Option(
            "--triple-terms",
            help="Reify statements by triple terms of RDF 1.2 (rdf:reifies) instead of rdf:subject, "
            "rdf:predicate and rdf:object: turtle, ntriples, nquads, trig.",
        ),
    ] = False,
) -> None:
    """Write the whole graph to a file, which appears only when it is complete.

    The same graph gives the same bytes. ntriples and nquads are sorted by line, so that two exports can be
    compared with `diff` or `comm`.
    """
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

        def write(file: BinaryIO) -> None:
            source = Stored(store, schema)
            export_source(name, schema, source, settings.base_iri, file, triple_terms=triple_terms)

        try:
            put(output, partial(_of_one_version, store, write))
        except BrokenPipeError:
            raise
        except OSError as error:
            raise UsageError(f"{output} cannot be written: {error.strerror}") from error
    if str(output) != "-":
        notes.print(f"{output}: {FORMATS[name].label}", markup=False)


def _of_one_version(store: Store, write: Callable[[BinaryIO], None], file: BinaryIO) -> None:
    """Write the file again while a load comes between: it is read from the graph page by page."""
    for _ in range(_TRIES):
        before = require_loaded(store)
        file.seek(0)
        file.truncate()
        write(file)
        if store.version() == before:
            return
    raise GraphMoved("the graph is being loaded; ask again in a moment")


def put(output: Path, write: Callable[[BinaryIO], None]) -> None:
    """Write a file and put it into its place only when it is complete; pipes get it then too."""
    target = output.resolve()
    if str(output) != "-" and (target.is_file() or not target.exists()):
        partial_file = target.with_name(target.name + ".part")
        try:
            with partial_file.open("wb") as file:
                write(file)
            partial_file.replace(target)
        finally:
            partial_file.unlink(missing_ok=True)
        return
    with tempfile.TemporaryFile() as complete:
        write(cast(BinaryIO, complete))
        complete.seek(0)
        if str(output) == "-":
            shutil.copyfileobj(complete, sys.stdout.buffer)
            return
        with target.open("wb") as file:
            shutil.copyfileobj(complete, file)
