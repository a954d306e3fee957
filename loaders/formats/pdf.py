"""PDF files with a text layer."""

import logging
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from loaders.formats.content import MOST_CHARACTERS, Content, unreadable
from loaders.formats.decoding import what_else
from loaders.formats.pdf_pages import Page, readable
from loaders.formats.pdf_process import (
    CHARACTERS,
    DAMAGED,
    ENCRYPTED,
    MOST_MEMORY,
    MOST_SECONDS,
    PAGES,
    Scan,
    scan,
)
from loaders.formats.pdf_text import text_of
from loaders.metadata import read_properties
from schema.errors import DataError

MOST_PAGES = 2000
# The header of the file stands in its first kilobyte, mostly at once.
_HEADER_REACH = 1024
_TRAILER_REACH = 4096
# A text with more signs that are no characters than this share has fonts that do not say what they show.
_MOST_UNKNOWN = 0.2
_MOST_NAMED = 10
_AGAIN = "fetch it again, or print it to a new PDF"
_RECOGNISE = "run a text recognition over it first"
_SPLIT = "split it into its documents"

log = logging.getLogger("carisec.loaders")


def read(path: Path, data: bytes) -> Content:
    """Raises DataError for a file that is no PDF, encrypted, damaged, scanned without text, or too large."""
    if b"%PDF-" not in data[:_HEADER_REACH]:
        what, mend = what_else(data, "PDF file")
        raise unreadable(path, f"is {what}, whatever its ending says", mend)
    # PDFium reads what there is of a file without its end, and says nothing.
    if b"%%EOF" not in data.rstrip(b"\0\r\n\t ")[-_TRAILER_REACH:]:
        raise unreadable(path, "is a PDF file that is cut off: its end is missing", _AGAIN)
    scanned = scan(data, MOST_PAGES, MOST_CHARACTERS)
    if scanned.reason is not None:
        raise _no_scan(path, scanned)
    _check_pages(path, scanned)
    # The dates in a PDF are those of the file, not of the publication.
    values = {"title": scanned.title, "language": scanned.language.partition("-")[0].lower()}
    text = text_of(readable([Page(page.height, page.lines) for page in scanned.pages]))
    unknown = sum(char == "\ufffd" or unicodedata.category(char) in ("Co", "Cn") for char in text)
    if not text.strip() or unknown > _MOST_UNKNOWN * len(text):
        raise unreadable(path, "is a PDF file whose fonts do not say which characters they show", _RECOGNISE)
    return Content(text, read_properties(values, path))


def _no_scan(path: Path, scanned: Scan) -> DataError:
    if scanned.reason == ENCRYPTED:
        return unreadable(path, "is encrypted with a password", "save it without a password")
    if scanned.reason == DAMAGED:
        return unreadable(path, "is a PDF file that is damaged", _AGAIN)
    if scanned.reason == PAGES and scanned.count == 0:
        return unreadable(path, "is a PDF file without pages", _AGAIN)
    if scanned.reason == PAGES:
        message = f"has {scanned.count:,} pages, more than the {MOST_PAGES:,} that a document may have"
        return unreadable(path, message, _SPLIT)
    if scanned.reason == CHARACTERS:
        message = f"has more than the {MOST_CHARACTERS:,} characters that a document may have"
        return unreadable(path, message, _SPLIT)
    limits = f"{MOST_MEMORY // 1_000_000_000} GB of memory and {MOST_SECONDS} seconds"
    return unreadable(path, f"is a PDF file that cannot be read within {limits}", _AGAIN)


def _check_pages(path: Path, scanned: Scan) -> None:
    """Tell of pages without text. Raises DataError where all are."""
    pictures = [n for n, page in enumerate(scanned.pages, 1) if page.picture]
    damaged = [n for n, page in enumerate(scanned.pages, 1) if page.damaged]
    if not any(page.lines for page in scanned.pages):
        if pictures:
            message = f"is a scan: {_named(pictures)} hold pictures and no text"
            raise unreadable(path, message, _RECOGNISE)
        if damaged:
            raise unreadable(path, f"is a PDF file with damaged pages: {_named(damaged)}", _AGAIN)
        raise unreadable(path, "is a PDF file without text", "put its text in, or take the file away")
    for numbers, what in ((pictures, "pictures without text"), (damaged, "damaged")):
        if numbers:
            log.warning("%s: %s: %s, left out", path, _named(numbers), what)


def _named(numbers: Sequence[int]) -> str:
    more = f" and {len(numbers) - _MOST_NAMED} more" if len(numbers) > _MOST_NAMED else ""
    kind = "pages" if len(numbers) > 1 else "page"
    return f"{kind} {', '.join(map(str, numbers[:_MOST_NAMED]))}{more}"
