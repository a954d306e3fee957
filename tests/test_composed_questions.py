"""Questions that take more than one query, or leave something aside; on the bundled graph."""

from typing import Any

import pytest

from queries.answers import Answer
from queries.ask import ask
from queries.catalog import load_catalog
from tests.conftest import Graph

CATALOG = load_catalog()
OUTSIDE_CBSI = ["country/bz", "country/ht"]


def put(graph: Graph, question: str) -> Answer:
    return ask(question, CATALOG, graph.store)


def found(answer: Answer) -> list[Any]:
    return sorted(str(item.get("id", item.get("value"))) for item in answer.items)


QUESTIONS = {
    # something is left aside
    "Besides the US, which countries were at the ninth dialogue but not in the CBSI?": OUTSIDE_CBSI,
    "Apart from CBSI partner nations and the US, which countries joined the ninth dialogue?": OUTSIDE_CBSI,
    # two things, one question
    "Which documents mention both HSI and USAID?": ["document/2023-11-16-eleventh-dialogue-news"],
    "documents that mention CSII but not eTrace": ["document/2017-11-30-joint-action-statement"],
    # a description in the place of a name
    "Which organization is the body that established the CCGIU part of?": ["igo/caricom"],
    "The body that established the CCGIU: what community is it part of?": ["igo/caricom"],
    "Which program does the agency at which Joshua Rusk holds a position operate?": ["program/etrace"],
    # a group before the noun
    "Which CBSI country hosted the eleventh dialogue?": ["country/lc"],
    # several nouns
    "Which operations and programs does Homeland Security Investigations run?": [
        "operation/operation-citadel",
        "program/hsi-caribbean-firearms-initiative",
    ],
    # times told by other times
    "Which dialogues took place before the ninth dialogue?": ["dialogue/1", "dialogue/santo-domingo-2017"],
    # what is said of someone, and as what
    "In what capacity did Saint Lucia take part in the eleventh dialogue?": ["host"],
    # a misspelt word and short forms
    "wich agncy runs etrace": ["agency/atf"],
    "who's in charge of eTrace?": ["agency/atf"],
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_composed_question_is_answered(graph: Graph, question: str) -> None:
    answer = put(graph, question)
    assert found(answer) == sorted(QUESTIONS[question]), answer.reading
    assert answer.citations and answer.reading


def test_how_it_was_read_names_every_query(graph: Graph) -> None:
    answer = put(graph, "Which organization is the body that established the CCGIU part of?")
    assert [step.joined for step in answer.steps] == ["", "of"]
    assert answer.steps[1].query == "who-established"
    assert "; of " in answer.reading
    mended = put(graph, "wich agncy runs etrace")
    assert "read as: which agency runs etrace" in mended.reading


@pytest.mark.parametrize(
    "question",
    [
        "Which countries besides Atlantis joined the ninth dialogue?",
        "Which documents mention both eTrace and the Silver Pelican?",
        "Which program does the agency that painted the CCGIU operate?",
    ],
)
def test_a_part_that_is_not_understood_is_not_passed_over(graph: Graph, question: str) -> None:
    answer = put(graph, question)
    assert not answer.answered and answer.ignored
