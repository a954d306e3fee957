"""What nodes hold: properties of entities, statements and evidence."""

from dataclasses import asdict
from typing import Any, cast

from graph.records import Entity, Evidence, Statement
from schema.model import Schema
from schema.values import XSD


def entity_properties(schema: Schema, entity: Entity) -> dict[str, Any]:
    """Properties of an entity's node. A decimal is kept as a number to compare and as its exact text.

    A document has besides the day `known` by which it was surely published.
    """
    properties: dict[str, Any] = {
        "id": entity.id,
        "name": entity.name,
        "types": list(entity.types),
        "aliases": list(entity.aliases),
        "acronyms": list(entity.acronyms),
        "digest": entity.digest,
        **({"known": entity.known} if entity.known else {}),
    }
    for name, value in entity.properties.items():
        datatype = schema.attributes[name].datatype
        if datatype == XSD + "decimal":
            properties[name], properties[name + "Text"] = float(cast(str, value)), value
        elif datatype == XSD + "integer":
            properties[name] = int(cast(str, value))
        else:
            properties[name] = list(value) if isinstance(value, tuple) else value
    return properties


def statement_properties(schema: Schema, statement: Statement) -> dict[str, Any]:
    """Properties of a statement's node: predicate, status, literal value, qualifiers, clock."""
    return {
        "id": statement.id,
        "predicate": statement.predicate,
        "status": statement.status,
        "value": statement.value,
        "digest": statement.digest,
        **qualifier_properties(schema, statement),
        **asdict(statement.clock),
    }


def evidence_properties(statement: str, evidence: Evidence) -> dict[str, Any]:
    """Properties of an evidence's node; `verified` says that the clause was read and has the hash."""
    return {
        "id": evidence.id_for(statement),
        "start": evidence.start,
        "end": evidence.end,
        "sha256": evidence.sha256,
        "rule": evidence.rule,
        "confidence": evidence.confidence,
        "summary": evidence.summary,
        "quote": evidence.quote,
        "verified": evidence.verified,
        "anchor": evidence.state,
        "digest": evidence.digest_for(statement),
    }


def qualifier_properties(schema: Schema, statement: Statement) -> dict[str, str]:
    """Qualifiers by the names of their properties."""
    return {schema.qualifiers[name].property: value for name, value in statement.qualifiers.items()}
