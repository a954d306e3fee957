"""Extraction alone beside the curated facts: how much of them it finds, and how much of its finds is right.

Only documents that have curated facts and whose text was read are compared, each for itself. A curated
statement counts once for each document that it rests on; it counts as found if subject, predicate and object
(or canonical value) are the same, whatever the qualifiers, which are compared apart. Commitments,
observations and what a text only describes have ids of their own on both sides: a commitment is known by
its number, an observation by its value and the clause that reports it, something described (`the meeting`)
by what both sides say of it in the same clause.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from graph.records import ACCEPTED, CANDIDATE, Entity, Evidence, Statement, Value
from loaders.described import described_only
from loaders.extract import Extraction
from loaders.facts import OWN_TYPES, CuratedFacts
from loaders.quantities import EXACT

# Summaries are in the curator's own words, the others the program derives.
OUTSIDE = ("DESCRIBED_AS", "MENTIONS", "PRECEDES")

# What a curator writes in words of his own, and by what the two sides were found to be the same.
_NOT_COMPARED = frozenset({"summary", "pillar", "scope", "number", "value"})
# A figure without a word of rounding is exact.
_DEFAULTS = {"rounding": EXACT}

_Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a document says by one of the two sides, with the place of its first clause.

    What has ids of its own on both sides bears the curated one. `doubtful`: the other side has it as a
    candidate only.
    """

    document: str
    subject: str
    predicate: str
    target: str
    start: int
    end: int
    rules: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one predicate or of all: curated and found of these, extracted and right of these."""

    curated: int
    found: int
    extracted: int
    right: int

    @property
    def recall(self) -> float | None:
        """Part of the curated that was found; None where nothing is curated."""
        return self.found / self.curated if self.curated else None

    @property
    def precision(self) -> float | None:
        """Part of the extracted that is curated; None where nothing was extracted."""
        return self.right / self.extracted if self.extracted else None


@dataclass(frozen=True, slots=True)
class Deviation:
    """A qualifier of a found statement, or a property of an entity of the document, that is not the same."""

    document: str
    about: str
    name: str
    curated: str | None
    extracted: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`scores` by predicate, sorted; `missed` and `new` in the order of documents and texts."""

    documents: tuple[str, ...]
    scores: Mapping[str, Score]
    missed: tuple[Claim, ...]
    new: tuple[Claim, ...]
    deviations: tuple[Deviation, ...]
    qualifiers_compared: int

    @property
    def total(self) -> Score:
        """All predicates together."""
        scores = self.scores.values()
        return Score(
            sum(s.curated for s in scores),
            sum(s.found for s in scores),
            sum(s.extracted for s in scores),
            sum(s.right for s in scores),
        )


def compare(facts: CuratedFacts, extractions: Iterable[Extraction]) -> Comparison:
    """Compare each extraction of a document that has curated facts with them."""
    curated: dict[str, list[Statement]] = defaultdict(list)
    for statement in facts.statements:
        for document in statement.documents:
            curated[document].append(statement)
    sides = [
        _Sides(e, curated[e.document], facts.entities)
        for e in sorted(extractions, key=lambda e: e.document)
        if e.document in curated
    ]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for side in sides:
        side.count(counts)
    names = ("curated", "found", "extracted", "right")
    return Comparison(
        tuple(side.document for side in sides),
        {p: Score(**{name: counts[p][name] for name in names}) for p in sorted(counts)},
        tuple(claim for side in sides for claim in side.missed()),
        tuple(claim for side in sides for claim in side.new()),
        tuple(deviation for side in sides for deviation in side.deviations()),
        sum(side.qualifiers_compared() for side in sides),
    )


