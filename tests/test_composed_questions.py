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
    "Which countries joined the ninth dialogue in addition to the US and the 13 CBSI nations?": OUTSIDE_CBSI,
    "Who chaired the eleventh dialogue alongside the United States?": ["country/do", "igo/caricom"],
    "How many governments, leaving out the United States, took part in the ninth dialogue?": ["15"],
    # of what the question names
    "Which of IMPACS, the RSS and CDEMA established the CCGIU?": ["igo/impacs"],
    "Which body is the RIFC part of: CDEMA, the RSS or IMPACS?": ["igo/impacs"],
    # one of two relations, and no thing of a kind
    "Which countries hosted or co-chaired the eleventh dialogue?": ["country/do", "country/lc", "country/us"],
    "Which co-chair of the eleventh dialogue is not a country?": ["igo/caricom"],
    "Which agencies in the US delegation to the eleventh dialogue had no speaker at the ninth?": [
        "agency/cbp",
        "agency/dod",
        "agency/hsi",
        "agency/jtip",
    ],
    # each of two things
    "In which cities were the 2017 consultations and the eleventh dialogue held?": [
        "place/castries",
        "place/santo-domingo",
    ],
    # what a delegation, a clause, a place or a description adds
    "Which agencies made up the delegation led by Barbara A. Feinstein?": [
        "agency/atf",
        "agency/cbp",
        "agency/dod",
        "agency/hsi",
        "agency/inl",
        "agency/jtip",
        "agency/usaid",
    ],
    "Whose delegation did Barbara A. Feinstein lead?": ["country/us"],
    "Which agencies does commitment 1.ii name as international partners of the CCGIU?": [
        "agency/atf",
        "agency/bis",
        "agency/cbp",
        "agency/hsi",
    ],
    "Which aid agency was in the US delegation in Castries?": ["agency/usaid"],
    # figures told by their values, the least, and how much more
    "Which operation netted 188,256 rounds of ammunition?": ["operation/operation-citadel"],
    "Which seized the fewest firearms, Operation Citadel or the Caribbean Firearms Initiative?": [
        "program/hsi-caribbean-firearms-initiative"
    ],
    "How many firearms were netted by Operation Citadel and other HSI-led efforts?": [
        "observation/operation-citadel-firearms"
    ],
    "How many more firearms did Operation Citadel net than the Caribbean Firearms Initiative?": ["102.0"],
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


def test_those_beside_someone_who_is_not_there_are_not_told(graph: Graph) -> None:
    answer = put(graph, "Who chaired the eleventh dialogue alongside Jamaica?")
    assert not answer.answered and not answer.items


def test_who_was_made_something_is_not_who_made_it(graph: Graph) -> None:
    answer = put(graph, "Who was appointed as Coordinator for Caribbean Firearms Prosecutions?")
    assert not answer.answered and not answer.items


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
