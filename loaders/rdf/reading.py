"""RDF files as records: every file is read, checked against the schema and all that is known, or left out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from graph import vocabulary as v
from graph.anchors import Source
from graph.imports import Kept
from graph.rdf_nodes import Nodes
from graph.rdf_reading import RecordReader
from graph.records import MENTIONS, Entity, Statement, merge
from loaders.rdf.clauses import anchored
from loaders.rdf.fitting import Fitting
from loaders.rdf.identities import Identities
from loaders.rdf.terms import bare_triples, statement_keys, unknown_terms
from schema.errors import Fault
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class Imported:
    """What one file says: entities and statements that fit the schema, and what a curator wants to know."""

    kept: Kept
    entities: tuple[Entity, ...] = ()
    statements: tuple[Statement, ...] = ()
    notes: tuple[Fault, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that it describes or rests on."""
        described = {e.id for e in self.entities if "Document" in e.types}
        return frozenset(described.union(*(s.documents for s in self.statements)))


def read_imports(
    schema: Schema,
    files: Mapping[str, tuple[Kept, Nodes]],
    known: Mapping[str, Entity],
    texts: Mapping[str, Source],
) -> dict[str, Imported]:
    """What the files say, by id of the import.

    `known` are all entities that are there without them, `texts` the documents at hand. A file at fault says
    nothing and has its faults; what others say about its entities is then at fault too.
    """
    left = dict(sorted(files.items()))
    failed: dict[str, Imported] = {}
    while True:
        found = _read_together(schema, left, known, texts)
        at_fault = {key: one for key, one in found.items() if one.faults}
        if not at_fault:
            return {**found, **failed}
        failed |= {key: Imported(one.kept, faults=one.faults) for key, one in at_fault.items()}
        left = {key: file for key, file in left.items() if key not in failed}


def _read_together(
    schema: Schema,
    files: Mapping[str, tuple[Kept, Nodes]],
    known: Mapping[str, Entity],
    texts: Mapping[str, Source],
) -> dict[str, Imported]:
    identities = Identities(schema, known)
    readers: dict[str, tuple[RecordReader, dict[str, str]]] = {}
    entities: dict[str, list[tuple[str, Entity]]] = {}
    plain = {key: source.text for key, source in texts.items() if source.text is not None}
    for key, (kept, nodes) in files.items():
        iris = v.Iris(kept.base_iri)
        ids: dict[str, str] = {}

        def named(iri: str, ids: dict[str, str] = ids, iris: v.Iris = iris) -> str | None:
            return ids.get(iri) or iris.entity_id(iri) or identities.named(iri)

        reader = RecordReader(schema, nodes, iris, kept.file, named, plain)
        ids |= identities.of_file(nodes, iris, reader)
        identities.learn(ids)
        readers[key] = (reader, ids)
    for key, (reader, ids) in readers.items():
        made = ((node, reader.entity(node, id_)) for node, id_ in ids.items())
        entities[key] = [(node, entity) for node, entity in made if entity is not None]
    everything = {e.id: e for found in entities.values() for _, e in found} | dict(known)
    fitting = Fitting(schema, known, everything)
    return {key: _one(schema, files[key], readers[key][0], entities[key], fitting, texts) for key in files}


def _one(
    schema: Schema,
    file: tuple[Kept, Nodes],
    reader: RecordReader,
    entities: list[tuple[str, Entity]],
    fitting: Fitting,
    texts: Mapping[str, Source],
) -> Imported:
    kept, nodes = file
    notes: list[Fault] = []
    for node, entity in entities:
        with reader.telling(node):
            notes += [Fault(kept.file, nodes.line(node) or 1, note) for note in fitting.entity(entity)]
    described = {entity.id: entity for _, entity in entities}
    statements: list[Statement] = []
    for node in statement_keys(schema, nodes):
        statement = reader.statement(node)
        if statement is None:
            continue
        with reader.telling(node):
            statement = fitting.statement(statement)
            # What follows from other statements is made anew.
            if schema.predicates[statement.predicate].derived_only and statement.predicate != MENTIONS:
                continue
            statements.append(anchored(statement, texts, described))
    unknown_terms(schema, nodes, reader)
    bare_triples(schema, nodes, reader)
    if not (entities or statements or reader.faults):
        mend = "type its resources with classes of the ontology, and its statements as :Statement"
        reader.faults.append(Fault(kept.file, 1, "says nothing in the terms of the ontology", mend))
    return Imported(
        kept,
        tuple(replace(e, properties=dict(sorted(e.properties.items()))) for _, e in entities),
        tuple(merge(statements)),
        tuple(notes),
        tuple(reader.faults),
    )
