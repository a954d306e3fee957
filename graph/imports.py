"""Kept imports: RDF files that were loaded, as they were read, under the data folder beside the captures.

Each load reads them again, so the graph stays a function of what is kept. The caller holds the lock of the
captures.
"""

import contextlib
import gzip
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

from schema.errors import DataError, Fault

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Kept:
    """An RDF file that was loaded.

    `id` is `import/` and a slug of its name, `format` the name of its RDF format, `sha256` the hash of its
    content, `base_iri` the base of our own IRIs when it was loaded. `documents` are the ids of those that it
    describes or rests on, `entities` and `statements` count what it says.
    """

    id: str
    file: str
    format: str
    sha256: str
    base_iri: str
    documents: tuple[str, ...] = ()
    entities: int = 0
    statements: int = 0


class ImportStore:
    """The imports of one data folder: an index, and a compressed file for each content."""

    def __init__(self, data: Path) -> None:
        self._folder = data / "imports"
        self._index = self._folder / "index.json"
        self._previous = self._folder / "index.previous.json"

    def read_all(self) -> dict[str, Kept]:
        """Every import by id. Raises DataError for a damaged index."""
        if not self._index.exists():
            return {}
        try:
            records = orjson.loads(self._index.read_bytes())
            return {one["id"]: Kept(**{**one, "documents": tuple(one["documents"])}) for one in records}
        except (OSError, ValueError, KeyError, TypeError) as error:
            mend = "delete the folder `imports` of the data folder and load the RDF files again"
            raise DataError([Fault("imports/index.json", 1, f"is damaged: {error}", mend)]) from error

    def path(self, kept: Kept) -> Path:
        """The compressed content of an import."""
        return self._folder / f"{kept.sha256}.gz"

    def keep(self, content: Iterator[bytes]) -> str:
        """Store a content; its sha256. It stays only if the index comes to name it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        new = self._folder / "content.new"
        # No time in the file: the same content is the same bytes.
        with new.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as out:
            for chunk in content:
                digest.update(chunk)
                out.write(chunk)
        new.replace(self._folder / f"{digest.hexdigest()}.gz")
        return digest.hexdigest()

    @contextlib.contextmanager
    def recovered(self) -> Iterator[None]:
        """Undo what a killed load left behind; files that came to nothing go afterwards."""
        self._recover()
        try:
            yield
        finally:
            self._prune(self.read_all())

    def _recover(self) -> None:
        if self._previous.exists():
            self._previous.replace(self._index)

    @contextlib.contextmanager
    def replaced(self, imports: Mapping[str, Kept]) -> Iterator[None]:
        """Make these the imports. If the body fails or is killed, the old ones come back."""
        if imports == self.read_all():
            yield
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        if not self._index.exists():
            self._index.write_bytes(b"[]")
        unfinished = self._previous.with_suffix(".unfinished")
        shutil.copy2(self._index, unfinished)
        unfinished.replace(self._previous)
        new = self._index.with_suffix(".new")
        records = [asdict(imports[key]) for key in sorted(imports)]
        new.write_bytes(orjson.dumps(records, option=orjson.OPT_INDENT_2))
        new.replace(self._index)
        try:
            yield
        except BaseException:
            self._recover()
            raise
        # From here on the new ones count.
        self._previous.unlink()

    def _prune(self, imports: Mapping[str, Kept]) -> None:
        wanted = {self.path(kept) for kept in imports.values()}
        for path in self._folder.glob("*.gz"):
            if path not in wanted:
                path.unlink()
