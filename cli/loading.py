"""Commands that bring documents in and take them out: load, withdraw, extract, cite."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from cli.console import emit, notes, progress_bar
from graph.records import text_hash
from graph.settings import Settings
from loaders.extract import extract, extraction_json
from loaders.load import LoadReport, load, withdraw
from loaders.register import read_register
from loaders.text import read_documents
from schema.errors import UsageError
from schema.model import load_schema

Paths = Annotated[
    list[Path] | None, typer.Argument(help="Documents or folders of documents (text, Markdown, HTML).")
]


class ExtractFormat(StrEnum):
    JSONL = "jsonl"
    JSON = "json"


def load_command(paths: Paths = None) -> None:
    """Bring the graph up to the register, the curated facts and the documents under PATH.

    The documents of earlier loads stay. Loading the same again changes nothing. Input that is at fault is
    told with file, line and mend, and changes nothing.
    """
    with progress_bar() as progress:
        report = load(Settings.from_environment(), load_schema(), paths or [], progress)
    _tell(report)


def withdraw_command(
    document: Annotated[str, typer.Argument(help="Id of the document: document/NAME.")],
) -> None:
    """Take a document out: its evidence, and every statement left without any. Load it again to undo."""
    with progress_bar() as progress:
        report = withdraw(Settings.from_environment(), load_schema(), document, progress)
    _tell(report)


def extract_command(
    files: Annotated[list[Path], typer.Argument(help="Documents to read.")],
    format: Annotated[
        ExtractFormat, typer.Option(help="One object a line, or an indented list.")
    ] = ExtractFormat.JSONL,
) -> None:
    """Print what documents say, as one JSON object each, without touching the graph."""
    schema = load_schema()
    register = read_register(schema)
    sources = read_documents(files, register)
    records = (extraction_json(extract(source, register, schema), source, register) for source in sources)
    if format is ExtractFormat.JSON:
        emit(orjson.dumps(list(records), option=orjson.OPT_INDENT_2).decode())
    else:
        for record in records:
            emit(orjson.dumps(record).decode())


def cite_command(
    file: Annotated[Path, typer.Argument(help="A document.")],
    first: Annotated[str, typer.Argument(help="First words of the clause.")],
    last: Annotated[str, typer.Argument(help="Last words of the clause.")],
) -> None:
    """Print the pointer to a clause for the curated facts: its offsets and sha256."""
    text = read_documents([file], read_register(load_schema()))[0].text
    start = text.find(first)
    end = text.find(last, start) if start >= 0 else -1
    if end < 0:
        raise UsageError(
            f"{file} has no clause from {first!r} to {last!r}; copy the words as they stand in the text"
        )
    if text.find(first, start + 1) >= 0:
        raise UsageError(f"{first!r} stands in {file} more than once; give more words")
    end += len(last)
    emit(f"- {{start: {start}, end: {end}, sha256: {text_hash(text[start:end])}}}")


def _tell(report: LoadReport) -> None:
    for note, count in sorted(report.built.notes.items()):
        notes.print(f"{count} {note}", markup=False)
    content, changes = report.built.content, report.changes
    evidence = sum(len(s.evidence) for s in content.statements)
    emit(
        f"{len(content.entities)} entities, {len(content.statements)} statements, {evidence} evidence; "
        f"graph {changes.version}"
    )
    if not report.changed:
        emit("nothing changed")
        return
    deleted = (changes.deleted_entities, changes.deleted_statements, changes.deleted_evidence)
    written = (changes.entities, changes.statements, changes.evidence)
    for kind, new, rows, gone in zip(
        ("entities", "statements", "evidence"), changes.new.values(), written, deleted, strict=True
    ):
        emit(f"{kind}: {new} added, {len(rows) - new} changed, {len(gone)} removed")
