"""The graph in memory: one snapshot for each version that the graph says it has."""

from dataclasses import replace

from api.snapshot import Snapshots
from graph.changes import Content, difference
from graph.records import Entity
from tests.conftest import Graph

CONTENT = Content((Entity("topic/a", ("Topic",), "A"),), ())


def test_a_version_that_another_program_gave_is_read_once(scratch: Graph) -> None:
    changes = difference(scratch.schema, CONTENT, scratch.store.known())
    scratch.store.apply(scratch.schema, replace(changes, version="of-another-program"))
    snapshots = Snapshots(scratch.store, scratch.schema, scratch.settings.base_iri)
    first = snapshots.of(scratch.store.version())
    assert first.version == "of-another-program"
    assert snapshots.of(scratch.store.version()) is first


def test_another_version_is_read_anew(scratch: Graph) -> None:
    snapshots = Snapshots(scratch.store, scratch.schema, scratch.settings.base_iri)
    orders = []
    for content in (CONTENT, Content((*CONTENT.entities, Entity("topic/b", ("Topic",), "B")), ())):
        scratch.store.apply(scratch.schema, difference(scratch.schema, content, scratch.store.known()))
        held = snapshots.of(scratch.store.version())
        assert set(held.entities) == {entity.id for entity in content.entities}
        orders.append(held.order)
    assert orders == sorted(set(orders))
