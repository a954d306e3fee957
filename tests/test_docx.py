"""Word files: headings, lists with the numbers that Word shows, tables, changes, notes, and damaged files."""

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument

from loaders.formats import docx
from loaders.formats.content import Content
from loaders.segments import HEADING, ITEM, ROW, segment
from schema.errors import DataError
from tests.made_docx import body, item, saved, with_lists, with_notes

PATH = Path("boats.docx")
LEGAL = [("decimal", "%1."), ("lowerRoman", "%2."), ("lowerLetter", "(%3)")]


def read(document: WordDocument) -> Content:
    return docx.read(PATH, saved(document))


def numbers(text: str) -> list[str | None]:
    return [block.number for block in segment(text) if block.kind == ITEM]


def message(data: bytes) -> str:
    with pytest.raises(DataError) as caught:
        docx.read(PATH, data)
    (fault,) = caught.value.faults
    assert fault.mend
    assert "\n" not in str(fault)
    return fault.message


def test_headings_paragraphs_and_properties() -> None:
    document = Document()
    document.add_heading("New Boats", 0)
    document.add_heading("The Bay", 1)
    document.add_paragraph("The council\tmet in the\u00a0rain.")
    document.add_paragraph("").add_run("Old Nets").bold = True
    document.add_paragraph("They are old.")
    document.core_properties.title = "Boats of the Bay"
    document.core_properties.author = "Kelp"
    document.core_properties.language = "en-GB"
    content = read(document)
    assert content.text.split("\n\n") == [
        "# New Boats",
        "## The Bay",
        "The council met in the rain.",
        "**Old Nets**",
        "They are old.",
    ]
    assert [b.kind for b in segment(content.text)].count(HEADING) == 3
    # Neither the author nor the dates of the file say who published the document, and when.
    assert content.metadata.attributes == {"title": "Boats of the Bay", "language": "en"}


def test_numbers_are_those_that_word_shows() -> None:
    document = with_lists({1: LEGAL})
    for text, level in (
        ("Boats:", 0),
        ("paint;", 1),
        ("sail;", 1),
        ("fast;", 2),
        ("slow;", 2),
        ("Nets:", 0),
        ("mend;", 1),
    ):
        item(document, text, 1, level)
    text = read(document).text
    assert text.split("\n") == [
        "1. Boats:",
        "  i. paint;",
        "  ii. sail;",
        "    (a) fast;",
        "    (b) slow;",
        "2. Nets:",
        "  i. mend;",
    ]
    assert numbers(text) == ["1", "1.i", "1.ii", "1.ii.a", "1.ii.b", "2", "2.i"]


def test_levels_that_show_the_numbers_above_them() -> None:
    document = with_lists({1: [("upperRoman", "%1."), ("decimal", "%1.%2.")]})
    for text, level in (("Boats", 0), ("paint", 1), ("Nets", 0), ("mend", 1), ("cast", 1)):
        item(document, text, 1, level)
    assert [line.split()[0] for line in read(document).text.split("\n")] == [
        "I.",
        "I.1.",
        "II.",
        "II.1.",
        "II.2.",
    ]


def test_a_list_goes_on_after_a_paragraph_and_another_one_starts_anew() -> None:
    document = with_lists({1: LEGAL, 2: LEGAL, 3: [("bullet", "\uf0b7"), ("bullet", "o")]}, {2: 5})
    item(document, "Boats.", 1)
    document.add_paragraph("A word between.")
    item(document, "Nets.", 1)
    item(document, "Rods.", 2)
    item(document, "Hooks.", 2)
    item(document, "red", 3)
    item(document, "dark red", 3, 1)
    lines = [line for line in read(document).text.split("\n") if line]
    assert lines == [
        "1. Boats.",
        "A word between.",
        "2. Nets.",
        "5. Rods.",
        "6. Hooks.",
        "* red",
        "  * dark red",
    ]


