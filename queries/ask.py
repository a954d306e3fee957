"""Answers plain-English questions by the phrases of the catalogue, deterministically.

A question is answered only if it is explained as a whole: by one phrase whose slots resolve, with what the
phrase leaves over shown by the rows; by two such questions joined ("are also", "but are not"); or by one in
which a description ("the unit that IMPACS inaugurated") is answered first. Otherwise the answer says what was
not understood, and is empty.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from graph.store import Store
from queries.answers import Answer, Details, Item, Step, cells, citations_of, items_json, items_of
from queries.catalog import KIND, Catalog
from queries.filters import Reader, Remark, remarks
from queries.language import Key
from queries.lexicon import Kind, Lexicon, load_lexicon
from queries.matching import Match, matches, type_of
from queries.names import LOOSE, Hit, NameIndex, names_for
from queries.question import UNIT, Question
from queries.run import Table, run
from queries.suggest import suggestions, unknown_words
from schema.errors import BadParameter
from schema.model import load_schema

# A question that needs more than this was not understood; most are answered by the first or second try.
_MOST_TRIES = 40
_MOST_ROWS = 5000
_MOST_DESCRIBED = 30
# With a digit, so that it is its own stem.
_PLACEHOLDER = "described0"
# A count of rows that were picked by much more than a phrase would be a guess.
_MOST_LEFT_TO_COUNT = 2 * UNIT
_ACTORS = frozenset({"Person", "Organization", "Country", "Event", "Operation"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "their", "this", "that", "which", "what", "those"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one way to read a question."""

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


def ask(question: str, catalog: Catalog, store: Store) -> Answer:
    """Answer a question. Never raises for what a question says; raises if the graph cannot be reached."""
    return Asker(catalog, store).answer(question)


