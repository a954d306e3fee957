"""Tags, kept answers and the version they depend on, and what happens while the engine is away."""

import logging
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from api.answers import GraphVersion
from api.app import create_app
from graph.store import Row, Rows, Store
from schema.errors import EngineUnavailable
from tests.conftest import Graph

ALLOWED = "GET, HEAD, OPTIONS"


class Away(Store):
    """The store of a graph whose engine takes its time to not answer."""

    def __init__(self, store: Store, seconds: float) -> None:
        vars(self).update(vars(store))
        self.waits = seconds
        self.asked: list[float | None] = []

    def version(self, *, seconds: float | None = None) -> str:
        self.asked.append(seconds)
        time.sleep(self.waits)
        raise EngineUnavailable("the graph engine does not answer")


class Loading(Store):
    """The store of a graph that tells these versions in turn, then the last of them."""

    def __init__(self, store: Store, versions: list[str]) -> None:
        vars(self).update(vars(store))
        self.versions = list(versions)
        self.reads = 0

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        self.reads += 1
        return super().read(text, parameters, seconds=seconds)

    def version(self, *, seconds: float | None = None) -> str:  # noqa: ARG002
        return self.versions.pop(0) if len(self.versions) > 1 else self.versions[0]


@pytest.fixture(scope="module")
def client(graph: Graph) -> TestClient:
    return TestClient(create_app(graph.settings, graph.store))


def test_who_waits_behind_a_failure_fails_with_it(graph: Graph) -> None:
    store = Away(graph.store, 0.2)
    version = GraphVersion(store)
    together = threading.Barrier(8)

    def ask(_: int) -> str:
        together.wait()
        with pytest.raises(EngineUnavailable) as caught:
            version.current()
        return str(caught.value)

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(8))) == {"the graph engine does not answer"}
    assert store.asked == [3.0]


def test_a_failure_is_forgotten(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.answers.REMEMBERED", 0.05)
    store = Away(graph.store, 0)
    version = GraphVersion(store)
    for _ in range(2):
        with pytest.raises(EngineUnavailable):
            version.current()
        time.sleep(0.06)
    assert len(store.asked) == 2


def test_without_the_engine_there_are_the_lists_of_what_there_is(graph: Graph) -> None:
    store = Away(graph.store, 0)
    client = TestClient(create_app(graph.settings, store))
    for path in ("/queries", "/queries.html", "/visualisations", "/visualisations.json", "/docs", "/healthz"):
        assert client.get(path).status_code == 200
    assert store.asked == []
    for path in ("/readyz", "/queries/entity-statements", "/visualisations/network"):
        assert client.get(path).status_code == 503
    assert store.asked == [3.0, 3.0]


def test_a_foreseen_error_leaves_no_traceback(graph: Graph, caplog: pytest.LogCaptureFixture) -> None:
    client = TestClient(create_app(graph.settings, Away(graph.store, 0)))
    with caplog.at_level(logging.ERROR, "carisec.api"):
        client.get("/entities")
    assert "the graph engine does not answer" in caplog.text
    assert "Traceback" not in caplog.text


@pytest.mark.parametrize(("versions", "kept"), [(["one"], True), (["one", "two", "one"], False)])
def test_an_answer_is_kept_unless_a_load_came_between(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, versions: list[str], kept: bool
) -> None:
    monkeypatch.setattr("api.answers.FRESH", 0)  # how long a request takes must not matter
    store = Loading(graph.store, versions)
    client = TestClient(create_app(graph.settings, store))
    path = "/graph?focus=unit/ccgiu"
    client.get(path)
    store.reads = 0
    assert client.get(path).json()["version"] == "one"
    assert (store.reads == 0) == kept


def test_any_answer_is_as_good_where_there_is_one(client: TestClient) -> None:
    path = "/entities/agency/atf?limit=1"
    tag = ""
    for _ in range(2):
        response = client.get(path, headers={"If-None-Match": "*"})
        assert (response.status_code, response.content) == (304, b"")
        assert tag in ("", response.headers["etag"])
        tag = response.headers["etag"]
    assert client.get(path).headers["etag"] == tag
    assert client.get(path).json()["id"] == "agency/atf"
    assert client.get("/entities/unit/nothing", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize("path", ["/entities", "/", "/healthz", "/queries/entity-statements"])
def test_options_tells_the_methods(client: TestClient, path: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.headers["allow"], response.content) == (204, ALLOWED, b"")
    assert client.post(path).headers["allow"] == ALLOWED
    assert client.options("/no/such/path").status_code == 404


def test_links_keep_parameters_that_are_repeated(client: TestClient) -> None:
    response = client.get("/entities?limit=2&type=Agency&type=Program")
    given = "type=Agency&type=Program"
    assert response.json()["next"] == f"/entities?{given}&offset=2&limit=2"
    assert f"</entities.html?limit=2&{given}>" in response.headers["link"]


def test_a_parameter_of_a_query_is_given_once(client: TestClient) -> None:
    path = "/queries/agencies-supporting-program?program=CCGIU&program=eTrace"
    response = client.get(path)
    assert response.status_code == 422
    assert response.json()["errors"][0]["parameter"] == "program"
    page = client.get(path, headers={"Accept": "text/html"})
    assert (page.status_code, "give it once" in page.text) == (422, True)
