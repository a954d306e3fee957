"""Commands about the running system: serve and status."""

import contextlib
import socket
from enum import StrEnum
from typing import Annotated

import orjson
import typer
import uvicorn

from api.app import create_app
from cli.console import emit, notes, progress_bar
from graph.reading import read_counts, read_document_lines
from graph.settings import Settings
from graph.store import connect
from loaders.load import load
from schema.errors import BadSettings
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
    host, port = host or settings.host, settings.port if port is None else port
    listener = _listen(host, port)
    port = listener.getsockname()[1]
    with listener, connect(settings) as store:
        if not store.version():
            notes.print("The graph is empty: loading the register and the curated facts.")
            with progress_bar() as progress:
                load(settings, schema, [], progress)
        host, port = host or settings.host, settings.port if port is None else port
        notes.print(
            f"carisec: explorer at http://{host}:{port}/ and API at http://{host}:{port}/docs (Ctrl-C stops)"
        )
        server = uvicorn.Server(uvicorn.Config(create_app(settings, store), log_level="warning"))
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    """The listening socket, taken before anything is started, so that a taken port is told at once."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise BadSettings(
            f"{host}:{port} cannot be listened on: {error.strerror}; take another with --port or CARISEC_PORT"
        ) from error
    return listener


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
    if format is StatusFormat.JSON:
        record = {
            "engine": engine.engine,
            "engine_version": engine.version,
            "graph_version": version,
            "data_dir": str(settings.data_dir),
            "counts": counts,
            "documents": [{"id": d.id, "name": d.name, "captured": d.captured} for d in documents],
        }
        emit(orjson.dumps(record, option=orjson.OPT_INDENT_2).decode())
        return
    emit(f"engine       {engine.engine} {engine.version}")
    emit(f"graph        {version or 'empty: run `carisec load`'}")
    emit(f"data         {settings.data_dir}")
    emit(f"documents    {counts['documents']}, text at hand for {counts['documents_captured']}")
    emit(f"entities     {counts['entities']}")
    by_status = ", ".join(f"{n} {name}" for name, n in counts["statements"].items() if name != "total")
    emit(f"statements   {by_status or 0}; {counts['statements_without_evidence']} without evidence")
    emit(f"evidence     {counts['evidence']}, {counts['evidence_verified']} verified against the text")
    for document in documents:
        emit(f"  {document.id}{'' if document.captured else ' (text not at hand)'}: {document.name}")
