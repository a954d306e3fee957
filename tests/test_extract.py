"""What documents say: pledges, figures, the printed record, and that all findings fit schema and text."""

import json
from pathlib import Path

import pytest

from graph.records import MENTIONS, Entity
from loaders.extract import extract, extraction_json
from loaders.register import read_register
from loaders.text import read_documents
from tests.marked_texts import SCHEMA, entity, marked, register, run, said, source

# --- pledges --------------------------------------------------------------------------------------------

PLEDGES = """# Statement of the [Second Tide Dialogue](Dialogue)

We, the governments, PLEDGE TO:

1. Work against [shell smuggling](Topic) in 2031-2032. To this end we commit to:

With respect to boats

- i. Support the [Reef Unit](Unit) of the [Harbour Agency](Agency) against [wreck looting](Topic);
- ii. Encourage [Tidelandia](Country) to buy boats by 2035. With respect to [shell smuggling](Topic)
- iii. Buy nets;
- iv. Thank all.

2. Sell boats. Towards this end we commit to:

- i. Ask the [Harbour Agency](Agency).

WE THANK all for coming.

The [Harbour Agency](Agency) has three tasks:

- boats
- nets
"""


def test_pledges_have_numbers_pillars_dates_and_what_they_name() -> None:
    extraction = run(PLEDGES, published="2030-05-01")
    pledges = {str(e.properties["number"]): e for e in extraction.entities}
    assert list(pledges) == ["1.i", "1.ii", "1.iii", "2.i"]
    assert pledges["1.i"].id == "commitment/notes-1-i"
    assert pledges["1.i"].properties["pillar"] == "1. Work against shell smuggling in 2031-2032."
    assert [e.properties.get("targetDate") for e in pledges.values()] == [
        "2031/2032",
        "2035",
        "2031/2032",
        None,
    ]
    assert [e.properties["modality"] for e in pledges.values()] == ["commit", "encourage", "commit", "commit"]
    assert {(s.subject, s.object) for s in said(extraction, "COMMITS_TO")} == {
        ("dialogue/second-tide-dialogue", e.id) for e in pledges.values()
    }
    involved = {(s.subject.removeprefix("commitment/notes-"), s.object) for s in said(extraction, "INVOLVES")}
    assert involved == {
        ("1-i", "unit/reef-unit"),
        ("1-i", "agency/harbour-agency"),
        ("1-ii", "country/tidelandia"),
        ("2-i", "agency/harbour-agency"),
    }
    topics = {(s.subject.removeprefix("commitment/notes-"), s.object) for s in said(extraction, "ADDRESSES")}
    assert topics == {("1-i", "topic/wreck-looting"), ("1-iii", "topic/shell-smuggling")}


def test_the_evidence_of_a_pledge_is_its_item() -> None:
    statement = said(run(PLEDGES), "COMMITS_TO")[0]
    assert statement.evidence[0].quote is not None
    assert statement.evidence[0].quote.startswith("- i. Support the Reef Unit")
    assert statement.evidence[0].rule == "commitment/numbered@1"


def test_bulleted_pledges_without_a_clear_dialogue() -> None:
    text = (
        "The [First Tide Dialogue](Dialogue) and the [Second Tide Dialogue](Dialogue) were good.\n\n"
        "We will:\n\n* Buy boats.\n\n* Help the [Reef Unit](Unit).\n"
    )
    extraction = run(text)
    assert [e.id for e in extraction.entities] == ["commitment/notes-1", "commitment/notes-2"]
    assert said(extraction, "COMMITS_TO") == []
    assert [s.evidence[0].rule for s in said(extraction, "INVOLVES")] == ["commitment/involves@1"]


def test_lists_that_pledge_nothing_make_no_commitments() -> None:
    text = (
        "The [Reef Unit](Unit) bought:\n\n- boats;\n- nets.\n\nIt has committed crimes.\n\n- So they say.\n"
    )
    assert run(text).entities == ()


# --- figures --------------------------------------------------------------------------------------------


