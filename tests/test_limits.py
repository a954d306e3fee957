"""What carisec cannot read yet: the table of the reference is true, row by row."""

import pytest

from graph.records import ACCEPTED, MENTIONS
from loaders.extract import Extraction, extract
from loaders.reference import SUBJECTS, Limit, limits
from tests.marked_texts import SCHEMA, marked
from tests.sentences import written

CHECKED = [pytest.param(row, id=row.what.replace(" ", "-")) for row in limits() if row.misses or row.wrong]


def found(limit: Limit) -> set[str]:
    """What is found in the example, written as the table writes things of its subject."""
    document, register = marked(limit.example, published="2024-05-10")
    extraction = extract(document, register, SCHEMA)
    if limit.of == "names":
        return {document.text[m.start : m.end] for m in extraction.mentions}
    if limit.of == "figures":
        return figures(extraction)
    if limit.of == "pledges":
        return {str(e.properties["number"]) for e in extraction.entities if e.type == "Commitment"}
    names = {e.id: e.name for e in (*register.entities.values(), *extraction.entities, document.entity)}
    return {
        written(s, names) for s in extraction.statements if s.status == ACCEPTED and s.predicate != MENTIONS
    }


def figures(extraction: Extraction) -> set[str]:
    """`340 officers trained` for each figure."""
    told = (figure.entity.properties for figure in extraction.figures)
    return {f"{p['value']} {p['unit']} {p['measure']}" for p in told}


@pytest.mark.parametrize("limit", CHECKED)
def test_what_cannot_be_read_is_not_read(limit: Limit) -> None:
    mended = "this is read now: take its row, or this part of it, out of loaders/limits.yaml"
    assert found(limit).isdisjoint(limit.misses), mended
    assert found(limit) >= set(limit.wrong), mended


def test_every_subject_has_limits_and_most_are_checked() -> None:
    assert SUBJECTS.keys() - {limit.of for limit in limits()} <= {"misreadings"}
    assert len(CHECKED) > 40
    assert len({limit.what for limit in limits()}) == len(limits())
