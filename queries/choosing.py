"""Questions that choose: `which of A and B …`, `…: A, B or C`, `hosted or co-chaired`, `… is no country`."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from queries.composing import part
from queries.confirming import noun_for
from queries.language import Key
from queries.lists import listed
from queries.question import Filled, Question
from queries.solving import Outcome, Solver, united

_NOT_A = (("not", "a"), ("not", "an"), ("not", "any"))
_BEING = frozenset({"is", "are", "was", "were"})
_FEWEST = 2

Solve = Callable[[Question], Outcome]


def choosing(solver: Solver, question: Question, solve: Solve) -> Iterator[Outcome]:
    """The answer among those that the question names, of one of two relations, or not of a kind.

    `solve` answers what is left of the question.
    """
    yield from _among(solver, question, solve)
    yield from _either(solver, question, solve)
    yield from _of_no_kind(solver, question, solve)


def _among(solver: Solver, question: Question, solve: Solve) -> Iterator[Outcome]:
    """Of the things that the question lists those that answer the rest of it."""
    for names, rest in _choices(solver, question):
        ids = {hit.id for name in names for hit in name.meaning}
        found = solve(part(solver, question, rest))
        kept = tuple(item for item in found.items if item.id in ids)
        if kept:
            yield replace(found, items=kept)


def _choices(solver: Solver, question: Question) -> Iterator[tuple[list[Filled], Key]]:
    """Lists that are chosen from, each with the question without it."""
    words = question.words
    if words[:2] == ("which", "of"):
        names = listed(question, 2)
        if len(names) >= _FEWEST:
            labels = solver.names.entities[names[0].meaning[0].id].labels
            yield names, ("which", noun_for(labels), *words[names[-1].end :])
    for start in question.breaks:
        names = listed(question, start)
        if len(names) >= _FEWEST and names[-1].end == question.size:
            yield names, words[:start]


def _either(solver: Solver, question: Question, solve: Solve) -> Iterator[Outcome]:
    """What stands in one of two relations."""
    verbs = solver.lexicon.common
    for at, word in enumerate(question.words[:-1]):
        if word == "or" and at and {question.stems[at - 1], question.stems[at + 1]} <= verbs:
            one = (*question.words[:at], *question.words[at + 2 :])
            other = (*question.words[: at - 1], *question.words[at + 1 :])
            found = [solve(part(solver, question, words)) for words in (one, other)]
            if any(outcome.items for outcome in found) and all(o.items or o.understood for o in found):
                yield united([outcome for outcome in found if outcome.items])


def _of_no_kind(solver: Solver, question: Question, solve: Solve) -> Iterator[Outcome]:
    """Answers that are not what a noun says: `which co-chair is not a country`."""
    for at in range(1, question.size - len(_NOT_A[0])):
        nouns = [n for n in question.nouns if n.start == at + 2]
        if question.words[at : at + 2] not in _NOT_A or not nouns:
            continue
        noun = max(nouns, key=lambda n: n.end)
        start = at - (question.words[at - 1] in _BEING)
        found = solve(part(solver, question, (*question.words[:start], *question.words[noun.end :])))
        if all(item.id for item in found.items):
            kept = tuple(i for i in found.items if not solver.reader().fits_kind(i.id or "", noun.meaning))
            yield replace(found, items=kept) if kept else Outcome("no-statement")
