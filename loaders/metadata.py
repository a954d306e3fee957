"""What is known about a document besides its text: `index.json` beside it, front matter, the head of HTML."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import OSA
from trafilatura import extract_metadata

from loaders.dates import DateSpan, find_dates
from schema.errors import Fault
from schema.values import EDTF, XSD, canonical
from schema.yamlfile import nearest

INDEX = "index.json"

# What a citation needs; where nothing says it, the curator is asked for it.
WANTED = ("title", "publisher", "published", "url", "language")

# Up to how many characters of a page its opening tag is looked for.
_HEAD = 4096

# Keys that index files carry for their keepers and that say nothing about the document itself.
LEFT_ASIDE = ("seed", "text")

# Key in an index or in front matter: name of the attribute, datatype. The first key that has a value counts.
_ATTRIBUTES: Mapping[str, tuple[str, str]] = {
    "title": ("title", XSD + "string"),
    "publisher": ("publisher", XSD + "string"),
    "published": ("published", EDTF),
    "date": ("published", EDTF),
    "url": ("url", XSD + "anyURI"),
    "kind": ("kind", XSD + "string"),
    "language": ("language", XSD + "string"),
}
_ELEMENT = re.compile(r"[^\s,\]]")
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)", re.DOTALL)
_FRONT_FIELD = re.compile(
    r"^(?P<key>[\w-]+)[^\S\n]*:(?:[^\S\n]+([\"']?)(?P<value>.+?)\2)?[^\S\n]*$"
    r"(?P<more>\n[^\S\n]+\S|\n-[^\S\n])?",
    re.MULTILINE,
)
_HTML_LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_HEAD_OF_TEXT = 3000
_HEAD_LINES = 15
_HEAD_OF_LINE = 200
# Titles that a program gave a file, not an author a document.
_NO_TITLE = re.compile(
    r"^microsoft \w+ - |\.(?:docx?|pdf|pptx?|xlsx?|rtf|txt|indd|qxd|pub|wpd|odt|pages)$|^untitled"
    r"|^document\s?\d*$|^slide \d+|^powerpoint|^\W*$",
    re.IGNORECASE,
)
_WHOLE_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# `Friday,` or `Released:` before a date that stands alone in its line.
_BEFORE_LONE = re.compile(
    r"[\s*_#>|(\[]*"
    r"(?:(?:date|dated|released?|publi(?:shed|cation date)|posted|issued)(?:\s+on)?\s*:?\s*)?[*_]*\s*"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
    re.IGNORECASE,
)
_AFTER_LONE = re.compile(r"[\s*_.|)\]]*")
# `PORT KELP, Wrackland, ` before the date of a dateline, and the dash or colon after it.
_PLACE = r"[A-Z][\w.'’-]*(?:\s+(?:[A-Z][\w.'’-]*|of|de|the|and|&))*"
_BEFORE_DATELINE = re.compile(rf"[\s*_]*{_PLACE}(?:\s*[,;]\s*{_PLACE})*\s*[,;(–—]\s*[*_]*")
_AFTER_DATELINE = re.compile(r"[*_]*\s*\)?[*_]*\s*(?:[–—:]|--?(?=\s))")
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")

log = logging.getLogger("carisec.loaders")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Attributes of a document by name (`title`, `publisher`, `published` …), in canonical form.

    `sha256` is the hash that an index gives for the file, `body` the position where the text proper begins.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    sha256: str | None = None
    body: int = 0


def read_index(folder: Path, faults: list[Fault], *, whole: bool) -> Mapping[str, Metadata]:
    """The entries of the folder's `index.json` by file name; none where there is no index.

    Everything that would be left unused goes to `faults`; entries for files that are not there only where
    the `whole` folder is read.
    """
    path = folder / INDEX
    known: dict[str, Metadata] = {}
    lines: dict[str, int] = {}
    entries = _entries(path, faults)
    beside = {found.name for found in folder.iterdir()} if entries and whole else set()
    for entry in entries:
        file = str(entry.values["file"])
        line = entry.line("file")
        if file in known:
            message = f"{file}: line {lines[file]} has an entry for this file already"
            faults.append(Fault(str(path), line, message, "keep one of the two"))
            continue
        if whole and file not in beside:
            mend = nearest(file, sorted(beside)) or "put the file beside the index, or take its entry away"
            faults.append(Fault(str(path), line, f"{file}: there is no such file beside the index", mend))
        lines[file] = line
        known[file] = _from_entry(entry, path, faults)
    return known


def _entries(path: Path, faults: list[Fault]) -> "list[_Entry]":
    """Objects of an index, each with a file; none, after a fault, for anything else."""
    name = str(path)
    try:
        if not path.is_file():
            return []
        text = path.read_bytes().decode("utf-8-sig")
        entries = json.loads(text, object_pairs_hook=_unique)
    except OSError as error:
        faults.append(Fault(name, 1, f"cannot be read: {error.strerror}", "mend its permissions"))
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, "is not UTF-8 text", "save it as UTF-8"))
    except json.JSONDecodeError as error:
        faults.append(Fault(name, error.lineno, f"broken JSON: {error.msg}", "mend the JSON"))
    except RecursionError:
        faults.append(Fault(name, 1, "is nested too deep", "an index is a list of plain objects"))
    except ValueError as error:
        faults.append(Fault(name, 1, str(error), "keep one of the two"))
    else:
        if isinstance(entries, list) and all(map(_is_entry, entries)):
            return list(_placed(text))
        mend = 'write [{"file": "NAME.txt"}]'
        faults.append(Fault(name, 1, "is no list of objects with a file each", mend))
    return []


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of JSON. Raises ValueError for a key that stands there twice."""
    values: dict[str, object] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(f"{values.get('file', 'an entry')}: the key {key} stands there twice")
        values[key] = value
    return values


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("file"), str)


