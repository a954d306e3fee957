"""What somebody else loaded into the same server, which a load of ours leaves alone."""

from collections.abc import Collection
from dataclasses import replace

from graph.changes import Content, Known
from graph.reading import read_entities, read_statements
from graph.records import CURATED
from graph.store import Store
from loaders.build import Sources, named_by
from schema.model import Schema


def others_loaded(
    store: Store, schema: Schema, known: Known, sources: Sources, brought: Collection[str]
) -> Content:
    """What rests on documents that someone loaded into this server from another data folder.

    These are documents whose text was read and documents that the register does not have, but for those that
    imports of this data folder bring or `brought`.
    Curated evidence counts only while the facts still have it; there it brings the quote.
    """
    loaded = {
        e.id
        for e in read_entities(store, schema)
        if e.properties.get("captured") is True
        or ("Document" in e.types and e.id not in sources.register.entities)
    }
    theirs = loaded - sources.captures.keys() - sources.withdrawn - set(brought)
    if not theirs:
        return Content((), ())
    curated = {(s.id, e.document, e.sha256) for s in sources.facts.statements for e in s.evidence}
    statements = []
    for statement in read_statements(store, schema):
        evidence = tuple(
            e
            for e in statement.evidence
            if e.document in theirs and (e.rule != CURATED or (statement.id, e.document, e.sha256) in curated)
        )
        if evidence:
            statements.append(replace(statement, evidence=evidence))
    kept = {key for s in statements for key in named_by(schema, s)} | theirs
    entities = [e for e in read_entities(store, schema) if e.id in kept and e.id in known.entities]
    return Content(tuple(entities), tuple(statements))
