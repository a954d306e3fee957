"""Names that a noun beside them explains: `Kelp Youth Connect, a project of …`, `the Reef Mentors program`.

The noun behind a comma tells the type of a capitalised name that has no head noun of its own; so does a small
noun for a program right behind a name of two words or more.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from loaders.names.bodies import RULES
from loaders.names.extent import head_of
from loaders.names.forms import Chain, Found, Group, Page, Word

__all__ = ["apposed", "explained", "newspapers"]

_PROGRAMS = "program|programme|project|initiative|campaign|scheme"
_GROUPS = (
    "charity|foundation|nonprofit|non-profit|non-?governmental organi[sz]ation|NGO|company|firm|think tank"
)
_TOWNS = "town|village|suburb|fishing village|port town|port city|neighbou?rhood"
_UNITS = (
    "task force|taskforce|strike force|unit|squad|team|division|working group"
    "|coordination (?:group|cell)|fusion cent(?:er|re)"
)
_TYPES: Mapping[str, str] = {
    "program": "Program",
    "group": "OtherOrganization",
    "town": "Place",
    "unit": "Unit",
}
# The acronym between a name and its explanation.
_ACRONYM = re.compile(r"\s*\([A-Z][\w&/.-]{1,11}\)(?=,)")
_BEHIND = re.compile(
    r",\s+(?:an?|the|its|their|one\s+of\s+the)\s+(?:[A-Za-z][\w.’'-]*\s+){0,4}?"
    rf"(?:(?P<program>(?:{_PROGRAMS}|effort)s?)|(?P<group>(?:{_GROUPS})s?)|(?P<town>(?:{_TOWNS})s?)"
    rf"|(?P<unit>(?:{_UNITS})s?))"
    r"(?=[,.;)]|\s+(?:of|in|on|near|for|that|which|who|run|based|led|funded|backed|financed|supported|managed|implemented|administered"
    r"|launched|created|established|aimed|designed|registered|owned|outside|to|by|with|from|made|composed|comprising|comprised|formed|set|under|at|within|tasked|dedicated|consisting)\b)"
)
_SMALL_HEAD = re.compile(
    rf"\s+(?:{_PROGRAMS})\b(?!s|-|\s+(?:of|office|manager|officer|director|staff|documents?)\b)"
)
_LONGEST = 130
_SURE_PAPERS = frozenset(
    ("gazette", "gleaner", "newsday", "chronicle", "inquirer", "examiner", "tribune", "herald")
)
_PAPERS = _SURE_PAPERS | {
    "post",
    "observer",
    "guardian",
    "express",
    "times",
    "advocate",
    "courier",
    "telegraph",
    "journal",
}
_EDITIONS = frozenset(("daily", "sunday", "morning", "evening", "weekly"))
_MOST_PAPER = 3
_MOST_WORDS = 5
# What the noun behind a name settles: a form with a head noun of its own tells more.
_OPEN = frozenset(("OtherOrganization", "Program", "Unit"))


def apposed(page: Page, chain: Chain) -> Iterator[Found]:
    """The names of a chain that a common noun explains, in order."""
    text, final = page.text, len(chain.groups) - 1
    for index, group in enumerate(chain.groups):
        end = group.end
        if text[end : end + 1] == ",":
            match = (
                _BEHIND.match(text, end, end + _LONGEST) if index == final or _parted(chain, index) else None
            )
            if match is None or match.lastgroup is None or not _may_be_named(page, group.words):
                continue
            kind = _TYPES[match.lastgroup]
            reason = f"a name that “{match[match.lastgroup]}” behind it explains"
        elif _SMALL_HEAD.match(text, end) and _is_before_small_head(page, group):
            kind, reason = "Program", "a name before a noun for a program"
        else:
            continue
        if len(group.words) <= _MOST_WORDS and head_of(page, group.words) is None:
            yield Found(group.start, end, kind, RULES[kind], reason)


def newspapers(page: Page, group: Group) -> Iterator[Found]:
    """`the Kelpville Gazette`, `the Morning Post`: a newspaper behind a town, a day or a new word."""
    *before, last = group.words
    if not 0 < len(before) < _MOST_PAPER or last.entity is not None or last.low not in _PAPERS:
        return
    if page.text[max(0, group.start - 4) : group.start].lower() != "the ":
        return
    known = [
        (w.entity is not None and w.entity.type in ("Place", "Country")) or w.low in _EDITIONS for w in before
    ]
    new = [w.entity is None and w.low not in page.ordinary and w.low not in page.plain for w in before]
    if all(known) or (last.low in _SURE_PAPERS and all(k or n for k, n in zip(known, new, strict=True))):
        kind = "OtherOrganization"
        yield Found(group.start, last.end, kind, RULES[kind], "a newspaper by its last word", last.low)


def explained(page: Page, found: Found) -> Found:
    """A name with the type that the noun behind it tells, also behind its acronym; else as it is."""
    if found.type not in _OPEN or found.head:
        return found
    acronym = _ACRONYM.match(page.text, found.end)
    end = acronym.end() if acronym else found.end
    match = _BEHIND.match(page.text, end, end + _LONGEST) if page.text[end : end + 1] == "," else None
    if match is None or match.lastgroup is None or _TYPES[match.lastgroup] == found.type:
        return found
    kind = _TYPES[match.lastgroup]
    reason = f"a name that “{match[match.lastgroup]}” behind it explains"
    return replace(found, type=kind, rule=RULES[kind], reason=reason)


def _parted(chain: Chain, index: int) -> bool:
    return chain.groups[index + 1].before.startswith(",")


def _is_before_small_head(page: Page, group: Group) -> bool:
    """Whether a name stands behind an article or a possessive, and is more than the field of a program."""
    article = page.text[max(0, group.start - 4) : group.start].lower() in ("the ", "its ", "'s ", "’s ")
    return article and _is_special(page, group.words)


def _may_be_named(page: Page, words: Sequence[Word]) -> bool:
    """Whether words can be a name that only its explanation shows: none known but a place before others."""
    if any(w.entity is not None for w in words[1:]) or any(
        w.low in page.lexicon.titles["words"] for w in words
    ):
        return False
    if words[0].entity is not None:
        return words[0].entity.type == "Place" and len(words) > 1
    if len(words) == 1:
        return words[0].low not in page.ordinary and words[0].low not in page.plain
    return any(w.low not in page.lexicon.lists["generic"] for w in words)


def _is_special(page: Page, words: Sequence[Word]) -> bool:
    """Whether two words or more are more than the field and the owner of a program."""
    if len(words) < 2 or any(w.low in page.lexicon.titles["words"] or w.low in page.demonyms for w in words):
        return False
    if any(w.entity is not None and w.entity.type not in ("Place", "Country") for w in words):
        return False
    new = [w for w in words if w.entity is None]
    return words[0].entity is None and any(
        w.low not in page.ordinary and w.low not in page.plain for w in new
    )
