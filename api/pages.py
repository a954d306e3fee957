"""Pages for people: Jinja templates, everything autoescaped, no script needed to read them."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from graph.settings import Settings

TEMPLATES = Path(__file__).with_name("templates")
STATIC = Path(__file__).with_name("static")

environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def base_path(settings: Settings) -> str:
    """What stands before every path of ours where a proxy shows them under a folder; empty elsewhere."""
    return urlsplit(settings.public_url).path.rstrip("/")


def address(settings: Settings, path: str, parameters: Iterable[tuple[str, Any]] = ()) -> str:
    """A link to a path of ours that works from any page; parameters that are None are left out."""
    given = [(key, value) for key, value in parameters if value is not None]
    return base_path(settings) + path + (f"?{urlencode(given)}" if given else "")


def located(settings: Settings, path: str, parameters: Iterable[tuple[str, Any]] = ()) -> str:
    """The same with the host before it, where the public address is known."""
    at = urlsplit(settings.public_url)
    host = f"{at.scheme}://{at.netloc}" if at.netloc else ""
    return host + address(settings, path, parameters)


def own_path(request: Request) -> str:
    """The path of a request as our routes have it, without the folder of a proxy."""
    return request.url.path.removeprefix(request.scope.get("root_path", ""))


def description_path(key: str) -> str:
    """Path of what is said about the entity, statement or evidence with this id."""
    if key.startswith("document/"):
        return f"/documents/{key.removeprefix('document/')}"
    if "/" in key:
        return f"/entities/{key}"
    return f"/statements/{key}" if key.startswith("s") else identifier_path(key)


def identifier_path(key: str) -> str:
    """Path at which the IRI of the entity, statement or evidence with this id ends."""
    if "/" in key:
        return f"/id/{key}"
    return f"/id/statement/{key}" if key.startswith("s") else f"/id/evidence/{key}"


def page(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A template as a response; `base` is what stands before every path."""
    state = request.app.state
    text = environment.get_template(template).render(
        base=base_path(state.settings),
        predicates=state.schema.predicates,
        types=state.schema.types,
        attributes=state.schema.attributes,
        **context,
    )
    return HTMLResponse(text, status, dict(headers or {}))
