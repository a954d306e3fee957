"""Records as text in one notation of RDF.

Nearly all triples of a graph are those of statements and their evidence, and these look alike. So the text of
each shape of them is made once, from an example whose values are marks, and filled for every record: that is
several times faster than to put each triple together.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from graph.notations import Notation
from graph.rdf import ENGLISH, UNFIT, Describer, Node, days_of, unwritable
from graph.records import FIRST_DAY, LAST_DAY, Clock, Evidence, Statement
from graph.sources import About, Keyed
from schema.model import Schema

# A statement with more evidence is put together triple by triple: hardly any other has its shape.
_MOST_EVIDENCE = 20
_KEPT = 2000
_START, _END = 9_100_000_001, 9_200_000_002


class _Shape(NamedTuple):
    """In what two statements differ beside their values; `days` says which days of the clock it has."""

    predicate: str
    literal: bool
    status: str
    qualifiers: tuple[str, ...]
    days: tuple[bool, bool, bool]
    documents: int
    evidence: int


class Texts:
    """Records as text: `render` makes that of a node.

    `describer` makes the values of records in a notation; `marker`, another like it, makes the examples.
    """

    def __init__(
        self,
        schema: Schema,
        describer: Describer[str],
        marker: Describer[str],
        notation: Notation[str],
        render: Callable[[Node[str]], str],
    ) -> None:
        self._schema = schema
        self._datatypes = {name: field.datatype for name, field in schema.qualifiers.items()}
        self._describer = describer
        self._marker = marker
        marker.resource = marker.day = lambda mark: mark
        marker.value = lambda mark, _: mark
        self._text = notation.text
        self._short = lru_cache(maxsize=1000)(notation.text)
        self._render = render
        self._statements = lru_cache(maxsize=_KEPT)(self._template_of_statement)
        self._evidence = lru_cache(maxsize=None)(self._template_of_evidence)

    def subject(self, about: About) -> str:
        return "".join(map(self._render, self._describer.subject(about)))

    def scheme(self) -> str:
        return "".join(map(self._render, self._describer.scheme()))

    def statement(self, statement: Statement, keyed: Keyed) -> str:
        if len(keyed) > _MOST_EVIDENCE:
            return "".join(map(self._render, self._describer.statement(statement, keyed)))
        try:
            describer, said = self._describer, statement.qualifiers
            names = tuple(sorted(said)) if said else ()
            days = days_of(statement.clock)
            documents = [describer.resource(key) for key in statement.documents]
            keys = [key for key, _ in keyed]
            values = [
                statement.id,
                describer.resource(statement.subject),
                self._target(statement),
                *[describer.value(said[name], self._datatypes[name]) for name in names],
                *[describer.day(day) for day in days if day],
                *(documents if len(documents) == 1 else sorted(documents)),
                *(keys if len(keys) == 1 else sorted(keys)),
            ]
            shape = _Shape(
                statement.predicate,
                statement.object is None,
                statement.status,
                names,
                (days[0] != "", days[1] != "", days[2] != ""),
                len(documents),
                len(keys),
            )
            return self._statements(shape).filled(values)
        except UNFIT as error:
            raise unwritable(statement.id, error) from error

    def _target(self, statement: Statement) -> str:
        if statement.object is not None:
            return self._describer.resource(statement.object)
        datatype = self._schema.predicates[statement.predicate].datatype
        return self._describer.value(statement.value or "", datatype or "")

    def evidence(self, key: str, statement: str, evidence: Evidence) -> str:
        try:
            shape = (evidence.quote is not None, evidence.summary is not None, evidence.anchor is not None)
            values = (
                key,
                statement,
                self._describer.resource(evidence.document),
                self._text(evidence.sha256),
                self._short(evidence.rule),
                self._describer.confidence(evidence.confidence),
                str(evidence.start),
                str(evidence.end),
                "" if evidence.anchor is None else self._short(evidence.anchor),
                "" if evidence.summary is None else self._text(evidence.summary, ENGLISH),
                "" if evidence.quote is None else self._describer.exact(evidence),
            )
            return self._evidence(*shape).filled(values)
        except UNFIT as error:
            raise unwritable(key, error) from error

    def _template_of_statement(self, shape: _Shape) -> "_Template":
        marks = [
            f"qq{place:04}qq"
            for place in range(3 + len(shape.qualifiers) + 3 + shape.documents + shape.evidence)
        ]
        left = iter(marks)
        key, subject, target = next(left), next(left), next(left)
        qualifiers = {name: next(left) for name in shape.qualifiers}
        known, since, until = (next(left) if given else "" for given in shape.days)
        documents = [next(left) for _ in range(shape.documents)]
        keys = [next(left) for _ in range(shape.evidence)]
        evidence = tuple(Evidence(document, _START, _END, "") for document in documents)
        example = Statement(
            key,
            subject,
            shape.predicate,
            None if shape.literal else target,
            target if shape.literal else None,
            qualifiers,
            shape.status,
            evidence,
            Clock(known or LAST_DAY, since or FIRST_DAY, until or LAST_DAY),
        )
        nodes = self._marker.statement(example, [(key, evidence[0]) for key in keys])
        return _Template("".join(map(self._render, nodes)), marks)

    def _template_of_evidence(self, quote: bool, summary: bool, anchor: bool) -> "_Template":
        key, statement, document, sha256, rule, words, gist, how = (f"qq{place}qq" for place in range(8))
        example = Evidence(
            document,
            _START,
            _END,
            sha256,
            rule,
            0.918273645,
            gist if summary else None,
            words if quote else None,
            how if anchor else None,
        )
        values = (
            key,
            statement,
            document,
            self._text(sha256),
            self._text(rule),
            self._marker.confidence(example.confidence),
            str(_START),
            str(_END),
            self._text(how),
            self._text(gist, ENGLISH),
            self._marker.exact(example),
        )
        nodes = self._marker.evidence(key, statement, example)
        return _Template("".join(map(self._render, nodes)), values)


class _Template:
    """A text in which the values of an example give their places to those of others."""

    def __init__(self, text: str, values: Sequence[str]) -> None:
        slots = {value: place for place, value in enumerate(values)}
        self._parts = re.split("(" + "|".join(map(re.escape, slots)) + ")", text)
        self._values: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(
            *(slots[part] for part in self._parts[1::2])
        )

    def filled(self, values: Sequence[str]) -> str:
        parts = self._parts.copy()
        parts[1::2] = self._values(values)
        return "".join(parts)
