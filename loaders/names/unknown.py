"""Names that the register does not know: finds them by form and context beside those that it knows.

Persons, bodies, programs, instruments, operations, events and places are found in sentences; then the whole
text is searched for what was found: the same names again, also in headings, the acronyms that the text
defines for them, and surnames. A longer unknown name swallows a known one inside it; else the known stays.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from graph.records import Entity
from loaders.mentions import Mention, Mentions, Unclear
from loaders.names.acronyms import Definition, definitions
from loaders.names.again import SURNAME, again
from loaders.names.apposed import apposed, explained, newspapers
from loaders.names.bodies import RULES, bodies
from loaders.names.forms import Dropped, Found, Page, chains
from loaders.names.identity import VARIANT, Cluster, clusters, entity_for, index_for, key
from loaders.names.lexicon import lexicon
from loaders.names.numbered import counted, numbered, stationed
from loaders.names.people import people
from loaders.names.places import places
from loaders.names.series import of_series
from loaders.names.settled import settled
from loaders.names.titled import titled
from loaders.names.vessels import VESSEL, vessels
from loaders.register import Register
from loaders.segments import HEADING, Block
from schema.model import Schema

_LOWER_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w-])")
_REMARKS = re.compile(
    r"(?:[A-Z]\w+\s+)?(?:Remarks|Statement|Speech|Address|Message|Testimony)\s+"
    r"(?:by|of|from)\b"
)
_CLOSED = re.compile(r"\s*(?:$|[,:;(\n–—-]|[a-z])")
_STATUS = re.compile(r"\((?:[Aa]g|[Rr]etd?|[Rr]td|[Aa]ctg?)\.\)$")
_FEW = 4
# Beside the country that the lexicon has for an adjective, the other one that it may mean.
_SHARED_ADJECTIVES = {"dominican": "country/do"}
_SMALL = frozenset(("of", "for", "and", "the", "on", "in", "to", "de", "against", "&"))


def find_unknown(
    text: str,
    blocks: Sequence[Block],
    known: Mentions,
    register: Register,
    schema: Schema,
    trace: list[Dropped] | None = None,
) -> Mentions:
    """The known mentions and those that only form and context show, in order; nothing overlaps.

    `entities` of the result holds the new ones too. `trace` takes what was nearly a name, and why not.
    """
    words = lexicon()
    index = index_for(register)
    entities = {**register.entities, **known.entities}
    named_first = {mention.entity for mention in known.found}
    start = blocks[0].start if blocks else 0
    series, apart = of_series(text, known.found, register, start)
    known = settled(text, replace(known, found=tuple(apart)), entities, blocks)
    barred = named_first - {mention.entity for mention in known.found}
    defined = definitions(text, start)
    page = Page(
        text,
        words,
        words.ordinary | index.words,
        frozenset(_LOWER_WORD.findall(text)),
        {m.start: entities[m.entity] for m in known.found if m.entity in entities},
        _demonyms(words.demonyms, {m.entity for m in known.found}, register),
        frozenset(d.long_end for d in defined),
        trace,
    )
    titles = list(titled(page, blocks))
    page = replace(page, series=frozenset(name.head for name in titles))
    found = [*titles, *series, *_in_blocks(page, blocks, known.found, entities)]
    found = [explained(page, name) for name in _with_definitions(page, found, defined, known.found)]
    chosen = _chosen(page, found, known)
    places_known = {text[m.start : m.end]: m.entity for m in known.found}
    named = {key(name): entity for name, entity in places_known.items()}
    groups = clusters(text, chosen, named, index, barred)
    _take_acronyms(groups, defined, known.found, entities)
    made: dict[str, Entity] = {}
    first: list[Mention] = []
    for group in groups:
        if group.entity is None and all(name.short for name in group.found):
            continue
        rule = _identify(group, made, register, schema)
        for name in group.found:
            full = " " in group.name or group.entity in register.entities
            alone = name.type == "Person" and full and not re.search(r"\s", text[name.start : name.end])
            own = SURNAME if alone else rule or name.rule
            first.append(Mention(group.entity or "", name.start, name.end, own))
    first += _with_country(text, known.found, entities)
    groups = [group for group in groups if group.entity is not None]
    later = again(page, groups, defined, known, first, entities)
    return _whole(known, first, later, made)


def _demonyms(known: Mapping[str, str], named: Collection[str], register: Register) -> dict[str, str]:
    """The adjectives with the countries they mean; of two that one may mean, the one that the text names."""
    found = {word: country for word, country in known.items() if country in register.entities}
    for word, country in _SHARED_ADJECTIVES.items():
        if word in found and country in named:
            if found[word] in named:
                del found[word]
            else:
                found[word] = country
    return found


# --- finding --------------------------------------------------------------------------------------------


def _in_blocks(
    page: Page, blocks: Sequence[Block], known: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[Found]:
    """What the sentences name; headings and lines in capitals name nothing new but who speaks."""
    starts = [m.start for m in known]
    for block in blocks:
        # What has several sentences is text, however short and rich in capitals it is.
        heading = block.kind == HEADING and len(block.sentences) < 2
        for start, end in _sentences(page.text, block):
            if page.text[start:end].isupper():
                continue
            inside = known[bisect_left(starts, start) : bisect_left(starts, end)]
            if heading:
                yield from _speaker(page, start, end, inside, entities)
                continue
            yield from numbered(page, start, end)
            for chain in chains(page, start, end, inside, entities):
                for group in chain.groups:
                    yield from counted(page, group)
                    yield from stationed(page, group)
                    yield from newspapers(page, group)
                if all(word.entity is not None for group in chain.groups for word in group.words):
                    continue
                yield from bodies(page, chain)
                yield from vessels(page, chain)
                yield from apposed(page, chain)
                yield from people(page, chain)
                yield from places(page, chain)


def _speaker(
    page: Page, start: int, end: int, inside: Sequence[Mention], entities: Mapping[str, Entity]
) -> Iterator[Found]:
    """Who speaks by a heading: `Remarks by Ambassador Ada Reed at the Harbour`."""
    lead = _REMARKS.match(page.text, start, end)
    if lead is None:
        return
    for chain in chains(page, start, end, inside, entities):
        for found in people(page, chain):
            if found.start > lead.end() and _CLOSED.match(page.text, found.end):
                yield found


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of a block; one that seems to end with `(Ag.)` behind a title goes on."""
    begin: int | None = None
    for start, end in block.sentences:
        begin = start if begin is None else begin
        if not _STATUS.search(text, max(begin, end - 8), end):
            yield begin, end
            begin = None
    if begin is not None:
        yield begin, block.end


