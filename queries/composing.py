"""Questions made of two: joined by a word, run together, or with a description that is a question itself."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from queries.answers import Item
from queries.language import Key
from queries.lexicon import Lexicon
from queries.matching import matches
from queries.names import Hit
from queries.question import Filled, Question
from queries.solving import Outcome, Solver, united

_MOST_DESCRIBED = 30
# With a digit, so that it is its own stem.
_PLACEHOLDER = "described0"
_JOINING = ("both", "without")
_BOTH = frozenset({"both", "common", "alike", "share", "shared"})
_PRONOUNS = frozenset({"it", "its", "they", "them", "their", "he", "him", "his", "she", "her"})
# A state before a noun says where something belongs, which the rows show.
_NO_GROUPS = frozenset({"Country", "Place", "Person", "Topic", "Document"})
_ARTICLES = frozenset({"the", "a", "an"})
# A list of two names holds no more words between them.
_LONGEST_JOINT = 3
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "those"})


def joined(solver: Solver, question: Question) -> Iterator[Outcome]:
    """Two questions about one kind of thing: what answers both, or the first but not the second."""
    for how, left, right in _splits(question, solver.lexicon):
        begin = part(solver, question, left)
        first = _phrased(solver, begin)
        if not first.items or any(item.id is None for item in first.items):
            continue
        for words in (("which", *_noun(begin), *right), right, ("who", *right)):
            second = _phrased(solver, part(solver, question, words))
            if second.items:
                yield _join(how, first, second)
                break


def coordinated(solver: Solver, question: Question) -> Iterator[Outcome]:
    """One question about two things: `both A and B`, `A but not B`, `what A and B have in common`."""
    named = [f for f in question.entities(()) if len(f.meaning) == 1]
    for one, other in itertools.product(named, repeat=2):
        how, start, end = _coordination(question, one, other)
        if not how or one.meaning[0].id == other.meaning[0].id:
            continue
        begin, rest = question.words[:start], question.words[end:]
        said = [question.words[f.start : f.end] for f in (one, other)]
        parts = [_without_both(solver, (*begin, *words, *rest)) for words in said]
        first, second = (solver.solve(part(solver, question, words)) for words in parts)
        if how == "each":
            if first.items and second.items:
                yield united([first, second])
        elif first.items and (second.items or (how == "without" and second.understood)):
            yield _join(how, first, second)


def _coordination(question: Question, one: Filled, other: Filled) -> tuple[str, int, int]:
    """How two names are joined, and where that begins and ends in the question; "" if they are not."""
    between = [w for w in question.words[one.end : other.start] if w not in _ARTICLES]
    if not one.end < other.start or len(between) > _LONGEST_JOINT:
        return "", 0, 0
    if between[:1] == ["and"] and all(question.free[n] for n in range(one.end, other.start)):
        both = _BOTH & set(question.words)
        return ("both" if both else "each" if _of_each(question) else ""), one.start, other.end
    without = between in (["but", "not"], ["and", "not"], ["but", "not", "in"], ["but", "not", "of"])
    return ("without" if without else ""), one.start, other.end


def _of_each(question: Question) -> bool:
    """Whether a place is asked for, or a time: each thing has its own."""
    return question.opener in ("when", "where") or any(n.meaning.types == ("Place",) for n in question.kinds)


def _without_both(solver: Solver, words: Key) -> Key:
    """The words without those that say that two things are meant."""
    marks = [key for key in solver.lexicon.connectors["common"] if " ".join(key) in " ".join(words)]
    for key in sorted(marks, key=len, reverse=True)[:1]:
        at = next(n for n in range(len(words)) if words[n : n + len(key)] == key)
        return (*words[:at], *words[at + len(key) :])
    return words


def run_together(solver: Solver, question: Question) -> Iterator[Outcome]:
    """Two questions without a joining word: both parts must be explained to the last word."""
    for at in range(3, question.size - 1):
        if question.free[at] and question.free[at - 1]:
            continue
        begin = part(solver, question, question.words[:at])
        first = solver.exactly(begin)
        if first is None:
            continue
        noun = _noun(begin)
        opening = ("which", *noun) if noun else ("who",)
        second = solver.exactly(part(solver, question, (*opening, *question.words[at:])))
        if second is not None:
            yield _join("both", first, second)


def nested(solver: Solver, question: Question) -> Iterator[Outcome]:
    """A description is answered first, and each of its answers is put in its place; longer ones first.

    `the body that established X`, `the agency whose chief …`: a noun with a determiner, up to any later word.
    """
    for noun in question.nouns:
        at = noun.start
        while at > 0 and question.words[at - 1] not in _DETERMINERS:
            at -= 1
        if at < 2 or (question.head is not None and at <= question.head < noun.end):
            continue
        for end in range(question.size, noun.end + 1, -1):
            if question.free[end - 1] and end < question.size:
                continue
            yield from _with_description(solver, question, at, end)


def _with_description(solver: Solver, question: Question, start: int, end: int) -> Iterator[Outcome]:
    """The answer where the words from `start` to `end` describe something."""
    before, after = question.words[: start - 1], question.words[end:]
    if all(question.free[n] for n in range(start - 1)) and all(
        question.free[n] for n in range(end, question.size)
    ):
        return
    asked = part(solver, question, ("which", *question.words[start:end]))
    inner = solver.exactly(asked) or (_phrased(solver, asked) if end == question.size else None)
    if inner is None or not 0 < len(inner.items) <= _MOST_DESCRIBED or any(i.id is None for i in inner.items):
        return
    outer = [_described(solver, before, after, item.id) for item in inner.items if item.id]
    good = [outcome for outcome in outer if outcome.items]
    if good:
        found = united(good)
        steps = (*good[0].steps, *(replace(step, joined="of") for step in inner.steps))
        yield replace(found, steps=steps)


def modified(solver: Solver, question: Question) -> Iterator[Outcome]:
    """A group before the noun that says what is asked: `which CBSI countries hosted …` are members too."""
    head = question.head
    for named in question.literal():
        group = named.meaning[0]
        starts = {noun.start for noun in question.nouns if head == noun.end - 1}
        if head is None or named.end not in starts or len(named.meaning) > 1 or group.type in _NO_GROUPS:
            continue
        first = _phrased(
            solver, part(solver, question, question.words[: named.start] + question.words[named.end :])
        )
        noun = question.words[head]
        members = part(solver, question, ("which", noun, "in", *question.words[named.start : named.end]))
        second = solver.exactly(members)
        if first.items and second is not None:
            yield _join("both", first, second)


def referring(solver: Solver, question: Question) -> Iterator[Outcome]:
    """A thing is named or described first, then asked about: `the body that founded X: is it part of …`."""
    for end in question.breaks:
        at = next((n for n in range(end, question.size) if question.words[n] in _PRONOUNS), None)
        if at is None:
            continue
        first = part(solver, question, question.words[:end])
        named = [f for f in first.literal() if all(first.free[n] or f.start <= n < f.end for n in range(end))]
        inner = None
        if named and len(named[-1].meaning) == 1:
            ids = [named[-1].meaning[0].id]
        else:
            noun = next((n for n in range(end) if first.words[n] not in _DETERMINERS), 0)
            inner = solver.exactly(part(solver, question, ("which", *first.words[noun:])))
            ids = [item.id for item in inner.items if item.id] if inner else []
        words = question.words[end:at], question.words[at + 1 :]
        outer = [_described(solver, *words, id_) for id_ in ids[:_MOST_DESCRIBED]]
        good = [outcome for outcome in outer if outcome.items]
        if good:
            steps = (*good[0].steps, *(replace(step, joined="of") for step in (inner.steps if inner else ())))
            yield replace(united(good), steps=steps)


def _phrased(solver: Solver, question: Question) -> Outcome:
    """The answer by a phrase that names a relation; what is only described is no set to compare with."""
    found = matches(question, solver.catalog)
    return solver.solve(question, [match for match in found if match.query.wording != "own"])


def part(solver: Solver, question: Question, words: Key) -> Question:
    """A question of some words of another one, in which they mean the same."""
    return solver.question(" ".join(words), question.bound)


def _described(solver: Solver, before: Key, after: Key, id_: str) -> Outcome:
    """The answer where what stands between the words means one entity."""
    entity = solver.names.entities[id_]
    hit = Hit(id_, entity.name, entity.type, entity.name, "id")
    words = " ".join((*before, _PLACEHOLDER, *after))
    return _phrased(solver, solver.question(words, {(_PLACEHOLDER,): (hit,)}))


def _splits(question: Question, lexicon: Lexicon) -> Iterator[tuple[str, Key, Key]]:
    """Ways to cut a question at a connector; connectors of more words first."""
    found = []
    for how in _JOINING:
        for key in lexicon.connectors[how]:
            for start in range(1, question.size - len(key)):
                if question.stems[start : start + len(key)] == key:
                    found.append((-len(key), start, how, start + len(key)))
    for _, start, how, end in sorted(found):
        # `had no speaker` is the opposite of `had a speaker`.
        verb = question.words[start:end][: question.words[end - 1] == "no"]
        yield how, question.words[:start], (*verb, *question.words[end:])


def _noun(question: Question) -> Key:
    """The words of the first noun that says what is asked; a `partner` is one of something, and no kind."""
    nouns = [noun for noun in question.nouns if not noun.meaning.shown]
    return question.words[nouns[0].start : nouns[0].end] if nouns else ()


def _join(how: str, first: Outcome, second: Outcome) -> Outcome:
    others = {item.key: item for item in second.items}
    kept = [item for item in first.items if (item.key in others) == (how == "both")]
    if how == "both":
        kept = [Item(i.id, i.value, [*i.statements, *others[i.key].statements]) for i in kept]
    steps = (*first.steps, *(replace(step, joined=how) for step in second.steps))
    return Outcome("" if kept else "no-statement", tuple(kept), steps, first.table, understood=not kept)
