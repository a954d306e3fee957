"""`make bench`: runs every benchmark, or those named."""

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench import asking, exports, extraction, hops, reading, sparql
from bench.peers import SHARED


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", help="benchmarks to run; all of them without a name")
    parser.add_argument("--shared", type=Path, default=SHARED, help="folder of the peers' scripts and texts")
    parser.add_argument("--datasette", type=Path, help="virtual environment that has Datasette")
    parser.add_argument("--endpoints", type=Path, help="virtual environment that has the SPARQL peers")
    given = parser.parse_args(arguments)
    benchmarks: dict[str, Callable[[], str]] = {
        "asking": partial(asking.run, given.shared, given.datasette),
        "exports": partial(exports.run, given.shared),
        "extraction": extraction.run,
        "hops": hops.run,
        "reading": partial(reading.run, given.shared),
        "sparql": partial(sparql.run, given.endpoints),
    }
    unknown = [name for name in given.names if name not in benchmarks]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(benchmarks)}")
        return 2
    for name in given.names or benchmarks:
        print(benchmarks[name](), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
