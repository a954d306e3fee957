"""References of an answer: complete, and readable for the programs that people cite with."""

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import citeproc
import pytest
from citeproc.source.json import CiteProcJSON
from hypothesis import example, given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.richtext import Text

from api.citing import cited
from api.formats import CITATIONS, CSL, JSON, TABLES, split_suffix
from graph.records import CHANGED_WORDING
from queries.ask import ask
from queries.bibliographies import CitationForm, csl, written
from queries.catalog import load_catalog
from queries.citations import AnswerReference, Citations, Place, Reference, cite_answer, cite_table
from queries.clocks import Clocks
from queries.receipts import receipt_of_answer
from tests.conftest import Graph
from tests.receipt_graph import ALPHA, BETA, LETTER, NOTE, fill, table

CATALOG = load_catalog()
BASE = "https://w3id.org/carisec/"
DAY = dt.date(2032, 1, 9)

ANSWER = AnswerReference(
    "carisec-answer-0123456789ab", "Who is who?", "0.1.0", "00ff", "0" * 64, "https://carisec.example/ask?q=1"
)
REFERENCE = Reference(
    key="document-harbour-note",
    title="The Harbour Note",
    publisher="Harbour Office",
    published="2031-05-04",
    kind="press report",
    language="en",
    address="https://example.org/note?a=b&c=50%25#top",
    places=(Place(10, 40, ("Alpha supports Tide", "Beta supports Tide")), Place(90, 120, ("Gamma is here",))),
)


def citations(**changed: Any) -> Citations:
    return Citations((replace(REFERENCE, **changed),), ANSWER, DAY)


def document(**changed: Any) -> dict[str, Any]:
    return csl(citations(**changed))[0]


# --- which documents ------------------------------------------------------------------------------------


def test_an_answer_is_cited_by_its_documents_and_itself(graph: Graph) -> None:
    answer = ask("Which pledges involve eTrace?", CATALOG, graph.store)
    found = cite_answer(answer, CATALOG, graph.store, BASE, accessed=DAY)
    assert {f"document-{c['document'].partition('/')[2]}" for c in answer.citations} == {
        d.key for d in found.documents
    }
    clauses = {(c["start"], c["end"]) for c in answer.citations}
    assert {(p.start, p.end) for d in found.documents for p in d.places} == clauses
    said = [says for d in found.documents for p in d.places for says in p.says]
    assert any("involves eTrace" in says for says in said)
    assert found.answer.receipt == receipt_of_answer(answer, CATALOG, graph.store).sha256
    assert found.answer.graph == graph.store.version()


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
def test_every_query_can_be_cited_in_every_form(graph: Graph, name: str) -> None:
    found = cite_table(table(graph, name, CATALOG.get(name).example), graph.store, BASE, accessed=DAY)
    keys = [d.key for d in found.documents] + [found.answer.key]
    assert len(set(keys)) == len(keys)
    assert list(parse_string(written(found, CitationForm.BIBTEX), "bibtex").entries) == keys
    assert [item["id"] for item in json.loads(written(found, CitationForm.CSL))] == keys
    lines = written(found, CitationForm.TEXT).splitlines()
    assert [line for line in lines if line.startswith("[")][-1].startswith(f"[{len(keys)}] carisec")
    assert len(lines) == len(keys) + sum(len(d.places) for d in found.documents)


def test_a_refusal_is_cited_as_an_answer_alone(graph: Graph) -> None:
    answer = ask("Which pledges involve zeppelins?", CATALOG, graph.store)
    found = cite_answer(answer, CATALOG, graph.store, BASE)
    assert found.documents == ()
    assert found.answer.title == "Which pledges involve zeppelins?"


def test_clauses_that_do_not_hold_are_left_out(scratch: Graph) -> None:
    given = {"program": "program/tide"}
    fill(scratch, (ALPHA, replace(BETA, documents=(NOTE, LETTER))))
    found = cite_table(table(scratch, "agencies-supporting-program", given), scratch.store, BASE)
    assert [d.key for d in found.documents] == ["document-harbour-note", "document-tide-letter"]
    note, letter = found.documents
    assert (note.publisher, note.published, letter.publisher) == ("Harbour Office", "2031-05-04", None)
    (place,) = note.places
    assert (place.start, place.end) == (10, 40)
    assert set(place.says) == {
        "Alpha Bureau supports Tide Programme (scope: boats)",
        "Beta Office supports Tide Programme",
    }
    assert letter.address == f"{BASE}id/document/tide-letter"
    fill(scratch, (ALPHA, replace(BETA, anchor=CHANGED_WORDING)))
    found = cite_table(table(scratch, "agencies-supporting-program", given), scratch.store, BASE)
    assert [d.key for d in found.documents] == ["document-harbour-note"]


