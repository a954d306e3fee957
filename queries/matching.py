"""Matches a question against the phrases of the catalogue.

A phrase matches if its words, classes and slots occur in the question in their order. Fillers between them
are free; other words that no part of the phrase says are left over and have to be found in the answer
(`queries.filters`), and words that change the meaning may not be left over at all. The fewer words are left
over the better a match; among equal ones the one with the most literal words.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from queries.canned import KIND, Phrase, Query
from queries.catalog import Catalog
from queries.lexicon import Kind
from queries.names import LOOSE, Hit
from queries.notation import Element, Sequence_, Slot
from queries.question import UNIT, Filled, Question
from schema.model import load_schema

_MOST_LEFT_OVER = 9 * UNIT
_ADDING = frozenset({"and", "with", "plus", "including"})


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

    `left` weighs words that are left over or taken as they are, `literal` is the negative weight of those
    that the phrase says, `loose` counts names that were not written so and answers that may be anything,
    `inner` words passed over inside the match.
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


def matches(question: Question, catalog: Catalog) -> list[Match]:
    """All phrases that match, best first; of one query with the same filling only the best."""
    found: dict[tuple[Any, ...], Match] = {}
    for query, phrase, sequence in catalog.sayable(question.said.keys()):
        match = _match(question, query, phrase, sequence)
        if match is not None:
            key = (query.name, phrase.answer, tuple(phrase.given.items()), _meanings(match))
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
    states: dict[int, _State] = {0: _State(Cost(loose=int(_any_entity(query, phrase))))}
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


def _answer_types(query: Query, phrase: Phrase) -> tuple[str, ...]:
    """Types of the answering columns; none if one of them may hold anything."""
    columns = [query.column(name) for name in phrase.answer or query.answer]
    types = [column.types if column else () for column in columns]
    return tuple(itertools.chain.from_iterable(types)) if all(types) else ()


def _any_entity(query: Query, phrase: Phrase) -> bool:
    """Whether entities of any type may answer, or query or phrase are general: others are likelier."""
    if query.general or phrase.general:
        return True
    columns = [query.column(name) for name in phrase.answer or query.answer]
    return any(column and column.kind in ("entity", "list") and not column.types for column in columns)


def _may_answer(kind: Kind, query: Query, phrase: Phrase) -> bool:
    """Whether something of an answering column can be what a noun asks for."""
    types, known = _answer_types(query, phrase), load_schema().types
    pairs = itertools.product(types, kind.types)
    return not types or any(wants in known[has].labels or has in known[wants].labels for has, wants in pairs)


def type_of(kind: Kind) -> str:
    """The type that a noun asks for; `Entity` where it asks for several."""
    return kind.types[0] if len(kind.types) == 1 else "Entity"


def _finished(question: Question, query: Query, phrase: Phrase, state: _State) -> Match:
    covered = {n for start, end in state.spans for n in range(start, end)}
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
            if gap is None or _clashes(state, place) or _hides(question, place):
                continue
            new = _extended(question, state, element, place, gap)
            old = made.get(place.end)
            if old is None or new.cost < old.cost:
                made[place.end] = new
    return made


def _clashes(state: _State, place: Filled) -> bool:
    """Two slots for entities do not hold the same one."""
    return _is_named(place.meaning) and any(filled.meaning == place.meaning for _, filled in state.filled)


def _hides(question: Question, place: Filled) -> bool:
    """The noun that says what is asked is no part of a name; `and other HSI efforts` only adds to one."""
    if not _is_named(place.meaning):
        return False
    before = [word for word in question.words[: place.start] if word != "the"][-2:]
    adds = before[-1:] == ["other"] and before[0] in _ADDING and place.end < question.size
    return adds or (question.head is not None and place.start <= question.head < place.end)


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
        return [Filled(start, end, None) for start, end in question.said.get(element, ())]
    if element.name == KIND:
        return [f for f in question.kinds if _may_answer(f.meaning, query, phrase)]
    parameter = query.parameter(element.name)
    if parameter is None:
        column = query.column(element.name)
        return question.numbers() if column and column.kind == "number" else question.texts()
    match parameter.kind:
        case "choice":
            return [f for f in question.kinds if type_of(f.meaning) in parameter.choices]
        case "entity":
            return question.entities(parameter.types)
        case "date":
            return [Filled(d.start, d.end, d.text) for d in question.dates]
        case "integer":
            return [replace(f, meaning=int(f.meaning[0])) for f in question.numbers()]
        case _:
            return question.texts()
