"""The theme of an event is what stands in quotation marks behind the word."""

import pytest

from loaders.extract import extract
from loaders.themes import HAS_THEME
from tests.marked_texts import SCHEMA, source
from tests.sentences import KNOWN


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "The First Tide Conference, under the theme “Boats for All,” was held in Port Kelp.",
            ["Boats for All"],
        ),
        ("The theme of the First Tide Conference was “One Reef, One Law”.", ["One Reef, One Law"]),
        ('The First Tide Conference opened. Its theme is "Boats for All".', ["Boats for All"]),
        ("The First Tide Conference had no theme, and “Boats for All” was a song.", []),
        ("The Harbour Agency chose the theme “Boats for All”.", []),
    ],
)
def test_an_event_has_the_theme_that_is_quoted(text: str, said: list[str]) -> None:
    found = extract(source(text, published="2022-06-15"), KNOWN, SCHEMA).statements
    themes = [s for s in found if s.predicate == HAS_THEME]
    assert [s.value for s in themes] == said
    assert {s.subject for s in themes} <= {"event/first-tide-conference"}
