"""Finds the ends of sentences; `U.S.`, `St.`, `Nov.` and initials end none."""

import re
from collections.abc import Iterator

Span = tuple[int, int]
# Longer ones are lists without full stops: patterns over them cost much and find little, and quoted for each
# of their names they would take more memory than the text.
LONGEST_SENTENCE = 5000

# Before a name: never the last word of a sentence.
_TITLES = re.compile(
    "mr|mrs|ms|messrs|mme|dr|prof|rev|hon|lt|lieut|col|gen|brig|maj|capt|cmdr|comdr|cdr|cmdt|adm|ens|sgt|cpl|pvt"
    "|const|insp|supt|det|gov|sen|sec|rep|pres|amb|min|dir|asst|assoc|dep|atty|ret|vs|eds|cf|ca|approx|est|incl|esp"
    "|tel|ext|viz|e\\.g|i\\.e"
)
# The last word only before the beginning of a new sentence that no name can have.
_PLACES = re.compile("st|ste|mt|ft|pt")
# Not the last word where a number follows.
_COUNTED = re.compile(
    "nos?|arts?|secs?|paras?|pars?|chs?|figs?|vols?|pp?|eds?|nn?|res|regs?|cls?|apps?|docs?"
)
# May be the last word of a sentence: then one of the openers follows. So may all that has stops inside.
_OPEN = re.compile(
    r"(?:\w\.)+\w|inc|ltd|llc|corp|co|bros|jr|sr|etc|ph\.d|al|dept|govt|gov[’']t|int[’']l|ave|blvd|rd|bldg"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mon|tues?|wed|thur?s?|fri|sat|sun"
)
_CLEAR_OPENERS = (
    "the|this|these|those|that|it|its|he|she|they|we|there|however|although|according|afterwards?|then|later"
    "|today|finally|meanwhile|additionally|moreover|furthermore|therefore|thus|following|because|despite|once"
)
_OPENERS = re.compile(
    f"{_CLEAR_OPENERS}|in|on|at|by|for|from|during|since|after|before|under|as|while|when|where|but|and|both|all"
    "|some|many|most|to|with|also|an|a|our|their|his|her|other|others|such|through|each|no|if|among|between"
)
_CLEAR = re.compile(_CLEAR_OPENERS)
# A footnote's number may stand after the mark.
_CLOSING = r"[\"'”’)\]*_]*+"
_END = re.compile(
    rf"(?<![.!?…])[.!?…]++{_CLOSING}(?:\[\d{{1,3}}\]|[⁰¹²³⁴-⁹]|(?<=[a-z][.])\d{{1,2}}(?=\s+[A-Z“\"]))*+(?=\s)"
)
_NEXT = re.compile(r"\s*[\"'“‘(\[*_$€£]*(\w[\w'’-]*)?")
_LAST_WORD = re.compile(r"([\w.&'’-]+?)\.*[\"'”’)\]*_]*$")
_STOP = re.compile(rf"[.!?;…]{_CLOSING}(?:\[\d{{1,3}}\]|[⁰¹²³⁴-⁹])*$")
# `1.` or `(b)` at the beginning of a sentence.
_LABEL = re.compile(r"\W*\w{1,4}\W*")
# `: 1` or `; b` before the full stop of a label in running text.
_INNER_LABEL = re.compile(r"[:;]\s+(?:\d{1,2}|[a-z])$")
# `“Stop!” Captain Kelp said` is one sentence.
_SPEAKER = re.compile(
    r"\s+(?:[A-Z][\w.'’-]*\s+|(?:of|the)\s+){1,8}"
    r"(?:said|says|added|noted|stated|told|asked|remarked|explained|declared|replied)\b"
)
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
    omission = text[mark.start() - 1] in " \t\n\xa0[("
    if word is None:
        return not omission
    if not (word[0].isupper() or word[0].isdigit()):
        return False
    if _LABEL.fullmatch(text, begin, mark.start()):
        return False
    if _INNER_LABEL.search(text, max(begin, mark.start() - _REACH), mark.start()):
        return False
    if omission:
        return _OPENERS.fullmatch(word.lower()) is not None
    if not mark[0].startswith(".") or mark[0].startswith(".."):
        quoted = mark[0][-1] in "\"'”’"
        return not (quoted and _SPEAKER.match(text, mark.end(), end))
    before = _LAST_WORD.search(text, max(begin, mark.start() - _REACH), mark.start())
    last = before[1].rpartition("-")[2] if before else ""
    return _may_end(last, word)


def _may_end(last: str, word: str) -> bool:
    """Whether a full stop between two words ends a sentence."""
    lower, following = last.lower(), word.lower()
    # An acronym such as `DIR` is no title; in a line of capitals it may be one.
    if not last.isupper() or word.isupper():
        if _TITLES.fullmatch(lower):
            return False
        if _PLACES.fullmatch(lower):
            return _CLEAR.fullmatch(following) is not None
        if _COUNTED.fullmatch(lower):
            return not word[0].isdigit()
    if _OPEN.fullmatch(lower):
        return _OPENERS.fullmatch(following) is not None
    return not (len(last) == 1 and last.isupper()) or _CLEAR.fullmatch(following) is not None
