"""Where a document pledges something: items of lists that a lead introduces, and sentences in prose.

The words are those of `lexicon/pledges.yaml`. A list item is a pledge where the nearest line that introduces
its list pledges (`we commit to:`) or heads pledges (`Responsibilities`). A paragraph is one where a sentence
of it has a pledging verb right behind its subject, and that subject is `we`, `both sides` or the name of a
state, a body or a person. Pledges in prose are numbered by letters under the numbered heading above them.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from loaders.pledgewords import PledgeWords, pledge_words
from loaders.reading import Reading
from loaders.segments import HEADING, ITEM, PARAGRAPH, Block
from loaders.sentences import Span, ends_sentence
from schema.values import parse_date

NUMBERED, BULLETED, PROSE = "commitment/numbered@1", "commitment/bulleted@1", "commitment/prose@1"

_ACTORS = ("Country", "Organization", "Person")
_NAME = "@"
_FIRST = ("1", "I", "i", "A", "a")
_LONGEST_SUBJECT = 400
_LONGEST_LEAD = 2000
# `had agreed`, `previously agreed`: what is recalled was pledged elsewhere.
_RECALLED = re.compile(
    r"\b(?:had|previously|earlier|last year|last month|already|if|whether|never|not|nor)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Pledge:
    """A pledge and where it stands.

    `start` and `end` are its place, `body` where its words begin. `leads` are the blocks that introduce it,
    nearest first, `heading` the block with the words of its pillar, `group` the one that heads its part of a
    list. `party` is the place of the words that say who pledges, where they do so by name, `asked` where the
    words after a modality such as `call upon` begin.
    """

    start: int
    body: int
    end: int
    number: str
    modality: str
    rule: str
    leads: tuple[Block, ...] = ()
    heading: Block | None = None
    group: Block | None = None
    party: Span | None = None
    asked: int | None = None


@dataclass(frozen=True, slots=True)
class _Said:
    """How a sentence pledges: its modality, where it says who does, and whether that is `we`."""

    modality: str
    party: Span | None
    ours: bool = False


def find_pledges(reading: Reading) -> list[Pledge]:
    """All pledges in the order of the text."""
    finder = _Finder(reading, pledge_words())
    items = list(finder.items())
    prose = finder.prose({item.number for item in items})
    return sorted([*items, *prose], key=lambda p: (p.start, p.end))


class _Finder:
    def __init__(self, reading: Reading, words: PledgeWords) -> None:
        self.reading = reading
        self.text = reading.text
        self.blocks = reading.blocks
        self.words = words
        self._introducing: dict[int, tuple[Block, ...]] = {}
        # By index: the nearest block above that is no item, so that a long list is not walked for each item.
        self._above: list[int] = []
        last = -1
        for index, block in enumerate(self.blocks):
            self._above.append(last)
            last = index if block.kind != ITEM else last

    # --- lists ------------------------------------------------------------------------------------------

    def items(self) -> Iterator[Pledge]:
        """The innermost items under a line that pledges; `give help, including:` is one with its items."""
        parents = {block.parent for block in self.blocks if block.kind == ITEM}
        whole = -1
        for index, block in enumerate(self.blocks):
            if block.kind != ITEM or index < whole:
                continue
            if index in parents and (not self._introduces(block) or self._lead(block) is not None):
                continue
            leads, group = self._leads(index)
            said = self._said(leads)
            if said is None or self.words.no_pledge.match(self.text, block.body, block.end):
                continue
            if index in parents:
                whole = self._after(index)
            own, asked = self._own_modality(block)
            heading = None if block.parent is None else self.blocks[block.parent]
            above = () if block.parent is None else self._above_headings(block.parent)
            yield Pledge(
                block.start,
                block.body,
                self.blocks[whole - 1].end if index in parents else block.end,
                block.number or "1",
                own or said.modality,
                BULLETED if block.counted else NUMBERED,
                (*leads, *above),
                heading,
                group,
                said.party,
                asked,
            )

    def _after(self, index: int) -> int:
        """Index of the first block behind an item and the items under it."""
        following = index + 1
        for block in islice(self.blocks, following, None):
            if block.parent is None or block.parent < index:
                break
            following += 1
        return following

    def _leads(self, index: int) -> tuple[tuple[Block, ...], Block | None]:
        """Blocks that introduce the list of an item, nearest first, and the heading of its part of it."""
        leads: list[Block] = []
        group: Block | None = None
        own = index
        while True:
            parent = self.blocks[index].parent
            first = 0 if parent is None else parent + 1
            at = self._above[index]
            while at >= first:
                above = self.blocks[at]
                at = self._above[at]
                if self._introduces(above) or (above.kind == HEADING and self._heads_pledges(above)):
                    leads.append(above)
                    break
                if above.kind == PARAGRAPH and ends_sentence(self.text, above.body, above.end):
                    break  # a whole paragraph cuts the list off from what stands above it
                group = above if index == own and group is None else group
            if parent is None:
                return tuple(leads), group
            leads.append(self.blocks[parent])
            index = parent

    def _above_headings(self, heading: int) -> tuple[Block, ...]:
        """The line that introduces a row of numbered headings, right above the first of them."""
        if heading not in self._introducing:
            self._introducing[heading] = tuple(self._line_above_first(heading))
        return self._introducing[heading]

    def _line_above_first(self, heading: int) -> Iterator[Block]:
        at = heading
        while at > 0 and self.blocks[heading].kind == HEADING and self.blocks[heading].number is not None:
            block, above = self.blocks[at], self.blocks[at - 1]
            if block.kind == HEADING and block.number in _FIRST:
                if self._introduces(above):
                    yield above
                return
            at = self._above[at]

    def _introduces(self, block: Block) -> bool:
        return self.text[block.start : block.end].rstrip("*_ ").endswith(":")

    def _heads_pledges(self, block: Block) -> bool:
        words = " ".join(self.text[block.body : block.end].strip("*_# :").split())
        return self.words.heading.fullmatch(words) is not None

    def _said(self, leads: Sequence[Block]) -> _Said | None:
        """How the leads put what they introduce; the nearest line with a colon decides."""
        for lead in leads:
            said = self._lead(lead)
            if said is not None or self._introduces(lead):
                return said
        return None

    def _lead(self, lead: Block) -> _Said | None:
        if lead.kind == HEADING and self._heads_pledges(lead):
            return _Said(self.words.duty, None)
        if not lead.sentences:
            return None
        start, end = lead.sentences[-1]
        start = max(start, end - _LONGEST_LEAD)
        sentence = self.text[start:end].rstrip("*_ ")
        if not sentence.endswith(":"):
            return None
        for modality, pattern in self.words.leads:
            if match := pattern.search(sentence):
                named = self.words.is_named(self._masked(start, start + match.start()))
                return _Said(modality, (start, start + match.start()) if named else None)
        return None

    def _own_modality(self, block: Block) -> tuple[str | None, int | None]:
        for modality, pattern in self.words.modalities:
            if match := pattern.match(self.text, block.body, block.end):
                return modality, match.end()
        return None, None

    # --- prose ------------------------------------------------------------------------------------------

    def prose(self, taken: set[str]) -> Iterator[Pledge]:
        """Paragraphs in which `we` pledge, and sentences in which others do; `taken` are numbers of items."""
        counts: Counter[str] = Counter()
        numbered: int | None = None
        duties = False
        for index, block in enumerate(self.blocks):
            if block.kind == HEADING:
                duties = self._heads_pledges(block)
                numbered = index if block.number is not None else None
            if block.kind != PARAGRAPH:
                continue
            heading = None if numbered is None else self.blocks[numbered]
            leads = () if numbered is None else self._above_headings(numbered)
            for start, end, said in self._pledging(block, duties=duties):
                number = _next(heading.number if heading else None, counts, taken)
                yield Pledge(
                    start, start, end, number, said.modality, PROSE, leads, heading, party=said.party
                )

    def _pledging(self, block: Block, *, duties: bool) -> Iterator[tuple[int, int, _Said]]:
        """A paragraph that `we` begin with a pledge is one as a whole; else each pledging sentence is one."""
        found = False
        for start, end in block.sentences:
            said = self._sentence(start, end, duties=duties, follows=found)
            if said is not None and said.ours and not found and start == block.sentences[0][0]:
                yield block.start, block.end, said
                return
            if said is not None:
                found = True
                yield start, end, said

    def _sentence(self, start: int, end: int, *, duties: bool, follows: bool) -> _Said | None:
        """How a sentence pledges; None for others, and for one that only introduces a list.

        `duties`: it stands under a heading of pledges; `follows`: the paragraph has a pledge before it.
        """
        if self.text[start:end].rstrip("*_ ").endswith(":"):
            return None
        for modality, pattern in self.words.prose:
            for match in pattern.finditer(self.text, start, min(end, start + _LONGEST_SUBJECT)):
                subject = self._masked(start, match.start())
                if self.words.pledges(match["word"], subject, duties=duties, follows=follows):
                    if self._is_recalled(start, match):
                        return None
                    return _Said(modality, (start, match.start()), self.words.is_ours(subject))
        return None

    def _is_recalled(self, start: int, match: re.Match[str]) -> bool:
        """Whether the sentence tells of an earlier pledge, of a condition, or denies."""
        if _RECALLED.search(self.text, start, match.end()) is not None:
            return True
        published = self.reading.published
        earliest = parse_date(published).earliest if published else None
        for date in self.reading.dates(start, match.start()):
            latest = parse_date(date.edtf).latest if date.edtf else None
            if latest is not None and earliest is not None and latest.year < earliest.year:
                return True
        return False

    def _masked(self, start: int, end: int) -> str:
        """The words between two positions with a mark for each name of a state, body or person."""
        pieces = []
        at = start
        for mention in self.reading.mentions(start, end):
            if self.reading.is_a(mention.entity, *_ACTORS):
                pieces += [self.text[at : mention.start], _NAME]
                at = mention.end
        return "".join([*pieces, self.text[at:end]])


def _next(under: str | None, counts: Counter[str], taken: set[str]) -> str:
    """The next free number of a pledge in prose under a numbered heading, or under none."""
    while True:
        letter = _letter(counts[under or ""])
        counts[under or ""] += 1
        number = f"{under}.{letter}" if under else letter
        if number not in taken:
            return number


def _letter(count: int) -> str:
    """a, b … z, aa, ab …"""
    letters = ""
    count += 1
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters
