"""Where the rows of a query come from: the documents and places of all statements that a row rests on."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.store import Store
from queries.citing import address, locator

_EVIDENCE = """
MATCH (s:Statement) WHERE s.id IN $ids
MATCH (e:Evidence)-[:EVIDENCE_FOR]->(s)
MATCH (e)-[:FROM]->(d:Entity)
RETURN s.id AS statement, e.start AS start, e.end AS end, d.id AS document, d.name AS documentName,
       d.url AS documentUrl, d.file AS documentFile
ORDER BY statement, document, start, end
"""


@dataclass(frozen=True, slots=True)
class Source:
    """A clause: title of its document, where it stands in it, and an address to follow."""

    title: str
    locator: str
    address: str

    def __str__(self) -> str:
        return f"{self.title}, {self.locator}"


def read_sources(
    store: Store, rows: Iterable[Mapping[str, Any]], home: str = "", seconds: float | None = None
) -> list[tuple[Source, ...]]:
    """The sources of each row, in the order of its statements; `home` goes before addresses of our own."""
    listed = list(rows)
    ids = sorted({key for row in listed for key in row["statements"]})
    found: dict[str, list[Source]] = {}
    for one in store.read(_EVIDENCE, {"ids": ids}, seconds=seconds).mappings() if ids else ():
        where = address(one)
        where = home + where if where.startswith("/") else where
        found.setdefault(one["statement"], []).append(Source(one["documentName"], locator(one), where))
    return [_of_row(row["statements"], found) for row in listed]


def _of_row(statements: Sequence[str], found: Mapping[str, Sequence[Source]]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(source for key in statements for source in found.get(key, ())))
