"""The register: reads the curated entities and the names by which texts call them, and checks them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.records import Entity, Value, fold
from loaders.links import FILE as LINKS
from loaders.links import NO_LINKS, Links, linked, read_links
from schema.errors import Fault
from schema.model import Field, Schema
from schema.values import ENTITY_ID, XSD
from schema.yamlfile import Fields, Item, at, nearest, raise_faults, read_folder

REGISTER = Path(__file__).with_name("register")

EXACT, TITLE, ANY = "exact", "title", "any"
CASES = (EXACT, TITLE, ANY)

_ISO3166 = r"[A-Z]{2}"
_NAMING = frozenset({"name", "aliases", "acronyms"})
_LINKING = frozenset({"wikidata", "exactMatch", "closeMatch"})


@dataclass(frozen=True, slots=True)
class Name:
    """A name of an entity and how it is matched in texts.

    `case` is `exact` (only as written), `title` (as written or in capitals throughout) or `any`.
    """

    text: str
    entity: str
    case: str


@dataclass(frozen=True, slots=True)
class Register:
    """Entities by id, all their names, the file and line that each entity comes from, and their links.

    An entity's `aliases` hold all names but the first, its `acronyms` those of them whose case is `exact`;
    its `properties` hold the other attributes of the schema, what it is elsewhere among them.
    """

    entities: Mapping[str, Entity]
    names: tuple[Name, ...]
    places: Mapping[str, tuple[str, int]]
    links: Links = NO_LINKS


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity as it was read, with the places of its parts, before it is checked against others."""

    entity: Entity
    item: Item
    names: tuple[tuple[Name, Item], ...]
    ambiguous: frozenset[str]
    attributes: Mapping[str, Item]


def read_register(schema: Schema, folder: Path = REGISTER) -> Register:
    """Read all `*.yaml` of the folder: `links.yaml` has links, every other one entities.

    Raises DataError with every fault, each with file, line and mend.
    """
    faults: list[Fault] = []
    roots = read_folder(folder, faults)
    entries = [
        entry
        for root in roots
        if not _has_links(root)
        for item in root.items()
        if (entry := read_entry(schema, item)) is not None
    ]
    register = extended(schema, Register({}, (), {}), entries)
    for root in filter(_has_links, roots):
        links = read_links(root, register.entities)
        register = replace(register, entities=linked(register.entities, links.made), links=links)
    raise_faults(faults)
    return register


def _has_links(root: Item) -> bool:
    return root.file.endswith(f"/{LINKS}")


def read_entry(schema: Schema, item: Item) -> Entry | None:
    """Read one entity; None, after a fault, if it has no id to go by."""
    fields = item.fields("entity")
    if fields is None:
        return None
    id_ = fields.pop_literal("id", ENTITY_ID, required=True)
    types = _types(schema, fields, id_)
    names = _names(fields, id_ or "")
    ambiguous = frozenset(fold(text) for i in fields.pop_items("ambiguous") if (text := i.literal()))
    attributes = {
        name: found
        for name in schema.attributes
        if name not in _NAMING | _LINKING and (found := fields.pop(name)) is not None
    }
    for name in sorted(_LINKING):
        if (found := fields.pop(name)) is not None:
            found.fault(f"{name} stands with the entity", f"write it in {LINKS}, with how it was checked")
    fields.finish()
    properties: dict[str, Value] = {}
    for name, found in attributes.items():
        value = _attribute(schema, schema.attributes[name], found, types)
        if value is not None:
            properties[name] = value
    stale = ambiguous - {fold(name.text) for name, _ in names} if ambiguous else ambiguous
    for text in sorted(stale):
        item.fault(f"ambiguous lists {text!r}, which is no name of the entity", "leave it out")
    if id_ is None:
        return None
    others = [name for name, place in names if place.label != "name"]
    entity = Entity(
        id_,
        types,
        name=next((name.text for name, place in names if place.label == "name"), id_),
        aliases=tuple(name.text for name in others),
        acronyms=tuple(name.text for name in others if name.case == EXACT),
        properties=properties,
    )
    return Entry(entity, item, names, ambiguous, attributes)