def figures(text: str) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Value, unit, measure and attribution of each figure."""
    return [
        (
            str(f.entity.properties["value"]),
            str(f.entity.properties["unit"]),
            str(f.entity.properties["measure"]),
            f.attributed_to,
        )
        for f in run(text).figures
    ]


SURGE, AGENCY = ("operation/operation-surge",), ("agency/harbour-agency",)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In fiscal year 2023 the [Harbour Agency](Agency) seized 1,344 firearms, 24 rounds of ammunition "
            "and US$391,132.50.",
            [
                ("1344", "firearms", "seized", AGENCY),
                ("24", "rounds of ammunition", "seized", AGENCY),
                ("391132.50", "USD", "seized", AGENCY),
            ],
        ),
        (
            "More than 500 people have been arrested and some 35 weapons seized in "
            "[Operation Surge](Operation).",
            [("500", "people", "arrested", SURGE), ("35", "weapons", "seized", SURGE)],
        ),
        (
            "[Operation Surge](Operation) led to the seizure of 10.5 tons of cocaine.",
            [("10.5", "tons of cocaine", "seized", SURGE)],
        ),
        (
            "Twelve officers were trained by the [Harbour Agency](Agency).",
            [("12", "officers", "trained", AGENCY)],
        ),
        (
            "[Tidelandia](Country) has provided $2.6 million for boats.",
            [("2600000", "USD", "provided", ("country/tidelandia",))],
        ),
        (
            "Officers from 19 countries took part in [Operation Surge](Operation).",
            [("19", "countries", "participating", SURGE)],
        ),
        ("The [Harbour Agency](Agency) said 40 guns were seized.", [("40", "guns", "seized", ())]),
        ("The [Harbour Agency](Agency) will seize 344 firearms.", []),
        ("The [Harbour Agency](Agency) did not seize 344 firearms.", []),
        ("The [Harbour Agency](Agency) could train 40 officers.", []),
        ("The [Harbour Agency](Agency) has 12 boats and 40 officers.", []),
        ("It hopes to trace 100% of all firearms by 2030.", []),
    ],
)
def test_figures_of_what_was_done(text: str, wanted: list[tuple[str, str, str, tuple[str, ...]]]) -> None:
    assert figures(text) == wanted


def test_a_figure_with_a_clear_subject_results_from_it() -> None:
    extraction = run("In 2023 [Operation Surge](Operation) netted nearly 344 firearms.")
    (statement,) = said(extraction, "RESULTED_IN")
    assert (statement.subject, statement.object) == (SURGE[0], "observation/notes-1")
    (observation,) = extraction.entities
    assert observation.properties == {
        "measure": "seized",
        "period": "2023",
        "rounding": "nearly",
        "unit": "firearms",
        "value": "344",
    }


def test_a_country_is_named_for_a_figure_but_has_no_result() -> None:
    extraction = run("[Tidelandia](Country) seized 344 firearms.")
    assert said(extraction, "RESULTED_IN") == []
    assert extraction.figures[0].attributed_to == ("country/tidelandia",)


# --- the whole ------------------------------------------------------------------------------------------


def test_mentions_are_statements_of_the_document() -> None:
    extraction = run("The [Reef Unit](Unit) and the Reef Unit.")
    (statement,) = said(extraction, MENTIONS)
    assert (statement.subject, statement.object) == ("document/notes", "unit/reef-unit")
    assert [e.quote for e in statement.evidence] == ["Reef Unit", "Reef Unit"]


def test_what_stands_before_the_body_is_not_said() -> None:
    head = "---\nkeywords: Reef Unit supports Tide Council\n---\n"
    units = register(entity("Reef Unit", "Unit"), entity("Tide Council", "Unit"))
    document = source(head + "Words.")
    with_body = type(document)(document.file, document.text, document.entity, len(head))
    assert extract(document, units, SCHEMA).mentions != ()
    assert extract(with_body, units, SCHEMA).mentions == ()


def test_the_printed_record_has_the_agreed_shape() -> None:
    text = (
        "The [Harbour Agency](Agency) gave $5 to the [Reef Unit](Unit) in May 2021. "
        "The [Harbour Agency](Agency) seized 344 firearms in fiscal year 2023."
    )
    document, entities = marked(text)
    record = extraction_json(extract(document, entities, SCHEMA), document, entities)
    assert list(record) == [
        *(
            "document",
            "mentions",
            "topics",
            "statements",
            "values",
            "commitments",
            "observations",
            "candidates",
        )
    ]
    assert record["document"] == "notes.txt"
    assert record["mentions"][0] == {
        "entity": "agency/harbour-agency",
        "name": "Harbour Agency",
        "type": "Agency",
        "start": 4,
        "end": 18,
        "rule": "mention/name@1",
    }
    (statement,) = record["statements"]
    rule = statement["evidence"].pop("rule")
    assert rule.startswith("relation/funds")
    assert 0.75 <= statement["evidence"].pop("confidence") <= 1
    assert statement == {
        "subject": {"id": "agency/harbour-agency", "name": "Harbour Agency", "type": "Agency"},
        "predicate": "FUNDS",
        "object": {"id": "unit/reef-unit", "name": "Reef Unit", "type": "Unit"},
        "qualifiers": {"amount": "5 USD", "date": "2021-05"},
        "evidence": {"start": 0, "end": 56},
        "status": "accepted",
    }
    (observation,) = [o for o in record["observations"] if o["measure"] == "seized"]
    assert {
        key: observation[key] for key in ("value", "unit", "period", "attributed_to", "start", "end")
    } == {
        "value": 344,
        "unit": "firearms",
        "period": "2022-10-01/2023-09-30",
        "attributed_to": ["agency/harbour-agency"],
        "start": 57,
        "end": 116,
    }
    assert (observation["rounding"], observation["cumulative"]) == ("exact", False)
    json.dumps(record)


def test_candidates_topics_values_and_pledges_have_their_places_in_the_record() -> None:
    text = (
        "The [First Tide Conference](Event) took place on 3 May 2022. The Wreck Research Unit sailed.\n\n"
        "The [First Tide Dialogue](Dialogue) will:\n\n1. Support the [Reef Unit](Unit).\n"
    )
    document, entities = marked(text)
    record = extraction_json(extract(document, entities, SCHEMA), document, entities)
    (held,) = [v for v in record["values"] if v["predicate"] == "HELD_ON"]
    assert held["object"] == {"value": "2022-05-03"}
    assert held["subject"]["id"] == "event/first-tide-conference"
    (pledge,) = record["commitments"]
    assert (pledge["number"], pledge["targetDate"]) == ("1", None)
    assert {s["predicate"] for s in pledge["statements"]} >= {"INVOLVES"}
    assert [s for s in record["statements"] if pledge["id"] in (s["subject"]["id"], s["object"]["id"])] == []
    (waiting,) = [m for m in record["mentions"] if m.get("status") == "candidate"]
    assert (waiting["name"], waiting["type"]) == ("Wreck Research Unit", "Unit")
    assert [c["name"] for c in record["candidates"]] == ["Wreck Research Unit"]


def test_narrower_topics_stand_apart_from_mentions() -> None:
    broad = Entity("topic/smuggling", ("Topic",), "smuggling")
    narrow = Entity("topic/shell-smuggling", ("Topic",), "shell smuggling", properties={"parent": broad.id})
    document, topics = source("Smuggling and shell smuggling ended."), register(broad, narrow)
    record = extraction_json(extract(document, topics, SCHEMA), document, topics)
    assert [m["entity"] for m in record["mentions"]] == [broad.id]
    assert [m["entity"] for m in record["topics"]] == [narrow.id]


def test_the_source_documents_give_statements_that_fit(corpus: Path) -> None:
    bundled = read_register(SCHEMA)
    sources = read_documents([corpus], bundled).sources
    assert len(sources) == 5
    for document in sources:
        extraction = extract(document, bundled, SCHEMA)
        assert len(extraction.mentions) > 20
        assert all(e.verified for s in extraction.statements for e in s.evidence)
