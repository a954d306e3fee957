"""What names of several stand for: `both sides`, `the three Governments`, `the Participants`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from loaders.grammar.frames import Analysis, Frame
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Group, Phrase, singular
from loaders.grammar.tokens import DATE, ENTITY, MONEY, NUMBER, POSSESSIVE, WORD, Token
from loaders.listed import Defined, Described, definitions, describe, is_group, types_of
from loaders.numbers import WORDS, number
from loaders.reading import Reading
from loaders.verbs import is_auxiliary

_DEFINITE = frozenset(("the", "this", "that", "these", "both", "said"))
_STATES = frozenset(("country", "nation", "state", "government"))
_PARTNERS = frozenset(("partner", "party", "side", "body"))
_BODIES = frozenset(("Country", "Organization"))
_DEFINED_SIDES = re.compile(
    r"[(,]\s*(?:herein(?:after)?,?\s*)?(?:referred\s+to\s+as\s+)?(?:(?:collectively|together)\s+)?[“\"'‘]?"
    r"the\s+(?:participants|parties|sides|signatories)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(WORDS)
_ANY_NUMBER = re.compile(rf"\b(?:\d{{1,3}}|{WORDS})\b")
# With these a noun is not that of the list before: `the other three countries`.
_OTHERS = frozenset(("other", "remaining", "further", "additional", "new", "next", "more", "another"))
# `some of the three countries`, `all but the three countries`: not each of them.
_SOME = frozenset(
    (
        *("some", "several", "many", "few", "most", "half", "majority", "minority", "number", "any", "none"),
        *("one", "neither", "either", "part", "rest", "remainder", "third", "quarter", "handful", "more"),
        *("fewer", "less", "portion", "bulk", "couple", "dozen", "exception", "absence"),
        *("exclusion", "share"),
        *("various", "certain", "subset", "selection", "percent", "per cent", "only"),
    )
)
_NOT_ALL = frozenset(
    (
        *("not", "nearly", "almost", "virtually", "practically", "barely", "hardly", "except", "except for"),
        *("excepting", "excluding", "besides", "minus", "unlike", "without", "than", "other than", "among"),
        *("apart from", "aside from", "amongst", "instead of", "rather than", "outside", "save", "beyond"),
    )
)
_ARTICLES = frozenset(("a", "an", "another", "each", "no", "every"))
# `held in the Reef countries` may be in one of them.
_SOMEWHERE = frozenset(("in", "within", "across", "throughout", "at", "inside"))
_BETWEEN = re.compile(r"\s*(?:\(\d+\)\s*)?|-")
_EXCEPT = re.compile(
    r"\s*[,(–—-]?\s*(?:except|excluding|other\s+than|apart\s+from|aside\s+from|minus|save|bar|without|"
    r"with\s+the\s+exception|but\s+(?:not\s+)?(?:the\s+)?[A-Z]|not\s+including|or\s+at\s+least|though\s+not|less\b|"
    r"with\s+(?:the\s+)?[A-Z]\w+\s+\w+ing\b|having\b|concerned\b|participating\b|[A-Z]\w+\s+(?:aside|abstaining))"
)
# `Except for A, the three did it`.
_EXCEPTED = re.compile(
    r"\b(?:bar|except(?:\s+for)?|excepting|apart\s+from|aside\s+from|save(?:\s+for)?|other\s+than)\b[^.;]{1,60},\s*$|"
    r"\b(?:apart|aside|excepted),\s*$",
    re.IGNORECASE,
)
_RESTRICTS = re.compile(r"\s+(?:that|which|who|whose|where|(?:in|of|for|with|to|from)\s+which)\b")
# Two are those of the last sentences, of which there are so many.
_BEFORE = 2
_TWO = 2
_ORGANIZED = frozenset(("Organization",))
# `the seven` stands for a list that is no further behind, in characters.
_NEAR = 400
# How many words of a noun phrase before `of` may say how many of them there are.
_QUANTITY = 6


@dataclass(frozen=True, slots=True)
class _Use:
    """A noun for a group where a text uses it: from `start` to `end` of its text. `hung` is what hangs on it;
    `bound`: what follows may say which of them are meant; `capital`: it is written as a short form is."""

    said: Described
    hung: frozenset[str]
    start: int
    end: int
    bound: bool
    capital: bool


@dataclass(slots=True)
class Several:
    """The pairs and lists that a document has named so far, and the groups that it defines anywhere.

    `labels` gives the types of an entity.
    """

    reading: Reading
    words: Lexicon
    labels: Callable[[str], frozenset[str]]
    _sides: tuple[str, ...] = ()
    _named: list[list[str]] = field(default_factory=list)
    # Two bodies that stood side by side, in each of the last sentences.
    _pairs: list[tuple[str, ...]] = field(default_factory=list)
    # Lists of three and more, in their order.
    _lists: list[tuple[str, ...]] = field(default_factory=list)
    _defined: tuple[Defined, ...] | None = None

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
        own = tokens[phrase.start : phrase.base_end]
        if any(token.is_word(*_OTHERS) for token in own):
            return 0
        counts = [n for n in map(_number, own) if n > 1]
        return counts[0] if counts and phrase.determiner in (*_DEFINITE, "all") else 0

    # --- groups that the document defines ---

    def group(self, phrase: Phrase, tokens: Sequence[Token], frames: Sequence[Frame]) -> tuple[str, ...]:
        """Whom `the 13 Reef nations` stand for where the document lists them."""
        use = self._used(phrase, tokens, frames)
        if use is None or any(one.tells_at(use.start) for one in self._groups()):
            return ()
        for fits in (self._means, self._may_mean):
            found = {frozenset(one.members): one.members for one in self._groups() if fits(one, use)}
            if found:
                return self._whole(next(iter(found.values())), phrase, tokens, use) if len(found) == 1 else ()
        return ()

    def _whole(
        self, members: tuple[str, ...], phrase: Phrase, tokens: Sequence[Token], use: _Use
    ) -> tuple[str, ...]:
        """The members of a group, if what is said of it is said of each."""
        owned = phrase.possessor is not None or any(preposition == "of" for preposition, _ in phrase.hung)
        bodies = not all("Country" in self.labels(entity) for entity in members)
        if not all(self.labels(entity) & types_of(use.said.kind) for entity in members):
            return ()
        if owned and bodies:
            return ()  # whose bodies they are said to be, and to which body they belong, may be two things
        before = tokens[phrase.start - 1] if phrase.start else None
        if before is not None and before.is_word(*_SOMEWHERE) and not use.said.count:
            return ()
        all_of = stands_for_all(phrase, tokens, len(members), self.reading.text, self.words)
        if all_of and (bodies or phrase.includes is None):
            phrase.modifiers = ()  # the name of the group, not of the body that each belongs to
        return members if all_of else ()

    def _groups(self) -> tuple[Defined, ...]:
        if self._defined is None:
            self._defined = definitions(self.reading, self.words)
        return self._defined

    def _used(self, phrase: Phrase, tokens: Sequence[Token], frames: Sequence[Frame]) -> _Use | None:
        """A definite plural that may be a group; None for any other phrase."""
        own = tokens[phrase.start : phrase.base_end]
        counts = [n for n in map(_number, own) if n > 1]
        alone = len(own) == _TWO and own[-1].kind == NUMBER  # `the seven`
        if not own or len(counts) > 1 or not (alone or (phrase.plural and is_group(phrase.head))):
            return None
        if any(token.kind in (DATE, MONEY) for token in own) or any(t.is_word(*_OTHERS) for t in own):
            return None
        owner = phrase.possessor
        owned = owner is not None and len(owner.entities) == 1 and not owner.hung
        if not owned and (owner is not None or phrase.determiner not in (*_DEFINITE, "all", "those")):
            return None
        words = [t.text for t in own[:-1] if t.kind == WORD and not self.words.has("determiners", t.text)]
        names = [t.entity for t in own if t.kind == ENTITY and t.entity is not None]
        count = _TWO if phrase.determiner == "both" else sum(counts)
        said = describe(self.reading, "" if alone else phrase.head, words, names, count)
        hung = {e for _, group in phrase.hung for one in group.phrases for e in one.entities or one.heads}
        end = own[-1].end
        bound = restricted(phrase, tokens, frames, self.reading.text)
        return _Use(said, frozenset(hung), own[0].start, end, bound, own[-1].capital)

    def _means(self, one: Defined, use: _Use) -> bool:
        """Whether a group is called by this noun: the same names and words stand beside both."""
        if one.at >= 0 and one.at == use.end:
            return True
        said, own = use.said, one.said
        if said.count and said.count != len(one.members):
            return False
        if one.label:
            same = said.head == own.head and said.words == own.words and use.capital and not use.hung
            return same and one.end <= use.start
        if not one.fits(said.kind) or not own.named:
            return False
        if said.words == own.words and (said.count or not (use.bound or use.hung)):
            return True
        return not use.bound and said.words | use.hung == own.words and bool(use.hung)

    def _may_mean(self, one: Defined, use: _Use) -> bool:
        """`all seven members`, `the seven`: the group of so many that was listed before."""
        said, own = use.said, one.said
        if said.count != len(one.members) or use.bound or use.hung or said.count == _TWO:
            return False
        if one.end > use.start:
            return False
        last = next((named for named in reversed(self._lists) if len(named) == said.count), one.members)
        if set(last) != set(one.members):
            return False
        if said.head:
            return one.fits(said.kind) and (said.words == own.words or not said.words)
        between = self.reading.text[one.end : use.start]
        counted = any(number(found) == said.count for found in _ANY_NUMBER.findall(between.lower()))
        return len(between) <= _NEAR and not counted

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
            wanted = _BODIES if head in _PARTNERS else _ORGANIZED
            pair = next((pair for pair in reversed(self._pairs[-_BEFORE:]) if pair), ())
            return pair if all(self.labels(entity) & wanted for entity in pair) else ()
        kinds = frozenset(("Country",))
        for names in reversed(self._named[-_BEFORE:]):
            fitting = [e for e in dict.fromkeys(names) if self.labels(e) & kinds]
            if fitting:
                return tuple(fitting) if len(fitting) == _TWO else ()
        return ()

    def acting(self, head: str, phrase: Phrase, frames: Sequence[Frame]) -> tuple[str, ...]:
        """`A and B opened the unit, which the two agencies run`: the two that act before in the sentence."""
        kinds = frozenset(("Country",)) if head in _STATES else _BODIES if head in _PARTNERS else _ORGANIZED
        named = [
            tuple(e for p in group.phrases for e in p.entities if self.labels(e) & kinds)
            for frame in frames
            for group in frame.arguments()
            if group.end <= phrase.start
        ]
        several = {frozenset(pair) for pair in named if len(pair) > 1}
        acting = next((f.agent for f in frames if f.agent is not None and f.agent.end <= phrase.start), None)
        pair = tuple(e for p in acting.phrases for e in p.entities) if acting is not None else ()
        return pair if len(pair) == _TWO and several == {frozenset(pair)} else ()

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


def _number(token: Token) -> int:
    """How many a token says there are; 0 for any other."""
    if token.kind == NUMBER and re.fullmatch(r"\d{1,3}", token.text):
        return int(token.text)
    return int(number(token.text)) if token.kind in (NUMBER, WORD) and _NUMBER.fullmatch(token.text) else 0


def restricted(phrase: Phrase, tokens: Sequence[Token], frames: Sequence[Frame], text: str) -> bool:
    """`the three countries that signed it`, `the three countries invited`: what follows says which."""
    end = phrase.base_end
    if _RESTRICTS.match(text, tokens[end - 1].end):
        return True
    begins = [frame for frame in frames if frame.start == end]
    return any(
        tokens[end].text.endswith("ing") or (frame.passive and not is_auxiliary(tokens[end].text))
        for frame in begins
    )


def stands_for_all(phrase: Phrase, tokens: Sequence[Token], count: int, text: str, words: Lexicon) -> bool:
    """Whether a noun with its article is not cut down by what stands around it.

    `two of the seven`, `officers of some of the seven`, `not all seven`, `all seven but A` are not all seven;
    nor need `five officers of the seven countries` come from each.
    """
    own = tokens[phrase.start : phrase.base_end]
    if any(_BETWEEN.fullmatch(text[a.end : b.start]) is None for a, b in pairwise(own)):
        return False  # a word was left out there, such as `more than`
    ends = (phrase.base_end, *(group.end for _, group in phrase.hung))
    if not own or any(_EXCEPT.match(text, tokens[end - 1].end) for end in ends):
        return False
    if _EXCEPTED.search(text, max(0, own[0].start - 80), own[0].start):
        return False
    near = tokens[max(0, phrase.start - 3) : phrase.start]
    if any(t.kind == WORD and t.text in _NOT_ALL for t in near):
        return False
    if near[-1:] and near[-1].is_word("but") and any(t.text in ("all", "each", "none") for t in near[:-1]):
        return False
    if not near or near[-1].kind != WORD or not words.has("prepositions", near[-1].text):
        return True
    last = phrase.start - 2
    if last < 0 or tokens[last].kind == NUMBER or (tokens[last].kind == WORD and tokens[last].text in _SOME):
        return last < 0
    if singular(tokens[last].text) not in words.words["people"] or not near[-1].is_word("of", "from"):
        return True
    for token in reversed(tokens[max(0, last - _QUANTITY) : last + 1]):
        if token.kind == POSSESSIVE or token.is_word("the", "and", "of", "from", "by", "with"):
            return True
        if token.is_word(*_SOME, *_ARTICLES):
            return False
        if token.kind == NUMBER:
            return _number(token) >= count or len(token.text.replace(",", "")) > _TWO + 1
    return True
