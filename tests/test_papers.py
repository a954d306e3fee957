"""The instrument that a document is, and who adopted it."""

import pytest

from loaders.extract import extract
from loaders.papers import is_statement, titled_instrument
from loaders.reading import read_text
from tests.marked_texts import SCHEMA, entity, register, said, source

STATEMENT = "instrument/joint-statement-of-the-2031-tide-conference"
KNOWN = register(
    entity("Joint Statement of the 2031 Tide Conference", "Instrument"),
    entity("Second Tide Conference", "Dialogue", "2031 Tide Conference"),
    entity("Third Tide Conference", "Dialogue"),
    entity("Reef Treaty", "Instrument"),
    entity("Tidelandia", "Country"),
    entity("Reefland", "Country"),
)
TITLE = "Joint Statement of the Second Tide Conference"
RELEASED = (
    "This statement was issued by the Government of Tidelandia and the Government of Reefland on the "
    "occasion of the Second Tide Conference."
)


@pytest.mark.parametrize(
    ("title", "instrument"),
    [
        ("Joint Statement of the 2031 Tide Conference", STATEMENT),
        (TITLE, STATEMENT),
        ("Joint Statement of the Third Tide Conference", None),
        ("Reef Treaty (excerpt)", "instrument/reef-treaty"),
        ("Reef Treaty: a summary", None),
        ("Reef Treaty turns ten", None),
        ("Reef Treaty Turns Ten", None),
        ("Reef Treaty Kelpian-Tidelandian Cooperation", "instrument/reef-treaty"),
        ("Notes on the Second Tide Conference", None),
    ],
)
def test_a_title_names_an_instrument_by_any_name_of_its_event(title: str, instrument: str | None) -> None:
    assert titled_instrument(title, KNOWN, SCHEMA) == instrument


def test_a_statement_is_not_the_treaty_that_it_speaks_of() -> None:
    text = "It rained. Boats came.\n\nPeople were there.\n\nThey left.\n\nThe Reef Treaty was praised."
    assert read_text(source(text, "Notes of May"), KNOWN, SCHEMA).paper is None
    text = "The Reef Treaty was praised. It was praised twice."
    assert read_text(source(text, "Notes of May"), KNOWN, SCHEMA).paper == "instrument/reef-treaty"
    unknown = "Joint Statement of the Third Tide Conference"
    assert is_statement(unknown)
    assert read_text(source(text, unknown), KNOWN, SCHEMA).paper is None


def test_a_memorandum_is_the_one_that_its_title_names_and_was_signed_by_who_signed() -> None:
    text = (
        "This memorandum of understanding (MOU) rests on the Reef Treaty.\n\n"
        "Signed at Port Kelp on 4 May 2031 by Ada Kelp, Minister of Ports of Tidelandia."
    )
    document = source(text, "Memorandum of Understanding between Tidelandia and Reefland")
    made = extract(document, KNOWN, SCHEMA)
    signed = {s.object for s in said(made, "SIGNED")}
    assert len(signed) == 1
    assert "memorandum-of-understanding" in str(signed)


def test_those_who_release_it_and_the_dialogue_of_that_clause_adopted_it() -> None:
    found = said(extract(source(RELEASED, TITLE), KNOWN, SCHEMA), "ADOPTED")
    assert {(s.subject, s.object) for s in found} == {
        ("country/tidelandia", STATEMENT),
        ("country/reefland", STATEMENT),
        ("dialogue/second-tide-conference", STATEMENT),
    }
    alone = RELEASED.replace(" on the occasion of the Second Tide Conference", "")
    again = f"{alone} The Second Tide Conference was long."
    subjects = {s.subject for s in said(extract(source(again, TITLE), KNOWN, SCHEMA), "ADOPTED")}
    assert subjects == {"country/tidelandia", "country/reefland"}
