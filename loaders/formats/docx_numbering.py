"""Numbers of list items in Word files: the definitions of `numbering.xml` counted through the document."""

import re
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from loaders.formats.docx_styles import Style, Styles, indent_of
from loaders.formats.labels import ALPHA, DECIMAL, ROMAN, label

BULLET = "*"

_FORMATS = {
    "lowerLetter": (ALPHA, False),
    "upperLetter": (ALPHA, True),
    "lowerRoman": (ROMAN, False),
    "upperRoman": (ROMAN, True),
}
_PLACE = re.compile(r"%(\d)")
_LEVELS = 9
# A quarter of an inch, by which lists are indented a level, in twentieths of a point.
_INDENT = 360
_MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: its first number, format, and text with places such as `%1` for numbers."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    style: str | None = None
    # The level after which it begins anew; 0 for never.
    restart: int | None = None
    indent: int | None = None


@dataclass(slots=True)
class _List:
    """A list with its levels. Lists with the same definition go on counting in the same `counts`."""

    levels: dict[int, _Level]
    counts: dict[int, int]
    overrides: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the items of a document's lists; to be asked for its paragraphs in order, each once."""

    def __init__(self, document: WordDocument, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}
        self._lists: dict[str, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        part = next(
            (r.target_part for r in document.part.rels.values() if r.reltype.endswith("/numbering")), None
        )
        root: Any = getattr(part, "element", ())
        for child in root:
            if child.tag == qn("w:abstractNum"):
                self._abstract[str(child.get(qn("w:abstractNumId")))] = child
            elif child.tag == qn("w:num"):
                self._numbers[str(child.get(qn("w:numId")))] = child

    def label(self, paragraph: Any, style: Style) -> tuple[str, int]:
        """Label of a paragraph, empty where it is no item, and how deep its list is."""
        own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        number = _value(own, "w:numId") or _value(style.numbering, "w:numId")
        found = self._list(number) if number not in (None, "0") else None
        if found is None:
            return "", 0
        depth = self._depth(own, style, found)
        level = found.levels.get(depth, _Level())
        if level.format == "none":
            return "", 0
        self._count(found, depth)
        by_style = style.indent if _value(own, "w:numId") is None else None
        indents = (indent_of(paragraph), by_style, level.indent)
        indent = next((one for one in indents if one is not None), 0)
        text = BULLET if level.format == "bullet" else self._text(found, level)
        return text, max(depth, round((indent - _INDENT) / _INDENT))

    def _depth(self, own: Any, style: Style, found: _List) -> int:
        by_style = next(
            (d for d, level in found.levels.items() if level.style in style.ids and level.style), None
        )
        text = _value(own, "w:ilvl")
        if text is None and by_style is not None:
            return by_style
        return _whole(text or _value(style.numbering, "w:ilvl"), 0, _LEVELS - 1)

    def _count(self, found: _List, depth: int) -> None:
        counts = found.counts
        if depth in found.overrides:
            counts[depth] = found.overrides.pop(depth)
        else:
            counts[depth] = counts.get(depth, found.levels.get(depth, _Level()).start - 1) + 1
        for above in range(depth):
            counts.setdefault(above, found.levels.get(above, _Level()).start)
        for below in [d for d in counts if d > depth]:
            restart = found.levels.get(below, _Level()).restart
            if restart is None or depth < restart:
                del counts[below]

    def _text(self, found: _List, level: _Level) -> str:
        def one(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = found.levels.get(depth, _Level())
            number = found.counts.get(depth, other.start)
            if other.format == "decimalZero" and not level.legal:
                return f"{number:02}"
            style, upper = (DECIMAL, False) if level.legal else _FORMATS.get(other.format, (DECIMAL, False))
            return label(number, style, upper)

        text = " ".join(_PLACE.sub(one, level.text).split())
        return f"{text}." if text and text[-1].isalnum() else text

    def _list(self, number: str | None) -> _List | None:
        key = str(number)
        if key not in self._lists:
            self._lists[key] = self._read_list(key)
        return self._lists[key]

    def _read_list(self, key: str) -> _List | None:
        element = self._numbers.get(key)
        abstract = _value(element, "w:abstractNumId")
        definition = self._abstract.get(str(abstract))
        link = _value(definition, "w:numStyleLink")
        if link is not None:
            linked = _value(self._styles.numbering(link), "w:numId")
            abstract = _value(self._numbers.get(str(linked)), "w:abstractNumId")
            definition = self._abstract.get(str(abstract))
        if element is None or definition is None:
            return None
        levels = dict(_read_level(e) for e in definition.findall(qn("w:lvl")))
        overrides: dict[int, int] = {}
        for override in element.findall(qn("w:lvlOverride")):
            depth = _whole(override.get(qn("w:ilvl")), 0, _LEVELS - 1)
            if (own := override.find(qn("w:lvl"))) is not None:
                levels[depth] = _read_level(own)[1]
            if (start := _value(override, "w:startOverride")) is not None:
                overrides[depth] = _whole(start, 1, _MOST)
        return _List(levels, self._counts.setdefault(str(abstract), {}), overrides)


def _read_level(element: Any) -> tuple[int, _Level]:
    legal = element.find(qn("w:isLgl"))
    restart = _value(element, "w:lvlRestart")
    level = _Level(
        _whole(_value(element, "w:start"), 1, _MOST),
        _value(element, "w:numFmt") or "decimal",
        _value(element, "w:lvlText") or "",
        legal is not None and legal.get(qn("w:val")) not in ("0", "false", "off"),
        _value(element, "w:pStyle"),
        None if restart is None else _whole(restart, 0, _LEVELS),
        indent_of(element),
    )
    return _whole(element.get(qn("w:ilvl")), 0, _LEVELS - 1), level


def _value(element: Any, name: str) -> str | None:
    """The `w:val` of a child; None where there is none."""
    found = element.find(qn(name)) if element is not None else None
    value = found.get(qn("w:val")) if found is not None else None
    return None if value is None else str(value)


def _whole(text: str | None, otherwise: int, most: int) -> int:
    return min(int(text), most) if text and re.fullmatch(r"\d{1,9}", text) else otherwise
