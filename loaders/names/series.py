"""Other events of a series of which the register has some: `Eighth Reef Summit`, where it has the Ninth.

Its number sets such an event apart, so that nothing else need show that it is one. Where the register's ids
of a series are its numbers, as those of the dialogues are, another one is as real as they are.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from loaders.mentions import Mention
from loaders.names.bodies import RULES
from loaders.names.forms import Found
from loaders.names.matcher import Matcher
from loaders.names.ordinals import REACH, beside, stem
from loaders.register import Name, Register

__all__ = ["of_series"]

_SPACES = str.maketrans(dict.fromkeys("\n\t\u00a0-\u2010\u2011\u2013", " "))
_NUMBERED = re.compile(
    r"\b(?:[A-Z][a-z]+(?:[- ][a-z]+)?|\d+(?:st|nd|rd|th)) (?P<head>[A-Z][a-z]+)\b(?! [A-Z])"
)
_EVENTS = frozenset(("Event", "Dialogue"))


@dataclass(frozen=True, slots=True)
class _Series:
    """Names without their numbers, and the numbers of each entity that bears one of them."""

    register: Register
    matcher: Matcher
    marks: dict[str, set[int]]


# By the identity of their register, which each keeps alive.
_KEPT: dict[int, _Series] = {}
_MOST_KEPT = 8


def _series(register: Register) -> _Series:
    if id(register) not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        names: list[Name] = []
        marks: dict[str, set[int]] = {}
        for name in register.names:
            found = stem(name.text) if _EVENTS & set(register.entities[name.entity].types) else None
            if found is not None and " " in found[0]:
                names.append(replace(name, text=found[0]))
                marks.setdefault(name.entity, set()).add(found[1])
        _KEPT[id(register)] = _Series(register, Matcher(names), marks)
    return _KEPT[id(register)]


def of_series(
    text: str, known: Sequence[Mention], register: Register, body: int = 0
) -> tuple[list[Found], list[Mention]]:
    """Events from `body` on whose number the register has for none of their series; the mentions that stay.

    `the Reef Summit` is not the Ninth in a text that has the Eighth and nowhere the Ninth by its number.
    """
    series = _series(register)
    found: list[Found] = []
    named = {m.entity for m in known if stem(_plain(text[m.start : m.end])) is not None}
    unsure: set[str] = set()
    for start, end, entities in series.matcher.longest(text):
        near = beside(_plain(text[max(0, start - REACH) : start]), _plain(text[end : end + REACH]))
        own = {e for e in entities if near.marks & series.marks[e]}
        named |= own
        if own or not near.marks or start < body:
            continue
        unsure.update(entities)
        head = _head(text[start:end])
        reason = f"another one of the series of {register.entities[entities[0]].name}"
        span = start + near.before, end + near.after
        identity = _identity(entities[0], series.marks[entities[0]], near.marks)
        kind = register.entities[entities[0]].type if identity is not None else "Event"
        found.append(Found(*span, kind, RULES["Event"], reason, head, identity=identity))
    heads = {name.head: name.identity for name in found if name.identity is not None}
    heads |= {_head(register.entities[e].name): e for e in named if _is_numbered(e, series.marks.get(e, ()))}
    found += _short_forms(text, heads, register, body)
    return found, [m for m in known if m.entity not in unsure - named]


def _short_forms(text: str, heads: Mapping[str, str], register: Register, body: int) -> Iterator[Found]:
    """`the Fourteenth Dialogue` in a text that has one of the series by its full name."""
    for match in _NUMBERED.finditer(text, body):
        sibling = heads.get(match["head"].lower())
        number = stem(_plain(match[0]))
        identity = None if sibling is None or number is None else f"{sibling.partition('/')[0]}/{number[1]}"
        if sibling is None or identity is None or identity in register.entities:
            continue
        kind = "Dialogue" if sibling not in register.entities else register.entities[sibling].type
        reason = f"another one of the series of {sibling}"
        yield Found(*match.span(), kind, RULES["Event"], reason, match["head"].lower(), identity=identity)


def _head(name: str) -> str:
    return name.partition(" of ")[0].split()[-1].lower()


def _is_numbered(entity: str, own: Collection[int]) -> bool:
    number = entity.partition("/")[2]
    return number.isdigit() and int(number) in own


def _identity(sibling: str, own: Collection[int], marks: Collection[int]) -> str | None:
    """`dialogue/13` beside `dialogue/12`: the id of another one where the ids of a series are its numbers."""
    counted = _is_numbered(sibling, own) and len(marks) == 1
    return f"{sibling.partition('/')[0]}/{next(iter(marks))}" if counted else None


def _plain(words: str) -> str:
    return words.translate(_SPACES)
