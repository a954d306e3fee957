"""Pledges: where they stand, how they are numbered, and what is said about each."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Entity, Statement
from loaders.commitments import find_commitments
from loaders.pledges import find_pledges
from loaders.pledgewords import pledge_words
from loaders.reading import Reading, read_text
from schema.errors import DataError
from tests.marked_texts import SCHEMA, marked, register, source


def reading(text: str, title: str | None = None, **properties: str) -> Reading:
    document, entities = marked(text, **properties)
    if title is not None:
        document = source(document.text, title, **properties)
    return read_text(document, entities, SCHEMA)


def found(text: str, title: str | None = None, **properties: str) -> tuple[list[Entity], list[Statement]]:
    return find_commitments(reading(text, title, **properties))


def numbers(text: str, **properties: str) -> list[str]:
    return [pledge.number for pledge in find_pledges(reading(text, **properties))]


def triples(statements: list[Statement], predicate: str) -> set[tuple[str, str | None]]:
    return {
        (s.subject.removeprefix("commitment/notes-"), s.object)
        for s in statements
        if s.predicate == predicate
    }


# --- prose ----------------------------------------------------------------------------------------------

CHARTER = """We, the governments of the bay, met and agreed on much that is old.

Commit to working on these goals in 2031:

1. To Keep the Reef

We commit to guarding the reef. We are resolved to count fish.

We pledge to clean every beach. To this end, we will:

* Buy nets.

* Call upon the [Harbour Agency](Agency) to lend boats.

2. To Keep the Boats

We commit to mending boats.

We thank the cooks.
"""


def test_prose_pledges_are_lettered_under_their_numbered_heading() -> None:
    entities, _ = found(CHARTER, published="2030-06-01")
    assert [(e.properties["number"], e.properties["pillar"]) for e in entities] == [
        ("1.a", "1. To Keep the Reef"),
        ("1.b", "1. To Keep the Reef"),
        ("1.1", "1. To Keep the Reef"),
        ("1.2", "1. To Keep the Reef"),
        ("2.a", "2. To Keep the Boats"),
    ]
    assert [e.properties["modality"] for e in entities] == [
        "commit",
        "pledge",
        "commit",
        "call-upon",
        "commit",
    ]


def test_the_line_above_the_first_heading_gives_all_their_target_date() -> None:
    entities, _ = found(CHARTER, published="2030-06-01")
    assert {e.properties.get("targetDate") for e in entities} == {"2031"}


def test_a_paragraph_that_begins_with_a_pledge_is_one_pledge() -> None:
    text = reading(CHARTER)
    first = find_pledges(text)[0]
    assert text.text[first.start : first.end].endswith("count fish.")


@pytest.mark.parametrize(
    "text",
    [
        "Both sides agreed to mend the pier.",
        "The two delegations also agreed to mend the pier.",
        "The heads of government have committed to mending the pier.",
        "In the evening, the parties jointly undertook to mend the pier.",
        "[Tidelandia](Country) and the [Harbour Agency](Agency) agreed to mend the pier.",
        "The governments of [Tidelandia](Country) and [Coralia](Country) pledged to mend the pier.",
        "Secretary [Ada Fisher](Person) and Minister [Bo Sand](Person) agreed that the pier needs work.",
        "In closing, it was further agreed that the pier needs work.",
        "The Minister and the Governor of the Bay agreed to mend the pier.",
        "Both sides welcomed the new nets, and agreed to mend the pier.",
        "The Participants will mend the pier.",
    ],
)
def test_readouts_and_memoranda_pledge_in_the_third_person(text: str) -> None:
    assert numbers(text) == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "Both sides agreed.",
        "They agreed to mend the pier.",
        "It was not agreed to mend the pier.",
        "It was said that both sides agreed to mend the pier.",
        "Both sides met fishermen who caught crabs and agreed to mend the pier.",
        "Both sides said that the cooks came and agreed to mend the pier.",
        "A fisherman agreed to mend the pier.",
        "The two sides did not agree to mend the pier.",
        "The two sides had agreed to mend the pier.",
        "If both sides agree to mend the pier, fish will come.",
        "The paper said that both sides agreed to mend the pier.",
        "We will always love the pier.",
        "The parties will not mend the pier.",
        "In 2019, both sides agreed to mend the pier.",
        "The [Harbour Agency](Agency) will mend the pier.",
        "[Tidelandia](Country) has committed crimes.",
        "Both sides agreed to:",
        "[Tidelandia](Country) is committed to the pier.",
    ],
)
def test_what_only_looks_like_a_pledge(text: str) -> None:
    assert numbers(text, published="2030-06-01") == []


def test_pledging_sentences_of_a_report_are_numbered_one_by_one() -> None:
    text = (
        "The talks were long. Both sides agreed to mend the pier. They also agreed to buy nets. Rain fell. "
        "The two sides agreed to meet again."
    )
    pledges = find_pledges(reading(text))
    assert [(p.number, text[p.start : p.end]) for p in pledges] == [
        ("a", "Both sides agreed to mend the pier."),
        ("b", "They also agreed to buy nets."),
        ("c", "The two sides agreed to meet again."),
    ]


def test_a_letter_that_an_item_has_is_not_given_again() -> None:
    text = "The ministers agreed to:\n\n(a) mend the pier;\n\n(b) buy nets.\n\nWe commit to painting boats.\n"
    assert numbers(text) == ["a", "b", "c"]


def test_an_item_with_a_list_of_its_own_parts_is_one_pledge() -> None:
    text = (
        "The ministers agreed to:\n\n(a) help the [Reef Unit](Unit), including by:\n\n   (i) nets; and\n\n"
        "   (ii) boats of the [Harbour Agency](Agency);\n\n(b) count fish.\n"
    )
    document = reading(text)
    pledges = find_pledges(document)
    assert [p.number for p in pledges] == ["a", "b"]
    assert document.text[pledges[0].start : pledges[0].end].endswith("Harbour Agency;")


def test_who_is_to_do_it_is_a_party() -> None:
    text = (
        "## Action items\n\n- [Tidelandia](Country) to help [Coralia](Country);\n"
        "- The [Reef Unit](Unit) shall swim;\n- [Harbour Agency](Agency) boats to the bay.\n"
    )
    _, statements = found(text)
    roles = {s.object: s.qualifiers.get("role") for s in statements if s.predicate == "INVOLVES"}
    assert roles == {
        "country/tidelandia": "party",
        "country/coralia": None,
        "unit/reef-unit": "party",
        "agency/harbour-agency": None,
    }


def test_who_pledges_is_told_apart() -> None:
    text = (
        "[Tidelandia](Country) agreed to help [Coralia](Country).\n\nThe [Reef Unit](Unit) will:\n\n- swim.\n"
    )
    _, statements = found(text)
    roles = {s.object: s.qualifiers.get("role") for s in statements if s.predicate == "INVOLVES"}
    assert roles == {"country/tidelandia": "party", "country/coralia": None, "unit/reef-unit": "party"}
    (lead,) = [s.evidence[0].quote for s in statements if s.object == "unit/reef-unit"]
    assert lead == "The Reef Unit will:\n\n- swim."


def test_under_a_heading_of_duties_each_side_pledges_what_it_will_do() -> None:
    text = """# Memorandum

