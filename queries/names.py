"""Which entity a name means: ids, names, aliases, acronyms, derived names, parts of names, small typos.

Names are compared by their stems, so case, accents, articles, possessives, plurals and British or American
spelling do not matter. Of several readings the most literal one counts; where two entities are left, the
answer is both, and it is for the caller to report that: nothing is guessed here.
"""

import itertools
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from graph.records import fold
from graph.store import Store
from queries.language import Key, name_key, without_articles
from queries.lookups import MENTIONS, NAMES_PAGE, SAID
from queries.naming import Derived, Relations, read_relations
from schema.model import Schema, load_schema

PAGE = 5000
_RANKS = ("id", "name", "alias", "acronym", "spelling", "derived", "part", "typo")
_LITERAL = _RANKS.index("spelling")
LOOSE = frozenset(_RANKS[_LITERAL + 1 :])

# Shorter words have too many neighbours for a typo to tell them apart.
_TYPO_LENGTH = 5


def _typos_allowed(text: str) -> int:
    return 1 if len(text) < 8 else 2 if len(text) < 20 else 3


@dataclass(frozen=True, slots=True)
class Named:
    """An entity as far as names go. `labels` are its types and supertypes, `record` its raw attributes."""

    id: str
    name: str
    type: str
    labels: frozenset[str]
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    record: Mapping[str, Any]

    def cell(self) -> dict[str, str]:
        return {"id": self.id, "name": self.name, "type": self.type}


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity found by a text: `matched` is the name that fits, `reason` says how, best first in `_RANKS`.

    A search finds more, by `prefix` and `word`.
    """

    id: str
    name: str
    type: str
    matched: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a text means: no, one or several hits that fit equally well, and how they were found."""

    text: str
    hits: tuple[Hit, ...]
    how: str

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(hit.id for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Readings:
    """What a sequence of stems may mean, whatever type is wanted.

    `literal` are ids with the name that is written so, `derived` ids of names that follow from others,
    `shared` ids of everything with a name that has all the words.
    """

    key: Key
    literal: tuple[tuple[str, str], ...]
    derived: frozenset[str]
    shared: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.literal or self.derived or self.shared)


# Of readings, as questions lead to many questions of the same words.
_MOST_KEPT = 20_000


