"""Loading: the graph becomes what register, curated facts and captures say, in one transaction.

Register and facts are read and checked first, so what is wrong with them never reaches the graph; a document
that cannot be read is left out and told, and the others are loaded. The captures are put back if the engine
fails. Running it again with the same input changes nothing.
"""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.anchors import Anchored, Source, anchor_pointers
from graph.captures import Capture, CaptureStore
from graph.changes import Changes, Content, Known, difference
from graph.reading import read_document_lines, read_entities, read_statements, require_loaded
from graph.records import CHANGED_WORDING, CURATED, EXACT, MENTIONS, SHIFTED, Evidence, Statement
from graph.settings import Settings
from graph.store import EMBEDDED, Store, connect
from loaders.build import Built, Sources, build, named_by
from loaders.differences import Difference, compare
from loaders.extract import Extraction, extract
from loaders.facts import FACTS, CuratedFacts, read_facts
from loaders.judgements import Judgements, read_judgements
from loaders.pointers import read_pointers
from loaders.register import Register, read_register
from loaders.text import Documents, SourceText, read_documents
from schema.errors import CarisecError, DataError, Fault, GraphMoved, NotFound
from schema.model import Schema

Progress = Callable[[str, int, int], None]
_TRIES = 5
# A text with this share of the clauses that a curator pointed to is a corrected version of what they read.
_SAME_DOCUMENT = 0.5


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What a load read and what it changed in the graph.

    `faults` tells of the documents that were left out, `difference` what the graph says other than before.
    """

    documents: tuple[str, ...]
    changes: Changes
    built: Built
    previous: str
    difference: Difference
    faults: tuple[Fault, ...] = ()

    @property
    def changed(self) -> bool:
        return not self.changes.empty


@dataclass(frozen=True, slots=True)
class _Request:
    """What a call asks for: documents that come back and that go; `documents` are for the report."""

    documents: tuple[str, ...]
    restored: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Curated:
    """What people wrote and every load reads: the register as it is with their decisions, and the facts."""

    schema: Schema
    register: Register
    facts: CuratedFacts
    judgements: Judgements


def load(
    settings: Settings, schema: Schema, paths: Sequence[Path], progress: Progress | None = None
) -> LoadReport:
    """Load register, curated facts and the documents under the paths.

    Raises DataError with every fault of register and facts, and then neither graph nor captures are touched.
    Documents at fault are left out and told in the report.
    """
    base = read_curated(settings, schema)
    documents = read_documents(paths, base.register)
    captures = CaptureStore(settings.data_dir)
    with captures.locked():
        before = captures.read_all()
        given, faults = _captured(base, documents, before)
        read, unread = _extract_all(base, given, progress)
        given = {key: given[key] for key in read}
        kept = {key: capture for key, capture in before.items() if key not in given}
        again, broken = _extract_all(base, kept, progress)
        wanted = {**kept, **given}
        prepared = _prepared(base, wanted, {**again, **read})
        build(schema, prepared)  # checks all input before an engine is started
        told = tuple(dict.fromkeys((*faults, *unread, *broken)))
        request = _Request(tuple(given), restored=frozenset(given), faults=told)
        with captures.replaced(wanted), connect(settings, writable=True) as store:
            return _bring_about(schema, store, prepared, request, progress)


def withdraw(
    settings: Settings, schema: Schema, document: str, progress: Progress | None = None
) -> LoadReport:
    """Take a document out: its evidence, and every statement that is left without any."""
    base = read_curated(settings, schema)
    captures = CaptureStore(settings.data_dir)
    with captures.locked(), connect(settings, writable=True) as store:
        require_loaded(store)
        documents = {d.id for d in read_document_lines(store)}
        if document not in documents:
            raise NotFound(f"no document has the id {document}; there are {', '.join(sorted(documents))}")
        wanted = {key: capture for key, capture in captures.read_all().items() if key != document}
        extractions, broken = _extract_all(base, wanted, progress)
        prepared = _prepared(base, wanted, extractions)
        request = _Request((document,), withdrawn=frozenset({document}), faults=broken)
        with captures.replaced(wanted):
            return _bring_about(schema, store, prepared, request, progress)


def read_document(
    source: SourceText, register: Register, schema: Schema, judgements: Judgements
) -> Extraction:
    """What a document says, read with what was decided about names; `register` has that for all documents."""
    return extract(source, judgements.applied_to_register(register, source.entity.id), schema, judgements)


@contextmanager
def only_this_document(file: str) -> Iterator[None]:
    """Keep what goes wrong inside with one document from the others: it raises DataError naming the file."""
    try:
        yield
    except CarisecError:
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        what = f"{type(error).__name__} in {Path(place.filename).name}:{place.lineno}: {error}"
        mend = "please report it, with the document if you can share it; it is left out until then"
        raise DataError([Fault(file, 1, f"carisec fails on this document: {what}", mend)]) from error


def judged(extraction: Extraction, register: Register, judgements: Judgements) -> Extraction:
    """A document's own statements with the status that was decided for them, as a load gives it."""
    known = {**register.entities, **{entity.id: entity for entity in extraction.entities}}
    decided = {s.id: s for s in judgements.applied_to_statements(extraction.statements, known)}
    return replace(extraction, statements=tuple(decided.get(s.id, s) for s in extraction.statements))


