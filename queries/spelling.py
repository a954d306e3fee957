"""Mends misspelt words of a question: those that nothing knows and that are near one known word."""

from functools import lru_cache
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from queries.language import Key, number, stem
from queries.lexicon import Lexicon, load_lexicon
from queries.names import NameIndex
from queries.question import Question

# Shorter words have too many neighbours for a typo to tell them apart.
_SHORTEST = 5
_LONG = 8


class Speller:
    """Knows the words of all names, of the lexicon and of what documents say, for one graph."""

    def __init__(self, names: NameIndex, lexicon: Lexicon) -> None:
        self._stems = lexicon.fillers | lexicon.operators | lexicon.words
        self._known = names.vocabulary | names.said | lexicon.surface
        self._choices = sorted(word for word in names.vocabulary | lexicon.surface if word.isalpha())
        self._pairs = {pair for text in names.texts for pair in pairwise(text.split())}
        self.nearest = lru_cache(maxsize=5000)(self._nearest)

    def unknown(self, question: Question) -> frozenset[str]:
        """Words that are in no name, in no text and in no question that is known, and no date or number."""
        return frozenset(
            word
            for at, word in enumerate(question.words)
            if word not in self._known
            and stem(word) not in self._stems
            and number(word) is None
            and not any(span.start <= at < span.end for span in question.dates)
        )

    def mended(self, question: Question) -> str | None:
        """The question with misspelt words mended; None if there are none."""
        unknown = self.unknown(question)
        words = question.words
        mended = tuple(self._mended(words, at) if word in unknown else word for at, word in enumerate(words))
        return " ".join(mended) if mended != words else None

    def _mended(self, words: Key, at: int) -> str:
        """The word that is meant at a place: the nearest, of several the one that stands so in a name."""
        near = self.nearest(words[at])
        if len({stem(word) for word in near}) > 1:
            before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
            near = [word for word in near if {(before, word), (word, after)} & self._pairs]
        return near[0] if len({stem(word) for word in near}) == 1 else words[at]

    def _nearest(self, word: str) -> list[str]:
        """The known words from which a word differs least, if by no more than a typo."""
        if len(word) < _SHORTEST or not word.isalpha():
            return []
        most = 1 if len(word) < _LONG else 2
        near = process.extract(word, self._choices, scorer=OSA.distance, score_cutoff=most, limit=12)
        # People seldom mistake the first letter.
        likely = [(choice, distance) for choice, distance, _ in near if choice[0] == word[0]]
        return [choice for choice, distance in likely if distance == likely[0][1]]


@lru_cache(maxsize=2)
def speller_for(names: NameIndex) -> Speller:
    """The speller of a graph; built once for each version."""
    return Speller(names, load_lexicon())
