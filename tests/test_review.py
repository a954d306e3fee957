"""`carisec review`: what is listed, what is written, what is told."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.main import app
from graph.changes import Content
from graph.judgements import Claim, Judgement, Naming, read_judgement_file, record
from graph.reading import read_content
from graph.settings import Settings
from graph.store import connect
from loaders.load import load
from schema.errors import DataError, UsageError
from schema.model import Schema
from tests.commands import Done, carisec
from tests.conftest import Graph, embedded_only, environment
from tests.review_graph import COVE, TEXT, UNIT, reviewed, statement


@pytest.fixture
def waiting(scratch: Graph, tmp_path: Path) -> Iterator[Graph]:
    with reviewed(scratch, tmp_path) as graph:
        yield graph


def review(graph: Graph, *arguments: str, code: int = 0) -> Done:
    given = environment(graph.settings) | {"CARISEC_JUDGEMENTS": str(graph.settings.judgement_file)}
    done = carisec(given, "review", *arguments)
    assert done.returncode == code, done.stdout + done.stderr
    return done


def decisions(graph: Graph) -> list[tuple[str, str | None]]:
    return [(j.decision, j.entity) for j in read_judgement_file(graph.schema, graph.settings.judgement_file)]


def test_the_list_as_a_table_and_as_json(waiting: Graph) -> None:
    table = review(waiting)
    for told in (
        UNIT.id,
        "Harbour Unit (Unit)",
        "a name that ends in Unit",
        "mention/unknown-unit@1",
        "note (+1)",
    ):
        assert told in table.stdout
    assert "1–4 of 4" in table.stderr
    funds = statement(waiting.schema, "FUNDS")
    assert funds[:8] in table.stdout
    record = json.loads(review(waiting, "--format", "json", "--limit", "3").stdout)
    assert [one["id"] for one in record["candidates"]][:2] == [UNIT.id, COVE.id]
    assert (record["total"], record["truncated"], record["limit"]) == (4, True, 3)
    paged = review(waiting, "--limit", "3", "--offset", "0")
    assert "--offset 3" in paged.stderr
    last = review(waiting, "--offset", "3")
    assert "4–4 of 4" in last.stderr
    assert "more follow" not in last.stderr


def test_the_list_can_be_narrowed(waiting: Graph) -> None:
    def ids(*arguments: str) -> list[str]:
        record = json.loads(review(waiting, "--format", "json", *arguments).stdout)
        return [one["id"] for one in record["candidates"]]

    assert ids("--type", "Place") == [COVE.id]
    assert (
        ids("--predicate", "FUNDS")
        == ids("--document", "document/other")
        == [statement(waiting.schema, "FUNDS")]
    )


def test_the_next_one_with_its_text(waiting: Graph) -> None:
    shown = review(waiting, "--next").stdout
    assert TEXT.partition(". ")[0].replace("Harbour Unit", "»Harbour Unit«") in shown
    assert f"carisec review merge {UNIT.id} --entity" in shown
    record = json.loads(review(waiting, "--next", "--format", "json").stdout)
    assert "»Harbour Unit«" in record["candidates"][0]["context"]
    shown = review(waiting, "--next", "--predicate", "FUNDS").stdout
    assert "»The Alpha Bureau may fund the Tide Programme.«" in shown
    assert "merge" not in shown


def test_decisions_are_written_and_not_asked_again(waiting: Graph) -> None:
    funds = statement(waiting.schema, "FUNDS")
    done = review(waiting, "accept", "harbour-unit", funds[:10], "--note", "as it  says", "--by", "ana")
    assert "Harbour Unit" in done.stdout
    assert "unit/harbour-unit" in done.stdout
    assert str(waiting.settings.judgement_file) in done.stdout
    assert "carisec load" in done.stdout
    assert decisions(waiting) == [("accept", None), ("accept", None)]
    text = waiting.settings.judgement_file.read_text()
    assert "note: as it says" in text
    assert "by: ana" in text
    left = review(waiting)
    assert UNIT.id not in left.stdout
    assert COVE.id in left.stdout
    assert "3 more are decided" in left.stderr
    again = review(waiting, "accept", "harbour-unit", "--note", "as it says", "--by", "ana")
    assert again.stdout.startswith("accept")
    assert waiting.settings.judgement_file.read_text() == text


def test_names_can_be_merged_and_told_apart(waiting: Graph) -> None:
    review(waiting, "merge", UNIT.id, "--entity", "Harbour Police", "--document", "document/note")
    review(waiting, "alias", "the Bureau", "--entity", "agency/alpha")
    review(waiting, "distinct", "zeta-cove", "--entity", "program/tide")
    made = read_judgement_file(waiting.schema, waiting.settings.judgement_file)
    assert {(j.decision, j.entity) for j in made} == {
        ("merge", "unit/harbour-police"),
        ("alias", "agency/alpha"),
        ("distinct", "program/tide"),
    }
    merged = next(j.about for j in made if j.decision == "merge")
    assert merged == Naming("Harbour Unit", "Unit", "document/note", ("HU",))
    assert next(j.about for j in made if j.decision == "alias") == Naming("the Bureau")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["approve", UNIT.id], "approve"),
        (["accept"], "at least one id"),
        (["accept", "candidate/harbor-unit"], UNIT.id),
        (["accept", "the Unit"], "no candidate"),
        (["accept", "candidate/"], "begins several"),
        (["merge", UNIT.id], "needs the entity"),
        (["merge", UNIT.id, "--entity", "unit/harbor-police"], "unit/harbour-police"),
        (["alias", "candidate/none", "--entity", "agency/alpha"], "candidate/none"),
        (["reject", UNIT.id, "nothing-like-it"], "nothing-like-it"),
        (["--type", "Boats"], "no type 'Boats'"),
        (["--document", "document/notes"], "Nearest: document/note (Boats for the bay)"),
        (["--limit", "0"], "limit"),
        (["accept", "candidate/nobody"], "`carisec review` lists them"),
        (["accept", UNIT.id, "--type", "Unyt"], "Unit"),
        (["alias", "the Bureau", "--entity", "agency/alpha", "--type", "Unit"], "alias gives no type"),
        (["merge", UNIT.id, "--entity", "unit/harbour-police", "--type", "Unit"], "merge gives no type"),
    ],
)  # fmt: skip
def test_a_wrong_call_is_told_and_writes_nothing(waiting: Graph, arguments: list[str], message: str) -> None:
    done = review(waiting, *arguments, code=2)
    assert message in " ".join(done.stderr.split())
    assert not waiting.settings.judgement_file.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["accept", UNIT.id, "--predicate", "FUNDS"], "`review accept` takes no --predicate"),
        (["accept", UNIT.id, "--limit", "5", "--next"], "takes no --limit and no --next"),
        (["reject", UNIT.id, "--offset", "0"], "takes no --offset"),
        (["reject", UNIT.id, "--format", "table"], "takes no --format"),
        (["--entity", "agency/alpha"], "the list of `review` takes no --entity"),
        (["--by", "ana", "--note", "so", "--load"], "takes no --by and no --note and no --load"),
        (["--next", "--limit", "2"], "--next takes no --limit"),
    ],
)
def test_an_option_that_means_nothing_is_refused(tmp_path: Path, arguments: list[str], message: str) -> None:
    runner = CliRunner(env={"CARISEC_DATA_DIR": str(tmp_path / "data")})
    with pytest.raises(UsageError, match=message):
        runner.invoke(app, ["review", *arguments], catch_exceptions=False)
    assert not (tmp_path / "data").exists(), "before anything is opened"


def test_what_is_nearest_is_told_and_not_all_that_there_is(waiting: Graph) -> None:
    told = " ".join(review(waiting, "--type", "Agencie", code=2).stderr.split()).partition("Nearest: ")[2]
    near = told.rstrip(".").split("; ")
    assert near[0] == "Agency"
    assert len(near) <= 3
    told = " ".join(review(waiting, "--predicate", "funding", code=2).stderr.split())
    assert "Nearest: FUNDS" in told


def test_a_file_at_fault_is_told_with_its_line(waiting: Graph) -> None:
    waiting.settings.judgement_file.write_text("# mine\n- decision: maybe\n")
    assert "judgements.yaml:2" in review(waiting, code=1).stderr
    assert "judgements.yaml:2" in review(waiting, "reject", UNIT.id, code=1).stderr


def test_where_nothing_waits(scratch: Graph) -> None:
    assert "candidates: 0" in review(scratch).stderr


# --- what a load makes of it ----------------------------------------------------------------------------

RELEASE = """\
Boats for the harbour

