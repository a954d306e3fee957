"""The graph as a data set: what it is called, and what its records say it covers."""

import re
from collections import Counter
from collections.abc import Iterable

from graph.dump_index import Coverage, RecordCounts, SourceDocument
from graph.records import ACCEPTED, FIRST_DAY, LAST_DAY, MENTIONS, Entity, Statement, Value
from schema.model import Schema

TITLE = "carisec: US–Caribbean security cooperation"
DESCRIPTION = (
    "A knowledge graph of the dialogues, agencies, programs, instruments, operations, commitments and "
    "figures of security cooperation between the United States and the Caribbean. Every statement points to "
    "the clause of the document that says it."
)
RIGHTS = (
    "Records, summaries and pointers are under the licence named here. Quoted clauses remain their "
    "publishers'; they are in the data only where the documents were loaded."
)
CREATOR = "The carisec project"

_EXAMPLES = 5
_LANGUAGE = re.compile("[a-z]{2}")


def survey(
    schema: Schema, entities: Iterable[Entity], statements: Iterable[Statement]
) -> tuple[RecordCounts, Coverage]:
    """Count the records and say what they cover; each is read once, the entities first."""
    seen = _Entities(schema)
    for entity in entities:
        seen.take(entity)
    by_status: Counter[str] = Counter()
    about: Counter[str] = Counter()
    days: set[str] = set()
    evidence = 0
    for statement in statements:
        by_status[statement.status] += 1
        evidence += len(statement.evidence)
        if statement.status == ACCEPTED and statement.predicate != MENTIONS:
            about.update({key for key in (statement.subject, statement.object) if key})
            days.update((statement.clock.since, statement.clock.until))
    dated = sorted(days - {FIRST_DAY, LAST_DAY})
    most = sorted(about, key=lambda key: (-about[key], key))
    counts = RecordCounts(seen.others, len(seen.documents), dict(sorted(by_status.items())), evidence)
    coverage = Coverage(
        first_day=dated[0] if dated else None,
        last_day=dated[-1] if dated else None,
        languages=tuple(sorted(seen.languages)),
        countries=tuple(sorted(seen.countries & about.keys())),
        topics=dict(sorted(seen.topics.items())),
        examples=tuple(most[:_EXAMPLES]),
        documents=tuple(sorted(seen.documents, key=lambda d: d.id)),
    )
    return counts, coverage


class _Entities:
    """What the entities tell; our own words are English."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self.others = 0
        self.documents: list[SourceDocument] = []
        self.languages = {"en"}
        self.countries: set[str] = set()
        self.topics: dict[str, str] = {}

    def take(self, entity: Entity) -> None:
        labels = self._schema.labels_of(entity.types)
        if "Document" in labels:
            self._take_document(entity)
        elif "Candidate" not in labels:
            self.others += 1
            if "Country" in labels:
                self.countries.add(entity.id)
            if "Topic" in labels and "parent" not in entity.properties:
                self.topics[entity.id] = entity.name

    def _take_document(self, document: Entity) -> None:
        told = document.properties
        publisher, published, url = (_text(told.get(name)) for name in ("publisher", "published", "url"))
        self.documents.append(SourceDocument(document.id, document.name, publisher, published, url))
        language = _text(told.get("language"))
        if language and _LANGUAGE.fullmatch(language):
            self.languages.add(language)


def _text(value: Value | None) -> str | None:
    return value if isinstance(value, str) else None
