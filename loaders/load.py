"""Loading: the graph becomes what register, curated facts and captures say, in one transaction.

Everything is read and checked first, so bad input never reaches the graph; the captures are put back if the
engine fails. Running it again with the same input changes nothing.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph.captures import Capture, CaptureStore
from graph.changes import Changes, Content, Known, difference
from graph.reading import read_document_lines, read_entities, read_statements
from graph.records import CURATED, Statement
from graph.settings import Settings
from graph.store import EMBEDDED, Store, connect
from loaders.build import Built, Sources, build
from loaders.extract import Extraction, extract
from loaders.facts import CuratedFacts, read_facts
from loaders.pointers import read_pointers
from loaders.register import Register, read_register
from loaders.text import SourceText, read_documents
from schema.errors import DataError, Fault, GraphMoved, NotFound
from schema.model import Schema

Progress = Callable[[str, int, int], None]
_TRIES = 5


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load read and what it changed in the graph."""

    documents: tuple[str, ...]
    changes: Changes
    built: Built
    previous: str

    @property
    def changed(self) -> bool:
        return not self.changes.empty


@dataclass(frozen=True, slots=True)
class _Request:
    """What a call asks for: documents that come back and that go; `documents` are for the report."""

    documents: tuple[str, ...]
    restored: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Base:
    """The curated input, which every load reads."""

    schema: Schema
    register: Register
    facts: CuratedFacts


def load(
    settings: Settings, schema: Schema, paths: Sequence[Path], progress: Progress | None = None
) -> LoadReport:
    """Load register, curated facts and the documents under the paths.

    Raises DataError with every fault of the input, and then neither the graph nor the captures are touched.
    """
    base = _read_base(schema)
    sources = _read_sources(base, paths)
    captures = CaptureStore(settings.data_dir)
    with captures.locked():
        wanted = {**captures.read_all(), **sources}
        prepared = _prepare(base, wanted, progress)
        build(schema, prepared)  # checks all input before an engine is started
        with captures.replaced(wanted), connect(settings, writable=True) as store:
            return _bring_about(
                schema, store, prepared, _Request(tuple(sources), restored=frozenset(sources)), progress
            )


def withdraw(
    settings: Settings, schema: Schema, document: str, progress: Progress | None = None
) -> LoadReport:
    """Take a document out: its evidence, and every statement that is left without any."""
    base = _read_base(schema)
    captures = CaptureStore(settings.data_dir)
    with captures.locked(), connect(settings, writable=True) as store:
        documents = {d.id for d in read_document_lines(store)}
        if document not in documents:
            raise NotFound(f"no document has the id {document}; there are {', '.join(sorted(documents))}")
        wanted = {key: capture for key, capture in captures.read_all().items() if key != document}
        prepared = _prepare(base, wanted, progress)
        with captures.replaced(wanted):
            return _bring_about(
                schema, store, prepared, _Request((document,), withdrawn=frozenset({document})), progress
            )


def mentions_in(schema: Schema, paths: Sequence[Path]) -> list[Statement]:
    """The MENTIONS statements of the documents under the paths; touches neither graph nor captures."""
    base = _read_base(schema)
    extractions = _extract_all(base, _read_sources(base, paths), None)
    return [s for e in extractions.values() for s in e.statements if s.predicate == "MENTIONS"]


def _read_base(schema: Schema) -> _Base:
    register = read_register(schema)
    return _Base(schema, register, read_facts(schema, register))


def _read_sources(base: _Base, paths: Sequence[Path]) -> dict[str, Capture]:
    """Captures of the documents under the paths, by id."""
    captures: dict[str, Capture] = {}
    faults = []
    for source in read_documents(paths, base.register):
        capture = _identified(base.register, source)
        key = capture.document.id
        known = base.register.entities.get(key)
        if known and known.properties.get("sha256") != capture.document.properties["sha256"]:
            message = f"this is not the text of {key} that the curated facts point into (its sha256 differs)"
            faults.append(
                Fault(source.file, 1, message, "load the original text, or give the file another name")
            )
        if key in captures and captures[key].text != capture.text:
            faults.append(
                Fault(source.file, 1, f"another file gives the same id {key}", "rename one of them")
            )
        captures[key] = capture
    if faults:
        raise DataError(faults)
    return captures


def _identified(register: Register, source: SourceText) -> Capture:
    """A document of the register is known by its text, whatever its file is called."""
    sha256 = source.entity.properties["sha256"]
    for entity in register.entities.values():
        if "Document" in entity.types and entity.properties.get("sha256") == sha256:
            return Capture(replace(source.entity, id=entity.id), source.text, source.body)
    return Capture(source.entity, source.text, source.body)


def _prepare(base: _Base, captures: Mapping[str, Capture], progress: Progress | None) -> Sources:
    extractions = _extract_all(base, captures, progress)
    pointers = read_pointers(base.schema, base.register.entities)
    return Sources(base.register, base.facts, captures, extractions, pointers)


def _bring_about(
    schema: Schema, store: Store, prepared: Sources, request: _Request, progress: Progress | None
) -> LoadReport:
    """Make the graph what the sources say; again if another load came between."""
    for attempt in range(_TRIES):
        known = store.known()
        withdrawn = (known.withdrawn - request.restored) | request.withdrawn
        sources = replace(prepared, withdrawn=withdrawn)
        if store.info.engine != EMBEDDED:
            sources = replace(sources, others=_others(store, schema, known, sources))
        built = build(schema, sources)
        changes = difference(schema, built.content, known, withdrawn)
        try:
            if not changes.empty:
                store.apply(schema, changes, progress)
        except GraphMoved:
            if attempt == _TRIES - 1:
                raise
            continue
        return LoadReport(request.documents, changes, built, known.version)
    raise AssertionError("unreachable")


def _extract_all(
    base: _Base, captures: Mapping[str, Capture], progress: Progress | None
) -> dict[str, Extraction]:
    extractions = {}
    for done, (key, capture) in enumerate(sorted(captures.items()), 1):
        file = str(capture.document.properties["file"])
        source = SourceText(file, capture.text, capture.document, capture.body)
        extractions[key] = extract(source, base.register, base.schema)
        if progress:
            progress("reading documents", done, len(captures))
    return extractions


def _others(store: Store, schema: Schema, known: Known, sources: Sources) -> Content:
    """What rests on documents that someone loaded into this server from another data folder.

    Curated evidence counts only while the facts still have it; there it brings the quote.
    """
    captured = {e.id: e for e in read_entities(store, schema) if e.properties.get("captured") is True}
    theirs = captured.keys() - sources.captures.keys() - sources.withdrawn
    if not theirs:
        return Content((), ())
    curated = {e.id_for(s.id) for s in sources.facts.statements for e in s.evidence}
    statements = []
    for statement in read_statements(store, schema):
        evidence = tuple(
            e
            for e in statement.evidence
            if e.document in theirs and (e.rule != CURATED or e.id_for(statement.id) in curated)
        )
        if evidence:
            statements.append(replace(statement, evidence=evidence))
    kept = {s.subject for s in statements} | {s.object for s in statements if s.object} | theirs
    entities = [e for e in read_entities(store, schema) if e.id in kept and e.id in known.entities]
    return Content(tuple(entities), tuple(statements))
