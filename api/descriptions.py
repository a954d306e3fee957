"""What is said about single things, as RDF: their records, and the names of all that these speak of."""

import io
from collections.abc import Iterable, Iterator

from api.formats import RDF_EXPORTS, Format
from api.snapshot import Snapshot
from graph.export import export
from graph.records import Entity, Statement
from schema.model import Schema
from schema.values import ENTITY_ID


def rdf(
    snapshot: Snapshot, form: Format, entities: Iterable[Entity], statements: Iterable[Statement]
) -> bytes:
    """These records in a form of RDF; of the other entities that they name, names and types."""
    full, said = list(entities), list(statements)
    known = {e.id for e in full}
    named = sorted({key for key in _named(snapshot.schema, full, said) if key not in known})
    others = [snapshot.entities[key] for key in named if key in snapshot.entities]
    out = io.BytesIO()
    export(RDF_EXPORTS[form.suffix], snapshot.schema, full, said, snapshot.base_iri, out, others)
    return out.getvalue()


def _named(schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement]) -> Iterator[str]:
    """Ids of the entities that records name, documents among them."""
    for entity in entities:
        yield from _values(schema, entity)
    for statement in statements:
        yield statement.subject
        yield from statement.documents
        if statement.object is not None:
            yield statement.object
        for name, text in statement.qualifiers.items():
            if schema.qualifiers[name].datatype == ENTITY_ID:
                yield text


def _values(schema: Schema, entity: Entity) -> Iterator[str]:
    for name, value in entity.properties.items():
        if schema.attributes[name].datatype == ENTITY_ID:
            yield from value if isinstance(value, tuple) else (str(value),)
