"""A canned query and a question over HTTP beside Datasette's canned query, and beside the bare driver.

Load comes from `http_load.py` of a sibling folder (which needs `wrk`), Datasette's data from its
`make_graph.py` and `datasette_db.py`: twenty of a country's statements of 10,000. Datasette runs as pip
installs it, and once more with the faster loop and parser that it does not ask for. carisec runs as `carisec
serve` does, one worker, on the engine that the settings name.
"""

import contextlib
import http.client
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from api.dependencies import RequestStore
from bench.measure import Timing, interleaved, table
from bench.peers import SHARED, Server, at_hand, missing
from graph.settings import Settings
from graph.store import Row, Rows, Store, connect
from queries.catalog import load_catalog
from queries.names import names_for
from queries.run import run as run_query

SCRIPTS = "bench/http_load.py"
NEIGHBOURS = "/graph/neighbours.json?id=country-5&_shape=array"
CANNED = "/queries/members-of-program?program=CBSI"
QUESTION = "/ask?q=which+agencies+support+CCGIU"
QUERIES = ("members-of-program", "agencies-supporting-program", "entity-statements")
AIM_REPEATED, AIM_FIRST = 8.0, 0.9
# A round is short, so that a busy neighbour disturbs all ways of it alike.
CALLS, SHORT_ROUNDS = 20, 4


def run(shared: Path = SHARED, datasette: Path | None = None, rounds: int = 5, seconds: int = 1) -> str:
    """All tables. `datasette` is a virtual environment that has it; without one, one is made for the run."""
    settings = at_hand(Settings.from_environment())
    first = first_time(settings, rounds * SHORT_ROUNDS)
    if not (shared / SCRIPTS).is_file():
        return f"{first}\n\n{missing(shared, SCRIPTS)}"
    if shutil.which("wrk") is None:
        return f"{first}\n\nwrk is not installed: no load over HTTP"
    with tempfile.TemporaryDirectory(prefix="carisec-bench-") as folder, contextlib.ExitStack() as stack:
        work = Path(folder)
        peers = _datasettes(stack, shared / "bench", work, datasette)
        ours = Server(stack, [sys.executable, "-m", "cli", "serve", "--port", "{port}"], "/readyz")
        repeated = _repeated(shared, work, {**peers, "carisec": ours}, rounds, seconds)
        known = _unchanged(peers["Datasette"], ours, rounds, seconds)
        over_http = _first_over_http(settings, ours, rounds * SHORT_ROUNDS)
    return "\n\n".join((repeated, known, first, over_http))


def first_time(settings: Settings, rounds: int) -> str:
    """A canned query that no cache has, in this process, and the bare driver with the same text and values.

    What the API does is `run` with the version that it knows; alone, `run` finds out the version as well.
    """
    catalog, parts = load_catalog(), []
    with connect(settings) as store:
        names = names_for(store)
        known = RequestStore(store, store.version())
        for name in QUERIES:
            query = catalog.get(name)
            watched = _Watched(store)
            rows = len(run_query(query, query.example, watched, names).rows)
            text, values = watched.last
            ways: dict[str, Callable[[], object]] = {
                "driver, execute_query": partial(_bare, store, text, values),
                "run, version known": partial(run_query, query, query.example, known, names),
                "run": partial(run_query, query, query.example, store, names),
            }
            timings = interleaved(
                {way: _times(CALLS, call) for way, call in ways.items()}, rounds, time.perf_counter
            )
            title = f"first time, {name}, {rows} rows, {store.info.engine} {store.info.version}"
            parts.append(table(f"{title} (aim {AIM_FIRST})", "calls", CALLS, timings))
    return "\n\n".join(parts)


def _bare(store: Store, text: str, values: Mapping[str, Any]) -> object:
    """What a program without carisec would call."""
    return store._driver.execute_query(text, dict(values), database_=store._database, routing_="r")


def _times(count: int, call: Callable[[], object]) -> Callable[[], None]:
    def repeated() -> None:
        for _ in range(count):
            call()

    return repeated


class _Watched(Store):
    """The store of a graph, remembering what was read last but the version."""

    def __init__(self, store: Store) -> None:
        vars(self).update(vars(store))
        self._known = store.version()
        self.last: tuple[str, Row] = ("", {})

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        self.last = (text, parameters or {})
        return super().read(text, parameters, seconds=seconds)

    def version(self, *, seconds: float | None = None) -> str:  # noqa: ARG002
        return self._known


