"""Finds the clauses that pointers were made for in the text that is at hand now.

A pointer is two offsets and the sha256 of the clause between them. Where the text has changed, the clause is
looked for elsewhere: by its wording where an earlier text gave it, else by its hash. What is no longer there
word for word is compared with what stands near its old place.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from rapidfuzz import fuzz

from graph.records import (
    CHANGED_WORDING,
    DOCUMENT_CHANGED,
    EXACT,
    NO_TEXT,
    ORPHAN,
    SHIFTED,
    STATES,
    Evidence,
    Statement,
    text_hash,
)

# Percent of rapidfuzz's partial ratio. Sentences of one subject that say different things reach 55 to 65; a
# sentence with a date, a name or a figure put right stays above 80.
SIMILAR = 75.0
# A few words are found in any text by a fuzzy match.
_SHORTEST = 20
# Characters of a clause's beginning and end by which the whole of its new wording is told.
_ENDS = 12
# Percent by which a passage is alike that begins and ends the same, and how many of such ends are tried.
_SAME_ENDS = 60.0
_MOST_ENDS = 50
# How far from its old place a reworded clause is looked for, and an unknown wording by its hash.
_NEAR = 20_000
_HASH_REACH = 200_000
_EDGE = re.compile(r"(?<!\w)(?=\S)|(?<=\w)(?=[^\w\s])")
_END_EDGE = re.compile(r"(?<=\S)(?!\w)|(?<=[^\w\s])")


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a clause was found: `state` is one of STATES.

    `start`, `end` and `sha256` are of the place that was found, None for an orphan, a changed document and
    a text that is not at hand. `wording` is what stands there. `unique` says that there is only one such
    place, and `similarity` (percent) how like the old wording it is.
    """

    state: str
    start: int | None = None
    end: int | None = None
    wording: str | None = None
    unique: bool = True
    similarity: float = 100.0

    @property
    def sha256(self) -> str | None:
        return None if self.wording is None else text_hash(self.wording)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a document as it is at hand (None if it is not).

    `changed` says that it is not the text that the pointers were made for; `earlier` holds wordings of
    clauses in earlier texts by their sha256.
    """

    text: str | None
    changed: bool = False
    earlier: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Anchored:
    """A pointer and where its clause was found; `wording` is the clause it was made for, where known."""

    statement: str
    pointer: Evidence
    anchor: Anchor
    wording: str | None = None

    @property
    def state(self) -> str:
        return self.anchor.state

    @property
    def at_fault(self) -> bool:
        return self.state not in (EXACT, NO_TEXT)

    @property
    def evidence(self) -> Evidence:
        """The pointer as it stands in the graph: at the place that was found, with the clause as quote."""
        anchor = self.anchor
        recorded = anchor.state if self.at_fault else None
        if anchor.start is None or anchor.end is None or anchor.sha256 is None:
            return replace(self.pointer, quote=None, anchor=recorded)
        return replace(
            self.pointer,
            start=anchor.start,
            end=anchor.end,
            sha256=anchor.sha256,
            quote=anchor.wording,
            anchor=recorded,
        )


class ClauseFinder:
    """Finds clauses in one document's text."""

    def __init__(self, source: Source) -> None:
        self._text = source.text or ""
        self._source = source
        self._places = cache(self._occurrences)
        self._found = cache(self._find)

    def anchored(self, statement: str, pointer: Evidence) -> Anchored:
        """Where the clause of a pointer stands now."""
        earlier = self._source.earlier or {}
        wording = pointer.quote if pointer.verified else earlier.get(pointer.sha256)
        anchor = self._found(pointer.start, pointer.end, pointer.sha256, wording)
        if anchor.state == EXACT:
            wording = anchor.wording
        return Anchored(statement, pointer, anchor, wording)

    def _find(self, start: int, end: int, sha256: str, wording: str | None) -> Anchor:
        if self._source.text is None:
            return Anchor(NO_TEXT)
        here = self._text[max(start, 0) : end]
        if 0 <= start < end <= len(self._text) and text_hash(here) == sha256:
            return Anchor(EXACT, start, end, here)
        places = self._places(wording) if wording else self._by_hash(start, end - start, sha256)
        if places:
            first, last = min(places, key=lambda place: (abs(place[0] - start), place))
            return Anchor(SHIFTED, first, last, self._text[first:last], unique=len(places) == 1)
        if wording is None:
            return Anchor(DOCUMENT_CHANGED if self._source.changed else ORPHAN)
        return self._reworded(start, wording) or Anchor(ORPHAN)

    def _occurrences(self, wording: str) -> Sequence[tuple[int, int]]:
        """Where these very words stand, as whole words; line breaks and runs of spaces do not count."""
        words = wording.split()
        if not words:
            return ()
        pattern = r"(?<!\w)" if words[0][0].isalnum() else ""
        pattern += r"\s+".join(map(re.escape, words))
        pattern += r"(?!\w)" if words[-1][-1].isalnum() else ""
        return [match.span() for match in re.finditer(pattern, self._text)]

    def _by_hash(self, start: int, length: int, sha256: str) -> Sequence[tuple[int, int]]:
        """Clauses of this length that begin and end as words do and have the hash."""
        if length <= 0:
            return ()
        starts, ends = self._edges
        first = bisect_left(starts, start - _HASH_REACH)
        last = bisect_left(starts, start + _HASH_REACH)
        return [
            (at, at + length)
            for at in starts[first:last]
            if at + length in ends and text_hash(self._text[at : at + length]) == sha256
        ]

    @cached_property
    def _edges(self) -> tuple[Sequence[int], frozenset[int]]:
        """Where a clause may begin, in order, and where it may end."""
        starts = [match.start() for match in _EDGE.finditer(self._text)]
        return starts, frozenset(match.start() for match in _END_EDGE.finditer(self._text))

    def _reworded(self, start: int, wording: str) -> Anchor | None:
        """The passage near the old place that is most like the wording, widened to whole words."""
        if len(wording) < _SHORTEST:
            return None
        offset = max(0, min(start, len(self._text)) - _NEAR)
        near = self._text[offset : start + len(wording) + _NEAR]
        if len(near) < len(wording):
            # The shorter of the two is looked for in the longer one, and it must be the clause.
            near = near.ljust(len(wording))
        found = fuzz.partial_ratio_alignment(wording, near, score_cutoff=SIMILAR)
        if found is None:
            return self._enlarged(wording, offset, near)
        first, last = self._widened(
            *self._snapped(wording, offset + found.dest_start, offset + found.dest_end)
        )
        return self._changed(first, last, found.score)

    def _enlarged(self, wording: str, offset: int, near: str) -> Anchor | None:
        """The most like passage that begins and ends as the wording does, with much put in between."""
        heads = [m.start() for m in re.finditer(re.escape(wording[:_ENDS]), near)][:_MOST_ENDS]
        tails = [m.end() for m in re.finditer(re.escape(wording[-_ENDS:]), near)][:_MOST_ENDS]
        passages = [
            (fuzz.ratio(wording, near[first:last]), -first, last)
            for first in heads
            for last in tails
            if 0 < last - first <= 2 * len(wording)
        ]
        score, first, last = max(passages, default=(0.0, 0, 0))
        return self._changed(offset - first, offset + last, score) if score >= _SAME_ENDS else None

    def _changed(self, first: int, last: int, score: float) -> Anchor | None:
        if first >= last:
            return None
        return Anchor(CHANGED_WORDING, first, last, self._text[first:last], similarity=round(score, 1))

    def _snapped(self, wording: str, first: int, last: int) -> tuple[int, int]:
        """The match is as long as the old wording: where its first or last words stand nearby, go there."""
        reach = len(wording) // 2 + _SHORTEST
        head, tail = wording[:_ENDS], wording[-_ENDS:]
        begin = max(0, first - reach)
        heads = [begin + m.start() for m in re.finditer(re.escape(head), self._text[begin : first + reach])]
        begin = max(0, last - reach)
        tails = [begin + m.end() for m in re.finditer(re.escape(tail), self._text[begin : last + reach])]
        first = min(heads, key=lambda at: abs(at - first), default=first)
        return first, min((t for t in tails if t > first), key=lambda at: abs(at - last), default=last)

    def _widened(self, first: int, last: int) -> tuple[int, int]:
        text = self._text
        last = min(last, len(text))
        while first > 0 and text[first - 1].isalnum() and text[first].isalnum():
            first -= 1
        while 0 < last < len(text) and text[last - 1].isalnum() and text[last].isalnum():
            last += 1
        while first < last and text[first].isspace():
            first += 1
        # A list's next dash is no part of the clause.
        while last > first and (text[last - 1].isspace() or text[last - 1] in "-*•"):
            last -= 1
        return first, last