def extended(schema: Schema, register: Register, entries: Sequence[Entry]) -> Register:
    """The register with more entities, checked against it and each other; faults go to the entries' lists."""
    places = dict(register.places)
    entities = dict(register.entities)
    for entry in entries:
        id_ = entry.entity.id
        if id_ in places:
            entry.item.fault(
                f"the id {id_} is taken: {at(places[id_])}", "ids are unique; join the two or rename"
            )
            continue
        places[id_] = entry.item.place
        entities[id_] = entry.entity
    for entry in entries:
        _check_codes(entry)
        _check_links(schema, entry, entities)
    _check_unique(register, entries, "iso3166")
    _check_circles(entries, entities)
    _check_names(register, entries)
    names = (name for entry in entries for name, _ in entry.names)
    return Register(entities, (*register.names, *names), places, register.links)


def check_reference(
    schema: Schema, item: Item, id_: str, known: Mapping[str, Entity], allowed: Iterable[str]
) -> bool:
    """Whether the id is known and of an allowed type or a subtype; a fault if not."""
    if id_ not in known:
        item.fault(f"{item.label}: there is no {id_}", _nearest_id(id_, known) or "add it to the register")
        return False
    types = known[id_].types
    if types and not schema.fits(types, allowed):
        item.fault(
            f"{item.label}: {id_} is {' and '.join(types)}",
            f"it must be {' or '.join(allowed)}: name another",
        )
        return False
    return True


def _nearest_id(id_: str, known: Iterable[str]) -> str:
    """The ids with the same slug, since the prefix is easily mistaken; else those that look alike."""
    slug = id_.partition("/")[2]
    same = [other for other in known if other.partition("/")[2] == slug]
    return f"did you mean {' or '.join(same)}?" if same else nearest(id_, known)


# --- one entity -----------------------------------------------------------------------------------------


def _types(schema: Schema, fields: Fields, id_: str | None) -> tuple[str, ...]:
    """The known types that it lists, in their order; checks that the first one fits the id."""
    types: list[str] = []
    for item in fields.pop_items("types", required=True):
        name = item.literal()
        if name is None:
            continue
        if name not in schema.types:
            item.fault(
                f"there is no type {name}", nearest(name, schema.types) or f"one of {', '.join(schema.types)}"
            )
        elif name in types:
            item.fault(f"the type {name} is listed twice", "keep one")
        else:
            types.append(name)
    for name in types:
        narrower = next((t for t in types if t != name and name in schema.types[t].labels), None)
        if narrower is not None:
            fields.item.fault(f"the type {name} is implied by {narrower}", f"leave {name} out")
    if types and id_ is not None:
        prefix, _, rest = id_.partition("/")
        wanted = schema.types[types[0]].prefix
        if not wanted:
            fields.item.fault(f"nothing can be only {types[0]}", "name a narrower type")
        elif prefix != wanted:
            owner = schema.prefixes.get(prefix)
            mend = f"write {wanted}/{rest}" + (f", or list {owner} first among the types" if owner else "")
            fields.item.fault(f"the id {id_} does not fit the type {types[0]}", mend)
    return tuple(types)


def _names(fields: Fields, id_: str) -> tuple[tuple[Name, Item], ...]:
    """Name, aliases and acronyms in this order, each with its place."""
    items = [fields.pop("name", required=True), *fields.pop_items("aliases"), *fields.pop_items("acronyms")]
    names: list[tuple[Name, Item]] = []
    lines: dict[str, int] = {}
    for item in items:
        name = None if item is None else _name(item, id_)
        if item is None or name is None:
            continue
        if not fold(name.text):
            item.fault(f"{name.text!r} has neither letters nor digits", "write the name in words")
        elif name.text in lines:
            item.fault(
                f"the name {name.text!r} stands in line {lines[name.text]} already", "keep one of the two"
            )
        else:
            lines[name.text] = item.line
            names.append((name, item))
    return tuple(names)


def _name(item: Item, id_: str) -> Name | None:
    """A name, with its own case rule where it is written as `{text: …, case: …}`."""
    case: str | None = None
    if item.is_mapping and (fields := item.fields(item.label)) is not None:
        text = fields.pop_literal("text", required=True)
        rule = fields.pop("case", required=True)
        fields.finish()
        case = None if rule is None else rule.literal()
        if rule is not None and case is not None and case not in CASES:
            rule.fault(f"there is no case rule {case!r}", f"one of {', '.join(CASES)}")
    else:
        text = item.literal()
    return None if text is None else Name(text, id_, case or _default_case(text, item.label))


def _default_case(text: str, label: str) -> str:
    if label == "acronyms":
        return EXACT
    return TITLE if any(c.isupper() for c in text) else ANY


