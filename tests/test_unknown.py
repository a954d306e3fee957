"""Names that the register does not know: bodies, programs, instruments, operations, events and places."""

import time
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.records import Entity
from loaders.mentions import Mentions, find_mentions
from loaders.names.forms import Dropped
from loaders.names.unknown import find_unknown
from loaders.register import Register
from loaders.segments import segment
from tests.marked_texts import SCHEMA, entity, register

TIDELANDIA = entity("Tidelandia", "Country")
WRACK = entity("Saint Wrack and the Shoals", "Country", "Saint Wrack")
STATES = Entity("country/us", ("Country",), "United States", ("U.S.", "US", "United States of America"))
COUNCIL = entity("Harbour Council", "IntergovernmentalOrganization", "HC", "Caribbean Harbour Council")
GUARD = Entity(
    "agency/coastwatch", ("Agency",), "Coastwatch Service", (), (), {"country": "country/tidelandia"}
)
KELPVILLE = entity("Kelpville", "Place")
SMUGGLING = entity("shell smuggling", "Topic")
ADA = entity("Ada Kelpley", "Person")
ALL = register(TIDELANDIA, WRACK, STATES, COUNCIL, GUARD, KELPVILLE, SMUGGLING, ADA)


def read(text: str, of: Register = ALL, trace: list[Dropped] | None = None) -> Mentions:
    return find_unknown(text, segment(text), find_mentions(text, of), of, SCHEMA, trace)


def entity_in(result: Mentions, key: str, of: Register = ALL) -> Entity:
    return result.entities.get(key) or of.entities[key]


def kind(found: Entity) -> str:
    return str(found.properties.get("proposedType", found.type))


def new(text: str, of: Register = ALL) -> list[tuple[str, str]]:
    """Words and type of each mention of what the register does not know."""
    result = read(text, of)
    return [
        (" ".join(text[m.start : m.end].split()), kind(result.entities[m.entity]))
        for m in result.found
        if m.entity in result.entities
    ]


