"""Asks the SPARQL processes: starts them, gives them the graph, stops one when its query runs too long.

All processes of one version of the graph are a crew. A new version gets a crew of its own, which takes over
when it has loaded the graph; the former one ends when its last query has. A process that was stopped is
replaced at once, in the background; where that fails, the next query tries again.
"""

import contextlib
import logging
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import IO

from pyoxigraph import RdfFormat, serialize

from api.snapshot import Snapshot
from api.sparql_worker import read_frame, request_head, write_frame
from graph.rdf import quads
from graph.settings import Settings
from graph.sparql import Request
from graph.vocabulary import prefixes
from schema import errors
from schema.errors import CarisecError, EngineFailure, TimeLimit

_LOADING_SECONDS = 120.0
# How often a query looks for a process before it gives up; each look starts those that are missing.
_TRIES = 5
log = logging.getLogger("carisec.api")


class SparqlClient:
    """Answers queries over the newest version that was asked for."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.query_seconds
        self._largest = int(settings.sparql_megabytes * 1_000_000)
        self._count = settings.sparql_workers
        self._lock = threading.Lock()
        self._crew: Crew | None = None

    def query(self, snapshot: Snapshot, request: Request) -> tuple[bytes, str]:
        """The serialised result of a query over the snapshot, and its media type.

        Raises what `graph.sparql.query` raises, TimeLimit, or EngineFailure if the query ended its process.
        """
        asked = replace(request, largest=self._largest)
        while not (crew := self._crew_for(snapshot)).join():
            pass
        try:
            return crew.query(asked, self._seconds)
        finally:
            crew.leave()

    def still_holds(self, snapshot: Snapshot) -> bool:
        """Whether what was answered until now came from just this snapshot, not from a later one."""
        return self._crew is not None and self._crew.order == snapshot.order

    def _crew_for(self, snapshot: Snapshot) -> "Crew":
        """The processes that hold this snapshot or a later one; new ones take over when they are made."""
        crew = self._crew
        if crew is None or crew.order < snapshot.order:
            with self._lock:
                crew = self._crew
                if crew is None or crew.order < snapshot.order:
                    former, crew = crew, Crew(snapshot, self._count)
                    self._crew = crew
                    if former is not None:
                        former.close()
        return crew

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            if self._crew is not None:
                self._crew.close()
            self._crew = None


class Crew:
    """Processes that hold one snapshot; a query takes the one that was idle last."""

    def __init__(self, snapshot: Snapshot, count: int) -> None:
        self.order = snapshot.order
        records = (snapshot.entities.values(), snapshot.statements.values())
        made = quads(snapshot.schema, *records, snapshot.base_iri)
        self._graph = serialize(made, format=RdfFormat.N_QUADS) or b""
        self._prefixes = dict(prefixes(snapshot.schema, snapshot.base_iri))
        # None stands for a process that could not be started, so that who waits for one learns of it.
        self._idle: queue.LifoQueue[Worker | None] = queue.LifoQueue()
        self._count = count
        self._staff = 1
        self._lock = threading.Lock()
        self._using = 0
        self._closed = False
        # One is enough to begin with; the others come while it works.
        self._idle.put(Worker(self._graph, self._prefixes))
        self._hire()

    def join(self) -> bool:
        """Begin to use it; False where it has ended meanwhile."""
        with self._lock:
            if self._closed and not self._using:
                return False
            self._using += 1
            return True

    def leave(self) -> None:
        """End to use it; the last one ends a crew that is closed."""
        with self._lock:
            self._using -= 1
        self._end()

    def close(self) -> None:
        """Take no one on any more; its processes end when their queries have."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        with self._lock:
            if not self._closed or self._using:
                return
        with contextlib.suppress(queue.Empty):
            while True:
                if (worker := self._idle.get_nowait()) is not None:
                    worker.stop()

    def query(self, request: Request, seconds: float) -> tuple[bytes, str]:
        """The result and its media type; waiting for a process counts as running."""
        until = time.monotonic() + seconds
        worker = self._idle_one(until)
        try:
            return worker.query(request, max(0.05, until - time.monotonic()), seconds)
        finally:
            self._back(worker)

    def _idle_one(self, until: float) -> "Worker":
        """A process that lives; one that has died meanwhile is replaced."""
        for _ in range(_TRIES):
            self._hire()
            try:
                worker = self._idle.get(timeout=max(0.0, until - time.monotonic()))
            except queue.Empty:
                busy = "other SPARQL queries kept the engine busy; ask again in a moment"
                raise TimeLimit(busy) from None
            if worker is not None and worker.process.poll() is None:
                return worker
            if worker is not None:
                worker.stop()
                self._back(worker)
        raise EngineFailure("the SPARQL engine cannot be started; the log of the service says why")

    def _back(self, worker: "Worker") -> None:
        if worker.runs:
            self._idle.put(worker)
            return
        with self._lock:
            self._staff -= 1
        self._hire()

    def _hire(self) -> None:
        """Start as many processes as are missing, in the background."""
        with self._lock:
            missing = 0 if self._closed else self._count - self._staff
            self._staff += missing
        for _ in range(missing):
            threading.Thread(target=self._start, daemon=True, name="sparql").start()

    def _start(self) -> None:
        try:
            self._idle.put(Worker(self._graph, self._prefixes))
        except (CarisecError, OSError) as error:
            log.warning("a process for SPARQL could not be started: %s", error)
            with self._lock:
                self._staff -= 1
            self._idle.put(None)
        self._end()


