"""Suggestions while someone types the name of an entity, a type or a property, for reconciliation clients."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from graph.records import fold
from queries.properties import Property, properties_of
from queries.reconcile import Register, description, types_of
from schema.model import Schema, Type

# So many at a time; a client asks for those after them with a cursor.
SUGGESTED = 20


def suggest_entities(register: Register, prefix: str, cursor: int = 0) -> list[dict[str, Any]]:
    """Entities as a search finds them, exact meanings first; `notable` are their types."""
    hits = register.names.search(register.id_of(prefix), cursor + SUGGESTED)
    return [
        {
            "id": hit.id,
            "name": hit.name,
            **description(register, hit.id),
            "notable": types_of(register, hit.id),
        }
        for hit in hits[cursor:]
    ]


def suggest_types(schema: Schema, prefix: str, cursor: int = 0) -> list[dict[str, Any]]:
    """Types with an id or a word of the label that begins so."""
    return _page((type_json(schema, one) for one in schema.types.values()), prefix, cursor)


def suggest_properties(schema: Schema, prefix: str, cursor: int = 0) -> list[dict[str, Any]]:
    """Properties with an id or a word of the label that begins so."""
    return _page(map(property_json, properties_of(schema).values()), prefix, cursor)


def type_json(schema: Schema, one: Type) -> dict[str, Any]:
    """A type with the types right above it."""
    broader = [{"id": name, "name": schema.types[name].label} for name in one.parents if name in schema.types]
    told = {"description": one.comment} if one.comment else {}
    return {"id": one.name, "name": one.label, **told, **({"broader": broader} if broader else {})}


def default_types(schema: Schema) -> list[dict[str, Any]]:
    """The types right below the top one, without candidates, which are not in the register."""
    return [
        type_json(schema, one)
        for one in schema.types.values()
        if one.parents == ("Entity",) and one.name != "Candidate"
    ]


def property_json(one: Property) -> dict[str, Any]:
    told = {"description": one.comment} if one.comment else {}
    return {"id": one.id, "name": one.name, **told}


def _page(items: Iterable[dict[str, Any]], prefix: str, cursor: int) -> list[dict[str, Any]]:
    begun = sorted(_begun(items, prefix), key=lambda one: (str(one["name"]), str(one["id"])))
    exact = [one for one in begun if prefix.strip() == one["id"]]
    others = [one for one in begun if one not in exact]
    return list(islice((*exact, *others), cursor, cursor + SUGGESTED))


def _begun(items: Iterable[dict[str, Any]], prefix: str) -> Iterator[dict[str, Any]]:
    said = fold(prefix)
    for one in items:
        name = fold(one["name"])
        if prefix.strip() == one["id"] or fold(one["id"]).startswith(said) or f" {said}" in f" {name}":
            yield one
