"""Rows and items as DataFrames."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from carisec.optional import optional

if TYPE_CHECKING:
    import pandas as pd

Cells = dict[str, Any]


def rows_frame(columns: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> "pd.DataFrame":
    """Rows of a query; `columns` are as the catalogue has them, with `name` and `kind`.

    An entity gives two columns, its name and its id (`agency`, `agency_id`), and so does a list of entities;
    lists stay lists. Raises NotInstalled.
    """
    headings = [name for column in columns for name in _headings(column)]
    return frame(headings, [[c for column in columns for c in _cells(column, row)] for row in rows])


def items_frame(items: Sequence[Mapping[str, Any]]) -> "pd.DataFrame":
    """Items of an answer, a column for each member that any of them has, the statements last."""
    names = {name: None for item in items for name in item if name != "statements"}
    headings = (*names, "statements")
    return frame(headings, [[item.get(name) for name in headings] for item in items])


def frame(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> "pd.DataFrame":
    """Any rows under their headings. Raises NotInstalled."""
    pandas = optional("pandas", "notebook", "a DataFrame")
    return pandas.DataFrame(rows, columns=list(headings))


def with_sources(
    frame: "pd.DataFrame", clauses: Sequence[Sequence[Mapping[str, Any]]], home: str
) -> "pd.DataFrame":
    """The frame with two columns more, as the CSV of the HTTP API has them; `clauses` are those of each row.

    They are lists: documents with the places of the clauses and, in the same order, addresses of these.
    `home` goes before the addresses that are paths.
    """
    told = [dict.fromkeys(_source(clause, home) for clause in of_row) for of_row in clauses]
    return frame.assign(
        statements_sources=[[source for source, _ in one] for one in told],
        statements_addresses=[[address for _, address in one] for one in told],
    )


def _source(clause: Mapping[str, Any], home: str) -> tuple[str, str]:
    address = clause["address"]
    where = home + address if address.startswith("/") else address
    return f"{clause['title']}, {clause['locator']}", where


def _headings(column: Mapping[str, Any]) -> list[str]:
    name = column["name"]
    return [name, f"{name}_id"] if column["kind"] in ("entity", "list") else [name]


def _cells(column: Mapping[str, Any], row: Mapping[str, Any]) -> list[Any]:
    value = row[column["name"]]
    if column["kind"] == "entity":
        return [value["name"], value["id"]] if value else [None, None]
    if column["kind"] == "list":
        members = list(value or ())
        names = [m["name"] if isinstance(m, Mapping) else m for m in members]
        return [names, [m["id"] for m in members if isinstance(m, Mapping)]]
    return [value]
