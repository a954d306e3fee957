"""Puts the lines of PDF pages together to paragraphs, headings and items, and undoes divided words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from loaders.formats.pdf_lines import Line
from loaders.formats.pdf_pages import Page, main_size, usual_step
from loaders.sentences import ends_sentence

_BULLET = re.compile(r"(?:[•●▪◦‣■□➢✓\uf0b7\uf0a7\uf0d8\u2043*]|[–—-](?=\s)|o(?=\s))\s*(?=\S)")
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlc]{1,6})[.)]{1,2}\s+(?=\S)")
_DIVIDED = re.compile(r"([\w’'-]*[^\W\d_])$")
_WORD = re.compile(r"[\w’'-]+")
_LONGEST_HEADING = 200
_HEADING_SIZE = 1.12
_WIDER_STEP = 1.25
# A page with more lines is a drawing; a line is compared with so many of the others.
_MOST_LINES = 1000


@dataclass(slots=True)
class _Paragraph:
    """Lines of one paragraph, the edges of its column, and whether it began with the mark of an item."""

    lines: list[Line]
    edge: float
    left: float
    marked: bool = False

    @property
    def last(self) -> Line:
        return self.lines[-1]


def text_of(pages: Sequence[Page]) -> str:
    """The capture of the pages: paragraphs with a blank line between them, notes at the end."""
    lines = [line for page in pages for line in page.lines]
    body = main_size(lines)
    words = Counter(word.casefold() for line in lines for word in _WORD.findall(line.text))
    paragraphs = list(_paragraphs(pages, body))
    lefts = _item_lefts(paragraphs)
    largest = max((p.last.size for p in paragraphs if _is_heading(p, body)), default=0)
    parts = [_written(p, words, body, largest, lefts) for p in paragraphs]
    notes = [line for page in pages for line in page.notes]
    parts += [_joined(note, words) for note in _split_notes(notes)]
    return "\n\n".join(part for part in parts if part)


# --- paragraphs -----------------------------------------------------------------------------------------


def _paragraphs(pages: Sequence[Page], body: float) -> Iterator[_Paragraph]:
    step = usual_step(pages)
    current: _Paragraph | None = None
    for page in pages:
        for line in page.lines:
            left, edge = _column(page, line)
            marked = _is_marked(line, current)
            if current and not marked and _goes_on(current, line, step, body):
                current.lines.append(line)
                current.edge, current.left = edge, left
                continue
            if current:
                yield current
            current = _Paragraph([line], edge, left, marked)
    if current:
        yield current


def _column(page: Page, line: Line) -> tuple[float, float]:
    """Left and right edge of the column of a line: of the lines that stand below and above it."""
    known = page.lines[:_MOST_LINES]
    beside = [line, *(one for one in known if one.left < line.right and line.left < one.right)]
    return min(one.left for one in beside), max(one.right for one in beside)


def _is_marked(line: Line, above: _Paragraph | None) -> bool:
    """Whether the line begins an item; a number in the middle of a sentence only looks like a label."""
    if _BULLET.match(line.text):
        return True
    if not _NUMBER.match(line.text):
        return False
    if above is None or above.last.hyphen:
        return above is None
    text = above.last.text
    ended = ends_sentence(text, 0, len(text)) or text.endswith((":", ",", " and", " or"))
    return ended or _is_short(above, line) or abs(above.last.size - line.size) > 0.08 * line.size


def _goes_on(above: _Paragraph, line: Line, step: float, body: float) -> bool:
    """Whether a line belongs to the paragraph of the line above it."""
    last = above.last
    if abs(last.size - line.size) > 0.08 * line.size or max(last.cells, line.cells) > 1:
        return False
    if last.hyphen:
        return True
    drop = last.bottom - line.bottom
    turned = drop < 0 or drop > 6 * line.size  # the next column or page
    if not turned and drop > _WIDER_STEP * step * line.size:
        return False
    if _is_heading_line(last, body) or _is_heading_line(line, body):
        # A heading in two lines; both are bold or large.
        return (
            _is_heading_line(last, body)
            and _is_heading_line(line, body)
            and last.bold == line.bold
            and not turned
        )
    if _is_short(above, line):
        return False
    if turned:
        return not ends_sentence(last.text, 0, len(last.text)) and not last.text.endswith(":")
    indent = line.left - last.left
    if indent > 0.8 * line.size and not (above.marked and len(above.lines) == 1):
        return False
    return not (indent < -1.2 * line.size and (above.marked or len(above.lines) > 1))


def _is_short(above: _Paragraph, line: Line) -> bool:
    """Whether the first word of the line had room on the line above: then the break was meant."""
    last = above.last
    word = line.text.split()[0]
    width = (line.right - line.left) / max(1, len(line.text)) * (len(word) + 1)
    return last.right + width < above.edge - 0.1 * line.size


def _is_heading_line(line: Line, body: float) -> bool:
    return line.bold or line.size > _HEADING_SIZE * body


def _is_heading(paragraph: _Paragraph, body: float) -> bool:
    if any(line.cells > 1 for line in paragraph.lines):
        return False
    text = " ".join(line.text for line in paragraph.lines)
    if (
        len(text) > _LONGEST_HEADING
        or text.endswith((".", ";", ",", ":"))
        or not any(c.isalpha() for c in text)
    ):
        return False
    return all(_is_heading_line(line, body) for line in paragraph.lines)


def _split_notes(lines: Sequence[Line]) -> Iterator[_Paragraph]:
    current: list[Line] = []
    for line in lines:
        if (
            current
            and line.text[0].isdigit()
            and not current[-1].hyphen
            and line.left <= current[0].left + line.size
        ):
            yield _Paragraph(current, 0, 0)
            current = []
        current.append(line)
    if current:
        yield _Paragraph(current, 0, 0)


# --- words ----------------------------------------------------------------------------------------------


def _item_lefts(paragraphs: Sequence[_Paragraph]) -> list[float]:
    """How far bullets are indented, each depth once, outermost first."""
    depths: list[float] = []
    for left in sorted(p.lines[0].left - p.left for p in paragraphs if _BULLET.match(p.lines[0].text)):
        if not depths or left - depths[-1] > 5:
            depths.append(left)
    return depths


def _written(
    paragraph: _Paragraph, words: Counter[str], body: float, largest: float, lefts: Sequence[float]
) -> str:
    text = _joined(paragraph, words)
    if _is_heading(paragraph, body):
        return f"{'#' if paragraph.last.size >= largest - 0.1 else '##'} {text}"
    if paragraph.marked and (bullet := _BULLET.match(text)):
        left = paragraph.lines[0].left - paragraph.left
        depth = sum(left >= other - 1 for other in lefts[1:])
        return f"{'  ' * depth}* {text[bullet.end() :]}"
    return text


def _joined(paragraph: _Paragraph, words: Counter[str]) -> str:
    text = paragraph.lines[0].text
    for above, line in pairwise(paragraph.lines):
        text = _with_next(text, above, line.text, words)
    return text


def _with_next(text: str, above: Line, following: str, words: Counter[str]) -> str:
    if text.endswith("\u00ad"):
        return text[:-1] + following
    if above.hyphen or (text.endswith("-") and not text.endswith((" -", "--"))):
        return _undivided(text.removesuffix("-"), following, words)
    if text.endswith(("–", "/")) and not text.endswith((" –", " /")):
        return text + following
    return f"{text} {following}"


def _undivided(text: str, following: str, words: Counter[str]) -> str:
    """A word divided at the end of a line, without the hyphen unless it belongs to the word.

    It belongs there before a capital or a digit, after capitals (`US-led`), and where the document has the
    word with its hyphen elsewhere and never without.
    """
    before, after = _DIVIDED.search(text), _WORD.match(following)
    if not before or not after or not after[0][0].islower() or (before[1].isupper() and len(before[1]) > 1):
        return f"{text}-{following}"
    first, second = before[1].casefold(), after[0].casefold()
    hyphened = words[f"{first}-{second}"] > words[f"{first}{second}"]
    return f"{text}-{following}" if hyphened or "-" in first else text + following
