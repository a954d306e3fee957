"""Which statements cannot both be so: one table of rules, each with the reason that is printed.

A rule groups the statements of one predicate by what they share, and its test says of two of a group whether
they exclude each other. What merely adds to the other (a day within the month, a city within the country, a
longer title, a rounder figure) is no contradiction; where the texts leave it open, nothing is told.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from graph.records import RETRACTED, Entity, Statement, fold
from schema.model import Schema
from schema.values import PartialDate, parse_date

# Offices change hands: what documents further apart say of one is no contradiction.
_TERM_DAYS = 366
# Percent by which a figure may differ from one that is given as nearly or about so much.
_ROUGHLY = Decimal(10)
# Offices that one person holds at a time; of other titles a body may have several bearers.
_SINGLE_OFFICE = re.compile(
    r"(?:acting |interim )?(?:prime minister|president|premier|governor general|attorney general|"
    r"secretary general|executive director|director general|commissioner of police|"
    r"(?:minister|secretary|chief) of .+)"
)
_EXCLUSIVE_ROLES = frozenset(
    frozenset(pair)
    for pair in (
        ("host", "co-host"),
        ("chair", "co-chair"),
        ("host", "observer"),
        ("co-host", "observer"),
        ("chair", "observer"),
        ("co-chair", "observer"),
        ("participant", "observer"),
        ("head of delegation", "observer"),
        ("head of delegation", "delegation member"),
    )
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A new statement, the one that it contradicts, what is other, and why both cannot be so."""

    kind: str
    reason: str
    statement: Statement
    known: Statement


@dataclass(frozen=True, slots=True)
class _Context:
    schema: Schema
    entities: Mapping[str, Entity]

    def text(self, entity: str | None, name: str) -> str | None:
        """An attribute of an entity that is text."""
        known = self.entities.get(entity or "")
        value = known.properties.get(name) if known else None
        return value if isinstance(value, str) else None

    def flag(self, entity: str | None, name: str) -> bool:
        """An attribute of an entity that is true or false; false where nothing is said."""
        known = self.entities.get(entity or "")
        return known is not None and known.properties.get(name) is True

    def is_a(self, entity: str | None, *types: str) -> bool:
        known = self.entities.get(entity or "")
        return known is not None and self.schema.fits(known.types, types)


_Test = Callable[[_Context, Statement, Statement], bool]


@dataclass(frozen=True, slots=True)
class _Rule:
    """`same` names what two statements of the predicates share: subject, object, or a qualifier."""

    kind: str
    predicates: tuple[str, ...]
    same: tuple[str, ...]
    excludes: _Test
    reason: str


def contradictions(
    schema: Schema,
    entities: Mapping[str, Entity],
    new: Iterable[Statement],
    known: Iterable[Statement],
) -> tuple[Contradiction, ...]:
    """The pairs of which one is new and that cannot both be so; none that one document says itself."""
    context = _Context(schema, entities)
    groups: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for statement in known:
        for key in _keys(statement):
            groups[key].append(statement)
    found = []
    for statement in new:
        for key in _keys(statement):
            rule = RULES[int(str(key[0]))]
            found += [
                Contradiction(rule.kind, rule.reason, statement, other)
                for other in groups[key]
                if other.id != statement.id
                and not set(statement.documents) & set(other.documents)
                and rule.excludes(context, statement, other)
            ]
            groups[key].append(statement)
    return tuple(sorted(_told_once(found), key=lambda c: (c.kind, c.statement.id, c.known.id)))


def _told_once(found: Iterable[Contradiction]) -> list[Contradiction]:
    """A date that a document gives an event and its place alike contradicts the known one once."""
    held = list(found)
    plain = {_about(one) for one in held if one.statement.predicate == one.known.predicate}
    return [one for one in held if one.statement.predicate == one.known.predicate or _about(one) not in plain]


def _about(one: Contradiction) -> tuple[str, str, tuple[str, ...]]:
    return one.kind, one.known.id, one.statement.documents


def _keys(statement: Statement) -> list[tuple[object, ...]]:
    """Number of each rule that speaks of the statement, with what the rule's statements share."""
    if statement.status == RETRACTED:
        return []
    parts = {"subject": statement.subject, "object": statement.object, **statement.qualifiers}
    return [
        (number, *(parts.get(name) for name in rule.same))
        for number, rule in enumerate(RULES)
        if statement.predicate in rule.predicates
    ]


# --- the tests of the rules -----------------------------------------------------------------------------


def _apart(one: PartialDate, other: PartialDate) -> bool:
    """Whether two dates have no day in common; one with an open end may reach any day."""
    first, last = sorted((one, other), key=lambda d: (str(d.earliest or ""), str(d.latest or "9999")))
    return first.latest is not None and last.earliest is not None and first.latest < last.earliest


def _other_value_date(_: _Context, one: Statement, other: Statement) -> bool:
    return _apart(parse_date(one.value or ""), parse_date(other.value or ""))


def _other_event_date(context: _Context, one: Statement, other: Statement) -> bool:
    """An operation may go on for years, in several parts; an event is held once."""
    dates = [s.value or s.qualifiers.get("date") for s in (one, other)]
    return (
        context.is_a(one.subject, "Event")
        and all(dates)
        and _apart(*(parse_date(str(date)) for date in dates))
    )


def _other_date(_: _Context, one: Statement, other: Statement) -> bool:
    dates = [s.qualifiers.get("date") for s in (one, other)]
    return all(dates) and _apart(*(parse_date(str(d)) for d in dates))


