"""The words of a person's name: which words can be one, where the name begins and ends."""

import re
from collections.abc import Sequence

from loaders.names.forms import Chain, Group, Page, Word

INITIAL = re.compile(r"(?:\w\.?|(?:\w\.){2,3})")
_NAME_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-\u2010\u2011'’])*\.?")
_ABBREVIATED = frozenset(("st.", "ste."))
# The second half of a title of two, and the first half of one: Commissioner-General, Sub-Lieutenant.
_HIGHER = frozenset(("general", "designate", "elect"))
_LOWER = frozenset(("sub", "vice", "rear", "co", "under", "deputy", "lieutenant"))
_HYPHEN = re.compile("[-\u2010\u2011]")
_CIVIL = frozenset(("mr.", "mr", "mrs.", "mrs", "ms.", "ms", "miss", "dr.", "dr", "sir", "dame"))
PARTICLES = frozenset(("de", "du", "de la", "del", "van", "von", "van der", "da", "dos", "di", "bin", "la"))
_MOST_WORDS = 5


def is_title(page: Page, word: Word) -> bool:
    """Whether a word is a title or a rank, also one of two such as `Commissioner-General`."""
    if word.entity is not None:
        return False
    titles = page.lexicon.titles["words"]
    if word.low in titles:
        return True
    first, *rest = _HYPHEN.split(word.low)
    return len(rest) == 1 and (
        (first in titles and rest[0] in _HIGHER) or (first in _LOWER and rest[0] in titles)
    )


def name_at(page: Page, chain: Chain, index: int, begin: int, *, direct: bool) -> tuple[int, int] | None:
    """Place of the name that begins with a word of a group; `direct`: a title stands right before it."""
    group = chain.groups[index]
    words, stop = name_words(page, group.words, begin)
    full = [w for w in words if not INITIAL.fullmatch(w.text)]
    if not full:
        return None
    behind = group.words[stop:]
    if behind and not _may_follow(page, behind):
        page.drop(
            words[0].start, group.end, f"“{behind[0].text}” stands behind what might be a person's name"
        )
        return None
    end = words[-1].end
    if not behind:
        end = with_particle(page, chain, index, end)
    plain = all(w.low in page.plain for w in full)
    single = len(words) == 1 and end == words[-1].end
    if single and (not direct or plain or _is_no_surname(page, group, begin)):
        page.drop(words[0].start, end, "one word alone is no person's name here")
        return None
    if plain and not direct:
        page.drop(words[0].start, end, "its words are common nouns elsewhere in the text")
        return None
    return words[0].start, with_suffix(page, end)


def name_words(
    page: Page, words: Sequence[Word], begin: int, *, listed: bool = False
) -> tuple[list[Word], int]:
    """Words that can be a person's name from an index on, and the index behind them.

    `listed`: it stands in a list of persons, where a word of a body's name can begin one's.
    """
    titles = page.lexicon.titles
    found: list[Word] = []
    at = begin
    while at < len(words) and len(found) < _MOST_WORDS:
        if not (can_be_name_word if found or begin or listed else is_name_word)(page, words[at]):
            surname = found and begin and at == len(words) - 1 and words[at].entity is None
            if not surname or words[at].low not in page.lexicon.lists["surnames"]:
                break
        if found and (words[at].low in titles["honours"] or words[at].low in titles["suffixes"]):
            break
        found.append(words[at])
        at += 1
    while at < len(words) and (words[at].low in titles["honours"] or words[at].low in titles["suffixes"]):
        at += 1
    return found, at


def is_name_word(page: Page, word: Word) -> bool:
    """Whether a word can begin a person's name where no title shows it."""
    return can_be_name_word(page, word) and (
        word.low not in page.ordinary or INITIAL.fullmatch(word.text) is not None or word.low in _ABBREVIATED
    )


def can_be_name_word(page: Page, word: Word) -> bool:
    """Whether a word can be one of a person's name: nothing known, no ordinary word."""
    if word.entity is not None:
        return False
    if word.low in _ABBREVIATED or INITIAL.fullmatch(word.text):
        return True
    return word.low not in page.lexicon.ordinary and _NAME_WORD.fullmatch(word.text) is not None


def _may_follow(page: Page, behind: Sequence[Word]) -> bool:
    """Whether words behind a name leave it one: a title or a name of the register, no noun of a body."""
    following = behind[0]
    if following.entity is not None:
        return following.entity.type not in ("Place", "Country")
    return is_title(page, following) or following.low in page.lexicon.titles["modifiers"]


def _is_no_surname(page: Page, group: Group, begin: int) -> bool:
    """Whether a single word behind a title is rather an acronym, or is followed by what makes it a place."""
    word = group.words[begin]
    title = group.words[begin - 1]
    if word.text.isupper() and title.low not in _CIVIL:
        return True
    if page.text[max(0, group.start - 4) : group.start].lower() == "the " and title.low not in _CIVIL:
        return True
    modifier = title.low in page.lexicon.titles["modifiers"] and title.low != "justice"
    return modifier and not is_title(page, title)


def with_particle(page: Page, chain: Chain, index: int, end: int) -> int:
    """End of a name that goes on behind `de` or `van`."""
    if index + 1 < len(chain.groups) and chain.groups[index + 1].before in PARTICLES:
        words, stop = name_words(page, chain.groups[index + 1].words, 0)
        if words and stop == len(chain.groups[index + 1].words):
            return words[-1].end
    return end


def with_suffix(page: Page, end: int) -> int:
    match = re.compile(r",?\s+(?:Jr\.?|Sr\.?|III|II|IV)(?!\w)").match(page.text, end)
    return match.end() if match else end
