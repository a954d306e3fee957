"""From register, curated facts and captures to the content of the graph: a pure function of its input.

A document that has curated facts was read whole by a curator. There the rules only corroborate: what they
find and the curator has too adds evidence, what they find beyond it waits as a candidate. In every other
document the rules' own confidence decides.
"""

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.captures import Capture
from graph.changes import Content
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    CURATED,
    Entity,
    Evidence,
    Statement,
    make_statement,
    merge,
    text_hash,
)
from loaders.extract import Extraction
from loaders.facts import CuratedFacts
from loaders.register import Register
from schema.errors import DataError, Fault
from schema.model import Schema
from schema.values import parse_date

DERIVED = "derived/dialogue-order"


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a graph is made from.

    `captures` and `extractions` are by document id, `pointers` are the MENTIONS statements for documents
    whose text is not at hand, `others` the statements and entities that rest on documents which somebody
    else loaded into the same graph, `withdrawn` the ids of documents that stay out.
    """

    register: Register
    facts: CuratedFacts
    captures: Mapping[str, Capture]
    extractions: Mapping[str, Extraction]
    pointers: tuple[Statement, ...]
    others: Content = field(default_factory=lambda: Content((), ()))
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Built:
    """The content and what a curator wants to know about how it came about, by name of the count."""

    content: Content
    notes: Mapping[str, int]


def build(schema: Schema, sources: Sources) -> Built:
    """Make the content. Raises DataError with every pointer that does not match its document."""
    curated = _verified(sources)
    notes: Counter[str] = Counter()
    statements = [*curated, *_mentions(sources)]
    made: dict[str, Entity] = {}
    by_triple = _by_triple(curated)
    curated_documents = {e.document for s in curated for e in s.evidence}
    for document, extraction in sorted(sources.extractions.items()):
        found = (s for s in extraction.statements if s.predicate != "MENTIONS")
        if document in curated_documents:
            statements += _corroborating(found, by_triple, {e.id for e in extraction.entities}, notes)
        else:
            statements += found
            made |= {e.id: e for e in extraction.entities}
    statements += sources.others.statements
    kept = _without(statements, sources.withdrawn)
    kept += _dialogue_order(schema, merge(kept))
    merged = merge(kept)
    made |= {e.id: e for e in sources.others.entities if e.id not in made}
    return Built(Content(_entities(sources, made, merged), tuple(merged)), notes)


def _verified(sources: Sources) -> list[Statement]:
    """The curated statements, each clause quoted where its document's text is at hand and has the hash."""
    faults = []
    statements = []
    for statement in sources.facts.statements:
        evidence = []
        for pointer in statement.evidence:
            capture = sources.captures.get(pointer.document)
            quote = capture.text[pointer.start : pointer.end] if capture else None
            if quote is not None and text_hash(quote) != pointer.sha256:
                faults.append(_mismatch(pointer, sources.facts.places[pointer.id_for(statement.id)]))
            evidence.append(replace(pointer, quote=quote))
        statements.append(replace(statement, evidence=tuple(evidence)))
    if faults:
        raise DataError(faults)
    return statements


def _mismatch(pointer: Evidence, place: tuple[str, int]) -> Fault:
    where = f"characters {pointer.start}-{pointer.end} of {pointer.document}"
    mend = "point to the clause again with `carisec cite`, or load the document that the facts were read from"
    return Fault(*place, f"{where} do not have the hash {pointer.sha256[:12]}…", mend)


def _mentions(sources: Sources) -> Iterable[Statement]:
    for extraction in sources.extractions.values():
        yield from (s for s in extraction.statements if s.predicate == "MENTIONS")
    yield from (s for s in sources.pointers if s.subject not in sources.extractions)


_Triple = tuple[str, str, str | None]


def _by_triple(statements: Iterable[Statement]) -> Mapping[_Triple, list[Statement]]:
    found: dict[_Triple, list[Statement]] = defaultdict(list)
    for statement in merge(statements):
        found[statement.subject, statement.predicate, statement.object or statement.value].append(statement)
    return found


def _corroborating(
    found: Iterable[Statement],
    curated: Mapping[_Triple, list[Statement]],
    made_here: Collection[str],
    notes: Counter[str],
) -> Iterable[Statement]:
    """Rule-found statements of a curated document: as evidence for a curated one, else as a candidate.

    Commitments and figures that a rule made from a curated document are the curator's under other ids.
    """
    for statement in found:
        if statement.subject in made_here or statement.object in made_here:
            notes["rule findings left to the curated commitments and figures"] += 1
            continue
        same = curated.get((statement.subject, statement.predicate, statement.object or statement.value), [])
        fitting = [s for s in same if statement.qualifiers.items() <= s.qualifiers.items()] or same
        if len(fitting) == 1:
            notes["curated statements corroborated by a rule"] += 1
            yield replace(fitting[0], evidence=statement.evidence)
        elif not same:
            notes["candidates that a rule found beyond the curated facts"] += 1
            yield replace(statement, status=CANDIDATE)
        else:
            notes["rule findings that fit several curated statements"] += 1


def _without(statements: Iterable[Statement], withdrawn: Collection[str]) -> list[Statement]:
    kept = []
    for statement in statements:
        evidence = tuple(e for e in statement.evidence if e.document not in withdrawn)
        if evidence and statement.subject not in withdrawn:
            kept.append(replace(statement, evidence=evidence))
    return kept


def _dialogue_order(schema: Schema, statements: Iterable[Statement]) -> list[Statement]:
    """PRECEDES between neighbours among the dialogues whose date a document tells."""
    dated = {
        s.subject: s
        for s in statements
        if s.predicate == "HELD_ON"
        and s.subject.startswith("dialogue/")
        and s.status == ACCEPTED
        and "status" not in s.qualifiers
        and s.value
        and parse_date(s.value).earliest
    }
    ordered = sorted(dated.values(), key=lambda s: (str(parse_date(s.value or "").earliest), s.subject))
    made = []
    for earlier, later in itertools.pairwise(ordered):
        evidence = [
            _derived(e)
            for s in (earlier, later)
            for e in s.evidence
            if e.rule == CURATED or len(s.evidence) == 1
        ]
        made.append(
            make_statement(
                schema,
                earlier.subject,
                "PRECEDES",
                later.subject,
                qualifiers={"derived": "from the dates on which the two were held"},
                evidence=evidence,
            )
        )
    return made


def _derived(evidence: Evidence) -> Evidence:
    return replace(evidence, rule=DERIVED, summary=None)


def _entities(
    sources: Sources, made: Mapping[str, Entity], statements: Iterable[Statement]
) -> tuple[Entity, ...]:
    """Register entities, documents, and of those that a document makes all that a statement still names."""
    named = {key for s in statements for key in (s.subject, s.object) if key}
    entities = {**sources.register.entities, **_documents(sources)}
    for entity in [*sources.facts.entities.values(), *made.values()]:
        if entity.id in named:
            entities.setdefault(entity.id, entity)
    return tuple(entities[key] for key in sorted(entities) if key not in sources.withdrawn)


def _documents(sources: Sources) -> Mapping[str, Entity]:
    """Captured documents; what the register says of one stands, the sidecar adds what it does not say."""
    documents = {e.id: e for e in sources.others.entities if "Document" in e.types}
    for key, capture in sources.captures.items():
        known = sources.register.entities.get(key)
        document = capture.document
        if known:
            document = replace(known, properties={**document.properties, **known.properties})
        documents[key] = replace(
            document, properties=dict(sorted({**document.properties, "captured": True}.items()))
        )
    return documents
