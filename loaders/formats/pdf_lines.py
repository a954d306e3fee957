"""Lines of a PDF page: PDFium's characters with their places, put together line by line."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2
from pypdfium2 import raw as pdfium

# A gap of so many character heights inside a line parts two columns or two cells.
_WIDE_GAP = 1.6
# What is wider is a space; the spaces of a justified line are even, however wide they are.
_SPACE = 0.12
_EVEN = 1.25
# A character starts another line when it stands so many heights above or below the one before it.
_NEW_LINE = 0.6
# Raised digits that are so much smaller are marks of footnotes.
_SMALL = 0.9
_NOTE_MARK = re.compile(r"[\d*†‡§,]+")
_HYPHENS = "\x02\ufffe"
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_UNSEEN = re.compile("[\x00-\x1f\u200b\u200e\u200f\u2060\ufeff\ufffe]")
_BOLD_FLAG = 1 << 18
_BOLD_NAME = re.compile(rb"bold|black|heavy|semibold|demi", re.IGNORECASE)
_NAME_BYTES = 256


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line of a page, with its box in points from the lower left corner of the page.

    `size` is the height of its characters; `hyphen` says that a word was divided at its end; a line with
    `cells` was put together of pieces with wide gaps between them.
    """

    text: str
    left: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    hyphen: bool = False
    cells: int = 1

    @property
    def top(self) -> float:
        return self.bottom + self.size


@dataclass(slots=True)
class _Char:
    index: int
    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def page_lines(page: "pypdfium2.PdfTextPage") -> list[Line]:
    """The lines of a page in the order in which the file draws them; each cell of a row is a line."""
    return [line for chars, hyphen in _rows(page) for line in _pieces(page, chars, hyphen)]


def _rows(page: "pypdfium2.PdfTextPage") -> Iterator[tuple[list[_Char], bool]]:
    """Characters of one line after the other, and whether a word was divided at its end."""
    row: list[_Char] = []
    last: _Char | None = None  # of the row, as far as it can be seen
    ended = False
    for char in _chars(page):
        if char.text in ("\r", "\n"):
            # PDFium ends a line before a raised mark as well.
            ended = True
            continue
        if last and (_is_elsewhere(last, char) or (ended and not _is_next(last, char))):
            yield row, False
            row, last = [], None
        ended = False
        if char.text in _HYPHENS:
            yield row, True
            row, last = [], None
            continue
        row.append(char)
        last = char if char.text.strip() else last
    if row:
        yield row, False


def _is_elsewhere(last: _Char, char: _Char) -> bool:
    """Whether a character stands on another line than the last one, or far to its left."""
    if not char.text.strip():
        return False
    height = max(last.height, char.height)
    middle = (last.bottom + last.top - char.bottom - char.top) / 2
    return abs(middle) > _NEW_LINE * height or char.left < last.left - 2 * height


def _is_next(last: _Char, char: _Char) -> bool:
    """Whether a character stands right beside the last one and at the same height, or a little raised."""
    height = max(last.height, char.height)
    overlap = min(last.top, char.top) - max(last.bottom, char.bottom)
    beside = -0.3 * height < char.left - last.right < 0.5 * height
    return beside and overlap > 0.3 * min(last.height, char.height)


def _chars(page: "pypdfium2.PdfTextPage") -> Iterator[_Char]:
    box = pdfium.FS_RECTF()
    pointer = ctypes.byref(box)
    high = 0
    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page.raw, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        pdfium.FPDFText_GetLooseCharBox(page.raw, index, pointer)
        text = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        yield _Char(index, text, box.left, box.right, box.bottom, box.top)


def _pieces(page: "pypdfium2.PdfTextPage", chars: Sequence[_Char], hyphen: bool) -> Iterator[Line]:
    """A row parted at wide gaps; labels of list items stay with what follows them."""
    seen = [char for char in chars if char.text.strip()]
    if not seen:
        return
    size = sorted(char.height for char in seen)[len(seen) // 2]
    places = [place for place, char in enumerate(chars) if char.text.strip()]
    gaps = {b: chars[b].left - chars[a].right for a, b in pairwise(places)}
    gaps = {place: gap for place, gap in gaps.items() if gap > _SPACE * size}
    justified = len(gaps) > 1 and max(gaps.values()) < _EVEN * min(gaps.values())
    starts = [0, *(place for place, gap in gaps.items() if gap > _WIDE_GAP * size and not justified)]
    for start, stop in zip(starts, [*starts[1:], len(chars)], strict=True):
        if line := _line(page, chars[start:stop], size, hyphen and stop == len(chars)):
            yield line


def _line(page: "pypdfium2.PdfTextPage", chars: Sequence[_Char], size: float, hyphen: bool) -> Line | None:
    seen = [char for char in chars if char.text.strip()]
    main = [char for char in seen if char.height >= _SMALL * size] or seen
    if not main:
        return None
    bottom = sorted(char.bottom for char in main)[len(main) // 2]
    text = _clean("".join(char.text for char in chars if not _is_note_mark(char, size, bottom)))
    if not text:
        return None
    bold = all(_is_bold(page, char.index) for char in (main[0], main[len(main) // 2], main[-1]))
    return Line(text, seen[0].left, max(char.right for char in seen), bottom, size, bold, hyphen)


def _is_note_mark(char: _Char, size: float, bottom: float) -> bool:
    return (
        char.height < _SMALL * size
        and char.bottom > bottom + 0.1 * size
        and _NOTE_MARK.fullmatch(char.text) is not None
    )


def _clean(text: str) -> str:
    """Ligatures as letters, one plain space between words, nothing that cannot be seen."""
    text = _LIGATURES.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return unicodedata.normalize("NFC", " ".join(_UNSEEN.sub(" ", text).split()))


def _is_bold(page: "pypdfium2.PdfTextPage", index: int) -> bool:
    name = ctypes.create_string_buffer(_NAME_BYTES)
    flags = ctypes.c_int(0)
    length = pdfium.FPDFText_GetFontInfo(page.raw, index, name, _NAME_BYTES, ctypes.byref(flags))
    known = length <= _NAME_BYTES and _BOLD_NAME.search(name.value) is not None
    return known or bool(flags.value & _BOLD_FLAG)
