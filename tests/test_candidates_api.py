"""Candidates in the API: for the token holder only, and nowhere else unless asked for."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api import models
from api.app import create_app
from graph.judgements import read_judgement_file
from graph.reading import read_counts
from queries.ask import ask
from queries.catalog import load_catalog
from queries.names import names_for
from tests.conftest import Graph
from tests.review_graph import COVE, UNIT, reviewed, statement

TOKEN = {"Authorization": "Bearer open sesame"}


@pytest.fixture
def waiting(scratch: Graph, tmp_path: Path) -> Iterator[Graph]:
    with reviewed(scratch, tmp_path) as graph:
        yield graph


@pytest.fixture
def client(waiting: Graph) -> TestClient:
    return TestClient(create_app(waiting.settings, waiting.store))


def listed(client: TestClient, **parameters: Any) -> list[str]:
    answer = models.CandidateList.model_validate(
        client.get("/candidates", params=parameters, headers=TOKEN).json()
    )
    return [one.id for one in answer.candidates]


def decide(client: TestClient, key: str, **body: Any) -> Any:
    return client.post(f"/candidates/{key}", json=body, headers=TOKEN)


# --- who may ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/candidates", f"/candidates/{UNIT.id}"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer open"},
        {"Authorization": "Basic b3Blbg=="},
        {"Authorization": "Bearer ö"},
    ],
)
def test_without_the_token_nothing_is_told(client: TestClient, path: str, headers: dict[str, str]) -> None:
    sent = [(name.encode(), value.encode()) for name, value in headers.items()]
    assert client.get(path, headers=TOKEN).status_code == 200
    response = client.get(path, headers=sent)
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.headers["content-type"] == "application/problem+json"
    assert "harbour" not in response.text.lower()


def test_without_the_token_nothing_is_recorded(client: TestClient, waiting: Graph) -> None:
    response = client.post(f"/candidates/{UNIT.id}", json={"decision": "reject"})
    assert response.status_code == 401
    assert not waiting.settings.judgement_file.exists()


def test_without_a_setting_it_is_switched_off(waiting: Graph) -> None:
    client = TestClient(create_app(replace(waiting.settings, token=""), waiting.store))
    for headers in ({}, TOKEN, {"Authorization": "Bearer "}):
        response = client.get("/candidates", headers=headers)
        assert response.status_code == 403
        assert "CARISEC_TOKEN" in response.json()["detail"]
        assert (
            client.post(f"/candidates/{UNIT.id}", json={"decision": "reject"}, headers=headers).status_code
            == 403
        )


def test_answers_are_kept_by_nobody(client: TestClient) -> None:
    response = client.get("/candidates", headers=TOKEN)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


def test_methods_are_told(client: TestClient) -> None:
    assert "POST" in client.options(f"/candidates/{UNIT.id}").headers["allow"]
    assert "POST" not in client.options("/entities").headers["allow"]
    assert "POST" in client.put(f"/candidates/{UNIT.id}", headers=TOKEN).headers["allow"]


# --- the list -------------------------------------------------------------------------------------------


def test_names_come_first_then_statements_about_known_things(client: TestClient, waiting: Graph) -> None:
    funds, supports = (statement(waiting.schema, name) for name in ("FUNDS", "SUPPORTS"))
    assert listed(client) == [UNIT.id, COVE.id, funds, supports]
    answer = client.get("/candidates", headers=TOKEN).json()
    by_id = {one["id"]: one for one in answer["candidates"]}
    unit = by_id[UNIT.id]
    assert (unit["says"], unit["why"], unit["places"]) == (
        "Harbour Unit (Unit)",
        "a name that ends in Unit",
        2,
    )
    assert {one["quote"] for one in unit["evidence"]} == {"Harbour Unit"}
    assert by_id[funds]["says"] == "Alpha Bureau funds Tide Programme"
    assert "0.7" in by_id[funds]["why"]
    assert "Harbour Unit" in by_id[supports]["why"]
    assert by_id[funds]["documents"] == ["document/note", "document/other"]


def test_the_list_can_be_narrowed(client: TestClient, waiting: Graph) -> None:
    funds, supports = (statement(waiting.schema, name) for name in ("FUNDS", "SUPPORTS"))
    assert listed(client, document="document/other") == [funds]
    assert listed(client, type="Unit") == [UNIT.id, supports]
    assert listed(client, type="Organization") == [UNIT.id, funds, supports]
    assert listed(client, predicate="SUPPORTS") == [supports]
    assert listed(client, document="document/note", predicate="SUPPORTS") == [supports]


@pytest.mark.parametrize(
    ("parameters", "near"),
    [
        ({"type": "Unyt"}, "Unit"),
        ({"predicate": "SUPPORT"}, "SUPPORTS"),
        ({"document": "document/notes"}, "document/note (Boats for the bay)"),
        ({"document": "another note"}, "document/other (Another note)"),
        ({"limit": 0}, None),
    ],
)
def test_a_filter_that_knows_nothing_is_told(
    client: TestClient, parameters: dict[str, str | int], near: str | None
) -> None:
    answer = client.get("/candidates", params=parameters, headers=TOKEN)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["parameter"] in parameters
    if near is not None:
        told = error["suggestions"].split("; ")
        assert near in told
        assert len(told) <= 3
    recorded = decide(client, UNIT.id, decision="reject", document="document/notes")
    assert recorded.status_code == 422
    assert "document/note (Boats for the bay)" in recorded.json()["detail"], "both are checked alike"


def test_pages(client: TestClient) -> None:
    found, address = [], "/candidates?limit=3"
    while address:
        page = client.get(address, headers=TOKEN).json()
        assert page["total"] == 4
        found += [one["id"] for one in page["candidates"]]
        assert page["truncated"] == (page["next"] is not None)
        address = page["next"]
    assert found == listed(client)


def test_one_candidate(client: TestClient, waiting: Graph) -> None:
    for key in (UNIT.id, "candidate/harb", "harbour-unit"):
        answer = client.get(f"/candidates/{key}", headers=TOKEN)
        assert models.CandidateItem.model_validate(answer.json()).id == UNIT.id
    funds = statement(waiting.schema, "FUNDS")
    assert client.get(f"/candidates/{funds[:12]}", headers=TOKEN).json()["id"] == funds
    for missing in (
        client.get("/candidates/candidate/harbor-unit", headers=TOKEN),
        decide(client, "candidate/harbor-unit", decision="reject"),
    ):
        assert missing.status_code == 404
        assert missing.json()["type"].endswith("/not-found")
        assert UNIT.id in missing.json()["detail"]
    assert client.get("/candidates/zzz", headers=TOKEN).status_code == 404
    assert not waiting.settings.judgement_file.exists()
    assert client.get("/candidates/candidate", headers=TOKEN).status_code == 422, "it begins several"


# --- decisions ------------------------------------------------------------------------------------------


def test_a_decision_is_recorded_and_not_asked_again(client: TestClient, waiting: Graph) -> None:
    supports = statement(waiting.schema, "SUPPORTS")
    response = decide(client, UNIT.id, decision="accept", by="ana", note="seen\nthere")
    assert response.status_code == 200
    answer = models.JudgementAnswer.model_validate(response.json())
    assert answer.entity == "unit/harbour-unit"
    (made,) = read_judgement_file(waiting.schema, waiting.settings.judgement_file)
    assert (made.decision, made.by, made.note) == ("accept", "ana", "seen there")
    left = client.get("/candidates", headers=TOKEN).json()
    assert UNIT.id not in [one["id"] for one in left["candidates"]]
    assert supports not in [one["id"] for one in left["candidates"]], "the next load settles it"
    assert (left["total"], left["decided"]) == (2, 2)
    decide(client, UNIT.id, decision="reject", by="ana")
    (made,) = read_judgement_file(waiting.schema, waiting.settings.judgement_file)
    assert made.decision == "reject"


def test_a_name_is_found_for_an_entity(client: TestClient) -> None:
    answer = decide(client, UNIT.id, decision="merge", entity="Harbour Police").json()
    assert answer["recorded"]["entity"] == "unit/harbour-police"
    assert answer["recorded"]["aliases"] == ["HU"]
    assert decide(client, COVE.id, decision="distinct", entity="program/tide").json()["entity"] is None
    limited = decide(client, COVE.id, decision="reject", document="document/note").json()["recorded"]
    assert limited["document"] == "document/note"


def test_statements_are_decided_by_what_they_say(client: TestClient, waiting: Graph) -> None:
    funds = statement(waiting.schema, "FUNDS")
    recorded = decide(client, funds, decision="accept", by="ana").json()["recorded"]
    assert {k: v for k, v in recorded.items() if k not in ("by", "date")} == {
        "subject": "agency/alpha",
        "predicate": "FUNDS",
        "object": "program/tide",
        "decision": "accept",
    }
    assert funds not in listed(client)
    uses = statement(waiting.schema, "USES")
    assert decide(client, uses, decision="reject").status_code == 200, "an accepted one can be wrong, too"


@pytest.mark.parametrize(
    ("key", "body", "says"),
    [
        (UNIT.id, {"decision": "approve"}, "accept"),
        (UNIT.id, {"decision": "merge"}, "entity"),
        (UNIT.id, {"decision": "merge", "entity": "unit/harbor-police"}, "unit/harbour-police"),
        (UNIT.id, {"decision": "merge", "entity": COVE.id}, "entity"),
        (UNIT.id, {"decision": "merge", "entity": "document/note"}, "entity"),
        (UNIT.id, {"decision": "reject", "entity": "program/tide"}, "entity"),
        (UNIT.id, {"decision": "accept", "entity": "agency/harbour"}, "unit/harbour"),
        (UNIT.id, {"decision": "accept", "type": "Document"}, "type"),
        (UNIT.id, {"decision": "reject", "type": "Unit"}, "type"),
        (UNIT.id, {"decision": "reject", "document": "document/none"}, "document/none"),
        (UNIT.id, {"decision": "reject", "by": " "}, "by"),
        (UNIT.id, {"decision": "reject", "why": "so"}, "why"),
        (UNIT.id, {}, "decision"),
        ("FUNDS", {"decision": "merge", "entity": "program/tide"}, "names"),
        ("FUNDS", {"decision": "accept", "entity": "program/tide"}, "entity"),
    ],
)  # fmt: skip
def test_a_wrong_decision_is_told_and_not_recorded(
    client: TestClient, waiting: Graph, key: str, body: dict[str, str], says: str
) -> None:
    response = decide(client, key if "/" in key else statement(waiting.schema, key), **body)
    assert response.status_code == 422
    assert says in response.json()["detail"]
    assert not waiting.settings.judgement_file.exists()


def test_a_file_at_fault_is_told(client: TestClient, waiting: Graph) -> None:
    waiting.settings.judgement_file.write_text("- decision: accept\n")
    for response in (client.get("/candidates", headers=TOKEN), decide(client, UNIT.id, decision="reject")):
        assert response.status_code == 422
        assert "judgements.yaml:1" in response.json()["detail"]
        assert str(waiting.settings.judgement_file.parent) not in response.text
    assert waiting.settings.judgement_file.read_text() == "- decision: accept\n"


# --- nothing leaks --------------------------------------------------------------------------------------


PUBLIC = [
    "/search?q=Harbour+Unit",
    "/search?q=zeta",
    "/entities",
    "/entities?q=harbour",
    "/entities?type=Entity",
    "/graph?focus=agency/alpha",
    "/graph?focus=document/note",
    "/visualisations/network",
    "/queries/things-described?type=Entity",
    "/queries/entity-statements?entity=agency/alpha",
    "/queries/documents-mentioning?entity=agency/alpha",
    "/ask?q=Who+supports+the+Harbour+Unit%3F",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_candidates_are_in_no_answer(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    told = response.text.replace("Who supports the Harbour Unit?", "").replace("q=Harbour+Unit", "")
    assert "candidate/" not in told
    assert "Zeta Cove" not in told


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_candidates_are_no_nodes_of_a_network(client: TestClient, form: str) -> None:
    exported = client.get(f"/export?format={form}").text
    assert "agency/alpha" in exported
    assert "candidate/" not in exported


def test_a_whole_export_says_what_candidates_are(client: TestClient) -> None:
    records = [json.loads(line) for line in client.get("/export?format=jsonl").text.splitlines()]
    candidates = [one for one in records if one["id"].startswith("candidate/")]
    assert [one["types"] for one in candidates] == [["Candidate"], ["Candidate"]]
    about = [one for one in records if str(one.get("object", "")).startswith("candidate/")]
    assert {one["status"] for one in about} == {"candidate"}


def test_a_candidate_is_no_name(waiting: Graph) -> None:
    names = names_for(waiting.store)
    assert not [key for key in names.entities if key.startswith("candidate/")]
    assert not names.resolve("Harbour Unit").hits or "candidate/" not in str(
        names.resolve("Harbour Unit").ids
    )
    assert names.resolve(UNIT.id).ids == ()
    assert names.named_in("document/note", 0, 10_000) == {"agency/alpha"}
    assert not ask("Who supports the Zeta Cove?", load_catalog(), waiting.store).answered


def test_candidates_are_listed_when_asked_for(client: TestClient) -> None:
    answer = models.EntityList.model_validate(client.get("/entities?type=Candidate").json())
    assert [one.id for one in answer.entities] == [UNIT.id, COVE.id]
    assert client.get("/entities?type=Candidate&q=zeta").json()["total"] == 1
    assert client.get("/entities?type=Candidate", headers={"Accept": "text/html"}).status_code == 200


def test_a_link_to_a_candidate_says_what_it_is(client: TestClient) -> None:
    answer = client.get(f"/entities/{UNIT.id}").json()
    assert answer["types"] == ["Candidate"]
    assert answer["properties"]["reason"] == "a name that ends in Unit"
    page = client.get(f"/entities/{UNIT.id}", headers={"Accept": "text/html"}).text
    assert "waits for review" in page
    assert "a name that ends in Unit" in page


def test_pages_of_documents_with_candidates(client: TestClient) -> None:
    page = client.get("/documents/note", headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert 'href="/entities/candidate/zeta-cove"' not in page.text
    assert 'href="/entities/agency/alpha"' in page.text
    answer = client.get("/documents/note").json()
    assert "retracted" not in {one["status"] for one in answer["statements"]}
    assert "retracted" not in json.dumps(client.get("/entities/agency/alpha").json())


def test_counts_tell_candidates_apart(client: TestClient, waiting: Graph) -> None:
    counts = read_counts(waiting.store)
    assert (counts["entities"], counts["candidate_entities"]) == (3, 2)
    assert counts["statements"]["retracted"] == 1
    assert client.get("/readyz").json()["counts"] == counts
