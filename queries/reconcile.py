"""Reconciliation: which entities the names of others mean, as the Reconciliation Service API 0.2 has it.

RULE says how candidates are found and scored; it stands in the API's own description.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import orjson
import pydantic
from rapidfuzz import fuzz, process

from graph.records import fold
from graph.store import Store
from queries.names import Hit, NameIndex
from queries.properties import Known, Property, agreement, meanings, properties_of, read_values
from schema.errors import BadParameter
from schema.model import Schema
from schema.values import SCHEMA_NS

LARGEST_BATCH = 50
MOST_CANDIDATES = 100
# As /search has it; looking for a name costs in proportion to its length.
LONGEST_TEXT = 300
_USUAL_CANDIDATES = 10
# So many names are weighed before the best are given.
_POOL = 100
_SUGGESTIONS = 5

# What a way of being found is worth; in all others it is the likeness that counts.
_POINTS = {"id": 100.0, "name": 100.0, "alias": 95.0, "acronym": 95.0, "spelling": 90.0}
_POINTS |= {"derived": 85.0, "part": 75.0}
_LIKENESS = 70.0
# Ways that leave no doubt, if nothing else was found by one.
_CERTAIN = frozenset(_POINTS) - {"part"}
# How much of a score the properties make where a name is given too.
_PROPERTIES = 0.3
_UNKNOWN = 0.5
# A name that merely looks like the text is left out if it is less like it than this, in percent.
_ALIKE = 60.0
_ANYTHING = "Entity"

RULE = """
Points for the name: 100 for the id or the name itself, 95 for another name or an acronym, 90 for one of these
in another spelling, 85 for a name derived from others, 75 for a part that only one name has; for any other
likeness (typos, beginnings, words) 70 times the share of letters that agree once words are sorted. Names that
neither begin so nor hold all the words and are less than 60 % alike are left out.

Each property that is given counts 1 where a value agrees, 0 where there are values but none agrees, 0.5 where
nothing is known; texts that are nearly the same count as much as they are alike. With a name the score is
70 % of its points and 30 points times the mean of the properties; without one it is 100 times that mean, and
at least one property must agree. `type` is a condition: a candidate is of one of the types (`type_strict`
all: of all of them) or of a subtype.

`match` is true for a candidate that was found by its id, name, other name, acronym, spelling or derived name,
that no property speaks against, and that is the only such one.
""".strip()


class _PropertyValue(pydantic.BaseModel):
    id: str
    name: str | None = None

    def plain(self) -> dict[str, str]:
        return {"id": self.id}


_Text = Annotated[str, pydantic.StringConstraints(max_length=LONGEST_TEXT)]
_Scalar = pydantic.StrictBool | pydantic.StrictInt | pydantic.StrictFloat | _Text | _PropertyValue


class _Condition(pydantic.BaseModel):
    pid: _Text
    v: _Scalar | list[_Scalar]

    @property
    def values(self) -> list[Any]:
        given = self.v if isinstance(self.v, list) else [self.v]
        return [one.plain() if isinstance(one, _PropertyValue) else one for one in given]


class Query(pydantic.BaseModel):
    """One reconciliation query as the protocol has it; what else it holds is passed over."""

    query: _Text | None = None
    type: _Text | list[_Text] | None = None
    limit: int = pydantic.Field(default=_USUAL_CANDIDATES, ge=1)
    properties: list[_Condition] = []
    type_strict: Literal["any", "should", "all"] | None = None

    @property
    def types(self) -> list[str]:
        return [self.type] if isinstance(self.type, str) else list(self.type or ())


class _Wanted(pydantic.BaseModel):
    id: _Text
    settings: dict[str, Any] = {}


class Extension(pydantic.BaseModel):
    """A data extension query: values of which properties are wanted for which ids."""

    ids: list[str]
    properties: list[_Wanted]


_BATCH = pydantic.TypeAdapter(dict[str, Query])
_QUERY = pydantic.TypeAdapter(Query)
_EXTENSION = pydantic.TypeAdapter(Extension)


@dataclass(frozen=True, slots=True)
class Register:
    """What queries are answered from. `space` is what stands before an id in an IRI."""

    names: NameIndex
    store: Store
    schema: Schema
    space: str
    seconds: float | None = None

    def id_of(self, text: str) -> str:
        """A text without the beginning that makes an id an IRI."""
        return text.strip().removeprefix(self.space)


@dataclass(frozen=True, slots=True)
class _Wish:
    """A property that is to have one of these values; `meant` are the entities that they mean."""

    property: Property
    values: Sequence[Any]
    meant: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A candidate: how its name was found, how alike that is in percent, how far its properties agree."""

    hit: Hit | None
    id: str
    likeness: float
    agreements: Mapping[str, float | None]

    @property
    def points(self) -> float:
        if self.hit is None:
            return 0.0
        return _POINTS.get(self.hit.reason, _LIKENESS * self.likeness / 100)

    @property
    def score(self) -> float:
        if not self.agreements:
            return self.points
        told = [_UNKNOWN if one is None else one for one in self.agreements.values()]
        mean = sum(told) / len(told)
        if self.hit is None:
            return 100 * mean
        return (1 - _PROPERTIES) * self.points + _PROPERTIES * 100 * mean

    @property
    def certain(self) -> bool:
        """Whether its name leaves no doubt and no property speaks against it."""
        agreed = all(one is None or one > 0 for one in self.agreements.values())
        return self.hit is not None and self.hit.reason in _CERTAIN and agreed


