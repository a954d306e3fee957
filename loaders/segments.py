"""Cuts a text into headings, paragraphs, items with their numbers and rows, and these into sentences.

Line breaks are soft where the text is wrapped at some width, and a paragraph that a page break or a blank
line tears apart is put together again. Items nest: the item `ii.` under the item `1.` has the number `1.ii`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from loaders.sentences import Span, ends_sentence, sentences

HEADING, PARAGRAPH, ITEM, ROW = "heading", "paragraph", "item", "row"

# Lines longer than this are whole paragraphs: a text that has some is not wrapped at a width.
_WIDEST = 120
_FULL_LINE = 60
_LONGEST_HEADING = 200

_BULLET = re.compile(r"[-*•‣◦▪●–—o][^\S\n]+(?=\S)")
_NUMBER = re.compile(
    r"(?![A-Z]\.[^\S\n]+[A-Z]\.)(?:(?P<open>\()?(?P<label>\d{1,3}(?:\.\d{1,3})*|[ivxlc]{1,6}|[IVXLC]{1,6}|[a-z]|[A-Z])(?P<close>[.)]{1,2}|:(?=\s)))"
    r"[^\S\n]+(?=\S)"
)
_DASH = re.compile(r"[-–—][^\S\n]+(?=[a-z])")
_HASHES = re.compile(r"(#{1,6})[^\S\n]+(?=\S)")
_ROW = re.compile(r"\|[^\n]*[^\s|][^\n]*\|")
_ROW_RULE = re.compile(r"[^\S\n]*\|(?:[^\S\n]*:?-+:?[^\S\n]*\|)+[^\S\n]*(?:\n|$)")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_CELL_EDGE = re.compile(r"(?<!\\)\|")
# Styles of a line that is a row, and of one that a rule makes the head of its table.
_PLAIN_ROW, _HEAD_ROW = "|", "|-"
_RULE = re.compile(r"(?:[-*_=~][^\S\n]*){3,}")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_UNFINISHED = re.compile(
    r"\b(?:the|a|an|of|to|in|on|at|by|for|with|from|and|or|as|its|our|their|this|that|which|including|through|"
    r"between|among|under|into|against|within|such|toward|towards|will|is|are|be|has|have)$",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(
    r"(?:the|a|an|of|to|in|on|at|by|for|with|from|and|or|as|its|under|between|into|de|la)"
)


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph, a list item or a row of a table.

    `start` and `end` are where it stands, `body` where its words begin after bullet, number or hashes.
    `number` is the whole number of an item or a numbered heading (`1.ii`); bullets are counted under what
    they stand under (`1.3`), and `counted` says so. `parent` is the index of the block that it stands under;
    that of a row is the head of its table where there is one. The sentences of a row are those of its cells.
    """

    kind: str
    start: int
    body: int
    end: int
    number: str | None = None
    counted: bool = False
    parent: int | None = None
    sentences: tuple[Span, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    body: int
    end: int
    label: str | None
    style: str | None
    indent: int


def segment(text: str, start: int = 0) -> tuple[Block, ...]:
    """The blocks of the text from `start` on, in order; together they hold all its words."""
    blocks = [
        part
        for block in _joined(text, list(_raw_blocks(text, start)))
        for part in _split_heading(text, block)
    ]
    return tuple(replace(block, sentences=tuple(_sentences(text, block))) for block in _placed(text, blocks))


def _sentences(text: str, block: Block) -> Iterator[Span]:
    start = block.body
    for edge in _CELL_EDGE.finditer(text, block.body, block.end) if block.kind == ROW else ():
        yield from sentences(text, start, edge.start())
        start = edge.end()
    yield from sentences(text, start, block.end)


# --- lines and raw blocks -------------------------------------------------------------------------------


@dataclass(slots=True)
class _Raw:
    """A block before its number is known: the first line says what it is."""

    first: _Line
    end: int
    last_line: int
    kind: str


def _raw_blocks(text: str, start: int) -> Iterator[_Raw]:
    lines = list(_lines(text, start))
    width = max((line.end - line.start for line in lines if line), default=0)
    current: _Raw | None = None
    for index, line in enumerate(lines):
        if line is None:
            if current is not None:
                yield current
            current = None
        elif current is not None and _is_soft(text, lines[index - 1], line, width):
            current.end, current.last_line = line.end, line.start
        else:
            if current is not None:
                yield current
            current = _Raw(line, line.end, line.start, _kind(line))
    if current is not None:
        yield current


def _lines(text: str, start: int) -> Iterator[_Line | None]:
    """Lines with something on them; None for blank lines, rules and empty rows."""
    while start < len(text):
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        content = text[start:stop]
        stripped = content.strip()
        begin = start + len(content) - len(content.lstrip())
        if not stripped or _RULE.fullmatch(stripped) or _ROW_RULE.fullmatch(stripped):
            yield None
        elif _ROW.fullmatch(stripped):
            style = _HEAD_ROW if _ROW_RULE.match(text, stop + 1) else _PLAIN_ROW
            inner = stripped[1:-1].strip()
            body = text.index(inner, begin + 1)
            yield _Line(begin, body, body + len(inner), None, style, begin - start)
        elif stripped.strip("| \t"):
            yield _line(text, begin, begin + len(stripped), begin - start)
        else:
            yield None
        start = stop + 1


def _line(text: str, start: int, end: int, indent: int) -> _Line:
    body, label, style = start, None, None
    if match := _HASHES.match(text, start, end):
        body, style = match.end(), "#" * len(match[1])
    elif match := _BULLET.match(text, start, end):
        body, style = match.end(), "*"
    if match := _NUMBER.match(text, body, end):
        closed = match["close"] != ":" and (match["open"] is None or ")" in match["close"])
        if closed:
            label = match["label"]
            style = style if style and style.startswith("#") else f"1{match['open'] or ''}{match['close']}"
            body = match.end()
    return _Line(start, body, end, label, style, indent)


def _is_soft(text: str, above: _Line | None, line: _Line, width: int) -> bool:
    """Whether the line goes on with the one above: the break is there because the line was full."""
    if above is None or (above.style or "").startswith(("#", _PLAIN_ROW)):
        return False
    if line.style is not None and not _is_dash_inside(text, above, line):
        return False
    last, first = text[above.end - 1], text[line.start]
    if first.islower() and last not in ".!?:;":
        return True
    if width > _WIDEST:
        return False
    word = re.compile(r"\S+").match(text, line.start)
    return above.end - above.start + 1 + (len(word[0]) if word else 0) > width


def _is_dash_inside(text: str, above: _Line, line: _Line) -> bool:
    """Whether a line begins with a dash that stands inside a sentence: no bullet."""
    return (
        _DASH.match(text, line.start) is not None
        and above.style is None
        and text[above.end - 1] not in ".!?:;,"
    )


def _kind(line: _Line) -> str:
    if line.style is None:
        return PARAGRAPH
    if line.style in (_PLAIN_ROW, _HEAD_ROW):
        return ROW
    return HEADING if line.style.startswith("#") else ITEM


# --- joining what was torn apart ------------------------------------------------------------------------


def _joined(text: str, raw: Sequence[_Raw]) -> list[_Raw]:
    blocks: list[_Raw] = []
    ended = False
    for block in raw:
        above = blocks[-1] if blocks else None
        if above is not None and block.first.style is None and _goes_on(text, above, block, ended):
            above.end, above.last_line = block.end, block.last_line
        else:
            blocks.append(block)
        if blocks[-1].kind == ITEM:
            ended = ended or ends_sentence(text, blocks[-1].first.body, blocks[-1].end)
    for block in blocks:
        if block.kind not in (ITEM, ROW) and (
            block.kind == HEADING or _looks_like_heading(text, block.first.body, block.end)
        ):
            block.kind = HEADING
    return blocks


def _goes_on(text: str, above: _Raw, block: _Raw, items_end: bool) -> bool:
    """Whether a block without a mark of its own is the rest of the one above it.

    `items_end`: whether the items of the text end with a full stop or a semicolon, so that one that does
    not is unfinished.
    """
    last = text[above.end - 1]
    if above.kind in (HEADING, ROW) or ends_sentence(text, above.first.body, above.end) or last in '):*_”"':
        return False
    if text[block.first.start].islower() or _UNFINISHED.search(text, above.first.body, above.end):
        return True
    if _looks_like_heading(text, above.first.body, above.end) or above.end - above.last_line < _FULL_LINE:
        return False
    return items_end if above.kind == ITEM else text[block.first.start].isalpha()


def _looks_like_heading(text: str, start: int, end: int) -> bool:
    """A short line without an end mark whose longer words are mostly capitalised, or bold as a whole."""
    words = text[start:end].strip("*_ ").split()
    if end - start > _LONGEST_HEADING or "\n" in text[start:end] or not words:
        return False
    if text[end - 1] in ".!?:;,":
        return False
    if text.startswith("**", start) and text.endswith("**", start, end):
        return True
    main = [w for w in words if w[0].isalpha() and not _SMALL_WORD.fullmatch(w.lower())]
    return len(main) > 0 and sum(w[0].isupper() for w in main) >= 0.7 * len(main)


def _split_heading(text: str, block: _Raw) -> Iterator[_Raw]:
    """An item, and apart from it the heading of what follows that stands at its end without an end mark."""
    spans = list(sentences(text, block.first.body, block.end)) if block.kind == ITEM else []
    if len(spans) > 1 and _is_appended_heading(text, spans[-2], spans[-1]):
        start, end = spans[-1]
        yield replace(block, end=spans[-2][1])
        yield _Raw(_Line(start, start, end, None, None, 0), end, start, HEADING)
    else:
        yield block


def _is_appended_heading(text: str, before: Span, last: Span) -> bool:
    return (
        last[1] - last[0] <= _LONGEST_HEADING
        and ends_sentence(text, *before)
        and not ends_sentence(text, *last)
        and text[last[1] - 1] not in ":,)"
    )


# --- numbers and nesting --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Level:
    """An open list: its style, where it stands, its last label, and how many bullets it has had.

    `introduces`: whether its last item ends with a colon or is a heading.
    """

    style: str
    indent: int
    index: int
    number: str | None
    label: str | None
    bullets: int = 0
    introduces: bool = True


class _Numbering:
    """The open lists and headings at a place of the text, outermost first."""

    def __init__(self) -> None:
        self.levels: list[_Level] = []
        self.heading: int | None = None
        self.interrupted = False

    @property
    def parent(self) -> int | None:
        return self.levels[-1].index if self.levels else self.heading

    def item(self, line: _Line, index: int, introduces: bool) -> tuple[str | None, bool, int | None]:
        """Number, whether it is counted, and parent of an item; opens or goes on with its list."""
        style = self._style(line)
        depth = next((d for d, level in enumerate(self.levels) if self._same(level, style, line)), None)
        if depth is None:
            while self.levels and (self._is_outer(style, line) or self._is_over()):
                self.levels.pop()
            depth = len(self.levels)
        bullets = self.levels[depth].bullets if depth < len(self.levels) else 0
        del self.levels[depth:]
        above = self.levels[-1].number if self.levels else None
        parent = self.parent
        counted = line.label is None
        own = str(bullets + 1) if counted else str(line.label)
        number = f"{above}.{own}" if above and not own.startswith(f"{above}.") else own
        level = _Level(style, line.indent, index, number, line.label, bullets + counted, introduces)
        self.levels.append(level)
        self.interrupted = False
        return number, counted, parent

    def _style(self, line: _Line) -> str:
        """Kind of label with its punctuation; `i` after `h` is a letter, elsewhere a Roman number."""
        if line.label is None:
            return "*"
        label, marks = line.label, (line.style or "")[1:]
        if label[0].isdigit():
            return f"1{label.count('.')}{marks}"
        before = next(
            (lv.label for lv in reversed(self.levels) if lv.style == f"a{label.islower()}{marks}"), None
        )
        follows = before is not None and len(label) == 1 and ord(label) == ord(before[-1]) + 1
        # A list may begin with a letter further down in the alphabet, but hardly with fifty or a hundred.
        counts = len(label) > 1 or label.lower() in "ivx"
        roman = counts and _ROMAN.fullmatch(label) is not None and not follows
        return f"{'i' if roman else 'a'}{label.islower()}{marks}"

    def _same(self, level: _Level, style: str, line: _Line) -> bool:
        return level.style == style and (style != "*" or level.indent >= line.indent - 1)

    def _is_over(self) -> bool:
        """Whether prose after the innermost item has ended its list: nothing in it announced another one."""
        return self.interrupted and not self.levels[-1].introduces

    def _is_outer(self, style: str, line: _Line) -> bool:
        """Whether a new list cannot stand inside the innermost open one."""
        inner = self.levels[-1]
        if inner.style == "*":
            return line.indent < inner.indent
        return style.startswith("1") and not inner.style.startswith("1")


def _placed(text: str, raw: Sequence[_Raw]) -> list[Block]:
    blocks: list[Block] = []
    numbering = _Numbering()
    head: int | None = None
    for index, (block, following) in enumerate(zip_longest(raw, raw[1:])):
        line = block.first
        number, counted, parent = None, False, numbering.heading
        if block.kind == ITEM:
            if _is_numbered_heading(text, block, following):
                block.kind = HEADING
            introduces = block.kind == HEADING or text[block.end - 1] == ":"
            number, counted, parent = numbering.item(line, index, introduces)
        elif block.kind == HEADING and line.style is not None:
            numbering = _Numbering()
            numbering.heading, number, parent = index, line.label, None
            if line.label is not None:
                numbering.levels.append(_Level(f"#{line.style}", 0, index, line.label, line.label))
        if block.kind == ROW:
            head = head if blocks and _is_same_table(text, blocks[-1], block) else None
            parent = numbering.heading if head is None else head
            head = index if line.style == _HEAD_ROW else head
        numbering.interrupted = numbering.interrupted or line.style is None
        blocks.append(Block(block.kind, line.start, line.body, block.end, number, counted, parent))
    return blocks


def _is_same_table(text: str, above: Block, row: _Raw) -> bool:
    return above.kind == ROW and not _BLANK_LINE.search(text, above.end, row.first.start)


def _is_numbered_heading(text: str, block: _Raw, following: _Raw | None) -> bool:
    """`1. To Build Trust` above prose is a heading, not an item."""
    return (
        block.first.label is not None
        and following is not None
        and following.first.label is None
        and _looks_like_heading(text, block.first.body, block.end)
    )
