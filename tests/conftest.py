"""Fixtures policy.

- No mock of the database: `store`, `graph` and `scratch` are real engines. Tests that use them run once for
  each engine; Neo4j is a real server started from Maven Central's artifacts. In CI its absence is a failure,
  elsewhere a skip that says why.
- `graph` is the bundled graph (register and curated facts) without any document, loaded once; read only.
- `scratch` is an empty graph that a test may fill; it is emptied before each test.
- `corpus` is a folder with the five documents, which are not in the repository: tests that use it are
  skipped where it is not at hand (CARISEC_TEST_DOCS names another folder).
- Texts in tests are written for the tests.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.changes import Content, difference
from graph.settings import Settings
from graph.store import Store, connect
from loaders.load import load
from schema.model import Schema, load_schema
from tests.neo4j_server import neo4j_unavailable, running_neo4j

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("CARISEC_TEST_DOCS", ROOT.parent / "shared" / "corpus"))
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


@dataclass(frozen=True)
class Graph:
    """A connected graph and the settings by which others can connect to it."""

    settings: Settings
    store: Store
    schema: Schema


def pytest_configure() -> None:
    """No test may touch the user's own graph."""
    for name in [
        name for name in os.environ if name.startswith(("CARISEC_", "NEO4J_")) and name != "CARISEC_TEST_DOCS"
    ]:
        del os.environ[name]


@pytest.fixture(scope="session", autouse=True)
def _nobodys_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What runs without settings of its own finds an empty data folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARISEC_DATA_DIR", str(tmp_path_factory.mktemp("nobody") / "data"))
        yield


def absent(reason: str) -> None:
    """Skip for a missing tool; in CI fail."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def schema() -> Schema:
    return load_schema()


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not CORPUS.is_dir():
        pytest.skip(f"the documents are not at hand ({CORPUS.name}); set CARISEC_TEST_DOCS to their folder")
    return CORPUS


@pytest.fixture(scope="session", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest) -> str:
    """The engines that the suite runs on."""
    name = str(request.param)
    if name == "neo4j" and (reason := neo4j_unavailable()):
        absent(reason)
    return name


@pytest.fixture(scope="session")
def engine_settings(
    engine: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Settings, Settings]]:
    """Settings of two graphs on the engine: one for the bundled graph, one for scratch work."""
    with ExitStack() as stack:
        made = []
        for purpose in ("bundled", "scratch"):
            data = tmp_path_factory.mktemp(f"{engine}-{purpose}")
            environment = {"CARISEC_DATA_DIR": str(data / "data"), "CARISEC_ENGINE_HEAP": "512m"}
            if engine == "neo4j":
                server = stack.enter_context(running_neo4j(data / "neo4j"))
                environment |= {
                    "NEO4J_URI": server.uri,
                    "NEO4J_USERNAME": server.username,
                    "NEO4J_PASSWORD": server.password,
                }
            made.append(Settings.from_environment(environment))
        yield made[0], made[1]


@pytest.fixture(scope="session")
def graph(engine_settings: tuple[Settings, Settings], schema: Schema) -> Iterator[Graph]:
    """The bundled graph: register and curated facts, no document. Read only."""
    settings = engine_settings[0]
    with connect(settings) as store:
        load(settings, schema, [])
        yield Graph(settings, store, schema)


@pytest.fixture(scope="session")
def _scratch(engine_settings: tuple[Settings, Settings], schema: Schema) -> Iterator[Graph]:
    settings = engine_settings[1]
    with connect(settings, writable=True) as store:
        yield Graph(settings, store, schema)


@pytest.fixture
def scratch(_scratch: Graph) -> Graph:
    """An empty graph to write to."""
    changes = difference(_scratch.schema, Content((), ()), _scratch.store.known())
    _scratch.store.apply(_scratch.schema, changes)
    return _scratch


def environment(settings: Settings) -> dict[str, str]:
    """Environment by which a process started by a test uses the graph of these settings."""
    made = {k: v for k, v in os.environ.items() if not k.startswith(("CARISEC_", "NEO4J_"))}
    made |= {"CARISEC_DATA_DIR": str(settings.data_dir), "CARISEC_ENGINE_HEAP": settings.engine_heap}
    if not settings.embedded:
        made |= {
            "NEO4J_URI": settings.neo4j_uri,
            "NEO4J_USERNAME": settings.neo4j_username,
            "NEO4J_PASSWORD": settings.neo4j_password,
            "NEO4J_DATABASE": settings.neo4j_database,
        }
    return made
