"""Finds where a text names entities of the register: whole words, case rules by name, the longest name wins.

Kinds of spaces, dashes, quotation marks and accents make no difference, nor does a line break inside a name.
An acronym that the text defines beside a name, as in `Regional Harbour Office (RHO)`, stands for that entity
from there on; one that it defines for another name stands for the register's entity no more.
"""

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from rapidfuzz import fuzz

from graph.records import Entity, fold
from loaders.names.acronyms import Stated, abbreviates, definitions, short_names, stated_acronyms
from loaders.names.bareforms import is_bare, names_itself
from loaders.names.matcher import Hit, Matcher, leftmost_longest
from loaders.names.placenames import in_other_name
from loaders.numbers import WORDS
from loaders.register import Name, Register

__all__ = ["Matcher", "Mention", "Mentions", "Unclear", "find_mentions", "matcher_for"]

_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_INSERTED = re.compile(r"\([A-Z][\w&/.-]{1,11}\)(?=\s\w)")
_BELONGING = re.compile(r"\b(?:of|for|in|at|by|with|to)\s+(?:the\s+)?$")
_DEFINITE = re.compile(r"\b(?:the|this|that)\s+$", re.IGNORECASE)
_WINDOW = 120
_TOPIC = "topic/"
# A number, but no year, before what it counts, of so many characters at most, and what may stand behind that.
_NUMERAL = 24
_NUMBER_BEFORE = re.compile(rf"(?:\d(?<!\b19\d\d)(?<!\b20\d\d)|\b{WORDS})\s+$", re.IGNORECASE)
_BEHIND_COUNT = re.compile(
    r"\s*(?:[.,;:)]|$|\b(?:and|or|in|to|from|at|on|by|with|of|were|was|have|had|that|which|bound|worth|valued|"
    r"between|since|during|for|into|off|this|last)\b)"
)

# What an entity of a type is called in short, besides by the words of its own names.
_SHORT_FOR = {"Agency": "agency", "IntergovernmentalOrganization": "organization organisation"}
_ALIKE = 80

# What a single word in brackets may be short for, and how its meaning is marked, before the name in full.
_NAMED_SHORT = frozenset(
    ("Agency", "Unit", "IntergovernmentalOrganization", "OtherOrganization", "Program", "Instrument")
)
_BARE = "bare:"

NAME, ACRONYM, SHORT = "mention/name@1", "mention/acronym@1", "mention/defined@1"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text names an entity: `start` and `end` count code points, `rule` found it."""

    entity: str
    start: int
    end: int
    rule: str = NAME


@dataclass(frozen=True, slots=True)
class Unclear:
    """A place where a text bears a name of several entities."""

    entities: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mentions:
    """Mentions and unclear places in the order of the text; nothing overlaps.

    `entities` are those that the document itself brings in, by id: candidates, office-holders, its events.
    """

    found: tuple[Mention, ...]
    unclear: tuple[Unclear, ...]
    entities: Mapping[str, Entity] = field(default_factory=dict)


# The entity that a name stands for from a place on, None if for another than the register's, and the rule.
_Meaning = dict[int, tuple[str | None, str]]


def find_mentions(text: str, register: Register, start: int = 0) -> Mentions:
    """Find all mentions in the text from `start` on."""
    matcher = matcher_for(register)
    hits = matcher.longest(text)
    if start:
        hits = [hit for hit in hits if hit[0] >= start]
    across = _across_insertions(text, start, matcher)
    if across:
        hits = leftmost_longest([*hits, *across])
    if "://" in text or "www." in text:
        addresses = [match.span() for match in _WEB_ADDRESS.finditer(text, start)]
        hits = [hit for hit in hits if not _inside(hit[0], addresses)]
    rules: dict[tuple[int, int], str] = {}
    meanings = _defined(text, start, hits, register)
    if meanings:
        hits, rules = _with_meanings(text, hits, meanings)
    return _resolved(hits, text, register, rules)


# --- the matcher ----------------------------------------------------------------------------------------


# Matchers by the identity of their register, which each keeps alive; comparing registers would cost more
# than finding the mentions of a document.
_KEPT: dict[tuple[int, tuple[str, ...]], tuple[Register, Matcher]] = {}
_KINDS: dict[int, tuple[Register, frozenset[str], frozenset[str]]] = {}
_MOST_KEPT = 32


def matcher_for(register: Register, kinds: tuple[str, ...] = ()) -> Matcher:
    """The matcher for a register's names, or for those of some types only; kept for the next call.

    Documents are left out: their titles are for search, and inside a text would hide the names they hold.
    """
    key = (id(register), kinds)
    if key not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        types = {entity.id: entity.types for entity in register.entities.values()}
        wanted = {
            e for e, own in types.items() if (set(kinds) & set(own) if kinds else "Document" not in own)
        }
        wider: dict[str, set[str]] = defaultdict(set)
        for name in register.names:
            if {"Country", "Place"} & set(types[name.entity]):
                wider[name.text].add(name.entity)
        names = (name for name in register.names if name.entity in wanted)
        _KEPT[key] = register, Matcher(n for n in names if not _names_two(n, types[n.entity], wider))
    return _KEPT[key][1]


def _people_and_places(register: Register) -> tuple[frozenset[str], frozenset[str]]:
    """Ids of a register's persons, and of its places and countries; kept for the next call."""
    if id(register) not in _KINDS:
        if len(_KINDS) >= _MOST_KEPT:
            _KINDS.clear()
        entities = register.entities.values()
        people = frozenset(e.id for e in entities if "Person" in e.types)
        places = frozenset(e.id for e in entities if {"Place", "Country"} & set(e.types))
        _KINDS[id(register)] = register, people, places
    return _KINDS[id(register)][1:]


