"""The command that verifies receipts, and what `query` and `ask` do to give them."""

import datetime as dt
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from cli.console import emit, notes
from graph.reading import require_loaded
from graph.settings import Settings
from graph.store import connect
from queries.bibliographies import CitationForm, written
from queries.catalog import load_catalog
from queries.citations import Citations
from queries.receipts import Receipt, read_receipt, receipt_json
from queries.verifying import Verification, asked, verification_json, verify
from schema.errors import UsageError


class VerificationFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


ReceiptFile = Annotated[
    Path | None,
    typer.Option("--receipt", help="File to write a receipt to, which `carisec verify` replays."),
]
CiteAs = Annotated[
    CitationForm | None,
    typer.Option("--cite", help="Instead of the answer, what to cite it by: text, CSL-JSON or BibTeX."),
]


def verify_command(
    receipt: Annotated[
        Path, typer.Argument(help="A receipt, or an answer in JSON that holds one; - is standard input.")
    ],
    format: Annotated[
        VerificationFormat, typer.Option(help="Readable text, or one JSON object.")
    ] = VerificationFormat.TEXT,
) -> None:
    """Ask again what a receipt was given for, and say what differs: rows, statements, queries, the graph.

    Exit code 1 unless the rows are the same.
    """
    given, answer = read_receipt(_content(receipt))
    with connect(Settings.from_environment()) as store:
        require_loaded(store)
        found = verify(given, store, load_catalog(), answer=answer)
    if format is VerificationFormat.JSON:
        emit(orjson.dumps(verification_json(found), option=orjson.OPT_INDENT_2).decode())
    else:
        _tell(found)
    if not found.holds:
        raise typer.Exit(1)


def write_receipt(path: Path, receipt: Receipt) -> None:
    """Write a receipt to a file. Raises UsageError where it cannot be written."""
    try:
        path.write_bytes(orjson.dumps(receipt_json(receipt), option=orjson.OPT_INDENT_2) + b"\n")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    notes.print(f"{path}: receipt {receipt.sha256}", markup=False)


def emit_citations(citations: Citations, form: CitationForm) -> None:
    """Write references to standard output."""
    emit(written(citations, form))


def today() -> dt.date:
    """The day of access of references: the user's own today."""
    return dt.datetime.now().astimezone().date()


def _content(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def _tell(found: Verification) -> None:
    receipt = found.receipt
    emit(f"{found.verdict}: {asked(receipt)}")
    now = "not asked again" if found.rows is None else f"{found.rows} now"
    emit(f"receipt {receipt.sha256}; rows: {len(receipt.rows)} then, {now}")
    for difference in found.differences:
        about = f" [{difference.id}]" if difference.id else ""
        emit(f"- {difference.kind}: {difference.says}{about}")
