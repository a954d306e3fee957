"""Blocks, numbers and sentences of texts as web pages, wrapped files and Markdown have them."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.segments import HEADING, ITEM, PARAGRAPH, ROW, Block, segment
from loaders.sentences import sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text, 0, len(text))]


def outline(text: str) -> list[tuple[str, str | None, str]]:
    """Kind, number and words of each block."""
    return [(b.kind, b.number, text[b.body : b.end]) for b in segment(text)]


def numbers(text: str) -> list[str | None]:
    return [b.number for b in segment(text) if b.kind == ITEM]


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. Coast Guard sailed.",
        "On Nov. 16 St. Kelp and Lt. Col. Ray met Dr. Wrack.",
        "Held in Port Kelp, D.C. and streamed at 3 p.m. local time.",
        "J. P. Kelp of No. 4 Quay Rd. came, e.g. by boat.",
        "It cost 3.5 million. of course",
        "“Stop!” she said. and left",
        "The Caribbean-U.S. High Council met.",
        "Kelp Boats Inc. President Ray came to Port Kelp, W.I. Monday with a Ph.D. Student.",
        "Kelp et al. 2019 counted Nos. 3 and 4, see p. 5 and Res. 12, as of Sec. Wrack.",
        "Ret. Brig. Gen. Ray and the Hon. Kelp flew to Ft. Wrack on Tues. Nov. 3 at 10 a.m. Eastern.",
        "The bay grew by 3.5 to 4.25 square miles.",
        "“Sail on!” Captain Ray of the Wrack said.",
        "The council … Office of Boats [...] Bay is old . . . Kelp was there.",
        "1. Paint the boats.",
        "They are: 1. Paint the boats; 2. Sail the boats.",
        "Boats cost five (approx. €4.5) million.",
        "(b). Mend the nets.",
        "ST. KELP AND LT. COL. RAY",
    ],
)
def test_abbreviations_and_lower_case_end_no_sentence(text: str) -> None:
    assert split(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        ["They met in the U.S.", "The boats left."],
        ["He came.", "“Stop!” she said."],
        ["Is it so?", "It is!", "2024 will tell."],
        ["They said “No.”", "Nobody left (at all).", "So it goes…", "On it went."],
        [
            "They met in Nov.",
            "The boats left at 3 p.m.",
            "Afterwards they came on Main St.",
            "The rain fell.",
        ],
        [
            "He spoke to the DIR.",
            "Kelp left with Ray Jr.",
            "However, it rained at Wrack Inc.",
            "It is annex A.",
            "The end.",
        ],
        ["The boats are old.[12]", "The nets are new.3", "Rods are not.”²", "Nobody asked."],
        ["“Is it so?”", "Ray came from the bay and was wet.", "“It is.”", "Kelp said that it is."],
        ["It cost $3.5 million.", "That was in 2021.", "It was much."],
    ],
)
def test_sentences_end_where_the_next_one_begins(text: list[str]) -> None:
    assert split(" ".join(text)) == text


def test_items_nest_under_the_number_that_they_stand_under() -> None:
    text = (
        "We pledge to:\n\n1. Work on boats. To this end we commit to:\n\n- i. Paint them;\n- ii. Sail them.\n"
        "- iii. Sell them.\n\n"
        "2. Work on nets:\n- i. Mend them;\n  - a. the old;\n  - b. the new;\n- ii. Cast them.\n"
    )
    assert numbers(text) == ["1", "1.i", "1.ii", "1.iii", "2", "2.i", "2.i.a", "2.i.b", "2.ii"]
    blocks = segment(text)
    parents = [text[blocks[b.parent].body :][:7] for b in blocks if b.parent is not None and b.kind == ITEM]
    assert parents == ["Work on"] * 4 + ["Mend th"] * 2 + ["Work on"]


def test_bullets_are_counted_under_a_numbered_heading() -> None:
    text = (
        "1. To Build Boats\n\nWe will:\n\n* Saw wood.\n\n* Buy nails.\n\n"
        "2. To Sell Boats\n\nWe will:\n\n• Shout.\n"
    )
    assert outline(text)[0] == (HEADING, "1", "To Build Boats")
    items = [b for b in segment(text) if b.kind == ITEM]
    assert [(b.number, b.counted) for b in items] == [("1.1", True), ("1.2", True), ("2.1", True)]


def test_letters_go_on_where_a_roman_number_would_be_read() -> None:
    letters = "".join(f"({c}) Point {c};\n" for c in "fghijk")
    assert numbers(letters) == ["f", "g", "h", "i", "j", "k"]
    late = "".join(f"({c}) Point {c};\n" for c in "cde")
    assert numbers(late) == ["c", "d", "e"]
    romans = "".join(f"({c}) Point {c};\n" for c in ("i", "ii", "iii", "iv", "v", "vi"))
    assert numbers(romans) == ["i", "ii", "iii", "iv", "v", "vi"]


def test_decimal_numbers_keep_their_own_levels() -> None:
    text = "1. Boats:\n1.1. Paint them.\n1.2. Sail them.\n2. Nets:\n2.1. Mend them.\n"
    assert numbers(text) == ["1", "1.1", "1.2", "2", "2.1"]


def test_lines_wrapped_at_a_width_are_one_paragraph_and_short_lines_are_their_own() -> None:
    wrapped = (
        "Notes of the Harbour Council\n"
        "The council met on a rainy day and spoke for many hours about the\n"
        "boats of the bay, of which there are too few, and the nets, which\n"
        "are old.\n"
    )
    kinds = [(kind, words.split()[0]) for kind, _, words in outline(wrapped)]
    assert kinds == [(HEADING, "Notes"), (PARAGRAPH, "The")]


def test_what_a_page_break_tears_apart_is_put_together() -> None:
    long = "The council will go on working with all of the fishing people of the bay and of the "
    text = (
        f"- i. {long}northern\n\nislands beyond it;\n- ii. {long}southern reefs;\n\nWe thank you for this.\n"
    )
    items = [text[b.body : b.end] for b in segment(text) if b.kind == ITEM]
    assert items == [f"{long}northern\n\nislands beyond it;", f"{long}southern reefs;"]


def test_a_heading_at_the_end_of_an_item_is_taken_off() -> None:
    text = "- i. Paint the boats. With respect to the nets\n- ii. Mend the nets.\n"
    assert outline(text) == [
        (ITEM, "i", "Paint the boats."),
        (HEADING, None, "With respect to the nets"),
        (ITEM, "ii", "Mend the nets."),
    ]


def test_markdown_headings_and_rules() -> None:
    text = "# The *Bay*\n\nSome words here.\n\n---\n\n## 2. Nets\n\n- old\n- new\n"
    assert outline(text) == [
        (HEADING, None, "The *Bay*"),
        (PARAGRAPH, None, "Some words here."),
        (HEADING, "2", "Nets"),
        (ITEM, "2.1", "old"),
        (ITEM, "2.2", "new"),
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "\n---\n"])
def test_nothing_gives_no_blocks(text: str) -> None:
    assert segment(text) == ()


PIECES = st.sampled_from(
    [
        "\n",
        "\n\n",
        " ",
        "- ",
        "* ",
        "1. ",
        "i. ",
        "(a) ",
        "# ",
        "Boats. ",
        "the nets",
        ";",
        ":",
        "U.S. ",
        "**B**",
        "| a | b. C |",
        "|---|---|",
        "|",
        "– ",
        "word ",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_blocks_stand_in_order_and_hold_all_letters(text: str) -> None:
    blocks: tuple[Block, ...] = segment(text)
    for before, after in pairwise(blocks):
        assert before.end <= after.start
    outside = text
    for index, block in enumerate(reversed(blocks)):
        assert block.start <= block.body <= block.end
        assert block.parent is None or block.parent < len(blocks) - 1 - index
        outside = outside[: block.start] + outside[block.end :]
    assert not any(c.isalnum() for c in outside)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200)))
def test_every_word_stands_in_one_sentence_of_one_block(text: str) -> None:
    found = []
    for block in segment(text):
        last = block.body
        found += words_of(text[block.start : block.body])
        for start, end in block.sentences:
            assert last <= start < end <= block.end
            last = end
            found += words_of(text[start:end])
    assert found == words_of(text)


def test_rows_of_tables_stand_under_their_head() -> None:
    text = (
        "# Boats\n\n| Year | Boats |\n|---|:-:|\n| 2021 | They are old. So they are. |\n"
        "| | |\n| 2022 | a\\|b |\n\n| x | y |\nAnd more text.\n"
    )
    blocks = segment(text)
    assert [(b.kind, b.parent, text[b.body : b.end]) for b in blocks[1:]] == [
        (ROW, 0, "Year | Boats"),
        (ROW, 1, "2021 | They are old. So they are."),
        (ROW, 1, "2022 | a\\|b"),
        (ROW, 0, "x | y"),
        (PARAGRAPH, 0, "And more text."),
    ]
    cells = [text[start:end] for start, end in blocks[2].sentences]
    assert cells == ["2021", "They are old.", "So they are."]


def test_initials_and_dashes_begin_no_items() -> None:
    wrapped = (
        "The council met in the bay and spoke of the boats of the north\n"
        "- all of them old ones, as it was said by many of the people in\n"
        "the harbour.\n"
    )
    assert [kind for kind, _, _ in outline("J. P. Kelp came by.\n\n" + wrapped)] == [PARAGRAPH, PARAGRAPH]
    assert numbers("1. U.S. boats.\n2. W. I. boats.\n") == ["1", "2"]
    assert numbers("We saw:\n- old boats;\n- new nets.\n") == ["1", "2"]
