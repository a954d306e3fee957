"""One canned query against the bare driver's round trip, on the engine that the settings name."""

import time

from bench.measure import interleaved, table
from graph.settings import Settings
from graph.store import connect
from queries.catalog import load_catalog
from queries.names import names_for
from queries.run import run as run_query

CALLS = 200


def run(rounds: int = 3) -> str:
    """Rates in calls a second of wall time, one at a time."""
    query = load_catalog().get("members-of-program")
    with connect(Settings.from_environment()) as store:
        names = names_for(store)

        def canned() -> None:
            for _ in range(CALLS):
                run_query(query, {"program": "program/cbsi"}, store, names)

        def bare() -> None:
            for _ in range(CALLS):
                store.read("RETURN 1")

        timings = interleaved(
            {"driver, RETURN 1": bare, "canned query, 13 rows": canned}, rounds, time.perf_counter
        )
        title = f"one canned query, {store.info.engine} {store.info.version}"
    return table(title, "calls", CALLS, timings)
