"""Names in ordinary releases: vessels, numbered units, companies, towns with states, shared names."""

import pytest

from graph.records import Entity
from loaders.register import Register
from tests.marked_texts import entity, register
from tests.test_unknown import ALL, new, read, words

FLOODIA = Entity("place/floodia", ("Place",), "Floodia", (), (), {"country": "country/us"})
GUARD = Entity(
    "agency/uscg", ("Agency",), "United States Coast Guard", ("Coast Guard", "U.S. Coast Guard"), (), {}
)
SHOAL_GUARD = Entity(
    "agency/shoal-coast-guard",
    ("Agency",),
    "Tidelandia Coast Guard Service",
    (),
    (),
    {"country": "country/tidelandia"},
)
TIDES = Entity(
    "agency/tides",
    ("Agency",),
    "U.S. Department of Tides",
    ("Department of Tides",),
    (),
    {"country": "country/us"},
)
MISSION = Entity(
    "agency/embassy", ("Agency",), "U.S. Embassy Kelpville", ("U.S. Embassy in Kelpville",), (), {}
)
FORCE = Entity(
    "agency/force", ("Agency",), "Tidelandia Police Force", (), (), {"country": "country/tidelandia"}
)
TEAM = entity("Boarding Team", "Unit", "BOTE")
TIDELANDIA = entity("Tidelandia", "Country")
HOUSTON = entity("Houston", "Place")
SAVANNAH = Entity("place/savannah", ("Place",), "Savannah", (), (), {"country": "country/us"})
GEORGIA = Entity("place/georgia-us", ("Place",), "State of Georgia", (), (), {"country": "country/us"})
RESOLUTION = entity("Reef Council Resolution 2699", "Instrument", "resolution 2699")
MORE = register(
    *ALL.entities.values(),
    FLOODIA,
    GUARD,
    SHOAL_GUARD,
    TIDES,
    MISSION,
    FORCE,
    TEAM,
    HOUSTON,
    SAVANNAH,
    GEORGIA,
    RESOLUTION,
)


