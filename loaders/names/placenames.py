"""Whether a place of the register is part of another name: of a newspaper, or of a person."""

import re

from loaders.names.lexicon import lexicon

__all__ = ["in_other_name"]

_NEWSPAPER = re.compile(
    r" (?:Daily |Sunday |Evening |Morning )?(?:Post|Observer|Gleaner|Guardian|Express|Herald|Tribune|Times"
    r"|Gazette|Chronicle|Newsday|Advocate|Mirror|Courier|Examiner|Star|Sun|Journal|Inquirer|Globe|Telegraph)(?![\w-])"
)
_BEFORE_SURNAME = re.compile(r"\b(?:(?<![A-Z]\.)[A-Z]\.|Mr\.?|Mrs\.?|Ms\.?|Miss)\s$")
_BEFORE_SPACE = frozenset(".rs")
_WORD_BEFORE = re.compile(r"(?<![\w.’'-])([A-Z][^\W\d_]*[a-zà-ÿ](?:[’'-]\w+)*\.?)\s$")
_WORD_BEHIND = re.compile(r"[ \n](?:[A-Z]\.[ \n])?([A-Z][a-zà-ÿ](?:\w|[’'-](?=\w))*)")
# `St. Ann’s Bay` lies in St. Ann.
_OF_SAINT = re.compile(r"['’]s\s[A-Z]")
_HYPHENS = frozenset("-\u2010\u2011")
_REACH = 24


def in_other_name(text: str, start: int, end: int) -> bool:
    """Whether the place named by `text[start:end]` gives its name to a newspaper or is part of a person's.

    A place that persons are called after (`Houston`, `Virginia`) is one of them beside a word that names
    nothing else, or behind a title; any place is where a hyphen binds it to another surname.
    """
    if _NEWSPAPER.match(text, end):
        return True
    if text[start - 2 : start - 1] in _BEFORE_SPACE and _BEFORE_SURNAME.search(
        text, max(0, start - 6), start
    ):
        return True
    if _is_half(text, start, end) or (text.startswith("St", start) and _OF_SAINT.match(text, end)):
        return True
    words = lexicon()
    if text[start:end].lower() not in words.lists["also_people"]:
        return False
    behind = _WORD_BEHIND.match(text, end)
    if behind is not None and _names_nothing(behind[1]):
        return True
    before = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
    if before is None:
        return False
    low = before[1].lower()
    return low in words.titles["words"] or _names_nothing(before[1])


def _is_half(text: str, start: int, end: int) -> bool:
    """Whether a place is one half of a double surname: `Ada Kelp-Nassau`, `Ada Nassau-Kelp`."""
    if text[end : end + 1] in _HYPHENS and text[end + 1 : end + 2].isupper():
        before = _WORD_BEFORE.search(text, max(0, start - _REACH), start)
        return before is not None and (
            _names_nothing(before[1]) or before[1].lower() in lexicon().titles["words"]
        )
    if text[start - 1 : start] not in _HYPHENS or not text[max(0, start - 2) : start - 1].islower():
        return False
    first = re.search(r"(?<![\w.’'-])([A-Z]\w+)[-\u2010\u2011]$", text[max(0, start - _REACH) : start])
    if first is None:
        return False
    at = max(0, start - _REACH) + first.start()
    before = _WORD_BEFORE.search(text, max(0, at - _REACH), at)
    return before is not None and (
        _names_nothing(before[1]) or before[1].lower() in lexicon().titles["words"]
    )


def _names_nothing(word: str) -> bool:
    """Whether a capitalised word is no ordinary one and opens no sentence: perhaps a person's name."""
    words, low = lexicon(), word.lower()
    return low not in words.ordinary and low not in words.lists["openers"]
