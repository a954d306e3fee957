"""Questions with something left aside: `besides ATF`, `leaving firearms aside`, `alongside the US`."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from queries.answers import Item
from queries.language import Key
from queries.lists import listed
from queries.question import Question
from queries.solving import Outcome, Solver

_ASIDE = frozenset({"aside", "out"})
_LEAVING = frozenset({"leave", "leaving", "set", "setting", "put", "putting"})


def excepting(solver: Solver, question: Question, solve: Callable[[Question], Outcome]) -> Iterator[Outcome]:
    """The answer of the rest of the question without what is left aside.

    `solve` answers the rest. What is left aside is a list of names, or a description whose answers are meant.
    What others stand beside must be among the answers itself.
    """
    for start, end, words, beside in _asides(solver, question):
        rest = (*question.words[:start], *question.words[end:])
        ids = _meant(solver, question, words)
        goes_on = question.words[end : end + 1] in (("and",), ("or",))
        if not ids or not rest or goes_on:
            continue
        if question.counted:
            rest = tuple(_listing(question, start, end))
        found = solve(solver.question(" ".join(rest), question.bound))
        if beside and not ids <= {item.id for item in found.items}:
            continue
        kept = tuple(item for item in found.items if not _under(solver, item, ids))
        if kept and _entities(kept):
            yield replace(found, items=_counted(kept) if question.counted else kept)


def _listing(question: Question, start: int, end: int) -> Iterator[str]:
    """The words outside of two places, with `which` for `how many`."""
    for at, word in enumerate(question.words):
        if at in question.counted:
            yield from ("which",) if at - 1 not in question.counted else ()
        elif not start <= at < end:
            yield word


def _counted(items: tuple[Item, ...]) -> tuple[Item, ...]:
    statements = list(dict.fromkeys(s for item in items for s in item.statements))
    return (Item(None, len(items), statements),)


def _asides(solver: Solver, question: Question) -> Iterator[tuple[int, int, Key, bool]]:
    """Where something is left aside: start, end, the words for it, and whether others stand beside it."""
    for start, word in enumerate(question.words):
        if word in _LEAVING:
            for at in range(start + 2, question.size):
                if question.words[at] in _ASIDE:
                    yield start, at + 1, question.words[start + 1 : at], False
        connectors = solver.lexicon.connectors
        for key in (*connectors["except"], *connectors["beside"]):
            begin = start + len(key)
            if question.stems[start:begin] == key:
                comma, names = question.break_after(begin), listed(question, begin)
                last = names[-1].end if names else begin
                described = not names or any(noun.start == last for noun in question.nouns)
                end = comma if comma < question.size or described else last
                yield start, end, question.words[begin:end], key in connectors["beside"]


def _meant(solver: Solver, question: Question, words: Key) -> frozenset[str]:
    """Ids of what a list of names or a description means; none if a part of it means nothing."""
    part = solver.question(" ".join(words), question.bound)
    found: set[str] = set()
    at = 0
    while at < part.size:
        spans = [f for f in part.entities(()) if f.start == at and len(f.meaning) == 1]
        if spans:
            longest = max(spans, key=lambda f: f.end)
            found.add(longest.meaning[0].id)
            at = longest.end
        elif part.free[at]:
            at += 1
        else:
            return _described(solver, question, words)
    return frozenset(found)


def _described(solver: Solver, question: Question, words: Key) -> frozenset[str]:
    """Answers of a description, and of each part of one that is joined by `and`."""
    outcome = solver.exactly(solver.question(" ".join(("which", *words)), question.bound))
    if outcome is not None:
        return frozenset(item.id for item in outcome.items if item.id)
    if "and" not in words:
        return frozenset()
    at = words.index("and")
    parts = [_meant(solver, question, part) for part in (words[:at], words[at + 1 :])]
    return frozenset().union(*parts) if all(parts) else frozenset()


def _entities(items: tuple[Item, ...]) -> bool:
    return all(item.id is not None for item in items)


def _under(solver: Solver, item: Item, ids: frozenset[str]) -> bool:
    return item.id is not None and (item.id in ids or not ids.isdisjoint(solver.names.above(item.id)))