def _names_two(name: Name, types: Sequence[str], wider: Mapping[str, Collection[str]]) -> bool:
    """Whether a name is that of a place with its country or state behind it: a text so names both of them.

    `wider` are the places and countries by their names.
    """
    place, comma, around = name.text.rpartition(", ")
    if not (place and comma and "Place" in types) or around not in wider:
        return False
    return any(other.startswith("country/") for other in wider[around]) or name.entity in wider.get(place, ())


# --- from hits to mentions ------------------------------------------------------------------------------


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (position, sys.maxsize)) - 1
    return index >= 0 and position < spans[index][1]


def _across_insertions(text: str, start: int, matcher: Matcher) -> list[Hit]:
    """Names with an acronym put into their middle: `Harbour Council (HC) Agency for Reefs`.

    Where the acronym is that of the words before it, the name ends there: `Reef Office (RO) of the Council`.
    """
    pieces: list[str] = []
    seams: list[tuple[int, int, int, int, str]] = []
    length = 0
    for insertion in _INSERTED.finditer(text, start):
        begin, after = max(start, insertion.start() - _WINDOW), insertion.end()
        before = text[begin : insertion.start()].rstrip()
        joined = f"{before}{text[after : after + _WINDOW]}\n\n"
        seams.append((length, length + len(before), begin, after, insertion[0].strip(" ()")))
        pieces.append(joined)
        length += len(joined)
    found: list[Hit] = []
    for first, last, entities in matcher.find("".join(pieces)) if pieces else ():
        base, seam, begin, after, acronym = seams[bisect_right(seams, first, key=itemgetter(0)) - 1]
        if first < seam < last:
            at, end = first - base + begin, last - seam + after
            own = seam - base + begin
            whole = text.startswith(" of ", after) and abbreviates(acronym, text[at:own])
            found.append((at, own if whole else end, entities))
    return found


def _resolved(
    hits: Sequence[Hit], text: str, register: Register, rules: Mapping[tuple[int, int], str]
) -> Mentions:
    """One entity for each place: a shared name goes to the one entity that the text names otherwise too.

    Things that are counted (`168 illegal guns`) are no topic.

    A single word for a person counts only where the text has the person's longer name. A place inside the
    name of a newspaper or of a person does not count.
    """
    clear = {who[0] for _, _, who in hits if len(who) == 1}
    all_people, places = _people_and_places(register)
    people = clear & all_people
    if people:
        full = {who[0] for start, end, who in hits if who[0] in people and _is_longer(text[start:end])}
        short = people - full
        hits = [hit for hit in hits if len(hit[2]) > 1 or hit[2][0] not in short]
    found, unclear = [], []
    for start, end, entities in hits:
        known = entities if len(entities) == 1 else [e for e in entities if e in clear]
        if len(known) != 1:
            unclear.append(Unclear(entities, start, end))
        elif known[0].startswith(_TOPIC) and _is_counted(text, start, end):
            continue
        elif known[0] not in places or not in_other_name(text, start, end):
            found.append(Mention(known[0], start, end, rules.get((start, end), NAME) if rules else NAME))
    return Mentions(tuple(found), tuple(unclear))


def _is_counted(text: str, start: int, end: int) -> bool:
    plural = text[end - 1] == "s" and _BEHIND_COUNT.match(text, end) is not None
    return plural and _NUMBER_BEFORE.search(text, max(0, start - _NUMERAL), start) is not None


def _is_longer(name: str) -> bool:
    return len(name.split()) > 1


# --- names that the text defines ------------------------------------------------------------------------


