"""Names: what counts as one, what is made from attributes, and that nothing is guessed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.language import dates, number, ordinal, spoken_date, stem, stems, within, words
from queries.lexicon import load_lexicon
from queries.names import NameIndex, names_for
from queries.naming import Derived, Relations
from queries.question import Question
from queries.spelling import Speller
from schema.model import load_schema
from tests.conftest import Graph


def record(
    id_: str, types: list[str], name: str, aliases: tuple[str, ...] = (), **more: Any
) -> dict[str, Any]:
    """A record as the graph gives it."""
    empty = dict.fromkeys(
        (
            "summary",
            "country",
            "parent",
            "iso3166",
            "ordinal",
            "number",
            "publisher",
            "kind",
            "published",
            "file",
        )
    )
    return {
        "id": id_,
        "types": types,
        "name": name,
        "aliases": list(aliases),
        "acronyms": [],
        **empty,
        **more,
    }


RECORDS = (
    record("agency/zbc", ["Agency"], "Zephyr Border Corps", ("Border Corps of Zephyr",), acronyms=["ZBC"]),
    record("agency/zbt", ["Agency"], "Zephyr Board of Trade", acronyms=["ZBT"], parent="agency/zmt"),
    record("agency/zmt", ["Agency"], "Ministry of Trade of Zephyr"),
    record("unit/harbour-watch", ["Unit", "Program"], "Harbour Watch Centre"),
    record("country/ze", ["Country"], "The Zephyrs", ("Zephyr Islands",), iso3166="JM"),
    record("place/port-lume", ["Place"], "Port Lume", country="country/ze"),
    record("person/ada-m-quill", ["Person"], "Ada M. Quill"),
    record("person/ben-quill", ["Person"], "Ben Quill"),
    record("person/cy-noor", ["Person"], "Cy Noor"),
    record("topic/lamp-smuggling", ["Topic"], "Lamp smuggling"),
    record("topic/lamp-tracing", ["Topic"], "Lamp tracing", parent="topic/lamp-smuggling"),
    record("topic/night-smuggling", ["Topic"], "Night smuggling"),
    record("dialogue/3", ["Dialogue"], "Third Lantern Dialogue"),
    record("dialogue/lume-2019", ["Dialogue"], "Lume consultations"),
    record("dialogue/4", ["Dialogue"], "Fourth Lantern Dialogue", ordinal=4),
    record("instrument/lume-pledge", ["Instrument"], "Lume Pledge", ("Lantern joint statement",)),
    record("commitment/4-2-iii", ["Commitment"], "Commitment 2.iii of the Lume Pledge", number="2.iii"),
    record(
        "document/2021-05-04-lume", ["Document"], "Lume Pledge in full", kind="joint statement",
        file="2021-05-04-lume.txt", publisher="Zephyr Gazette, Press Office", published="2021-05-04",
    ),
)  # fmt: skip
RELATIONS = Relations(
    places={"dialogue/3": ("place/port-lume",), "dialogue/lume-2019": ("place/port-lume", "country/ze")},
    dates={"dialogue/3": ("2020-02",), "dialogue/lume-2019": ("2019-07-01/2019-07-02",)},
    adopted={"dialogue/4": ("instrument/lume-pledge",)},
    spellings={"instrument/lume-pledge": ("Lume Pledge in full",)},
    descriptions={},
    clauses={},
)


def index_of(records: tuple[Mapping[str, Any], ...] = RECORDS) -> NameIndex:
    names = {r["id"]: (r["name"], *r["aliases"], *r["acronyms"]) for r in records}
    derived = Derived({r["id"]: r for r in records}, names, RELATIONS)
    return NameIndex(load_schema(), records, derived, RELATIONS, {}, ["A gale warning was given."])


INDEX = index_of()


def question(text: str) -> Question:
    return Question(text, INDEX, load_lexicon())


@pytest.mark.parametrize(
    ("text", "types", "id_", "how"),
    [
        ("agency/zbc", (), "agency/zbc", "id"),
        ("Zephyr Border Corps", (), "agency/zbc", "name"),
        ("the zephyr border corps's", (), "agency/zbc", "name"),
        ("Border Corps of Zephyr", (), "agency/zbc", "alias"),
        ("zbc", (), "agency/zbc", "acronym"),
        ("Z.B.C.", (), "agency/zbc", "acronym"),
        ("Harbor Watch Center", (), "unit/harbour-watch", "spelling"),
        ("zephyr", ("Country",), "country/ze", "spelling"),
        ("Zephyr Border Crops", (), "agency/zbc", "typo"),
        ("noor", ("Person",), "person/cy-noor", "part"),
        ("ada quill", ("Person",), "person/ada-m-quill", "part"),
        ("lamp", ("Topic",), "topic/lamp-smuggling", "part"),
        ("third dialogue", ("Event",), "dialogue/3", "derived"),
        ("the 4th annual security dialogue", ("Event",), "dialogue/4", "derived"),
        ("fourth", ("Dialogue",), "dialogue/4", "derived"),
        ("2020 meeting", ("Event",), "dialogue/3", "derived"),
        ("2019 Port Lume meeting", ("Event",), "dialogue/lume-2019", "derived"),
        ("meeting in the Zephyrs", ("Event",), "dialogue/lume-2019", "derived"),
        ("Lantern joint statement", ("Dialogue",), "dialogue/4", "derived"),
        ("Lantern joint statement", ("Document",), "document/2021-05-04-lume", "derived"),
        ("Zephyr Gazette statement", ("Document",), "document/2021-05-04-lume", "derived"),
        ("2021 joint statement", ("Document",), "document/2021-05-04-lume", "derived"),
        ("2021-05-04-lume.txt", ("Document",), "document/2021-05-04-lume", "derived"),
        ("pledge 2.iii", (), "commitment/4-2-iii", "derived"),
        ("2.iii", ("Commitment",), "commitment/4-2-iii", "derived"),
        ("jamaican", ("Country",), "country/ze", "derived"),
    ],
)  # fmt: skip
def test_a_name_is_resolved(text: str, types: tuple[str, ...], id_: str, how: str) -> None:
    found = INDEX.resolve(text, types)
    assert (found.ids, found.how) == ((id_,), how)


@pytest.mark.parametrize(
    ("text", "types", "ids"),
    [
        ("quill", ("Person",), ("person/ada-m-quill", "person/ben-quill")),
        ("Port Lume", ("Event",), ("dialogue/3", "dialogue/lume-2019")),
    ],
)
def test_an_ambiguous_name_gives_all_or_none(text: str, types: tuple[str, ...], ids: tuple[str, ...]) -> None:
    assert INDEX.resolve(text, types).ids in (ids, ())


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("smuggling", ("Topic",)),  # two topics, none above the other
        ("zephyr border corps", ("Country",)),
        ("fifth dialogue", ("Event",)),
        ("zbx", ()),  # too short for a typo
        ("", ()),
    ],
)
def test_what_means_nothing_is_not_guessed(text: str, types: tuple[str, ...]) -> None:
    assert INDEX.resolve(text, types).ids == ()


def test_the_most_literal_reading_counts() -> None:
    """A name written so wins over a derived one; without a type the instrument is meant, not its dialogue."""
    assert INDEX.resolve("Lantern joint statement").ids == ("instrument/lume-pledge",)


def test_what_stands_above_follows_the_register() -> None:
    assert list(INDEX.above("agency/zbt")) == ["agency/zmt"]
    circular = index_of(
        (
            record("agency/a", ["Agency"], "Alpha Agency", parent="agency/b"),
            record("agency/b", ["Agency"], "Beta Agency", parent="agency/a"),
        )
    )
    assert list(circular.above("agency/a")) == ["agency/b"]


def test_a_search_gives_meanings_first_then_beginnings_then_likenesses() -> None:
    assert INDEX.search("zbc")[0].id == "agency/zbc"
    begun = INDEX.search("zeph", types=("Agency",))
    assert {hit.id for hit in begun} == {"agency/zbc", "agency/zbt", "agency/zmt"}
    assert all(hit.reason == "prefix" for hit in begun)
    assert INDEX.search("harbor wach")[0].id == "unit/harbour-watch"
    assert INDEX.search("") == []
    assert len(INDEX.search("zephyr", limit=2)) == 2


def test_a_misspelt_word_is_mended_only_where_one_word_is_meant() -> None:
    speller = Speller(INDEX, load_lexicon())
    assert speller.nearest("zephir") == ["zephyr"]
    assert speller.nearest("zeph") == []
    assert speller.nearest("umbrella") == []
    assert speller.mended(question("which agncies suport the zephir")) == "which agencies support the zephyr"
    assert speller.mended(question("which agencies support the zephyr")) is None


def test_a_word_that_some_text_has_is_not_mended() -> None:
    speller = Speller(INDEX, load_lexicon())
    assert speller.unknown(question("a gale at the zephir")) == {"zephir"}


def test_the_nearest_names_are_of_the_wanted_type() -> None:
    near = INDEX.nearest("Zephyr Borders", ("Agency",), limit=2)
    assert near[0].id == "agency/zbc"
    assert all(hit.type == "Agency" for hit in near)


CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase])
AROUND = st.sampled_from(["{}", "the {}", " {} ", "{}?", "“{}”", "{}'s", "({})"])


@given(st.sampled_from([r["name"] for r in RECORDS if not r["name"].startswith("Commitment")]), CASES, AROUND)
def test_case_articles_and_marks_do_not_matter(name: str, case: Any, around: str) -> None:
    literal = INDEX.resolve(name)
    assert literal.how == "name"
    assert INDEX.resolve(around.format(case(name))).ids == literal.ids


@pytest.mark.parametrize(
    "family",
    [
        "agency agencies", "operate operates operated operating", "programme programs program",
        "organisation organizations organization", "defence defense", "labour labor", "centre centers",
        "meet meeting meetings", "authorised authorizing authorize", "commit committed", "party parties",
    ],
)  # fmt: skip
def test_forms_of_a_word_have_one_stem(family: str) -> None:
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize("pair", ["united unit", "theme them", "state status", "policy police"])
def test_other_words_keep_apart(pair: str) -> None:
    one, other = pair.split()
    assert one != other
    assert (stem(one) == stem(other)) == (pair == "theme them")


def test_asides_and_possessives_fall_away() -> None:
    assert words("the Corps's lamps (such as 2.iii), e-lamps & nets") == (
        "corps", "lamps", "e", "lamps", "and", "nets",
    )  # fmt: skip
    assert stems("The Lamps") == ("lamp",)


def test_numbers_in_words() -> None:
    assert [ordinal(w) for w in ("eleventh", "11th", "2nd", "eleven")] == [11, 11, 2, None]
    assert [number(w) for w in ("thirteen", "13", "fy23")] == [13, 13, None]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("on 4 May 2021", "2021-05-04"), ("May 4th, 2021", "2021-05-04"), ("in May 2021", "2021-05"),
        ("in 2021", "2021"), ("FY21", "2020-10-01/2021-09-30"), ("fiscal year 2021", "2020-10-01/2021-09-30"),
        ("2021-05-04", "2021-05-04"), ("2021-2022", "2021/2022"), ("Tuesday, 4 May 2021", "2021-05-04"),
    ],
)  # fmt: skip
def test_dates_in_words_become_edtf(text: str, edtf: str) -> None:
    longest = max(dates(words(text)), key=lambda span: span.end - span.start)
    assert longest.text == edtf


@given(st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_as_it_is_spoken(day: dt.date) -> None:
    text = day.isoformat()
    assert text in {span.text for span in dates(words(f"held on {spoken_date(text)} there"))}
    assert within(text, text)
    assert within(text, text[:7])
    assert within(text, text[:4])
    assert not within(text[:4], text[:7])


def test_the_index_of_the_bundled_graph_is_kept_for_its_version(graph: Graph) -> None:
    names = names_for(graph.store)
    assert names is names_for(graph.store)
    assert names.resolve("ccgiu").ids == ("unit/ccgiu",)
    assert names.resolve("eleventh dialogue").ids == ("dialogue/11",)
    assert names.resolve("2023 joint statement", ("Dialogue",)).ids == ("dialogue/11",)
    assert names.resolve("american", ("Country",)).ids == ("country/us",)
    assert names.dates["dialogue/9"] == ("2020-10-28",)
