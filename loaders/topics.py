"""What a passage is about: the topics that it names, also inside names, in short lists and by verb phrases.

A topic counts where the passage has one of its names in the register; where the name of an initiative,
instrument, unit or event in it holds one (`Strategy against Reef Piracy`); where a list shares a word with
one (`drug and arms trafficking`, `trafficking in drugs and arms`); and by the verb phrases of
`lexicon/topics.yaml`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.records import fold
from loaders.alternatives import any_of
from loaders.mentions import Mention, matcher_for
from loaders.names.identity import index_for
from loaders.reading import Reading
from loaders.verbs import verb
from schema.yamlfile import Fields, Item, fields_of

LEXICON = Path(__file__).with_name("lexicon") / "topics.yaml"

_NAMED = ("Program", "Instrument", "Unit", "Event")
_BEFORE = re.compile(r"(?<![\w-])((?:[\w-]+(?:\s[\w-]+)?,\s+){0,5}[\w-]+(?:\s[\w-]+)?,?\s+(?:and|or)\s+)$")
_JOINED = re.compile(r"\b(?:and|or)\s+$")
_AFTER = re.compile(r"(?:,\s+[\w-]+(?:\s[\w-]+)?){0,5},?\s+(?:and|or)\s+[\w-]+(?:\s[\w-]+)?")
_BETWEEN = re.compile(r",?\s+(?:and|or)\s+|,\s+")
_HEAD = re.compile(r"(.*\b(?:of|in|against))\s+(?:the\s+)?(\S.*)", re.DOTALL)
_REACH_BACK = 120


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic and the place that speaks of it."""

    topic: str
    start: int
    end: int


class TopicFinder:
    """Finds the topics of the passages of one document."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._words = topic_words()
        register = reading.register
        self._topics = index_for(register).topics
        known = register.entities
        self._wordings = [(topic, pattern) for topic, pattern in self._words.wordings if topic in known]
        self._found: dict[tuple[int, int], tuple[Subject, ...]] = {}
        self._matcher = matcher_for(register, reading.schema.subtypes("Topic"))

    def find(self, start: int, end: int) -> tuple[Subject, ...]:
        """The topics between two positions, each once, in the order of their first places."""
        if (start, end) not in self._found:
            found: dict[str, Subject] = {}
            for one in sorted(self._all(start, end), key=lambda s: (s.start, s.end, s.topic)):
                found.setdefault(one.topic, one)
            self._found[start, end] = tuple(found.values())
        return self._found[start, end]

    def in_name(self, mention: Mention) -> list[str]:
        """The topics that a name of an initiative, instrument, unit or event holds, in order."""
        if not self._reading.is_a(mention.entity, *_NAMED):
            return []
        text, start, end = self._reading.text, mention.start, mention.end
        named = [who[0] for _, _, who in _longest(self._matcher.find(text[start:end])) if len(who) == 1]
        worded = [
            topic for topic, pattern in self._wordings if pattern.search(self._reading.text, start, end)
        ]
        return list(dict.fromkeys([*named, *worded]))

    def _all(self, start: int, end: int) -> Iterator[Subject]:
        text = self._reading.text
        names: list[Mention] = []
        for mention in self._reading.mentions(start, end):
            if not self._reading.is_a(mention.entity, "Topic"):
                names.append(mention)
                for topic in self.in_name(mention):
                    yield Subject(topic, mention.start, mention.end)
            elif self._words.bodies.match(text, mention.end, end) is None:
                yield Subject(mention.entity, mention.start, mention.end)
                yield from self._listed(mention, start, end)
        for topic, pattern in self._wordings:
            for match in pattern.finditer(text, start, end):
                place = bisect_left(names, match.end(), key=lambda name: name.start)
                if place == 0 or names[place - 1].end <= match.start():
                    yield Subject(topic, *match.span())

    def _listed(self, mention: Mention, start: int, end: int) -> Iterator[Subject]:
        """Topics that share a word with one: `drug and arms trafficking`, `trafficking in drugs and arms`."""
        text = self._reading.text
        name = " ".join(text[mention.start : mention.end].split())
        first, space, head = name.rpartition(" ")
        begin = max(start, mention.start - _REACH_BACK)
        joined = space and first and _JOINED.search(text, begin, mention.start)
        before = _BEFORE.search(text, begin, mention.start) if joined else None
        if before is not None:
            # The first of the list may have words before it that do not belong to it: `to fight drug and …`.
            words = (word for part in _parts(before[1]) for word in (part, part.rpartition(" ")[2]))
            yield from self._known((f"{word} {head}" for word in words), before.start(), mention.end)
        after = _AFTER.match(text, mention.end, end)
        if after is not None and (stem := _HEAD.fullmatch(name)) is not None:
            words = (word for part in _parts(after[0]) for word in (part, part.partition(" ")[0]))
            yield from self._known((f"{stem[1]} {word}" for word in words), mention.start, after.end())

    def _known(self, names: Iterable[str], start: int, end: int) -> Iterator[Subject]:
        for name in names:
            if (topic := self._topics.get(fold(name))) is not None:
                yield Subject(topic, start, end)


def _parts(words: str) -> list[str]:
    return [" ".join(part.split()) for part in _BETWEEN.split(words) if part.strip()]


def _longest(hits: Iterable[tuple[int, int, tuple[str, ...]]]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    free = 0
    for hit in sorted(hits, key=lambda hit: (hit[0], -hit[1])):
        if hit[0] >= free:
            yield hit
            free = hit[1]


# --- the lexicon ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _TopicWords:
    bodies: re.Pattern[str]
    wordings: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def topic_words(path: Path = LEXICON) -> _TopicWords:
    """Read the lexicon. Raises DataError with every fault."""
    joined = r"(?:,?\s+(?:and|or)\s+(?:other\s+)?[\w-]+)?"
    wordings = []
    with fields_of(path, "lexicon") as fields:
        bodies = any_of(fields.pop_texts("bodies", required=True))
        for key, reader in (("wordings", _wording), ("phrases", _phrase)):
            for item in fields.pop_items(key, required=True):
                inner = item.fields(key.removesuffix("s"))
                if inner is not None:
                    topic = inner.pop_literal("topic", required=True) or ""
                    wordings.append((topic, reader(inner)))
                    inner.finish()
    return _TopicWords(re.compile(rf"{joined}\s+{bodies}\b", re.IGNORECASE), tuple(wordings))


def _wording(fields: Fields) -> re.Pattern[str]:
    return re.compile(rf"\b{any_of(fields.pop_texts('words', required=True))}\b", re.IGNORECASE)


def _phrase(fields: Fields) -> re.Pattern[str]:
    verbs = [form for lemma in fields.pop_texts("verbs", required=True) for form in verb(lemma).forms]
    reach = _reach(fields.pop("reach", required=True))
    objects = any_of(fields.pop_texts("objects", required=True))
    between = rf"(?:,?\s+[\w’'()/-]+){{0,{reach}}}?,?\s+"
    return re.compile(rf"\b{any_of(verbs)}\b{between}{objects}\b", re.IGNORECASE)


def _reach(item: Item | None) -> int:
    text = None if item is None else item.literal()
    if item is None or text is None:
        return 0
    if re.fullmatch(r"[0-9]{1,2}", text) is None:
        item.fault(f"reach is {text!r}", "a number of words from 0 to 99")
        return 0
    return int(text)
