"""Figures of many kinds of sentences: value, unit, measure, to whom they are attributed, and what is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.records import Evidence, Statement, text_hash
from loaders.dates import DateSpan, find_dates
from loaders.figures import Figure, FigureFinder
from loaders.mentions import Mention
from loaders.segments import HEADING, Block, segment
from schema.model import Schema, load_schema

SCHEMA = load_schema()


@dataclass(frozen=True)
class Marked:
    """A text with names marked as `[Harbour Agency](Agency)`, as the finder of figures wants it."""

    text: str
    named: tuple[tuple[str, int, int, str], ...]
    published: str | None = None
    slug: str = "notes"

    @property
    def schema(self) -> Schema:
        return SCHEMA

    @property
    def blocks(self) -> tuple[Block, ...]:
        return segment(self.text)

    def mentions(self, start: int, end: int) -> Sequence[Mention]:
        return [Mention(key, s, e) for key, s, e, _ in self.named if start <= s and e <= end]

    def dates(self, start: int, end: int) -> Sequence[DateSpan]:
        return find_dates(self.text, start, end, self.published)

    def is_a(self, entity: str, *types: str) -> bool:
        return SCHEMA.fits((next(kind for key, _, _, kind in self.named if key == entity),), types)

    def evidence(self, start: int, end: int, rule: str, confidence: float) -> Evidence:
        quote = self.text[start:end]
        return Evidence("document/notes", start, end, text_hash(quote), rule, confidence, quote=quote)


def marked(text: str, published: str | None = None) -> Marked:
    """Take the marks out of a text."""
    parts: list[str] = []
    named: list[tuple[str, int, int, str]] = []
    here = length = 0
    for match in re.finditer(r"\[([^\]]+)\]\((\w+)\)", text):
        parts += [text[here : match.start()], match[1]]
        start = length + match.start() - here
        length = start + len(match[1])
        named.append((match[1].lower().replace(" ", "-"), start, length, match[2]))
        here = match.end()
    return Marked("".join([*parts, text[here:]]), tuple(named), published)


def found(text: str, published: str | None = None) -> list[tuple[Figure, list[Statement]]]:
    """All figures of a text, sentence by sentence."""
    reading = marked(text, published)
    finder = FigureFinder(reading)
    spans = [s for b in reading.blocks if b.kind != HEADING for s in b.sentences]
    return [figure for start, end in spans for figure in finder.find(start, end)]


def told(text: str) -> list[str]:
    """`344 firearms seized` for each figure."""
    return [figure.entity.name for figure, _ in found(text)]


def properties(text: str, published: str | None = None) -> dict[str, object]:
    """Properties of the only figure of a text."""
    ((figure, _),) = found(text, published)
    return dict(figure.entity.properties)


def attributed(text: str) -> list[str]:
    """`344 firearms seized by harbour-agency` for each figure."""
    return [
        " by ".join([f.entity.name, *([", ".join(f.attributed_to)] if f.attributed_to else [])])
        for f, _ in found(text)
    ]


HARBOUR, REEF, TIDE = "[Harbour Agency](Agency)", "[Reef Unit](Unit)", "[Tidelandia](Country)"
SURGE, PROGRAM = "[Operation Surge](Operation)", "[Reef Program](Program)"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # The act as an active verb, its objects in lists and farther off.
        (
            f"In 2030 the {HARBOUR} seized 1,344 firearms, 24 rounds of ammunition and US$391,132.50.",
            [
                "1344 firearms seized by harbour-agency",
                "24 rounds of ammunition seized by harbour-agency",
                "391132.50 USD seized by harbour-agency",
            ],
        ),
        (
            "The unit seized 30 firearms, including 12 handguns and 3 rifles.",
            ["30 firearms seized", "12 handguns seized", "3 rifles seized"],
        ),
        (
            f"The {HARBOUR} delivered two patrol boats, 15 vehicles and 120 handheld radios to the {REEF}.",
            [
                "2 patrol boats provided by harbour-agency",
                "15 vehicles provided by harbour-agency",
                "120 handheld radios provided by harbour-agency",
            ],
        ),
        (
            f"Through the {PROGRAM}, the {HARBOUR} provided the {REEF} with 12 laptops.",
            ["12 laptops provided by harbour-agency"],
        ),
        (
            f"The {HARBOUR}, in partnership with the {REEF}, trained 40 judges.",
            ["40 judges trained by harbour-agency"],
        ),
        (
            f"{TIDE} and [Reefland](Country) together contributed US$1.5 million to the fund.",
            ["1500000 USD provided by tidelandia, reefland"],
        ),
        (
            f"Under {SURGE}, officers conducted 340 patrols, boarded 52 vessels and arrested 11 suspects.",
            [
                "340 patrols made by operation-surge",
                "52 vessels boarded by operation-surge",
                "11 suspects arrested by operation-surge",
            ],
        ),
        (
            f"The {HARBOUR} has helped partners seize 12 tons of cocaine and arrest 340 people.",
            ["12 tons of cocaine seized by harbour-agency", "340 people arrested by harbour-agency"],
        ),
        ("The lab processed 1,200 DNA samples and solved 14 murders.", ["1200 dna samples processed", "14 murders solved"]),
        ("The centre screened 45,000 passengers and 3,200 containers.", ["45000 passengers screened", "3200 containers screened"]),
        ("The port agency designated four individuals and three companies.", ["4 individuals sanctioned", "3 companies sanctioned"]),
        ("Twelve officers arrested three men.", ["3 men arrested"]),
        ("The course trained 25 officers from 12 agencies in 3 towns.", ["25 officers trained"]),
        # Nouns of acts, participles, relative clauses.
        (f"{SURGE} led to the seizure of 10.5 tons of cocaine.", ["10.5 tons of cocaine seized by operation-surge"]),
        (
            "The raid, which led to the seizure of 12 handguns and the arrest of nine men, was the first.",
            ["12 handguns seized", "9 men arrested"],
        ),
        (
            f"{REEF} officers executed 14 search warrants, resulting in 22 arrests and the recovery of 16 guns.",
            [
                "14 search warrants made by reef-unit",
                "22 arrests made by reef-unit",
                "16 guns recovered by reef-unit",
            ],
        ),
        ("The training of over 2,000 police officers was welcomed.", ["2000 police officers trained"]),
        ("The handover of 10 vehicles worth US$350,000 took place.", ["10 vehicles provided", "350000 USD provided"]),
        ("The donation includes 12 scanners and 40 radios.", ["12 scanners provided", "40 radios provided"]),
        # The passive, before and behind what is counted.
        (
            f"More than 500 people have been arrested and some 35 weapons seized in {SURGE}.",
            ["500 people arrested by operation-surge", "35 weapons seized by operation-surge"],
        ),
        (f"Twelve officers were trained by the {HARBOUR}.", ["12 officers trained by harbour-agency"]),
        ("The commissioner said that 30 gang members, among them four leaders, had been detained.", ["30 gang members arrested", "4 leaders arrested"]),
        ("Cocaine valued at $12 million was seized.", ["12000000 USD seized"]),
        ("$4.2 million worth of cocaine was found.", ["4200000 USD recovered"]),
        ("Seized in the raid were 12 rifles, 4 pistols and $12,000.", ["12 rifles seized", "4 pistols seized", "12000 USD seized"]),
        ("Among the 510 persons arrested was a sailor.", ["510 persons arrested"]),
        (f"The {REEF} was awarded a $2 million grant by {TIDE}.", ["2000000 USD provided by tidelandia"]),
        ("Of the 344 guns recovered, 210 were traced.", ["344 guns recovered", "210 guns traced"]),
        ("Ten of the 12 suspects were charged.", ["10 suspects charged"]),
        # Those counted did it themselves.
        (f"Officers from 19 countries took part in {SURGE}.", ["19 countries participating by operation-surge"]),
        (
            "Some 1,200 personnel from 26 nations participated in [Exercise Wave](Event).",
            ["1200 personnel participating by exercise-wave", "26 nations participating by exercise-wave"],
        ),
        ("The course, attended by 35 officers, ended.", ["35 officers attended"]),
        ("Forty-five cadets graduated.", ["45 cadets trained"]),
        ("The [Sea Treaty](Instrument) was signed by 14 countries.", ["14 countries signed"]),
        # Money.
        (f"{TIDE} announced $100 million in funding for the {REEF}.", ["100000000 USD announced by tidelandia"]),
        (f"It received $3 million from {TIDE}.", ["3000000 USD received by tidelandia"]),
        ("Funding for the work totaled $58 million.", ["58000000 USD amounted"]),
        (f"{TIDE} contributed EC$2.5 million; the {HARBOUR} gave 40 radios.", ["2500000 XCD provided by tidelandia", "40 radios provided by harbour-agency"]),
        # Reported speech: who reports is not who acts.
        (f"The {HARBOUR} said 40 guns were seized.", ["40 guns seized"]),
    ],
)  # fmt: skip
def test_what_was_done(text: str, wanted: list[str]) -> None:
    assert attributed(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        f"The {HARBOUR} will seize 344 firearms.",
        f"The {HARBOUR} did not seize 344 firearms.",
        f"The {HARBOUR} could train 40 officers.",
        f"The {HARBOUR} has 12 boats and 40 officers.",
        "It hopes to trace 100% of all firearms by 2030.",
        "The program will train 40 officers and deliver 3 vessels.",
        "The ministry plans to purchase 12 vehicles.",
        "The agency aims at the seizure of 40 guns.",
        "The minister hopes that 40 officers are trained by 2035.",
        "By 2035, 40 officers will have been trained.",
        "It recommended that 12 officers be trained.",
        "The 40 officers to be trained come from five islands.",
        "The $12 million to be provided will pay for boats.",
        "The goal is 300 officers trained by 2036.",
        "If funded, the program would train 300 officers and provide 20 vehicles.",
        "Had the agency seized 40 guns, it would have told them.",
        "No arrests were made and none of the 12 guns was recovered.",
        "The 12 suspects were not charged.",
        "The unit is capable of processing 1,200 samples a year.",
        f"The {HARBOUR} offered a reward of up to $5 million for information.",
        "The law provides for fines of up to $20,000.",
        "The vessel has a range of 300 miles and a crew of 12 officers.",
        "The gang smuggled 400 firearms into the islands.",
        "He was sentenced to 12 years for smuggling 30 guns.",
        "The funds will support training for 200 officers.",
        "The two-year programme costs $3 million.",
        "Officials reported that crime fell by 12 percent.",
        "As a result of the training, 60 prosecutors have gone home.",
        "The goals are:\n\n- 40 officers trained;\n- the seizure of 12 guns.",
        f"The {HARBOUR} will:\n\n- train 340 officers;\n- donate 12 vehicles.",
    ],
)
def test_plans_denials_and_mere_numbers_are_no_figures(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("In 2030 the unit netted nearly 344 firearms.", {"value": "344", "unit": "firearms", "measure": "seized", "rounding": "nearly", "period": "2030"}),
        ("Between 20 and 30 cadets were trained.", {"value": "20", "rounding": "to 30"}),
        ("No fewer than 60 guns were handed in.", {"value": "60", "rounding": "at-least"}),
        ("Since 2010 it has provided over US$40m in aid.", {"value": "40000000", "unit": "USD", "period": "2010/..", "cumulative": "true", "rounding": "more-than"}),
        ("To date, 60 guns were seized.", {"cumulative": "true"}),
        ("In total, 60 guns were seized.", {"cumulative": "true"}),
        ("Some 60 guns were seized on May 3, 2030 across the Caribbean.", {"period": "2030-05-03", "scope": None, "rounding": "about"}),
        ("Some 60 guns were seized across the Caribbean on May 3, 2030.", {"period": "2030-05-03", "scope": "across the Caribbean"}),
        (f"The unit seized 60 guns in {TIDE}.", {"scope": "in Tidelandia"}),
        (f"Some 80 per cent of guns recovered in {TIDE} were traced to the north.", {"value": "80", "unit": "percent", "measure": "traced", "scope": "of guns recovered in Tidelandia"}),
        ("The unit seized 344 guns last year, the minister said on Thursday.", {"period": "2029"}),
        ("The minister said on Thursday that the unit had seized 344 guns.", {"period": None}),
        ("Nearly half a million dollars were recovered.", {"value": "500000", "unit": "USD"}),
        ("The operation netted 12kg of cannabis.", {"value": "12", "unit": "kg of cannabis"}),
    ],
)  # fmt: skip
def test_what_is_said_of_a_figure(text: str, wanted: dict[str, str | None]) -> None:
    given = properties(text, "2030-05-15")
    assert {key: given.get(key) for key in wanted} == wanted


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
            "Results to date include:\n\n- 12 arrests;\n- the seizure of 344 firearms;\n- 40 officers trained.",
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
    ((figure, (statement,)),) = found(f"In 2030 {SURGE} netted 344 firearms.")
    assert (statement.subject, statement.predicate) == ("operation-surge", "RESULTED_IN")
    assert statement.object == figure.entity.id == "observation/notes-1"
    assert statement.evidence[0].quote == "In 2030 Operation Surge netted 344 firearms."


@pytest.mark.parametrize(
    "text", [f"{TIDE} seized 344 firearms.", f"It received $3 million from the {HARBOUR}."]
)
def test_countries_and_givers_have_no_results(text: str) -> None:
    ((figure, statements),) = found(text)
    assert figure.attributed_to != ()
    assert statements == []


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
