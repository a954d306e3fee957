"""Finds where a text names entities of the register: whole words, case rules by name, the longest name wins.

A line break, a doubled space or a kind of dash inside a name makes no difference. An acronym that the text
defines after a name, as in `Regional Harbour Office (RHO)`, stands for that entity from there on.
"""

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from graph.records import Entity
from loaders.register import ANY, TITLE, Name, Register
from loaders.spellings import spellings

# Where a name may not go on: two line breaks, or a line break and a dash that begins a list item.
_BREAK = "\x1e"
_RUN = re.compile(r"[\s\-]{2,}")
_HARD_BREAK = re.compile(r"\n[^\S\n]*\n|\n\s*-+\s")
_SPACES = "\t\n\r\v\f\u00a0\u2007\u2009\u202f-"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2212"
_QUOTES = "\u2018\u2019\u02bc\u00b4`"

_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_DEFINITION = re.compile(r"\s*\(\s*[“\"'‘]?(?:the\s+)?([A-Z][\w&/.-]{1,11})[”\"'’]?\s*\)")
_INSERTED = re.compile(r"\([A-Z][\w&/.-]{1,11}\)(?=\s)")
_BELONGING = re.compile(r"\b(?:of|for|in|at|by|with|to)\s+(?:the\s+)?$")
_WINDOW = 160

NAME = "mention/name@1"


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


# Start, end and the entities that bear the name; a class would cost more than all the rest.
_Hit = tuple[int, int, tuple[str, ...]]


def find_mentions(text: str, register: Register, start: int = 0) -> Mentions:
    """Find all mentions in the text from `start` on."""
    matcher = matcher_for(register)
    addresses = [m.span() for m in _WEB_ADDRESS.finditer(text, start)]
    hits = [hit for hit in matcher.find(text) if hit[0] >= start]
    hits += _across_insertions(text, start, matcher)
    if addresses:
        hits = [hit for hit in hits if not _inside(hit[0], addresses)]
    chosen = _longest(hits)
    local = _defined_acronyms(text, chosen, hits)
    if local:
        chosen = _longest([*local, *hits])
    return _resolved(chosen, text, register)


# --- the matcher ----------------------------------------------------------------------------------------


# Matchers by the identity of their register, which each keeps alive; comparing registers would cost more
# than finding the mentions of a document.
_KEPT: dict[tuple[int, tuple[str, ...]], tuple[Register, "Matcher"]] = {}
_MOST_KEPT = 8


def matcher_for(register: Register, kinds: tuple[str, ...] = ()) -> "Matcher":
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
        countries = {name.text for name in register.names if "Country" in types[name.entity]}
        names = (name for name in register.names if name.entity in wanted)
        _KEPT[key] = register, Matcher(n for n in names if not _names_two(n, types[n.entity], countries))
    return _KEPT[key][1]


def _names_two(name: Name, types: Sequence[str], countries: Collection[str]) -> bool:
    """Whether a name is that of a place with its country behind it: a text so names both of them."""
    place, comma, country = name.text.rpartition(", ")
    return bool(place and comma) and "Place" in types and country in countries


class Matcher:
    """Two automata over one plain form of the text: one for the text as it is, one for any case."""

    def __init__(self, names: Iterable[Name]) -> None:
        cased, uncased = _patterns(tuple(names))
        self._cased = _Automaton(cased)
        self._uncased = _Automaton(uncased)

    def find(self, text: str) -> list[_Hit]:
        """Every whole-word occurrence of every name, overlapping ones too, with offsets of the text."""
        plain = _plain(text)
        hits = self._cased.find(plain.text) + self._uncased.find(_lower(plain.text))
        if not plain.joints:
            return hits
        return [(plain.original(start), plain.original(end - 1) + 1, who) for start, end, who in hits]


class _Automaton:
    def __init__(self, patterns: Mapping[str, tuple[str, ...]]) -> None:
        self._entities = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns), store_patterns=False)

    def find(self, text: str) -> list[_Hit]:
        """Overlapping matches that are whole words: the check comes before the choice of the longest."""
        if not self._entities:
            return []
        last = len(text)
        entities = self._entities
        return [
            (start, end, entities[index])
            for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True)
            if (end == last or not (text[end].isalnum() or text[end] in "_$"))
            and (start == 0 or not (text[start - 1].isalnum() or text[start - 1] == "_"))
        ]


def _patterns(names: Sequence[Name]) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Patterns with the entities that bear them, for the text as it is and for the lowered text.

    A name of the register goes before a spelling made from another one; a made spelling that fits several
    entities is dropped.
    """
    tables: tuple[dict[str, set[str]], dict[str, set[str]]] = (defaultdict(set), defaultdict(set))
    made: tuple[dict[str, set[str]], dict[str, set[str]]] = (defaultdict(set), defaultdict(set))
    for name in names:
        for number, spelling in enumerate(_forms(name)):
            key = _plain(spelling).text.strip()
            uncased = name.case == ANY
            target = (made if number else tables)[uncased]
            target[_lower(key) if uncased else key].add(name.entity)
            if name.case == TITLE:
                made[0][key.upper()].add(name.entity)
    for table, extra in zip(tables, made, strict=True):
        for key, entities in extra.items():
            if key not in table and len(entities) == 1:
                table[key] = entities
        for key in [key for key in table if _names_without_article(key, table)]:
            del table[key]
    cased, uncased_ = ({k: tuple(sorted(v)) for k, v in table.items() if k} for table in tables)
    return cased, uncased_


def _forms(name: Name) -> list[str]:
    """The name, then its other spellings; a common noun has its plural, `The X` also `the X`."""
    forms = spellings(name.text)
    if name.case == ANY and not name.text.endswith("s"):
        forms += [form + "s" for form in forms]
    if name.text.startswith("The "):
        forms += ["the " + form[4:] for form in forms]
    elif name.text.startswith("the "):
        forms += [form[4:] for form in forms]
    return forms


def _names_without_article(key: str, table: Mapping[str, set[str]]) -> bool:
    """Whether a name that begins with an article is one without it too; the shorter one is enough.

    Otherwise `the Reef` would begin before `Reef Council` and win.
    """
    return key[:4].lower() == "the " and table.get(key[4:]) == table[key]


def _lower(text: str) -> str:
    """Lower case of the same length: the few characters whose lower case is longer stay."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class _Plain:
    """A text with one space for every run of spaces and dashes; `joints` and `shifts` lead back."""

    text: str
    joints: Sequence[int]
    shifts: Sequence[int]

    def original(self, position: int) -> int:
        """Position in the original text."""
        index = bisect_right(self.joints, position)
        return position + (self.shifts[index - 1] if index else 0)


