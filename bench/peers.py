"""The scripts and texts of a sibling folder, which are used in place, servers, and the graph at hand."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from graph.settings import Settings
from graph.store import connect
from loaders.load import load
from schema.model import load_schema

# Beside the repository; `--shared` names another folder.
_READY_SECONDS = 90
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def missing(shared: Path, name: str) -> str:
    """What a benchmark says that needs a file which is not there."""
    return f"{name} is not in {shared.name}: nothing to measure with (--shared names the folder)"


def at_hand(settings: Settings) -> Settings:
    """The settings of a graph that has something in it: an empty one is filled as `carisec serve` does."""
    with connect(settings) as store:
        empty = not store.version()
    if empty:
        load(settings, load_schema(), [])
    return settings


def quantile(values: Sequence[float], share: float) -> float:
    """The least value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Server:
    """A server on a free port of loopback, stopped with the stack."""

    def __init__(
        self,
        stack: contextlib.ExitStack,
        command: Sequence[str],
        ready: str,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [part.format(port=self.port) for part in command],
            env={**os.environ, **(environment or {})},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        stack.callback(self._stop)
        until = time.monotonic() + _READY_SECONDS
        while not self._answers(ready):
            if time.monotonic() > until or self.process.poll() is not None:
                raise SystemExit(f"{command[0]} does not serve")
            time.sleep(0.2)

    def _answers(self, path: str) -> bool:
        try:
            with urllib.request.urlopen(self.url + path, timeout=5) as answer:  # noqa: S310  # our own loopback
                return bool(answer.status == 200)
        except OSError:
            return False

    def _stop(self) -> None:
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=20)
        self.process.kill()
