"""The folder under which a proxy shows the API."""

from starlette.types import ASGIApp, Receive, Scope, Send


class UnderPrefix:
    """The outermost middleware: every path begins with the folder, whether the proxy left it there or not.

    Routes, static files and links then have one kind of path to deal with. A path that begins with the folder
    already is left as it is, so the folder may not be named like a path of ours.
    """

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._prefix and scope["type"] == "http":
            path = scope["path"]
            if path != self._prefix and not path.startswith(self._prefix + "/"):
                path = self._prefix + path
            scope = {**scope, "path": path, "root_path": self._prefix}
        await self._app(scope, receive, send)
