"""Accept headers as RFC 9110 has them, and what answers say of it."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.formats import CSV, HTML, JSON, LINKED, NDJSON, RDF, RECORDS, TABLES, Format, negotiate
from schema.errors import NotAcceptable
from tests.conftest import Graph

QUERY = "/queries/agencies-supporting-program"
GIVEN = {"program": "CCGIU"}


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        # Weights decide, and of equals the order in which forms are offered.
        ("text/html;q=0.5, application/json;q=0.5", JSON),
        ("text/html, application/json", JSON),
        ("text/html;q=0.501, application/json;q=0.5", HTML),
        ("application/x-ndjson;q=0.001", NDJSON),
        # Of wild cards the closer range says the weight.
        ("text/*, text/csv;q=0.1", HTML),
        ("*/*;q=0.9, application/*;q=0.1", CSV),
        ("text/*;q=0.3, */*;q=0.2", CSV),
        ("*", JSON),
        # Nought is a refusal, also of what a wild card would allow.
        ("application/json;q=0.0, application/*", NDJSON),
        ("text/*;q=0, */*;q=0.1", JSON),
        ("*/*;q=0, text/csv;q=0.2", CSV),
        # Case, white space, parameters.
        ("Application/JSON", JSON),
        ("text/csv ; Q=0.2,\ttext/html ; q=0.1", CSV),
        ("text/csv; charset=utf-8; header=present", CSV),
        ('text/html;note="a, b";q=0.1, text/csv;q=0.2', CSV),
        ("text/html;level=1;q=0.1, text/html;q=0.9, text/csv;q=0.5", HTML),
        # What is no range is passed over; a weight that is none counts as one.
        ("nonsense, text/csv", CSV),
        ("text/csv, text/html/xml", CSV),
        ("*/html, text/csv;q=0.1", CSV),
        ("te xt/html, text/csv;q=0.1", CSV),
        ("text/html;q=x, text/csv;q=0.9", HTML),
        ("text/html;q=7, text/csv;q=0.9", HTML),
        (" , ,", JSON),
    ],
)
def test_ranges(accept: str, expected: Format) -> None:
    assert negotiate(accept, TABLES) is expected


@pytest.mark.parametrize(
    "accept",
    ["*/*;q=0", "image/*", "text/turtle", "nonsense", "*/json", "text/*;q=0", "application/json;q=0"],
)
def test_what_is_refused(accept: str) -> None:
    with pytest.raises(NotAcceptable, match=r"there are application/json \(\.json\)"):
        negotiate(accept, (JSON,) if accept.startswith("text/*") else RECORDS)


RANGES = st.sampled_from(["text/csv", "text/html", "application/json", "*/*", "text/*", "x/y", "junk", ""])
WEIGHTS = st.sampled_from(["", ";q=0", ";q=0.5", ";q=1", ";q=", ";q=-1", "; Q=0.25"])


@given(st.lists(st.tuples(RANGES, WEIGHTS), max_size=6), st.text(max_size=20))
def test_any_header_gives_an_offered_form_or_a_refusal(said: list[tuple[str, str]], junk: str) -> None:
    for accept in (", ".join(kind + weight for kind, weight in said), junk):
        try:
            assert negotiate(accept, TABLES) in TABLES
        except NotAcceptable as error:
            assert all(one.suffix in str(error) for one in TABLES)


@given(st.permutations(["text/csv;q=0.4", "text/html;q=0.9", "application/json;q=0.1", "*/*;q=0.05"]))
def test_the_order_of_a_header_does_not_matter(said: list[str]) -> None:
    assert negotiate(",".join(said), TABLES) is HTML


@pytest.mark.parametrize("form", TABLES, ids=lambda form: form.suffix)
def test_a_suffix_wins_over_any_header(client: TestClient, form: Format) -> None:
    for accept in ("image/png", "*/*;q=0", "text/html", "application/json"):
        response = client.get(QUERY + form.suffix, params=GIVEN, headers={"Accept": accept})
        assert (response.status_code, response.headers["content-type"]) == (200, form.content_type)


@pytest.mark.parametrize("form", LINKED, ids=lambda form: form.suffix)
def test_an_entity_in_the_form_that_is_wanted_most(client: TestClient, form: Format) -> None:
    accept = f"{form.media_type};q=0.9, text/html;q=0.2, application/json;q=0.1"
    response = client.get("/entities/unit/ccgiu", headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == form.media_type
    assert "accept" in response.headers["vary"].lower()


@pytest.mark.parametrize(
    ("path", "offered"),
    [
        (f"{QUERY}?program=CCGIU", TABLES),
        ("/queries", RECORDS),
        ("/entities", RECORDS),
        ("/documents", RECORDS),
        ("/entities/unit/ccgiu", LINKED),
        ("/id/unit/ccgiu", LINKED),
    ],
)
def test_a_refusal_lists_what_there_is(client: TestClient, path: str, offered: tuple[Format, ...]) -> None:
    response = client.get(path, headers={"Accept": "image/png"}, follow_redirects=False)
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["vary"].startswith("Accept")
    detail = response.json()["detail"]
    assert all(f"{one.media_type} ({one.suffix})" in detail for one in offered)


def test_every_answer_that_depends_on_the_header_says_so(client: TestClient) -> None:
    first = client.get(QUERY, params=GIVEN)
    known = client.get(QUERY, params=GIVEN, headers={"If-None-Match": first.headers["etag"]})
    redirect = client.get("/id/unit/ccgiu", follow_redirects=False)
    missing = client.get("/entities/unit/none")
    assert [r.status_code for r in (first, known, redirect, missing)] == [200, 304, 303, 404]
    for response in (first, known, redirect, missing):
        names = {name.strip().lower() for name in response.headers["vary"].split(",")}
        assert "accept" in names
    page = client.get(
        QUERY, params=GIVEN, headers={"Accept": "text/html", "If-None-Match": first.headers["etag"]}
    )
    assert page.status_code == 200, "a tag of another form is another tag"


def test_an_identifier_leads_to_the_file_of_the_form(client: TestClient) -> None:
    for form in RDF:
        accept = f"text/html;q=0.1, {form.media_type}"
        found = client.get("/id/unit/ccgiu", headers={"Accept": accept}, follow_redirects=False)
        assert found.headers["location"] == f"/entities/unit/ccgiu{form.suffix}"
    page = client.get("/id/unit/ccgiu", headers={"Accept": "text/html"}, follow_redirects=False)
    assert page.headers["location"] == "/entities/unit/ccgiu"
