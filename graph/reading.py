"""Reads the graph back as records, page by page, in the order of ids."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, cast

from graph import cypher
from graph.changes import Content
from graph.records import EXACT, NO_TEXT, Clock, Entity, Evidence, Statement, Value
from graph.store import Store
from schema.errors import EmptyGraph, GraphMoved
from schema.model import Schema
from schema.values import XSD

PAGE = 2000
_TRIES = 5


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the graph, and whether its text was read."""

    id: str
    name: str
    captured: bool


def read_entities(store: Store, schema: Schema) -> Iterator[Entity]:
    """All entities, documents among them, ordered by id."""
    return (_entity(schema, properties) for _, properties in _paged(store, cypher.ENTITY_PAGE))


def read_statements(store: Store, schema: Schema) -> Iterator[Statement]:
    """All statements that have both ends, with their evidence, ordered by id."""
    return (_statement(schema, *row) for row in _paged(store, cypher.STATEMENT_PAGE))


def read_statements_of(store: Store, schema: Schema, document: str) -> Iterator[Statement]:
    """The same, of those that rest on a document; for an empty id of those that rest on none."""
    page = cypher.RESTING_PAGE if document else cypher.UNSUPPORTED_PAGE
    return (_statement(schema, *row) for row in _paged(store, page, {"document": document}))


def read_said_of(store: Store, schema: Schema, subjects: Sequence[str]) -> Iterator[Statement]:
    """The accepted statements of these subjects, ordered by id."""
    rows = store.read(cypher.SAID_OF, {"ids": list(subjects)}).rows
    return (_statement(schema, *row) for row in rows)


def read_evidence(store: Store) -> Iterator[tuple[str, str, Evidence]]:
    """The id of each evidence, that of its statement, and the evidence, ordered by the first."""
    for key, statement, properties in _paged(store, cypher.EVIDENCE_PAGE):
        yield key, statement, _evidence(properties)


def read_evidencing(store: Store) -> Iterator[str]:
    """Ids of the documents that statements rest on, sorted; an empty one first if any rests on none."""
    if store.read(cypher.UNSUPPORTED).rows[0][0]:
        yield ""
    for (key,) in store.read(cypher.EVIDENCING).rows:
        yield key


def read_languages(store: Store) -> dict[str, str]:
    """The languages of documents, by their ids."""
    return dict(cast(Iterable[tuple[str, str]], store.read(cypher.LANGUAGES).rows))


def _paged(store: Store, text: str, parameters: Mapping[str, Any] | None = None) -> Iterator[tuple[Any, ...]]:
    """Rows of a query that reads a page behind an id, in the order of ids, which come first."""
    after = ""
    while rows := store.read(text, {**(parameters or {}), "after": after, "size": PAGE}).rows:
        yield from rows
        after = rows[-1][0]


def read_lacking_an_end(store: Store) -> list[str]:
    """Ids of the statements whose subject or object is missing, which `read_statements` leaves out."""
    return [key for (key,) in store.read(cypher.LACKING_AN_END).rows]


def require_loaded(store: Store) -> str:
    """The version of the graph. Raises EmptyGraph before the first load."""
    version = store.version()
    if not version:
        raise EmptyGraph("nothing has been loaded yet: run `carisec load`")
    return version


def read_content(store: Store, schema: Schema) -> Content:
    """The whole graph in memory, all of one version. Raises what `read_version` raises."""
    return read_version(store, schema)[1]


def read_version(store: Store, schema: Schema) -> tuple[str, Content]:
    """The version that the graph says it has, and the whole graph of it in memory.

    Reading goes page by page: what a load changed meanwhile is read again. Raises EmptyGraph before the first
    load, and GraphMoved where loads never stop. A graph that an older program loaded can say another version
    than this one would give it, until it is loaded again.
    """
    for _ in range(_TRIES):
        before = require_loaded(store)
        content = Content(tuple(read_entities(store, schema)), tuple(read_statements(store, schema)))
        if before == store.version():
            return before, content
    raise GraphMoved("the graph is being loaded; ask again in a moment")


def read_counts(store: Store) -> dict[str, Any]:
    """Counts by kind: entities, candidates for entities, documents, evidence, statements by status."""
    counts: dict[str, Any] = {name: store.read(text).rows[0][0] for name, text in cypher.COUNTS.items()}
    statements = dict(tuple(row) for row in store.read(cypher.STATEMENT_COUNTS).rows)
    unsupported = store.read(cypher.UNSUPPORTED).rows[0][0]
    return {
        "entities": counts["entities"],
        "candidate_entities": counts["candidates"],
        "documents": counts["documents"],
        "documents_captured": counts["captured"],
        "statements": {"total": sum(statements.values()), **statements},
        "statements_without_evidence": unsupported,
        "evidence": counts["evidence"],
        "evidence_verified": counts["verified"],
    }


def read_document_lines(store: Store) -> list[DocumentLine]:
    """The documents of the graph, ordered by id."""
    return [
        DocumentLine(id_, name, captured is True) for id_, name, captured in store.read(cypher.DOCUMENTS).rows
    ]


def _entity(schema: Schema, properties: dict[str, Any]) -> Entity:
    return Entity(
        id=properties["id"],
        types=tuple(properties["types"]),
        name=properties["name"],
        aliases=tuple(properties.get("aliases") or ()),
        acronyms=tuple(properties.get("acronyms") or ()),
        properties={
            name: _value(properties, name, schema.attributes[name].datatype)
            for name in sorted(properties)
            if name in schema.attributes and name not in ("name", "aliases", "acronyms")
        },
    )


def _value(properties: dict[str, Any], name: str, datatype: str) -> Value:
    value = properties[name]
    if datatype == XSD + "decimal":
        return str(properties[name + "Text"])
    if datatype == XSD + "integer":
        return str(value)
    if isinstance(value, bool):
        return value
    return tuple(value) if isinstance(value, list) else str(value)


def _statement(
    schema: Schema,
    key: str,
    properties: dict[str, Any],
    subject: str,
    target: str | None,
    evidence: list[dict[str, Any]],
) -> Statement:
    qualifiers = {
        f.name: properties[f.property]
        for f in schema.qualifiers.values()
        if properties.get(f.property) is not None
    }
    found = map(_evidence, evidence)
    return Statement(
        id=key,
        subject=subject,
        predicate=properties["predicate"],
        object=target,
        value=properties.get("value"),
        qualifiers=dict(sorted(qualifiers.items())),
        status=properties["status"],
        evidence=tuple(sorted(found, key=lambda e: (e.document, e.start, e.end, e.rule))),
        clock=Clock(**{f.name: properties[f.name] for f in fields(Clock) if properties.get(f.name)}),
    )


def _evidence(properties: Mapping[str, Any]) -> Evidence:
    return Evidence(
        document=properties["document"],
        start=properties["start"],
        end=properties["end"],
        sha256=properties["sha256"],
        rule=properties["rule"],
        confidence=properties["confidence"],
        summary=properties.get("summary"),
        quote=properties.get("quote"),
        # What needs no word of its own follows from the quote.
        anchor=None if properties.get("anchor") in (EXACT, NO_TEXT) else properties.get("anchor"),
    )