The Bureau of Alcohol, Tobacco, Firearms and Explosives (ATF) supports the Zeta Harbour Unit.
"""
ACCEPTED_UNIT = Judgement(Naming("Zeta Harbour Unit", "Unit"), "accept", "ana", "2025-03-31")
SUPPORT = Claim("agency/atf", "SUPPORTS", "unit/zeta-harbour-unit")


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "boats.txt").write_text(RELEASE, "utf-8")
    return folder


@pytest.fixture
def own(scratch: Graph, tmp_path: Path) -> Settings:
    """An empty graph, with the judgement file in another folder."""
    return replace(scratch.settings, judgements=str(tmp_path / "kept" / "judgements.yaml"))


def said(content: Content) -> dict[str, str]:
    """Status of each statement about the unit, by predicate."""
    found = [s for s in content.statements if "unit/zeta-harbour-unit" in (s.subject, s.object)]
    return {s.predicate: s.status for s in found}


@embedded_only
def test_decisions_hold_whenever_documents_are_read_again(
    own: Settings, schema: Schema, documents: Path
) -> None:
    before = load(own, schema, [documents]).built.content
    assert said(before) == {}
    record(schema, own.judgement_file, ACCEPTED_UNIT)
    accepted = load(own, schema, []).built.content
    assert said(accepted) == {"SUPPORTS": "accepted", "MENTIONS": "accepted"}
    assert not load(own, schema, []).changed
    record(schema, own.judgement_file, Judgement(SUPPORT, "reject", "ana", "2025-03-31"))
    rejected = load(own, schema, [documents]).built.content
    assert said(rejected) == {"SUPPORTS": "retracted", "MENTIONS": "accepted"}
    with connect(own) as store:
        assert read_content(store, schema) == rejected
        direct = store.read(
            "MATCH (:Entity)-[r:SUPPORTS]->(:Entity {id: 'unit/zeta-harbour-unit'}) RETURN r.id"
        )
        assert direct.rows == []
    own.judgement_file.unlink()
    assert load(own, schema, []).built.content == before, "the file alone decides"


def test_extract_and_resolve_read_with_the_decisions(schema: Schema, documents: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept" / "judgements.yaml"
    made = {"CARISEC_JUDGEMENTS": str(kept), "COLUMNS": "200"}

    def printed(*arguments: str) -> dict[str, Any]:
        done = CliRunner(env=made).invoke(app, list(arguments), catch_exceptions=False)
        assert done.exit_code == 0
        record: dict[str, Any] = json.loads(done.stdout)
        return record

    def supported() -> list[tuple[str, str]]:
        record = printed("extract", str(documents / "boats.txt"))
        return [
            (s["object"]["id"], s["status"]) for s in record["statements"] if s["predicate"] == "SUPPORTS"
        ]

    assert supported() == [("candidate/zeta-harbour-unit", "candidate")]
    record(schema, kept, ACCEPTED_UNIT)
    assert supported() == [("unit/zeta-harbour-unit", "accepted")]
    record(schema, kept, Judgement(SUPPORT, "reject", "ana", "2025-03-31"))
    assert supported() == [("unit/zeta-harbour-unit", "retracted")]
    named = printed("resolve", RELEASE, "--format", "json")["mentions"]
    assert ("unit/zeta-harbour-unit", "accepted") in {(one["entity"], one["status"]) for one in named}


@embedded_only
def test_a_file_at_fault_stops_the_load(own: Settings, schema: Schema, documents: Path) -> None:
    before = load(own, schema, [documents]).built.content
    record(schema, own.judgement_file, replace(ACCEPTED_UNIT, decision="merge", entity="agency/atff"))
    with pytest.raises(
        DataError, match=r"judgements\.yaml:3: there is no agency/atff \(did you mean agency/atf"
    ):
        load(own, schema, [])
    with connect(own) as store:
        assert read_content(store, schema) == before


@embedded_only
def test_deciding_and_loading_at_once(own: Settings, schema: Schema, documents: Path) -> None:
    load(own, schema, [documents])
    record(schema, own.judgement_file, ACCEPTED_UNIT)
    graph = Graph(own, None, schema)  # type: ignore[arg-type]
    done = review(graph, "alias", "Zeta Harbour Unit", "--entity", "agency/atf", "--load")
    assert "added" in done.stdout
    assert decisions(graph) == [("alias", "agency/atf")]
