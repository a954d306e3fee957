"""Random graphs, small and dense: every type, every predicate, few things, so that queries find rows."""

import random
from collections.abc import Sequence
from dataclasses import replace

from graph.changes import Content
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    FIRST_DAY,
    LAST_DAY,
    RETRACTED,
    Clock,
    Entity,
    Evidence,
    Statement,
    Value,
    make_statement,
    merge,
    text_hash,
)
from schema.model import Predicate, load_schema
from schema.values import EDTF

SCHEMA = load_schema()
DAYS = ("2018-12-31", "2020-06-30", "2022-11-16")
DATES = ("2019", "2022-11", "2022-11-16", "2022-10/2023-09", "2022-10-01/2023-09-30", "2023~", "2020/..")
PERIODS = ("2022", "2022-11", "2018/2023", "2022-11-16", "2022-10-01/2023-09-30", "../2022")
# Few words, some of them the names of several things; the last ones are hard on texts between quotes.
WORDS = (
    "Net",
    "Harbour",
    "2019",
    "Tracing the arms",
    'said "so"',
    "a\\b",
    "Ünit $entity {",
    "e\u0301t\u00e9",
)
QUALIFIERS = {
    "role": ("speaker", "host", "head of delegation", "delegation member", "participant"),
    "date": DATES,
    "title": ("Director", "Minister of Security"),
    "amount": ("391132.00 USD", "5 TTD", "12.50 USD"),
    "status": ("planned", "expected", "urged"),
    "scope": WORDS,
    "format": ("virtual", "hybrid"),
    "number": ("4",),
}
# What paths are made of, and what most queries ask for.
FREQUENT = (
    *("PART_OF",) * 3,
    *("ADDRESSES",) * 4,
    *("PARTICIPATED_IN",) * 4,
    *("COMMITS_TO", "INVOLVES", "HOLDS_POSITION", "HELD_ON", "HELD_IN", "RESULTED_IN"),
)
MODALITIES = ("commit", "pledge", "request", "urge")
# Types of which a graph has things; those that are most tied to each other more than once.
TYPES = (
    *("Agency", "Agency", "IntergovernmentalOrganization", "Unit", "Unit", "OtherOrganization"),
    *("Program", "Program", "Instrument", "Instrument", "Operation", "Country", "Country", "Place"),
    *("Person", "Person", "Event", "Dialogue", "Dialogue", "Commitment", "Commitment"),
    *("Observation", "Observation", "Candidate"),
    *("Topic",) * 8,
    *("Document",) * 3,
)


def random_content(seed: int, size: int) -> Content:
    """A graph of some 40 entities and at most so many statements, always the same for the same seed."""
    chance = random.Random(seed)
    entities = _entities(chance)
    predicates = [SCHEMA.predicates[name] for name in (*sorted(SCHEMA.predicates), *FREQUENT)]
    drawn = (_statement(chance, chance.choice(predicates), entities) for _ in range(size))
    return Content(
        tuple(sorted(entities, key=lambda e: e.id)), tuple(merge(s for s in drawn if s is not None))
    )


def _entities(chance: random.Random) -> list[Entity]:
    named: dict[str, tuple[str, ...]] = {}
    for n, kind in enumerate(TYPES):
        program = kind == "Unit" and chance.random() < 0.3
        types: tuple[str, ...] = (kind, "Program") if program else (kind,)
        named[f"{SCHEMA.types[kind].prefix}/{'abcdefgh'[n % 8]}{n}"] = types
    made = []
    for id_, types in named.items():
        aliases = tuple(dict.fromkeys(chance.choices(WORDS, k=chance.randrange(3))))
        given = _properties(chance, types[0], id_, list(named))
        made.append(Entity(id_, types, chance.choice(WORDS), aliases, aliases[:1], given))
    return made


def _properties(chance: random.Random, kind: str, id_: str, ids: Sequence[str]) -> dict[str, Value]:
    """What the queries look at; anything but what the schema wants may be missing."""
    of = {prefix: [i for i in ids if i.startswith(prefix)] for prefix in ("country/", "topic/", "dialogue/")}
    offered: dict[str, Value] = {"summary": chance.choice(WORDS)}
    needed: dict[str, Value] = {}
    match kind:
        case "Commitment":
            offered |= {"number": f"{chance.choice('12')}.ii", "pillar": chance.choice(WORDS)}
            offered |= {"targetDate": chance.choice(DATES), "modality": chance.choice(MODALITIES)}
        case "Country":
            needed = {"iso3166": id_[-2:].upper()}
        case "Observation":
            needed = {
                "value": chance.choice(("344.50", "12", "12.0")),
                "unit": chance.choice(("firearms", "USD")),
            }
            offered |= {"measure": "seized", "period": chance.choice(DATES)}
        case "Topic":
            # One long line of topics with some beside it, so that a question reaches down as far as it may.
            above = of["topic/"][: of["topic/"].index(id_)]
            offered = (
                {"parent": above[-1] if chance.random() < 0.8 else chance.choice(above)} if above else {}
            )
        case "Document":
            offered |= {
                "published": chance.choice(DATES),
                "file": f"{id_}.txt",
                "url": "https://example.org/",
            }
        case "Dialogue":
            offered |= {"ordinal": str(chance.randrange(12))}
        case "Place" | "Agency" | "Program" | "Unit":
            offered |= {"country": chance.choice(of["country/"])}
    return needed | {name: value for name, value in sorted(offered.items()) if chance.random() < 0.8}


def _statement(chance: random.Random, predicate: Predicate, entities: Sequence[Entity]) -> Statement | None:
    subjects = [e.id for e in entities if SCHEMA.fits(e.types, predicate.domain)]
    subject = chance.choice(subjects)
    if predicate.datatype:
        target = chance.choice(DATES if predicate.datatype == EDTF else WORDS)
    else:
        target = chance.choice([e.id for e in entities if SCHEMA.fits(e.types, predicate.range)])
    if target == subject:
        return None
    given = {
        name: chance.choice(values)
        for name, values in QUALIFIERS.items()
        if chance.random() < (0.6 if name in predicate.identified_by else 0.2)
    }
    if chance.random() < 0.4:
        sides = [e.id for e in entities if SCHEMA.fits(e.types, ("Country", "Organization"))]
        given["onBehalfOf"] = chance.choice(sides)
    documents = [e.id for e in entities if "Document" in e.types]
    made = make_statement(
        SCHEMA,
        subject,
        predicate.name,
        target,
        qualifiers=given,
        status=chance.choices((ACCEPTED, CANDIDATE, RETRACTED), (6, 2, 1))[0],
        evidence=[_evidence(chance, documents) for _ in range(chance.choice((1, 1, 2, 3)))],
    )
    known, since, until = (chance.choice((*DAYS, LAST_DAY)), *sorted(chance.choices(DAYS, k=2)))
    open_ends = (FIRST_DAY if chance.random() < 0.5 else since, LAST_DAY if chance.random() < 0.5 else until)
    return replace(made, clock=Clock(known, *open_ends))


def _evidence(chance: random.Random, documents: Sequence[str]) -> Evidence:
    start = chance.randrange(1000)
    return Evidence(chance.choice(documents), start, start + 9, text_hash(str(start)))
