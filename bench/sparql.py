"""`/sparql` beside a bare pyoxigraph handler and beside rdflib-endpoint, all over the graph at hand.

The peers get it as one N-Triples file and run in an environment of their own. Load comes from `wrk`; so that
no answer is a kept one, the second table asks every query with a comment of its own.
"""

import contextlib
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import venv
from collections.abc import Mapping
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

from bench.measure import Timing, table
from bench.peers import Server, at_hand, quantile
from graph.export import export_source
from graph.settings import Settings
from graph.sources import Stored
from graph.store import connect
from graph.vocabulary import SKOS
from schema.model import load_schema
from schema.values import SCHEMA_NS

PEERS = Path(__file__).with_name("sparql_peers.py")
_LABEL = f"PREFIX : <{SCHEMA_NS}> PREFIX skos: <{SKOS}>"
QUERIES = {
    "one-hop": f"{_LABEL} SELECT ?p ?o ?name WHERE {{ <https://w3id.org/carisec/id/program/cbsi> ?p ?o . "
    "?o skos:prefLabel ?name } ORDER BY ?p ?o LIMIT 20",
    "aggregate": f"{_LABEL} SELECT ?who (COUNT(?what) AS ?n) WHERE {{ ?who :supports ?what }} "
    "GROUP BY ?who ORDER BY DESC(?n) ?who LIMIT 20",
    "regex": f"{_LABEL} SELECT ?e ?name WHERE {{ ?e skos:prefLabel ?name "
    'FILTER(REGEX(?name, "police.*force", "i")) } '
    "ORDER BY ?name LIMIT 20",
}
ENDLESS = "SELECT (COUNT(*) AS ?x) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
AIM_BARE, AIM_RDFLIB, AIM_HEALTH = 0.95, 18, 50
_STOPPED_AFTER = "4"
_JSON = "application/sparql-results+json"


def run(peers: Path | None = None, rounds: int = 3, seconds: int = 1) -> str:
    """All tables. `peers` is a virtual environment that has them; without one, one is made for the run."""
    if shutil.which("wrk") is None:
        return "wrk is not installed: no load over HTTP"
    settings = at_hand(Settings.from_environment())
    with tempfile.TemporaryDirectory(prefix="carisec-bench-") as folder, contextlib.ExitStack() as stack:
        work = Path(folder)
        python = _environment(work, peers)
        lines = work / "graph.nt"
        with connect(settings) as store, lines.open("wb") as out:
            export_source("ntriples", load_schema(), Stored(store, load_schema()), settings.base_iri, out)
        servers = {
            kind: Server(stack, [python, str(PEERS), kind, str(lines), "{port}"], "/docs")
            for kind in ("pyoxigraph", "rdflib-endpoint")
        }
        limit = {"CARISEC_QUERY_SECONDS": _STOPPED_AFTER}
        serve = [sys.executable, "-m", "cli", "serve", "--port", "{port}"]
        servers["carisec"] = Server(stack, serve, "/readyz", limit)
        parts = []
        for name, text in QUERIES.items():
            _compared(name, text, servers)
            for fresh in (False, True):
                for connections in (1, 8):
                    parts.append(_loaded(work, name, text, servers, fresh, connections, rounds, seconds))
        parts.append(_health(servers["carisec"]))
    return "\n\n".join(parts)


def _environment(work: Path, there: Path | None) -> str:
    environment = there or work / "venv"
    python = str(environment / "bin" / "python")
    if there is None:
        venv.create(environment, with_pip=True)
        wanted = ["rdflib-endpoint", "pyoxigraph", "fastapi", "uvicorn", "httptools", "uvloop"]
        subprocess.run([python, "-m", "pip", "install", "--quiet", *wanted], check=True)
    return python


def _compared(name: str, text: str, servers: Mapping[str, Server]) -> None:
    """All must give the same rows, or their rates say nothing."""
    found = {}
    for kind, server in servers.items():
        asked = urllib.request.Request(f"{server.url}/sparql?query={quote(text)}", headers={"Accept": _JSON})  # noqa: S310
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            rows = json.load(answer)["results"]["bindings"]
        found[kind] = [[row[key]["value"] for key in sorted(row)] for row in rows]
    if not found["carisec"] or any(rows != found["carisec"] for rows in found.values()):
        raise SystemExit(f"{name}: the peers give other rows, so there is nothing to compare")


def _loaded(
    work: Path,
    name: str,
    text: str,
    servers: Mapping[str, Server],
    fresh: bool,
    connections: int,
    rounds: int,
    seconds: int,
) -> str:
    rates: dict[str, list[float]] = {kind: [] for kind in servers}
    for number in range(rounds):
        for kind, server in servers.items():
            rates[kind].append(_wrk(work, server, text, fresh, connections, seconds, number))
    timings = [Timing(kind, tuple(1 / rate for rate in found)) for kind, found in rates.items()]
    how = "every time another query" if fresh else "the same query again"
    over = statistics.median(rates["carisec"]) / statistics.median(rates["rdflib-endpoint"])
    aims = f"aim {AIM_BARE}; {over:.0f} × rdflib-endpoint, aim {AIM_RDFLIB}"
    title = f"{name}, {how}, {connections} connections ({aims})"
    return table(title, "req.", 1, timings)


def _wrk(
    work: Path, server: Server, text: str, fresh: bool, connections: int, seconds: int, number: int
) -> float:
    """Requests a second; rdflib-endpoint is given time to end what it began."""
    url = f"{server.url}/sparql?query={quote(text)}"
    script = work / "fresh.lua"
    path = url.removeprefix(server.url)
    start = f"{number}{time.time_ns() % 10**9}"
    script.write_text(
        f"local n = 0\nrequest = function()\n  n = n + 1\n"
        f'  return wrk.format("GET", "{path}%20%23{start}x" .. n)\nend\n'
    )
    extra = ["-s", str(script)] if fresh else []
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
    command += ["-H", f"Accept: {_JSON}", *extra, url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    if rate is None or "Non-2xx or 3xx" in done.stdout:
        raise SystemExit(f"{url}: {done.stdout}")
    time.sleep(0.5)
    return max(float(rate[1]), 0.01)


def _health(server: Server) -> str:
    """How long `/healthz` takes while a query runs that has to be stopped."""
    stopped: list[int] = []

    def ask() -> None:
        try:
            urllib.request.urlopen(f"{server.url}/sparql?query={quote(ENDLESS)}")  # noqa: S310
        except HTTPError as error:
            with error:
                stopped.append(error.code)

    asking = threading.Thread(target=ask)
    asking.start()
    took = []
    while asking.is_alive():
        start = time.perf_counter()
        with urllib.request.urlopen(f"{server.url}/healthz") as answer:  # noqa: S310
            answer.read()
        took.append((time.perf_counter() - start) * 1e3)
        time.sleep(0.002)
    return (
        f"/healthz while a query ran {_STOPPED_AFTER} s and was stopped ({stopped[0]}), {len(took)} times: "
        f"p50 {quantile(took, 0.5):.1f} ms, p99 {quantile(took, 0.99):.1f} ms (aim {AIM_HEALTH})"
    )
