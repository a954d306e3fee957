"""Matches a question against the phrases of the catalogue.

A phrase matches if its words, classes and slots occur in the question in their order. Fillers between them
are free; other words that no part of the phrase says are left over and have to be found in the answer
(`queries.filters`), and words that change the meaning may not be left over at all. The fewer words are left
over the better a match; among equal ones the one with the most literal words.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from queries.catalog import KIND, Catalog, Phrase, Query
from queries.language import DateSpan, Key, dates, number, stem, words
from queries.lexicon import Kind, Lexicon
from queries.names import LOOSE, Hit, NameIndex
from schema.model import load_schema
from queries.notation import Class, Element, Sequence_, Slot

# The weight of a word; divisible by the number of words of most names.
UNIT = 5040
_MOST_LEFT_OVER = 9 * UNIT
_LONGEST_TEXT = 8


@dataclass(frozen=True, slots=True)
class Filled:
    """What a slot holds: words `start` to `end` of the question and their meaning.

    The meaning is a tuple of Hits for an entity (several are an ambiguity), canonical EDTF for a date, an
    int, a Kind, or a sequence of stems for words that a column must show.
    """

    start: int
    end: int
    meaning: Any


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase laid over a question. `left` are the positions of the words that it leaves over."""

    query: Query
    phrase: Phrase
    filled: Mapping[str, Filled]
    left: tuple[int, ...]
    cost: "Cost"
    count: bool

    @property
    def vague(self) -> bool:
        """Whether words were taken as they are, to be looked for in a column."""
        return any(_is_text(filled.meaning) for filled in self.filled.values())