class NameIndex:
    """All names of one version of the graph.

    `relations` has dates and places of events and where pledges stand; `mentions` the places where each
    document names something: start, end and id, in the order of the text; `said` holds the words of all
    evidence.
    """

    def __init__(
        self,
        schema: Schema,
        records: Iterable[Mapping[str, Any]],
        derived: Derived,
        relations: Relations,
        mentions: Mapping[str, list[tuple[int, int, str]]],
        said: Iterable[str],
    ) -> None:
        self.version = ""
        self.dates, self._descriptions = relations.dates, relations.descriptions
        self._places, self._clauses = relations.places, relations.clauses
        self.mentions = mentions
        self.said = frozenset(word for text in said for word in fold(text).split())
        self.entities: dict[str, Named] = {r["id"]: _named(schema, r) for r in records}
        self.longest = 1
        self._read: dict[Key, Readings] = {}
        self._kept: dict[tuple[Key, tuple[str, ...]], tuple[Hit, ...]] = {}
        self._derived = derived
        self._by_key: dict[Key, list[tuple[str, str]]] = defaultdict(list)
        self._by_word: dict[str, set[str]] = defaultdict(set)
        self._keys: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._texts: list[tuple[str, str, str]] = []
        for entity in self.entities.values():
            for text in entity.names:
                key = name_key(text)
                self._by_key[key].append((entity.id, text))
                self._keys[entity.id].append(frozenset(key))
                self._texts.append((fold(text), entity.id, text))
                self.longest = max(self.longest, len(key))
                for word in key:
                    self._by_word[word].add(entity.id)
        self.vocabulary = frozenset(w for text, _, _ in self._texts for w in text.split() if w.isalpha())

    @property
    def texts(self) -> Iterator[str]:
        """All names, folded."""
        return (text for text, _, _ in self._texts)

    def named_in(self, document: str, start: int, end: int) -> set[str]:
        """Ids of what a document names between two places; known without the text, too."""
        places = self.mentions.get(document, [])
        first = bisect_left(places, (start, 0, ""))
        within = itertools.takewhile(lambda place: place[0] < end, places[first:])
        return {id_ for _, stop, id_ in within if stop <= end}

    def pledges_at(self, document: str, start: int, end: int) -> Iterator[str]:
        """Ids of the pledges in whose clauses these places of a document lie."""
        clauses = self._clauses.get(document, ())
        return (id_ for first, last, id_ in clauses if first <= start and end <= last)

    def of_type(self, id_: str, types: Iterable[str]) -> bool:
        """Whether the entity is of one of the types or of a subtype; no types means any."""
        wanted = tuple(types)
        return not wanted or not self.entities[id_].labels.isdisjoint(wanted)

    def resolve(self, text: str, types: Iterable[str] = ()) -> Resolution:
        """The entities that a text means, all equally well; none if it means nothing of these types."""
        wanted = tuple(types)
        if text.strip() in self.entities and self.of_type(text.strip(), wanted):
            return Resolution(text, (self._hit(text.strip(), text.strip(), "id"),), "id")
        hits = self.meanings(name_key(text), wanted, text) or self._typos(text, wanted)
        return Resolution(text, hits, hits[0].reason if hits else "")

    def meanings(self, key: Key, types: tuple[str, ...] = (), text: str = "") -> tuple[Hit, ...]:
        """Best readings of a sequence of stems: written names, else derived ones, else parts of names."""
        return self.of_types(self.readings(key), types, text)

    def readings(self, key: Key) -> Readings:
        """All that a sequence of stems may mean."""
        key = without_articles(key)
        if (kept := self._read.get(key)) is None:
            if len(self._read) >= _MOST_KEPT:
                self._read.clear()
            literal, derived = self._by_key.get(key), self._derived.of(key)
            shared = self._sharing(key)
            if len(key) == 1:
                # One word is enough only for the family name of a person and for a topic.
                shared = (i for i in shared if self._short(i, key[0]))
            kept = Readings(key, tuple(literal or ()), frozenset(derived), frozenset(shared))
            self._read[key] = kept
        return kept

    def of_types(self, readings: Readings, types: tuple[str, ...], text: str = "") -> tuple[Hit, ...]:
        """The best of the readings that are of one of the types."""
        if text:
            return self._of_types(readings, types, text)
        if (kept := self._kept.get((readings.key, types))) is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            kept = self._kept[readings.key, types] = self._of_types(readings, types, "")
        return kept

    def _of_types(self, readings: Readings, types: tuple[str, ...], text: str) -> tuple[Hit, ...]:
        found: dict[str, Hit] = {}
        for id_, name in readings.literal:
            if self.of_type(id_, types):
                hit = self._hit(id_, name, self._reason(id_, name, text))
                found[id_] = min(found.get(id_, hit), hit, key=_rank)
        said = " ".join(readings.key)
        if not found:
            found = {i: self._hit(i, said, "derived") for i in readings.derived if self.of_type(i, types)}
        if not found and readings.shared:
            found = {i: self._hit(i, said, "part") for i in self._parts(readings, types)}
        best = min(map(_rank, found.values()), default=0)
        kept = [hit for hit in found.values() if _rank(hit) == best or best < _LITERAL >= _rank(hit)]
        return tuple(sorted(kept, key=lambda hit: hit.id))

    def nearest(self, text: str, types: Iterable[str] = (), limit: int = 5) -> list[Hit]:
        """Entities of these types whose names look most like the text, best first."""
        wanted = tuple(types)
        choices = {n: t for n, (t, id_, _) in enumerate(self._texts) if self.of_type(id_, wanted)}
        scored = process.extract(fold(text), choices, scorer=fuzz.WRatio, limit=limit * 8, score_cutoff=55)
        found: dict[str, Hit] = {}
        for _, _, n in scored:
            _, id_, name = self._texts[n]
            found.setdefault(id_, self._hit(id_, name, "typo"))
        return list(found.values())[:limit]

    def search(self, text: str, limit: int = 10, types: Iterable[str] = ()) -> list[Hit]:
        """Type-ahead: exact meanings first, then names that begin so, hold such words, or look alike."""
        wanted, folded = tuple(types), fold(text)
        if not folded:
            return []
        found = {hit.id: hit for hit in self.resolve(text, wanted).hits}
        for reason, fits in (("prefix", _begins), ("word", _holds)):
            matches = [
                (t, id_, name)
                for t, id_, name in self._texts
                if self.of_type(id_, wanted) and fits(t, folded)
            ]
            for _, id_, name in sorted(matches, key=lambda match: (len(match[0]), match[1])):
                found.setdefault(id_, self._hit(id_, name, reason))
            if len(found) >= limit:
                break
        for hit in self.nearest(text, wanted, limit) if len(found) < limit and len(folded) > 3 else ():
            found.setdefault(hit.id, hit)
        return list(found.values())[:limit]

    def _reason(self, id_: str, name: str, text: str) -> str:
        entity = self.entities[id_]
        if text and fold(text) != fold(name):
            return "spelling"
        if name == entity.name:
            return "name"
        return "acronym" if name in entity.acronyms else "alias"

    def _hit(self, id_: str, matched: str, reason: str) -> Hit:
        entity = self.entities[id_]
        return Hit(id_, entity.name, entity.type, matched, reason)

    def _sharing(self, key: Key) -> Iterator[str]:
        """Ids of everything with a name that has all the words."""
        sets: list[Set[str]] = [self._by_word.get(word, frozenset()) for word in key]
        if not sets or not all(sets):
            return
        smallest = min(sets, key=len)
        wanted = set(key)
        yield from (i for i in smallest if any(wanted <= name for name in self._keys[i]))

    def _parts(self, readings: Readings, types: tuple[str, ...]) -> list[str]:
        """The one entity that has all the words in its names; of topics the one above all others that do."""
        key = readings.key
        ids = {i for i in readings.shared if self.of_type(i, types)}
        if len(key) == 1:
            tops = [i for i in ids if self._heads(i, key[0])]
            ids = set(tops) if len(tops) == 1 else ids
        return sorted(ids) if len(ids) == 1 else self._broadest(ids)

    def _short(self, id_: str, word: str) -> bool:
        entity = self.entities[id_]
        if "Person" in entity.labels:
            return word == name_key(entity.name)[-1]
        return "Topic" in entity.labels and len(word) > 3

    def _heads(self, id_: str, word: str) -> bool:
        """Whether a topic stands at the top of the scheme and its name begins with the word."""
        entity = self.entities[id_]
        return (
            "Topic" in entity.labels and not entity.record.get("parent") and name_key(entity.name)[0] == word
        )

    def _broadest(self, ids: set[str]) -> list[str]:
        tops = [i for i in ids if "Topic" in self.entities[i].labels and not ids.intersection(self.above(i))]
        return tops if len(tops) == 1 and all(tops[0] in (i, *self.above(i)) for i in ids) else []

    def above(self, id_: str) -> Iterator[str]:
        """What an entity belongs under by the register, step by step."""
        seen = {id_}
        while id_ in self.entities and (parent := self._parent(id_)) in self.entities and parent not in seen:
            yield parent
            seen.add(parent)
            id_ = parent

    def told(self, id_: str) -> tuple[str, ...]:
        """What the register and the documents say something is: its summary and its descriptions."""
        entity = self.entities.get(id_)
        summary = entity.record.get("summary") if entity else None
        return (*([summary] if summary else ()), *self._descriptions.get(id_, ()))

    def places_of(self, event: str) -> Iterator[str]:
        """Ids of the places of an event and of the states in which they lie."""
        for place in self._places.get(event, ()):
            yield place
            if place in self.entities and (state := self.entities[place].record.get("country")):
                yield state

    def _parent(self, id_: str) -> str:
        return self.entities[id_].record.get("parent") or ""

    def _typos(self, text: str, types: tuple[str, ...]) -> tuple[Hit, ...]:
        folded = fold(text)
        if len(folded) < _TYPO_LENGTH:
            return ()
        choices = {n: t for n, (t, id_, _) in enumerate(self._texts) if self.of_type(id_, types)}
        scored = process.extract(
            folded, choices, scorer=OSA.distance, limit=5, score_cutoff=_typos_allowed(folded)
        )
        best = {self._texts[n][1]: self._texts[n][2] for _, score, n in scored if score == scored[0][1]}
        return tuple(self._hit(id_, name, "typo") for id_, name in sorted(best.items()))