def _datasettes(
    stack: contextlib.ExitStack, scripts: Path, work: Path, there: Path | None
) -> dict[str, Server]:
    """Datasette over the graph of the scripts, plain and with uvloop and httptools."""
    environment = there or work / "venv"
    python = str(environment / "bin" / "python")
    if there is None:
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "datasette"], check=True)
    faster = work / "faster"
    subprocess.run(
        [python, "-m", "pip", "install", "--quiet", "--target", str(faster), "uvloop", "httptools"],
        check=True,
    )
    for script, *arguments in (
        ("make_graph.py", "--statements", "10000", "--out", str(work / "graph")),
        ("datasette_db.py", "--graph", str(work / "graph"), "--out", str(work / "database")),
    ):
        subprocess.run([python, str(scripts / script), *arguments], check=True, capture_output=True)
    database = work / "database"
    command = [python, "-m", "datasette", "serve", str(database / "graph.db")]
    command += ["-m", str(database / "metadata.json"), "--host", "127.0.0.1", "--port", "{port}"]
    return {
        name: Server(stack, command, NEIGHBOURS, {"PYTHONPATH": path})
        for name, path in (("Datasette", ""), ("Datasette, uvloop and httptools", str(faster)))
    }


def _repeated(shared: Path, work: Path, servers: Mapping[str, Server], rounds: int, seconds: int) -> str:
    """Requests a second of answers that are asked for again and again."""
    targets = {name: server.url + NEIGHBOURS for name, server in servers.items() if name != "carisec"}
    ours = servers["carisec"]
    targets |= {"carisec, canned query": ours.url + CANNED, "carisec, question": ours.url + QUESTION}
    pids = {name: servers[name.partition(", c")[0].partition(", q")[0]].process.pid for name in targets}
    file = work / "load.jsonl"
    command = [sys.executable, str(shared / SCRIPTS), "--rounds", str(rounds), "--seconds", str(seconds)]
    for name, url in targets.items():
        command += ["--target", f"{name}={url}", "--pid", f"{name}={pids[name]}"]
    subprocess.run([*command, "--out", str(file)], check=True, capture_output=True)
    lines = [f"repeated, one worker each (aim {AIM_REPEATED:.0f})"]
    lines.append(f"{'':34}{'conn.':>6}{'req./s':>10}{'ratio':>8}{'p50 ms':>8}{'p99 ms':>8}{'spread':>8}")
    for row in map(json.loads, file.read_text("utf-8").splitlines()[1:]):
        figures = f"{row['rps']:>10,.0f}{row['ratio_to_first']:>8.1f}{row['p50_ms']:>8.2f}"
        figures += f"{row['p99_ms']:>8.2f}{row['spread']:>8.2f}"
        lines.append(f"  {row['target']:<32}{row['connections']:>6}{figures}")
    return "\n".join(lines)


def _unchanged(peer: Server, ours: Server, rounds: int, seconds: int) -> str:
    """Requests a second of a caller that has the answer already."""
    with urllib.request.urlopen(ours.url + CANNED) as answer:  # noqa: S310
        tag = str(answer.headers["ETag"])
    ways: dict[str, tuple[str, tuple[str, ...]]] = {
        "Datasette, the whole answer": (peer.url + NEIGHBOURS, ()),
        "carisec, canned query": (ours.url + CANNED, ()),
        "carisec, If-None-Match (304)": (ours.url + CANNED, ("-H", f"If-None-Match: {tag}")),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (url, extra) in ways.items():
            rates[name].append(_wrk(url, seconds, extra))
    timings = [Timing(name, tuple(1 / rate for rate in found)) for name, found in rates.items()]
    return table("with the tag of the answer, 8 connections", "req.", 1, timings)


def _wrk(url: str, seconds: int, extra: Sequence[str]) -> float:
    done = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{seconds}s", *extra, url],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    )
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if rate is None or "Non-2xx or 3xx" in done.stdout:
        raise SystemExit(f"{url}: {done.stdout}")
    return float(rate[1])


def _first_over_http(settings: Settings, ours: Server, rounds: int) -> str:
    """What a request costs that was never asked before, on one connection; every one has another `limit`."""
    query = load_catalog().get("members-of-program")
    limits = iter(range(settings.max_page_size, 0, -1))
    with connect(settings) as store, _connection(ours.port) as connection:
        watched = _Watched(store)
        run_query(query, {"program": "CBSI"}, watched, names_for(store))
        text, values = watched.last

        def ask() -> None:
            connection.request("GET", f"{CANNED}&limit={next(limits)}")
            answer = connection.getresponse()
            assert answer.status == 200, answer.read()
            answer.read()

        ask()
        ways: dict[str, Callable[[], object]] = {
            "driver, execute_query": _times(CALLS, lambda: _bare(store, text, values)),
            "carisec over HTTP": _times(CALLS, ask),
        }
        timings = interleaved(ways, rounds, time.perf_counter)
    took = " and ".join(f"{statistics.median(t.runs) / CALLS * 1e3:.2f}" for t in timings)
    return table(f"first time over HTTP, one connection ({took} ms)", "calls", CALLS, timings)


@contextlib.contextmanager
def _connection(port: int) -> Iterator[http.client.HTTPConnection]:
    made = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        yield made
    finally:
        made.close()
