"""PDF files: paragraphs from lines, divided words, headers and footers, columns, and files without text."""

import zlib
from pathlib import Path

import pytest

from loaders.formats import pdf as reader
from loaders.formats import pdf_process as process
from loaders.segments import HEADING, ITEM, segment
from schema.errors import DataError
from tests.made_pdf import Line, column, pdf

PATH = Path("boats.pdf")
LONG = [
    "The harbour office met on a rainy day and spoke of the coopera-",
    "tion of all the boats, the nets and the long winter in the US-",
    "Caribbean bay. It spoke for many hours and was glad of the rain,",
    "which had not come for a long time.",
]
WHOLE = (
    "The harbour office met on a rainy day and spoke of the cooperation of all the boats, the nets and the "
    "long winter in the US-Caribbean bay. It spoke for many hours and was glad of the rain, which had not "
    "come for a long time."
)


def text(*pages: list[Line]) -> str:
    return reader.read(PATH, pdf(pages)).text


def parts(*pages: list[Line]) -> list[str]:
    return text(*pages).split("\n\n")


def message(data: bytes) -> str:
    with pytest.raises(DataError) as caught:
        reader.read(PATH, data)
    (fault,) = caught.value.faults
    assert fault.mend
    assert "\n" not in str(fault)
    return fault.message


def test_lines_are_joined_to_paragraphs_and_divided_words_are_whole() -> None:
    assert parts(column([*LONG, "", *LONG])) == [WHOLE, WHOLE]


def test_a_hyphen_stays_that_the_document_writes_elsewhere() -> None:
    lines = [
        "A long-term plan of the harbour council was made for all of long-",
        "term needs of the boats and for the law of the bay, and the sea-",
        "side is a part of it.",
    ]
    assert "of long-term needs" in text(column(lines))
    assert "the seaside is" in text(column(lines))


def test_a_paragraph_ends_with_a_short_line_or_where_the_next_is_indented() -> None:
    short = "It is so."
    second = [Line(90, 640, "A new paragraph is indented and it goes on to the end of line")]
    third = column(["and on."], y=628)
    lines = column([*LONG[:3], short]) + column(
        ["Another one begins without any room above it, as is seen"], y=652
    )
    assert len(parts(lines + second + third)) == 3
    assert parts(lines + second + third)[-1].endswith("to the end of line and on.")


def test_a_paragraph_goes_on_over_the_page() -> None:
    pages = (column(LONG[:2], y=140), column(LONG[2:], y=700))
    assert parts(*pages) == [WHOLE]


def test_running_heads_feet_and_page_numbers_are_left_out() -> None:
    def page(number: int, *lines: Line) -> list[Line]:
        head = Line(72, 760, "Harbour Council Notes", 8)
        return [head, *lines, Line(290, 40, f"Page {number} of 3", 8)]

    title = Line(200, 730, "Harbour Council Notes", 18)
    whole = text(page(1, title, *column(LONG)), page(2, *column(LONG)), page(3, *column(LONG)))
    assert whole == "\n\n".join(["# Harbour Council Notes", WHOLE, WHOLE, WHOLE])
    assert text([*column(LONG), Line(300, 40, "- 1 -")]) == WHOLE
    # The number of a year is no page number, and what stands on one page only is no running head.
    assert text([Line(72, 760, "Boats 2021"), *column(LONG)]).startswith("Boats 2021")


def test_headings_are_larger_or_bold() -> None:
    lines = [
        Line(180, 730, "New Boats for", 18),
        Line(180, 710, "the Whole Bay", 18),
        *column(LONG, y=680),
        Line(72, 620, "1. Nets", bold=True),
        *column(LONG, y=600),
    ]
    capture = text(lines)
    assert capture == f"# New Boats for the Whole Bay\n\n{WHOLE}\n\n## 1. Nets\n\n{WHOLE}"
    assert [(b.kind, b.number) for b in segment(capture) if b.kind == HEADING] == [
        (HEADING, None),
        (HEADING, "1"),
    ]


def test_items_keep_their_numbers_and_depth() -> None:
    lines = [
        *column(
            [
                "We pledge to:",
                "1. Paint the boats that are in the northern bay and have not",
                "   been for years:",
            ]
        ),
        Line(90, 664, "(a) the old ones;"),
        Line(90, 652, "(b) the new ones."),
        *column(["2. Sail them."], y=640),
        Line(90, 628, "\u2022"),
        Line(108, 628, "fast, as it has always been done in this bay and on this"),
        Line(108, 616, "side of it; and"),
        Line(108, 604, "o"),
        Line(126, 604, "with a flag;"),
        Line(90, 592, "\u2022"),
        Line(108, 592, "far."),
    ]
    capture = text(lines)
    items = [(b.number, capture[b.body : b.end]) for b in segment(capture) if b.kind == ITEM]
    assert items == [
        ("1", "Paint the boats that are in the northern bay and have not been for years:"),
        ("1.a", "the old ones;"),
        ("1.b", "the new ones."),
        ("2", "Sail them."),
        ("2.1", "fast, as it has always been done in this bay and on this side of it; and"),
        ("2.1.1", "with a flag;"),
        ("2.2", "far."),
    ]


