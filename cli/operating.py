"""Commands about the running system: serve and status."""

from enum import StrEnum
from typing import Annotated

import orjson
import typer
import uvicorn

from api.app import create_app
from cli.console import emit, notes, progress_bar
from graph.reading import read_counts
from graph.settings import Settings
from graph.store import connect
from loaders.load import load
from schema.model import load_schema


class StatusFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def serve_command(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default CARISEC_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on; default CARISEC_PORT.")] = None,
) -> None:
    """Serve the API and the explorer.

    On an empty database the register and the curated facts are loaded first.
    """
    settings = Settings.from_environment()
    schema = load_schema()
    with connect(settings) as store:
        if not store.version():
            notes.print("The graph is empty: loading the register and the curated facts.")
            with progress_bar() as progress:
                load(settings, schema, [], progress)
        host, port = host or settings.host, settings.port if port is None else port
        notes.print(
            f"carisec: explorer at http://{host}:{port}/ and API at http://{host}:{port}/docs (Ctrl-C stops)"
        )
        uvicorn.run(create_app(settings, store), host=host, port=port, log_level="warning")


def status_command(
    format: Annotated[
        StatusFormat, typer.Option(help="Readable text, or one JSON object.")
    ] = StatusFormat.TEXT,
) -> None:
    """Tell engine, version, counts by kind, and what is loaded."""
    settings = Settings.from_environment()
    with connect(settings) as store:
        status = {
            "engine": store.info.engine,
            "engine_version": store.info.version,
            "graph_version": store.version(),
            "data_dir": str(settings.data_dir),
            "counts": read_counts(store),
            "documents": [
                {"id": row[0], "name": row[1], "captured": row[2] is True}
                for row in store.read(
                    "MATCH (d:Document) RETURN d.id, d.name, d.captured ORDER BY d.id", {}
                ).rows
            ],
        }
    if format is StatusFormat.JSON:
        emit(orjson.dumps(status, option=orjson.OPT_INDENT_2).decode())
        return
    counts = status["counts"]
    emit(f"engine       {status['engine']} {status['engine_version']}")
    emit(f"graph        {status['graph_version'] or 'empty: run `carisec load`'}")
    emit(f"data         {status['data_dir']}")
    emit(f"documents    {counts['documents']}, text at hand for {counts['documents_captured']}")
    emit(f"entities     {counts['entities']}")
    by_status = ", ".join(f"{n} {name}" for name, n in counts["statements"].items() if name != "total")
    emit(f"statements   {by_status or 0}; {counts['statements_without_evidence']} without evidence")
    emit(f"evidence     {counts['evidence']}, {counts['evidence_verified']} verified against the text")
    for document in status["documents"]:
        emit(f"  {document['id']}{'' if document['captured'] else ' (text not at hand)'}: {document['name']}")
