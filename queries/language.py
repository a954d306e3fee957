"""Words: how questions and names are cut into words, and when two words count as one.

A text is folded as names are everywhere (`graph.records.fold`) and cut at spaces; words are compared by
their stems, which even out endings and British or American spelling. Dates in words become EDTF.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from graph.records import fold
from schema.values import parse_date

Key = tuple[str, ...]

# fmt: off
_MONTHS = (
    ("january", "february", "march", "april", "may", "june",
     "july", "august", "september", "october", "november", "december"),
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
    "eighteenth", "nineteenth", "twentieth",
)
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)
# fmt: on
_DAYS = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}

# Asides that name an example instead of asking something: "(such as 1.ii)".
_ASIDE = re.compile(r"\((?:such as|e\.?g\.?|for example|for instance|like)\b[^)]*\)", re.IGNORECASE)

# What is written short: "aren't", "who's", "I'd", "w/", "i.e."; and numbers in groups of three digits.
_CONTRACTIONS = (
    (re.compile(r"[’ʼ`]"), "'"),
    (re.compile(r"\b(ca|wo|sha)n't\b", re.IGNORECASE), "not"),
    (re.compile(r"n't\b", re.IGNORECASE), " not"),
    (re.compile(r"\b(who|what|where|when|how|which|that|it|there|here)'s\b", re.IGNORECASE), r"\1 is"),
    (re.compile(r"'(?:d|ll|ve|re|m)\b", re.IGNORECASE), ""),
    (re.compile(r"\b(?:i\.e\.|e\.g\.|etc\.?)(?=\W|$)", re.IGNORECASE), " "),
    (re.compile(r"\bw/(?=\s)", re.IGNORECASE), "with"),
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"(?<=\w)-(?:led|based|wide|run|style)\b", re.IGNORECASE), ""),
)

_SPELLINGS = (
    (re.compile(r"isation(s?)$"), r"ization\1"),
    (re.compile(r"is(e|ed|es|ing)$"), r"iz\1"),
    (re.compile(r"(?<=\w\w)our(s|ed|ing)?$"), r"or\1"),
    (re.compile(r"(?<=[^aeiou])re(s?)$"), r"er\1"),
    (re.compile(r"mme(s?)$"), r"m\1"),
    (re.compile(r"(def|off|lic)ence(s?)$"), r"\1ense\2"),
)
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
_VERBS = (("ied", "y"), ("ing", ""), ("ed", ""))
_WHOLE = frozenset(
    {"united", "news", "this", "his", "does", "has", "was", "series", "species", *_NUMBERS, *_ORDINALS}
)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The part of a folded word that its forms share; short words and words with digits stay whole."""
    if len(word) < 4 or not word.isalpha() or word in _WHOLE:
        return word
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    if not re.search(r"(?:ss|is|[^aeiou]us)$", word):
        word = _without(word, _PLURALS)
    word = _without(word, _VERBS)
    if len(word) > 3 and word.endswith("e"):
        word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiou":
        word = word[:-1]
    return word


def _without(word: str, endings: tuple[tuple[str, str], ...]) -> str:
    for ending, replacement in endings:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + replacement
    return word


# Endings that make another kind of word of the same root, with the fewest letters that must be left.
_DERIVATIONS = (
    *(("ational", 4), ("ation", 4), ("ition", 4), ("ative", 4), ("itive", 4), ("ator", 4), ("ment", 4)),
    *(("ion", 5), ("ance", 4), ("ence", 4), ("ive", 4), ("ary", 5), ("ist", 4), ("ial", 4), ("ity", 4)),
    *(("al", 4), ("ic", 5), ("er", 4), ("or", 5), ("ly", 4), ("an", 5), ("at", 5), ("y", 5)),
)


@lru_cache(maxsize=20_000)
def root(stemmed: str) -> str:
    """What the stems of related words share: `collaborate` and `collaboration`, `scams` and `scammers`."""
    for ending, least in _DERIVATIONS:
        if stemmed.endswith(ending) and len(stemmed) - len(ending) >= least and stemmed.isalpha():
            left = stemmed.removesuffix(ending)
            return left[:-1] if left[-1] == left[-2] and left[-1] not in "aeious" else left
    return stemmed


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """Folded words of a text, asides left out and short forms written out."""
    plain = _ASIDE.sub(" ", text)
    for pattern, replacement in _CONTRACTIONS:
        plain = pattern.sub(replacement, plain)
    return tuple(fold(plain).split())


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """Stems of a text's words: what two spellings of one name have in common."""
    return tuple(map(stem, words(text)))


