"""Questions made of two: joined by a word, run together, or with a description that is a question itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from queries.answers import Item
from queries.language import Key
from queries.lexicon import Lexicon
from queries.matching import matches
from queries.names import Hit
from queries.question import Question
from queries.solving import Outcome, Solver

_MOST_DESCRIBED = 30
# With a digit, so that it is its own stem.
_PLACEHOLDER = "described0"
_JOINING = ("both", "without")
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "which", "what", "those"})


def joined(solver: Solver, question: Question) -> Iterator[Outcome]:
    """Two questions about one kind of thing: what answers both, or the first but not the second."""
    for how, left, right in _splits(question, solver.lexicon):
        begin = _part(solver, question, left)
        first = _phrased(solver, begin)
        if not first.items or any(item.id is None for item in first.items):
            continue
        for words in (("which", *_noun(begin), *right), right):
            second = _phrased(solver, _part(solver, question, words))
            if second.items:
                yield _join(how, first, second)
                break


def excepting(solver: Solver, question: Question) -> Iterator[Outcome]:
    """A question with one answer taken out: `besides ATF`."""
    for key in solver.lexicon.connectors["except"]:
        for named in question.literal():
            start = named.start - len(key)
            if start < 0 or question.stems[start : named.start] != key or len(named.meaning) > 1:
                continue
            words = question.words[:start] + question.words[named.end :]
            found = solver.solve(_part(solver, question, words))
            others = tuple(item for item in found.items if item.id != named.meaning[0].id)
            if others and len(others) < len(found.items):
                yield replace(found, items=others)


def run_together(solver: Solver, question: Question) -> Iterator[Outcome]:
    """Two questions without a joining word: both parts must be explained to the last word."""
    for at in range(3, question.size - 1):
        if question.free[at] and question.free[at - 1]:
            continue
        begin = _part(solver, question, question.words[:at])
        first = solver.exactly(begin)
        if first is None:
            continue
        noun = _noun(begin)
        opening = ("which", *noun) if noun else ("who",)
        second = solver.exactly(_part(solver, question, (*opening, *question.words[at:])))
        if second is not None:
            yield _join("both", first, second)


def nested(solver: Solver, question: Question) -> Iterator[Outcome]:
    """A description at the end is answered first, and each of its answers is put in its place."""
    for noun in question.nouns:
        at = noun.start
        while at > 0 and question.words[at - 1] not in _DETERMINERS:
            at -= 1
        if at < 2:
            continue
        inner = solver.solve(_part(solver, question, ("which", *question.words[at:])))
        ids = [item.id for item in inner.items if item.id is not None]
        if len(ids) != len(inner.items) or len(ids) > _MOST_DESCRIBED:
            continue
        outer = [_described(solver, question.words[:at], id_) for id_ in ids]
        good = [outcome for outcome in outer if outcome.items]
        if good:
            yield _united(good, inner)


def _phrased(solver: Solver, question: Question) -> Outcome:
    """The answer by a phrase that names a relation; what is only described is no set to compare with."""
    found = matches(question, solver.catalog)
    return solver.solve(question, [match for match in found if match.query.wording != "own"])


def _part(solver: Solver, question: Question, words: Key) -> Question:
    return solver.question(" ".join(words), question.bound)


def _described(solver: Solver, words: Key, id_: str) -> Outcome:
    """The answer where a description at the end means one entity."""
    entity = solver.names.entities[id_]
    hit = Hit(id_, entity.name, entity.type, entity.name, "id")
    return solver.solve(solver.question(" ".join((*words, _PLACEHOLDER)), {(_PLACEHOLDER,): (hit,)}))


def _splits(question: Question, lexicon: Lexicon) -> Iterator[tuple[str, Key, Key]]:
    """Ways to cut a question at a connector; connectors of more words first."""
    found = []
    for how in _JOINING:
        for key in lexicon.connectors[how]:
            for start in range(1, question.size - len(key)):
                if question.stems[start : start + len(key)] == key:
                    found.append((-len(key), start, how, start + len(key)))
    for _, start, how, end in sorted(found):
        yield how, question.words[:start], question.words[end:]


def _noun(question: Question) -> Key:
    """The words of the first noun that says what is asked."""
    nouns = question.nouns
    return question.words[nouns[0].start : nouns[0].end] if nouns else ()


def _join(how: str, first: Outcome, second: Outcome) -> Outcome:
    others = {item.key: item for item in second.items}
    kept = [item for item in first.items if (item.key in others) == (how == "both")]
    if how == "both":
        kept = [Item(i.id, i.value, [*i.statements, *others[i.key].statements]) for i in kept]
    steps = (*first.steps, *(replace(step, joined=how) for step in second.steps))
    return Outcome("" if kept else "no-statement", tuple(kept), steps, first.table, understood=not kept)


def _united(good: Sequence[Outcome], inner: Outcome) -> Outcome:
    merged: dict[str, Item] = {}
    for outcome in good:
        for item in outcome.items:
            known = merged.setdefault(item.key, Item(item.id, item.value))
            known.statements.extend(s for s in item.statements if s not in known.statements)
    steps = (*good[0].steps, *(replace(step, joined="of") for step in inner.steps))
    return Outcome("", tuple(merged.values()), steps, good[0].table)
