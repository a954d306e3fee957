"""Organizations, units, programs, instruments, events and places whose form names them: their head noun.

The head stands last (`Kelp Harbour Unit`) or before its complement (`Ministry of Reefs and Tides`). A head
alone, or with nothing but generic words beside it, is no name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from loaders.names.extent import ORDINAL, complement_of, head_of, lead
from loaders.names.forms import Chain, Found, Group, Page, Word
from loaders.names.lexicon import PLAIN, SURE, WEAK, Head
from loaders.names.personal import PARTICLES

_UNIT_NUMBER = re.compile(r"[IVX]{1,5}")
_BEFORE_EVENT = re.compile(r"(?:(?:19|20)\d\d\s+)?(?:\d{1,3}(?:st|nd|rd|th)\s+|(?:19|20)\d\d\s+)$")
_ORDINAL_BEFORE = re.compile(r"\d{1,3}(?:st|nd|rd|th)\s+$")
YEAR = re.compile(
    r",?\s+(?:\([^()\n]{3,30}\)\s+)?(?:of\s+|No\.?\s*\d+\s+of\s+)?(?:19|20)\d\d(?:[-\u2010-\u2013](?:19|20)\d\d)?\b"
    r"(?!-)"
)
_EVENT_YEAR = re.compile(r"\s+(?:19|20)\d\d\b(?![-,]?\d)")
_OPERATION_NUMBER = re.compile(r"\s+(?:(?:20)?\d\d|[IVX]{1,4})\b")
# Behind the name of a unit: its number, where it counts nothing.
UNIT_COUNT = re.compile(
    r"\s+(?:No\.\s*)?(?!(?:19|20)\d\d\b)\d{1,4}(?![\w%]|[.,]\d|[-\u2010\u2011]\w"
    r"|\s+(?:members?|officers?|personnel|people|men|women|agents|vessels|boats|times|hours|days|weeks|months|years|percent"
    r"|per|million|billion|nautical|miles?|met(?:re|er)s?|feet|k[gm]|kilo\w*|tons?|tonnes|pounds|firearms|trainees)\b)"
)
# What may stand behind a country that closes the name of its body: `Reef Intelligence Unit Tidelandia`.
_CLOSES = re.compile(
    r"\s*(?:[,.;:)]|$)|\s+(?:and|with|in|on|to|for|which|who|has|have|was|were|is|are|will|said|from)\b"
)
_COMPANIES = frozenset(
    (
        "inc.",
        "inc",
        "ltd.",
        "ltd",
        "llc",
        "llp",
        "plc",
        "corp.",
        "corp",
        "limited",
        "n.v.",
        "b.v.",
        "s.a.",
        "incorporated",
    )
)
_NATIONAL = frozenset(
    ("ministry", "department", "directorate", "bureau", "office", "inspectorate", "command")
)

# So many general words tell one unit from another: `Regional Tide Response Cell`.
_TELLING = 3
RULES = {
    "Agency": "mention/unknown-agency@1",
    "Unit": "mention/unknown-unit@1",
    "IntergovernmentalOrganization": "mention/unknown-intergovernmental@1",
    "OtherOrganization": "mention/unknown-organization@1",
    "Program": "mention/unknown-program@1",
    "Instrument": "mention/unknown-instrument@1",
    "Operation": "mention/unknown-operation@1",
    "Event": "mention/unknown-event@1",
    "Place": "mention/unknown-place@1",
}


def bodies(page: Page, chain: Chain) -> Iterator[Found]:
    """The names of a chain that a head noun shows, in order, and its operations."""
    index = 0
    while index < len(chain.groups):
        yield from _operations(page, chain.groups[index])
        found, after = _named(page, chain, index)
        if found is not None:
            yield found
        index = after


# --- operations -----------------------------------------------------------------------------------------


def _operations(page: Page, group: Group) -> Iterator[Found]:
    """`Operation Blue Kelp II` and `Project Kelp`: the word and up to four capitalised words behind it."""
    words, lists = group.words, page.lexicon.lists
    for index, word in enumerate(words[:-1]):
        kind = "Operation" if word.low in lists["operations"] else "Program"
        if word.entity is not None or (kind == "Program" and word.low not in lists["projects"]):
            continue
        following = words[index + 1]
        if following.entity is not None and following.entity.type != "Place":
            continue
        ordinary = kind == "Program" and (following.low in page.ordinary or following.low in page.plain)
        behind = words[index + 1 : index + 5]
        if ordinary or head_of(page, behind) is not None:
            continue
        titles = page.lexicon.titles["words"]
        stop = next((n for n, w in enumerate(behind) if n and w.low in titles), len(behind))
        end = extended(page, behind[stop - 1].end, _OPERATION_NUMBER)
        yield Found(word.start, end, kind, RULES[kind], f"a name after “{word.text}”", word.low)


def extended(page: Page, end: int, pattern: re.Pattern[str]) -> int:
    match = pattern.match(page.text, end)
    return match.end() if match else end


# --- names with a head noun -----------------------------------------------------------------------------


def _named(page: Page, chain: Chain, index: int) -> tuple[Found | None, int]:
    """The name that begins in a group, and the index of the group to go on with."""
    main = lead(page, chain, index)
    group = chain.groups[main]
    if main == index and _is_company(chain, index):
        index -= 1
    match = head_of(page, group.words)
    if match is None:
        return None, index + 1
    at, head = match
    first = at - len(head.words) + 1
    before = [w for g in chain.groups[index:main] for w in g.words] + group.words[:first]
    before = _trimmed(before)
    last, stop, complement = group.words[at].end, main, list[Word]()
    rest = group.words[at + 1 :]
    if rest:
        last, reason = _behind(page, head, rest, last, owned=bool(before))
        if reason is not None:
            page.drop(before[0].start if before else group.words[first].start, group.end, reason)
            return None, main + 1
        own = last == rest[0].end and (rest[0].entity is not None or _leads(page, head))
        complement = rest[:1] if own else []
    else:
        last, stop, complement = complement_of(page, chain, main, head, before)
    country = _country(page, chain, index, before, complement)
    if head.complements and complement and head.body and before and before[0].low in page.lexicon.demonyms:
        before = before[1:]
    start = before[0].start if before else group.words[first].start
    if head.type == "OtherOrganization":
        start = _with_particle(page, chain, index, start)
    centre = chain.article and index == 0 and main == 0 and not rest
    found = _judged(page, head, start, last, before, complement, country, centre=centre)
    if found is None and main == index and _is_short(page, chain, main, head, last):
        reason = "the end of a name that the text has in full"
        found = Found(start, last, head.type, RULES[head.type], reason, head.words[-1], short=True)
    return found, (stop if found is not None else main) + 1


def _is_short(page: Page, chain: Chain, index: int, head: Head, end: int) -> bool:
    """Whether a head stands behind an article with generic words at most: `the National Army`."""
    group = chain.groups[index]
    article = (
        group.before.endswith("the") or page.text[max(0, group.start - 4) : group.start].lower() == "the "
    )
    generic = page.lexicon.lists["generic"]
    leads = group.words[: len(group.words) - len(head.words)]
    return (
        article
        and end == group.end
        and head.strength == SURE
        and all(w.entity is None and w.low in generic for w in leads)
    )


def _trimmed(words: list[Word]) -> list[Word]:
    """The words before a head without what stands before a person or another break among them."""
    for index in range(len(words) - 1, -1, -1):
        entity = words[index].entity
        if entity is not None and entity.type == "Person":
            return words[index + 1 :]
    return words


def _behind(
    page: Page, head: Head, rest: Sequence[Word], last: int, *, owned: bool
) -> tuple[int, str | None]:
    """End of a name with words behind its head, and why it is none if they speak against it.

    `owned`: whether words stand before the head.
    """
    following = rest[0]
    if _has_seat(head, following):
        return following.end, None
    if owned and len(rest) == 1 and _is_country_of_body(page, head, following):
        return following.end, None
    if following.entity is not None:
        return last, None
    if _UNIT_NUMBER.fullmatch(following.text):
        return following.end, None
    if _leads(page, head) and following.low not in page.ordinary and following.low not in page.plain:
        return following.end, None
    titles = page.lexicon.titles
    if following.low in titles["words"] or following.low in titles["modifiers"]:
        return last, None
    if following.low in page.lexicon.lists["followers"] or following.low in ("no.", "no"):
        return last, None
    if all(w.low not in page.ordinary for w in rest) and len(rest) > 1:
        return last, None
    return last, f"“{following.text}” stands behind “{' '.join(head.words)}”"


def _leads(page: Page, head: Head) -> bool:
    """Whether a unit's own word may stand behind its head: `Task Force Kelp`."""
    return " ".join(head.words) in page.lexicon.lists["leading_units"]


