"""Receipts: replayed they give the same, and any tampering is found."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.jsontext import json_bytes
from queries.answers import answer_json
from queries.ask import ask
from queries.canonical import canonical_json
from queries.receipts import (
    read_receipt,
    receipt_json,
    receipt_of_answer,
    receipt_of_table,
    result_hash,
    seal,
)
from queries.tables import table_json
from queries.verifying import DIFFERS, SAME, TAMPERED, verify
from schema.errors import BadParameter
from tests.conftest import Graph
from tests.receipt_graph import (
    CATALOG,
    PLAIN,
    checked,
    resealed,
    table,
    told,
)

QUESTIONS = (
    "Which agencies support CCGIU?",
    "How many firearms were seized in Operation Citadel?",
    "Who took part in the ninth dialogue but not in the eleventh dialogue?",
    "Which pledges involve zeppelins?",
)


# --- replay ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
def test_a_query_replays_to_the_same(graph: Graph, name: str) -> None:
    found = table(graph, name, CATALOG.get(name).example)
    receipt, answer = read_receipt(json_bytes(receipt_json(receipt_of_table(found, graph.store))))
    assert answer is None
    assert [s.id for s in receipt.statements] == sorted({k for row in found.rows for k in row["statements"]})
    assert len(receipt.rows) == len(found.rows)
    again = checked(graph, receipt)
    assert (again.verdict, again.differences) == (SAME, ())
    assert (again.result, again.rows) == (receipt.result, len(found.rows))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_replays_to_the_same(graph: Graph, question: str) -> None:
    answer = ask(question, CATALOG, graph.store)
    receipt = receipt_of_answer(answer, CATALOG, graph.store)
    assert receipt == receipt_of_answer(ask(question, CATALOG, graph.store), CATALOG, graph.store)
    assert len(receipt.rows) == len(answer.items)
    assert bool(receipt.reason) == (not answer.answered)
    again = checked(graph, receipt)
    assert (again.verdict, again.differences) == (SAME, ())


def test_a_page_replays_as_that_page(graph: Graph) -> None:
    whole = table(graph, "members-of-program", {"program": "CBSI"})
    page = table(graph, "members-of-program", {"program": "CBSI"}, 5)
    receipt = receipt_of_table(page, graph.store)
    assert [row.about for row in receipt.rows] == [(row["member"]["id"],) for row in whole.rows[:5]]
    assert checked(graph, receipt).verdict == SAME


def test_the_order_of_a_list_is_no_difference() -> None:
    rows = [{"topics": ["a", "b"], "statements": ["s1", "s2"], "value": 2.0}]
    other = [{"value": 2, "statements": ["s2", "s1"], "topics": ["b", "a"]}]
    assert result_hash(rows) == result_hash(other)
    assert result_hash(rows) != result_hash([*rows, *rows])
    assert result_hash([{"a": 1}, {"a": 2}]) != result_hash([{"a": 2}, {"a": 1}])


def test_anyone_can_compute_the_hashes(graph: Graph) -> None:
    """With nothing but sorted keys, sorted lists and sha256; rows without fractions need no more."""
    found = table(graph, "dialogue-participants", {"event": "dialogue/11"})
    receipt = receipt_json(receipt_of_table(found, graph.store))
    lists = [{k: sorted(v) if isinstance(v, list) else v for k, v in row.items()} for row in found.rows]
    assert receipt["result"] == plain_hash(lists)
    assert [row["sha256"] for row in receipt["rows"]] == [plain_hash(row) for row in lists]
    assert receipt["queries"][0]["sha256"] == plain_hash(found.query.cypher)
    assert receipt.pop("sha256") == plain_hash(receipt)


def plain_hash(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


# --- tampering ------------------------------------------------------------------------------------------


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list) and value:
        for key, member in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(member, (*path, key))
    else:
        yield path


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def mutated(data: st.DataObject, value: dict[str, Any]) -> dict[str, Any]:
    """A copy in which one leaf, or one member of a list or an object around it, is another or is gone."""
    copy: dict[str, Any] = json.loads(json.dumps(value))
    path = data.draw(st.sampled_from(list(leaves(copy))))
    holder, last = at(copy, path[:-1]), path[-1]
    old = holder[last]
    if data.draw(st.booleans()):
        del holder[last]
        return copy
    near: st.SearchStrategy[Any] = PLAIN
    if isinstance(old, str) and old:
        near = st.sampled_from([old[1:], old + "0", old.swapcase(), f"{old[:-1]}{chr(ord(old[-1]) + 1)}"])
    elif isinstance(old, int):
        near = st.sampled_from([old + 1, -old - 1, not old, str(old)])
    holder[last] = data.draw(near)
    return copy


def found_out(graph: Graph, value: dict[str, Any]) -> bool:
    """Whether tampering is found, as a bad shape or as such."""
    try:
        receipt, answer = read_receipt(json_bytes(value))
    except BadParameter:
        return True
    return verify(receipt, graph.store, CATALOG, answer=answer).verdict == TAMPERED


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), question=st.booleans())
def test_any_tampering_with_a_receipt_is_found(graph: Graph, data: st.DataObject, question: bool) -> None:
    if question:
        receipt = receipt_of_answer(ask(QUESTIONS[0], CATALOG, graph.store), CATALOG, graph.store)
    else:
        receipt = receipt_of_table(table(graph, "who-operates", {"program": "eTrace"}), graph.store)
    whole = receipt_json(receipt)
    other = mutated(data, whole)
    if canonical_json(other) != canonical_json(whole):
        assert found_out(graph, other)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_tampering_with_an_answer_is_found(graph: Graph, data: st.DataObject) -> None:
    answer = ask(QUESTIONS[0], CATALOG, graph.store)
    body = answer_json(answer)
    receipt = receipt_json(receipt_of_answer(answer, CATALOG, graph.store))
    assert not found_out(graph, {**body, "receipt": receipt})
    other = mutated(data, body)
    if canonical_json(other) != canonical_json(body):
        assert found_out(graph, {**other, "receipt": receipt})


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("rows", []),
        ("rows", {}),
        ("version", "0"),
        ("truncated", True),
        ("offset", 3),
        ("query", "who-uses"),
        ("parameters", {"program": {"id": "program/cbsi"}}),
        ("parameters", 5),
        ("clocks", {"as_of": "2023", "known_on": None}),
    ],
)
def test_rows_that_are_not_those_of_their_receipt_are_found(graph: Graph, member: str, value: Any) -> None:
    found = table(graph, "who-operates", {"program": "eTrace"})
    whole = {**table_json(found, None), "receipt": receipt_json(receipt_of_table(found, graph.store))}
    assert not found_out(graph, whole)
    assert found_out(graph, {**whole, member: value})
    needed = {name: held for name, held in whole.items() if name != member}
    assert found_out(graph, needed) or member in ("offset", "clocks")


def test_a_well_forged_receipt_does_not_replay(graph: Graph) -> None:
    receipt = receipt_of_table(table(graph, "who-operates", {"program": "eTrace"}), graph.store)
    forged = resealed(receipt, result="0" * 64)
    assert checked(graph, forged).verdict == DIFFERS
    invented = receipt_json(receipt)["statements"] + [
        {"id": "s0", "digest": "0", "evidence": "0" * 64, "says": "nobody said this"}
    ]
    found = checked(graph, resealed(receipt, statements=invented))
    assert told(found, "statement gone") == ["“nobody said this” is not in the graph any more"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff", "no JSON"),
        (b"[" * 3000, "no JSON"),
        (b'{"format": NaN}', "no JSON"),
        (b"[]", "no JSON object"),
        (b"7", "no JSON object"),
        (b"{}", "there is none in it"),
        (b'{"receipt": null}', "there is none in it"),
        (b'{"rows": [], "receipt": "x"}', "there is none in it"),
        (b'{"format": "carisec-receipt/2"}', "reads carisec-receipt/1"),
        (b'{"format": ["carisec-receipt/1"]}', "reads carisec-receipt/1"),
        (b'{"format": "carisec-receipt/1"}', "Field required"),
    ],
)
def test_what_is_no_receipt_is_told(text: bytes, message: str) -> None:
    with pytest.raises(BadParameter, match=message):
        read_receipt(text)


@pytest.mark.parametrize(
    ("member", "value", "place"),
    [
        ("kind", "question", "these are not the members"),
        ("kind", "rumour", "kind"),
        ("page", None, "these are not the members"),
        ("queries", [], "these are not the members"),
        ("result", "abc", "result"),
        ("clocks", {"as_of": "some day", "known_on": None}, "as_of.*is not a date"),
        ("page", {"offset": -1, "limit": 5, "truncated": False}, "page.offset"),
        ("page", {"offset": True, "limit": 5, "truncated": False}, "page.offset"),
        ("rows", [{"about": [1], "says": "", "sha256": "0" * 64}], "rows.0.about.0"),
        ("more", 1, "more"),
    ],
)
def test_a_receipt_of_a_wrong_shape_is_told_with_the_place(
    graph: Graph, member: str, value: Any, place: str
) -> None:
    receipt = receipt_of_table(table(graph, "who-operates", {"program": "eTrace"}), graph.store)
    made = receipt_json(receipt) | {member: value}
    with pytest.raises(BadParameter, match=place):
        read_receipt(json_bytes({**made, "sha256": seal(made)}))
