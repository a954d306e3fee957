"""Persons by their titles, by titles in apposition, and as those who speak; and their surnames alone.

A person's mention is the name without titles. One capitalised word is a name only after a title; two or more
are one where the context says so.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from graph.records import Entity
from loaders.names.extent import head_of
from loaders.names.forms import INSERTED, Chain, Found, Group, Page, Word
from loaders.names.lexicon import Lexicon
from loaders.names.personal import (
    INITIAL,
    PARTICLES,
    can_be_name_word,
    is_name_word,
    is_title,
    name_at,
    name_words,
    with_particle,
    with_suffix,
)

TITLED = "mention/person@1"
IN_OFFICE = "mention/person-office@1"
BY_CONTEXT = "mention/person-context@1"

_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|into|off|outside|around)\s+(?:the\s+)?$", re.IGNORECASE)
_FROM = re.compile(r"\b(?:from|to)\s+(?:the\s+)?$", re.IGNORECASE)
_JOINTS_OF_OFFICE = frozenset(
    (
        *(
            "of",
            "for",
            "to",
            "in",
            "at",
            "on",
            "with",
            "of the",
            "for the",
            "to the",
            "in the",
            "at the",
            "on the",
        ),
        *("and", "&", ",", ", and", "and the", "and for", "and of", ", the", "the", "de", "'s", INSERTED),
    )
)
_OFFICES = frozenset(
    (
        "Agency",
        "IntergovernmentalOrganization",
        "Unit",
        "OtherOrganization",
        "Country",
        "Program",
        "Operation",
    )
)
_TO_OFFICE = re.compile(r"(?:[\w.&’'-]+\s+){0,6}?(?:of|at|in|for|to|with)\s+(?:the\s+)?")
_TITLE_AND_COMMA = re.compile(r"([\w-]+),\s$")
# Also with what it is of: `Tidelandia's Minister of Home Affairs, `.
_TITLE_OF_AND_COMMA = re.compile(
    r"(?P<owner>['’]s?\s+)?\b(?:[A-Z][\w-]+\s+){0,3}?(?P<title>[A-Z][\w-]+)\s+(?:of|for)"
    r"(?:\s+(?:the|and|of|for|&|[A-Z][\w&’'-]*)){1,8},\s$"
)
_CLOSED = re.compile(r"[,.;]|\s+and\b")
# Directly behind a name: `of the Harbour Council`, `(Harbour Council)`.
_BESIDE = re.compile(r"\s+of\s+(?:the\s+)?|\s*\((?:the\s+)?")
# Behind a title and a comma, as lists of delegates have it: `Minister of Reefs, Tidelandia`.
_LAST_OFFICE = re.compile(r"(?:[^\S\n]+(?:[A-Z][\w&’'-]*|of|and|for|the))*,[^\S\n]+(?:the\s+)?")
_FARTHEST = 5
# A title and what it is of take no more characters.
_REACH = 120
_OF = frozenset(("of", "of the"))
# Behind these, also with a comma or a colon, stand names of persons.
_WHO = re.compile(
    r"\b(?:(?:co-)?defendants?|suspects?|accused|fugitives?|co-conspirators?|(?:wo)?men|brothers|nationals|citizens|residents|victims"
    r"|graduates|recipients|awardees|winners|speakers|panell?ists|trainees|nominees|identified\s+as)"
    r"(?:[,:]|\s+(?:are|were|include|included|identified\s+as|named)|\s+\((?=\w))?:?\s+$",
    re.IGNORECASE,
)
_LISTED = frozenset(("and", "&", ",", ", and", "and the"))


def people(page: Page, chain: Chain) -> Iterator[Found]:
    """The persons that a chain names and the register does not know, in order."""
    last: Group | None = None
    for index, group in enumerate(chain.groups):
        found = _titled(page, chain, index) or _in_context(page, chain, index, last)
        if found is not None:
            last = group
            yield found
        elif last is not None and group.before in PARTICLES:
            last = group  # `Bo de la Kelp and Ada Reed`
        elif (
            last is not None
            and index
            and group.before in _OF
            and _is_owner(chain.groups[index - 1], last, group)
        ):
            continue  # `Ministers Ada Reed of Tidelandia and Bo Ray of Reefland`
        elif group.words[-1].entity is None or group.words[-1].entity.type != "Person":
            last = None
        else:
            last = group


def _is_owner(before: Group, person: Group, group: Group) -> bool:
    """Whether a group right behind a person's is nothing but the state or body that the person is of."""
    own = group.words[0].entity
    return before is person and len(group.words) == 1 and own is not None and own.type in _OFFICES


