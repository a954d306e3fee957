"""Rows and the entries of the catalogue as JSON, the same for the API and for Python."""

from typing import Any

from queries.canned import Column, Query
from queries.run import Table


def table_json(table: Table, following: str | None) -> dict[str, Any]:
    """The table with its columns, parameters as understood, and where the next page is."""
    return {
        "query": table.query.name,
        "title": table.query.title,
        "parameters": dict(table.parameters),
        "columns": [column_json(column) for column in table.query.columns],
        "rows": table.rows,
        "clocks": table.clocks.json(),
        "offset": table.offset,
        "limit": table.limit,
        "truncated": table.truncated,
        "next": following,
        "version": table.version,
    }


def column_json(column: Column) -> dict[str, Any]:
    """A column as the catalogue and a table tell it."""
    return {"name": column.name, "kind": column.kind, "types": list(column.types), "help": column.help}


def query_json(query: Query, sparql: str, example: str) -> dict[str, Any]:
    """An entry of the catalogue; `example` is the address of its example."""
    return {
        "name": query.name,
        "title": query.title,
        "purpose": query.purpose,
        "parameters": [
            {
                "name": p.name,
                "kind": p.kind,
                "types": list(p.types),
                "required": p.required,
                "default": p.default,
                "choices": list(p.choices),
                "help": p.help,
            }
            for p in query.parameters
        ],
        "columns": [column_json(column) for column in query.columns],
        "answer": list(query.answer),
        "phrases": [phrase.say for phrase in query.phrases],
        "example": {"parameters": dict(query.example), "address": example},
        "cypher": query.cypher,
        "sparql": sparql,
    }