def _is_country_of_body(page: Page, head: Head, following: Word) -> bool:
    """Whether a country closes the name of its body: `Reef Intelligence Unit Tidelandia`."""
    country = following.entity is not None and following.entity.type == "Country"
    body = head.body or (head.type == "Unit" and head.words[-1] in ("unit", "authority"))
    return country and body and _CLOSES.match(page.text, following.end) is not None


def _is_company(chain: Chain, index: int) -> bool:
    """Whether a group is what a comma sets off at the end of a company's name: `Kelp Freight, Inc.`."""
    group = chain.groups[index]
    if not index or group.before != "," or group.words[0].low not in _COMPANIES or len(group.words) > 1:
        return False
    return all(w.entity is None or w.entity.type != "Person" for w in chain.groups[index - 1].words)


def _with_particle(page: Page, chain: Chain, index: int, start: int) -> int:
    """Start of a name that a person's gives: `Ada de Kelp University`, with the words before the particle."""
    group = chain.groups[index]
    if not index or start != group.start or group.before not in PARTICLES:
        return start
    before = chain.groups[index - 1].words
    fits = len(before) <= 2 and all(w.entity is None and w.low not in page.ordinary for w in before)
    return before[0].start if fits else start


def _has_seat(head: Head, following: Word) -> bool:
    """Whether a place stands behind an embassy without a preposition: `Embassy Kelptown`."""
    placed = following.entity is not None and following.entity.type in ("Place", "Country")
    return placed and "in" in head.complements


