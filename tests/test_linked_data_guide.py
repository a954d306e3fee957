"""The guide to the linked data: its commands, run against a server, print what it says they print."""

import re
import subprocess
from collections.abc import Iterator

import pytest

from api.app import create_app
from tests.conftest import ROOT, Graph, embedded_only
from tests.serving import serving

GUIDE = ROOT / "api" / "LINKED_DATA.md"
BLOCKS = re.findall(r"```console\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
PORT = "localhost:8000"


@pytest.fixture(scope="module")
def server(graph: Graph) -> Iterator[str]:
    with serving(create_app(graph.settings, graph.store)) as address:
        yield address.removeprefix("http://")


def run(block: str, server: str) -> str:
    """What the commands of a block print, in turn; the lines after `$ ` are run in one shell."""
    commands = [line.removeprefix("$ ") for line in block.splitlines() if line.startswith("$ ")]
    script = "\n".join(commands).replace(PORT, server)
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr == ""
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.replace("\r", "").splitlines())


@embedded_only
@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_the_commands_print_what_the_guide_says(server: str, block: str) -> None:
    expected = "".join(f"{line}\n" for line in block.splitlines() if not line.startswith("$ "))
    assert expected
    assert run(block, server) == expected


def test_there_is_something_to_run() -> None:
    assert len(BLOCKS) >= 8
    assert all(PORT in block for block in BLOCKS)
