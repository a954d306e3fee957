"""The command that tells what there is."""

from enum import StrEnum
from typing import Annotated

import orjson
import typer

from cli.console import emit
from graph.history import last_load
from graph.imports import ImportStore
from graph.reading import read_counts, read_document_lines
from graph.settings import Settings
from graph.store import connect


class StatusFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def status_command(
    format: Annotated[
        StatusFormat, typer.Option(help="Readable text, or one JSON object.")
    ] = StatusFormat.TEXT,
) -> None:
    """Tell engine, version, counts by kind, and what is loaded."""
    settings = Settings.from_environment()
    with connect(settings) as store:
        engine, version = store.info, store.version()
        counts, documents = read_counts(store), read_document_lines(store)
        load = last_load(store)
    imports = [kept for _, kept in sorted(ImportStore(settings.data_dir).read_all().items())]
    if format is StatusFormat.JSON:
        record = {
            "engine": engine.engine,
            "engine_version": engine.version,
            "graph_version": version,
            "last_load": {"number": load.number, "at": load.at, "changed": load.title} if load else None,
            "data_dir": str(settings.data_dir),
            "counts": counts,
            "documents": [{"id": d.id, "name": d.name, "captured": d.captured} for d in documents],
            "imports": [
                {"id": k.id, "file": k.file, "entities": k.entities, "statements": k.statements}
                for k in imports
            ],
        }
        emit(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())
        return
    emit(f"engine       {engine.engine} {engine.version}")
    emit(f"graph        {version or 'empty: run `carisec load`'}")
    if load:
        emit(f"last load    {load.at}: {load.title}")
    emit(f"data         {settings.data_dir}")
    emit(f"documents    {counts['documents']}, text at hand for {counts['documents_captured']}")
    emit(f"entities     {counts['entities']}, and {counts['candidate_entities']} candidates")
    by_status = ", ".join(f"{n} {name}" for name, n in counts["statements"].items() if name != "total")
    emit(f"statements   {by_status or 0}; {counts['statements_without_evidence']} without evidence")
    emit(f"evidence     {counts['evidence']}, {counts['evidence_verified']} verified against the text")
    for kept in imports:
        emit(f"  {kept.id}: {kept.file}, {kept.entities} entities, {kept.statements} statements")
    for document in documents:
        emit(f"  {document.id}{'' if document.captured else ' (text not at hand)'}: {document.name}")
