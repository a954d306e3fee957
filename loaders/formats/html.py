"""HTML pages: their main text as Markdown, without navigation, footers and comments."""

import logging
import re
from pathlib import Path
from typing import Any

from trafilatura import extract, html2txt, load_html

from loaders.formats.content import Content, unreadable
from loaders.formats.decoding import decode
from loaders.formats.labels import ALPHA, DECIMAL, ROMAN, label
from loaders.metadata import read_html_head

_CHARSET = re.compile(rb"<meta[^>]+charset=[\"']?([\w-]+)", re.IGNORECASE)
_CHARSET_REACH = 2048
_TYPES = {
    "a": (ALPHA, False),
    "A": (ALPHA, True),
    "i": (ROMAN, False),
    "I": (ROMAN, True),
    "1": (DECIMAL, False),
}
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b((?:lower|upper)-(?:alpha|latin|roman))")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_EMPHASIS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*\\])\1(?!\*)")
_WHOLE = re.compile(r"\*\*[^*]+\*\*")
# The bar is left as it is, since it would part the cells of a row.
_ESCAPED = re.compile(r"\\([*_`~\[\]<>#+.)-])")

# What these libraries have to say about a broken page, the DataError says in one line.
for library in ("trafilatura", "htmldate"):
    logging.getLogger(library).setLevel(logging.CRITICAL)


def read(path: Path, data: bytes) -> Content:
    """Raises DataError for a file that is no text and for a page without text."""
    declared = _CHARSET.search(data[:_CHARSET_REACH])
    page = decode(path, data, declared[1].decode() if declared else None)
    try:
        text = _main_text(page)
    except Exception as error:  # the parsers beneath fail in many ways on broken pages
        raise unreadable(path, f"is HTML that cannot be read: {error}", "save the page's text") from error
    if not text.strip():
        raise unreadable(path, "is an HTML page without text", "save the page with its main text")
    return Content(text, read_html_head(page, path))


def _main_text(page: str) -> str:
    tree = load_html(page)
    if tree is None:
        return ""
    _write_labels(tree)
    text = extract(tree, output_format="markdown", include_comments=False, include_formatting=True)
    text = text if text and text.strip() else html2txt(page)
    return "\n".join(map(_plain, text.splitlines()))


def _plain(line: str) -> str:
    """A line without the backslashes of Markdown and without emphasis, unless all of it is emphasised."""
    line = _CONTROL.sub("", line).rstrip()
    if not _WHOLE.fullmatch(line):
        line = _EMPHASIS.sub(r"\2", line)
    return _ESCAPED.sub(r"\1", line)


def _write_labels(tree: Any) -> None:
    """Write the labels of lists that Markdown would count from 1 again into their items."""
    for ordered in list(tree.iter("ol")):
        style = _LIST_STYLE.search(ordered.get("style", ""))
        kind = _STYLES[style[1]] if style else ordered.get("type", "1")
        items = [child for child in ordered if child.tag == "li"]
        number = _whole(ordered.get("start"), len(items) if "reversed" in ordered.attrib else 1)
        plain = kind == "1" and number == 1 and not any("value" in item.attrib for item in items)
        if plain or kind not in _TYPES:
            continue
        ordered.tag = "ul"
        step = -1 if "reversed" in ordered.attrib else 1
        for item in items:
            number = _whole(item.get("value"), number)
            first = _first_words(item)
            first.text = f"{label(number, *_TYPES[kind])}. {(first.text or '').lstrip()}"
            number += step


def _first_words(item: Any) -> Any:
    """The element that an item's words begin in: itself, or the paragraph that it begins with."""
    while not (item.text or "").strip() and len(item) and item[0].tag in ("p", "div", "span"):
        item = item[0]
    return item


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else otherwise
