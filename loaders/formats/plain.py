"""Plain text and Markdown: the capture is the file's text as it is, front matter and all."""

from pathlib import Path

from loaders.formats.content import Content, unreadable
from loaders.formats.decoding import PAGE, decode, what_else
from loaders.metadata import read_front_matter
from schema.errors import DataError, Fault

_BEGINNING = 1000


def read(path: Path, data: bytes) -> Content:
    """Raises DataError for a file that is no text and for front matter with faults."""
    text = decode(path, data)
    what, mend = what_else(text[:_BEGINNING].encode(), "text")
    if what == PAGE:
        raise unreadable(path, f"is {what}", mend)
    faults: list[Fault] = []
    metadata = read_front_matter(text, path, faults)
    if faults:
        raise DataError(faults)
    if not text[metadata.body :].strip():
        raise unreadable(path, "has front matter and no text", "put its text in, or take the file away")
    return Content(text, metadata)
