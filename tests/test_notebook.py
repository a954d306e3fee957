"""The tour runs on both engines and says what it promises."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Graph, environment

TOUR = ROOT / "notebooks" / "01_tour.ipynb"

# A process of its own: the kernel's event loop and its warnings are not the tests'.
EXECUTE = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""


@pytest.fixture(scope="module")
def tour(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """All text that the executed notebook shows."""
    executed = tmp_path_factory.mktemp("tour") / "executed.ipynb"
    made = environment(graph.settings) | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", EXECUTE, str(TOUR), str(executed)]
    done = subprocess.run(command, env=made, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    cells = json.loads(executed.read_text("utf-8"))["cells"]
    outputs = [o for c in cells if c["cell_type"] == "code" for o in c["outputs"]]
    return "\n".join("".join(o.get("data", {}).get("text/plain", "")) for o in outputs)


def test_the_tour_shows_what_it_promises(tour: str, graph: Graph) -> None:
    assert graph.store.version() in tour
    assert "igo/impacs" in tour
    assert "'Jamaica'" in tour or "Jamaica" in tour


def test_py2neo_opens_the_graph_and_follows_a_relationship(tour: str) -> None:
    assert "[{'name': 'Bureau of Alcohol, Tobacco, Firearms and Explosives'}]" in tour


def test_the_committed_notebook_has_no_outputs() -> None:
    cells = json.loads(Path(TOUR).read_text("utf-8"))["cells"]
    code = [c for c in cells if c["cell_type"] == "code"]
    assert len(code) >= 7
    assert [c for c in code if c["outputs"] or c["execution_count"]] == []
