"""How far a name with a head noun goes: the words that lead to the head, and the complement behind it.

`Proceeds of Crime Act` and `Customs and Excise Department` begin before the group of their head, `Bureau of
Reefs, Tides and Shells` ends behind it. `and` joins only words that name nothing by themselves.
"""

import re
from collections.abc import Sequence

from loaders.names.forms import INSERTED, Chain, Group, Page, Word
from loaders.names.lexicon import SURE, WEAK, Head, lexicon

_AND = frozenset(("and", "&", ", and", ", &"))
_INNER = frozenset(("of", "for", "to", "on", "against", "of the", "for the", "on the", "against the"))
_INSIDE = frozenset(("of", "of the", "in", "against", "against the", "on", "for"))
_LAWS = frozenset(("act", "bill", "ordinance", "regulations"))
_TRADES = frozenset(("trafficking", "traffic", "trade"))
_BODIES = frozenset(("Agency", "Unit", "IntergovernmentalOrganization", "OtherOrganization"))
ORDINAL = re.compile(
    r"(?:\d+(?:st|nd|rd|th)|(?:twenty|thirty|forty|fifty|sixty)-\w+|first|second|third|fourth|fifth|sixth|seventh"
    r"|eighth|ninth|tenth|eleventh|twelfth|inaugural|annual|regular)"
)
_MOST_WORDS = 16
_MOST_LISTED = 8


def head_of(page: Page, words: Sequence[Word]) -> tuple[int, Head] | None:
    """The last head noun among words and the index of its last word; names of the register have none."""
    for index in range(len(words) - 1, -1, -1):
        if words[index].entity is not None:
            continue
        for head in page.lexicon.heads.get(words[index].low, ()):
            first = index - len(head.words) + 1
            if first >= 0 and all(
                w.low == h and w.entity is None
                for w, h in zip(words[first : index + 1], head.words, strict=True)
            ):
                return index, head
    return None


# --- before the head ----------------------------------------------------------------------------------


def lead(page: Page, chain: Chain, index: int) -> int:
    """Index of the group with the head, where the words before lead to it.

    So they do in `Customs and Excise Department`, `Attorney General's Chambers` and, with an acronym put in,
    `Harbour Council (HC) Agency for Reefs`.
    """
    groups, at = chain.groups, index
    while at + 1 < len(groups) and at - index < _MOST_LISTED:
        words, following = groups[at].words, groups[at + 1]
        if following.before == INSERTED:
            return at + 1 if _follows_insertion(page, chain, at + 1) else index
        if following.before == "'s":
            owner = words[-1].low in page.lexicon.lists["owners"]
            owned = (owner and not _is_title(page, words)) or _is_part(page, chain, at)
            return at + 1 if owned and head_of(page, following.words) is not None else index
        if following.before in _INSIDE and (
            _binds(page, words, following.words)
            or (at == index and _has_article(chain, at) and _aims(page, words, following))
        ):
            at += 1
            if head_of(page, following.words) is not None:
                return at if _has_own_words(page, following.words) else index
            continue
        if following.before not in (*_AND, ",") or not _leads(page, words, first=at == index):
            return index
        if following.before in _AND and _is_whole(page, words) and _has_own_words(page, following.words):
            return index
        at += 1
        if following.before in _AND:
            named = chain.article and index == 0 and words[-1].low in page.lexicon.lists["subjects"]
            fits = named or _is_subject(page, following.words[0])
            return at if fits and _has_own_words(page, following.words) else index
    return index


def _follows_insertion(page: Page, chain: Chain, at: int) -> bool:
    """Whether a name goes on behind an acronym: with own words before the head, or a complement behind it."""
    words = chain.groups[at].words
    if _has_own_words(page, words):
        return True
    match = head_of(page, words)
    bound = chain.groups[at + 1].before if at + 1 < len(chain.groups) else ""
    return match is not None and match[0] == len(words) - 1 and _plain_joint(bound) in match[1].complements


def _is_title(page: Page, words: Sequence[Word]) -> bool:
    return len(words) == 1 and words[0].low in page.lexicon.titles["words"]


def _is_part(page: Page, chain: Chain, at: int) -> bool:
    """Whether a possessive is part of a name: an article and a single word that names nobody else."""
    words = chain.groups[at].words
    known = words[0].entity is not None or words[0].low in page.ordinary or words[0].low in page.plain
    return chain.article and at == 0 and len(words) == 1 and not known and not words[0].text.isupper()


