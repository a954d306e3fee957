"""Pages of a PDF as one reads them: no running headers, footers and page numbers, columns in order."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from math import ceil

from loaders.formats.pdf_lines import Line

# The part of a page's height, from above and from below, where headers and footers stand.
_MARGIN = 0.1
# A header stands on so many of the pages at least; left and right pages may have their own.
_SHARE = 0.4
_PAGE_NUMBER = re.compile(
    r"(?:p(?:age|\.)?\s*)?[-–—|\[(\s]*(?:\d{1,4}|[ivxl]{1,6})[-–—|\])\s]*(?:(?:of|/)\s*\d{1,4})?|\d{1,4}\s*\|\s*p\s?a\s?g\s?e",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[•●▪◦‣■□➢✓\uf0b7\uf0a7\uf0d8*–—-]|o|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxlc]{1,6})[.):]{1,2}"
)
# Rows side by side are columns of prose, not a table, where both sides have so many characters a row.
_PROSE = 20
_COLUMN_ROWS = 3
# Notes at the foot are smaller than the text.
_NOTE_SIZE = 0.92
_NOTE = re.compile(r"\d{1,3}\b|[*†‡§]")


@dataclass(frozen=True, slots=True)
class Page:
    """Lines of a page in reading order, and the notes at its foot."""

    height: float
    lines: tuple[Line, ...]
    notes: tuple[Line, ...] = ()


def readable(pages: Sequence[Page]) -> list[Page]:
    """The pages without what is repeated in their margins, in reading order, notes apart."""
    repeated = _repeated(pages)
    body = main_size(line for page in pages for line in page.lines)
    result = []
    for page in pages:
        kept = [line for line in page.lines if not _is_margin(line, page, repeated)]
        notes = _notes(kept, page.height, body)
        apart = frozenset(notes)
        lines = _in_columns([line for line in kept if line not in apart])
        result.append(Page(page.height, tuple(lines), tuple(notes)))
    return result


def main_size(lines: Iterable[Line]) -> float:
    """The height in which most characters are set."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0)


# --- margins --------------------------------------------------------------------------------------------


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom > (1 - _MARGIN) * page.height or line.top < _MARGIN * page.height


def _key(line: Line, page: Page) -> tuple[str, bool, float]:
    """Words without their numbers, top or bottom, and the height: a title is larger than a header."""
    words = re.sub(r"\d+", "#", " ".join(line.text.split()).casefold())
    return words, line.bottom > page.height / 2, round(line.size)


def _repeated(pages: Sequence[Page]) -> frozenset[tuple[str, bool, float]]:
    counts: Counter[tuple[str, bool, float]] = Counter()
    for page in pages:
        counts.update({_key(line, page) for line in page.lines if _in_margin(line, page)})
    least = max(2, ceil(_SHARE * len(pages)))
    return frozenset(key for key, count in counts.items() if count >= least)


def _is_margin(line: Line, page: Page, repeated: frozenset[tuple[str, bool, float]]) -> bool:
    if not _in_margin(line, page):
        return False
    return _key(line, page) in repeated or _PAGE_NUMBER.fullmatch(line.text) is not None


def _notes(lines: Sequence[Line], height: float, body: float) -> list[Line]:
    """Lines at the foot of a page that are smaller than the text and begin with the mark of a note."""
    found: list[Line] = []
    count = 0
    # From the foot upwards; what stands above the first mark of a note is none.
    for line in sorted(lines, key=lambda one: one.bottom):
        if line.size > _NOTE_SIZE * body or line.bottom > height / 2:
            break
        found.append(line)
        if _NOTE.match(line.text):
            count = len(found)
    return found[:count][::-1]


# --- columns --------------------------------------------------------------------------------------------


def _in_columns(lines: Sequence[Line]) -> list[Line]:
    """Pieces of rows side by side: joined to one line, or one column after the other where both are prose."""
    rows = [_with_label(list(row)) for _, row in groupby(lines, key=_RowKey())]
    result: list[Line] = []
    run: list[list[Line]] = []
    for row in rows:
        if run and not _same_columns(run[-1], row):
            result += _ordered(run)
            run = []
        run.append(row)
    return result + _ordered(run)


class _RowKey:
    """Counts rows: a piece belongs to the row of the one before it where it stands to its right."""

    def __init__(self) -> None:
        self.row = 0
        self.last: Line | None = None

    def __call__(self, line: Line) -> int:
        last = self.last
        beside = last and abs(last.bottom - line.bottom) < 0.3 * line.size and line.left > last.right
        self.row += not beside
        self.last = line
        return self.row


def _with_label(row: list[Line]) -> list[Line]:
    """The label of an item and its words, which a tabulator holds apart, as one piece."""
    if len(row) > 1 and _LABEL.fullmatch(row[0].text):
        first = replace(row[1], text=f"{row[0].text} {row[1].text}", left=row[0].left)
        return [first, *row[2:]]
    return row


def _same_columns(above: Sequence[Line], row: Sequence[Line]) -> bool:
    if len(above) != 2 or len(row) != 2:
        return False
    return abs(above[1].left - row[1].left) < 4 * row[0].size and above[0].right < row[1].left


def _ordered(run: Sequence[Sequence[Line]]) -> list[Line]:
    sides = list(zip(*run, strict=False)) if len(run) >= _COLUMN_ROWS and len(run[0]) == 2 else []
    if sides and all(sum(len(line.text) for line in side) >= _PROSE * len(side) for side in sides):
        return [line for side in sides for line in side]
    return [_joined(row) for row in run]


def _joined(row: Sequence[Line]) -> Line:
    text = " ".join(line.text for line in row)
    size = max(line.size for line in row)
    return replace(row[-1], text=text, left=row[0].left, size=size, bold=row[0].bold, cells=len(row))


def usual_step(pages: Sequence[Page]) -> float:
    """The distance of baselines inside paragraphs, as a multiple of the height of the lines."""
    steps = sorted(
        (above.bottom - below.bottom) / below.size
        for page in pages
        for above, below in pairwise(page.lines)
        if 0.7 * below.size < above.bottom - below.bottom < 2.5 * below.size
        and abs(above.size - below.size) < 0.1 * below.size
    )
    # Half of all steps at most are those between paragraphs, which are wider.
    return steps[len(steps) // 3] if steps else 1.2
