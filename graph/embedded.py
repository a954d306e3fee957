"""The embedded engine: ArcadeDB as a child process that all carisec processes on one data folder share.

The first process starts a supervisor (`graph.supervisor`), which starts the engine; others join. Every
process holds a shared lock on `users.lock` while it uses the engine, and the supervisor waits for the
exclusive one: the kernel gives it exactly when the last user has gone, however it went. The supervisor then
stops the engine. If the supervisor dies, the kernel ends the engine with it (Linux).

Everything is under `DATA/engine` (mode 0700); the endpoint and the secrets are files of mode 0600.
"""

import contextlib
import fcntl
import json
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from schema.errors import EngineUnavailable

DATABASE = "carisec"
START_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the running engine listens, and the two users it knows."""

    uri: str
    version: str
    supervisor: int
    writer: tuple[str, str]
    reader: tuple[str, str]


@dataclass(frozen=True, slots=True)
class EngineFolder:
    """Paths of the engine inside a data folder."""

    data: Path

    @property
    def root(self) -> Path:
        return self.data / "engine"

    @property
    def users_lock(self) -> Path:
        return self.root / "users.lock"

    @property
    def start_lock(self) -> Path:
        return self.root / "start.lock"

    @property
    def endpoint(self) -> Path:
        return self.root / "endpoint.json"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets.json"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    def prepare(self) -> None:
        """Make the folders, closed to other users. Raises EngineUnavailable if that fails."""
        try:
            for folder in (self.data, self.logs, self.root):
                folder.mkdir(parents=True, exist_ok=True)
            self.root.chmod(0o700)
            self.logs.chmod(0o700)
        except OSError as error:
            raise EngineUnavailable(
                f"the data folder cannot be used: {error}; set CARISEC_DATA_DIR to a folder you may write"
            ) from error

    def write_private(self, path: Path, record: object) -> None:
        """Write a JSON file that only this user may read, whole or not at all."""
        temporary = path.with_suffix(".new")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(record, file)
        temporary.replace(path)

    def read_endpoint(self) -> Endpoint | None:
        """The published endpoint, or None if there is none or its supervisor has gone."""
        try:
            record = json.loads(self.endpoint.read_text("utf-8"))
            endpoint = Endpoint(
                record["uri"],
                record["version"],
                record["supervisor"],
                (record["writer"][0], record["writer"][1]),
                (record["reader"][0], record["reader"][1]),
            )
            os.kill(endpoint.supervisor, 0)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return endpoint if listens(endpoint.uri) else None

    def publish(self, endpoint: Endpoint) -> None:
        self.write_private(self.endpoint, asdict(endpoint))


def listens(uri: str) -> bool:
    """Whether something accepts connections at a `bolt://host:port` address."""
    host, _, port = uri.removeprefix("bolt://").partition(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=2):
        return True
    return False


@contextlib.contextmanager
def embedded_engine(data: Path, heap: str, seconds: float) -> Iterator[Endpoint]:
    """Use the engine of a data folder, starting it if no one else has.

    `heap` is its Java heap (`1g`) and `seconds` its limit of a query; they count for the process that starts
    it. Raises EngineUnavailable with the end of the engine's log if it does not come up.
    """
    folder = EngineFolder(data)
    folder.prepare()
    deadline = time.monotonic() + START_SECONDS
    with _locked(folder.users_lock, fcntl.LOCK_SH, deadline):
        with _locked(folder.start_lock, fcntl.LOCK_EX, deadline):
            endpoint = folder.read_endpoint() or _start(folder, heap, seconds, deadline)
        yield endpoint


@contextlib.contextmanager
def _locked(path: Path, mode: int, deadline: float) -> Iterator[None]:
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, mode | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EngineUnavailable(
                        f"another process has held {path.name} for {START_SECONDS:.0f} seconds; "
                        "end it or set CARISEC_DATA_DIR to another folder"
                    ) from None
                time.sleep(0.05)
        yield


def _start(folder: EngineFolder, heap: str, seconds: float, deadline: float) -> Endpoint:
    folder.endpoint.unlink(missing_ok=True)
    log = folder.logs / "supervisor.log"
    supervisor = _spawn(
        [sys.executable, "-P", "-m", "graph.supervisor", str(folder.data), heap, str(seconds)], log
    )
    while time.monotonic() < deadline:
        if folder.endpoint.exists() and (endpoint := folder.read_endpoint()):
            return endpoint
        if os.waitpid(supervisor, os.WNOHANG)[0]:
            break
        time.sleep(0.05)
    else:
        os.kill(supervisor, signal.SIGTERM)
    lines = log.read_text("utf-8", errors="replace").splitlines()[-3:]
    raise EngineUnavailable("the embedded engine did not start: " + " | ".join(lines) + f" (log: {log})")


def _spawn(command: list[str], log: Path) -> int:
    """Start a process in a session of its own and return its id; it may outlive this one."""
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    return os.posix_spawn(
        command[0],
        command,
        os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), append, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        setsid=True,
    )
