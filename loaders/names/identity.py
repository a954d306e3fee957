"""Which names of a document mean one thing, and whether the register, a new entity or a candidate is meant.

A name goes to the register's entity only where nothing but a country, an article or a spelling sets it apart.
Another new name is real where its form ties it to a known country or its title to a known office, else it is
a candidate with the type and the reason that a curator reads.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from rapidfuzz import fuzz, process

from graph.records import Entity, Value, fold, slug, text_hash
from loaders.names.forms import Found
from loaders.names.lexicon import lexicon
from loaders.names.owned import state_of, with_country
from loaders.names.people import IN_OFFICE
from loaders.names.vessels import VESSEL, vessel_name
from loaders.register import Register
from loaders.spellings import spellings
from schema.model import Schema

BODY_OF_COUNTRY = "mention/body-of-country@1"
VARIANT = "mention/variant@1"
NEXT_OF_SERIES = "mention/next-of-series@1"

_LIKE = 88.0
_HEAD_FIRST = re.compile(r"(?:ministry|department|office|bureau|directorate) (?:of|for)\b")
_OPTIONAL_LEADS = ("caribbean ", "caricom ", "us ", "united states ")
_OF_OR_IN = re.compile(r" (?=(?:of|in|on|for) )")
_PERSON = "Person"
CANDIDATE = "Candidate"
_UNNAMED = frozenset(("Document", "Topic", "Commitment", "Observation", "Candidate"))


@dataclass(slots=True)
class Cluster:
    """The names of a document that mean one thing: its entity's id where the register has it."""

    name: str
    found: list[Found]
    entity: str | None = None
    acronyms: list[str] = field(default_factory=list)

    @property
    def type(self) -> str:
        return self.found[0].type


@dataclass(frozen=True, slots=True)
class RegisterIndex:
    """Names of a register as they are compared: by key, and with their words sorted for likeness.

    `words` are all words in the names of its bodies, `people` its persons by surname; `surnames` are those
    surnames that are names by themselves there; `topics` are its topics by their folded names.
    """

    register: Register
    by_key: Mapping[str, frozenset[str]]
    sorted_names: Sequence[str]
    owners: Sequence[str]
    words: frozenset[str]
    people: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    surnames: Mapping[str, frozenset[str]]
    topics: Mapping[str, str]


# By the identity of their register, which each keeps alive: an index costs more than a document.
_KEPT: dict[int, RegisterIndex] = {}
_MOST_KEPT = 8


def index_for(register: Register) -> RegisterIndex:
    """The index of a register, kept for the next call."""
    if id(register) not in _KEPT:
        if len(_KEPT) >= _MOST_KEPT:
            _KEPT.clear()
        _KEPT[id(register)] = _index(register)
    return _KEPT[id(register)]


def _index(register: Register) -> RegisterIndex:
    by_key: dict[str, set[str]] = defaultdict(set)
    people: dict[str, set[tuple[tuple[str, ...], str]]] = defaultdict(set)
    surnames: dict[str, set[str]] = defaultdict(set)
    words: set[str] = set()
    names: dict[str, str] = {}
    topics: dict[str, str] = {}
    for name in register.names:
        kind = register.entities[name.entity].type
        if "Topic" in register.entities[name.entity].types:
            topics[fold(name.text)] = name.entity
        if kind in _UNNAMED:
            continue
        if kind == _PERSON:
            parts = tuple(fold(name.text).split())
            if len(parts) > 1:
                people[parts[-1]].add((parts, name.entity))
            elif parts:
                surnames[parts[0]].add(name.entity)
            continue
        by_key[key(name.text)].add(name.entity)
        if kind not in ("Country", "Place"):
            words.update(fold(name.text).split())
            names.setdefault(_sorted_words(name.text), name.entity)
    places = (n for n in register.names if register.entities[n.entity].type in ("Country", "Place"))
    words -= {word for n in places for word in fold(n.text).split()}
    ordered = sorted(names)
    return RegisterIndex(
        register,
        {k: frozenset(v) for k, v in by_key.items()},
        ordered,
        [names[n] for n in ordered],
        frozenset(words),
        {k: tuple(sorted(v)) for k, v in people.items()},
        {k: frozenset(v) for k, v in surnames.items()},
        topics,
    )


