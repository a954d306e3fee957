"""The front door for documents: files and folders in, captures with offsets and metadata out.

Offsets count the code points of a capture. The formats themselves are read by `loaders.formats`.
"""

import hashlib
import logging
import os
import re
import stat
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.records import Entity, Value, slug, text_hash
from loaders.formats import docx, html, pdf, plain
from loaders.formats.content import MOST_CHARACTERS, Content, shown, unreadable
from loaders.metadata import INDEX, WANTED, Metadata, read_dateline, read_index
from loaders.rdf.files import rdf_suffix
from loaders.register import Register
from schema.errors import DataError, Fault, NotFound

MOST_BYTES = 20_000_000
FORMATS: Mapping[str, Callable[[Path, bytes], Content]] = {
    ".txt": plain.read,
    ".md": plain.read,
    ".markdown": plain.read,
    ".html": html.read,
    ".htm": html.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
}

_HEADING = re.compile(r"^[^\S\n]{0,3}#{1,6}[^\S\n]+(.+?)[#\s]*$", re.MULTILINE)
_LONGEST_TITLE = 200
# A title stands at the beginning.
_TITLE_REACH = 4000

log = logging.getLogger("carisec.loaders")


@dataclass(frozen=True, slots=True)
class SourceText:
    """A document as it was read.

    `file` is the name of its file, `text` the capture, `entity` its Document. `body` is where the text
    proper begins, after front matter; nothing before it counts as said by the document.
    """

    file: str
    text: str
    entity: Entity
    body: int = 0


@dataclass(frozen=True, slots=True)
class Documents:
    """What was read, and the faults of what was not; a fault of one file harms no other document."""

    sources: tuple[SourceText, ...]
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is not read, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Files to read, each once and in order, those of the folders that are left out, and the folders.

    `faults` tells of folders that cannot be read or hold no document.
    """

    files: tuple[Path, ...]
    skipped: tuple[Skipped, ...]
    folders: frozenset[Path] = frozenset()
    faults: tuple[Fault, ...] = ()


def list_documents(paths: Sequence[Path]) -> Listing:
    """The files under these files and folders. Raises NotFound for a path that does not exist.

    A file that is named itself is listed whatever its ending is, so that reading it says what is wrong.
    """
    files: dict[str, Path] = {}
    skipped: list[Skipped] = []
    folders: set[Path] = set()
    faults: list[Fault] = []
    for path in paths:
        part = _listed(path) if _is_folder(path) else Listing((path,), ())
        for found in part.files:
            files.setdefault(os.path.realpath(found), found)
        skipped += part.skipped
        folders |= part.folders
        faults += part.faults
    return Listing(tuple(files.values()), tuple(skipped), frozenset(folders), tuple(faults))


def _is_folder(path: Path) -> bool:
    """Raises NotFound for a path that does not exist or cannot be one."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except FileNotFoundError:
        raise NotFound(f"{path}: there is no such file or folder; check the path") from None
    except OSError as error:
        raise NotFound(f"{path}: cannot be reached: {error.strerror}; check the path") from None
    except ValueError as error:
        raise NotFound(f"{str(path)!r} is no path: {error}; check the path") from None


def _listed(root: Path) -> Listing:
    """What is in one folder and its subfolders."""
    errors: list[OSError] = []
    folders: set[Path] = set()
    files: list[Path] = []
    skipped: list[Skipped] = []
    for name, below, names in os.walk(root, onerror=errors.append):
        folder = Path(name)
        folders.add(folder)
        left = {one: reason for one in below if (reason := _why_not_folder(folder / one))}
        below[:] = [one for one in below if one not in left]
        left |= {one: reason for one in names if (reason := _why_not(folder / one))}
        skipped += [Skipped(folder / one, reason) for one, reason in left.items()]
        files += [folder / one for one in names if one not in left and one != INDEX]
    mend = "mend its permissions, or name the folders to read"
    faults = [Fault(str(e.filename), 1, f"cannot be read: {e.strerror}", mend) for e in errors]
    if not files and not faults:
        mend = f"carisec reads {', '.join(FORMATS)}; name a folder that has some"
        faults.append(Fault(str(root), 1, "the folder holds no document", mend))
    skipped.sort(key=lambda one: one.path)
    return Listing(tuple(sorted(files)), tuple(skipped), frozenset(folders), tuple(faults))


