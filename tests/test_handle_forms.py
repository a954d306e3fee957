"""The forms in which the handle gives an answer: DataFrames, networks, RDF, HTML, and errors of a server."""

import importlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import networkx as nx
import pytest
import rdflib
from rdflib.namespace import RDF

import carisec
from api.errors import problem_of
from carisec import html
from carisec.problems import error_of
from graph.export import export
from graph.reading import read_content
from graph.records import Entity
from schema.errors import (
    BadParameter,
    BadToken,
    CarisecError,
    DataError,
    EmptyGraph,
    EngineFailure,
    EngineUnavailable,
    Fault,
    GraphMoved,
    NotAcceptable,
    NotFound,
    NotInstalled,
    SchemaError,
    SwitchedOff,
    TimeLimit,
    UsageError,
)
from schema.values import SCHEMA_NS
from tests.conftest import Graph
from tests.receipt_graph import ENTITIES, LETTER, NOTE, Claim, fill

Kg = carisec.KnowledgeGraph
EVIL = '<script>alert("1")</script>'


@pytest.fixture(scope="module")
def kg(graph: Graph) -> Iterator[Kg]:
    with carisec.connect(graph.settings) as made:
        yield made


# --- DataFrames -----------------------------------------------------------------------------------------


def test_an_entity_gives_its_name_and_its_id(kg: Kg) -> None:
    rows = kg.query("members-of-program", program="CBSI")
    frame = rows.to_df()
    assert list(frame.columns) == ["member", "member_id", "date", "status", "statements"]
    assert list(frame["member_id"]) == [row["member"]["id"] for row in rows]
    assert list(frame["statements"]) == [row["statements"] for row in rows]
    empty = kg.query("members-of-program", program="CBSI", known_on="1999")
    assert (len(empty.to_df()), list(empty.to_df().columns)) == (0, list(frame.columns))


def test_a_list_stays_a_list_and_a_number_a_number(kg: Kg) -> None:
    frame = kg.query("figure-totals").to_df()
    assert frame["total"].dtype.kind in "if"
    assert all(isinstance(cell, list) for cell in frame["sources"])


def test_an_answer_gives_what_names_its_items(kg: Kg) -> None:
    frame = kg.ask("which agencies support CCGIU").to_df()
    assert list(frame.columns) == ["id", "name", "type", "statements"]
    dated = kg.ask("when was the ninth dialogue held").to_df()
    assert list(dated.columns) == ["value", "label", "statements"]


def test_every_row_can_come_with_its_sources(kg: Kg) -> None:
    for found in (kg.query("who-established", program="CCGIU"), kg.ask("which agencies support CCGIU")):
        frame = found.to_df(sources=True)
        clauses = {(f"{c['title']}, {c['locator']}", c["address"]) for c in found.citations()}
        told = zip(
            frame["statements_sources"].explode(), frame["statements_addresses"].explode(), strict=True
        )
        assert set(told) == clauses
        assert all(frame["statements_sources"].map(bool))


