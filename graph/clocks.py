"""When a statement could be known, and when it may be true: the two clocks of a graph.

Known: a statement is known from the day by which the first document that holds it was surely published, which
is the last day of that document's date. A clause that no longer holds does not count, nor does a document
without a date. An order that is derived from the dates of two dialogues is known when both dates are.

True: a statement with a date of its own may be true from the first day of that date. An act, once done, stays
done; a state (the ontology says which predicates are) is over with the last day if its date is an interval. A
statement without a date may be true once both of its ends have begun, for nothing holds of a thing before it
begins:

- an event or operation begins when it is held, and an instrument when it is made, signed or adopted;
- a program or unit begins when it is founded, launched or developed;
- a commitment begins with the dialogue that makes it, a figure with the period that it is about, and a
  document when it is published;
- anything else has no beginning that the graph could know.

Only what is accepted and done says when something begins: a plan does not make a beginning. Conversely a
thing can be planned, or named in a text or a pledge, before it begins: a plan to found, make or sign it, a
mention and what a pledge involves wait for their subject only. Beginnings are those of the whole graph,
whatever was known when.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from graph.changes import Content
from graph.records import ACCEPTED, FIRST_DAY, LAST_DAY, Clock, Entity, Statement
from schema.model import Predicate, Schema
from schema.values import EDTF, PartialDate, parse_date

# What is not done yet says nothing of a beginning.
AHEAD = frozenset({"planned", "expected", "urged"})
# By what the things of a type begin: the first unplanned date of these.
_BEGUN_BY = {
    "Event": frozenset({"HELD_ON"}),
    "Operation": frozenset({"HELD_ON"}),
    "Instrument": frozenset({"DATED", "SIGNED", "ADOPTED", "DEVELOPED"}),
    "Unit": frozenset({"ESTABLISHED", "DATED", "DEVELOPED"}),
    "Program": frozenset({"ESTABLISHED", "DATED", "DEVELOPED"}),
}
_BEGINNINGS = frozenset().union(*_BEGUN_BY.values())
# The attribute whose first day is the beginning of the things of a type.
_BEGUN_WITH = {"Document": "published", "Observation": "period"}
_PLEDGED_BY = "COMMITS_TO"
_HELD, _ORDER = "HELD_ON", "PRECEDES"


def clocked(schema: Schema, content: Content) -> Content:
    """The content with the clocks of all its statements set anew."""
    entities = {e.id: e for e in content.entities}
    begins = _beginnings(schema, entities, content.statements)
    known = {e.id: e.known or LAST_DAY for e in content.entities}
    held = _first_known(content.statements, known)
    return replace(
        content,
        statements=tuple(
            replace(s, clock=_clock(schema.predicates[s.predicate], s, begins, known, held))
            for s in content.statements
        ),
    )


def _clock(
    rule: Predicate,
    statement: Statement,
    begins: Mapping[str, str],
    known: Mapping[str, str],
    held: Mapping[str, str],
) -> Clock:
    first = _known(statement, known)
    if rule.name == _ORDER:
        first = max(held.get(end, LAST_DAY) for end in _ends(statement))
    if (date := _own_date(rule, statement)) is not None:
        return Clock(first, _first(date), _last(date) if rule.state and _interval(date) else LAST_DAY)
    waits_for = _ends(statement)
    if rule.speaks_ahead or (_ahead(statement) and rule.name in _BEGINNINGS):
        waits_for = waits_for[:1]
    return Clock(first, max(begins.get(end, FIRST_DAY) for end in waits_for))


def _known(statement: Statement, known: Mapping[str, str]) -> str:
    return min((known.get(e.document, LAST_DAY) for e in statement.evidence if e.holds), default=LAST_DAY)


def _ends(statement: Statement) -> tuple[str, ...]:
    return (statement.subject, statement.object) if statement.object else (statement.subject,)


def _own_date(rule: Predicate, statement: Statement) -> PartialDate | None:
    text = statement.value if rule.datatype == EDTF else statement.qualifiers.get("date")
    return parse_date(text) if text else None


def _first(date: PartialDate) -> str:
    return date.earliest.isoformat() if date.earliest else FIRST_DAY


def _last(date: PartialDate) -> str:
    return date.latest.isoformat() if date.latest else LAST_DAY


def _interval(date: PartialDate) -> bool:
    """Whether the date says from when until when, rather than how exactly the day is known."""
    return "/" in date.text


def _ahead(statement: Statement) -> bool:
    return statement.qualifiers.get("status") in AHEAD


def _first_known(statements: Iterable[Statement], known: Mapping[str, str]) -> Mapping[str, str]:
    """When the date of an event could first be known, by the event."""
    found: dict[str, str] = {}
    for statement in statements:
        if statement.predicate == _HELD and _says(statement):
            day = _known(statement, known)
            found[statement.subject] = min(day, found.get(statement.subject, day))
    return found


def _says(statement: Statement) -> bool:
    return statement.status == ACCEPTED and not _ahead(statement)


def _beginnings(
    schema: Schema, entities: Mapping[str, Entity], statements: Iterable[Statement]
) -> Mapping[str, str]:
    """First day of each thing that has one."""
    said: dict[str, list[tuple[str, str]]] = defaultdict(list)
    pledged: dict[str, list[str]] = defaultdict(list)
    for statement in filter(_says, statements):
        date = _own_date(schema.predicates[statement.predicate], statement)
        # What is founded, made or signed is the object; what has a date as its value, the subject.
        thing = statement.object or statement.subject
        if date is not None:
            said[thing].append((statement.predicate, _first(date)))
        if statement.predicate == _PLEDGED_BY:
            pledged[thing].append(statement.subject)
    begins: dict[str, str] = {}
    for key, entity in entities.items():
        labels = schema.labels_of(entity.types)
        by = {predicate for label in labels for predicate in _BEGUN_BY.get(label, ())}
        days = [day for predicate, day in said.get(key, ()) if predicate in by]
        for name in (_BEGUN_WITH[label] for label in labels if label in _BEGUN_WITH):
            text = entity.properties.get(name)
            days += [_first(parse_date(text))] if isinstance(text, str) else []
        if days:
            begins[key] = min(days)
    for commitment, dialogues in pledged.items():
        if days := [begins[one] for one in dialogues if one in begins]:
            begins[commitment] = min(days)
    return begins
