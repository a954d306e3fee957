"""Dumps: the whole graph in every format as gzipped files in one folder, with checksums and an index.

The same graph gives the same bytes. A dump is written into a folder of its own and put into its place when it
is complete, so nobody ever sees half of one.
"""

import gzip
import hashlib
import io
import shutil
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of
from pathlib import Path
from typing import BinaryIO, cast

from graph import cypher
from graph.dataset import DESCRIPTION as SUMMARY
from graph.dataset import RIGHTS, TITLE, survey
from graph.description import OTHERS
from graph.description_files import write_description
from graph.dump_index import (
    BESIDES,
    CHECKSUMS,
    DESCRIPTION,
    INDEX,
    LICENCE_TEXT,
    README,
    DumpFile,
    DumpIndex,
    Links,
    Made,
    RdfCounts,
    index_bytes,
    read_index,
)
from graph.export import FORMATS, export_source
from graph.reading import require_loaded
from graph.settings import Settings
from graph.sources import Source, Stored
from graph.store import Progress, Store
from graph.triple_counts import GraphCounts, TripleCounts
from graph.vocabulary import LICENCE
from schema.errors import DataError, GraphMoved, UsageError
from schema.model import Schema

# What a dump has if nobody chooses.
DUMP_FORMATS = ("nquads", "turtle", "trig", "jsonld", "jsonl", "csv", "gexf")
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """A graph of one version, to be dumped; `stays` says whether its source still is of that version."""

    schema: Schema
    made: Made
    source: Source
    stays: Callable[[], bool]

    def write(self, name: str, out: BinaryIO) -> None:
        """Write it in a format of `graph.export`."""
        export_source(name, self.schema, self.source, self.made.base_iri, out)


def made_of(settings: Settings, schema: Schema, version: str, loaded: str) -> Made:
    """What decides on the bytes of a dump of this version by this program."""
    address = settings.public_url or settings.base_iri.rstrip("/")
    made_with = f"carisec {version_of('carisec')}"
    return Made(version, loaded, schema.version, made_with, settings.base_iri, address)


def read_loaded(store: Store) -> tuple[str, str]:
    """Version of the graph and when it was loaded, as ISO time. Raises EmptyGraph before the first load."""
    require_loaded(store)
    version, loaded = store.read(cypher.LOADED).rows[0]
    return version, loaded


def stored_graph(store: Store, schema: Schema, settings: Settings) -> WholeGraph:
    """The graph of a store, to be dumped page by page. Raises EmptyGraph before the first load."""
    now = read_loaded(store)
    made = made_of(settings, schema, *now)
    return WholeGraph(schema, made, Stored(store, schema), lambda: read_loaded(store) == now)


def dump(
    graph: WholeGraph,
    folder: Path,
    formats: Iterable[str] = DUMP_FORMATS,
    progress: Progress | None = None,
) -> DumpIndex:
    """Write a dump and put it where `folder` is, in place of an empty folder or of an earlier dump.

    `progress` gets (format, files done, files in all). Raises UsageError for a folder with anything else in
    it, or where nothing can be written, and GraphMoved if the graph was loaded meanwhile; what was there
    stays then.
    """
    target = folder.resolve()
    _refuse_foreign(folder, target)
    try:
        return make_dump(graph, target, formats, progress)
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from error


def make_dump(
    graph: WholeGraph,
    target: Path,
    formats: Iterable[str] = DUMP_FORMATS,
    progress: Progress | None = None,
) -> DumpIndex:
    """The same for an absolute path, in place of whatever is there. Raises OSError and GraphMoved."""
    unfinished = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.part")
    unfinished.mkdir(parents=True)
    try:
        index = _write(graph, unfinished, list(formats), progress)
        if not graph.stays():
            raise GraphMoved("the graph was loaded while it was dumped; dump it again")
        _put(unfinished, target)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return index


def _refuse_foreign(folder: Path, target: Path) -> None:
    if not target.name:
        raise UsageError(f"{folder} is no place for a dump; name a folder in it")
    if target.exists() and not target.is_dir():
        raise UsageError(f"{folder} is a file; a dump is a folder")
    found = {path.name for path in target.iterdir()} if target.is_dir() else set()
    if not found:
        return
    try:
        known = {*BESIDES, *(file.name for file in read_index(target).files)}
    except DataError:
        known = set()
    if foreign := sorted(found - known):
        raise UsageError(
            f"{folder} holds what is no dump ({foreign[0]}); name a new folder, an empty one, or an earlier "
            "dump"
        )


