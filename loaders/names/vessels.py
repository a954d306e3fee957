"""Vessels by what stands before their name: `USCGC Kelp`, `Coast Guard Cutter Kelp`, `the frigate Kelp`.

The mention of a vessel has the prefix or `Coast Guard Cutter` in it where they are capitalised; a common noun
before it, as in `the patrol boat Kelp`, is no part of it. They are proposed as units.
"""

import re
from collections.abc import Iterator, Sequence

from loaders.names.bodies import RULES
from loaders.names.extent import head_of
from loaders.names.forms import Chain, Found, Page, Word
from loaders.names.lexicon import lexicon

__all__ = ["VESSEL", "vessel_name", "vessels"]

VESSEL = "vessel"

_CUTTER = re.compile(r"(?:.*\s)?cutters?\s+", re.IGNORECASE)
_NOUNS = tuple(
    f"{noun} "
    for noun in (
        *(
            "cutter",
            "frigate",
            "destroyer",
            "corvette",
            "warship",
            "submarine",
            "minesweeper",
            "interceptor boat",
        ),
        *("patrol boat", "patrol vessel", "patrol ship", "patrol craft", "training ship", "support ship"),
        *("hospital ship", "amphibious ship", "support vessel", "motor vessel"),
    )
)
_QUOTES = "“\"‘'"
_MOST_WORDS = 3
_REACH = 20


def vessels(page: Page, chain: Chain) -> Iterator[Found]:
    """The vessels of a chain, in order."""
    prefixes = page.lexicon.lists["vessels"]
    for group in chain.groups:
        words = group.words
        for index, word in enumerate(words):
            if word.entity is None and word.text.isupper() and word.low in prefixes:
                yield from _named(page, words, index, index + 1)
            elif word.entity is None and word.text == "Cutter":
                yield from _named(page, words, _owner(words, index), index + 1)
        before = page.text[max(0, group.start - _REACH) : group.start].rstrip(_QUOTES)
        if words[0].entity is None and before.endswith(_NOUNS):
            yield from _named(page, words, 0, 0)


def vessel_name(words: str) -> str:
    """A vessel's name without its prefix and without what says that it is a cutter."""
    cutter = _CUTTER.match(words)
    if cutter is not None and cutter.end() < len(words):
        return words[cutter.end() :]
    prefix, space, rest = words.partition(" ")
    return rest if space and prefix.lower() in lexicon().lists["vessels"] else words


def _owner(words: Sequence[Word], index: int) -> int:
    """Index of the coast guard right before `Cutter`, else of the word itself."""
    before = words[index - 1] if index else None
    if before is None:
        return index
    if before.entity is not None:
        return index - 1 if before.low.endswith("coast guard") or before.low == "uscg" else index
    guard = index > 1 and before.low == "guard" and words[index - 2].low == "coast"
    return index - 2 if guard else index


def _named(page: Page, words: Sequence[Word], first: int, begin: int) -> Iterator[Found]:
    """The vessel whose name begins with a word, if it is one: up to three words that say nothing else."""
    stop = begin
    while stop < len(words) and stop - begin < _MOST_WORDS and _can_name(page, words[stop]):
        stop += 1
    if stop == begin or (stop < len(words) and head_of(page, words[begin : stop + 1]) is not None):
        return
    reason = "a vessel by what stands before its name"
    yield Found(words[first].start, words[stop - 1].end, "Unit", RULES["Unit"], reason, VESSEL)


def _can_name(page: Page, word: Word) -> bool:
    if word.entity is not None:
        return word.entity.type in ("Place", "Person") or word.entity.type == "Country"
    titles = page.lexicon.titles
    titled = any(word.low in titles[kind] for kind in ("words", "modifiers", "honours"))
    return (
        not titled
        and (not word.text.isupper() or len(word.text) == 1)
        and word.low not in page.lexicon.lists["dates"]
    )
