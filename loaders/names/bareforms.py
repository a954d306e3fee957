"""Single words that a text gives in brackets to what it has just named: `Department of State (State)`.

From there on the capitalised word means it, but not where it is a part of another name, or the common noun.
"""

import re

from loaders.names.lexicon import lexicon

__all__ = ["is_bare", "names_itself"]

_PART_OF_NAME = re.compile(r"\b([A-Z][\w’'-]*)\s+(?:of|for)\s+(?:the\s+)?$")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w’'-]*)\s$")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;]\s|\n)$")
_ARTICLE_BEFORE = re.compile(r"\b(?:the|a|an|each|every|any|no)\s$", re.IGNORECASE)
_OTHER_BEHIND = re.compile(
    r"\s+of\b|[-\u2010\u2011]\w|\s+(?:part(?:y|ies)|law|laws|police|government|governor|legislature|universit(?:y|ies)|lines?|courts?"
    r"|actors?|level|budget|system|sector|reform|capital|visits?|dinner)\b|\s+[A-Z]"
)
_FOR_BEHIND = re.compile(r"\s+for\b")
_REACH = 32


def names_itself(word: str, name: str) -> bool:
    """Whether a capitalised word is one of the words of a name that has more of them."""
    words = name.split()
    return len(words) > 1 and word in words


def is_bare(text: str, start: int, end: int, name: str) -> bool:
    """Whether `text[start:end]` stands by itself for the body whose full name in the text is `name`.

    `the State` is not the Department of State, but `the Treasury` that of the Treasury.
    """
    before = text[max(0, start - _REACH) : start]
    lists = lexicon().lists
    holder = _PART_OF_NAME.search(before)
    if _OTHER_BEHIND.match(text, end) or (holder and holder[1].lower() not in lists["followers"]):
        return False
    if _FOR_BEHIND.match(text, end) and _SENTENCE_BEFORE.search(before):
        return False
    capital = _CAPITAL_BEFORE.search(before)
    if capital is not None and capital[1].lower() not in lists["openers"]:
        return False
    word = text[start:end]
    return not (name.endswith(f" of {word}") and _ARTICLE_BEFORE.search(before))
