"""What routes ask for, as typed aliases.

What only looks something up is `async`: anything else goes through a thread of its own for each request.
"""

from typing import Annotated, cast

from fastapi import Depends, Request

from api.snapshot import Snapshot, Snapshots
from graph.settings import Settings
from graph.store import Row, Rows, Store
from queries.catalog import Catalog
from queries.names import NameIndex, names_for
from schema.errors import BadParameter
from schema.model import Schema


class RequestStore(Store):
    """The store as one request sees it: the version was read when the request came in."""

    def __init__(self, store: Store, version: str) -> None:
        vars(self).update(vars(store))
        self._store = store
        self._version_read = version

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        return self._store.read(text, parameters, seconds=seconds)

    def version(self, *, seconds: float | None = None) -> str:  # noqa: ARG002
        return self._version_read


async def _settings(request: Request) -> Settings:
    return cast(Settings, request.app.state.settings)


async def _schema(request: Request) -> Schema:
    return cast(Schema, request.app.state.schema)


async def _catalog(request: Request) -> Catalog:
    return cast(Catalog, request.app.state.catalog)


async def _version(request: Request) -> str:
    return cast(str, request.state.version)


async def _store(request: Request) -> Store:
    store = cast(Store, request.app.state.store)
    version = getattr(request.state, "version", None)
    return store if version is None else RequestStore(store, version)


SettingsDep = Annotated[Settings, Depends(_settings)]
SchemaDep = Annotated[Schema, Depends(_schema)]
CatalogDep = Annotated[Catalog, Depends(_catalog)]
VersionDep = Annotated[str, Depends(_version)]
StoreDep = Annotated[Store, Depends(_store)]


def _names(store: StoreDep) -> NameIndex:
    return names_for(store)


def _snapshot(request: Request, version: VersionDep) -> Snapshot:
    return cast(Snapshots, request.app.state.snapshots).of(version)


NamesDep = Annotated[NameIndex, Depends(_names)]
SnapshotDep = Annotated[Snapshot, Depends(_snapshot)]


def entity_named(names: NameIndex, parameter: str, text: str) -> str:
    """Id of the one entity that a name or id means. Raises BadParameter with the nearest names."""
    found = names.resolve(text)
    if len(found.hits) == 1:
        return found.ids[0]
    if found.hits:
        several = [f"{hit.name} ({hit.id})" for hit in found.hits[:5]]
        raise BadParameter(parameter, f"{text!r} may mean several things; give the id of one", several)
    raise BadParameter(parameter, f"nothing is known as {text!r}", [hit.name for hit in names.nearest(text)])
