"""Whom `the Ambassador` and `the Deputy Secretary` mean: those whose offices a document has told so far."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from loaders.grammar.lexicon import Lexicon
from loaders.grammar.phrases import Phrase
from loaders.grammar.tokens import WORD, Token

# They say when or how somebody holds an office, not which.
_PASSING = frozenset(
    ("acting", "interim", "new", "newly", "then", "former", "outgoing", "incoming", "current")
)


@dataclass(slots=True)
class Holders:
    """Persons by the words of their offices, in lower case: `deputy`, `secretary`."""

    words: Lexicon
    _by_office: defaultdict[tuple[str, ...], dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def note(self, person: Phrase, tokens: Sequence[Token]) -> None:
        """Remember the offices that a sentence says of a person."""
        for office in person.apposed:
            words = self._office(tokens[max(office.title_start, 0) : office.base_end])
            if office.head in self.words.words["titles"] and words:
                for entity in person.entities:
                    self._by_office[words][entity] = None

    def find(self, phrase: Phrase, tokens: Sequence[Token]) -> str | None:
        """The one person of this office; None where there is none or several."""
        if phrase.plural or phrase.head not in self.words.words["titles"]:
            return None
        found = list(self._by_office.get(self._office(tokens[phrase.start : phrase.base_end]), ()))
        return found[0] if len(found) == 1 else None

    def _office(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        plain = (t.text for t in tokens if t.kind == WORD and not self.words.has("determiners", t.text))
        return tuple(word for word in plain if word not in _PASSING)
