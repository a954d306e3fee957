"""Graphs that were written down, read back: a dump, or a file of an export."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from pyoxigraph import RdfFormat, parse

from graph.changes import Content
from graph.dump_index import read_index
from graph.jsonl_reading import read_jsonl
from graph.rdf_reading import read_quads
from graph.settings import Settings
from schema.errors import DataError, Fault, UsageError
from schema.model import Schema

JSONL = ".jsonl"
_GZIP = ".gz"
# JSON-LD is left out: a graph that is large takes long to expand.
_RDF = {
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".rdf": RdfFormat.RDF_XML,
}
ENDINGS = (JSONL, *_RDF)
# Formats of a dump that hold the whole graph, the fastest to read first.
_WHOLE = ("jsonl", "nquads", "trig", "turtle", "ntriples", "rdfxml")


def read_saved(schema: Schema, name: str, settings: Settings) -> Content:
    """The graph in the file or in the folder of a dump of this name, or in the kept dump of this version.

    All of it is held in memory; RDF is read under the base IRI of the settings. Raises UsageError where there
    is no such thing, DataError with file and line where it cannot be read.
    """
    path = _found(Path(name), settings)
    if path.is_dir():
        path = _in_dump(path)
    ending = Path(path.name.removesuffix(_GZIP)).suffix
    if ending not in ENDINGS:
        raise UsageError(f"{name} ends in none of {', '.join(ENDINGS)}, with or without {_GZIP}")
    with _opened(path) as file:
        if ending == JSONL:
            return read_jsonl(schema, file, path.name)
        try:
            records = read_quads(schema, parse(file, _RDF[ending]), settings.base_iri, path.name)
        except SyntaxError as error:
            fault = Fault(path.name, error.lineno or 1, f"broken RDF: {error.msg}", "export the graph again")
            raise DataError([fault]) from error
    return Content(tuple(records.entities), tuple(records.statements))


def _found(path: Path, settings: Settings) -> Path:
    if path.exists():
        return path
    dumps = settings.data_dir / "dumps"
    if len(path.parts) == 1 and (dumps / path / "index.json").exists():
        return dumps / path
    kept = (
        sorted(one.name for one in dumps.iterdir() if not one.name.startswith(".")) if dumps.is_dir() else []
    )
    listed = f"versions kept: {', '.join(kept)}" if kept else "no dump is kept: make one with `carisec dump`"
    raise UsageError(f"{path} is neither a file nor a dump nor the version of a kept dump; {listed}")


def _in_dump(folder: Path) -> Path:
    files = {file.format: file.name for file in read_index(folder).files}
    for name in _WHOLE:
        if name in files:
            return folder / files[name]
    raise UsageError(f"the dump {folder} holds none of {', '.join(_WHOLE)}: dump the graph with jsonl")


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """The file, unpacked. What fails while it is read is a fault of the file."""
    try:
        with gzip.open(path) if path.suffix == _GZIP else path.open("rb") as file:
            yield cast(BinaryIO, file)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise DataError([Fault(path.name, 1, f"cannot be read: {why}", "name a whole file")]) from error
