"""Pages along the order of a query: the rows of one big page, on both engines; tokens that hold or not."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.store import Store
from queries.canned import Query
from queries.catalog import load_catalog
from queries.clocks import Clocks
from queries.keyset import Key, Seek, fingerprint, read_token, seek, write_token
from queries.names import NameIndex, names_for
from queries.run import run
from schema.errors import BadParameter
from schema.values import parse_date
from tests.conftest import Graph

CATALOG = load_catalog()
# Paths are ordered by the lists of their stations.
BY_POSITION = {"shortest-paths"}
QUERIES = sorted(CATALOG.queries.keys() - BY_POSITION)

KEYS = (Key("name", None, False), Key("agency", "id", True), Key("statements", 0, False))


def sought(query: Query) -> Seek:
    found = seek(query.cypher, tuple(c.name for c in query.columns))
    assert found is not None
    return found


def example(query: Query, names: NameIndex) -> dict[str, Any]:
    """The example's parameters as Cypher gets them."""
    made: dict[str, Any] = {}
    for parameter in query.parameters:
        text = query.example.get(parameter.name, parameter.default)
        match parameter.kind:
            case _ if text is None:
                made[parameter.name] = None
            case "entity":
                (made[parameter.name],) = names.resolve(text, parameter.types).ids
            case "date":
                date = parse_date(text)
                days = {"start": str(date.earliest), "end": str(date.latest)}
                made[parameter.name] = {"text": date.text, **days}
            case "integer":
                made[parameter.name] = int(text)
            case _:
                made[parameter.name] = text
    return made


def walk(
    store: Store, how: Seek, given: Mapping[str, Any], columns: Sequence[str], size: int
) -> list[list[dict[str, Any]]]:
    """All pages; each row is asked for with the keys of the last row of the page before."""
    pages: list[list[dict[str, Any]]] = []
    after: list[Any] | None = None
    while not pages or len(pages[-1]) == size:
        text, values = how.page(after, size)
        rows = [dict(zip(columns, row, strict=True)) for row in store.read(text, {**given, **values}).rows]
        if not rows:
            break
        pages.append(rows)
        after = how.keys_of(rows[-1])
        assert len(pages) < 5000
    return pages


def test_only_paths_keep_their_positions() -> None:
    without = {
        name
        for name, q in CATALOG.queries.items()
        if seek(q.cypher, tuple(c.name for c in q.columns)) is None
    }
    assert without == BY_POSITION


@pytest.mark.parametrize("name", QUERIES)
def test_pages_of_any_size_give_the_rows_of_one(graph: Graph, name: str) -> None:
    query = CATALOG.get(name)
    names = names_for(graph.store)
    whole = run(query, query.example, graph.store, names, limit=1000).rows
    columns = tuple(c.name for c in query.columns)
    how, values = sought(query), example(query, names)
    keys = [json.dumps(how.keys_of(row)) for row in whole]
    assert len(set(keys)) == len(keys), "the order is not total"
    for size in (1, 2, 7):
        pages = walk(graph.store, how, values, columns, size)
        assert [row for page in pages for row in page] == whole
    assert walk(graph.store, how, values, columns, max(1, len(whole)))[:1] == ([whole] if whole else [])


@pytest.mark.parametrize(
    ("name", "clocks"),
    [
        ("timeline", Clocks(known_on="2021")),
        ("agencies-supporting-program", Clocks(as_of="2021/2023", known_on="2023")),
        ("corroboration", Clocks(known_on="2023")),
    ],
)
def test_pages_keep_to_the_clocks(graph: Graph, name: str, clocks: Clocks) -> None:
    query, names = CATALOG.get(name), names_for(graph.store)
    whole = run(query, query.example, graph.store, names, clocks, limit=1000).rows
    assert whole != run(query, query.example, graph.store, names, limit=1000).rows
    columns = tuple(c.name for c in query.columns)
    how = seek(clocks.cypher(query.cypher), columns)
    assert how is not None
    pages = walk(graph.store, how, {**example(query, names), **clocks.values()}, columns, 2)
    assert [row for page in pages for row in page] == whole


ORDERED = """UNWIND $rows AS r WITH r.a AS a, r.b AS b
RETURN a AS a, b AS b, {id: b} AS c, [a] AS l
ORDER BY """
VALUES: list[dict[str, Any]] = [
    {"a": a, "b": b} for a in (None, "A", "Z", "a", "é", "ﬁ", "𝄞") for b in (None, -1.5, 0, 2, 1e9)
]


