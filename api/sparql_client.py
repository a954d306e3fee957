"""Asks the SPARQL process: starts it, gives it the graph, stops it when a query runs too long."""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import IO, Any

from pyoxigraph import RdfFormat, serialize

from api.snapshot import Snapshot
from api.sparql_worker import read_frame, write_frame
from graph.rdf import quads
from graph.vocabulary import prefixes
from schema import errors
from schema.errors import CarisecError, EngineFailure, TimeLimit

_LOADING_SECONDS = 120.0


class SparqlClient:
    """One process with one version of the graph; queries take their turn. `seconds` limits each of them.

    `turn` is held while a query runs; `process` is None until the first query.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.turn = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self._version: str | None = None

    def query(self, snapshot: Snapshot, text: str, accept: str) -> tuple[bytes, str]:
        """The serialised result of a query over the snapshot, and its media type.

        Raises what `graph.sparql.query` raises, TimeLimit, or EngineFailure if the query ended the process.
        """
        if not self.turn.acquire(timeout=self._seconds):
            raise TimeLimit("other SPARQL queries kept the engine busy; ask again in a moment")
        try:
            self._load(snapshot)
            known = dict(prefixes(snapshot.schema, snapshot.base_iri))
            asked = {"do": "query", "accept": accept, "prefixes": known}
            head, body = self._ask(asked, text.encode(), self._seconds)
        finally:
            self.turn.release()
        if "error" in head:
            kind: type[CarisecError] = getattr(errors, head["error"])
            raise kind(head["message"])
        return body, head["media_type"]

    def close(self) -> None:
        """End the process."""
        with self.turn:
            self._stop()

    def _load(self, snapshot: Snapshot) -> None:
        if self.process is None or self.process.poll() is not None:
            self._start()
        if self._version != snapshot.version:
            records = (snapshot.entities.values(), snapshot.statements.values())
            body = serialize(quads(snapshot.schema, *records, snapshot.base_iri), format=RdfFormat.N_QUADS)
            self._ask({"do": "load"}, body or b"", _LOADING_SECONDS)
            self._version = snapshot.version

    def _start(self) -> None:
        self._stop()
        command = [sys.executable, "-m", "api.sparql_worker"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603

    def _stop(self) -> None:
        process, self.process, self._version = self.process, None, None
        if process is not None:
            process.kill()
            # What was not sent any more cannot be flushed either.
            with contextlib.suppress(OSError), process:
                pass

    def _ask(self, head: Mapping[str, Any], body: bytes, seconds: float) -> tuple[dict[str, Any], bytes]:
        """Send a frame and wait for the answer, or stop the process."""
        source, out, process = self._pipes()
        with _killed_after(process, seconds) as late:
            with contextlib.suppress(BrokenPipeError):
                write_frame(out, head, body)
            answer = read_frame(source)
        if answer is None:
            self._stop()
            if late.is_set():
                raise TimeLimit(
                    f"the query ran for more than {seconds:g} seconds and was stopped; ask for less"
                )
            raise EngineFailure("the query ended the SPARQL engine; write it flatter or ask for less")
        return answer

    def _pipes(self) -> tuple[IO[bytes], IO[bytes], subprocess.Popen[bytes]]:
        process = self.process
        if process is None or process.stdout is None or process.stdin is None:
            raise EngineFailure("the SPARQL engine does not run")
        return process.stdout, process.stdin, process


@contextlib.contextmanager
def _killed_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """Kill the process unless the body ends in time; the event says that it did not."""
    late = threading.Event()

    def kill() -> None:
        late.set()
        process.kill()

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
