"""The store, on both engines."""

from dataclasses import replace

import pytest

from graph.changes import Content, difference
from graph.reading import read_content, read_counts
from graph.records import CANDIDATE, Entity, Evidence, Statement, make_statement, merge, text_hash
from graph.settings import Settings
from graph.store import connect
from schema.errors import EngineFailure, EngineUnavailable, GraphMoved, TimeLimit
from schema.model import Schema
from tests.conftest import Graph

DOCUMENT = Entity("document/d", ("Document",), "D", properties={"captured": True, "sha256": "0" * 64})


def pointer(quote: str | None = "a clause") -> Evidence:
    return Evidence("document/d", 5, 13, text_hash("a clause"), summary="says so", quote=quote)


def content(schema: Schema, agencies: int = 3) -> Content:
    entities = [
        DOCUMENT,
        Entity("unit/u", ("Unit", "Program"), "U", ("the U",), ("U",), {"summary": "s"}),
        Entity("topic/a", ("Topic",), "A"),
        Entity("topic/b", ("Topic",), "B", properties={"parent": "topic/a"}),
        Entity(
            "observation/o", ("Observation",), "O", properties={"value": "391132.00", "cumulative": False}
        ),
        *(Entity(f"agency/a{i}", ("Agency",), f"Agency {i}") for i in range(agencies)),
    ]
    statements: list[Statement] = []
    for i in range(agencies):
        qualifiers = {"scope": "training", "status": "planned"}
        statements.append(
            make_statement(
                schema, f"agency/a{i}", "SUPPORTS", "unit/u", qualifiers=qualifiers, evidence=[pointer()]
            )
        )
    statements.append(make_statement(schema, "unit/u", "DESCRIBED_AS", "a unit", evidence=[pointer(None)]))
    return Content(tuple(sorted(entities, key=lambda e: e.id)), tuple(merge(statements)))


def bring_about(graph: Graph, wanted: Content) -> None:
    graph.store.apply(graph.schema, difference(graph.schema, wanted, graph.store.known()))


def test_what_is_written_is_read_back(scratch: Graph) -> None:
    wanted = content(scratch.schema)
    bring_about(scratch, wanted)
    assert read_content(scratch.store, scratch.schema) == wanted
    assert scratch.store.version() == wanted.version
    labels = scratch.store.read("MATCH (n:Entity {id: 'unit/u'}) RETURN labels(n)").rows[0][0]
    assert sorted(labels) == ["Entity", "Organization", "Program", "Unit"]


def test_the_same_again_is_no_change(scratch: Graph) -> None:
    wanted = content(scratch.schema)
    bring_about(scratch, wanted)
    assert difference(scratch.schema, wanted, scratch.store.known()).empty


def test_changes_fit_only_the_graph_that_they_were_made_for(scratch: Graph) -> None:
    wanted = content(scratch.schema)
    changes = difference(scratch.schema, wanted, scratch.store.known())
    scratch.store.apply(scratch.schema, changes)
    with pytest.raises(GraphMoved):
        scratch.store.apply(scratch.schema, changes)
    assert read_content(scratch.store, scratch.schema) == wanted
    assert scratch.store.read("MATCH ()-[r:SUPPORTS]->() RETURN count(r)").rows == [(3,)]


def test_an_accepted_statement_is_one_hop_and_a_candidate_is_not(scratch: Graph) -> None:
    wanted = content(scratch.schema)
    hop = (
        "MATCH (a:Entity)-[r:SUPPORTS]->(u:Entity {id: 'unit/u'}) "
        "RETURN a.id, r.scope, r.actStatus ORDER BY a.id"
    )
    bring_about(scratch, wanted)
    expected = [(f"agency/a{i}", "training", "planned") for i in range(3)]
    assert scratch.store.read(hop).rows == expected
    doubted = tuple(
        replace(s, status=CANDIDATE) if s.subject == "agency/a1" else s for s in wanted.statements
    )
    bring_about(scratch, Content(wanted.entities, doubted))
    assert scratch.store.read(hop).rows == [expected[0], expected[2]]
    bring_about(scratch, wanted)
    assert scratch.store.read(hop).rows == expected


def test_what_is_no_longer_wanted_goes(scratch: Graph) -> None:
    bring_about(scratch, content(scratch.schema, 5))
    smaller = content(scratch.schema, 2)
    bring_about(scratch, smaller)
    assert read_content(scratch.store, scratch.schema) == smaller
    counts = read_counts(scratch.store)
    assert counts["statements"] == {"total": 3, "accepted": 3}
    assert counts["evidence"] == 3
    assert counts["evidence_verified"] == 2
    assert counts["statements_without_evidence"] == 0


def test_an_entity_may_change_its_types(scratch: Graph) -> None:
    wanted = content(scratch.schema)
    bring_about(scratch, wanted)
    entities = tuple(replace(e, types=("Unit",)) if e.id == "unit/u" else e for e in wanted.entities)
    bring_about(scratch, Content(entities, wanted.statements))
    row = scratch.store.read(
        "MATCH (n:Entity {id: 'unit/u'}) RETURN labels(n), count { (n)<-[:SUPPORTS]-() }"
    ).rows[0]
    assert (sorted(row[0]), row[1]) == (["Entity", "Organization", "Unit"], 3)
    assert scratch.store.read("MATCH (n:Program) RETURN n.id").rows == []


def test_topics_are_linked_to_their_broader_ones(scratch: Graph) -> None:
    bring_about(scratch, content(scratch.schema))
    rows = scratch.store.read("MATCH (t:Entity)-[:BROADER]->(b:Entity) RETURN t.id, b.id").rows
    assert rows == [("topic/b", "topic/a")]


def test_a_load_that_fails_leaves_the_graph_as_it_was(scratch: Graph) -> None:
    wanted = content(scratch.schema)
    bring_about(scratch, wanted)
    changes = difference(scratch.schema, content(scratch.schema, 50), scratch.store.known())

    def fail(_: str, done: int, total: int) -> None:
        if done > total // 2:
            raise RuntimeError("stop in the middle")

    with pytest.raises(RuntimeError, match="middle"):
        scratch.store.apply(scratch.schema, changes, fail)
    assert read_content(scratch.store, scratch.schema) == wanted


def test_a_reader_cannot_write(scratch: Graph) -> None:
    bring_about(scratch, content(scratch.schema, 1))
    with connect(scratch.settings) as reader:
        for text in (
            "CREATE (n:Entity {id: 'agency/x'})",
            "MERGE (n:Meta {id: 'x'})",
            "MATCH (n:Entity) DETACH DELETE n",
        ):
            with pytest.raises(EngineFailure):
                reader.read(text)
    assert read_content(scratch.store, scratch.schema) == content(scratch.schema, 1)


def test_a_wrong_query_is_an_engine_failure(scratch: Graph) -> None:
    with pytest.raises(EngineFailure):
        scratch.store.read("MATCH (n RETURN n")


def test_an_absent_server_is_told_by_its_setting() -> None:
    settings = Settings.from_environment({"NEO4J_URI": "bolt://127.0.0.1:1", "NEO4J_PASSWORD": "x"})
    with pytest.raises(EngineUnavailable, match="NEO4J_URI"), connect(settings):
        pass


def test_a_long_query_is_stopped(scratch: Graph) -> None:
    if scratch.store.info.engine == "embedded":
        pytest.skip("the embedded engine ignores the driver's limit; tests/test_embedded.py tries its own")
    long = "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)"
    with pytest.raises(TimeLimit):
        scratch.store.read(long, seconds=0.5)
