"""The handle in Python: the graph at hand and a server give the same, for everything that can be asked."""

import datetime as dt
import doctest
import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from fastapi import FastAPI

import carisec
from api.answers import FRESH
from api.app import create_app
from carisec import handle, reports, results
from graph.settings import Settings
from graph.store import connect
from queries.catalog import load_catalog
from schema.errors import (
    BadParameter,
    EmptyGraph,
    EngineFailure,
    EngineUnavailable,
    GraphMoved,
    NotFound,
    UsageError,
)
from tests.conftest import ROOT, Graph, environment
from tests.receipt_graph import ALPHA, BETA, fill
from tests.serving import serving

CATALOG = load_catalog()
FORMS = ("text", "csl", "bibtex")
QUESTIONS = (
    "which agencies support CCGIU",
    "how many firearms were seized in Operation Citadel",
    "when was the ninth dialogue held",
    "which agencies support CCGIU and operate eTrace",
    "what is the price of fish in Narnia",
    "who operates e-Trase",
)
CLOCKS = ({"as_of": "2023-11"}, {"known_on": "2018"}, {"as_of": "2023", "known_on": "2023-12"})

Kg = carisec.KnowledgeGraph


@pytest.fixture(scope="module")
def served(graph: Graph) -> Iterator[str]:
    """Address of a server of the bundled graph."""
    with serving(create_app(graph.settings, graph.store)) as home:
        yield home


@pytest.fixture(scope="module")
def here(graph: Graph) -> Iterator[Kg]:
    with carisec.connect(graph.settings) as kg:
        yield kg


@pytest.fixture(scope="module")
def there(served: str) -> Iterator[Kg]:
    with carisec.connect(served) as kg:
        yield kg


@pytest.fixture(scope="module", params=["here", "there"])
def kg(request: pytest.FixtureRequest, here: Kg, there: Kg) -> Kg:
    """Both of them, in turn."""
    return here if request.param == "here" else there


# --- the same from both ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
def test_every_query_gives_the_same_rows(here: Kg, there: Kg, name: str) -> None:
    example = CATALOG.get(name).example
    one, other = (kg.query(name, example, limit=7) for kg in (here, there))
    assert one.json == other.json
    assert one.citations() == other.citations()
    assert {c["statement"] for c in one.citations()} <= set(one.statements)
    assert (
        one.to_df(sources=True)
        .map(str)
        .equals(other.to_df(sources=True).map(lambda cell: str(cell).replace(there_home(other), "")))
    )


def there_home(rows: carisec.Rows) -> str:
    """What stands before the addresses of a server's pages."""
    return repr(rows._source.home)[1:-1]


@pytest.mark.parametrize(
    "name", ["neighbourhood", "earliest-and-latest", "things-described", "statement-counts"]
)
@pytest.mark.parametrize("clocks", [{}, *CLOCKS], ids=str)
def test_what_rows_rest_on_is_the_same(here: Kg, there: Kg, name: str, clocks: dict[str, Any]) -> None:
    example = CATALOG.get(name).example
    one, other = (kg.query(name, example, **clocks) for kg in (here, there))
    assert one.json == other.json
    assert nx.utils.graphs_equal(one.to_networkx(), other.to_networkx())
    assert set(one.to_rdflib()) == set(other.to_rdflib())
    assert one.receipt() == other.receipt()
    for form in FORMS:
        assert one.cite(form) == other.cite(form)


@pytest.mark.parametrize("clocks", [{}, *CLOCKS], ids=str)
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_gets_the_same_answer(
    here: Kg, there: Kg, question: str, clocks: dict[str, Any]
) -> None:
    one, other = (kg.ask(question, **clocks) for kg in (here, there))
    assert one.json == other.json
    assert one.receipt() == other.receipt()
    assert set(one.to_rdflib()) == set(other.to_rdflib())
    assert set(one.to_networkx().edges(keys=True)) == set(other.to_networkx().edges(keys=True))
    day = dt.date(2032, 1, 9)
    assert [one.cite(form, accessed=day) for form in FORMS] == [
        other.cite(form, accessed=day) for form in FORMS
    ]


