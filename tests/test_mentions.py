"""Mentions: whole words, case rules by name, the longest name, acronyms that a text defines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Entity
from loaders.mentions import Mention, Mentions, find_mentions
from loaders.register import ANY, EXACT, Name, Register
from loaders.spellings import spellings
from tests.marked_texts import entity, register

COUNCIL = entity("Harbour Council", "IntergovernmentalOrganization", "HC")
REEFS = entity("Harbour Council Agency for Reefs", "IntergovernmentalOrganization", "HARE")
TIDELANDIA = entity("Tidelandia", "Country", "U.S. Tidelandia")
KELP = entity("Saint Kelp and Wrack", "Country")
SMUGGLING = entity("shell smuggling", "Topic")
ADA = entity("Ada Kelpley", "Person", "Kelpley")
ALL = register(COUNCIL, REEFS, TIDELANDIA, KELP, SMUGGLING, ADA)


def found(text: str, of: Register = ALL) -> list[tuple[str, str]]:
    """Words and entity of each mention."""
    return [(text[m.start : m.end], m.entity) for m in find_mentions(text, of).found]


def words(text: str, of: Register = ALL) -> list[str]:
    return [word for word, _ in found(text, of)]


def test_the_longest_name_wins_and_nothing_nests() -> None:
    text = "The Harbour Council Agency for Reefs met the Harbour Council."
    assert found(text) == [
        ("Harbour Council Agency for Reefs", REEFS.id),
        ("Harbour Council", COUNCIL.id),
    ]


def test_a_longer_name_that_is_no_whole_word_does_not_hide_the_shorter_one() -> None:
    assert words("The Harbour Council Agency for Reefside trade") == ["Harbour Council"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tidelandian waters, Tidelandia_x, xTidelandia", []),
        ("Tidelandia’s boats and TIDELANDIA's boats", ["Tidelandia", "TIDELANDIA"]),
        ("tidelandia in lower case", []),
        ("a Tidelandia-led fleet, non-Tidelandia boats", ["Tidelandia", "Tidelandia"]),
        ("the HC, the hc and the HCs", ["HC"]),
        ("HC$40 is money", []),
        ("Shell Smuggling and SHELL SMUGGLING, shell smugglings", 3),
        ("Harbour\nCouncil and Harbour   Council and Harbour - Council", 3),
        ("Harbour\n\nCouncil", []),
        ("- Harbour\n- Council", []),
        ("St. Kelp and Wrack, St Kelp & Wrack, SAINT KELP AND WRACK", 3),
        ("see https://example.org/HC/Tidelandia and Tidelandia", ["Tidelandia"]),
    ],
)
def test_boundaries_case_and_spacing(text: str, wanted: list[str] | int) -> None:
    got = words(text)
    assert (len(got) if isinstance(wanted, int) else got) == wanted


def test_offsets_count_code_points_also_after_doubled_spaces_and_emoji() -> None:
    text = "🌊🌊  The  Harbour \n Council 🌊 and Tidelandia"
    assert words(text) == ["Harbour \n Council", "Tidelandia"]


def test_an_article_in_front_does_not_win_over_a_longer_name() -> None:
    bay = entity("the Bay", "Place", "Bay")
    assert words("the Bay Harbour Council", register(bay, entity("Bay Harbour Council", "Unit"))) == [
        "Bay Harbour Council"
    ]


def test_a_name_with_an_acronym_put_into_its_middle() -> None:
    text = "The Harbour Council (HC) Agency for Reefs is old; the Harbour Council (HC) is older."
    assert found(text) == [
        ("Harbour Council (HC) Agency for Reefs", REEFS.id),
        ("Harbour Council", COUNCIL.id),
        ("HC", COUNCIL.id),
    ]


def test_an_acronym_counts_from_its_definition_on() -> None:
    text = "TID and Saint Kelp and Wrack (SKW). Later SKW, SKW’s and SKWs."
    assert words(text) == ["Saint Kelp and Wrack", "SKW", "SKW", "SKW"]
    assert words("SKW before. Saint Kelp and Wrack (SKW).") == ["Saint Kelp and Wrack", "SKW"]


def test_a_definition_in_the_text_goes_before_the_register() -> None:
    text = "HC is known. Hill Club (HC) met. HC went home."
    club = entity("Hill Club", "OtherOrganization")
    assert [e for _, e in found(text, register(COUNCIL, club))] == [COUNCIL.id, club.id, club.id, club.id]


def test_an_acronym_of_the_last_words_of_a_name_stays_theirs() -> None:
    course = entity("diving course for the Harbour Council", "Event")
    text = "A diving course for the Harbour Council (HC) began. The HC paid."
    assert [e for _, e in found(text, register(COUNCIL, course))] == [course.id, COUNCIL.id, COUNCIL.id]


def test_what_stands_in_parentheses_is_no_acronym_if_its_letters_do_not_fit() -> None:
    assert words("Saint Kelp and Wrack (XYZ) and XYZ and Saint Kelp and Wrack (Ann)") == [
        "Saint Kelp and Wrack",
        "Saint Kelp and Wrack",
    ]


def test_an_acronym_that_the_text_defines_for_an_unknown_name_is_the_registers_no_more() -> None:
    assert words("HC met. The Hermit Crab Club (HCC) and the Hermit Club (HC) met. HC, HCC.") == ["HC"]
    # A slip in the long form does not make another body of it.
    assert words("The Harbor Councils (HC) met. HC left.") == ["HC", "HC"]


@pytest.mark.parametrize(
    "text",
    [
        "HC is old. SKW (Saint Kelp and Wrack) is new. SKW.",
        "HC is old. Saint Kelp and Wrack, or SKW, is new. SKW.",
        "HC is old. Saint Kelp and Wrack (hereinafter “SKW”) is new. SKW.",
    ],
)
def test_other_ways_to_define_an_acronym(text: str) -> None:
    assert sorted(words(text)) == ["HC", "SKW", "SKW", "Saint Kelp and Wrack"]


def test_a_short_name_counts_from_its_definition_on_behind_an_article() -> None:
    text = (
        "The Council slept. The Harbour Council (“the Council”) met Tidelandia (“the Agreement”). "
        "The Council wrote the Agreement, and a Council of elders ate. this Council’s boats"
    )
    assert found(text) == [
        ("Harbour Council", COUNCIL.id),
        ("Council", COUNCIL.id),
        ("Tidelandia", TIDELANDIA.id),
        ("Council", COUNCIL.id),
        ("Council", COUNCIL.id),
    ]


def test_a_mention_says_which_rule_found_it() -> None:
    text = "Saint Kelp and Wrack (SKW) and the Harbour Council (hereinafter the Council), HC"
    assert [(text[m.start : m.end], m.rule) for m in find_mentions(text, ALL).found] == [
        ("Saint Kelp and Wrack", "mention/name@1"),
        ("SKW", "mention/acronym@1"),
        ("Harbour Council", "mention/name@1"),
        ("Council", "mention/defined@1"),
        ("HC", "mention/name@1"),
    ]


def test_a_place_in_the_name_of_a_newspaper_or_a_person_is_none() -> None:
    text = "the Tidelandia Observer, Tidelandia Daily Express, Mr. Tidelandia and J. Tidelandia"
    assert words(text) == []
    kept = "the Tidelandia Prime Minister, Observer Tidelandia, U.S. Tidelandia, Tidelandia. Observers"
    assert words(kept) == ["Tidelandia", "Tidelandia", "U.S. Tidelandia", "Tidelandia"]


def test_a_surname_counts_only_with_the_whole_name_in_the_text() -> None:
    assert words("Kelpley spoke.") == []
    assert words("Ada Kelpley spoke. Kelpley left.") == ["Ada Kelpley", "Kelpley"]


def test_titles_of_documents_are_not_looked_for() -> None:
    report = Entity("document/report", ("Document",), "Report of the Harbour Council")
    assert words("Report of the Harbour Council", register(COUNCIL, report)) == ["Harbour Council"]


def test_a_shared_name_goes_to_the_entity_that_the_text_names_otherwise_too() -> None:
    one, two = (
        entity("Port Authority of Tidelandia", "Agency"),
        entity("Port Authority of Reefland", "Agency"),
    )
    names = [Name(e.name, e.id, EXACT) for e in (one, two)]
    shared = Register(
        {one.id: one, two.id: two}, (*names, *(Name("Port Authority", e.id, EXACT) for e in (one, two))), {}
    )
    assert find_mentions("The Port Authority met.", shared).found == ()
    assert len(find_mentions("The Port Authority met.", shared).unclear) == 1
    both = find_mentions("The Port Authority of Reefland met. The Port Authority left.", shared)
    assert {m.entity for m in both.found} == {two.id}
    assert both.unclear == ()


def test_spellings_are_each_others() -> None:
    group = {
        "U.S. Harbour Defence Centre",
        "US Harbor Defense Center",
        "United States Harbour Defense Centre",
    }
    for name in group:
        assert group <= set(spellings(name))
    assert "Boats, Nets and Ropes" in spellings("Boats, Nets, and Ropes")
    assert "Boats, Nets, and Ropes" in spellings("Boats, Nets and Ropes")
    assert spellings("Plain name") == ["Plain name"]


def test_a_made_spelling_of_two_entities_is_dropped_and_a_name_goes_before_it() -> None:
    one, two = entity("Port and Pier", "Unit"), entity("Port & Pier", "Program")
    assert [e for _, e in found("Port and Pier, Port & Pier", register(one, two))] == [one.id, two.id]


NAMES = st.sampled_from(["Bay", "Bay Watch", "Watch", "bay watch unit", "BW", "Été", "İz"])
PIECES = st.sampled_from([" ", "\n", "  ", "-", "’s ", "x", ".", "(BW)", "\n\n", "İ", "🌊", "(Bay)"])


@given(st.lists(st.one_of(NAMES, PIECES), max_size=30).map("".join))
def test_mentions_are_whole_words_in_order_without_overlap(text: str) -> None:
    names = ["Bay", "Bay Watch", "Watch", "bay watch unit", "BW", "Été", "İz"]
    of = register(*(entity(name, "Unit") for name in names))
    known = {f"unit/{s}" for s in ("bay", "bay-watch", "watch", "bay-watch-unit", "bw", "ete", "iz")}
    mentions = find_mentions(text, of)
    assert isinstance(mentions, Mentions)
    for before, after in pairwise(mentions.found):
        assert before.end <= after.start
    for mention in mentions.found:
        assert isinstance(mention, Mention)
        assert mention.entity in known
        assert 0 <= mention.start < mention.end <= len(text)
        assert not text[mention.start - 1 : mention.start].isalnum()
        assert not text[mention.end : mention.end + 1].isalnum()


@given(st.lists(st.one_of(NAMES, PIECES), max_size=20).map("".join))
def test_a_name_in_any_case_is_found_wherever_it_is_the_only_one(filler: str) -> None:
    of = Register(
        {"unit/quay": Entity("unit/quay", ("Unit",), "quay")}, (Name("quay", "unit/quay", ANY),), {}
    )
    text = f"{filler} QuAy {filler}"
    assert [text[m.start : m.end] for m in find_mentions(text, of).found] == ["QuAy"]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("They took 168 illegal guns and two boats.", []),
        ("They took two illegal guns.", []),
        ("They fight illegal guns.", ["illegal guns"]),
        ("In 2031 illegal guns were fewer.", ["illegal guns"]),
        ("They met two illegal guns experts.", ["illegal guns"]),
        ("They ran 12 gun smuggling cases.", ["gun smuggling"]),
    ],
)
def test_things_that_are_counted_are_no_topic(text: str, topics: list[str]) -> None:
    known = register(entity("gun smuggling", "Topic", "illegal guns"))
    assert words(text, known) == topics


def test_a_name_ends_at_its_own_acronym() -> None:
    known = register(
        entity("Reef Office of the Harbour Council", "Agency"), entity("Harbour Council", "Agency")
    )
    assert words("The Reef Office (RO) of the Harbour Council met; the RO left.", known) == [
        "Reef Office",
        "RO",
        "Harbour Council",
        "RO",
    ]


def test_a_place_with_its_country_is_two_mentions() -> None:
    port, river = entity("Port Kelp", "Place", "Port Kelp, Tidelandia"), entity("Tide, Upper", "Place")
    of = register(TIDELANDIA, port, river)
    assert words("Port Kelp, Tidelandia and Tide, Upper", of) == ["Port Kelp", "Tidelandia", "Tide, Upper"]


@given(
    st.lists(st.one_of(NAMES, PIECES), max_size=20).map("".join),
    st.sampled_from(["Tides. ", "🌊\n\n", "é  é "]),
)
def test_text_in_front_moves_the_offsets_only(text: str, front: str) -> None:
    of = register(entity("Bay Watch", "Unit", "BW"), entity("Bay", "Place"), entity("Été", "Unit"))
    here, there = find_mentions("|" + text, of), find_mentions(front + "|" + text, of)
    assert [(m.entity, m.start + len(front), m.end + len(front), m.rule) for m in here.found] == [
        (m.entity, m.start, m.end, m.rule) for m in there.found
    ]


@given(st.text(max_size=80))
def test_no_text_makes_it_raise(text: str) -> None:
    assert all(m.start < m.end <= len(text) for m in find_mentions(text, ALL).found)