@lru_cache(maxsize=1 << 14)
def key(name: str) -> str:
    """Form of a name under which its spellings are one: without article, case and punctuation."""
    return min(fold(spelling) for spelling in spellings(" ".join(name.split())))


def _sorted_words(name: str) -> str:
    return " ".join(sorted(set(fold(name).split())))


# --- clusters -------------------------------------------------------------------------------------------


def clusters(
    text: str,
    found: Iterable[Found],
    known: Mapping[str, str],
    index: RegisterIndex,
    barred: Collection[str] = (),
) -> list[Cluster]:
    """The names of a document by what they mean; `known` are keys of the register's names in it.

    `barred` are ids that no name of the document means.
    """
    keys = {name: " ".join(text[name.start : name.end].split()) for name in found}
    bodies = _Bodies(known, index, barred)
    people = _People(known, index)
    for name, words in keys.items():
        if name.country is not None:
            bodies.countries[key(words)].add(name.country)
    for name, words in sorted(keys.items(), key=lambda item: (-len(item[1].split()), item[0].start)):
        if name.type == _PERSON:
            people.add(words, name)
        else:
            bodies.add(words, name)
    made = [*bodies.clusters.values(), *(c for same in people.clusters.values() for _, c in same)]
    return sorted(made, key=lambda c: min(f.start for f in c.found))


class _Bodies:
    """The names of a document that are no persons', gathered one by one, the longest first.

    Ministries of two countries bear one name; `countries` are those that each name is found with.
    """

    def __init__(self, known: Mapping[str, str], index: RegisterIndex, barred: Collection[str]) -> None:
        self.clusters: dict[tuple[str, str | None], Cluster] = {}
        self._barred = barred
        self.countries: dict[str, set[str]] = defaultdict(set)
        self._index = index
        self._countries = sorted(
            {c for e in known.values() if (c := state_of(index.register.entities.get(e)))}
        )
        # Of the register's names in the document, by what they end with.
        self._tails: dict[str, set[str]] = defaultdict(set)
        for words, entity in known.items():
            for tail in _tails(words):
                self._tails[tail].add(entity)
        # By head, type and a name that they end with or begin with before a country.
        self._longest: dict[tuple[str, str, str], list[Cluster]] = defaultdict(list)

    def add(self, words: str, name: Found) -> None:
        own = key(vessel_name(words) if name.head == VESSEL else words)
        countries = self.countries.get(own, set())
        country = next(iter(countries)) if name.country is None and len(countries) == 1 else name.country
        cluster = self.clusters.get((own, country)) or self._longer(own, name)
        if cluster is None:
            tails = frozenset(self._tails.get(own, ())) if " " in own else frozenset[str]()
            registered = _registered(own, name, tails, self._index)
            if registered in self._barred:
                registered = None
            abroad = [country for country in self._countries if country != "country/us"]
            whole = len(abroad) == 1 and words.lower() in lexicon().lists["whole"]
            if registered is None and (name.short or whole):
                registered = _of_a_state(own, self._countries, self._index)
            cluster = Cluster(words, [], registered)
            self.clusters[own, country] = cluster
            for shorter in dict.fromkeys((*_tails(own), *_before_country(own))):
                self._longest[name.head, name.type, shorter].append(cluster)
        cluster.found.append(name)

    def _longer(self, own: str, name: Found) -> Cluster | None:
        """The one longer name that a name ends, with its head, or begins before a country."""
        if " " not in own:
            return None
        fits = (
            cluster
            for cluster in self._longest.get((name.head, name.type, own), ())
            if name.country is None or cluster.found[0].country in (None, name.country)
        )
        found = list(islice(fits, 2))
        return found[0] if len(found) == 1 else None