def words(text: str, of: Register = ALL) -> list[str]:
    """Words of all mentions."""
    return [" ".join(text[m.start : m.end].split()) for m in read(text, of).found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Officers of the Royal Tidelandia Police Force took part.", "Agency: Royal Tidelandia Police Force"),
        ("The Tidelandia Coast Guard sent two boats.", "Agency: Tidelandia Coast Guard"),
        ("She visited the Saint Wrack Constabulary on Monday.", "Agency: Saint Wrack Constabulary"),
        ("He wrote to the Ministry of Reefs.", "Agency: Ministry of Reefs"),
        ("The Ministry of National Security announced it.", "Agency: Ministry of National Security"),
        ("It asked the Bureau of Industry and Reefs.", "Agency: Bureau of Industry and Reefs"),
        ("The Department of State agreed.", "Agency: Department of State"),
        ("a report by the Department of Reef Affairs was late", "Agency: Department of Reef Affairs"),
        (
            "The Office of the Director of Public Prosecutions gained a tool.",
            "Agency: Office of the Director of Public Prosecutions",
        ),
        ("Staff of the Office of the Prime Minister came.", "Agency: Office of the Prime Minister"),
        ("The Attorney General's Chambers advised.", "Agency: Attorney General's Chambers"),
        (
            "The Tidelandia Customs and Excise Department seized shells.",
            "Agency: Tidelandia Customs and Excise Department",
        ),
        ("Samples went to the Customs and Excise Department.", "Agency: Customs and Excise Department"),
        ("the Maritime Authority of Tidelandia joined.", "Agency: Maritime Authority of Tidelandia"),
        ("The U.S. Embassy in Kelpville hosted them.", "Agency: U.S. Embassy in Kelpville"),
        ("The U.S. Embassy Kelpville hosted them.", "Agency: U.S. Embassy Kelpville"),
        (
            "The Embassy of the United States in Kelpville gave boats.",
            "Agency: Embassy of the United States in Kelpville",
        ),
        ("The Financial Intelligence Unit holds the files.", "Unit: Financial Intelligence Unit"),
        ("The Kelp Smuggling Task Force was set up.", "Unit: Kelp Smuggling Task Force"),
        (
            "The Firearms and Shell Investigation Unit leads.",
            "Unit: Firearms and Shell Investigation Unit",
        ),
        ("the Harbour Council Reef Unit met.", "Unit: Harbour Council Reef Unit"),
        ("The Working Group on Shell Tracing met twice.", "Unit: Working Group on Shell Tracing"),
        (
            "An Inter-American Commission on Tides was founded.",
            "IntergovernmentalOrganization: Inter-American Commission on Tides",
        ),
        (
            "The Organization of Tidal States adopted it.",
            "IntergovernmentalOrganization: Organization of Tidal States",
        ),
        (
            "The Council of Ministers of Reef Affairs approved it.",
            "IntergovernmentalOrganization: Council of Ministers of Reef Affairs",
        ),
        ("The Kelp Foundation paid for it.", "OtherOrganization: Kelp Foundation"),
        ("a study of the University of Tidelandia", "OtherOrganization: University of Tidelandia"),
        ("Kelp Boats Ltd. built them.", "OtherOrganization: Kelp Boats Ltd."),
        (
            "The Institute of Forensic Science and Legal Medicine sent experts.",
            "OtherOrganization: Institute of Forensic Science and Legal Medicine",
        ),
        ("Under the Safe Reefs Initiative, boats were bought.", "Program: Safe Reefs Initiative"),
        ("The Youth Tides Programme reaches 40 schools.", "Program: Youth Tides Programme"),
        ("They use the Reef Information System.", "Program: Reef Information System"),
        (
            "the Partnership for Tidal Prosperity and Security funds it",
            "Program: Partnership for Tidal Prosperity and Security",
        ),
        ("During Operation Blue Kelp II, 20 were arrested.", "Operation: Operation Blue Kelp II"),
        ("Exercise Reefwind 2023 ended on Friday.", "Operation: Exercise Reefwind 2023"),
        ("Through Project Kelpstar they met.", "Program: Project Kelpstar"),
        ("They named it Operation “Sea Broom”.", "Operation: Operation “Sea Broom”"),
        ("The Fingerprints Act was amended.", "Instrument: Fingerprints Act"),
        ("Parliament passed the Reef Protection Act, 2019 in May.", "Instrument: Reef Protection Act, 2019"),
        ("It ratified the Convention on Tidal Waste.", "Instrument: Convention on Tidal Waste"),
        (
            "the Protocol against Trafficking in Shells was signed.",
            "Instrument: Protocol against Trafficking in Shells",
        ),
        (
            "The Council adopted Resolution 2999 (2031) in October.",
            "Instrument: Resolution 2999 (2031)",
        ),
        ("He signed Executive Order 19999.", "Instrument: Executive Order 19999"),
        ("A Memorandum of Understanding was signed.", "Instrument: Memorandum of Understanding"),
        ("an amendment to a Letter of Agreement was signed on Monday.", "Instrument: Letter of Agreement"),
        ("The Agreement Concerning Tidal Waste ends.", "Instrument: Agreement Concerning Tidal Waste"),
        ("An Agreement regarding Mutual Tides ends.", "Instrument: Agreement regarding Mutual Tides"),
        ("The Joint Reef Plan 2024–2026 ends.", "Instrument: Joint Reef Plan 2024–2026"),
        ("The National Reef Strategy ends in 2030.", "Instrument: National Reef Strategy"),
        ("They endorsed the Kelpville Declaration.", "Instrument: Kelpville Declaration"),
        ("the Declaration of Tidal Principles is old.", "Instrument: Declaration of Tidal Principles"),
        ("The Fifth Annual Reef Security Conference opened.", "Event: Fifth Annual Reef Security Conference"),
        ("It was agreed at the 45th Meeting of the Conference of Heads of Government.", 1),
        ("The 2021 Tidal Nations Summit was held online.", "Event: 2021 Tidal Nations Summit"),
        ("The Caribbean Harbour Safety Forum closed.", "Event: Caribbean Harbour Safety Forum"),
        ("They met in Reeftown, Tidelandia.", "Place: Reeftown"),
        ("The boat left Fort Corala at noon.", "Place: Fort Corala"),
        ("A patrol near Corala Bay found it.", "Place: Corala Bay"),
        ("The town of Corala was quiet.", "Place: Corala"),
        ("REEFTOWN, Tidelandia (KNA) – Ten boats were seized.", "Place: REEFTOWN"),
        ("It landed at Corala International Airport.", "Place: Corala International Airport"),
        ("They cited the Proceeds of Shell Trading Act.", "Instrument: Proceeds of Shell Trading Act"),
        ("They cited the Shells (Amendment) Act 2022.", "Instrument: Shells (Amendment) Act 2022"),
        (
            "It follows the Corala's Point Declaration on Reefs.",
            "Instrument: Corala's Point Declaration on Reefs",
        ),
        (
            "the Tidelandia Attorney General's Chambers wrote.",
            "Agency: Tidelandia Attorney General's Chambers",
        ),
        ("Embassy Kelpville kept no records.", "Agency: Embassy Kelpville"),
        ("Cadets of the Regional Police Training Centre won.", "Unit: Regional Police Training Centre"),
        ("They came with the 7th Reef Forces Group.", "Unit: 7th Reef Forces Group"),
        ("The 11th Tidal Development Fund paid.", "Program: 11th Tidal Development Fund"),
        (
            "The Third Regular Session of the Harbour Council took place.",
            "Event: Third Regular Session of the Harbour Council",
        ),
        ("A study of Kelpville University says so.", "OtherOrganization: Kelpville University"),
        (
            "The Office of Reefs in Latin America and the Caribbean helps.",
            "Agency: Office of Reefs in Latin America and the Caribbean",
        ),
        (
            "It is with the Major Crime and Anti-Corruption Agency.",
            "Agency: Major Crime and Anti-Corruption Agency",
        ),
        (
            "The Harbour Council (HC) Agency for Reefs met.",
            "IntergovernmentalOrganization: Harbour Council (HC) Agency for Reefs",
        ),
        ("The Regional Task Force (RTF) met.", 2),
        ("By this memorandum of understanding (MOU) they agree.", 2),
        ("The Transitional Reef Council met.", "Agency: Transitional Reef Council"),
    ],
)
def test_a_name_is_found_by_its_form(text: str, wanted: str | int) -> None:
    if isinstance(wanted, int):
        assert len(new(text)) == wanted
    else:
        assert [f"{kind}: {name}" for name, kind in new(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "The Unit met the Task Force, and the Agency thanked the Department.",
        "The Forum, the Dialogue and the Strategy were praised.",
        "Today Customs officers in Tidelandia said so.",
        "The Ministry did not answer.",
        "Caribbean and Jamaican officers met American officers in March.",
        "We welcome the Participants. Our Partners support the New Strategy.",
        "Member States and the Secretariat will meet in Fiscal Year 2024.",
        "The First Meeting took place on Tuesday, November 5.",
        "The rule of law and human rights matter.",
        "A three-day workshop and a closing ceremony followed the training programme.",
        "Section II. Background\nThe Parties agree.",
        "In January, Tidelandia joined.",
        "The Annual Report was late.",
        "The Government of Tidelandia and the Governments of both States agreed.",
        "He is Director of Operations and Chief of Police.",
        "The Regional Strategy and a National Action Plan are due.",
        "“Together We Win” was the theme.",
        "REAFFIRMING our friendship, RECALLING our pledges, WELCOME the steps taken.",
        "The ships left. Security Officers stayed. Training was given.",
        "Port of Entry staff check Ports of Entry.",
        "The Results Framework was late; results came. A Training Plan is due.",
        "The Project Coordinator and the Project Management Team met.",
        "Special Agents and Chief Prosecutors came on Black Friday.",
        "Standard Operating Procedures (SOPs) for Small Arms and Light Weapons (SALW) exist.",
        "The Secretary of State and the Minister's Office agreed.",
        "Establish a Task Force. Strengthen Law Enforcement. Support Agencies.",
    ],
)
def test_common_words_with_capitals_are_no_names(text: str) -> None:
    assert new(text) == []


