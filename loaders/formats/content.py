"""What every format gives, and the one way in which a file that cannot be read is told."""

from dataclasses import dataclass
from pathlib import Path

from loaders.metadata import Metadata
from schema.errors import DataError, Fault

# A capture longer than this is a book or a trap; a document of 10 MB stays far below.
MOST_CHARACTERS = 20_000_000


@dataclass(frozen=True, slots=True)
class Content:
    """The capture of a file and what the file itself says about the document.

    `text` has line feeds as line ends and the marks of Markdown for headings, items and rows of tables;
    `metadata.body` is the position where the text proper begins.
    """

    text: str
    metadata: Metadata


def unreadable(path: Path, message: str, mend: str, line: int = 1) -> DataError:
    """The error of a file that cannot be read, in one line."""
    return DataError([Fault(shown(path), line, " ".join(message.split()), mend)])


def shown(path: Path) -> str:
    """A path as it can be printed; names of files may hold bytes that are no characters."""
    return str(path).encode("utf-8", "backslashreplace").decode()
