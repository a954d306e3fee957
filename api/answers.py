"""Answers about the graph depend on nothing but its version, the address and what the caller accepts.

So each bears an ETag made of these, a caller that has it already gets 304, and a small answer is kept and
given again without asking the engine. HEAD is GET without the body.
"""

import hashlib
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

from graph.store import Store

# A version that was read this many seconds ago is taken for the current one.
FRESH = 0.05
LARGEST_KEPT = 256 * 1024
MOST_KEPT = 64 * 1024 * 1024

# Paths whose answers are about something else than the graph.
NOT_ABOUT_THE_GRAPH = ("/healthz", "/readyz", "/docs", "/openapi.json", "/static/")

Respond = Callable[[Request, Exception], Response]


class GraphVersion:
    """The version of the graph, read from the engine at most once for each request."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._known: tuple[float, str] = (-FRESH, "")

    @property
    def fresh(self) -> str | None:
        """The version if it was read just now."""
        read_at, version = self._known
        return version if time.monotonic() - read_at < FRESH else None

    def current(self) -> str:
        """The version; asks the engine unless that was done just now."""
        with self._lock:
            if (version := self.fresh) is not None:
                return version
            read_at = time.monotonic()
            version = self._store.version()
            self._known = (read_at, version)
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
        if len(kept.body) > LARGEST_KEPT or key in self._kept:
            return
        self._kept[key] = kept
        self._size += len(kept.body)
        while self._size > MOST_KEPT:
            self._size -= len(self._kept.popitem(last=False)[1].body)


class GraphAnswers:
    """Middleware that gives ETags, answers 304, and gives small answers again.

    `salt` is whatever else the answers of this process depend on: its settings, its code. The version is put
    into `request.state.version`. An error that no route foresaw becomes a response here, inside all other
    middleware, so that it bears their headers too.
    """

    def __init__(self, app: ASGIApp, version: GraphVersion, salt: str, respond: Respond) -> None:
        self._app = app
        self._version = version
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
        version = self._version.fresh
        if version is None:
            version = await run_in_threadpool(self._version.current)
        scope.setdefault("state", {})["version"] = version
        headers = Headers(scope=scope)
        tag = self._tag(version, scope, headers.get("accept", ""))
        if tag in _tags(headers.get("if-none-match", "")):
            unchanged = Response(status_code=304, headers=_caching(tag))
            await unchanged(scope, receive, send)
        elif (kept := self._shelf.get(tag)) is not None:
            await send({"type": "http.response.start", "status": kept.status, "headers": list(kept.headers)})
            await send({"type": "http.response.body", "body": kept.body})
        else:
            await self._app(scope, receive, self._tagged(tag, send))

    def _tag(self, version: str, scope: Scope, accept: str) -> str:
        said = "\n".join(
            (self._salt, version, scope["path"], scope["query_string"].decode("latin-1"), accept)
        )
        return f'W/"{version}-{hashlib.blake2b(said.encode(), digest_size=10).hexdigest()}"'

    def _tagged(self, tag: str, send: Send) -> Send:
        start: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start" and message["status"] == 200:
                start = message
                MutableHeaders(scope=message).update(_caching(tag))
            elif message["type"] == "http.response.body" and start is not None:
                if not message.get("more_body"):
                    self._shelf.put(tag, _Kept(200, list(start["headers"]), bytes(message.get("body", b""))))
                start = None
            await send(message)

        return tagged


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