LEFT = [
    "The left column of text",
    "goes on for some lines of",
    "the page and then ends in",
    "the middle of one and",
]
RIGHT = ["goes on at the right side", "as columns do, until it is", "over and done with at the", "end."]
COLUMNS = " ".join(LEFT + RIGHT)


def test_columns_are_read_one_after_the_other() -> None:
    left, right = column(LEFT), column(RIGHT, x=330)
    assert text(left + right) == COLUMNS
    assert text([line for pair in zip(left, right, strict=True) for line in pair]) == COLUMNS


def test_a_row_of_cells_stays_one_line() -> None:
    rows = [("Year", "Boats"), ("2021", "14"), ("2022", "1,005")]
    lines = [
        Line(x, 700 - 20 * n, cell)
        for n, row in enumerate(rows)
        for x, cell in zip((72, 250), row, strict=True)
    ]
    assert parts(lines) == ["Year Boats", "2021 14", "2022 1,005"]


def test_notes_stand_at_the_end_and_their_marks_nowhere() -> None:
    first, second = "It rained on all the boats of the bay and on nets", "and rods, all of them old."
    lines = [Line(72, 700, first), Line(72 + 6 * len(first), 703, "1", 8.4), Line(72, 688, second)]
    notes = [
        Line(72, 102, "1 See the list of", 8),
        Line(72, 92, "all boats.", 8),
        Line(72, 82, "2 Or not.", 8),
    ]
    whole = f"{first} {second}"
    assert parts(lines + notes, lines) == [whole, whole, "1 See the list of all boats.", "2 Or not."]


def test_spaces_of_a_justified_line_part_no_cells() -> None:
    words = [Line(x, 688, word) for x, word in ((72, "lie"), (250, "quietly"), (470, "there"))]
    lines = [Line(72, 700, "The boats of the bay and all of the nets that it has are old and "), *words]
    assert text([*lines, Line(72, 676, "at night.")]) == (
        "The boats of the bay and all of the nets that it has are old and lie quietly there at night."
    )


def test_properties_say_title_and_language_and_no_date() -> None:
    info = {"Title": "Boats of the Bay", "Author": "Kelp", "CreationDate": "D:20210504100000Z"}
    data = pdf([column(LONG)], info, language="en-US")
    assert reader.read(PATH, data).metadata.attributes == {"title": "Boats of the Bay", "language": "en"}
    for title in ("Microsoft Word - boats final.docx", "boats.pdf", "untitled", "  "):
        assert reader.read(PATH, pdf([column(LONG)], {"Title": title})).metadata.attributes == {}


def test_a_file_without_text_says_why() -> None:
    assert message(pdf([[], []], picture=True)) == "is a scan: pages 1, 2 hold pictures and no text"
    assert message(pdf([[]])) == "is a PDF file without text"
    assert message(pdf([])) == "is a PDF file that is damaged"
    assert message(pdf([column(LONG)], encrypted=True)) == "is encrypted with a password"
    whole = pdf([column(LONG)])
    assert message(whole[: len(whole) * 3 // 4]) == "is a PDF file that is cut off: its end is missing"
    assert message(whole[:400] + b"\n%%EOF") == "is a PDF file that is damaged"
    assert message(b"Boats") == "is no PDF file, whatever its ending says"
    assert message(b"\n<!DOCTYPE html><html>") == "is an HTML page, whatever its ending says"
    assert message(b"PK\x03\x04").endswith("ZIP archive, whatever its ending says")


def test_a_file_that_unpacks_without_end_takes_little_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_MEMORY", 300_000_000)
    unit = b"q " * 500_000
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(unit) for _ in range(100)), packer.flush()])
    assert len(packed) < 200_000
    assert message(pdf([[]], packed=packed)).startswith("is a PDF file that cannot be read within")


def test_scanned_pages_among_others_are_told(caplog: pytest.LogCaptureFixture) -> None:
    data = pdf([column(LONG), []], picture=True)
    assert reader.read(PATH, data).text == WHOLE
    assert "page 2: pictures without text, left out" in caplog.text


def test_pages_and_characters_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_PAGES", 2)
    assert message(pdf([column(LONG)] * 3)) == "has 3 pages, more than the 2 that a document may have"
    monkeypatch.setattr(reader, "MOST_CHARACTERS", 100)
    assert message(pdf([column(LONG)])) == "has more than the 100 characters that a document may have"


def test_the_same_file_gives_the_same_text() -> None:
    data = pdf([column(LONG), column(LEFT) + column(RIGHT, x=330)])
    assert reader.read(PATH, data) == reader.read(PATH, data)
