"""Names that nobody wrote down: made from what things are.

A dialogue is also the eleventh, the 2023 dialogue, the Castries meeting, or the session that adopted the
2023 joint statement; a commitment is also pledge 4.vi; a document the Carib Vibe Radio article.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from graph.records import fold
from graph.store import Store
from queries.language import Key, name_key, ordinal, spoken_date, stem, stems
from queries.lexicon import load_lexicon
from queries.lookups import ADOPTIONS, CLAUSES_OF_COMMITMENTS, PLACES_OF_EVENTS, TEXTS_ABOUT

T = TypeVar("T")

_MEETING = frozenset(
    name_key("dialogue meeting session round talks gathering consultations conference event")
)
_BETWEEN = frozenset(
    name_key("annual high level caribbean us united states security cooperation ministerial cbsi")
)
_PLEDGE = frozenset(name_key("commitment pledge promise item point paragraph undertaking clause goal"))
_KINDS = {
    "news story": (
        "news story",
        "news article",
        "article",
        "story",
        "report",
        "news report",
        "piece",
        "news",
    ),
    "press release": ("press release", "release", "report", "statement", "media note", "article"),
    "joint statement": ("joint statement", "statement", "declaration"),
}


@dataclass(frozen=True, slots=True)
class Relations:
    """What is told by statements: places and dates of events, adoptions, spellings, descriptions, clauses.

    `clauses` are start, end and id of each pledge that a document holds.
    """

    places: Mapping[str, tuple[str, ...]]
    dates: Mapping[str, tuple[str, ...]]
    adopted: Mapping[str, tuple[str, ...]]
    spellings: Mapping[str, tuple[str, ...]]
    descriptions: Mapping[str, tuple[str, ...]]
    clauses: Mapping[str, tuple[tuple[int, int, str], ...]]


def read_relations(store: Store) -> Relations:
    """Read them from the graph."""
    places: dict[str, list[str]] = defaultdict(list)
    adopted: dict[str, list[str]] = defaultdict(list)
    clauses: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    texts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for event, place in store.read(PLACES_OF_EVENTS).rows:
        places[event].append(place)
    for dialogue, instrument in store.read(ADOPTIONS).rows:
        adopted[dialogue].append(instrument)
    for id_, predicate, value in store.read(TEXTS_ABOUT).rows:
        texts[predicate][id_].append(value)
    for document, start, end, commitment in store.read(CLAUSES_OF_COMMITMENTS).rows:
        clauses[document].append((start, end, commitment))
    return Relations(
        places=_frozen(places),
        dates=_frozen(texts["HELD_ON"]),
        adopted=_frozen(adopted),
        spellings=_frozen(texts["NAMED_AS"]),
        descriptions=_frozen(texts["DESCRIBED_AS"]),
        clauses=_frozen(clauses),
    )


def _frozen(lists: Mapping[str, list[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(values) for key, values in lists.items()}


# Services of which a state mostly has one.
_NATIONAL = tuple(
    map(stems, ("police", "national police", "coast guard", "customs", "army", "navy", "defence force"))
)


class Derived:
    """Derived names of all entities; `of(key)` gives the ids that a sequence of stems may mean.

    `records` are the raw records by id as `lookups.NAMES_PAGE` gives them, `names` all written names by id.
    """

    def __init__(
        self,
        records: Mapping[str, Mapping[str, Any]],
        names: Mapping[str, tuple[str, ...]],
        relations: Relations,
    ) -> None:
        self._by_key: dict[Key, set[str]] = defaultdict(set)
        self._dialogues: dict[int, set[str]] = defaultdict(set)
        self._years: dict[str, set[str]] = defaultdict(set)
        self._pledges: dict[Key, set[str]] = defaultdict(set)
        for id_, record in records.items():
            types = record["types"]
            if "Dialogue" in types:
                self._add_dialogue(id_, record, relations)
            if "Commitment" in types and record["number"]:
                self._pledges[name_key(record["number"])].add(id_)
            if "Document" in types:
                self._add_document(id_, record)
            if "Country" in types:
                self._add_demonyms(id_, record)
        self._add_national(records)
        self._add_places(names, relations)
        self._add_adoptions(records, names, relations)

    def of(self, key: Key) -> set[str]:
        """Ids of everything that has this derived name."""
        found = set(self._by_key.get(key, ()))
        if len(key) > 1 and key[0] in _PLEDGE:
            found |= self._pledges.get(key[1:], set())
        return found | self._pledges.get(key, set()) | self._meeting(key)

    def _meeting(self, key: Key) -> set[str]:
        """`eleventh`, `11th high level dialogue`, `2023 dialogue`, `2023`."""
        if not key:
            return set()
        named = len(key) > 1 and key[-1] in _MEETING and all(w in _BETWEEN for w in key[1:-1])
        nth = ordinal(key[0])
        if nth is not None and (named or len(key) == 1):
            return self._dialogues.get(nth, set())
        return self._years.get(key[0], set()) if named or len(key) == 1 else set()

    def _add_demonyms(self, id_: str, record: Mapping[str, Any]) -> None:
        for demonym, code in load_lexicon().demonyms.items():
            if code == record["iso3166"]:
                self._by_key[demonym].add(id_)

    def _add_national(self, records: Mapping[str, Mapping[str, Any]]) -> None:
        """`haitian police`, `jamaican coast guard`: what a state has one of, by its kind and the state."""
        states = {r["id"]: r["iso3166"] for r in records.values() if "Country" in r["types"]}
        found: dict[Key, set[str]] = defaultdict(set)
        for id_, record in records.items():
            code = states.get(record["country"] or "")
            if code is None or "Agency" not in record["types"]:
                continue
            said = set(stems(record["name"]))
            for kind, demonym in itertools.product(_NATIONAL, _demonyms_of(code)):
                if set(kind) <= said:
                    found[(*demonym, *kind)].add(id_)
                    if len(kind) == 1:
                        found[(*demonym, *kind, stem("force"))].add(id_)
        for key, ids in found.items():
            if len(ids) == 1:
                self._by_key[key] |= ids

    def _add_dialogue(self, id_: str, record: Mapping[str, Any], relations: Relations) -> None:
        last = id_.rpartition("/")[2]
        nth = record["ordinal"] or (int(last) if last.isdigit() else None)
        if nth is not None:
            self._dialogues[int(nth)].add(id_)
        for date in relations.dates.get(id_, ()):
            self._years[date[:4]].add(id_)
            self._by_key[name_key(spoken_date(date[:7]))].add(id_)

    def _add_document(self, id_: str, record: Mapping[str, Any]) -> None:
        file = record["file"] or ""
        year = (record["published"] or file)[:4]
        prefixes = [year] if re.fullmatch(r"\d{4}", year) else []
        publisher = re.sub(r"\(.*?\)", "", record["publisher"] or "")
        prefixes += [p for part in publisher.split(",") if (p := fold(part))]
        prefixes += re.findall(r"\(([A-Z]{2,})\)", record["publisher"] or "")
        for prefix, noun in itertools.product(prefixes, _KINDS.get(record["kind"] or "", ())):
            self._by_key[name_key(f"{prefix} {noun}")].add(id_)
        for name in (file, file.rpartition(".")[0], *prefixes[len(prefixes) and prefixes[0] == year :]):
            if name:
                self._by_key[name_key(name)].add(id_)

    def _add_places(self, names: Mapping[str, tuple[str, ...]], relations: Relations) -> None:
        for event, places in relations.places.items():
            years = sorted({d[:4] for d in relations.dates.get(event, ())})
            for name in {n for place in places for n in names.get(place, ())}:
                for key in _place_names(name_key(name), years):
                    self._by_key[key].add(event)

    def _add_adoptions(
        self,
        records: Mapping[str, Mapping[str, Any]],
        names: Mapping[str, tuple[str, ...]],
        relations: Relations,
    ) -> None:
        """The dialogue that adopted an instrument and the document that holds its text go by its names."""
        titles: dict[Key, str] = {}
        for id_, record in records.items():
            if "Document" in record["types"]:
                titles[name_key(record["name"])] = id_
        instruments = [i for i, record in records.items() if "Instrument" in record["types"]]
        adopters: dict[str, list[str]] = defaultdict(list)
        for dialogue, adopted in relations.adopted.items():
            for instrument in adopted:
                adopters[instrument].append(dialogue)
        for instrument in instruments:
            known = {name_key(n) for n in (*names[instrument], *relations.spellings.get(instrument, ()))}
            meant = [*adopters[instrument], *(titles[k] for k in known if k in titles)]
            for key, id_ in itertools.product(known, meant):
                self._by_key[key].add(id_)


def _demonyms_of(code: str) -> list[Key]:
    return [demonym for demonym, state in load_lexicon().demonyms.items() if state == code]


def _place_names(place: Key, years: Iterable[str]) -> Iterator[Key]:
    """`castries`, `castries dialogue`, `2023 castries dialogue`, `dialogue in castries`."""
    yield place
    for noun in _MEETING:
        yield (*place, noun)
        yield (noun, "in", *place)
        for year in years:
            yield (year, *place, noun)
