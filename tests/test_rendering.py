"""In which form answers go out: every query in every form, negotiation, CSV, pages."""

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.formats import CSV, HTML, JSON, NDJSON, RECORDS, TABLES, Format, negotiate, split_suffix
from api.marks import pieces, places
from api.models import TableAnswer
from api.render import table_csv, table_ndjson
from graph.spreadsheets import without_guard
from queries.canned import Column
from queries.catalog import load_catalog
from queries.entities import statement_records
from queries.names import names_for
from queries.run import Table, run
from queries.sources import read_sources
from queries.tables import table_json
from schema.errors import NotAcceptable
from tests.conftest import Graph

CATALOG = load_catalog()
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
# Whatever a page loads by itself; links that a reader may follow are another matter.
# A link that tells where something is loads nothing.
OUTSIDE = re.compile(
    r"<(?:script|link(?! rel=\"(?:canonical|license)\")|img|iframe|source|video|audio|embed|object)\b[^>]*"
    r"(?:src|href|data)\s*=\s*[\"']?(?:https?:)?//|@import|url\(\s*[\"']?(?:https?:)?//",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def client(graph: Graph) -> TestClient:
    return TestClient(create_app(graph.settings, graph.store))


def rows_of(form: Format, text: str) -> list[Any]:
    if form is JSON:
        return list(json.loads(text)["rows"])
    if form is NDJSON:
        return [json.loads(line) for line in text.splitlines()]
    if form is CSV:
        return list(csv.DictReader(io.StringIO(text)))
    return re.findall(r"<tr><td>.*?</tr>", text, re.DOTALL)


def test_there_are_queries() -> None:
    assert len(CATALOG.queries) > 20


@pytest.mark.parametrize("name", CATALOG.queries)
def test_every_query_in_every_form(client: TestClient, name: str) -> None:
    query = CATALOG.queries[name]
    answers = {
        form: client.get(f"/queries/{name}{form.suffix}", params=dict(query.example)) for form in TABLES
    }
    for form, response in answers.items():
        assert response.status_code == 200, response.text
        assert response.headers["content-type"] == form.content_type
        assert response.headers["vary"].startswith("Accept")
        by_accept = client.get(
            f"/queries/{name}", params=dict(query.example), headers={"Accept": form.media_type}
        )
        assert rows_of(form, by_accept.text) == rows_of(form, response.text)
        for other in TABLES:
            assert f"/queries/{name}{other.suffix}" in response.headers["link"]
    plain = answers[JSON].json()
    TableAnswer.model_validate(plain)
    assert rows_of(NDJSON, answers[NDJSON].text) == plain["rows"]
    assert len(rows_of(CSV, answers[CSV].text)) == len(plain["rows"])
    assert len(rows_of(HTML, answers[HTML].text)) == len(plain["rows"])
    assert [c["name"] for c in plain["columns"]] == [c.name for c in query.columns]
    assert not OUTSIDE.search(answers[HTML].text)


@pytest.mark.parametrize("name", CATALOG.queries)
def test_cells_of_csv_are_those_of_json(client: TestClient, name: str) -> None:
    query = CATALOG.queries[name]
    plain = client.get(f"/queries/{name}.json", params=dict(query.example)).json()["rows"]
    lines = rows_of(CSV, client.get(f"/queries/{name}.csv", params=dict(query.example)).text)
    for row, line in zip(plain, lines, strict=True):
        assert line["statements"] == "; ".join(row["statements"])
        for column in query.columns:
            if column.kind == "entity" and row[column.name]:
                assert line[column.name].removeprefix("'") == row[column.name]["name"]
                assert line[f"{column.name}_id"] == row[column.name]["id"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("text/csv", CSV),
        ("TEXT/CSV", CSV),
        ("text/csv; q=0.1, application/x-ndjson; q=0.9", NDJSON),
        ("text/html;q=0.2, application/json;q=0.3", JSON),
        ("application/json;q=0, */*;q=0.1", CSV),
        ("text/html;q=0, text/*", CSV),
        ("image/png, */*;q=0.01", JSON),
        (BROWSER, HTML),
        ("text/html", HTML),
        (",, text/csv ,", CSV),
    ],
)
def test_negotiation(accept: str | None, expected: Format) -> None:
    assert negotiate(accept, TABLES) is expected


@pytest.mark.parametrize("accept", ["image/png", "application/json;q=0", "nonsense", "text/turtle, image/*"])
def test_what_nobody_offers_is_refused_with_the_list(accept: str) -> None:
    with pytest.raises(NotAcceptable, match=r"application/json \(\.json\), text/html \(\.html\)"):
        negotiate(accept, RECORDS)


