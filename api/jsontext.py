"""JSON as it goes out."""

from typing import Any

import orjson
from fastapi.responses import Response


def json_bytes(value: Any) -> bytes:
    """UTF-8 JSON; the order of keys is the order of the value."""
    return orjson.dumps(value)


class Json(Response):
    """A JSON answer. Values are plain already, so nothing is validated or copied on the way out."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return json_bytes(content)
