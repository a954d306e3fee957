"""Small answers are kept as they went out, and given again while the graph is the same.

An answer is kept by all that it depends on: the version of the graph (and a stamp of the captures, where it
is about texts), path, parameters with the clocks among them, the forms that the caller accepts, and what
decides on its encoding and headers. This is the outermost middleware, so that an answer that is kept costs no
more work: it is compressed already, and bears its headers. HEAD is GET without the body.
"""

import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass

from fastapi.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.answers import Due, GraphVersion
from api.errors import ENGINE_ERRORS
from graph.captures import CaptureStore

LARGEST_KEPT = 256 * 1024
MOST_KEPT = 64 * 1024 * 1024
# What an answer takes beside its body, headers and address, about.
_FRAME = 1024

# Paths whose answers are about something else than the graph as it is, or depend on who asks.
NOT_ABOUT_THE_GRAPH = (
    "/healthz",
    "/readyz",
    "/docs",
    "/openapi.json",
    "/static/",
    "/candidates",
    "/dumps",
    "/problems",
)

# Lists of what this program has, in each of their forms.
_SAME_FOR_ANY_GRAPH = frozenset(
    path + suffix for path in ("/queries", "/visualisations") for suffix in ("", ".json", ".html")
)
# The schema, but for its newest page, which counts what is in the graph.
_OF_THE_SCHEMA = ("/schema.ttl", "/schema.jsonld", "/schema.nt", "/schema.rdf", "/schema/", "/shapes.ttl")

# Descriptions, the forms of which share an address.
_CHOSEN_BY_ACCEPT = (
    "/entities/",
    "/statements/",
    "/documents/",
    "/topics",
    "/graph/",
    "/schema",
    "/dataset",
    "/.well-known/void",
)
_SUFFIX = re.compile(r"\.[a-z]+$")

# Headers that tell of a body.
_OF_A_BODY = frozenset(
    f"content-{name}".encode() for name in ("length", "type", "encoding", "language", "disposition", "range")
)

State = tuple[str, str]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class _Kept:
    """An answer as it went out; `bodiless` are its headers where the caller has it already."""

    tag: str
    headers: Headers
    bodiless: Headers
    body: bytes

    @property
    def size(self) -> int:
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.body) + headers + _FRAME

    async def send(self, send: Send, known: bool) -> None:
        status, headers, body = (304, self.bodiless, b"") if known else (200, self.headers, self.body)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Shelf:
    """Answers by key, the longest unused going first when there is no more room."""

    def __init__(self, room: int) -> None:
        self._kept: OrderedDict[Hashable, tuple[_Kept, int]] = OrderedDict()
        self._free = room

    def get(self, key: Hashable) -> _Kept | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, kept: _Kept, size: int) -> None:
        if key in self._kept:
            return
        self._kept[key] = (kept, size)
        self._free -= size
        while self._free < 0:
            self._free += self._kept.popitem(last=False)[1][1]


