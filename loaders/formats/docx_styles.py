"""Paragraph styles of a Word file: which are headings, which bring numbers, which are tables of contents."""

import re
from dataclasses import dataclass, replace
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLE = re.compile(r"title", re.IGNORECASE)
_SUBTITLE = re.compile(r"subtitle", re.IGNORECASE)
_CONTENTS = re.compile(r"toc \d|table of figures|toc heading", re.IGNORECASE)
# Styles rest on others; a file may say that two rest on each other.
_DEEPEST = 20
_OUTLINE = 9


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a paragraph's style.

    `heading` is the level from 0 (the title), `numbering` the element with its list and level, `contents`
    says that the paragraph is a line of a table of contents, `indent` how far it stands to the right, in
    twentieths of a point. `ids` are the style and those it rests on.
    """

    heading: int | None = None
    numbering: Any = None
    contents: bool = False
    indent: int | None = None
    ids: tuple[str, ...] = ()


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, document: WordDocument) -> None:
        elements = document.styles.element.findall(qn("w:style"))
        self._elements: dict[str, Any] = {str(e.get(qn("w:styleId"))): e for e in elements}
        self._known: dict[str, Style] = {}

    def of(self, paragraph: Any) -> Style:
        """Style of a paragraph; an outline level of its own makes it a heading."""
        found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        key = str(found.get(qn("w:val"))) if found is not None else ""
        if key not in self._known:
            self._known[key] = self._resolved(key)
        style = self._known[key]
        own = _outline(paragraph)
        return replace(style, heading=own) if own is not None and style.heading is None else style

    def numbering(self, key: str) -> Any:
        """The numbering that a style brings."""
        return self._resolved(key).numbering

    def _resolved(self, key: str) -> Style:
        heading, numbering, indent, contents = None, None, None, False
        ids: list[str] = []
        while key in self._elements and key not in ids and len(ids) < _DEEPEST:
            element = self._elements[key]
            ids.append(key)
            named = element.find(qn("w:name"))
            name = str(named.get(qn("w:val"))) if named is not None else ""
            heading = _level(name, element) if heading is None else heading
            contents = contents or _CONTENTS.fullmatch(name) is not None
            if numbering is None:
                numbering = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
            indent = indent_of(element) if indent is None else indent
            base = element.find(qn("w:basedOn"))
            key = str(base.get(qn("w:val"))) if base is not None else ""
        return Style(heading, numbering, contents, indent, tuple(ids))


def indent_of(element: Any) -> int | None:
    """Left indent of a paragraph, style or level of a list in twentieths of a point; None without one."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:ind')}")
    value = None if found is None else found.get(qn("w:left"), found.get(qn("w:start")))
    return int(value) if value is not None and re.fullmatch(r"\d{1,5}", value) else None


def _level(name: str, element: Any) -> int | None:
    if match := _HEADING.fullmatch(name):
        return int(match[1])
    if _TITLE.fullmatch(name):
        return 0
    return 1 if _SUBTITLE.fullmatch(name) else _outline(element)


def _outline(element: Any) -> int | None:
    """Level of a paragraph or style in the outline, from 1; None for body text."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    value = str(found.get(qn("w:val"))) if found is not None else ""
    return int(value) + 1 if value.isascii() and value.isdigit() and int(value) < _OUTLINE else None
