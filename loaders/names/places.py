"""Places by what stands beside them: `in Kelptown, Tidelandia`, `the town of Kelptown`, `Fort Kelp`."""

import re
from collections.abc import Iterator, Sequence

from loaders.names.bodies import RULES
from loaders.names.extent import head_of
from loaders.names.forms import Chain, Found, Page, Word

_LOCATED = re.compile(r"\b(?:in|at|near|from|outside|off|around)\s+$", re.IGNORECASE)
_DATELINE = re.compile(r"\s*(?:,\s*[\w .]{1,30}\d{0,4}\s*)?(?:\([\w ./-]{2,20}\)\s*)?[–—-]")
_CLOSED = re.compile(
    r"\s*(?:[,.;:)–—]|$)|\s+(?:on|in|from|where|to|at|and|during|for|with|by|last|this|between)\b"
)
_MOST_WORDS = 3


def places(page: Page, chain: Chain) -> Iterator[Found]:
    """The places of a chain that the register does not know, in order."""
    for index, group in enumerate(chain.groups):
        yield from _after_noun(page, group.words)
        if group.words[0].entity is not None:
            continue
        if _before_country(page, chain, index) or _settled(page, chain, index):
            reason = "a name before its country" if index + 1 < len(chain.groups) else "a name after “… of”"
            yield Found(group.start, group.end, "Place", RULES["Place"], reason, "in")


def _after_noun(page: Page, words: Sequence[Word]) -> Iterator[Found]:
    """`Fort Kelp`, `Mount Kelp`."""
    leads = page.lexicon.lists["leading_places"]
    if len(words) == 2 and words[0].low in leads and words[0].low != "port" and _may_name(page, words[1:]):
        yield Found(
            words[0].start, words[1].end, "Place", RULES["Place"], f"“{words[0].text} …”", words[0].low
        )


def _may_name(page: Page, words: Sequence[Word]) -> bool:
    """Whether words can be a place's name: few, none of the register's, no ordinary ones."""
    return (
        len(words) <= _MOST_WORDS
        and all(w.entity is None and not (w.text.isupper() and len(w.text) < 4) for w in words)
        and any(w.low not in page.ordinary and w.low not in page.plain for w in words)
        and head_of(page, words) is None
        and not any(w.low in page.lexicon.titles["words"] for w in words)
    )


def _before_country(page: Page, chain: Chain, index: int) -> bool:
    """`in Kelptown, Tidelandia` and the dateline `KELPTOWN, Tidelandia (XYZ) –`."""
    groups = chain.groups
    if (
        index + 1 >= len(groups)
        or groups[index + 1].before != ","
        or not _may_name(page, groups[index].words)
    ):
        return False
    country = groups[index + 1].words[0].entity
    if country is None or country.type != "Country" or len(groups[index + 1].words) > 1:
        return False
    after = groups[index + 1].end
    if page.text.startswith(("'s", "’s"), after):
        return False
    located = groups[index].before in ("in", "at", "in the", "at the") or _LOCATED.search(
        page.text, max(0, groups[index].start - 9), groups[index].start
    )
    if located:
        return _CLOSED.match(page.text, after) is not None
    return groups[index].start == chain.start and _DATELINE.match(page.text, after) is not None


def _settled(page: Page, chain: Chain, index: int) -> bool:
    """`the town of Kelptown`, `Port of Kelptown` with the noun outside the name or at its beginning."""
    group = chain.groups[index]
    if not _may_name(page, group.words):
        return False
    before = page.text[max(0, group.start - 24) : group.start]
    match = re.search(r"\b([A-Za-z]+)\s+of\s+$", before)
    return match is not None and match[1].lower() in page.lexicon.lists["settlements"] and match[1] != "Port"
