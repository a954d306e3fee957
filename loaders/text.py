"""Reads text, Markdown and HTML files into captures: decoded text whose code points all offsets count."""

import codecs
import logging
import os
import re
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from trafilatura import extract, html2txt

from graph.records import Entity, Value, slug, text_hash
from loaders.metadata import INDEX, Metadata, read_front_matter, read_html_head, read_index
from loaders.register import Register
from schema.errors import DataError, Fault, NotFound

PLAIN, MARKDOWN, HTML = "plain text", "Markdown", "HTML"
FORMATS: Mapping[str, str] = {
    ".txt": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
}
MOST_BYTES = 20_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_HEADING = re.compile(r"^[^\S\n]{0,3}#{1,6}[^\S\n]+(.+?)[#\s]*$", re.MULTILINE)
_LONGEST_TITLE = 200
# A title stands at the beginning.
_TITLE_REACH = 4000

log = logging.getLogger("carisec.loaders")
# What these libraries have to say about a broken page, the DataError says in one line.
for library in ("trafilatura", "htmldate"):
    logging.getLogger(library).setLevel(logging.CRITICAL)


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


def read_documents(paths: Sequence[Path], register: Register) -> list[SourceText]:
    """Read the files and folders (with their subfolders), in order.

    What is skipped goes to the log. Raises DataError with every file that cannot be read, and NotFound.
    """
    listing = list_documents(paths)
    for one in listing.skipped:
        log.warning("%s: skipped: %s", one.path, one.reason)
    faults = list(listing.faults)
    indexes = {
        folder: read_index(folder, faults, whole=folder in listing.folders)
        for folder in sorted({p.parent for p in listing.files} | listing.folders)
    }
    known = {str(e.properties.get("sha256")): e for e in register.entities.values() if "Document" in e.types}
    sources: dict[str, SourceText] = {}
    for path in listing.files:
        entry = indexes[path.parent].get(path.name, Metadata())
        try:
            source = _read(path, entry, known)
        except DataError as error:
            faults += error.faults
            continue
        other = sources.setdefault(source.entity.id, source)
        if other is not source:
            mend = "documents are known by their file names; rename one of the two"
            faults.append(Fault(str(path), 1, f"gives the id {source.entity.id} as {other.file} does", mend))
    if faults:
        raise DataError(faults)
    return list(sources.values())


def _why_not_folder(path: Path) -> str | None:
    if path.name.startswith("."):
        return "it is hidden"
    return "it is a link to a folder" if path.is_symlink() else None


def _why_not(path: Path) -> str | None:
    if path.name.startswith("."):
        return "it is hidden"
    if path.name != INDEX and path.suffix.lower() not in FORMATS:
        return f"carisec reads {', '.join(FORMATS)}"
    try:
        return None if stat.S_ISREG(path.stat().st_mode) else "it is no regular file"
    except OSError:
        return None  # reading it says what is wrong


def _read(path: Path, entry: Metadata, known: Mapping[str, Entity]) -> SourceText:
    """The document; one of the register is known by the hash of its text. Raises DataError."""
    raw = _decoded(path)
    metadata, text = _content(path, raw)
    if entry.sha256 is not None and entry.sha256 != text_hash(raw):
        log.warning("%s: %s gives another sha256 for it; bring the index up to date", path, INDEX)
    attributes = {**metadata.attributes, **entry.attributes}
    title = attributes.pop("title", None) or _title(text[metadata.body :]) or path.stem
    sha256 = text_hash(text)
    entity = known.get(sha256) or Entity(f"document/{slug(path.stem) or sha256[:12]}", ("Document",), title)
    properties: dict[str, Value] = {**attributes, **entity.properties, "file": path.name, "sha256": sha256}
    entity = replace(entity, properties=dict(sorted(properties.items())))
    return SourceText(path.name, text, entity, metadata.body)


def _fault(path: Path, message: str, mend: str, line: int = 1) -> DataError:
    return DataError([Fault(str(path), line, message, mend)])


def _decoded(path: Path) -> str:
    """The file's characters with line ends as line feeds. Raises DataError."""
    if path.suffix.lower() not in FORMATS:
        message = f"the ending {path.suffix or '(none)'} is none that carisec reads"
        raise _fault(path, message, f"turn it into one of {', '.join(FORMATS)}")
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _fault(path, "is no regular file", "save what it gives in a file, and name that")
        if status.st_size > MOST_BYTES:
            message = f"has {status.st_size:,} bytes, more than the {MOST_BYTES:,} that a document may have"
            raise _fault(path, message, "split it into its documents")
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise _fault(path, message, "mend the file or its permissions") from error
    text = _decode(path, data, _encoding(path, data)).replace("\r\n", "\n").replace("\r", "\n")
    if control := _CONTROL.search(text):
        line = text.count("\n", 0, control.start()) + 1
        message = f"is binary: it holds the control character U+{ord(control[0]):04X}"
        raise _fault(path, message, "turn it into text first", line)
    if not text.strip():
        raise _fault(path, "is empty", "put its text in, or take the file away")
    return text


def _encoding(path: Path, data: bytes) -> str:
    """By byte order mark, or by what an HTML page declares; UTF-8 otherwise."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    declared = _CHARSET.search(data[:2048]) if FORMATS[path.suffix.lower()] == HTML else None
    if declared is None:
        return "utf-8"
    try:
        return codecs.lookup(declared[1].decode()).name
    except LookupError:
        return "utf-8"


def _decode(path: Path, data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        what = "is binary" if b"\0" in data[:4096] else f"is not {encoding.upper()} text"
        message = f"{what}: byte 0x{data[error.start]:02X} at position {error.start}"
        line = data.count(b"\n", 0, error.start) + 1
        raise _fault(path, message, "save it as UTF-8 text", line) from error


def _content(path: Path, raw: str) -> tuple[Metadata, str]:
    """Metadata and capture. Raises DataError for bad front matter and for an HTML page without text."""
    if FORMATS[path.suffix.lower()] != HTML:
        faults: list[Fault] = []
        metadata = read_front_matter(raw, path, faults)
        if faults:
            raise DataError(faults)
        return metadata, raw
    try:
        text = extract(raw, output_format="markdown", include_comments=False, include_formatting=True)
        text = text if text and text.strip() else html2txt(raw)
    except Exception as error:  # the parsers beneath fail in many ways on broken pages
        raise _fault(path, f"is HTML that cannot be read: {error}", "save the page's text") from error
    if not text or not text.strip():
        raise _fault(path, "is an HTML page without text", "save the page with its main text")
    return read_html_head(raw, path), "\n".join(text.splitlines())


def _title(text: str) -> str | None:
    """The first Markdown heading, or the first line where it looks like a title."""
    beginning = text[:_TITLE_REACH].strip()
    heading = _HEADING.search(beginning)
    line = heading[1] if heading else beginning.partition("\n")[0]
    title = " ".join(line.strip("*_ ").split())
    return title if 0 < len(title) <= _LONGEST_TITLE and not title.endswith((".", ":", ";", ",")) else None
