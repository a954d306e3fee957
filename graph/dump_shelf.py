"""The dumps that the data folder keeps: one of each version, the current one and some former ones."""

import contextlib
import fcntl
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from graph.dump_index import BESIDES, DumpIndex, Made, read_index
from graph.dumps import DUMP_FORMATS, WholeGraph, make_dump
from graph.settings import Settings
from graph.store import Progress
from schema.errors import BadSettings, DataError

_VERSION = re.compile("[0-9a-f]{16}")


class DumpShelf:
    """The folder `dumps` of the data folder, each dump in a folder named for its version."""

    def __init__(self, settings: Settings) -> None:
        self._folder = settings.data_dir / "dumps"
        self._kept = settings.dumps_kept

    def all(self) -> list[DumpIndex]:
        """The dumps that are there, of the graph that was loaded last first."""
        names = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
        found = [index for name in names if (index := self.of(name)) is not None]
        return sorted(found, key=lambda index: (index.made.loaded, index.version), reverse=True)

    def of(self, version: str) -> DumpIndex | None:
        """The dump of a version, None where it is not there, or not whole; any text may be asked for."""
        if _VERSION.fullmatch(version) is None:
            return None
        try:
            index = read_index(self._folder / version)
        except DataError:
            return None
        sizes = {file.name: file.bytes for file in index.files}
        whole = all(_size(self._folder / version / name) == size for name, size in sizes.items())
        return index if whole and index.version == version else None

    def fitting(self, made: Made) -> DumpIndex | None:
        """The dump of a version if this program would write the same, whenever that was loaded."""
        index = self.of(made.version)
        if index is None or tuple(file.format for file in index.files) != DUMP_FORMATS:
            return None
        then = index.made
        alike = (then.base_iri, then.address, then.made_with, then.schema_version) == (
            made.base_iri,
            made.address,
            made.made_with,
            made.schema_version,
        )
        return index if alike else None

    def path(self, index: DumpIndex, name: str) -> Path | None:
        """Where a file of a dump is, None if it has none of that name; any text may be asked for."""
        if name in BESIDES or index.file(name) is not None:
            return self._folder / index.version / name
        return None

    def put(self, graph: WholeGraph, progress: Progress | None = None) -> DumpIndex:
        """The dump of this graph, made if it is not there; former ones beyond the number kept are deleted.

        Several processes may ask at once: one makes it. Raises BadSettings where the folder cannot be used.
        """
        try:
            with self._locked():
                index = self.fitting(graph.made)
                if index is None:
                    index = make_dump(graph, self._folder / graph.made.version, progress=progress)
                former = [one for one in self.all() if one.version != index.version]
                for one in former[self._kept :]:
                    shutil.rmtree(self._folder / one.version)
                return index
        except OSError as error:
            why = error.strerror or error
            raise BadSettings(
                f"no dump can be written to the data folder: {why}; see CARISEC_DATA_DIR"
            ) from error

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep others from making dumps here; what a killed one left behind is deleted."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            for left in (*self._folder.glob(".*.part"), *self._folder.glob(".*.former")):
                shutil.rmtree(left, ignore_errors=True)
            yield


def _size(path: Path) -> int:
    """Size of a file in bytes, -1 where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return -1
