"""Which names that the register does not know become real by what their document says, and which wait."""

import pytest

from graph.records import ACCEPTED, CANDIDATE
from loaders.extract import Extraction, extract, extraction_json
from loaders.promotion import promotions
from loaders.relations import Relation
from tests.marked_texts import SCHEMA, said, source
from tests.sentences import KNOWN, read


def reading(text: str) -> Extraction:
    return extract(source(text, published="2022-06-15"), KNOWN, SCHEMA)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The Kelp Intelligence Unit of the Harbour Agency met.",
            "unit/harbour-agency-kelp-intelligence-unit",
        ),
        (
            "The Harbour Agency’s Kelp Intelligence Unit met.",
            "unit/harbour-agency-kelp-intelligence-unit",
        ),
        ("The Harbour Agency took part in the Kelp Security Forum.", "event/kelp-security-forum"),
        ("The Kelp Security Forum was held in Tidelandia.", "event/kelp-security-forum"),
        ("Tidelandia hosted the Kelp Security Forum.", "event/kelp-security-forum"),
        ("The Harbour Agency led Operation Driftwood.", "operation/operation-driftwood"),
        ("Operation Driftwood was conducted in Tidelandia.", "operation/operation-driftwood"),
        ("Director Wendy Crabb of the Harbour Agency spoke.", "person/wendy-crabb"),
        ("Wendy Crabb, the Director of the Harbour Agency, spoke.", "person/wendy-crabb"),
    ],
)
def test_a_name_tied_to_what_is_known_is_real(text: str, wanted: str) -> None:
    found = reading(text)
    (entity,) = [e for e in found.entities if e.id == wanted]
    assert SCHEMA.types[entity.type].prefix == wanted.partition("/")[0]
    assert found.candidates == ()
    assert wanted in {m.entity for m in found.mentions}
    tied = [s for s in found.statements if wanted in (s.subject, s.object) and s.predicate != "MENTIONS"]
    assert tied
    assert all(s.status == ACCEPTED for s in tied)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Kelp Intelligence Unit met the Harbour Agency.", "Kelp Intelligence Unit"),
        ("The Kelp Intelligence Unit of the Sand Agency met.", "Kelp Intelligence Unit"),
        ("The Kelp Intelligence Unit is not part of the Harbour Agency.", "Kelp Intelligence Unit"),
        ("The Kelp Intelligence Unit may be part of the Harbour Agency.", "Kelp Intelligence Unit"),
        ("The Kelp Intelligence Unit will be part of the Harbour Agency.", "Kelp Intelligence Unit"),
        ("The Kelp Security Forum will be held in Tidelandia.", "Kelp Security Forum"),
        ("Ada Kelp praised the Kelp Security Forum.", "Kelp Security Forum"),
        ("The Harbour Agency praised Operation Driftwood.", "Operation Driftwood"),
        ("The Sand Agency led Operation Driftwood.", "Operation Driftwood"),
    ],
)
def test_all_other_names_wait(text: str, name: str) -> None:
    found = reading(text)
    assert name in {c.name for c in found.candidates}
    assert [e.types for e in found.entities if e.name == name] == [("Candidate",)]
    (key,) = [e.id for e in found.entities if e.name == name]
    about = [s for s in found.statements if key in (s.subject, s.object)]
    assert about
    assert {s.status for s in about} == {CANDIDATE}


def test_a_real_name_is_real_wherever_it_stands() -> None:
    text = (
        "The Kelp Intelligence Unit supports Tidelandia. Ada Kelp sailed. "
        "The Kelp Intelligence Unit of the Harbour Agency met."
    )
    found = reading(text)
    unit = "unit/harbour-agency-kelp-intelligence-unit"
    assert [m.entity for m in found.mentions].count(unit) == 2
    (support,) = said(found, "SUPPORTS")
    assert (support.subject, support.status) == (unit, ACCEPTED)


def test_units_of_one_name_in_two_documents_belong_to_their_own_bodies() -> None:
    one = reading("The Kelp Intelligence Unit of the Harbour Agency met.")
    other = reading("The Kelp Intelligence Unit of the Wave Agency met.")
    assert {e.id for e in one.entities}.isdisjoint(e.id for e in other.entities)


def test_a_candidate_is_told_with_its_proposed_type_and_its_reason() -> None:
    text = "The Kelp Intelligence Unit met the Harbour Agency."
    record = extraction_json(reading(text), source(text), KNOWN)
    (mention,) = [m for m in record["mentions"] if m.get("status")]
    assert (mention["type"], mention["status"]) == ("Unit", "candidate")
    assert text[mention["start"] : mention["end"]] == mention["name"] == "Kelp Intelligence Unit"
    (candidate,) = record["candidates"]
    assert (candidate["name"], candidate["type"]) == ("Kelp Intelligence Unit", "Unit")
    assert candidate["why"]


def test_a_doubtful_relation_makes_nothing_real() -> None:
    of = read("The Kelp Intelligence Unit met the Harbour Agency.")
    (candidate,) = [key for key in of.named.entities if key.startswith("candidate/")]

    def made(confidence: float, **qualifiers: str) -> list[str]:
        relation = Relation(
            candidate, "PART_OF", "agency/harbour-agency", qualifiers, "relation/part-of@1", confidence
        )
        return list(promotions(of, [relation]).entities)

    assert made(0.9) == ["unit/harbour-agency-kelp-intelligence-unit"]
    assert made(0.5) == []
    assert made(0.9, status="planned") == []
