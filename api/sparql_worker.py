"""The process that answers SPARQL, so that a query can be stopped and cannot take the service with it.

It reads frames from standard input and writes one frame for each to standard output. A frame is a line of
JSON and then as many bytes as its `size` says. `{"do": "load"}` brings the graph as N-Quads, and
`{"do": "query"}` a query, with `accept` and `prefixes`. Its answer is `{"media_type": …}` and the result, or
`{"error": NAME, "message": …}`.
"""

import sys
from collections.abc import Mapping
from typing import IO, Any

import orjson
from pyoxigraph import RdfFormat, Store, parse

from graph.sparql import build_store, query
from schema.errors import CarisecError


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


def _answer(store: Store, head: dict[str, Any], text: str) -> tuple[dict[str, Any], bytes]:
    try:
        body, media_type = query(store, text, head["accept"], head["prefixes"])
    except CarisecError as error:
        return {"error": type(error).__name__, "message": str(error)}, b""
    return {"media_type": media_type}, body


def main() -> None:
    """Serve until standard input ends."""
    store = Store()
    while (frame := read_frame(sys.stdin.buffer)) is not None:
        head, body = frame
        if head["do"] == "load":
            store = build_store(parse(body, RdfFormat.N_QUADS))
            write_frame(sys.stdout.buffer, {})
        else:
            write_frame(sys.stdout.buffer, *_answer(store, head, body.decode()))


if __name__ == "__main__":
    main()
