"""Loading: the graph becomes what register, facts, captures and kept imports say, in one transaction.

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
from graph.changes import Changes, Content, Former, Known, difference
from graph.imports import ImportStore, Kept
from graph.reading import read_document_lines, read_entities, read_statements, require_loaded
from graph.records import CHANGED_WORDING, EXACT, MENTIONS, SHIFTED, Evidence, Statement
from graph.settings import Settings
from graph.store import EMBEDDED, Store, connect
from loaders.build import Built, Sources, build, text_sources
from loaders.chronicle import chronicle
from loaders.differences import Difference, compare
from loaders.extract import Extraction, extract
from loaders.facts import FACTS, CuratedFacts, read_facts
from loaders.former import declared_former, read_former
from loaders.judgements import Judgements, read_judgements
from loaders.others import others_loaded
from loaders.pointers import read_pointers
from loaders.rdf.gathering import Gathered, gather, is_rdf, take_files
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

    `faults` tells of the files that were left out, `difference` what the graph says other than before.
    `imports` are the ids of the RDF files that the call named, `notes` what they say against the register.
    """

    documents: tuple[str, ...]
    changes: Changes
    built: Built
    previous: str
    difference: Difference
    faults: tuple[Fault, ...] = ()
    imports: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()

    @property
    def changed(self) -> bool:
        return not self.changes.empty


@dataclass(frozen=True, slots=True)
class _Request:
    """What a call asks for: documents that come back and that go.

    `documents`, `imports` and `notes` are for the report; `brought` are the documents that kept imports bring
    or brought.
    """

    documents: tuple[str, ...]
    imports: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()
    brought: frozenset[str] = frozenset()
    restored: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Curated:
    """What people wrote and every load reads: the register as it is with their decisions, and the facts.

    `former` are the ids that the register or the facts had.
    """

    schema: Schema
    register: Register
    facts: CuratedFacts
    judgements: Judgements
    former: tuple[Former, ...] = ()


def load(
    settings: Settings, schema: Schema, paths: Sequence[Path], progress: Progress | None = None
) -> LoadReport:
    """Load register, curated facts, the documents under the paths and the RDF files that they name.

    Raises DataError with every fault of register and facts, and then neither graph nor captures are touched.
    Documents and RDF files at fault are left out and told in the report.
    """
    base = read_curated(settings, schema)
    rdf = [path for path in paths if is_rdf(path)]
    documents = read_documents([path for path in paths if path not in rdf], base.register)
    captures, imports = CaptureStore(settings.data_dir), ImportStore(settings.data_dir)
    with captures.locked(), imports.recovered():
        before = captures.read_all()
        given, faults = _captured(base, documents, before)
        read, unread = _extract_all(base, given, progress)
        given = {key: given[key] for key in read}
        kept = {key: capture for key, capture in before.items() if key not in given}
        again, broken = _extract_all(base, kept, progress)
        wanted = {**kept, **given}
        extractions = {**again, **read}
        files, unfit = take_files(rdf, imports, settings.base_iri)
        gathered = _gathered(base, imports, files, wanted, extractions)
        prepared = _prepared(base, wanted, extractions, gathered)
        build(schema, prepared)  # checks all input before an engine is started
        told = tuple(dict.fromkeys((*faults, *unread, *broken, *unfit, *gathered.faults)))
        request = _Request(
            tuple(given),
            gathered.given,
            gathered.notes,
            gathered.documents,
            restored=gathered.restored.union(given),
            faults=told,
        )
        replaced = (captures.replaced(wanted), imports.replaced(gathered.wanted))
        with replaced[0], replaced[1], connect(settings, writable=True) as store:
            return _bring_about(base, store, prepared, request, progress)


