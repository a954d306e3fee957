"""Verifying a receipt: what changed in the graph is named, by the command and over HTTP too."""

import io
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.jsontext import json_bytes
from api.routes.receipts import LARGEST
from api.verification import VerificationAnswer
from cli.verifying import write_receipt
from graph.records import CANDIDATE
from loaders.load import load, withdraw
from queries.ask import ask
from queries.catalog import Catalog
from queries.clocks import Clocks
from queries.receipts import (
    Receipt,
    receipt_json,
    receipt_of_answer,
    receipt_of_table,
)
from queries.tables import table_json
from queries.verifying import DIFFERS, NOT_REPLAYED, SAME, SAME_ROWS, TAMPERED, Verification
from schema.errors import UsageError
from tests.commands import carisec
from tests.conftest import Graph, embedded_only, environment
from tests.receipt_graph import (
    ALPHA,
    BETA,
    CATALOG,
    LETTER,
    NOTE,
    Claim,
    checked,
    fill,
    renamed,
    resealed,
    supporters,
    table,
    told,
    without,
)
from tests.test_load import release

QUESTIONS = (
    "Which agencies support CCGIU?",
    "How many firearms were seized in Operation Citadel?",
    "Who took part in the ninth dialogue but not in the eleventh dialogue?",
    "Which pledges involve zeppelins?",
)


def kinds(found: Verification) -> set[str]:
    return {d.kind for d in found.differences}


# --- what changed ---------------------------------------------------------------------------------------


