"""When the statement that a document is came out, and when and where the document's own event was held."""

import pytest

from loaders.extract import Extraction, extract
from loaders.register import Register
from tests.marked_texts import SCHEMA, entity, register, source

STATEMENT = "Joint Statement of the Tide Conference"
KNOWN = register(
    entity(STATEMENT, "Instrument", "2031 Joint Statement", "Tide Statement"),
    entity("Reef Treaty", "Instrument"),
    entity("Tide Conference", "Event"),
    entity("Harbour Agency", "Agency"),
    entity("Port Kelp", "Place"),
)


def read(text: str, title: str = STATEMENT, known: Register = KNOWN) -> Extraction:
    return extract(source(f"# {title}\n\n{text}", title, published="2031-05-20"), known, SCHEMA)


def said(text: str, predicate: str, title: str = STATEMENT) -> list[str]:
    """Values or objects of one predicate."""
    return [s.value or s.object or "" for s in read(text, title).statements if s.predicate == predicate]


@pytest.mark.parametrize(
    "line",
    [
        "MAY 18, 2031",
        "**May 18, 2031**",
        "Port Kelp, 18 May 2031",
        "Office of Tides, Port Kelp, May 18, 2031",
    ],
)
def test_a_statement_has_the_date_of_its_dateline(line: str) -> None:
    text = f"**MEDIA NOTE**\n\n{line}\n\nThe Harbour Agency and friends welcome the Tide Statement."
    found = read(text)
    (dated,) = [s for s in found.statements if s.predicate == "DATED"]
    assert dated.value == "2031-05-18"
    full = f"# {STATEMENT}\n\n{text}"
    assert full[dated.evidence[0].start : dated.evidence[0].end].strip() == line


@pytest.mark.parametrize(
    "text",
    [
        "The following statement was released by the Harbour Agency on May 18, 2031.",
        "The text of the following statement was released by the Harbour Agency on May 18, 2031.",
        "This statement was issued on 18 May 2031 by the Harbour Agency.",
    ],
)
def test_a_statement_has_the_date_of_its_release(text: str) -> None:
    assert said(f"{text} It praises the Tide Statement.", "DATED") == ["2031-05-18"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("May 18, 2031\n\nThe Tide Statement is long.", "Friends praise the statement"),
        ("May 18, 2031\n\nThe Reef Treaty is long.", "Remarks on the Reef Treaty"),
        ("May 18\n\nThe Tide Statement is long.", STATEMENT),
        ("In May 2031 boats sailed.\n\nThe Tide Statement is long.", STATEMENT),
        ("Boats sailed on May 18, 2031, and the Tide Statement is long.", STATEMENT),
        ("A statement was released on May 18, 2031. The Tide Statement is long.", STATEMENT),
        ("Next meeting: 18 May 2031\n\nThe Tide Statement is long.", STATEMENT),
        ("Last updated: 18 May 2031\n\nThe Tide Statement is long.", STATEMENT),
        ("Annex to the Reef Treaty, 18 May 2031\n\nThe Tide Statement is long.", STATEMENT),
        ("Port Kelp, 4 May 2027\n\nThe Tide Statement is long.", STATEMENT),
        ("A note to this statement was released on May 18, 2031. The Tide Statement is long.", STATEMENT),
        ("Port Kelp, 18 May 2031\n\nThe Tide Statement is long.", f"{STATEMENT}: One Year On"),
    ],
)
def test_other_dates_are_not_the_statements(text: str, title: str) -> None:
    assert said(text, "DATED", title) == []


@pytest.mark.parametrize(
    ("text", "date"),
    [
        (
            "We praise our productive consultations on boats held in Port Kelp from 17-18 May 2031.",
            "2031-05-17/2031-05-18",
        ),
        ("We praise our two-day meeting held in Port Kelp on 18 May 2031.", "2031-05-18"),
        ("Our consultations were held in Port Kelp on 18 May 2031.", "2031-05-18"),
    ],
)
def test_our_meeting_is_the_event_that_the_document_is_about(text: str, date: str) -> None:
    text = f"The Tide Conference has ended. {text}"
    assert said(text, "HELD_ON") == [date]
    assert said(text, "HELD_IN") == ["place/port-kelp"]


@pytest.mark.parametrize(
    "text",
    [
        "We recall our last consultations held in Port Kelp on 18 May 2031.",
        "We recall our meeting with the Harbour Agency held in Port Kelp on 18 May 2031.",
        "We recall our consultations held in Port Kelp in May 2024.",
        "We recall the talks held in Port Kelp on 18 May 2031.",
        "Our consultations will be held in Port Kelp on 18 May 2031.",
    ],
)
def test_other_meetings_are_not(text: str) -> None:
    text = f"The Tide Conference has ended. {text}"
    assert [v for v in said(text, "HELD_ON") if v] == []


def test_an_instrument_that_the_document_is_has_the_date_of_its_signature() -> None:
    text = "The Reef Treaty is long.\n\nSigned at Port Kelp on May 18, 2031."
    assert said(text, "DATED", "Reef Treaty between friends") == ["2031-05-18"]
    assert said(text, "DATED", "Memorandum between friends") == []
    letter = "The Reef Treaty is long. They signed a letter on May 18, 2031."
    assert said(letter, "DATED", "Reef Treaty between friends") == []