def meant(text: str, of: Register = MORE) -> list[tuple[str, str]]:
    """Words and entity of each mention."""
    return [(" ".join(text[m.start : m.end].split()), m.entity) for m in read(text, of).found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The crew of USCGC Tern Hollow rested.", ("USCGC Tern Hollow", "Unit")),
        ("HMS Marlow left.", ("HMS Marlow", "Unit")),
        ("Boats of the Coast Guard Cutter Alder Point came.", ("Coast Guard Cutter Alder Point", "Unit")),
        ("Cutter Morning Swell is old.", ("Cutter Morning Swell", "Unit")),
        ("They met the patrol boat Morning Swell.", ("Morning Swell", "Unit")),
        ("It flew with Boarding Team 108.", ("Boarding Team 108", "Unit")),
        ("It asked the Harbour Council District 7.", ("Harbour Council District 7", "Unit")),
        ("It asked the Kelp Marine Squadron 3 for help.", ("Kelp Marine Squadron 3", "Unit")),
        ("He owns Bluewater Freight N.V. of Kelpville.", ("Bluewater Freight N.V.", "OtherOrganization")),
        ("He owns Tidal Reach Shipping, LLC, too.", ("Tidal Reach Shipping, LLC", "OtherOrganization")),
        ("It asked the Anton de Wrack University.", ("Anton de Wrack University", "OtherOrganization")),
        ("It asked the Directorate General of Tides.", ("Directorate General of Tides", "Agency")),
        (
            "It asked the Specialized Corps for Port Security.",
            ("Specialized Corps for Port Security", "Agency"),
        ),
        ("It wrote the Bench Book on Firearms Evidence.", ("Bench Book on Firearms Evidence", "Instrument")),
        ("The Second Chance for Youth Initiative grew.", ("Second Chance for Youth Initiative", "Program")),
        ("It adopted resolution 75/241 on Friday.", ("resolution 75/241", "Instrument")),
        ("It funds Wrack Youth Connect, a project run by nuns.", ("Wrack Youth Connect", "Program")),
        ("He was helped by Marlow House, a charity in town.", ("Marlow House", "OtherOrganization")),
        ("Guns were found in Wrackton, a town in the north.", ("Wrackton", "Place")),
        ("The Reef Mentors program helped.", ("Reef Mentors", "Program")),
        ("A man of Wrackton, Floodia, was fined.", ("Wrackton", "Place")),
        ("An office opened in Reefton, Floodia.", ("Reefton", "Place")),
        ("Justice Marlon Quashie-Roy presided.", ("Marlon Quashie-Roy", "Person")),
        ("Mr. Justice Quashie-Roy presided.", ("Quashie-Roy", "Person")),
        ("Sub-Lieutenant Kerry-Ann Dawes came.", ("Kerry-Ann Dawes", "Person")),
        ("Commissioner-General Rawle Persad came.", ("Rawle Persad", "Person")),
        ("H.E. Ransford Oduya came.", ("Ransford Oduya", "Person")),
        ("On 28 June Margot Desroses-Paul, director of ports, left.", ("Margot Desroses-Paul", "Person")),
        ("It had a report from Sherwin Rampart, commander of the camp.", ("Sherwin Rampart", "Person")),
        ("Leonora Whitcombe-Paz was appointed coordinator.", ("Leonora Whitcombe-Paz", "Person")),
        ("They spoke with Houston Vega on Friday.", ("Houston Vega", "Person")),
        ("Linnea Hathaway, Chargé d’Affaires (a.i.) of the mission, left.", ("Linnea Hathaway", "Person")),
        ("Linnea Hathaway, Charge d'Affaires, left.", ("Linnea Hathaway", "Person")),
    ],
)
def test_names_of_many_kinds_are_found_in_full(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in new(text, MORE)


@pytest.mark.parametrize(
    "text",
    [
        "Cutter crews trained and the Cutter left.",
        "The patrol boat Captain of the port left.",
        "Ladies and Gentlemen, a project of this size needs friends.",
        "Distinguished Guests, a program of such length needs patience.",
        "The Drug Court program and the Community Policing initiative ended.",
        "The Ministry of Justice and Peace Studies met.",
        "On Monday Congress voted, and on 3 May Day Two began.",
    ],
)
def test_what_only_looks_like_a_name_is_none(text: str) -> None:
    kinds = {kind for _, kind in new(text, MORE)}
    assert kinds.isdisjoint({"Unit", "Program", "Person", "Event"})


def test_numbers_that_count_are_no_part_of_a_unit() -> None:
    text = (
        "The Boarding Team 12 members left the Boarding Team 2022 report with the Boarding Team 15 miles off."
    )
    assert words(text, MORE) == ["Boarding Team"] * 3


def test_two_bodies_joined_by_and_are_two_names() -> None:
    assert words("The Wrack Council and Harbour Trust met.", MORE) == ["Wrack Council", "Harbour Trust"]


def test_a_vessel_is_one_however_it_is_called_and_its_bare_name_needs_an_article() -> None:
    text = (
        "The crew of U.S. Coast Guard Cutter Alder Point landed. USCGC Alder Point moored. "
        "The Alder Point sailed. "
        "Alder Point is a village."
    )
    found = read(text, MORE)
    ids = {m.entity for m in found.found}
    assert len(ids) == 1
    assert [text[m.start : m.end] for m in found.found][-1] == "Alder Point"
    assert len(found.found) == 3


def test_the_year_belongs_to_a_resolution() -> None:
    assert words("It adopted resolution 2699 (2023).", MORE) == ["resolution 2699 (2023)"]


def test_a_body_beside_its_country_is_the_registers() -> None:
    for text in ("Tidelandia's Police Force left.", "The Police Force of Tidelandia left."):
        assert ("agency/force") in [entity for _, entity in meant(text)]


def test_the_end_of_a_name_in_full_is_that_name_but_nothing_alone() -> None:
    assert meant("The Police Force left.") == []
    both = meant("The Tidelandia Police Force met. The Police Force left.")
    assert both == [("Tidelandia Police Force", "agency/force"), ("Police Force", "agency/force")]


def test_an_embassy_without_a_preposition_is_that_of_the_united_states() -> None:
    assert meant("Embassy Kelpville reported.") == [("Embassy Kelpville", "agency/embassy")]


def test_a_short_name_goes_to_the_one_whose_name_it_ends() -> None:
    text = "The Tidelandia Coast Guard Service got boats. The Coast Guard Service thanked the Coast Guard."
    assert {entity for _, entity in meant(text)} == {"agency/shoal-coast-guard"}
    assert words(text, MORE)[1] == "Coast Guard Service"


def test_a_short_name_keeps_its_own_meaning_where_that_is_named_too() -> None:
    text = "The U.S. Coast Guard and the Tidelandia Coast Guard Service met. The Coast Guard left."
    assert meant(text)[-1] == ("Coast Guard", "agency/uscg")
    first = "The Coast Guard met the Tidelandia Coast Guard Service. The Coast Guard left."
    assert [entity for _, entity in meant(first)] == [
        "agency/uscg",
        "agency/shoal-coast-guard",
        "agency/uscg",
    ]


def test_a_word_in_brackets_stands_for_the_name_before_it() -> None:
    text = (
        "The Department of Tides (Tides) paid. Tides said so. Officials of Tides agreed; Tides’ staff left."
    )
    assert [entity for _, entity in meant(text)] == ["agency/tides"] * 5


@pytest.mark.parametrize(
    "use",
    [
        "The Tides rose.",
        "Tides of war.",
        "The Tides Council met.",
        "The Minister of Tides left.",
        "High Tides.",
    ],
)
def test_a_word_in_brackets_is_not_taken_for_the_common_noun(use: str) -> None:
    found = meant(f"The Department of Tides (Tides) paid. {use}")
    assert [words for words, entity in found if entity == "agency/tides"] == ["Department of Tides", "Tides"]


def test_a_country_in_brackets_is_no_short_name() -> None:
    assert meant("The Police Force of Tidelandia (Tidelandia) left.")[-1] == (
        "Tidelandia",
        "country/tidelandia",
    )


def test_a_state_that_a_country_shares_its_name_with_needs_its_town() -> None:
    assert meant("He left Savannah, Georgia.") == [
        ("Savannah", "place/savannah"),
        ("Georgia", "place/georgia-us"),
    ]
    assert "place/georgia-us" not in [e for _, e in meant("Officers from Georgia met in Wrackton, Georgia.")]


@pytest.mark.parametrize(
    "text",
    ["Mr. Houston left.", "Houston Kelp-Vega left.", "Ada Houston left.", "Dr. Ada Kelp-Houston left."],
)
def test_a_place_that_is_a_persons_name_is_no_place(text: str) -> None:
    assert "place/houston" not in [entity for _, entity in meant(text)]


@pytest.mark.parametrize("text", ["In Houston he left.", "Houston Police Officers came.", "Northern Houston"])
def test_such_a_place_is_one_where_no_person_is_near(text: str) -> None:
    assert "place/houston" in [entity for _, entity in meant(f"{text} It rained.")]


def test_a_title_makes_a_surname_count_before_the_full_name() -> None:
    text = "Readout of Secretary Castle-Ford’s Meetings\n\nAda Castle-Ford, director of ports, left Reefton."
    assert words(text, MORE)[:2] == ["Castle-Ford", "Ada Castle-Ford"]
    without = text.replace("Secretary ", "")
    assert words(without, MORE)[0] == "Ada Castle-Ford"


def test_a_shared_name_goes_to_the_country_of_the_text_and_to_nobody_without_one() -> None:
    both = [
        Entity(
            f"agency/{c}",
            ("Agency",),
            f"Reef Rescue of {c}",
            ("RERE",),
            ("RERE",),
            {"country": f"country/{c}"},
        )
        for c in ("wrackland", "tidelandia")
    ]
    wrackland = entity("Wrackland", "Country")
    of = register(TIDELANDIA, wrackland, *both)
    assert meant("RERE met Tidelandia.", of)[0] == ("RERE", "agency/tidelandia")
    assert meant("RERE met.", of) == []
    assert read("RERE met Tidelandia and Wrackland.", of).unclear


def test_a_name_without_its_country_is_not_that_of_a_country_that_the_text_does_not_name() -> None:
    crime = Entity(
        "unit/crime",
        ("Unit",),
        "Reef Crime Unit of Tidelandia",
        ("Reef Crime Unit",),
        (),
        {"country": "country/tidelandia"},
    )
    of = register(TIDELANDIA, crime)
    assert "unit/crime" in [entity for _, entity in meant("The Reef Crime Unit met Tidelandia.", of)]
    assert new("The Reef Crime Unit met.", of) == [("Reef Crime Unit", "Unit")]