def test_a_statement_that_is_gone_is_named_with_its_row(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    assert checked(scratch, receipt).verdict == SAME
    fill(scratch, (ALPHA,), without(LETTER.id))
    found = checked(scratch, receipt)
    assert found.verdict == DIFFERS
    assert told(found, "statement gone") == [
        "“Beta Office supports Tide Programme” is not in the graph any more"
    ]
    assert told(found, "row removed") == ["agency: Beta Office; relation: SUPPORTS"]
    assert kinds(found) == {"graph", "statement gone", "row removed"}
    assert (found.rows, len(receipt.rows)) == (1, 2)


def test_a_changed_fact_is_named_with_its_row(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    fill(scratch, (replace(ALPHA, scope="radios"), BETA))
    found = checked(scratch, receipt)
    alpha = next(s for s in receipt.statements if s.says.startswith("Alpha"))
    assert found.verdict == DIFFERS
    changed = next(d for d in found.differences if d.kind == "statement changed")
    assert changed.id == alpha.id
    assert "(scope: boats)" in changed.says
    assert "(scope: radios)" in changed.says
    (row,) = told(found, "row changed")
    assert "scope: boats" in row
    assert "scope: radios" in row
    assert kinds(found) == {"graph", "statement changed", "row changed"}


def test_a_statement_that_is_not_accepted_any_more_is_named(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    fill(scratch, (ALPHA, replace(BETA, status=CANDIDATE)))
    found = checked(scratch, receipt)
    assert "its status is candidate" in told(found, "statement not accepted")[0]
    assert kinds(found) == {"graph", "statement not accepted", "row removed"}


def test_a_new_row_is_told_with_its_statement(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    fill(scratch, (ALPHA, BETA, Claim("agency/gamma", (NOTE,))))
    found = checked(scratch, receipt)
    assert told(found, "row added") == ["agency: Gamma Board; relation: SUPPORTS"]
    assert told(found, "statement added")[0].startswith("“Gamma Board supports Tide Programme”")
    assert kinds(found) == {"graph", "statement added", "row added"}


def test_other_clauses_leave_the_rows_the_same(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    fill(scratch, (replace(ALPHA, documents=(LETTER, NOTE)), BETA))
    found = checked(scratch, receipt)
    assert (found.verdict, found.holds) == (SAME_ROWS, True)
    assert kinds(found) == {"graph", "clauses changed"}
    assert found.result == receipt.result
    # Only the note tells when it was published.
    fill(scratch, (ALPHA, replace(BETA, documents=(LETTER, NOTE))))
    assert kinds(checked(scratch, receipt)) == {"graph", "clauses changed", "clocks changed"}


def test_another_name_changes_a_row_and_what_is_missing_cannot_be_asked(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    fill(scratch, entities=renamed("agency/beta", "Beta Department"))
    found = checked(scratch, receipt)
    assert "Beta Department" in told(found, "row changed")[0]
    fill(scratch, (), without("program/tide"))
    found = checked(scratch, receipt)
    assert (found.verdict, found.rows, found.result) == (NOT_REPLAYED, None, None)
    assert "program" in told(found, "parameter")[0]
    assert len(told(found, "statement gone")) == 2


def test_more_rows_behind_a_page_are_told(scratch: Graph) -> None:
    fill(scratch, (ALPHA,))
    receipt = supporters(scratch, limit=1)
    fill(scratch, (ALPHA, BETA))
    found = checked(scratch, receipt)
    assert found.verdict == SAME_ROWS
    assert told(found, "more rows") == ["more rows follow now"]


def test_the_clocks_of_an_answer_are_kept(scratch: Graph) -> None:
    """The note was published on 4 May 2031; when the letter was, nobody knows."""
    fill(scratch)
    then = supporters(scratch, clocks=Clocks("2031-06", "2031"))
    assert [row.about for row in then.rows] == [("agency/alpha",)]
    before = supporters(scratch, clocks=Clocks(None, "2030"))
    assert (before.rows, before.clocks.known_on) == ((), "2030")
    for receipt in (then, before):
        assert checked(scratch, receipt).verdict == SAME
    fill(scratch, (ALPHA, BETA, Claim("agency/gamma", (LETTER,))))
    for receipt in (then, before):
        assert checked(scratch, receipt).verdict == SAME_ROWS
    fill(scratch, (ALPHA, Claim("agency/gamma", (NOTE,))))
    assert told(checked(scratch, then), "row added") == ["agency: Gamma Board; relation: SUPPORTS"]
    assert checked(scratch, before).verdict == SAME_ROWS


def test_another_text_of_the_query_is_told(scratch: Graph) -> None:
    fill(scratch)
    receipt = supporters(scratch)
    name = receipt.queries[0].name
    query = CATALOG.get(name)
    backwards = replace(query, cypher=query.cypher.replace("ORDER BY agency.id", "ORDER BY agency.id DESC"))
    found = checked(scratch, receipt, Catalog({name: backwards}))
    assert (found.verdict, kinds(found)) == (DIFFERS, {"query changed", "row order"})
    helpful = replace(query, title="Another title", purpose="Another purpose")
    assert checked(scratch, receipt, Catalog({name: helpful})).verdict == SAME
    found = checked(scratch, receipt, Catalog({}))
    assert (found.verdict, kinds(found)) == (NOT_REPLAYED, {"query gone"})


def test_a_question_that_is_read_otherwise_is_told(scratch: Graph) -> None:
    fill(scratch)
    question = "Which agencies support the Tide Programme?"
    answer = ask(question, CATALOG, scratch.store)
    assert len(answer.items) == 2
    receipt = receipt_of_answer(answer, CATALOG, scratch.store)
    fill(scratch, (ALPHA, BETA), renamed("program/tide", "Ebb Programme"))
    found = checked(scratch, receipt)
    assert found.verdict == DIFFERS
    assert told(found, "reason")
    assert len(told(found, "row removed")) == 2
    refused = receipt_of_answer(ask(question, CATALOG, scratch.store), CATALOG, scratch.store)
    fill(scratch)
    found = checked(scratch, refused)
    assert found.verdict == DIFFERS
    assert len(told(found, "row added")) == 2


@embedded_only
def test_a_withdrawn_document_is_told_by_what_rested_on_it(scratch: Graph, tmp_path: Path) -> None:
    load(scratch.settings, scratch.schema, [release(tmp_path / "in")])
    found = table(scratch, "documents-mentioning", {"entity": "igo/rss"})
    receipt = receipt_of_table(found, scratch.store)
    assert any("document/harbour-patrols" in row.about for row in receipt.rows)
    withdraw(scratch.settings, scratch.schema, "document/harbour-patrols")
    after = checked(scratch, receipt)
    assert after.verdict == DIFFERS
    assert any("harbour" in says.lower() for says in told(after, "row removed"))
    assert any("mentions Regional Security System" in says for says in told(after, "statement gone"))


# --- the command and the endpoint -----------------------------------------------------------------------


def test_the_command_says_what_became_of_a_receipt(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = receipt_of_table(table(graph, "who-operates", {"program": "eTrace"}), graph.store)
    path, made = tmp_path / "receipt.json", environment(graph.settings)
    write_receipt(path, receipt)
    done = carisec(made, "verify", str(path))
    assert (done.returncode, done.stdout.splitlines()[0]) == (
        0,
        "same: who-operates (program = program/etrace)",
    )
    whole = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(whole | {"graph": "0000"}), "utf-8")
    done = carisec(made, "verify", str(path), "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (1, TAMPERED)
    forged = receipt_json(resealed(receipt, result="0" * 64))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json_bytes(forged))))
    done = carisec(made, "verify", "-")
    assert (done.returncode, done.stdout.partition(":")[0]) == (1, DIFFERS)


def test_a_wrong_call_of_the_command_is_told(graph: Graph, tmp_path: Path) -> None:
    made = environment(graph.settings)
    bad = tmp_path / "bad.json"
    bad.write_text("{}", "utf-8")
    for name, message in ((str(bad), "there is none in it"), (str(tmp_path), "cannot be read")):
        done = carisec(made, "verify", name)
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
    with pytest.raises(UsageError, match="cannot be written"):
        receipt = receipt_of_table(table(graph, "who-operates", {"program": "eTrace"}), graph.store)
        write_receipt(tmp_path / "no" / "such" / "folder.json", receipt)


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def test_the_endpoint_verifies_receipts_and_answers(client: TestClient, graph: Graph) -> None:
    found = table(graph, "who-operates", {"program": "eTrace"})
    receipt = receipt_json(receipt_of_table(found, graph.store))
    for body in (receipt, {**table_json(found, None), "receipt": receipt}):
        response = client.post("/verify", json=body)
        assert response.status_code == 200
        answer = VerificationAnswer.model_validate(response.json())
        assert (answer.verdict, answer.receipt, answer.differences) == (SAME, receipt["sha256"], [])
        assert answer.rows.then == answer.rows.now == len(found.rows)
    response = client.post("/verify", json=receipt | {"graph": "0"})
    assert (response.status_code, response.json()["verdict"]) == (200, TAMPERED)


def test_the_endpoint_refuses_what_it_should(client: TestClient, graph: Graph) -> None:
    for content, status in ((b"", 422), (b"{}", 422), (b" " * (LARGEST + 1), 413)):
        response = client.post("/verify", content=content)
        assert (response.status_code, response.headers["content-type"]) == (
            status,
            "application/problem+json",
        )
    long = table(graph, "who-operates", {"program": "eTrace"}, 100_000)
    response = client.post("/verify", json=receipt_json(receipt_of_table(long, graph.store)))
    assert response.status_code == 422
    assert "carisec verify" in response.json()["detail"]


def test_the_endpoint_is_described(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    shapes = document["components"]["schemas"]
    assert shapes["Receipt"]["properties"].keys() == Receipt.model_fields.keys()
    post = document["paths"]["/verify"]["post"]
    assert {"200", "413", "422", "502", "503"} <= post["responses"].keys()
    assert "Receipt" in json.dumps(post["requestBody"])
