"""Acronyms and short names that a text itself defines: `Long Form (LF)`, `LF (Long Form)`, `(“the Form”)`.

The long form is found by the letters of the acronym after A. S. Schwartz and M. A. Hearst, "A simple
algorithm for identifying abbreviation definitions in biomedical text", Pacific Symposium on Biocomputing 8
(2003). Before their rule, which takes the fewest words that hold the letters in order, comes a stricter one:
each word gives its initial, and only small words may give none; `Shore Station (SS)` is not cut to `Station`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WINDOW = 240
_CUT = re.compile(r"[,;]\s")
_MOST_CUTS = 4

_SHORT = r"[^\W\d_][\w&/.-]{0,13}\w"
_QUOTED = rf"[“\"'‘«]?(?:the\s+)?[“\"'‘«]?({_SHORT})\.?[”\"'’»]?"
_HEREINAFTER = r"(?:here(?:in)?after,?\s+(?:referred\s+to\s+as\s+|called\s+)?)"
_KNOWN_AS = (
    rf"{_HEREINAFTER}|(?:(?:also\s+)?known\s+as|abbreviated(?:\s+as)?|or(?:\s+simply)?|in\s+short),?\s+"
)

_AFTER = re.compile(rf"[(\[]\s*(?:{_KNOWN_AS})?{_QUOTED}\s*[)\],;]")
_APPOSED = re.compile(rf",\s+(?:{_KNOWN_AS}){_QUOTED}(?=\s*[,.;:)])")
_EXPANDED = re.compile(r"\(\s*(?:the\s+)?([^()]{3,160})\)")
_LAST_WORD = re.compile(rf"(?<![\w(])({_SHORT})\s*$")
_NAMED = re.compile(
    rf"\(\s*(?:{_HEREINAFTER}?(?:the\s+)?[“\"‘](?:the\s+)?|{_HEREINAFTER}(?:the\s+)?)"
    r"([A-Z][\w-]+(?:\s+[A-Z][\w-]+){0,3})[”\"’]?\s*\)"
)

_SINGLE = re.compile(r"\(([A-Z][a-z]{3,})\)")

# A long form stays inside its sentence and paragraph, and takes no other parentheses in.
_EDGE = re.compile(r"(?<![A-Z])(?<!\bSt)(?<!\bMt)[.!?]\s|[;:]\s|[()\[\]]|\n\s*\n|\n\s*[-•*]\s")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SMALL = frozenset(("a", "an", "and", "against", "at", "by", "for", "from", "in")) | frozenset(
    ("of", "on", "or", "the", "to", "with", "de", "del", "des", "du", "la", "le")
)


@dataclass(frozen=True, slots=True)
class Definition:
    """A long form, `text[long_start:long_end]`, and the acronym that a text defines for it, `text[at:end]`.

    The acronym counts from `at` on. `acronym` is without the s of a plural.
    """

    long_start: int
    long_end: int
    acronym: str
    at: int
    end: int


@dataclass(frozen=True, slots=True)
class Stated:
    """An acronym or short name, `text[at:end]`, said of the name that ends or begins at `beside`.

    `bare`: the short name is a single word without quotation marks, `(State)`.
    `before`: the name begins there, inside parentheses behind the acronym, and ends at `limit` or earlier.
    """

    name: str
    at: int
    end: int
    beside: int
    before: bool = False
    limit: int = 0
    bare: bool = False


def stated_acronyms(text: str, start: int = 0) -> list[Stated]:
    """Acronyms beside a place where their long form may stand, in the order of the text; not yet compared."""
    found: dict[int, Stated] = {}
    for at in _brackets(text, start):
        match = _AFTER.match(text, at)
        if match and is_acronym(match[1]):
            found[match.start(1)] = Stated(_singular(match[1]), *match.span(1), _end(text, at))
        elif expanded := _EXPANDED.match(text, at):
            word = _LAST_WORD.search(text, max(start, at - 20), at)
            if word and is_acronym(word[1]):
                name = Stated(_singular(word[1]), *word.span(1), expanded.start(1), True, expanded.end(1))
                found.setdefault(name.at, name)
    for match in _APPOSED.finditer(text, start):
        if is_acronym(match[1]):
            name = Stated(_singular(match[1]), *match.span(1), _end(text, match.start()))
            found.setdefault(name.at, name)
    return [found[at] for at in sorted(found)]


def definitions(text: str, start: int = 0, stated: Sequence[Stated] | None = None) -> list[Definition]:
    """All definitions of acronyms from `start` on, in the order of the acronyms, whatever the long forms.

    The long form is the shortest that gives all letters: a name may begin before it, as in
    `Reef Council Harbour Office (HO)`. Works on any text; nothing raises. `stated` saves a second search.
    """
    found = []
    for name in stated_acronyms(text, start) if stated is None else stated:
        if name.before:
            begin: int | None = name.beside
            end = _expansion_end(name.name, text, name.beside, name.limit)
        else:
            end = name.beside
            begin = _long_form(name.name, text, max(start, end - _WINDOW), end)
        if begin is not None and end is not None:
            found.append(Definition(begin, end, name.name, name.at, name.end))
    return found


def short_names(text: str, start: int = 0) -> list[Stated]:
    """Short names that the text gives to what it has just named: `(hereinafter “the Office”)`, `(State)`."""
    brackets = list(_brackets(text, start))
    matches = [m for at in brackets if (m := _NAMED.match(text, at) or _SINGLE.match(text, at))]
    return [
        Stated(match[1], *match.span(1), _end(text, match.start()), bare=match.re is _SINGLE)
        for match in matches
        if not is_acronym(match[1])
    ]


def is_acronym(word: str) -> bool:
    """Whether a word is written like an acronym: two capitals, most letters capital."""
    capitals = sum(c.isupper() for c in word)
    return capitals >= 2 and 2 * capitals >= sum(c.isalpha() for c in word)


def abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym stand in the name in their order, the first one at a word."""
    letters = _letters(acronym)
    if not is_acronym(acronym):
        return False
    initials = {word[0].casefold() for word in _WORD.findall(name)}
    rest = iter(name.casefold())
    return letters[0] in initials and all(c in rest for c in letters)


