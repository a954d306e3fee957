"""Verb groups: which words are verbs, in what form and voice, and how the act stands."""

import pytest

from tests.sentences import verbs

VERBS: dict[str, dict[str, list[str]]] = {
    "finite": {
        "The Harbour Agency has launched the Reef Unit.": ["finite launch"],
        "The Harbour Agency supports the Reef Unit.": ["finite support"],
        "The Harbour Agency has been training the Reef Unit.": ["finite train"],
        "It was signed.": ["finite sign*"],
        "It has been signed by Tidelandia.": ["finite sign*"],
        "It is being signed.": ["finite sign*"],
        "It was carried out by Tidelandia.": ["finite carry out*"],
        "Tidelandia helped launch the Reef Unit.": ["finite launch"],
        "Tidelandia continues to train the Reef Unit.": ["finite train"],
        "Tidelandia did sign it.": ["finite sign"],
        "Ada Kelp was elected President.": ["finite elect*"],
        "Tidelandia, which backs the Reef Unit,": ["finite back"],
    },
    "infinitives": {
        "to launch boats": ["infinitive launch"],
        "The Harbour Agency met to combat it.": ["bare meet", "infinitive combat"],
    },
    "gerunds": {
        "being trained by Tidelandia": ["gerund train*"],
        "by launching boats": ["gerund launch"],
        "launching boats": ["gerund launch"],
    },
    "bare participles": {
        "boats launched in May": ["bare launch"],
        "The Harbour Agency launched the Reef Unit.": ["bare launch"],
        "They carried out patrols.": ["bare carry out"],
        "the unit led by Ada Kelp": ["bare lead"],
    },
    "nouns that look like verbs": {
        "The Harbour Agency provides support.": ["finite provide"],
        "support for the Reef Unit": [],
        "the launch of boats": [],
        "the launching of boats": [],
        "security training": [],
        "plans for boats": [],
        "The Harbour Agency's support helps.": [],
        "money laundering": [],
        "a meeting": [],
        "a technical working group": [],
        "drafted standard operating procedures": ["bare draft"],
        "is operating two boats": ["finite operate"],
        "leads to growth": [],
        "partner agencies": [],
        "the joint exercise of Tidelandia": [],
        "a visit to Port Kelp": [],
    },
    "verbs that look like nouns": {
        "The agencies support the Reef Unit.": ["finite support"],
        "The agencies plan to work.": ["finite work planned"],
        "Tidelandia partners with Reefland.": ["finite partner"],
        "who leads the Reef Unit": ["finite lead"],
        "Tidelandia and Reefland host the First Tide Conference.": ["finite host"],
    },
    "adjectives in -ed": {
        "the launched boats": [],
        "of increased cooperation": [],
        "Ada Kelp is a retired officer.": ["finite be"],
        "the seized firearms": [],
    },
    "nouns in -ing before a name": {
        "commanding officer Ada Kelp": [],
    },
    "planned, expected, urged": {
        "Tidelandia plans to work.": ["finite work planned"],
        "It will be signed.": ["finite sign* planned"],
        "Tidelandia is to sign it.": ["finite sign planned"],
        "Tidelandia intends to sign it.": ["finite sign planned"],
        "Tidelandia agreed to sign it.": ["finite sign planned"],
        "Tidelandia is expected to sign it.": ["finite sign expected"],
        "Tidelandia was asked to sign it.": ["finite sign urged"],
        "Tidelandia has agreed to be trained.": ["finite train* planned"],
    },
    "denied": {
        "Tidelandia will not sign it.": ["finite sign denied"],
        "Tidelandia has never signed it.": ["finite sign denied"],
        "Tidelandia cannot sign it.": ["finite sign denied"],
        "Tidelandia won't sign it.": ["finite sign denied"],
        "Tidelandia does not sign it.": ["finite sign denied"],
        "It was not signed.": ["finite sign denied"],
        "Tidelandia is not a member.": ["finite be denied"],
        "Tidelandia failed to sign it.": ["finite sign denied"],
    },
    "doubtful": {
        "Tidelandia might sign it.": ["finite sign doubtful"],
        "Tidelandia should sign it.": ["finite sign doubtful"],
        "It may be signed.": ["finite sign* doubtful"],
    },
}

CASES = [
    pytest.param(text, wanted, id=f"{kind}: {text}")
    for kind, texts in VERBS.items()
    for text, wanted in texts.items()
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_text_has_these_verb_groups(text: str, wanted: list[str]) -> None:
    assert verbs(text) == wanted
