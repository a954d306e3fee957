"""The matcher: offsets, whole words, case rules, spaces, dashes, quotation marks and accents."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import fold
from loaders.names.matcher import Matcher, leftmost_longest
from loaders.register import ANY, EXACT, TITLE, Name
from loaders.spellings import spellings

TITLED = ["Harbour Council", "Bay", "Bay Watch", "Attaché Office", "Curacelo Bay", "Kelp & Reef", "O'Wrack"]
NAMES = [
    *(Name(text, f"unit/{number}", TITLE) for number, text in enumerate(TITLED)),
    Name("HC", "unit/hc", EXACT),
    Name("US", "country/us", EXACT),
    Name("shell smuggling", "topic/shells", ANY),
    Name("Мол", "unit/mole", TITLE),
]
MATCHER = Matcher(NAMES)


def words(text: str, matcher: Matcher = MATCHER) -> list[str]:
    hits = matcher.longest(text)
    return [text[start:end] for start, end, _ in hits]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("the Harbour Council’s, HARBOUR COUNCIL'S", ["Harbour Council", "HARBOUR COUNCIL"]),
        ("harbour council, Harbour council, hArbour Council", []),
        ("Harbour\u00a0Council, Harbour\u2011Council, Harbour–Council", 3),
        ("Harbour\nCouncil; Harbour   Council; Harbour \r\n Council; Harbour - Council", 4),
        ("Harbour\n\nCouncil; Harbour\n \nCouncil; Harbour\r\n\r\nCouncil; Harbour\n• Council", []),
        ("Attache Office, ATTACHÉ OFFICE, Attaché Office, Attache\u0301 Office", 4),
        ("Cúracelo Bay and Curacęlo Bay", ["Cúracelo Bay", "Curacęlo Bay"]),
        ("O’Wrack, O'Wrack, O‘Wrack and O`Wrack", 4),
        ("“Bay” «Bay» (Bay) [Bay] /Bay/ *Bay* Bay.", 7),
        ("Bays, Bay_, _Bay, 3Bay, Bay3, éBay, Bayé, яBay, Bayя, Bay$", []),
        ("🌊Bay🌊 and ？Bay?", ["Bay", "Bay"]),
        ("Shell Smuggling, sHELL sMUGGLING, shell\nsmuggling, shell smugglings", 4),
        ("us, Us and the US", ["US"]),
        ("Kelp & Reef, Kelp and Reef", 2),
        ("Мол, МОЛ and мол", ["Мол", "МОЛ"]),
    ],
)
def test_ways_to_write_a_name(text: str, wanted: list[str] | int) -> None:
    got = words(text)
    assert (len(got) if isinstance(wanted, int) else got) == wanted


def test_a_longer_name_that_fails_does_not_hide_shorter_ones() -> None:
    assert words("Bay Watches, Bay watch, Bay\nWatch") == ["Bay", "Bay", "Bay\nWatch"]
    nested = Matcher(
        [Name(t, f"unit/{t}", TITLE) for t in ("Bay Harbour Council", "Harbour Council of Kelp")]
    )
    assert words("Bay Harbour Councils, Bay harbour Council, BAY Harbour Council of Kelp", nested) == [
        "Harbour Council of Kelp"
    ]


def test_marks_of_the_last_letter_belong_to_the_name() -> None:
    cafe = Matcher([Name("Café", "unit/cafe", TITLE)])
    text = "a  Cafe\u0301 here"
    assert words(text, cafe) == ["Cafe\u0301"]


def test_control_characters_stand_for_no_letter() -> None:
    mole = Matcher([Name("Я", "unit/mole", EXACT)])
    controls = " ".join(chr(code) for code in (*range(32), *range(127, 160)))
    assert words(f"{controls} Я?", mole) == ["Я"]


def test_a_name_right_behind_one_that_is_none_is_found() -> None:
    shop = Matcher([Name("U.S. Reef", "unit/reef", EXACT), Name("U.S.", "unit/us", EXACT)])
    assert words("U.S.Reef, U.S. Reefs, U.S./U.S. Reef", shop) == ["U.S.", "U.S.", "U.S. Reef"]
    bay = Matcher([Name("Kelp Co.", "unit/kelp", EXACT), Name("Bay", "unit/bay", EXACT)])
    assert words("Kelp Co.Bay", bay) == ["Bay"]


def test_find_gives_names_inside_names() -> None:
    text = "The Bay  Watch"
    assert sorted(text[start:end] for start, end, _ in MATCHER.find(text)) == ["Bay", "Bay  Watch"]


def test_a_matcher_of_nothing_finds_nothing() -> None:
    assert Matcher([]).longest("Bay \0\0") == []
    assert Matcher([]).find("") == []


PIECES = st.sampled_from(
    (
        *TITLED,
        *(name.upper() for name in TITLED),
        *("HC", "hc", "us", "US", "Shell smuggling", "Attache Office", "Mole", "Bay Harbour"),
        *(" ", " ", "\n", "\n\n", "  ", "-", "– ", "’s ", "'", ".", ",", "?"),
        *("é", "e\u0301", "İ", "ß", "🌊", "я", "_", "3"),
    )
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=40), st.lists(PIECES, max_size=25).map("".join))
FOLDED = {
    name.entity: {fold(form + end) for form in spellings(name.text) for end in ("", "s")} for name in NAMES
}


@given(TEXTS)
def test_offsets_slice_to_the_name_and_nothing_overlaps(text: str) -> None:
    hits = MATCHER.longest(text)
    for one, other in pairwise(hits):
        assert one[1] <= other[0]
    for start, end, entities in hits:
        assert all(fold(text[start:end]) in FOLDED[entity] for entity in entities)
        assert start == 0 or not text[start - 1].isalnum()
        assert not text[end : end + 1].isalnum()


@given(TEXTS)
def test_the_longest_are_those_of_all(text: str) -> None:
    assert MATCHER.longest(text) == leftmost_longest(MATCHER.find(text))


@given(TEXTS, st.sampled_from(["A tide rose. ", "Été  \u0301 ", "🌊 я?\n\n", "many  -  waves "]))
def test_text_in_front_moves_the_offsets_only(text: str, front: str) -> None:
    moved = [(start + len(front), end + len(front), who) for start, end, who in MATCHER.longest("|" + text)]
    assert MATCHER.longest(front + "|" + text) == moved
