"""Word files (DOCX): headings, paragraphs, lists with their numbers, tables as rows, footnotes at the end."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from loaders.formats.content import Content, unreadable
from loaders.formats.decoding import what_else
from loaders.formats.docx_numbering import BULLET, Numbering
from loaders.formats.docx_styles import Styles
from loaders.metadata import read_properties

# What the parts of a file may have when they are unpacked.
MOST_UNPACKED = 100_000_000
# A part of XML takes many times its size in memory.
MOST_XML = 40_000_000
_MAIN = "word/document.xml"
_ENCRYPTED = 0x1
_LONGEST_HEADING = 200
# A table with a cell of so many paragraphs lays out a page and holds no figures.
_PROSE_CELL = 4

_SKIPPED = {
    qn(name) for name in ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:sectPr", "w:instrText", "w:txbxContent")
} | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_SIGNS = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_HOLDERS = {qn(name) for name in ("w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo")}
_P, _TBL, _TR, _TC, _R, _T = (qn(name) for name in ("w:p", "w:tbl", "w:tr", "w:tc", "w:r", "w:t"))
_LIST, _ROWS = "list", "rows"
_ON = (None, "1", "true", "on")


@dataclass(frozen=True, slots=True)
class _Part:
    """A paragraph or a row as the capture has it; between items of a list or rows stands no blank line."""

    text: str
    series: str = ""


def read(path: Path, data: bytes) -> Content:
    """Raises DataError for a file that is no Word file, encrypted, damaged, too large, or without text."""
    _check_archive(path, data)
    try:
        document = Document(io.BytesIO(data))
        text = _Reader(document).text()
        core = document.core_properties
        values = {"title": core.title, "language": (core.language or "").partition("-")[0].lower()}
    except Exception as error:  # the parsers beneath fail in many ways on broken files
        message = f"is a Word file that is damaged or of an unknown kind: {error}"
        raise unreadable(path, message, "open it in Word and save it anew as DOCX") from error
    if not text.strip():
        pictures = any(
            part.partname.startswith("/word/media/") for part in document.part.package.iter_parts()
        )
        message = "is a Word file with pictures and no text" if pictures else "is a Word file without text"
        raise unreadable(path, message, "put its text in, or take the file away")
    return Content(text, read_properties(values, path))


def _check_archive(path: Path, data: bytes) -> None:
    if not data.startswith(b"PK"):
        what, mend = what_else(data, "Word file")
        raise unreadable(path, f"is {what}, whatever its ending says", mend)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = archive.infolist()
    except Exception as error:  # a damaged directory fails in many ways
        message = "is a Word file that is damaged or cut off"
        raise unreadable(path, message, "fetch it again, or save it anew") from error
    if _MAIN not in {file.filename for file in files}:
        raise unreadable(path, "is a ZIP archive and no Word file", "give it the ending of what it is")
    if any(file.flag_bits & _ENCRYPTED for file in files):
        raise unreadable(path, "is encrypted with a password", "save it without a password")
    pictures = sum(file.file_size for file in files if "/media/" in file.filename)
    whole = sum(file.file_size for file in files)
    for size, most in ((whole, MOST_UNPACKED), (whole - pictures, MOST_XML)):
        if size > most:
            message = f"unpacks to {size:,} bytes, more than the {most:,} that a document may have"
            raise unreadable(path, message, "split it into its documents")


class _Reader:
    """Writes the body of a Word document as text with the marks of Markdown."""

    def __init__(self, document: WordDocument) -> None:
        self.document = document
        self.styles = Styles(document)
        self.numbering = Numbering(document, self.styles)

    def text(self) -> str:
        parts = [*self._blocks(self.document.element.body), *self._notes()]
        text = ""
        for before, part in zip([None, *parts], parts, strict=False):
            if before is not None:
                text += "\n" if before.series and before.series == part.series else "\n\n"
            text += part.text
        return text

    def _notes(self) -> Iterator[_Part]:
        """Footnotes and endnotes; the lines between text and notes have no words."""
        for name in ("/footnotes", "/endnotes"):
            for relation in self.document.part.rels.values():
                if relation.reltype.endswith(name) and not relation.is_external:
                    for note in parse_xml(relation.target_part.blob):
                        yield from self._blocks(note)

    def _blocks(self, holder: Any) -> Iterator[_Part]:
        """Paragraphs and rows in order, also those in controls and in changes that were made."""
        for child in holder:
            if child.tag == _P:
                yield from self._paragraph(child)
            elif child.tag == _TBL:
                yield from self._table(child)
            elif child.tag in _HOLDERS:
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[_Part]:
        style = self.styles.of(paragraph)
        words = _words(paragraph)
        if words and not style.contents:
            label, depth = self.numbering.label(paragraph, style)
            if style.heading is not None:
                mark = "#" * min(6, style.heading + 1)
                yield _Part(" ".join(f"{mark} {label} {words}".split()))
            elif label == BULLET:
                yield _Part(f"{'  ' * depth}{BULLET} {words}", _LIST)
            elif label:
                yield _Part(f"{'  ' * depth}{label} {words}", _LIST)
            elif _is_bold(paragraph, words):
                yield _Part(f"**{words}**")
            else:
                yield _Part(words)
        for box in paragraph.iter(qn("w:txbxContent")):
            if not any(above.tag in _SKIPPED for above in box.iterancestors()):
                yield from self._blocks(box)

    def _table(self, table: Any) -> Iterator[_Part]:
        rows = [[*_children(row, _TC)] for row in _children(table, _TR)]
        cells = [cell for row in rows for cell in row]
        if max(map(len, rows), default=0) < 2 or any(map(_is_prose, cells)):
            for cell in cells:
                yield from self._blocks(cell)
            return
        width = max(sum(map(_span, row)) for row in rows)
        for index, row in enumerate(rows):
            texts = [text for cell in row for text in [self._cell(cell), *[""] * (_span(cell) - 1)]]
            texts += [""] * (width - len(texts))
            if any(texts):
                yield _Part(f"| {' | '.join(texts)} |", _ROWS)
            if index == 0 and len(rows) > 1 and any(texts) and _has_header(table, rows[0]):
                yield _Part("|" + "---|" * width, _ROWS)

    def _cell(self, cell: Any) -> str:
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merged is not None and merged.get(qn("w:val")) != "restart":
            return ""
        words = " ".join(part.text.strip("*# ") for part in self._blocks(cell))
        return " ".join(words.split()).replace("|", "\\|")


def _children(holder: Any, tag: str) -> Iterator[Any]:
    """Children with a tag, also those in controls and in changes that were made."""
    for child in holder:
        if child.tag == tag:
            yield child
        elif child.tag in _HOLDERS:
            yield from _children(child, tag)


def _words(paragraph: Any) -> str:
    """The text of a paragraph as it is shown: insertions in, deletions and hidden text out."""
    text = "".join(_runs(paragraph)).replace("\u00ad", "").replace("\u00a0", " ")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == _T:
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == _R and _is_on(child, "w:vanish"):
            continue
        elif child.tag not in _SKIPPED:
            yield from _runs(child)


def _is_on(run: Any, name: str) -> bool:
    found = run.find(f"{qn('w:rPr')}/{qn(name)}")
    return found is not None and found.get(qn("w:val")) in _ON


def _is_bold(paragraph: Any, words: str) -> bool:
    """Whether a short paragraph is bold as a whole, as headings are that nobody gave a style."""
    if len(words) > _LONGEST_HEADING or "\n" in words or words.endswith((".", ";", ",")):
        return False
    runs = [run for run in paragraph.iter(_R) if "".join(_runs(run)).strip()]
    return bool(runs) and all(_is_on(run, "w:b") for run in runs)


def _span(cell: Any) -> int:
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = found.get(qn("w:val"), "1") if found is not None else "1"
    return int(value) if re.fullmatch(r"[1-9]\d?", value) else 1


def _is_prose(cell: Any) -> bool:
    if next(_children(cell, _TBL), None) is not None:
        return True
    return sum(bool(_words(paragraph)) for paragraph in _children(cell, _P)) >= _PROSE_CELL


def _has_header(table: Any, first: list[Any]) -> bool:
    """Whether the first row is marked as header, formatted as one, or bold as a whole."""
    row = first[0].getparent() if first else None
    if row is not None and row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None:
        return True
    look = table.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
    if look is not None and _is_first_row(look):
        return True
    paragraphs = [(p, words) for cell in first for p in cell.iter(_P) if (words := _words(p))]
    return bool(paragraphs) and all(_is_bold(paragraph, words) for paragraph, words in paragraphs)


def _is_first_row(look: Any) -> bool:
    """`firstRow`, or in older files the bit for it."""
    if (value := look.get(qn("w:firstRow"))) is not None:
        return str(value) in _ON
    bits = str(look.get(qn("w:val"), "0"))
    return bool(int(bits, 16) & 0x20) if re.fullmatch(r"[0-9A-Fa-f]{1,8}", bits) else False
