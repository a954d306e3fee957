"""A table of rows as CSV or NDJSON. The page for people is a template over the same table."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.jsontext import json_bytes
from graph.spreadsheets import spreadsheet_safe
from queries.canned import Column
from queries.run import Table
from queries.sources import Source

# Headings of the columns that tell the sources of a row's statements.
_SOURCES = ["statements_sources", "statements_addresses"]


def table_ndjson(table: Table) -> bytes:
    """One row a line."""
    return b"".join(json_bytes(row) + b"\n" for row in table.rows)


def table_csv(table: Table, sources: Sequence[Sequence[Source]] | None = None) -> bytes:
    """RFC 4180, UTF-8, with a header, columns in their declared order and every text in quotes.

    An entity gives two columns, its name and its id; lists are joined by a semicolon. No cell is a formula to
    a spreadsheet, see `graph.spreadsheets`; numbers stay numbers. `sources` of each row add two columns, the
    documents with the places of their clauses and, in the same order, the addresses of these.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    headings = [name for column in table.query.columns for name in _headings(column)]
    writer.writerow(headings + (_SOURCES if sources is not None else []))
    for n, row in enumerate(table.rows):
        cells = [cell for column in table.query.columns for cell in _cells(column, row)]
        writer.writerow(cells + (_told(sources[n]) if sources is not None else []))
    return text.getvalue().encode()


def _headings(column: Column) -> list[str]:
    return [column.name, f"{column.name}_id"] if _holds_entities(column) else [column.name]


def _holds_entities(column: Column) -> bool:
    return column.kind in ("entity", "list")


def _cells(column: Column, row: Mapping[str, Any]) -> list[Any]:
    value = row[column.name]
    if column.kind == "entity":
        return [spreadsheet_safe(value["name"]), value["id"]] if value else ["", ""]
    if column.kind == "list":
        members = list(value or ())
        return [_joined(_texts(members)), _joined(m["id"] for m in members if isinstance(m, Mapping))]
    if column.kind == "statements":
        return [_joined(value or ())]
    return [spreadsheet_safe(value) if isinstance(value, str) else "" if value is None else value]


def _told(sources: Sequence[Source]) -> list[str]:
    return [_joined(map(str, sources)), _joined(one.address for one in sources)]


def _joined(texts: Iterable[str]) -> str:
    """Each on its own is no formula either, should a spreadsheet part them at the semicolons."""
    return "; ".join(map(spreadsheet_safe, texts))


def _texts(members: Iterable[Any]) -> Iterable[str]:
    return (str(m["name"]) if isinstance(m, Mapping) else str(m) for m in members)
