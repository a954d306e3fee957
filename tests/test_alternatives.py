"""Patterns of many words: they find what the words one after the other, the longest first, find."""

import re

from hypothesis import given
from hypothesis import strategies as st

from loaders.alternatives import any_of

WORDS = st.lists(st.text("ab .|", min_size=1, max_size=5).filter(lambda w: not w.isspace()), max_size=8)


def _one_after_the_other(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered) or "(?!)")


@given(WORDS, st.text("ab .|\n", max_size=40))
def test_finds_what_the_words_find(words: list[str], text: str) -> None:
    words = [word for word in words if "  " not in word]
    tree = re.compile(any_of(words))
    assert [m.span() for m in tree.finditer(text)] == [
        m.span() for m in _one_after_the_other(words).finditer(text)
    ]


def test_longest_word_wins_and_spaces_stretch() -> None:
    pattern = re.compile(rf"\b{any_of(['reef', 'reef guard', 'reefs'])}\b")
    assert pattern.findall("reef  guard, reefs, a reef and reefguards") == ["reef  guard", "reefs", "reef"]


def test_no_words_match_nothing() -> None:
    assert re.search(any_of([]), "any text") is None
