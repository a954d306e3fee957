"""Answers a question by one phrase: fill the query's parameters, run it, keep the rows that are meant."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.store import Store
from queries.answers import Details, Item, Step, cells, items_of
from queries.canned import KIND
from queries.catalog import Catalog
from queries.clocks import UNLIMITED, Clocks
from queries.filters import Reader, Remark, remarks
from queries.language import Key
from queries.lexicon import Kind, load_lexicon
from queries.matching import Match, matches, type_of
from queries.names import Hit, names_for
from queries.question import PERSONAL, UNIT, Question
from queries.run import Table, run
from schema.errors import BadParameter
from schema.model import load_schema

# A question that needs more than this was not understood; most are answered by the first or second try.
_MOST_TRIES = 40
# Descriptions within a question and questions made of two try many readings; this bounds them all together.
_MOST_RUNS = 80
_MOST_ROWS = 5000
# A count of rows that were picked by much more than a phrase would be a guess.
_MOST_LEFT_TO_COUNT = 2 * UNIT
_ACTORS = frozenset({"Person", "Organization", "Country", "Event", "Operation"})

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one way to read a question: items, or the reason why there are none.

    `understood` says that a phrase explains the whole question and the graph says nothing.
    """

    reason: str
    items: tuple[Item, ...] = ()
    steps: tuple[Step, ...] = ()
    table: Table | None = None
    ignored: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    understood: bool = False

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(item.key for item in self.items)


