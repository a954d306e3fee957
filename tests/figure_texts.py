"""Texts for tests of figures, with names marked as `[Harbour Agency](Agency)`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.dates import DateSpan, find_dates
from loaders.figures import Figure, FigureFinder
from loaders.grammar.analysis import analyse
from loaders.grammar.frames import Analysis
from loaders.grammar.lexicon import lexicon
from loaders.grammar.tokens import Named, tokenize
from loaders.mentions import Mention
from loaders.quantities import find_money
from loaders.relations import Relation
from loaders.segments import HEADING, Block, segment
from schema.model import Schema, load_schema

SCHEMA = load_schema()


@dataclass(frozen=True)
class Marked:
    """A text with names marked as `[Harbour Agency](Agency)`, as the finder of figures wants it."""

    text: str
    named: tuple[tuple[str, int, int, str], ...]
    published: str | None = None
    slug: str = "notes"

    @property
    def schema(self) -> Schema:
        return SCHEMA

    @property
    def blocks(self) -> tuple[Block, ...]:
        return segment(self.text)

    def mentions(self, start: int, end: int) -> Sequence[Mention]:
        return [Mention(key, s, e) for key, s, e, _ in self.named if start <= s and e <= end]

    def dates(self, start: int, end: int) -> Sequence[DateSpan]:
        return find_dates(self.text, start, end, self.published)

    def is_a(self, entity: str, *types: str) -> bool:
        return SCHEMA.fits((next(kind for key, _, _, kind in self.named if key == entity),), types)


def marked(text: str, published: str | None = None) -> Marked:
    """Take the marks out of a text."""
    parts: list[str] = []
    named: list[tuple[str, int, int, str]] = []
    here = length = 0
    for match in re.finditer(r"\[([^\]]+)\]\((\w+)\)", text):
        parts += [text[here : match.start()], match[1]]
        start = length + match.start() - here
        length = start + len(match[1])
        named.append((match[1].lower().replace(" ", "-"), start, length, match[2]))
        here = match.end()
    return Marked("".join([*parts, text[here:]]), tuple(named), published)


def found(text: str, published: str | None = None) -> list[tuple[Figure, list[Relation]]]:
    """All figures of a text, sentence by sentence."""
    reading = marked(text, published)
    finder = FigureFinder(reading)
    spans = [s for b in reading.blocks if b.kind != HEADING for s in b.sentences]
    return [figure for span in spans for figure in finder.find(*span, analysed(reading, *span))]


def analysed(reading: Marked, start: int, end: int) -> Analysis:
    """The analysis of a sentence, whose pronouns and short forms are left alone."""
    kinds = {key: SCHEMA.labels_of((kind,)) for key, _, _, kind in reading.named}
    named = [Named(m, frozenset(kinds[m.entity])) for m in reading.mentions(start, end)]
    dates, money = reading.dates(start, end), find_money(reading.text, start, end)
    return analyse(tokenize(reading.text, start, end, named, dates, money, lexicon()), lexicon())


def told(text: str) -> list[str]:
    """`344 firearms seized` for each figure."""
    return [figure.entity.name for figure, _ in found(text)]


def attributed(text: str) -> list[str]:
    """`344 firearms seized by harbour-agency` for each figure."""
    return [
        " by ".join([f.entity.name, *([", ".join(f.attributed_to)] if f.attributed_to else [])])
        for f, _ in found(text)
    ]


HARBOUR, REEF, TIDE = "[Harbour Agency](Agency)", "[Reef Unit](Unit)", "[Tidelandia](Country)"
SURGE, PROGRAM = "[Operation Surge](Operation)", "[Reef Program](Program)"
