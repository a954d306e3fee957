"""What may be given for a parameter of a query, for forms and type-ahead.

A choice has its choices. For an entity there are the entities of the declared types that occur in an accepted
statement of those relations that the query follows. For a text or a date there are the values of a column of
the query's own rows: the column of the parameter's name, else the only column of its kind.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from graph.records import MENTIONS, fold
from graph.store import Store
from queries.canned import Column, Parameter, Query
from queries.clocks import UNLIMITED, Clocks
from queries.cyphertext import read_cypher
from queries.names import NameIndex
from queries.run import run
from schema.errors import BadParameter, NotFound

CHOICES, ENTITIES, ROWS, FREE = "choices", "entities", "rows", "free"
# So many rows are looked at for the values of a column.
MOST_ROWS = 10_000
# So many entities are looked up at a time.
_CHUNK = 500
_ANY_DAY = "0001-01-01/9999-12-31"
_RECORDS = frozenset({"SUBJECT", "OBJECT", "EVIDENCE_FOR", "FROM"})

_OCCURRING = """
MATCH (n:Entity)
WHERE n.id IN $ids AND (EXISTS {{ {occurs} }}
  OR EXISTS {{ (n)<-[:FROM]-(:Evidence) WHERE true /* published: n */ }})
RETURN n.id AS id
"""
_RELATED = "(n)-[r:{types}]-() WHERE true /* clocks: r */"
_STATED = """(n)<-[:SUBJECT|OBJECT]-(s:Statement)
    WHERE s.status = 'accepted' AND s.predicate <> $without /* clocks: s */"""


@dataclass(frozen=True, slots=True)
class Value:
    """Something to give: `value` as it is sent; an entity's name and type; in how many rows it occurs."""

    value: str
    name: str
    type: str | None = None
    rows: int | None = None


@dataclass(frozen=True, slots=True)
class Values:
    """A page of values. `basis` says what they are taken from; `free` means that there is nothing to list."""

    basis: str
    values: tuple[Value, ...]
    truncated: bool


def values_for(
    query: Query,
    parameter: str,
    given: Mapping[str, str],
    store: Store,
    names: NameIndex,
    clocks: Clocks = UNLIMITED,
    *,
    text: str = "",
    offset: int = 0,
    limit: int = 100,
    seconds: float | None = None,
) -> Values:
    """One page of values that begin with a text, in order; of entities those that a search finds, best first.

    `given` are the query's other parameters: values are taken from the rows that these and the clocks leave,
    entities from what the clocks leave. Raises NotFound
    for an unknown parameter and BadParameter for what another one cannot be.
    """
    wanted = query.parameter(parameter)
    if wanted is None:
        known = ", ".join(p.name for p in query.parameters)
        raise NotFound(f"the query {query.name} has no parameter {parameter!r}; it has {known or 'none'}")
    _refuse_strange(query, wanted, given)
    if wanted.kind == "entity":
        found = _active(_entities(names, wanted, text), query, store, clocks, seconds)
        return _page(ENTITIES, found, offset, limit)
    if wanted.kind == "choice":
        begun = (Value(one, one) for one in wanted.choices if fold(one).startswith(fold(text)))
        return _page(CHOICES, begun, offset, limit)
    column = _column(query, wanted)
    if column is None:
        return Values(FREE, (), False)
    open_ = dict(given) | ({wanted.name: _ANY_DAY} if wanted.kind == "date" else {})
    table = run(query, open_, store, names, clocks, limit=MOST_ROWS, seconds=seconds)
    page = _page(ROWS, _distinct(table.rows, column, text), offset, limit)
    return replace(page, truncated=page.truncated or table.truncated)


def _refuse_strange(query: Query, wanted: Parameter, given: Mapping[str, str]) -> None:
    others = [p.name for p in query.parameters if p is not wanted]
    for name in given:
        if name not in others:
            raise BadParameter(name, f"the query {query.name} has no such other parameter", others)


def _page(basis: str, found: Iterator[Value], offset: int, limit: int) -> Values:
    values = tuple(islice(found, offset, offset + limit + 1))
    return Values(basis, values[:limit], len(values) > limit)


def _column(query: Query, parameter: Parameter) -> Column | None:
    """The column that a text or date parameter is about, by its name, or as the only one of its kind."""
    if (named := query.column(parameter.name)) is not None:
        return named
    kind = [column for column in query.columns if column.kind == parameter.kind]
    return kind[0] if len(kind) == 1 else None


def _distinct(rows: Sequence[Mapping[str, Any]], column: Column, text: str) -> Iterator[Value]:
    counted = Counter(str(row[column.name]) for row in rows if row[column.name] is not None)
    for value, count in sorted(counted.items()):
        if fold(value).startswith(fold(text)):
            yield Value(value, value, rows=count)


def _entities(names: NameIndex, parameter: Parameter, text: str) -> Iterator[Value]:
    if text.strip():
        ids = [hit.id for hit in names.search(text, len(names.entities), parameter.types)]
    else:
        fitting = (key for key in names.entities if names.of_type(key, parameter.types))
        ids = sorted(fitting, key=lambda key: (fold(names.entities[key].name), key))
    for key in ids:
        yield Value(key, names.entities[key].name, names.entities[key].type)


def _active(
    found: Iterator[Value], query: Query, store: Store, clocks: Clocks, seconds: float | None
) -> Iterator[Value]:
    """Those that occur in a statement that the query could follow, in the same order."""
    text, without = _check(query)
    text = clocks.cypher(text)
    while chunk := list(islice(found, _CHUNK)):
        given = {**clocks.values(), "ids": [value.value for value in chunk], "without": without}
        occurring = {row[0] for row in store.read(text, given, seconds=seconds).rows}
        yield from (value for value in chunk if value.value in occurring)


def _check(query: Query) -> tuple[str, str]:
    """The text that tells which ids occur, and the predicate of which statements do not count.

    A query that reads statements as nodes or does not say its types may follow any of them; others follow
    relationships of their types. A document occurs as what statements rest on.
    """
    used = read_cypher(query.cypher)
    types = {one.name for one in used.types} - _RECORDS
    by_record = any(one.name == "Statement" for one in used.labels)
    occurs = _STATED if by_record or not types else _RELATED.format(types="|".join(sorted(types)))
    return _OCCURRING.format(occurs=occurs), "" if MENTIONS in types else MENTIONS
