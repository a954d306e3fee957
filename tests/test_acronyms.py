"""Acronyms and short names that a text defines: where the long form begins, and what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.names.acronyms import abbreviates, definitions, is_acronym, short_names


def defined(text: str) -> list[tuple[str, str]]:
    return [(d.acronym, text[d.long_start : d.long_end]) for d in definitions(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The Regional Harbour Office (RHO) met.", ("RHO", "Regional Harbour Office")),
        ("a Shore Station (SS) was built", ("SS", "Shore Station")),
        ("a U.S. Shore Guard Reef (USSGR) boat", ("USSGR", "U.S. Shore Guard Reef")),
        ("its Bureau of Reefs, Kelp and Flotsam (BRKF)", ("BRKF", "Bureau of Reefs, Kelp and Flotsam")),
        ("the Kelp Community (KELCOM)", ("KELCOM", "Kelp Community")),
        ("Implementing Agency for Crab Shells (IMACS)", ("IMACS", "Implementing Agency for Crab Shells")),
        ("Office of the Director of Piers (ODP)", ("ODP", "Office of the Director of Piers")),
        ("Department of Docks (DoD)", ("DoD", "Department of Docks")),
        ("weapons of mass flooding (WMFs)", ("WMF", "weapons of mass flooding")),
        ("Counter-Netting Task Force [CNTF]", ("CNTF", "Counter-Netting Task Force")),
        ("the Royal St. Kelp Police Force (“RSKPF”)", ("RSKPF", "Royal St. Kelp Police Force")),
        ("the Regional Harbour Office (hereinafter “RHO”)", ("RHO", "Regional Harbour Office")),
        ("the Regional Harbour Office, or RHO, met", ("RHO", "Regional Harbour Office")),
        ("the Regional Harbour Office, also known as the RHO.", ("RHO", "Regional Harbour Office")),
        ("RHO (Regional Harbour Office) met", ("RHO", "Regional Harbour Office")),
        ("RHO (the Regional Harbour Office, founded last year)", ("RHO", "Regional Harbour Office")),
        ("Regional\nHarbour Office\n(RHO)", ("RHO", "Regional\nHarbour Office")),
        ("Fédération des Pêcheurs (FDP)", ("FDP", "Fédération des Pêcheurs")),
    ],
)  # fmt: skip
def test_the_long_form_is_found_by_the_letters(text: str, wanted: tuple[str, str]) -> None:
    assert defined(text) == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "the officials met (OM)",
        "Council said that many doctors (CMD)",
        "Kelp (USA) and Reef (DEF)",
        "Memo\n\nOf Tides (MOT)",
        "She left the Harbour. Tides Office (HTO) stayed",
        "the Regional Harbour Office (2019) and (see Annex)",
        "the reef, or RHO, was",
        "",
    ],
)
def test_other_parentheses_define_nothing(text: str) -> None:
    assert defined(text) == []


def test_only_what_stands_behind_the_start_counts() -> None:
    text = "Tide Office (TO). Reef Office (RO)."
    assert [d.acronym for d in definitions(text, 17)] == ["RO"]


def test_short_names_stand_in_quotation_marks_or_behind_hereinafter() -> None:
    text = "Reef System (“the System”), Tide Pact (hereinafter the Pact), Kelp (the Cat), Bay Office (“BO”)"
    assert [(s.name, text[: s.beside].split()[-1]) for s in short_names(text)] == [
        ("System", "System"),
        ("Pact", "Pact"),
    ]


def test_acronyms_are_mostly_capitals() -> None:
    assert [w for w in ("RHO", "DoD", "KELCOM", "U.S", "Ann", "McKelpley", "rho", "A") if is_acronym(w)] == [
        "RHO",
        "DoD",
        "KELCOM",
        "U.S",
    ]
    assert abbreviates("RHO", "Regional Harbour Office")
    assert not abbreviates("RHO", "Regional Reef Centre")


PIECES = st.sampled_from(
    (
        *("Regional ", "Harbour ", "Office ", "of ", "(RHO) ", "RHO (", "RHO", ", or RHO,", "(“the Office”)"),
        *(")", "[", ". ", "\n\n", "é", "\u0301", "🌊", " "),
    )
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=25).map("".join)))
def test_definitions_lie_in_the_text_and_begin_with_a_letter_of_the_acronym(text: str) -> None:
    for d in definitions(text):
        assert 0 <= d.long_start < d.long_end <= len(text)
        assert d.long_end <= d.at or d.end <= d.long_start
        assert text[d.at : d.end].startswith(d.acronym)
        assert text[d.long_start].casefold() == d.acronym[0].casefold()
    for s in short_names(text):
        assert text[s.at : s.end] == s.name


def test_a_text_full_of_parentheses_takes_no_long_time() -> None:
    for piece in ("(", "RHO (", "(RHO) ", "AA, or ", "RHO (Reef, ", "A (\n"):
        definitions(piece * 2_000)
        short_names(piece * 2_000)
