"""Commands that bring documents in and take them out: load, withdraw, extract, cite."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from cli.comparing import compare_documents, loaded_sources
from cli.console import emit, notes, progress_bar
from graph.anchors import Anchored
from graph.records import text_hash
from graph.settings import Settings
from loaders.changewords import difference_json, difference_lines
from loaders.explain import Explanation, explain, explanation_json, explanation_lines
from loaders.extract import extraction_json
from loaders.judgements import Judgements, read_judgements
from loaders.load import LoadReport, judged, load, only_this_document, read_document, withdraw
from loaders.register import Register, read_register
from loaders.text import SourceText, read_documents
from schema.errors import DataError, Fault, UsageError
from schema.model import Schema, load_schema

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="Documents or folders of documents (text, Markdown, HTML, PDF, DOCX), and RDF files "
        "(.ttl .trig .nt .nq .jsonld .rdf, also with .gz)."
    ),
]
# Lines of each kind of change, none for a first load, which adds everything; all of them are in the JSON.
_MOST_LINES = 20


class ExtractFormat(StrEnum):
    JSONL = "jsonl"
    JSON = "json"


class LoadFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


HowTold = Annotated[LoadFormat, typer.Option("--format", help="Sentences, or one JSON object with all.")]


def load_command(paths: Paths = None, format: HowTold = LoadFormat.TEXT) -> None:
    """Bring the graph up to the register, the curated facts, and the documents and RDF files under PATH.

    What earlier loads brought stays; a file of the same name is a corrected version and takes the place of
    the earlier one. Loading the same again changes nothing. Tells what is new, what is gone, and what known
    statements are contradicted. A file that cannot be read is told with file, line and mend, and harms none
    of the others; the exit code is then 1.

    An RDF file (an export of ours, or one of others that uses the ontology) is read where it is named itself,
    not in folders. No fact without evidence: a triple with a predicate of ours needs a statement with the
    clause that says it. The register wins over what such a file says of an entity that both know. See
    loaders/README.md.
    """
    schema = load_schema()
    with progress_bar() as progress:
        report = load(Settings.from_environment(), schema, paths or [], progress)
    _tell(schema, report, format)


def withdraw_command(
    document: Annotated[
        str, typer.Argument(help="Id of the document: document/NAME; of an RDF file: import/NAME.")
    ],
    format: HowTold = LoadFormat.TEXT,
) -> None:
    """Take a document or an RDF file out: its evidence, and every statement left without any.

    Load it again to undo.
    """
    schema = load_schema()
    with progress_bar() as progress:
        report = withdraw(Settings.from_environment(), schema, document, progress)
    _tell(schema, report, format)


def extract_command(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="Documents to read; with --compare those loaded if none are given."),
    ] = None,
    format: Annotated[
        ExtractFormat | None,
        typer.Option(
            help="One object a line, or an indented list.",
            show_default="jsonl; with --explain, --compare a text",
        ),
    ] = None,
    compare: Annotated[
        bool,
        typer.Option(
            "--compare", help="Compare with the curated facts: a table, or one object with --format json."
        ),
    ] = False,
    explained: Annotated[
        bool,
        typer.Option(
            "--explain",
            help="For each sentence how it was read, what came of it, and what nearly did and why not; as "
            "text, or with --format.",
        ),
    ] = False,
) -> None:
    """Print what documents say, as one JSON object each, without touching the graph.

    Decisions of the judgement file count as in a load; --explain and --compare show the rules alone.

    A confidence says how far the rule is trusted for this wording: 0.75 and more is accepted, less waits as a
    candidate.

    A document that cannot be read is left out and told; the exit code is then 1.
    """
    if compare and explained:
        raise UsageError("--compare and --explain do not go together: give one of the two")
    if compare and format is ExtractFormat.JSONL:
        raise UsageError("--compare with --format jsonl: it gives a table, or one object with --format json")
    if not files and not compare:
        raise UsageError("extract reads documents: name one or more files or folders")
    schema = load_schema()
    settings = Settings.from_environment()
    register = read_register(schema)
    documents = read_documents(files or [], register)
    failed: list[Fault] = []
    if compare:
        sources = documents.sources if files else loaded_sources(settings)
        compare_documents(sources, register, schema, as_json=format is ExtractFormat.JSON)
    elif explained:
        _explain(_explained(documents.sources, register, schema, failed), format)
    else:
        judgements = read_judgements(schema, settings.judgement_file)
        known = judgements.applied_to_register(register)
        _emit_records(_records(documents.sources, known, schema, judgements, failed), format)
    _tell_faults([*documents.faults, *failed], len(documents.sources) - len(failed))


def _emit_records(records: Iterable[dict[str, Any]], format: ExtractFormat | None) -> None:
    """One object a line, or all as one list."""
    if format is ExtractFormat.JSON:
        emit(orjson.dumps(list(records), option=orjson.OPT_INDENT_2).decode())
        return
    for record in records:
        emit(orjson.dumps(record).decode())


def _records(
    sources: Iterable[SourceText],
    register: Register,
    schema: Schema,
    judgements: Judgements,
    failed: list[Fault],
) -> Iterator[dict[str, Any]]:
    """What each document says, with what was decided; `failed` takes a fault where carisec fails on one."""
    for source in sources:
        try:
            with only_this_document(source.file):
                extraction = read_document(source, register, schema, judgements)
                record = extraction_json(judged(extraction, register, judgements), source, register)
        except DataError as error:
            failed += error.faults
        else:
            yield record


def _explain(explained: Iterable[tuple[str, Sequence[Explanation]]], format: ExtractFormat | None) -> None:
    """Sentences with their readings: as text, or as an object for each document."""
    if format is not None:
        records = ({"document": file, "sentences": list(map(explanation_json, es))} for file, es in explained)
        _emit_records(records, format)
        return
    for file, explanations in explained:
        emit(file)
        for explanation in explanations:
            emit("\n".join(explanation_lines(explanation)))


def _explained(
    sources: Iterable[SourceText], register: Register, schema: Schema, failed: list[Fault]
) -> Iterator[tuple[str, Sequence[Explanation]]]:
    """Files with their explained sentences; `failed` takes a fault where carisec fails on one."""
    for source in sources:
        try:
            with only_this_document(source.file):
                explanations = list(explain(source, register, schema))
        except DataError as error:
            failed += error.faults
        else:
            yield source.file, explanations


def cite_command(
    file: Annotated[Path, typer.Argument(help="A document, or a folder of documents.")],
    first: Annotated[str, typer.Argument(help="First words of the clause.")],
    last: Annotated[str, typer.Argument(help="Last words of the clause.")],
) -> None:
    """Print the pointer to a clause for the curated facts: its offsets and sha256."""
    documents = read_documents([file], read_register(load_schema()))
    if documents.faults:
        raise DataError(documents.faults)
    found = [(s, place) for s in documents.sources for place in islice(_clauses(s.text, first, last), 2)]
    if not found:
        raise UsageError(
            f"{file} has no clause from {first!r} to {last!r}; copy the words as they stand in the text"
        )
    if len(found) > 1:
        files = ", ".join(dict.fromkeys(source.file for source, _ in found))
        raise UsageError(f"{first!r} stands more than once before {last!r}, in {files}; give more words")
    source, (start, end) = found[0]
    if file.is_dir():
        notes.print(f"in {source.file}", markup=False)
    emit(f"- {{start: {start}, end: {end}, sha256: {text_hash(source.text[start:end])}}}")


def _clauses(text: str, first: str, last: str) -> Iterator[tuple[int, int]]:
    """Places of the clauses that begin with the first words and end with the next last ones."""
    start = text.find(first)
    while start >= 0 and (end := text.find(last, start)) >= 0:
        yield start, end + len(last)
        start = text.find(first, start + 1)


def _tell(schema: Schema, report: LoadReport, format: LoadFormat) -> None:
    if format is LoadFormat.JSON:
        emit(orjson.dumps(_report_json(schema, report), option=orjson.OPT_INDENT_2).decode())
    else:
        _tell_notes(report)
        _tell_counts(report)
        most = _MOST_LINES if report.previous else 0
        for line in difference_lines(schema, report.difference, most, "--format json"):
            emit(line)
    _tell_faults(report.faults, len(report.documents) + len(report.imports))


def _tell_notes(report: LoadReport) -> None:
    for told in report.notes:
        notes.print(f"note: {told}", markup=False)
    for note, count in sorted(report.built.notes.items()):
        notes.print(f"{count} {note}", markup=False)
    for line in _moved_lines(report.built.moved):
        notes.print(line, markup=False)


def _moved_lines(moved: Iterable[Anchored]) -> Iterator[str]:
    """How the curated pointers stand to a corrected text, by document; told in full by `validate`."""
    by_document: dict[str, dict[str, int]] = {}
    for one in moved:
        states = by_document.setdefault(one.pointer.document, {})
        states[one.state] = states.get(one.state, 0) + 1
    for document, states in sorted(by_document.items()):
        told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        yield f"{document} is a corrected text, its pointers: {told} (see `carisec validate --evidence`)"


def _tell_counts(report: LoadReport) -> None:
    content, changes = report.built.content, report.changes
    evidence = sum(len(s.evidence) for s in content.statements)
    emit(
        f"{len(content.entities)} entities, {len(content.statements)} statements, {evidence} evidence; "
        f"graph {changes.version}"
    )
    if not report.changed:
        emit("nothing changed")
        return
    for kind, (new, changed, gone) in report.changes.counts.items():
        emit(f"{kind}: {new} added, {changed} changed, {gone} removed")


def _report_json(schema: Schema, report: LoadReport) -> dict[str, Any]:
    return {
        "documents": list(report.documents),
        "imports": list(report.imports),
        "faults": [
            {"file": f.file, "line": f.line, "message": f.message, "mend": f.mend} for f in report.faults
        ],
        "import_notes": [{"file": f.file, "line": f.line, "message": f.message} for f in report.notes],
        "graph_version": report.changes.version,
        "graph_version_before": report.previous,
        "changed": report.changed,
        "counts": {
            kind: dict(zip(("added", "changed", "removed"), numbers, strict=True))
            for kind, numbers in report.changes.counts.items()
        },
        "notes": dict(sorted(report.built.notes.items())),
        **difference_json(schema, report.difference),
    }


def _tell_faults(faults: Iterable[Fault], read: int) -> None:
    """A line for each fault of a file, how many files are at fault, and exit code 1 if one is."""
    told = list(faults)
    if not told:
        return
    for fault in told:
        notes.print(f"carisec: {fault}", markup=False)
    files = len({fault.file for fault in told})
    notes.print(f"files at fault: {files}; documents read: {read}", markup=False)
    raise typer.Exit(1)
