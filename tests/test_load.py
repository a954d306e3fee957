"""Loading, end to end: idempotent, atomic, strict, and the same after a crash."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.loading import ExtractFormat, LoadFormat, extract_command, load_command, withdraw_command
from graph.captures import Capture, CaptureStore
from graph.changes import Content, difference
from graph.reading import read_content, read_counts
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    Entity,
    Evidence,
    make_statement,
    merge,
    text_hash,
)
from graph.settings import Settings
from graph.store import connect
from loaders.extract import Extraction, extract
from loaders.load import load, read_curated, withdraw
from loaders.register import read_register
from loaders.text import SourceText, read_documents
from schema.errors import DataError, NotFound
from schema.model import Schema
from tests.conftest import Graph, embedded_only, environment

RELEASE = """\
Harbour patrols begin

The Regional Security System (RSS) opened a training course on 4 March 2024 in Bridgetown, Barbados.
Officers of the Royal Barbados Police Force took part, and the Bureau of Alcohol, Tobacco, Firearms and
Explosives (ATF) supports the course.
"""


@pytest.fixture
def own(scratch: Graph) -> Settings:
    """An empty graph, whose engine keeps running."""
    return scratch.settings


@pytest.fixture
def new(tmp_path: Path) -> Settings:
    """An embedded graph in a folder of its own: each call starts the engine and stops it again."""
    return Settings.from_environment(
        {"CARISEC_DATA_DIR": str(tmp_path / "data"), "CARISEC_ENGINE_HEAP": "512m"}
    )


def content(settings: Settings, schema: Schema) -> Content:
    with connect(settings) as store:
        return read_content(store, schema)


def release(folder: Path, text: str = RELEASE) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / "harbour-patrols.txt"
    path.write_text(text, "utf-8")
    return path


def test_the_bundled_graph(graph: Graph) -> None:
    counts = read_counts(graph.store)
    assert counts["documents"] >= 5
    assert counts["entities"] >= 300
    assert counts["statements"]["accepted"] >= 600
    assert counts["statements_without_evidence"] == 0
    assert counts["evidence"] > counts["statements"]["total"]


def test_every_statement_keeps_to_the_schema(graph: Graph) -> None:
    content = read_content(graph.store, graph.schema)
    types = {e.id: e.types for e in content.entities}
    assert len(content.statements) > 600
    for statement in content.statements:
        predicate = graph.schema.predicates[statement.predicate]
        assert graph.schema.fits(types[statement.subject], predicate.domain), statement
        if statement.object:
            assert graph.schema.fits(types[statement.object], predicate.range), statement


def test_loading_again_changes_nothing(graph: Graph) -> None:
    report = load(graph.settings, graph.schema, [])
    assert not report.changed
    assert report.previous == report.built.content.version == graph.store.version()


@embedded_only
def test_a_document_brings_evidence_and_its_withdrawal_takes_it_away(
    own: Settings, schema: Schema, tmp_path: Path
) -> None:
    before = load(own, schema, []).built.content
    report = load(own, schema, [release(tmp_path / "in")])
    assert report.documents == ("document/harbour-patrols",)
    after = content(own, schema)
    document = next(e for e in after.entities if e.id == "document/harbour-patrols")
    assert document.properties["captured"] is True
    said = [s for s in after.statements if "document/harbour-patrols" in s.documents]
    mentioned = {s.object for s in said if s.predicate == "MENTIONS"}
    assert {"igo/rss", "agency/atf", "country/bb", "place/bridgetown"} <= mentioned
    for statement in said:
        for evidence in statement.evidence:
            assert evidence.quote == RELEASE[evidence.start : evidence.end]
            assert evidence.verified
    assert not load(own, schema, []).changed, "what was loaded before stays"
    withdraw(own, schema, "document/harbour-patrols")
    assert content(own, schema) == before


@embedded_only
def test_withdrawing_what_is_not_there_is_told(own: Settings, schema: Schema) -> None:
    load(own, schema, [])
    with pytest.raises(NotFound, match="document/2023-11-22-joint-statement"):
        withdraw(own, schema, "document/nothing")


@embedded_only
def test_a_bad_document_is_left_out_and_harms_no_other(own: Settings, schema: Schema, tmp_path: Path) -> None:
    load(own, schema, [release(tmp_path / "in")])
    changed = RELEASE.replace("March", "April")
    (tmp_path / "in" / "broken.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "in" / "empty.txt").write_text("", "utf-8")
    release(tmp_path / "in", changed)
    report = load(own, schema, [tmp_path / "in"])
    assert [Path(fault.file).name for fault in report.faults] == ["broken.txt", "empty.txt"]
    assert report.documents == ("document/harbour-patrols",)
    assert CaptureStore(own.data_dir).read_all().keys() == {"document/harbour-patrols"}
    assert CaptureStore(own.data_dir).text("document/harbour-patrols") == changed
    assert not load(own, schema, []).faults


def failing_on(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """From here on a document with this word trips carisec itself."""

    def tripping(source: SourceText, *given: Any) -> Extraction:
        if word in source.text:
            raise KeyError("unit/lost")
        return extract(source, *given)

    monkeypatch.setattr("loaders.load.extract", tripping)


@embedded_only
def test_a_document_that_carisec_fails_on_is_left_out_and_harms_no_other(
    own: Settings, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(own, schema, [release(tmp_path / "in")])
    before = content(own, schema)
    with monkeypatch.context() as patch:
        failing_on(patch, "tripwire")
        release(tmp_path / "in", RELEASE + "\nA tripwire was mended.\n")
        (tmp_path / "in" / "lamps.txt").write_text("Lamps\n\nJamaica hosted a fair of lamps.\n", "utf-8")
        report = load(own, schema, [tmp_path / "in"])
        (fault,) = report.faults
        assert (fault.file, "KeyError in test_load.py" in fault.message) == ("harbour-patrols.txt", True)
        assert report.documents == ("document/lamps",)
        assert {s.id for s in before.statements} <= {s.id for s in report.built.content.statements}
        failing_on(patch, "Harbour patrols")
        report = withdraw(own, schema, "document/lamps")
        assert [fault.file for fault in report.faults] == ["harbour-patrols.txt"]
    assert CaptureStore(own.data_dir).text("document/harbour-patrols") == RELEASE
    assert load(own, schema, []).faults == ()
    assert content(own, schema) == before


def test_extract_leaves_out_what_carisec_fails_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release(tmp_path / "in")
    (tmp_path / "in" / "lamps.txt").write_text("Lamps\n\nJamaica hosted a fair of lamps.\n", "utf-8")
    failing_on(monkeypatch, "Harbour patrols")
    with pytest.raises(typer.Exit) as exit_:
        extract_command([tmp_path / "in"], ExtractFormat.JSON, compare=False, explained=False)
    assert exit_.value.exit_code == 1
    told = capsys.readouterr()
    assert [record["document"] for record in json.loads(told.out)] == ["lamps.txt"]
    assert "harbour-patrols.txt:1: carisec fails on this document: KeyError" in told.err
    assert "documents read: 1" in told.err


@embedded_only
def test_faults_of_the_facts_change_neither_graph_nor_captures(
    own: Settings, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(own, schema, [release(tmp_path / "in")])
    before = content(own, schema)
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "notes.yaml").write_text("document: document/nowhere\nfacts: []\n")
    read = read_curated
    monkeypatch.setattr("loaders.load.read_curated", lambda s, m: read(s, m, tmp_path / "facts"))
    with pytest.raises(DataError, match=r"notes\.yaml"):
        load(own, schema, [release(tmp_path / "in", RELEASE.replace("March", "April"))])
    assert content(own, schema) == before
    assert CaptureStore(own.data_dir).text("document/harbour-patrols") == RELEASE


@embedded_only
def test_a_text_that_is_not_the_curated_one_is_left_out(
    own: Settings, schema: Schema, tmp_path: Path
) -> None:
    impostor = tmp_path / "2023-11-22-joint-statement.txt"
    impostor.write_text(RELEASE, "utf-8")
    report = load(own, schema, [impostor])
    assert report.documents == ()
    (fault,) = report.faults
    assert "0 of" in fault.message
    assert "sha256 differs" in fault.message


@embedded_only
def test_the_command_tells_the_difference_and_the_faults(
    own: Settings,
    schema: Schema,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Settings, "from_environment", lambda: own)
    load(own, schema, [])
    release(tmp_path / "in")
    (tmp_path / "in" / "broken.txt").write_bytes(b"\x00\x01\x02" * 100)
    with pytest.raises(typer.Exit) as exit_:
        load_command([tmp_path / "in"], LoadFormat.JSON)
    assert exit_.value.exit_code == 1
    told = capsys.readouterr()
    report = json.loads(told.out)
    assert report["documents"] == ["document/harbour-patrols"]
    assert [Path(fault["file"]).name for fault in report["faults"]] == ["broken.txt"]
    assert "document/harbour-patrols" in [e["id"] for e in report["entities"]["new"]]
    assert report["mentions"]["new"] >= 4
    assert report["changed"] is True
    assert "broken.txt" in told.err
    assert "documents read: 1" in told.err
    load_command([], LoadFormat.TEXT)
    assert "nothing changed" in capsys.readouterr().out
    withdraw_command("document/harbour-patrols")
    assert "entities gone: " in capsys.readouterr().out


@embedded_only
def test_a_load_says_what_it_adds_and_what_it_takes_back(
    own: Settings, schema: Schema, tmp_path: Path
) -> None:
    load(own, schema, [])
    added = load(own, schema, [release(tmp_path / "in")]).difference
    assert [e.id for e in added.new_entities if "Document" in e.types] == ["document/harbour-patrols"]
    assert added.mentions[0] >= 4
    assert all(s.documents == ("document/harbour-patrols",) for s in added.new)
    corrected = load(own, schema, [release(tmp_path / "in", "A correction.\n\n" + RELEASE)]).difference
    assert {(m.before.start + 15, m.before.end + 15) for m in corrected.moved} == {
        (m.after.start, m.after.end) for m in corrected.moved
    }
    assert corrected.moved
    assert (corrected.new, corrected.gone, corrected.stronger, corrected.weaker) == ((), (), (), ())
    gone = withdraw(own, schema, "document/harbour-patrols").difference
    assert {s.id for s in gone.gone} == {s.id for s in added.new}
    assert {e.id for e in gone.gone_entities} == {e.id for e in added.new_entities}


@embedded_only
def test_a_changed_document_replaces_its_old_reading(own: Settings, schema: Schema, tmp_path: Path) -> None:
    load(own, schema, [release(tmp_path / "in")])
    load(
        own,
        schema,
        [release(tmp_path / "in", "In Kingston, the Jamaica Defence Force met with officials.\n")],
    )
    said = [s for s in content(own, schema).statements if "document/harbour-patrols" in s.documents]
    mentioned = {s.object for s in said if s.predicate == "MENTIONS"}
    assert "igo/rss" not in mentioned
    assert "place/kingston" in mentioned


def test_the_documents_verify_every_pointer(new: Settings, schema: Schema, corpus: Path) -> None:
    load(new, schema, [corpus])
    with connect(new) as store:
        counts = read_counts(store)
    assert counts["documents_captured"] == 5
    assert counts["evidence_verified"] == counts["evidence"]
    assert counts["statements_without_evidence"] == 0
    assert not load(new, schema, [corpus]).changed


def test_killed_in_the_middle_and_run_again_it_ends_with_the_same_graph(
    new: Settings, schema: Schema, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    release(folder)
    command = [sys.executable, "-m", "cli", "load", str(folder)]
    rounds = random.Random(7)
    for _ in range(3):
        process = subprocess.Popen(
            command, env=environment(new), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(rounds.uniform(1.0, 6.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    subprocess.run(command, env=environment(new), check=True, stdout=subprocess.DEVNULL)
    reference = Settings.from_environment(
        {"CARISEC_DATA_DIR": str(tmp_path / "reference"), "CARISEC_ENGINE_HEAP": "512m"}
    )
    load(reference, schema, [folder])
    assert content(new, schema) == content(reference, schema)
    assert CaptureStore(new.data_dir).read_all() == CaptureStore(reference.data_dir).read_all()


@embedded_only
def test_a_damaged_capture_is_told_and_changes_nothing(own: Settings, schema: Schema, tmp_path: Path) -> None:
    load(own, schema, [release(tmp_path / "in")])
    before = content(own, schema)
    capture = own.data_dir / "captures" / "harbour-patrols.txt"
    capture.write_text(RELEASE.replace("ATF", "AFT"), "utf-8")
    with pytest.raises(DataError, match="harbour-patrols"):
        load(own, schema, [])
    assert content(own, schema) == before
    for path in (capture, capture.with_suffix(".json")):
        path.unlink()
    assert load(own, schema, [release(tmp_path / "in")]).changed is False, "the mend that the message names"


@embedded_only
def test_what_a_killed_load_left_behind_is_undone(own: Settings, schema: Schema, tmp_path: Path) -> None:
    load(own, schema, [])
    before = content(own, schema)
    captures = own.data_dir / "captures"
    shutil.copytree(captures, captures.with_name("captures.previous"))
    store = CaptureStore(own.data_dir)
    path = release(tmp_path / "in")
    (document,) = read_documents([path], read_register(schema)).sources
    store._write({document.entity.id: Capture(document.entity, document.text)})
    load(own, schema, [])
    assert content(own, schema) == before
    assert store.read_all() == {}


def test_a_withdrawal_holds_for_everyone_on_the_graph(scratch: Graph, schema: Schema, tmp_path: Path) -> None:
    other = (
        replace(scratch.settings, data_dir=tmp_path / "other")
        if not scratch.settings.embedded
        else scratch.settings
    )
    load(scratch.settings, schema, [release(tmp_path / "in")])
    withdraw(other, schema, "document/harbour-patrols")
    load(scratch.settings, schema, [])
    assert "document/harbour-patrols" not in {e.id for e in read_content(scratch.store, schema).entities}
    load(other, schema, [release(tmp_path / "in")])
    assert "document/harbour-patrols" in {e.id for e in read_content(scratch.store, schema).entities}
    withdraw(other, schema, "document/harbour-patrols")


def test_a_candidate_becomes_real_and_goes_again(scratch: Graph) -> None:
    """On both engines labels, relationships and evidence follow the types of an entity."""
    schema = scratch.schema
    document = Entity("document/d", ("Document",), "D", properties={"sha256": "0" * 64})
    office = Entity("agency/office", ("Agency",), "Office")
    candidate = Entity(
        "candidate/gust-squad", ("Candidate",), "Gust Squad", properties={"proposedType": "Unit"}
    )
    unit = Entity("unit/gust-squad", ("Unit",), "Gust Squad")
    pointer = Evidence("document/d", 0, 4, text_hash("Gust"), "r@1", quote="Gust")

    def wanted(squad: Entity, status: str) -> Content:
        statements = [
            make_statement(schema, office.id, "SUPPORTS", squad.id, status=status, evidence=[pointer]),
            make_statement(schema, document.id, "MENTIONS", squad.id, evidence=[pointer]),
        ]
        entities = sorted((document, office, squad), key=lambda e: e.id)
        return Content(tuple(entities), tuple(merge(statements)))

    states = [
        (wanted(candidate, CANDIDATE), ["Candidate", "Entity"], 0),
        (wanted(unit, ACCEPTED), ["Entity", "Organization", "Unit"], 1),
        # The same id with other types: a judgement that was changed.
        (wanted(replace(unit, types=("Program",)), ACCEPTED), ["Entity", "Program"], 1),
        (wanted(candidate, CANDIDATE), ["Candidate", "Entity"], 0),
    ]
    for content, labels, hops in states:
        scratch.store.apply(schema, difference(schema, content, scratch.store.known()))
        assert read_content(scratch.store, schema) == content
        row = scratch.store.read(
            "MATCH (n:Entity {name: 'Gust Squad'}) RETURN labels(n), count { (n)<-[:SUPPORTS]-(:Entity) }, "
            "count { (n)<-[:OBJECT]-(:Statement) }"
        ).rows
        assert [(sorted(found), hop, told) for found, hop, told in row] == [(labels, hops, 2)]
    scratch.store.apply(schema, difference(schema, Content((), ()), scratch.store.known()))
    assert scratch.store.read("MATCH (n:Entity) RETURN count(n)").rows == [(0,)]


@pytest.mark.neo4j
def test_what_another_data_folder_loaded_stays(scratch: Graph, schema: Schema, tmp_path: Path) -> None:
    if scratch.settings.embedded:
        pytest.skip("an embedded graph has one data folder")
    load(scratch.settings, schema, [release(tmp_path / "in")])
    before = read_content(scratch.store, schema)
    other = replace(scratch.settings, data_dir=tmp_path / "other")
    assert not load(other, schema, []).changed
    assert read_content(scratch.store, schema) == before
    withdraw(other, schema, "document/harbour-patrols")
