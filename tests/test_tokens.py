"""Tokens: names, dates and sums are one token each; what says nothing of the clause is left out."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.grammar.lexicon import lexicon
from loaders.grammar.tokens import tokenize
from tests.sentences import tokens


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Harbour Agency met.", ["the", "entity:harbour agency", "met", "stop:."]),
        ("The Harbour Agency (HA) met", ["the", "entity:harbour agency", "met"]),
        ("“Reef” boats [sic] sail", ["reef", "boats", "sail"]),
        ("Tidelandia’s boats", ["entity:tidelandia", "possessive:’s", "boats"]),
        ("the boats' crews", ["the", "boats", "possessive:'", "crews"]),
        ("$5 million for boats", ["money:$5 million", "for", "boats"]),
        ("on 3 May 2022, all", ["on", "date:3 May 2022", "comma:,", "all"]),
        ("more than 20 boats", ["number:20", "boats"]),
        ("as many as 20 boats", ["number:20", "boats"]),
        (
            "Lt. Col. Ada Kelp of the U.S. unit",
            ["lt.", "col.", "entity:ada kelp", "of", "the", "u.s.", "unit"],
        ),
        ("the Wave Register system", ["the", "entity:wave register"]),
        ("the Tidelandia government", ["the", "entity:tidelandia"]),
        ("the Tidelandia Government", ["the", "entity:tidelandia", "government"]),
        ("the Harbour Agency building", ["the", "entity:harbour agency", "building"]),
        ("according to Ada Kelp", ["according to", "entity:ada kelp"]),
        ("as well as Tidelandia", ["as well as", "entity:tidelandia"]),
        ("Ada Kelp, 27, sailed", ["entity:ada kelp", "comma:,", "sailed"]),
        ("Port Kelp — Tidelandia", ["entity:port kelp", "dash:—", "entity:tidelandia"]),
        ("boats; nets: all", ["boats", "semicolon:;", "nets", "colon::", "all"]),
        ("multi-agency effort", ["multi-agency", "effort"]),
        ("they don’t go", ["they", "don't", "go"]),
    ],
)
def test_a_text_has_these_tokens(text: str, wanted: list[str]) -> None:
    assert tokens(text) == wanted


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("abÉß .,;:()[]’'“”-–—$%/&\n1"), max_size=40))
def test_tokens_stand_in_order_and_within_the_text(text: str) -> None:
    found = tokenize(text, 0, len(text), (), (), (), lexicon())
    places = [(token.start, token.end) for token in found]
    assert all(start < end <= len(text) for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