class _Sides:
    """The two sides of one document under the same ids, by triple."""

    def __init__(
        self, extraction: Extraction, curated: Sequence[Statement], entities: Mapping[str, Entity]
    ) -> None:
        self.document = extraction.document
        self.own = _pairs(extraction, curated, entities, self.document)
        self.pairs = {**self.own, **_described_pairs(extraction, curated, self.own)}
        self.made = {e.id: e for e in extraction.entities}
        self.entities = entities
        self.curated = self._by_triple(curated, {})
        self.extracted = self._by_triple(extraction.statements, self.pairs)

    def _by_triple(
        self, statements: Iterable[Statement], same: Mapping[str, str]
    ) -> dict[_Triple, list[Statement]]:
        found: dict[_Triple, list[Statement]] = defaultdict(list)
        for s in statements:
            if s.predicate not in OUTSIDE:
                target = s.object or s.value or ""
                found[same.get(s.subject, s.subject), s.predicate, same.get(target, target)].append(s)
        return found

    def count(self, counts: dict[str, Counter[str]]) -> None:
        """Add the counts of this document by predicate."""
        for triple in self.curated.keys() | self.extracted.keys():
            said, found = (_accepted(side.get(triple, ())) for side in (self.curated, self.extracted))
            count = counts[triple[1]]
            count["curated"] += said
            count["found"] += said and found
            count["extracted"] += found
            count["right"] += said and found

    def missed(self) -> list[Claim]:
        """What is curated and not found, in the order of the text."""
        return self._beyond(self.curated, self.extracted)

    def new(self) -> list[Claim]:
        """What is extracted and not curated, in the order of the text."""
        return self._beyond(self.extracted, self.curated)

    def _beyond(
        self, one: Mapping[_Triple, Sequence[Statement]], other: Mapping[_Triple, Sequence[Statement]]
    ) -> list[Claim]:
        claims = []
        for triple, statements in one.items():
            if not _accepted(statements) or _accepted(other.get(triple, ())):
                continue
            places = [e for s in statements if s.status == ACCEPTED for e in self._evidence(s)]
            first = min(places, key=lambda e: (e.start, e.end))
            doubtful = any(s.status == CANDIDATE for s in other.get(triple, ()))
            rules = tuple(sorted({e.rule for e in places}))
            claims.append(Claim(self.document, *triple, first.start, first.end, rules, doubtful))
        return sorted(claims, key=lambda c: (c.start, c.end, c.predicate, c.subject, c.target))

    def _evidence(self, statement: Statement) -> list[Evidence]:
        return [e for e in statement.evidence if e.document == self.document]

    def _found(self) -> list[tuple[_Triple, Sequence[Statement], Sequence[Statement]]]:
        return [
            (triple, _only_accepted(said), _only_accepted(self.extracted[triple]))
            for triple, said in sorted(self.curated.items())
            if _accepted(said) and _accepted(self.extracted.get(triple, ()))
        ]

    def qualifiers_compared(self) -> int:
        """How many qualifiers and properties were compared."""
        return sum(len(_names(mine, theirs)) for _, mine, theirs in self._compared())

    def deviations(self) -> list[Deviation]:
        """Qualifiers and properties that are not the same on both sides."""
        return [
            Deviation(self.document, about, name, mine.get(name), theirs.get(name))
            for about, mine, theirs in self._compared()
            for name in _names(mine, theirs)
            if mine.get(name) != theirs.get(name)
        ]

    def _compared(self) -> list[tuple[str, Mapping[str, str], Mapping[str, str]]]:
        compared: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = []
        for triple, said, found in self._found():
            mine, theirs = _nearest(said, found)
            compared.append((" ".join(triple), mine.qualifiers, theirs.qualifiers))
        for theirs_id, mine_id in sorted(self.own.items(), key=lambda pair: pair[1]):
            properties = (self.entities[mine_id].properties, self.made[theirs_id].properties)
            mine_texts, their_texts = ({**_DEFAULTS, **_texts(p)} for p in properties)
            compared.append((mine_id, mine_texts, their_texts))
        return compared


def _accepted(statements: Iterable[Statement]) -> bool:
    return any(s.status == ACCEPTED for s in statements)


