"""Spellings that a document uses for what it names."""

from graph.records import Entity
from loaders.naming import naming_statements
from loaders.reading import read_text
from tests.marked_texts import SCHEMA, entity, register, source

REEF = entity("Reef Protection Agency", "Agency", "RPA", "Rpa", "Agency for Reefs", "reef agency people")
COUNTRY = entity("Tidelandia", "Country", "Republic of Tidelandia", "Government of Tidelandia")
SERIES = entity("Tide Security Dialogue", "Program", "Tide Dialogue")
SESSION = entity("Second Tide Security Dialogue", "Dialogue", "Second Tide Dialogue")
LAW = entity("Tide Charter", "Instrument", "Chapter VII of the Tide Charter", "Charter of the Tides")
PERSON = entity("Ada Fisher", "Person", "Fisher", "Ada B. Fisher")
TOPIC = entity("shell smuggling", "Topic", "smuggling of shells")


def spellings(text: str, *entities: Entity) -> list[tuple[str, str]]:
    """Entity, spelling; the quote of each must hold the spelling."""
    reading = read_text(source(text), register(*entities), SCHEMA)
    found = []
    for statement in naming_statements(reading):
        value, quote = statement.value, statement.evidence[0].quote
        assert value is not None
        assert quote is not None
        assert value in " ".join(quote.split())
        found.append((statement.subject, value))
    return found


def test_another_spelling_than_the_registers_is_told_with_its_sentence() -> None:
    text = "It rained. The Agency for Reefs met. The Reef Protection Agency, the RPA and the Rpa did not."
    assert spellings(text, REEF) == [
        ("agency/reef-protection-agency", s) for s in ("Agency for Reefs", "Rpa")
    ]


def test_line_breaks_in_a_spelling_are_spaces() -> None:
    assert spellings("The Agency for\nReefs met.", REEF) == [
        ("agency/reef-protection-agency", "Agency for Reefs")
    ]


def test_the_evidence_is_the_sentence() -> None:
    reading = read_text(source("It rained. The Agency for Reefs met. It ended."), register(REEF), SCHEMA)
    (statement,) = naming_statements(reading)
    assert statement.evidence[0].quote == "The Agency for Reefs met."


def test_of_a_text_without_sentences_only_the_name_is_quoted() -> None:
    text = "and so on " * 600 + "the Agency for Reefs and so on"
    (statement,) = naming_statements(read_text(source(text), register(REEF), SCHEMA))
    assert statement.evidence[0].quote == "Agency for Reefs"


def test_governments_are_their_countries_but_full_names_are_spellings() -> None:
    text = "The Government of Tidelandia, that is the Republic of Tidelandia, met."
    assert spellings(text, COUNTRY) == [("country/tidelandia", "Republic of Tidelandia")]


def test_descriptions_parts_surnames_and_topics_are_no_spellings() -> None:
    text = (
        "The reef agency people saw Chapter VII of the Tide Charter. Ada Fisher spoke of smuggling of "
        "shells. Fisher left."
    )
    assert spellings(text, REEF, LAW, PERSON, TOPIC) == []


def test_longer_names_of_laws_and_people_are_spellings() -> None:
    assert spellings("Ada B. Fisher read the Charter of the Tides.", LAW, PERSON) == [
        ("person/ada-fisher", "Ada B. Fisher"),
        ("instrument/tide-charter", "Charter of the Tides"),
    ]


def test_a_series_in_the_report_of_its_session_is_no_spelling() -> None:
    assert spellings("The Second Tide Security Dialogue met. The Tide Dialogue ended.", SERIES, SESSION) == []
    assert spellings("The Tide Dialogue meets each year.", SERIES) == [
        ("program/tide-security-dialogue", "Tide Dialogue")
    ]
