"""Figures: properties, lists and rows, what results from whom, and that any text can be read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.figure_texts import HARBOUR, SURGE, TIDE, attributed, found, told


def properties(text: str, published: str | None = None) -> dict[str, object]:
    """Properties of the only figure of a text."""
    ((figure, _),) = found(text, published)
    return dict(figure.entity.properties)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In 2030 the unit netted nearly 344 firearms.",
            {"value": "344", "unit": "firearms", "measure": "seized", "rounding": "nearly", "period": "2030"},
        ),
        ("Between 20 and 30 cadets were trained.", {"value": "20", "rounding": "to 30"}),
        ("No fewer than 60 guns were handed in.", {"value": "60", "rounding": "at-least"}),
        (
            "Since 2010 it has provided over US$40m in aid.",
            {
                "value": "40000000",
                "unit": "USD",
                "period": "2010/..",
                "cumulative": "true",
                "rounding": "more-than",
            },
        ),
        ("To date, 60 guns were seized.", {"cumulative": "true"}),
        ("In total, 60 guns were seized.", {"cumulative": "true"}),
        (
            "Some 60 guns were seized on May 3, 2030 across the Caribbean.",
            {"period": "2030-05-03", "scope": None, "rounding": "about"},
        ),
        (
            "Some 60 guns were seized across the Caribbean on May 3, 2030.",
            {"period": "2030-05-03", "scope": "across the Caribbean"},
        ),
        (f"The unit seized 60 guns in {TIDE}.", {"scope": "in Tidelandia"}),
        (
            f"Some 80 per cent of guns recovered in {TIDE} were traced to the north.",
            {
                "value": "80",
                "unit": "percent",
                "measure": "traced",
                "scope": "of guns recovered in Tidelandia",
            },
        ),
        ("The unit seized 344 guns last year, the minister said on Thursday.", {"period": "2029"}),
        ("The minister said on Thursday that the unit had seized 344 guns.", {"period": None}),
        ("Nearly half a million dollars were recovered.", {"value": "500000", "unit": "USD"}),
        ("The operation netted 12kg of cannabis.", {"value": "12", "unit": "kg of cannabis"}),
    ],
)
def test_what_is_said_of_a_figure(text: str, wanted: dict[str, str | None]) -> None:
    given = properties(text, "2030-05-15")
    assert {key: given.get(key) for key in wanted} == wanted


def test_what_is_dated_ahead_is_not_done_but_may_be_promised() -> None:
    assert found("The council holds two workshops in 2031.", "2030-05-15") == []
    assert len(found("The council holds two workshops in 2030.", "2030-05-15")) == 1
    assert len(found("The council pledged $5 million for 2031.", "2030-05-15")) == 1


def test_the_year_of_a_founding_is_not_that_of_a_figure() -> None:
    assert properties("The fund, launched in 2010, has provided $5 million.").get("period") is None


def test_each_sum_has_its_own_year() -> None:
    text = "Congress appropriated $80 million in fiscal year 2021 and $74.8 million in fiscal year 2020."
    periods = [figure.entity.properties["period"] for figure, _ in found(text)]
    assert periods == ["2020-10-01/2021-09-30", "2019-10-01/2020-09-30"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            f"{SURGE} led to the seizure of:\n\n- 12 handguns\n- 3 rifles\n- US$40,000 in cash",
            [
                "12 handguns seized by operation-surge",
                "3 rifles seized by operation-surge",
                "40000 USD seized by operation-surge",
            ],
        ),
        (
            f"Since 2019, the {HARBOUR} has:\n\n- trained 340 officers;\n- donated 12 vehicles.",
            ["340 officers trained by harbour-agency", "12 vehicles provided by harbour-agency"],
        ),
        (
            "Results include:\n\n- 12 arrests;\n- the seizure of 344 firearms;\n- 40 officers trained.",
            ["12 arrests made", "344 firearms seized", "40 officers trained"],
        ),
        (
            "Key figures:\n\n- Firearms seized: 1,344\n- Arrests: 12\n- Value of drugs seized: US$4 million\n"
            "- Seizures of firearms: 30",
            ["1344 firearms seized", "12 arrests made", "4000000 USD seized", "30 firearms seized"],
        ),
        ("Firearms seized | 344", ["344 firearms seized"]),
    ],
)
def test_lists_and_rows(text: str, wanted: list[str]) -> None:
    assert attributed(text) == wanted


def test_the_lead_of_a_list_dates_its_items() -> None:
    text = "Since 2019, the agency has:\n\n- trained 340 officers."
    assert properties(text) == {
        "cumulative": "true",
        "measure": "trained",
        "period": "2019/..",
        "unit": "officers",
        "value": "340",
    }


def test_a_figure_with_a_clear_subject_results_from_it() -> None:
    ((figure, (relation,)),) = found(f"In 2030 {SURGE} netted 344 firearms.")
    assert (relation.subject, relation.predicate) == ("operation-surge", "RESULTED_IN")
    assert relation.object == figure.entity.id == "observation/notes-1"


@pytest.mark.parametrize(
    "text", [f"{TIDE} seized 344 firearms.", f"It received $3 million from the {HARBOUR}."]
)
def test_countries_and_givers_have_no_results(text: str) -> None:
    ((figure, relations),) = found(text)
    assert figure.attributed_to != ()
    assert relations == []


PIECES = st.sampled_from(
    (
        *("The unit", "seized", "were", "will", "not", "12", "344 firearms", "$5 million", "and", ",", ";"),
        *(
            "including",
            "led to",
            "the arrest of",
            "officers",
            "80 percent of guns",
            "were traced",
            "by",
            "with",
        ),
        *(
            "of which",
            "since 2010",
            "(",
            ")",
            ":",
            "\n\n- ",
            " | ",
            "between 3 and",
            "half a million",
            "¾",
            "🌊",
        ),
        *(
            "trained",
            "[Reef Unit](Unit)",
            "[Operation Surge](Operation)",
            "[Tidelandia](Country)",
            "helped",
            "to",
        ),
    )
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join))
def test_whatever_the_text_figures_are_numbers_of_known_words(text: str) -> None:
    figures = found(text, "2030-05-15")
    assert figures == found(text, "2030-05-15")
    for number, (figure, statements) in enumerate(figures, 1):
        given_properties = figure.entity.properties
        assert figure.entity.id == f"observation/notes-{number}"
        assert {"value", "unit", "measure"} <= given_properties.keys()
        assert float(str(given_properties["value"])) >= 0
        assert figure.start < figure.end
        assert {s.subject for s in statements} <= set(figure.attributed_to)


def test_long_lists_take_no_long_time() -> None:
    text = "The unit seized " + ", ".join(["344 firearms and 12 boats were recovered"] * 110) + "."
    assert len(told(text)) == 220
