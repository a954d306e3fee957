"""The instrument that a document is by its title, its event by whatever name the event has.

`Joint Statement of the 2031 Tide Conference` is the statement that the register knows by another of the
conference's names.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from graph.records import Entity, fold
from loaders.grammar.lexicon import lexicon
from loaders.mentions import matcher_for
from loaders.register import Register
from loaders.verbs import THIRD
from schema.model import Schema

# Stands before the id of an event in the place of its name.
_NAMED_EVENT = "event:"
# By the identity of their register, which each keeps alive.
_TITLES: dict[int, tuple[Register, Mapping[str, set[str]]]] = {}
_MOST_KEPT = 8
# What may stand in a title behind the name of the instrument: nothing, or words that go on with it.
_REST = re.compile(
    r"[\W\d]*(?:\((?i:excerpts?|extracts?|text|full text)\))?[\W\d]*|"
    r"\s+(?P<first>[A-Z][\w.’'&-]*|of|on|for|between)(?:\s+(?:[A-Z][\w.’'&-]*|of|the|on|and|for|in|to))*"
)
_STATEMENT = re.compile(r"\b(?:statement|declaration|communiqu[eé])\b", re.IGNORECASE)


def is_statement(title: str) -> bool:
    """Whether a title is that of a statement, a declaration or a communiqué."""
    return _STATEMENT.search(title) is not None


def titled_instrument(title: str, register: Register, schema: Schema) -> str | None:
    """The instrument of the register that a title is the name of: not of `Reef Treaty turns ten`."""
    plain = _plain_title(title, register, schema)
    hits = matcher_for(register, schema.subtypes("Instrument")).find(plain)
    longest = max((end for start, end, _ in hits if start == 0), default=0)
    whole = _is_whole(plain, longest)
    named = {key for start, end, who in hits if whole and (start, end) == (0, longest) for key in who}
    if not named and _NAMED_EVENT in plain:
        named = _instruments_by_title(register, schema).get(fold(plain), set())
    return next(iter(named)) if len(named) == 1 else None


def _is_whole(title: str, end: int) -> bool:
    """Whether a title is a name that ends there, or goes on with it: not `… Turns Ten`, `…: a summary`."""
    rest = _REST.fullmatch(title, end)
    first = "" if rest is None else (rest["first"] or "").lower()
    acts = any(THIRD in form.kinds for form in lexicon().forms.get(first, ()))
    return rest is not None and not acts


def titled_candidate(title: str, made: Iterable[Entity]) -> str | None:
    """The instrument that only this document names, and by whose name its title begins."""
    plain = f"{fold(title)} "
    named = {e.id for e in made if e.proposed == "Instrument" and plain.startswith(f"{fold(e.name)} ")}
    return next(iter(named)) if len(named) == 1 else None


def _instruments_by_title(register: Register, schema: Schema) -> Mapping[str, set[str]]:
    """The register's instruments by their folded titles with events by id; kept for the next document."""
    if id(register) not in _TITLES:
        if len(_TITLES) >= _MOST_KEPT:
            _TITLES.clear()
        titles: dict[str, set[str]] = defaultdict(set)
        kinds = set(schema.subtypes("Instrument"))
        for name in register.names:
            if kinds & set(register.entities[name.entity].types):
                titles[fold(_plain_title(name.text, register, schema))].add(name.entity)
        _TITLES[id(register)] = register, titles
    return _TITLES[id(register)][1]


def _plain_title(title: str, register: Register, schema: Schema) -> str:
    """A title with the id of its event in the place of the event's name."""
    hits = matcher_for(register, schema.subtypes("Event")).find(title)
    if not hits:
        return title.strip()
    start, end, who = max(hits, key=lambda hit: hit[1] - hit[0])
    return f"{title[:start]}{_NAMED_EVENT}{'-'.join(who)}{title[end:]}".strip()
