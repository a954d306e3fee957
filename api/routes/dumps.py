"""Dumps of the whole graph: which there are, and their files."""

import hashlib
from pathlib import Path as File
from typing import Annotated, cast

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, RedirectResponse, Response

from api.dependencies import SettingsDep, StoreDep
from api.dump_models import DumpList
from api.dumps import Dumps
from api.errors import ENGINE_ERRORS, error_responses
from api.formats import HTML, RECORDS, form_of, negotiate
from api.jsontext import Json
from api.pages import address, page
from api.paging import alternates, link_header
from graph.dump_index import BESIDES, DESCRIPTION, INDEX, DumpIndex
from graph.export import FORMATS
from schema.errors import EmptyGraph, NotAcceptable, NotFound

router = APIRouter(prefix="/dumps", tags=["linked data"])

LATEST = "latest"
# The files of a version stay as they are.
_FOR_EVER = "public, max-age=31536000, immutable"
_TEXTS = {INDEX: "application/json", DESCRIPTION: "text/turtle; charset=utf-8"}
_RAISED = error_responses(NotFound, *ENGINE_ERRORS, EmptyGraph)

Version = Annotated[
    str, Path(description="Version of a graph, or `latest`.", max_length=64, examples=[LATEST])
]


@router.get(
    "",
    summary="The dumps at hand",
    responses={200: {"model": DumpList}, **error_responses(NotAcceptable, *ENGINE_ERRORS)},
)
@router.get(".json", include_in_schema=False)
@router.get(".html", include_in_schema=False)
@router.get("/", include_in_schema=False)
def dumps(request: Request, store: StoreDep, settings: SettingsDep) -> Response:
    """Dumps of the graph as it is and of former versions, as many as CARISEC_DUMPS_KEPT says."""
    version = store.version()
    listed = [
        {
            "version": index.version,
            "loaded": index.made.loaded,
            "made_with": index.made.made_with,
            "files": len(index.files),
            "bytes": index.bytes,
            "address": address(settings, f"/dumps/{index.version}/"),
            "current": index.version == version,
        }
        for index in _dumps(request).shelf.all()
    ]
    answer = {"version": version, "latest": address(settings, f"/dumps/{LATEST}/"), "dumps": listed}
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    if not request.url.path.endswith("/"):
        headers |= link_header(alternates(request, RECORDS))
    if form_of(request.url.path, request.headers.get("accept"), RECORDS) is HTML:
        return page(request, "dumps.html", answer, headers=headers)
    return Json(answer, headers=headers)


@router.get(
    "/{version}/",
    summary="A dump",
    responses={
        200: {"model": DumpIndex},
        307: {"description": "`latest` leads to the version."},
        **error_responses(NotFound, NotAcceptable, *ENGINE_ERRORS, EmptyGraph),
    },
)
@router.get("/{version}", include_in_schema=False)
def dump(request: Request, version: Version, settings: SettingsDep) -> Response:
    """The index of a dump: what graph it is of, counts, and its files with sizes and checksums."""
    if version == LATEST:
        return _to(address(settings, f"/dumps/{_dumps(request).current().version}/"))
    index = _index(request, version)
    headers = {"Cache-Control": "no-cache", "Vary": "Accept"}
    if negotiate(request.headers.get("accept"), RECORDS) is HTML:
        return page(
            request, "dump.html", {"index": index, "formats": FORMATS, "besides": BESIDES}, headers=headers
        )
    return _whole(request, index, INDEX, headers)


@router.get(
    "/{version}/{name}",
    summary="A file of a dump",
    response_class=Response,
    responses={
        200: {"description": "The file.", "content": {"application/gzip": {}}},
        206: {"description": "A part of it, for a `Range`."},
        304: {"description": "The caller has it."},
        307: {"description": "`latest` leads to the version."},
        **_RAISED,
    },
)
def file(
    request: Request,
    version: Version,
    name: Annotated[
        str, Path(description="Name as the index has it.", max_length=100, examples=["carisec.nq.gz"])
    ],
    settings: SettingsDep,
) -> Response:
    """A gzipped file, which never changes: its ETag is its sha256, and parts of it can be asked for.

    Besides there are `index.json`, `SHA256SUMS`, `void.ttl`, `README.txt` and `LICENSE.txt`.
    """
    if version == LATEST:
        index = _dumps(request).current()
        _path(request, index, name)
        return _to(address(settings, f"/dumps/{index.version}/{name}"))
    index = _index(request, version)
    path, found = _path(request, index, name), index.file(name)
    if found is None:
        return _whole(request, index, name, {"Cache-Control": "no-cache"})
    headers = {"ETag": f'"{found.sha256}"', "Cache-Control": _FOR_EVER}
    if _known(request, found.sha256):
        return Response(status_code=304, headers=headers)
    return FileResponse(path, headers=headers, media_type="application/gzip")


def _dumps(request: Request) -> Dumps:
    return cast(Dumps, request.app.state.dumps)


def _index(request: Request, version: str) -> DumpIndex:
    """The dump of a version; that of the graph as it is is made if need be."""
    dumps = _dumps(request)
    index = dumps.shelf.of(version)
    if index is None:
        current = dumps.current()
        if current.version != version:
            there = ", ".join(one.version for one in dumps.shelf.all())
            raise NotFound(f"there is no dump of a graph {version!r}; there are {LATEST}, {there}")
        index = current
    return index


def _path(request: Request, index: DumpIndex, name: str) -> File:
    path = _dumps(request).shelf.path(index, name)
    if path is None:
        names = ", ".join(one.name for one in index.files)
        raise NotFound(f"there is no file {name!r} in the dump {index.version}; there are {names}")
    return path


def _whole(request: Request, index: DumpIndex, name: str, headers: dict[str, str]) -> Response:
    """One of the small texts of a dump."""
    body = _path(request, index, name).read_bytes()
    tag = hashlib.sha256(body).hexdigest()
    headers = {**headers, "ETag": f'"{tag}"'}
    if _known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=_TEXTS.get(name, "text/plain; charset=utf-8"))


def _known(request: Request, tag: str) -> bool:
    """Whether If-None-Match names this tag, or any; that header is compared weakly."""
    said = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    return f'"{tag}"' in said or "*" in said


def _to(target: str) -> Response:
    return RedirectResponse(target, 307, {"Cache-Control": "no-cache"})
