"""What a text names, place by place, with the rule that fired and why; and what was nearly a name."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.records import ACCEPTED, CANDIDATE, Entity
from loaders.mentions import find_mentions
from loaders.names.forms import Dropped
from loaders.names.unknown import find_unknown
from loaders.register import Register
from loaders.segments import segment
from schema.model import Schema

# What the rules about names mean.
MENTION_RULES: Mapping[str, str] = {
    "mention/name@1": "a name or alias of the register, in whole words, by the case rule of the alias",
    "mention/acronym@1": "an acronym that the text itself defines beside a name, from there on",
    "mention/defined@1": "a short name that the text itself defines beside a name (“the Office”)",
    "mention/variant@1": "a name of the register but for a country, an article or a spelling",
    "mention/surname@1": "the surname of a person whom the text names in full",
    "mention/person@1": "a name after a title or rank; a candidate",
    "mention/person-office@1": "a person with a title beside a known organization or country; becomes real",
    "mention/person-context@1": "a name where only a person stands, as before a verb of speech; a candidate",
    "mention/body-of-country@1": "a standard form of a body of a known country; becomes real",
    "mention/next-of-series@1": "another one of a numbered series of the register (the next dialogue); real",
    "mention/unknown-agency@1": "an agency by its form (“… Agency”, “Ministry of …”); a candidate",
    "mention/unknown-unit@1": "a unit by its form; a candidate",
    "mention/unknown-intergovernmental@1": "an intergovernmental body by its form; a candidate",
    "mention/unknown-organization@1": "any other organization by its form; a candidate",
    "mention/unknown-program@1": "a programme by its form; a candidate",
    "mention/unknown-instrument@1": "a treaty, law, plan or the like by its form; a candidate",
    "mention/unknown-operation@1": "a name after “Operation”, “Exercise” and the like; a candidate",
    "mention/unknown-event@1": "a meeting, course or the like by its form; a candidate",
    "mention/unknown-place@1": "a place by its form or by the country behind it; a candidate",
    "mention/unknown-again@1": "the same unknown name elsewhere in the text",
    "mention/described@1": "an event or instrument that the document describes without naming it",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A mention and what it stands for; `status` is accepted, candidate or unclear, `why` is for readers."""

    words: str
    start: int
    end: int
    entity: str
    name: str
    type: str
    status: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """The mentions of a text in order, and its near misses: places that were taken for names and are none."""

    mentions: tuple[Resolved, ...]
    dropped: tuple[Dropped, ...]


def resolve(text: str, register: Register, schema: Schema) -> Resolution:
    """Find what a text names. The same text gives the same resolution; no text raises."""
    trace: list[Dropped] = []
    named = find_unknown(text, segment(text), find_mentions(text, register), register, schema, trace)
    entities = {**register.entities, **named.entities}
    mentions = [
        _resolved(text, m.start, m.end, entities[m.entity], m.rule, new=m.entity in named.entities)
        for m in named.found
    ]
    for place in named.unclear:
        first = entities[place.entities[0]]
        several = f"a name of {', '.join(place.entities)}"
        words = _words(text, place.start, place.end)
        mentions.append(
            Resolved(
                words, place.start, place.end, "", words, first.type, "unclear", "mention/name@1", several
            )
        )
    taken = [(m.start, m.end) for m in mentions]
    missed = {d for d in trace if not any(start < d.end and d.start < end for start, end in taken)}
    return Resolution(
        tuple(sorted(mentions, key=lambda m: m.start)),
        tuple(sorted(missed, key=lambda d: (d.start, d.end, d.reason))),
    )


def _resolved(text: str, start: int, end: int, entity: Entity, rule: str, *, new: bool) -> Resolved:
    reason = entity.properties.get("reason") if new else None
    why = MENTION_RULES[rule]
    return Resolved(
        _words(text, start, end),
        start,
        end,
        entity.id,
        entity.name,
        entity.proposed or entity.type,
        CANDIDATE if entity.proposed else ACCEPTED,
        rule,
        f"{why} ({reason})" if reason else why,
    )


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
