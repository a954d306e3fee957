"""Every error comes out as one body, with the status of its class."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from graph.store import connect
from schema import errors
from schema.errors import BadParameter, CarisecError, DataError, Fault
from tests.conftest import Graph

MEMBERS = {"type", "title", "status", "detail", "errors"}
PROBLEM = "application/problem+json"


def subclasses(kind: type[CarisecError]) -> Iterator[type[CarisecError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from subclasses(child)


KINDS = sorted(set(subclasses(CarisecError)), key=lambda kind: kind.__name__)


def raised(kind: type[CarisecError]) -> CarisecError:
    if issubclass(kind, BadParameter):
        return kind("program", "nothing is known as 'x'", ["eTrace"])
    if issubclass(kind, DataError):
        return kind([Fault("facts.yaml", 3, "the clause is empty", "point to a clause")])
    return kind("it went wrong")


@pytest.fixture(scope="module")
def client(graph: Graph) -> TestClient:
    app = create_app(graph.settings, graph.store)

    def fail(name: str) -> None:
        if name == "unforeseen":
            raise RuntimeError("a secret of the inside")
        raise raised(next(kind for kind in KINDS if kind.__name__ == name))

    app.add_api_route("/fail/{name}", fail)
    return TestClient(app, raise_server_exceptions=False)


def test_there_are_errors_to_check() -> None:
    defined = {k for k in vars(errors).values() if isinstance(k, type) and issubclass(k, CarisecError)}
    assert set(KINDS) == defined
    assert len(KINDS) > 8


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_error_has_its_status_and_the_one_body(client: TestClient, kind: type[CarisecError]) -> None:
    error = raised(kind)
    response = client.get(f"/fail/{kind.__name__}")
    assert response.status_code == kind.status
    assert response.headers["content-type"] == PROBLEM
    body = response.json()
    assert body.keys() == MEMBERS
    assert body["status"] == kind.status
    assert body["title"] == kind.title
    assert body["detail"] == str(error)
    assert body["errors"] == error.details
    assert body["type"].startswith("https://w3id.org/carisec/problems/")
    assert ("retry-after" in response.headers) == (kind.status == 503)


def test_types_of_problems_differ(client: TestClient) -> None:
    types = [client.get(f"/fail/{kind.__name__}").json()["type"] for kind in KINDS]
    assert len(set(types)) == len(KINDS)


def test_the_type_of_a_problem_leads_to_what_it_means(client: TestClient) -> None:
    for kind in KINDS:
        path = "/" + client.get(f"/fail/{kind.__name__}").json()["type"].removeprefix(
            "https://w3id.org/carisec/"
        )
        told = client.get(path).json()
        assert (told["title"], told["status"]) == (kind.title, kind.status)
        assert told["meaning"]
        assert kind.title in client.get(f"{path}.html").text
    for failed in (client.put("/queries"), client.get("/fail/unforeseen")):
        body = failed.json()
        told = client.get("/" + body["type"].removeprefix("https://w3id.org/carisec/")).json()
        assert (told["title"], told["status"]) == (body["title"], body["status"])
    missing = client.get("/problems/none")
    assert (missing.status_code, "not-found" in missing.json()["detail"]) == (404, True)


def test_a_browser_gets_the_same_as_a_page(client: TestClient) -> None:
    response = client.get("/fail/BadParameter", headers={"Accept": "text/html,*/*;q=0.8"})
    assert response.status_code == 422
    assert response.headers["content-type"].startswith("text/html")
    assert "nothing is known as &#39;x&#39;" in response.text
    assert "eTrace" in response.text


def test_the_unforeseen_tells_nothing_of_the_inside(client: TestClient) -> None:
    response = client.get("/fail/unforeseen", headers={"Origin": "https://example.org"})
    assert response.status_code == 500
    assert response.headers["content-type"] == PROBLEM
    assert response.json().keys() == MEMBERS
    assert "secret" not in response.text
    assert "RuntimeError" not in response.text
    # Also then the answer passes through all middleware.
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_what_does_not_exist(client: TestClient) -> None:
    response = client.get("/no/such/path")
    assert (response.status_code, response.headers["content-type"]) == (404, PROBLEM)
    assert response.json()["title"] == "Not found"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(client: TestClient, method: str) -> None:
    response = client.request(method, "/queries")
    assert (response.status_code, response.headers["content-type"]) == (405, PROBLEM)
    assert response.headers["allow"] == "GET, HEAD, OPTIONS"
    assert response.json().keys() == MEMBERS


def test_a_parameter_of_the_wrong_kind_is_named(client: TestClient) -> None:
    response = client.get("/search", params={"q": "x", "limit": "many"})
    assert (response.status_code, response.headers["content-type"]) == (422, PROBLEM)
    assert response.json()["errors"][0]["parameter"] == "limit"


def test_no_representation_as_wanted(client: TestClient) -> None:
    response = client.get("/queries", headers={"Accept": "image/png"})
    assert (response.status_code, response.headers["content-type"]) == (406, PROBLEM)
    assert "application/json" in response.json()["detail"]


def test_an_engine_that_is_away(graph: Graph) -> None:
    with connect(graph.settings) as store:
        client = TestClient(create_app(graph.settings, store), raise_server_exceptions=False)
        assert client.get("/readyz").status_code == 200
    assert client.get("/healthz").json() == {"status": "ok"}
    for path in ("/readyz", "/entities"):
        response = client.get(path)
        assert (response.status_code, response.headers["content-type"]) == (503, PROBLEM)
        assert response.headers["retry-after"]
