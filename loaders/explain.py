"""Why a document says what it says: for each sentence how it was read, what came of it, what nearly did."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.records import MENTIONS, Entity, Evidence, Statement
from loaders.discourse import Discourse
from loaders.extract import (
    COMMITMENT,
    Extraction,
    extract,
    extraction_json,
    rule_book,
    sentences_of,
)
from loaders.grammar.frames import Analysis, Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.pledges import Pledge, find_pledges
from loaders.promotion import promotions
from loaders.reading import Reading, read_text
from loaders.register import Register
from loaders.relations import NearMiss, Relation, Sentence
from loaders.text import SourceText
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement of the document, and the evidence by which this sentence gives it."""

    statement: Statement
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Promotion:
    """A candidate that is real in this document; `rule` makes it so, empty where another sentence does."""

    candidate: str
    entity: str
    rule: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence with its names, its frames in words, all that it gives, and the rules that nearly fired.

    `names` and `frames` have the ids with which the sentence was read, `found` those that came of it.
    `figures` are as `extract` prints them; of a pledge there is its place and its entity. What stands in no
    sentence, as in a heading, has its own place without frames.
    """

    start: int
    end: int
    text: str
    names: tuple[tuple[str, str, str], ...]
    frames: tuple[str, ...] = ()
    promoted: tuple[Promotion, ...] = ()
    found: tuple[Finding, ...] = ()
    figures: tuple[Mapping[str, Any], ...] = ()
    pledges: tuple[tuple[Pledge, Entity], ...] = ()
    near: tuple[NearMiss, ...] = ()


def explain(source: SourceText, register: Register, schema: Schema) -> Iterator[Explanation]:
    """The sentences that name or say something, in their order, as the rules alone read them."""
    extraction = extract(source, register, schema)
    reading = read_text(source, register, schema)
    sentences = list(sentences_of(reading, Discourse(reading, lexicon())))
    given = _given(reading, extraction, extraction_json(extraction, source, register), sentences)
    known = {(sentence.start, sentence.end) for sentence in sentences}
    explained = [_explained(reading, sentence, given) for sentence in sentences]
    explained += [_explanation(reading, *place, given) for place in given.places() if place not in known]
    for one in sorted(explained, key=lambda e: (e.start, e.end)):
        if one.names or one.found or one.figures or one.pledges:
            yield one


# --- what a document gives, by place --------------------------------------------------------------------

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Given:
    """What extraction made of a document, by the place of its sentence; `real` are promoted candidates."""

    real: Mapping[str, str]
    found: dict[_Place, list[Finding]] = field(default_factory=lambda: defaultdict(list))
    figures: dict[_Place, list[Mapping[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    pledges: dict[_Place, list[tuple[Pledge, Entity]]] = field(default_factory=lambda: defaultdict(list))

    def places(self) -> set[_Place]:
        return self.found.keys() | self.figures.keys() | self.pledges.keys()


def _given(
    reading: Reading, extraction: Extraction, record: Mapping[str, Any], sentences: Sequence[Sentence]
) -> _Given:
    named = {(m.start, m.end): m.entity for m in extraction.mentions}
    real = {
        m.entity: named[m.start, m.end]
        for m in reading.named.found
        if named.get((m.start, m.end), m.entity) != m.entity
    }
    given = _Given(real)
    ends = [sentence.end for sentence in sentences]

    def place(start: int, end: int) -> _Place:
        """The first sentence that the span has a part of, else the span itself."""
        first = bisect_right(ends, start)
        if first < len(sentences) and sentences[first].start < end:
            return sentences[first].start, sentences[first].end
        return start, end

    for statement in extraction.statements:
        for one in statement.evidence if statement.predicate != MENTIONS else ():
            given.found[place(one.start, one.end)].append(Finding(statement, one))
    for figure in record["observations"]:
        given.figures[place(figure["start"], figure["end"])].append(figure)
    for pledge, entity in _pledges(reading, extraction.entities):
        given.pledges[place(pledge.start, pledge.end)].append((pledge, entity))
    return given


def _pledges(reading: Reading, entities: Iterable[Entity]) -> Iterator[tuple[Pledge, Entity]]:
    """Pledges with their entities, which are numbered as they are."""
    made = defaultdict(list)
    for entity in entities:
        if entity.type == COMMITMENT:
            made[entity.properties["number"]].append(entity)
    for pledge in find_pledges(reading):
        if made[pledge.number]:
            yield pledge, made[pledge.number].pop(0)


# --- one sentence ---------------------------------------------------------------------------------------


def _explained(reading: Reading, sentence: Sentence, given: _Given) -> Explanation:
    near: list[NearMiss] = []
    relations = rule_book().find(sentence, near)
    fired = {relation.rule for relation in relations}
    missed = {(m.rule, m.word): m for m in near if m.rule not in fired}
    frames = tuple(_frame(frame) for frame in sentence.analysis.frames) or _groups(sentence.analysis)
    return _explanation(
        reading, sentence.start, sentence.end, given, frames, relations, tuple(missed.values())
    )


def _explanation(
    reading: Reading,
    start: int,
    end: int,
    given: _Given,
    frames: tuple[str, ...] = (),
    relations: Sequence[Relation] = (),
    near: tuple[NearMiss, ...] = (),
) -> Explanation:
    names = tuple(_names(reading, start, end))
    place = (start, end)
    return Explanation(
        start,
        end,
        " ".join(reading.text[start:end].split()),
        names,
        frames,
        tuple(_promoted(reading, names, relations, given.real)),
        tuple(given.found.get(place, ())),
        tuple(given.figures.get(place, ())),
        tuple(given.pledges.get(place, ())),
        near,
    )


def _names(reading: Reading, start: int, end: int) -> Iterator[tuple[str, str, str]]:
    for mention in reading.mentions(start, end):
        yield " ".join(reading.text[mention.start : mention.end].split()), mention.entity, mention.rule


def _promoted(
    reading: Reading,
    names: Iterable[tuple[str, str, str]],
    relations: Sequence[Relation],
    real: Mapping[str, str],
) -> Iterator[Promotion]:
    """What became of the candidates of a sentence, with the rule of its own that made them real."""
    for candidate in dict.fromkeys(entity for _, entity, _ in names if entity in real):
        entity = real[candidate]
        makes = (r.rule for r in relations if promotions(reading, [r]).ids.get(candidate) == entity)
        yield Promotion(candidate, entity, next(makes, ""))


# --- as JSON and as text --------------------------------------------------------------------------------


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as `extract --explain --format json` prints it."""
    return {
        "start": explanation.start,
        "end": explanation.end,
        "text": explanation.text,
        "names": [{"text": t, "entity": e, "rule": r} for t, e, r in explanation.names],
        "frames": list(explanation.frames),
        "promoted": [
            {"candidate": p.candidate, "entity": p.entity, "rule": p.rule or None}
            for p in explanation.promoted
        ],
        "found": [
            {
                "subject": f.statement.subject,
                "predicate": f.statement.predicate,
                "object": f.statement.object or f.statement.value,
                "qualifiers": dict(f.statement.qualifiers),
                "rule": f.evidence.rule,
                "confidence": f.evidence.confidence,
                "status": f.statement.status,
            }
            for f in explanation.found
        ],
        "figures": [dict(figure) for figure in explanation.figures],
        "pledges": [
            {"id": entity.id, **entity.properties, "rule": pledge.rule}
            for pledge, entity in explanation.pledges
        ],
        "near": [{"rule": n.rule, "word": n.word, "why": n.why} for n in explanation.near],
    }


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """An explanation as text."""
    yield f"{explanation.start}-{explanation.end}  {explanation.text}"
    for text, entity, rule in explanation.names:
        yield f"  name   {text} = {entity}  ({rule})"
    for frame in explanation.frames:
        yield f"  frame  {frame}"
    for one in explanation.promoted:
        yield f"  became {one.entity} from {one.candidate}  ({one.rule or 'by another sentence'})"
    for finding in explanation.found:
        statement, evidence = finding.statement, finding.evidence
        says = f"{statement.subject} {statement.predicate} {statement.object or statement.value}"
        says += _told(statement.qualifiers)
        yield f"  fired  {says}  ({evidence.rule}, {evidence.confidence:.2f}, {statement.status})"
    for figure in explanation.figures:
        told = {k: figure[k] for k in ("measure", "period", "scope", "rounding") if figure[k]}
        whose = ", ".join(figure["attributed_to"]) or "nobody"
        yield f"  figure {figure['value']} {figure['unit']}{_told(told)}; attributed to {whose}"
    for pledge, made in explanation.pledges:
        yield f"  pledge {made.id}{_told(made.properties)}  ({pledge.rule})"
    for miss in explanation.near:
        yield f"  nearly {miss.rule} by {miss.word!r}: {miss.why}"