def _with_definitions(
    page: Page, found: Sequence[Found], defined: Sequence[Definition], known: Sequence[Mention]
) -> list[Found]:
    """The names, those that their acronym shows to go on further mended, and what only an acronym shows."""
    ends = {m.end for m in known} | {f.end for f in found}
    result = sorted(found, key=lambda f: (f.start, -f.end))
    starts = [f.start for f in result]
    for definition in defined:
        begin, end = definition.long_start, definition.long_end
        if end in ends:
            continue
        # Names are short: those that begin before the long form and reach into it are the last few.
        last = bisect_right(starts, begin)
        shorter = [n for n in range(max(0, last - _FEW), last) if _goes_on(page, result[n], begin, end)]
        if shorter:
            result[shorter[0]] = replace(result[shorter[0]], end=end)
        elif (shown := _shown(page, definition)) is not None:
            result.append(shown)
    return result


def _goes_on(page: Page, name: Found, begin: int, end: int) -> bool:
    """Whether a name ends inside a long form that goes on with capitalised words."""
    return name.type != "Person" and begin < name.end < end and _is_title_case(page.text[name.end : end])


def _shown(page: Page, definition: Definition) -> Found | None:
    """The name that nothing but its acronym shows."""
    name = page.text[definition.long_start : definition.long_end]
    plain = " ".join(name.lower().split())
    instruments = page.lexicon.lists["plain_instruments"]
    place = (definition.long_start, definition.long_end)
    if plain in instruments:
        return Found(
            *place, "Instrument", RULES["Instrument"], "a common noun with its own acronym", plain.split()[0]
        )
    plural = page.text[definition.at : definition.end] != definition.acronym
    if plural or not _is_title_case(name) or len(name.split()) < 2:
        return None
    words = [w for w in re.findall(r"[^\W_]+", name.lower()) if w not in _SMALL]
    article = page.text[max(0, place[0] - 4) : place[0]].lower() == "the "
    if all(w in page.ordinary or w in page.plain for w in words) and not (article and len(words) > 2):
        page.drop(*place, f"it has the acronym {definition.acronym}, but all its words are common ones")
        return None
    return Found(
        *place,
        "OtherOrganization",
        RULES["OtherOrganization"],
        f"a name with the acronym {definition.acronym}",
    )


def _is_title_case(name: str) -> bool:
    words = [w for w in re.findall(r"[^\W_][\w'’-]*", name) if w not in _SMALL]
    return bool(words) and all(w[0].isupper() or w[0].isdigit() for w in words)


# --- choosing -------------------------------------------------------------------------------------------


