"""Sends what no caller should send to the application and checks what every answer must keep to."""

import faulthandler
import logging
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import orjson
from fastapi.testclient import TestClient
from httpx2 import Response

from api.formats import NDJSON
from graph.store import Row, Rows, Store
from tests.hostile import CANARY, SHOWN

log = logging.getLogger("carisec.tests.fuzz")

# Generous: it is to tell seconds from minutes on any machine. What work is done is told by the reads.
MOST_SECONDS = 10.0
# What takes longer ends the whole run, with a traceback of all threads: nothing else stops a pattern that
# looks for a match for ever.
_HANGS_SECONDS = 180.0
# What an inside would show: of Python, of the drivers, of the engines.
INSIDE = (
    *("Traceback", 'File "', ".py", "site-packages", "neo4j.exceptions", "Neo.ClientError", "org.neo4j"),
    *("com.arcadedb", "bolt://", "java.lang", "pydantic", "jinja2", "sqlite", "errors.pydantic.dev"),
)
# No server lets a longer one through.
LONGEST_ADDRESS = 16_000
_LISTED = 8


class Counting(Store):
    """A store that keeps the texts of what it reads."""

    def __init__(self, store: Store) -> None:
        vars(self).update(vars(store))
        self.texts: list[str] = []

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        self.texts.append(text)
        return super().read(text, parameters, seconds=seconds)


@dataclass(frozen=True, repr=False)
class Asked:
    """One request: `route` is the path as the OpenAPI document has it, `path` is not yet percent-encoded."""

    route: str
    path: str
    pairs: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    post: bool = False

    @property
    def url(self) -> str:
        """The address; what is no UTF-8 goes as the bytes that a careless client sends."""
        pairs = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in self.pairs)
        return _encoded(self.path, "/") + (f"?{pairs}" if pairs else "")

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:  # noqa: ARG002
        """How Hypothesis prints it: cut, since it may be long."""
        printer.text(repr(self))

    def __repr__(self) -> str:
        body = "" if self.body is None else f" {self.body[:500]!r}"
        return f"<{'POST' if self.post else 'GET'} {self.url[:2000]} {str(self.headers)[:500]}{body}>"


def _encoded(text: str, safe: str = "") -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe=safe)


@dataclass
class Tally:
    """What was sent and what came back; the slowest and those with the most reads first."""

    statuses: Counter[tuple[str, int]] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    most_read: list[tuple[int, str]] = field(default_factory=list)

    def add(self, asked: Asked, status: int, seconds: float, reads: int) -> None:
        known = asked.route.startswith("/queries/") and "{" not in asked.route
        self.statuses["/queries/<a known name>" if known else asked.route, status] += 1
        self.slowest = sorted([*self.slowest, (seconds, asked.url[:700])], reverse=True)[:_LISTED]
        self.most_read = sorted([*self.most_read, (reads, asked.url[:700])], reverse=True)[:_LISTED]

    def lines(self) -> Iterator[str]:
        yield f"{self.statuses.total()} requests"
        for (route, status), times in sorted(self.statuses.items()):
            yield f"{times:6} {status} {route}"
        yield from (f"{seconds:6.2f} s {url}" for seconds, url in self.slowest)
        yield from (f"{reads:4} reads {url}" for reads, url in self.most_read)


class _Page(HTMLParser):
    """Finds what came into a page as code: elements, handlers, scripts and addresses that run."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if CANARY in tag:
            self.found.append(tag)
        for name, value in attrs:
            runs = (value or "").strip().lower().startswith(("javascript:", "data:text", "vbscript:"))
            if name.startswith("on") or CANARY in name or (runs and name in ("href", "src", "action")):
                self.found.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem in ("script", "style") and CANARY in data:
            self.found.append(f"{self.cdata_elem}: {data}")


class Logged(logging.Handler):
    """Keeps what is logged that tells of a failure."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.failures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        if record.levelno >= logging.ERROR or record.exc_info or "Traceback" in text:
            self.failures.append(text)