def _defined(text: str, start: int, hits: Sequence[Hit], register: Register) -> dict[str, _Meaning]:
    """What the acronyms and short names that the text defines stand for, each from its definition on."""
    stated = stated_acronyms(text, start)
    shorts = short_names(text, start)
    if not stated and not shorts:
        return {}
    meanings: dict[str, _Meaning] = defaultdict(dict)
    beside = {name.beside for name in (*stated, *shorts)}
    begins = beside | {name.at for name in (*stated, *shorts)}
    by_end = {hit[1]: hit for hit in hits if hit[1] in beside and len(hit[2]) == 1}
    by_start = {hit[0]: hit for hit in hits if hit[0] in begins and len(hit[2]) == 1}
    unknown = []
    for name in stated:
        hit = by_start.get(name.beside) if name.before else by_end.get(name.beside)
        known = by_start.get(name.at)
        if hit is None or (name.before and hit[1] > name.limit):
            unknown.append(name)
        elif known is not None and (known[2] == hit[2] or _holds_at_end(text, hit, known[2], register)):
            meanings[name.name][name.at] = known[2][0], NAME
        elif abbreviates(name.name, text[hit[0] : hit[1]]):
            meanings[name.name][name.at] = hit[2][0], ACRONYM
    for name in shorts:
        hit = by_end.get(name.beside)
        if hit is None:
            continue
        entity = register.entities[hit[2][0]]
        if name.bare:
            other = by_start.get(name.at)
            placed = other is not None and {"Place", "Country"} & set(register.entities[other[2][0]].types)
            if not placed and entity.type in _NAMED_SHORT and names_itself(name.name, text[hit[0] : hit[1]]):
                meanings[name.name][name.at] = entity.id, f"{_BARE}{text[hit[0] : hit[1]]}"
        elif _is_short_for(name.name, entity):
            meanings[name.name][name.at] = hit[2][0], SHORT
    for at, acronym in _taken_over(text, start, unknown, by_start, register):
        meanings[acronym][at] = None, NAME
    return {
        name: meaning
        for name, meaning in meanings.items()
        if any(entity is None or rule != NAME for entity, rule in meaning.values())
    }


def _holds_at_end(text: str, hit: Hit, who: tuple[str, ...], register: Register) -> bool:
    """Whether a name ends in that of another: in `meeting of the Harbour Council (HC)` HC is the council."""
    begin, end, _ = hit
    return any(
        inner == who and begin + last == end and _BELONGING.search(text, begin, begin + first)
        for first, last, inner in matcher_for(register).find(text[begin:end])
    )


def _taken_over(
    text: str, start: int, stated: Sequence[Stated], by_start: Mapping[int, Hit], register: Register
) -> Iterator[tuple[int, str]]:
    """Acronyms of the register that the text defines for names which the register does not know."""
    # Only these: most acronyms are none of the register's, and to find a long form is slow.
    known = [name for name in stated if (hit := by_start.get(name.at)) is not None and hit[1] <= name.end]
    for definition in definitions(text, start, known):
        name = text[definition.long_start : definition.long_end]
        entity = register.entities[by_start[definition.at][2][0]]
        if not any(_is_variant(name, other) for other in (entity.name, *entity.aliases)):
            yield definition.at, definition.acronym


def _is_variant(name: str, other: str) -> bool:
    """Whether each word of the one name is, but for its ending or a slip, a word of the other."""
    ours, theirs = sorted((fold(name).split(), fold(other).split()), key=len)
    return len(ours) > 1 and all(any(fuzz.ratio(a, b) >= _ALIKE for b in theirs) for a in ours)


def _is_short_for(name: str, entity: Entity) -> bool:
    """Whether a short name ends in a word of the entity's names, or in the noun of its type."""
    words = {word for known in (entity.name, *entity.aliases) for word in fold(known).split()}
    words |= {word for kind in entity.types for word in _SHORT_FOR.get(kind, kind.lower()).split()}
    return fold(name).split()[-1:] != [] and fold(name).split()[-1] in words


def _with_meanings(
    text: str, hits: Sequence[Hit], meanings: Mapping[str, _Meaning]
) -> tuple[list[Hit], dict[tuple[int, int], str]]:
    """The hits with the names that the text defines, and the rules that found those."""
    local: list[Hit] = []
    rules: dict[tuple[int, int], str] = {}
    gone: set[tuple[int, int]] = set()
    for name, meaning in meanings.items():
        places = sorted(meaning)
        for start in _places(text, name, places[0]):
            at = places[bisect_right(places, start) - 1]
            entity, rule = meaning[at]
            if rule.startswith(_BARE):
                if start != at and not is_bare(text, start, start + len(name), rule.removeprefix(_BARE)):
                    continue
                rule = SHORT
            elif rule == SHORT and start != at and not _DEFINITE.search(text, max(0, start - 6), start):
                continue
            gone.add((start, start + len(name)))
            if entity is not None:
                local.append((start, start + len(name), (entity,)))
                rules[start, start + len(name)] = rule
    kept = [hit for hit in hits if hit[:2] not in gone]
    return leftmost_longest([*local, *kept]), rules


def _places(text: str, name: str, start: int) -> Iterator[int]:
    """Where the text has a word, from a place on."""
    at = text.find(name, start)
    while at >= 0:
        end = at + len(name)
        after, before = text[end : end + 1], text[at - 1 : at]
        if not (after.isalnum() or after in ("_", "$") or before.isalnum() or before == "_"):
            yield at
        at = text.find(name, end)