class Asker:
    """One question being answered: keeps what was read for it."""

    def __init__(self, catalog: Catalog, store: Store) -> None:
        self.catalog, self.store = catalog, store
        self.names: NameIndex = names_for(store)
        self.lexicon: Lexicon = load_lexicon()
        self.details = Details(store)
        self._tables: dict[tuple[Any, ...], Table | BadParameter] = {}

    def answer(self, text: str) -> Answer:
        question = Question(text, self.names, self.lexicon)
        outcome = self._solve(question)
        note = ""
        if not outcome.items and not outcome.understood and (corrected := self._corrected(question)):
            again = self._solve(Question(corrected, self.names, self.lexicon))
            if again.items:
                outcome, note = again, f" (read as: {corrected})"
        return self._answer(question, outcome, note)

    def _answer(self, question: Question, outcome: Outcome, note: str) -> Answer:
        steps = outcome.steps
        made = Answer(
            question=question.text,
            answered=bool(outcome.items),
            query=steps[0].query if steps else None,
            parameters=steps[0].parameters if steps else {},
            steps=steps,
            reading="; ".join(map(self._reading, steps)) + note,
            table=outcome.table,
            version=self.store.version(),
        )
        if outcome.items:
            statements = [s for item in outcome.items for s in item.statements]
            self.details.load(statements)
            return replace(
                made,
                items=items_json(self.store, outcome.items),
                citations=citations_of(self.details.statements, statements),
            )
        unknown = unknown_words(question, self.names, self.lexicon)
        return replace(
            made,
            reason="unknown-name" if unknown and outcome.reason == "not-understood" else outcome.reason,
            ignored=outcome.ignored or unknown,
            candidates=outcome.candidates
            or tuple(hit.name for word in unknown for hit in self.names.nearest(word, limit=3)),
            suggestions=suggestions(question, self.catalog),
        )

    def _reading(self, step: Step) -> str:
        given = {
            k: v["name"] if isinstance(v, dict) else v for k, v in step.parameters.items() if v is not None
        }
        shown = ", ".join(f"{name} = {value}" for name, value in given.items())
        title = self.catalog.queries[step.query].title
        return f"{step.joined + ' ' if step.joined else ''}{title}" + (f" ({shown})" if shown else "")

    def _solve(self, question: Question) -> Outcome:
        """To the letter, then as two questions, then with words left over, then with a description inside."""
        found = matches(question, self.catalog)
        exact = self._plain(question, [match for match in found if not match.cost.left])
        if exact.items or exact.understood:
            return exact
        for joined in self._joined(question):
            if joined.items or joined.understood:
                return joined
        plain = self._plain(question, found)
        if plain.items or plain.understood:
            return plain
        others = itertools.chain(self._run_together(question), self._nested(question))
        return next((other for other in others if other.items), plain)

    def _plain(self, question: Question, found: Sequence[Match] | None = None) -> Outcome:
        """By one phrase. Equally good phrases of different queries must agree."""
        found = matches(question, self.catalog) if found is None else found
        worst = Outcome("not-understood")
        tries = 0
        understood: Outcome | None = None
        for cost, group in itertools.groupby(found, key=lambda match: match.cost):
            if understood is not None and cost.left:
                return understood
            results: dict[str, Outcome] = {}
            for match in group:
                tries += 1
                if tries > _MOST_TRIES:
                    return understood or worst
                if not results.get(match.query.name, worst).items:
                    results[match.query.name] = self._try(question, match)
            good = [outcome for outcome in results.values() if outcome.items]
            if len({outcome.keys for outcome in good}) > 1:
                return Outcome("several-readings", steps=tuple(s for outcome in good for s in outcome.steps))
            if good:
                return good[0]
            for outcome in results.values():
                understood = understood or (outcome if outcome.understood else None)
                worst = outcome if worst.reason == "not-understood" else worst
        return understood or worst

    def _try(self, question: Question, match: Match) -> Outcome:
        given: dict[str, str] = dict(match.phrase.given)
        for name, filled in match.filled.items():
            parameter = match.query.parameter(name)
            if parameter is None:
                continue
            meaning = filled.meaning
            if parameter.kind == "entity":
                if len(meaning) > 1:
                    several = tuple(f"{hit.name} ({hit.id})" for hit in meaning)
                    words = " ".join(question.words[filled.start : filled.end])
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
            try:
                self._tables[key] = run(match.query, given, self.store, self.names, limit=_MOST_ROWS)
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
            ignored=tuple(" ".join(remark.words) for remark in left),
            understood=not (left or match.vague or match.count or table.rows),
        )
        if table.truncated:
            return replace(empty, reason="several-readings", understood=False)
        rows = self._of_kind(match, table.rows, columns)
        rows = self._showing(match, rows, columns, left)
        if match.query.best and rows:
            best = max(row[match.query.best] for row in rows)
            rows = [row for row in rows if row[match.query.best] == best]
        items = self._fitting(question, match, items_of(rows, columns))
        if not items:
            return empty
        if match.count and (not match.query.countable or match.cost.left > _MOST_LEFT_TO_COUNT):
            return empty
        items = _in_precision(question, items)
        if match.count:
            statements = [s for item in items for s in item.statements]
            items = [Item(None, len(items), list(dict.fromkeys(statements)))]
        return Outcome("", tuple(items), steps, table)

    def _fitting(self, question: Question, match: Match, items: list[Item]) -> list[Item]:
        """Items without those that the first word excludes: `who` is no topic, text or document, a bare `what`
        no person."""
        if any(isinstance(f.meaning, Kind) for f in match.filled.values()) or match.phrase.answer:
            return items
        first = question.words[0] if question.words else ""
        labels = {item.key: self.names.entities[item.id].labels if item.id else frozenset() for item in items}
        if first in ("who", "whom", "whose"):
            return [item for item in items if labels[item.key] & _ACTORS]
        return [item for item in items if first != "what" or "Person" not in labels[item.key]]

    def _of_kind(
        self, match: Match, rows: Sequence[dict[str, Any]], columns: Sequence[str]
    ) -> list[dict[str, Any]]:
        """Rows with only those answers that are what the noun of the question asks for."""
        kinds = [f.meaning for f in match.filled.values() if isinstance(f.meaning, Kind)]
        if not kinds:
            return list(rows)
        reader = self._reader()
        kept = []
        for row in rows:
            answers = {
                name: [
                    v
                    for v in cells(row, [name])
                    if not isinstance(v, dict) or reader.fits_kind(v["id"], kinds[0])
                ]
                for name in columns
            }
            if any(answers.values()):
                kept.append({**row, **answers})
        return kept

    def _showing(
        self, match: Match, rows: list[dict[str, Any]], columns: Sequence[str], left: Sequence[Remark]
    ) -> list[dict[str, Any]]:
        asked = {
            name: filled.meaning
            for name, filled in match.filled.items()
            if match.query.parameter(name) is None and name != KIND
        }
        if not rows or not (left or asked):
            return rows
        self.details.load(s for row in rows for s in row["statements"])
        reader = self._reader()
        about = {
            f.meaning[0].id: f.meaning[0].reason in LOOSE
            for name, f in match.filled.items()
            if (p := match.query.parameter(name)) is not None and p.kind == "entity"
        }
        for remark in left:
            if below := [row for row in rows if reader.under(remark, _ids(row, columns))]:
                rows, left = below, [other for other in left if other is not remark]
        shown = [reader.shown(row, match.query.wording, about, _ids(row, columns)) for row in rows]
        pairs = [
            (row, one)
            for row, one in zip(rows, shown, strict=True)
            if all(reader.in_column(words, row[name], one) for name, words in asked.items())
        ]
        if match.query.wording == "any":
            fine = all(
                any(reader.shows(r, one, _ids(row, columns), True) for row, one in pairs) for r in left
            )
            return [row for row, _ in pairs] if fine else []
        for quotes in (False, True) if match.query.wording == "own" else (True,):
            kept = [
                row
                for row, one in pairs
                if all(reader.shows(r, one, _ids(row, columns), quotes) for r in left)
            ]
            if kept:
                return kept
        return []

    def _reader(self) -> Reader:
        return Reader(self.names, load_schema(), self.lexicon, self.details.statements)

    def _joined(self, question: Question) -> Iterator[Outcome]:
        """Two questions about one kind of thing: what answers both, or the first but not the second."""
        for how, left, right in _splits(question, self.lexicon):
            first = self._plain(self._again(question, left))
            if not first.items or any(item.id is None for item in first.items):
                continue
            noun = _noun(self._again(question, left))
            for text in (("which", *noun, *right), right):
                second = self._plain(self._again(question, text))
                if second.items:
                    yield _join(how, first, second)
                    break

    def _run_together(self, question: Question) -> Iterator[Outcome]:
        """Two questions without a joining word: both parts must be explained to the last word."""
        for at in range(3, question.size - 1):
            if question.free[at] and question.free[at - 1]:
                continue
            first = self._exactly(self._again(question, question.words[:at]))
            if first is None:
                continue
            noun = _noun(self._again(question, question.words[:at]))
            start = ("which", *noun) if noun else ("who",)
            second = self._exactly(self._again(question, (*start, *question.words[at:])))
            if second is not None:
                yield _join("both", first, second)

    def _exactly(self, question: Question) -> Outcome | None:
        """The answer of the best phrase where it leaves nothing over; entities only."""
        best = next(iter(matches(question, self.catalog)), None)
        if best is None or best.cost.left or best.cost.loose:
            return None
        outcome = self._plain(question)
        return outcome if outcome.items and all(item.id for item in outcome.items) else None

    def _nested(self, question: Question) -> Iterator[Outcome]:
        """A description at the end of the question is answered first, and its answers are put in its place."""
        for filled in question.nouns:
            at = filled.start
            while at > 0 and question.words[at - 1] not in _DETERMINERS:
                at -= 1
            if at < 2:
                continue
            inner = self._plain(self._again(question, ("which", *question.words[at:])))
            ids = [item.id for item in inner.items]
            if not ids or None in ids or len(ids) > _MOST_DESCRIBED:
                continue
            outer = [self._bound(question, question.words[:at], str(id_)) for id_ in ids]
            good = [outcome for outcome in outer if outcome.items]
            if good:
                yield _united(good, inner)

    def _bound(self, question: Question, words: Key, id_: str) -> Outcome:
        entity = self.names.entities[id_]
        hit = Hit(id_, entity.name, entity.type, entity.name, "id")
        return self._plain(
            Question(" ".join((*words, _PLACEHOLDER)), self.names, self.lexicon, {(_PLACEHOLDER,): (hit,)})
        )

    def _again(self, question: Question, words: Key) -> Question:
        return Question(" ".join(words), self.names, self.lexicon, question.bound)

    def _corrected(self, question: Question) -> str | None:
        """The question with misspelt names mended, if there are any."""
        unknown = {w for text in unknown_words(question, self.names, self.lexicon) for w in text.split()}
        words = [(self.names.correct(w) or w) if w in unknown else w for w in question.words]
        return " ".join(words) if tuple(words) != question.words else None


