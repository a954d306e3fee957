"""Reads `lexicon.yaml`: the word classes that phrases share, and what common nouns ask for.

A class is a list of small phrases, or one text with alternatives, in the notation of `queries.phrases`.
Fillers may stand anywhere; operators change the meaning and must be said by a phrase; every other word that a
phrase does not say has to be found in the answer.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from queries.language import Key, root, stem, stems
from queries.notation import Class, expand, parse

T = TypeVar("T")

LEXICON = Path(__file__).with_name("lexicon.yaml")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a noun asks for: the types that count, and words of which the names of an answer must have one.

    `summary` says that a word in the summary will do. Where `shown` is set the words must be shown by the row
    (`row`) or by the evidence of its statements too (`evidence`) instead. What is of a type in `sure` needs
    no such word.
    """

    noun: str
    types: tuple[str, ...]
    words: frozenset[str]
    shown: str = ""
    summary: bool = False
    sure: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """All classes as sets of stem sequences, and the other tables of the file.

    `beginning` are the sequences of all classes, each with its class, by their first stem; so are `nouns` of
    the kinds; `roots` are those of the synonyms. `common` are the words that a phrase may say by themselves,
    `words` the stems of the file and `surface` its words with their forms, `relations` the verbs that tie
    things together.
    """

    fillers: frozenset[str]
    operators: frozenset[str]
    count: frozenset[Key]
    classes: Mapping[str, frozenset[Key]]
    beginning: Mapping[str, tuple[tuple[Key, str], ...]]
    kinds: Mapping[Key, tuple[Kind, ...]]
    nouns: Mapping[str, tuple[Key, ...]]
    connectors: Mapping[str, tuple[Key, ...]]
    rewrites: Mapping[Key, str]
    regions: Mapping[str, frozenset[str]]
    demonyms: Mapping[Key, str]
    synonyms: Mapping[str, str]
    roots: Mapping[str, str]
    common: frozenset[str]
    words: frozenset[str]
    surface: frozenset[str]
    relations: frozenset[str]

    def same(self, word: str) -> str:
        """The stem that stands for all synonyms of a stem and for the other words of its root."""
        known = self.synonyms.get(word)
        return known if known is not None else self.roots.get(root(word), root(word))

    @cached_property
    def same_words(self) -> Callable[[str], frozenset[str]]:
        """What stands for each word of a text, remembered for texts."""
        return lru_cache(maxsize=20_000)(lambda text: frozenset(map(self.same, stems(text))))


@cache
def load_lexicon(path: Path = LEXICON) -> Lexicon:
    """Read the file."""
    data: dict[str, Any] = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 (texts only: "on" and "no" are words)
    classes = {name: _sequences(entries, data["classes"]) for name, entries in data["classes"].items()}
    kinds, synonyms = _kinds(data["kinds"]), _synonyms(data["synonyms"])
    sequences = [*itertools.chain.from_iterable(classes.values()), *kinds]
    return Lexicon(
        fillers=frozenset(data["fillers"].split()),
        operators=frozenset(data["operators"].split()),
        count=_sequences(data["count"], {}),
        classes=classes,
        beginning=_by_first((key, (key, name)) for name, keys in classes.items() for key in sorted(keys)),
        kinds=kinds,
        nouns=_by_first((key, key) for key in kinds),
        connectors={
            name: tuple(sorted(_sequences(entries, {}), key=lambda key: (-len(key), key)))
            for name, entries in data["connectors"].items()
        },
        rewrites={stems(text): word for word, texts in data["rewrites"].items() for text in texts},
        regions={stem(name): frozenset(codes.split()) for name, codes in data["regions"].items()},
        demonyms={stems(name): code for name, code in data["demonyms"].items()},
        synonyms=synonyms,
        roots={root(word): head for word, head in synonyms.items()},
        common=frozenset(key[0] for keys in classes.values() for key in keys if len(key) == 1),
        relations=frozenset(
            key[0] for name in data["relations"].split() for key in classes[name] if len(key) == 1
        ),
        surface=frozenset(_forms(path)),
        words=frozenset(itertools.chain.from_iterable(sequences)) | synonyms.keys() | set(synonyms.values()),
    )


def _forms(path: Path) -> Iterator[str]:
    """All words of the file, with the forms that a noun or verb may have."""
    for word in set(re.findall(r"[a-z]+", path.read_text("utf-8").partition("\n\n")[2])):
        silent = word.removesuffix("e")
        many = f"{word[:-1]}ies" if re.search(r"[^aeiou]y$", word) else f"{word}s"
        yield from (word, many, f"{silent}ed", f"{silent}ing")


def _by_first(keyed: Iterable[tuple[Key, T]]) -> dict[str, tuple[T, ...]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, value in keyed:
        found[key[0]].append(value)
    return {first: tuple(values) for first, values in found.items()}


def _sequences(entries: str | list[str], classes: Mapping[str, Any]) -> frozenset[Key]:
    """All stem sequences that a class stands for; it may refer to other classes."""
    found: set[Key] = set()
    for entry in [entries] if isinstance(entries, str) else entries:
        for sequence in expand(parse(entry)):
            heads: list[Key] = [()]
            for element in sequence:
                if isinstance(element, Class):
                    tails = _sequences(classes[element.name], classes)
                else:
                    tails = frozenset({(element.name,)})
                heads = [(*head, *tail) for head in heads for tail in tails]
            found.update(heads)
    return frozenset(found)


def _kinds(entries: Iterable[Mapping[str, Any]]) -> dict[Key, tuple[Kind, ...]]:
    kinds: dict[Key, tuple[Kind, ...]] = {}
    for entry in entries:
        words, types = frozenset(map(stem, entry.get("words", ()))), tuple(entry["types"])
        for noun in entry["nouns"]:
            key = stems(noun)
            kinds[key] = (
                *kinds.get(key, ()),
                Kind(
                    noun,
                    types,
                    words,
                    entry.get("shown", ""),
                    "summary" in entry,
                    tuple(entry.get("sure", ())),
                ),
            )
    return kinds


def _synonyms(groups: Iterable[list[str]]) -> dict[str, str]:
    """Groups that share a word are one group."""
    leader: dict[str, str] = {}
    for group in groups:
        members = [stem(word) for word in group]
        known = sorted({leader[m] for m in members if m in leader})
        head = known[0] if known else members[0]
        for word, old in list(leader.items()):
            if old in known:
                leader[word] = head
        leader.update(dict.fromkeys(members, head))
    return leader