def test_two_names_are_not_one() -> None:
    assert [n for n, _ in new("the Ministry of Justice and the Ministry of Health met.")] == [
        "Ministry of Justice",
        "Ministry of Health",
    ]
    text = "The Reef Bureau of the Tidelandia Department of Tides and the Harbour Council agreed."
    assert words(text) == ["Reef Bureau", "Tidelandia Department of Tides", "Harbour Council"]
    text = "The Kelp Unit and Tidelandia Customs met."
    assert words(text)[0] == "Kelp Unit"
    assert words("The Ministry of Health, Tidelandia and Saint Wrack met.") == [
        "Ministry of Health",
        "Tidelandia",
        "Saint Wrack",
    ]
    assert words("the Bureau of Reefs, Tides, Shells and Sand, and the HC met.") == [
        "Bureau of Reefs, Tides, Shells and Sand",
        "HC",
    ]


def test_a_longer_unknown_name_swallows_a_known_one() -> None:
    assert words("The Tidelandia Reef Agency met.") == ["Tidelandia Reef Agency"]
    assert words("The U.S. Ambassador and Tidelandia's Prime Minister met.") == ["U.S.", "Tidelandia"]


def test_a_line_break_inside_a_name_is_no_end_and_the_name_is_without_it() -> None:
    result = read("The Kelp Harbour\nSafety Unit met.")
    assert [e.name for e in result.entities.values()] == ["Kelp Harbour Safety Unit"]