def read_batch(text: str) -> dict[str, Query]:
    """A batch from its JSON. Raises BadParameter that names the query and its part."""
    batch: dict[str, Query] = _checked(_BATCH, "queries", text)
    return batch


def read_query(text: str) -> Query:
    """A single query, as older clients send it: its JSON, or the name alone. Raises BadParameter."""
    if not text.lstrip().startswith("{"):
        if len(text) > LONGEST_TEXT:
            raise BadParameter("query", f"it has more than {LONGEST_TEXT} characters")
        return Query(query=text)
    query: Query = _checked(_QUERY, "query", text)
    return query


def read_extension(text: str) -> Extension:
    """A data extension query from its JSON. Raises BadParameter."""
    extension: Extension = _checked(_EXTENSION, "extend", text)
    return extension


def _checked(shape: pydantic.TypeAdapter[Any], parameter: str, text: str) -> Any:
    try:
        return shape.validate_python(orjson.loads(text))
    except orjson.JSONDecodeError as error:
        raise BadParameter(parameter, f"it is not JSON: {error}") from None
    except pydantic.ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(map(str, fault["loc"]))
        raise BadParameter(parameter, f"{place}: {fault['msg'].lower()}" if place else fault["msg"]) from None


def reconcile(register: Register, query: Query, place: str = "query") -> list[dict[str, Any]]:
    """Candidates of one query, the best first. Raises BadParameter for an unknown type or property.

    `place` is what the query goes by in its batch.
    """
    types = tuple(known_type(register.schema, one, place) for one in query.types)
    known = properties_of(register.schema)
    wanted = _conditions(register, known, query, place)
    text = (query.query or "").strip()
    found = _named(register, text, types) if text else _all(register, types) if wanted else []
    if query.type_strict == "all":
        found = [(id_, hit) for id_, hit in found if _of_all(register.names, id_, types)]
    values = _values(register, found, [one.property for one in wanted])
    weighed = [
        _Found(hit, id_, _likeness(register.names, id_, text), _agreements(values[id_], wanted))
        for id_, hit in found
    ]
    if not text:
        weighed = [one for one in weighed if any(one.agreements.values())]
    weighed.sort(key=lambda one: (-one.score, -one.likeness, one.id))
    certain = [one for one in weighed if one.certain]
    return [
        _candidate(register, one, bool(types), certain == [one])
        for one in weighed[: min(query.limit, MOST_CANDIDATES)]
    ]


def known_type(schema: Schema, text: str, parameter: str) -> str:
    """A type by its name or IRI. Raises BadParameter with the nearest."""
    name = text.strip().removeprefix(SCHEMA_NS)
    if name in schema.types:
        return name
    near = [one for one, _, _ in process.extract(name, sorted(schema.types), limit=_SUGGESTIONS)]
    raise BadParameter(parameter, f"there is no type {text!r}", near)


def _property(known: Mapping[str, Property], text: str, place: str) -> Property:
    if text in known:
        return known[text]
    near = [one for one, _, _ in process.extract(text, sorted(known), limit=_SUGGESTIONS)]
    raise BadParameter(place, f"there is no property {text!r}", near)


def _conditions(register: Register, known: Mapping[str, Property], query: Query, place: str) -> list[_Wish]:
    """What properties are to hold. A property that is given twice has all the values."""
    given: dict[str, list[Any]] = {}
    for one in query.properties:
        values = [register.id_of(value) if isinstance(value, str) else value for value in one.values]
        given.setdefault(one.pid, []).extend(values)
    wanted = [(_property(known, pid, place), values) for pid, values in given.items()]
    return [_Wish(one, values, meanings(one, values, register.names)) for one, values in wanted]


