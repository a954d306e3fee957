"""Other events of a series of which the register has some: `Eighth Reef Summit`, where it has the Ninth.

Its number sets such an event apart, so that nothing else need show that it is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from loaders.mentions import Mention
from loaders.names.bodies import RULES
from loaders.names.forms import Found
from loaders.names.matcher import Matcher
from loaders.names.ordinals import REACH, beside, stem
from loaders.register import Name, Register

__all__ = ["of_series"]

_SPACES = str.maketrans(dict.fromkeys("\n\t\u00a0-\u2010\u2011\u2013", " "))
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
        head = text[start:end].partition(" of ")[0].split()[-1].lower()
        reason = f"another one of the series of {register.entities[entities[0]].name}"
        found.append(Found(start + near.before, end + near.after, "Event", RULES["Event"], reason, head))
    return found, [m for m in known if m.entity not in unsure - named]


def _plain(words: str) -> str:
    return words.translate(_SPACES)
