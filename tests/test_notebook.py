"""The notebooks run and say what they promise, the first two on both engines."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Graph, embedded_only, environment

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TOUR, CITED, LINKED = NOTEBOOKS

# A process of its own: the kernel's event loop and its warnings are not the tests'.
EXECUTE = """
import sys
import nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""

Shown = dict[str, str]


def executed(notebook: Path, graph: Graph, folder: Path) -> Shown:
    """What the executed notebook shows, joined for each media type; what it prints counts as plain text."""
    done_file = folder / "executed.ipynb"
    made = environment(graph.settings) | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", EXECUTE, str(notebook), str(done_file)]
    done = subprocess.run(command, env=made, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    shown: dict[str, list[str]] = {}
    for cell in json.loads(done_file.read_text("utf-8"))["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data") or {"text/plain": output["text"]}
            for kind, text in data.items():
                shown.setdefault(kind, []).append("".join(text))
    return {kind: "\n".join(texts) for kind, texts in shown.items()}


@pytest.fixture(scope="module")
def tour(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> str:
    """All text that the tour shows."""
    return executed(TOUR, graph, tmp_path_factory.mktemp("tour"))["text/plain"]


@pytest.fixture(scope="module")
def cited(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return executed(CITED, graph, tmp_path_factory.mktemp("cited"))


@pytest.fixture(scope="module")
def linked(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return executed(LINKED, graph, tmp_path_factory.mktemp("linked"))


def test_the_tour_shows_what_it_promises(tour: str, graph: Graph) -> None:
    assert graph.store.version() in tour
    assert "igo/impacs" in tour
    assert "'Jamaica'" in tour or "Jamaica" in tour


def test_py2neo_opens_the_graph_and_follows_a_relationship(tour: str) -> None:
    assert "[{'name': 'Bureau of Alcohol, Tobacco, Firearms and Explosives'}]" in tour


def test_a_question_becomes_a_table_with_its_sources(cited: Shown) -> None:
    assert "agencies-supporting-program {'program'" in cited["text/plain"]
    assert "statements_sources" in cited["text/html"]
    assert "False unexplained" in cited["text/plain"]


def test_charts_are_drawn(cited: Shown) -> None:
    assert len(cited["image/png"].splitlines()) == 2


def test_the_answer_is_verified_and_a_forged_receipt_found_out(cited: Shown, graph: Graph) -> None:
    verdicts = [line for line in cited["text/plain"].splitlines() if line.startswith("<Verification")]
    assert [line.rpartition(": ")[2] for line in verdicts] == ["same>", "tampered>"]
    assert f"Graph {graph.store.version()}, receipt sha256" in cited["text/plain"]
    assert "@misc{carisec-answer-" in cited["text/plain"]


def test_what_came_later_is_told_in_sentences(cited: Shown) -> None:
    assert "Added: CARICOM Implementation Agency for Crime and Security established" in cited["text/html"]


@embedded_only
def test_a_consumer_of_linked_data_finds_counts_clauses_and_sources(linked: Shown, graph: Graph) -> None:
    text = linked["text/plain"]
    assert graph.store.version() in text
    assert "carisec:Statement" in text
    assert "[303] 200 text/turtle" in text
    assert "owl:sameAs http://www.wikidata.org/entity/Q766" in text
    assert "confidence is a number from 0 to 1" in text
    assert "{'assertion': " in text


@embedded_only
def test_a_table_of_ones_own_is_joined_by_iso_code_and_cited(linked: Shown) -> None:
    assert "The Bahamas 14 2" in linked["text/plain"]
    assert "patrol boats (invented)" in linked["text/html"]
    assert "&lt;https://" in linked["text/html"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_committed_notebooks_have_no_outputs(notebook: Path) -> None:
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    code = [c for c in cells if c["cell_type"] == "code"]
    assert len(code) >= 7
    assert [c for c in code if c["outputs"] or c["execution_count"]] == []
