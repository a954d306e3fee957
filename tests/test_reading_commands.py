"""`carisec extract` and `carisec resolve` in this process: what they print and tell; no graph is needed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli import loading, resolving
from cli.main import app
from graph.records import text_hash
from loaders.explain import Explanation
from loaders.register import Register, read_register
from loaders.text import SourceText
from schema.errors import DataError, UsageError
from schema.model import Schema
from tests.test_load import RELEASE, release


@pytest.fixture(scope="module")
def bundled(schema: Schema) -> Register:
    return read_register(schema)


@pytest.fixture(autouse=True)
def _register_read_once(bundled: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each call would read the register again, which takes longer than all else that it does."""
    for module in (loading, resolving):
        monkeypatch.setattr(module, "read_register", lambda _schema: bundled)


def called(*arguments: str, text: str | bytes = "") -> Result:
    """What a command prints in this process; what it raises is told by the entry point."""
    made = {"COLUMNS": "200"}
    return CliRunner(env=made).invoke(app, list(arguments), input=text, catch_exceptions=False)


def test_extract_explains_how_each_sentence_was_read(tmp_path: Path) -> None:
    done = called("extract", str(release(tmp_path)), "--explain")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "harbour-patrols.txt"
    places = [line.split("  ")[0] for line in lines[1:] if not line.startswith(" ")]
    spans = [tuple(int(n) for n in place.split("-")) for place in places]
    assert len(spans) == 2
    assert [RELEASE[start:end].split()[0] for start, end in spans] == ["The", "Officers"]
    kinds = {line.split()[0] for line in lines if line.startswith("  ")}
    assert {"name", "frame", "fired"} <= kinds <= {"name", "frame", "fired", "nearly"}
    assert any(line.startswith("  name   ATF = agency/atf") for line in lines)
    assert any("SUPPORTS" in line and "relation/" in line for line in lines if "  fired" in line)


def test_extract_explains_in_json_too(tmp_path: Path) -> None:
    done = called("extract", str(release(tmp_path)), "--explain", "--format", "json")
    (record,) = json.loads(done.stdout)
    assert record["document"] == "harbour-patrols.txt"
    for sentence in record["sentences"]:
        assert sentence["text"] == " ".join(RELEASE[sentence["start"] : sentence["end"]].split())
        assert sentence.keys() >= {"names", "frames", "promoted", "found", "figures", "pledges", "near"}
    found = [one for sentence in record["sentences"] for one in sentence["found"]]
    assert ("agency/atf", "SUPPORTS") in {(one["subject"], one["predicate"]) for one in found}


@pytest.mark.parametrize("way", [[], ["--explain"]])
def test_extract_prints_lines_or_a_list_of_the_same_records(tmp_path: Path, way: list[str]) -> None:
    paths = [str(release(tmp_path)), str(tmp_path / "second.txt")]
    Path(paths[1]).write_text("The ATF supports Haiti.\n", "utf-8")
    lines = called("extract", *paths, *way, "--format", "jsonl").stdout.splitlines()
    listed = json.loads(called("extract", *paths, *way, "--format", "json").stdout)
    assert [json.loads(line) for line in lines] == listed
    assert [record["document"] for record in listed] == ["harbour-patrols.txt", "second.txt"]
    assert list(listed[0])[1] == ("sentences" if way else "mentions")
    if not way:
        assert called("extract", *paths).stdout.splitlines() == lines


def test_extract_keeps_a_failure_in_one_document_from_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(source: SourceText, *_: object) -> Iterator[Explanation]:
        if source.file == "bad.txt":
            raise IndexError("beyond the end")
        yield Explanation(0, 1, source.file, ())

    monkeypatch.setattr(loading, "explain", failing)
    for name in ("bad.txt", "good.txt"):
        (tmp_path / name).write_text("The ATF supports Haiti.\n", "utf-8")
    done = called("extract", str(tmp_path), "--explain")
    assert done.exit_code == 1
    assert "0-1  good.txt" in done.stdout
    assert "bad.txt" in done.stderr
    assert "IndexError" in done.stderr


