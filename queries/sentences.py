"""A statement in words: who, what, whom, and how it is qualified."""

from collections.abc import Mapping
from typing import Any

from queries.language import spoken_date
from schema.model import load_schema
from schema.values import EDTF


def sentence(row: Mapping[str, Any]) -> str:
    """`ATF supports CCGIU (date: November 2022)`, for a statement as the look-up gives it."""
    schema, properties = load_schema(), row["properties"]
    predicate = schema.predicates[properties["predicate"]]
    literal = _spoken(properties.get("value"), predicate.datatype)
    target = row["object"]["name"] if row["object"] else literal
    qualified = [
        f"{field.label}: {_spoken(properties[field.property], field.datatype)}"
        for field in sorted(schema.qualifiers.values(), key=lambda field: field.name)
        if properties.get(field.property) is not None
    ]
    tail = f" ({'; '.join(qualified)})" if qualified else ""
    return f"{row['subject']['name']} {predicate.label} {target}{tail}"


def _spoken(value: Any, datatype: str | None) -> str:
    return spoken_date(str(value)) if datatype == EDTF else str(value)