def _tails(words: str) -> list[str]:
    """What a name ends with: the words behind each of its spaces."""
    return [words[at + 1 :] for at, letter in enumerate(words) if letter == " "]


def _before_country(words: str) -> list[str]:
    """What a name begins with before each `of` and `in`."""
    return [words[: match.start()] for match in _OF_OR_IN.finditer(words)]


def _registered(own: str, name: Found, tails: frozenset[str], index: RegisterIndex) -> str | None:
    """Id of the register's entity that a name certainly means; `tails` are those in the text that end so."""
    same = _only(index.by_key.get(own, frozenset()), name, index)
    if same is not None:
        return same
    for lead in _OPTIONAL_LEADS:
        if own.startswith(lead) and len(own.split()) > 3:
            short = _only(index.by_key.get(own.removeprefix(lead), frozenset()), name, index)
            if short is not None and _is_of(short, lead, index):
                return short
    if name.type == "Place":
        return _only(index.by_key.get(f"state of {own}", frozenset()), name, index)
    if name.country is not None and name.type in ("Agency", "Unit"):
        for form in with_country(own, index.register.entities[name.country]):
            same = _only(index.by_key.get(form, frozenset()), name, index)
            if same is not None:
                return same
    if own.startswith("embassy ") and not own.startswith(("embassy of ", "embassy in ")):
        # Without a preposition only the United States name theirs so.
        return _only(index.by_key.get(key(f"US {own}"), frozenset()), name, index)
    return _only(tails, name, index) if name.head in own.split()[-1:] else None


def _of_a_state(own: str, countries: Sequence[str], index: RegisterIndex) -> str | None:
    """Id of the one body of these states that a name means without its state: `the National Army`."""
    entities = index.register.entities
    found = {
        id_
        for country in countries
        if country in entities
        for form in with_country(own, entities[country])
        for id_ in index.by_key.get(form, ())
        if entities[id_].type == "Agency" and state_of(entities[id_]) == country
    }
    return next(iter(found)) if len(found) == 1 else None


def _is_of(entity: str, lead: str, index: RegisterIndex) -> bool:
    """Whether the word that a name has before the register's is one that goes without saying."""
    found = index.register.entities[entity]
    american = lead in ("us ", "united states ")
    return (
        (found.properties.get("country") == "country/us") if american else ("country" not in found.properties)
    )


def _only(entities: frozenset[str], name: Found, index: RegisterIndex) -> str | None:
    """The one entity of a type that can be the name's, in the country of the name if it has one."""
    own = {
        e
        for e in entities
        if _family(index.register.entities[e].types) & _family((name.type,))
        and name.country in (None, index.register.entities[e].properties.get("country"))
    }
    return next(iter(own)) if len(own) == 1 else None


def _family(types: Iterable[str]) -> set[str]:
    bodies = ("Agency", "IntergovernmentalOrganization", "Unit", "OtherOrganization", "Program", "Operation")
    return {"body" if t in bodies else t for t in types}


# --- persons --------------------------------------------------------------------------------------------


class _People:
    """The persons of a document by surname, gathered one by one, the longest names first."""

    def __init__(self, known: Mapping[str, str], index: RegisterIndex) -> None:
        self.clusters: dict[str, list[tuple[tuple[str, ...], Cluster]]] = defaultdict(list)
        self._index = index
        self._present: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        entities = index.register.entities
        for words, entity in known.items():
            if " " in words and entity in entities and entities[entity].type == _PERSON:
                self._present[words.split()[-1]].append((tuple(words.split()), entity))

    def add(self, words: str, name: Found) -> None:
        """Put a person with the one of the same name, a surname alone with its only bearer in the text."""
        parts = tuple(fold(words).split()) or (words,)
        surname = parts[-1]
        fits = [cluster for other, cluster in self.clusters[surname] if same_person(parts, other)]
        named = {entity for other, entity in self._present[surname] if same_person(parts, other)}
        if len(fits) == 1 and named <= {fits[0].entity}:
            fits[0].found.append(name)
            return
        if len(parts) == 1 and not named and not fits:
            named = set(self._index.surnames.get(surname, ()))
        if len(parts) > 1:
            others = self._index.people.get(surname, ())
            named |= {entity for other, entity in others if same_person(parts, other)}
        registered = next(iter(named)) if len(named) == 1 and not fits else None
        self.clusters[surname].append((parts, Cluster(words, [name], registered)))


