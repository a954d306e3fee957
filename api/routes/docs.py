"""The OpenAPI page, with its scripts from a package instead of another host."""

import secrets

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.pages import page

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def docs(request: Request) -> Response:
    """Swagger UI over /openapi.json."""
    nonce = secrets.token_urlsafe(16)
    policy = (
        f"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
    )
    return page(request, "docs.html", {"nonce": nonce}, headers={"Content-Security-Policy": policy})
