"""Yes or no: `is Jamaica a member of the CBSI` asks whether Jamaica is among those who are.

One of the names that the question gives is taken out and asked for; the answer is yes if it comes back. It is
no only if the documents name others of its kind there, which are then cited; where they name nobody there is
no answer.
"""

from collections.abc import Iterator
from dataclasses import replace

from queries.answers import Item
from queries.question import Filled, Question
from queries.solving import Outcome, Solver

_AUXILIARIES = frozenset({"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "whether"})
_OPENING = frozenset({"or", "there", "you", "we", "which", "what", "who", "when", "where", "how"})
# The noun that asks for things of a type, the narrowest type first.
_NOUNS = {
    "Dialogue": "dialogue",
    "Event": "event",
    "Unit": "unit",
    "Organization": "body",
    "Program": "program",
    "Instrument": "instrument",
    "Operation": "operation",
    "Country": "country",
    "Place": "place",
    "Person": "person",
    "Topic": "topic",
    "Commitment": "commitment",
    "Document": "document",
}


def asks_to_confirm(question: Question) -> bool:
    """Whether it asks to confirm something."""
    return question.words[0] in _AUXILIARIES and not _OPENING & set(question.words)


def confirmed(solver: Solver, question: Question) -> Outcome:
    """Yes, no, or nothing."""
    denied: Outcome | None = None
    for named in _names(question):
        asked = _asking_for(solver, question, named)
        exact = solver.exactly(asked)
        outcome = exact or solver.solve(asked)
        held = [item for item in outcome.items if item.id == named.meaning[0].id]
        if held:
            return replace(outcome, items=(Item(None, True, held[0].statements),))
        if exact and denied is None:
            statements = list(dict.fromkeys(s for item in exact.items for s in item.statements))
            denied = replace(exact, items=(Item(None, False, statements),))
    return denied or Outcome("not-understood")


def _names(question: Question) -> Iterator[Filled]:
    """The longest names in the question that mean one thing, in their order."""
    at = 0
    while at < question.size:
        here = [f for f in question.entities(()) if f.start == at and len(f.meaning) == 1]
        longest = max(here, key=lambda f: f.end, default=None)
        if longest is not None:
            yield longest
        at = longest.end if longest is not None else at + 1


def noun_for(labels: frozenset[str]) -> str:
    """The noun by which to ask for things with these labels."""
    return next(word for type_, word in (*_NOUNS.items(), ("Entity", "thing")) if type_ in labels)


def _asking_for(solver: Solver, question: Question, named: Filled) -> Question:
    """The question for things like the one named, which is taken out of it."""
    labels = solver.names.entities[named.meaning[0].id].labels
    words = (*question.words[1 : named.start], "which", noun_for(labels), *question.words[named.end :])
    return solver.question(" ".join(words), question.bound)
