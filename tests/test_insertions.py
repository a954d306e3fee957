"""Sentences with several verbs, with lists and with what interrupts them, and the frames that they have."""

import pytest

from tests.sentences import frames

FRAMES: dict[str, list[str]] = {
    "The Harbour Agency asked Tidelandia to sign and ratify the Reef Treaty.": [
        "ask: Harbour Agency > Tidelandia",
        "urged sign: Tidelandia > Reef Treaty",
        "urged ratify: Tidelandia > Reef Treaty",
    ],
    "The Harbour Agency asked the Reef Unit to train officers and to join the Tide Council.": [
        "ask: Harbour Agency > Reef Unit",
        "urged train: Reef Unit > officer",
        "urged join: Reef Unit > Tide Council",
    ],
    "The Harbour Agency called on Tidelandia to ratify the Reef Treaty.": [
        "call on: Harbour Agency > Tidelandia",
        "urged ratify: Tidelandia > Reef Treaty",
    ],
    "Ada Kelp told the First Tide Conference that Tidelandia had joined the Tide Council.": [
        "tell: Ada Kelp > First Tide Conference",
        "join: Tidelandia > Tide Council",
    ],
    "Tidelandia helped the Reef Unit, and Reefland sailed in 2021.": [
        "help: Tidelandia > Reef Unit",
        "sail: Reefland > - @ 2021",
    ],
    "Signed in 2020, the Harbour Agency said the Reef Treaty raised fines.": [
        "sign*: - > Reef Treaty @ 2020",
        "say: Harbour Agency > -",
        "raise: Reef Treaty > fine",
    ],
    "Joined by Reefland, the Harbour Agency said the Reef Treaty raised fines.": [
        "join*: - > Harbour Agency | by Reefland",
        "say: Harbour Agency > -",
        "raise: Reef Treaty > fine",
    ],
    "The Reef Unit, Ada Kelp said, supports Tidelandia.": [
        "support: Reef Unit > Tidelandia",
    ],
    "“The Harbour Agency helped Tidelandia,” said Ada Kelp.": [
        "help: Harbour Agency > Tidelandia",
        "say: Ada Kelp > -",
    ],
    "The Harbour Agency hosted the First Tide Conference; founded in 2020, the Reef Unit met.": [
        "host: Harbour Agency > First Tide Conference",
        "found*: - > Reef Unit @ 2020",
        "meet: Reef Unit > -",
    ],
    "The Harbour Agency supports the Reef Unit but Tidelandia joined the Tide Council.": [
        "support: Harbour Agency > Reef Unit",
        "join: Tidelandia > Tide Council",
    ],
    "Tidelandia attended but did not host the First Tide Conference.": [
        "attend: Tidelandia > -",
        "denied host: Tidelandia > First Tide Conference",
    ],
    "The Harbour Agency, which supports the Reef Unit, and Tidelandia launched the Wave Register.": [
        "support: Harbour Agency > Reef Unit",
        "launch: Harbour Agency + Tidelandia > Wave Register",
    ],
    "The Harbour Agency, created in 2020, and the Wave Agency signed the Reef Treaty.": [
        "create*: - > Harbour Agency @ 2020",
        "sign: Harbour Agency + Wave Agency > Reef Treaty",
    ],
    "The Harbour Agency trains and equips the Reef Unit.": [
        "train: Harbour Agency > Reef Unit",
        "equip: Harbour Agency > Reef Unit",
    ],
    "The Harbour Agency leads, trains and equips the Reef Unit.": [
        "lead: Harbour Agency > Reef Unit",
        "train: Harbour Agency > Reef Unit",
        "equip: Harbour Agency > Reef Unit",
    ],
    "The Reef Unit works in Port Kelp.": [
        "work: Reef Unit > - | in Port Kelp",
    ],
    "The Harbour Agency launched the Reef Unit, trained officers and donated boats to Tidelandia.": [
        "launch: Harbour Agency > Reef Unit",
        "train: Harbour Agency > officer",
        "donate: Harbour Agency > boat to (Tidelandia)",
    ],
    "The Harbour Agency gave the Reef Unit two boats.": [
        "give: Harbour Agency > boat > Reef Unit",
    ],
    "The Reef Unit was given two boats by the Harbour Agency.": [
        "give*: - > boat > Reef Unit | by Harbour Agency",
    ],
    "The Harbour Agency is supporting the Reef Unit by training officers.": [
        "support: Harbour Agency > Reef Unit",
        "train: Harbour Agency > officer",
    ],
    "Having joined the Tide Council, Tidelandia signed the Reef Treaty.": [
        "join: Tidelandia > Tide Council",
        "sign: Tidelandia > Reef Treaty",
    ],
    "The Harbour Agency could have signed the Reef Treaty.": [
        "doubtful sign: Harbour Agency > Reef Treaty",
    ],
    (
        "Experts came from the Harbour Agency; the Reef Unit, which is part of the Wave Agency; the "
        "Tide Council; and the Wave Register."
    ): [
        "come: expert > - | from Harbour Agency + Reef Unit + Tide Council + Wave Register",
        "be: Reef Unit > part of (Wave Agency)",
    ],
    "Ada Kelp opened the First Tide Conference together with Bo Ray.": [
        "open: Ada Kelp + Bo Ray > First Tide Conference",
    ],
    "The Harbour Agency was represented by Ada Kelp, and the Wave Agency by Bo Ray.": [
        "represent*: - > Harbour Agency | by Ada Kelp",
        "represent*: - > Wave Agency | by Bo Ray",
    ],
    (
        "Tidelandia thanked the Harbour Agency for its support to Reefland, and the Wave Agency for "
        "funding the Wave Register."
    ): [
        "thank: Tidelandia > Harbour Agency | for support to (Reefland)",
        "thank: Tidelandia > Wave Agency",
        "fund: Wave Agency > Wave Register",
    ],
    "Tidelandia contributed $3 million and Reefland $2 million to the Reef Unit.": [
        "contribute: Tidelandia > money to (Reef Unit)",
        "contribute: Reefland > money to (Reef Unit)",
    ],
    (
        "The Tide Council adopted the Reef Treaty, which was drafted by the Harbour Agency, and "
        "reviewed the Wave Register."
    ): [
        "adopt: Tide Council > Reef Treaty",
        "draft*: - > Reef Treaty | by Harbour Agency",
        "review: Tide Council > Wave Register",
    ],
    (
        "Tidelandia supports the Wave Register, which was launched by the Harbour Agency and which "
        "helps the Reef Unit."
    ): [
        "support: Tidelandia > Wave Register",
        "launch*: - > Wave Register | by Harbour Agency",
        "help: Wave Register > Reef Unit",
    ],
    "The Harbour Agency runs the Wave Register, which Tidelandia funds and the Reef Unit delivers.": [
        "run: Harbour Agency > Wave Register",
        "fund: Tidelandia > Wave Register",
        "deliver: Reef Unit > Wave Register",
    ],
    "The Tide Council extended until 2026 the mandate of the Reef Unit.": [
        "extend: Tide Council > mandate of (Reef Unit) @ 2026",
    ],
    "The graduates come from the Harbour Agency and the Reef Unit.": [
        "come: graduate > - | from Harbour Agency + Reef Unit",
    ],
    "I am proud that Tidelandia joined the Tide Council.": [
        "join: Tidelandia > Tide Council",
    ],
    "It is not true that Tidelandia signed the Reef Treaty.": [
        "denied be: it > true",
        "denied sign: Tidelandia > Reef Treaty",
    ],
    "Funded by the Harbour Agency and implemented by the Wave Agency, the Wave Register trains officers.": [
        "fund*: - > Wave Register | by Harbour Agency",
        "implement*: - > Wave Register | by Wave Agency",
        "train: Wave Register > officer",
    ],
    "Ada Kelp was appointed Director of the Harbour Agency in 2020.": [
        "appoint*: - > Ada Kelp | as director of (Harbour Agency) @ 2020",
    ],
    "Tidelandia became the tenth country to join the Tide Council.": [
        "become: Tidelandia > country",
        "join: Tidelandia > Tide Council",
    ],
    "The Government of Tidelandia and the Government of Reefland signed the Reef Treaty.": [
        "sign: government of (Tidelandia) + government of (Reefland) > Reef Treaty",
    ],
    "Through the Wave Register, the Harbour Agency shares data with Tidelandia.": [
        "share: Harbour Agency > data with (Tidelandia) | through Wave Register",
    ],
    "The exercise, the largest of its kind, was hosted by Tidelandia.": [
        "host*: - > exercise <largest of (kind)> | by Tidelandia",
    ],
    "At the meeting in Port Kelp, Tidelandia signed the Reef Treaty.": [
        "sign: Tidelandia > Reef Treaty | at meeting in (Port Kelp)",
    ],
    "The Harbour Agency and its partner, the Wave Agency, run the Wave Register.": [
        "run: Harbour Agency + Wave Agency <partner> > Wave Register",
    ],
    "Ada Kelp said that Tidelandia joined the Tide Council, and that Reefland signed the Reef Treaty.": [
        "say: Ada Kelp > -",
        "join: Tidelandia > Tide Council",
        "sign: Reefland > Reef Treaty",
    ],
    "The Harbour Agency, not the Wave Agency, funds the Reef Unit.": [
        "fund: Harbour Agency > Reef Unit",
    ],
    "Reportedly, the Harbour Agency funded the Reef Unit.": [
        "doubtful fund: Harbour Agency > Reef Unit",
    ],
    "Delivered at the base in Kelp Bay, Tidelandia, by the Harbour Agency, the course ended.": [
        "deliver*: - > course | at base in (Kelp Bay/Tidelandia) | by Harbour Agency",
        "end: course > -",
    ],
    "The Harbour Agency and the Wave Agency conduct Operation Surge together.": [
        "conduct: Harbour Agency + Wave Agency > Operation Surge",
    ],
}


@pytest.mark.parametrize(("text", "expected"), FRAMES.items())
def test_what_interrupts_a_clause_leaves_its_frames_whole(text: str, expected: list[str]) -> None:
    assert frames(text) == expected