# --- titles before names --------------------------------------------------------------------------------


def _titled(page: Page, chain: Chain, index: int) -> Found | None:
    """A name behind a title in its own group, or behind the complement of a title before it."""
    group = chain.groups[index]
    begin = _after_titles(page, group.words)
    if begin is not None:
        if begin == len(group.words):
            return None
        name = name_at(page, chain, index, begin, direct=True)
        office = _office(page, group.words[:begin]) if name else None
        if name is None:
            return None
        title = group.words[begin - 1]
        rule_office = office or _office_before(page, chain, index, begin) or _office_behind(page, name[1])
        return _person(name, f"a name after the title “{title.text}”", rule_office)
    title_at = _title_before(page, chain, index)
    if title_at is None:
        if _lower_title(page.lexicon, page.text, group.start):
            name = name_at(page, chain, index, 0, direct=False)
            return _person(name, "a name after a title", _office_behind(page, name[1])) if name else None
        return None
    tail = _tail(page, group.words)
    if tail is None:
        return None
    name = name_at(page, chain, index, tail, direct=False)
    if name is None:
        return None
    between = [w for g in chain.groups[title_at:index] for w in g.words] + group.words[:tail]
    if chain.groups[title_at].before in ("'s", INSERTED) and title_at:
        between = [*chain.groups[title_at - 1].words[-1:], *between]
    office = _office(page, between) or _office_behind(page, name[1])
    return _person(name, f"a name after the title “{chain.groups[title_at].words[-1].text} …”", office)


def _person(name: tuple[int, int], reason: str, office: str | None) -> Found:
    return Found(*name, "Person", IN_OFFICE if office else TITLED, reason, office=office)


def _after_titles(page: Page, words: Sequence[Word]) -> int | None:
    """Index behind the last run of titles of a group; None if it has no title."""
    modifiers = page.lexicon.titles["modifiers"]
    at = next((n for n in range(len(words) - 1, -1, -1) if is_title(page, words[n])), None)
    if at is None:
        return 1 if _is_judge(page, words) else None
    at += 1
    while at < len(words) and words[at].entity is None and words[at].low in modifiers:
        at += 1
    return at


def _is_judge(page: Page, words: Sequence[Word]) -> bool:
    """Whether `Justice` is a title: the first word before two or more that can be a name."""
    found, stop = name_words(page, words, 1) if words[0].low == "justice" else ([], 0)
    return len(found) > 1 and stop == len(words)


def _title_before(page: Page, chain: Chain, index: int) -> int | None:
    """Index of the group that ends with the title to whose complement a group belongs."""
    at = index
    while at > 0 and index - at < _FARTHEST and chain.groups[at].before in _JOINTS_OF_OFFICE:
        at -= 1
        words = chain.groups[at].words
        if is_title(page, words[-1]) or (len(words) > 1 and _after_titles(page, words) == len(words)):
            return at
        if words[-1].entity is not None and words[-1].entity.type == "Person":
            return None
    return None


def _tail(page: Page, words: Sequence[Word]) -> int | None:
    """Index where a name of two words or more begins behind the words of an office."""
    first = len(words)
    while first and can_be_name_word(page, words[first - 1]):
        first -= 1
    while first < len(words) and not is_name_word(page, words[first]):
        first += 1
    count = len(words) - first
    if first or count < 3:
        return first if first and count > 1 else None
    # Behind `and` or `of` the first words are the office's: `Minister of Telecoms and Tides Bo K. Ray`.
    initial = next((n for n in range(2, count) if INITIAL.fullmatch(words[n].text)), None)
    return count - 2 if initial is None else initial - 1


