"""The command line as a program calls it: output, messages and exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from graph.settings import Settings
from tests.commands import Done, carisec
from tests.conftest import Graph, environment
from tests.test_load import RELEASE, release


def process(graph: Graph, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(
        command, env=environment(graph.settings), capture_output=True, text=True, check=False
    )


def called(graph: Graph, *arguments: str) -> Done:
    return carisec(environment(graph.settings), *arguments)


COMMANDS = [
    *("load", "extract", "resolve", "review", "serve", "query", "ask", "export", "validate", "status"),
    *("withdraw", "cite", "verify", "dump", "diff", "nanopub"),
]


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(command: str) -> None:
    done = carisec({"COLUMNS": "120"}, *command.split(), "--help")
    assert done.returncode == 0
    assert "Usage" in done.stdout
    if not command:
        assert [c for c in COMMANDS if c not in done.stdout] == []


def test_status_tells_engine_versions_and_counts(graph: Graph) -> None:
    status = json.loads(process(graph, "status", "--format", "json").stdout)
    assert status["engine"] == graph.store.info.engine
    assert status["engine_version"] == graph.store.info.version
    assert status["graph_version"] == graph.store.version()
    counts = status["counts"]
    assert counts["documents"] == 5
    assert counts["entities"] >= 300
    assert counts["statements"]["accepted"] >= 600
    assert counts["evidence"] >= counts["statements"]["total"]
    assert "documents    5" in called(graph, "status").stdout


def test_loading_again_says_that_nothing_changed(graph: Graph) -> None:
    done = process(graph, "load")
    assert done.returncode == 0
    assert "nothing changed" in done.stdout


def test_a_question_and_a_query_on_the_command_line(graph: Graph) -> None:
    asked = process(graph, "ask", "which agencies support CCGIU")
    assert asked.returncode == 0
    assert "Implementation Agency for Crime and Security" in asked.stdout
    rows = json.loads(
        called(graph, "query", "members-of-program", "program=CBSI", "--format", "json").stdout
    )["rows"]
    assert len(rows) == 13


def test_the_export_parses_and_conforms(graph: Graph, tmp_path: Path) -> None:
    target = tmp_path / "g.ttl"
    done = process(graph, "export", "--format", "turtle", "-o", str(target))
    assert done.returncode == 0, done.stderr
    exported = rdflib.Graph().parse(target)
    assert len(exported) > 10_000
    checked = called(graph, "validate")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_extract_prints_one_object_a_document_and_touches_no_graph(graph: Graph, tmp_path: Path) -> None:
    path = release(tmp_path)
    before = graph.store.version()
    done = called(graph, "extract", str(path), "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["document"] for r in records] == ["harbour-patrols.txt"]
    mentions = {(m["entity"], RELEASE[m["start"] : m["end"]]) for m in records[0]["mentions"]}
    assert ("agency/atf", "ATF") in mentions
    assert {"mentions", "statements", "observations", "candidates"} <= records[0].keys()
    assert graph.store.version() == before


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query", "members-of-programme"], 2, "members-of-program"),
        (["query", "members-of-program"], 2, "program"),
        (["query", "members-of-program", "program=CBSJ nowhere"], 2, "program"),
        (["load", "no-such-folder"], 2, "no-such-folder"),
        (["export", "-o", "graph.unknown"], 2, "--format"),
        (["withdraw", "document/none"], 2, "document/none"),
        (["status", "--nonsense"], 2, "nonsense"),
        (["export", "-o", ""], 2, "no file"),
        (["serve", "--port", "99999"], 2, "65535"),
        (["serve", "--host", "300.1.1.1"], 2, "300.1.1.1"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(graph: Graph, arguments: list[str], code: int, message: str) -> None:
    done = called(graph, *arguments)
    assert done.returncode == code, done.stderr
    assert message in done.stderr


def test_bad_data_is_exit_code_1(graph: Graph, tmp_path: Path) -> None:
    (tmp_path / "scan.txt").write_bytes(b"\x00\x01" * 500)
    done = process(graph, "load", str(tmp_path / "scan.txt"))
    assert done.returncode == 1
    assert "scan.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_option_is_exit_code_2(graph: Graph) -> None:
    done = process(graph, "status", "--nonsense")
    assert done.returncode == 2
    assert "nonsense" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_setting_is_named(graph: Graph) -> None:
    made = environment(graph.settings) | {"CARISEC_PORT": "http"}
    done = subprocess.run(
        [sys.executable, "-m", "cli", "status"], env=made, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "CARISEC_PORT" in done.stderr


def test_cite_prints_a_pointer(graph: Graph, tmp_path: Path) -> None:
    path = release(tmp_path)
    done = called(graph, "cite", str(path), "The Regional", "Barbados.")
    start = RELEASE.index("The Regional")
    assert f"start: {start}, end: {RELEASE.index('Barbados.') + 9}" in done.stdout
    assert process(graph, "cite", str(path), "No such", "words").returncode == 2


def test_an_export_follows_links_and_writes_to_what_is_no_file(graph: Graph, tmp_path: Path) -> None:
    target, link = tmp_path / "target.jsonl", tmp_path / "link.jsonl"
    target.write_text("old", "utf-8")
    link.symlink_to(target)
    assert called(graph, "export", "-o", str(link)).returncode == 0
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8").splitlines()[0])["kind"] in ("entity", "document")
    assert process(graph, "export", "--format", "csv", "-o", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()


def test_an_empty_graph_says_so(tmp_path: Path) -> None:
    made = environment(
        Settings.from_environment({"CARISEC_DATA_DIR": str(tmp_path), "CARISEC_ENGINE_HEAP": "256m"})
    )
    for arguments in (
        ["ask", "which agencies support CCGIU"],
        ["export", "-o", str(tmp_path / "g.nt")],
        ["withdraw", "document/none"],
    ):
        command = [sys.executable, "-m", "cli", *arguments]
        done = subprocess.run(command, env=made, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "carisec load" in done.stderr
