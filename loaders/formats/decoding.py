"""Characters of text files: byte order marks, encodings, and what other files are by their first bytes."""

import codecs
import logging
import re
from pathlib import Path

from loaders.formats.content import unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# UTF-8 that was read as Windows-1252 and saved again, and what could not be decoded at all.
_GARBLED = re.compile("â€[™œ\x9d“”˜¦¢]|Ã[©¨¡³­§±¼]|\ufffd")
_MOST_QUOTED = 3
PAGE = "an HTML page"
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html)\b", re.IGNORECASE)

# Encodings that pages are written in; Python knows more codecs, which give no text.
_OF_PAGES = re.compile(
    r"utf|iso|windows|cp\d|latin|l\d|us-ascii|ascii|mac|koi8|big5|gb|shift|euc|x-", re.IGNORECASE
)
# Browsers read these as Windows-1252, whose quotation marks pages have.
_LATIN = ("ascii", "iso8859-1")

# How files of other formats begin, and what they are.
_SIGNATURES = (
    (b"%PDF-", "a PDF file", "give it the ending .pdf"),
    (b"PK\x03\x04", "a Word file or another ZIP archive", "give a Word file the ending .docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file", "save it as DOCX or PDF"),
    (b"{\\rtf", "an RTF file", "save it as DOCX or PDF"),
    (b"\x89PNG", "a picture", "run a text recognition over it first"),
    (b"\xff\xd8\xff", "a picture", "run a text recognition over it first"),
    (b"\x1f\x8b", "a compressed file", "unpack it first"),
)

log = logging.getLogger("carisec.loaders")


def signature(data: bytes) -> tuple[str, str] | None:
    """What a file is by its first bytes, and what to do with it; None for text and unknown formats."""
    return next(((what, mend) for start, what, mend in _SIGNATURES if data.startswith(start)), None)


def what_else(data: bytes, wanted: str) -> tuple[str, str]:
    """What a file is that is not `wanted`, whatever its ending says, and what to do with it."""
    if known := signature(data):
        return known
    if _PAGE.match(data):
        return PAGE, "give it the ending .html"
    return f"no {wanted}", "give it the ending of what it is"


def decode(path: Path, data: bytes, declared: str | None = None) -> str:
    """The characters of a text file, with line feeds as line ends.

    The encoding is that of the byte order mark, else the `declared` one, else UTF-8. Raises DataError.
    """
    if known := signature(data):
        raise unreadable(path, f"is binary: it is {known[0]}", known[1])
    text = _decoded(path, data, _encoding(data, declared)).replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        message = f"is binary: it holds the control character U+{ord(control[0]):04X}"
        raise unreadable(path, message, "turn it into text first", line)
    if not text.strip():
        raise unreadable(path, "is empty", "put its text in, or take the file away")
    if garbled := _GARBLED.findall(text):
        some = ", ".join(sorted(set(garbled))[:_MOST_QUOTED])
        log.warning("%s: %d characters were decoded wrongly (%s); save it anew", path, len(garbled), some)
    return text


def _encoding(data: bytes, declared: str | None) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    if declared is None or not _OF_PAGES.match(declared):
        return "utf-8"
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return "utf-8"
    return "cp1252" if name in _LATIN else name


def _decoded(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        what = "is binary" if b"\0" in data[:4096] else f"is not {encoding.upper()} text"
        position = min(error.start, len(data) - 1)
        message = f"{what}: byte 0x{data[position]:02X} at position {position}"
        line = data.count(b"\n", 0, position) + 1
        raise unreadable(path, message, "save it as UTF-8 text", line) from error