def _chosen(page: Page, found: Iterable[Found], known: Mentions) -> list[Found]:
    """The longest names that do not overlap each other and are not known already."""
    taken: list[Mention | Unclear] = [*known.found, *known.unclear]
    taken.sort(key=lambda m: m.start)
    starts = [m.start for m in taken]
    chosen: list[Found] = []
    order = sorted(
        found, key=lambda f: (f.start - f.end, f.start, f.type != "Person", f.head != VESSEL, f.rule)
    )
    used: list[tuple[int, int]] = []
    for name in order:
        if any(name.start < end and start < name.end for start, end in _around(used, name)):
            continue
        reason = _refusal(
            name, taken[max(0, bisect_left(starts, name.start) - 1) : bisect_left(starts, name.end)], page
        )
        if reason is not None:
            page.drop(name.start, name.end, reason)
            continue
        chosen.append(name)
        used.insert(bisect_left(used, (name.start, name.end)), (name.start, name.end))
    return sorted(chosen, key=lambda f: f.start)


def _around(used: Sequence[tuple[int, int]], name: Found) -> Sequence[tuple[int, int]]:
    at = bisect_left(used, (name.start, name.end))
    last = bisect_left(used, (name.end, 0))
    return used[max(0, at - 1) : max(last, at + 1)]


def _refusal(name: Found, taken: Sequence[Mention | Unclear], page: Page) -> str | None:
    """Why a name gives way to those of the register at its place; None if it does not."""
    for other in taken:
        if other.end <= name.start or name.end <= other.start:
            continue
        if other.start <= name.start and name.end <= other.end:
            return "the register names it" if isinstance(other, Mention) else "it is unclear in the register"
        if other.start < name.start or name.end < other.end:
            return f"it overlaps “{page.text[other.start : other.end]}”"
        if name.type == "Person":
            return f"“{page.text[other.start : other.end]}” inside it is known"
    return None


# --- identifying ----------------------------------------------------------------------------------------


def _take_acronyms(
    groups: Sequence[Cluster],
    defined: Sequence[Definition],
    known: Sequence[Mention],
    entities: Mapping[str, Entity],
) -> None:
    """Give each name the acronym that is defined for it.

    An acronym that the register has for a body with much the same name makes the name that body's.
    """
    at = {m.start: m.entity for m in known}
    ends = {f.end: (f, group) for group in groups for f in group.found}
    for definition in defined:
        name, group = ends.get(definition.long_end, (None, None))
        if name is None or group is None or name.start > definition.long_start:
            continue
        if group.type == "Event" and definition.long_start > name.start:
            continue  # `meeting of the Harbour Council (HC)`: the acronym is the council's
        own = at.get(definition.at)
        if own is not None and own in entities and _is_much_alike(group.name, entities[own]):
            group.entity = group.entity or own
        elif definition.acronym not in group.acronyms:
            group.acronyms.append(definition.acronym)


def _is_much_alike(name: str, entity: Entity) -> bool:
    """Whether two names have words that begin alike, but for one in four."""
    own = _stems(name)
    others = map(_stems, (entity.name, *entity.aliases))
    return any(4 * len(own ^ other) <= len(own | other) for other in others)


def _stems(name: str) -> set[str]:
    return {word[:6] for word in key(name).split() if word not in _SMALL}


def _identify(group: Cluster, made: dict[str, Entity], register: Register, schema: Schema) -> str | None:
    """Give a name's entity its id, make the entity if it is new, and return the rule that settled it."""
    if group.entity is not None:
        return VARIANT
    entity, rule = entity_for(group, index_for(register), schema)
    made.setdefault(entity.id, entity)
    group.entity = entity.id
    return rule


def _with_country(text: str, known: Sequence[Mention], entities: Mapping[str, Entity]) -> Iterator[Mention]:
    """Known bodies with their own country before their name: both are one mention of the body."""
    for country, body in pairwise(known):
        if text[country.end : body.start].strip(" \n") or country.end == body.start:
            continue
        found = entities.get(body.entity)
        own = found is not None and found.properties.get("country") == country.entity
        if own and found is not None and found.type in ("Agency", "Unit") and not _is_acronym(text, body):
            yield Mention(body.entity, country.start, body.end, VARIANT)


def _is_acronym(text: str, mention: Mention) -> bool:
    return " " not in text[mention.start : mention.end] and text[mention.start : mention.end].isupper()


def _whole(
    known: Mentions, first: Sequence[Mention], later: Sequence[Mention], made: Mapping[str, Entity]
) -> Mentions:
    """All mentions in order: new ones displace the known ones that they hold."""
    new = sorted([*first, *later], key=lambda m: m.start)
    kept = [m for m in known.found if not _overlaps(m, new)]
    unclear = tuple(u for u in known.unclear if not _overlaps(u, new))
    found = tuple(sorted([*kept, *new], key=lambda m: m.start))
    named = {m.entity for m in found}
    entities = {**known.entities, **{i: e for i, e in sorted(made.items()) if i in named}}
    return Mentions(found, unclear, entities)


def _overlaps(place: Mention | Unclear, new: Sequence[Mention]) -> bool:
    at = bisect_left(new, place.end, key=lambda m: m.start)
    return at > 0 and new[at - 1].end > place.start