def withdraw(
    settings: Settings, schema: Schema, document: str, progress: Progress | None = None
) -> LoadReport:
    """Take a document or an import out: its evidence, and every statement that is left without any.

    An import goes by its id, `import/NAME`, or by the name of its file.
    """
    base = read_curated(settings, schema)
    captures, imports = CaptureStore(settings.data_dir), ImportStore(settings.data_dir)
    with captures.locked(), imports.recovered(), connect(settings, writable=True) as store:
        require_loaded(store)
        kept = imports.read_all()
        named = [key for key, one in kept.items() if document in (key, one.file)]
        if named:
            return _withdraw_imports(base, store, (captures, imports), named, progress)
        documents = {d.id for d in read_document_lines(store)}
        if document not in documents:
            there = ", ".join(sorted(documents | kept.keys()))
            raise NotFound(f"no document or import has the id {document}; there are {there}")
        wanted = {key: capture for key, capture in captures.read_all().items() if key != document}
        extractions, broken = _extract_all(base, wanted, progress)
        gathered = _gathered(base, imports, {}, wanted, extractions)
        prepared = _prepared(base, wanted, extractions, gathered)
        told = (*broken, *gathered.faults)
        withdrawn = frozenset({document})
        request = _Request((document,), brought=gathered.documents, withdrawn=withdrawn, faults=told)
        with captures.replaced(wanted):
            return _bring_about(base, store, prepared, request, progress)


def _withdraw_imports(
    base: Curated,
    store: Store,
    stores: tuple[CaptureStore, ImportStore],
    named: Sequence[str],
    progress: Progress | None,
) -> LoadReport:
    captures, imports = stores
    held = captures.read_all()
    extractions, broken = _extract_all(base, held, progress)
    left = {key: one for key, one in imports.read_all().items() if key not in named}
    gathered = _gathered(base, imports, {}, held, extractions, left)
    prepared = _prepared(base, held, extractions, gathered)
    told = (*broken, *gathered.faults)
    request = _Request((), tuple(named), brought=gathered.documents, faults=told)
    with imports.replaced(gathered.wanted):
        return _bring_about(base, store, prepared, request, progress)


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
    facts = read_facts(schema, register, facts_folder)
    former = read_former({**register.entities, **facts.entities})
    return Curated(schema, register, facts, judgements, former)


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


def _gathered(
    base: Curated,
    imports: ImportStore,
    given: Mapping[str, Kept],
    captures: Mapping[str, Capture],
    extractions: Mapping[str, Extraction],
    kept: Mapping[str, Kept] | None = None,
) -> Gathered:
    """What the RDF files say beside everything else; `kept` are those of before that stay, all by default."""
    known = {e.id: e for found in extractions.values() for e in found.entities}
    known |= {key: capture.document for key, capture in captures.items()}
    known |= {**base.facts.entities, **base.register.entities}
    return gather(base.schema, imports, given, known, text_sources(base.register, captures), kept)


def _prepared(
    base: Curated,
    captures: Mapping[str, Capture],
    extractions: Mapping[str, Extraction],
    gathered: Gathered,
) -> Sources:
    pointers = read_pointers(base.schema, base.register.entities)
    return Sources(
        base.register,
        base.facts,
        captures,
        extractions,
        pointers,
        gathered.said,
        judgements=base.judgements,
    )


def _bring_about(
    base: Curated, store: Store, prepared: Sources, request: _Request, progress: Progress | None
) -> LoadReport:
    """Make the graph what the sources say; again if another load came between."""
    schema = base.schema
    for attempt in range(_TRIES):
        known = store.known()
        withdrawn = (known.withdrawn - request.restored) | request.withdrawn
        sources = replace(prepared, withdrawn=withdrawn)
        if store.info.engine != EMBEDDED:
            others = others_loaded(store, schema, known, sources, request.brought)
            sources = replace(sources, others=others)
        built = build(schema, sources)
        present = {e.id for e in built.content.entities}
        former = declared_former(schema, base.former, base.judgements, present)
        changes = difference(schema, built.content, known, withdrawn, former)
        before = _content_before(store, schema, known, changes) or built.content
        found = compare(schema, before, built.content)
        try:
            if not changes.empty:
                told = chronicle(schema, changes, (before, built.content), found, former)
                store.apply(schema, changes, progress, told)
        except GraphMoved:
            if attempt == _TRIES - 1:
                raise
            continue
        return LoadReport(
            request.documents,
            changes,
            built,
            known.version,
            found,
            request.faults,
            request.imports,
            request.notes,
        )
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
