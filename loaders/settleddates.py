"""Which of the dates stands that clauses, names and datelines of one document give the same thing."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from graph.records import ACCEPTED
from loaders.dateforms import parsed
from loaders.nameddates import DATED, HELD_ON
from loaders.reading import Reading
from loaders.relations import Relation
from loaders.verbs import PLANNED


def settled_dates(
    reading: Reading, related: Iterable[tuple[Relation, int, int]]
) -> list[tuple[Relation, int, int]]:
    """What a document says without dates read from names and datelines where it says another one in a clause.

    Of several read from names the finest stays, and none where they contradict each other. What is to be held
    after the document's date is planned.
    """
    related = [(_as_planned(reading, relation), start, end) for relation, start, end in related]
    told: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    weak: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for relation, _, _ in related:
        if relation.predicate in (HELD_ON, DATED) and relation.status == ACCEPTED:
            side = weak if relation.rule.startswith("date/") else told
            side[relation.subject, relation.predicate].add(_said(relation))

    def holds(relation: Relation) -> bool:
        key = (relation.subject, relation.predicate)
        gives_way = relation.rule.startswith("date/") and relation.predicate in (HELD_ON, DATED)
        return not gives_way or _said(relation) in (told[key] or _finest(weak[key]))

    return [one for one in related if holds(one[0])]


def _as_planned(reading: Reading, relation: Relation) -> Relation:
    date, published = parsed(relation.object), parsed(reading.published or "")
    if relation.predicate != HELD_ON or "status" in relation.qualifiers or date is None or published is None:
        return relation
    if date.earliest is None or published.latest is None or date.earliest <= published.latest:
        return relation
    return replace(relation, qualifiers={**relation.qualifiers, "status": PLANNED})


def _said(relation: Relation) -> tuple[str, str]:
    return relation.object, relation.qualifiers.get("status", "")


def _finest(told: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The one date that lies within all others; none if there is no such date."""
    return {one for one in told if all(_within(one[0], other[0]) for other in told)}


def _within(inner: str, outer: str) -> bool:
    one, other = parsed(inner), parsed(outer)
    if one is None or other is None or one.earliest is None or other.earliest is None:
        return inner == outer
    if one.latest is None or other.latest is None:
        return inner == outer
    return other.earliest <= one.earliest and one.latest <= other.latest
