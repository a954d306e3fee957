"""The web application: `create_app(settings, store)`."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.staticfiles import StaticFiles

from api import errors
from api.answers import GraphVersion, TaggedAnswers
from api.dumps import Dumps
from api.guard import SecurityHeaders
from api.kept import KeptAnswers
from api.openapi import DESCRIPTION, TAGS, describe
from api.pages import STATIC, base_path
from api.prefix import UnderPrefix
from api.routes import (
    ask,
    candidates,
    changes,
    dataset,
    differences,
    docs,
    documents,
    dumps,
    entities,
    export,
    graphs,
    health,
    identifiers,
    nanopubs,
    paths,
    problems,
    queries,
    receipts,
    reconcile,
    schema,
    search,
    sparql,
    statements,
    topics,
    values,
    views,
    visualisations,
)
from api.snapshot import Snapshots
from api.sparql_client import SparqlClient
from graph.captures import CaptureStore
from graph.history import loads_kept
from graph.settings import Settings
from graph.store import Store
from queries.catalog import load_catalog
from schema.model import load_schema

# In the order in which an address is looked for: first those that programs ask many times a second.
ROUTERS = (
    health.router,
    sparql.router,
    queries.router,
    values.router,
    differences.router,
    ask.router,
    receipts.router,
    search.router,
    reconcile.router,
    entities.router,
    identifiers.router,
    statements.router,
    nanopubs.router,
    documents.router,
    topics.router,
    graphs.router,
    paths.router,
    problems.router,
    export.router,
    schema.router,
    dataset.router,
    dumps.router,
    changes.router,
    candidates.router,
    visualisations.router,
    docs.router,
    views.router,
)


def _fingerprint() -> str:
    """Hash of our own code, queries and templates: answers change with them even if the graph does not."""
    digest = hashlib.sha256()
    for package in ("api", "graph", "queries", "schema"):
        for path in sorted((STATIC.parent.parent / package).rglob("*.*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.read_bytes())
    return digest.hexdigest()


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    yield
    app.state.sparql.close()


def create_app(settings: Settings, store: Store) -> FastAPI:
    """The application over a connected store. Raises SchemaError or DataError for own files at fault."""
    app = FastAPI(
        title="carisec",
        version=version("carisec"),
        description=DESCRIPTION,
        openapi_tags=TAGS,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    state = app.state
    state.settings, state.store = settings, store
    state.schema, state.catalog = load_schema(), load_catalog()
    state.snapshots = Snapshots(store, state.schema, settings.base_iri)
    state.dumps = Dumps(settings, store, state.schema, state.snapshots)
    state.sparql = SparqlClient(settings)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/docs/assets", StaticFiles(packages=[("fastapi_offline", "static")]), name="docs-assets")
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    errors.install(app)
    describe(app, state.catalog)
    salt = "\n".join((_fingerprint(), settings.base_iri, settings.public_url, str(settings.page_size)))
    # The last one added is the outermost. Every answer, errors among them, passes all of them, once.
    app.add_middleware(TaggedAnswers, respond=errors.respond)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=5)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
        allow_headers=["If-None-Match"],
        expose_headers=[
            "ETag",
            "Link",
            "Location",
            "Content-Location",
            "Content-Disposition",
            "Carisec-Truncated",
        ],
    )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(
        KeptAnswers,
        version=GraphVersion(store),
        captures=CaptureStore(settings.data_dir),
        salt=salt,
        loads=lambda: str(loads_kept(store)[0]),
        prefix=base_path(settings),
    )
    app.add_middleware(UnderPrefix, prefix=base_path(settings))
    return app
