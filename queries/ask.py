"""Answers plain-English questions by the phrases of the catalogue, deterministically.

A question is answered only if it is explained as a whole: by one phrase whose slots resolve, with what the
phrase leaves over shown by the rows (`queries.solving`), or by two such questions (`queries.composing`):
"are also", "but are not", or a description such as "the unit that IMPACS inaugurated". Otherwise the answer
is empty and says what was not understood.
"""

import itertools
from dataclasses import replace
from functools import partial

from graph.store import Store
from queries.answers import Answer, Step, citations_of, items_json
from queries.catalog import Catalog
from queries.choosing import choosing
from queries.clocks import UNLIMITED, Clocks
from queries.composing import coordinated, joined, modified, nested, referring, run_together
from queries.confirming import asks_to_confirm, confirmed
from queries.excepting import excepting
from queries.matching import matches
from queries.question import Question
from queries.solving import Outcome, Solver
from queries.spelling import speller_for
from queries.suggest import capitalised, suggestions, unknown_words

# Longer than any question; a text is not looked through for names.
_MOST_WORDS = 60
_CANDIDATES = 3


def ask(question: str, catalog: Catalog, store: Store, clocks: Clocks = UNLIMITED) -> Answer:
    """Answer a question. Never raises for what a question says; raises if the graph cannot be reached."""
    solver = Solver(catalog, store, clocks)
    asked = solver.question(question)
    if not 0 < asked.size <= _MOST_WORDS:
        return _answer(solver, asked, Outcome("not-understood"), "")
    speller = speller_for(solver.names)
    mended = speller.mended(asked)
    if mended is not None:
        outcome = _solved(solver, solver.question(mended))
        if outcome.items:
            return _answer(solver, asked, outcome, f" (read as: {mended})")
    return _answer(solver, asked, _solved(solver, asked), "")


def _solved(solver: Solver, question: Question) -> Outcome:
    """To the letter, then as two questions, then with words left over, then with a description inside."""
    if asks_to_confirm(question):
        return confirmed(solver, question)
    found = matches(question, solver.catalog)
    exact = solver.solve(question, [match for match in found if not match.cost.left])
    if exact.items or exact.understood:
        return exact
    for one in itertools.chain(
        excepting(solver, question, partial(_solved, solver)),
        choosing(solver, question, partial(_solved, solver)),
        coordinated(solver, question),
        joined(solver, question),
        referring(solver, question),
        modified(solver, question),
    ):
        if one.items or one.understood:
            return one
    plain = solver.solve(question, found)
    if plain.items or plain.understood:
        return plain
    others = itertools.chain(run_together(solver, question), nested(solver, question))
    return next((other for other in others if other.items), plain)


def _answer(solver: Solver, question: Question, outcome: Outcome, note: str) -> Answer:
    steps = outcome.steps
    made = Answer(
        question=question.text,
        answered=bool(outcome.items),
        query=steps[0].query if steps else None,
        parameters=steps[0].parameters if steps else {},
        steps=steps,
        reading="; ".join(_reading(solver, step) for step in steps) + note,
        table=outcome.table,
        version=solver.store.version(),
        clocks=solver.clocks,
    )
    if not outcome.items:
        return _refusal(solver, question, outcome, made)
    statements = [s for item in outcome.items for s in item.statements]
    citations = citations_of(solver.details.load(statements), statements)
    return replace(made, items=items_json(solver.store, outcome.items), citations=citations)


def _refusal(solver: Solver, question: Question, outcome: Outcome, made: Answer) -> Answer:
    unknown = unknown_words(question, solver.names, solver.lexicon)
    unnamed = outcome.reason in ("not-understood", "unexplained") and capitalised(question, unknown)
    near = [hit.name for run in unknown for hit in solver.names.nearest(run, limit=_CANDIDATES)]
    return replace(
        made,
        reason="unknown-name" if unnamed else outcome.reason,
        ignored=outcome.ignored or unknown,
        candidates=outcome.candidates or tuple(dict.fromkeys(near)),
        suggestions=suggestions(question, solver.catalog),
    )


def _reading(solver: Solver, step: Step) -> str:
    """`both Who took part (event = Ninth …)`: what one query of the answer was asked."""
    given = {k: v["name"] if isinstance(v, dict) else v for k, v in step.parameters.items() if v is not None}
    shown = ", ".join(f"{name} = {value}" for name, value in given.items())
    title = solver.catalog.queries[step.query].title
    return f"{step.joined} {title}".strip() + (f" ({shown})" if shown else "")