def test_headings_name_only_what_the_text_names_too() -> None:
    text = "# Kelp Reef Unit Opens\n\nOfficers came.\n\n# Sand Unit Opens\n\nThe Sand Unit opened."
    assert new(text) == [("Sand Unit", "Unit"), ("Sand Unit", "Unit")]


def test_a_defined_acronym_is_a_mention_from_there_on() -> None:
    text = "KRU was quiet. The Kelp Reef Unit (KRU) met. Officers of the KRU came."
    result = read(text)
    assert words(text) == ["Kelp Reef Unit", "KRU", "KRU"]
    assert len({m.entity for m in result.found}) == 1
    assert next(iter(result.entities.values())).acronyms == ("KRU",)


def test_a_defined_acronym_wins_over_the_register() -> None:
    text = "The HC met. The Kelp Harbour Corps Unit, or the Hull Centre (HC), opened. The HC is new."
    result = read(text)
    last = result.found[-1]
    assert text[last.start : last.end] == "HC"
    assert last.entity in result.entities


def test_the_tail_of_a_name_with_its_head_is_the_same_thing() -> None:
    text = "The Caribbean Harbour Safety Forum met. The Harbour Safety Forum ended."
    result = read(text)
    assert len(result.found) == 2
    assert len(result.entities) == 1
    text = "The Ministry of Tides of Tidelandia wrote. Then the Ministry of Tides called."
    assert len(read(text).entities) == 1


def test_an_operation_is_named_again_without_the_word() -> None:
    text = "Operation Kelp Broom began. Kelp Broom ended in May."
    assert [n for n, _ in new(text)] == ["Operation Kelp Broom", "Kelp Broom"]


def test_what_was_nearly_a_name_is_told_with_the_reason() -> None:
    trace: list[Dropped] = []
    text = "The New Strategy began. Kelp Agency Day was fun."
    read(text, trace=trace)
    assert {(text[d.start : d.end], d.reason) for d in trace} >= {
        ("New Strategy", "nothing specific stands beside “strategy”"),
        ("Kelp Agency Day", "“Day” stands behind “agency”"),
    }


@pytest.mark.parametrize("words_", ["Kelp ", "Operation ", "Crime and ", "Crime (CR) ", "Kelp’s "])
def test_a_text_of_capitals_alone_costs_no_square(words_: str) -> None:
    text = words_ * 20_000
    begin = time.perf_counter()
    read(text)
    assert time.perf_counter() - begin < 20


_PIECES = (
    *(
        "Kelp",
        "Reef",
        "Unit",
        "Ministry",
        "of",
        "the",
        "and",
        "Ada",
        "Reed",
        "said",
        "Mr.",
        "U.S.",
        "Tidelandia",
        "(KRU)",
        "KRU",
    ),
    *(
        "Operation",
        "Act",
        ",",
        ".",
        "\n",
        "\n\n",
        "Harbour Council",
        "HC",
        "’s",
        "Minister",
        "de",
        "St.",
        "Office",
        "for",
        "in",
        "- ",
        "# ",
    ),
    *(
        "Agreement",
        "2021",
        "VII",
        "“",
        "”",
        "Forum",
        "Jr.",
        "III",
        "É",
        "ǅ",
        "İ",
        "Port",
        "Reeftown",
        "d’Affaires",
        "(",
        ")",
        "|",
        "\t",
        "&",
    ),
)


def check(text: str, result: Mentions) -> None:
    places: Sequence[tuple[int, int]] = sorted(
        [*((m.start, m.end) for m in result.found), *((u.start, u.end) for u in result.unclear)]
    )
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    for mention in result.found:
        found = entity_in(result, mention.entity)
        said = text[mention.start : mention.end]
        assert said.strip() == said
        assert found.name
    assert set(result.entities) <= {m.entity for m in result.found}


@given(st.lists(st.sampled_from(_PIECES), max_size=40), st.sampled_from(["", " "]))
def test_any_words_give_places_that_hold(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    result = read(text)
    check(text, result)
    assert read(text) == result


@given(st.text(max_size=200))
def test_any_text_gives_places_that_hold(text: str) -> None:
    check(text, read(text))
