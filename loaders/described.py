"""What a document describes without naming it: `the closing ceremony`, `a memorandum of understanding`.

Such a thing is one of its document's own; the same words later mean the same thing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.records import Entity, slug
from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Phrase
from loaders.grammar.tokens import NUMBER, WORD, Token
from loaders.mentions import Mention

DESCRIBED_RULE = "mention/described@1"
TRAINING = "training"

_DEFINITE = frozenset(("the", "this", "that", "these", "said"))
_OPEN = _DEFINITE | frozenset(("a", "an", "its", "their", "another", ""))


def described_only(document: str, entity: str) -> bool:
    """Whether an id is of something that this document describes without a name of its own."""
    return entity.partition("/")[2].startswith(f"{document.partition('/')[2]}-")


@dataclass(slots=True)
class Described:
    """The things that the document with this slug has described so far, and where."""

    slug: str
    words: Lexicon
    made: dict[str, Entity] = field(default_factory=dict)
    places: dict[str, list[Mention]] = field(default_factory=dict)

    def find(self, phrase: Phrase, tokens: Sequence[Token], *, first: bool = False) -> str | None:
        """The thing that a noun phrase describes; None where it describes none.

        `first`: no event has been told of so far, so that `the workshop` is one of its own.
        """
        return self._instrument(phrase, tokens) or self._event(phrase, tokens, first=first)

    def ending_with(self, noun: str) -> list[str]:
        """Things described so far whose words end with a noun, in their order."""
        return [key for key, entity in self.made.items() if entity.name.split()[-1] == noun]

    def is_training(self, entity: str) -> bool:
        known = self.made.get(entity)
        return known is not None and self.words.has("trainings", known.name.split()[-1])

    def _event(self, phrase: Phrase, tokens: Sequence[Token], *, first: bool) -> str | None:
        own = self.plain_words(phrase, tokens)
        words = [t.text for t in own]
        training = len(words) > 1 and words[-2] == TRAINING and self.words.has("trainings", phrase.head)
        if not (self.words.has("events", phrase.head) or training) or phrase.plural or len(phrase.heads) > 1:
            return None
        if phrase.determiner not in _OPEN or any(t.capital or self.words.has("vague", t.text) for t in own):
            return None
        if any(t.kind == NUMBER for t in tokens[phrase.start : phrase.base_end]):
            return None
        if phrase.determiner in _DEFINITE and len(words) == 1:
            known = next(reversed(self.ending_with(phrase.head)), None)
            if known is not None or not (first and self.words.has("occasions", phrase.head)):
                return known
        kept = [t for t in own if not t.text.endswith("-day") and not self.words.has("praising", t.text)][-2:]
        return self._add("Event", " ".join(t.text for t in kept), kept[0].start, own[-1].end)

    def _instrument(self, phrase: Phrase, tokens: Sequence[Token]) -> str | None:
        """`a memorandum of understanding`; later `the memorandum`."""
        if not self.words.has("papers", phrase.head) or phrase.plural or phrase.determiner not in _OPEN:
            return None
        preposition, group = phrase.hung[0] if phrase.hung else ("", None)
        inner = group.phrases[0] if group is not None and preposition == "of" else None
        if inner is None or inner.entities or not self.words.has("paper_kinds", inner.head):
            if phrase.determiner not in _DEFINITE:
                return None
            return next((k for k, e in self.made.items() if e.name.split()[0] == phrase.head), None)
        start, end = tokens[phrase.base_end - 1].start, tokens[inner.base_end - 1].end
        return self._add("Instrument", f"{phrase.head} of {inner.head}", start, end)

    def _add(self, kind: str, name: str, start: int, end: int) -> str:
        prefix = kind.lower()
        entity = f"{prefix}/{self.slug}-{slug(name)}"
        self.made.setdefault(entity, Entity(entity, (kind,), name))
        self.places.setdefault(entity, []).append(Mention(entity, start, end, DESCRIBED_RULE))
        return entity

    def plain_words(self, phrase: Phrase, tokens: Sequence[Token]) -> list[Token]:
        """The words of a phrase without articles and what hangs on it."""
        return [
            t
            for t in tokens[phrase.start : phrase.base_end]
            if t.kind == WORD and not self.words.has("determiners", t.text)
        ]
