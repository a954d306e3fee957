"""Parentheses behind names that say something of them."""

import pytest

from tests.sentences import statements


@pytest.mark.parametrize(
    ("aside", "said"),
    [
        (
            "(approved by the Tide Council in May 2021)",
            ["Reef Treaty | DATED | 2021-05", "Tide Council | ADOPTED | Reef Treaty | date=2021-05"],
        ),
        (
            "(RT) (approved by the Tide Council (TC) in May 2021)",
            ["Reef Treaty | DATED | 2021-05", "Tide Council | ADOPTED | Reef Treaty | date=2021-05"],
        ),
        ("(signed in 2021)", ["Reef Treaty | DATED | 2021"]),
        ("(which was signed in 2021)", ["Reef Treaty | DATED | 2021"]),
        ("(not yet signed by Tidelandia)", []),
        ("(to be signed in 2023)", []),
        ("(see the talks in 2021)", []),
        ("(helped by friends)", []),
    ],
)
def test_a_parenthesis_tells_of_the_name_before_it(aside: str, said: list[str]) -> None:
    assert statements(f"The Reef Treaty {aside} is short.") == said


@pytest.mark.parametrize(
    "text",
    [
        "The report on the Reef Treaty (adopted by the Tide Council) was long.",
        "The Reef Treaty (adopted in principle by the Tide Council) was long.",
        "The Reef Treaty (adopted, it says, by the Tide Council) was long.",
        "The planned Reef Treaty (adopted by the Tide Council) was long.",
    ],
)
def test_a_parenthesis_about_something_else_or_in_doubt_tells_nothing(text: str) -> None:
    assert statements(text) == []


def test_the_sentence_goes_on_past_a_parenthesis() -> None:
    text = "The Reef Unit (established by the Harbour Agency in 2021) supports Tidelandia."
    assert statements(text) == [
        "Harbour Agency | ESTABLISHED | Reef Unit | date=2021",
        "Reef Unit | DATED | 2021",
        "Reef Unit | SUPPORTS | Tidelandia",
    ]
