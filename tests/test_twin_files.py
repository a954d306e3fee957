"""The files of the SPARQL twins: every fault has its line, and once filled in they can be run."""

from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions, Store

from graph import vocabulary as v
from graph.sparql import MAX_CHARACTERS, Request, query
from queries.catalog import load_catalog
from queries.clocks import Clocks
from queries.reference import reference
from queries.twins import Twin, fill, rows
from schema.errors import DataError
from schema.model import C
from tests.rdf_samples import BASE, ID
from tests.test_catalog import GOOD, TWIN

CATALOG = load_catalog()
STATEMENT = ID + "statement/"


def load(folder: Path, twin: str, cypher: str = GOOD) -> Twin:
    (folder / "members.cypher").write_text(cypher, "utf-8")
    (folder / "members.rq").write_text(twin, "utf-8")
    return load_catalog(folder).twins["members"]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("WHERE {", "WHERE", 6, "it is no SPARQL"),
        ("SELECT ?member", "SELECT ?country", 12, "it is no SPARQL"),
        ("?statements)", "?keys)", 1, "it selects member, keys"),
        (
            "SELECT ?member (",
            "SELECT (",
            1,
            "it selects statements (the columns of the query are member, statem",
        ),
        ("$program", "?program", 1, "the parameter program is not used"),
        ("$role = ", "$rôle = ", 9, "the parameter rôle is used"),
        ("= $role)", "= $rule)", 9, "the parameter rule is used"),
        (
            "  # clocks: ?r\n",
            "",
            6,
            "the statement ?r is not asked for its day (add # clocks: ?r to its group)",
        ),
        ("# clocks: ?r", "# clocks ?r", 6, "the statement ?r is not asked"),
        ("# clocks: ?r", "# clocks: ?s", 6, "the statement ?r is not asked"),
        (
            "  # clocks: ?r\n  OPTIONAL {",
            "  OPTIONAL {\n  # clocks: ?r\n ",
            6,
            "the statement ?r is not asked",
        ),
        (
            "  # clocks: ?r\n",
            "  # clocks: ?r\n  FILTER EXISTS { ?q rdf:object ?member }\n",
            8,
            "the statement ?q is not asked",
        ),
        (":role ?as }", ":role ?as ; prov:wasDerivedFrom ?d }", 8, "it is no SPARQL"),
        ("OPTIONAL", "?member :memberOf $program OPTIONAL", 8, ":memberOf stands without its statement"),
    ],
)
def test_every_fault_names_its_line(tmp_path: Path, old: str, new: str, line: int, message: str) -> None:
    assert old in TWIN
    with pytest.raises(DataError) as caught:
        load(tmp_path, TWIN.replace(old, new, 1))
    found = [(fault.file, fault.line, str(fault)) for fault in caught.value.faults]
    assert any(f == "members.rq" and at == line and message in text for f, at, text in found), found


PROV = "PREFIX prov: <http://www.w3.org/ns/prov#>\n"


def test_a_document_is_asked_when_it_was_published(tmp_path: Path) -> None:
    derived = PROV + TWIN.replace("OPTIONAL { ?r", "?r prov:wasDerivedFrom ?d .\n  OPTIONAL { ?r")
    with pytest.raises(DataError, match=r"document .d is not asked for its day .add # published: .d to its"):
        load(tmp_path, derived)
    load(tmp_path, derived.replace("# clocks: ?r", "# clocks: ?r\n  # published: ?d"))
    given = derived.replace("?d .", "$program .").replace("# clocks: ?r", "# clocks: ?r\n  # published: ?d")
    with pytest.raises(DataError, match=r"document .program is not asked"):
        load(tmp_path, given)
    load(tmp_path, given.replace("# published", "BIND($program AS ?d)\n  # published"))


def test_what_may_stand_at_any_time_says_so(tmp_path: Path) -> None:
    other = "FILTER EXISTS {\n    ?q rdf:object ?member .\n    # any time: ?q\n  }\n  OPTIONAL"
    assert load(tmp_path, TWIN.replace("OPTIONAL", other)).variables == ("member", "statements")


def test_each_query_has_one_twin_and_each_twin_a_query(tmp_path: Path) -> None:
    (tmp_path / "members.cypher").write_text(GOOD, "utf-8")
    (tmp_path / "left.rq").write_text(TWIN, "utf-8")
    with pytest.raises(DataError) as caught:
        load_catalog(tmp_path)
    assert [(f.file, f.message) for f in caught.value.faults] == [
        ("members.rq", "the query has no twin"),
        ("left.rq", "there is no left.cypher of which it is the twin"),
    ]