def _plain(text: str) -> _Plain:
    if not text.isascii():
        for dash in _DASHES:
            text = text.replace(dash, "-")
        for quote in _QUOTES:
            text = text.replace(quote, "'")
    parts: list[str] = []
    joints: list[int] = []
    shifts: list[int] = []
    begin = length = shift = 0
    for run in _RUN.finditer(text):
        first, last = run.span()
        parts += (text[begin:first], _BREAK if _HARD_BREAK.search(run[0]) else " ")
        length += first - begin + 1
        shift += last - first - 1
        joints.append(length)
        shifts.append(shift)
        begin = last
    parts.append(text[begin:])
    plain = "".join(parts)
    for space in _SPACES:
        plain = plain.replace(space, " ")
    return _Plain(plain, joints, shifts)


# --- from hits to mentions ------------------------------------------------------------------------------


def _longest(hits: Iterable[_Hit]) -> list[_Hit]:
    """Leftmost first, of those the longest; of equal places the first given. Nothing overlaps."""
    chosen: list[_Hit] = []
    free = 0
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if hit[0] >= free:
            chosen.append(hit)
            free = hit[1]
    return chosen


def _inside(position: int, spans: Sequence[tuple[int, int]]) -> bool:
    index = bisect_right(spans, (position, sys.maxsize)) - 1
    return index >= 0 and position < spans[index][1]


def _across_insertions(text: str, start: int, matcher: Matcher) -> list[_Hit]:
    """Names with an acronym put into their middle: `Harbour Council (HC) Agency for Reefs`."""
    found = []
    for insertion in _INSERTED.finditer(text, start):
        begin, after = max(start, insertion.start() - _WINDOW), insertion.end()
        before = text[begin : insertion.start()].rstrip()
        seam = begin + len(before)
        joined = before + text[after : after + _WINDOW]
        for first, last, entities in matcher.find(joined):
            if begin + first < seam < begin + last:
                found.append((begin + first, begin + last + after - seam, entities))
    return found


def _defined_acronyms(text: str, chosen: Sequence[_Hit], hits: Sequence[_Hit]) -> list[_Hit]:
    """Places of the acronyms that the text itself defines, each from its definition on.

    The acronym of `meeting of the Harbour Council (HC)` is the council's, where the register says so.
    """
    defined = [(hit, m) for hit in chosen if len(hit[2]) == 1 and (m := _DEFINITION.match(text, hit[1]))]
    if not defined:
        return []
    here = {start: who for start, _, who in chosen}
    ends = {hit[1] for hit, _ in defined}
    belonging = {
        (end, who)
        for start, end, who in hits
        if end in ends and _BELONGING.search(text, max(0, start - 9), start)
    }
    meaning: dict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for (start, end, entities), match in defined:
        known = here.get(match.start(1), ())
        if known == entities or (end, known) in belonging:
            continue
        if _abbreviates(match[1], text[start:end]):
            meaning[match[1]][match.start(1)] = entities
    if not meaning:
        return []
    found = []
    for start, end, (acronym,) in _Automaton({acronym: (acronym,) for acronym in meaning}).find(text):
        places = sorted(meaning[acronym])
        index = bisect_right(places, start)
        if index:
            found.append((start, end, meaning[acronym][places[index - 1]]))
    return found


def _abbreviates(acronym: str, name: str) -> bool:
    """Whether the letters of the acronym stand in the name in their order, the first one at a word."""
    letters = [c for c in acronym if c.isalpha()]
    if sum(c.isupper() for c in letters) < 2:
        return False
    initials = {word[0].casefold() for word in re.findall(r"\w+", name)}
    rest = iter(name.casefold())
    return letters[0].casefold() in initials and all(c.casefold() in rest for c in letters)


def _resolved(chosen: Sequence[_Hit], text: str, register: Register) -> Mentions:
    """One entity for each place: a shared name goes to the one entity that the text names otherwise too.

    A single word for a person counts only where the text has the person's longer name.
    """
    clear = {who[0] for _, _, who in chosen if len(who) == 1}
    people = {e for e in clear if "Person" in register.entities[e].types}
    if people:
        full = {who[0] for start, end, who in chosen if who[0] in people and _is_longer(text[start:end])}
        short = people - full
        chosen = [hit for hit in chosen if len(hit[2]) > 1 or hit[2][0] not in short]
    found, unclear = [], []
    for start, end, entities in chosen:
        known = entities if len(entities) == 1 else [e for e in entities if e in clear]
        if len(known) == 1:
            found.append(Mention(known[0], start, end))
        else:
            unclear.append(Unclear(entities, start, end))
    return Mentions(tuple(found), tuple(unclear))


def _is_longer(name: str) -> bool:
    return len(name.split()) > 1
