"""Other spellings of a name that texts use freely: U.S. and US, Saint and St., British and American."""

import re
from collections.abc import Iterator

_MOST = 48

# Each line holds spellings that stand for each other wherever one of them is a word of a name.
_WORDS: tuple[tuple[str, ...], ...] = (
    ("U.S.", "US", "United States"),
    ("Saint", "St.", "St"),
    ("Mount", "Mt.", "Mt"),
    ("and", "&"),
    ("Centre", "Center"),
    ("centre", "center"),
    ("Programme", "Program"),
    ("programme", "program"),
    ("Organisation", "Organization"),
    ("organisation", "organization"),
    ("Organised", "Organized"),
    ("organised", "organized"),
    ("Defence", "Defense"),
    ("defence", "defense"),
    ("Offence", "Offense"),
    ("offence", "offense"),
    ("Labour", "Labor"),
    ("Harbour", "Harbor"),
    ("Stabilisation", "Stabilization"),
    ("Counternarcotics", "Counter-Narcotics"),
)
_SAME = {word: group for group in _WORDS for word in group}
_ANY = re.compile(
    r"(?<![\w.])(?:" + "|".join(re.escape(w) for w in sorted(_SAME, key=len, reverse=True)) + r")(?![\w.])"
)
_SERIAL_COMMA = re.compile(r"(?<=,)([^,]+?), (and|&) (?=[^,]*$)")
_NO_SERIAL_COMMA = re.compile(r"(?<=,)([^,]+?[^,]) (and|&) (?=[^,]*$)")


def spellings(name: str) -> list[str]:
    """All spellings of a name, itself first; at most a few dozen."""
    found = dict.fromkeys([name])
    for spelling in _word_spellings(name):
        for text in (spelling, *_comma_spellings(spelling)):
            found.setdefault(text)
            if len(found) >= _MOST:
                return list(found)
    return list(found)


def _word_spellings(name: str) -> Iterator[str]:
    """The name with every word of the table in each of its spellings."""
    match = _ANY.search(name)
    if match is None:
        yield name
        return
    head, tail = name[: match.start()], name[match.end() :]
    for rest in _word_spellings(tail):
        for word in _SAME[match[0]]:
            yield head + word + rest


def _comma_spellings(name: str) -> Iterator[str]:
    """`A, B and C` for `A, B, and C` and the other way about."""
    yield _SERIAL_COMMA.sub(r"\1 \2 ", name)
    yield _NO_SERIAL_COMMA.sub(r"\1, \2 ", name)
