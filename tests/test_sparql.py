"""Read-only SPARQL over the sample graph."""

import csv
import io
import json
import threading
from typing import Any

import pytest
import rdflib
from pyoxigraph import Store, parse

from graph.rdf import quads, triples
from graph.sparql import (
    GRAPH_FORMATS,
    MAX_CHARACTERS,
    MAX_DEPTH,
    TABLE_FORMATS,
    Request,
    build_store,
    query,
)
from graph.vocabulary import prefixes
from schema.errors import NotAcceptable, TooLarge, UsageError
from tests.rdf_samples import BASE, ENTITIES, ID, SCHEMA, STATEMENTS

PREFIXES = prefixes(SCHEMA, BASE)


@pytest.fixture(scope="module")
def store() -> Store:
    return build_store(quads(SCHEMA, ENTITIES, STATEMENTS, BASE))


def rows(store: Store, text: str) -> list[dict[str, str]]:
    body, media_type = query(store, Request(text, prefixes=PREFIXES))
    assert media_type == "application/sparql-results+json"
    return [{k: v["value"] for k, v in row.items()} for row in json.loads(body)["results"]["bindings"]]


def test_select_over_the_union_sees_each_triple_once(store: Store) -> None:
    assert rows(store, "SELECT ?who { ?who carisec:supports unit:cell }") == [{"who": ID + "agency/bureau"}]
    (count,) = rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count["n"]) == len(list(triples(SCHEMA, ENTITIES, STATEMENTS, BASE)))


def test_named_graphs_say_which_document_says_so(store: Store) -> None:
    found = rows(store, "SELECT ?g { GRAPH ?g { agency:bureau carisec:supports unit:cell } } ORDER BY ?g")
    assert [row["g"] for row in found] == [BASE + "graph/document/letter", BASE + "graph/document/minutes"]


def test_a_citation_can_be_asked_for(store: Store) -> None:
    found = rows(
        store,
        """SELECT ?document ?start ?quote {
             ?statement rdf:subject agency:bureau ; rdf:predicate carisec:supports .
             ?statement carisec:evidence ?evidence .
             ?evidence prov:wasDerivedFrom ?document ; oa:hasTarget/oa:hasSelector ?position, ?text .
             ?position oa:start ?start . ?text oa:exact ?quote }""",
    )
    assert [row["document"] for row in found] == [ID + "document/letter"]


def answer(store: Store, text: str, **wanted: Any) -> tuple[bytes, str]:
    return query(store, Request(text, prefixes=PREFIXES, **wanted))


@pytest.mark.parametrize("media_type", TABLE_FORMATS)
def test_tables_come_in_the_wanted_format(store: Store, media_type: str) -> None:
    for text in ("SELECT * { ?s a carisec:Topic }", "ASK { ?s a carisec:Topic }"):
        if media_type.startswith("text/") and text.startswith("ASK"):
            continue
        body, found = answer(store, text, table=media_type)
        assert found == media_type
        assert body


@pytest.mark.parametrize("media_type", GRAPH_FORMATS)
def test_graphs_come_in_the_wanted_format(store: Store, media_type: str) -> None:
    body, found = answer(store, "CONSTRUCT WHERE { ?s a carisec:Topic }", graph=media_type)
    assert found == media_type
    assert len(list(parse(body, GRAPH_FORMATS[media_type]))) == 2


def test_csv_of_a_select(store: Store) -> None:
    body, _ = answer(store, "SELECT ?s { ?s a carisec:Topic } ORDER BY ?s", table="text/csv")
    assert list(csv.reader(io.StringIO(body.decode()))) == [
        ["s"],
        [ID + "topic/firearms"],
        [ID + "topic/tracing"],
    ]


def test_ask_and_construct(store: Store) -> None:
    body, _ = answer(store, "ASK { ?s carisec:funds ?o }")
    assert json.loads(body)["boolean"] is False
    body, media_type = answer(store, "CONSTRUCT { ?s a skos:Concept } WHERE { ?s a carisec:Topic }")
    assert media_type == "text/turtle"
    assert len(rdflib.Graph().parse(data=body, format="turtle")) == 2
    body, media_type = answer(store, f"DESCRIBE <{ID}unit/cell>", graph="application/ld+json")
    assert media_type == "application/ld+json"
    assert json.loads(body)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("SELECT * { ?s ?p ?o }", {"table": None}), ("CONSTRUCT WHERE { ?s ?p ?o }", {"graph": None})],
)
def test_a_result_without_a_wanted_form_is_refused(store: Store, text: str, wanted: dict[str, None]) -> None:
    with pytest.raises(NotAcceptable, match="none of the wanted forms"):
        answer(store, text, **wanted)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"])
