"""Persons whom the register does not know: titles, appositions, speakers, surnames alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Entity
from tests.test_unknown import ALL, check, new, read


def people(text: str) -> list[str]:
    """Words of each mention of a new person."""
    return [name for name, kind in new(text) if kind == "Person"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Lt. Col. Bo Ray opened it.", "Bo Ray"),
        ("Chargé d’Affaires Mona Reed spoke.", "Mona Reed"),
        ("Chargé d'Affaires a.i. Mona Reed spoke.", "Mona Reed"),
        ("Minister of National Security Bo Ray came.", "Bo Ray"),
        ("Minister of Finance, Planning and Reefs Bo Ray came.", "Bo Ray"),
        ("Minister of Telecoms Bo Ray came.", "Bo Ray"),
        ("Assistant Superintendent of Police (Ag.) K. R. Dunn led them.", "K. R. Dunn"),
        ("Her Excellency Ms. Ilse Vantongeren arrived.", "Ilse Vantongeren"),
        ("The Hon. Jon Pell, M.P., agreed.", "Jon Pell"),
        ("Rear Admiral (Ret.) Otis Brook retired.", "Otis Brook"),
        ("SSA Jon Pell trained them.", "Jon Pell"),
        ("Attorney General Sir Jon Pell wrote.", "Jon Pell"),
        ("Prime Minister of Tidelandia Mona Reed met them.", "Mona Reed"),
        ("U.S. Ambassador to Tidelandia Mona Reed met them.", "Mona Reed"),
        ("Tidelandia Prime Minister Mona Reed met them.", "Mona Reed"),
        ("Executive Director of the Harbour Council Mona Reed met them.", "Mona Reed"),
        ("Deputy Assistant Secretary for Reef Affairs and Tides Mona R. Reed led.", "Mona R. Reed"),
        ("Commissioner of Police Dr. Jon Pell Jr. led.", "Jon Pell Jr."),
        ("Ambassador Mona de Souza spoke.", "Mona de Souza"),
        ("Mr. Jean-Luc O’Dell was there.", "Jean-Luc O’Dell"),
        ("Captain Bo St. Pell sailed.", "Bo St. Pell"),
        ("Minister Pell agreed.", "Pell"),
        ("Tidelandia’s Minister of Reefs and Tides, Bo Pell, and others met.", "Bo Pell"),
        ("The Minister of Reefs, Bo Pell, was there.", "Bo Pell"),
        ("Bo Ray, Director of the Harbour Agency, agreed.", "Bo Ray"),
        ("Bo Ray, who heads the team, agreed.", "Bo Ray"),
        ("Bo Ray, acting deputy head of mission, agreed.", "Bo Ray"),
        ("Bo Ray, CBE, the commissioner, agreed.", "Bo Ray"),
        ("Bo Ray said so.", "Bo Ray"),
        ("“It is late,” said Bo Ray.", "Bo Ray"),
        ("According to Bo Ray it was late.", "Bo Ray"),
        ("The delegation was headed by Bo Ray and left.", "Bo Ray"),
        ("The group of director Bo Ray left.", "Bo Ray"),
        ("He thanked Bo Ray for it.", "Bo Ray"),
        ("Petty Officer 1st Class Bo Ray trained them.", "Bo Ray"),
        ("A jury charged Bo Ray, 34, of Kelpville.", "Bo Ray"),
        ("He thanked Ambassador-designate Bo Ray.", "Bo Ray"),
        ("Its commissioner, Bo Ray, would not say.", "Bo Ray"),
        ("Brigadier General Bo Michael West thanked them.", "Bo Michael West"),
        ("Assistant U.S. Attorney Bo Ray leads the case.", "Bo Ray"),
        ("Minister for Home Affairs, Justice and Reefs Dr. Bo Ray-Pell came.", "Bo Ray-Pell"),
        ("Special Agent in Charge Bo Ray announced it.", "Bo Ray"),
    ],
)
def test_a_person_is_found_and_the_mention_is_without_titles(text: str, wanted: str) -> None:
    assert people(text) == [wanted]


def test_persons_named_together() -> None:
    text = "Ministers Bo Ray and Mona Reed, Ambassador Jon Pell, and Ilse Dunn came."
    assert people(text) == ["Bo Ray", "Mona Reed", "Jon Pell", "Ilse Dunn"]
    text = "Chargé d’Affaires Mona Reed, Minister of National Security Bo Ray, and Col. Jon Pell cut it."
    assert people(text) == ["Mona Reed", "Bo Ray", "Jon Pell"]


@pytest.mark.parametrize(
    "text",
    [
        "The Minister of National Security said so.",
        "The Director General, the Attorney General and the Secretary-General met.",
        "The Commissioner of Police and the Chief of Defence Staff came.",
        "The Permanent Secretary in the Ministry of Reefs said so.",
        "Major Organized Crime is a threat.",
        "The General Assembly and the General Secretariat met.",
        "The Ambassador Extraordinary and Plenipotentiary left.",
        "Kelp Reef said nothing of reef and kelp.",
        "Harbour Council said so.",
        "Coral Sands Hotel was full.",
        "A Prime Minister, a Deputy Prime Minister and Members of Parliament came.",
        "The Officer Training Course began. Director INL left.",
        "He met Police Officers and Customs Officers.",
        "On Tuesday, Police said nothing. Port Authorities said so.",
        "Special Agent in Charge positions are open.",
        "It is the Major Reef of the coast.",
        "New Delhi hosted it. The Bay was calm.",
    ],
)
def test_titles_and_capitals_alone_are_no_persons(text: str) -> None:
    assert people(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Col. Bo Ray, Director of the Harbour Council, spoke.",
        "Bo Ray, Executive Director of the HC, spoke.",
        "U.S. Ambassador Bo Ray spoke.",
        "Tidelandia's Minister of Reefs Bo Ray spoke.",
        "Commander of the Coastwatch Service Bo Ray spoke.",
        "Bo Ray, Ambassador of the United States to Tidelandia, spoke.",
        "Dr. Bo Ray of the Harbour Council spoke.",
        "- Hon. Bo Ray, Minister of Reefs, Tidelandia;\n- others.",
        "Dr. Bo Ray (Harbour Council) spoke.",
    ],
)
def test_a_title_beside_a_known_office_makes_the_person_real(text: str) -> None:
    result = read(text)
    assert result.entities["person/bo-ray"] == Entity("person/bo-ray", ("Person",), "Bo Ray")
    assert "mention/person-office@1" in {m.rule for m in result.found}


def test_without_an_office_a_person_is_a_candidate() -> None:
    assert list(read("Col. Bo Ray spoke.").entities) == ["candidate/bo-ray"]


def test_the_surname_alone_is_a_mention_after_the_full_name() -> None:
    text = "Ray was away. Col. Bo Ray spoke. Ray left; Commander Ray returned. Ray’s boat sank."
    assert people(text) == ["Bo Ray", "Ray", "Ray", "Ray"]
    assert {m.rule for m in read(text).found[1:]} == {"mention/surname@1"}
    text = "Ada Kelpley spoke. Later Kelpley left, and Ms. Kelpley slept."
    assert [m.entity for m in read(text).found] == ["person/ada-kelpley"] * 3


def test_a_surname_of_two_persons_or_inside_another_name_is_none() -> None:
    text = "Col. Bo Ray and Capt. Ilse Ray spoke. Ray left."
    assert people(text) == ["Bo Ray", "Ilse Ray"]
    text = "Col. Bo Ray spoke. The Ray Act and Jon Ray Street were new."
    assert people(text) == ["Bo Ray"]


def test_a_heading_names_who_speaks() -> None:
    assert people("# Remarks by Ambassador Bo Ray at the Kelp Reef Unit\n\nThank you.") == ["Bo Ray"]
    assert people("# Ambassador Bo Ray Opens Reef Unit\n\nThank you.") == []


def test_one_person_under_two_forms_of_the_name() -> None:
    text = "Col. Bo T. Ray spoke. Later Colonel Bo Ray left. Colonel Ray returned."
    assert len(read(text).entities) == 1
    text = "Ms. Ada M. Kelpley spoke."
    assert [m.entity for m in read(text).found] == ["person/ada-kelpley"]


@given(
    st.lists(
        st.sampled_from(
            [
                "Mr.",
                "Bo",
                "Ray",
                "Minister",
                "of",
                "Reefs",
                "said",
                ",",
                "who",
                "and",
                "K.",
                "de",
                "Jr.",
                "(Ret.)",
                "U.S.",
                "HC",
                "director",
                "Ada Kelpley",
                "Kelpley",
                ".",
                "Sir",
                "’s",
                "\n",
                "REED",
                "M.P.",
                "d’Affaires",
                "Chargé",
            ]
        ),
        max_size=30,
    )
)
def test_any_titles_and_names_give_places_that_hold(pieces: list[str]) -> None:
    text = " ".join(pieces)
    check(text, read(text, ALL))