def _binds(page: Page, words: Sequence[Word], following: Sequence[Word]) -> bool:
    """Whether words go on inside a name before its head: `Proceeds of Crime Act`."""
    lexicon = page.lexicon
    holders = lexicon.titles["words"] | lexicon.titles["lower"] | lexicon.lists["followers"]
    if head_of(page, words) is not None or any(w.entity is not None for w in (*words, *following)):
        return False
    if any(w.low in holders and not _is_subject(page, w) for w in words) or words[-1].low in holders:
        return False
    match = head_of(page, following)
    law = match is not None and match[1].words[-1] in _LAWS
    return (law and len(words) < 5) or (
        words[-1].low in lexicon.lists["subjects"] and _is_subject(page, following[0])
    )


def _has_article(chain: Chain, at: int) -> bool:
    return chain.groups[at].before.endswith("the") or (at == 0 and chain.article)


def _aims(page: Page, words: Sequence[Word], following: Group) -> bool:
    """Whether words begin a program's name with those it is for: `the Safe Kelp for Youth Initiative`."""
    match = head_of(page, following.words)
    if (
        following.before != "for"
        or match is None
        or match[1].type != "Program"
        or head_of(page, words) is not None
    ):
        return False
    if match[0] != len(following.words) - 1 or not 1 < len(words) < 5:
        return False
    titles = page.lexicon.titles["words"]
    return all(w.entity is None and w.low not in titles for w in (*words, *following.words))


def _is_whole(page: Page, words: Sequence[Word]) -> bool:
    """Whether words before `and` are the name of a body by themselves: `Kelp Council and Reef Trust`."""
    match = head_of(page, words)
    if match is None or match[0] != len(words) - 1 or match[1].type not in _BODIES:
        return False
    before = words[: match[0] - len(match[1].words) + 1]
    if not before and match[1].strength == SURE and len(match[1].words) > 1:
        return True
    lists = page.lexicon.lists
    return any(
        w.entity is None and w.low not in lists["generic"] and w.low not in lists["subjects"] for w in before
    )


def _leads(page: Page, words: Sequence[Word], *, first: bool) -> bool:
    """Whether words can stand before `and` in a name: ordinary ones, behind a name if they are the first."""
    if not first:
        return all(_is_subject(page, w) for w in words)
    titles = page.lexicon.titles["words"]
    return (
        _is_subject(page, words[-1])
        and all(w.entity is None for w in words[1:])
        and not any(w.low in titles and not _is_subject(page, w) for w in words)
    )


def _has_own_words(page: Page, words: Sequence[Word]) -> bool:
    """Whether a group has a head with words before it, none of them known or a title."""
    match = head_of(page, words)
    if match is None:
        return False
    before = words[: match[0] - len(match[1].words) + 1]
    titles = page.lexicon.titles["words"]
    return bool(before) and all(w.entity is None and w.low not in titles for w in before)


def _is_subject(page: Page, word: Word) -> bool:
    return word.entity is None and (
        word.low in page.lexicon.lists["subjects"] or word.low in page.lexicon.lists["generic"]
    )


# --- behind the head ----------------------------------------------------------------------------------


def complement_of(
    page: Page, chain: Chain, lead: int, head: Head, before: Sequence[Word]
) -> tuple[int, int, list[Word]]:
    """End of the name after what belongs to its head, the last group it takes, and the words taken."""
    groups = chain.groups
    end, stop, taken = groups[lead].end, lead, list[Word]()
    index = lead
    while index + 1 < len(groups) and len(taken) < _MOST_WORDS:
        group = groups[index + 1]
        if not taken:
            bound = _plain_joint(group.before) in head.complements
            words = _first(page, group, head, before) if bound else []
        else:
            words = _further(page, groups, index + 1, taken[-1])
        if not words:
            break
        index += 1
        taken += words
        end, stop = words[-1].end, index
        if len(words) < len(group.words):
            return end, stop, taken
    if index + 1 < len(groups):
        owner = groups[index + 1]
        if head.body and len(owner.words) == 1 and _owns(owner, head, taken):
            taken.append(owner.words[0])
            return owner.words[0].end, index + 1, taken
    return end, stop, taken