class KeptAnswers:
    """The outermost middleware: gives kept answers again, and tells `TaggedAnswers` what is due otherwise.

    `captures` hold the texts of documents, `loads` tells how many loads there were. `salt` is whatever else
    the answers of this process depend on: its settings, its code. `prefix` is what a proxy puts before every
    path. The version is put into `request.state.version`.
    """

    def __init__(
        self,
        app: ASGIApp,
        version: GraphVersion,
        captures: CaptureStore,
        salt: str,
        loads: Callable[[], str],
        room: int = MOST_KEPT,
        prefix: str = "",
    ) -> None:
        self._app = app
        self._prefix = prefix
        self._version = version
        self._captures = captures
        self._loads = loads
        self._salt = salt
        self._shelf = _Shelf(room)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        if scope["type"] != "http" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        # Without the folder of a proxy, which begins every path.
        path = scope["path"].removeprefix(self._prefix)
        if path.startswith(NOT_ABOUT_THE_GRAPH):
            await self._app(scope, receive, send)
            return
        try:
            state = await self._state(path)
        except Exception as error:
            Due(error=error).tell(scope)
            await self._app(scope, receive, send)
            return
        await self._answer(state, path, scope, receive, send)

    async def _answer(self, state: State, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        # Of a header that is there twice the first one counts, for routes too.
        headers: Mapping[bytes, bytes] = dict(reversed(scope["headers"]))
        query, accept = scope["query_string"], headers.get(b"accept", b"")
        # Whether it is compressed, and whether it bears the headers for another site.
        shape = b"gzip" in headers.get(b"accept-encoding", b""), b"origin" in headers
        key = (state, path, query, accept, *shape)
        known = headers.get(b"if-none-match", b"").decode("latin-1")
        if (kept := self._shelf.get(key)) is not None:
            await kept.send(send, bool(known) and _names(known, kept.tag))
            return
        tag = self._tag(state, path, query, accept)
        scope.setdefault("state", {})["version"] = state[0]
        # Which form Accept chooses, and so the Content-Location that a 304 must bear, only the route knows.
        chosen = path.startswith(_CHOSEN_BY_ACCEPT) and _SUFFIX.search(path) is None
        has_it = tag in _tags(known)
        Due(tag, known=has_it and not chosen).tell(scope)
        whole: list[_Kept] = []
        out = _unchanged(send) if known.strip() == "*" or (has_it and chosen) else send
        await self._app(scope, receive, _watched(tag, out, whole))
        # An answer that knows of which version it is needs no second look.
        if whole and (scope["state"].get("version_of_answer") == state[0] or await self._still(state, path)):
            self._shelf.put(key, whole[0], whole[0].size + len(path) + len(query) + len(accept))

    async def _state(self, path: str, since: float | None = None) -> State:
        """What answers at a path depend on: the version of the graph, a stamp of what else; "" if nothing."""
        if path in _SAME_FOR_ANY_GRAPH or path.startswith(_OF_THE_SCHEMA):
            return "", ""
        version = self._version.fresh(since)
        if version is None:
            version = await run_in_threadpool(self._version.current, since)
        if path.startswith("/documents"):
            return version, await run_in_threadpool(self._captures.stamp)
        if path.startswith("/changes"):
            # A graph may come back to a version that it had.
            return version, await run_in_threadpool(self._loads)
        return version, ""

    async def _still(self, state: State, path: str) -> bool:
        """Whether nothing was loaded while an answer was made: it could be of both graphs."""
        try:
            return await self._state(path, time.monotonic()) == state
        except ENGINE_ERRORS:
            return False

    def _tag(self, state: State, path: str, query: bytes, accept: bytes) -> str:
        said = "\n".join((self._salt, *state, path, query.decode("latin-1"), accept.decode("latin-1")))
        return f'W/"{state[0]}-{hashlib.blake2b(said.encode(), digest_size=10).hexdigest()}"'


def _watched(tag: str, send: Send, whole: list[_Kept]) -> Send:
    """Put a good answer into `whole` if it is in one piece and small enough to keep."""
    start: Message | None = None

    async def watched(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and message["status"] == 200:
            start = message
        elif message["type"] == "http.response.body" and start is not None:
            body = bytes(message.get("body", b""))
            if not message.get("more_body") and len(body) <= LARGEST_KEPT:
                headers = list(start["headers"])
                whole.append(_Kept(tag, headers, _bodiless(headers), body))
            start = None
        await send(message)

    return watched


def _unchanged(send: Send) -> Send:
    """Turn a good answer into a 304, for a caller that has one already, whichever it is."""
    good = False

    async def unchanged(message: Message) -> None:
        nonlocal good
        if message["type"] == "http.response.start" and message["status"] == 200:
            good = True
            message = {**message, "status": 304, "headers": _bodiless(message["headers"])}
        elif message["type"] == "http.response.body" and good:
            message = {**message, "body": b""}
        await send(message)

    return unchanged


def _bodiless(headers: Headers) -> Headers:
    return [(name, value) for name, value in headers if name.lower() not in _OF_A_BODY]


def _names(known: str, tag: str) -> bool:
    """Whether the value of If-None-Match names this tag, or any."""
    return known.strip() == "*" or tag in _tags(known)


def _tags(header: str) -> set[str]:
    """The tags of If-None-Match in their weak form: that header is always compared weakly."""
    tags = {tag.strip() for tag in header.split(",")}
    return {tag if tag.startswith("W/") else f"W/{tag}" for tag in tags}


def _without_body(send: Send) -> Send:
    async def bodiless(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return bodiless