@pytest.mark.parametrize("package", ["pandas", "httpx2"])
def test_a_missing_package_is_told_with_its_extra(
    kg: Kg, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    plain = importlib.import_module

    def absent(name: str, of: str | None = None) -> Any:
        if name == package:
            raise ModuleNotFoundError(f"No module named {name!r}")
        return plain(name, of)

    monkeypatch.setattr(importlib, "import_module", absent)
    extra = {"pandas": "notebook", "httpx2": "client"}[package]
    with pytest.raises(NotInstalled, match=rf"carisec\[{extra}\]"):
        if package == "pandas":
            kg.ask("which agencies support CCGIU").to_df()
        else:
            carisec.connect("http://127.0.0.1:9")


# --- networks and RDF -----------------------------------------------------------------------------------


def test_statements_are_edges_between_the_entities_that_they_name(kg: Kg) -> None:
    answer = kg.ask("which agencies support CCGIU")
    network = answer.to_networkx()
    assert set(answer.statements) == {key for _, _, key in network.edges(keys=True)}
    assert {item["id"] for item in answer.items} | {"unit/ccgiu"} == set(network)
    statement = kg.statement(answer.statements[0])
    edge = network.edges[statement["subject"]["id"], statement["object"]["id"], statement["id"]]
    assert (edge["predicate"], edge["label"], edge["status"]) == (
        statement["predicate"],
        statement["label"],
        "accepted",
    )
    assert edge["documents"] == "; ".join(sorted({e["document"]["id"] for e in statement["evidence"]}))
    assert (edge["evidence"], edge["confidence"]) == (len(statement["evidence"]), 1.0)
    node = network.nodes["agency/atf"]
    assert (node["name"], node["type"]) == ("Bureau of Alcohol, Tobacco, Firearms and Explosives", "Agency")


def test_a_value_is_a_node_of_its_own(kg: Kg) -> None:
    answer = kg.ask("when was the ninth dialogue held")
    network = answer.to_networkx()
    values = {key: node["name"] for key, node in network.nodes(data=True) if node["type"] == "Value"}
    assert values == dict.fromkeys(answer.statements, answer.items[0]["value"])
    assert [edge[:2] for edge in network.edges] == [("dialogue/9", key) for key in values]


@pytest.mark.parametrize("name", ["ties-by-relation", "figures", "dialogue-commitments"])
def test_a_network_can_be_written_for_other_programs(kg: Kg, name: str) -> None:
    example = {q["name"]: q["example"]["parameters"] for q in kg.queries()}[name]
    network = kg.query(name, example).to_networkx()
    assert network.number_of_edges() > 3
    text = io.BytesIO()
    nx.write_graphml(network, text)
    text.seek(0)
    read = nx.read_graphml(text, force_multigraph=True)
    assert (read.nodes, read.adj) == (network.nodes, network.adj)
    nx.write_gexf(network, io.BytesIO())


def test_rdf_is_the_part_of_the_export_that_an_answer_rests_on(kg: Kg, graph: Graph) -> None:
    content, out = read_content(graph.store, graph.schema), io.BytesIO()
    export("ntriples", graph.schema, content.entities, content.statements, graph.settings.base_iri, out)
    whole = set(rdflib.Graph().parse(data=out.getvalue(), format="nt"))
    answer = kg.ask("which agencies support CCGIU")
    made = answer.to_rdflib()
    assert set(made) < whole
    base, schema = f"{graph.settings.base_iri}id/", rdflib.Namespace(SCHEMA_NS)
    statements = {str(s).removeprefix(f"{base}statement/") for s in made.subjects(RDF.type, RDF.Statement)}
    assert statements == set(answer.statements)
    clauses = {(c["document"], c["start"], c["end"], c["statement"]) for c in answer.citations()}
    assert len(set(made.objects(None, schema.evidence))) == len(clauses)
    # Whatever is about these statements is there: nothing of their evidence is left out.
    about = {
        node for node in made.subjects() if str(node).startswith((f"{base}statement/", f"{base}evidence/"))
    }
    assert {t for t in whole if t[0] in about} <= set(made)
    assert "statement:" in made.serialize(format="turtle")


def test_evidence_that_was_published_later_is_left_out(kg: Kg) -> None:
    late = kg.query("who-operates", program="eTrace")
    early = kg.query("who-operates", program="eTrace", known_on="2023-12")
    assert early.statements == late.statements
    assert 0 < len(early.citations()) < len(late.citations())
    term = rdflib.URIRef(SCHEMA_NS + "evidence")
    for rows in (early, late):
        made = rows.to_rdflib()
        assert len(set(made.objects(None, term))) == len(rows.citations())
        documents = {str(key).rpartition("/id/")[2] for key in made.subjects() if "/id/document/" in str(key)}
        assert documents == {c["document"] for c in rows.citations()}


# --- HTML -----------------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """The tags and the addresses of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not [name for name, _ in attrs if name.startswith("on")]


def hostile(entities: Sequence[Entity] = ENTITIES) -> list[Entity]:
    """The entities under names that are HTML, their documents at addresses that are scripts."""
    return [
        replace(
            one,
            name=f"{one.name} {EVIL}",
            properties={**one.properties, "url": "javascript:alert(1)"} if one in (NOTE, LETTER) else {},
        )
        for one in entities
    ]


def test_no_name_gets_out_of_its_place(scratch: Graph) -> None:
    fill(scratch, (Claim("agency/alpha", (NOTE, LETTER), f"boats {EVIL}"),), hostile())
    with carisec.connect(scratch.settings) as kg:
        rows = kg.query("agencies-supporting-program", program="program/tide")
        refused = kg.ask(f'what is "{EVIL}"')
        answer = kg.ask("who supports program/tide") or kg.ask(f"who supports the Tide Programme {EVIL}")
        compared = kg.diff("agencies-supporting-program", program="program/tide", known_on="1999")
        assert (len(rows), refused.answered, answer.answered, len(compared)) == (1, False, True, 1)
        for shown in (rows, refused, answer, compared, kg.verify(rows)):
            text = shown._repr_html_()
            page = _Page(text)
            assert "alert" in text or isinstance(shown, carisec.Verification)
            assert set(page.tags) <= {
                "a", "br", "code", "div", "li", "ol", "p", "strong", "table", "tbody", "td", "th", "thead",
                "tr", "ul",
            }  # fmt: skip
            assert all(one.startswith(scratch.settings.base_iri) for one in page.addresses)


def table(count: int, **members: Any) -> dict[str, Any]:
    """The JSON of a page of rows."""
    return {
        "title": "Supporters",
        "parameters": {"program": {"id": "program/tide", "name": "Tide", "type": "Program"}, "n": None},
        "columns": [
            {"name": "agency", "kind": "entity", "help": "Who", "types": []},
            {"name": "others", "kind": "list", "help": "Who else", "types": []},
            {"name": "statements", "kind": "statements", "help": "Why", "types": []},
        ],
        "rows": [
            {
                "agency": {"id": f"agency/a{n}", "name": f"Agency {n}", "type": "Agency"},
                "others": ["boats & nets", {"id": "agency/b", "name": "Beta", "type": "Agency"}],
                "statements": ["s1", "s2"],
            }
            for n in range(count)
        ],
        "clocks": {"as_of": "2023", "known_on": None},
        "truncated": False,
        **members,
    }


def test_a_table_links_to_the_server_or_to_identifiers() -> None:
    page = _Page(html.rows(table(1), "https://carisec.example/x", "https://example.org/"))
    assert page.addresses == [
        f"https://carisec.example/x/{path}"
        for path in ("entities/agency/a0", "entities/agency/b", "statements/s1", "statements/s2")
    ]
    page = _Page(html.rows(table(1), "", "https://example.org/"))
    assert page.addresses == [
        f"https://example.org/id/{path}" for path in ("agency/a0", "agency/b", "statement/s1", "statement/s2")
    ]


def test_what_is_not_shown_is_told() -> None:
    whole = html.rows(table(3), "", "https://example.org/")
    assert "3 rows." in whole
    assert "as of 2023" in whole
    assert "boats &amp; nets" in whole
    cut = html.rows(table(50, truncated=True), "", "https://example.org/")
    assert "50 rows, the first 20 shown; more follow" in cut
    assert cut.count("<tr>") == 21
    assert "1 row." in html.rows(table(1), "", "https://example.org/")


def test_an_answer_shows_its_clauses(kg: Kg) -> None:
    answer = kg.ask("which agencies support CCGIU")
    text = answer._repr_html_()
    assert text.count("<li>") == len(answer) + len(answer.citations())
    assert answer.reading in text
    dated = kg.ask("when was the ninth dialogue held")
    assert dated.items[0]["label"] in dated._repr_html_()


# --- errors of a server ---------------------------------------------------------------------------------

ERRORS = (
    BadParameter("program", "nothing is known as 'x'", ["CBSI", "CSII"]),
    BadParameter("limit", "it is too large"),
    NotFound("there is no query 'x'"),
    NotAcceptable("there is no such form"),
    BadToken("the token is wrong"),
    SwitchedOff("this is switched off"),
    UsageError("that is no call"),
    EngineUnavailable("the engine is away"),
    EngineFailure("the engine failed"),
    GraphMoved("the graph moved"),
    EmptyGraph("nothing has been loaded"),
    TimeLimit("it took too long"),
    NotInstalled("there is no pyvis"),
    DataError(
        [Fault("facts.yaml", 3, "there is no such thing", "mend it"), Fault("facts.yaml", 9, "and more")]
    ),
    SchemaError([Fault("ontology.ttl", 1, "the term is wrong", "mend it")]),
    CarisecError("something went wrong"),
)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_of_a_server_is_the_same_again(graph: Graph, error: CarisecError) -> None:
    found = error_of(error.status, problem_of(graph.settings, error))
    assert (type(found), str(found), found.details) == (type(error), str(error), error.details)


def test_an_error_of_somebody_else_goes_by_its_status() -> None:
    kinds = {
        404: UsageError,
        413: UsageError,
        500: CarisecError,
        502: EngineUnavailable,
        504: EngineUnavailable,
    }
    for status, kind in kinds.items():
        assert type(error_of(status, {})) is kind
        assert type(error_of(status, {"type": "about:blank", "detail": "no"})) is kind
    assert "502" in str(error_of(502, {}))
