"""What carisec relies on in each engine, the silent differences first.

The embedded engine's version is pinned; when it changes, a test here says which workaround to look at.
"""

from graph.changes import difference
from tests.conftest import Graph
from tests.test_store import content

PLANS = {"embedded": "index", "neo4j": "UniqueIndexSeek"}


def plan(graph: Graph, text: str) -> str:
    driver = graph.store._driver
    _, summary, _ = driver.execute_query(
        "EXPLAIN " + text, {"id": "unit/u", "rows": []}, database_=graph.store._database
    )
    return str(summary.plan)


def test_the_lookup_by_one_label_uses_the_index(scratch: Graph) -> None:
    scratch.store.apply(
        scratch.schema, difference(scratch.schema, content(scratch.schema), scratch.store.known())
    )
    found = plan(scratch, "MATCH (n:Entity {id: $id}) RETURN n.name")
    assert PLANS[scratch.store.info.engine].lower() in found.lower()


def test_dynamic_labels_are_not_relied_on(scratch: Graph) -> None:
    """The embedded engine ignores them without a word; graph/cypher.py writes labels out instead."""
    scratch.store.apply(
        scratch.schema, difference(scratch.schema, content(scratch.schema), scratch.store.known())
    )
    by_label = scratch.store.read("MATCH (n:Entity) WHERE n:Agency RETURN count(n)").rows[0][0]
    assert by_label == scratch.store.read("MATCH (n:Agency) RETURN count(n)").rows[0][0] == 3


def test_a_shortest_path_is_found_between_bound_ends(scratch: Graph) -> None:
    scratch.store.apply(
        scratch.schema, difference(scratch.schema, content(scratch.schema), scratch.store.known())
    )
    rows = scratch.store.read(
        "MATCH (a:Entity {id: 'agency/a0'}), (b:Entity {id: 'agency/a2'}) "
        "MATCH p = shortestPath((a)-[:SUPPORTS*..4]-(b)) RETURN [n IN nodes(p) | n.id]"
    ).rows
    assert rows == [(["agency/a0", "unit/u", "agency/a2"],)]


def test_unknown_labels_and_properties_are_empty_not_errors(scratch: Graph) -> None:
    assert scratch.store.read("MATCH (n:Operation) RETURN n.nothing").rows == []


def test_the_uniqueness_constraint_holds_across_labels(scratch: Graph) -> None:
    rows = scratch.store.read("SHOW CONSTRAINTS YIELD labelsOrTypes RETURN labelsOrTypes").rows
    assert {"Entity", "Statement", "Evidence", "Meta"} <= {row[0][0] for row in rows}
