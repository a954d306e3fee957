"""Statements as a page about an entity shows them: by relation, with the direction in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.records import ACCEPTED, fold
from schema.model import Schema
from schema.values import ENTITY_ID

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A statement, the entity at its other end, and its qualifiers by what they are called."""

    statement: Record
    other: Record | None
    qualifiers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of one relation in one direction; `anchor` is its place on the page."""

    heading: str
    anchor: str
    lines: list[Line] = field(default_factory=list)


def grouped(
    schema: Schema, key: str, statements: Iterable[Record], name_of: Callable[[str], str]
) -> list[Group]:
    """The statements about the entity with this id: those that it is the subject of first.

    Statements of a symmetric relation stand together. `name_of` tells the name of an entity by its id.
    """
    outward: dict[str, Group] = {}
    inward: dict[str, Group] = {}
    for one in statements:
        predicate = schema.predicates[one["predicate"]]
        line = Line(one, one["object"], told(schema, one["qualifiers"], name_of))
        if one["subject"]["id"] == key:
            groups, heading, anchor = outward, predicate.label, predicate.name
        else:
            line = Line(one, one["subject"], line.qualifiers)
            same = predicate.symmetric
            groups = outward if same else inward
            heading = predicate.label if same else predicate.inverse_label or predicate.label
            anchor = predicate.name if same else f"of-{predicate.name}"
        groups.setdefault(predicate.name, Group(heading, anchor.lower().replace("_", "-"))).lines.append(line)
    found = [*outward.values(), *inward.values()]
    for group in found:
        group.lines.sort(key=_order)
    return found


def _order(line: Line) -> tuple[bool, str]:
    """Accepted ones first, by the name or value at the other end."""
    told_of = line.other["name"] if line.other else line.statement["value"]
    return line.statement["status"] != ACCEPTED, fold(told_of)


def told(schema: Schema, qualifiers: Mapping[str, str], name_of: Callable[[str], str]) -> dict[str, str]:
    """Qualifiers by their labels, with the names of the entities that they name."""
    found = {}
    for name, text in qualifiers.items():
        field_ = schema.qualifiers[name]
        found[field_.label] = name_of(text) if field_.datatype == ENTITY_ID else text
    return found