def members(twin: Twin, **parameters: Any) -> list[dict[str, Any]]:
    """The rows of the twin over two members, of which one is a guest."""
    store = Store()
    said = {"s1": ("aa", "guest"), "s2": ("aa", ""), "s3": ("bb", 'a "b" \\ $program { # c')}
    for key, (country, role) in said.items():
        statement = NamedNode(STATEMENT + key)
        store.add(Quad(statement, v.SUBJECT, NamedNode(f"{ID}country/{country}")))
        store.add(Quad(statement, v.PREDICATE, NamedNode(f"{C}memberOf")))
        store.add(Quad(statement, v.OBJECT, NamedNode(ID + "program/p")))
        store.add(Quad(statement, v.STATUS, Literal("accepted")))
        if role:
            store.add(Quad(statement, NamedNode(f"{C}role"), Literal(role)))
    found = store.query(fill(twin, {"program": {"id": "program/p"}, **parameters}, BASE))
    assert isinstance(found, QuerySolutions)
    return sorted(rows(twin, found, BASE), key=lambda row: str(row["member"]))


def test_parameters_are_filled_in_and_rows_are_plain(tmp_path: Path) -> None:
    twin = load(tmp_path, TWIN)
    aa, bb = (
        {"member": "country/aa", "statements": ["s1", "s2"]},
        {"member": "country/bb", "statements": ["s3"]},
    )
    assert members(twin) == members(twin, role=None) == [aa, bb]
    assert members(twin, role="guest") == [{**aa, "statements": ["s1"]}]
    assert members(twin, role='a "b" \\ $program { # c') == [bb]
    assert members(twin, program={"id": "program/other"}) == []


def test_every_kind_of_parameter_becomes_its_term() -> None:
    filled = fill(
        CATALOG.twins["dialogue-commitments"], {"dialogue": {"id": "dialogue/9"}, "heading": 3}, BASE
    )
    assert f"BIND(<{ID}dialogue/9> AS ?dialogue)" in filled
    assert 'FILTER(3 = "" || STRSTARTS(?number, CONCAT(STR(3), ".")))' in filled
    filled = fill(CATALOG.twins["events-in-period"], {"period": "2022-11"}, BASE)
    assert 'FILTER(?first >= "2022-11-01" && ?last <= "2022-11-30")' in filled
    filled = fill(CATALOG.twins["figures"], {}, BASE)
    assert 'FILTER("" = "" || (?first >= "" && ?last <= ""))' in filled


def test_every_kind_of_column_becomes_its_cell() -> None:
    twin = CATALOG.twins["figures"]
    figure = NamedNode(ID + "observation/one")
    store = Store()
    values = {
        "figure": figure,
        "value": Literal("344.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
        "unit": Literal("firearms"),
        "statements": Literal(f"{STATEMENT}s2 {STATEMENT}s1"),
    }
    given = " ".join(str(value) for value in values.values())
    found = store.query(
        f"SELECT ?figure ?value ?unit ?measure ?period ?source ?statements "
        f"{{ VALUES (?{' ?'.join(values)}) {{ ({given}) }} }}"
    )
    assert isinstance(found, QuerySolutions)
    empty = {"measure": None, "period": None, "source": None}
    expected = {"figure": "observation/one", "value": 344.5, "unit": "firearms", "statements": ["s1", "s2"]}
    assert rows(twin, found, BASE) == [{**expected, **empty}]


LONGEST = {
    "entity": {"id": "commitment/" + "x" * 60},
    "integer": 100,
    "date": "2022-10-01/2023-09-30",
    "text": "y" * 60,
}


@pytest.mark.parametrize("name", sorted(CATALOG.twins))
def test_a_filled_twin_stands_by_itself_within_the_limits_of_the_endpoint(name: str) -> None:
    twin = CATALOG.twins[name]
    clocks = Clocks("2022-10-01/2023-09-30", "2022-10-01/2023-09-30")
    parameters = {
        p.name: max(p.choices, key=len) if p.choices else LONGEST[p.kind] for p in twin.query.parameters
    }
    for given in ({}, parameters):
        if given or not any(p.required for p in twin.query.parameters):
            text = fill(twin, given, "https://carisec.example.org/", clocks)
            assert "$" not in text.replace("_$1", "")
            assert len(text) < MAX_CHARACTERS
            assert query(Store(), Request(text))[1] == "application/sparql-results+json"


def test_the_reference_leads_to_each_twin() -> None:
    text = reference(CATALOG)
    for name in CATALOG.twins:
        assert f"([text]({name}.cypher), [SPARQL]({name}.rq))" in text
