"""What a load leaves to be known of it, on both engines: former ids, and its entry among the changes."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from graph import chronicle as kept
from graph.changes import Changes, Content, Former, difference
from graph.chronicle import Chronicle, Entry, Line, Section
from graph.history import former, last_load, loads_kept, read_loads
from graph.reading import read_counts
from graph.records import Entity
from loaders.load import load, withdraw
from schema.model import Schema
from tests.conftest import Graph, embedded_only
from tests.test_load import release

TIMES = [f"2031-05-0{day}T10:00:00+00:00" for day in range(1, 9)]
UNIT = Entity("unit/u", ("Unit",), "U")
BUREAU = Entity("agency/b", ("Agency",), "B")
OLD = Former("unit/old", "unit/u", "renamed", "2031-01-01")


def entry(changes: Changes, at: str, *lines: Line) -> Entry:
    sections = (Section("new entities", len(lines), lines),) if lines else ()
    about = sorted({key for line in lines for key in line.about})
    return Entry(changes.version, changes.based_on, at, not lines, changes.counts, sections, tuple(about))


def bring_about(
    graph: Graph,
    entities: Iterable[Entity],
    at: str,
    *lines: Line,
    gone: tuple[Former, ...] = (),
    declared: dict[str, Former] | None = None,
) -> Changes:
    wanted = Content(tuple(entities), ())
    changes = difference(graph.schema, wanted, graph.store.known(), former=declared)
    told = None if changes.same_records else entry(changes, at, *lines)
    graph.store.apply(graph.schema, changes, told=Chronicle(gone, told))
    return changes


def test_former_ids_come_and_go_with_loads(scratch: Graph) -> None:
    store = scratch.store
    bring_about(scratch, [UNIT, BUREAU], TIMES[0], declared={OLD.id: OLD})
    version = store.version()
    assert former(store, "unit/old") == OLD
    assert former(store, "unit/u") is None
    gone = Former("agency/b", None, "nothing names it", TIMES[1])
    bring_about(scratch, [UNIT], TIMES[1], gone=(gone,))
    assert former(store, "agency/b") == gone
    assert former(store, "unit/old") == OLD, "what was declared stays until it is declared no longer"
    bring_about(scratch, [UNIT, BUREAU], TIMES[2], declared={})
    assert former(store, "agency/b") is None, "it came back"
    assert former(store, "unit/old") is None
    assert store.version() == version, "the past is no part of the version"
    counts = read_counts(store)
    assert (counts["entities"], counts["statements"]["total"], counts["evidence"]) == (2, 0, 0)


def test_what_is_declared_anew_is_written_once(scratch: Graph) -> None:
    bring_about(scratch, [UNIT], TIMES[0])
    again = {OLD.id: OLD}
    wanted = Content((UNIT,), ())
    changes = difference(scratch.schema, wanted, scratch.store.known(), former=again)
    assert changes.former == (OLD,) and changes.same_records and not changes.empty
    bring_about(scratch, [UNIT], TIMES[1], declared=again)
    assert difference(scratch.schema, wanted, scratch.store.known(), former=again).empty
    assert loads_kept(scratch.store)[0] == 1, "nothing changed in the graph: that is no entry"


def test_former_ids_are_followed_to_the_last(scratch: Graph) -> None:
    steps = {
        "unit/a": Former("unit/a", "unit/b", "renamed", "2031-01-01"),
        "unit/b": Former("unit/b", "unit/u", "joined", "2031-01-02"),
        "unit/c": Former("unit/c", "unit/d", "renamed", "2031-01-03"),
        "unit/d": Former("unit/d", None, "dissolved", "2031-01-04"),
        "unit/e": Former("unit/e", "unit/f", "renamed", "2031-01-05"),
        "unit/f": Former("unit/f", "unit/e", "renamed", "2031-01-06"),
    }
    bring_about(scratch, [UNIT], TIMES[0], declared=steps)
    assert former(scratch.store, "unit/a") == Former("unit/a", "unit/u", "renamed", "2031-01-01")
    dissolved = former(scratch.store, "unit/c")
    assert dissolved and (dissolved.becomes, dissolved.reason) == (None, "renamed; of unit/d: dissolved")
    circle = former(scratch.store, "unit/e")
    assert circle and circle.becomes is None
    assert former(scratch.store, "unit/') RETURN 1 //") is None


def test_loads_are_read_newest_first_by_page_and_entity(scratch: Graph) -> None:
    first = bring_about(scratch, [UNIT], TIMES[0])
    entities = [UNIT]
    for day in range(1, 5):
        made = Entity(f"agency/a{day}", ("Agency",), f"A{day}")
        entities.append(made)
        bring_about(scratch, entities, TIMES[day], Line("entity", made.id, f"{made.name} is new", (made.id,)))
    found = read_loads(scratch.store, 3)
    assert [one.number for one in found.loads] == [5, 4, 3] and found.more
    older = read_loads(scratch.store, 3, before=3)
    assert [one.number for one in older.loads] == [2, 1] and not older.more
    assert older.loads[-1].first and older.loads[-1].version == first.version
    assert older.loads[-1].title == "First load, entities: 1 added"
    newest = found.loads[0]
    assert last_load(scratch.store) == newest
    assert (newest.version, newest.previous) == (scratch.store.version(), found.loads[1].version)
    assert newest.sections[0].lines[0].text == "A4 is new"
    assert newest.title == "Entities: 1 added"
    about = read_loads(scratch.store, 3, entity="agency/a2")
    assert [one.number for one in about.loads] == [3] and not about.more


def test_the_past_is_bounded(scratch: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_LOADS", 2)
    monkeypatch.setattr(kept, "MOST_FORMER", 3)
    monkeypatch.setattr(kept, "MOST_LINES", 1)
    lines = [Line("entity", f"agency/a{n}", "is new", (f"agency/a{n}",)) for n in range(3)]
    for day in range(4):
        ids = [f"s{day}{n}" for n in range(2)] + [f"unit/gone{day}"]
        gone = tuple(Former(key, None, "withdrawn", TIMES[day]) for key in ids)
        made = [Entity(f"agency/b{day}", ("Agency",), "B")]
        bring_about(scratch, made, TIMES[day], *lines, gone=gone)
    found = read_loads(scratch.store, 10).loads
    assert [one.number for one in found] == [4, 3], "numbers go on"
    assert (found[0].sections[0].count, len(found[0].sections[0].lines)) == (3, 1)
    assert set(found[0].entities) == {line.id for line in lines}, "one can ask for those cut off too"
    left = scratch.store.read("MATCH (f:Former) RETURN f.id ORDER BY f.id").rows
    assert {key for (key,) in left} == {"s20", "s30", "s31", *(f"unit/gone{day}" for day in range(4))}


@embedded_only
def test_a_load_tells_of_itself(scratch: Graph, schema: Schema, tmp_path: Path) -> None:
    """One pass over it all: a first load, a document, its correction, its withdrawal."""
    settings, store = scratch.settings, scratch.store
    load(settings, schema, [])
    first = last_load(store)
    assert first and first.first and first.sections == () and first.counts["entities"][0] > 300
    assert former(store, "country/bq-bo") == Former(
        "country/bq-bo",
        "place/bonaire",
        "ISO 3166-1 has no code for it alone; it is a place of the Caribbean Netherlands",
        "2026-11-22",
    )
    load(settings, schema, [])
    assert loads_kept(store)[0] == 1
    added = load(settings, schema, [release(tmp_path / "in")])
    document = last_load(store)
    assert document and document.number == 2 and document.previous == first.version
    assert document.version == added.changes.version
    assert "document/harbour-patrols" in document.entities
    titles = {section.title: section for section in document.sections}
    assert {line.id for line in titles["new statements"].lines} <= {s.id for s in added.difference.new}
    text = (tmp_path / "in" / "harbour-patrols.txt").read_text("utf-8")
    corrected = text.replace("\n\n", "\n\nA correction.\n\n", 1)
    one = load(settings, schema, [release(tmp_path / "in", corrected)]).difference.moved[0]
    was = former(store, one.before.id_for(one.statement.id))
    assert was and was.becomes == one.after.id_for(one.statement.id)
    withdraw(settings, schema, "document/harbour-patrols")
    gone = former(store, "document/harbour-patrols")
    assert gone and (gone.becomes, gone.reason) == (None, "the document was withdrawn")
    statement = former(store, added.difference.new[0].id)
    name = added.difference.names["document/harbour-patrols"]
    assert statement and statement.reason == f"no evidence is left: its document “{name}” was withdrawn"
    assert former(store, one.before.id_for(one.statement.id)) is not None
    assert [one.number for one in read_loads(store, 9).loads] == [4, 3, 2, 1]
    assert read_loads(store, 9).loads[0].version == first.version