def _only_accepted(statements: Iterable[Statement]) -> list[Statement]:
    return [s for s in statements if s.status == ACCEPTED]


def _names(mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    return sorted((mine.keys() | theirs.keys()) - _NOT_COMPARED)


def _nearest(said: Sequence[Statement], found: Sequence[Statement]) -> tuple[Statement, Statement]:
    """The two of both sides whose qualifiers have most in common."""
    return max(
        ((mine, theirs) for mine in said for theirs in found),
        key=lambda pair: len(pair[0].qualifiers.items() & pair[1].qualifiers.items()),
    )


# --- the same commitment, the same observation, the same meeting --------------------------------------------


def _pairs(
    extraction: Extraction, curated: Iterable[Statement], entities: Mapping[str, Entity], document: str
) -> dict[str, str]:
    """Curated ids of commitments and observations by the ids that the extraction gave them."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for statement in curated:
        for id_ in (statement.subject, statement.object):
            if id_ is not None and id_ in entities:
                spans[id_] += [(e.start, e.end) for e in statement.evidence if e.document == document]
    numbers = {e.properties.get("number"): id_ for id_, e in entities.items() if id_ in spans}
    pairs: dict[str, str] = {}
    for entity in extraction.entities:
        mine = numbers.get(entity.properties.get("number")) if entity.type == "Commitment" else None
        if mine is not None and mine not in pairs.values():
            pairs[entity.id] = mine
    for figure in extraction.figures:
        value = _number(figure.entity)
        for mine in sorted(spans.keys() - set(pairs.values())):
            overlaps = any(_overlap((figure.start, figure.end), span) for span in spans[mine])
            if value is not None and value == _number(entities[mine]) and overlaps:
                pairs[figure.entity.id] = mine
                break
    return pairs


def _described_pairs(
    extraction: Extraction, curated: Iterable[Statement], own: Mapping[str, str]
) -> dict[str, str]:
    """Curated ids of what the text describes, by the ids that the extraction gave them.

    The two are the same if both sides say the same of them in the same clause, and the extraction does not
    say it of the curated one as well; the curated one of which most is said so, and each once.
    """
    document = extraction.document
    others = (e.id for e in extraction.entities if e.type not in OWN_TYPES)
    described = [id_ for id_ in others if described_only(document, id_)]
    said, named = _sayings(curated, document, {}), _sayings(extraction.statements, document, own)
    shared: Counter[tuple[str, str]] = Counter()
    for theirs in described:
        claims = named.get(theirs, {})
        for mine in said.keys() - {theirs}:
            known = named.get(mine, {})
            shared[theirs, mine] = sum(
                any(_overlap(one, other) for one in places for other in said[mine][claim])
                for claim, places in claims.items()
                if claim in said[mine] and claim not in known
            )
    pairs: dict[str, str] = {}
    for (theirs, mine), count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if count and theirs not in pairs and mine not in pairs.values():
            pairs[theirs] = mine
    return pairs


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


# What is said of an entity: the predicate and the other end, and whether the entity is the subject.
_Saying = tuple[str, str, bool]


def _sayings(
    statements: Iterable[Statement], document: str, same: Mapping[str, str]
) -> dict[str, dict[_Saying, list[tuple[int, int]]]]:
    """What is said of each entity in a document, with the clauses."""
    found: dict[str, dict[_Saying, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    for s in statements:
        if s.predicate in OUTSIDE:
            continue
        places = [(e.start, e.end) for e in s.evidence if e.document == document]
        subject, target = same.get(s.subject, s.subject), s.object or s.value or ""
        target = same.get(target, target)
        found[subject][s.predicate, target, True] += places
        found[target][s.predicate, subject, False] += places
    return found


def _number(entity: Entity) -> Decimal | None:
    value = entity.properties.get("value")
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _texts(properties: Mapping[str, Value]) -> dict[str, str]:
    return {k: ", ".join(v) if isinstance(v, tuple) else str(v) for k, v in properties.items()}