def _attribute(schema: Schema, rule: Field, item: Item, types: Sequence[str]) -> Value | None:
    """Canonical value of an attribute; None, after a fault, where it does not fit."""
    if types and not schema.fits(types, rule.domain):
        item.fault(
            f"{rule.name} is no attribute of {' or '.join(types)}", f"it is one of {' or '.join(rule.domain)}"
        )
        return None
    if rule.multiple:
        return tuple(text for i in item.items() if (text := i.literal(rule.datatype)) is not None)
    text = item.literal(rule.datatype)
    return text == "true" if text is not None and rule.datatype == XSD + "boolean" else text


# --- entities among each other --------------------------------------------------------------------------


def _check_codes(entry: Entry) -> None:
    """The form of a country's code, and that the id has it."""
    iso = entry.entity.properties.get("iso3166")
    if isinstance(iso, str):
        if re.fullmatch(_ISO3166, iso) is None:
            entry.attributes["iso3166"].fault(
                f"{iso!r} is no ISO 3166 code", "two capital letters, such as JM"
            )
        elif entry.entity.id != f"country/{iso.lower()}":
            entry.attributes["iso3166"].fault(
                f"the code {iso} does not fit the id {entry.entity.id}", f"the id is country/{iso.lower()}"
            )


def _check_links(schema: Schema, entry: Entry, known: Mapping[str, Entity]) -> None:
    """Country and parent exist; a topic stands under topics and nothing else does."""
    for name, target in entry.entity.properties.items():
        if schema.attributes[name].datatype != ENTITY_ID or not isinstance(target, str):
            continue
        item = entry.attributes[name]
        if not check_reference(
            schema, item, target, known, ("Country",) if name == "country" else ("Entity",)
        ):
            continue
        if name == "parent" and ("Topic" in entry.entity.types) != ("Topic" in known[target].types):
            item.fault(
                f"{entry.entity.id} and its parent {target}: only one of them is a topic", "name another"
            )


def _check_unique(register: Register, entries: Sequence[Entry], name: str) -> None:
    owners = {
        e.properties[name]: register.places[e.id] for e in register.entities.values() if name in e.properties
    }
    for entry in entries:
        code = entry.entity.properties.get(name)
        if code is None:
            continue
        if code in owners:
            entry.attributes[name].fault(
                f"the {name} {code} is taken: {at(owners[code])}", "mend one of the two"
            )
        owners.setdefault(code, entry.item.place)


def _check_circles(entries: Sequence[Entry], known: Mapping[str, Entity]) -> None:
    """No entity is its own ancestor; each circle is one fault, at the first of its members."""
    done: set[str] = set()
    for entry in entries:
        chain: list[str] = []
        here = entry.entity.id
        while here in known and here not in done and here not in chain:
            chain.append(here)
            here = str(known[here].properties.get("parent", ""))
        if here in chain:
            circle = " → ".join([*chain[chain.index(here) :], here])
            entry.item.fault(f"parents run in a circle: {circle}", "take one of these parents away")
        done.update(chain)


@dataclass(slots=True)
class _Bearer:
    """Who bears a name: with the place, and whether it declares the name ambiguous."""

    name: Name
    place: tuple[str, int]
    ambiguous: bool


def _check_names(register: Register, entries: Sequence[Entry]) -> None:
    """No two entities share a name, unless both declare it ambiguous."""
    bearers: defaultdict[str, list[_Bearer]] = defaultdict(list)
    for name in register.names:
        bearers[fold(name.text)].append(_Bearer(name, register.places[name.entity], False))
    told: set[tuple[str, str, str]] = set()
    for entry in entries:
        for name, item in entry.names:
            folded = fold(name.text)
            bearer = _Bearer(name, item.place, folded in entry.ambiguous)
            for other in bearers[folded]:
                pair = (folded, other.name.entity, name.entity)
                if pair not in told and _clash(bearer, other):
                    told.add(pair)
                    item.fault(
                        f"{name.text!r} is a name of {other.name.entity} too: {at(other.place)}",
                        "leave the weaker one out, or list it under ambiguous in both",
                    )
            bearers[folded].append(bearer)


def _clash(one: _Bearer, other: _Bearer) -> bool:
    if one.name.entity == other.name.entity or (one.ambiguous and other.ambiguous):
        return False
    exact = EXACT in (one.name.case, other.name.case)
    return one.name.text == other.name.text if exact else True