def test_everything_else_is_the_same(here: Kg, there: Kg) -> None:
    asked: tuple[Callable[[Kg], object], ...] = (
        lambda kg: kg.queries(),
        lambda kg: kg.entity("unit/ccgiu"),
        lambda kg: kg.entity("agency/atf", known_on="2021", limit=2, offset=1),
        lambda kg: kg.statement(kg.ask("who operates eTrace").statements[0]),
        lambda kg: kg.search("police", types=["Agency"], limit=4),
        lambda kg: kg.diff("who-established", program="CCGIU", known_on="2020", to_known_on="2024").json,
        lambda kg: kg.diff("members-of-program", program="CBSI", to_as_of=2019).json,
        lambda kg: kg.verify(kg.query("who-operates", program="eTrace")).json,
        lambda kg: kg.version,
    )
    for ask in asked:
        assert ask(here) == ask(there)


FAULTS: dict[str, Callable[[Kg], object]] = {
    "query": lambda kg: kg.query("who-operate"),
    "entity": lambda kg: kg.query("who-operates", program="eTrase Office of Nothing"),
    "required": lambda kg: kg.query("who-operates", program=None),
    "parameter": lambda kg: kg.query("who-operates", programme="eTrace"),
    "date": lambda kg: kg.query("who-operates", program="eTrace", as_of="whenever"),
    "other date": lambda kg: kg.diff("who-operates", program="eTrace", to_known_on="whenever"),
    "limit": lambda kg: kg.query("who-operates", program="eTrace", limit=0),
    "question": lambda kg: kg.ask("  "),
    "thing": lambda kg: kg.entity("agency/nobody"),
    "statement": lambda kg: kg.statement("s0"),
    "type": lambda kg: kg.search("police", types=["Agenzia"]),
    "receipt": lambda kg: kg.verify({"format": "something else"}),
    "form": lambda kg: kg.query("who-operates", program="eTrace").cite("ris"),
}


@pytest.mark.parametrize("call", FAULTS.values(), ids=FAULTS.keys())
def test_errors_are_the_same(here: Kg, there: Kg, call: Callable[[Kg], object]) -> None:
    told = []
    for kg in (here, there):
        with pytest.raises(UsageError) as raised:
            call(kg)
        error = raised.value
        told.append((type(error), getattr(error, "parameter", ""), getattr(error, "suggestions", ())))
    assert told[0] == told[1]
    assert told[0][0] in (BadParameter, NotFound)


# --- pages ----------------------------------------------------------------------------------------------


def test_pages_follow_each_other_to_the_end(kg: Kg) -> None:
    whole = kg.query("members-of-program", program="CBSI", all=True)
    first = kg.query("members-of-program", program="CBSI", limit=5)
    assert (first.truncated, whole.truncated) == (True, False)
    assert [len(page) for page in first.pages()] == [5, 5, len(whole) - 10]
    assert [row for page in first.pages() for row in page] == list(whole)
    assert (whole.next(), list(first.whole())) == (None, list(whole))
    second = first.next()
    assert second is not None
    assert second.receipt()["page"]["start"] is not None
    assert kg.verify(second).verdict == "same"
    # Of whatever came in several pages there is one receipt, and one list of references.
    assert len(first.whole().receipt()["rows"]) == len(whole)
    assert whole.cite() == first.whole().cite()


def test_rows_go_on_by_position_where_there_is_no_other_way(kg: Kg) -> None:
    first = kg.query("commitment-counts", limit=1)
    assert first.truncated
    assert [len(page) for page in first.pages()] == [1] * len(first.whole())


# --- receipts and times ---------------------------------------------------------------------------------


def test_a_receipt_holds_for_whoever_is_asked(here: Kg, there: Kg, tmp_path: Path) -> None:
    answer = there.ask("which agencies support CCGIU", known_on="2024")
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(answer.receipt()), "utf-8")
    assert here.verify(file).holds
    assert there.verify({**answer.json, "receipt": answer.receipt()})
    forged = {**answer.receipt(), "graph": "another"}
    assert here.verify(forged).verdict == there.verify(forged).verdict == "tampered"
    assert not here.verify(forged)
    for content in (b"[]", b"{", None):
        path = tmp_path / "other.json"
        path.unlink(missing_ok=True)
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(UsageError):
            here.verify(path)


def test_clocks_are_given_as_text_years_and_days(kg: Kg) -> None:
    for when in ("2023-11-22", dt.date(2023, 11, 22)):
        assert kg.query("who-operates", program="eTrace", as_of=when).clocks.as_of == "2023-11-22"
    early = kg.query("neighbourhood", entity="CCGIU", known_on=2018)
    assert (early.clocks.as_of, early.clocks.known_on) == (None, "2018")
    assert set(early.statements) < set(kg.query("neighbourhood", entity="CCGIU").statements)