def _named(register: Register, text: str, types: tuple[str, ...]) -> list[tuple[str, Hit | None]]:
    hits = register.names.search(register.id_of(text), _POOL, types)
    if hits and hits[0].reason == "id":
        return [(hits[0].id, hits[0])]
    return [
        (hit.id, hit)
        for hit in hits
        if hit.reason != "typo" or _likeness(register.names, hit.id, text) >= _ALIKE
    ]


def _all(register: Register, types: tuple[str, ...]) -> list[tuple[str, Hit | None]]:
    names = register.names
    return [(id_, None) for id_ in names.entities if names.of_type(id_, types)]


def _of_all(names: NameIndex, id_: str, types: Sequence[str]) -> bool:
    return all(names.of_type(id_, [one]) for one in types)


def _values(
    register: Register, found: Sequence[tuple[str, Hit | None]], properties: Sequence[Property]
) -> Known:
    ids = [id_ for id_, _ in found]
    if not ids or not properties:
        return {id_: {} for id_ in ids}
    return read_values(register.store, register.names, ids, properties, register.seconds)


def _agreements(held: Mapping[str, Sequence[Any]], wanted: Sequence[_Wish]) -> dict[str, float | None]:
    return {
        one.property.id: agreement(one.property, held[one.property.id], one.values, one.meant)
        for one in wanted
    }


def _likeness(names: NameIndex, id_: str, text: str) -> float:
    """How alike a text and the likest name of an entity are, in percent."""
    said = fold(text)
    return max((fuzz.token_sort_ratio(said, fold(name)) for name in names.entities[id_].names), default=0.0)


def _candidate(register: Register, one: _Found, typed: bool, match: bool) -> dict[str, Any]:
    entity = register.names.entities[one.id]
    features: list[dict[str, Any]] = []
    if one.hit is not None:
        features.append({"id": "name", "value": round(one.points, 2)})
        features.append({"id": "likeness", "value": round(one.likeness, 2)})
    if typed:
        features.append({"id": "type", "value": True})
    for id_, agreed in one.agreements.items():
        features.append({"id": f"property:{id_}", "value": _UNKNOWN if agreed is None else round(agreed, 4)})
    return {
        "id": one.id,
        "name": entity.name,
        **description(register, one.id),
        "type": types_of(register, one.id),
        "score": round(one.score, 2),
        "features": features,
        "match": match,
    }


def description(register: Register, id_: str) -> dict[str, str]:
    """The summary of an entity, to be put in where there is one."""
    summary = register.names.entities[id_].record.get("summary")
    return {"description": summary} if summary else {}


def types_of(register: Register, id_: str) -> list[dict[str, str]]:
    """The types of an entity by id and name, the most specific first."""
    labels = sorted(register.names.entities[id_].record["types"])
    ordered = sorted(labels, key=lambda one: one != register.names.entities[id_].type)
    return [{"id": one, "name": register.schema.types[one].label} for one in ordered]


def extend(register: Register, wanted: Extension) -> dict[str, Any]:
    """The values of properties of entities: `meta` and `rows` of the data extension protocol.

    The setting `limit` of a property is how many values are given at most; 0 for all. Ids that are unknown
    have no values. Raises BadParameter for an unknown property or setting.
    """
    known = properties_of(register.schema)
    properties = [_property(known, one.id, "extend") for one in wanted.properties]
    most = [_most(one.settings) for one in wanted.properties]
    ids = {given: register.id_of(given) for given in wanted.ids}
    values = read_values(
        register.store, register.names, list(dict.fromkeys(ids.values())), properties, register.seconds
    )
    rows = {
        given: {
            one.id: list(values[id_][one.id][:limit]) for one, limit in zip(properties, most, strict=True)
        }
        for given, id_ in ids.items()
    }
    return {"meta": [_meta(register.schema, one) for one in properties], "rows": rows}


def _most(settings: Mapping[str, Any]) -> int | None:
    try:
        limit = int(settings.get("limit") or 0)
    except (TypeError, ValueError):
        raise BadParameter("extend", f"the setting limit is {settings['limit']!r}, no whole number") from None
    if limit < 0:
        raise BadParameter("extend", f"the setting limit is {limit}, below 0")
    return limit or None


def _meta(schema: Schema, one: Property) -> dict[str, Any]:
    """A property with the type of its values where all are entities of one."""
    if len(one.among) != 1 or one.among == (_ANYTHING,):
        return {"id": one.id, "name": one.name}
    type_ = schema.types[one.among[0]]
    return {"id": one.id, "name": one.name, "type": {"id": type_.name, "name": type_.label}}
