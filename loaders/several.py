"""What names of several stand for: `both sides`, `the three Governments`, `the Participants`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from loaders.grammar.frames import Analysis
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.grammar.tokens import Token

_DEFINITE = frozenset(("the", "this", "that", "these", "both", "said"))
_STATES = frozenset(("country", "nation", "state", "government"))
_PARTNERS = frozenset(("partner", "party", "side", "body"))
_BODIES = frozenset(("Country", "Organization"))
_DEFINED_SIDES = re.compile(
    r"[(,]\s*(?:herein(?:after)?,?\s*)?(?:referred\s+to\s+as\s+)?(?:(?:collectively|together)\s+)?[“\"'‘]?"
    r"the\s+(?:participants|parties|sides|signatories)\b",
    re.IGNORECASE,
)
_NUMBERS = (
    "",
    "",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)
# Two are those of the last sentences, of which there are so many.
_BEFORE = 2
_TWO = 2


@dataclass(slots=True)
class Several:
    """The pairs and lists that a document has named so far; `labels` gives the types of an entity."""

    words: Lexicon
    labels: Callable[[str], frozenset[str]]
    _sides: tuple[str, ...] = ()
    _named: list[list[str]] = field(default_factory=list)
    # Two bodies that stood side by side, in each of the last sentences.
    _pairs: list[tuple[str, ...]] = field(default_factory=list)
    # Lists of three and more, in their order.
    _lists: list[tuple[str, ...]] = field(default_factory=list)

    def sides_of(self, phrase: Phrase) -> tuple[str, ...]:
        """Whom `the Participants` stand for where the document defines it."""
        named = phrase.plural and phrase.determiner in _DEFINITE and self.words.has("sides", phrase.head)
        return self._sides if named else ()

    def meant(self, head: str, count: int) -> tuple[str, ...]:
        """So many of a kind: the two of the last sentences, or the last list of just so many."""
        return self._two(head) if count == _TWO else self._several(head, count)

    def remember(self, analysis: Analysis, groups: Sequence[Group], names: list[str], text: str) -> None:
        """Take in a sentence: its groups, the entities that it names, and the document's text."""
        self._named.append(names)
        self._pairs.append(self._pair(analysis, groups))
        lists = [_named_in(inner) for group in groups for inner in _with_inner(group)]
        self._lists += [named for named in lists if len(named) > _TWO]
        if not self._sides and analysis.tokens:
            self._define_sides(analysis, groups, text)

    def count(self, phrase: Phrase, tokens: Sequence[Token]) -> int:
        """How many `both sides` or `the three Governments` are; 0 where no number is said."""
        if not self.words.has("twos", phrase.head):
            return 0
        if phrase.determiner == "both":
            return 2
        own = (t.text for t in tokens[phrase.start : phrase.base_end])
        counts = [_NUMBERS.index(text) for text in own if text in _NUMBERS]
        return counts[0] if counts and phrase.determiner in _DEFINITE else 0

    def _several(self, head: str, count: int) -> tuple[str, ...]:
        """`the three Governments`: those of the last list of just so many."""
        kind = "Country" if head in _STATES else "Organization"
        kinds = _BODIES if head in _PARTNERS else frozenset((kind,))
        for named in reversed(self._lists):
            if len(named) == count and all(self.labels(entity) & kinds for entity in named):
                return named
        return ()

    def _two(self, head: str) -> tuple[str, ...]:
        if head not in _STATES:
            wanted = _BODIES if head in _PARTNERS else frozenset(("Organization",))
            pair = next((pair for pair in reversed(self._pairs[-_BEFORE:]) if pair), ())
            return pair if all(self.labels(entity) & wanted for entity in pair) else ()
        kinds = frozenset(("Country",))
        for names in reversed(self._named[-_BEFORE:]):
            fitting = [e for e in dict.fromkeys(names) if self.labels(e) & kinds]
            if fitting:
                return tuple(fitting) if len(fitting) == _TWO else ()
        return ()

    def _pair(self, analysis: Analysis, groups: Sequence[Group]) -> tuple[str, ...]:
        """`A and B`, `A worked with B`: the two bodies of a sentence, if it has no third."""
        sides = [list(group.phrases) for group in groups]
        sides += [
            [*f.agent.phrases, *group.phrases]
            for f in analysis.frames
            if f.agent is not None
            for preposition, group in f.hung
            if preposition in ("with", "alongside")
        ]
        bodies = [[p for p in phrases if len(p.entities) == 1 and p.labels & _BODIES] for phrases in sides]
        pairs = {tuple(e for p in one for e in p.entities) for one in bodies if len(one) > 1}
        pair = next(iter(pairs), ())
        return pair if len(pairs) == 1 and len(set(pair)) == _TWO else ()

    def _define_sides(self, analysis: Analysis, groups: Sequence[Group], text: str) -> None:
        """`A and B (“the Participants”)`: whom the short form stands for from here on."""
        said = text[analysis.tokens[0].start : analysis.tokens[-1].end]
        if _DEFINED_SIDES.search(said) is None:
            return
        for group in groups:
            named = [e for p in group.phrases for e in p.entities if self.labels(e) & _BODIES]
            if len(named) > 1:
                self._sides = tuple(named)
                return


def _with_inner(group: Group) -> list[Group]:
    return [group, *(inner for phrase in group.phrases for _, inner in phrase.hung)]


def _named_in(group: Group) -> tuple[str, ...]:
    return tuple(dict.fromkeys(e for p in group.phrases for e in p.entities))
