"""Whether the service lives, and whether it can answer."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api import models
from api.answers import VERSION_SECONDS
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from graph.reading import read_counts
from graph.store import Store

router = APIRouter(tags=["service"])


def _store(request: Request) -> Store:
    return cast(Store, request.app.state.store)


@router.get("/healthz", summary="Liveness", responses={200: {"model": models.Health}})
def healthz() -> Response:
    """The process answers; says nothing about the graph."""
    return Json({"status": "ok"})


@router.get(
    "/readyz",
    summary="Readiness",
    responses={200: {"model": models.Ready}, **error_responses(*ENGINE_ERRORS)},
)
def readyz(store: Annotated[Store, Depends(_store)]) -> Response:
    """The engine answers: which one it is, the version of the graph, and counts by kind."""
    answer: dict[str, Any] = {
        "status": "ready",
        "engine": store.info.engine,
        "engine_version": store.info.version,
        "graph_version": store.version(seconds=VERSION_SECONDS),
        "counts": read_counts(store),
    }
    return Json(answer, headers={"Cache-Control": "no-store"})
