"""What sentences of many shapes say, and what they do not."""

import pytest

from tests.sentences import statements

SAYS = [
    ("Ada Kelp, director of the Harbour Agency-funded clinic, spoke.", []),
    ("The Harbour Agency-led Operation Surge ended.", ["Harbour Agency | CONDUCTED | Operation Surge"]),
    (
        "Tidelandia thanked the Harbour Agency-led and Wave Agency-funded Reef Unit.",
        ["Harbour Agency | OPERATES | Reef Unit", "Wave Agency | FUNDS | Reef Unit"],
    ),
    (
        "Ada Kelp, who lives in Port Kelp, attended the First Tide Conference.",
        ["Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=participant"],
    ),
    (
        "Ada Kelp, who serves as director of the Harbour Agency, spoke.",
        ["Ada Kelp | HOLDS_POSITION | Harbour Agency | title=director"],
    ),
    (
        "The directors are Ada Kelp of the Harbour Agency and Bo Ray of the Wave Agency.",
        [
            "Ada Kelp | HOLDS_POSITION | Harbour Agency | title=directors",
            "Bo Ray | HOLDS_POSITION | Wave Agency | title=directors",
        ],
    ),
    (
        "Tidelandia’s ratification of the Reef Treaty is pending.",
        ["Tidelandia | SIGNED | Reef Treaty | candidate, status=ratified"],
    ),
    (
        "The Harbour Agency launched a unit known as the Reef Unit.",
        ["Harbour Agency | ESTABLISHED | Reef Unit"],
    ),
    (
        "A unit of the Harbour Agency called the Reef Unit opened the First Tide Conference.",
        ["Reef Unit | PART_OF | Harbour Agency"],
    ),
    ("The Harbour Agency called the Reef Unit a model.", []),
    (
        "The Reef Unit, set up to fight shell smuggling, met the Harbour Agency.",
        ["Reef Unit | ADDRESSES | shell smuggling"],
    ),
    (("A delegation from Tidelandia that included officers of the Harbour Agency visited Reefland."), []),
    (
        "The First Tide Conference on shell smuggling in Tidelandia was held in Port Kelp.",
        [
            "First Tide Conference | ADDRESSES | shell smuggling",
            "First Tide Conference | HELD_IN | Port Kelp",
        ],
    ),
    (
        "Minister of National Security of Tidelandia Ada Kelp opened the First Tide Conference.",
        [
            "Ada Kelp | HOLDS_POSITION | Tidelandia | title=Minister of National Security",
            "Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=speaker",
        ],
    ),
    (
        (
            "The Harbour Agency thanked Minister of Tides of Tidelandia Ada Kelp and Bo Ray "
            "of the Wave Agency."
        ),
        [
            "Ada Kelp | HOLDS_POSITION | Tidelandia | title=Minister of Tides",
            "Bo Ray | HOLDS_POSITION | Wave Agency",
        ],
    ),
    (
        (
            "Tidelandia met in Port Kelp, with the Harbour Agency, the Reef Unit and the "
            "Wave Agency taking part and Reefland and Kelpia observing the First Tide "
            "Conference."
        ),
        [
            "Harbour Agency | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Kelpia | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Reef Unit | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Reefland | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Wave Agency | PARTICIPATED_IN | First Tide Conference | role=participant",
        ],
    ),
    (
        (
            "They met Ada Kelp of the Harbour Agency; Bo Ray of Tidelandia, who chairs the "
            "Tide Council; and Ada Kelp, director of the Wave Agency."
        ),
        [
            "Ada Kelp | HOLDS_POSITION | Harbour Agency",
            "Ada Kelp | HOLDS_POSITION | Wave Agency | title=director",
            "Bo Ray | HOLDS_POSITION | Tide Council | title=head",
        ],
    ),
    (
        (
            "Ada Kelp led Tidelandia delegation, which included representation from the "
            "Reef Unit; the Harbour Agency; and the Wave Agency."
        ),
        [],
    ),
    (
        "The Harbour Agency gave boats to the Wave Agency and dogs to the Reef Unit.",
        ["Harbour Agency | SUPPORTS | Reef Unit", "Harbour Agency | SUPPORTS | Wave Agency"],
    ),
    (
        "They welcomed the ratification by Tidelandia of the Reef Treaty.",
        ["Tidelandia | SIGNED | Reef Treaty | status=ratified"],
    ),
    (
        "Ada Kelp received it from Bo Ray at a ceremony at Port Kelp.",
        ["Ada Kelp | PARTICIPATED_IN | ceremony | role=participant", "ceremony | HELD_IN | Port Kelp"],
    ),
    (
        ("The Harbour Agency runs the center in Port Kelp, Tidelandia, which is funded by the Wave Agency."),
        [],
    ),
    (
        "Two agencies launched the Reef Unit: the Harbour Agency and the Wave Agency.",
        ["Harbour Agency | ESTABLISHED | Reef Unit", "Wave Agency | ESTABLISHED | Reef Unit"],
    ),
    (
        "I thank the two donors that finance the Reef Unit: the Harbour Agency and Tidelandia.",
        ["Harbour Agency | FUNDS | Reef Unit", "Tidelandia | FUNDS | Reef Unit"],
    ),
    (
        "The Harbour Agency said this: the Wave Agency launched the Reef Unit.",
        ["Wave Agency | ESTABLISHED | Reef Unit"],
    ),
    (
        (
            "The Harbour Agency developed the Wave Register, and it is now used by the Wave "
            "Agency and by Tidelandia."
        ),
        [
            "Harbour Agency | DEVELOPED | Wave Register",
            "Tidelandia | USES | Wave Register",
            "Wave Agency | USES | Wave Register",
        ],
    ),
    (
        "The Harbour Agency has drafted the Reef Treaty; Tidelandia and Reefland have adopted it.",
        [
            "Harbour Agency | DEVELOPED | Reef Treaty",
            "Reefland | ADOPTED | Reef Treaty",
            "Tidelandia | ADOPTED | Reef Treaty",
        ],
    ),
    (
        "The Wave Register was well documented; Tidelandia has used it since 2021.",
        ["Tidelandia | USES | Wave Register"],
    ),
    (
        ("The Harbour Agency gave boats to the Reef Unit. The two agencies launched the Reef Partnership."),
        ["Harbour Agency | SUPPORTS | Reef Unit"],
    ),
    (
        ("The Harbour Agency and the Wave Agency met. The two agencies launched the Reef Partnership."),
        ["Harbour Agency | ESTABLISHED | Reef Partnership", "Wave Agency | ESTABLISHED | Reef Partnership"],
    ),
    (
        "Tidelandia and Reefland met. The two countries signed the Reef Treaty.",
        ["Reefland | SIGNED | Reef Treaty", "Tidelandia | SIGNED | Reef Treaty"],
    ),
    (
        "Tidelandia, Reefland and Kelpia met. The three countries signed the Reef Treaty.",
        [
            "Kelpia | SIGNED | Reef Treaty",
            "Reefland | SIGNED | Reef Treaty",
            "Tidelandia | SIGNED | Reef Treaty",
        ],
    ),
    ("The report “Reef Unit launched by the Harbour Agency” was read.", []),
    (
        (
            "The First Tide Conference, under the theme “Strengthening Coordination to "
            "Address Shell Smuggling,” was held in Port Kelp."
        ),
        ["First Tide Conference | HELD_IN | Port Kelp"],
    ),
    (
        "“the Harbour Agency launched the Reef Unit,” Ada Kelp said.",
        ["Harbour Agency | ESTABLISHED | Reef Unit"],
    ),
    (
        "The Harbour Agency in Tidelandia, which supports the Reef Unit, spoke.",
        [
            "Harbour Agency | LOCATED_IN | Tidelandia",
            "Harbour Agency | SUPPORTS | Reef Unit | candidate",
            "Tidelandia | SUPPORTS | Reef Unit | candidate",
        ],
    ),
    (
        ("The Harbour Agency and the Wave Agency investigated the case with assistance from Tidelandia."),
        [
            "Harbour Agency | COOPERATES_WITH | Wave Agency",
            "Tidelandia | SUPPORTS | Harbour Agency",
            "Tidelandia | SUPPORTS | Wave Agency",
        ],
    ),
    (
        (
            "The day was followed by the First Tide Conference, hosted by the Harbour "
            "Agency and facilitated by the Wave Agency under the Reef Partnership."
        ),
        [
            "First Tide Conference | UNDER | Reef Partnership",
            "Harbour Agency | PARTICIPATED_IN | First Tide Conference | role=host",
            "Wave Agency | CONDUCTED | First Tide Conference",
        ],
    ),
    (
        (
            "The Reef Partnership, through which Tidelandia works with nations to combat "
            "shell smuggling, ended."
        ),
        ["Reef Partnership | ADDRESSES | shell smuggling"],
    ),
    (
        (
            "The Harbour Agency works with the Wave Agency, which runs the Reef "
            "Partnership, and is a member of the Tide Council."
        ),
        [
            "Harbour Agency | COOPERATES_WITH | Wave Agency",
            "Harbour Agency | MEMBER_OF | Tide Council",
            "Wave Agency | OPERATES | Reef Partnership",
        ],
    ),
    (
        (
            "The Harbour Agency met the Wave Agency, which runs the Reef Partnership, "
            "supports the Tide Council, and trains the Reef Unit."
        ),
        [
            "Wave Agency | OPERATES | Reef Partnership",
            "Wave Agency | SUPPORTS | Reef Unit",
            "Wave Agency | SUPPORTS | Tide Council",
        ],
    ),
    (
        ("Representatives of Tidelandia and of the Harbour Agency attended the First Tide Conference."),
        [
            "Harbour Agency | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Tidelandia | PARTICIPATED_IN | First Tide Conference | role=participant",
        ],
    ),
    (
        (
            "The Reef Unit is led by Kelpia, and Tidelandia, Reefland and the Harbour "
            "Agency have deployed officers to it."
        ),
        [],
    ),
    (
        "That is why Tidelandia and Reefland are working together.",
        ["Reefland | COOPERATES_WITH | Tidelandia"],
    ),
    (
        "With us today are officers of Tidelandia and Reefland at the First Tide Conference.",
        [
            "Reefland | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Tidelandia | PARTICIPATED_IN | First Tide Conference | role=participant",
        ],
    ),
    (
        (
            "The Harbour Agency obligated $62 million for the Reef Partnership projects in "
            "Tidelandia and Reefland."
        ),
        [
            "Harbour Agency | FUNDS | Reef Partnership | amount=62000000 USD",
            "Harbour Agency | FUNDS | Reefland | amount=62000000 USD",
            "Harbour Agency | FUNDS | Tidelandia | amount=62000000 USD",
        ],
    ),
    (
        (
            '"Boats help," said Ada Kelp, President of the Tide Council and Commissioner of '
            "the Harbour Agency."
        ),
        [
            "Ada Kelp | HOLDS_POSITION | Harbour Agency | title=Commissioner",
            "Ada Kelp | HOLDS_POSITION | Tide Council | title=President",
        ],
    ),
    (
        "On its last day Tidelandia and Reefland joined the Tide Council.",
        ["Reefland | MEMBER_OF | Tide Council", "Tidelandia | MEMBER_OF | Tide Council"],
    ),
    (
        (
            "We thanked Tidelandia for its support to the Reef Unit and to the Harbour "
            "Agency, and Reefland for its assistance to the Wave Agency."
        ),
        [
            "Reefland | SUPPORTS | Wave Agency",
            "Tidelandia | SUPPORTS | Harbour Agency",
            "Tidelandia | SUPPORTS | Reef Unit",
        ],
    ),
    (
        (
            "They thanked Tidelandia for funding the Reef Unit and Reefland for its "
            "donations to the Wave Agency."
        ),
        ["Reefland | SUPPORTS | Wave Agency", "Tidelandia | FUNDS | Reef Unit"],
    ),
    (
        "They thanked Tidelandia and Reefland for their help to the Reef Unit.",
        ["Reefland | SUPPORTS | Reef Unit", "Tidelandia | SUPPORTS | Reef Unit"],
    ),
    ("They thanked Kelpia, Tidelandia, and Reefland for contributing troops to the Reef Unit.", []),
    (
        "They thanked Tidelandia for its continued assistance to the Harbour Agency.",
        ["Tidelandia | SUPPORTS | Harbour Agency"],
    ),
    (
        "A report on the Wave Register written by the Harbour Agency was released.",
        ["Harbour Agency | DEVELOPED | Wave Register | candidate"],
    ),
    (
        "A review of the Reef Unit funded by Tidelandia found waste.",
        ["Tidelandia | FUNDS | Reef Unit | candidate"],
    ),
    (
        (
            "Tidelandia backed the resolution on Reefland proposed by Kelpia and supported "
            "by the Harbour Agency."
        ),
        ["Harbour Agency | SUPPORTS | Reefland | candidate"],
    ),
    ("The launch of the Reef Unit, funded by Tidelandia, was a success.", ["Tidelandia | FUNDS | Reef Unit"]),
    (
        "The Harbour Agency, part of the Tide Council and based in Port Kelp, met.",
        ["Harbour Agency | LOCATED_IN | Port Kelp", "Harbour Agency | PART_OF | Tide Council"],
    ),
    (
        "Ada Kelp, adviser to Minister Bo Ray, attended the First Tide Conference.",
        ["Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=participant"],
    ),
    (
        "Ada Kelp, Director of the Harbour Agency under President Bo Ray, visited.",
        ["Ada Kelp | HOLDS_POSITION | Harbour Agency | title=Director"],
    ),
    (
        ("Ada Kelp, a member of the staff of Senator Bo Ray, is deputy director of the Harbour Agency."),
        ["Ada Kelp | HOLDS_POSITION | Harbour Agency | title=deputy director"],
    ),
    (
        "Ada Kelp, deputy of the late Brigadier Bo Ray, attended the First Tide Conference.",
        ["Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=participant"],
    ),
    ("Instead of funding the Reef Unit, Tidelandia gave money to the Wave Agency.", []),
    ("Without ratifying the Reef Treaty, Tidelandia cannot join.", []),
    (
        "Upon ratifying the Reef Treaty, Tidelandia will gain access.",
        ["Tidelandia | SIGNED | Reef Treaty | candidate, status=ratified"],
    ),
    (
        "After ratifying the Reef Treaty, Tidelandia joined the Tide Council.",
        ["Tidelandia | MEMBER_OF | Tide Council", "Tidelandia | SIGNED | Reef Treaty | status=ratified"],
    ),
    (("A request from the Harbour Agency that Tidelandia fund the Wave Register is under review."), []),
    (
        "A the Harbour Agency agent who worked with the Wave Agency was sentenced.",
        ["Harbour Agency | COOPERATES_WITH | Wave Agency | candidate"],
    ),
    (
        "It is alleged that an officer of the Harbour Agency worked with the Wave Agency.",
        ["Harbour Agency | COOPERATES_WITH | Wave Agency | candidate"],
    ),
    (
        ("The Harbour Agency, which along with the Wave Agency and Reefland has funded the Reef Unit, met."),
        [
            "Harbour Agency | FUNDS | Reef Unit",
            "Reefland | FUNDS | Reef Unit",
            "Wave Agency | FUNDS | Reef Unit",
        ],
    ),
    (
        (
            "The First Tide Conference, which is sponsored by the Harbour Agency, runs "
            "until May 20 in Port Kelp and is hosted by the Wave Agency."
        ),
        [
            "First Tide Conference | HELD_IN | Port Kelp",
            "Harbour Agency | SUPPORTS | First Tide Conference",
            "Wave Agency | PARTICIPATED_IN | First Tide Conference | role=host",
        ],
    ),
    (
        "The Reef Partnership aims at the prevention of shell smuggling.",
        ["Reef Partnership | ADDRESSES | shell smuggling"],
    ),
    (
        ("Ada Kelp, Under Secretary of the Harbour Agency for Tides, spoke at the First Tide Conference."),
        [
            "Ada Kelp | HOLDS_POSITION | Harbour Agency | title=Under Secretary",
            "Ada Kelp | PARTICIPATED_IN | First Tide Conference | role=speaker",
        ],
    ),
    (
        "The Harbour Agency and the Wave Agency investigated the case jointly with the Reef Unit.",
        [
            "Harbour Agency | COOPERATES_WITH | Reef Unit",
            "Harbour Agency | COOPERATES_WITH | Wave Agency",
            "Wave Agency | COOPERATES_WITH | Reef Unit",
        ],
    ),
    (
        (
            "Launched by the Harbour Agency in 2016 and implemented by the Wave Agency, the "
            "Reef Partnership works in 15 towns."
        ),
        [
            "Harbour Agency | ESTABLISHED | Reef Partnership | date=2016",
            "Reef Partnership | DATED | 2016",
            "Wave Agency | OPERATES | Reef Partnership",
        ],
    ),
    (
        (
            "Our partners (the Harbour Agency, the Wave Agency, and the Reef Unit) support "
            "the Reef Partnership."
        ),
        [
            "Harbour Agency | SUPPORTS | Reef Partnership",
            "Reef Unit | SUPPORTS | Reef Partnership",
            "Wave Agency | SUPPORTS | Reef Partnership",
        ],
    ),
    (
        (
            "The Harbour Agency works with partners (Tidelandia, Reefland), and the Wave "
            "Agency funds the Reef Unit."
        ),
        [
            "Harbour Agency | COOPERATES_WITH | Reefland",
            "Harbour Agency | COOPERATES_WITH | Tidelandia",
            "Wave Agency | FUNDS | Reef Unit",
        ],
    ),
    ("The Harbour Agency (the Wave Agency) trained it.", []),
    (
        "The Reef Partnership deals with many issues (shell smuggling, shell smuggling).",
        ["Reef Partnership | ADDRESSES | shell smuggling"],
    ),
    ("All members except Reefland signed the Reef Treaty.", []),
    ("All members but Reefland signed the Reef Treaty.", []),
    ("The three members, minus Reefland, signed the Reef Treaty.", []),
    ("Everyone but Reefland attended the First Tide Conference.", []),
    ("No member save Reefland signed the Reef Treaty.", []),
    ("All members met, but Reefland signed the Reef Treaty.", ["Reefland | SIGNED | Reef Treaty"]),
    (
        (
            "They attended the First Tide Conference, which the Harbour Agency hosted and "
            "the Wave Agency sponsored."
        ),
        [
            "Harbour Agency | PARTICIPATED_IN | First Tide Conference | role=host",
            "Wave Agency | SUPPORTS | First Tide Conference",
        ],
    ),
    (
        "Tidelandia, through its Harbour Agency, and Reefland signed the Reef Treaty.",
        ["Reefland | SIGNED | Reef Treaty", "Tidelandia | SIGNED | Reef Treaty"],
    ),
    (
        "Tidelandia signed the Reef Treaty through its Harbour Agency and the Reef Unit.",
        ["Tidelandia | SIGNED | Reef Treaty"],
    ),
    ("The Reef Unit is funded in part by Tidelandia.", ["Tidelandia | FUNDS | Reef Unit"]),
    (
        "Tidelandia convened a technical working group meeting in Reefland.",
        [
            "Tidelandia | CONDUCTED | group meeting",
            "Tidelandia | PARTICIPATED_IN | group meeting | role=participant",
            "group meeting | HELD_IN | Reefland",
        ],
    ),
    ("Tidelandia will convene a technical working group on boats.", []),
    (
        ("Tidelandia and Reefland followed the sessions of the First Tide Conference by video link."),
        [
            "Reefland | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Tidelandia | PARTICIPATED_IN | First Tide Conference | role=participant",
        ],
    ),
    (
        "The signatories of the Reef Treaty were Ada Kelp and Bo Ray.",
        ["Ada Kelp | SIGNED | Reef Treaty", "Bo Ray | SIGNED | Reef Treaty"],
    ),
    (
        ("Tidelandia welcomes the authorization, under the Reef Treaty, of Operation Surge in Reefland."),
        ["Operation Surge | UNDER | Reef Treaty"],
    ),
    ("Tidelandia sought the authorization of Operation Surge.", []),
    (
        "The Tide Council counts among its members the Harbour Agency and the Wave Agency.",
        ["Harbour Agency | MEMBER_OF | Tide Council", "Wave Agency | MEMBER_OF | Tide Council"],
    ),
    (
        "The Tide Council counts the Harbour Agency among its members.",
        ["Harbour Agency | MEMBER_OF | Tide Council"],
    ),
    ("The Reef Unit, whose boats the Harbour Agency bought, met.", []),
    (
        "The Reef Unit, whose director Ada Kelp led the First Tide Conference, met.",
        ["Ada Kelp | HOLDS_POSITION | Reef Unit"],
    ),
    (
        "The Harbour Agency did not sign the Reef Treaty until September 2020.",
        ["Harbour Agency | SIGNED | Reef Treaty | date=2020-09", "Reef Treaty | DATED | 2020-09"],
    ),
    ("The Harbour Agency will not sign the Reef Treaty until 2031.", []),
    (
        "The Harbour Agency organised the First Tide Conference together with the Wave Agency.",
        [
            "Harbour Agency | CONDUCTED | First Tide Conference",
            "Harbour Agency | COOPERATES_WITH | Wave Agency",
            "Wave Agency | CONDUCTED | First Tide Conference",
        ],
    ),
    (
        "The Reef Treaty was developed by the Harbour Agency together with the Wave Agency.",
        [
            "Harbour Agency | COOPERATES_WITH | Wave Agency",
            "Harbour Agency | DEVELOPED | Reef Treaty",
            "Wave Agency | DEVELOPED | Reef Treaty",
        ],
    ),
    (
        (
            "The Harbour Agency and the Wave Agency back the Reef Partnership, which the "
            "two agencies have run since 2004."
        ),
        [
            "Harbour Agency | OPERATES | Reef Partnership",
            "Harbour Agency | SUPPORTS | Reef Partnership",
            "Wave Agency | OPERATES | Reef Partnership",
            "Wave Agency | SUPPORTS | Reef Partnership",
        ],
    ),
    ("The Reef Unit, an entity of the Tide Council, met.", ["Reef Unit | PART_OF | Tide Council"]),
    (
        "The Reef Unit opened. Its costs were met by Tidelandia and by Reefland.",
        ["Reefland | FUNDS | Reef Unit", "Tidelandia | FUNDS | Reef Unit"],
    ),
    (
        "The Harbour Agency ran serial numbers through the Wave Register.",
        ["Harbour Agency | USES | Wave Register"],
    ),
    (
        (
            "The Harbour Agency awarded $14 million to the Reef Unit and $9 million to the "
            "Tide Council for projects."
        ),
        [
            "Harbour Agency | FUNDS | Reef Unit | amount=14000000 USD",
            "Harbour Agency | FUNDS | Tide Council | amount=9000000 USD",
        ],
    ),
    ("The Harbour Agency was not expected to sign the Reef Treaty until 2019.", []),
    ("Tidelandia was not invited to host the First Tide Conference until 2019.", []),
    ("The Harbour Agency had not planned to train the Reef Unit until 2020.", []),
    ("Tidelandia did not agree to fund the Reef Unit until 2019.", []),
    ("Tidelandia did not fund the Reef Unit until 2019 or later.", []),
    ("Ada Kelp doubts that Tidelandia did not sign the Reef Treaty until 2019.", []),
    (
        (
            "Tidelandia and Reefland urged Kelpia and the Harbour Agency, as the two "
            "countries signed the Reef Treaty."
        ),
        ["Reefland | SIGNED | Reef Treaty", "Tidelandia | SIGNED | Reef Treaty"],
    ),
    (
        (
            "The Harbour Agency and the Wave Agency said the Tide Council and the Reef Unit "
            "attended the First Tide Conference and that the two agencies signed the Reef "
            "Treaty."
        ),
        [
            "Reef Unit | PARTICIPATED_IN | First Tide Conference | role=participant",
            "Tide Council | PARTICIPATED_IN | First Tide Conference | role=participant",
        ],
    ),
    (
        (
            "Tidelandia, Reefland and Kelpia (collectively, “the Reef States”) met. Bar "
            "Kelpia, the Reef States signed the Reef Treaty."
        ),
        [],
    ),
    (
        (
            "Tidelandia, Reefland and Kelpia (collectively, “the Reef States”) met. Kelpia "
            "apart, the Reef States signed the Reef Treaty."
        ),
        [],
    ),
    (
        (
            "Tidelandia, Reefland and Kelpia (collectively, “the Reef States”) met. The "
            "Reef States, not including Kelpia, signed the Reef Treaty."
        ),
        [],
    ),
    (
        (
            "Tidelandia, Reefland and Kelpia (collectively, “the Reef States”) met. The "
            "Reef States, with Kelpia abstaining, signed the Reef Treaty."
        ),
        [],
    ),
    (
        (
            "Tidelandia, Reefland and Kelpia (collectively, “the Reef States”) met. The "
            "Reef States participating in the Reef Partnership signed the Reef Treaty."
        ),
        [],
    ),
    (
        (
            "Tidelandia, Reefland and Kelpia (collectively, “the Reef States”) met. Except "
            "for Kelpia, the Reef States signed the Reef Treaty."
        ),
        [],
    ),
    (
        "The Harbour Agency funds the Reef Unit together with the Wave Agency.",
        ["Harbour Agency | FUNDS | Reef Unit", "Wave Agency | FUNDS | Reef Unit"],
    ),
    ("The Harbour Agency met the Reef Unit together with the Wave Agency.", []),
    (("The First Tide Conference ended. the Harbour Agency followed the proceedings against Ada Kelp."), []),
    ("The First Tide Conference ended. the Harbour Agency settled its electricity bill.", []),
    ("The First Tide Conference ended. the Harbour Agency paid the bill for new boats.", []),
    ("The Tide Council counted votes among the Harbour Agency and the Wave Agency.", []),
    ("Under the Reef Treaty, 2021 was to be the year of tides.", []),
    ("Despite the Reef Treaty, 2015 and 2016 saw thefts.", []),
    ("See the report on the Reef Treaty (2015).", []),
    ("Tidelandia's withdrawal from the Reef Treaty of 4 May 2019 was noted.", []),
    ("The Reef Treaty of 2019 signatories met.", []),
    ("The Reef Treaty was endorsed again at the 2021 the First Tide Conference.", []),
    ("The First Tide Conference focused on the thefts of 2011.", []),
    ("The report on the Reef Treaty (adopted by the Tide Council) was long.", []),
    ("A review of the Reef Partnership (funded by Tidelandia) was read.", []),
    ("The head of the Reef Unit (trained by the Wave Agency) left.", []),
    ("The Reef Unit (which was once run by the Harbour Agency) moved.", []),
    (("The Reef Unit (which, according to the Wave Agency, is funded by the Harbour Agency) moved."), []),
    (
        ("The Reef Unit fights shell smuggling and tide theft, net cutting is fought by the Harbour Agency."),
        ["Reef Unit | ADDRESSES | shell smuggling"],
    ),
    ("The Reef Unit, whose former officers the Harbour Agency trained, closed.", []),
    ("The Harbour Agency entered the names of its dead into the Reef Partnership.", []),
    (
        "Tidelandia gave the Harbour Agency $2 million and the Wave Agency $1 million.",
        [
            "Tidelandia | FUNDS | Harbour Agency | amount=2000000 USD",
            "Tidelandia | FUNDS | Wave Agency | amount=1000000 USD",
        ],
    ),
    ("There was no 2021 the First Tide Conference.", []),
    ("The 2021 the First Tide Conference did not take place.", []),
    ("Instead of the 2021 the First Tide Conference, members held a call.", []),
    ("The May 2021 the First Tide Conference was postponed.", []),
    ("If the 2021 the First Tide Conference had taken place, it would have rained.", []),
    (
        ("Tidelandia gave $2 million to critics of the Harbour Agency and $1 million to the Wave Agency."),
        ["Tidelandia | FUNDS | Wave Agency | amount=1000000 USD"],
    ),
    ("The May 2021 the First Tide Conference drew 40 people.", ["First Tide Conference | HELD_ON | 2021-05"]),
    (
        "The Reef Treaty (adopted by the Tide Council in May 2019) is short.",
        ["Reef Treaty | DATED | 2019-05", "Tide Council | ADOPTED | Reef Treaty | date=2019-05"],
    ),
    ("The Reef Treaty of 4 May 2019 is short.", []),
    (
        "The Reef Unit is a former entity of the Harbour Agency.",
        ["Reef Unit | PART_OF | Harbour Agency | candidate"],
    ),
    ("Ada Kelp was jointly sued by the Harbour Agency and the Wave Agency.", []),
    (
        "The Harbour Agency and the Wave Agency jointly trained the Reef Unit.",
        [
            "Harbour Agency | COOPERATES_WITH | Wave Agency",
            "Harbour Agency | SUPPORTS | Reef Unit",
            "Wave Agency | SUPPORTS | Reef Unit",
        ],
    ),
]


@pytest.mark.parametrize(("text", "said"), SAYS)
def test_a_sentence_says_this_and_no_more(text: str, said: list[str]) -> None:
    assert statements(text) == said