def test_a_label_without_a_stop_gets_one_and_a_list_without_labels_is_prose() -> None:
    document = with_lists({1: [("decimal", "%1")], 2: [("none", "")]})
    item(document, "Boats", 1)
    item(document, "Nets", 2)
    assert read(document).text == "1. Boats\n\nNets"


def test_numbers_of_a_style_count_headings() -> None:
    document = Document()
    document.add_paragraph("Boats.", style="List Number")
    document.add_paragraph("red", style="List Bullet 2")
    document.add_paragraph("Nets.", style="List Number")
    assert numbers(read(document).text) == ["1", "1.1", "2"]


def test_tables_are_rows_with_their_head() -> None:
    document = Document()
    document.add_paragraph("Boats by year.")
    table = document.add_table(3, 3)
    rows = [("Year", "Boats", "Nets"), ("2021", "14", "a|b"), ("2022", "1,005", "")]
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    table.cell(2, 1).merge(table.cell(2, 2))
    text = read(document).text
    assert text.split("\n\n")[1].split("\n") == [
        "| Year | Boats | Nets |",
        "|---|---|---|",
        "| 2021 | 14 | a\\|b |",
        "| 2022 | 1,005 |  |",
    ]
    blocks = segment(text)
    assert [(b.kind, b.parent) for b in blocks[1:]] == [(ROW, None), (ROW, 1), (ROW, 1)]


def test_a_table_that_lays_out_a_page_is_prose() -> None:
    document = Document()
    left, right = document.add_table(1, 2).rows[0].cells
    for text in ("The boats are old.", "The nets are new.", "It rained.", "It stopped."):
        left.add_paragraph(text)
    right.text = "A word beside."
    assert "|" not in read(document).text
    assert read(document).text.endswith("It stopped.\n\nA word beside.")


def test_insertions_are_in_deletions_and_hidden_words_are_out() -> None:
    document = Document()
    body(
        document,
        "<w:p><w:r><w:t>The </w:t></w:r><w:del><w:r><w:delText>old</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> secret</w:t></w:r>"
        "<w:r><w:instrText> PAGE </w:instrText></w:r><w:r><w:noBreakHyphen/><w:t>ish boat</w:t></w:r></w:p>",
    )
    body(
        document, "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a control.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    assert read(document).text == "The new-ish boat\n\nIn a control."


def test_headers_and_contents_are_left_out_and_footnotes_stand_at_the_end() -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Harbour Council"
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("The Bay 3", style="toc 1")
    document.add_paragraph("The boats are old.")
    assert (
        docx.read(PATH, with_notes(saved(document), ["See the list."])).text
        == "The boats are old.\n\nSee the list."
    )


def test_the_same_file_gives_the_same_text() -> None:
    document = with_lists({1: LEGAL})
    item(document, "Boats.", 1)
    data = saved(document)
    assert docx.read(PATH, data) == docx.read(PATH, data)


def zipped(**files: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def test_a_file_that_is_no_word_file_is_one_line() -> None:
    good = saved(Document())
    assert message(good) == "is a Word file without text"
    assert message(good[: len(good) // 2]) == "is a Word file that is damaged or cut off"
    assert message(b"Boats") == "is no Word file, whatever its ending says"
    assert message(b"%PDF-1.7 ") == "is a PDF file, whatever its ending says"
    assert message(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").startswith("is an old or encrypted Office file")
    assert message(zipped(xl__workbook=b"x")) == "is a ZIP archive and no Word file"
    assert message(zipped(**{"word__document.xml": b"<w"})).startswith("is a Word file that is damaged")


def test_a_file_that_unpacks_without_end_is_not_unpacked() -> None:
    bomb = zipped(**{"word__document.xml": b" " * (docx.MOST_UNPACKED + 1)})
    assert len(bomb) < 200_000
    assert "more than the 100,000,000" in message(bomb)


def test_entities_of_xml_are_not_expanded() -> None:
    good = saved(Document())
    laughs = b'<!DOCTYPE d [<!ENTITY a "boat">%s]>' % b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
    )
    xml = laughs + b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    xml += b"<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>"
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))
    assert message(file.getvalue()).startswith("is a Word file")
