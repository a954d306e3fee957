"""How well documents are read: what `carisec extract` prints, against a gold made by hand.

`python -m tests.reading_scores [FOLDER]` prints the scores and the worst misses. FOLDER, by default
`tests/reading`, holds the documents in `docs` and a gold for each in `gold`; `tests/reading/README.md` says
what the gold means. What a gold file has beyond that is passed over.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.records import ACCEPTED, fold
from loaders.extract import extract, extraction_json
from loaders.register import Register, read_register
from loaders.spellings import spellings
from loaders.text import SourceText, read_documents
from schema.errors import DataError
from schema.model import Schema, load_schema

FOLDER = Path(__file__).resolve().parent / "reading"
MEASURES = MENTIONS, STATEMENTS, EVIDENCE, OBSERVATIONS = (
    "mentions",
    "statements",
    "evidence",
    "observations",
)

_ORDINALS = (
    ("first", "1st", "inaugural"), ("second", "2nd"), ("third", "3rd"), ("fourth", "4th"), ("fifth", "5th"),
    ("sixth", "6th"), ("seventh", "7th"), ("eighth", "8th"), ("ninth", "9th"), ("tenth", "10th"),
    ("eleventh", "11th"), ("twelfth", "12th"),
)  # fmt: skip
_ORDINAL = {other: words[0] for words in _ORDINALS for other in words}
_SAYS_NOTHING = ("the", "annual")
_SYMMETRIC = ("COOPERATES_WITH",)
# Figures are rounded differently in words and in digits.
_TOLERANCE = 0.005
_WORST = 12

Span = tuple[int, int]
Triple = tuple[str, str, str]
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one measure: how much of what the reader told is right, how much of the gold it found.

    The two differ where it tells one place of the gold twice. `wrong` and `missed` name the others.
    """

    right: int = 0
    found: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        told = self.right + len(self.wrong)
        return self.right / told if told else 1.0

    @property
    def recall(self) -> float:
        wanted = self.found + len(self.missed)
        return self.found / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        counts = f"{len(self.wrong)} wrong, {len(self.missed)} missed, {self.found} found"
        return f"P {self.precision:6.2%}  R {self.recall:6.2%}  F1 {self.f1:6.2%}  ({counts})"

    def worst(self) -> str:
        """The commonest faults, a line each."""
        return "\n".join(
            f"  {kind} {count} x {what}"
            for kind, every in (("wrong", self.wrong), ("missed", self.missed))
            for what, count in Counter(every).most_common(_WORST)
        )


def total(scores: Iterable[Score]) -> Score:
    """All counts together."""
    every = list(scores)
    return Score(
        sum(s.right for s in every),
        sum(s.found for s in every),
        tuple(what for s in every for what in s.wrong),
        tuple(what for s in every for what in s.missed),
    )


# --- the gold -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """Something that a document names. `mentions` count, `optional` are places that may be told or not."""

    key: str
    label: str
    us_agency: bool
    names: frozenset[str]
    mentions: tuple[Span, ...]
    optional: tuple[Span, ...]

    def bears(self, name: str) -> bool:
        """Whether this is one of its names, whatever the spelling."""
        plain = _plain(name)
        return plain in self.names or (self.us_agency and plain.removeprefix("us ") in self.names)


@dataclass(frozen=True, slots=True)
class GoldFigure:
    value: float
    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Gold:
    """The gold of one document; `statements` has for each triple the sentences that say it."""

    entities: tuple[GoldEntity, ...]
    ignored: tuple[Span, ...]
    statements: Mapping[Triple, tuple[Span, ...]]
    optional: frozenset[Triple]
    figures: tuple[GoldFigure, ...]
    optional_figures: tuple[GoldFigure, ...]

    def label(self, triple: Triple) -> str:
        labels = {entity.key: entity.label for entity in self.entities}
        return f"{triple[1]}: {labels[triple[0]]} -> {labels[triple[2]]}"

    def places(self) -> Iterator[tuple[GoldEntity, Span, bool]]:
        """Every mention with its entity and whether it counts."""
        for entity in self.entities:
            yield from ((entity, span, True) for span in entity.mentions)
            yield from ((entity, span, False) for span in entity.optional)


