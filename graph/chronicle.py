"""What a load leaves to be known of it: its entry among the changes, and the ids that it made former ones.

Both are nodes beside the graph, outside of its version: `Load` and `Former`. They are written in the
transaction of the load.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import orjson

from graph import cypher
from graph.changes import Changes, Former

# The oldest entry goes when one more comes.
MOST_LOADS = 200
# Lines of each section of an entry; its count tells how many there were.
MOST_LINES = 25
# Former ids of statements and evidence, the newest; those of entities are kept for ever.
MOST_FORMER = 50_000


@dataclass(frozen=True, slots=True)
class Line:
    """One change in words: of what `kind` (entity, statement) and `id`, and which entities it is `about`."""

    kind: str
    id: str
    text: str
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Changes of one sort; `count` says how many there are, `lines` may be the first of them only."""

    title: str
    count: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A load as it is to be told.

    `previous` is the version that it found, `first` tells that it found nothing; it has counts alone then.
    `counts` are records added, changed and removed by kind, `entities` the ids of all entities that the
    changes are about.
    """

    version: str
    previous: str
    at: str
    first: bool
    counts: Mapping[str, tuple[int, int, int]]
    sections: tuple[Section, ...] = ()
    entities: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """`Statements: 3 added, 1 removed; evidence: 4 added`."""
        verbs = ("added", "changed", "removed")
        told = []
        for kind, numbers in self.counts.items():
            some = [f"{n:,} {verb}" for n, verb in zip(numbers, verbs, strict=True) if n]
            if some:
                told.append(f"{kind}: {', '.join(some)}")
        text = "; ".join(told)
        return f"First load, {text}" if self.first else text[:1].upper() + text[1:]

    def properties(self) -> dict[str, Any]:
        """Properties of its node; lines beyond MOST_LINES of a section are left out."""
        kept = [
            {"title": s.title, "count": s.count, "lines": [asdict(line) for line in s.lines[:MOST_LINES]]}
            for s in self.sections
        ]
        return {
            "version": self.version,
            "previous": self.previous,
            "at": self.at,
            "first": self.first,
            "counts": orjson.dumps(dict(self.counts)).decode(),
            "sections": orjson.dumps(kept).decode(),
            "entities": list(self.entities),
        }


@dataclass(frozen=True, slots=True)
class Load(Entry):
    """An entry that was kept, with its number: 1 is the first one ever."""

    number: int = 0


@dataclass(frozen=True, slots=True)
class Chronicle:
    """What a load writes beside its changes; no entry where the records stay the same."""

    former: tuple[Former, ...]
    entry: Entry | None


def read_load(properties: Mapping[str, Any]) -> Load:
    """The load that a node holds."""
    return Load(
        version=properties["version"],
        previous=properties["previous"],
        at=properties["at"],
        first=properties["first"],
        counts={kind: tuple(numbers) for kind, numbers in orjson.loads(properties["counts"]).items()},
        sections=tuple(
            Section(s["title"], s["count"], tuple(_line(line) for line in s["lines"]))
            for s in orjson.loads(properties["sections"])
        ),
        entities=tuple(properties["entities"]),
        number=properties["number"],
    )


def _line(record: Mapping[str, Any]) -> Line:
    return Line(record["kind"], record["id"], record["text"], tuple(record["about"]))


def chronicle_steps(changes: Changes, told: Chronicle | None) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Cypher text and rows; an id that comes back or is declared no longer is no former id."""
    if changes.based_on:
        yield (
            cypher.delete_nodes("Former"),
            [{"id": key} for key in (*changes.not_former, *_written(changes))],
        )
    rows = [_former_row(f, declared=True) for f in changes.former]
    if told is not None:
        declared = {f.id for f in changes.former}
        rows += [_former_row(f, declared=False) for f in told.former if f.id not in declared]
    yield cypher.UPSERT_FORMER, rows
    if told is None:
        return
    if told.former:
        yield cypher.TRIM_FORMER, [{"most": MOST_FORMER}]
    if told.entry is not None:
        yield cypher.ADD_LOAD, [told.entry.properties()]
        yield cypher.TRIM_LOADS, [{"most": MOST_LOADS}]


def _written(changes: Changes) -> Iterable[str]:
    yield from (e.id for e in changes.entities)
    yield from (s.id for s in changes.statements)
    yield from (e.id_for(owner) for owner, e in changes.evidence)


def _former_row(former: Former, *, declared: bool) -> dict[str, Any]:
    return {**asdict(former), "declared": declared, "lasting": declared or is_entity(former.id)}


def is_entity(key: str) -> bool:
    """Whether an id is one of an entity; those of statements and evidence have no slash."""
    return "/" in key


def about_entity(sections: Sequence[Section], entity: str) -> tuple[Section, ...]:
    """The kept lines about one entity; the counts are of these."""
    found = []
    for section in sections:
        lines = tuple(line for line in section.lines if entity in line.about)
        if lines:
            found.append(Section(section.title, len(lines), lines))
    return tuple(found)
