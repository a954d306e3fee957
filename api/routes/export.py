"""The whole graph as a file."""

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated, BinaryIO, cast

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from api.dependencies import SchemaDep, SettingsDep, SnapshotDep
from api.errors import ENGINE_ERRORS, error_responses
from graph.export import FORMATS, export_source
from schema.errors import BadParameter

router = APIRouter(tags=["linked data"])

# A larger file is put together on disk.
_IN_MEMORY = 16 * 1024 * 1024
_CHUNK = 256 * 1024


@router.get(
    "/export",
    summary="The whole graph",
    response_class=Response,
    responses={
        200: {
            "description": "The graph as an attachment.",
            "content": {one.media_type: {} for one in FORMATS.values()},
        },
        **error_responses(BadParameter, *ENGINE_ERRORS),
    },
)
def whole_graph(
    snapshot: SnapshotDep,
    schema: SchemaDep,
    settings: SettingsDep,
    form: Annotated[
        str,
        Query(
            alias="format",
            description=" ".join(f"`{f.name}`: {f.description}" for f in FORMATS.values()),
            json_schema_extra={"enum": list(FORMATS)},
            examples=["turtle"],
        ),
    ] = "",
    triple_terms: Annotated[
        bool,
        Query(
            description="Reify statements by triple terms of RDF 1.2 instead of by subject, predicate and "
            f"object: {', '.join(f.name for f in FORMATS.values() if f.triple_terms)}."
        ),
    ] = False,
) -> Response:
    """All entities, statements of every status, and evidence.

    The file is complete before its first byte goes out: what fails is an error and never a cut file.
    """
    if form not in FORMATS:
        message = f"there is no format {form!r}" if form else "name a format"
        raise BadParameter("format", message, tuple(FORMATS))
    if triple_terms and not FORMATS[form].triple_terms:
        able = tuple(name for name, one in FORMATS.items() if one.triple_terms)
        raise BadParameter("format", f"{FORMATS[form].label} has no triple terms of RDF 1.2", able)
    # Closed when its last chunk has gone out.
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
    out = cast(BinaryIO, file)
    export_source(form, schema, snapshot.source, settings.base_iri, out, triple_terms=triple_terms)
    size = file.tell()
    file.seek(0)
    name = f"carisec-{snapshot.version or 'empty'}{FORMATS[form].suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Content-Length": str(size)}
    return StreamingResponse(_chunks(file), headers=headers, media_type=FORMATS[form].media_type)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
