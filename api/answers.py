"""Answers about the graph depend on nothing but its version, the address and what the caller accepts.

So each bears an ETag made of these, a caller that has it already gets 304, and a small answer is kept and
given again without asking the engine. Documents depend on the captures too, and what only describes this
program does not depend on the graph. HEAD is GET without the body.
"""

import hashlib
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ENGINE_ERRORS
from graph.captures import CaptureStore
from graph.store import Store
from schema.errors import CarisecError

# A version that was read this many seconds ago is taken for the current one.
FRESH = 0.05
# The longest that the engine may take to tell the version, and how long its failure to is remembered.
VERSION_SECONDS = 3.0
REMEMBERED = 2.0
LARGEST_KEPT = 256 * 1024
MOST_KEPT = 64 * 1024 * 1024

# Paths whose answers are about something else than the graph, or depend on who asks.
NOT_ABOUT_THE_GRAPH = ("/healthz", "/readyz", "/docs", "/openapi.json", "/static/", "/candidates")

# Lists of what this program has, in each of their forms.
_SAME_FOR_ANY_GRAPH = frozenset(
    path + suffix for path in ("/queries", "/visualisations") for suffix in ("", ".json", ".html")
)

Respond = Callable[[Request, Exception], Response]


class GraphVersion:
    """The version of the graph, read from the engine once for requests that come together.

    A failure to read it is remembered, so that those who wait behind it fail at once instead of in turn.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: tuple[float, str] = (-math.inf, "")
        self._failed: tuple[float, CarisecError] | None = None

    def fresh(self, since: float | None = None) -> str | None:
        """The version if it was read just now, or since that monotonic time. Raises a remembered failure."""
        now = time.monotonic()
        if (failed := self._failed) is not None and now - failed[0] < REMEMBERED:
            raise type(failed[1])(str(failed[1]))
        read_at, version = self._known
        return version if read_at >= (now - FRESH if since is None else since) else None

    def current(self, since: float | None = None) -> str:
        """The version; asks the engine unless it is fresh. Raises one of ENGINE_ERRORS."""
        with self._lock:
            if (version := self.fresh(since)) is not None:
                return version
            read_at = time.monotonic()
            try:
                version = self._store.version(seconds=VERSION_SECONDS)
            except ENGINE_ERRORS as error:
                self._failed = (time.monotonic(), error)
                raise
            self._known, self._failed = (read_at, version), None
            return version


@dataclass(frozen=True, slots=True)
class _Kept:
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class _Shelf:
    """Answers by key, the longest unused going first when there is no more room."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> _Kept | None:
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
        return kept

    def put(self, key: str, kept: _Kept) -> None:
        if key in self._kept:
            return
        self._kept[key] = kept
        self._size += len(kept.body)
        while self._size > MOST_KEPT:
            self._size -= len(self._kept.popitem(last=False)[1].body)


class GraphAnswers:
    """Middleware that gives ETags, answers 304, and gives small answers again.

    `captures` hold the texts of documents. `salt` is whatever else the answers of this process depend on: its
    settings, its code. The version is put into `request.state.version`. An error that no route foresaw
    becomes a response here, inside all other middleware, so that it bears their headers too.
    """

    def __init__(
        self, app: ASGIApp, version: GraphVersion, captures: CaptureStore, salt: str, respond: Respond
    ) -> None:
        self._app = app
        self._version = version
        self._captures = captures
        self._salt = salt
        self._respond = respond
        self._shelf = _Shelf()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._answer(scope, receive, watched)
        except Exception as error:
            if started:
                raise
            await self._respond(Request(scope), error)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] == "HEAD":
            scope, send = {**scope, "method": "GET"}, _without_body(send)
        if scope["method"] != "GET" or scope["path"].startswith(NOT_ABOUT_THE_GRAPH):
            await self._app(scope, receive, send)
            return
        path, headers = scope["path"], Headers(scope=scope)
        state = await self._state(path)
        scope.setdefault("state", {})["version"] = state[0]
        tag = self._tag(state, scope, headers.get("accept", ""))
        known = headers.get("if-none-match", "")
        kept = self._shelf.get(tag)
        if tag in _tags(known) or (known.strip() == "*" and kept is not None):
            await Response(status_code=304, headers=_caching(tag))(scope, receive, send)
        elif kept is not None:
            await send({"type": "http.response.start", "status": kept.status, "headers": list(kept.headers)})
            await send({"type": "http.response.body", "body": kept.body})
        else:
            whole: list[_Kept] = []
            out = _unchanged(send) if known.strip() == "*" else send
            await self._app(scope, receive, _tagged(tag, out, whole))
            if whole and await self._still(state, path):
                self._shelf.put(tag, whole[0])

    async def _state(self, path: str, since: float | None = None) -> tuple[str, str]:
        """What answers at a path depend on: the version of the graph, a stamp of the captures; "" if none."""
        if path in _SAME_FOR_ANY_GRAPH:
            return "", ""
        version = self._version.fresh(since)
        if version is None:
            version = await run_in_threadpool(self._version.current, since)
        about_texts = path.startswith("/documents")
        return version, await run_in_threadpool(self._captures.stamp) if about_texts else ""

    async def _still(self, state: tuple[str, str], path: str) -> bool:
        """Whether nothing was loaded while an answer was made: it could be of both graphs."""
        try:
            return await self._state(path, time.monotonic()) == state
        except ENGINE_ERRORS:
            return False

    def _tag(self, state: tuple[str, str], scope: Scope, accept: str) -> str:
        said = "\n".join((self._salt, *state, scope["path"], scope["query_string"].decode("latin-1"), accept))
        return f'W/"{state[0]}-{hashlib.blake2b(said.encode(), digest_size=10).hexdigest()}"'


def _tagged(tag: str, send: Send, whole: list[_Kept]) -> Send:
    """Give a good answer its tag; put it into `whole` if it is in one piece and small enough to keep."""
    start: Message | None = None

    async def tagged(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start" and message["status"] == 200:
            start = message
            MutableHeaders(scope=message).update(_caching(tag))
        elif message["type"] == "http.response.body" and start is not None:
            body = bytes(message.get("body", b""))
            if not message.get("more_body") and len(body) <= LARGEST_KEPT:
                whole.append(_Kept(200, list(start["headers"]), body))
            start = None
        await send(message)

    return tagged


def _unchanged(send: Send) -> Send:
    """Turn a good answer into a 304, for a caller that has one already, whichever it is."""
    good = False

    async def unchanged(message: Message) -> None:
        nonlocal good
        if message["type"] == "http.response.start" and message["status"] == 200:
            good = True
            headers = [(k, v) for k, v in message["headers"] if not k.lower().startswith(b"content-")]
            message = {**message, "status": 304, "headers": headers}
        elif message["type"] == "http.response.body" and good:
            message = {**message, "body": b""}
        await send(message)

    return unchanged


def _caching(tag: str) -> dict[str, str]:
    """Headers of an answer that may be kept but must be asked after."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}


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
