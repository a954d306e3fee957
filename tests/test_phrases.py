"""Noun phrases: what hangs on a noun, who holds an office, and which names stand in one list."""

import pytest

from loaders.grammar.phrases import singular
from tests.sentences import phrases

PHRASES: dict[str, dict[str, list[str]]] = {
    "an office and who holds it": {
        "Director Ada Kelp opened it.": ["Ada Kelp <director>", "it"],
        "Harbour Agency Director Ada Kelp opened it.": ["Ada Kelp <{Harbour Agency} director>", "it"],
        "The Director of the Harbour Agency, Ada Kelp, opened it.": [
            "Ada Kelp <director of (Harbour Agency)>",
            "it",
        ],
        "Ada Kelp, the Director of the Harbour Agency, opened it.": [
            "Ada Kelp <director of (Harbour Agency)>",
            "it",
        ],
        "Ada Kelp, Director of the Harbour Agency, opened it.": [
            "Ada Kelp <director of (Harbour Agency)>",
            "it",
        ],
        "Tidelandia's Minister of Justice, Ada Kelp, opened it.": [
            "Ada Kelp <Tidelandia's minister of (justice)>",
            "it",
        ],
        "Minister of Justice Ada Kelp opened it.": ["Ada Kelp <minister of (justice)>", "it"],
        "Tidelandia Minister of Justice Ada Kelp opened it.": [
            "Ada Kelp <{Tidelandia} minister of (justice)>",
            "it",
        ],
        "Ada Kelp, the Director of the Harbour Agency, and Bo Ray, the Director of the Wave Agency, spoke.": [
            "Ada Kelp <director of (Harbour Agency)> + Bo Ray <director of (Wave Agency)>"
        ],
        "Ambassador to Tidelandia and Reefland Ada Kelp spoke.": [
            "Ada Kelp <ambassador to (Tidelandia + Reefland)>"
        ],
        "The Deputy Director of the Harbour Agency spoke.": ["director of (Harbour Agency)"],
        "Director Ada Kelp and Bo Ray spoke.": ["Ada Kelp <director> + Bo Ray"],
    },
    "a rank is no office": {
        "Colonel Ada Kelp of the Reef Unit opened it.": ["Ada Kelp of (Reef Unit)", "it"],
        "Mr. Ada Kelp spoke.": ["Ada Kelp"],
    },
    "what something is said to be": {
        "The Harbour Agency, a body of Tidelandia, works.": ["Harbour Agency <body of (Tidelandia)>", "work"],
        "The Reef Unit, part of the Harbour Agency, works.": ["Reef Unit <part of (Harbour Agency)>", "work"],
        "The lead body, the Harbour Agency, works.": ["Harbour Agency <body>", "work"],
    },
    "whose it is": {
        "Tidelandia's boats sail.": ["Tidelandia's boat"],
        "The Harbour Agency's Reef Unit sails.": ["Harbour Agency's Reef Unit"],
        "The head of the Reef Unit of the Harbour Agency spoke.": ["head of (Reef Unit of (Harbour Agency))"],
        "The head of the Reef Unit from Tidelandia spoke.": ["head of (Reef Unit from (Tidelandia))"],
        "Officers of Tidelandia's Harbour Agency spoke.": ["officer of (Tidelandia's Harbour Agency)"],
    },
    "what stands before a noun": {
        "The Tidelandia Harbour Agency met.": ["{Tidelandia} Harbour Agency"],
        "The Harbour Agency officers met.": ["{Harbour Agency} officer"],
        "Two Harbour Agency boats sailed.": ["{Harbour Agency} boat"],
        "No boats sailed.": ["no boat"],
        "The newly opened port sailed.": ["port"],
        "The 2021 report ended.": ["report"],
    },
    "places": {
        "Port Kelp, Tidelandia, sails.": ["Port Kelp/Tidelandia"],
        "The ports of Port Kelp, Tidelandia, and Reefland sail.": [
            "port of (Port Kelp/Tidelandia + Reefland)"
        ],
        "Port Kelp and Tidelandia sail.": ["Port Kelp + Tidelandia"],
        "Tidelandia, Reefland and Port Kelp sail.": ["Tidelandia + Reefland + Port Kelp"],
    },
    "governments": {
        "The Tidelandia government met.": ["Tidelandia"],
        "The Government of Tidelandia met.": ["government of (Tidelandia)"],
        "The Governments of Tidelandia and Reefland met.": ["government of (Tidelandia + Reefland)"],
    },
    "examples": {
        "Agencies such as the Harbour Agency and the Wave Agency met.": [
            "agency including (Harbour Agency + Wave Agency)"
        ],
        "Agencies, including the Harbour Agency, the Wave Agency and the Reef Unit, met.": [
            "agency including (Harbour Agency + Wave Agency + Reef Unit)"
        ],
        "Officers from Tidelandia, including Bo Ray, met.": ["officer from (Tidelandia including (Bo Ray))"],
    },
    "lists": {
        "Officers of the Harbour Agency, as well as Tidelandia, met.": [
            "officer of (Harbour Agency) + Tidelandia"
        ],
        "Officers of the Harbour Agency, together with agents of the Wave Agency, met.": [
            "officer of (Harbour Agency) + agent of (Wave Agency)"
        ],
        "The Harbour Agency, the Wave Agency and the Reef Unit, as well as Tidelandia, met.": [
            "Harbour Agency + Wave Agency + Reef Unit + Tidelandia"
        ],
        "The Harbour Agency, the Wave Agency and the Reef Unit met.": [
            "Harbour Agency + Wave Agency + Reef Unit"
        ],
        "The Harbour Agency, the Wave Agency, and the Reef Unit met.": [
            "Harbour Agency + Wave Agency + Reef Unit"
        ],
        "The Harbour Agency and Tidelandia together with Reefland met.": [
            "Harbour Agency + Tidelandia + Reefland"
        ],
        "The Harbour Agency, together with the Wave Agency, met.": ["Harbour Agency + Wave Agency"],
        "The Harbour Agency as well as the Wave Agency met.": ["Harbour Agency + Wave Agency"],
        "Officers of the Harbour Agency and the Wave Agency met.": [
            "officer of (Harbour Agency + Wave Agency)"
        ],
        "Officers of the Harbour Agency, the Wave Agency, and the Reef Unit met.": [
            "officer of (Harbour Agency + Wave Agency + Reef Unit)"
        ],
    },
    "what hangs on what": {
        "The smuggling of firearms from Tidelandia to Reefland ended.": [
            "smuggling of (firearm from (Tidelandia) to (Reefland))"
        ],
        "The First Tide Conference in Port Kelp ended.": ["First Tide Conference in (Port Kelp)"],
    },
}

CASES = [
    pytest.param(text, wanted, id=f"{kind}: {text}")
    for kind, texts in PHRASES.items()
    for text, wanted in texts.items()
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_sentence_has_these_phrases(text: str, wanted: list[str]) -> None:
    assert phrases(text) == wanted


@pytest.mark.parametrize(
    ("noun", "wanted"),
    [
        *(("boats", "boat"), ("agencies", "agency"), ("dinghies", "dinghy"), ("launches", "launch")),
        *(("women", "woman"), ("coastguardsmen", "coastguardsman"), ("children", "child")),
        *(("series", "series"), ("news", "news"), ("specimen", "specimen"), ("glass", "glass")),
        # `the people of`: a word of its own.
        *(("people", "people"), ("basis", "basis"), ("boat", "boat")),
    ],
)
def test_singulars(noun: str, wanted: str) -> None:
    assert singular(noun) == wanted
