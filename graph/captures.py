"""Captures: the texts of loaded documents as they were read, kept under the data folder, never in git."""

import contextlib
import fcntl
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson

from graph.anchors import Source
from graph.records import Entity, text_hash
from schema.errors import BadSettings, DataError, Fault


@dataclass(frozen=True, slots=True)
class Capture:
    """A document and its text; all offsets count the code points of `text`.

    `body` is where the text proper begins, after front matter. `earlier` holds, by sha256, clauses that
    curated facts point to and that this text no longer has, as an earlier text of the document had them.
    """

    document: Entity
    text: str
    body: int = 0
    earlier: Mapping[str, str] = field(default_factory=dict)


class CaptureStore:
    """The captures of one data folder, one `.txt` and one `.json` for each document."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "captures"
        self._previous = data / "captures.previous"

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Keep other loads on this data folder waiting; undo what a killed one left behind."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = (self._folder / "load.lock").open("a")
        except OSError as error:
            raise BadSettings(f"the data folder cannot be used: {error}; see CARISEC_DATA_DIR") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._previous.is_dir():
                self._restore()
            yield

    def read_all(self) -> dict[str, Capture]:
        """Every capture by document id. Raises DataError for a damaged one."""
        captures = {}
        for path in sorted(self._folder.glob("*.json")):
            capture = self._read(path)
            captures[capture.document.id] = capture
        return captures

    def sources(self) -> dict[str, Source]:
        """The texts by document id as they stand in the folder, for the check of every pointer.

        Unlike `read_all` this takes a text that was changed after its capture, and says that it was.
        """
        captures = [self._parsed(path) for path in sorted(self._folder.glob("*.json"))]
        return {c.document.id: Source(c.text, not _unchanged(c), c.earlier) for c in captures}

    def text(self, document: str) -> str | None:
        """Text of a document, None if it is not captured here. Raises DataError for a damaged capture."""
        path = self._path(document, ".json")
        return self._read(path).text if path.exists() else None

    @contextlib.contextmanager
    def replaced(self, captures: Mapping[str, Capture]) -> Iterator[None]:
        """Make these the captures. If the body fails or is killed, the old ones come back."""
        unfinished = self._previous.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(self._folder, unfinished)
        unfinished.rename(self._previous)
        try:
            self._write(captures)
            yield
        except BaseException:
            self._restore()
            raise
        # From here on the new ones count.
        self._previous.rename(unfinished)
        shutil.rmtree(unfinished)

    def _write(self, captures: Mapping[str, Capture]) -> None:
        for key in self.read_all().keys() - captures.keys():
            self._path(key, ".json").unlink()
            self._path(key, ".txt").unlink(missing_ok=True)
        for key, capture in captures.items():
            _write_whole(self._path(key, ".txt"), capture.text.encode())
            _write_whole(self._path(key, ".json"), orjson.dumps(_record(capture)))

    def _restore(self) -> None:
        for path in self._folder.iterdir():
            if path.name != "load.lock":
                path.unlink()
        for path in self._previous.iterdir():
            if path.name != "load.lock":
                shutil.copy2(path, self._folder / path.name)
        shutil.rmtree(self._previous)

    def _path(self, document: str, suffix: str) -> Path:
        return self._folder / (document.removeprefix("document/") + suffix)

    def _read(self, path: Path) -> Capture:
        capture = self._parsed(path)
        if not _unchanged(capture):
            raise _damaged(path, "the text does not have the hash that it was captured with")
        return capture

    def _parsed(self, path: Path) -> Capture:
        try:
            record = orjson.loads(path.read_bytes())
            text = path.with_suffix(".txt").read_bytes().decode()
            properties = {k: tuple(v) if isinstance(v, list) else v for k, v in record["properties"].items()}
            if not isinstance(properties["sha256"], str):
                raise TypeError("sha256 is no text")
            document = Entity(
                record["id"], tuple(record["types"]), record["name"], tuple(record["aliases"]), (), properties
            )
            return Capture(document, text, int(record["body"]), dict(record.get("earlier", {})))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(path, str(error)) from error

    def stamp(self) -> str:
        """A text that changes when a capture comes, goes or changes."""
        digest = hashlib.blake2b(digest_size=10)
        for path in sorted([*self._folder.glob("*.json"), *self._folder.glob("*.txt")]):
            # A load may take it away meanwhile.
            with contextlib.suppress(FileNotFoundError):
                digest.update(f"{path.name}\n{path.stat().st_mtime_ns}\n".encode())
        return digest.hexdigest()


def _unchanged(capture: Capture) -> bool:
    return text_hash(capture.text) == capture.document.properties["sha256"]


def _damaged(path: Path, why: str) -> DataError:
    mend = "delete both files of this capture and load the document again"
    return DataError([Fault(f"captures/{path.name}", 1, f"the capture is damaged: {why}", mend)])


def _record(capture: Capture) -> dict[str, object]:
    document = capture.document
    return {
        "id": document.id,
        "types": document.types,
        "name": document.name,
        "aliases": document.aliases,
        "properties": document.properties,
        "body": capture.body,
        "earlier": dict(sorted(capture.earlier.items())),
    }


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one; leave an equal one alone."""
    if path.exists() and path.read_bytes() == content:
        return
    temporary = path.with_name(path.name + ".new")
    temporary.write_bytes(content)
    temporary.replace(path)