def _owns(group: Group, head: Head, taken: Sequence[Word]) -> bool:
    """Whether a group is the country behind the name of its body, or the seat of an embassy."""
    entity = group.words[0].entity
    kind = entity.type if entity is not None else ""
    if "in" in head.complements:
        return group.before in ("in", "in the", "of", "of the", "to", "to the") and kind in (
            "Country",
            "Place",
        )
    shared = " ".join(head.words) in lexicon().lists["shared"]
    named = bool(taken) or (head.strength == SURE and (len(head.words) > 1 or shared))
    return group.before in ("of", "of the") and kind == "Country" and named


def _plain_joint(joint: str) -> str:
    return joint.removesuffix(" the")


def _first(page: Page, group: Group, head: Head, before: Sequence[Word]) -> list[Word]:
    """Words of the group that are the first complement of a head."""
    entity = group.words[0].entity
    ordinal = head.type == "Event" and any(ORDINAL.fullmatch(w.low) for w in before)
    if entity is not None:
        if ordinal and entity.type not in ("Country", "Place", "Person", "Topic"):
            return group.words[:1]
        seat = entity.type in ("Country", "Place") and head_of(page, group.words[1:]) is None
        return group.words[:1] if seat and (head.strength != WEAK or group.before.startswith("of")) else []
    if ordinal:
        return _until_person(page, group.words)
    holders = head.words[-1] in (
        "office",
        "council",
        "conference",
        "meeting",
        "committee",
        "summit",
        "association",
    )
    return _usable(page, group.words, holders=holders)


def _further(page: Page, groups: Sequence[Group], index: int, last: Word) -> list[Word]:
    """Words of a group that go on with a complement: after `and`, in a list, or inside it after `of`."""
    group = groups[index]
    if group.before in _AND:
        listed = groups[index - 1].before == ","
        return _coordinate(page, group.words) if listed or group.before in ("and", "&") else []
    if group.before == "and the" and group.words[0].low == "caribbean" and last.low == "america":
        return group.words[:1]
    if group.before in ("in", "in the") and [w.low for w in group.words] == ["latin", "america"]:
        return group.words
    if group.before == ",":
        return _coordinate(page, group.words) if _list_ends(page, groups, index) else []
    if group.before in ("in", "in the") and last.low in _TRADES:
        return _usable(page, group.words, holders=False)
    if group.before in _INNER and all(w.low in page.ordinary or not w.text.isupper() for w in group.words):
        return _usable(page, group.words, holders=last.low == "of")
    return []


def _list_ends(page: Page, groups: Sequence[Group], index: int) -> bool:
    """Whether a list of words goes on to an `and`: `Alcohol, Tobacco, Firearms and Explosives`."""
    for group in groups[index : index + _MOST_LISTED]:
        if not _coordinate(page, group.words):
            return False
        if group.before in _AND:
            return True
        if group.before != ",":
            return False
    return False


def _coordinate(page: Page, words: Sequence[Word]) -> list[Word]:
    """Words that can be joined to a complement by `and`: ordinary ones, or a single other word."""
    found = _usable(page, words, holders=False)
    if not found:
        return []
    other = [w for w in found if w.low not in page.ordinary]
    if any(w.text.isupper() for w in found) or len(other) > 1:
        return []
    return found


def _usable(page: Page, words: Sequence[Word], *, holders: bool) -> list[Word]:
    """The words up to a name of the register, a title or a person; none if another body is named there.

    `holders`: whether the name of an office belongs to it, as in `Office of the Prime Minister`.
    """
    found = _until_person(page, words)
    titles = page.lexicon.titles
    for index, word in enumerate(found):
        if word.low in titles["words"] and not holders and not _is_subject(page, word):
            found = found[:index]
            break
    match = head_of(page, found)
    if match is not None and match[1].type in _BODIES and not _is_subject(page, found[match[0]]):
        return []
    return found


def _until_person(page: Page, words: Sequence[Word]) -> list[Word]:
    """The words before a name of the register, and before two or more words that are a person's name."""
    dates = page.lexicon.lists["dates"]
    stop = next((n for n, w in enumerate(words) if w.entity is not None or w.low in dates), len(words))
    found = list(words[:stop])
    unknown = len(found)
    while unknown and found[unknown - 1].low not in page.ordinary:
        unknown -= 1
    return found[:unknown] if 0 < unknown <= len(found) - 2 else found