def test_what_was_published_later_is_not_cited(scratch: Graph) -> None:
    fill(scratch, (replace(ALPHA, documents=(NOTE, LETTER)),))
    given, clocks = {"program": "program/tide"}, Clocks(None, "2031")
    found = cite_table(
        table(scratch, "agencies-supporting-program", given, clocks=clocks), scratch.store, BASE
    )
    assert [d.key for d in found.documents] == ["document-harbour-note"]
    assert found.answer.title.endswith("(program = Tide Programme) [known on 2031]")


# --- text -----------------------------------------------------------------------------------------------


def test_the_list_is_for_people() -> None:
    assert written(citations(), CitationForm.TEXT).splitlines() == [
        "[1] The Harbour Note. Harbour Office, 4 May 2031. "
        "https://example.org/note?a=b&c=50%25#top (accessed 9 January 2032).",
        "    characters 10–40: Alpha supports Tide; Beta supports Tide",
        "    characters 90–120: Gamma is here",
        "[2] carisec 0.1.0: “Who is who?”. Graph 00ff, receipt sha256 " + "0" * 64 + ". "
        "https://carisec.example/ask?q=1 (accessed 9 January 2032).",
    ]


def test_what_is_not_known_leaves_no_gap() -> None:
    bare = Citations(citations(publisher=None, published=None).documents, replace(ANSWER, address=None), None)
    first, *_, last = written(bare, CitationForm.TEXT).splitlines()
    assert first == "[1] The Harbour Note. https://example.org/note?a=b&c=50%25#top."
    assert last.endswith("receipt sha256 " + "0" * 64 + ".")
    assert not {"publisher", "issued", "accessed"} & csl(bare)[0].keys()
    fields = parse_string(written(bare, CitationForm.BIBTEX), "bibtex").entries[REFERENCE.key].fields
    assert not {"howpublished", "date", "year", "month", "urldate"} & fields.keys()


# --- CSL-JSON -------------------------------------------------------------------------------------------


def assert_csl(item: dict[str, Any]) -> None:
    """Only members and types that CSL has, with values of their kinds."""
    variables = {name.replace("_", "-") for name in citeproc.VARIABLES}
    assert item.keys() <= variables | {"id", "type"}
    assert item["type"] in {
        "article-newspaper",
        "dataset",
        "document",
        "legislation",
        "report",
        "speech",
        "treaty",
    }
    for name, value in item.items():
        if name in ("issued", "accessed"):
            assert value.keys() in ({"date-parts"}, {"literal"})
            for parts in value.get("date-parts", ()):
                assert 1 <= len(parts) <= 3
                assert all(isinstance(part, int) for part in parts)
        else:
            assert isinstance(value, str)


@pytest.mark.parametrize(
    ("published", "issued"),
    [
        ("2031-05-04", {"date-parts": [[2031, 5, 4]]}),
        ("2031-05", {"date-parts": [[2031, 5]]}),
        ("2031", {"date-parts": [[2031]]}),
        ("2031-05/2031-06", {"date-parts": [[2031, 5], [2031, 6]]}),
        ("2031~", {"literal": "2031~"}),
        ("2031-21", {"literal": "2031-21"}),
        ("../2031", {"literal": "../2031"}),
    ],
)
def test_dates_keep_their_precision(published: str, issued: dict[str, Any]) -> None:
    made = document(published=published)
    assert made["issued"] == issued
    assert_csl(made)
    written(citations(published=published), CitationForm.BIBTEX)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        ("press report", "report"),
        ("News story", "article-newspaper"),
        ("joint statement", "document"),
        (None, "document"),
    ],
)
def test_kinds_become_types_of_csl(kind: str | None, type_: str) -> None:
    made = document(kind=kind)
    assert (made["type"], made.get("genre")) == (type_, kind)


def test_csl_is_rendered_by_a_citation_processor() -> None:
    items = csl(citations(title="Añejo & “Ébène” <b>"))
    for item in items:
        assert_csl(item)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    source = CiteProcJSON(items)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    first, second = map(str, bibliography.bibliography())
    assert "Añejo & “Ébène” <b>" in first
    assert "2031" in first
    assert REFERENCE.address in first
    assert "January 9, 2032" in first
    assert "Who is who?" in second


