"""Answers that are kept: by what, for whom, and how many."""

import asyncio
import time
from collections.abc import Mapping

import pytest
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api.answers import FRESH, GraphVersion
from api.app import create_app
from api.kept import KeptAnswers
from graph import cypher
from graph.captures import CaptureStore
from graph.store import Row, Rows, Store
from tests.conftest import Graph

QUERY = "/queries/members-of-program?program=CBSI"
QUESTION = "/ask?q=which+agencies+support+CCGIU"
ELSEWHERE = {"Origin": "https://example.org"}
PLAIN = {"Accept-Encoding": "identity"}


class Counting(Store):
    """The store of a graph at some version, counting what is read but the version."""

    def __init__(self, store: Store) -> None:
        vars(self).update(vars(store))
        self.at = store.version()
        self.reads = 0

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        self.reads += text != cypher.VERSION
        return super().read(text, parameters, seconds=seconds)

    def version(self, *, seconds: float | None = None) -> str:  # noqa: ARG002
        return self.at


@pytest.fixture
def store(graph: Graph) -> Counting:
    return Counting(graph.store)


@pytest.fixture
def client(graph: Graph, store: Counting) -> TestClient:
    return TestClient(create_app(graph.settings, store))


def variants(path: str) -> list[tuple[str, Mapping[str, str]]]:
    """The path with other parameters, other clocks and in other forms."""
    base, _, given = path.partition("?")
    ways: list[tuple[str, Mapping[str, str]]] = [(path, {}), (path, {"Accept": "text/html"})]
    ways += [(f"{path}&{more}", {}) for more in ("as_of=2023", "known_on=2020-12-31", "known_on=2021")]
    ways += [(f"{base}.{suffix}?{given}", {}) for suffix in ("json", "txt", "bib", "html")]
    other = path.replace("CBSI", "CSII").replace("CCGIU", "CSII")
    return [*ways, (other, {})]


@pytest.mark.parametrize("path", [QUERY, QUESTION])
def test_what_differs_in_anything_is_another_answer(client: TestClient, store: Counting, path: str) -> None:
    tags = []
    for address, headers in variants(path):
        store.reads = 0
        first = client.get(address, headers=headers)
        assert (first.status_code, store.reads > 0) == (200, True), address
        store.reads = 0
        again = client.get(address, headers=headers)
        assert (again.content, again.headers, store.reads) == (first.content, first.headers, 0), address
        known = client.get(address, headers={**headers, "If-None-Match": first.headers["etag"]})
        assert (known.status_code, known.content, store.reads) == (304, b"", 0), address
        tags.append(first.headers["etag"])
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("path", [QUERY, QUESTION])
def test_another_version_is_another_answer(client: TestClient, store: Counting, path: str) -> None:
    first = client.get(path)
    store.at, store.reads = "another", 0
    time.sleep(FRESH)
    after = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (after.status_code, after.json()["version"], store.reads > 0) == (200, "another", True)


def test_a_kept_answer_goes_out_as_each_caller_needs_it(client: TestClient, store: Counting) -> None:
    small, plain = client.get(QUERY), client.get(QUERY, headers=PLAIN)
    assert small.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    elsewhere = client.get(QUERY, headers=ELSEWHERE)
    assert elsewhere.headers["access-control-allow-origin"] == "*"
    store.reads = 0
    for first, headers in ((small, {}), (plain, PLAIN), (elsewhere, ELSEWHERE)):
        again = client.get(QUERY, headers=headers)
        assert (again.content, again.headers) == (first.content, first.headers)
    assert store.reads == 0
    assert "access-control-allow-origin" not in client.get(QUERY).headers


def test_an_unchanged_answer_bears_the_headers_of_any_other(client: TestClient) -> None:
    tag = client.head(QUERY, headers=ELSEWHERE).headers["etag"]
    for path in (QUERY, QUERY + "&limit=1"):  # one that is kept, one that is not
        given = tag if path == QUERY else client.get(path, headers=PLAIN).headers["etag"]
        headers = client.get(path, headers={**ELSEWHERE, "If-None-Match": given}).headers
        assert headers["etag"] == given
        assert headers["access-control-allow-origin"] == "*"
        assert "default-src" in headers["content-security-policy"]
        assert not {"content-type", "content-length", "content-encoding"} & headers.keys()


def test_head_keeps_the_whole_answer(client: TestClient, store: Counting) -> None:
    head = client.head(QUERY)
    store.reads = 0
    got = client.get(QUERY)
    assert (head.content, head.headers, store.reads) == (b"", got.headers, 0)
    assert got.json()["rows"]
    assert client.head(QUERY).content == b""


def test_what_is_kept_is_bounded_whatever_it_consists_of(graph: Graph) -> None:
    """The room is for addresses and headers too: an answer without a body takes some of it."""
    made: list[bytes] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        made.append(scope["query_string"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"link", b"x" * 1000)]})
        await send({"type": "http.response.body", "body": b""})

    captures = CaptureStore(graph.settings.data_dir)
    kept = KeptAnswers(app, GraphVersion(graph.store), captures, salt="", loads=str, room=20_000)

    async def ask(number: int) -> list[Message]:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        query = b"%d" % number + b"-" * 1000
        scope = {"type": "http", "method": "GET", "path": "/any", "query_string": query, "headers": []}
        await kept(scope, receive, send)
        return sent

    async def many() -> None:
        for number in (*range(10), 9, 0):
            assert (await ask(number))[0]["status"] == 200

    asyncio.run(many())
    assert [int(query.partition(b"-")[0]) for query in made] == [*range(10), 0]
