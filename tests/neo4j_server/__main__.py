"""Run a Neo4j by hand: prints what to export so that carisec uses it, and serves until Ctrl-C."""

import argparse
import signal
import sys
import tempfile
from pathlib import Path

from schema.errors import CarisecError
from tests.neo4j_server import running_neo4j


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.neo4j_server", description=__doc__)
    parser.add_argument(
        "home",
        nargs="?",
        type=Path,
        help="folder that keeps the database; without it, the data goes at the end",
    )
    home: Path | None = parser.parse_args().home
    # So that the server is stopped, and a temporary home removed, whichever way the program is ended. What
    # SIGINT does is no model: a shell script has it ignored in programs that it starts in the background.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        if home is not None:
            _serve(home)
        else:
            with tempfile.TemporaryDirectory(prefix="carisec-neo4j-") as folder:
                _serve(Path(folder))
    except KeyboardInterrupt:
        return 0
    except CarisecError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _serve(home: Path) -> None:
    with running_neo4j(home.absolute()) as server:
        sys.stdout.write(
            f"export NEO4J_URI={server.uri}\n"
            f"export NEO4J_USERNAME={server.username}\n"
            f"export NEO4J_PASSWORD={server.password}\n"
        )
        sys.stdout.flush()
        sys.stderr.write("Neo4j serves until Ctrl-C.\n")
        signal.pause()


if __name__ == "__main__":
    sys.exit(main())
