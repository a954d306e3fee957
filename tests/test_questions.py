"""Two hundred questions that were written before the reader could answer them, with what must come back.

An answer is exact if it has all that is expected and nothing else but what may stand beside it (`also`). The
README tells how many are, and this test keeps that figure true.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pydantic
import pytest
import yaml

from queries.answers import answer_json
from queries.ask import ask
from queries.catalog import load_catalog
from queries.clocks import Clocks
from tests.conftest import ROOT, Graph

QUESTIONS = Path(__file__).with_name("questions.yaml")
CATALOG = load_catalog()


@dataclass(frozen=True)
class Asked:
    """One question of the file: what answers it, or of which sort its refusal is."""

    ask: str
    kind: str
    answer: list[Any] = field(default_factory=list)
    also: list[Any] = field(default_factory=list)
    refusal: str | None = None
    as_of: str | None = None
    known_on: str | None = None


def read_questions() -> list[Asked]:
    data = yaml.safe_load(QUESTIONS.read_text("utf-8"))
    return pydantic.TypeAdapter(list[Asked]).validate_python(data)


def names_of(item: Mapping[str, Any]) -> set[str]:
    """All under which an item of an answer may be expected."""
    value = item.get("value")
    if isinstance(value, bool):
        return {str(value)}
    names = {str(one) for one in (item.get("id"), item.get("number"), value) if one is not None}
    if isinstance(value, int | float):
        names |= {f"{value:g}", f"{value:.2f}", f"{value:.0f}", f"{value} {item.get('unit')}"}
    return names


def exact(asked: Asked, answer: Mapping[str, Any]) -> bool:
    expected, beside = set(map(str, asked.answer)), set(map(str, asked.also))
    if asked.refusal is not None:
        return not answer["answered"] and not answer["answer"]
    found = [names_of(item) for item in answer["answer"]]
    return all(any(one in names for names in found) for one in expected) and all(
        names & expected or names & beside for names in found
    )


def stated(pattern: str) -> int:
    found = re.search(pattern, (ROOT / "README.md").read_text("utf-8"))
    assert found, "the README does not tell the rate"
    return int(found[1])


@pytest.fixture(scope="module")
def results(graph: Graph) -> list[tuple[Asked, Mapping[str, Any]]]:
    """Each question with the JSON of its answer."""
    return [
        (one, answer_json(ask(one.ask, CATALOG, graph.store, Clocks.read(one.as_of, one.known_on))))
        for one in read_questions()
    ]


def test_there_are_two_hundred_different_ones() -> None:
    questions = read_questions()
    assert len({(one.ask.casefold(), one.as_of, one.known_on) for one in questions}) == 200
    assert all(bool(one.answer) != bool(one.refusal) for one in questions)


def test_the_readme_tells_how_many_are_answered_exactly(
    results: list[tuple[Asked, Mapping[str, Any]]],
) -> None:
    missed = [one.ask for one, answer in results if not exact(one, answer)]
    assert 200 - len(missed) == stated(r"(\d+) of the 200 questions"), missed


def test_few_answers_are_wrong(results: list[tuple[Asked, Mapping[str, Any]]]) -> None:
    wrong = [one.ask for one, answer in results if answer["answered"] and not exact(one, answer)]
    assert len(wrong) == stated(r"(\d+) get a wrong or incomplete answer"), wrong


def test_no_question_is_answered_that_has_no_answer(
    results: list[tuple[Asked, Mapping[str, Any]]],
) -> None:
    assert [one.ask for one, answer in results if one.refusal and answer["answered"]] == []


def test_every_answer_is_cited(results: list[tuple[Asked, Mapping[str, Any]]]) -> None:
    for one, answer in results:
        assert bool(answer["citations"]) == answer["answered"], one.ask
        cited = {citation["statement"] for citation in answer["citations"]}
        assert all(set(item["statements"]) <= cited for item in answer["answer"]), one.ask