def _in_precision(question: Question, items: list[Item]) -> list[Item]:
    """Dates cut to the year or month that was asked for, each once."""
    asked = set(question.words)
    length = (
        4
        if "year" in asked and not asked & {"fiscal", "month", "day", "date"}
        else 7
        if "month" in asked
        else 0
    )
    if not length or any(item.id for item in items):
        return items
    cut: dict[str, Item] = {}
    for item in items:
        value = str(item.value)
        item = cut.setdefault(value[:length], Item(None, value[:length] if "/" not in value else value))
        item.statements.extend(next(i for i in items if str(i.value) == value).statements)
    return list(cut.values())


def _ids(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    return [value["id"] for value in cells(row, columns) if isinstance(value, dict)]


def _splits(question: Question, lexicon: Lexicon) -> Iterator[tuple[str, Key, Key]]:
    """Ways to cut a question at a connector; connectors of more words first."""
    found = []
    for how, keys in lexicon.connectors.items():
        for key in keys:
            for start in range(1, question.size - len(key)):
                if question.stems[start : start + len(key)] == key:
                    found.append((-len(key), start, how, start + len(key)))
    for _, start, how, end in sorted(found):
        yield how, question.words[:start], question.words[end:]


def _noun(question: Question) -> Key:
    """The words of the first noun that says what is asked."""
    kinds = question.nouns
    return question.words[kinds[0].start : kinds[0].end] if kinds else ()


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
