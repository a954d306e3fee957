"""A reconciliation client that others wrote, against a served graph."""

import threading
import time
from collections.abc import Iterator

import pandas as pd
import pytest
import reconciler
import uvicorn

from api.app import create_app
from tests.conftest import Graph


@pytest.fixture(scope="module")
def served(graph: Graph) -> Iterator[str]:
    """Address of the service as clients outside this process see it."""
    config = uvicorn.Config(create_app(graph.settings, graph.store), port=0, log_level="error")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not running.started and time.monotonic() < until:
        time.sleep(0.05)
    assert running.started, "the server does not start"
    yield f"http://127.0.0.1:{running.servers[0].sockets[0].getsockname()[1]}/reconcile"
    running.should_exit = True
    thread.join(timeout=10)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_client_that_others_wrote_reconciles_a_table(served: str) -> None:
    table = pd.DataFrame(
        {
            "body": ["ATF", "CARICOM IMPACS", "Ministry of National Security", "CCGIU"],
            "country": ["United States", "", "Jamaica", ""],
        }
    )
    found = reconciler.reconcile(
        table["body"],
        type_id="Organization",
        property_mapping={"country": table["country"]},
        reconciliation_endpoint=served,
    )
    assert list(found["input_value"]) == list(table["body"])
    assert list(found["id"]) == [
        "agency/atf",
        "igo/impacs",
        "agency/jamaica-ministry-of-national-security",
        "unit/ccgiu",
    ]
    assert bool(found["match"].iloc[0])
    assert found["type_id"].iloc[0] == "Agency"
