"""Ordinals and years beside a name: which event of a series is meant, known to the register or not."""

import pytest

from loaders.mentions import find_mentions
from loaders.names.ordinals import beside, stem
from loaders.names.resolution import resolve
from tests.marked_texts import SCHEMA, entity, register

NINTH = entity("Ninth Summit of the Reefs", "Event", "Summit of the Reefs", "2022 Summit of the Reefs")
MEETING = entity("2023 Kelp-Reef Leaders Meeting", "Event", "Kelp-Reef Leaders Meeting")
ACT = entity("Tide Control Act of 1968", "Instrument", "Tide Control Act")
FUND = entity("Tide Fund", "Program")
KELP = entity("Kelpia", "Country")
ALL = register(NINTH, MEETING, ACT, FUND, KELP)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("First Annual Reef Dialogue", ("Reef Dialogue", 1)),
        ("Twenty Second Meeting", ("Meeting", 22)),
        ("44th Regular Meeting of Heads", ("Meeting of Heads", 44)),
        ("XLV Meeting", ("Meeting", 45)),
        ("IX Summit", ("Summit", 9)),
        ("2009 Summit", ("Summit", 2009)),
        ("Tide Act of 1968", ("Tide Act", 1968)),
        ("Resolution 2653 (2022)", ("Resolution 2653", 2022)),
        ("Kelpwind II", ("Kelpwind", 2)),
        ("Ada Kelp I", None),
        ("Second", None),
        ("Reef Council", None),
    ],
)
def test_a_name_has_a_number_at_one_end(name: str, wanted: tuple[str, int] | None) -> None:
    assert stem(name) == wanted


def test_numbers_stand_right_before_and_right_behind() -> None:
    assert beside("at the Eighth ", " (2018), as").marks == {8, 2018}
    assert (beside("at the Eighth ", " (2018), as").before, beside("x ", " (2018), as").after) == (-7, 7)
    assert beside("the eighth, ", " on 2018").marks == set()
    assert beside("In 2018 ", "").marks == set()


@pytest.mark.parametrize(
    "words",
    [
        "Eighth Summit of the Reefs",
        "8th Summit of the Reefs",
        "VI Summit of the Reefs",
        "2018 Summit of the Reefs",
        "Twenty-ninth Summit of the Reefs",
        "Summit of the Reefs 2018",
        "Summit of the Reefs (2018)",
        "2018 Kelp-Reef Leaders Meeting",
    ],
)
def test_another_of_a_series_is_an_event_of_its_own(words: str) -> None:
    (mention,) = resolve(f"They met at the {words}, they said.", ALL, SCHEMA).mentions
    assert (mention.words, mention.type, mention.status) == (words, "Event", "candidate")


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("Summit of the Reefs", NINTH.id),
        ("9th Summit of the Reefs", NINTH.id),
        ("Summit of the Reefs 2022", NINTH.id),
        ("2023 Kelp-Reef Leaders Meeting", MEETING.id),
        ("Tide Control Act", ACT.id),
        # Of what has no number in the register none is another's.
        ("2018 Tide Fund", FUND.id),
        ("Second Tide Fund", FUND.id),
    ],
)
def test_its_own_number_and_none_leave_a_name_to_its_bearer(words: str, wanted: str) -> None:
    text = f"They met at the {words}, they said."
    assert [m.entity for m in find_mentions(text, ALL).found] == [wanted]


def test_an_act_of_another_year_is_another() -> None:
    assert find_mentions("the Tide Control Act 1998", ALL).found == ()
    assert [m.entity for m in find_mentions("the Tide Control Act of 1968", ALL).found] == [ACT.id]


def test_a_year_that_says_when_leaves_the_name_alone() -> None:
    assert [m.entity for m in find_mentions("In 2018 Summit of the Reefs staff met.", ALL).found] == [
        NINTH.id
    ]


def test_a_shorter_name_inside_the_other_event_still_counts() -> None:
    known = register(NINTH, entity("Reefs", "Place"))
    found = find_mentions("the Eighth Summit of the Reefs", known).found
    assert [m.entity for m in found] == ["place/reefs"]


def test_the_bare_name_is_not_the_known_event_where_another_one_is_meant() -> None:
    text = "They met at the Eighth Summit of the Reefs. The Summit of the Reefs went well."
    assert NINTH.id not in {m.entity for m in resolve(text, ALL, SCHEMA).mentions}
    both = f"{text} The Ninth Summit of the Reefs followed."
    assert [m.entity for m in resolve(both, ALL, SCHEMA).mentions].count(NINTH.id) == 2