class Solver:
    """Solves the questions that one question leads to; what was read for one of them is not read again."""

    def __init__(self, catalog: Catalog, store: Store, clocks: Clocks = UNLIMITED) -> None:
        self.catalog, self.store, self.clocks = catalog, store, clocks
        self.names = names_for(store)
        self.lexicon = load_lexicon()
        self.details = Details(store, clocks)
        self._tables: dict[tuple[Any, ...], Table | BadParameter] = {}

    def question(self, text: str, bound: Mapping[Key, tuple[Hit, ...]] | None = None) -> Question:
        """A question ready for matching; `bound` says what certain words mean in it."""
        return Question(text, self.names, self.lexicon, bound or {})

    def solve(self, question: Question, found: Sequence[Match] | None = None) -> Outcome:
        """By one phrase, the best first. Equally good phrases of different queries must agree."""
        found = matches(question, self.catalog) if found is None else found
        nothing = Outcome("not-understood")
        understood: Outcome | None = None
        tries = 0
        for cost, group in itertools.groupby(found, key=lambda match: match.cost):
            if understood is not None and cost.left:
                break
            results: dict[str, Outcome] = {}
            for match in group:
                tries += 1
                if tries <= _MOST_TRIES and not results.get(match.query.name, nothing).items:
                    results[match.query.name] = self._try(question, match)
            good = [outcome for outcome in results.values() if outcome.items]
            if len({outcome.keys for outcome in good}) > 1:
                if question.asks_for_several:
                    return united(good)
                return Outcome("several-readings", steps=tuple(s for outcome in good for s in outcome.steps))
            if good:
                return good[0]
            for outcome in results.values():
                understood = understood or (outcome if outcome.understood else None)
                nothing = outcome if nothing.reason == "not-understood" else nothing
        return understood or nothing

    def exactly(self, question: Question) -> Outcome | None:
        """The answer of the best phrase where it leaves nothing over; entities only."""
        best = next(iter(matches(question, self.catalog)), None)
        if best is None or best.cost.left or best.cost.loose:
            return None
        outcome = self.solve(question)
        return outcome if outcome.items and all(item.id for item in outcome.items) else None

    def _try(self, question: Question, match: Match) -> Outcome:
        given: dict[str, str] = dict(match.phrase.given)
        for name, filled in match.filled.items():
            parameter = match.query.parameter(name)
            meaning = filled.meaning
            if parameter is None:
                continue
            if parameter.kind == "entity":
                if len(meaning) > 1:
                    words = " ".join(question.words[filled.start : filled.end])
                    several = tuple(f"{hit.name} ({hit.id})" for hit in meaning)
                    return Outcome("ambiguous-name", ignored=(words,), candidates=several)
                given[name] = meaning[0].id
            elif isinstance(meaning, Kind):
                given[name] = type_of(meaning)
            else:
                given[name] = " ".join(meaning) if isinstance(meaning, tuple) else str(meaning)
        table = self._run(match, given)
        if isinstance(table, BadParameter):
            return Outcome("not-understood")
        return self._filtered(question, match, table)

    def _run(self, match: Match, given: Mapping[str, str]) -> Table | BadParameter:
        key = (match.query.name, *sorted(given.items()))
        if key not in self._tables:
            if len(self._tables) >= _MOST_RUNS:
                return BadParameter("question", "it can be read in too many ways")
            try:
                self._tables[key] = run(
                    match.query, given, self.store, self.names, self.clocks, limit=_MOST_ROWS
                )
            except BadParameter as error:
                self._tables[key] = error
        return self._tables[key]

    def _filtered(self, question: Question, match: Match, table: Table) -> Outcome:
        """Keep the rows that are of the kind asked for and show every word that the phrase left over."""
        columns = match.phrase.answer or match.query.answer
        steps = (Step(match.query.name, table.parameters),)
        left = remarks(question, match)
        empty = Outcome(
            "unexplained" if left else "no-statement",
            steps=steps,
            table=table,
            ignored=tuple(remark.text for remark in left),
            understood=not (left or match.vague or match.count or table.rows),
        )
        if table.truncated:
            return replace(empty, reason="several-readings", understood=False)
        rows = self._of_kind(match, table.rows, columns)
        if match.query.wording == "own":
            rows = _unnamed(question, rows, columns)
        rows = self._showing(match, rows, columns, left)
        if match.query.best and rows:
            best = max(row[match.query.best] for row in rows)
            rows = [row for row in rows if row[match.query.best] == best]
        items = self._fitting(question, match, items_of(rows, columns))
        if match.count and (not match.query.countable or match.cost.left > _MOST_LEFT_TO_COUNT):
            return empty
        if match.count and items:
            items = [Item(None, len(items), list(dict.fromkeys(s for i in items for s in i.statements)))]
        return Outcome("", tuple(_in_precision(question, items)), steps, table) if items else empty

    def _fitting(self, question: Question, match: Match, items: list[Item]) -> list[Item]:
        """Items without those that the first word excludes.

        `Who` is no topic, text or document, a bare `what` no person, and who was made something is one.
        """
        if any(isinstance(f.meaning, Kind) for f in match.filled.values()) or match.phrase.answer:
            return items
        labels = {item.key: self.names.entities[item.id].labels if item.id else frozenset() for item in items}
        if question.asks_who_was_made:
            return [item for item in items if "Person" in labels[item.key]]
        if question.opener in PERSONAL:
            return [item for item in items if labels[item.key] & _ACTORS]
        return [item for item in items if question.opener != "what" or "Person" not in labels[item.key]]

    def _of_kind(self, match: Match, rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
        """Rows with only those answers that are what the noun of the question asks for."""
        kinds = [f.meaning for f in match.filled.values() if isinstance(f.meaning, Kind)]
        if not kinds:
            return list(rows)
        reader = self.reader()

        def fits(value: Any) -> bool:
            return not isinstance(value, dict) or reader.fits_kind(value["id"], kinds[0])

        kept = [{**row, **{n: [v for v in cells(row, [n]) if fits(v)] for n in columns}} for row in rows]
        return [row for row in kept if any(row[name] for name in columns)]

    def _showing(
        self, match: Match, rows: list[Row], columns: Sequence[str], left: Sequence[Remark]
    ) -> list[Row]:
        """Rows that show the words that were taken for a column and those that were left over."""
        asked = {
            name: filled.meaning
            for name, filled in match.filled.items()
            if match.query.parameter(name) is None and name != KIND
        }
        if not rows or not (left or asked):
            return rows
        self.details.load(s for row in rows for s in row["statements"])
        reader, about, wording = self.reader(), _about(match), match.query.wording
        for remark in left:
            if below := [row for row in rows if reader.under(remark, _ids(row, columns))]:
                rows, left = below, [other for other in left if other is not remark]
            elif remark.single and (so := [row for row in rows if reader.called(remark, _ids(row, columns))]):
                rows = so
        read = [(row, _ids(row, columns)) for row in rows]
        shown = [(row, ids, reader.shown(row, wording, about, ids)) for row, ids in read]
        shown = [s for s in shown if all(reader.in_column(w, s[0][name], s[2]) for name, w in asked.items())]
        for name, words in asked.items():
            # What is counted is the last word: of `gun seizures` it is seizures and not guns.
            counted = [s for s in shown if reader.in_column(words[-1:], s[0][name], s[2])]
            shown = counted or shown
        if wording == "any":
            fine = all(any(reader.shows(r, one, ids, True) for _, ids, one in shown) for r in left)
            return [row for row, _, _ in shown] if fine else []
        for quotes in (False, True) if wording == "own" else (True,):
            kept = [row for row, ids, one in shown if all(reader.shows(r, one, ids, quotes) for r in left)]
            if kept:
                return kept
        return []

    def reader(self) -> Reader:
        """Reads rows with the statements that are known so far."""
        return Reader(self.names, load_schema(), self.lexicon, self.details.statements)


def united(outcomes: Sequence[Outcome]) -> Outcome:
    """The items of all outcomes, each once, with all statements that they rest on."""
    merged: dict[str, Item] = {}
    for outcome in outcomes:
        for item in outcome.items:
            known = merged.setdefault(item.key, Item(item.id, item.value))
            known.statements.extend(s for s in item.statements if s not in known.statements)
    steps = tuple(step for outcome in outcomes for step in outcome.steps)
    return Outcome("", tuple(merged.values()), steps, outcomes[0].table)


def _unnamed(question: Question, rows: Sequence[Row], columns: Sequence[str]) -> list[Row]:
    """Rows without what the question names itself: nobody asks for a thing by its name."""
    named = {hit.id for name in question.literal() for hit in name.meaning}
    return [row for row in rows if named.isdisjoint(_ids(row, columns))]


def _about(match: Match) -> dict[str, bool]:
    """Entities that fill the parameters, each with whether only a part of its name was said."""
    hits = [
        filled.meaning[0]
        for name, filled in match.filled.items()
        if (parameter := match.query.parameter(name)) is not None and parameter.kind == "entity"
    ]
    return {hit.id: hit.reason == "part" for hit in hits}


def _in_precision(question: Question, items: list[Item]) -> list[Item]:
    """Dates cut to the year or month that was asked for, each once."""
    asked = set(question.words)
    length = 7 if "month" in asked else 4 if "year" in asked and not asked & {"fiscal", "day", "date"} else 0
    if not length or any(item.id or not isinstance(item.value, str) for item in items):
        return items
    cut: dict[str, Item] = {}
    for item in items:
        value = item.value if "/" in item.value else item.value[:length]
        cut.setdefault(value, Item(None, value)).statements.extend(item.statements)
    return list(cut.values())


def _ids(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [value["id"] for value in cells(row, columns) if isinstance(value, dict)]