@dataclass(frozen=True, slots=True, order=True)
class Cost:
    """How far a match is from the letter; smaller is better.

    `left` weighs words that are left over or taken as they are, `literal` is the negative weight of those that
    the phrase says, `loose` counts names that were not written so, `inner` words passed over inside the match.
    """

    left: int = 0
    literal: int = 0
    loose: int = 0
    inner: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """A partial match up to a position: cost, slots, covered positions."""

    cost: Cost = Cost()
    filled: tuple[tuple[str, Filled], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass
class Question:
    """A question cut into stems, with what its spans may mean; meanings are looked up when first needed."""

    text: str
    names: NameIndex
    lexicon: Lexicon
    bound: Mapping[Key, tuple[Hit, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = _rewritten(words(self.text), self.lexicon)
        self.stems: Key = tuple(map(stem, self.words))
        self.size = len(self.stems)
        self.dates: list[DateSpan] = dates(self.words)
        self.counted = self._counted()
        self._entities: dict[tuple[str, ...], list[Filled]] = {}
        self._found: dict[Element, list[tuple[int, int]]] = {}
        self.free = [self._may_be_passed(n) for n in range(self.size)]
        self.blocked = [
            not free and word in self.lexicon.operators for free, word in zip(self.free, self.words, strict=True)
        ]
        self.weights = self._weights()
        self._costs = [0, *itertools.accumulate(self.weights)]
        self._blocks = [0, *itertools.accumulate(self.blocked)]
        self.nouns = self._nouns()
        self.kinds = self._asked()
        self.asked = self._head()

    def _head(self) -> frozenset[int]:
        """Positions of the asked noun where the question begins with it; its modifiers may stand before."""
        starts = [n.start for n in self.kinds if n.meaning.types != ("Entity",) and ( self._pointed(n.start) or not any(self.blocked[: n.start]))]
        if not starts or (self.words[0] in ("who", "whom", "whose", "when", "where", "how") and not self.counted):
            return frozenset()
        longest = max((n for n in self.kinds if n.start == starts[0]), key=lambda n: n.end)
        return frozenset({longest.end - 1})

    def _may_be_passed(self, at: int) -> bool:
        """Whether a word says nothing: a filler, a part of `how many`, `when` and `where` inside a sentence."""
        if self.words[at] in ("when", "where"):
            return 0 < at < self.size - 1 and not all(w in self.lexicon.fillers for w in self.words[:at])
        return at in self.counted or self.words[at] in self.lexicon.fillers

    def _weights(self) -> list[int]:
        """What each word costs if it is left over: a whole name costs as much as one other word."""
        weights = [0 if free else UNIT for free in self.free]
        at = 0
        while at < self.size:
            ends = [f.end for f in self.entities(()) if f.start == at and f.meaning[0].reason not in LOOSE]
            end = max(ends, default=at + 1)
            content = [n for n in range(at, end) if weights[n]]
            for n in content:
                weights[n] = UNIT // len(content)
            at = end
        return weights

    def gap(self, start: int, end: int) -> int | None:
        """What the words between two positions cost; None if one of them may not be left over."""
        return None if self._blocks[end] > self._blocks[start] else self._costs[end] - self._costs[start]

    def _counted(self) -> frozenset[int]:
        """Positions of `how many` and its like."""
        found: set[int] = set()
        for key in self.lexicon.count:
            for start in range(self.size - len(key) + 1):
                if self.stems[start : start + len(key)] == key:
                    found.update(range(start, start + len(key)))
        return frozenset(found)

    def spans(self, element: Element) -> list[tuple[int, int]]:
        """Where a word or any sequence of a class occurs."""
        if element not in self._found:
            keys: Iterable[Key]
            keys = self.lexicon.classes[element.name] if isinstance(element, Class) else ((element.name,),)
            self._found[element] = sorted(
                (start, start + len(key))
                for key in keys
                for start in range(self.size - len(key) + 1)
                if self.stems[start] == key[0] and self.stems[start : start + len(key)] == key
            )
        return self._found[element]

    def entities(self, types: tuple[str, ...]) -> list[Filled]:
        """All spans that name an entity of one of the types."""
        if types not in self._entities:
            self._entities[types] = list(self._named(types))
        return self._entities[types]

    def _named(self, types: tuple[str, ...]) -> Iterator[Filled]:
        for start in range(self.size):
            if self.words[start] in self.lexicon.fillers:
                continue
            for end in range(start + 1, min(self.size, start + self.names.longest) + 1):
                key = self.stems[start:end]
                hits = self._bound(key, types) or self.names.meanings(key, types)
                if hits and (end - start > 1 or self._may_stand_alone(start, hits)):
                    yield Filled(start, end, hits)

    def _bound(self, key: Key, types: tuple[str, ...]) -> tuple[Hit, ...]:
        hits = self.bound.get(key, ())
        return tuple(hit for hit in hits if self.names.of_type(hit.id, types))

    def _may_stand_alone(self, at: int, hits: tuple[Hit, ...]) -> bool:
        """One word that is common in questions is no name, and neither is a year."""
        common = self.words[at] in self.lexicon.operators or self.stems[at] in self.lexicon.common
        return not common or any(hit.reason == "name" for hit in hits)

    def _nouns(self) -> list[Filled]:
        """Spans that are a noun for what may be asked, those inside a name left out."""
        names = [(f.start, f.end) for f in self.entities(()) if f.meaning[0].reason not in LOOSE]
        found = []
        for key, kinds in self.lexicon.kinds.items():
            for start in range(self.size - len(key) + 1):
                end = start + len(key)
                inside = any(a <= start and end <= b and b - a > end - start for a, b in names)
                if not inside and self._is_noun(start, end, key, kinds[0].noun):
                    found.extend(Filled(start, end, kind) for kind in kinds)
        return sorted(found, key=lambda f: (f.start, -f.end))

    def _is_noun(self, start: int, end: int, key: Key, noun: str) -> bool:
        """Whether words are a noun of the lexicon and not the participle of its verb (`planned` is no plan)."""
        if self.stems[start:end] != key:
            return False
        last = self.words[end - 1]
        return last.removesuffix("s").endswith("ing") == noun.endswith("ing") and not last.endswith("ed")

    def _pointed(self, at: int) -> bool:
        """Whether `which`, `what` or `how many` stands before, with nothing but words that modify between."""
        while at > 0 and not self.free[at - 1] and not self.blocked[at - 1]:
            at -= 1
        return at > 0 and (self.words[at - 1] in ("which", "what") or at - 1 in self.counted)

    def _asked(self) -> list[Filled]:
        """Nouns that say what is asked: the first one, and those that `which` points at. `Who` asks for none but
        a person."""
        first = min((n.start for n in self.nouns), default=0)
        found = [n for n in self.nouns if n.start == first or self._pointed(n.start)]
        if self.stems[:1] and self.words[0] in ("who", "whom", "whose"):
            found = [n for n in found if "Person" in n.meaning.types]
        return found + self._unlisted(found)

    def _unlisted(self, found: list[Filled]) -> list[Filled]:
        """A noun after `which` that the lexicon has not: whatever has it in its names."""
        made = []
        for at in range(self.size - 1):
            if self.words[at] in ("which", "what") and not any(self._pointed(n.start) for n in found):
                end = at + 1
                while end < self.size and not (self.free[end] or self.blocked[end]):
                    end += 1
                if end - 1 > at:
                    noun, last = self.words[end - 1], self.stems[end - 1]
                    made.append(Filled(end - 1, end, Kind(noun, ("Entity",), frozenset({last}))))
        return made

    def texts(self) -> list[Filled]:
        """All short spans that begin and end with a word of content and hold no operator."""
        found = []
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


def matches(question: Question, catalog: Catalog) -> list[Match]:
    """All phrases that match, best first; of one query with the same filling only the best."""
    found: dict[tuple[Any, ...], Match] = {}
    for query in catalog.queries.values():
        for compiled in query.compiled:
            for sequence in compiled.sequences:
                match = _match(question, query, compiled.phrase, sequence)
                if match is not None:
                    key = (query.name, compiled.phrase.answer, tuple(compiled.phrase.given.items()), _meanings(match))
                    if key not in found or match.cost < found[key].cost:
                        found[key] = match
    return sorted(found.values(), key=lambda m: (m.cost, m.query.name))


def _meanings(match: Match) -> tuple[Any, ...]:
    return tuple(sorted((name, str(filled.meaning)) for name, filled in match.filled.items()))


def _match(question: Question, query: Query, phrase: Phrase, sequence: Sequence_) -> Match | None:
    """The best way to lay a sequence over the question, if there is one."""
    places = []
    for element in sequence:
        found = _places(question, query, phrase, element)
        if not found:
            return None
        places.append(found)
    states: dict[int, _State] = {0: _State()}
    for element, found in zip(sequence, places, strict=True):
        states = _advance(question, states, element, found)
    finals = []
    for end, state in states.items():
        rest = question.gap(end, question.size)
        if rest is not None:
            finals.append(replace(state, cost=replace(state.cost, left=state.cost.left + rest)))
    if not finals:
        return None
    state = min(finals, key=lambda final: final.cost)
    return None if state.cost.left > _MOST_LEFT_OVER else _finished(question, query, phrase, state)


def _may_answer(kind: Kind, query: Query, phrase: Phrase) -> bool:
    """Whether something of an answering column can be what a noun asks for."""
    labels = load_schema().types
    for name in phrase.answer or query.answer:
        column = query.column(name)
        if column is None or not column.types:
            return True
        for has, wants in itertools.product(column.types, kind.types):
            if wants in labels[has].labels or has in labels[wants].labels:
                return True
    return False


def type_of(kind: Kind) -> str:
    """The type that a noun asks for; `Entity` where it asks for several."""
    return kind.types[0] if len(kind.types) == 1 else "Entity"


def _finished(question: Question, query: Query, phrase: Phrase, state: _State) -> Match | None:
    covered = {n for start, end in state.spans for n in range(start, end)}
    # The noun that says what is asked must have been understood as that, or said by the phrase.
    if not question.asked <= covered:
        return None
    left = tuple(n for n in range(question.size) if n not in covered and not question.free[n])
    count = bool(question.counted) and not question.counted & covered
    return Match(query, phrase, dict(state.filled), left, state.cost, count)


def _advance(
    question: Question, states: Mapping[int, _State], element: Element, found: list[Filled]
) -> dict[int, _State]:
    """States after one more element; of several that end at one place the best is kept."""
    made: dict[int, _State] = {}
    for at, state in states.items():
        for place in found:
            gap = question.gap(at, place.start) if place.start >= at else None
            if gap is None or _clashes(state, place):
                continue
            new = _extended(question, state, element, place, gap)
            old = made.get(place.end)
            if old is None or new.cost < old.cost:
                made[place.end] = new
    return made


def _clashes(state: _State, place: Filled) -> bool:
    """Two slots for entities do not hold the same one."""
    return _is_named(place.meaning) and any(filled.meaning == place.meaning for _, filled in state.filled)


def _is_named(meaning: Any) -> bool:
    return isinstance(meaning, tuple) and bool(meaning) and isinstance(meaning[0], Hit)


def _is_text(meaning: Any) -> bool:
    return isinstance(meaning, tuple) and bool(meaning) and isinstance(meaning[0], str)


def _extended(question: Question, state: _State, element: Element, place: Filled, gap: int) -> _State:
    content = sum(question.weights[place.start : place.end])
    text, slot = _is_text(place.meaning), isinstance(element, Slot)
    # What a phrase says in words counts a little more than what it leaves to the question.
    said = content - 1 if slot else UNIT * (place.end - place.start)
    cost = Cost(
        left=state.cost.left + gap + (content if text else 0),
        literal=state.cost.literal - (0 if text else said),
        loose=state.cost.loose + (_is_named(place.meaning) and place.meaning[0].reason in LOOSE),
        inner=state.cost.inner + (place.start - state.spans[-1][1] if state.spans else 0),
    )
    filled = (*state.filled, (element.name, place)) if slot else state.filled
    return _State(cost, filled, (*state.spans, (place.start, place.end)))


def _places(question: Question, query: Query, phrase: Phrase, element: Element) -> list[Filled]:
    """All places of the question that an element may take."""
    if not isinstance(element, Slot):
        return [Filled(start, end, None) for start, end in question.spans(element)]
    if element.name == KIND:
        return [f for f in question.kinds if _may_answer(f.meaning, query, phrase)]
    parameter = query.parameter(element.name)
    if parameter is None:
        return question.texts()
    match parameter.kind:
        case "choice":
            return [f for f in question.kinds if type_of(f.meaning) in parameter.choices]
        case "entity":
            return question.entities(parameter.types)
        case "date":
            return [Filled(d.start, d.end, d.text) for d in question.dates]
        case "integer":
            numbers = ((n, number(w)) for n, w in enumerate(question.words))
            return [Filled(n, n + 1, value) for n, value in numbers if value is not None]
        case _:
            return question.texts()
