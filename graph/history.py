"""Reads what the graph keeps of its past: former ids, and the loads that changed it, newest first."""

from dataclasses import dataclass

from graph import cypher
from graph.changes import Former
from graph.chronicle import Load, read_load
from graph.store import Store

__all__ = ["Former", "Loads", "former", "last_load", "loads_kept", "read_loads"]

_NEWEST = 2**62


@dataclass(frozen=True, slots=True)
class Loads:
    """A page of loads, newest first; `more` tells that there are older ones."""

    loads: tuple[Load, ...]
    more: bool


def former(store: Store, key: str) -> Former | None:
    """What became of the id of an entity, a statement or an evidence; None if it is no former id.

    Ids that were former ids themselves later are followed to the last one. `becomes` is None where nothing
    stands for it now; `reason` then tells of the last one too. Asks nothing about ids that are in the graph.
    """
    first = last = _former(store, key)
    if first is None or last is None:
        return None
    seen = {key}
    while last.becomes is not None and last.becomes not in seen:
        seen.add(last.becomes)
        following = _former(store, last.becomes)
        if following is None:
            return Former(key, last.becomes, first.reason, first.at)
        last = following
    reason = first.reason if last is first else f"{first.reason}; of {last.id}: {last.reason}"
    return Former(key, None, reason, first.at)


def _former(store: Store, key: str) -> Former | None:
    rows = store.read(cypher.FORMER, {"id": key}).rows
    return Former(key, *rows[0]) if rows else None


def read_loads(store: Store, size: int, before: int | None = None, entity: str = "") -> Loads:
    """At most `size` loads with a number below `before`; with `entity` those whose changes are about it."""
    given = {"before": _NEWEST if before is None else before, "size": size + 1, "entity": entity}
    found = [read_load(row[0]) for row in store.read(cypher.LOAD_PAGE, given).rows]
    return Loads(tuple(found[:size]), len(found) > size)


def last_load(store: Store) -> Load | None:
    """The load that changed the graph last; None for a graph that an older carisec made."""
    found = read_loads(store, 1).loads
    return found[0] if found else None


def loads_kept(store: Store) -> tuple[int, str]:
    """How many loads were recorded ever, and when one last wrote anything; empty if none did."""
    rows = store.read(cypher.LOADS).rows
    return (rows[0][0], rows[0][1] or "") if rows else (0, "")
