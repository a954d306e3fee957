"""What one table of a query has and another has not: rows that came, went, or say something else.

Rows are the same row if their answering cells are; where several rows of a table share these, all entities
of the row must be the same, and of rows that then still look alike equal ones are paired, the rest in their
order. Which table comes first only turns the changes round.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from queries.canned import Query
from queries.language import spoken_date
from queries.run import Table
from schema.model import load_schema

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
_STATEMENTS = "statements"
_MOST_SENTENCES = 3

Row = Mapping[str, Any]
_Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is other: `before` or `after` is None where it came or went.

    `columns` are those of a changed row in which the cells differ, in the order of the query.
    """

    kind: str
    before: Row | None
    after: Row | None
    columns: tuple[str, ...] = ()

    @property
    def row(self) -> Row:
        """The row as it is, or was where it went."""
        return self.after if self.after is not None else self.before or {}

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of all statements that the row rested or rests on."""
        rows = [row for row in (self.before, self.after) if row is not None]
        return tuple(dict.fromkeys(s for row in rows for s in row.get(_STATEMENTS) or ()))


def differences(before: Table, after: Table) -> tuple[Change, ...]:
    """What came, what went, and what changed, each in the order of its table.

    Both tables are of one query, and whole. Raises ValueError otherwise.
    """
    if before.query.name != after.query.name or before.truncated or after.truncated:
        raise ValueError("two whole tables of one query are needed")
    return tuple(_changes(before.query, before.rows, after.rows))


def _changes(query: Query, before: Sequence[Row], after: Sequence[Row]) -> Iterator[Change]:
    exact = _crowded(query, before) | _crowded(query, after)
    old, new = _by_key(query, before, exact), _by_key(query, after, exact)
    left = {key: _without(old.get(key, ()), new.get(key, ())) for key in {**new, **old}}
    come = {key: _without(new.get(key, ()), old.get(key, ())) for key in left}
    for key, rows in come.items():
        yield from (Change(ADDED, None, row) for row in rows[len(left[key]) :])
    for key, rows in left.items():
        yield from (Change(REMOVED, row, None) for row in rows[len(come[key]) :])
    for key, rows in come.items():
        for one, other in zip(left[key], rows, strict=False):
            columns = tuple(c.name for c in query.columns if one[c.name] != other[c.name])
            yield Change(CHANGED, one, other, columns)


def _without(rows: Iterable[Row], others: Iterable[Row]) -> list[Row]:
    """The rows that have no equal among the others, each of which makes up for one."""
    unpaired = list(others)
    kept = []
    for row in rows:
        if row in unpaired:
            unpaired.remove(row)
        else:
            kept.append(row)
    return kept


def _crowded(query: Query, rows: Sequence[Row]) -> set[_Key]:
    """Answers that stand in several rows of a table."""
    counts = Counter(_key(row, query.answer) for row in rows)
    return {key for key, number in counts.items() if number > 1}


def _by_key(query: Query, rows: Iterable[Row], crowded: set[_Key]) -> dict[_Key, list[Row]]:
    """Rows by what they are known by."""
    entities = tuple(c.name for c in query.columns if c.kind == "entity" and c.name not in query.answer)
    found: dict[_Key, list[Row]] = defaultdict(list)
    for row in rows:
        key = _key(row, query.answer)
        found[(*key, *_key(row, entities)) if key in crowded else key].append(row)
    return found


def _key(row: Row, columns: Iterable[str]) -> _Key:
    return tuple(_frozen(row[name]) for name in columns)


def _frozen(cell: Any) -> Any:
    """A cell as something to compare by: an entity by its id."""
    if isinstance(cell, Mapping):
        return cell.get("id")
    return tuple(map(_frozen, cell)) if isinstance(cell, list) else cell


# --- in words -------------------------------------------------------------------------------------------


def told(query: Query, change: Change, sentences: Mapping[str, str]) -> str:
    """`Added: IMPACS established CCGIU (date: November 2022).`; `sentences` are those of statements by id."""
    row = change.row
    if change.kind != CHANGED:
        said = _sentences(row.get(_STATEMENTS) or (), sentences)
        return f"{change.kind.capitalize()}: {said or _row(query, row, (c.name for c in query.columns))}."
    before: Row = change.before or {}
    columns = [name for name in change.columns if name != _STATEMENTS]
    parts = [f"{_words(name)}: {_cell(before[name]) or '–'} → {_cell(row[name]) or '–'}" for name in columns]
    if _STATEMENTS in change.columns:
        old, new = (list(one[_STATEMENTS] or ()) for one in (before, row))
        for words, ids in (("now says", set(new) - set(old)), ("no longer says", set(old) - set(new))):
            if said := _sentences([s for s in (*old, *new) if s in ids], sentences):
                parts.append(f"{words} {said}")
    return f"Changed: {_row(query, row, query.answer)}: {'; '.join(parts)}."


def _sentences(ids: Iterable[str], sentences: Mapping[str, str]) -> str:
    said = list(dict.fromkeys(sentences[key] for key in ids if key in sentences))
    more = len(said) - _MOST_SENTENCES
    return "; ".join(said[:_MOST_SENTENCES]) + (f"; and {more} more" if more > 0 else "")


def _row(query: Query, row: Row, columns: Iterable[str]) -> str:
    """The cells of a row as words; the answer alone without the names of its columns."""
    if columns is query.answer:
        return ", ".join(filter(None, (_cell(row[name]) for name in query.answer)))
    return ", ".join(f"{_words(n)}: {_cell(row[n])}" for n in columns if n != _STATEMENTS and _cell(row[n]))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return str(value["name"])
    if isinstance(value, list):
        return ", ".join(map(_cell, value))
    predicate = load_schema().predicates.get(str(value))
    return predicate.label if predicate else spoken_date(str(value))


def _words(column: str) -> str:
    return column.replace("_", " ")
