"""Reading questions: processor time of `ask` without reads of the graph, on questions of a sibling folder.

The reads are recorded once and given again, and the time of giving them is left out. Each round is a process
of its own that has read other questions before, but none of these: what a reader remembers of a question that
it has read would make the next round look better than it is.
"""

import gc
import json
import pickle
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from bench.peers import SHARED, at_hand, missing, quantile
from cli.main import COLLECT_AFTER
from graph.settings import Settings
from graph.store import Row, Rows, Store, connect
from queries.ask import ask
from queries.catalog import Catalog, load_catalog
from queries.names import read_names

QUESTIONS = "questions.jsonl"
MEDIAN_MS, P99_MS = 5.0, 20.0
Reads = dict[tuple[str, bytes], Rows]


def run(shared: Path = SHARED, rounds: int = 5) -> str:
    """Milliseconds of processor time a question: median, 99th percentile, and the slowest ones."""
    if not (shared / QUESTIONS).is_file():
        return missing(shared, QUESTIONS)
    lines = (shared / QUESTIONS).read_text("utf-8").splitlines()
    asked = [str(json.loads(line)["question"]) for line in lines]
    others = [query.question for query in load_catalog().queries.values()]
    with tempfile.TemporaryDirectory(prefix="carisec-bench-") as folder:
        file = Path(folder) / "reads"
        file.write_bytes(pickle.dumps((others, asked, _record([*others, *asked]))))
        made = [_round(file) for _ in range(rounds)]
    first = {question: [one[n][0] for one in made] for n, question in enumerate(asked)}
    again = [one[n][1] for one in made for n in range(len(asked))]
    return _report(first, again, rounds)


def _record(questions: Sequence[str]) -> Reads:
    """What is read of the graph at hand for these questions."""
    catalog = load_catalog()
    with connect(at_hand(Settings.from_environment())) as store:
        recorder = _Recorder(store)
        read_names(recorder)  # what this process may have read already
        for question in questions:
            ask(question, catalog, recorder)
    return recorder.reads


def _round(file: Path) -> list[tuple[float, float]]:
    """Seconds of each question, when it is read first and when it is read again, in a new process."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.reading", str(file)], capture_output=True, text=True, check=True
    )
    found: list[tuple[float, float]] = [(first, again) for first, again in json.loads(done.stdout)]
    return found


def _report(first: dict[str, list[float]], again: Sequence[float], rounds: int) -> str:
    all_ = [seconds * 1e3 for times in first.values() for seconds in times]
    lines = [f"reading {len(first)} questions, each first in {rounds} processes; ms of processor time"]
    lines.append(f"{'':38}{'median':>10}{'p99':>10}{'most':>10}")
    for name, times in (("read first", all_), ("read again", [seconds * 1e3 for seconds in again])):
        row = (statistics.median(times), quantile(times, 0.99), max(times))
        lines.append(f"  {name:<36}" + "".join(f"{value:>10.2f}" for value in row))
    lines.append(f"  {'aim':<36}{MEDIAN_MS:>10.2f}{P99_MS:>10.2f}")
    slowest = sorted(first.items(), key=lambda item: statistics.median(item[1]), reverse=True)[:3]
    lines += [f"  {statistics.median(times) * 1e3:>8.2f}  {question[:96]}" for question, times in slowest]
    return "\n".join(lines)


def _key(text: str, parameters: Row | None) -> tuple[str, bytes]:
    return text, orjson.dumps(dict(parameters or {}), option=orjson.OPT_SORT_KEYS)


class _Recorder(Store):
    """The store of a graph, keeping what is read."""

    def __init__(self, store: Store) -> None:
        vars(self).update(vars(store))
        self.reads: Reads = {}

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        found = super().read(text, parameters, seconds=seconds)
        self.reads[_key(text, parameters)] = found
        return found


class _Replayed(Store):
    """What was read before, and the processor time that giving it takes."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self.spent = 0.0

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:  # noqa: ARG002
        start = time.process_time()
        found = self.reads[_key(text, parameters)]
        self.spent += time.process_time() - start
        return found


def _timed(question: str, catalog: Catalog, store: _Replayed) -> float:
    spent, start = store.spent, time.process_time()
    ask(question, catalog, store)
    return time.process_time() - start - (store.spent - spent)


def _main(file: Path) -> None:
    """One round, as JSON: for each question the seconds of its first reading and of its second."""
    content: Any = pickle.loads(file.read_bytes())  # noqa: S301  # written by `run`
    others, asked, reads = content
    gc.set_threshold(*COLLECT_AFTER)
    catalog, store = load_catalog(), _Replayed(reads)
    for question in others:
        ask(question, catalog, store)
    gc.collect()
    first = [_timed(question, catalog, store) for question in asked]
    again = [_timed(question, catalog, store) for question in asked]
    json.dump(list(zip(first, again, strict=True)), sys.stdout)


if __name__ == "__main__":
    _main(Path(sys.argv[1]))
