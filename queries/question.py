"""A question cut into words, and what each run of its words may be: a name, a date, a noun, or nothing.

What a run of words may be does not depend on any phrase; `queries.matching` lays phrases over it.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from queries.language import DateSpan, Key, dates, number, stem, words
from queries.lexicon import Kind, Lexicon
from queries.names import LOOSE, Hit, NameIndex, Readings
from queries.notation import Class, Element, Word
from queries.periods import periods

# The weight of a word; divisible by the number of words of most names.
UNIT = 5040
ANYTHING = ("Entity",)
_LONGEST_TEXT = 8
# Numbers up to this may tell how many of a kind there are, behind one of these words.
_MANY = 60
_ALL = frozenset({"the", "all", "these", "those", "its", "their"})
PERSONAL = frozenset({"who", "whom", "whose"})
_OTHER_OPENERS = PERSONAL | {"when", "where", "how"}
_PREPOSITIONS = frozenset({"of", "at", "in", "on", "by", "from", "for", "with", "to", "under"})
_BEING = frozenset({"is", "was", "are", "were"})
_BREAK = re.compile(r"[,;:](?=\s)|\s[-–—]+\s|[–—]")
OPENERS = _OTHER_OPENERS | {"which", "what"}


@dataclass(frozen=True, slots=True)
class Filled:
    """What a slot holds: words `start` to `end` of the question and their meaning.

    The meaning is a tuple of Hits for an entity (several are an ambiguity), canonical EDTF for a date, an
    int, a Kind, or a sequence of stems for words that a column must show.
    """

    start: int
    end: int
    meaning: Any


@dataclass
class Question:
    """A question cut into stems, with what its spans may mean; names are looked up when first needed.

    `said` are the places of each word and each class of the lexicon.
    """

    text: str
    names: NameIndex
    lexicon: Lexicon
    bound: Mapping[Key, tuple[Hit, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = [_rewritten(words(part), self.lexicon) for part in _BREAK.split(self.text)]
        self.words: Key = tuple(itertools.chain.from_iterable(parts))
        self.breaks = list(itertools.accumulate(map(len, parts)))
        self.stems: Key = tuple(map(stem, self.words))
        self.size = len(self.stems)
        self.dates: list[DateSpan] = dates(self.words)
        self.dates += periods(self.words, self.dates)
        self.counted = self._counted()
        self._entities: dict[tuple[str, ...], list[Filled]] = {}
        self.said = self._words_said()
        self._read: list[tuple[int, int, Readings]] | None = None
        self.free = [self._may_be_passed(n) for n in range(self.size)]
        self.blocked = [
            not free and word in self.lexicon.operators
            for free, word in zip(self.free, self.words, strict=True)
        ]
        self.weights = self._weights()
        self._costs = [0, *itertools.accumulate(self.weights)]
        # The word that says what sort of question it is: the first one that is not mere politeness.
        self.opener = next((word for word in self.words if word in OPENERS), "")
        self.nouns = self._nouns()
        self.kinds = self._asked()
        self.head = self._head()
        stops = (blocked or n == self.head for n, blocked in enumerate(self.blocked))
        self.dates += periods(self.words, self._dated())
        self._stops = [0, *itertools.accumulate(stops)]

    def _dated(self) -> list[DateSpan]:
        """Names of events, as the dates on which these took place."""
        found = []
        for named in self.literal():
            days = self.names.dates.get(named.meaning[0].id, ()) if len(named.meaning) == 1 else ()
            found += [DateSpan(named.start, named.end, day) for day in days[:1]]
        return found

    def _head(self) -> int | None:
        """Where the noun is that says what is asked, of several in a row the last.

        Only words that modify it may stand before; a question for a person, place or time has none.
        """
        if self.opener in _OTHER_OPENERS and not self.counted:
            return None
        listed = [n for n in self.kinds if n.meaning.types != ANYTHING]
        starts = [n.start for n in listed if self._pointed(n.start) or self._opens(n.start)]
        if not starts:
            return None
        end = starts[0]
        while ends := [n.end for n in self.kinds if n.start == end]:
            end = max(ends)
        return end - 1

    def _opens(self, at: int) -> bool:
        """Whether a noun stands at the beginning, behind nothing but words that modify it."""
        before = self.words[:at]
        return not any(self.blocked[:at]) and (bool(self.opener) or _PREPOSITIONS.isdisjoint(before))

    def _may_be_passed(self, at: int) -> bool:
        """Whether a word says nothing: a filler, `how many`, and `when` and `where` inside a sentence."""
        if self.words[at] in ("when", "where"):
            return 0 < at < self.size - 1 and not all(w in self.lexicon.fillers for w in self.words[:at])
        passed = at in self.counted or self.words[at] in self.lexicon.fillers
        return passed or self.tells_how_many(at)

    def tells_how_many(self, at: int) -> bool:
        """Whether a number only says how many there are: `the thirteen partner nations`."""
        many = number(self.words[at])
        alone = at + 1 < self.size and number(self.words[at + 1]) is None
        dated = any(d.start <= at < d.end for d in self.dates)
        return (
            many is not None
            and many <= _MANY
            and at > 0
            and self.words[at - 1] in _ALL
            and alone
            and not dated
        )

    def _weights(self) -> list[int]:
        """What each word costs if it is left over: a whole name costs as much as one other word."""
        weights = [0 if free else UNIT for free in self.free]
        at = 0
        while at < self.size:
            ends = [f.end for f in self.literal() if f.start == at]
            end = max(ends, default=at + 1)
            content = [n for n in range(at, end) if weights[n]]
            for n in content:
                weights[n] = UNIT // len(content)
            at = end
        return weights

    def break_after(self, start: int) -> int:
        """Where the part between commas ends that begins at a word, or in which that word stands."""
        return next(end for end in self.breaks if end > start) if start < self.size else self.size

    def gap(self, start: int, end: int) -> int | None:
        """What the words between two positions cost; None if one of them may not be left over.

        Those are operators, and the noun that says what is asked.
        """
        return None if self._stops[end] > self._stops[start] else self._costs[end] - self._costs[start]

    def _counted(self) -> frozenset[int]:
        """Positions of `how many` and its like."""
        found: set[int] = set()
        for key in self.lexicon.count:
            for start in range(self.size - len(key) + 1):
                if (
                    self.stems[start : start + len(key)] == key
                    and "numbers" not in self.words[start : start + len(key)]
                ):
                    found.update(range(start, start + len(key)))
        return frozenset(found)

    def _words_said(self) -> dict[Element, list[tuple[int, int]]]:
        """Where each word and each class of the lexicon occurs."""
        found: dict[Element, set[tuple[int, int]]] = defaultdict(set)
        for start, stemmed in enumerate(self.stems):
            found[Word(stemmed)].add((start, start + 1))
            for key, name in self.lexicon.beginning.get(stemmed, ()):
                end = start + len(key)
                if self.stems[start:end] == key:
                    found[Class(name)].add((start, end))
        return {element: sorted(spans) for element, spans in found.items()}

    def entities(self, types: tuple[str, ...]) -> list[Filled]:
        """All spans that name an entity of one of the types."""
        if types not in self._entities:
            self._entities[types] = list(self._named(types))
        return self._entities[types]

    def literal(self) -> list[Filled]:
        """All spans that are a name as it is written."""
        return [f for f in self.entities(()) if f.meaning[0].reason not in LOOSE]

    def _named(self, types: tuple[str, ...]) -> Iterator[Filled]:
        for start, end, readings in self._readings():
            bound = self.bound.get(self.stems[start:end], ())
            hits = tuple(hit for hit in bound if self.names.of_type(hit.id, types))
            hits = hits or self.names.of_types(readings, types)
            if hits and hits[0].reason in LOOSE and any(start < at < end for at in self.breaks):
                continue
            if hits and (end - start > 1 or self._may_stand_alone(start, hits)):
                yield Filled(start, end, hits)

    def _readings(self) -> list[tuple[int, int, Readings]]:
        """All spans that may name something, with what they may mean."""
        if self._read is None:
            self._read = []
            for start in range(self.size):
                if self.words[start] in self.lexicon.fillers or self.tells_how_many(start):
                    continue
                for end in range(start + 1, min(self.size, start + self.names.longest) + 1):
                    key = self.stems[start:end]
                    readings = self.names.readings(key)
                    if readings or key in self.bound:
                        self._read.append((start, end, readings))
        return self._read

    def _may_stand_alone(self, at: int, hits: tuple[Hit, ...]) -> bool:
        """One word that is common in questions is no name, and neither is a year."""
        common = self.words[at] in self.lexicon.operators or self.stems[at] in self.lexicon.common
        return not common or any(hit.reason == "name" for hit in hits)

    def _nouns(self) -> list[Filled]:
        """Spans that are a noun for what may be asked, those inside a name left out."""
        names = [(f.start, f.end) for f in (*self.literal(), *self.pledges())]
        found: list[Filled] = []
        for start, stemmed in enumerate(self.stems):
            for key in self.lexicon.nouns.get(stemmed, ()):
                end, kinds = start + len(key), self.lexicon.kinds[key]
                inside = any(a <= start and end <= b and b - a > end - start for a, b in names)
                if not inside and self._is_noun(start, end, key, kinds[0].noun):
                    found.extend(Filled(start, end, kind) for kind in kinds)
        return sorted(found, key=lambda f: (f.start, -f.end))

    def pledges(self) -> list[Filled]:
        """Pledges by their numbers: `commitment 1.ii`."""
        return [f for f in self.entities(("Commitment",)) if f.meaning[0].reason == "derived"]

    def _is_noun(self, start: int, end: int, key: Key, noun: str) -> bool:
        """Whether words are a noun of the lexicon and no participle of its verb (`planned` is no plan)."""
        if self.stems[start:end] != key:
            return False
        last = self.words[end - 1]
        return last.removesuffix("s").endswith("ing") == noun.endswith("ing") and not last.endswith("ed")

    def _pointed(self, at: int) -> bool:
        """Whether `which`, `what` or `how many` stands before, with nothing but words that modify between."""
        while at > 0 and not self.free[at - 1] and not self.blocked[at - 1]:
            at -= 1
        return at > 0 and (self._asks(at - 1) or at - 1 in self.counted)

    def _asks(self, at: int) -> bool:
        """Whether `which` or `what` asks here, and does not begin a clause such as `at which he spoke`."""
        relative = at > 1 and self.words[at - 1] in _PREPOSITIONS
        return self.words[at] in ("which", "what") and not relative

    def _asked(self) -> list[Filled]:
        """Nouns that may say what is asked: the first, those that `which` points at, and those that follow.

        `Who` asks for nothing but a person.
        """
        pointed = [n for n in self.nouns if self._pointed(n.start)]
        unlisted = [] if pointed else self._unlisted()
        found = pointed or [n for n in self.nouns if not unlisted and self._comes_first(n)]
        ends = {n.end for n in found}
        for noun in self.nouns:
            if noun.start in ends and noun not in found:
                found.append(noun)
                ends.add(noun.end)
        found += self._lists(found)
        if self.opener in PERSONAL:
            found = [n for n in found if "Person" in n.meaning.types]
        return found + unlisted

    def _comes_first(self, noun: Filled) -> bool:
        """Whether no other noun comes before; nor, where things are counted, what is counted."""
        counts = range(max(self.counted), noun.start) if self.counted else range(0)
        named = {n for f in self.literal() for n in range(f.start, f.end)}
        return noun.start == min(n.start for n in self.nouns) and all(
            self.free[n] or n in named for n in counts
        )

    def _lists(self, found: list[Filled]) -> list[Filled]:
        """Two or more of the nouns in a row, of which any will do: `countries, bodies and persons`."""
        made: list[Filled] = []
        longest = found
        while longest:
            longest = [_both(n, m) for n in longest for m in self.nouns if self.listed(n.end, m.start)]
            made += longest
        return made

    @property
    def asks_for_several(self) -> bool:
        """Whether a list of nouns says what is asked: `which operations and programs`."""
        return any(" or " in noun.meaning.noun for noun in self.kinds)

    @property
    def asks_who_was_made(self) -> bool:
        """Whether it asks for someone to whom something was done: `who was appointed as coordinator`."""
        return any(
            who == "who" and being in _BEING and done.endswith(("ed", "en")) and into == "as"
            for who, being, done, into in zip(
                self.words, self.words[1:], self.words[2:], self.words[3:], strict=False
            )
        )

    def listed(self, end: int, start: int) -> bool:
        """Whether words that end and begin here are parts of one list."""
        between = [word for word in self.words[end:start] if word not in ("which", "what")]
        return start >= end and (between in (["and"], ["or"]) or (not between and end in self.breaks))

    def _unlisted(self) -> list[Filled]:
        """A noun after `which` that the lexicon has not: whatever has it in its names."""
        made = []
        for at in range(self.size - 1):
            if self._asks(at):
                end = at + 1
                while end < self.size and not (self.free[end] or self.blocked[end]):
                    end += 1
                if end - 1 > at:
                    noun, last = self.words[end - 1], self.stems[end - 1]
                    made.append(Filled(end - 1, end, Kind(noun, ANYTHING, frozenset({last}))))
        return made

    def numbers(self) -> list[Filled]:
        """All whole numbers, as digits in a sequence of one."""
        found = ((n, number(word)) for n, word in enumerate(self.words))
        return [Filled(n, n + 1, (str(value),)) for n, value in found if value is not None]

    def texts(self) -> list[Filled]:
        """All short spans that begin and end with a word of content and hold no operator."""
        found: list[Filled] = []
        for start in range(self.size):
            if self.free[start]:
                continue
            for end in range(start + 1, min(self.size, start + _LONGEST_TEXT) + 1):
                if self.blocked[end - 1]:
                    break
                if not self.free[end - 1]:
                    said = tuple(self.stems[n] for n in range(start, end) if not self.free[n])
                    found.append(Filled(start, end, said))
        return found


def _both(one: Filled, other: Filled) -> Filled:
    """`departments and agencies`: either will do."""
    first, second = one.meaning, other.meaning
    types = tuple(dict.fromkeys((*first.types, *second.types)))
    # A noun that needs no word has all of its types for sure.
    sure = [kind.sure if kind.words else kind.types for kind in (first, second)]
    words = first.words | second.words
    noun = f"{first.noun} or {second.noun}"
    return Filled(one.start, other.end, Kind(noun, types, words, sure=(*sure[0], *sure[1])))


def _rewritten(tokens: Key, lexicon: Lexicon) -> Key:
    """Several words that count as one become that one."""
    longest = max(map(len, lexicon.rewrites), default=0)
    made: list[str] = []
    at = 0
    while at < len(tokens):
        for length in range(longest, 0, -1):
            key = tuple(map(stem, tokens[at : at + length]))
            if key in lexicon.rewrites:
                made.append(lexicon.rewrites[key])
                at += length
                break
        else:
            made.append(tokens[at])
            at += 1
    return tuple(made)
