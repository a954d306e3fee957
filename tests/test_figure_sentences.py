"""What many kinds of sentences report as done, to whom it is attributed, and what they do not report."""

import pytest

from tests.figure_texts import HARBOUR, PROGRAM, REEF, SURGE, TIDE, attributed, told


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
            f"The {HARBOUR} selected 26 containers for tests and confiscated 94 forged travel documents.",
            ["26 containers selected by harbour-agency", "94 travel documents seized by harbour-agency"],
        ),
        (
            f"In 2030 the {HARBOUR} put $8 million into the {PROGRAM}.",
            ["8000000 USD invested by harbour-agency"],
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
        (
            "The lab processed 1,200 DNA samples and solved 14 murders.",
            ["1200 dna samples processed", "14 murders solved"],
        ),
        (
            "The centre screened 45,000 passengers and 3,200 containers.",
            ["45000 passengers screened", "3200 containers screened"],
        ),
        (
            "The port agency designated four individuals and three companies.",
            ["4 individuals sanctioned", "3 companies sanctioned"],
        ),
        ("Twelve officers arrested three men.", ["3 men arrested"]),
        ("The course trained 25 officers from 12 agencies in 3 towns.", ["25 officers trained"]),
        # Nouns of acts, participles, relative clauses.
        (
            f"{SURGE} led to the seizure of 10.5 tons of cocaine.",
            ["10.5 tons of cocaine seized by operation-surge"],
        ),
        (
            "The raid, which led to the seizure of 12 handguns and the arrest of nine men, was new.",
            ["12 handguns seized", "9 men arrested"],
        ),
        (
            f"{REEF} officers executed 14 warrants, leading to 22 arrests and the seizure of 16 guns.",
            [
                "14 warrants made by reef-unit",
                "22 arrests made by reef-unit",
                "16 guns seized by reef-unit",
            ],
        ),
        ("The training of over 2,000 police officers was welcomed.", ["2000 police officers trained"]),
        (
            "The handover of 10 vehicles worth US$350,000 took place.",
            ["10 vehicles provided", "350000 USD provided"],
        ),
        ("The donation includes 12 scanners and 40 radios.", ["12 scanners provided", "40 radios provided"]),
        # The passive, before and behind what is counted.
        (
            f"More than 500 people have been arrested and some 35 weapons seized in {SURGE}.",
            ["500 people arrested by operation-surge", "35 weapons seized by operation-surge"],
        ),
        (f"Twelve officers were trained by the {HARBOUR}.", ["12 officers trained by harbour-agency"]),
        (
            "They said that 30 gang members, among them four leaders, had been detained.",
            ["30 gang members arrested", "4 leaders arrested"],
        ),
        ("Cocaine valued at $12 million was seized.", ["12000000 USD seized"]),
        ("$4.2 million worth of cocaine was found.", ["4200000 USD recovered"]),
        (
            "Seized in the raid were 12 rifles, 4 pistols and $12,000.",
            ["12 rifles seized", "4 pistols seized", "12000 USD seized"],
        ),
        ("Among the 510 persons arrested was a sailor.", ["510 persons arrested"]),
        (f"The {REEF} was awarded a $2 million grant by {TIDE}.", ["2000000 USD provided by tidelandia"]),
        ("Of the 344 guns recovered, 210 were traced.", ["344 guns recovered", "210 guns traced"]),
        ("Ten of the 12 suspects were charged.", ["10 suspects charged"]),
        # Those counted did it themselves.
        (
            f"Officers from 19 countries took part in {SURGE}.",
            ["19 countries participating by operation-surge"],
        ),
        (
            "Some 1,200 personnel from 26 nations participated in [Exercise Wave](Event).",
            ["1200 personnel participating by exercise-wave", "26 nations participating by exercise-wave"],
        ),
        ("The course, attended by 35 officers, ended.", ["35 officers attended"]),
        ("Forty-five cadets graduated.", ["45 cadets trained"]),
        ("The [Sea Treaty](Instrument) was signed by 14 countries.", ["14 countries signed"]),
        # Money.
        (
            f"{TIDE} announced $100 million in funding for the {REEF}.",
            ["100000000 USD announced by tidelandia"],
        ),
        (f"It received $3 million from {TIDE}.", ["3000000 USD received by tidelandia"]),
        ("Funding for the work totaled $58 million.", ["58000000 USD amounted"]),
        (
            f"{TIDE} contributed EC$2.5 million; the {HARBOUR} gave 40 radios.",
            ["2500000 XCD provided by tidelandia", "40 radios provided by harbour-agency"],
        ),
        # Other clause orders and wordings.
        (
            "The force dismantled five networks, arresting 43 people and confiscating 28 firearms.",
            ["5 networks dismantled", "43 people arrested", "28 firearms seized"],
        ),
        (
            "A record 18.5 metric tons of cocaine, with an estimated value of $535 million, was offloaded.",
            ["18.5 metric tons of cocaine seized", "535000000 USD seized"],
        ),
        (
            "Of the roughly 400 crime guns submitted for tracing, 73 percent were sourced to the north.",
            ["400 crime guns processed", "73 percent traced"],
        ),
        (
            f"The {HARBOUR} has also trained and equipped over 300 members of the {REEF}.",
            ["300 members trained by harbour-agency"],
        ),
        ("We've trained more than 2,000 police since 2014.", ["2000 police trained"]),
        (
            "It has opened 120 investigations, obtained 45 convictions, and returned 30 fugitives.",
            ["120 investigations made", "45 convictions made", "30 fugitives returned"],
        ),
        (
            "The aid package, worth US$3.4 million, included 14 pickup trucks and two ambulances.",
            ["14 pickup trucks provided", "2 ambulances provided"],
        ),
        ("In addition, six canine teams completed the course.", ["6 canine teams trained"]),
        ("About 60 customs and police officers were taught to dive.", ["60 officers trained"]),
        (f"The {HARBOUR} hosted a training course for 24 divers.", ["24 divers attended by harbour-agency"]),
        (
            "It netted 15 guns – including six assault rifles – and 600 rounds.",
            ["15 guns seized", "6 assault rifles seized", "600 rounds seized"],
        ),
        (
            "A patrol stopped a boat with eight people on board and found 500 pounds of marijuana.",
            ["500 pounds of marijuana recovered"],
        ),
        (
            "Two sailors were taken into custody and 1,100 pounds of cocaine was seized.",
            ["2 sailors arrested", "1100 pounds of cocaine seized"],
        ),
        (
            f"The embassy turned over 25 laptops and ten printers to the {REEF}.",
            ["25 laptops provided", "10 printers provided"],
        ),
        ("It conducted 45 raids that led to 63 arrests.", ["45 raids made", "63 arrests made"]),
        (f"{TIDE} deployed 200 police officers.", ["200 police officers deployed by tidelandia"]),
        (f"{TIDE} has pledged 1,000 police officers to the mission.", []),
        ("Roughly 1,800 illegal guns enter the islands each year.", []),
        # Reported speech: who reports is not who acts.
        (f"The {HARBOUR} said 40 guns were seized.", ["40 guns seized"]),
    ],
)
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
        "Advance the work established above by convening three working group meetings.",
        "Support the region through the training of 40 officers.",
        "Officials reported that crime fell by 12 percent.",
        "As a result of the training, 60 prosecutors have gone home.",
        "The goals are:\n\n- 40 officers trained;\n- the seizure of 12 guns.",
        f"The {HARBOUR} will:\n\n- train 340 officers;\n- donate 12 vehicles.",
    ],
)
def test_plans_denials_and_mere_numbers_are_no_figures(text: str) -> None:
    assert told(text) == []
