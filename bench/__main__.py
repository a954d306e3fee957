"""`make bench`: runs every benchmark, or those named."""

import sys
from collections.abc import Callable

from bench import exports, extraction, hops

BENCHMARKS: dict[str, Callable[[], str]] = {
    "exports": exports.run,
    "extraction": extraction.run,
    "hops": hops.run,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
        return 2
    for name in names or BENCHMARKS:
        print(BENCHMARKS[name](), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