@dataclass(frozen=True, slots=True)
class _Entry:
    """An object of an index and where it stands in the index's text."""

    values: Mapping[str, object]
    text: str
    start: int
    end: int

    def line(self, key: str) -> int:
        """Line of the key, from 1; that of the entry where the key is written with escapes."""
        at = re.compile(rf'"{re.escape(key)}"\s*:').search(self.text, self.start, self.end)
        return self.text.count("\n", 0, at.start() if at else self.start) + 1


def _placed(text: str) -> Iterator[_Entry]:
    """The objects of a list that is known to be sound JSON."""
    decoder = json.JSONDecoder()
    end = text.index("[") + 1
    while beginning := _ELEMENT.search(text, end):
        values, end = decoder.raw_decode(text, beginning.start())
        yield _Entry(values, text, beginning.start(), end)


def _from_entry(entry: _Entry, path: Path, faults: list[Fault]) -> Metadata:
    attributes, wrong = _attributes(entry.values)
    sha256 = entry.values.get("sha256")
    if sha256 is not None and not isinstance(sha256, str):
        wrong["sha256"] = "is no text"
    for key, message in wrong.items():
        faults.append(_value_fault(path, entry.line(key), f"{entry.values['file']}: {key}: {message}"))
    known = ("file", *_ATTRIBUTES, "sha256")
    for key in entry.values:
        if key not in known and key not in LEFT_ASIDE:
            mend = nearest(key, known) or f"known keys: {', '.join(known)}"
            message = f"{entry.values['file']}: unknown key {key}"
            faults.append(Fault(str(path), entry.line(key), message, mend))
    return Metadata(attributes, sha256 if isinstance(sha256, str) else None)


def _value_fault(path: Path, line: int, message: str) -> Fault:
    """The fault of a message that may bring its mend after a semicolon."""
    what, _, mend = message.partition("; ")
    return Fault(str(path), line, what, mend or "mend it or leave it out")


def read_front_matter(text: str, path: Path, faults: list[Fault]) -> Metadata:
    """Front matter of a text, and where the text after it begins.

    Values that cannot be used and misspelt keys go to `faults`, what else is not used to the log.
    """
    match = _FRONT_MATTER.match(text)
    fields = list(_FRONT_FIELD.finditer(text, match.start(1), match.end(1))) if match else []
    if match is None or not fields:
        return Metadata()
    values: dict[str, str] = {}
    lines: dict[str, int] = {}
    wrong: dict[str, str] = {}
    for found in fields:
        key = found["key"].lower()
        if key in values:
            wrong[key] = f"line {lines[key]} has this key already; keep one of the two"
        elif found["more"] and key in _ATTRIBUTES:
            wrong[key] = "goes on over several lines; write it in one line"
        values[key] = found["value"] or ""
        lines[key] = text.count("\n", 0, found.start()) + 1
    attributes, unusable = _attributes({key: value for key, value in values.items() if key not in wrong})
    left = [key for key in values if key not in _ATTRIBUTES]
    for key in left:
        if meant := [known for known in _ATTRIBUTES if OSA.distance(key, known) == 1]:
            wrong[key] = f"unknown key; did you mean {' or '.join(meant)}?"
    for key, message in (unusable | wrong).items():
        faults.append(_value_fault(path, lines[key], f"{key}: {message}"))
    if aside := [key for key in left if key not in wrong]:
        log.warning("%s: front matter: carisec does not use %s", path, ", ".join(aside))
    return Metadata(attributes, body=match.end())