def mentions_in(schema: Schema, paths: Sequence[Path]) -> list[Statement]:
    """Where the documents under the paths name entities of the register; touches neither graph nor captures.

    Raises DataError if one of them is at fault.
    """
    register = read_register(schema)
    base = Curated(schema, register, read_facts(schema, register), Judgements(schema))
    given, faults = _captured(base, read_documents(paths, base.register), {})
    if faults:
        raise DataError(faults)
    extractions, broken = _extract_all(base, given, None)
    if broken:
        raise DataError(broken)
    found = (s for e in extractions.values() for s in e.statements if s.predicate == MENTIONS)
    return [s for s in found if s.object in register.entities]


def read_curated(settings: Settings, schema: Schema, facts_folder: Path = FACTS) -> Curated:
    """Register, facts and judgement file. Raises DataError with every fault of one of them."""
    judgements = read_judgements(schema, settings.judgement_file)
    register = judgements.applied_to_register(read_register(schema))
    return Curated(schema, register, read_facts(schema, register, facts_folder), judgements)


def _captured(
    base: Curated, documents: Documents, before: Mapping[str, Capture]
) -> tuple[dict[str, Capture], tuple[Fault, ...]]:
    """Captures of the documents by id, and the faults of those that are left out."""
    captures: dict[str, Capture] = {}
    faults = list(documents.faults)
    for source in documents.sources:
        capture = Capture(source.entity, source.text, source.body)
        key = capture.document.id
        known = base.register.entities.get(key)
        if known and known.properties.get("sha256") != capture.document.properties["sha256"]:
            found = _pointers_in(base.facts, capture, before.get(key))
            standing = [one for one in found if one.state in (EXACT, SHIFTED, CHANGED_WORDING)]
            if len(standing) < len(found) * _SAME_DOCUMENT:
                faults.append(_another_text(source, key, len(standing), len(found)))
                continue
            lost = {
                one.pointer.sha256: one.wording for one in found if one.wording and not one.evidence.holds
            }
            capture = replace(capture, earlier=lost)
        captures[key] = capture
    return captures, tuple(faults)


def _pointers_in(facts: CuratedFacts, capture: Capture, before: Capture | None) -> list[Anchored]:
    """Where the clauses that curated facts point to stand in a corrected version of their document."""
    key = capture.document.id
    clauses = {
        (e.start, e.end, e.sha256): Evidence(key, e.start, e.end, e.sha256)
        for s in facts.statements
        for e in s.evidence
        if e.document == key
    }
    pointers = [("", clauses[place]) for place in sorted(clauses)]
    earlier: dict[str, str] = {}
    if before is not None:
        known = anchor_pointers(pointers, {key: Source(before.text, True, before.earlier)})
        earlier = {
            one.pointer.sha256: wording
            for one in known
            if (wording := one.anchor.wording if one.evidence.holds else one.wording)
        }
    return anchor_pointers(pointers, {key: Source(capture.text, True, earlier)})


def _another_text(source: SourceText, key: str, standing: int, clauses: int) -> Fault:
    message = (
        f"this is not the text of {key} that the curated facts point into (its sha256 differs), and no "
        f"corrected version of it: {standing} of {clauses} clauses stand in it"
    )
    return Fault(source.file, 1, message, "load the original text, or give the file another name")


def _prepared(
    base: Curated, captures: Mapping[str, Capture], extractions: Mapping[str, Extraction]
) -> Sources:
    pointers = read_pointers(base.schema, base.register.entities)
    return Sources(base.register, base.facts, captures, extractions, pointers, judgements=base.judgements)


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
        before = _content_before(store, schema, known, changes)
        try:
            if not changes.empty:
                store.apply(schema, changes, progress)
        except GraphMoved:
            if attempt == _TRIES - 1:
                raise
            continue
        found = compare(schema, before or built.content, built.content)
        return LoadReport(request.documents, changes, built, known.version, found, request.faults)
    raise AssertionError("unreachable")


def _content_before(store: Store, schema: Schema, known: Known, changes: Changes) -> Content | None:
    """What the graph says before the changes; None if there are none."""
    if changes.empty:
        return None
    if not known.version:
        return Content((), ())
    return Content(tuple(read_entities(store, schema)), tuple(read_statements(store, schema)))


def _extract_all(
    base: Curated, captures: Mapping[str, Capture], progress: Progress | None
) -> tuple[dict[str, Extraction], tuple[Fault, ...]]:
    """What the documents say, by id, and the faults of those that carisec fails on."""
    extractions: dict[str, Extraction] = {}
    faults: list[Fault] = []
    for done, (key, capture) in enumerate(sorted(captures.items()), 1):
        file = str(capture.document.properties["file"])
        source = SourceText(file, capture.text, capture.document, capture.body)
        try:
            with only_this_document(file):
                extractions[key] = read_document(source, base.register, base.schema, base.judgements)
        except DataError as error:
            faults += error.faults
        if progress:
            progress("reading documents", done, len(captures))
    return extractions, tuple(faults)


def _others(store: Store, schema: Schema, known: Known, sources: Sources) -> Content:
    """What rests on documents that someone loaded into this server from another data folder.

    Curated evidence counts only while the facts still have it; there it brings the quote.
    """
    captured = {e.id: e for e in read_entities(store, schema) if e.properties.get("captured") is True}
    theirs = captured.keys() - sources.captures.keys() - sources.withdrawn
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