def anchor_pointers(
    pointers: Iterable[tuple[str, Evidence]], sources: Mapping[str, Source]
) -> list[Anchored]:
    """Where the clause of each pointer (id of its statement, evidence) stands, in their order."""
    finders: dict[str, ClauseFinder] = {}
    found = []
    for statement, pointer in pointers:
        key = pointer.document
        if key not in finders:
            finders[key] = ClauseFinder(sources.get(key, Source(None)))
        found.append(finders[key].anchored(statement, pointer))
    return found


def reanchored(statements: Iterable[Statement], sources: Mapping[str, Source]) -> list[Statement]:
    """Statements of the graph with the state of each evidence as the texts at hand show it now.

    What a load moved to another place and what still stands there keeps the state that the load gave it.
    """
    held = list(statements)
    pointers = [(s.id, e) for s in held for e in s.evidence]
    states = iter(anchor_pointers(pointers, sources))
    return [replace(s, evidence=tuple(_recorded(e, next(states)) for e in s.evidence)) for s in held]


def _recorded(evidence: Evidence, found: Anchored) -> Evidence:
    if found.state == NO_TEXT:
        return evidence
    if found.state == EXACT:
        return replace(evidence, anchor=evidence.anchor if evidence.placed else None)
    return replace(evidence, anchor=found.state)


def counts(found: Iterable[Anchored]) -> Mapping[str, int]:
    """How many pointers are in each state, in the order of STATES."""
    states = [one.state for one in found]
    return {state: states.count(state) for state in STATES}