def _rank(hit: Hit) -> int:
    return _RANKS.index(hit.reason)


def _begins(text: str, start: str) -> bool:
    return text.startswith(start) or f" {start}" in text


def _holds(text: str, wanted: str) -> bool:
    return all(word in text for word in wanted.split())


def _named(schema: Schema, record: Mapping[str, Any]) -> Named:
    names = dict.fromkeys((record["name"], *(record["aliases"] or ()), *(record["acronyms"] or ())))
    return Named(
        id=record["id"],
        name=record["name"],
        type=record["types"][0],
        labels=frozenset(schema.labels_of(record["types"])),
        names=tuple(name for name in names if name_key(name)),
        acronyms=tuple(record["acronyms"] or ()),
        record=record,
    )


def names_for(store: Store) -> NameIndex:
    """The index of the graph as it is now; built once for each version."""
    return _cached(_Source(store, store.version()))


class _Source:
    """A store that counts as equal to every other one with the same content, for the cache's sake."""

    def __init__(self, store: Store, version: str) -> None:
        self.store, self.version = store, version

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Source) and self.version == other.version

    def __hash__(self) -> int:
        return hash(self.version)


@lru_cache(maxsize=2)
def _cached(source: _Source) -> NameIndex:
    names = read_names(source.store)
    names.version = source.version
    return names


def read_names(store: Store) -> NameIndex:
    """Build the index from the graph."""
    records: dict[str, Mapping[str, Any]] = {}
    after = ""
    while rows := store.read(NAMES_PAGE, {"after": after, "size": PAGE}).rows:
        records.update((record["id"], record) for (record,) in rows)
        after = rows[-1][0]["id"]
    names = {i: (r["name"], *(r["aliases"] or ()), *(r["acronyms"] or ())) for i, r in records.items()}
    relations = read_relations(store)
    mentions: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for document, start, end, entity in store.read(MENTIONS).rows:
        mentions[document].append((start, end, entity))
    derived = Derived(records, names, relations)
    said = itertools.chain.from_iterable(store.read(SAID).rows)
    return NameIndex(load_schema(), records.values(), derived, relations, mentions, filter(None, said))
