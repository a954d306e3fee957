"""The command that explains names: resolve."""

import sys
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from cli.console import emit
from graph.settings import Settings
from loaders.formats.decoding import decode
from loaders.judgements import read_judgements
from loaders.names.resolution import Resolution, resolve
from loaders.register import read_register
from loaders.text import read_documents
from schema.errors import UsageError
from schema.model import load_schema
from schema.yamlfile import raise_faults


class ResolveFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def resolve_command(
    text: Annotated[str | None, typer.Argument(help="A text; - reads standard input.")] = None,
    file: Annotated[Path | None, typer.Option(help="A document instead of a text.")] = None,
    format: Annotated[ResolveFormat, typer.Option(help="A table, or one JSON object.")] = ResolveFormat.TEXT,
) -> None:
    """Say what a text names, which rule found each name and why, and what was nearly a name.

    Names are known as a load knows them: by the register and the decisions of the judgement file.
    """
    if (text is None) == (file is None):
        raise UsageError("resolve takes a text or --file, one of the two; - as the text reads standard input")
    schema = load_schema()
    judgements = read_judgements(schema, Settings.from_environment().judgement_file)
    register = judgements.applied_to_register(read_register(schema))
    if file is not None:
        documents = read_documents([file], register)
        raise_faults(documents.faults)
        said = "\n\n".join(source.text for source in documents.sources)
    else:
        said = _standard_input() if text == "-" else _whole(str(text))
    resolution = resolve(said, register, schema)
    if format is ResolveFormat.JSON:
        emit(orjson.dumps(_record(resolution, said), option=orjson.OPT_INDENT_2).decode())
    else:
        _draw(resolution, said)


def _standard_input() -> str:
    data = sys.stdin.buffer.read()
    return decode(Path("standard input"), data) if data.strip() else ""


def _whole(text: str) -> str:
    """The text; raises UsageError where an argument held bytes that are no UTF-8, which Python lets pass."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"the text is not UTF-8 at position {error.start}; give it as UTF-8, or its file with --file"
        ) from error
    return text


def _record(resolution: Resolution, text: str) -> dict[str, object]:
    return {
        "mentions": [asdict(mention) for mention in resolution.mentions],
        "near_misses": [
            {"words": " ".join(text[d.start : d.end].split()), **asdict(d)} for d in resolution.dropped
        ],
    }


def _draw(resolution: Resolution, text: str) -> None:
    console = Console(markup=False, highlight=False)
    if not resolution.mentions:
        emit("no names found")
    else:
        table = _table("words", "stands for", "type and status", "why")
        for m in resolution.mentions:
            kind = f"{m.type}, {m.status}"
            table.add_row(f"{m.words} [{m.start}–{m.end}]", m.entity, kind, f"{m.rule}: {m.why}")
        console.print(table)
    if resolution.dropped:
        missed = _table("nearly a name", "why it is none")
        for d in resolution.dropped:
            missed.add_row(f"{' '.join(text[d.start : d.end].split())} [{d.start}–{d.end}]", d.reason)
        console.print(missed)


def _table(*columns: str) -> Table:
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
