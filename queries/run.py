"""Runs a query of the catalogue: parameters from text, one page of rows, cells as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.store import Store
from queries.canned import Parameter, Query
from queries.clocks import UNLIMITED, Clocks
from queries.keyset import AFTER, LARGEST, Scalar, Seek, fingerprint, read_token, seek, write_token
from queries.names import NameIndex
from schema.errors import BadParameter
from schema.values import parse_date

_SUGGESTIONS = 5
# The embedded engine counts rows in 32 bits.
_MOST = 1_000_000_000
_EARLIEST, _LATEST = "0000-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class Table:
    """One page of a query's rows.

    `parameters` are as they were understood: an entity as `{id, name, type}`, the rest as text or a number,
    None where nothing was given. `rows` map column names to plain values; `truncated` says that more follow;
    `version` is that of the graph, `clocks` limit what it was asked about. `start` are the keys of the row
    after which the page begins, `after` is the token of the page that follows; None where there is none.
    """

    query: Query
    parameters: Mapping[str, Any]
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    offset: int
    limit: int
    truncated: bool
    version: str
    clocks: Clocks = UNLIMITED
    start: Sequence[Scalar] | None = None
    after: str | None = None


def run(
    query: Query,
    given: Mapping[str, str],
    store: Store,
    names: NameIndex,
    clocks: Clocks = UNLIMITED,
    *,
    offset: int = 0,
    limit: int = 100,
    after: str | None = None,
    start: Sequence[Scalar] | None = None,
    seconds: float | None = None,
) -> Table:
    """Run a query with parameters as text. Raises BadParameter naming the parameter and what would do.

    A page begins at a position (`offset`), where the page before said (`after`), or behind a row of which
    the keys are known (`start`).
    """
    for name, number, least in (("offset", offset, 0), ("limit", limit, 1)):
        if number < least:
            raise BadParameter(name, f"{number} is below {least}")
        if number > _MOST:
            raise BadParameter(name, f"{number} is above {_MOST}")
    if offset and (after is not None or start is not None):
        raise BadParameter("offset", "it does not go together with `after`")
    _refuse_unknown(query, given)
    understood = {p.name: _understood(p, given.get(p.name), names) for p in query.parameters}
    shown = {name: value.text if isinstance(value, _Period) else value for name, value in understood.items()}
    columns = tuple(c.name for c in query.columns)
    seeking, version = seek(query.cypher, columns), names.version or store.version()
    mark = fingerprint(query, shown | clocks.json())
    if after is not None:
        start = _start(seeking, after, version, mark)
    elif start is not None and seeking is not None and not seeking.takes(start):
        raise BadParameter(AFTER, "the page begins after a row that this query, as it is now, cannot have")
    values = {name: _value(understood[name]) for name in understood}
    # One row more than asked for tells whether more follow.
    if seeking is None or start is None:
        text, paged = f"{query.cypher}\nSKIP $offset LIMIT $limit", {"offset": offset, "limit": limit + 1}
    else:
        text, paged = seeking.page(start, limit + 1)
    found = store.read(clocks.cypher(text), values | clocks.values() | paged, seconds=seconds)
    # The embedded engine names no columns for an empty result; the order is that of the header either way.
    rows = [{name: row.get(name) for name in columns} for row in found.mappings()]
    truncated = len(rows) > limit
    following = None
    if truncated and seeking is not None:
        following = write_token(version, mark, seeking.keys_of(rows[limit - 1]))
    return Table(
        query, shown, columns, rows[:limit], offset, limit, truncated, version, clocks, start, following
    )


def _start(seeking: Seek | None, after: str, version: str, mark: str) -> Sequence[Scalar]:
    """The keys that a token holds."""
    if seeking is None:
        raise BadParameter("after", "this query goes on by position; use `offset`")
    return read_token(after, version, mark, seeking.keys)


# Looking for a name costs in proportion to its length, and more.
LONGEST_VALUE = 500


@dataclass(frozen=True, slots=True)
class _Period:
    """A date parameter with its first and last day, for comparing as text in Cypher."""

    text: str
    start: str
    end: str


def _refuse_unknown(query: Query, given: Mapping[str, str]) -> None:
    known = [p.name for p in query.parameters]
    for name in given:
        if name not in known:
            raise BadParameter(name, f"the query {query.name} has no such parameter", known)


def _understood(parameter: Parameter, text: str | None, names: NameIndex) -> Any:
    text = (text or "").strip() or parameter.default
    if text is None:
        if parameter.required:
            raise BadParameter(parameter.name, f"it is required: {parameter.help}")
        return None
    if len(text) > LONGEST_VALUE:
        raise BadParameter(parameter.name, f"it has more than {LONGEST_VALUE} characters")
    match parameter.kind:
        case "entity":
            return _entity(parameter, text, names)
        case "date":
            return _period(parameter, text)
        case "integer":
            return _integer(parameter, text)
        case "choice" if text not in parameter.choices:
            raise BadParameter(parameter.name, f"{text!r} is not one of the choices", parameter.choices)
        case _:
            return text


def _entity(parameter: Parameter, text: str, names: NameIndex) -> dict[str, str]:
    found = names.resolve(text, parameter.types)
    if len(found.hits) == 1:
        return names.entities[found.ids[0]].cell()
    kinds = " or ".join(parameter.types) or "entity"
    if found.hits:
        several = [f"{hit.name} ({hit.id})" for hit in found.hits[:_SUGGESTIONS]]
        raise BadParameter(parameter.name, f"{text!r} may mean several things; give the id of one", several)
    near = [hit.name for hit in names.nearest(text, parameter.types, _SUGGESTIONS)]
    raise BadParameter(parameter.name, f"no {kinds} is known as {text!r}", near)


def _period(parameter: Parameter, text: str) -> _Period:
    try:
        date = parse_date(text)
    except ValueError as error:
        raise BadParameter(parameter.name, str(error)) from None
    return _Period(
        date.text,
        date.earliest.isoformat() if date.earliest else _EARLIEST,
        date.latest.isoformat() if date.latest else _LATEST,
    )


def _integer(parameter: Parameter, text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise BadParameter(parameter.name, f"{text!r} is not a whole number") from None
    if abs(number) > LARGEST:
        raise BadParameter(parameter.name, f"{text} is too large a number")
    return number


def _value(understood: Any) -> Any:
    """The value as Cypher gets it: an entity's id, a period as a map."""
    if isinstance(understood, dict):
        return understood["id"]
    if isinstance(understood, _Period):
        return {"text": understood.text, "start": understood.start, "end": understood.end}
    return understood