class Fuzzed:
    """The application under fire. `stderr` is a file descriptor for the traceback of what hangs."""

    def __init__(self, client: TestClient, store: Counting, logged: Logged, stderr: int) -> None:
        self.client, self.store, self.logged, self.tally = client, store, logged, Tally()
        self._stderr = stderr
        paths: Mapping[str, Any] = client.get("/openapi.json").json()["paths"]
        self._documented = {
            (path, method): {int(status) for status in operation["responses"]}
            for path, methods in paths.items()
            for method, operation in methods.items()
        }

    def send(self, asked: Asked, most_reads: int) -> Response:
        """Send it, and check all that holds for any answer."""
        self.store.texts.clear()
        self.logged.failures.clear()
        begin = time.monotonic()
        response = self._response(asked)
        seconds, reads = time.monotonic() - begin, len(self.store.texts)
        self.tally.add(asked, response.status_code, seconds, reads)
        said = repr(asked)
        self._check_status(asked, response)
        assert not self.logged.failures, (self.logged.failures, said)
        assert seconds < MOST_SECONDS, (seconds, said)
        assert reads <= most_reads, (reads, said)
        assert not any(CANARY in text for text in self.store.texts), "what was said became a part of a query"
        check_headers(response)
        check_body(response)
        return response

    def _response(self, asked: Asked) -> Response:
        faulthandler.dump_traceback_later(_HANGS_SECONDS, exit=True, file=self._stderr)
        try:
            return self.client.request(
                "POST" if asked.post else "GET",
                asked.url[:LONGEST_ADDRESS],
                headers=[(name.encode(), value.encode("latin-1")) for name, value in asked.headers],
                content=asked.body,
                follow_redirects=False,
            )
        finally:
            faulthandler.cancel_dump_traceback_later()

    def _check_status(self, asked: Asked, response: Response) -> None:
        status, said = response.status_code, (response.status_code, asked, response.text[:500])
        documented = self._documented[asked.route, "post" if asked.post else "get"]
        assert status < 500, said
        if status in documented:
            return
        # A name with a slash or dots in it leads elsewhere, or to the same path without the last slash.
        elsewhere = asked.path.removeprefix(asked.route.partition("{")[0])
        assert "{" in asked.route and ("/" in elsewhere or "." in elsewhere), said
        assert status in (307, 404, 406), said
        if status == 307:
            assert response.headers["location"].startswith(str(self.client.base_url)), said


def check_headers(response: Response) -> None:
    """No header holds what would begin another one, and the guarding ones are there."""
    for name, value in response.headers.multi_items():
        assert not set("\r\n\0") & set(name + value), (name, value)
        assert CANARY not in name
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "set-cookie" not in response.headers


def check_body(response: Response) -> None:
    """Errors tell nothing of the inside, pages hold no code of the caller's, JSON is JSON."""
    kind, text = response.headers.get("content-type", "").partition(";")[0], response.text
    assert not any(shown in text for shown in SHOWN), text[:2000]
    if kind == "text/html":
        page = _Page()
        page.feed(text)
        page.close()
        assert not page.found, page.found
    elif kind.endswith("json") and response.content:
        for line in response.content.splitlines() if kind == NDJSON.media_type else (response.content,):
            orjson.loads(line)
    if response.status_code < 400:
        return
    assert not any(inside in text for inside in INSIDE), text[:2000]
    if kind != "text/html":
        assert kind == "application/problem+json", (kind, text[:500])
        problem = response.json()
        assert problem["status"] == response.status_code
        assert problem["title"] and problem["detail"], problem


def content(store: Store, folder: Path) -> frozenset[str]:
    """All nodes, relationships and their properties, and all files of a data folder but the engine's own."""
    nodes = store.read("MATCH (n) RETURN elementId(n), labels(n), properties(n)").rows
    related = store.read(
        "MATCH (a)-[r]->(b) RETURN elementId(r), type(r), elementId(a), elementId(b), properties(r)"
    ).rows
    files = {
        f"{path} {path.stat().st_mtime_ns}"
        for path in folder.rglob("*")
        if path.relative_to(folder).parts[0] not in ("engine", "log")
    }
    called = {str(path) for path in Path.cwd().iterdir() if CANARY in path.name}
    return frozenset(files | called | {_said(row) for row in (*nodes, *related)})


def _said(row: tuple[Any, ...]) -> str:
    """The same text for the same row: an engine may give labels and properties in any order."""
    return orjson.dumps(
        [sorted(one) if isinstance(one, list) else one for one in row], option=orjson.OPT_SORT_KEYS
    ).decode()
