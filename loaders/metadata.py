"""What is known about a document besides its text: `index.json` beside it, front matter, the head of HTML."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from trafilatura import extract_metadata

from loaders.dates import find_dates
from schema.errors import Fault
from schema.values import EDTF, XSD, canonical

INDEX = "index.json"

# Up to how many characters of a page its opening tag is looked for.
_HEAD = 4096

# Key in an index or in front matter, name of the attribute, datatype. The first key that has a value counts.
_KEYS: tuple[tuple[str, str, str], ...] = (
    ("title", "title", XSD + "string"),
    ("publisher", "publisher", XSD + "string"),
    ("published", "published", EDTF),
    ("date", "published", EDTF),
    ("url", "url", XSD + "anyURI"),
    ("kind", "kind", XSD + "string"),
    ("language", "language", XSD + "string"),
)
_FRONT_MATTER = re.compile(r"---[^\S\n]*\n(.*?)\n(?:---|\.\.\.)[^\S\n]*(?:\n|$)", re.DOTALL)
_FRONT_FIELD = re.compile(r"^(\w+):[^\S\n]+([\"']?)(.+?)\2[^\S\n]*$", re.MULTILINE)
_HTML_LANGUAGE = re.compile(r"<html[^>]*\blang=[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ].*")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Attributes of a document by name (`title`, `publisher`, `published` …), in canonical form.

    `sha256` is the hash that an index gives for the file, `body` the position where the text proper begins.
    """

    attributes: Mapping[str, str] = field(default_factory=dict)
    sha256: str | None = None
    body: int = 0


def read_index(folder: Path, faults: list[Fault]) -> Mapping[str, Metadata]:
    """The entries of the folder's `index.json` by file name; none where there is no index."""
    path = folder / INDEX
    name = f"{folder.name}/{INDEX}"
    if not path.is_file():
        return {}
    try:
        entries = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        faults.append(Fault(name, 1, f"cannot be read: {error.strerror}", "mend its permissions"))
        return {}
    except UnicodeDecodeError:
        faults.append(Fault(name, 1, "is not UTF-8 text", "save it as UTF-8"))
        return {}
    except json.JSONDecodeError as error:
        faults.append(Fault(name, error.lineno, f"broken JSON: {error.msg}", "mend the JSON"))
        return {}
    if not isinstance(entries, list) or not all(map(_is_entry, entries)):
        faults.append(
            Fault(name, 1, "is no list of objects with a file each", 'write [{"file": "NAME.txt"}]')
        )
        return {}
    return {entry["file"]: _from_entry(entry, name, faults) for entry in reversed(entries)}


def _is_entry(entry: object) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("file"), str)


def _from_entry(entry: Mapping[str, object], name: str, faults: list[Fault]) -> Metadata:
    wrong: list[str] = []
    attributes = _attributes(entry, wrong)
    for message in wrong:
        what, _, mend = message.partition("; ")
        faults.append(Fault(name, 1, f"{entry['file']}: {what}", mend or "mend it or leave it out"))
    sha256 = entry.get("sha256")
    return Metadata(attributes, sha256 if isinstance(sha256, str) else None)


def read_front_matter(text: str) -> Metadata:
    """Front matter of a text, and where the text after it begins. Values that cannot be used are left out."""
    match = _FRONT_MATTER.match(text)
    if match is None:
        return Metadata()
    values = {field[1].lower(): field[3] for field in _FRONT_FIELD.finditer(match[1])}
    return Metadata(_attributes(values, []), body=match.end())


def read_html_head(page: str) -> Metadata:
    """What the head of an HTML page says. Values that cannot be used are left out."""
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
    return Metadata(_attributes(values, []))


def _attributes(values: Mapping[str, object], faults: list[str]) -> dict[str, str]:
    """Canonical attributes; the key and the matter of each value that cannot be used go to `faults`."""
    attributes: dict[str, str] = {}
    for key, attribute, datatype in _KEYS:
        value = values.get(key)
        if value is None or attribute in attributes or not str(value).strip():
            continue
        text = _as_edtf(str(value)) if datatype == EDTF else str(value)
        try:
            attributes[attribute] = canonical(text, datatype)
        except ValueError as error:
            faults.append(f"{key}: {error}")
    return attributes


def _as_edtf(text: str) -> str:
    """`22 November 2023` and times of day as dates; anything else as it is."""
    text = text.strip()
    if moment := _TIME.fullmatch(text):
        return moment[1]
    dates = find_dates(text, 0, len(text))
    whole = len(dates) == 1 and dates[0].end - dates[0].start == len(text)
    return (dates[0].edtf if whole else None) or text
