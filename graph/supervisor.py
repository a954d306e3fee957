"""The process between carisec and the embedded engine: starts it, guards it, stops it with its last user.

Run as `python -m graph.supervisor DATA HEAP SECONDS` by `graph.embedded`; not meant to be run by hand.
"""

import base64
import contextlib
import ctypes
import fcntl
import importlib.metadata
import importlib.util
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from graph.embedded import DATABASE, START_SECONDS, Endpoint, EngineFolder, listens

PACKAGE = "arcadedb_embedded"
READER, ROOT = "reader", "root"
_PR_SET_PDEATHSIG = 1

_LOGGING = """\
handlers=java.util.logging.FileHandler
.level=WARNING
java.util.logging.FileHandler.pattern={folder}/engine.log
java.util.logging.FileHandler.limit=5000000
java.util.logging.FileHandler.count=2
java.util.logging.FileHandler.append=true
java.util.logging.FileHandler.formatter=java.util.logging.SimpleFormatter
"""


@dataclass(frozen=True, slots=True)
class Command:
    """The engine's command line, before and after the options that differ from start to start."""

    java: tuple[str, ...]
    program: tuple[str, ...]


class EngineDied(Exception):
    """The engine ended while it was starting."""


def main(arguments: list[str]) -> int:
    """Start the engine, publish its endpoint, and wait for the last user to go."""
    data, heap, seconds = Path(arguments[0]), arguments[1], float(arguments[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    package = _package()
    if package is None:
        return _fail(
            "arcadedb-embedded is not installed: install carisec[embedded], or set NEO4J_URI to a server"
        )
    folder = EngineFolder(data)
    passwords = _passwords(folder)
    engine: subprocess.Popen[bytes] | None = None
    try:
        engine, endpoint = _start_engine(folder, _command(package, heap, seconds), passwords)
        folder.publish(endpoint)
        _wait_for_last_user(folder, engine)
    except EngineDied as error:
        return _fail(str(error))
    finally:
        folder.endpoint.unlink(missing_ok=True)
        if engine is not None:
            _stop(engine)
    return 0


def _fail(message: str) -> int:
    print(message)  # noqa: T201 - standard output is the supervisor's log
    return 1


def _package() -> Path | None:
    spec = importlib.util.find_spec(PACKAGE)
    return Path(spec.origin).parent if spec and spec.origin else None


def _command(package: Path, heap: str, seconds: float) -> Command:
    """Java and its options; `seconds` is the engine's own limit of a query: the driver's has no effect."""
    java = (
        str(package / "jre" / "bin" / "java"),
        f"-Xmx{heap}",
        "--add-modules",
        "jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        f"-Darcadedb.command.timeout={round(seconds * 1000)}",
    )
    return Command(java, ("-cp", str(package / "jars" / "*"), "com.arcadedb.server.ArcadeDBServer"))


def _passwords(folder: EngineFolder) -> dict[str, str]:
    """Passwords of the engine's users, made once for a data folder."""
    with contextlib.suppress(OSError, ValueError):
        known = json.loads(folder.secrets.read_text("utf-8"))
        if isinstance(known, dict) and {READER, ROOT} <= known.keys():
            return known
    made = {READER: secrets.token_urlsafe(24), ROOT: secrets.token_urlsafe(24)}
    folder.write_private(folder.secrets, made)
    return made


def _start_engine(
    folder: EngineFolder, command: Command, passwords: dict[str, str]
) -> tuple[subprocess.Popen[bytes], Endpoint]:
    """Start the engine; again where a dying predecessor still holds the files or a port was taken."""
    for attempt in range(4):
        bolt, http = _free_port(), _free_port()
        engine = _launch(folder, command, passwords[ROOT], bolt, http)
        try:
            _wait_until_ready(engine, f"bolt://127.0.0.1:{bolt}")
            _create_reader(engine, http, passwords)
        except EngineDied:
            if attempt == 3:
                raise
            time.sleep(1 + attempt)
            continue
        endpoint = Endpoint(
            uri=f"bolt://127.0.0.1:{bolt}",
            version=importlib.metadata.version("arcadedb-embedded"),
            supervisor=os.getpid(),
            writer=(ROOT, passwords[ROOT]),
            reader=(READER, passwords[READER]),
        )
        return engine, endpoint
    raise AssertionError("unreachable")


def _launch(
    folder: EngineFolder, command: Command, password: str, bolt: int, http: int
) -> subprocess.Popen[bytes]:
    root = folder.root
    logging = root / "logging.properties"
    logging.write_text(_LOGGING.format(folder=folder.logs), "utf-8")
    secret = root / "root.secret"
    folder.write_private(secret, "")
    secret.write_text(password, "utf-8")
    options = {
        "java.util.logging.config.file": logging,
        "arcadedb.server.rootPath": root,
        "arcadedb.server.logsDirectory": folder.logs,
        "arcadedb.server.rootPasswordPath": secret,
        "arcadedb.server.httpIncomingHost": "127.0.0.1",
        "arcadedb.server.httpIncomingPort": http,
        "arcadedb.bolt.host": "127.0.0.1",
        "arcadedb.bolt.port": bolt,
        "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "arcadedb.server.defaultDatabases": f"{DATABASE}[]",
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
    }
    return subprocess.Popen(  # noqa: S603 - the runtime that the package brings
        [*command.java, *(f"-D{name}={value}" for name, value in options.items()), *command.program],
        cwd=root,
        stdin=subprocess.DEVNULL,
        preexec_fn=_die_with_parent,
    )


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(engine: subprocess.Popen[bytes], uri: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not listens(uri):
        if engine.poll() is not None or time.monotonic() > deadline:
            _stop(engine)
            raise EngineDied(f"the engine ended with code {engine.returncode}; its log is engine.log")
        time.sleep(0.05)


def _create_reader(engine: subprocess.Popen[bytes], http: int, passwords: dict[str, str]) -> None:
    """Make the user that may only read, once the database exists."""
    group = {
        "database": DATABASE,
        "name": "reader",
        "access": [],
        "resultSetLimit": -1,
        "readTimeout": -1,
        "types": {"*": {"access": ["readRecord"]}},
    }
    user = {"name": READER, "password": passwords[READER], "databases": {DATABASE: ["reader"]}}
    deadline = time.monotonic() + START_SECONDS
    for path, body in (("groups", group), ("users", user)):
        while True:
            try:
                _post(http, path, body, passwords[ROOT])
                break
            except urllib.error.HTTPError as error:
                if path == "users" and error.code < 500:
                    break  # it is there from an earlier start
                if time.monotonic() > deadline:
                    raise EngineDied(f"the reader could not be made: {error}") from error
            except OSError as error:
                if engine.poll() is not None or time.monotonic() > deadline:
                    raise EngineDied(f"the engine does not answer: {error}") from error
            time.sleep(0.1)


def _post(http: int, path: str, body: object, password: str) -> None:
    credentials = base64.b64encode(f"{ROOT}:{password}".encode()).decode()
    request = urllib.request.Request(
        f"http://127.0.0.1:{http}/api/v1/server/{path}",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Basic {credentials}", "Content-Type": "application/json"},
        method="POST",
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310
        return


def _wait_for_last_user(folder: EngineFolder, engine: subprocess.Popen[bytes]) -> None:
    with folder.users_lock.open("a") as users:
        while engine.poll() is None:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # The lock is kept until the engine is down, so that a newcomer waits for a fresh start.
                folder.endpoint.unlink(missing_ok=True)
                _stop(engine)
                return
            time.sleep(0.2)


def _stop(engine: subprocess.Popen[bytes]) -> None:
    if engine.poll() is None:
        engine.terminate()
        try:
            engine.wait(30)
        except subprocess.TimeoutExpired:
            engine.kill()
            engine.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
