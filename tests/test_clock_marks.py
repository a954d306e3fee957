"""Queries ask the clocks of all that their answers depend on, and markers become conditions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.records import FIRST_DAY, LAST_DAY, Clock
from queries.catalog import load_catalog
from queries.clockmarks import unclocked
from queries.clocks import MARKER, UNLIMITED, Clocks
from schema.errors import BadParameter

PREDICATES = frozenset({"SUPPORTS", "PART_OF", "MENTIONS"})
TERMS = "https://w3id.org/carisec/schema#"
BOTH = Clocks("2021/2022", "2020")


def faults(text: str) -> list[tuple[int, str]]:
    return [(place.line, message) for place, message, _ in unclocked(text, PREDICATES)]


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (a)-[r:SUPPORTS]->(b) WHERE true /* clocks: r */ RETURN a",
        "MATCH (a)-[r:SUPPORTS]->(b)<-[q:PART_OF]-(c) WHERE a.x = 1 /* clocks: r q */ AND b.y = 2 RETURN a",
        "MATCH (a)<-[:BROADER*0..5]-(t)<-[:SUBJECT|OBJECT]-(s:Statement) WHERE true /* clocks: s */ RETURN a",
        "MATCH p = (a)-[:PART_OF*]->(b) WHERE all(r IN relationships(p) WHERE true /* clocks: r */) RETURN p",
        "MATCH (a)-[m:PART_OF*0..2]->(b) WHERE all(r IN m WHERE true /* clocks: r */) RETURN a",
        "MATCH p = allShortestPaths((a)-[:SUPPORTS*..6]-(b)) WITH p "
        "WHERE all(r IN relationships(p) WHERE true /* clocks: r */) RETURN p",
        "MATCH (a)-[r:MENTIONS]->(b) WHERE true /* clocks: r */ "
        "OPTIONAL MATCH (v)-[:EVIDENCE_FOR]->(:Statement {id: r.id}) RETURN a",
        "MATCH (a) WHERE NOT EXISTS { MATCH (a)-[q:SUPPORTS]->(b) WHERE true /* clocks: q */ } RETURN a",
        "MATCH (s:Statement)<-[:EVIDENCE_FOR]-(v)-[:FROM]->(d:Document) "
        "WHERE true /* clocks: s */ /* published: d */ RETURN d",
        "MATCH (d:Document)<-[:FROM]-(v) WHERE true /* published: d */ RETURN d",
        "MATCH (a)-[r:SUPPORTS]->(b) WHERE (a.x = 1 OR a.y = 2) /* clocks: r */ RETURN a",
        "MATCH (a)-[r:SUPPORTS]->(b) WHERE a.x STARTS WITH ' OR ' /* clocks: r */ RETURN a, b.x OR b.y AS z",
        "MATCH (a) WHERE a.x = 'has -[:SUPPORTS]- in it' // and (:Statement) here\nRETURN a",
    ],
)  # fmt: skip
def test_what_is_asked_is_no_fault(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("MATCH (a)-[r:SUPPORTS]->(b)\nRETURN a", 1, "the relationship r is not asked"),
        ("MATCH (a)\nMATCH (a)-[:SUPPORTS]->(b) RETURN a", 2, "the relationship SUPPORTS is not asked"),
        ("MATCH (a)-[r]->(b) RETURN a", 1, "the relationship r is not asked"),
        ("MATCH (a)-->(b) RETURN a", 1, "a relationship has no type"),
        ("MATCH (a)--(b) RETURN a", 1, "a relationship has no type"),
        ("MATCH (s:Statement {status: 'accepted'}) RETURN s", 1, "a statement is not asked"),
        ("MATCH (:Statement {id: $id}) RETURN 1", 1, "a statement is not asked"),
        ("MATCH (v)-[:FROM]->(:Entity {id: $d}) RETURN v", 1, "a document of evidence has no name"),
        ("MATCH (v)-[:FROM]->(d) RETURN v", 1, "the document d is not asked"),
        ("MATCH (d:Document)<-[:FROM]-(v) RETURN v", 1, "the document d is not asked"),
        ("MATCH (a)-[:PART_OF*1..8]->(b) WHERE true /* clocks: a */ RETURN a", 1, "PART_OF is not asked"),
        ("MATCH (a)-[m:PART_OF*1..8]->(b) WHERE true /* clocks: m */ RETURN a", 1, "PART_OF is not asked"),
        (
            "MATCH (a)-[r:SUPPORTS]->()\n"
            "WHERE EXISTS { MATCH (a)-[q:PART_OF]->() } /* clocks: r q */ RETURN a",
            2,
            "the relationship q is not asked",
        ),
        (
            "MATCH (a) WHERE EXISTS { MATCH (b)-[q:PART_OF]->(c) WHERE true /* clocks: q */ }"
            " AND NOT EXISTS { MATCH (b)-[q:PART_OF]->(c) } RETURN a",
            1,
            "the relationship q is not asked",
        ),
        ("MATCH (a)-[r:SUPPORTS]->(b)\nWHERE a.x = 1 OR a.y = 2 /* clocks: r */ RETURN a", 2, "OR"),
        ("MATCH (a)-[r:SUPPORTS]->(b)\nWHERE true /* clocks: r */ OR a.y = 2 RETURN a", 2, "OR"),
        ("MATCH (a)-[r:SUPPORTS]->()\nWHERE a.x ENDS WITH 'b' /* clocks: r */ XOR a.y = 2 RETURN a", 2, "OR"),
    ],
)  # fmt: skip
def test_what_is_not_asked_is_told_with_its_line(text: str, line: int, message: str) -> None:
    assert any(at == line and message in said for at, said in faults(text)), faults(text)


def test_every_query_of_the_catalogue_has_a_marker() -> None:
    for query in load_catalog().queries.values():
        assert MARKER.search(query.cypher), query.name
        assert "/* clocks" not in MARKER.sub("", query.cypher), query.name


def test_without_a_clock_a_text_stays_as_it_is() -> None:
    for query in load_catalog().queries.values():
        assert UNLIMITED.cypher(query.cypher) == query.cypher
    assert UNLIMITED.sparql("# clocks: ?s\n") == "# clocks: ?s\n"
    assert (UNLIMITED.values(), UNLIMITED.given) == ({}, False)


def test_markers_become_conditions() -> None:
    text = "WHERE true /* clocks: r q */ /* published: d */ RETURN r"
    assert Clocks(known_on="2020").cypher(text) == (
        "WHERE true AND r.known <= $known_on AND q.known <= $known_on AND d.known <= $known_on RETURN r"
    )
    assert Clocks(as_of="2020").cypher(text) == (
        "WHERE true AND r.since <= $as_of.end AND r.until >= $as_of.start "
        "AND q.since <= $as_of.end AND q.until >= $as_of.start  RETURN r"
    )
    assert BOTH.values() == {"as_of": {"start": "2021-01-01", "end": "2022-12-31"}, "known_on": "2020-12-31"}


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 2020 ", "2020"),
        ("FY2023", "2022-10-01/2023-09-30"),
        ("2020-02/..", "2020-02/.."),
        ("", None),
        (None, None),
    ],
)
def test_clocks_are_read_as_dates(text: str | None, canonical: str | None) -> None:
    assert Clocks.read(text, text) == Clocks(canonical, canonical)
    assert Clocks.read(text, None).given == (canonical is not None)


@pytest.mark.parametrize("name", ["as_of", "known_on"])
def test_a_wrong_clock_is_named(name: str) -> None:
    given = {"as_of": None, "known_on": None, name: "yesterday"}
    for prefix in ("", "to_"):
        with pytest.raises(BadParameter, match="yesterday") as caught:
            Clocks.read(**given, prefix=prefix)
        assert caught.value.parameter == prefix + name


DAYS = st.dates().map(lambda day: day.isoformat())


@st.composite
def some_clocks(draw: st.DrawFn) -> Clock:
    since, until = sorted(draw(st.tuples(DAYS, DAYS)))
    return Clock(
        draw(DAYS | st.just(LAST_DAY)),
        draw(st.sampled_from([since, FIRST_DAY])),
        draw(st.sampled_from([until, LAST_DAY])),
    )


@given(some_clocks(), DAYS | st.none(), DAYS | st.none())
def test_sparql_and_python_agree(clock: Clock, as_of: str | None, known_on: str | None) -> None:
    """And both have the conditions of Cypher."""
    clocks = Clocks(as_of, known_on)
    store = Store()
    me = NamedNode("https://example.org/s")
    store.add(Quad(me, NamedNode(TERMS + "status"), Literal("accepted")))
    terms = {"knownFrom": clock.known, "validFrom": clock.since, "validUntil": clock.until}
    for term, day in terms.items():
        if day not in (FIRST_DAY, LAST_DAY):
            date = NamedNode("http://www.w3.org/2001/XMLSchema#date")
            store.add(Quad(me, NamedNode(TERMS + term), Literal(day, datatype=date)))
    text = f'SELECT ?s WHERE {{\n  # clocks: ?s\n  ?s <{TERMS}status> "accepted"\n}}'
    found = bool(list(store.query(clocks.sparql(text))))  # type: ignore[arg-type]
    expected = (known_on is None or clock.known <= known_on) and (
        as_of is None or (clock.since <= as_of <= clock.until)
    )
    assert found == clocks.hold(clock) == expected


def test_sparql_asks_documents_only_when_they_were_published() -> None:
    text = "  # published: ?d\n"
    assert Clocks(as_of="2020").sparql(text).strip() == ""
    asked = f'?d <{TERMS}knownFrom> ?d_knownFrom FILTER(STR(?d_knownFrom) <= "2020-12-31")'
    assert BOTH.sparql(text) == f"  FILTER(EXISTS {{ {asked} }})\n"