# --- BibTeX ---------------------------------------------------------------------------------------------


def entry(**changed: Any) -> dict[str, str]:
    """The fields of the document's entry as a program reads them."""
    found = parse_string(written(citations(**changed), CitationForm.BIBTEX), "bibtex")
    assert set(found.entries) == {changed.get("key", REFERENCE.key), ANSWER.key}
    return dict(found.entries[changed.get("key", REFERENCE.key)].fields.items())


# What TeX knows and the reader here does not, each with one that no text uses.
NAMED = {
    "\\textbraceleft{}": ("\ue000", "{"),
    "\\textbraceright{}": ("\ue001", "}"),
    "\\textless{}": ("\ue002", "<"),
    "\\textgreater{}": ("\ue003", ">"),
    "\\textbar{}": ("\ue004", "|"),
    "\\textasciicircum{}": ("\ue005", "^"),
    "\\textasciitilde{}": ("\ue006", "~"),
    "\\textbackslash{}": ("\ue007", "\\"),
    "\\$": ("\ue008", "$"),
}


def read(field: str) -> str:
    """A field as TeX shows it."""
    for name, (stand_in, _) in NAMED.items():
        field = field.replace(name, stand_in)
    text = str(Text.from_latex(field))
    for stand_in, sign in NAMED.values():
        text = text.replace(stand_in, sign)
    return text


# TeX joins some signs into others; everything else comes back as it was.
SIGNS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z", "M"]) | st.just(" "), max_size=40)


@given(SIGNS)
@example("50% of {A} & B_2 #1 $5 ~x^2 \\end{document} <a|b>")
@example("}{")
@example('"quoted" @misc{x, title = {y}}')
@example("Ñandú, Curaçao, Saint-Barthélemy – “Überfälle” 中文 Ωμέγα 🏝")
def test_any_title_survives_bibtex(title: str) -> None:
    expected = " ".join(title.split())
    for name, field in (("title", "title"), ("publisher", "howpublished")):
        fields = entry(**{name: title})
        if expected:
            assert unjoined(read(fields[field])) == unjoined(expected), fields[field]


def unjoined(text: str) -> str:
    """Text with what TeX makes of several signs taken apart again."""
    for joined, apart in (
        ("“", "``"),
        ("”", "''"),
        ("—", "---"),
        ("–", "--"),
        ("‘", "`"),
        ("’", "'"),
        ("¡", "!`"),
        ("¿", "?`"),
    ):
        text = text.replace(joined, apart)
    return text


def test_a_line_break_does_not_break_an_entry() -> None:
    assert read(entry(title="One\ntwo\tthree\x00\u2028four")["title"]) == "One two three four"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a_b?x=50%25&y=~z#top", None),
        ("https://example.org/{id}", "https://example.org/%7Bid%7D"),
        ("https://example.org/a b\\c", "https://example.org/a%20b%5Cc"),
        ("https://example.org/Curaçao", "https://example.org/Cura%C3%A7ao"),
    ],
)
def test_addresses_are_left_to_the_letter(address: str, expected: str | None) -> None:
    assert entry(address=address)["url"] == (expected or address)


def test_an_entry_has_what_styles_ask_for() -> None:
    fields = entry()
    assert (fields["year"], fields["month"], fields["date"]) == ("2031", "May", "2031-05-04")
    assert fields["urldate"] == "2032-01-09"
    assert read(fields["note"]) == (
        "characters 10–40: Alpha supports Tide; Beta supports Tide | characters 90–120: Gamma is here"
    )


# --- over HTTP ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", CITATIONS, ids=lambda form: form.suffix)
def test_each_form_goes_out_as_a_file(form: Any) -> None:
    response = cited(citations(), form, "who-is-who", {"Link": "<x>"})
    assert response.headers["content-type"].partition(";")[0] == form.media_type
    assert response.headers["content-disposition"] == f'inline; filename="who-is-who{form.suffix}"'
    assert response.headers["link"] == "<x>"
    assert b"The Harbour Note" in response.body


def test_the_longer_suffix_counts() -> None:
    offered = (*TABLES, *CITATIONS)
    assert split_suffix("/queries/a.csl.json", offered) == ("/queries/a", CSL)
    assert split_suffix("/queries/a.json", offered) == ("/queries/a", JSON)