# --- where definitions stand ----------------------------------------------------------------------------


def _brackets(text: str, start: int) -> Iterator[int]:
    """Positions of the opening parentheses and brackets."""
    for bracket in "([":
        at = text.find(bracket, start)
        while at >= 0:
            yield at
            at = text.find(bracket, at + 1)


def _end(text: str, before: int) -> int:
    """End of the words that stand before a position, without spaces and quotation marks."""
    return len(text[max(0, before - _WINDOW) : before].rstrip(" \t\r\n\u00a0”\"’'»,")) + max(
        0, before - _WINDOW
    )


def _expansion_end(acronym: str, text: str, start: int, end: int) -> int | None:
    """End of the long form that begins at `start`, as in `HO (Harbour Office, founded last year)`."""
    cuts = [start + m.start() for m in _CUT.finditer(text[start:end])][:_MOST_CUTS]
    for cut in (end, *reversed(cuts)):
        if _long_form(acronym, text, start, cut) == start:
            return cut
    return None


# --- letters --------------------------------------------------------------------------------------------


def _singular(acronym: str) -> str:
    return acronym[:-1] if len(acronym) > 2 and acronym.endswith("s") and acronym[-2].isupper() else acronym


def _letters(acronym: str) -> list[str]:
    return [c.casefold() for c in _singular(acronym) if c.isalpha()]


def _long_form(acronym: str, text: str, begin: int, end: int) -> int | None:
    """Start of the long form of an acronym, which ends with the last word of `text[begin:end]`."""
    letters = _letters(acronym)
    edge = max((match.end() for match in _EDGE.finditer(text[begin:end])), default=0)
    words = list(_WORD.finditer(text, begin + edge, end))
    if not words or words[-1][0].casefold() in _SMALL:
        return None
    index = _by_initials(letters, [word[0].casefold() for word in words])
    if index is not None and len(letters) == 2 and words[index][0].islower():
        return None
    if index is None:
        index = _by_letters(letters, [word[0] for word in words])
    return None if index is None else words[index].start()


def _by_initials(letters: Sequence[str], words: Sequence[str]) -> int | None:
    """Index of the first word, where each word gives its initial and only small words may give none."""

    def first(left: int, index: int) -> int | None:
        if left == 0:
            return index + 1 if words[index + 1] not in _SMALL else None
        if index < 0:
            return None
        if words[index][0] == letters[left - 1]:
            begin = first(left - 1, index - 1)
            if begin is not None:
                return begin
        return first(left, index - 1) if words[index] in _SMALL else None

    return first(len(letters), len(words) - 1)


def _by_letters(letters: Sequence[str], words: Sequence[str]) -> int | None:
    """Index of the first of the fewest words that hold the letters in order, the first letter at its start.

    They are capitalised except for the small ones, and at most twice as many as the letters or five more.
    """
    left = len(letters)
    most = min(2 * left, left + 5)
    for index in range(len(words) - 1, -1, -1):
        word = words[index].casefold()
        small = word in _SMALL
        if not small:
            most -= 1
            if most < 0 or not (words[index][0].isupper() or words[index][0].isdigit()):
                return None
        for position in range(len(word) - 1, -1, -1):
            if word[position] != letters[left - 1] or (left == 1 and position):
                continue
            left -= 1
            if left == 0:
                return None if small else index
    return None
