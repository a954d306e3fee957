"""Frames: who does what to whom, however a sentence puts it."""

import pytest

from tests.sentences import frames

FRAMES: dict[str, dict[str, list[str]]] = {
    "active and passive": {
        "The Harbour Agency supports the Reef Unit.": ["support: Harbour Agency > Reef Unit"],
        "The Reef Unit is supported by the Harbour Agency.": ["support*: - > Reef Unit | by Harbour Agency"],
        "The Harbour Agency has been training the Reef Unit.": ["train: Harbour Agency > Reef Unit"],
        "The Reef Unit was led by Ada Kelp and supported by Tidelandia.": [
            "lead*: - > Reef Unit | by Ada Kelp",
            "support*: - > Reef Unit | by Tidelandia",
        ],
        "The Reef Unit was created by Tidelandia and is supported by the Harbour Agency.": [
            "create*: - > Reef Unit | by Tidelandia",
            "support*: - > Reef Unit | by Harbour Agency",
        ],
        "The First Tide Conference was chaired by Tidelandia and hosted by Reefland.": [
            "chair*: - > First Tide Conference | by Tidelandia",
            "host*: - > First Tide Conference | by Reefland",
        ],
        "The Harbour Agency is a member of the Tide Council.": [
            "be: Harbour Agency > member of (Tide Council)"
        ],
        "Ada Kelp is the Director of the Harbour Agency.": ["be: Ada Kelp > director of (Harbour Agency)"],
        "Ada Kelp serves as Director of the Harbour Agency.": [
            "serve: Ada Kelp > - | as director of (Harbour Agency)"
        ],
    },
    "relative clauses": {
        "The Reef Unit, which was launched by the Harbour Agency, supports Tidelandia.": [
            "launch*: - > Reef Unit | by Harbour Agency",
            "support: Reef Unit > Tidelandia",
        ],
        "The Reef Unit, which the Harbour Agency launched, supports Tidelandia.": [
            "launch: Harbour Agency > Reef Unit",
            "support: Reef Unit > Tidelandia",
        ],
        "The Harbour Agency, which launched the Reef Unit, thanked Tidelandia.": [
            "launch: Harbour Agency > Reef Unit",
            "thank: Harbour Agency > Tidelandia",
        ],
        "Ada Kelp, who leads the Reef Unit, thanked Tidelandia.": [
            "lead: Ada Kelp > Reef Unit",
            "thank: Ada Kelp > Tidelandia",
        ],
        "The head of the Reef Unit, who thanked Tidelandia, retired.": [
            "thank: head of (Reef Unit) > Tidelandia",
            "retire: head of (Reef Unit) > -",
        ],
        "The Harbour Agency, whose officers trained the Reef Unit, thanked Tidelandia.": [
            "train: Harbour Agency's officer > Reef Unit",
            "thank: Harbour Agency > Tidelandia",
        ],
        "The First Tide Conference, to which Tidelandia sent officers, ended.": [
            "send: Tidelandia > officer | to First Tide Conference",
            "end: First Tide Conference > -",
        ],
        "The Harbour Agency operates in Tidelandia, where Ada Kelp trains the Reef Unit.": [
            "operate: Harbour Agency > - | in Tidelandia",
            "train: Ada Kelp > Reef Unit | in Tidelandia",
        ],
        "Tidelandia hosted the First Tide Conference, which was attended by Kelpia and Reefland.": [
            "host: Tidelandia > First Tide Conference",
            "attend*: - > First Tide Conference | by Kelpia + Reefland",
        ],
        "The Harbour Agency operates the Wave Register, which Reefland funds and Tidelandia uses.": [
            "operate: Harbour Agency > Wave Register",
            "fund: Reefland > Wave Register",
        ],
    },
    "participles behind a noun": {
        "The Reef Unit launched by the Harbour Agency supports Tidelandia.": [
            "launch*: - > Reef Unit | by Harbour Agency",
            "support: Reef Unit > Tidelandia",
        ],
        "The Harbour Agency praised the Reef Unit, launched in 2020 by Tidelandia.": [
            "praise: Harbour Agency > Reef Unit",
            "launch*: - > Reef Unit | by Tidelandia @ 2020",
        ],
        "The First Tide Conference, held in Port Kelp, was chaired by Ada Kelp.": [
            "hold*: - > First Tide Conference | in Port Kelp",
            "chair*: - > First Tide Conference | by Ada Kelp",
        ],
        "The Reef Team, led by Ada Kelp, supports Tidelandia.": [
            "lead*: - > Reef Team | by Ada Kelp",
            "support: Reef Team > Tidelandia",
        ],
        "The Harbour Agency launched the Reef Unit, supporting Tidelandia.": [
            "launch: Harbour Agency > Reef Unit",
            "support: Harbour Agency > Tidelandia",
        ],
        "The Harbour Agency launched the Reef Unit, thereby supporting Tidelandia.": [
            "launch: Harbour Agency > Reef Unit",
            "support: Harbour Agency > Tidelandia",
        ],
        "Ada Kelp, speaking at the First Tide Conference, thanked Tidelandia.": [
            "speak: Ada Kelp > - | at First Tide Conference",
            "thank: Ada Kelp > Tidelandia",
        ],
    },
    "participles at the beginning": {
        "Founded in 2019, the Reef Unit supports Tidelandia.": [
            "found*: - > Reef Unit @ 2019",
            "support: Reef Unit > Tidelandia",
        ],
        "Working with Tidelandia, the Harbour Agency launched the Reef Unit.": [
            "work: Harbour Agency > - | with Tidelandia",
            "launch: Harbour Agency > Reef Unit",
        ],
        "Speaking at the First Tide Conference, Ada Kelp thanked Tidelandia.": [
            "speak: Ada Kelp > - | at First Tide Conference",
            "thank: Ada Kelp > Tidelandia",
        ],
        "Created by Tidelandia, the Reef Unit supports the Harbour Agency.": [
            "create*: - > Reef Unit | by Tidelandia",
            "support: Reef Unit > Harbour Agency",
        ],
    },
    "infinitives": {
        "Tidelandia was tasked to sign the Reef Treaty.": [
            "task*: - > Tidelandia",
            "planned sign: Tidelandia > Reef Treaty",
        ],
        "Tidelandia was invited by the Harbour Agency to join the Tide Council.": [
            "invite*: - > Tidelandia | by Harbour Agency",
            "urged join: Tidelandia > Tide Council",
        ],
        "The Harbour Agency urged Tidelandia to ratify the Reef Treaty.": [
            "urge: Harbour Agency > Tidelandia",
            "urged ratify: Tidelandia > Reef Treaty",
        ],
        "Tidelandia was urged to ratify the Reef Treaty.": ["urged ratify: Tidelandia > Reef Treaty"],
        "Tidelandia agreed to ratify the Reef Treaty.": ["planned ratify: Tidelandia > Reef Treaty"],
        "Tidelandia has pledged to ratify the Reef Treaty.": ["planned ratify: Tidelandia > Reef Treaty"],
        "The Harbour Agency works with Tidelandia to launch the Reef Unit.": [
            "work: Harbour Agency > - | with Tidelandia",
            "launch: Harbour Agency > Reef Unit",
        ],
        "The Harbour Agency is working to launch the Reef Unit.": ["launch: Harbour Agency > Reef Unit"],
        "The Harbour Agency helped Tidelandia to launch the Reef Unit.": [
            "help: Harbour Agency > Tidelandia",
            "doubtful launch?: Tidelandia > Reef Unit",
        ],
        "The Harbour Agency bought boats to support the Reef Unit.": [
            "buy: Harbour Agency > boat",
            "doubtful support?: Harbour Agency > Reef Unit",
        ],
        "The Harbour Agency was founded by Tidelandia to support the Reef Unit.": [
            "found*: - > Harbour Agency | by Tidelandia",
            "doubtful support?: Harbour Agency > Reef Unit",
        ],
        "Tidelandia is expected to sign the Reef Treaty.": ["expected sign: Tidelandia > Reef Treaty"],
        "The Reef Unit, to be launched by the Harbour Agency, will support Tidelandia.": [
            "doubtful launch*?: - > Reef Unit | by Harbour Agency",
            "planned support: Reef Unit > Tidelandia",
        ],
    },
    "gerunds behind a preposition": {
        "The Harbour Agency thanked Tidelandia for hosting the First Tide Conference.": [
            "thank: Harbour Agency > Tidelandia",
            "host: Tidelandia > First Tide Conference",
        ],
        "The Harbour Agency helped Tidelandia by training the Reef Unit.": [
            "help: Harbour Agency > Tidelandia",
            "train: Harbour Agency > Reef Unit",
        ],
        "After signing the Reef Treaty, Tidelandia joined the Tide Council.": [
            "sign: Tidelandia > Reef Treaty",
            "join: Tidelandia > Tide Council",
        ],
    },
    "what was not done": {
        "Tidelandia failed to ratify the Reef Treaty.": ["denied ratify: Tidelandia > Reef Treaty"],
        "Tidelandia refused to sign the Reef Treaty.": ["denied sign: Tidelandia > Reef Treaty"],
        "Tidelandia was unable to sign the Reef Treaty.": [
            "be: Tidelandia > unable",
            "denied sign: Tidelandia > Reef Treaty",
        ],
        "The Harbour Agency did not launch the Reef Unit.": ["denied launch: Harbour Agency > Reef Unit"],
        "The Harbour Agency has never launched the Reef Unit.": ["denied launch: Harbour Agency > Reef Unit"],
        "The Harbour Agency must not support the Reef Unit.": ["denied support: Harbour Agency > Reef Unit"],
        "The Harbour Agency has not been asked to host the First Tide Conference.": [
            "denied host: Harbour Agency > First Tide Conference"
        ],
        "No officer attended the First Tide Conference.": ["attend: no officer > First Tide Conference"],
        "Tidelandia signed no treaty with Reefland.": ["sign: Tidelandia > no treaty with (Reefland)"],
        "Tidelandia did not attend the First Tide Conference, but Reefland hosted the event.": [
            "denied attend: Tidelandia > First Tide Conference",
            "host: Reefland > event",
        ],
    },
    "what is to come and what is open": {
        "The Harbour Agency will launch the Reef Unit.": ["planned launch: Harbour Agency > Reef Unit"],
        "The Harbour Agency plans to launch the Reef Unit.": ["planned launch: Harbour Agency > Reef Unit"],
        "Tidelandia will be joined by Reefland.": ["planned join*: - > Tidelandia | by Reefland"],
        "The Harbour Agency may launch the Reef Unit.": ["doubtful launch: Harbour Agency > Reef Unit"],
        "The Harbour Agency would support the Reef Unit.": ["doubtful support: Harbour Agency > Reef Unit"],
        "If the Harbour Agency supports the Reef Unit, all is well.": [
            "doubtful support: Harbour Agency > Reef Unit",
            "doubtful be: all > -",
        ],
        "Unless Tidelandia ratifies the Reef Treaty, the Harbour Agency will close the Reef Unit.": [
            "doubtful ratify: Tidelandia > Reef Treaty",
            "doubtful close: Harbour Agency > Reef Unit",
        ],
        "The Harbour Agency claims that Tidelandia supports the Reef Unit.": [
            "claim: Harbour Agency > -",
            "doubtful support: Tidelandia > Reef Unit",
        ],
    },
    "several verbs": {
        "The Harbour Agency launched the Reef Unit and trained officers.": [
            "launch: Harbour Agency > Reef Unit",
            "train: Harbour Agency > officer",
        ],
        "The Harbour Agency launched the Reef Unit and has trained officers of Tidelandia.": [
            "launch: Harbour Agency > Reef Unit",
            "train: Harbour Agency > officer of (Tidelandia)",
        ],
        "The Harbour Agency opened the First Tide Conference and Tidelandia hosted the event.": [
            "open: Harbour Agency > First Tide Conference",
            "host: Tidelandia > event",
        ],
        "The Harbour Agency supports the Reef Unit; Tidelandia supports the Wave Agency.": [
            "support: Harbour Agency > Reef Unit",
            "support: Tidelandia > Wave Agency",
        ],
        "The Harbour Agency condemned the crimes, and Tidelandia supports the Reef Unit.": [
            "condemn: Harbour Agency > crime",
            "support: Tidelandia > Reef Unit",
        ],
        "While the Harbour Agency supports the Reef Unit, Tidelandia supports the Wave Agency.": [
            "support: Harbour Agency > Reef Unit",
            "support: Tidelandia > Wave Agency",
        ],
        "The Harbour Agency launched the Reef Unit before Tidelandia joined the Tide Council.": [
            "launch: Harbour Agency > Reef Unit",
            "join: Tidelandia > Tide Council",
        ],
    },
    "inverted clauses": {
        "Taking part were Tidelandia, Reefland and Kelpia.": [
            "take part: Tidelandia + Reefland + Kelpia > -",
            "be: Tidelandia + Reefland + Kelpia > -",
        ],
        "Attending the First Tide Conference were Tidelandia and Reefland.": [
            "attend: Tidelandia + Reefland > First Tide Conference",
            "be: Tidelandia + Reefland > -",
        ],
        "Also present were Ada Kelp and Bo Ray.": ["be present: Ada Kelp + Bo Ray > -"],
        "Joining Ada Kelp was Bo Ray.": ["join: Bo Ray > Ada Kelp", "be: Bo Ray > -"],
    },
    "datelines": {
        "PORT KELP, Tidelandia – The Harbour Agency launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit"
        ],
        "Port Kelp, Tidelandia – Ada Kelp opened the First Tide Conference on 3 May 2022.": [
            "open: Ada Kelp > First Tide Conference @ 3 May 2022"
        ],
        "Port Kelp, Tidelandia, 3 May 2022 — The Harbour Agency launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit"
        ],
    },
    "reported speech": {
        "Ada Kelp said that the Harbour Agency launched the Reef Unit.": [
            "say: Ada Kelp > -",
            "launch: Harbour Agency > Reef Unit",
        ],
        "Ada Kelp said the Harbour Agency launched the Reef Unit.": [
            "say: Ada Kelp > -",
            "launch: Harbour Agency > Reef Unit",
        ],
        "The Harbour Agency announced that Tidelandia will join the Tide Council.": [
            "announce: Harbour Agency > -",
            "planned join: Tidelandia > Tide Council",
        ],
        "According to Ada Kelp, the Harbour Agency launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit | according to Ada Kelp"
        ],
    },
    "lists of names": {
        "The Harbour Agency, the Wave Agency and the Reef Unit attended the First Tide Conference.": [
            "attend: Harbour Agency + Wave Agency + Reef Unit > First Tide Conference"
        ],
        "Tidelandia, Reefland, and Kelpia signed the Reef Treaty.": [
            "sign: Tidelandia + Reefland + Kelpia > Reef Treaty"
        ],
        "The Harbour Agency and the Wave Agency jointly launched the Reef Unit.": [
            "launch: Harbour Agency + Wave Agency > Reef Unit"
        ],
        "The Harbour Agency, together with Tidelandia, launched the Reef Unit.": [
            "launch: Harbour Agency + Tidelandia > Reef Unit"
        ],
        "The Harbour Agency, along with Tidelandia and Reefland, launched the Reef Unit.": [
            "launch: Harbour Agency + Tidelandia + Reefland > Reef Unit"
        ],
        "The meeting was attended by officers of the Harbour Agency, the Wave Agency and the Reef Unit.": [
            "attend*: - > meeting | by officer of (Harbour Agency + Wave Agency + Reef Unit)"
        ],
        "Ada Kelp of the Harbour Agency and Bo Ray of the Wave Agency opened the First Tide Conference.": [
            "open: Ada Kelp of (Harbour Agency) + Bo Ray of (Wave Agency) > First Tide Conference"
        ],
    },
    "what hangs on the verb": {
        "Officials from Tidelandia and Reefland attended the First Tide Conference.": [
            "attend: official from (Tidelandia + Reefland) > First Tide Conference"
        ],
        "The Harbour Agency provided the Reef Unit with two boats.": [
            "provide: Harbour Agency > Reef Unit | with boat"
        ],
        "The Harbour Agency launched the Reef Unit with support from Tidelandia.": [
            "launch: Harbour Agency > Reef Unit | with support from (Tidelandia)"
        ],
        "With support from Tidelandia, the Harbour Agency launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit | with support from (Tidelandia)"
        ],
        "In partnership with Tidelandia, the Harbour Agency launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit | in partnership with (Tidelandia)"
        ],
        "The Harbour Agency, in partnership with Tidelandia, launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit | in partnership with (Tidelandia)"
        ],
        "Under the Reef Treaty, Tidelandia created the Reef Unit.": [
            "create: Tidelandia > Reef Unit | under Reef Treaty"
        ],
        "The Harbour Agency cooperates closely with Tidelandia.": [
            "cooperate: Harbour Agency > - | with Tidelandia"
        ],
        "Officers of the Harbour Agency were present at the First Tide Conference.": [
            "be present: officer of (Harbour Agency) > - | at First Tide Conference"
        ],
    },
    "dates": {
        "The First Tide Conference was held in Port Kelp on 3 May 2022.": [
            "hold*: - > First Tide Conference | in Port Kelp @ 3 May 2022"
        ],
        "In May 2021, the Harbour Agency launched the Reef Unit.": [
            "launch: Harbour Agency > Reef Unit @ May 2021"
        ],
        "The Harbour Agency, launched in 2020, supports the Reef Unit.": [
            "launch*: - > Harbour Agency @ 2020",
            "support: Harbour Agency > Reef Unit",
        ],
        "Since 2019, the Harbour Agency has trained the Reef Unit.": [
            "train: Harbour Agency > Reef Unit @ 2019"
        ],
        "Reefland launched the Reef Unit in 2020, and Tidelandia joined the Tide Council in 2021.": [
            "launch: Reefland > Reef Unit @ 2020",
            "join: Tidelandia > Tide Council @ 2021",
        ],
    },
}

CASES = [
    pytest.param(text, wanted, id=f"{kind}: {text}")
    for kind, texts in FRAMES.items()
    for text, wanted in texts.items()
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_a_sentence_has_these_frames(text: str, wanted: list[str]) -> None:
    assert frames(text) == wanted