def read_html_head(page: str, path: Path) -> Metadata:
    """What the head of an HTML page says. Values that cannot be used are left out and go to the log."""
    try:
        head = extract_metadata(page, extensive=False)
    except Exception:  # the parsers beneath fail in many ways on broken pages, and the text matters more
        return Metadata()
    language = _HTML_LANGUAGE.search(page, 0, _HEAD)
    values = {
        "title": head.title,
        "publisher": head.sitename,
        "date": head.date,
        "url": head.url,
        "language": language[1].lower() if language else None,
    }
    attributes, wrong = _attributes(values)
    for key, message in wrong.items():
        log.warning("%s: head of the page: %s is left out: %s", path, key, message)
    return Metadata(attributes)


def read_dateline(text: str, body: int) -> tuple[str, int] | None:
    """The day in the dateline of a text or alone in one of its first lines, in EDTF, and where it stands.

    None where there is no such day, or where two of them differ.
    """
    found: list[tuple[str, int]] = []
    start, lines = body, 0
    while start < len(text) and start < body + _HEAD_OF_TEXT and lines < _HEAD_LINES:
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        lines += bool(text[start:stop].strip())
        # Of a line that is a whole paragraph only the beginning can hold a dateline.
        for date in find_dates(text, start, min(stop, start + _HEAD_OF_LINE))[:1]:
            if date.edtf and _WHOLE_DAY.fullmatch(date.edtf) and _is_dateline(text, start, date, stop):
                found.append((date.edtf, date.start))
        start = stop + 1
    return found[0] if len({day for day, _ in found}) == 1 else None


def _is_dateline(text: str, start: int, date: DateSpan, stop: int) -> bool:
    before, after = text[start : date.start], text[date.end : stop]
    if _BEFORE_LONE.fullmatch(before) and _AFTER_LONE.fullmatch(after):
        return True
    return bool(_BEFORE_DATELINE.fullmatch(before) and _AFTER_DATELINE.match(after))


def read_properties(values: Mapping[str, object], path: Path) -> Metadata:
    """What the properties of a PDF or Word file say; what cannot be used is left out and goes to the log."""
    title = str(values.get("title") or "").strip()
    known = {**values, "title": None if _NO_TITLE.search(title) else " ".join(title.split())}
    attributes, wrong = _attributes(known)
    for key, message in wrong.items():
        log.warning("%s: properties of the file: %s is left out: %s", path, key, message)
    return Metadata(attributes)


def _attributes(values: Mapping[str, object]) -> tuple[dict[str, str], dict[str, str]]:
    """Canonical attributes, and by key what is wrong with each value that cannot be used."""
    attributes: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for key, (attribute, datatype) in _ATTRIBUTES.items():
        value = values.get(key)
        if value is None or not str(value).strip():
            continue
        if not isinstance(value, str | int) or isinstance(value, bool):
            wrong[key] = "is no text; write one text"
            continue
        if not _is_encodable(value):
            wrong[key] = "holds half of a character; write it anew"
            continue
        try:
            text = canonical(_as_edtf(str(value)) if datatype == EDTF else str(value).strip(), datatype)
        except ValueError as error:
            wrong[key] = str(error)
            continue
        if attributes.setdefault(attribute, text) != text:
            wrong[key] = f"{text} contradicts {attribute} {attributes[attribute]}; keep one of the two"
    return attributes, wrong


def _is_encodable(value: object) -> bool:
    """Whether a value has no lone surrogates, which JSON can write and UTF-8 cannot."""
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_edtf(text: str) -> str:
    """`22 November 2023` and times of day as dates; anything else as it is."""
    text = text.strip()
    if moment := _TIME.fullmatch(text):
        return moment[1]
    dates = find_dates(text, 0, len(text))
    whole = len(dates) == 1 and dates[0].end - dates[0].start == len(text)
    return (dates[0].edtf if whole else None) or text
