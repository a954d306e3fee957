"""Runs PDFium in a process of its own, so that no file can take the machine's memory or end the program.

The process gets a file on its standard input and writes a `Scan` as JSON. Its memory and time are limited
by the system where that can do so.
"""

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import pypdfium2
from pypdfium2 import raw as pdfium

from loaders.formats.pdf_lines import Line, page_lines

if sys.platform != "win32":
    import resource

MOST_MEMORY = 2_000_000_000
MOST_SECONDS = 60
_LANGUAGE_BYTES = 64

# Reasons why there is no scan.
ENCRYPTED, DAMAGED, PAGES, CHARACTERS, RESOURCES = "encrypted", "damaged", "pages", "characters", "resources"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page as PDFium gives it; a `damaged` one has no lines."""

    height: float
    lines: tuple[Line, ...]
    picture: bool = False
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Scan:
    """What PDFium says about a file, or the `reason` why it says nothing; `count` is the number of pages."""

    reason: str | None = None
    count: int = 0
    pages: tuple[ScannedPage, ...] = ()
    title: str = ""
    language: str = ""


def scan(data: bytes, most_pages: int, most_characters: int) -> Scan:
    """Read a PDF file in another process."""
    command = [sys.executable, "-P", "-m", __name__, str(most_pages), str(most_characters), str(MOST_MEMORY)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=data, capture_output=True, timeout=2 * MOST_SECONDS, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        return Scan(RESOURCES)
    if done.returncode != 0:
        # Ended by the system, or by Python when there was no memory; anything else is the file's fault.
        limited = done.returncode < 0 or b"MemoryError" in done.stderr
        return Scan(RESOURCES if limited else DAMAGED)
    values = json.loads(done.stdout)
    pages = tuple(
        ScannedPage(**{**page, "lines": tuple(Line(**line) for line in page["lines"])})
        for page in values["pages"]
    )
    return Scan(**{**values, "pages": pages})


def _scan(data: bytes, most_pages: int, most_characters: int) -> Scan:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return Scan(ENCRYPTED if error.err_code == pdfium.FPDF_ERR_PASSWORD else DAMAGED)
    count = len(document)
    if count == 0 or count > most_pages:
        return Scan(PAGES, count)
    pages: list[ScannedPage] = []
    for number in range(count):
        page, characters = _page(document, number, most_characters)
        most_characters -= characters
        if most_characters < 0:
            return Scan(CHARACTERS, count)
        pages.append(page)
    return Scan(None, count, tuple(pages), document.get_metadata_value("Title"), _language(document))


def _page(document: "pypdfium2.PdfDocument", number: int, most: int) -> tuple[ScannedPage, int]:
    """A page and how many characters it has; one with more than `most` is not read."""
    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return ScannedPage(0, (), damaged=True), 0
    count = text.count_chars()
    lines = tuple(page_lines(text)) if count <= most else ()
    pictures = page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])
    picture = not lines and next(iter(pictures), None) is not None
    scanned = ScannedPage(page.get_height(), lines, picture)
    text.close()
    page.close()
    return scanned, count


def _language(document: "pypdfium2.PdfDocument") -> str:
    buffer = ctypes.create_string_buffer(_LANGUAGE_BYTES)
    pointer = ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR))
    length = pdfium.FPDFCatalog_GetLanguage(document.raw, pointer, _LANGUAGE_BYTES)
    return buffer.raw[:length].decode("utf-16-le", "ignore").strip("\0") if length <= _LANGUAGE_BYTES else ""


def _main(arguments: Sequence[str]) -> None:
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_AS, (int(arguments[2]), int(arguments[2])))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    result = _scan(sys.stdin.buffer.read(), int(arguments[0]), int(arguments[1]))
    sys.stdout.write(json.dumps(asdict(result)))


if __name__ == "__main__":
    _main(sys.argv[1:])
