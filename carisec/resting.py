"""What an answer rests on, in the forms of others: networkx, rdflib, and clauses to cite."""

import io
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import networkx as nx
import rdflib

from carisec.source import Json, Records
from graph.export import export
from graph.records import Entity, Evidence, Statement
from graph.vocabulary import prefixes
from queries.answers import citations_of
from schema.model import load_schema

_VALUE = "Value"


def network(records: Records, others: Collection[str] = ()) -> "nx.MultiDiGraph[str]":
    """What statements are about as nodes, and they themselves as edges, keyed by their ids.

    `others` are ids of entities that are nodes too; documents that are mere evidence are none.

    Nodes have `name`, `type`, `types` and the entity's properties; edges `predicate`, `label`, `status`,
    qualifiers, `documents`, the number of clauses in `evidence`, and the best `confidence`. The value of a
    statement that has no second entity is a node of its own, of the type `Value`. Attributes are text,
    numbers and booleans, lists joined by semicolons, so that GraphML and GEXF can be written.
    """
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for key in sorted(records.named(others)):
        made.add_node(key, **_node(records.entities[key]))
    for one in records.statements.values():
        target = one.object
        if target is None:
            target = one.id
            made.add_node(target, name=one.value or "", type=_VALUE, types=_VALUE)
        made.add_edge(one.subject, target, key=one.id, **_edge(one))
    return made


def _node(entity: Entity) -> dict[str, Any]:
    properties = {
        name: "; ".join(sorted(value)) if isinstance(value, tuple) else value
        for name, value in sorted(entity.properties.items())
    }
    first, *others = entity.types
    own = {"name": entity.name, "type": first, "types": "; ".join((first, *sorted(others)))}
    return {**properties, **own}


def _edge(statement: Statement) -> dict[str, Any]:
    schema = load_schema()
    qualifiers = {schema.qualifiers[k].property: v for k, v in sorted(statement.qualifiers.items())}
    best = {"confidence": max(e.confidence for e in statement.evidence)} if statement.evidence else {}
    return {
        "predicate": statement.predicate,
        "label": schema.predicates[statement.predicate].label,
        "status": statement.status,
        **qualifiers,
        "documents": "; ".join(statement.documents),
        "evidence": len(statement.evidence),
        **best,
    }


def linked_data(records: Records, base_iri: str) -> rdflib.Graph:
    """The records as the export has them: direct triples, and each statement reified with its evidence."""
    schema, out = load_schema(), io.BytesIO()
    export("ntriples", schema, records.entities.values(), records.statements.values(), base_iri, out)
    made = rdflib.Graph()
    for prefix, namespace in prefixes(schema, base_iri).items():
        made.bind(prefix, namespace)
    return made.parse(data=out.getvalue(), format="nt")


def citations(records: Records, statements: Iterable[str]) -> list[Json]:
    """The clauses that these statements rest on, in their order, as the answer to a question has them."""
    details = {key: _detail(one, records.entities) for key, one in records.statements.items()}
    return list(citations_of(details, statements))


def _detail(statement: Statement, entities: Mapping[str, Entity]) -> Json:
    """A statement as the look-ups give it."""
    ordered = sorted(statement.evidence, key=lambda e: (e.document, e.start, e.id_for(statement.id)))
    return {
        "properties": {
            "id": statement.id,
            "predicate": statement.predicate,
            "value": statement.value,
        },
        "subject": _cell(entities[statement.subject]),
        "object": _cell(entities[statement.object]) if statement.object else None,
        "evidence": [_evidence(one, entities[one.document]) for one in ordered],
    }


def _cell(entity: Entity) -> Json:
    return {"id": entity.id, "name": entity.name, "type": entity.type}


def _evidence(evidence: Evidence, document: Entity) -> Json:
    return {
        "document": document.id,
        "documentName": document.name,
        "documentUrl": document.properties.get("url"),
        "documentFile": document.properties.get("file"),
        "start": evidence.start,
        "end": evidence.end,
        "quote": evidence.quote,
        "summary": evidence.summary,
        "anchor": evidence.state,
    }