def test_cells_of_one_result_are_parameters_of_the_next(kg: Kg) -> None:
    agency = kg.ask("who operates eTrace").items[0]
    rows = kg.query("programs-of-agency", agency=agency)
    assert "program/etrace" in {row["program"]["id"] for row in rows}
    again = kg.ask("who operates eTrace", known_on="2024").rows()
    assert (again.query, again.clocks.known_on) == ("who-operates", "2024")
    with pytest.raises(BadParameter):
        kg.ask("xyzzy").rows()


@pytest.mark.parametrize("where", ["here", "there"])
def test_what_was_asked_of_another_graph_is_told(scratch: Graph, where: str) -> None:
    fill(scratch)
    with ExitStack() as stack:
        home = stack.enter_context(serving(create_app(scratch.settings, scratch.store)))
        kg = stack.enter_context(carisec.connect(home if where == "there" else scratch.settings))
        rows = kg.query("agencies-supporting-program", program="program/tide", limit=1)
        answer = kg.ask("who supports the Tide Programme")
        assert answer.answered
        receipt = answer.receipt()
        fill(scratch, (ALPHA,))
        # A server remembers the version for a moment.
        time.sleep(FRESH)
        for call in (
            lambda: rows.receipt(),
            lambda: rows.cite(),
            lambda: rows.to_networkx(),
            lambda: answer.citations() and answer.to_rdflib(),
        ):
            with pytest.raises(GraphMoved):
                call()
        with pytest.raises(BadParameter):
            rows.next()
        assert answer.receipt() == receipt
        assert kg.verify(answer).verdict == "differs"
        fill(scratch, (ALPHA, BETA))


# --- opening and closing --------------------------------------------------------------------------------


def test_examples_in_the_docstrings_are_true(kg: Kg) -> None:
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)
    found = [
        test
        for module in (handle, reports, results)
        for test in doctest.DocTestFinder().find(module, extraglobs={"kg": kg})
    ]
    assert sum(len(test.examples) for test in found) > 10
    for test in found:
        runner.run(test)
    assert runner.summarize(verbose=False).failed == 0


def test_what_is_closed_says_so(graph: Graph, served: str) -> None:
    for where in (graph.settings, served):
        with carisec.connect(where) as kg:
            answer = kg.ask("who operates eTrace")
        for call in (lambda: kg.ask("who operates eTrace"), answer.to_networkx, answer.receipt):
            with pytest.raises(UsageError, match="connect"):
                call()
        kg.close()
        assert len(answer) == 1


def test_nothing_is_left_open_without_a_with(graph: Graph, served: str) -> None:
    for where in (graph.settings, served):
        rows = carisec.connect(where).query("who-operates", program="eTrace")
        closing = rows._source._closing  # type: ignore[attr-defined]
        assert closing.alive
        assert rows.citations()
        del rows
        gc.collect()
        assert not closing.alive


def test_a_program_that_closes_nothing_ends_well(graph: Graph) -> None:
    program = "import carisec\nkg = carisec.connect()\nprint(kg.ask('who operates eTrace').items[0]['id'])"
    command = [sys.executable, "-W", "error::ResourceWarning", "-c", program]
    done = subprocess.run(
        command, env=environment(graph.settings), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "agency/atf\n", "")


def test_an_empty_graph_is_told(tmp_path: Path) -> None:
    settings = Settings.from_environment({"CARISEC_DATA_DIR": str(tmp_path), "CARISEC_ENGINE_HEAP": "256m"})
    with pytest.raises(EmptyGraph, match="carisec load"):
        carisec.connect(settings)
    with (
        connect(settings) as store,
        serving(create_app(settings, store)) as home,
        pytest.raises(EmptyGraph, match="carisec load"),
    ):
        carisec.connect(home)


def test_who_is_no_server_of_ours_is_told() -> None:
    with pytest.raises(UsageError, match="ftp:"):
        carisec.connect("ftp://example.org")
    with pytest.raises(EngineUnavailable, match=r"127\.0\.0\.1:9"):
        carisec.connect("http://127.0.0.1:9", timeout=5)
    other = FastAPI()

    @other.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    with serving(other) as home, pytest.raises(EngineFailure, match="does not answer as"):
        carisec.connect(home)
    with serving(FastAPI()) as home, pytest.raises(UsageError):
        carisec.connect(home)
