"""Ids that were given up: a merged one leads on to what it is now, a withdrawn one tells why it went."""

from collections.abc import Sequence
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.formats import LINKED, Format, split_suffix
from api.pages import address, description_path, identifier_path, own_path
from graph.history import former
from graph.settings import Settings
from graph.store import Store
from schema.errors import Gone, NotFound

# What a route says in OpenAPI of ids that were given up.
MOVED: dict[int | str, dict[str, Any]] = {
    308: {"description": "The id was merged into another one, to which this leads."}
}


def lead_on(
    request: Request,
    settings: Settings,
    store: Store,
    key: str,
    missing: str,
    offered: Sequence[Format] = LINKED,
) -> Response:
    """308 to what the thing with this id is now, in the form that was asked for by suffix.

    Raises Gone with the reason for a withdrawn id, and NotFound with `missing` for one that never was.
    """
    found = former(store, key)
    if found is None:
        raise NotFound(missing)
    if found.becomes is None:
        raise Gone(f"{key} was withdrawn on {found.at[:10]}: {found.reason}.")
    path, by_suffix = split_suffix(own_path(request), offered)
    target = _path(path, found.becomes) + (by_suffix.suffix if by_suffix else "")
    given = request.query_params.multi_items()
    return RedirectResponse(address(settings, target, given), 308, {"Vary": "Accept"})


def _path(path: str, key: str) -> str:
    """Of the same kind as a path that was asked for: identifier, named graph or description."""
    if path.startswith("/id/"):
        return identifier_path(key)
    if path.startswith("/graph/") and key.startswith("document/"):
        return f"/graph/{key}"
    return description_path(key)
