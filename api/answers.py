"""Answers about the graph depend on nothing but its version, the address and what the caller accepts.

So each bears an ETag made of these, and a caller that has it already gets 304; `api.kept` gives small answers
again without asking the engine. Documents depend on the captures too, and what only describes this program
does not depend on the graph.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import Response
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ENGINE_ERRORS
from graph.store import Store
from schema.errors import CarisecError

# A version that was read this many seconds ago is taken for the current one.
FRESH = 0.05
# The longest that the engine may take to tell the version, and how long its failure to is remembered.
VERSION_SECONDS = 3.0
REMEMBERED = 2.0

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
class Due:
    """What is due to a request: an answer with this tag, 304 where the caller has it, or this error.

    The outermost middleware tells it to the innermost one by `tell`.
    """

    tag: str = ""
    known: bool = False
    error: Exception | None = None

    def tell(self, scope: Scope) -> None:
        scope.setdefault("state", {})["due"] = self

    @staticmethod
    def told(scope: Scope) -> "Due | None":
        """None for a request that is not about the graph."""
        found: Due | None = scope.get("state", {}).get("due")
        return found


class TaggedAnswers:
    """The innermost middleware: gives answers the tag that is due, or what is due instead of an answer.

    An error that no route foresaw becomes a response here, so that it too bears the headers of all other
    middleware.
    """

    def __init__(self, app: ASGIApp, respond: Respond) -> None:
        self._app = app
        self._respond = respond

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
        due = Due.told(scope)
        if due is None:
            await self._app(scope, receive, send)
        elif due.error is not None:
            raise due.error
        elif due.known:
            await Response(status_code=304, headers=_caching(due.tag))(scope, receive, send)
        else:
            await self._app(scope, receive, _tagged(due.tag, send))


def _tagged(tag: str, send: Send) -> Send:
    """Give a good answer its tag; how long it may be kept is left as its route says."""

    async def tagged(message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = MutableHeaders(scope=message)
            kept = headers.get("Cache-Control")
            headers.update(_caching(tag) | ({"Cache-Control": kept} if kept else {}))
        await send(message)

    return tagged


def _caching(tag: str) -> dict[str, str]:
    """Headers of an answer that may be kept but must be asked after."""
    return {"ETag": tag, "Cache-Control": "no-cache", "Vary": "Accept"}