@pytest.mark.parametrize("size", [1, 3, 10])
@pytest.mark.parametrize(
    "order", ["a, b", "a DESC, b", "b, a DESC", "c.id DESC, a DESC", "l[0], c.id", "b DESC, l[0] DESC"]
)
def test_both_engines_put_null_where_the_pages_expect_it(graph: Graph, order: str, size: int) -> None:
    columns = ("a", "b", "c", "l")
    how = seek(ORDERED + order, columns)
    assert how is not None
    rows = [
        dict(zip(columns, r, strict=True)) for r in graph.store.read(ORDERED + order, {"rows": VALUES}).rows
    ]
    pages = walk(graph.store, how, {"rows": VALUES}, columns, size)
    assert [row for page in pages for row in page] == rows
    first = how.keys[0]
    nulls = [key.of(row) is None for row in rows for key in how.keys[:1]]
    assert nulls == sorted(nulls, reverse=first.descending), "null is last ascending, first descending"


def test_a_text_is_taken_apart_at_its_last_return() -> None:
    text = (
        "// RETURN no ORDER BY\nMATCH (n) WHERE n.name = 'RETURN' WITH n /* RETURN */\n"
        "RETURN n.a AS a, {k: n.b, j: [1, 2]} AS b /* , */\nORDER BY b.k DESC, a"
    )
    found = seek(text, ("a", "b"))
    assert found is not None
    assert found.keys == (Key("b", "k", True), Key("a", None, False))
    page, values = found.page(["x", None], 5)
    assert page.startswith(
        text[: text.index("RETURN n.a")] + "WITH n.a AS a, {k: n.b, j: [1, 2]} AS b /* , */\n"
    )
    assert values == {"after0": "x", "limit": 5}
    assert "WHERE (`b`.`k` < $after0)" in page
    assert page.endswith("RETURN `a`, `b`\nORDER BY `b`.`k` DESC, `a`\nLIMIT $limit")


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (n) RETURN n.a AS a ORDER BY n.a",
        "MATCH (n) RETURN n.a AS a ORDER BY a, toLower(a)",
        "MATCH (n) RETURN n.a AS a ORDER BY [x IN a | x.id]",
        "MATCH (n) RETURN n.a AS a",
        "MATCH (n) SET n.a = 1",
    ],
)
def test_an_order_that_the_columns_do_not_tell_is_left(text: str) -> None:
    assert seek(text, ("a",)) is None


@given(
    st.text(),
    st.lists(
        st.none()
        | st.text()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.floats(allow_nan=False, allow_infinity=False),
        min_size=3,
        max_size=3,
    ),
)
def test_a_token_gives_back_its_keys(version: str, keys: list[Any]) -> None:
    token = write_token(version, "f", keys)
    assert token.isascii()
    assert set(token) <= set(base64.urlsafe_b64encode(bytes(range(256)) * 3).decode()) | set("-_")
    assert read_token(token, version, "f", KEYS) == keys


@pytest.mark.parametrize(
    ("token", "message"),
    [
        (write_token("v2", "f", ["a", "b", "c"]), "loaded anew"),
        (write_token("v1", "g", ["a", "b", "c"]), "other parameters"),
        (write_token("v1", "f", ["a", "b"]), "other parameters"),
        (write_token("v1", "f", ["a", "b", ["c"]]), "no token of ours"),
        (write_token("v1", "f", ["a", "b", {"c": 1}]), "no token of ours"),
        (base64.urlsafe_b64encode(b'{"v": 1}').decode(), "no token of ours"),
        (base64.urlsafe_b64encode(b"\xff\xfe").decode(), "no token of ours"),
        (write_token("v1", "f", ["a", "b", "c"])[:-3], "no token of ours"),
        ("", "no token of ours"),
        ("ä", "no token of ours"),
        ("a b", "no token of ours"),
    ],
)
def test_a_token_of_another_call_is_refused(token: str, message: str) -> None:
    with pytest.raises(BadParameter, match=message) as caught:
        read_token(token, "v1", "f", KEYS)
    assert caught.value.parameter == "after"
    assert "begin without it" in caught.value.message


def test_a_call_is_its_query_its_text_and_its_parameters() -> None:
    one, other = CATALOG.get("who-operates"), CATALOG.get("who-uses")
    given: dict[str, Any] = {"program": {"id": "program/etrace", "name": "eTrace", "type": "Program"}}
    prints = [
        fingerprint(one, given),
        fingerprint(other, given),
        fingerprint(one, {"program": None}),
        fingerprint(one, {**given, "as_of": "2020"}),
    ]
    assert len(set(prints)) == len(prints)
    assert fingerprint(one, dict(reversed(list(given.items())))) == prints[0]


def test_keys_of_a_row_that_lacks_them_are_null() -> None:
    row: dict[str, Any] = {"name": "n", "agency": None, "statements": []}
    assert [key.of(row) for key in KEYS] == ["n", None, None]
    assert [key.expression for key in KEYS] == ["`name`", "`agency`.`id`", "`statements`[0]"]
