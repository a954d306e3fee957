"""The process that answers SPARQL, so that a query can be stopped and cannot take the service with it.

It reads frames from standard input and writes one frame for each to standard output. A frame is a line of
JSON and then as many bytes as its `size` says. The first brings the graph as N-Quads, and `prefixes` that are
known to all queries; each that follows brings a query, with the fields of `graph.sparql.Request`. The answer
is `{"media_type": …}` and the result, or `{"error": NAME, "message": …}`.

Behind the first frame it can open no more files, so no sockets either, and can take no more than a bounded
amount of memory, whatever a query says.
"""

import contextlib
import os
import sys
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import IO, Any

import orjson
from pyoxigraph import RdfFormat, Store, parse

from graph.sparql import Request, build_store, query
from schema.errors import CarisecError

if sys.platform != "win32":
    import resource

_SENT = [f.name for f in fields(Request) if f.name not in ("text", "prefixes")]
# What a query may take beside the graph.
_MEMORY = 1 << 30


def write_frame(out: IO[bytes], head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one frame."""
    out.write(orjson.dumps({**head, "size": len(body)}) + b"\n")
    out.write(body)
    out.flush()


def read_frame(source: IO[bytes]) -> tuple[dict[str, Any], bytes] | None:
    """Read one frame; None where the other side has gone."""
    line = source.readline()
    if not line.endswith(b"\n"):
        return None
    head: dict[str, Any] = orjson.loads(line)
    body = source.read(head["size"])
    return (head, body) if len(body) == head["size"] else None


def request_head(request: Request) -> dict[str, Any]:
    """A request without its text and the prefixes that the process has already, as the head of a frame."""
    return {name: getattr(request, name) for name in _SENT}


def _answer(
    store: Store, prefixes: Mapping[str, str], head: dict[str, Any], text: str
) -> tuple[dict[str, Any], bytes]:
    request = Request(
        text,
        table=head["table"],
        graph=head["graph"],
        prefixes=prefixes,
        default_graphs=tuple(head["default_graphs"]),
        named_graphs=tuple(head["named_graphs"]),
        largest=head["largest"],
    )
    try:
        body, media_type = query(store, request)
    except CarisecError as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    return {"media_type": media_type}, body


def confine() -> None:
    """Open nothing more, and take only so much more memory, where the system has such limits."""
    if sys.platform == "win32":
        return
    # A limit of memory needs Linux to tell how much there is already.
    with contextlib.suppress(OSError), Path("/proc/self/statm").open("rb") as told:
        taken = int(told.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        resource.setrlimit(resource.RLIMIT_AS, (taken + _MEMORY, taken + _MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def main() -> None:
    """Serve until standard input ends."""
    source, out = sys.stdin.buffer, sys.stdout.buffer
    loaded = read_frame(source)
    if loaded is None:
        return
    prefixes: dict[str, str] = loaded[0]["prefixes"]
    store = build_store(parse(loaded[1], RdfFormat.N_QUADS))
    del loaded
    confine()
    write_frame(out, {})
    while (frame := read_frame(source)) is not None:
        write_frame(out, *_answer(store, prefixes, frame[0], frame[1].decode()))


if __name__ == "__main__":
    main()
