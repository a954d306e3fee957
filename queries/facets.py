"""Facets: how often each value of a column occurs over all rows.

A facet is named by its column, or as `column.type` for the types of the entities in it. Entities are counted
by id, members of a list one by one (twice in a row counts once), and rows without a value as null.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from queries.canned import Column
from schema.errors import BadParameter

FACETS = "facets"
# So many values of a facet are told, the most frequent ones.
MOST_VALUES = 50
# So many rows are counted at most.
MOST_ROWS = 100_000
_TYPE = ".type"


def facets_of(columns: Iterable[Column]) -> tuple[str, ...]:
    """The facets that rows with these columns have; of statements there are none."""
    names = []
    for column in columns:
        if column.kind != "statements":
            names.append(column.name)
        if column.kind in ("entity", "list"):
            names.append(column.name + _TYPE)
    return tuple(names)


def wanted_facets(text: str, known: Sequence[str]) -> tuple[str, ...]:
    """The facets that a text names, separated by commas. Raises BadParameter with those that there are."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in known:
            raise BadParameter(FACETS, f"there is no facet {name!r}", known)
    return names


def count_facets(
    rows: Sequence[Mapping[str, Any]], names: Iterable[str], *, whole: bool = True
) -> list[dict[str, Any]]:
    """Each facet with its values, the most frequent first. `whole` says that these are all rows.

    A value is `{value, count}`, of an entity `{value: id, name, type, count}`. `distinct` says how many there
    are, `truncated` that not all of them are told or not all rows are counted.
    """
    counted = [_facet(rows, name) for name in names]
    return [{**one, "truncated": one["truncated"] or not whole} for one in counted]


def _facet(rows: Sequence[Mapping[str, Any]], name: str) -> dict[str, Any]:
    column, by_type = name.removesuffix(_TYPE), name.endswith(_TYPE)
    counted: Counter[Any] = Counter()
    entities: dict[str, Mapping[str, Any]] = {}
    for row in rows:
        held = row[column]
        members = [m for m in held if m is not None] if isinstance(held, list | tuple) else [held]
        if by_type:
            members = [m["type"] for m in members if isinstance(m, Mapping)]
        entities |= {m["id"]: m for m in members if isinstance(m, Mapping)}
        values = {m["id"] if isinstance(m, Mapping) else m for m in members}
        counted.update(values or {None})
    found = sorted(counted.items(), key=lambda item: (-item[1], item[0] is None, str(item[0])))
    return {
        "name": name,
        "values": [_value(value, count, entities) for value, count in found[:MOST_VALUES]],
        "distinct": len(found),
        "truncated": len(found) > MOST_VALUES,
    }


def _value(value: Any, count: int, entities: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    entity = entities.get(value) if isinstance(value, str) else None
    named = {"name": entity["name"], "type": entity["type"]} if entity else {}
    return {"value": value, **named, "count": count}
