"""A text cut at the ends of its marks, so that marks which overlap can be shown."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A clause: offsets in code points, and the statements that rest on it, in the order of their ids."""

    start: int
    end: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks.

    `starts` are the clauses that begin with it, `ends` those that end with it, `marked` says whether any
    clause covers it, and `mention` is the id of the entity that it names.
    """

    text: str
    starts: tuple[Place, ...]
    ends: tuple[Place, ...]
    marked: bool
    mention: str | None


def places(marks: Iterable[Mapping[str, Any]], length: int) -> list[Place]:
    """The clauses of marks `{start, end, statement}` that lie in a text of this length, in its order."""
    found: dict[tuple[int, int], set[str]] = {}
    for mark in marks:
        if 0 <= mark["start"] < mark["end"] <= length:
            found.setdefault((mark["start"], mark["end"]), set()).add(mark["statement"])
    return [Place(start, end, tuple(sorted(ids))) for (start, end), ids in sorted(found.items())]


def pieces(text: str, clauses: Sequence[Place], mentions: Sequence[tuple[int, int, str]]) -> list[Piece]:
    """The text as pieces that joined give it back. Of mentions that overlap the first and longest counts."""
    named: list[tuple[int, int, str]] = []
    for start, end, entity in sorted(mentions, key=lambda m: (m[0], -m[1], m[2])):
        if start < end <= len(text) and (not named or start >= named[-1][1]):
            named.append((start, end, entity))
    cuts = {0, len(text)}
    starts: dict[int, list[Place]] = defaultdict(list)
    ends: dict[int, list[Place]] = defaultdict(list)
    for place in clauses:
        cuts |= {place.start, place.end}
        starts[place.start].append(place)
        ends[place.end].append(place)
    for start, end, _ in named:
        cuts |= {start, end}
    made, depth, waiting = [], 0, deque(named)
    for start, end in pairwise(sorted(cuts)):
        depth += len(starts[start]) - len(ends[start])
        while waiting and waiting[0][1] <= start:
            waiting.popleft()
        mention = waiting[0][2] if waiting and waiting[0][0] <= start else None
        made.append(Piece(text[start:end], tuple(starts[start]), tuple(ends[end]), depth > 0, mention))
    return made