# --- what speaks for and against ------------------------------------------------------------------------


def _country(
    page: Page, chain: Chain, index: int, before: Sequence[Word], complement: Sequence[Word]
) -> str | None:
    """Id of the country in a name, or of the one whose possessive or adjective stands before it."""
    # The country of an embassy is the first one named, that of a ministry may stand behind its field.
    for word in (*before, *complement[:1], *complement[-1:]):
        if word.entity is not None and word.entity.type == "Country":
            return word.entity.id
    if before and before[0].low in page.demonyms:
        return page.demonyms[before[0].low]
    if index and chain.groups[index].before == "'s":
        owner = chain.groups[index - 1].words[-1].entity
        if owner is not None and owner.type == "Country":
            return owner.id
    return None


def _judged(
    page: Page,
    head: Head,
    start: int,
    end: int,
    before: Sequence[Word],
    complement: Sequence[Word],
    country: str | None,
    *,
    centre: bool,
) -> Found | None:
    """The name if enough stands beside its head; with its type and reason."""
    name = " ".join(page.text[start:end].split())
    whole = name.lower().replace("’", "'") in page.lexicon.lists["whole"] or end in page.defined
    shared = " ".join(head.words) in page.lexicon.lists["shared"]
    owned = head.strength == SURE and country is not None and (len(head.words) > 1 or shared)
    centre = centre and head.type == "Unit" and head.strength == WEAK and _is_trade(page, before)
    if not (whole or owned or centre or _is_specific(page, head, before, complement)):
        page.drop(start, end, f"nothing specific stands beside “{' '.join(head.words)}”")
        return None
    kind = head.type
    if kind == "Unit" and head.words[-1] == "group" and before and ORDINAL.fullmatch(before[0].low):
        kind = "Event"  # `the Third Working Group on …` is one of its meetings
    regional = bool(before) and _is_regional(page, before[0])
    if kind == "Agency" and regional and country is None and head.words[-1] not in _NATIONAL:
        kind = "IntergovernmentalOrganization"
    national = country is not None or (head.strength == WEAK and before and not regional)
    if kind == "IntergovernmentalOrganization" and national:
        kind = "Agency"
    found = Found(
        start,
        end,
        kind,
        RULES[kind],
        f"its form: “{' '.join(head.words)}”",
        head.words[-1],
        country,
        head.body,
    )
    if kind == "Unit":
        found = replace(found, end=extended(page, found.end, UNIT_COUNT))
    if kind in ("Event", "Unit", "Program"):
        return _with_numbers(page, found, _EVENT_YEAR)
    return _with_numbers(page, found, YEAR) if kind == "Instrument" else found


