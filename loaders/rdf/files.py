"""RDF files in, triples by subject out, each with its line; the one place that trusts no byte of them.

A file is tried in a process of its own first: the parser is native code, and what makes it run out of memory
or of stack ends that process and not ours.
"""

import gzip
import io
import re
import stat
import subprocess
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, cast

import orjson
from pyoxigraph import Literal, Quad, RdfFormat, Triple, parse

from graph.imports import ImportStore, Kept
from graph.rdf_nodes import Nodes
from graph.records import slug
from loaders.formats.content import shown, unreadable
from schema.errors import DataError, Fault
from schema.model import SHAPES
from schema.values import SCHEMA_NS

FORMATS: Mapping[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".trig": RdfFormat.TRIG,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
}
# Of the file as it is uncompressed. JSON-LD is read whole, the others as they come.
MOST_BYTES = 200_000_000
MOST_JSON_BYTES = 50_000_000
MOST_CHARACTERS = 1_000_000
_MOST_SYNTAX_FAULTS = 20
_CHUNK = 1 << 20
_GZIP, _BOM, _ENTITY = b"\x1f\x8b", b"\xef\xbb\xbf", b"<!ENTITY"
_CONTEXTS = SHAPES.with_name("contexts")
# A context by address, alone or first in a list; within a text its quotation marks have backslashes.
_REMOTE = re.compile(rb'(?<!\\)("@context"\s*:\s*(?:\[\s*)?)"([^"\\]*)"')
_IDENTIFIER = re.compile(r'(?<!\\)"@id"\s*:\s*"([^"\\]*)"')
_WHERE = re.compile(r"^Parser error .*?(?:\d|file): (?=\S)")

# What runs the parser alone; memory in bytes, time in seconds of the processor.
_TRIAL = """
import resource, sys
for limit, most in ((resource.RLIMIT_AS, 3 << 30), (resource.RLIMIT_CPU, int(sys.argv[2]))):
    try:
        resource.setrlimit(limit, (most, most))
    except (OSError, ValueError):
        pass
from pyoxigraph import RdfFormat, parse
try:
    for _ in parse(sys.stdin.buffer, RdfFormat.from_extension(sys.argv[1])):
        pass
except (SyntaxError, ValueError):
    pass
"""


def rdf_suffix(path: Path) -> str | None:
    """The RDF ending of a file name, before `.gz`; None for any other file."""
    suffixes = [s.lower() for s in path.suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    return suffixes[-1] if suffixes and suffixes[-1] in FORMATS else None


def keep_file(path: Path, store: ImportStore, base_iri: str) -> Kept:
    """Take a file into the store, once it is sure that reading it harms nothing. Raises DataError."""
    suffix = rdf_suffix(path) or ""
    name = path.name.removesuffix(".gz")[: -len(suffix)]
    if shown(path) != str(path):
        raise unreadable(path, "has a name with bytes that are no characters", "rename it")
    if not slug(name):
        raise unreadable(path, "has a name without letters or digits", "rename it")
    sha256 = store.keep(_content(path))
    kept = Kept(f"import/{slug(name)}", path.name, suffix, sha256, base_iri)
    _try_parser(path, store.path(kept), kept)
    return kept


def read_nodes(store: ImportStore, kept: Kept) -> Nodes:
    """The triples of a kept file by subject. Raises DataError with every fault of its syntax."""
    nodes = Nodes()
    for triple, line in read_triples(store, kept):
        nodes.add(triple, line)
    return nodes


def read_triples(store: ImportStore, kept: Kept) -> Iterator[tuple[Quad | Triple, int]]:
    """The triples of a kept file, each with its line. Raises DataError behind the last one."""
    faults: list[Fault] = []
    feed = _Feed(store.path(kept), kept)
    triples = parse(cast(IO[bytes], feed), FORMATS[kept.format])
    while len(faults) < _MOST_SYNTAX_FAULTS:
        try:
            triple = next(triples)
        except StopIteration:
            break
        except SyntaxError as error:
            faults.append(_syntax_fault(kept, error, feed.line))
            if kept.format in (".rdf", ".jsonld"):
                break  # what follows there follows from the first one
        else:
            term, line = triple.object, feed.line_of(triple.subject)
            if isinstance(term, Literal) and (wrong := _unfit(term.value)):
                faults.append(Fault(kept.file, line, *wrong))
            yield triple, line
    if faults:
        raise DataError(faults)


def _unfit(text: str) -> tuple[str, str] | None:
    """Why a text cannot be in the graph, and the mend."""
    if len(text) > MOST_CHARACTERS:
        return f"a literal of {len(text):,} characters", f"at most {MOST_CHARACTERS:,} are read"
    return ("a literal with the character U+0000", "take it out") if "\0" in text else None


def _syntax_fault(kept: Kept, error: SyntaxError, line: int) -> Fault:
    message = _WHERE.sub("", error.msg or "the syntax is wrong")
    mend = "mend the syntax"
    if "No scheme" in message:
        mend = "a relative IRI has no meaning in a file that is loaded: write it in full, or declare a base"
    if "LoadDocumentCallback" in message:
        message, mend = "the @context is at an address, which carisec does not fetch", _NO_CONTEXT
    return Fault(kept.file, error.lineno or line or 1, f"no {_names(kept)}: {message[:300]}", mend)


_NO_CONTEXT = "write the context into the file, or use that of the ontology by its versioned address"


def _names(kept: Kept) -> str:
    return FORMATS[kept.format].name


def _content(path: Path) -> Iterator[bytes]:
    """The bytes of a file, uncompressed. Raises DataError for what no RDF file can be."""
    read = 0
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise unreadable(path, "is no regular file", "save what it gives in a file, and name that")
        with path.open("rb") as raw:
            start = raw.read(2)
            raw.seek(0)
            source = cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if start == _GZIP else raw
            if start in (b"\xff\xfe", b"\xfe\xff"):
                raise unreadable(path, "is in UTF-16", "save it in UTF-8")
            while chunk := source.read(_CHUNK):
                read += len(chunk)
                most = MOST_JSON_BYTES if rdf_suffix(path) == ".jsonld" else MOST_BYTES
                if read > most:
                    message = f"has more than the {most:,} bytes that such a file may have"
                    raise unreadable(path, message, "split it into several, each with its statements")
                yield chunk
    except (OSError, EOFError, zlib.error) as error:
        why = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise unreadable(path, f"cannot be read: {why}", "mend the file or its permissions") from error
    if not read:
        raise unreadable(path, "is empty", "put its triples in, or take the file away")


def _try_parser(path: Path, content: Path, kept: Kept) -> None:
    """Run the parser over a file in a process of its own, which may die of it. Raises DataError."""
    feed = _Feed(content, kept)
    seconds = 10 + content.stat().st_size // 100_000
    command = [sys.executable, "-c", _TRIAL, kept.format[1:], str(seconds)]
    silent = subprocess.DEVNULL
    # Our own interpreter.
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=silent, stderr=silent) as trial:  # noqa: S603
        stdin = cast(IO[bytes], trial.stdin)
        try:
            while chunk := feed.read(_CHUNK):
                stdin.write(chunk)
            stdin.close()
        except BrokenPipeError:
            pass  # the parser has stopped reading
        except BaseException:
            trial.kill()
            raise
        with suppress(BrokenPipeError):
            stdin.close()
    if trial.returncode:
        message = "is RDF that takes the parser more memory, time or depth than it is worth"
        raise unreadable(path, message, "look for endless nesting, repetition or huge literals in it")


