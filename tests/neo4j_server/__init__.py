"""A real Neo4j Community server for the tests: no Docker, no installation, only a JDK and Maven.

The jars are fetched once, by Maven, into the user's cache folder; every later start is offline. A server
starts in 5 to 20 seconds and takes half a gigabyte of memory: start one for a test run, not for each test.
`python -m tests.neo4j_server` runs one by hand.
"""

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from schema.errors import EngineUnavailable

HERE = Path(__file__).parent
POM = HERE / "pom.xml"
PROGRAM = HERE / "Neo4jServer.java"

OLDEST_JAVA = 17
FETCH_SECONDS = 900.0
START_SECONDS = 180.0
STOP_SECONDS = 60.0
LOG_LINES = 25

_READY = re.compile(r"^READY (bolt://\S+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Neo4jEndpoint:
    """Where a server listens and who may log in."""

    uri: str
    username: str
    password: str


def neo4j_unavailable() -> str | None:
    """Why no server can run on this machine, or None if one can. Fetches and starts nothing."""
    try:
        _java()
        if not _cached_jars().is_dir():
            _maven()
    except EngineUnavailable as error:
        return str(error)
    return None


@contextmanager
def running_neo4j(home: Path) -> Iterator[Neo4jEndpoint]:
    """Run a server whose database is under `home`, on a free loopback port, with a random password.

    The server has stopped when the block is left, so `home` can be used again at once. What the server
    prints is in `home/server.log`. Raises EngineUnavailable, with the log's last lines, if it does not start.
    """
    java, jars = _java(), _fetched_jars()
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    password = secrets.token_hex(16)
    command = [java, "-Xmx768m", "-cp", f"{jars}{os.sep}*", str(PROGRAM), str(home)]
    with (
        log.open("wb") as output,
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NEO4J_PASSWORD": password},
            start_new_session=True,  # Ctrl-C is for the tests; they stop the server when they are done
        ) as server,
    ):
        try:
            yield Neo4jEndpoint(_wait_until_ready(server, log), "neo4j", password)
        finally:
            _stop(server)


def _wait_until_ready(server: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the server prints. The port alone says nothing: it is open before queries work."""
    limit = time.monotonic() + START_SECONDS
    while not (ready := _READY.search(log.read_text(encoding="utf-8", errors="replace"))):
        if server.poll() is not None:
            raise EngineUnavailable(f"Neo4j ended with code {server.returncode} at its start:\n{_tail(log)}")
        if time.monotonic() > limit:
            raise EngineUnavailable(f"Neo4j was not ready after {START_SECONDS:.0f} s:\n{_tail(log)}")
        time.sleep(0.1)
    return ready[1]


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server's input, which is its sign to stop, and wait: its home is locked until it has gone."""
    try:
        server.communicate(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(lines[-LOG_LINES:]) or "(it printed nothing)"


def _java() -> str:
    """A JDK's `java`: JAVA_HOME's or the one on the path. The JDK's compiler runs the program from source."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    where = f"JAVA_HOME ({home})" if home else "the path"
    if java is None:
        raise EngineUnavailable(f"no java on {where}: install a JDK, version {OLDEST_JAVA} or newer")
    modules = subprocess.run([java, "--list-modules"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"^java\.base@(\d+)", modules, re.MULTILINE)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise EngineUnavailable(f"{java} is older than Java {OLDEST_JAVA}: install a newer JDK")
    if "jdk.compiler@" not in modules:
        raise EngineUnavailable(f"{java} is a runtime without a compiler: install a JDK")
    return java


def _maven() -> str:
    maven = shutil.which("mvn")
    if maven is None:
        raise EngineUnavailable("no mvn on the path: install Maven, it fetches Neo4j's jars")
    return maven


def _cached_jars() -> Path:
    """The folder for the jars of exactly this pom; it exists only when it is complete."""
    key = hashlib.sha256(POM.read_bytes()).hexdigest()[:16]
    return user_cache_path("carisec", appauthor=False) / f"neo4j-{key}"


def _fetched_jars() -> Path:
    jars = _cached_jars()
    if jars.is_dir():
        return jars
    maven = _maven()
    jars.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="neo4j-", dir=jars.parent) as folder:
        fetched = Path(folder) / "jars"
        goal = [
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={fetched}",
        ]
        _run_maven([maven, "--quiet", "--batch-mode", "--file", str(POM), *goal])
        try:
            fetched.rename(jars)
        except OSError:
            if not jars.is_dir():  # otherwise another process was faster, and its jars are as good
                raise
    return jars


def _run_maven(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=FETCH_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EngineUnavailable(f"Maven had not fetched Neo4j's jars after {FETCH_SECONDS:.0f} s") from error
    if done.returncode:
        last = "\n".join(done.stdout.splitlines()[-LOG_LINES:])
        raise EngineUnavailable(f"Maven could not fetch Neo4j's jars (code {done.returncode}):\n{last}")
