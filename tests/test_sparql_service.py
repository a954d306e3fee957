"""The processes that answer SPARQL: stopped in time, swapped whole, cut off from everything else."""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from api import sparql_client
from api.snapshot import Snapshot, Snapshots
from api.sparql_client import SparqlClient, Worker
from graph.sparql import Request
from schema.errors import EngineFailure, TimeLimit, TooLarge, UsageError
from tests.conftest import Graph, embedded_only

COUNT = Request("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", table="text/csv")
# Six free patterns over the whole graph: no engine ends this while a test waits.
ENDLESS = Request(
    "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
)
GREEDY = Request("SELECT * WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a ?d ?g")


@pytest.fixture(scope="module")
def snapshot(graph: Graph) -> Snapshot:
    return Snapshots(graph.store, graph.schema, graph.settings.base_iri).of(graph.store.version())


@pytest.fixture
def sparql(graph: Graph) -> Iterator[SparqlClient]:
    made = SparqlClient(replace(graph.settings, query_seconds=3.0, sparql_workers=2))
    yield made
    made.close()


@embedded_only
def test_a_query_that_runs_too_long_is_stopped(snapshot: Snapshot, sparql: SparqlClient) -> None:
    before, _ = sparql.query(snapshot, COUNT)
    with pytest.raises(TimeLimit, match="3 seconds"):
        sparql.query(snapshot, ENDLESS)
    assert sparql.query(snapshot, COUNT)[0] == before


@embedded_only
def test_a_long_query_does_not_keep_a_short_one_waiting(snapshot: Snapshot, sparql: SparqlClient) -> None:
    before, _ = sparql.query(snapshot, COUNT)
    stopped: list[BaseException] = []

    def ask() -> None:
        try:
            sparql.query(snapshot, ENDLESS)
        except TimeLimit as error:
            stopped.append(error)

    long = threading.Thread(target=ask)
    long.start()
    answered = 0
    while long.is_alive():
        try:
            assert sparql.query(snapshot, COUNT)[0] == before
        except TimeLimit:  # the second process was not there yet
            continue
        answered += bool(long.is_alive())
        time.sleep(0.05)
    assert len(stopped) == 1
    assert answered


@embedded_only
def test_a_query_that_wants_all_memory_ends_alone(snapshot: Snapshot, graph: Graph) -> None:
    sparql = SparqlClient(replace(graph.settings, query_seconds=20.0, sparql_workers=1))
    try:
        before, _ = sparql.query(snapshot, COUNT)
        with pytest.raises((EngineFailure, TimeLimit, TooLarge)):
            sparql.query(snapshot, GREEDY)
        assert sparql.query(snapshot, COUNT)[0] == before
    finally:
        sparql.close()


@embedded_only
def test_an_engine_that_died_is_replaced(snapshot: Snapshot, sparql: SparqlClient) -> None:
    before, _ = sparql.query(snapshot, COUNT)
    crew = sparql._crew
    assert crew is not None
    for worker in list(crew._idle.queue):
        assert worker is not None
        worker.process.kill()
        worker.process.wait()
    assert sparql.query(snapshot, COUNT)[0] == before


@embedded_only
@pytest.mark.parametrize("failure", [EngineFailure("no memory"), OSError("no process")])
def test_an_engine_that_cannot_be_replaced_at_once_is_replaced_later(
    snapshot: Snapshot,
    graph: Graph,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    sparql = SparqlClient(replace(graph.settings, query_seconds=3.0, sparql_workers=1))
    started = 0

    def broken(*_: object) -> Worker:
        nonlocal started
        started += 1
        raise failure

    try:
        before, _ = sparql.query(snapshot, COUNT)
        with monkeypatch.context() as patch:
            patch.setattr(sparql_client, "Worker", broken)
            with pytest.raises((EngineFailure, TimeLimit)):
                sparql.query(snapshot, ENDLESS)
            with pytest.raises(EngineFailure, match="cannot be started"):
                sparql.query(snapshot, COUNT)
        assert 1 < started < 20
        assert str(failure) in caplog.text
        assert sparql.query(snapshot, COUNT)[0] == before
    finally:
        sparql.close()


@embedded_only
def test_an_error_leaves_the_engine_as_it_was(snapshot: Snapshot, graph: Graph) -> None:
    sparql = SparqlClient(replace(graph.settings, sparql_workers=1))
    try:
        sparql.query(snapshot, COUNT)
        assert sparql._crew is not None
        (worker,) = sparql._crew._idle.queue
        with pytest.raises(UsageError):
            sparql.query(snapshot, Request("SELECT"))
        sparql.query(snapshot, COUNT)
        assert list(sparql._crew._idle.queue) == [worker]
        assert worker is not None
        assert worker.process.poll() is None
    finally:
        sparql.close()
    assert worker.process.poll() is not None


@embedded_only
def test_a_later_snapshot_takes_over_whole(snapshot: Snapshot, sparql: SparqlClient) -> None:
    sparql.query(snapshot, COUNT)
    former = sparql._crew
    later = Snapshot("another", snapshot.schema, snapshot.base_iri, {}, {}, snapshot.order + 1)
    assert sparql.query(later, COUNT)[0].split() == [b"n", b"0"]
    # A request that began before is answered by what there is now; nothing goes back.
    assert sparql.query(snapshot, COUNT)[0].split() == [b"n", b"0"]
    assert former is not None
    assert not former.join()


@embedded_only
def test_who_is_in_the_middle_ends_with_what_they_began_with(
    snapshot: Snapshot, sparql: SparqlClient
) -> None:
    sparql.query(snapshot, COUNT)
    crew = sparql._crew
    assert crew is not None
    assert crew.join()
    later = Snapshot("another", snapshot.schema, snapshot.base_iri, {}, {}, snapshot.order + 1)
    sparql.query(later, COUNT)
    assert crew.query(COUNT, 5.0)[0].split() != [b"n", b"0"]
    crew.leave()
    assert not crew.join()


# The text check refuses SERVICE; this is what stands behind it.
CONFINED = """
import sys
from pyoxigraph import Store
from api.sparql_worker import confine
store = Store()
confine()
for silent in ("", "SILENT "):
    try:
        at = "<http://127.0.0.1:%s/>" % sys.argv[1]
        print(list(store.query("SELECT * { SERVICE " + silent + at + " { ?s ?p ?o } }")))
    except OSError as error:
        print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_nothing_can_be_fetched_whatever_a_query_says() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.3)
        command = [sys.executable, "-c", CONFINED, str(server.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.stdout.split("\n")[0] == "refused", done.stderr
        with pytest.raises(TimeoutError):
            server.accept()
