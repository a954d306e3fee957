"""Verifies receipts of earlier answers."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from api.dependencies import CatalogDep, SettingsDep, StoreDep
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from api.verification import VerificationAnswer
from queries.receipts import Receipt, read_receipt
from queries.verifying import verification_json, verify
from schema.errors import BadParameter

router = APIRouter(tags=["queries"])

# Several times what an answer of a thousand rows and its receipt take.
LARGEST = 4 * 1024 * 1024
_TOO_LARGE: dict[int | str, dict[str, Any]] = {
    413: {**error_responses(BadParameter)[422], "description": "The receipt is too large"}
}
_BODY = {
    "requestBody": {
        "required": True,
        "description": "A receipt, or a whole answer in JSON that holds one.",
        "content": {
            "application/json": {
                "schema": {
                    "anyOf": [
                        {"$ref": "#/components/schemas/Receipt"},
                        {
                            "type": "object",
                            "required": ["receipt"],
                            "properties": {"receipt": {"$ref": "#/components/schemas/Receipt"}},
                        },
                    ]
                }
            }
        },
    }
}


async def _body(request: Request) -> bytes:
    """The body, of which no more is read than may be."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > LARGEST:
            raise HTTPException(413, f"A receipt or an answer with one has at most {LARGEST} bytes.")
    return bytes(read)


@router.post(
    "/verify",
    summary="Verify a receipt",
    responses={
        200: {"model": VerificationAnswer},
        **_TOO_LARGE,
        **error_responses(BadParameter, *ENGINE_ERRORS),
    },
    openapi_extra=_BODY,
)
def verification(
    body: Annotated[bytes, Depends(_body)],
    catalog: CatalogDep,
    store: StoreDep,
    settings: SettingsDep,
) -> Response:
    """Ask again what a receipt was given for, and tell what differs: rows, statements, queries, the graph.

    A receipt that was changed is told as such and is not asked again. Nothing is kept.
    """
    receipt, answer = read_receipt(body)
    _refuse_long_pages(receipt, settings.max_page_size)
    found = verify(receipt, store, catalog, answer=answer, seconds=settings.query_seconds)
    return Json(verification_json(found), headers={"Cache-Control": "no-store"})


def _refuse_long_pages(receipt: Receipt, most: int) -> None:
    if receipt.page is not None and receipt.page.limit > most:
        raise BadParameter("receipt", f"it is of pages longer than {most} rows; use `carisec verify`")
