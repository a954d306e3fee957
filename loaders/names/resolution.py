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

# What a rule's name says to a reader, by the part between `mention/` and the version.
_WHY: Mapping[str, str] = {
    "name": "a name of the register",
    "acronym": "an acronym that the text or the register has for it",
    "defined": "a short name that the text itself defines",
    "surname": "the surname of a person who is named in full",
    "variant": "a name of the register but for a country, an article or a spelling",
    "next-of-series": "another one of a numbered series of the register",
    "unknown-again": "the same name as elsewhere in the text",
    "person-office": "a person with a title beside a known organization or country",
    "body-of-country": "a standard form of a body of a known country",
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
    proposed = entity.properties.get("proposedType")
    reason = entity.properties.get("reason") if new else None
    why = _WHY.get(rule.removeprefix("mention/").partition("@")[0], "")
    said = "; ".join(part for part in (why, str(reason) if reason else "") if part)
    return Resolved(
        _words(text, start, end),
        start,
        end,
        entity.id,
        entity.name,
        str(proposed or entity.type),
        CANDIDATE if proposed else ACCEPTED,
        rule,
        said or "a name of the register",
    )


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split())