def _is_regional(page: Page, word: Word) -> bool:
    """Whether a body whose name begins with this word is one of several states."""
    if word.entity is not None:
        return word.entity.type == "IntergovernmentalOrganization"
    return word.low in page.lexicon.lists["regional"]


def _with_numbers(page: Page, found: Found, year: re.Pattern[str]) -> Found:
    """The name with the ordinal before it and the year behind it."""
    start = found.start
    if found.type != "Instrument":
        pattern = _BEFORE_EVENT if found.type == "Event" else _ORDINAL_BEFORE
        match = pattern.search(page.text, max(0, start - 16), start)
        start = match.start() if match else start
    end = extended(page, found.end, year) if found.type in ("Event", "Instrument") else found.end
    return replace(found, start=start, end=end)


def _is_trade(page: Page, before: Sequence[Word]) -> bool:
    """Whether one word for a body's work, no plain one of the text, leads a head: `the Canine Center`."""
    only = len(before) == 1 and before[0].entity is None and before[0].low not in page.plain
    return only and before[0].low in page.lexicon.lists["subjects"] - page.lexicon.lists["generic"]


def _is_common(page: Page, before: Sequence[Word]) -> bool:
    """Whether one ordinary word is all that stands before a head: `Training Plan`, `Results Framework`."""
    subjects = page.lexicon.lists["subjects"]
    return len(before) == 1 and (before[0].low in subjects or before[0].low in page.plain)


def _is_specific(page: Page, head: Head, before: Sequence[Word], complement: Sequence[Word]) -> bool:
    generic = page.lexicon.lists["generic"]
    special = [
        w for w in before if w.entity is None and w.low not in generic and w.low not in page.lexicon.demonyms
    ]
    if not special and len(before) > 1:
        # `Regional Police Training Centre`: of generic words this one says what the body is for.
        special = [w for w in before if w.low == "police"]
    owners = [w for w in before if w.entity is not None or w.low in page.lexicon.demonyms]
    placed = bool(before) and before[-1].entity is not None and before[-1].entity.type == "Place"
    if placed and head.type in ("Instrument", "Event", "Program", "OtherOrganization"):
        return True
    if head.words == ("university",) and len(before) == 1 and before[0].low in page.lexicon.demonyms:
        return True
    if head.type == "OtherOrganization" and head.strength == PLAIN and len(before) > 1:
        # `Kelpville Technical High School`: the town makes it specific.
        placed = before[0].entity is not None and before[0].entity.type == "Place"
        if placed:
            return True
    if head.type == "Program" and len(head.words) > 1 and owners:
        return True
    if head.words[-1] in page.series and any(ORDINAL.fullmatch(w.low) for w in before):
        return True  # `the Third Meeting`, of the series of the title's event
    if head.type == "Unit" and len(before) >= _TELLING:
        return True
    if special and not (head.strength == WEAK and not complement and _is_common(page, before)):
        return True
    said = [w for w in complement if w.low not in generic]
    if head.strength == SURE:
        if (
            len(head.words) > 1
            and owners
            and before[0].entity is not None
            and before[0].entity.type == "Place"
        ):
            return True  # `Kelpville Police Department`
        countries = [w for w in owners if w.entity is None or w.entity.type == "Country"]
        return bool(countries or said)
    if head.strength == PLAIN:
        offices = (
            head.words[-1] == "office"
            and len(complement) == 1
            and complement[0].low in page.lexicon.titles["words"]
        )
        return bool(said) and not offices
    return len(said) > 1 or bool(said and said[0].entity is not None)
