"""Questions in plain English: answered whole or not at all, each item with its clauses."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.answers import Answer, answer_json
from queries.ask import ask
from queries.catalog import load_catalog
from queries.lexicon import load_lexicon
from queries.names import names_for
from queries.question import Question
from queries.suggest import suggestions
from tests.conftest import Graph, embedded_only

CATALOG = load_catalog()
CBSI = [
    f"country/{c}" for c in ("ag", "bb", "bs", "dm", "do", "gd", "gy", "jm", "kn", "lc", "sr", "tt", "vc")
]
CFI = "program/hsi-caribbean-firearms-initiative"
DELEGATION = [f"agency/{a}" for a in ("atf", "cbp", "dod", "hsi", "inl", "jtip", "usaid")]

# The documents name no giver of money, no user of a system and no seat, and do not contradict each other.
SILENT = {"bodies-seated-in", "contradictions", "funding", "funding-totals", "who-funds", "who-uses"}


def put(graph: Graph, question: str) -> Answer:
    return ask(question, CATALOG, graph.store)


def found(answer: Answer) -> list[Any]:
    """Ids of entities and values of literals, sorted."""
    return sorted(str(item.get("id", item.get("value"))) for item in answer.items)


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
def test_the_example_question_of_a_query_is_answered_by_it(graph: Graph, name: str) -> None:
    answer = put(graph, CATALOG.get(name).question)
    assert (answer.query, answer.answered) == (name, name not in SILENT)
    assert answer.reason == ("no-statement" if name in SILENT else "")


# How a question is read is the same on any engine.
@embedded_only
@pytest.mark.parametrize("name", sorted(set(CATALOG.queries) - SILENT))
@pytest.mark.parametrize("wording", ["{}", "could you please tell me {}", "{} !!", "I want to know: {}"])
def test_case_politeness_and_marks_change_nothing(graph: Graph, name: str, wording: str) -> None:
    question = CATALOG.get(name).question
    plain = put(graph, question)
    assert found(put(graph, wording.format(question.rstrip("?").lower()))) == found(plain)


QUESTIONS = {
    # who stands behind something
    "who backs the crime gun intelligence unit": [
        "agency/atf", "agency/bis", "agency/cbp", "agency/hsi", "country/us", "igo/impacs",
    ],
    "by whom is etrace run": ["agency/atf"],
    "Which bodies drew up the Caribbean Firearms Roadmap?": ["igo/impacs", "igo/unlirec"],
    "which department appointed the coordinator for caribbean firearms prosecutions": ["agency/doj"],
    "At which event was the Caribbean Combined Working Group set up?": ["event/cansec-2023"],
    "What gun tracing system does the ATF own?": ["program/etrace"],
    "Which programme is run by Homeland Security Investigations?": [CFI],
    # members, participants, delegations
    "name the cbsi partner nations": CBSI,
    "How many nations belong to the Caribbean Basin Security Initiative?": ["13"],
    "who chaired the 2023 meeting together": ["country/do", "country/us", "igo/caricom"],
    "Which country welcomed delegates to the 11th dialogue as host?": ["country/lc"],
    "which us bodies came to castries": DELEGATION,
    "who headed the american delegation at the 11th dialogue": ["person/barbara-a-feinstein"],
    "Which State Department bureaus were in the US team in Castries?": ["agency/inl", "agency/jtip"],
    # persons
    "What is the title of Joshua Rusk?": ["Chief of the International Affairs Division"],
    "atf official who addressed the ninth dialogue": ["person/joshua-rusk"],
    "Who is the US Vice President?": ["person/kamala-harris"],
    "For which agency does Carlos Suarez work?": ["agency/usaid", "agency/usaid-lac"],
    # commitments
    "Which pledge names the RIBIN?": ["commitment/2023-1-v"],
    "which numbered pledges involve the united kingdom": ["commitment/2023-4-vi"],
    "How many pledges stand under heading 2 of the 2023 statement?": ["7"],
    "Which pledges of the 2023 joint statement have to do with money laundering?": [
        "commitment/2023-2-ii", "commitment/2023-2-iii", "commitment/2023-2-iv",
    ],
    "which information systems are named in pledge 1.xii": [
        "program/acis", "program/apis", "program/mda-platform", "program/radar-programs",
    ],
    # instruments
    "Which law raised penalties for straw purchasers?": ["instrument/bipartisan-safer-communities-act"],
    "which treaty is to be ratified under commitment 1.x": ["instrument/treaty-of-san-jose"],
    "Under which chapter of the UN Charter was the MSS mission authorized?": ["Chapter VII"],
    "which instruments were made in May 2019": [
        "instrument/caribbean-firearms-trafficking-priority-actions", "instrument/maritime-priority-actions",
    ],
    # figures
    "how many guns did operation citadel net": ["observation/operation-citadel-firearms"],
    "ammo seized by the HSI Caribbean Firearms Initiative in FY23": ["observation/hsi-cfi-fy2023-ammunition"],
    "How many firearm-related seizures came from Citadel?": ["observation/operation-citadel-seizures"],
    "which operation seized the most ammunition": ["operation/operation-citadel"],
    # topics, documents, paths, time
    "What will the Caribbean Combined Working Group focus on?": [
        "topic/climate-resilience", "topic/cybersecurity",
    ],
    "in which texts does Operation Citadel appear": ["document/illicit-firearms-shared-priority"],
    "which sources confirm that ATF operates eTrace": [
        "document/2023-11-16-eleventh-dialogue-news", "document/2023-11-22-joint-statement",
    ],
    "what lies between the ccgiu and impacs": ["unit/rifc"],
    "In which year was the Caribbean Firearms Roadmap developed?": ["2020"],
    "in what month was the ccgiu opened": ["2022-11"],
    "Which meeting took place in Trinidad and Tobago in April 2023?": ["event/firearms-twg-2023"],
    "Which was earlier, the ninth or the eleventh dialogue?": ["dialogue/9"],
    "in which city was the eleventh dialogue held": ["place/castries"],
}  # fmt: skip


@pytest.mark.parametrize("question", list(QUESTIONS))
def test_a_question_is_answered(graph: Graph, question: str) -> None:
    answer = put(graph, question)
    assert found(answer) == sorted(QUESTIONS[question]), answer.reading
    assert answer.answered
    assert all(item["statements"] for item in answer.items)
    cited = {citation["statement"] for citation in answer.citations}
    assert cited == {s for item in answer.items for s in item["statements"]}


COMPOSED = {
    "Which CBSI members also came to the 2017 Santo Domingo meeting?": (CBSI, "both"),
    "Which countries took part in the 2017 Santo Domingo meeting but are not members of the CBSI?": (
        ["country/bz", "country/ht", "country/us"], "",
    ),
    "Which CCGIU partner agencies were also in the US delegation to the eleventh dialogue?": (
        ["agency/atf", "agency/cbp", "agency/hsi"], "both",
    ),
    "Which agencies of the US delegation to the eleventh dialogue are not partners of the CCGIU?": (
        ["agency/dod", "agency/inl", "agency/jtip", "agency/usaid"], "without",
    ),
    "Which speakers of the ninth dialogue work for an agency in the US delegation to the eleventh?": (
        ["person/carlos-suarez", "person/joshua-rusk", "person/kirsten-d-madison"], "of",
    ),
    "Who led the US delegation to the dialogue held in Castries?": (["person/barbara-a-feinstein"], "of"),
}  # fmt: skip


@pytest.mark.parametrize("question", list(COMPOSED))
def test_two_questions_in_one(graph: Graph, question: str) -> None:
    answer = put(graph, question)
    items, joined = COMPOSED[question]
    assert found(answer) == sorted(items), answer.reading
    assert [step.joined for step in answer.steps][1:] == ([joined] if joined else [])


def test_one_answer_can_be_left_out(graph: Graph) -> None:
    answer = put(graph, "Which US agencies besides ATF are named as partners of the CCGIU?")
    assert found(answer) == ["agency/bis", "agency/cbp", "agency/hsi"]


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("Is Jamaica a member of the CBSI?", True),
        ("is cuba one of the CBSI partner nations", False),
        ("Did Haiti take part in the ninth dialogue?", True),
        ("Was Canada at the ninth dialogue?", False),
        ("does atf operate etrace", True),
    ],
)
def test_yes_or_no_rests_on_those_who_are_named(graph: Graph, question: str, held: bool) -> None:
    answer = put(graph, question)
    assert [item["value"] for item in answer.items] == [held]
    assert [item["label"] for item in answer.items] == ["yes" if held else "no"]
    assert answer.citations
    cited = {citation["statement"] for citation in answer.citations}
    assert set(answer.items[0]["statements"]) == cited and len(cited) > (0 if held else 1)


@pytest.mark.parametrize(
    ("question", "reason", "ignored"),
    [
        # understood, but no document says so
        ("Which agency operates the RIBIN?", "no-statement", ()),
        ("How much money did Canada give to the CBSI?", "no-statement", ()),
        ("Where was the eighth dialogue held?", "no-statement", ()),
        # words that no row shows
        ("Which European countries took part in the ninth dialogue?", "unexplained", ("european",)),
        ("Which agencies support the CCGIU with helicopters?", "unexplained", ("helicopters",)),
        ("Which states sent soldiers to the MSS mission?", "unexplained", ("sent", "soldiers")),
        ("Who represented Jamaica at the 2017 Santo Domingo meeting?", "unexplained", ()),
        # not a question that any phrase asks
        ("Why did Haiti join?", "not-understood", ()),
        ("Is Cuba a member of the Regional Security System?", "not-understood", ()),
        ("", "not-understood", ()),
        ("? ! …", "not-understood", ()),
        ("agencies " * 70, "not-understood", ()),
        # names
        ("Which agencies support the Zorbium Centre?", "unknown-name", ("zorbium",)),
        ("Who attended the dialogue in Washington?", "ambiguous-name", ("dialogue in washington",)),
    ],
)
def test_what_is_not_explained_whole_is_refused(
    graph: Graph, question: str, reason: str, ignored: tuple[str, ...]
) -> None:
    answer = put(graph, question)
    assert (answer.answered, answer.items, answer.citations) == (False, (), ())
    assert answer.reason == reason, (answer.reading, answer.ignored)
    assert set(ignored) <= set(answer.ignored)
    assert answer.suggestions


def test_an_ambiguous_name_lists_what_it_may_mean(graph: Graph) -> None:
    answer = put(graph, "Who attended the dialogue in Washington?")
    assert [c[c.index("(") :] for c in answer.candidates] == ["(dialogue/1)", "(dialogue/12)"]


@pytest.mark.parametrize(
    ("misspelt", "id_"),
    [
        ("Who operates the eTrase system?", "agency/atf"),
        ("which agency launched the carribean crime gun inteligence unit", "igo/impacs"),
    ],
)
def test_a_misspelt_name_is_mended_and_told(graph: Graph, misspelt: str, id_: str) -> None:
    answer = put(graph, misspelt)
    assert found(answer) == [id_]
    assert "read as" in answer.reading


def test_direction_matters(graph: Graph) -> None:
    supporters = put(graph, "Which agencies support the CCGIU?")
    supported = put(graph, "Which programs does ATF support?")
    assert "agency/atf" in found(supporters)
    assert "agency/atf" not in found(supported)


def test_candidates_stay_out_of_answers(graph: Graph) -> None:
    """The Haitian police as a user of eTrace waits for review."""
    rows = graph.store.read(
        "MATCH (s:Statement {predicate: 'USES', status: 'candidate'})-[:SUBJECT]->(a:Entity) RETURN a.id"
    ).rows
    assert ("agency/hnp",) in rows
    assert not put(graph, "Which police force uses eTrace?").answered


def test_the_json_has_the_promised_shape(graph: Graph) -> None:
    answer = answer_json(put(graph, "Which pledges involve eTrace?"))
    assert answer["answered"] is True
    assert answer["query"]["name"] == "commitments-involving"
    assert answer["query"]["parameters"]["entity"]["id"] == "program/etrace"
    assert {item["number"] for item in answer["answer"]} == {"1.iii", "1.v"}
    citation = answer["citations"][0]
    assert {
        "statement",
        "document",
        "start",
        "end",
        "quote",
        "summary",
        "locator",
        "address",
    } <= citation.keys()
    assert citation["quote"] is None
    assert citation["summary"]
    refused = answer_json(put(graph, "Which pledges involve zeppelins?"))
    assert (refused["answered"], refused["answer"], refused["citations"]) == (False, [], [])
    assert "zeppelins" in refused["ignored"]


def test_dates_and_documents_come_with_other_forms_of_them(graph: Graph) -> None:
    (date,) = put(graph, "When was the ninth dialogue held?").items
    assert (date["value"], date["label"]) == ("2020-10-28", "28 October 2020")
    (document,) = put(graph, "Which documents mention UNLIREC?").items
    assert document["name"] == document["file"] == "illicit-firearms-shared-priority.txt"
    (place,) = put(graph, "Where was the eleventh dialogue held?").items
    assert place["label"] == "Castries, Saint Lucia"
    (figure,) = put(graph, "How many firearms were seized in Operation Citadel?").items
    assert (figure["value"], figure["unit"]) == (446, "firearms")


def test_suggestions_are_questions_that_work(graph: Graph) -> None:
    question = Question("Which agencies like CCGIU?", names_for(graph.store), load_lexicon())
    near = suggestions(question, CATALOG)
    assert near[0] == CATALOG.get("agencies-supporting-program").question
    assert len(set(near)) == len(near) == 5


HEAP = (
    "which agencies countries support the CCGIU took part in ninth dialogue not but also how many eTrace of "
    "2023 when was commitment 1.ii by besides ATF what seized most"
)


@embedded_only
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(HEAP.split()), max_size=14))
def test_no_heap_of_words_breaks_it(graph: Graph, words: list[str]) -> None:
    """Whatever is asked: an answer has items and clauses, a refusal has neither and says why."""
    answer = put(graph, " ".join(words))
    assert answer.answered == bool(answer.items) == bool(answer.citations) == (not answer.reason)
