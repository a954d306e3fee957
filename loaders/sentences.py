"""Finds the ends of sentences; `U.S.`, `St.`, `Nov.` and initials end none."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

# Never the last word of a sentence.
_TITLES = re.compile(
    "mr|mrs|ms|messrs|dr|prof|rev|hon|st|mt|ft|sr|lt|col|gen|maj|capt|cmdr|cdr|adm|sgt|cpl|insp|supt|det|gov|sen"
    "|rep|pres|amb|min|dir|asst|dep|vs|eds|cf|ca|approx"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun|e\\.g|i\\.e|viz"
)
# Not the last word where a number follows.
_COUNTED = re.compile("nos?|arts?|secs?|paras?|ch|fig|vol|pp|ed")
# May be the last word of a sentence: then one of the openers follows.
_OPEN = re.compile(r"u\.s|u\.s\.a|u\.k|u\.n|e\.u|d\.c|[ap]\.m|inc|ltd|corp|co|bros|jr|etc|ph\.d|al|dept")
_OPENERS = re.compile(
    "the|this|these|those|that|it|its|he|she|they|we|in|on|at|by|for|from|during|since|after|before|under|as"
    "|while|when|where|although|but|however|and|both|all|some|many|most|according|to|with|also|an|a"
)
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]*_]*+(?=\s)")
_NEXT = re.compile(r"\s*[\"'“‘(\[*_]*(\w[\w'’-]*)?")
_LAST_WORD = re.compile(r"([\w.&'’-]+?)\.*[\"'”’)\]*_]*$")
_STOP = re.compile(r"[.!?;…][\"'”’)\]*_]*$")
_REACH = 40


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """The sentences between two positions of the text, without the spaces around them."""
    begin = start
    for mark in _END.finditer(text, start, end):
        if mark.start() <= begin or not _is_end(text, begin, mark, end):
            continue
        yield from _trimmed(text, begin, mark.end())
        begin = mark.end()
    yield from _trimmed(text, begin, end)


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether the text between two positions ends with the mark of a sentence or of a list item."""
    return _STOP.search(text, max(start, end - _REACH), end) is not None


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    if stripped := piece.strip():
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(stripped)


def _is_end(text: str, begin: int, mark: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, mark.end(), end)
    word = following[1] if following else None
    if word is None:
        return True
    if not (word[0].isupper() or word[0].isdigit()):
        return False
    if not mark[0].startswith(".") or mark[0].startswith(".."):
        return True
    before = _LAST_WORD.search(text, max(begin, mark.start() - _REACH), mark.start())
    last = before[1].rpartition("-")[2] if before else ""
    if _TITLES.fullmatch(last.lower()):
        return False
    if _COUNTED.fullmatch(last.lower()):
        return not word[0].isdigit()
    if _OPEN.fullmatch(last.lower()):
        return _OPENERS.fullmatch(word.lower()) is not None
    return not (len(last) == 1 and last.isupper())
