"""Why a document says what it says: for each sentence how it was read, what fired, and what nearly did."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from loaders.discourse import Discourse
from loaders.extract import rule_book, sentences_of
from loaders.grammar.frames import Analysis, Frame
from loaders.grammar.lexicon import lexicon
from loaders.grammar.phrases import Group, Phrase
from loaders.reading import Reading, read_text
from loaders.register import Register
from loaders.relations import NearMiss, Relation
from loaders.text import SourceText
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence with its names, its frames in words, the findings of the rules, and the near misses."""

    start: int
    end: int
    text: str
    names: tuple[tuple[str, str, str], ...]
    frames: tuple[str, ...]
    found: tuple[Relation, ...]
    near: tuple[NearMiss, ...]


def explain(source: SourceText, register: Register, schema: Schema) -> Iterator[Explanation]:
    """The sentences that name something, in their order."""
    reading = read_text(source, register, schema)
    discourse = Discourse(reading, lexicon())
    for sentence in sentences_of(reading, discourse):
        start, end = sentence.start, sentence.end
        near: list[NearMiss] = []
        found = rule_book().find(sentence, near)
        names = tuple(_names(reading, start, end))
        if not names and not found:
            continue
        text = " ".join(reading.text[start:end].split())
        frames = tuple(_frame(frame) for frame in sentence.analysis.frames) or _groups(sentence.analysis)
        fired = {relation.rule for relation in found}
        missed = {(m.rule, m.word): m for m in near if m.rule not in fired}
        yield Explanation(start, end, text, names, frames, tuple(found), tuple(missed.values()))


def explanation_json(explanation: Explanation) -> dict[str, Any]:
    """An explanation as `extract --explain --format json` prints it."""
    return {
        "start": explanation.start,
        "end": explanation.end,
        "text": explanation.text,
        "names": [{"text": t, "entity": e, "rule": r} for t, e, r in explanation.names],
        "frames": list(explanation.frames),
        "found": [
            {
                "subject": r.subject,
                "predicate": r.predicate,
                "object": r.object,
                "qualifiers": dict(r.qualifiers),
                "rule": r.rule,
                "confidence": round(r.confidence, 2),
                "status": r.status,
            }
            for r in explanation.found
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
    for relation in explanation.found:
        extra = "".join(f", {name}={value}" for name, value in relation.qualifiers.items())
        says = f"{relation.subject} {relation.predicate} {relation.object}{extra}"
        yield f"  fired  {says}  ({relation.rule}, {relation.confidence:.2f}, {relation.status})"
    for miss in explanation.near:
        yield f"  nearly {miss.rule} by {miss.word!r}: {miss.why}"


def _names(reading: Reading, start: int, end: int) -> Iterator[tuple[str, str, str]]:
    for mention in reading.mentions(start, end):
        yield " ".join(reading.text[mention.start : mention.end].split()), mention.entity, mention.rule


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
