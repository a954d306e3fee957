"""The evidence gate, end to end: a curated document, its corrected version, the report, and the repair."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from fastapi.testclient import TestClient

from api.app import create_app
from cli.validating import ReportFormat, validate_command
from graph.captures import CaptureStore
from graph.rdf import triples
from graph.rdf_reading import read_quads
from graph.reading import read_content
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    CHANGED_WORDING,
    CURATED,
    DOCUMENT_CHANGED,
    EXACT,
    NO_TEXT,
    ORPHAN,
    SHIFTED,
    Entity,
    Evidence,
    make_statement,
    text_hash,
)
from graph.settings import Settings
from loaders.evidence import check_evidence_of, evidence_report_json, repair_pointers
from loaders.facts import FACTS, read_facts
from loaders.judgements import Judgements
from loaders.load import Curated, load
from loaders.register import read_register
from queries.answers import Details, citations_of
from queries.candidates import find_candidate
from schema.model import Schema
from tests.commands import carisec
from tests.conftest import Graph, environment

STANDS = "The Regional Security System opened a boat course in Bridgetown."
REWORDED = "The course was held for thirty officers on 4 March 2024."
NOTES = f"Harbour notes\n\n{STANDS}\n{REWORDED}\nThe Coast Guard of Barbados lent two boats.\n"
CORRECTED = "A correction of the week.\n\n" + NOTES.replace("4 March", "14 March")
DOCUMENT = "document/harbour-notes"


def pointer(clause: str) -> str:
    start = NOTES.index(clause)
    return f"{{start: {start}, end: {start + len(clause)}, sha256: {text_hash(clause)}}}"


def write_facts(folder: Path) -> Path:
    folder.mkdir()
    lines = [f"document: {DOCUMENT}", "facts:"]
    for subject, clause in (("country/bb", STANDS), ("country/us", REWORDED)):
        lines += [
            f"  - subject: {subject}",
            "    predicate: SUPPORTS",
            "    object: igo/rss",
            "    summary: It helps.",
            "    clauses:",
            f"      - {pointer(clause)}",
        ]
    (folder / "notes.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@pytest.fixture
def curated(
    scratch: Graph, schema: Schema, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[str], None]]:
    """Loads texts of a document of which facts were curated; the facts are in the folder `facts`."""
    facts = write_facts(tmp_path / "facts")
    register = read_register(schema)
    notes = Entity(DOCUMENT, ("Document",), "Harbour notes", properties={"sha256": text_hash(NOTES)})
    few = {key: register.entities[key] for key in ("country/bb", "country/us", "igo/rss")}
    names = tuple(name for name in register.names if name.entity in few)
    register = replace(register, entities={**few, DOCUMENT: notes}, names=names)

    def read(_: Settings, schema: Schema, folder: Path = facts) -> Curated:
        return Curated(schema, register, read_facts(schema, register, folder), Judgements(schema))

    monkeypatch.setattr("loaders.load.read_curated", read)
    monkeypatch.setattr("loaders.evidence.read_curated", read)
    monkeypatch.setattr("loaders.load.read_pointers", lambda *_: ())

    def give(text: str) -> None:
        path = tmp_path / "harbour-notes.txt"
        path.write_text(text, "utf-8")
        assert load(scratch.settings, schema, [path]).faults == ()

    yield give
    captures = CaptureStore(scratch.settings.data_dir)
    with captures.locked(), captures.replaced({}):
        pass


def states(graph: Graph, facts: Path) -> dict[str, str]:
    """State of each curated pointer into the notes, by the subject of its fact."""
    report = check_evidence_of(graph.settings, graph.schema, facts)
    subjects = {s.id: s.subject for s in read_content(graph.store, graph.schema).statements}
    return {
        subjects[one.statement]: one.state
        for one, place in report.pointers
        if place.startswith("facts/notes") and one.pointer.document == DOCUMENT
    }


def in_graph(graph: Graph) -> dict[str, tuple[str, str, str | None]]:
    """Status, state and quote of each curated statement about the notes, by its subject."""
    rows = graph.store.read(
        "MATCH (e:Evidence {rule: 'curated'})-[:FROM]->(d:Entity {id: $id}) "
        "MATCH (e)-[:EVIDENCE_FOR]->(s:Statement)-[:SUBJECT]->(a:Entity) "
        "RETURN a.id, s.status, e.anchor, e.quote",
        {"id": DOCUMENT},
    ).rows
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


def test_the_gate_and_the_repair(scratch: Graph, curated: Callable[[str], None], tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    curated(NOTES)
    assert states(scratch, facts) == {"country/bb": EXACT, "country/us": EXACT}
    assert check_evidence_of(scratch.settings, scratch.schema, facts).conforms
    curated(CORRECTED)
    new = REWORDED.replace("4 March", "14 March")
    assert in_graph(scratch) == {
        "country/bb": (ACCEPTED, SHIFTED, STANDS),
        "country/us": (CANDIDATE, CHANGED_WORDING, new),
    }
    assert states(scratch, facts) == {"country/bb": SHIFTED, "country/us": CHANGED_WORDING}
    report = check_evidence_of(scratch.settings, scratch.schema, facts)
    assert not report.conforms
    assert {d.id: d.state for d in report.documents}[DOCUMENT] == DOCUMENT_CHANGED
    assert in_graph(scratch)["country/bb"] == (ACCEPTED, SHIFTED, STANDS), "the check changes nothing"
    (done,) = repair_pointers(report, facts, None)
    assert (done.file, done.line) == ("facts/notes.yaml", 8)
    assert states(scratch, facts) == {"country/bb": EXACT, "country/us": CHANGED_WORDING}
    curated(CORRECTED)
    assert in_graph(scratch)["country/bb"] == (ACCEPTED, EXACT, STANDS)
    assert in_graph(scratch)["country/us"][1] == CHANGED_WORDING, "the old wording is still known"
    told = evidence_report_json(check_evidence_of(scratch.settings, scratch.schema, facts))
    (changed,) = (p for p in told["pointers"] if p["state"] == CHANGED_WORDING)
    assert (changed["wording"], changed["found"]["wording"]) == (REWORDED, new)


def test_answers_tell_how_a_clause_stands_and_cite_none_that_does_not_hold(
    scratch: Graph, curated: Callable[[str], None]
) -> None:
    curated(NOTES)
    curated(CORRECTED)
    client = TestClient(create_app(scratch.settings, scratch.store))
    for entity, state, words in (
        ("country/bb", SHIFTED, "found elsewhere in a corrected text"),
        ("country/us", CHANGED_WORDING, "worded otherwise in a corrected text"),
    ):
        told = client.get(f"/entities/{entity}").json()["statements"]
        ((key, one),) = ((s["id"], e) for s in told for e in s["evidence"] if e["rule"] == CURATED)
        assert one["anchor"] == state
        assert words in client.get(f"/statements/{key}.html").text
        ids = [s["id"] for s in told]
        cited = citations_of(Details(scratch.store).load(ids), ids)
        assert [c["quote"] for c in cited] == ([STANDS] if state == SHIFTED else [])
    assert find_candidate(scratch.store, scratch.schema, key)["why"] == "its clause is not in the text"


def test_a_text_that_was_changed_after_its_capture(
    scratch: Graph, curated: Callable[[str], None], tmp_path: Path
) -> None:
    curated(NOTES)
    capture = scratch.settings.data_dir / "captures" / "harbour-notes.txt"
    capture.write_text(f"Harbour notes\n\nOn Monday.\n{STANDS}\n", "utf-8")
    assert states(scratch, tmp_path / "facts") == {"country/bb": SHIFTED, "country/us": ORPHAN}
    assert {k: v[1] for k, v in in_graph(scratch).items()} == {"country/bb": SHIFTED, "country/us": ORPHAN}
    capture.write_text(NOTES, "utf-8")
    assert states(scratch, tmp_path / "facts") == {"country/bb": EXACT, "country/us": EXACT}
    curated(NOTES)
    assert {v[1] for v in in_graph(scratch).values()} == {EXACT}


def test_a_text_whose_original_was_never_there(
    scratch: Graph, curated: Callable[[str], None], tmp_path: Path
) -> None:
    curated(CORRECTED)
    assert states(scratch, tmp_path / "facts") == {"country/bb": SHIFTED, "country/us": DOCUMENT_CHANGED}
    status, state, quote = in_graph(scratch)["country/us"]
    assert (status, state, quote) == (CANDIDATE, DOCUMENT_CHANGED, None)


def test_another_text_under_the_name_is_left_out(
    scratch: Graph, schema: Schema, curated: Callable[[str], None], tmp_path: Path
) -> None:
    curated(NOTES)
    path = tmp_path / "harbour-notes.txt"
    path.write_text("Something else altogether.\n", "utf-8")
    report = load(scratch.settings, schema, [path])
    (fault,) = report.faults
    assert "0 of 2 clauses" in fault.message
    assert not report.changed


def test_the_state_of_evidence_goes_out_in_rdf_and_comes_back(schema: Schema) -> None:
    evidence = Evidence(DOCUMENT, 3, 9, text_hash("clause"), quote="clause", anchor=SHIFTED)
    statement = make_statement(schema, "country/bb", "SUPPORTS", "igo/rss", evidence=[evidence])
    out = triples(schema, [], [statement], "https://e.example/")
    assert list(read_quads(schema, out, "https://e.example/").statements) == [statement]
    assert statement.evidence[0].state == SHIFTED


def test_a_graph_without_texts_passes_on_the_command_line(graph: Graph) -> None:
    done = carisec(environment(graph.settings), "validate", "--evidence", "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["conforms"] is True
    assert {state for state, count in told["counts"].items() if count} == {NO_TEXT}
    assert {d["state"] for d in told["documents"]} == {NO_TEXT}


def test_the_table_shows_old_and_new_wording_and_the_exit_code_is_1(
    scratch: Graph,
    curated: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(Settings, "from_environment", lambda: scratch.settings)
    facts = tmp_path / "facts"
    curated(NOTES)
    validate_command(ReportFormat.TEXT, evidence=True, repair=False, facts=facts)
    assert "exact" in capsys.readouterr().out
    curated(CORRECTED)
    with pytest.raises(typer.Exit) as exit_:
        validate_command(ReportFormat.TEXT, evidence=True, repair=False, facts=facts)
    assert exit_.value.exit_code == 1
    lines = capsys.readouterr().out.splitlines()
    shifted = next(line for line in lines if line.startswith(SHIFTED))
    start = CORRECTED.index(STANDS)
    assert "facts/notes.yaml:8" in shifted
    assert f"stands at {start}–{start + len(STANDS)}" in shifted
    assert f"    was: {REWORDED}" in lines
    assert f"    now: {REWORDED.replace('4 March', '14 March')}" in lines
    with pytest.raises(typer.Exit):
        validate_command(ReportFormat.JSON, evidence=False, repair=True, facts=facts)
    assert json.loads(capsys.readouterr().out)["counts"][SHIFTED] == 0
    assert f"start: {start}" in (facts / "notes.yaml").read_text("utf-8")


def test_the_bundled_pointers_hold_in_their_texts(schema: Schema, corpus: Path, tmp_path: Path) -> None:
    settings = Settings.from_environment(
        {"CARISEC_DATA_DIR": str(tmp_path / "data"), "CARISEC_ENGINE_HEAP": "512m"}
    )
    load(settings, schema, [corpus])
    report = check_evidence_of(settings, schema, FACTS)
    assert report.conforms
    assert {state for state, count in report.counts.items() if count} == {EXACT}
