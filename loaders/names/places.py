"""Places by what stands beside them: `in Kelptown, Tidelandia`, `the town of Kelptown`, `Fort Kelp`."""

import re
from collections.abc import Iterator, Sequence

from loaders.names.bodies import RULES
from loaders.names.extent import head_of
from loaders.names.forms import Chain, Found, Group, Page, Word

_LOCATED = re.compile(r"\b(?:in|at|near|from|outside|off|around)\s+$", re.IGNORECASE)
# Behind these a name is a place only where a state or a town stands behind it too.
_RESIDENT = re.compile(
    r"(?:\b[a-z]\w+|\b\d\d,?|,)\s+(?:of|to|into|outside|between|via|through|and|toward|towards)\s+$"
)
_STATES = frozenset(("georgia",))
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
        if group.words[-1].low in _STATES and _is_state(chain, index):
            yield Found(group.start, group.end, "Place", RULES["Place"], "a state behind its town", "in")


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
    if not _is_wider(groups[index + 1]):
        return False
    after = groups[index + 1].end
    if page.text.startswith(("'s", "’s"), after):
        return False
    if _is_located(page, groups, index):
        return _CLOSED.match(page.text, after) is not None
    return groups[index].start == chain.start and _DATELINE.match(page.text, after) is not None


def _is_located(page: Page, groups: Sequence[Group], index: int) -> bool:
    """Whether a name stands behind `in`; before a state or town also in a list or behind `of`."""
    group, wider = groups[index], groups[index + 1].words[0].entity
    if group.before in ("in", "at", "in the", "at the"):
        return True
    if _LOCATED.search(page.text, max(0, group.start - 9), group.start):
        return True
    if wider is not None and wider.type != "Place":
        return False
    listed = index > 0 and group.before in ("and", ", and", ",", "or")
    return listed or _RESIDENT.search(page.text[max(0, group.start - 24) : group.start]) is not None


def _is_state(chain: Chain, index: int) -> bool:
    """Whether a name that a country bears too stands behind a town of the state: `Savannah, Georgia`."""
    group = chain.groups[index]
    if len(group.words) > 1 or group.before != "," or not index:
        return False
    town = chain.groups[index - 1].words[-1].entity
    return town is not None and town.type == "Place" and town.properties.get("country") == "country/us"


def _is_wider(group: Group) -> bool:
    """Whether a group is the country, the state or the place that a place lies in."""
    place = group.words[0]
    if len(group.words) > 1:
        return False
    return place.low in _STATES if place.entity is None else place.entity.type in ("Country", "Place")


def _settled(page: Page, chain: Chain, index: int) -> bool:
    """`the town of Kelptown`, `Port of Kelptown` with the noun outside the name or at its beginning."""
    group = chain.groups[index]
    if not _may_name(page, group.words):
        return False
    before = page.text[max(0, group.start - 24) : group.start]
    match = re.search(r"\b([A-Za-z]+)\s+of\s+$", before)
    return match is not None and match[1].lower() in page.lexicon.lists["settlements"] and match[1] != "Port"
