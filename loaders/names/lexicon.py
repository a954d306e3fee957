"""The words by which the form of a name is known: reads `lexicon/names.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schema.yamlfile import Fields, Item, fields_of

LEXICON = Path(__file__).parent.parent / "lexicon" / "names.yaml"

SURE, PLAIN, WEAK = "sure", "plain", "weak"

_LISTS = (
    "whole",
    "plain_instruments",
    "leading_units",
    "operations",
    "projects",
    "leading_places",
    "settlements",
    "regional",
    "generic",
    "subjects",
    "owners",
    "openers",
    "followers",
    "ordinary",
    "dates",
    "surnames",
    "also_people",
    "vessels",
    "shared",
)
_TITLES = ("words", "modifiers", "lower", "suffixes", "honours", "insertions")
_SPEECH = ("after", "before")


@dataclass(frozen=True, slots=True)
class Head:
    """The noun that says what a name names.

    `words` are in lower case, `complements` the words that may bind what follows it, `strength` how much must
    stand beside it, `body` whether a country in the name owns what it names.
    """

    words: tuple[str, ...]
    type: str
    strength: str
    complements: frozenset[str]
    body: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of the file, all words in lower case.

    `heads` are by their last word, the longest first; `demonyms` give the country's id; `ordinary` are all
    words that are no part of a person's name; `phrases` are the heads with an `of` inside.
    """

    heads: Mapping[str, tuple[Head, ...]]
    lists: Mapping[str, frozenset[str]]
    titles: Mapping[str, frozenset[str]]
    speech: Mapping[str, tuple[str, ...]]
    demonyms: Mapping[str, str]
    ordinary: frozenset[str]
    phrases: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon of the package. Raises DataError where the file is at fault."""
    return read_lexicon(LEXICON)


def read_lexicon(path: Path) -> Lexicon:
    """Read a lexicon. Raises DataError with every fault."""
    with fields_of(path, "lexicon") as fields:
        heads = [head for item in fields.pop_items("heads", required=True) for head in _heads(item)]
        lists = {name: frozenset(_words(fields, name)) for name in _LISTS}
        titles = _group(fields, "titles", _TITLES)
        speech = _group(fields, "speech", _SPEECH)
        demonyms = _demonyms(fields)
    by_last: dict[str, list[Head]] = {}
    for head in heads:
        by_last.setdefault(head.words[-1], []).append(head)
    single = {word for head in heads for word in head.words}
    own = ("generic", "subjects", "openers", "followers", "ordinary", "dates", "operations", "leading_places")
    ordinary = single.union(*(lists[name] for name in own), titles["words"], titles["modifiers"], demonyms)
    return Lexicon(
        {last: tuple(sorted(found, key=lambda h: -len(h.words))) for last, found in by_last.items()},
        lists,
        {name: frozenset(words) for name, words in titles.items()},
        {name: tuple(words) for name, words in speech.items()},
        demonyms,
        frozenset(ordinary),
        frozenset(word for word in single if " of " in word),
    )


def _heads(item: Item) -> list[Head]:
    fields = item.fields("head")
    if fields is None:
        return []
    kind = fields.pop_literal("type", required=True) or ""
    strength = fields.pop_literal("strength", required=True) or ""
    if strength and strength not in (SURE, PLAIN, WEAK):
        item.fault(f"there is no strength {strength!r}", f"one of {SURE}, {PLAIN}, {WEAK}")
    body = fields.pop_literal("body") == "true"
    complements = frozenset(_words(fields, "complements", required=False))
    words = _words(fields, "words")
    fields.finish()
    return [Head(_parts(word), kind, strength, complements, body) for word in words]


def _parts(head: str) -> tuple[str, ...]:
    """The words of a head; `plan of action` counts as one."""
    return (head,) if " of " in head else tuple(head.split())


def _group(fields: Fields, name: str, keys: tuple[str, ...]) -> dict[str, list[str]]:
    item = fields.pop(name, required=True)
    inner = None if item is None else item.fields(name)
    if inner is None:
        return {key: [] for key in keys}
    found = {key: _words(inner, key) for key in keys}
    inner.finish()
    return found


def _demonyms(fields: Fields) -> dict[str, str]:
    item = fields.pop("demonyms", required=True)
    if item is None or not item.is_mapping:
        return {}
    return {word.lower(): f"country/{code}" for code, words in item.pairs() for word in words.texts()}


def _words(fields: Fields, name: str, *, required: bool = True) -> list[str]:
    return [text.lower() for text in fields.pop_texts(name, required=required)]
