"""Names that bodies of many states bear, events of titles, offices in towns, and types told in apposition."""

import pytest

from graph.records import Entity
from tests.marked_texts import entity, register
from tests.test_unknown import new, read, words

TIDELANDIA = Entity("country/tidelandia", ("Country",), "Tidelandia")
STATES = Entity("country/us", ("Country",), "United States", ("U.S.",))
ARMY = Entity(
    "agency/us-army", ("Agency",), "United States Army", ("Army", "U.S. Army"), (), {"country": "country/us"}
)
GUARD = Entity(
    "agency/uscg", ("Agency",), "United States Coast Guard", ("Coast Guard",), (), {"country": "country/us"}
)
TIDE_GUARD = Entity(
    "agency/tide-guard",
    ("Agency",),
    "Tidelandia Coast Guard",
    (),
    (),
    {"country": "country/tidelandia"},
)
JUSTICE = Entity(
    "agency/doj",
    ("Agency",),
    "U.S. Department of Justice",
    ("Department of Justice", "Justice Department"),
    (),
    {"country": "country/us"},
)
TEAM = Entity("agency/reef-office", ("Agency",), "Reef Harbour Office", ("RHO",), ("RHO",), {})
AIRPORT = entity("Las Kelpas International Airport", "Place")
KELPVILLE = entity("Kelpville", "Place")
OF = register(TIDELANDIA, STATES, ARMY, GUARD, TIDE_GUARD, JUSTICE, TEAM, AIRPORT, KELPVILLE)


def meant(text: str) -> list[tuple[str, str]]:
    """Words and entity of each mention."""
    return [(" ".join(text[m.start : m.end].split()), m.entity) for m in read(text, OF).found]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. delegation thanked the National Army.",
        "In the United States people give to the Salvation Army.",
        "The United States trained the Army of Tidelandia.",
        "The United States and Tidelandia met; Tidelandia praised its Army.",
        "Tidelandia opened a base. Its minister thanked the Army.",
    ],
)
def test_an_army_that_is_another_ones(text: str) -> None:
    assert ARMY.id not in [entity for _, entity in meant(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. delegation thanked the Army.",
        "Officers of the Army met.",
        "Tidelandia spoke. The United States sent the Army.",
        "# It Was Found\n\nArmy Colonel Ada Reed of the United States spoke.",
        "Tidelandia met the U.S. Army. Tidelandia thanked the Army.",
    ],
)
def test_an_army_that_is_the_registers(text: str) -> None:
    assert ("Army", ARMY.id) in meant(text)


def test_a_short_name_means_the_one_body_of_the_state_that_is_named() -> None:
    assert ("Coast Guard", TIDE_GUARD.id) in meant("Tidelandia has two boats. They are of the Coast Guard.")


def test_a_department_of_another_state() -> None:
    assert JUSTICE.id not in [e for _, e in meant("Tidelandia heard the Department of Justice.")]
    assert ("Justice Department", JUSTICE.id) in meant("In the United States the Justice Department spoke.")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Second Meeting of the Reef Group on Tides", "Second Meeting of the Reef Group on Tides"),
        ("Regional Workshop on Reef Courts in Kelpville", "Regional Workshop on Reef Courts"),
        ("Tidelandia Hosts 12th Annual Conference of Reef Chiefs", "12th Annual Conference of Reef Chiefs"),
        ("Remarks at the Opening of the Third Shell Symposium", "Third Shell Symposium"),
    ],
)
def test_the_event_of_a_title(title: str, name: str) -> None:
    assert (name, "Event") in new(f"# {title}\n\nThe event was held on Monday.", OF)


@pytest.mark.parametrize("title", ["Secretary Reed's Meeting with Minister Fox", "Meeting", "Forum News"])
def test_a_title_that_names_no_event(title: str) -> None:
    assert not [kind for _, kind in new(f"# {title}\n\nThey met on Monday.", OF) if kind == "Event"]


def test_short_forms_of_the_title_s_event() -> None:
    text = "# Second Shell Meeting on Tides\n\nThe Meeting went on. The Third Meeting will follow."
    first, short, third = (m.entity for m in read(text, OF).found)
    assert first == short != third


def test_an_agency_before_a_town_is_its_office() -> None:
    assert new("Agents of RHO Kelpville came.", OF) == [("RHO Kelpville", "Unit")]
    assert new("Agents of RHO in Kelpville came.", OF) == []


def test_the_noun_behind_an_acronym_settles_the_type() -> None:
    text = "Tidelandian Shells Linked to Kelping (TSLK), a task force that fights fraud, met."
    assert ("Tidelandian Shells Linked to Kelping", "Unit") in new(text, OF)


def test_an_airport_without_that_word() -> None:
    text = "They saw Las Kelpas International Airport. At Las Kelpas they met. Las Kelpas Bank paid."
    assert words(text, OF)[:2] == ["Las Kelpas International Airport", "Las Kelpas"]
    assert [e for _, e in meant(text)].count(AIRPORT.id) == 2


def test_persons_in_lists() -> None:
    text = "The defendants, Ada Reed-Fox, Bo de la Kelp and Cy Tull, came with Ministers Dee Ray and Ed Noor."
    assert [name for name, kind in new(text, OF) if kind == "Person"] == [
        *("Ada Reed-Fox", "Bo de la Kelp", "Cy Tull", "Dee Ray", "Ed Noor"),
    ]


def test_a_newspaper_and_a_numbered_unit() -> None:
    assert new("He told the Morning Post of the Border Post.", OF) == [("Morning Post", "OtherOrganization")]
    assert ("12 Commando", "Unit") in new("Soldiers of 12 Commando came.", OF)