def read_documents(paths: Sequence[Path], register: Register) -> Documents:
    """Read the files and folders (with their subfolders), in order.

    What is skipped and what metadata is missing goes to the log. A fault of an index harms only what the
    index says. Raises NotFound for a path that does not exist.
    """
    listing = list_documents(paths)
    for one in listing.skipped:
        log.warning("%s: skipped: %s", shown(one.path), one.reason)
    faults = list(listing.faults)
    indexes = {
        folder: read_index(folder, faults, whole=folder in listing.folders)
        for folder in sorted({p.parent for p in listing.files} | listing.folders)
    }
    known = {str(e.properties.get("sha256")): e for e in register.entities.values() if "Document" in e.types}
    found: dict[str, list[tuple[Path, SourceText]]] = {}
    for path in listing.files:
        entry = indexes[path.parent].get(path.name, Metadata())
        try:
            source = _read(path, entry, known)
        except DataError as error:
            faults += error.faults
        else:
            found.setdefault(source.entity.id, []).append((path, source))
    for key, same in found.items():
        for path, _ in same[1:]:
            mend = "documents are known by their file names; rename one of the two"
            message = f"gives the id {key} as {same[0][0]} does; neither is read"
            faults.append(Fault(str(path), 1, message, mend))
    return Documents(tuple(same[0][1] for same in found.values() if len(same) == 1), tuple(faults))


def _why_not_folder(path: Path) -> str | None:
    if path.name.startswith("."):
        return "it is hidden"
    return "it is a link to a folder" if path.is_symlink() else None


def _why_not(path: Path) -> str | None:
    if path.name.startswith("."):
        return "it is hidden"
    if rdf_suffix(path) is not None:
        return "RDF is read where the file itself is named"
    if path.name != INDEX and path.suffix.lower() not in FORMATS:
        return f"carisec reads {', '.join(FORMATS)}"
    try:
        return None if stat.S_ISREG(path.stat().st_mode) else "it is no regular file"
    except OSError:
        return None  # reading it says what is wrong


def _read(path: Path, entry: Metadata, known: Mapping[str, Entity]) -> SourceText:
    """The document; one of the register is known by the hash of its text. Raises DataError."""
    data = _bytes(path)
    content = FORMATS[path.suffix.lower()](path, data)
    text, body = content.text, content.metadata.body
    if len(text) > MOST_CHARACTERS:
        message = f"has {len(text):,} characters, more than the {MOST_CHARACTERS:,} that a document may have"
        raise unreadable(path, message, "split it into its documents")
    sha256 = text_hash(text)
    if entry.sha256 not in (None, hashlib.sha256(data).hexdigest(), sha256):
        log.warning("%s: %s gives another sha256 for it; bring the index up to date", path, INDEX)
    attributes = {**content.metadata.attributes, **entry.attributes}
    title = attributes.pop("title", None) or _title(text[body:])
    entity = known.get(sha256) or Entity(
        f"document/{slug(path.stem) or sha256[:12]}", ("Document",), title or path.stem
    )
    properties: dict[str, Value] = {**attributes, **entity.properties, "file": path.name, "sha256": sha256}
    if "published" not in properties and (dateline := read_dateline(text, body)):
        line = text.count("\n", 0, dateline[1]) + 1
        log.info("%s: published %s is taken from the dateline in line %d", path, dateline[0], line)
        properties["published"] = dateline[0]
    _ask_for(path, properties, titled=sha256 in known or title is not None)
    entity = replace(entity, properties=dict(sorted(properties.items())))
    return SourceText(path.name, text, entity, body)


def _ask_for(path: Path, properties: Mapping[str, Value], *, titled: bool) -> None:
    """Name in one warning what nothing says about the document."""
    missing = [name for name in WANTED if name not in properties and not (name == "title" and titled)]
    if missing:
        where = f"say them in {INDEX} beside it or in front matter"
        example = ", ".join(f'"{name}": "…"' for name in missing)
        log.warning('%s: no %s; %s: {"file": "%s", %s}', path, ", ".join(missing), where, path.name, example)


def _bytes(path: Path) -> bytes:
    """The file as it is. Raises DataError for what no document can be."""
    if shown(path) != str(path):
        raise unreadable(path, "has a name with bytes that are no characters", "rename it")
    if path.suffix.lower() not in FORMATS:
        message = f"the ending {path.suffix or '(none)'} is none that carisec reads"
        raise unreadable(path, message, f"turn it into one of {', '.join(FORMATS)}")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise unreadable(path, "is no regular file", "save what it gives in a file, and name that")
        if status.st_size > MOST_BYTES:
            message = f"has {status.st_size:,} bytes, more than the {MOST_BYTES:,} that a document may have"
            raise unreadable(path, message, "split it into its documents")
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise unreadable(path, message, "mend the file or its permissions") from error
    if not data.strip():
        raise unreadable(path, "is empty", "put its text in, or take the file away")
    return data


def _title(text: str) -> str | None:
    """The first Markdown heading, or the first line where it looks like a title."""
    beginning = text[:_TITLE_REACH].strip()
    heading = _HEADING.search(beginning)
    line = heading[1] if heading else beginning.partition("\n")[0]
    title = " ".join(line.strip("*_ ").split())
    return title if 0 < len(title) <= _LONGEST_TITLE and not title.endswith((".", ":", ";", ",")) else None