@pytest.mark.parametrize(
    ("way", "message"),
    [
        (["--explain", "--compare"], "--compare and --explain"),
        (["--compare", "--format", "jsonl"], "--compare with --format jsonl"),
    ],
)
def test_extract_refuses_what_does_not_go_together(tmp_path: Path, way: list[str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        called("extract", str(release(tmp_path)), *way)


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder of two documents."""
    (tmp_path / "a.txt").write_text("The boats came.\n\nThe dogs slept on deck. The end.\n", "utf-8")
    (tmp_path / "b.txt").write_text("The boats left.\n\nOn 4 May 2021 rain fell on Kelpia.\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("first", "last", "file", "clause"),
    [
        ("The dogs", "deck.", "a.txt", "The dogs slept on deck."),
        ("On 4 May", "Kelpia", "b.txt", "On 4 May 2021 rain fell on Kelpia"),
        ("The boats", "left.", "b.txt", "The boats left."),
    ],
)
def test_cite_looks_in_all_documents_of_a_folder(
    two: Path, first: str, last: str, file: str, clause: str
) -> None:
    done = called("cite", str(two), first, last)
    start = (two / file).read_text("utf-8").index(clause)
    assert f"start: {start}, end: {start + len(clause)}, sha256: {text_hash(clause)}" in done.stdout
    assert f"in {file}" in done.stderr
    assert f"in {file}" not in called("cite", str(two / file), first, last).stderr


@pytest.mark.parametrize(
    ("first", "last", "message"),
    [
        ("The boats", ".", "more than once .*a.txt, b.txt"),
        ("The", "end.", "more than once .*a.txt"),
        ("The boats", "sank", "no clause"),
    ],
)
def test_cite_wants_one_clause(two: Path, first: str, last: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        called("cite", str(two), first, last)


def test_validate_refuses_facts_that_it_does_not_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--facts without --evidence or --repair"):
        called("validate", "--facts", str(tmp_path))


def test_extract_tells_a_file_that_it_cannot_read_and_reads_the_others(tmp_path: Path) -> None:
    path = release(tmp_path)
    (tmp_path / "scan.txt").write_bytes(b"\x00\x01" * 500)
    for way in ([], ["--explain"]):
        done = called("extract", str(tmp_path), *way)
        assert done.exit_code == 1
        assert path.name in done.stdout
        assert "scan.txt" in done.stderr
        assert "files at fault: 1" in done.stderr


@pytest.mark.parametrize("way", [[], ["--explain"], ["--format", "json"]])
def test_extract_without_a_document_is_refused(way: list[str]) -> None:
    with pytest.raises(UsageError, match="name one or more files"):
        called("extract", *way)


def test_extract_compares_only_documents_with_curated_facts(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="none of 1 documents has curated facts"):
        called("extract", str(release(tmp_path)), "--compare")


def test_extract_compares_a_document_with_the_curated_facts(corpus: Path) -> None:
    path = str(corpus / "2020-10-28-ninth-dialogue.txt")
    record = json.loads(called("extract", path, "--compare", "--format", "json").stdout)
    assert record["documents"] == ["document/2020-10-28-ninth-dialogue"]
    total = record["total"]
    assert 0 < total["found"] <= total["curated"]
    assert len(record["missed"]) == total["curated"] - total["found"]
    printed = called("extract", path, "--compare").stdout
    assert f"missed: {len(record['missed'])}" in printed


def test_resolve_says_what_a_text_names_and_what_was_nearly_a_name() -> None:
    text = "The ATF met Director Wendy Crabb of the RSS about the New Strategy."
    record = json.loads(called("resolve", text, "--format", "json").stdout)
    assert {m["words"] for m in record["mentions"]} >= {"ATF", "RSS"}
    assert all(text[m["start"] : m["end"]] == m["words"] for m in record["mentions"])
    assert "New Strategy" in {near["words"] for near in record["near_misses"]}
    assert json.loads(called("resolve", "-", "--format", "json", text=text).stdout) == record
    assert "agency/atf" in called("resolve", text).stdout


def test_resolve_tells_bytes_that_are_no_text() -> None:
    with pytest.raises(DataError, match=r"standard input:2: is not UTF-8 text: byte 0xFF .*save it as UTF-8"):
        called("resolve", "-", "--format", "json", text=b"The\nATF \xff met.")
    with pytest.raises(UsageError, match=r"not UTF-8 at position 4; give it as UTF-8"):
        called("resolve", "ATF \udcff met.", "--format", "json")
    assert "no names" in called("resolve", "-", text="").stdout


@pytest.mark.parametrize("arguments", [[], ["ATF", "--file", "notes.txt"]])
def test_resolve_takes_a_text_or_a_file(arguments: list[str]) -> None:
    with pytest.raises(UsageError, match="one of the two"):
        called("resolve", *arguments)
