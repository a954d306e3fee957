"""When a name that the register does not know is more than a candidate.

It becomes real only where a clause ties it to a known entity in a way that makes it what it is, such as a
person by an office in a known body (`BY_SUBJECT`, `BY_OBJECT`). All other names wait for a curator.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from graph.records import ACCEPTED, Entity, slug
from loaders.figures import Figure
from loaders.mentions import Mention, Mentions
from loaders.reading import Reading
from loaders.relations import Relation
from schema.values import ENTITY_ID

# Predicate: types that its subject, and types that its object becomes real by, if the other end is known.
BY_SUBJECT: Mapping[str, frozenset[str]] = {
    "HOLDS_POSITION": frozenset(("Person",)),
    "PARTICIPATED_IN": frozenset(("Person",)),
    "PART_OF": frozenset(("Unit", "Agency")),
    "AUTHORIZED_BY": frozenset(("Unit", "Program", "Operation")),
    "HELD_IN": frozenset(("Event", "Operation")),
}
BY_OBJECT: Mapping[str, frozenset[str]] = {
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
    """New ids by the ids of the candidates that became real, and their entities.

    What was found before must be brought up to them: `reading` is it, the others give their arguments so.
    """

    ids: Mapping[str, str]
    entities: Mapping[str, Entity]
    reading: Reading

    def all(self, entities: Iterable[str]) -> tuple[str, ...]:
        """Ids with those of the real entities in the place of their candidates."""
        return tuple(self.ids.get(entity, entity) for entity in entities)

    def relation(self, relation: Relation) -> Relation:
        """The relation between the real entities, in its qualifiers too."""
        subject, target = self.all((relation.subject, relation.object))
        kinds = self.reading.schema.qualifiers
        qualifiers = {
            name: self.ids.get(value, value) if kinds[name].datatype == ENTITY_ID else value
            for name, value in relation.qualifiers.items()
        }
        return replace(relation, subject=subject, object=target, qualifiers=qualifiers)

    def figure(self, figure: Figure) -> Figure:
        """The figure attributed to the real entities."""
        return replace(figure, attributed_to=self.all(figure.attributed_to))


def promotions(reading: Reading, relations: Iterable[Relation]) -> Promotions:
    """The candidates of a document that its own clauses make real."""
    ids: dict[str, str] = {}
    entities: dict[str, Entity] = {}
    for relation in relations:
        if relation.status != ACCEPTED or "status" in relation.qualifiers:
            continue
        for candidate, other, types in (
            (relation.subject, relation.object, BY_SUBJECT.get(relation.predicate, frozenset())),
            (relation.object, relation.subject, BY_OBJECT.get(relation.predicate, frozenset())),
        ):
            known = reading.named.entities.get(candidate)
            kind = known.proposed if known else ""
            if candidate in ids or kind not in types or reading.is_candidate(other):
                continue
            entity = _real(reading, candidate, kind, other)
            if entity.id not in reading.entities and entity.id not in entities:
                ids[candidate], entities[entity.id] = entity.id, entity
    return Promotions(ids, entities, _read_anew(reading, ids, entities) if ids else reading)


def _read_anew(reading: Reading, ids: Mapping[str, str], entities: Mapping[str, Entity]) -> Reading:
    """The reading with the real entities wherever it names their candidates."""
    named = reading.named
    found = tuple(Mention(ids.get(m.entity, m.entity), m.start, m.end, m.rule) for m in named.found)
    kept = {key: entity for key, entity in named.entities.items() if key not in ids}
    event, dialogue, paper = (
        None if own is None else ids.get(own, own) for own in (reading.event, reading.dialogue, reading.paper)
    )
    return replace(
        reading,
        named=Mentions(found, named.unclear, {**kept, **entities}),
        event=event,
        dialogue=dialogue,
        paper=paper,
    )


def _real(reading: Reading, candidate: str, kind: str, other: str) -> Entity:
    known = reading.named.entities[candidate]
    key = slug(known.name)
    if kind == "Unit":
        key = f"{other.partition('/')[2]}-{key}"  # many bodies have a unit of the same name
    prefix = reading.schema.types[kind].prefix
    return Entity(f"{prefix}/{key}", (kind,), known.name, known.aliases, known.acronyms)
