"""Which names that the register does not know become real by what their document says, and which wait."""

import json

import pytest

from graph.records import ACCEPTED, CANDIDATE
from loaders.extract import Extraction, extract, extraction_json
from loaders.promotion import promotions
from loaders.relations import Relation
from tests.marked_texts import SCHEMA, marked, said, source
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


def test_an_instrument_that_the_document_is_is_real_for_those_who_adopt_it() -> None:
    title = "Kelp Declaration on Tides"
    text = (
        "We, the Governments of Tidelandia and Reefland, met in Port Kelp.\n\n"
        "Tidelandia and Reefland signed the Kelp Declaration on Tides on 4 May 2020."
    )
    document = source(text, title, published="2022-06-15")
    found = extract(document, KNOWN, SCHEMA)
    assert {(s.subject, s.object, s.status) for s in said(found, "ADOPTED")} == {
        ("country/tidelandia", "instrument/kelp-declaration-on-tides", ACCEPTED),
        ("country/reefland", "instrument/kelp-declaration-on-tides", ACCEPTED),
    }
    assert "candidate/" not in json.dumps(extraction_json(found, document, KNOWN))


def test_a_body_that_speaks_is_real_where_it_speaks() -> None:
    document, known = marked(
        "We, the Kelp Tides Unit and [Tidelandia](Country), met at the [Eleventh Tide Dialogue](Dialogue). "
        "The Kelp Tides Unit is part of the [Tide Council](IntergovernmentalOrganization)."
    )
    took_part = said(extract(document, known, SCHEMA), "PARTICIPATED_IN")
    assert {(s.subject, s.status) for s in took_part} == {
        ("unit/tide-council-kelp-tides-unit", ACCEPTED),
        ("country/tidelandia", ACCEPTED),
    }


def test_a_candidate_that_speaks_waits() -> None:
    document, known = marked(
        "We, the Kelp Tides Agency and [Tidelandia](Country), met at the [Eleventh Tide Dialogue](Dialogue)."
    )
    took_part = said(extract(document, known, SCHEMA), "PARTICIPATED_IN")
    assert {(s.subject, s.status) for s in took_part} == {
        ("candidate/kelp-tides-agency", CANDIDATE),
        ("country/tidelandia", ACCEPTED),
    }


def test_what_an_operation_led_to_is_that_of_the_real_one() -> None:
    found = reading(
        "The Tide Council conducted Operation Tidal in 2020. In 2020, Operation Tidal seized 12 rifles."
    )
    assert [f.attributed_to for f in found.figures] == [("operation/operation-tidal",)]
    (result,) = said(found, "RESULTED_IN")
    assert (result.subject, result.status) == ("operation/operation-tidal", ACCEPTED)


def test_what_a_candidate_led_to_waits() -> None:
    found = reading("In 2020, Operation Tidal seized 12 rifles.")
    assert [f.attributed_to for f in found.figures] == [("candidate/operation-tidal",)]
    (result,) = said(found, "RESULTED_IN")
    assert (result.subject, result.status) == ("candidate/operation-tidal", CANDIDATE)


def test_those_on_whose_behalf_someone_came_are_the_real_ones() -> None:
    found = reading(
        "The Kelp Tides Unit delegation to the First Tide Conference included Ada Kelp. "
        "The Kelp Tides Unit is part of the Tide Council."
    )
    (took_part,) = said(found, "PARTICIPATED_IN")
    assert took_part.qualifiers["onBehalfOf"] == "unit/tide-council-kelp-tides-unit"


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
