"""What names of several stand for, above all groups that a text defines by a list somewhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.extract import extract
from loaders.grammar.lexicon import lexicon
from loaders.listed import definitions
from tests.marked_texts import SCHEMA, entity, register, said, source
from tests.sentences import read, statements

ALL_THREE = "Tidelandia, Reefland and Kelpia"
DEFINED = f"The three Tide Council countries are {ALL_THREE}."
ALL_SIGNED = [f"{state} | SIGNED | Reef Treaty" for state in ("Kelpia", "Reefland", "Tidelandia")]
ALL_TOOK_PART = [
    f"{state} | PARTICIPATED_IN | First Tide Conference | role=participant"
    for state in ("Kelpia", "Reefland", "Tidelandia")
]
AGENCIES_SUPPORT = [
    "Harbour Agency | SUPPORTS | Tidelandia",
    "Tide Council | SUPPORTS | Tidelandia",
    "Wave Agency | SUPPORTS | Tidelandia",
]


def without_members(text: str) -> list[str]:
    """What a text says, but for who is a member of what."""
    return [one for one in statements(text) if "MEMBER_OF" not in one]


@pytest.mark.parametrize(
    "definition",
    [
        DEFINED,
        f"The Tide Council countries are {ALL_THREE}.",
        "The three Tide Council partner states (as of 2021) are: Tidelandia; Reefland; Kelpia.",
        f"The 3 member states of the Tide Council are {ALL_THREE}.",
        f"The three (3) Tide Council nations are the following: {ALL_THREE}.",
        f"At present, the Tide Council’s three members are {ALL_THREE}.",
        f"The three Tide Council states include {ALL_THREE}.",
        "The three Tide Council countries are Tidelandia (chair), Reefland and Kelpia.",
        "The three Tide Council countries are:\n\n- Tidelandia\n- Reefland\n- Kelpia\n",
        f"The Tide Council comprises {ALL_THREE}.",
        f"The Tide Council consists of {ALL_THREE}.",
        f"The Tide Council is made up of three states: {ALL_THREE}.",
        f"The Tide Council includes three member states: {ALL_THREE}.",
        f"Ada Kelp praised the three Tide Council countries ({ALL_THREE}).",
        f"Ada Kelp praised the three Tide Council countries – {ALL_THREE} – again.",
        f"Ada Kelp praised the three Tide Council countries: {ALL_THREE}.",
        f"Ada Kelp praised the Tide Council countries, namely {ALL_THREE}.",
        "[1] Tide Council countries: Tidelandia, Reefland, Kelpia",
        "A note*.\n\n* Tide Council countries: Tidelandia, Reefland, Kelpia",
    ],
)
@pytest.mark.parametrize(
    "use", ["The three Tide Council member states signed", "All Tide Council nations signed"]
)
def test_a_group_is_defined_before_or_behind_its_use(definition: str, use: str) -> None:
    used = f"{use} the Reef Treaty."
    for text in (f"{definition}\n\n{used}", f"{used}\n\n{definition}"):
        assert [one for one in statements(text) if "SIGNED" in one] == ALL_SIGNED


@pytest.mark.parametrize(
    "use",
    [
        "The thirteen",
        "Two of the three",
        "One of the",
        "Most of the",
        "A majority of the",
        "None of the",
        "Not all",
        "Not all of the three",
        "Nearly all of the",
        "Some",
        "The other",
        "The remaining three",
        "The new",
        "The three largest",
        "The three non-",
        "Both",
        "Up to three",
        "No",
    ],
)
def test_some_of_them_or_others_are_not_they(use: str) -> None:
    between = "" if use.endswith("-") else " "
    assert without_members(f"{DEFINED} {use}{between}Tide Council countries signed the Reef Treaty.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The three Wave Register countries signed the Reef Treaty.",
        "The three Tide Council donors signed the Reef Treaty.",
        "The three Tide Council agencies signed the Reef Treaty.",
        "The Tide Council countries that signed the Reef Treaty sailed.",
        "The countries signed the Reef Treaty.",
        "Tide Council countries signed the Reef Treaty.",
        "The three Tide Council countries did not sign the Reef Treaty.",
        "All Tide Council countries except Kelpia signed the Reef Treaty.",
        "The three Tide Council countries (but not Kelpia) signed the Reef Treaty.",
        "The three Tide Council countries, other than Kelpia, signed the Reef Treaty.",
        "Representatives of several of the Tide Council countries attended the First Tide Conference.",
        "Several ministers of the Tide Council countries attended the First Tide Conference.",
        "An official of the Tide Council countries attended the First Tide Conference.",
        "Two officials from the Tide Council countries attended the First Tide Conference.",
        "The First Tide Conference was held in the Tide Council countries.",
        "The three officers sailed. The three signed the Reef Treaty.",
    ],
)
def test_where_it_is_in_doubt_nothing_is_said(sentence: str) -> None:
    assert without_members(f"{DEFINED} {sentence}") == []


@pytest.mark.parametrize(
    "definition",
    [
        f"The four Tide Council countries are {ALL_THREE}.",
        f"The Tide Council countries include {ALL_THREE}.",
        f"The Tide Council countries were {ALL_THREE}.",
        f"The Tide Council countries are not {ALL_THREE}.",
        f"The three Tide Council countries will be {ALL_THREE}.",
        f"Ada Kelp said the three Tide Council countries are {ALL_THREE}.",
        f"The Tide Council countries are {ALL_THREE} and others.",
        "The Tide Council countries are Tidelandia, some islands, and Kelpia.",
        "The three Tide Council countries are Tidelandia, Reefland and Reefland.",
        "The three Tide Council countries are Tidelandia, Reefland and Bo Ray.",
        f"The associate Tide Council members are {ALL_THREE}.",
        f"The Tide Council includes {ALL_THREE}.",
        "The Tide Council comprises the Harbour Agency and the Wave Agency.",
        f"Ada Kelp praised the Tide Council countries ({ALL_THREE}).",
        f"Ada Kelp praised Tide Council countries, namely {ALL_THREE}.",
        f"{DEFINED} The Tide Council countries are Tidelandia and Reefland.",
    ],
)
def test_what_is_no_whole_list_defines_nothing(definition: str) -> None:
    text = f"{definition} The Tide Council countries signed the Reef Treaty."
    assert [one for one in statements(text) if "SIGNED" in one] == []


@pytest.mark.parametrize(
    "use",
    [
        "All three members attended",
        "The three attended",
        "The 3 countries attended",
        "Officials of the three nations attended",
        "Some 20 officers from the three Tide Council states attended",
        "All of the Tide Council states attended",
        "The Tide Council’s three partner nations attended",
    ],
)
def test_a_group_is_called_by_its_number(use: str) -> None:
    assert without_members(f"{DEFINED} {use} the First Tide Conference.") == ALL_TOOK_PART


def test_a_list_beside_the_noun_says_who_takes_part() -> None:
    text = f"The First Tide Conference gathered the three Tide Council nations – {ALL_THREE}."
    assert without_members(text) == ALL_TOOK_PART


def test_others_behind_the_noun_are_not_its_list() -> None:
    text = (
        "The First Tide Conference gathered the three Tide Council nations, the Harbour Agency, the Wave "
        "Agency and Kelpia."
    )
    assert [one.split(" | ")[0] for one in without_members(text)] == [
        "Harbour Agency",
        "Kelpia",
        "Wave Agency",
    ]


@pytest.mark.parametrize(
    ("defined", "use"),
    [
        ("(collectively, “the Reef Partners”) met", "The Reef Partners"),
        ("(the “Reef Partners”) met", "The three Reef Partners"),
        (", hereinafter the Reef Partners, met", "The Reef Partners"),
        (", together known as the Reef Bodies, met", "The Reef Bodies"),
    ],
)
def test_a_short_form_behind_a_list(defined: str, use: str) -> None:
    listed = "The Harbour Agency, the Wave Agency and the Tide Council"
    comma = "" if defined.startswith(",") else " "
    after = f"{use} support Tidelandia."
    assert statements(f"{listed}{comma}{defined}. {after}") == AGENCIES_SUPPORT
    assert statements(f"{after} {listed}{comma}{defined}.") == []
    small = after.replace(use, use.lower().replace("three ", ""))
    assert statements(f"{listed}{comma}{defined}. {small}") == []


def test_a_short_form_needs_a_list_of_names_alone() -> None:
    text = "The fishing clubs, the Harbour Agency and the Wave Agency (the “Reef Partners”) met."
    assert definitions(read(text), lexicon()) == ()


def test_a_group_of_bodies_is_no_part_of_what_it_is_called_by() -> None:
    text = (
        "The three Tide Council agencies are the Harbour Agency, the Wave Agency and the Reef Unit. "
        "The three Tide Council agencies support Tidelandia."
    )
    assert {one.split(" | ")[1] for one in statements(text)} == {"SUPPORTS"}


def test_a_statement_over_a_group_stands_where_its_members_act() -> None:
    acting = "The three Tide Council states signed the Reef Treaty."
    found = said(extract(source(f"{acting} {DEFINED}"), STATES_AND_MORE, SCHEMA), "SIGNED")
    assert [(s.evidence[0].start, s.evidence[0].end) for s in found] == [(0, len(acting))] * 3
    assert {s.status for s in found} == {"accepted"}


NAMES = ("Tidelandia", "Reefland", "Kelpia", "Sandovia", "Coralia", "Atollia", "Lagoonia")
STATES_AND_MORE = register(
    *(entity(name, "Country") for name in NAMES),
    entity("Tide Council", "IntergovernmentalOrganization"),
    entity("Reef Treaty", "Instrument"),
)
NUMBERS = ("two", "three", "four", "five", "six", "seven", "8")


@settings(max_examples=40, deadline=None)
@given(
    members=st.lists(st.sampled_from(NAMES), min_size=2, unique=True),
    told=st.integers(2, 8),
    used=st.integers(2, 8),
    before=st.booleans(),
)
def test_a_group_counts_as_many_as_it_says(members: list[str], told: int, used: int, before: bool) -> None:
    definition = (
        f"The {NUMBERS[told - 2]} Tide Council countries are {', '.join(members[:-1])} and {members[-1]}."
    )
    use = f"The {NUMBERS[used - 2]} Tide Council nations signed the Reef Treaty."
    text = f"{use} {definition}" if before else f"{definition} {use}"
    found = said(extract(source(text), STATES_AND_MORE, SCHEMA), "SIGNED")
    fits = told == used == len(members)
    assert {s.subject for s in found} == ({entity(n, "Country").id for n in members} if fits else set())


@pytest.mark.parametrize(
    ("use", "found"),
    [
        ("All three countries signed the Reef Treaty.", ALL_SIGNED),
        ("The 3 countries signed the Reef Treaty.", ALL_SIGNED),
        ("Officers from the three countries attended the First Tide Conference.", ALL_TOOK_PART),
        ("The other three countries signed the Reef Treaty.", []),
        ("Almost all three countries signed the Reef Treaty.", []),
        ("The three countries that signed the Reef Treaty sailed.", []),
        ("The three countries invited to the talks signed the Reef Treaty.", []),
        ("Two officers from the three countries attended the First Tide Conference.", []),
        ("Three countries signed the Reef Treaty.", []),
    ],
)
def test_the_last_list_of_so_many(use: str, found: list[str]) -> None:
    assert statements(f"{ALL_THREE} met. {use}") == found