## Responsibilities of the Participants

The [Harbour Agency](Agency) will lend boats.

Rain will fall.

- [Tidelandia](Country) will buy nets;
- [Tidelandia](Country) will count fish.

## Weather

The [Harbour Agency](Agency) will watch the sky.
"""
    entities, statements = found(text)
    assert [e.properties["number"] for e in entities] == ["a", "1", "2"]
    assert triples(statements, "INVOLVES") == {
        ("a", "agency/harbour-agency"),
        ("1", "country/tidelandia"),
        ("2", "country/tidelandia"),
    }


def test_many_pledges_go_on_after_z() -> None:
    text = "\n\n".join(f"Both sides agreed to mend pier {n}." for n in range(28))
    assert numbers(text)[24:] == ["y", "z", "aa", "ab"]


# --- lists ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lead", "modality"),
    [
        ("The sides made the following commitments:", "commit"),
        ("The ministers agreed to:", "agree"),
        ("The ministers undertook to do this together:", "agree"),
        ("We pledge that:", "pledge"),
        ("The Participants will:", "commit"),
    ],
)
def test_leads_of_lists(lead: str, modality: str) -> None:
    entities, _ = found(f"{lead}\n\n- mend the pier;\n- buy nets.\n")
    assert [e.properties["modality"] for e in entities] == [modality, modality]


@pytest.mark.parametrize(
    "lead",
    [
        "He has committed the following crimes:",
        "They welcomed the commitments of others to these goals:",
        "Our commitments have brought:",
        "Boats:",
    ],
)
def test_other_lists(lead: str) -> None:
    assert numbers(f"{lead}\n\n- mend the pier;\n- buy nets.\n") == []


def test_items_that_welcome_or_recall_pledge_nothing() -> None:
    text = "We commit to:\n\n- Welcome all;\n- Noting the rain;\n- Look forward to more;\n- Mend the pier.\n"
    assert numbers(text) == ["4"]


# --- what a pledge says ---------------------------------------------------------------------------------


def test_who_is_asked_and_who_hosts() -> None:
    text = (
        "We commit to:\n\n- Urge [Tidelandia](Country) to help the [Reef Unit](Unit);\n"
        "- Hold a meeting hosted by the [Harbour Agency](Agency);\n"
        "- Request that [Coralia](Country) host a visit.\n"
    )
    _, statements = found(text)
    roles = {s.object: s.qualifiers.get("role") for s in statements if s.predicate == "INVOLVES"}
    assert roles == {
        "country/tidelandia": "asked",
        "unit/reef-unit": None,
        "agency/harbour-agency": "host",
        "country/coralia": "host",
    }


def test_bodies_inside_the_name_of_an_initiative_are_involved() -> None:
    text = (
        "The [Reef Initiative](Program) and the [Harbour Agency](Agency) met.\n\n"
        "We commit to:\n\n- Use the [Reef Initiative Connect](Program) portal;\n"
        "- Attend the [2031 Reef Initiative](Event);\n- Ask the [Harbour Agency Reef Branch](Unit).\n"
    )
    _, statements = found(text)
    assert triples(statements, "INVOLVES") == {
        ("1", "program/reef-initiative-connect"),
        ("1", "program/reef-initiative"),
        ("2", "event/2031-reef-initiative"),
        ("3", "unit/harbour-agency-reef-branch"),
    }


def test_a_country_that_only_describes_is_not_involved() -> None:
    document = source("We commit to:\n\n- Meet U.S. agencies;\n- Work with the U.S. and others.\n")
    states = register(Entity("country/us", ("Country",), "U.S."))
    _, statements = find_commitments(read_text(document, states, SCHEMA))
    assert triples(statements, "INVOLVES") == {("2", "country/us")}


def test_topics_of_a_pledge_its_heading_and_what_it_names() -> None:
    text = (
        "We commit to:\n\nWith respect to [shell smuggling](Topic)\n\n- Fight [wreck looting](Topic) by the "
        "[Strategy on wreck looting](Instrument).\n"
    )
    _, statements = found(text)
    assert triples(statements, "ADDRESSES") == {
        ("1", "topic/shell-smuggling"),
        ("1", "topic/wreck-looting"),
        ("instrument/strategy-on-wreck-looting", "topic/wreck-looting"),
    }


def test_a_statement_addresses_what_the_headings_of_its_pledges_name() -> None:
    text = (
        "The [Joint Statement of the Second Tide Dialogue](Instrument) came out.\n\n"
        "The [Second Tide Dialogue](Dialogue) was long.\n\n"
        "We commit to:\n\nWith respect to [shell smuggling](Topic)\n\n- Fight [wreck looting](Topic).\n"
    )
    _, statements = found(text, "Joint Statement of the Second Tide Dialogue")
    about = {s.object for s in statements if s.subject.startswith("instrument/")}
    assert about == {"topic/shell-smuggling"}
    assert triples(statements, "COMMITS_TO") == {("dialogue/second-tide-dialogue", "commitment/notes-1")}


def test_without_a_dialogue_the_pledge_is_still_there() -> None:
    entities, statements = found(
        "Both sides agreed to fund the [Reef Unit](Unit) by 2031.", published="2030-06-01"
    )
    assert entities[0].id == "commitment/notes-a"
    assert entities[0].properties == {"number": "a", "modality": "agree", "targetDate": "2031"}
    assert {s.predicate for s in statements} == {"INVOLVES"}


@given(st.text(alphabet="We commit to:agrebothsides\n-*1.i() ", max_size=300))
def test_any_text_gives_pledges_inside_it(text: str) -> None:
    pledges = find_pledges(reading(text))
    assert all(0 <= p.start <= p.body <= p.end <= len(text) for p in pledges)


# --- the lexicon ----------------------------------------------------------------------------------------


def test_the_lexicon_of_pledges_tells_its_faults(tmp_path: Path) -> None:
    path = tmp_path / "pledges.yaml"
    path.write_text("leads:\n  - {modality: commit, verbs: [commit], strength: 3}\n", "utf-8")
    with pytest.raises(DataError, match=r"pledges\.yaml:2: .*strength"):
        pledge_words(path)
