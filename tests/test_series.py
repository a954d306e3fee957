"""The next one of a numbered series of the register is as real as those that the register has."""

import pytest

from graph.records import Entity
from loaders.names.ordinals import beside
from loaders.reading import Reading, read_text
from tests.marked_texts import SCHEMA, register, source

KNOWN = register(
    Entity("dialogue/1", ("Dialogue",), "First Reef Security Dialogue", ("First Dialogue",)),
    Entity("dialogue/2", ("Dialogue",), "Second Reef Security Dialogue", ("Second Dialogue",)),
    Entity("event/kelp-fair-2019", ("Event",), "Third Kelp Fair"),
)


def read(text: str) -> Reading:
    return read_text(source(text, published="2031-06-15"), KNOWN, SCHEMA)


def named(text: str) -> dict[str, str]:
    reading = read(text)
    return {reading.text[m.start : m.end]: m.entity for m in reading.mentions(0, len(reading.text))}


def test_the_next_dialogue_is_real() -> None:
    reading = read("They met at the Third Reef Security Dialogue in May.")
    assert reading.dialogue == reading.event == "dialogue/3"
    assert reading.entity("dialogue/3").types == ("Dialogue",)
    assert "mention/next-of-series@1" in {m.rule for m in reading.mentions(0, len(reading.text))}


def test_those_that_the_register_has_stay() -> None:
    assert (
        named("They met at the Second Reef Security Dialogue.")["Second Reef Security Dialogue"]
        == "dialogue/2"
    )


@pytest.mark.parametrize("words", ["Fourth Dialogue", "21st Dialogue"])
def test_a_short_name_goes_with_the_series_that_the_text_names(words: str) -> None:
    number = {"Fourth Dialogue": "dialogue/4", "21st Dialogue": "dialogue/21"}[words]
    assert named(f"At the Third Reef Security Dialogue they planned the {words}.")[words] == number
    assert number not in named(f"They planned the {words}.").values()


def test_a_series_without_numbered_ids_gives_a_candidate() -> None:
    found = named("The Fourth Kelp Fair opened.")["Fourth Kelp Fair"]
    assert found.startswith("candidate/")


@pytest.mark.parametrize("word", ["In", "Laws", "Vice", "Xylophones", "XLX", "IL"])
def test_a_word_that_begins_like_a_roman_number_is_none(word: str) -> None:
    found = named(f"The Reef Security Dialogue {word} Port Kelp.").values()
    assert not any(entity.startswith("dialogue/") for entity in found)
    assert beside("The ", f" {word} Port Kelp").marks == frozenset()