class Worker:
    """One process with the graph; it answers one query at a time."""

    def __init__(self, graph: bytes, known: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "api.sparql_worker"]
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe)  # noqa: S603
        self.runs = True
        self._ask({"prefixes": known}, graph, _LOADING_SECONDS, _LOADING_SECONDS)

    def query(self, request: Request, left: float, seconds: float) -> tuple[bytes, str]:
        """Raises TimeLimit after `left` seconds, which are what remains of `seconds`."""
        head, body = self._ask(request_head(request), request.text.encode(), left, seconds)
        if "error" in head:
            kind: type[CarisecError] = getattr(errors, str(head["error"]))
            raise kind(str(head["message"]))
        return body, str(head["media_type"])

    def stop(self) -> None:
        """End the process."""
        self.runs = False
        self.process.kill()
        # What was not sent any more cannot be flushed either.
        with contextlib.suppress(OSError), self.process:
            pass

    def _ask(
        self, head: dict[str, object], body: bytes, left: float, seconds: float
    ) -> tuple[dict[str, object], bytes]:
        """Send a frame and wait for the answer, or stop the process."""
        source, out = self._pipes()
        with _WATCH.killed_after(self.process, left) as late:
            with contextlib.suppress(BrokenPipeError):
                write_frame(out, head, body)
            answer = read_frame(source)
        if answer is not None:
            return answer
        self.stop()
        if late.is_set():
            raise TimeLimit(f"the query ran for more than {seconds:g} seconds and was stopped; ask for less")
        raise EngineFailure(
            "the query ended the SPARQL engine, or took more memory than it may; write it flatter or ask "
            "for less"
        )

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        if self.process.stdout is None or self.process.stdin is None:
            raise EngineFailure("the SPARQL engine does not run")
        return self.process.stdout, self.process.stdin


class _Watch:
    """One thread that kills processes whose time is over; to start a timer for each query takes longer."""

    def __init__(self) -> None:
        self._due: dict[subprocess.Popen[bytes], tuple[float, threading.Event]] = {}
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def killed_after(self, process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[threading.Event]:
        """Kill the process unless the body ends in time; the event says that it did not."""
        late = threading.Event()
        until = time.monotonic() + seconds
        with self._changed:
            sooner = all(until < other for other, _ in self._due.values())
            self._due[process] = (until, late)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, daemon=True, name="sparql-watch")
                self._thread.start()
            elif sooner:
                self._changed.notify()
        try:
            yield late
        finally:
            with self._changed:
                self._due.pop(process, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                now = time.monotonic()
                for process, (until, late) in list(self._due.items()):
                    if until <= now:
                        late.set()
                        process.kill()
                        del self._due[process]
                following = min((until for until, _ in self._due.values()), default=now + _LOADING_SECONDS)
                self._changed.wait(max(0.0, following - now))


_WATCH = _Watch()
