"""Fixtures policy.

- No mock of the database: `store`, `graph` and `scratch` are real engines. Tests that use them run once for
  each engine; Neo4j is a real server started from Maven Central's artifacts. In CI its absence is a failure,
  elsewhere a skip that says why.
- `graph` is the bundled graph (register and curated facts) without any document, loaded once; read only.
- `scratch` is an empty graph that a test may fill; it is emptied before each test, captures and imports too.
- Several workers (`make test` has two) share nothing: each has its own session fixtures, folders and ports.
- `corpus` is a folder with the five documents, which are not in the repository: tests that use it are
  skipped where it is not at hand (CARISEC_TEST_DOCS names another folder).
- Texts in tests are written for the tests.
"""

import gc
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from cli.main import COLLECT_AFTER
from graph.changes import Content, difference
from graph.settings import Settings
from graph.store import EMBEDDED, NEO4J, Store, connect
from loaders.load import load
from schema.model import Schema, load_schema
from tests.neo4j_server import neo4j_unavailable, running_neo4j

# For tests of what is the same on both engines.
embedded_only = pytest.mark.parametrize("engine", [EMBEDDED], indirect=True, scope="session")

ROOT = Path(__file__).resolve().parent.parent
CORPUS = Path(os.environ.get("CARISEC_TEST_DOCS", ROOT.parent / "shared" / "corpus"))
IN_CI = os.environ.get("CI", "").lower() in ("1", "true")


@dataclass(frozen=True, slots=True, repr=False)
class Graph:
    """A connected graph and the settings by which others can connect to it."""

    settings: Settings
    store: Store
    schema: Schema

    def __repr__(self) -> str:
        """Short: what a failing test prints would be all of the schema."""
        return f"Graph({self.settings.data_dir})"


def pytest_configure() -> None:
    """No test may touch the user's own graph; memory is collected as in the command."""
    gc.set_threshold(*COLLECT_AFTER)
    for name in [
        name for name in os.environ if name.startswith(("CARISEC_", "NEO4J_")) and name != "CARISEC_TEST_DOCS"
    ]:
        del os.environ[name]


class _ByEngine(LoadScopeScheduling):  # type: ignore[misc]  # xdist publishes no types
    """All tests on one engine run in one worker, which alone starts its servers; so do the rest of a file."""

    def _split_scope(self, nodeid: str) -> str:
        file, _, test = nodeid.partition("::")
        return next((engine for engine in (EMBEDDED, NEO4J) if engine in re.split(r"[\[\]-]", test)), file)


# xdist's own groups (`--dist loadgroup`) have no effect with pytest 9.2, without a word.
@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> _ByEngine:
    """How the tests are given to several workers."""
    return _ByEngine(config, log)


@pytest.fixture(scope="session", autouse=True)
def _nobodys_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What runs without settings of its own finds an empty data folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARISEC_DATA_DIR", str(tmp_path_factory.mktemp("nobody") / "data"))
        # Engines here live for minutes: the time that Java's second compiler takes does not come back.
        patch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1", prepend=" ")
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


@pytest.fixture(scope="session", params=[EMBEDDED, pytest.param(NEO4J, marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest) -> str:
    """The engines that the suite runs on."""
    name = str(request.param)
    if name == NEO4J and (reason := neo4j_unavailable()):
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
            if engine == NEO4J:
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
    """An empty graph to write to, which was never loaded."""
    changes = difference(_scratch.schema, Content((), ()), _scratch.store.known())
    _scratch.store.apply(_scratch.schema, changes)
    _without_past(_scratch.store)
    for kept in ("captures*", "imports"):
        for left in _scratch.settings.data_dir.glob(kept):
            shutil.rmtree(left)
    return _scratch


def _without_past(store: Store) -> None:
    for text in ("MATCH (n) WHERE n:Load OR n:Former DELETE n", "MATCH (m:Meta) REMOVE m.loads"):
        store._driver.execute_query(text, database_=store._database)


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
