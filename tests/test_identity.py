"""What an unknown name stands for: a candidate, a body of a known country, or the register's own entity."""

import pytest

from graph.records import Entity
from tests.marked_texts import entity, register
from tests.test_unknown import read, words


def test_a_candidate_says_its_type_and_reason() -> None:
    found = next(iter(read("The Kelp Reef Unit met.").entities.values()))
    assert (found.id, found.types) == ("candidate/kelp-reef-unit", ("Candidate",))
    assert found.properties["proposedType"] == "Unit"
    assert "unit" in str(found.properties["reason"])


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("The Ministry of Tides of Tidelandia met.", "agency/ministry-of-tides-of-tidelandia"),
        ("The Tidelandia Ministry of Tides met.", "agency/ministry-of-tides-of-tidelandia"),
        ("Tidelandia's Ministry of Tides met.", "agency/ministry-of-tides-of-tidelandia"),
        ("The Royal Tidelandia Police Force met.", "agency/royal-tidelandia-police-force"),
        ("The U.S. Embassy in Kelpville met.", "agency/us-embassy-in-kelpville"),
    ],
)
def test_a_body_of_a_known_country_is_real(text: str, id_: str) -> None:
    result = read(text)
    assert id_ in result.entities
    assert result.entities[id_].types == ("Agency",)
    assert result.entities[id_].properties["country"] in ("country/tidelandia", "country/us")
    assert "mention/body-of-country@1" in {m.rule for m in result.found}


def test_ministries_of_two_countries_with_one_name_are_two() -> None:
    text = "Tidelandia's Ministry of Tides and Saint Wrack's Ministry of Tides met."
    assert len([e for e in read(text).entities if e.startswith("agency/ministry")]) == 2


def test_a_name_is_the_register_s_only_where_that_is_certain() -> None:
    certain = read("The Tidelandia Coastwatch Service sailed.")
    assert [m.entity for m in certain.found] == ["agency/coastwatch"]
    like = read("The Harbour Counsel Foundation met. The Reef Coastwatch Services Unit met.")
    assert all(e.types == ("Candidate",) for e in like.entities.values())


def test_a_country_before_its_own_body_belongs_to_the_mention() -> None:
    assert words("The Tidelandia Coastwatch Service sailed.") == ["Tidelandia Coastwatch Service"]
    assert words("The U.S. Coastwatch Service sailed.") != ["U.S. Coastwatch Service"]


def test_an_acronym_of_the_register_settles_a_name_with_a_slip() -> None:
    agency = entity("Regional Implementation Agency for Tides", "IntergovernmentalOrganization", "RIAT")
    text = "The Regional Implementing Agency for Tides (RIAT) met."
    assert {m.entity for m in read(text, register(agency)).found} == {agency.id}
    other = "The Regional Insurance Association of Traders (RIAT) met."
    assert agency.id not in {m.entity for m in read(other, register(agency)).found}


def test_a_person_beside_the_adjective_of_a_known_country_is_real() -> None:
    kenya = Entity("country/ke", ("Country",), "Kenya")
    assert "person/bo-ray" in read("Kenyan President Bo Ray spoke.", register(kenya)).entities
    assert "candidate/bo-ray" in read("Kenyan President Bo Ray spoke.").entities


def test_a_surname_with_a_title_is_the_register_s_where_it_is_a_name_there() -> None:
    known = register(entity("Ilse Dunn", "Person", "Dunn"), entity("Bo Pell", "Person"))
    result = read("Secretary Dunn met Minister Pell.", known)
    assert [m.entity for m in result.found] == ["person/ilse-dunn", "candidate/pell"]
    assert result.found[0].rule == "mention/surname@1"