def same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names in folded words can be one person's.

    Surname and first name agree and middle names do not clash; a surname alone agrees with all that end so.
    """
    if not one or not other or one[-1] != other[-1]:
        return False
    if len(one) == 1 or len(other) == 1:
        return True
    first, second = one[0], other[0]
    if first != second and not (1 in (len(first), len(second)) and first[0] == second[0]):
        return False
    middle, others = one[1:-1], other[1:-1]
    return not middle or not others or middle[0][0] == others[0][0]


# --- entities -------------------------------------------------------------------------------------------


def entity_for(cluster: Cluster, index: RegisterIndex, schema: Schema) -> tuple[Entity, str | None]:
    """The entity of a cluster that the register does not have, and the rule that made it real, if one did."""
    register = index.register
    best = max(
        cluster.found, key=lambda f: (f.office is not None, f.body and f.country is not None, -f.start)
    )
    if cluster.type == _PERSON and best.office is not None:
        id_ = f"{schema.types[_PERSON].prefix}/{_slug(cluster.name)}"
        if id_ not in register.entities and " " in cluster.name:
            return Entity(id_, (_PERSON,), cluster.name), IN_OFFICE
    country = best.country
    if best.body and country is not None and cluster.type in ("Agency", "Unit"):
        id_ = _body_id(schema.types[cluster.type].prefix, cluster.name, register.entities[country])
        if id_ not in register.entities:
            own: dict[str, Value] = {"country": country}
            acronyms = tuple(cluster.acronyms)
            return Entity(id_, (cluster.type,), cluster.name, acronyms, acronyms, own), BODY_OF_COUNTRY
    identity = next((name.identity for name in cluster.found if name.identity is not None), None)
    if identity is not None and identity not in register.entities:
        return Entity(identity, (cluster.type,), cluster.name), NEXT_OF_SERIES
    properties: dict[str, Value] = {"proposedType": cluster.type, "reason": _reason(cluster, index)}
    acronyms = tuple(cluster.acronyms)
    id_ = f"{schema.types[CANDIDATE].prefix}/{_slug(cluster.name)}"
    return Entity(id_, (CANDIDATE,), cluster.name, acronyms, acronyms, properties), None


def _body_id(prefix: str, name: str, country: Entity) -> str:
    """`agency/ministry-of-reefs-of-tidelandia`, however the country stands in the name or beside it."""
    own = fold(name)
    owners = sorted({fold(n) for n in (country.name, *country.aliases)}, key=len, reverse=True)
    short = own
    for owner in owners:
        short = short.removeprefix(f"{owner} ").removesuffix(f" of {owner}").removesuffix(f" of the {owner}")
    if _HEAD_FIRST.match(short) or not any(re.search(rf"\b{re.escape(owner)}\b", own) for owner in owners):
        return f"{prefix}/{_slug(short)}-of-{_slug(fold(country.name))}"
    return f"{prefix}/{_slug(own)}"


def _slug(name: str) -> str:
    """The slug of a name; of one without plain letters a part of its hash."""
    return slug(name) or text_hash(name)[:12]


def _reason(cluster: Cluster, index: RegisterIndex) -> str:
    reason = cluster.found[0].reason
    if cluster.type in (_PERSON, "Place") or not index.sorted_names:
        return reason
    like = process.extractOne(
        _sorted_words(cluster.name), index.sorted_names, scorer=fuzz.ratio, score_cutoff=_LIKE
    )
    return reason if like is None else f"{reason}; like {index.owners[like[2]]}"
