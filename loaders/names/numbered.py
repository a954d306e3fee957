"""Names that a number or a place beside them shows: resolutions, numbered units, offices."""

import re
from collections.abc import Iterator
from itertools import pairwise

from loaders.names.bodies import RULES, UNIT_COUNT, YEAR, extended
from loaders.names.forms import Found, Group, Page

__all__ = ["counted", "numbered", "stationed"]

_NUMBERED = re.compile(
    r"\b(?:(?:UN(?:SC)?|Security Council|UNSCR)\s+)*(?:Resolutions?\s+(?:No\.\s*)?\d{3,4}(?:\s+\(\d{4}\))?)"
    r"|\b[Rr]esolutions?\s+(?:No\.\s*)?(?:\d{1,3}/\d{1,4}|\d{3,4}\s+\(\d{4}\))"
    r"|\b(?:Presidential\s+)?Executive\s+Order\s+(?:No\.\s*)?\d{3,6}"
)
_QUOTED_OPERATION = re.compile(r"\b(?:Operation|Exercise)\s+[“\"‘']([A-Z][^”\"’'\n]{1,40})[”\"’']")
# Acts with a part of their title in parentheses: `Bail (Amendment) Act`.
_AMENDING = re.compile(r"\([A-Z][^()\n]{3,80}\)\s+(?:Act|Bill|Ordinance|Regulations)\b")
_TITLE_BEFORE = re.compile(
    r"(?<![\w’'-])(?!The\b)[A-Z][\w’'-]+(?:\s+(?:(?:of|in|against|for)\s+(?:the\s+)?|and\s+)?[A-Z][\w’'-]+)*\s+$"
)
_COUNTED = frozenset(
    ("district", "sector", "division", "zone", "battalion", "squadron", "company", "detachment", "troop")
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_COMMANDO = re.compile(
    r"\b\d{1,3}(?:st|nd|rd|th)?\s+(?:Commando|Squadron|Battalion|Regiment|Brigade|Air Wing)"
    r"(?:,?\s+(?:the\s+)?(?:Royal\s+[A-Z][a-z]+|(?:[A-Z][a-z]+\s+){1,2}Regiment)(?:\s+Regiment)?)?(?!\s+[A-Z])"
)


def numbered(page: Page, start: int, end: int) -> Iterator[Found]:
    """Resolutions and orders by number, acts with a parenthesis, operations in quotation marks."""
    for match in _NUMBERED.finditer(page.text, start, end):
        yield Found(
            *match.span(), "Instrument", RULES["Instrument"], "an instrument by its number", "resolution"
        )
    for match in _AMENDING.finditer(page.text, start, end):
        before = _TITLE_BEFORE.search(page.text, max(start, match.start() - 90), match.start())
        if before is not None:
            last = extended(page, match.end(), YEAR)
            yield Found(before.start(), last, "Instrument", RULES["Instrument"], "its form: “act”", "act")
    for match in _COMMANDO.finditer(page.text, start, end):
        yield Found(*match.span(), "Unit", RULES["Unit"], "a unit by its number", "unit")
    for match in _QUOTED_OPERATION.finditer(page.text, start, end):
        yield Found(
            *match.span(),
            "Operation",
            RULES["Operation"],
            "an operation named in quotation marks",
            "operation",
        )


def counted(page: Page, group: Group) -> Iterator[Found]:
    """A unit of the register or a district of a known body with its number: `Reef Boarding Team 12`."""
    words = group.words
    for index, word in enumerate(words):
        first = word
        if word.entity is None:
            owner = words[index - 1].entity if index and word.low in _COUNTED else None
            if owner is None or owner.type not in ("Agency", "Unit", "IntergovernmentalOrganization"):
                continue
            first = words[index - 1]
        elif word.entity.type != "Unit":
            continue
        number = UNIT_COUNT.match(page.text, word.end)
        if number is not None:
            yield Found(first.start, number.end(), "Unit", RULES["Unit"], "a unit by its number", "unit")


def stationed(page: Page, group: Group) -> Iterator[Found]:
    """An agency by its acronym right before a town, its office there: `RHO Kelpville`."""
    words = group.words
    for index, (agency, town) in enumerate(pairwise(words)):
        body, place = agency.entity, town.entity
        if body is None or place is None or body.type != "Agency" or place.type != "Place":
            continue
        if not _ACRONYM.fullmatch(agency.text) or page.text[agency.end : town.start] != " ":
            continue
        if town.text.isupper() or (
            index + 2 < len(words)
            and words[index + 2].entity is None
            and not (
                words[index + 2].low in page.lexicon.titles["words"]
                or words[index + 2].low in page.lexicon.titles["modifiers"]
                or words[index + 2].low in page.lexicon.lists["followers"]
            )
        ):
            continue
        yield Found(agency.start, town.end, "Unit", RULES["Unit"], "an agency's office in a town", "office")