@given(
    st.lists(
        st.sampled_from(["text/csv", "text/html", "application/json", "*/*", "text/*", "x/y"]), max_size=5
    )
)
def test_negotiation_gives_an_offered_form_or_refuses(ranges: list[str]) -> None:
    try:
        found = negotiate(", ".join(ranges), TABLES)
    except NotAcceptable:
        assert set(ranges) == {"x/y"}
    else:
        assert found in TABLES


def test_a_suffix_wins_over_accept(client: TestClient) -> None:
    response = client.get("/entities/unit/ccgiu.json", headers={"Accept": BROWSER})
    assert response.headers["content-type"] == "application/json"


def test_only_offered_suffixes_count() -> None:
    assert split_suffix("x.csv", TABLES) == ("x", CSV)
    assert split_suffix("x.csv", RECORDS) == ("x.csv", None)
    assert split_suffix(".csv", TABLES) == (".csv", None)


def table(value: Any, kind: str = "text") -> Table:
    columns = (Column("cell", kind, "the cell"), Column("statements", "statements", "ids"))  # type: ignore[arg-type]
    query = replace(next(iter(CATALOG.queries.values())), columns=columns)
    return Table(
        query, {}, ("cell", "statements"), [{"cell": value, "statements": ["s1", "s2"]}], 0, 10, False, "v"
    )


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "  =1",
        "\tx",
        "\rx",
        "\nx",
        '"=1"',
        "' =1",
        "\u00a0=1",
        "“@x”",
        "'x",
    ],
)
def test_no_spreadsheet_runs_a_cell(text: str) -> None:
    for shown in (
        table(text),
        table({"id": "agency/x", "name": text, "type": "Agency"}, "entity"),
        table([text], "list"),
    ):
        lines = list(csv.reader(io.StringIO(table_csv(shown).decode(), newline="")))
        assert lines[1][0] == "'" + text
        assert without_guard(lines[1][0]) == text


@pytest.mark.parametrize("text", ["a=1", "a;=1", "x -1", "2023-11", "", "a'b", "é+"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    lines = list(csv.reader(io.StringIO(table_csv(table(text)).decode())))
    assert lines[1][0] == text


def test_a_cell_is_none_when_it_is_parted_at_semicolons() -> None:
    text = table_csv(table(["a", "=1", "b"], "list")).decode()
    assert text.splitlines()[1].startswith('"a; \'=1; b",')
    assert table_csv(table("a;=1")).decode().splitlines()[1] == '"a;=1","s1; s2"'


def test_numbers_stay_numbers() -> None:
    lines = list(csv.reader(io.StringIO(table_csv(table(-5.5, "number")).decode())))
    assert lines[1] == ["-5.5", "s1; s2"]
    assert table_csv(table(-5, "number")).decode().splitlines()[1] == '-5,"s1; s2"'


def test_nothing_is_an_empty_cell() -> None:
    for kind in ("text", "number", "date", "list", "entity"):
        lines = list(csv.reader(io.StringIO(table_csv(table(None, kind)).decode())))
        assert not any(lines[1][:-1])


@given(st.text(st.characters(blacklist_categories=["Cs"])))
def test_csv_and_ndjson_keep_any_text(text: str) -> None:
    lines = list(csv.reader(io.StringIO(table_csv(table(text)).decode(), newline="")))
    assert without_guard(lines[1][0]) == text
    assert json.loads(table_ndjson(table(text)))["cell"] == text
    assert table_json(table(text), None)["rows"][0]["cell"] == text


def test_csv_tells_the_sources_of_each_row(graph: Graph) -> None:
    query = CATALOG.get("agencies-supporting-program")
    found = run(query, query.example, graph.store, names_for(graph.store))
    sources = read_sources(graph.store, found.rows, "https://carisec.example")
    records = {
        one["id"]: one
        for one in statement_records(
            graph.store, graph.schema, sorted({key for row in found.rows for key in row["statements"]})
        )
    }
    plain = list(csv.reader(io.StringIO(table_csv(found).decode())))
    lines = list(csv.DictReader(io.StringIO(table_csv(found, sources).decode())))
    assert lines
    assert list(lines[0]) == [*plain[0], "statements_sources", "statements_addresses"]
    for row, line, told in zip(found.rows, lines, sources, strict=True):
        evidence = [one for key in row["statements"] for one in records[key]["evidence"]]
        assert {one.title for one in told} == {one["document"]["name"] for one in evidence}
        assert {one.locator for one in told} == {one["locator"] for one in evidence}
        assert all(one.address.startswith("https://") for one in told)
        assert line["statements_sources"] == "; ".join(f"{one.title}, {one.locator}" for one in told)
        assert line["statements_addresses"].split("; ") == [one.address for one in told]


def test_a_row_that_rests_on_nothing_has_no_sources(graph: Graph) -> None:
    assert read_sources(graph.store, [{"statements": []}, {"statements": ["s-nothing"]}]) == [(), ()]
    line = table_csv(table("x"), [()]).decode().splitlines()[1]
    assert line == '"x","s1; s2","",""'


TEXT = st.text(st.sampled_from("ab \n"), min_size=1, max_size=30)
SPANS = st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32)), max_size=8)