def test_a_result_is_never_cut(store: Store, text: str) -> None:
    body, _ = answer(store, text)
    assert answer(store, text, largest=len(body))[0] == body
    with pytest.raises(TooLarge, match=f"more than {len(body) - 1} bytes: add LIMIT"):
        answer(store, text, largest=len(body) - 1)


def test_the_data_set_is_what_the_caller_says_whatever_the_query_says(store: Store) -> None:
    letter, minutes = BASE + "graph/document/letter", BASE + "graph/document/minutes"
    text = "SELECT ?s FROM <%s> { ?s rdf:predicate carisec:heldOn }" % minutes  # noqa: S608, UP031
    assert rows(store, text) == []
    body, _ = answer(store, text, default_graphs=(letter,))
    assert len(json.loads(body)["results"]["bindings"]) == 1
    named = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    body, _ = answer(store, named, named_graphs=(minutes,))
    assert [row["g"]["value"] for row in json.loads(body)["results"]["bindings"]] == [minutes]
    body, _ = answer(store, "ASK { ?s ?p ?o }", named_graphs=(minutes,))
    assert json.loads(body)["boolean"] is False


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <x:a> <x:b> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "PREFIX x: <x:> clear all",
    ],
)
def test_updates_are_refused(store: Store, update: str) -> None:
    before = len(store)
    with pytest.raises(UsageError, match="only reads"):
        query(store, Request(update))
    assert len(store) == before > 0


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }",
        "service<http://127.0.0.1:9/>{?s ?p ?o}",
        "SERVICE SILENT ?where { ?s ?p ?o }",
        "SeRvIcE # a comment\n SILENT # another\r x:place # one more\n { ?s ?p ?o }",
        "OPTIONAL{SERVICE x:{?s ?p ?o}}",
        "SERVICE a·b:place#with { a brace\n{ ?s ?p ?o }",
        "SERVICE ?wh·re { ?s ?p ?o }",
        '?a <x:b> """ # """ . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }',
    ],
)
def test_other_endpoints_are_never_asked(store: Store, clause: str) -> None:
    with pytest.raises(UsageError, match="SERVICE is refused"):
        query(store, Request(f"PREFIX x: <x:> SELECT * {{ {clause} }}"))


def test_service_may_stand_in_a_text(store: Store) -> None:
    assert (
        rows(store, 'SELECT ?s { ?s rdfs:label ?service FILTER(CONTAINS(?service, "Customs Service")) }')
        == []
    )


@pytest.mark.parametrize("text", ["", "SELECT", "SELECT * { ?s ?p }", "SELECT * { ?s nowhere:x ?o }"])
def test_what_is_no_query_is_told_where(store: Store, text: str) -> None:
    with pytest.raises(UsageError, match=r"no SPARQL 1\.1 query"):
        query(store, Request(text))


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s ?p ?o FILTER(" + "(" * (MAX_DEPTH + 1) + "1" + ")" * (MAX_DEPTH + 1) + ") }",
        "SELECT * " + "{" * 3000 + "}" * 3000,
        "SELECT * { ?s ?p ?o FILTER(" + "! " * MAX_DEPTH + "?s) }",
    ],
)
def test_deep_queries_are_refused_before_they_end_the_process(store: Store, text: str) -> None:
    with pytest.raises(UsageError, match="nested"):
        query(store, Request(text))


def test_long_queries_are_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="at most"):
        query(store, Request("SELECT * { }" + " " * MAX_CHARACTERS))


@pytest.mark.parametrize("part", ["+1", "||?s", "-?s", "*2", "/2", "&&!?s", "=1", ",?s"])
def test_the_longest_queries_are_survived_in_a_thread(store: Store, part: str) -> None:
    head, tail = ("COALESCE(?s", ")") if part.startswith(",") else ("?s", "")
    room = (MAX_CHARACTERS - 60) // len(part)
    text = "SELECT * { ?s a <x:none> FILTER(" + head + part * room + tail + ") }"
    answers: list[object] = []

    def ask() -> None:
        try:
            answers.append(query(store, Request(text)))
        except UsageError as error:
            answers.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert len(answers) == 1