def read_gold(folder: Path) -> dict[str, Gold]:
    """The golds of a folder by the stem of their document."""
    paths = sorted((folder / "gold").glob("*.json"))
    return {path.stem: gold_of(json.loads(path.read_text("utf-8"))) for path in paths}


def gold_of(record: Record) -> Gold:
    """The gold that a file holds."""
    return Gold(
        tuple(_entity(one) for one in record["entities"]),
        _spans(record.get("ignore")),
        {_triple(one): _spans([one["span"], *one.get("also", [])]) for one in record["statements"]},
        frozenset(_triple(one) for one in record.get("optional", [])),
        tuple(_figure(one) for one in record["observations"]),
        tuple(_figure(one) for one in record.get("optional_observations", [])),
    )


def _entity(record: Record) -> GoldEntity:
    names = [*record["names"], *record.get("short_names", [])]
    plain = {_plain(spelling) for name in names for spelling in spellings(name)}
    agency = record["type"] == "Agency"
    if agency:
        plain |= {name.removeprefix("us ") for name in plain}
    return GoldEntity(
        record["key"],
        record["names"][0],
        agency,
        frozenset(plain),
        _spans(record.get("mentions")),
        _spans(record.get("optional_mentions")),
    )


def _triple(record: Record) -> Triple:
    return record["subject"], record["predicate"], record["object"]


def _figure(record: Record) -> GoldFigure:
    start, end = record["span"]
    return GoldFigure(float(record["value"]), (start, end), f"{record['value']} {record.get('unit', '')}")


def _spans(pairs: Sequence[Sequence[int]] | None) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs or ())


def _plain(name: str) -> str:
    words = (_ORDINAL.get(word, word) for word in fold(name).split())
    return " ".join(word for word in words if word not in _SAYS_NOTHING)


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _place(record: Record) -> Span:
    return record["start"], record["end"]


# --- the measures ---------------------------------------------------------------------------------------


def score(gold: Gold, record: Record) -> dict[str, Score]:
    """The scores of one document by measure; `record` is what `extraction_json` gives for it.

    Of EVIDENCE the precision counts: how many of the statements found point into a sentence that says them.
    """
    statements, evidence = score_statements(gold, record)
    return {
        MENTIONS: score_mentions(gold, record),
        STATEMENTS: statements,
        EVIDENCE: evidence,
        OBSERVATIONS: score_figures(gold, record),
    }


def score_mentions(gold: Gold, record: Record) -> Score:
    """A mention is right where it overlaps one of the gold and bears a name of its entity.

    Doubtful places and names inside a longer name do not count.
    """
    places = list(gold.places())
    right, wrong = 0, []
    found: set[tuple[str, Span]] = set()
    for mention in record["mentions"]:
        span = _place(mention)
        touched = [place for place in places if _shared(span, place[1])]
        same = [place for place in touched if place[0].bears(mention["name"])]
        hits = {(entity.key, place) for entity, place, counts in same if counts}
        right += bool(hits)
        found |= hits
        doubtful = any(not counts or _within(span, place) for _, place, counts in touched)
        if not same and not doubtful and not any(_shared(span, place) for place in gold.ignored):
            wrong.append(f"{mention['type']}: {mention['name']}")
    missed = (e.label for e, place, counts in places if counts and (e.key, place) not in found)
    return Score(right, len(found), tuple(wrong), tuple(missed))


def _within(span: Span, longer: Span) -> bool:
    return longer[0] <= span[0] and span[1] <= longer[1] and span != longer