@given(TEXT, SPANS, SPANS)
def test_pieces_joined_are_the_text(
    text: str, clauses: list[tuple[int, int]], named: list[tuple[int, int]]
) -> None:
    marks = [{"start": s, "end": e, "statement": f"s{n}"} for n, (s, e) in enumerate(clauses)]
    found = places(marks, len(text))
    made = pieces(text, found, [(s, e, f"agency/{s}") for s, e in named if s >= 0])
    assert "".join(piece.text for piece in made) == text
    assert [p for piece in made for p in piece.starts] == found
    assert sorted((p.start, p.end) for piece in made for p in piece.ends) == [(p.start, p.end) for p in found]
    at = 0
    for piece in made:
        covered = any(p.start <= at and at + len(piece.text) <= p.end for p in found)
        assert piece.marked == covered
        at += len(piece.text)


def test_clauses_that_overlap() -> None:
    marks = [
        {"start": 0, "end": 6, "statement": "s2"},
        {"start": 0, "end": 6, "statement": "s1"},
        {"start": 4, "end": 9, "statement": "s3"},
    ]
    made = pieces("abcdefghij", places(marks, 10), [(1, 3, "agency/bc"), (2, 5, "agency/cde")])
    assert [(p.text, p.marked, p.mention) for p in made] == [
        ("a", True, None),
        ("bc", True, "agency/bc"),
        ("d", True, None),
        ("ef", True, None),
        ("ghi", True, None),
        ("j", False, None),
    ]
    assert made[0].starts[0].statements == ("s1", "s2")


PAGES = (
    "/",
    "/queries",
    "/queries/agencies-supporting-program",
    "/queries/agencies-supporting-program?program=CCGIU",
    "/queries/agencies-supporting-program?program=nobody",
    "/entities",
    "/entities?type=Agency&q=police",
    "/entities/unit/ccgiu",
    "/entities/observation/none",
    "/documents",
    "/documents/2023-11-22-joint-statement",
    "/visualisations",
    "/visualisations/neighbourhood?entity=CCGIU",
    "/sparql",
    "/ask",
    "/ask?q=Which+agencies+support+CCGIU",
    "/ask?q=Who+is+the+king+of+Spain",
    "/docs",
    "/nothing/here",
)


@pytest.mark.parametrize("path", PAGES)
def test_pages_load_nothing_from_outside(client: TestClient, path: str) -> None:
    response = client.get(path, headers={"Accept": BROWSER})
    assert response.headers["content-type"].startswith("text/html")
    assert "<!doctype html>" in response.text[:40].lower()
    assert not OUTSIDE.search(response.text)
    assert "<h1" in response.text or path in ("/", "/docs")
    policy = response.headers["content-security-policy"]
    assert "http" not in policy
    assert "default-src 'self'" in policy or "default-src 'none'" in policy
    if path not in ("/docs", "/visualisations/neighbourhood?entity=CCGIU"):
        assert "unsafe" not in policy
        assert not re.search(r"<script(?![^>]*(?:src=|application/(?:ld\+)?json))", response.text)
        assert " style=" not in response.text
        assert not re.search(r"\son\w+=", response.text)


@pytest.mark.parametrize("link", ["https://cdn.example/x.js", "//cdn.example/x.js"])
def test_the_search_for_outside_hosts_can_fail(link: str) -> None:
    assert OUTSIDE.search(f'<script async src="{link}"></script>')
    assert OUTSIDE.search(f"<link rel=stylesheet href={link}>")
    assert OUTSIDE.search(f"<style>a {{ background: url({link}) }}</style>")


def test_links_of_pages_lead_somewhere(client: TestClient) -> None:
    seen = set()
    for path in PAGES[1:-2]:
        text = client.get(path, headers={"Accept": BROWSER}).text
        seen |= set(re.findall(r'(?:href|src|action)="(/[^"#]*)', text))
    assert len(seen) > 50
    for target in (*sorted(seen)[::7], "/static/pages.css", "/docs/assets/swagger-ui.css"):
        status = client.get(target.replace("&amp;", "&"), headers={"Accept": BROWSER}).status_code
        assert status in (200, 422) if "?" not in target else status == 200, target