def name_key(text: str) -> Key:
    """Stems of a name without its articles."""
    return without_articles(stems(text))


def without_articles(key: Key) -> Key:
    return tuple(word for word in key if word != "the")


def ordinal(word: str) -> int | None:
    """11 for `eleventh` and `11th`."""
    if word in _ORDINALS:
        return _ORDINALS.index(word) + 1
    match = re.fullmatch(r"(\d{1,3})(?:st|nd|rd|th)", word)
    return int(match[1]) if match else None


def number(word: str) -> int | None:
    """13 for `thirteen` and `13`."""
    if word in _NUMBERS:
        return _NUMBERS.index(word) + 1
    return int(word) if re.fullmatch(r"\d{1,9}", word) else None


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in words `start` to `end` (exclusive) of a question, as canonical EDTF text."""

    start: int
    end: int
    text: str


def dates(tokens: tuple[str, ...]) -> list[DateSpan]:
    """All readings of dates: days, months of a year, years, fiscal years; shorter ones inside longer too.

    Two years in a row (`2023-2024`) are a range.
    """
    found = []
    # Every reading has a year in digits.
    numbered = [not token.isalpha() for token in tokens]
    for start in range(len(tokens)):
        for length in (4, 3, 2, 1):
            if start + length > len(tokens) or not any(numbered[start : start + length]):
                continue
            text = _date(tokens[start : start + length])
            if text is not None:
                found.append(DateSpan(start, start + length, text))
    ranges = [
        (a, b)
        for a, b in pairwise(found)
        if a.end == b.start and _is_year(a) and _is_year(b) and a.text <= b.text
    ]
    inside = {one for pair in ranges for one in pair}
    return [
        *(DateSpan(a.start, b.end, f"{a.text}/{b.text}") for a, b in ranges),
        *(one for one in found if one not in inside),
    ]


def _is_year(span: DateSpan) -> bool:
    return len(span.text) == 4 and span.end == span.start + 1


@lru_cache(maxsize=20_000)
def _date(tokens: tuple[str, ...]) -> str | None:
    if len(tokens) > 1 and tokens[0] in _DAYS:
        return _date(tokens[1:])
    plain = [t for t in tokens if t != "of"]
    months = [m for t in plain if (m := _month(t))]
    years = [t for t in plain if re.fullmatch(r"(?:19|20)\d\d", t)]
    days = [
        d for t in plain if (d := re.fullmatch(r"([0-3]?\d)(?:st|nd|rd|th)?", t)) and 1 <= int(d[1]) <= 31
    ]
    shape = (len(plain), len(years), len(months))
    if shape == (3, 1, 1) and len(days) == 1:
        return _in_calendar(f"{years[0]}-{months[0]:02d}-{int(days[0][1]):02d}")
    if shape == (3, 1, 0) and tokens[0] == years[0] and len(days) == 2 and int(days[0][1]) <= 12:
        return _in_calendar(f"{years[0]}-{int(days[0][1]):02d}-{int(days[1][1]):02d}")
    if shape == (2, 1, 1) and tokens[0] != years[0]:
        return f"{years[0]}-{months[0]:02d}"
    if shape == (1, 1, 0):
        return years[0]
    return _fiscal_year(plain)


def _in_calendar(day: str) -> str | None:
    """The day, unless it is one such as 30 February."""
    try:
        return parse_date(day).text
    except ValueError:
        return None


def _month(token: str) -> int | None:
    return next((names.index(token) + 1 for names in _MONTHS if token in names), None)


def _fiscal_year(tokens: list[str]) -> str | None:
    match = re.fullmatch(r"(?:fy|fiscal year|financial year) ?(20)?(\d\d)", " ".join(tokens))
    return parse_date(f"FY20{match[2]}").text if match else None


def spoken_date(text: str) -> str:
    """`16 November 2023` for `2023-11-16`; other EDTF stays as it is."""
    parts = text.split("-")
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])(-\d\d)?", text) is None:
        return text
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS[0][int(parts[1]) - 1].title()} {parts[0]}"


def within(inner: str, outer: str) -> bool:
    """Whether the days of one EDTF date all lie within another; what has no end lies only within its like."""
    one, other = parse_date(inner), parse_date(outer)
    begins = other.earliest is None or (one.earliest is not None and other.earliest <= one.earliest)
    ends = other.latest is None or (one.latest is not None and one.latest <= other.latest)
    return begins and ends
