"""Whether a row shows the words of a question that no phrase says.

Nothing of a question is passed over in silence: what a phrase leaves over is a condition on the rows. A name
must be an end of one of the row's statements or stand in its text, a date must contain one of the row's
dates, a word must stand in the row, in the evidence of its statements or in what the predicate means.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from queries.language import DateSpan, Key, dates, name_key, number, stems, within, words
from queries.lexicon import Kind, Lexicon
from queries.matching import Match
from queries.names import Hit, Named, NameIndex
from queries.question import Filled, Question
from schema.model import Schema

_SMALL = 20
_DOCUMENT = "document/"
_BOOKKEEPING = frozenset({"id", "digest", "predicate", "status", "known"})
_LOCAL = frozenset({"in", "at", "to"})
_PREPOSITIONS = frozenset({"of", "to", "for", "on", "in", "under", "against", "concern", "between", "with"})


@dataclass(frozen=True, slots=True)
class Remark:
    """A run of words that a phrase left over, as stems.

    `hits` or `date` say what it means where it means something, `text` is how the question puts it; a remark
    that modifies the noun asked for is about the answer itself, a `local` one stands behind `in`, `at` or
    `to`, and one is `single` before a noun that asks for one thing. Any of the `others` will do as well: of
    `passenger and cargo systems` one is enough.
    """

    words: Key
    text: str
    hits: tuple[Hit, ...] = ()
    date: str | None = None
    modifier: bool = False
    local: bool = False
    single: bool = False
    others: tuple["Remark", ...] = ()


@dataclass(slots=True)
class Shown:
    """What a row shows: words, ids, dates and documents.

    `own` are words of the row and its statements without the names of its `answers`, `known` what is known of
    these, `quoted` words of the documents; `ids` are what the statements tie the answers to, `places` where
    it was, and to the `documents` belong the pledges in them.
    """

    answers: frozenset[str]
    own: set[str] = field(default_factory=set)
    known: set[str] = field(default_factory=set)
    quoted: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)


def remarks(question: Question, match: Match) -> list[Remark]:
    """The left-over words of a match, names and dates kept together."""
    left = set(match.left)
    modifiers = _modifiers(question, match, left)
    kinds = [filled.meaning for filled in _asked(match)]
    one = all(question.words[f.end - 1].removesuffix("s") == question.words[f.end - 1] for f in _asked(match))
    made = [Remark(stems(k.noun), k.noun, modifier=k.shown == "row") for k in kinds if k.shown]
    at = made_end = 0
    while at < question.size:
        if at not in left:
            at += 1
            continue
        begin = at
        remark, at = _longest(question, left, at, at in modifiers)
        remark = replace(remark, single=remark.modifier and not remark.hits and one)
        # A small number before what the phrase says (`the two documents`) is not asked for.
        count = number(remark.words[0])
        counts = count is not None and count <= _SMALL and not (remark.date or remark.hits)
        if made and remark.modifier and made[-1].modifier and question.listed(made_end, begin):
            made[-1] = replace(made[-1], others=(*made[-1].others, remark))
        elif not counts or not (remark.modifier or (at < question.size and at not in left)):
            made.append(remark)
        made_end = at
    return made


def _modifiers(question: Question, match: Match, left: set[int]) -> set[int]:
    """Left-over positions directly before the noun that says what is asked."""
    found: set[int] = set()
    for filled in _asked(match):
        at = filled.start - 1
        while at in left or (at - 1 in left and question.words[at] in ("and", "or")):
            found.add(at)
            at -= 1
    return found


def _asked(match: Match) -> list[Filled]:
    """The nouns that say what is asked."""
    return [filled for filled in match.filled.values() if isinstance(filled.meaning, Kind)]


def _longest(question: Question, left: set[int], at: int, modifier: bool) -> tuple[Remark, int]:
    """The longest name or date that begins here, else the word itself; and where to go on."""

    def free(end: int) -> bool:
        return all(n in left or question.free[n] for n in range(at, end)) and end - 1 in left

    named = [f for f in (*question.literal(), *question.pledges()) if f.start == at and free(f.end)]
    dated = [d for d in question.dates if d.start == at and free(d.end)]
    spans: list[Any] = [*named, *dated]
    if not spans:
        return Remark((question.stems[at],), question.words[at], modifier=modifier), at + 1
    best = max(spans, key=lambda span: (span.end, isinstance(span, DateSpan)))
    key = tuple(question.stems[n] for n in range(at, best.end) if not question.free[n])
    text = " ".join(question.words[at : best.end])
    if isinstance(best, DateSpan):
        return Remark(key, text, date=best.text, modifier=modifier), best.end
    same = [f.meaning for f in question.entities(("Document",)) if (f.start, f.end) == (at, best.end)]
    hits = (*best.meaning, *(hit for meant in same for hit in meant))
    local = at > 0 and question.words[at - 1] in _LOCAL
    return Remark(key, text, hits=hits, modifier=modifier, local=local), best.end


class Reader:
    """Reads rows for what they show. `statements` are the details of all statements, by id."""

    def __init__(
        self, names: NameIndex, schema: Schema, lexicon: Lexicon, statements: Mapping[str, Mapping[str, Any]]
    ) -> None:
        self.names, self.schema, self.lexicon, self.statements = names, schema, lexicon, statements
        # That a sentence holds a verb does not tell who did it to whom: only the statement itself does.
        self._relations = {lexicon.same(word) for word in lexicon.relations}

    def shown(
        self, row: Mapping[str, Any], wording: str, about: Mapping[str, bool], answers: Sequence[str]
    ) -> Shown:
        """What a row shows; with the wording `evidence` or `own` the evidence of its statements counts too.

        `about` are the entities that the query was about, each with whether all that is known of it counts;
        of answers all counts, of other entities their names.
        """
        shown = Shown(frozenset(answers))
        for id_, wholly in about.items():
            shown.ids.add(id_)
            shown.places.update(self.names.places_of(id_))
            shown.dates.update(self.names.dates.get(id_, ()))
            shown.dates.update(day for text in self.names.told(id_) for day in _dates(text))
            if wholly and id_ in self.names.entities:
                shown.own |= self._same((*self.names.entities[id_].names, *self.names.told(id_)))
        for id_ in answers:
            self._add_profile(shown, id_)
        for name, cell in row.items():
            if name != "statements":
                self._add_cell(shown, cell)
        for key in row["statements"]:
            if key in self.statements:
                self._add_statement(shown, self.statements[key], wording in ("evidence", "own"))
        shown.ids.difference_update(answers)
        return shown

    def shows(self, remark: Remark, shown: Shown, answers: Sequence[str], quotes: bool) -> bool:
        """Whether a row with these answers shows a remark; with `quotes` the documents' own words count."""
        if any(self.shows(other, shown, answers, quotes) for other in remark.others):
            return True
        if remark.modifier and (about := self._answers_fit(remark, answers)) is not None:
            return about
        if any(hit.id in shown.ids or hit.id in shown.documents for hit in remark.hits):
            return True
        if remark.local and any(hit.id in shown.places for hit in remark.hits):
            return True
        if remark.date is not None:
            return any(within(date, remark.date) for date in shown.dates)
        said = shown.own if remark.hits and not remark.modifier else shown.own | shown.known
        if quotes and self._may_be_quoted(remark, answers):
            said = said | (shown.quoted - self._relations)
        spellings = [name_key(n) for hit in remark.hits for n in self.names.entities[hit.id].names]
        return any(all(self._known(w, said) for w in words) for words in (remark.words, *spellings))

    def _may_be_quoted(self, remark: Remark, answers: Sequence[str]) -> bool:
        """Whether it is enough that a sentence holds the words.

        It is not for what modifies the noun asked for, which must be said of the answer, nor for the name of
        something like the answers: that a sentence lists two states ties neither to the other.
        """
        if not remark.hits or remark.modifier:
            return not remark.modifier
        types = {self.names.entities[id_].type for id_ in answers if id_ in self.names.entities}
        return all(hit.type not in types for hit in remark.hits)

    def under(self, remark: Remark, answers: Sequence[str]) -> bool:
        """Whether an answer belongs under a body that modifies the noun asked: `State Department bureaus`."""
        bodies = {hit.id for hit in remark.hits if "Organization" in self.names.entities[hit.id].labels}
        return remark.modifier and any(not bodies.isdisjoint(self.names.above(id_)) for id_ in answers)

    def called(self, remark: Remark, answers: Sequence[str]) -> bool:
        """Whether the names of an answer hold the words."""
        names = (self.names.entities[id_].names for id_ in answers if id_ in self.names.entities)
        return any(all(self._known(word, self._same(own)) for word in remark.words) for own in names)

    def fits_kind(self, id_: str, kind: Kind) -> bool:
        """Whether an entity is what a noun asks for."""
        entity = self.names.entities.get(id_)
        if entity is None or not self.names.of_type(id_, kind.types):
            return False
        if kind.sure and self.names.of_type(id_, kind.sure):
            return True
        wanted = {self.lexicon.same(word) for word in kind.words}
        there = self._profile(entity) if kind.summary else {self.lexicon.same(w) for w in _heads(entity)}
        return not wanted or bool(kind.shown) or not wanted.isdisjoint(there)

    def in_column(self, asked: Key, cell: Any, shown: Shown) -> bool:
        """Whether words that are asked of a column are there, at least one of them in its cell."""
        there = self._same(_texts(cell))
        everything = there | shown.own | shown.known | shown.quoted
        return any(self._known(w, there) for w in asked) and all(self._known(w, everything) for w in asked)

    def _known(self, word: str, there: set[str]) -> bool:
        digits = number(word)
        return self.lexicon.same(word) in there or (digits is not None and str(digits) in there)

    def _same(self, texts: Iterable[str]) -> set[str]:
        return set().union(*map(self.lexicon.same_words, texts))

    def _answers_fit(self, remark: Remark, answers: Sequence[str]) -> bool | None:
        """Where a modifier names a region or state: whether an answer belongs to it. None for other words."""
        codes = self.lexicon.regions.get(remark.words[0]) if len(remark.words) == 1 else None
        code = self.lexicon.demonyms.get(remark.words)
        if codes is None and code is not None:
            codes = frozenset({code})
        if codes is None:
            countries = [self.names.entities[h.id] for h in remark.hits if h.type == "Country"]
            codes = frozenset(str(c.record.get("iso3166")) for c in countries)
        if not codes:
            return None
        return any(
            self._belongs(self.names.entities[id_], codes, remark)
            for id_ in answers
            if id_ in self.names.entities
        )

    def _belongs(self, entity: Named, codes: frozenset[str], remark: Remark) -> bool:
        own = entity.record.get("iso3166")
        state = self.names.entities.get(entity.record.get("country") or entity.record.get("parent") or "")
        of_state = state.record.get("iso3166") if state else None
        if own or "Country" in entity.labels:
            return own in codes or (len(codes) == 1 and of_state in codes)
        if of_state:
            return of_state in codes
        return all(self._known(word, self._profile(entity)) for word in remark.words)

    def _profile(self, entity: Named) -> set[str]:
        return self._same((*entity.names, entity.record.get("summary") or ""))

    def _add_cell(self, shown: Shown, cell: Any) -> None:
        for part in cell if isinstance(cell, list) else [cell]:
            if isinstance(part, dict):
                self._add_entity(shown, part["id"])
            elif part is not None:
                self._add_text(shown, str(part))

    def _add_entity(self, shown: Shown, id_: str) -> None:
        shown.ids.add(id_)
        shown.dates.update(self.names.dates.get(id_, ()))
        if id_ in self.names.entities and id_ not in shown.answers:
            shown.own |= self._same(self.names.entities[id_].names)

    def _add_profile(self, shown: Shown, id_: str) -> None:
        if id_ in self.names.entities:
            shown.known |= self._profile(self.names.entities[id_])

    def _add_text(self, shown: Shown, text: str) -> None:
        shown.own |= self._same([text])
        shown.dates.update(_dates(text))

    def _add_statement(self, shown: Shown, statement: Mapping[str, Any], evidence: bool) -> None:
        for cell in (statement["subject"], statement["object"]):
            self._add_cell(shown, cell)
        # Where documents are the answers each shows only what stands in itself.
        documents = {id_ for id_ in shown.answers if id_.startswith(_DOCUMENT)}
        clauses = [e for e in statement["evidence"] if not documents or e["document"] in documents]
        for one in clauses:
            shown.documents.add(one["document"])
            shown.documents.update(self.names.pledges_at(one["document"], one["start"], one["end"]))
        predicate = self.schema.predicates[statement["properties"]["predicate"]]
        for text in (predicate.label, predicate.inverse_label):
            shown.own |= self._same([text])
        for name, value in statement["properties"].items():
            if name not in _BOOKKEEPING:
                self._add_text(shown, str(value))
        if not evidence:
            return
        for one in clauses:
            if one.get("summary"):
                self._add_text(shown, one["summary"])
            # What the clause names is known without its text, so that answers do not hang on the quote.
            for id_ in self.names.named_in(one["document"], one["start"], one["end"]):
                shown.quoted |= self._same(self.names.entities[id_].names)
            if one.get("quote"):
                shown.quoted |= self._same([one["quote"]])
                shown.dates.update(_dates(one["quote"]))


def _heads(entity: Named) -> Iterator[str]:
    """The words of its names that say what it is: first, last, and before the first preposition."""
    for name in entity.names:
        key = stems(name)
        at = next((n for n, word in enumerate(key) if word in _PREPOSITIONS), len(key))
        yield from (key[0], key[-1], key[max(at - 1, 0)])


def _texts(cell: Any) -> Iterator[str]:
    for part in cell if isinstance(cell, list) else [cell]:
        if isinstance(part, dict):
            yield str(part["name"])
        elif isinstance(part, float):
            yield f"{part:.15g}"
        elif part is not None:
            yield str(part)


@lru_cache(maxsize=20_000)
def _dates(text: str) -> tuple[str, ...]:
    """Dates in a text: the text itself where it is EDTF, else those that its words spell."""
    itself = (text,) if text[:4].isdigit() and "/" in text else ()
    return (*itself, *(d.text for d in dates(words(text))))
