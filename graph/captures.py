"""Captures: the texts of loaded documents as they were read, kept under the data folder, never in git."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import orjson

from graph.records import Entity
from schema.errors import DataError, Fault


@dataclass(frozen=True, slots=True)
class Capture:
    """A document and its text; all offsets count the code points of `text`.

    `body` is where the text proper begins, after front matter.
    """

    document: Entity
    text: str
    body: int = 0


class CaptureStore:
    """The captures of one data folder, one `.txt` and one `.json` for each document.

    `withdrawn` names documents that were taken out of the graph and must stay out until loaded again.
    """

    def __init__(self, data: Path) -> None:
        self._folder = data / "captures"
        self._withdrawn = self._folder / "withdrawn.json"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other loads on this data folder waiting."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "load.lock").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def read_all(self) -> dict[str, Capture]:
        """Every capture by document id. Raises DataError for a damaged one."""
        captures = {}
        for path in sorted(self._folder.glob("*.json")):
            if path != self._withdrawn:
                capture = self._read(path)
                captures[capture.document.id] = capture
        return captures

    def text(self, document: str) -> str | None:
        """Text of a document, None if it is not captured here."""
        path = self._path(document, ".txt")
        return path.read_bytes().decode() if path.exists() else None

    def withdrawn(self) -> frozenset[str]:
        """Ids of the documents that were withdrawn."""
        return (
            frozenset(orjson.loads(self._withdrawn.read_bytes())) if self._withdrawn.exists() else frozenset()
        )

    @contextlib.contextmanager
    def replaced(self, captures: Mapping[str, Capture], withdrawn: Iterable[str]) -> Iterator[None]:
        """Make these the captures; put the old ones back if the body fails."""
        previous = self._folder.with_name("captures.previous")
        shutil.rmtree(previous, ignore_errors=True)
        shutil.copytree(self._folder, previous)
        try:
            self._write(captures, withdrawn)
            yield
        except BaseException:
            self._restore(previous)
            raise
        finally:
            shutil.rmtree(previous, ignore_errors=True)

    def _write(self, captures: Mapping[str, Capture], withdrawn: Iterable[str]) -> None:
        for key in self.read_all().keys() - captures.keys():
            self._path(key, ".json").unlink()
            self._path(key, ".txt").unlink(missing_ok=True)
        for key, capture in captures.items():
            _write_whole(self._path(key, ".txt"), capture.text.encode())
            _write_whole(self._path(key, ".json"), orjson.dumps(_record(capture)))
        _write_whole(self._withdrawn, orjson.dumps(sorted(withdrawn)))

    def _restore(self, previous: Path) -> None:
        for path in self._folder.iterdir():
            if path.name != "load.lock":
                path.unlink()
        for path in previous.iterdir():
            if path.name != "load.lock":
                shutil.copy2(path, self._folder / path.name)

    def _path(self, document: str, suffix: str) -> Path:
        return self._folder / (document.removeprefix("document/") + suffix)

    def _read(self, path: Path) -> Capture:
        try:
            record = orjson.loads(path.read_bytes())
            text = path.with_suffix(".txt").read_bytes().decode()
            properties = {k: tuple(v) if isinstance(v, list) else v for k, v in record["properties"].items()}
            body = int(record["body"])
            document = Entity(
                record["id"], tuple(record["types"]), record["name"], tuple(record["aliases"]), (), properties
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            mend = "delete both files of this capture and load the document again"
            raise DataError(
                [Fault(f"captures/{path.name}", 1, f"the capture is damaged: {error}", mend)]
            ) from error
        return Capture(document, text, body)


def _record(capture: Capture) -> dict[str, object]:
    document = capture.document
    return {
        "id": document.id,
        "types": document.types,
        "name": document.name,
        "aliases": document.aliases,
        "properties": document.properties,
        "body": capture.body,
    }


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one; leave an equal one alone."""
    if path.exists() and path.read_bytes() == content:
        return
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(content)
    temporary.replace(path)