def score_statements(gold: Gold, record: Record) -> tuple[Score, Score]:
    """The accepted statements, each triple once; and the evidence of those that are right."""
    stands_for = _stands_for(gold, record)
    found: dict[Triple, list[Span]] = {}
    wrong: dict[frozenset[str] | Triple, str] = {}
    for told in record["statements"]:
        if told["status"] != ACCEPTED:
            continue
        subject, predicate, target = told["subject"], told["predicate"], told["object"]
        meant = {(a, predicate, b) for a in stands_for[subject["id"]] for b in stands_for[target["id"]]}
        if predicate in _SYMMETRIC:
            meant |= {(b, predicate, a) for a, _, b in meant}
        if right := sorted(meant & gold.statements.keys(), key=lambda triple: (triple in found, triple)):
            found.setdefault(right[0], []).append(_place(told["evidence"]))
        elif not meant & gold.optional:
            pair = (subject["id"], predicate, target["id"])
            key = frozenset(pair) if predicate in _SYMMETRIC else pair
            wrong.setdefault(key, f"{predicate}: {subject['name']} -> {target['name']}")
    missed = tuple(gold.label(triple) for triple in gold.statements if triple not in found)
    astray = tuple(
        gold.label(triple)
        for triple, told in found.items()
        if not any(_shared(span, said) for span in told for said in gold.statements[triple])
    )
    placed = len(found) - len(astray)
    return Score(len(found), len(found), tuple(wrong.values()), missed), Score(placed, placed, astray)


def _stands_for(gold: Gold, record: Record) -> dict[str, set[str]]:
    """By id of what the reader told, the gold entities that bear its name or stand in its places."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for mention in record["mentions"]:
        spans[mention["entity"]].append(_place(mention))
    ends = (end for told in record["statements"] for end in (told["subject"], told["object"]))
    names = {end["id"]: end["name"] for end in ends}
    return {
        key: {
            entity.key
            for entity in gold.entities
            if entity.bears(name)
            or any(_alike(s, t) for s in spans[key] for t in (*entity.mentions, *entity.optional))
        }
        for key, name in names.items()
    }


def _alike(one: Span, other: Span) -> bool:
    """Whether half or more of the stretch from the first beginning to the last end is common to both."""
    return 2 * _shared(one, other) >= max(one[1], other[1]) - min(one[0], other[0])


def score_figures(gold: Gold, record: Record) -> Score:
    """Observations: the same value in a sentence that overlaps. A figure told twice counts once."""
    found: set[int] = set()
    wrong = []
    for told in record["observations"]:
        fits = [n for n, figure in enumerate(gold.figures) if _same_figure(told, figure)]
        new = [n for n in fits if n not in found]
        found.update(new[:1])
        if not fits and not any(_same_figure(told, figure) for figure in gold.optional_figures):
            wrong.append(f"{told['value']} {told['unit']}")
    missed = (figure.label for n, figure in enumerate(gold.figures) if n not in found)
    return Score(len(found), len(found), tuple(wrong), tuple(missed))


def _same_figure(told: Record, figure: GoldFigure) -> bool:
    near = abs(told["value"] - figure.value) <= _TOLERANCE * abs(figure.value)
    return near and _shared(_place(told), figure.span) > 0


# --- the documents --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document of the set, what was read in it, and its gold."""

    source: SourceText
    record: Record
    gold: Gold


def read_set(folder: Path, register: Register, schema: Schema) -> dict[str, ReadDocument]:
    """All documents of a set by their stem. Raises DataError for one that cannot be read."""
    documents = read_documents([folder / "docs"], register)
    if documents.faults:
        raise DataError(documents.faults)
    golds = read_gold(folder)
    read = {}
    for source in documents.sources:
        record = extraction_json(extract(source, register, schema), source, register)
        stem = Path(source.file).stem
        read[stem] = ReadDocument(source, record, golds[stem])
    return read


def score_set(read: Mapping[str, ReadDocument]) -> dict[str, Score]:
    """The scores of the whole set by measure; the faults are told with their document."""
    scores: dict[str, list[Score]] = {measure: [] for measure in MEASURES}
    for stem, document in read.items():
        for measure, one in score(document.gold, document.record).items():
            wrong = tuple(f"{stem}: {what}" for what in one.wrong)
            missed = tuple(f"{stem}: {what}" for what in one.missed)
            scores[measure].append(Score(one.right, one.found, wrong, missed))
    return {measure: total(every) for measure, every in scores.items()}


def main(arguments: Sequence[str]) -> None:
    """Print the scores of a folder."""
    schema = load_schema()
    read = read_set(Path(arguments[0]) if arguments else FOLDER, read_register(schema), schema)
    scores = score_set(read)
    lines = [f"{measure:13s} {one}" for measure, one in scores.items()]
    lines += [f"\n{measure}\n{worst}" for measure, one in scores.items() if (worst := one.worst())]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
