"""Writes files for tests and reads them as documents."""

from pathlib import Path

from loaders.register import Register
from loaders.text import SourceText, read_documents
from schema.errors import Fault

NONE = Register({}, (), {})
BODY = "The harbour office met on a rainy day and spoke of the boats, the nets and the long winter. " * 4


def read(path: Path) -> SourceText:
    """The one document under a path, which is read without a fault."""
    documents = read_documents([path], NONE)
    assert documents.faults == ()
    (source,) = documents.sources
    return source


def faults(*paths: Path) -> tuple[Fault, ...]:
    """The faults of what is under the paths."""
    return read_documents(paths, NONE).faults


def write(path: Path, content: str | bytes) -> Path:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