def _other_place(context: _Context, one: Statement, other: Statement) -> bool:
    """Neither lies in the other; a place of which no country is known may lie anywhere."""
    if one.object == other.object:
        return False
    around = [_surroundings(context, s.object or "") for s in (one, other)]
    if one.object in around[1] or other.object in around[0]:
        return False
    known = [
        len(a) > 1 or context.is_a(s.object, "Country") for a, s in zip(around, (one, other), strict=True)
    ]
    return all(known)


def _surroundings(context: _Context, place: str) -> set[str]:
    """The place and all that it lies in, by the register."""
    found: set[str] = set()
    waiting = [place]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            above = (context.text(here, "parent"), context.text(here, "country"))
            waiting += [one for one in above if one]
    return found


def _other_role(_: _Context, one: Statement, other: Statement) -> bool:
    return frozenset(s.qualifiers.get("role", "") for s in (one, other)) in _EXCLUSIVE_ROLES


def _other_host(context: _Context, one: Statement, other: Statement) -> bool:
    return (
        one.subject != other.subject
        and all(s.qualifiers.get("role") == "host" for s in (one, other))
        and all(context.is_a(s.subject, "Country") for s in (one, other))
    )


def _other_title(context: _Context, one: Statement, other: Statement) -> bool:
    words = [set(fold(s.qualifiers.get("title", "")).split()) - {"acting"} for s in (one, other)]
    return not (words[0] <= words[1] or words[1] <= words[0]) and _one_term(context, one, other)


def _other_holder(context: _Context, one: Statement, other: Statement) -> bool:
    title = fold(one.qualifiers.get("title", ""))
    return (
        one.subject != other.subject
        and _SINGLE_OFFICE.fullmatch(title) is not None
        and _one_term(context, one, other)
    )


def _one_term(context: _Context, one: Statement, other: Statement) -> bool:
    """Whether documents that came out within a year of each other say the two."""
    days = [_days(context, s) for s in (one, other)]
    return any(abs(a - b) <= _TERM_DAYS for a in days[0] for b in days[1])


def _days(context: _Context, statement: Statement) -> list[int]:
    published = (context.text(document, "published") for document in statement.documents)
    dates = [parse_date(text).earliest for text in published if text]
    return [date.toordinal() for date in dates if date]


def _other_figure(context: _Context, one: Statement, other: Statement) -> bool:
    """Another value of the same measure, unit, period and scope.

    Without a period only what happened once can be compared: an operation or an event.
    """
    for name in ("measure", "unit", "period", "scope"):
        if context.text(one.object, name) != context.text(other.object, name):
            return False
    if context.text(one.object, "period") is None and not context.is_a(one.subject, "Operation", "Event"):
        return False
    cumulative = [context.flag(s.object, "cumulative") for s in (one, other)]
    values = [context.text(s.object, "value") for s in (one, other)]
    if cumulative[0] != cumulative[1] or None in values:
        return False
    rounding = [context.text(s.object, "rounding") for s in (one, other)]
    first, second = (Decimal(str(value)) for value in values)
    return not (_covers(first, rounding[0], second) or _covers(second, rounding[1], first))


def _covers(value: Decimal, rounding: str | None, other: Decimal) -> bool:
    """Whether a figure with its rounding word may mean the other value."""
    if value == other:
        return True
    if rounding == "more-than":
        return other > value
    near = abs(other - value) * 100 <= abs(value) * _ROUGHLY
    return (rounding == "about" and near) or (rounding == "nearly" and near and other < value)


def _other_amount(_: _Context, one: Statement, other: Statement) -> bool:
    amounts = [s.qualifiers.get("amount") for s in (one, other)]
    return all(amounts) and amounts[0] != amounts[1] and "date" in one.qualifiers


_ACT = ("subject", "object", "status")
_ONE_ACT = "one act of the same bodies has one date"
RULES: tuple[_Rule, ...] = (
    _Rule("another date", ("HELD_ON", "HELD_IN"), ("subject", "status"), _other_event_date,
          "an event is held once"),
    _Rule("another date", ("DATED",), ("subject", "status"), _other_value_date, "it came about on one date"),
    _Rule("another date", ("ESTABLISHED",), ("object", "status"), _other_date, "a thing is founded once"),
    _Rule("another date", ("SIGNED",), _ACT, _other_date, _ONE_ACT),
    _Rule("another date", ("ADOPTED",), _ACT, _other_date, _ONE_ACT),
    _Rule("another date", ("DEVELOPED",), _ACT, _other_date, _ONE_ACT),
    _Rule("another place", ("HELD_IN",), ("subject", "status"), _other_place, "an event has one place"),
    _Rule("another place", ("LOCATED_IN",), ("subject",), _other_place, "a body has one seat"),
    _Rule("another role", ("PARTICIPATED_IN",), ("subject", "object"), _other_role,
          "the two roles exclude each other"),
    _Rule("another host", ("PARTICIPATED_IN",), ("object",), _other_host, "an event has one host country"),
    _Rule("another title", ("HOLDS_POSITION",), ("subject", "object"), _other_title,
          "documents of one year give one person one office in a body"),
    _Rule("another holder", ("HOLDS_POSITION",), ("object", "title"), _other_holder,
          "one person holds this office at a time"),
    _Rule("another figure", ("RESULTED_IN",), ("subject",), _other_figure,
          "measure, unit, period and actor are the same and the value is another"),
    _Rule("another amount", ("FUNDS",), (*_ACT, "date"), _other_amount,
          "the same grant on the same date has one amount"),
)  # fmt: skip
