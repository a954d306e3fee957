"""The index of a dump: what graph it is of, what is in it, and its files with their checksums.

`index.json` in the folder of a dump holds it; the description of the data set is made from nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from graph.triple_counts import PropertyCount
from schema.errors import DataError, Fault

INDEX = "index.json"
CHECKSUMS = "SHA256SUMS"
DESCRIPTION = "void.ttl"
README = "README.txt"
LICENCE_TEXT = "LICENSE.txt"
# What every dump has besides its files.
BESIDES = (INDEX, CHECKSUMS, DESCRIPTION, README, LICENCE_TEXT)


@dataclass(frozen=True, slots=True)
class DumpFile:
    """A file of a dump: its name, the name of its format in `graph.export`, sizes in bytes, and checksum.

    `media_type` is that of the file when it is unpacked; the sha256 is that of the file as it is.
    """

    name: str
    format: str
    media_type: str
    compression: str
    bytes: int
    uncompressed_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document that the graph rests on."""

    id: str
    name: str
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class RecordCounts:
    """How many records there are: entities without documents and candidates, statements by status."""

    entities: int
    documents: int
    statements: Mapping[str, int]
    evidence: int


@dataclass(frozen=True, slots=True)
class Links:
    """How many triples with a property lead into the namespace of another data set."""

    property: str
    namespace: str
    triples: int


@dataclass(frozen=True, slots=True)
class RdfCounts:
    """Counts of the RDF form, by IRIs of classes, properties and named graphs.

    `entities` are the different subjects under `id/` that are no part of another one; the graphs share
    triples, so their sum is greater than `triples`.
    """

    triples: int
    entities: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, PropertyCount]
    graphs: Mapping[str, int]
    links: tuple[Links, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the accepted statements are about.

    `first_day` and `last_day` are ISO days, None where no statement is dated; `countries`, `topics` (id and
    name of those at the top) and `examples` (what most is said of) are ids of entities.
    """

    first_day: str | None
    last_day: str | None
    languages: tuple[str, ...]
    countries: tuple[str, ...]
    topics: Mapping[str, str]
    examples: tuple[str, ...]
    documents: tuple[SourceDocument, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What decides on the bytes of a dump, besides its formats.

    `version` is that of the graph, `loaded` when it was loaded (ISO time), `address` where the API is.
    """

    version: str
    loaded: str
    schema_version: str
    made_with: str
    base_iri: str
    address: str


@dataclass(frozen=True, slots=True)
class DumpIndex:
    """The whole index."""

    title: str
    description: str
    licence: str
    made: Made
    counts: RecordCounts
    coverage: Coverage
    rdf: RdfCounts
    files: tuple[DumpFile, ...]

    @property
    def version(self) -> str:
        return self.made.version

    @property
    def bytes(self) -> int:
        """Size of all files."""
        return sum(file.bytes for file in self.files)

    def file(self, name: str) -> DumpFile | None:
        """The file with this name, if there is one."""
        return next((file for file in self.files if file.name == name), None)


_ADAPTER = TypeAdapter(DumpIndex)


def index_bytes(index: DumpIndex) -> bytes:
    """The index as JSON."""
    return _ADAPTER.dump_json(index, indent=2) + b"\n"


def read_index(folder: Path) -> DumpIndex:
    """The index of the dump in a folder. Raises DataError where there is none, or a damaged one."""
    path = folder / INDEX
    try:
        return _ADAPTER.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        why = error.strerror if isinstance(error, OSError) else f"{error.error_count()} fields are at fault"
        mend = "name a folder that `carisec dump` made"
        raise DataError([Fault(str(path), 1, f"this is no index of a dump: {why}", mend)]) from error
