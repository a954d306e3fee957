"""The evidence gate: every pointer held against the text at hand, told, and kept in the graph."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.anchors import Anchored, Source, anchor_pointers, counts, reanchored
from graph.captures import CaptureStore
from graph.changes import Content, difference
from graph.clocks import clocked
from graph.reading import read_content
from graph.records import CURATED, DOCUMENT_CHANGED, EXACT, NO_TEXT, Statement, text_hash
from graph.settings import Settings
from graph.store import connect
from loaders.facts import FACTS, CuratedFacts
from loaders.load import read_curated
from loaders.register import Register
from loaders.repairs import Repair, repair_facts, repair_hash, repairable
from schema.model import Schema


@dataclass(frozen=True, slots=True)
class DocumentState:
    """A document, the hash that its pointers were made for, and that of the text at hand (None: no text)."""

    id: str
    state: str
    recorded: str | None
    found: str | None


@dataclass(frozen=True, slots=True)
class EvidenceReport:
    """Every pointer with its place (file and line of a curated one), and the state of each document."""

    pointers: tuple[tuple[Anchored, str], ...]
    documents: tuple[DocumentState, ...]

    @property
    def conforms(self) -> bool:
        """Whether every clause stands where its pointer says, or its text is not at hand."""
        changed = any(d.state == DOCUMENT_CHANGED for d in self.documents)
        return not changed and not any(one.at_fault for one, _ in self.pointers)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many pointers are in each state."""
        return counts(one for one, _ in self.pointers)


def check_evidence_of(settings: Settings, schema: Schema, facts_folder: Path = FACTS) -> EvidenceReport:
    """Hold every pointer of the curated facts and of the graph against the captures.

    What is found out about the graph's evidence is written into the graph. Raises EmptyGraph before the first
    load, DataError for faults of register, facts and judgement file.
    """
    curated = read_curated(settings, schema, facts_folder)
    register = curated.register
    captures = CaptureStore(settings.data_dir)
    with captures.locked(), connect(settings, writable=True) as store:
        content = read_content(store, schema)
        sources = _sources(register, captures, content.statements)
        held = Content(content.entities, tuple(reanchored(content.statements, sources)))
        checked = clocked(schema, held)
        known = store.known()
        changes = difference(schema, checked, known, known.withdrawn)
        if not changes.empty:
            store.apply(schema, changes)
    pointers = [*_curated(curated.facts, sources), *_found(content.statements, sources)]
    documents = [e for e in content.entities if "Document" in e.types]
    states = [_state(register, d.id, d.properties.get("sha256"), sources.get(d.id)) for d in documents]
    return EvidenceReport(tuple(pointers), tuple(states))


def _sources(
    register: Register, captures: CaptureStore, statements: Iterable[Statement]
) -> dict[str, Source]:
    """The texts at hand with all that is known of the wording of their clauses."""
    wordings: dict[str, dict[str, str]] = {}
    for statement in statements:
        for one in statement.evidence:
            if one.quote is not None and one.verified:
                wordings.setdefault(one.document, {})[one.sha256] = one.quote
    found = {}
    for key, source in captures.sources().items():
        recorded = _recorded(register, key)
        changed = source.changed or recorded not in (None, text_hash(source.text or ""))
        found[key] = Source(source.text, changed, {**wordings.get(key, {}), **(source.earlier or {})})
    return found


def _recorded(register: Register, document: str) -> str | None:
    known = register.entities.get(document)
    recorded = known.properties.get("sha256") if known else None
    return recorded if isinstance(recorded, str) else None


def _curated(facts: CuratedFacts, sources: Mapping[str, Source]) -> Iterator[tuple[Anchored, str]]:
    pointers = [(s.id, e) for s in facts.statements for e in s.evidence]
    for one in anchor_pointers(pointers, sources):
        file, line = facts.places[one.pointer.id_for(one.statement)]
        yield one, f"{file}:{line}"


def _found(statements: Iterable[Statement], sources: Mapping[str, Source]) -> Iterator[tuple[Anchored, str]]:
    """What rules found; the curated pointers are those of the files, whatever the graph holds."""
    pointers = [(s.id, e) for s in statements for e in s.evidence if e.rule != CURATED]
    for one in anchor_pointers(pointers, sources):
        yield one, f"{one.pointer.document}:{one.pointer.start}"


def _state(register: Register, document: str, in_graph: object, source: Source | None) -> DocumentState:
    recorded = _recorded(register, document) or (in_graph if isinstance(in_graph, str) else None)
    if source is None or source.text is None:
        return DocumentState(document, NO_TEXT, recorded, None)
    state = DOCUMENT_CHANGED if source.changed else EXACT
    return DocumentState(document, state, recorded, text_hash(source.text))


# --- repair ---------------------------------------------------------------------------------------------


def repair_pointers(report: EvidenceReport, facts_folder: Path, register_folder: Path | None) -> list[Repair]:
    """Rewrite shifted pointers of the curated facts, and the hash of documents all of whose pointers hold.

    Without a folder of the register no hash is written.
    """
    curated = [one for one, _ in report.pointers if one.pointer.rule == CURATED]
    places = repairable(curated)
    done = repair_facts(facts_folder, places)
    if register_folder is None:
        return done
    left = {
        one.pointer.document
        for one in curated
        if one.at_fault
        and (one.pointer.document, one.pointer.start, one.pointer.end, one.pointer.sha256) not in places
    }
    for document in report.documents:
        if document.state == DOCUMENT_CHANGED and document.found and document.id not in left:
            done += repair_hash(register_folder, document.id, document.found)
    return done


# --- as JSON --------------------------------------------------------------------------------------------


def evidence_report_json(report: EvidenceReport) -> dict[str, Any]:
    """The whole report: documents, counts, and every pointer with what was found."""
    return {
        "conforms": report.conforms,
        "counts": dict(report.counts),
        "documents": [
            {"id": d.id, "state": d.state, "recorded_sha256": d.recorded, "sha256": d.found}
            for d in report.documents
        ],
        "pointers": [_pointer_json(one, place) for one, place in report.pointers],
    }


def _pointer_json(one: Anchored, place: str) -> dict[str, Any]:
    anchor, pointer = one.anchor, one.pointer
    found = {
        "start": anchor.start,
        "end": anchor.end,
        "sha256": anchor.sha256,
        "unique": anchor.unique,
        "similarity": anchor.similarity,
        "wording": anchor.wording,
    }
    return {
        "state": one.state,
        "place": place,
        "statement": one.statement,
        "document": pointer.document,
        "start": pointer.start,
        "end": pointer.end,
        "sha256": pointer.sha256,
        "rule": pointer.rule,
        "wording": one.wording,
        "found": found if anchor.start is not None else None,
    }
