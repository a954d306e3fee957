"""Settles what the register's names alone leave open: shared names by country, short names by longer ones.

`NEMO` is a body of several countries: in a text with one of these countries it is that one's, in a text with
none of them nobody's; nor is `Reef Unit` then `Reef Unit of Tidelandia`. `the Coast Guard` is the register's
short name of one coast guard: behind `Tidelandia Coast Guard Service`, in a text that names the other one
nowhere else, it is Tidelandia's, and so is `the Coast Guard Service`. The year behind the number of a
resolution belongs to its name.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from graph.records import Entity
from loaders.mentions import Mention, Mentions, Unclear
from loaders.names.national import National
from loaders.segments import Block

__all__ = ["SHARED", "settled"]

SHARED = "mention/variant@1"

_BODIES = frozenset(("Agency", "Unit"))
_SHORT = 2
_YEAR = re.compile(r" \((?:19|20)\d\d\)")

# A short name, and the ends of longer names that begin with it: each with the mention of the longer one.
_Ends = Mapping[str, Sequence[tuple[str, Mention]]]


def settled(
    text: str, known: Mentions, entities: Mapping[str, Entity], blocks: Sequence[Block] = ()
) -> Mentions:
    """The mentions with shared and short names given to whom they mean here; the rest stays as it is."""
    found, unclear = _by_country(known, entities)
    national = National(text, found, entities, blocks)
    found = national.apart(found)
    abroad = _abroad(text, found, entities)
    found = [_with_year(text, mention, entities) for mention in found if mention.entity not in abroad]
    changed = _by_longer_name(text, found, entities)
    if changed:
        found = [changed.get(mention, mention) for mention in found]
        ends = {mention.start: mention.end for mention in changed.values()}
        found = [m for m in found if not any(s < m.start < e for s, e in ends.items())]
    return Mentions(tuple(national.in_context(found)), unclear, known.entities)


def _with_year(text: str, mention: Mention, entities: Mapping[str, Entity]) -> Mention:
    """The mention of a resolution with the year in brackets behind its number."""
    if not text.startswith(" (", mention.end) or not text[mention.end - 1].isdigit():
        return mention
    year = _YEAR.match(text, mention.end)
    entity = entities.get(mention.entity)
    if year is None or entity is None or entity.type != "Instrument":
        return mention
    return replace(mention, end=year.end())


# --- shared names ---------------------------------------------------------------------------------------


def _by_country(known: Mentions, entities: Mapping[str, Entity]) -> tuple[list[Mention], tuple[Unclear, ...]]:
    """Mentions in order with the unclear places that the countries of the text make clear, and the rest."""
    if not known.unclear:
        return list(known.found), ()
    countries = {_country(entities, mention.entity) for mention in known.found}
    clear: list[Mention] = []
    rest: list[Unclear] = []
    for place in known.unclear:
        fits = [e for e in place.entities if (own := _country(entities, e)) and own in countries]
        if not all(_country(entities, e) for e in place.entities) or len(fits) > 1:
            rest.append(place)
        elif fits:
            clear.append(Mention(fits[0], place.start, place.end, SHARED))
    return sorted([*known.found, *clear], key=lambda m: m.start), tuple(rest)


def _country(entities: Mapping[str, Entity], id_: str) -> str:
    """Id of the country that an entity is, or belongs to; empty if none."""
    entity = entities.get(id_)
    if entity is None:
        return ""
    return id_ if entity.type == "Country" else str(entity.properties.get("country", ""))


def _abroad(text: str, found: Sequence[Mention], entities: Mapping[str, Entity]) -> set[str]:
    """Bodies that the text names without the country in their name, and whose country it does not name.

    `Reef Crime Unit` is then not `Reef Crime Unit of Tidelandia`.
    """
    by_country: dict[str, set[str]] = defaultdict(set)
    for entity in {mention.entity for mention in found}:
        by_country[_country(entities, entity)].add(entity)
    alone = {
        entity
        for country, named in by_country.items()
        for entity in named
        if country and len(named) == 1 and entities[entity].type in _BODIES
    }
    words = ((m.entity, " ".join(text[m.start : m.end].split())) for m in found if m.entity in alone)
    return {
        entity for entity, name in words if entities[entity].name.startswith((f"{name} of ", f"{name} in "))
    }


# --- short names ----------------------------------------------------------------------------------------


def _by_longer_name(
    text: str, found: Sequence[Mention], entities: Mapping[str, Entity]
) -> dict[Mention, Mention]:
    """The mentions by a short name that rather ends another body's longer name, with what they then are."""
    names: dict[Mention, str] = {}
    for mention in found:
        if mention.entity in entities and entities[mention.entity].type in _BODIES:
            names[mention] = " ".join(text[mention.start : mention.end].split())
    shorts = {n for m, n in names.items() if n.count(" ") == _SHORT - 1 and n != entities[m.entity].name}
    ends = _ends(names, shorts) if shorts else {}
    if not ends:
        return {}
    named = {m.entity for m, n in names.items() if n not in shorts}
    named |= {str(entities[m.entity].properties.get("parent", "")) for m in names}
    first: dict[str, int] = {}
    for mention in names:
        first.setdefault(mention.entity, mention.start)
    changed: dict[Mention, Mention] = {}
    for mention, own in names.items():
        fits = set[tuple[int, str]]()
        for tail, full in ends.get(own, ()):
            if full.end >= mention.start or full.entity == mention.entity:
                continue
            if tail != own and _is_word(text, mention.start, tail):
                fits.add((len(tail), full.entity))
            elif mention.entity not in named and first[mention.entity] > full.end:
                fits.add((len(own), full.entity))
        longest = max((length for length, _ in fits), default=0)
        owners = {entity for length, entity in fits if length == longest}
        if len(owners) == 1:
            end = mention.start + longest
            changed[mention] = replace(mention, entity=owners.pop(), end=end, rule=SHARED)
    return changed


def _is_word(text: str, start: int, words: str) -> bool:
    after = text[start + len(words) : start + len(words) + 1]
    return text.startswith(words, start) and not after.isalnum()


def _ends(names: Mapping[Mention, str], shorts: Collection[str]) -> _Ends:
    """The ends of the text's longer names, by the short names that they begin with."""
    found: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for mention, name in names.items():
        if name.count(" ") < _SHORT or (name, mention.entity) in seen:
            continue
        seen.add((name, mention.entity))
        for short in sorted(shorts):
            at = name.find(f" {short}")
            end = name[at + 1 :]
            if at > 0 and end.removeprefix(short)[:1] in ("", " ") and end.count(" ") <= _SHORT:
                found[short].append((end, mention))
    return found
