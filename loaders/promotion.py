"""When a name that the register does not know is more than a candidate.

It becomes real only where a clause ties it to a known entity in the way that makes it what it is: a person
by an office in a known body, a body by the known one that it is part of, a unit or a programme by the known
body or state that founded, runs or pays for it, an instrument by who signed, adopted or wrote it, an event or
operation by a known body or state that holds it or takes part, or by its place. All other names wait for a
curator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.records import ACCEPTED, Entity, slug
from loaders.mentions import Mention, Mentions
from loaders.reading import Reading
from loaders.relations import Relation

CANDIDATE_TYPE = "Candidate"

# Predicate: types that its subject, and types that its object becomes real by, if the other end is known.
_BY_SUBJECT: Mapping[str, frozenset[str]] = {
    "HOLDS_POSITION": frozenset(("Person",)),
    "PARTICIPATED_IN": frozenset(("Person",)),
    "PART_OF": frozenset(("Unit", "Agency")),
    "AUTHORIZED_BY": frozenset(("Unit", "Program", "Operation")),
    "HELD_IN": frozenset(("Event", "Operation")),
}
_BY_OBJECT: Mapping[str, frozenset[str]] = {
    "PARTICIPATED_IN": frozenset(("Event", "Operation")),
    "CONDUCTED": frozenset(("Event", "Operation")),
    "ESTABLISHED": frozenset(("Unit", "Program")),
    "OPERATES": frozenset(("Unit", "Program")),
    "FUNDS": frozenset(("Unit", "Program")),
    "DEVELOPED": frozenset(("Instrument", "Program")),
    "SIGNED": frozenset(("Instrument",)),
    "ADOPTED": frozenset(("Instrument",)),
}


@dataclass(frozen=True, slots=True)
class Promotions:
    """New ids by the ids of the candidates that became real, and their entities."""

    ids: Mapping[str, str]
    entities: Mapping[str, Entity]

    def id(self, entity: str) -> str:
        return self.ids.get(entity, entity)

    def relation(self, relation: Relation) -> Relation:
        """The relation between the real entities."""
        return replace(relation, subject=self.id(relation.subject), object=self.id(relation.object))

    def mentions(self, mentions: Mentions) -> Mentions:
        """The mentions of the real entities."""
        if not self.ids:
            return mentions
        found = tuple(Mention(self.id(m.entity), m.start, m.end, m.rule) for m in mentions.found)
        kept = {key: entity for key, entity in mentions.entities.items() if key not in self.ids}
        return Mentions(found, mentions.unclear, {**kept, **self.entities})


def promotions(reading: Reading, relations: Iterable[Relation]) -> Promotions:
    """The candidates of a document that its own clauses make real."""
    ids: dict[str, str] = {}
    entities: dict[str, Entity] = {}
    for relation in relations:
        if relation.status != ACCEPTED or "status" in relation.qualifiers:
            continue
        for candidate, other, types in (
            (relation.subject, relation.object, _BY_SUBJECT.get(relation.predicate, frozenset())),
            (relation.object, relation.subject, _BY_OBJECT.get(relation.predicate, frozenset())),
        ):
            kind = _proposed(reading, candidate)
            if candidate in ids or kind not in types or reading.is_candidate(other):
                continue
            entity = _real(reading, candidate, kind, other)
            if entity.id not in reading.entities and entity.id not in entities:
                ids[candidate], entities[entity.id] = entity.id, entity
    return Promotions(ids, entities)


def _proposed(reading: Reading, entity: str) -> str:
    """Type proposed for a candidate; empty for anything else."""
    known = reading.named.entities.get(entity)
    if known is None or CANDIDATE_TYPE not in known.types:
        return ""
    return str(known.properties.get("proposedType", ""))


def _real(reading: Reading, candidate: str, kind: str, other: str) -> Entity:
    known = reading.named.entities[candidate]
    key = slug(known.name)
    if kind == "Unit":
        key = f"{other.partition('/')[2]}-{key}"  # many bodies have a unit of the same name
    prefix = reading.schema.types[kind].prefix
    return Entity(f"{prefix}/{key}", (kind,), known.name, known.aliases, known.acronyms)
