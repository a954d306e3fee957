"""The way back from JSON Lines to entities and statements: reads what `graph.export` writes as jsonl.

Fields that it does not know are passed over, so that a file of a later version can be read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from typing import Any

import orjson

from graph.changes import Content
from graph.records import EXACT, NO_TEXT, STATES, STATUSES, Clock, Entity, Evidence, Statement, Value
from schema.errors import DataError, Fault
from schema.model import Schema
from schema.yamlfile import nearest

_MOST_FAULTS = 100
_MEND = "export the graph again"


def read_jsonl(schema: Schema, lines: Iterable[bytes], file: str) -> Content:
    """The records of a file, each sorted by id.

    Raises DataError with the first faults, each with its line: what is no record, or none that the schema
    knows, and an id that comes twice.
    """
    reader = _Reader(schema)
    entities: dict[str, Entity] = {}
    statements: dict[str, Statement] = {}
    faults: list[Fault] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = reader.record(line)
            known: dict[str, Any] = entities if isinstance(record, Entity) else statements
            if record.id in known:
                raise ValueError(f"{record.id} is there already")
            known[record.id] = record
        except ValueError as error:
            faults.append(Fault(file, number, str(error), _MEND))
            if len(faults) == _MOST_FAULTS:
                break
    if faults:
        raise DataError(faults)
    return Content(
        tuple(entities[key] for key in sorted(entities)), tuple(statements[key] for key in sorted(statements))
    )


class _Reader:
    """Makes one record at a time. Its methods raise ValueError with what is wrong."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._kinds: Mapping[str, Callable[[dict[str, Any]], Entity | Statement]] = {
            "entity": self._entity,
            "document": self._entity,
            "statement": self._statement,
        }

    def record(self, line: bytes) -> Entity | Statement:
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise ValueError(f"this is no JSON: {error}") from error
        if not isinstance(found, dict):
            raise ValueError("a line is one JSON object")
        kind = _text(found, "kind")
        if kind not in self._kinds:
            raise ValueError(f"there is no kind {kind!r}, only {', '.join(self._kinds)}")
        return self._kinds[kind](found)

    def _entity(self, record: dict[str, Any]) -> Entity:
        types = _texts(record, "types")
        for name in types:
            if name not in self._schema.types:
                raise ValueError(_unknown("type", name, self._schema.types))
        if not types:
            raise ValueError("types is empty")
        return Entity(
            id=_text(record, "id"),
            types=types,
            name=_text(record, "name"),
            aliases=_texts(record, "aliases"),
            acronyms=_texts(record, "acronyms"),
            properties=dict(sorted(self._properties(_object(record, "properties")).items())),
        )

    def _properties(self, given: dict[str, Any]) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in given.items():
            if name not in self._schema.attributes:
                raise ValueError(_unknown("attribute", name, self._schema.attributes))
            if isinstance(value, list):
                found[name] = _texts(given, name)
            else:
                found[name] = value if isinstance(value, bool) else _text(given, name)
        return found

    def _statement(self, record: dict[str, Any]) -> Statement:
        name, status = _text(record, "predicate"), _text(record, "status")
        if name not in self._schema.predicates:
            raise ValueError(_unknown("predicate", name, self._schema.predicates))
        if status not in STATUSES:
            raise ValueError(f"there is no status {status!r}, only {', '.join(STATUSES)}")
        literal = self._schema.predicates[name].datatype is not None
        qualifiers = _object(record, "qualifiers")
        for one in qualifiers:
            if one not in self._schema.qualifiers:
                raise ValueError(_unknown("qualifier", one, self._schema.qualifiers))
        clock = _object(record, "clock") if "clock" in record else {}
        return Statement(
            id=_text(record, "id"),
            subject=_text(record, "subject"),
            predicate=name,
            object=None if literal else _text(record, "object"),
            value=_text(record, "value") if literal else None,
            qualifiers={one: _text(qualifiers, one) for one in sorted(qualifiers)},
            status=status,
            evidence=tuple(
                sorted(
                    (self._evidence(one) for one in _list(record, "evidence")),
                    key=lambda e: (e.document, e.start, e.end, e.rule),
                )
            ),
            clock=Clock(**{f.name: _text(clock, f.name) for f in fields(Clock) if f.name in clock}),
        )

    def _evidence(self, record: Any) -> Evidence:
        if not isinstance(record, dict):
            raise ValueError("evidence is no list of objects")
        anchor = _optional(record, "anchor")
        if anchor is not None and anchor not in STATES:
            raise ValueError(f"there is no anchor {anchor!r}, only {', '.join(STATES)}")
        return Evidence(
            document=_text(record, "document"),
            start=_integer(record, "start"),
            end=_integer(record, "end"),
            sha256=_text(record, "sha256"),
            rule=_text(record, "rule"),
            confidence=_number(record, "confidence"),
            summary=_optional(record, "summary"),
            quote=_optional(record, "quote"),
            # What needs no word of its own follows from the quote.
            anchor=None if anchor in (EXACT, NO_TEXT) else anchor,
        )


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    hint = nearest(name, known)
    return f"the schema has no {what} {name!r}" + (f"; {hint}" if hint else "")


def _need(record: Mapping[str, Any], key: str) -> Any:
    if key not in record:
        raise ValueError(f"the record has no {key}")
    return record[key]


def _text(record: Mapping[str, Any], key: str) -> str:
    found = _need(record, key)
    if not isinstance(found, str):
        raise ValueError(f"{key} is no text")
    return found


def _optional(record: Mapping[str, Any], key: str) -> str | None:
    return None if record.get(key) is None else _text(record, key)


def _texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    found = _list(record, key)
    if not all(isinstance(one, str) for one in found):
        raise ValueError(f"{key} is no list of texts")
    return tuple(found)


def _list(record: Mapping[str, Any], key: str) -> list[Any]:
    found = _need(record, key)
    if not isinstance(found, list):
        raise ValueError(f"{key} is no list")
    return found


def _object(record: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = _need(record, key)
    if not isinstance(found, dict):
        raise ValueError(f"{key} is no object")
    return found


def _integer(record: Mapping[str, Any], key: str) -> int:
    found = _need(record, key)
    if not isinstance(found, int) or isinstance(found, bool):
        raise ValueError(f"{key} is no whole number")
    return found


def _number(record: Mapping[str, Any], key: str) -> float:
    found = _need(record, key)
    if not isinstance(found, int | float) or isinstance(found, bool):
        raise ValueError(f"{key} is no number")
    return float(found)
