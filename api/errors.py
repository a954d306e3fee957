"""Every error as one body: RFC 9457 `application/problem+json`, or the same as a page for browsers.

The status of an error of ours is an attribute of its class; nothing here decides one.
"""

import logging
import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.formats import HTML, JSON, PROBLEM, negotiate, split_suffix
from api.jsontext import json_bytes
from api.pages import page
from graph.settings import Settings
from schema.errors import (
    BadParameter,
    CarisecError,
    EngineFailure,
    EngineUnavailable,
    NotAcceptable,
    NotFound,
    TimeLimit,
)

log = logging.getLogger("carisec.api")

# What any answer about the graph may end in: its version is read first.
ENGINE_ERRORS = (EngineUnavailable, EngineFailure, TimeLimit)

# What routes may take, in the order in which Allow tells it; HEAD and OPTIONS come with the rest.
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def problem(
    settings: Settings, status: int, name: str, title: str, detail: str, errors: Sequence[Mapping[str, str]]
) -> dict[str, Any]:
    """The members of a problem: type, title, status, detail, errors."""
    return {
        "type": f"{settings.base_iri}problems/{name}",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": list(errors),
    }


def problem_of(settings: Settings, error: Exception) -> dict[str, Any]:
    """The problem that an error is; anything unforeseen is a 500 that tells nothing of the inside."""
    if isinstance(error, CarisecError):
        name = problem_name(type(error))
        return problem(settings, error.status, name, error.title, str(error), error.details)
    if isinstance(error, RequestValidationError):
        faults = [_validation_fault(fault) for fault in error.errors()]
        detail = " ".join(f"{f['parameter']}: {f['detail']}." for f in faults)
        return problem(settings, 422, "bad-parameter", BadParameter.title, detail, faults)
    if isinstance(error, HTTPException):
        phrase = HTTPStatus(error.status_code).phrase
        return problem(settings, error.status_code, _kebab(phrase), phrase, str(error.detail), [])
    detail = "Something went wrong inside carisec; its log says what."
    return problem(settings, 500, "internal-error", "carisec failed", detail, [])


def respond(request: Request, error: Exception) -> Response:
    """The response for an error: a page where the caller wants one, else problem+json."""
    members = problem_of(request.app.state.settings, error)
    status = members["status"]
    if status >= 500:
        foreseen = isinstance(error, CarisecError)
        log.error("%s %s: %s", request.method, request.url.path, error, exc_info=None if foreseen else error)
    headers = dict(getattr(error, "headers", None) or {}) | {"Vary": "Accept"}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "5"
    if _wants_page(request):
        return page(request, "error.html", {"problem": members}, status=status, headers=headers)
    return Response(json_bytes(members), status, headers, media_type=PROBLEM)


def _wants_page(request: Request) -> bool:
    _, by_suffix = split_suffix(request.url.path, (JSON, HTML))
    if by_suffix is not None:
        return by_suffix is HTML
    try:
        return negotiate(request.headers.get("accept"), (JSON, HTML)) is HTML
    except NotAcceptable:
        return False


def install(app: FastAPI) -> None:
    """Let every error that a route raises come out through `respond`, and OPTIONS tell the methods."""

    async def handle(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and error.status_code == NotFound.status:
            error = NotFound(f"There is nothing at {request.url.path}; /docs lists what there is.")
        elif isinstance(error, HTTPException) and error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            if request.method == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers=_methods(request))
            error = HTTPException(error.status_code, error.detail, _methods(request))
        return respond(request, error)

    for kind in (CarisecError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, handle)


def _methods(request: Request) -> dict[str, str]:
    """The Allow header of a path: every method that some route takes there."""
    routes = request.app.router.routes
    taken = [
        method
        for method in _METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]
    allowed = ["GET", "HEAD", "OPTIONS", *taken[1:]] if taken[:1] == ["GET"] else ["OPTIONS", *taken]
    return {"Allow": ", ".join(allowed)}


def error_responses(*kinds: type[CarisecError]) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a route that may raise these errors, for OpenAPI."""
    found: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        known = found.get(kind.status)
        title = f"{known['description']}; {kind.title}" if known else kind.title
        found[kind.status] = {"description": title, "content": {PROBLEM: {"schema": _PROBLEM_SCHEMA}}}
    return found


_PROBLEM_SCHEMA = {"$ref": "#/components/schemas/Problem"}


def _validation_fault(fault: Any) -> dict[str, str]:
    where = [str(part) for part in cast(Sequence[object], fault["loc"])]
    return {"parameter": where[-1] if where else "", "detail": str(fault["msg"])}


def problem_name(kind: type[CarisecError]) -> str:
    """How the type of a problem ends for errors of a class."""
    return _kebab(kind.__name__)


def _kebab(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|\s+", "-", name).lower()