def _lower_title(lexicon: Lexicon, text: str, start: int) -> bool:
    match = re.search(r"([\w-]+)\s$", text[max(0, start - 24) : start])
    return match is not None and match[1] in lexicon.titles["lower"]


# --- names that the context shows -----------------------------------------------------------------------


@cache
def _contexts(
    lexicon_titles: frozenset[str], after: tuple[str, ...], before: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    titles = "|".join(sorted((re.escape(t) for t in lexicon_titles), key=len, reverse=True))
    titles = rf"charg[ée]\s+d['’]affaires(?:,?\s+\(?a\.\s?i\.\)?)?|{titles}"
    apposed = re.compile(
        rf",\s+(?:{_honours()}\s*,\s*)?(?:(?:the|a|an|its|their|our|his|her|who\s+is|who\s+was)\s+)?"
        rf"(?:[\w.&’'-]+\s+){{0,5}}?(?:{titles})(?![\w-])|,\s+(?:who\s+\w|alias\b|also\s+known\s+as\b|a\.k\.a\.)|,\s+(?:aged?\s+)?\d\d(?=\s*,)",
        re.IGNORECASE,
    )
    verbs = "|".join(re.escape(v).replace(r"\ ", r"\s+") for v in after)
    spoke = re.compile(rf",?\s+(?:(?:also|then|later|further|has|had|who)\s+)?(?:{verbs})\b")
    leads = "|".join(re.escape(v).replace(r"\ ", r"\s+") for v in before)
    spoken = re.compile(rf"\b(?:{leads})\s+$", re.IGNORECASE)
    return apposed, spoke, spoken


def _honours() -> str:
    return r"(?:K\.?C\.?|Q\.?C\.?|[COM]\.?B\.?E\.?|M\.?P\.?|J\.?P\.?|S\.?C\.?|Ph\.?D\.?|Jr\.?|Esq\.?)"


def _in_context(page: Page, chain: Chain, index: int, last: Group | None) -> Found | None:
    """Two words or more that speak, that a title follows, or that are named together with a person."""
    group = chain.groups[index]
    if len(group.words) < 2 and not (
        index + 1 < len(chain.groups) and chain.groups[index + 1].before in PARTICLES
    ):
        return None
    words, stop = name_words(page, group.words, 0, listed=last is not None and group.before in _LISTED)
    if stop != len(group.words) or not words or _shouted(words) or head_of(page, group.words) is not None:
        return None
    end = words[-1].end
    end = with_particle(page, chain, index, end)
    full = [w for w in words if not INITIAL.fullmatch(w.text)]
    if not full or all(w.low in page.plain for w in full):
        return None
    reason = _reason(page, chain, index, end, last)
    if reason is None:
        if group.before in ("", ",", "and"):
            page.drop(group.start, end, "capitalised words, but no title and no verb of speech beside them")
        return None
    office = None
    if "title" in reason:
        office = _office_behind(page, end) or _office_ahead(page, group.start)
    return Found(
        group.start,
        with_suffix(page, end),
        "Person",
        IN_OFFICE if office else BY_CONTEXT,
        reason,
        office=office,
    )


def _shouted(words: Sequence[Word]) -> bool:
    return any(len(w.text) > 1 and w.text.isupper() and not INITIAL.fullmatch(w.text) for w in words)


def _reason(page: Page, chain: Chain, index: int, end: int, last: Group | None) -> str | None:
    lexicon, text = page.lexicon, page.text
    group = chain.groups[index]
    apposed, spoke, spoken = _contexts(
        lexicon.titles["lower"], lexicon.speech["after"], lexicon.speech["before"]
    )
    if spoken.search(text, max(0, group.start - 24), group.start):
        return "a name behind a verb of speech or act"
    if last is not None and group.before in _LISTED:
        return "named together with a person"
    if group.before == "" and _WHO.search(text, max(0, group.start - 40), group.start):
        return "a name behind a noun for persons"
    if group.before == "" and _PLACE_BEFORE.search(text, max(0, group.start - 14), group.start):
        return None
    if group.before in ("in", "in the", "at", "of the", "for the", "'s", "for", "on"):
        return None
    if apposed.match(text, end, min(len(text), end + 120)) or _apposed_behind(
        lexicon, text, group.start, end
    ):
        return "a name with a title in apposition"
    if group.before == "" and _FROM.search(text, max(0, group.start - 14), group.start):
        return None
    if spoke.match(text, end, min(len(text), end + 40)):
        return "a name before a verb of speech or act"
    return None


def _apposed_behind(lexicon: Lexicon, text: str, start: int, end: int) -> bool:
    """Whether a name stands between commas behind a title: `its commissioner, Bo Ray, said`."""
    if _CLOSED.match(text, end) is None:
        return False
    before = _TITLE_AND_COMMA.search(text, max(0, start - 24), start)
    bare = before is not None and before[1].lower() in lexicon.titles["lower"]
    return bare or _title_of_before(lexicon, text, start) is not None


def _title_of_before(lexicon: Lexicon, text: str, start: int) -> re.Match[str] | None:
    """The title with what it is of that stands before a name and a comma."""
    found = _TITLE_OF_AND_COMMA.search(text, max(0, start - _REACH), start)
    return found if found is not None and found["title"].lower() in lexicon.titles["lower"] else None


# --- offices --------------------------------------------------------------------------------------------


def _office(page: Page, words: Sequence[Word]) -> str | None:
    """Id of the last organization or country of the register that the words of a title name."""
    offices = [
        page.demonyms[w.low] if w.entity is None else w.entity.id
        for w in words
        if (w.low in page.demonyms if w.entity is None else w.entity.type in _OFFICES)
    ]
    return offices[-1] if offices else None


def _office_before(page: Page, chain: Chain, index: int, begin: int) -> str | None:
    """The office that the possessive before a title names: `Tidelandia's Minister of Reefs Ada Reed`."""
    if chain.groups[index].before == "'s" and index:
        return _office(page, chain.groups[index - 1].words[-1:])
    title_at = _title_before(page, chain, index)
    if title_at is None:
        return None
    between = [w for g in chain.groups[title_at:index] for w in g.words]
    if chain.groups[title_at].before in ("'s", INSERTED) and title_at:
        between = [*chain.groups[title_at - 1].words[-1:], *between]
    return _office(page, between + chain.groups[index].words[:begin])


def _office_behind(page: Page, end: int) -> str | None:
    """The office beside a name: that of a title in apposition, or one behind `of` or in parentheses."""
    text, lexicon = page.text, page.lexicon
    beside = _BESIDE.match(text, end)
    if beside is not None and beside.end() in page.places:
        return _office_id(page.places[beside.end()])
    apposed, _, _ = _contexts(lexicon.titles["lower"], lexicon.speech["after"], lexicon.speech["before"])
    match = apposed.match(text, end, min(len(text), end + 120))
    if match is None:
        return None
    inside = [page.places[at] for at in range(end, match.end()) if at in page.places]
    limit = min(len(text), match.end() + 100)
    to = _TO_OFFICE.match(text, match.end() + 1, limit)
    if to is not None and to.end() in page.places:
        inside.append(page.places[to.end()])
    last = _LAST_OFFICE.match(text, match.end(), limit)
    if not inside and last is not None and last.end() in page.places:
        inside.append(page.places[last.end()])
    offices = [office for entity in inside if (office := _office_id(entity)) is not None]
    return offices[-1] if offices else None


def _office_ahead(page: Page, start: int) -> str | None:
    """The office of a title before a name, or whose it is: `Tidelandia's Minister of Reefs, Bo Ray`."""
    title = _title_of_before(page.lexicon, page.text, start)
    if title is None:
        return None
    inside = [page.places[at] for at in range(title.start("title"), start) if at in page.places]
    if not inside and title["owner"]:
        owners = [at for at in range(max(0, title.start() - _REACH), title.start()) if at in page.places]
        near = owners and len(page.text[owners[-1] : title.start()].split()) <= _FARTHEST
        inside = [page.places[owners[-1]]] if near else []
    offices = [office for entity in inside if (office := _office_id(entity)) is not None]
    return offices[-1] if offices else None


def _office_id(entity: Entity) -> str | None:
    return entity.id if entity.type in _OFFICES else None
