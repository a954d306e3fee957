"""The command that serves the API and the explorer."""

import contextlib
import socket
from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from cli.console import notes, progress_bar
from graph.settings import Settings
from graph.store import connect
from loaders.load import load
from schema.errors import BadSettings
from schema.model import load_schema


def serve_command(
    host: Annotated[str | None, typer.Option(help="Address to listen on; default CARISEC_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="Port to listen on; default CARISEC_PORT.")
    ] = None,
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
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise BadSettings(
            f"{host}:{port} cannot be listened on: {error.strerror}; take another with --port or CARISEC_PORT"
        ) from error
    return listener