def _told(values: Mapping[str, object]) -> str:
    return "".join(f", {name}={value}" for name, value in values.items())


# --- frames in words ------------------------------------------------------------------------------------


def _frame(frame: Frame) -> str:
    parts = [
        frame.lemma,
        "passive" if frame.passive else "",
        frame.status,
        "purpose" if frame.purpose else "",
    ]
    arguments = [
        ("agent", frame.agent),
        ("patient", frame.patient),
        ("receiver", frame.receiver),
        *frame.hung,
    ]
    told = [f"{name}: {_group(group)}" for name, group in arguments if group is not None]
    return " ".join(part for part in parts if part) + "".join(f"; {one}" for one in told)


def _groups(analysis: Analysis) -> tuple[str, ...]:
    return tuple(f"no verb; {_group(group)}" for group in analysis.groups)


def _group(group: Group) -> str:
    return " + ".join(_phrase(phrase) for phrase in group.phrases)


def _phrase(phrase: Phrase) -> str:
    own = ", ".join(phrase.entities) or " and ".join(phrase.heads)
    own = f"[{_phrase(phrase.possessor)}]'s {own}" if phrase.possessor is not None else own
    modifiers = "".join(f" {{{token.entity}}}" for token in phrase.modifiers)
    apposed = "".join(f" = <{_phrase(one)}>" for one in phrase.apposed)
    hung = "".join(f" {preposition} ({_group(group)})" for preposition, group in phrase.hung)
    included = f" including ({_group(phrase.includes)})" if phrase.includes is not None else ""
    return f"{own}{modifiers}{apposed}{hung}{included}"
