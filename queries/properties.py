"""What is known of entities, as properties with values: the attributes of the register and the predicates.

An attribute goes by its name (`country`), a predicate by its own (`SUPPORTS`), and read from its object by
that name after a caret (`^SUPPORTS`). Values of predicates are those of accepted statements, whatever the
status of the act. A value is an entity as `{id, name}` or one of `{str}`, `{int}`, `{float}`; dates are text,
since they may be a year, a month or a period.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from graph.records import fold
from graph.store import Store
from queries.names import NameIndex
from schema.model import Schema
from schema.values import EDTF, ENTITY_ID, XSD, parse_date

Value = Mapping[str, Any]
# Values by the id of the entity, then by that of the property.
Known = Mapping[str, Mapping[str, Sequence[Value]]]

INVERSE = "^"
# Two texts that are less alike than this, in percent, are taken for different.
_ALIKE = 85.0

_ATTRIBUTES = "MATCH (n:Entity) WHERE n.id IN $ids RETURN n.id AS id, properties(n) AS properties"
_STATED = """
MATCH (n:Entity)<-[:{near}]-(s:Statement)
WHERE n.id IN $ids AND s.status = 'accepted' AND s.predicate IN $predicates
OPTIONAL MATCH (s)-[:{far}]->(o:Entity)
WITH DISTINCT n.id AS id, s.predicate AS predicate, s.value AS value, o.id AS other, o.name AS name
RETURN id, predicate, value, other, name ORDER BY id, predicate, name, other, value
"""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: `of` are the types of what has it, `among` those of its values where these are entities.

    `datatype` is that of values that are literals. `symmetric` predicates hold from both ends.
    """

    id: str
    name: str
    comment: str
    of: tuple[str, ...]
    among: tuple[str, ...] = ()
    datatype: str | None = None
    attribute: bool = False
    symmetric: bool = False


def properties_of(schema: Schema) -> dict[str, Property]:
    """All properties by id: attributes, then predicates, then predicates read from their objects."""
    return {one.id: one for one in (*_attributes(schema), *_predicates(schema))}


def _attributes(schema: Schema) -> Iterator[Property]:
    for field in schema.attributes.values():
        # The name is what an entity is found by, and candidates are no entities yet.
        if field.name != "name" and field.domain != ("Candidate",):
            entity = field.datatype == ENTITY_ID
            yield Property(
                field.name,
                field.label,
                field.comment,
                field.domain,
                among=("Entity",) if entity else (),
                datatype=None if entity else field.datatype,
                attribute=True,
            )


def _predicates(schema: Schema) -> Iterator[Property]:
    for one in schema.predicates.values():
        yield Property(
            one.name, one.label, one.comment, one.domain, one.range, one.datatype, symmetric=one.symmetric
        )
    for one in schema.predicates.values():
        if one.datatype is None and not one.symmetric:
            yield Property(INVERSE + one.name, one.inverse_label, one.comment, one.range, one.domain)


def fitting(schema: Schema, type_: str | None) -> list[Property]:
    """The properties that something of a type may have; of all types where that is None."""
    found = list(properties_of(schema).values())
    if type_ is None:
        return found
    near = {*schema.types[type_].labels, *schema.subtypes(type_)}
    return [one for one in found if near & set(one.of)]


def read_values(
    store: Store,
    names: NameIndex,
    ids: Sequence[str],
    properties: Sequence[Property],
    seconds: float | None = None,
) -> Known:
    """The values of these properties of these entities; an entity that is unknown has none."""
    known: dict[str, dict[str, list[Value]]] = {key: {one.id: [] for one in properties} for key in ids}
    attributes = [one for one in properties if one.attribute]
    if attributes:
        for row in store.read(_ATTRIBUTES, {"ids": list(ids)}, seconds=seconds).mappings():
            for one in attributes:
                known[row["id"]][one.id].extend(_of_attribute(names, one, row["properties"]))
    for near, far in (("SUBJECT", "OBJECT"), ("OBJECT", "SUBJECT")):
        wanted = dict(_seen_from(near, properties))
        if wanted:
            given = {"ids": list(ids), "predicates": sorted(wanted)}
            rows = store.read(_STATED.format(near=near, far=far), given, seconds=seconds).mappings()
            for row in rows:
                value = {"str": row["value"]}
                if row["other"] is not None:
                    value = {"id": row["other"], "name": row["name"]}
                known[row["id"]][wanted[row["predicate"]].id].append(value)
    return known


def _seen_from(end: str, properties: Iterable[Property]) -> Iterator[tuple[str, Property]]:
    """The predicates whose values stand at the other end, with their properties."""
    for one in properties:
        inverse = one.id.startswith(INVERSE)
        if not one.attribute and (one.symmetric or inverse == (end == "OBJECT")):
            yield one.id.removeprefix(INVERSE), one


def _of_attribute(names: NameIndex, one: Property, held: Mapping[str, Any]) -> Iterator[Value]:
    value = held.get(one.id)
    if value is None:
        return
    for member in value if isinstance(value, list) else [value]:
        if one.among:
            entity = names.entities.get(member)
            yield {"id": member, "name": entity.name if entity else member}
        elif isinstance(member, bool):
            yield {"str": str(member).lower()}
        elif one.datatype == XSD + "integer":
            yield {"int": int(member)}
        elif one.datatype == XSD + "decimal":
            yield {"float": float(member)}
        else:
            yield {"str": str(member)}


def agreement(
    one: Property, held: Sequence[Value], wanted: Sequence[Any], meant: Container[str]
) -> float | None:
    """How well what is held agrees with one of the wanted values, 0 to 1; None where nothing is held.

    An entity agrees if it is one of those that the values mean, a date with a period that it shares a day
    with, a number with the same number, a text with one that is the same or nearly so.
    """
    if not held:
        return None
    if one.among:
        return float(any(value["id"] in meant for value in held))
    return max((_agree(one, value, said) for value in held for said in wanted), default=0.0)


def meanings(one: Property, wanted: Sequence[Any], names: NameIndex) -> frozenset[str]:
    """Ids of the entities that wanted values mean: ids as they are, and what a text names."""
    if not one.among:
        return frozenset()
    ids = {said["id"] for said in wanted if isinstance(said, Mapping)}
    for said in wanted:
        if isinstance(said, str):
            ids |= {said.strip(), *names.resolve(said, one.among).ids}
    return frozenset(ids)


def _agree(one: Property, value: Value, said: Any) -> float:
    if isinstance(said, Mapping):
        return float(value.get("str") == said["id"])
    text = str(said).lower() if isinstance(said, bool) else str(said).strip()
    if "str" not in value:
        return float(_number(text) == value.get("int", value.get("float")))
    if one.datatype == EDTF:
        return float(_overlap(value["str"], text))
    if fold(value["str"]) == fold(text):
        return 1.0
    like = fuzz.ratio(fold(value["str"]), fold(text))
    return like / 100 if like >= _ALIKE else 0.0


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _overlap(one: str, other: str) -> bool:
    try:
        first, second = parse_date(one), parse_date(other)
    except ValueError:
        return False
    after = first.earliest and second.latest and first.earliest > second.latest
    before = first.latest and second.earliest and first.latest < second.earliest
    return not (after or before)