def _put(unfinished: Path, target: Path) -> None:
    """Put a complete dump into its place; if that fails the former one comes back."""
    if not target.exists():
        unfinished.rename(target)
        return
    former = unfinished.with_suffix(".former")
    target.rename(former)
    try:
        unfinished.rename(target)
    except OSError:
        former.rename(target)
        raise
    shutil.rmtree(former)


def _write(graph: WholeGraph, folder: Path, formats: Sequence[str], progress: Progress | None) -> DumpIndex:
    total = len(formats) + 1
    counts, coverage = survey(
        graph.schema, graph.source.entities(), (s for s, _ in graph.source.statements())
    )
    quads = GraphCounts()
    files = []
    for done, name in enumerate(formats):
        if progress:
            progress("dumping", done, total)
        files.append(_write_file(graph, folder, name, quads))
    if progress:
        progress("dumping", total - 1, total)
    if "nquads" not in formats:
        graph.write("nquads", cast(BinaryIO, quads))
    index = DumpIndex(
        TITLE, SUMMARY, LICENCE, graph.made, counts, coverage, _counted(graph, quads), tuple(files)
    )
    (folder / INDEX).write_bytes(index_bytes(index))
    (folder / CHECKSUMS).write_text("".join(f"{f.sha256}  {f.name}\n" for f in files), "ascii")
    with (folder / DESCRIPTION).open("wb") as out:
        write_description(index, "turtle", out)
    (folder / README).write_text(_readme(index), "utf-8")
    (folder / LICENCE_TEXT).write_text(f"{TITLE}\n\nLicence: {LICENCE}\n\n{RIGHTS}\n", "utf-8")
    if progress:
        progress("dumping", total, total)
    return index


def _write_file(graph: WholeGraph, folder: Path, name: str, quads: GraphCounts) -> DumpFile:
    form = FORMATS[name]
    path = folder / f"carisec{form.suffix}.gz"
    with path.open("wb") as raw:
        out = _Hashed(raw)
        # Neither a name nor a time: the same content gives the same bytes.
        with gzip.GzipFile("", "wb", _LEVEL, cast(BinaryIO, out), mtime=0) as packed:
            plain = cast(BinaryIO, packed)
            if name == "nquads":
                quads.onward, plain = plain, cast(BinaryIO, quads)
            graph.write(name, plain)
            size = packed.tell()
    return DumpFile(path.name, name, form.media_type, "gzip", out.size, size, out.sha256)


def _counted(graph: WholeGraph, quads: GraphCounts) -> RdfCounts:
    found = TripleCounts(graph.made.base_iri + "id/", [other.namespace for other in OTHERS])
    graph.write("ntriples", cast(BinaryIO, found))
    return RdfCounts(
        triples=found.triples,
        entities=found.entities,
        subjects=found.subjects,
        objects=found.objects,
        classes=found.classes,
        properties=found.properties,
        graphs=quads.graphs,
        links=tuple(Links(name, space, count) for (name, space), count in found.links.items()),
    )


class _Hashed(io.RawIOBase):
    """A file that knows the size and the sha256 of what was written to it."""

    def __init__(self, onward: BinaryIO) -> None:
        self._onward = onward
        self._digest = hashlib.sha256()
        self.size = 0

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self._digest.update(data)
        self.size += len(data)
        return self._onward.write(data)


def _readme(index: DumpIndex) -> str:
    lines = (f"  {file.name:<20} {FORMATS[file.format].description}" for file in index.files)
    made = index.made
    return "\n".join(
        (
            index.title,
            "",
            index.description,
            "",
            f"Graph {made.version}, loaded {made.loaded}, written by {made.made_with}.",
            f"Licence: {index.licence}. {RIGHTS}",
            "",
            *lines,
            f"  {INDEX:<20} Version, counts, coverage, and the files with their sizes and checksums.",
            f"  {DESCRIPTION:<20} The same as DCAT and VoID, in Turtle.",
            f"  {CHECKSUMS:<20} Check with: sha256sum -c {CHECKSUMS}",
            "",
        )
    )