class _Feed:
    """A kept file for the parser, line by line, so that the line of each triple is known.

    JSON-LD is read whole: there the line is that of the first node that bears the IRI.
    """

    def __init__(self, content: Path, kept: Kept) -> None:
        self.line = 0
        self._kept = kept
        self._ended = True
        self._tail = b""
        self._mentions: Mapping[str, int] = {}
        source = cast(IO[bytes], gzip.open(content))  # noqa: SIM115 - read as the parser asks
        if kept.format == ".jsonld":
            text = _with_contexts(kept, source.read().removeprefix(_BOM))
            self._mentions = _mentions(text)
            source = io.BytesIO(text)
        elif source.peek(3)[:3] == _BOM:  # type: ignore[attr-defined]
            source.read(3)
        self._source = source

    def read(self, size: int = -1) -> bytes:
        """The next line or a part of it. Raises DataError for definitions of entities in XML."""
        line = self._source.readline(size)
        self.line += self._ended and bool(line)
        self._ended = line.endswith(b"\n")
        if self._kept.format == ".rdf":
            if _ENTITY in self._tail + line:
                mend = "write the entities out, or save the file as Turtle"
                raise DataError([Fault(self._kept.file, self.line, "defines entities of XML", mend)])
            self._tail = line[-len(_ENTITY) :]
        return line

    def line_of(self, subject: object) -> int:
        """Line of the triple that was read last, as far as it is known."""
        if self._kept.format == ".jsonld":
            return self._mentions.get(getattr(subject, "value", ""), 1)
        return self.line


def _with_contexts(kept: Kept, text: bytes) -> bytes:
    """JSON-LD with the context of the ontology put in the place of its address. Raises DataError."""

    def stored(match: re.Match[bytes]) -> bytes:
        address = match[2].decode("utf-8", "replace")
        for base in (kept.base_iri, str(SCHEMA_NS).removesuffix("schema#")):
            found = re.fullmatch(re.escape(base) + r"schema/([\d.]+)/context\.jsonld", address)
            path = _CONTEXTS / f"{found[1]}.jsonld" if found else None
            if path is not None and path.is_file():
                return match[1] + orjson.dumps(orjson.loads(path.read_bytes())["@context"])
        line = text.count(b"\n", 0, match.start(2)) + 1
        message = f"the @context is at {address[:200]}, which carisec does not fetch"
        raise DataError([Fault(kept.file, line, message, _NO_CONTEXT)])

    return _REMOTE.sub(stored, text)


def _mentions(text: bytes) -> dict[str, int]:
    """The line on which each IRI or blank node is first an `@id`."""
    try:
        context = orjson.loads(text).get("@context", {})
    except (ValueError, AttributeError):
        return {}
    parts = context if isinstance(context, list) else [context]
    prefixes = {k: v for part in parts if isinstance(part, dict) for k, v in part.items()}
    found: dict[str, int] = {}
    for number, line in enumerate(text.decode("utf-8", "replace").split("\n"), 1):
        for name in _IDENTIFIER.findall(line):
            prefix, colon, rest = name.partition(":")
            start = prefixes.get(prefix) if colon else None
            known = start + rest if isinstance(start, str) else name
            iri = rest if prefix == "_" else known
            found.setdefault(iri, number)
    return found
