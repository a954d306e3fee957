"""Patterns of many words that compare what the words have in common only once.

`re` tries the words of `a|b|c` one after the other at every place of a text; of hundreds of words a tree of
their letters is tried some thirty times faster.
"""

import re
from collections.abc import Iterable

# The letters that lead on from a place in the words; the empty text where a word ends.
_Tree = dict[str, "_Tree"]


def any_of(words: Iterable[str]) -> str:
    """Pattern of any of the words, the longest that fits; a space of a word stands for any white space."""
    root: _Tree = {}
    for word in sorted(set(words)):
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_pattern(root)})" if root else "(?!)"


def _pattern(node: _Tree) -> str:
    branches = [_letter(letter) + _pattern(below) for letter, below in node.items() if letter]
    if not branches:
        return ""
    if "" in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _letter(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)
