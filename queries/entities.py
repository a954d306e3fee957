"""Records of single things as the API gives them: entities, statements and documents with their evidence."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph.store import Store
from queries import lookups
from queries.citing import address, locator
from queries.clocks import UNLIMITED, Clocks
from schema.errors import NotFound
from schema.model import Schema
from schema.values import XSD

_NAMING = ("name", "aliases", "acronyms")


def entity_record(
    store: Store,
    schema: Schema,
    id_: str,
    *,
    offset: int = 0,
    limit: int = 100,
    mentions: bool = False,
    clocks: Clocks = UNLIMITED,
) -> dict[str, Any]:
    """An entity with one page of the statements that it is subject or object of. Raises NotFound."""
    values = {"id": id_, "mentions": mentions, "offset": offset, "limit": limit + 1}
    return _record(store, schema, id_, lookups.STATEMENTS_OF_ENTITY, values, clocks)


def document_record(
    store: Store, schema: Schema, id_: str, *, offset: int = 0, limit: int = 100
) -> dict[str, Any]:
    """A document with one page of the statements that rest on it. Raises NotFound."""
    values = {"id": id_, "offset": offset, "limit": limit + 1}
    record = _record(store, schema, id_, lookups.STATEMENTS_OF_DOCUMENT, values)
    if "Document" not in record["types"]:
        raise NotFound(f"{id_} is no document")
    return record


def statement_record(store: Store, schema: Schema, key: str) -> dict[str, Any]:
    """One statement with its evidence. Raises NotFound."""
    found = statement_records(store, schema, [key])
    if not found:
        raise NotFound(f"no statement has the id {key}")
    return found[0]


def statement_records(
    store: Store, schema: Schema, ids: Sequence[str], clocks: Clocks = UNLIMITED
) -> list[dict[str, Any]]:
    """These statements in the order of `ids`, with their evidence in documents that were published by then.

    Unknown ones are left out.
    """
    rows = store.read(lookups.STATEMENTS, {"ids": list(ids)}).mappings()
    found = {row["properties"]["id"]: _statement(schema, row, clocks) for row in rows}
    return [found[key] for key in ids if key in found]


def _record(
    store: Store,
    schema: Schema,
    id_: str,
    text: str,
    values: Mapping[str, Any],
    clocks: Clocks = UNLIMITED,
) -> dict[str, Any]:
    rows = store.read(lookups.ENTITY, {"id": id_}).rows
    if not rows:
        raise NotFound(f"nothing has the id {id_}; /search finds ids by name")
    properties = rows[0][0]
    ids = [row[0] for row in store.read(clocks.cypher(text), {**values, **clocks.values()}).rows]
    limit = values["limit"] - 1
    return {
        "id": id_,
        "name": properties["name"],
        "types": properties["types"],
        "aliases": properties.get("aliases") or [],
        "acronyms": properties.get("acronyms") or [],
        "properties": {
            name: properties[name + "Text"] if field.datatype == XSD + "decimal" else properties[name]
            for name, field in sorted(schema.attributes.items())
            if name not in _NAMING and properties.get(name) is not None
        },
        "statements": statement_records(store, schema, ids[:limit], clocks),
        "truncated": len(ids) > limit,
    }


def _statement(schema: Schema, row: Mapping[str, Any], clocks: Clocks) -> dict[str, Any]:
    properties = row["properties"]
    return {
        "id": properties["id"],
        "subject": row["subject"],
        "predicate": properties["predicate"],
        "label": schema.predicates[properties["predicate"]].label,
        "object": row["object"],
        "value": properties.get("value"),
        "qualifiers": {
            field.name: properties[field.property]
            for field in sorted(schema.qualifiers.values(), key=lambda f: f.name)
            if properties.get(field.property) is not None
        },
        "status": properties["status"],
        "evidence": [_evidence(one) for one in row["evidence"] if clocks.published(one.get("documentKnown"))],
    }


def _evidence(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": one["id"],
        "document": {
            "id": one["document"],
            "name": one["documentName"],
            "publisher": one.get("documentPublisher"),
            "published": one.get("documentPublished"),
            "url": one.get("documentUrl"),
        },
        "start": one["start"],
        "end": one["end"],
        "sha256": one["sha256"],
        "quote": one.get("quote"),
        "summary": one.get("summary"),
        "rule": one["rule"],
        "confidence": one["confidence"],
        "verified": one["verified"],
        "anchor": one["anchor"],
        "locator": locator(one),
        "address": address(one),
    }
