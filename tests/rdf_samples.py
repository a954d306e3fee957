"""Small graphs for the tests of the RDF form: one made by hand, and random ones that fit the schema."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from graph.changes import Content
from graph.clocks import clocked
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    CHANGED_WORDING,
    ORPHAN,
    SHIFTED,
    STATUSES,
    Entity,
    Evidence,
    Statement,
    Value,
    make_statement,
    merge,
    text_hash,
)
from schema.model import Field, load_schema
from schema.values import AMOUNT, EDTF, ENTITY_ID, LANG_STRING, XSD

BASE = "https://example.org/graph/"
ID = BASE + "id/"
SCHEMA = load_schema()

LETTER, MINUTES = "document/letter", "document/minutes"
CLAUSE = "The harbour bureau helps the tracing cell."
TEXT = f"Dear all,\n{CLAUSE}\nYours."
START = TEXT.index(CLAUSE)

POINTER = Evidence(LETTER, START, START + len(CLAUSE), text_hash(CLAUSE), "verb-helps", 0.85, None, CLAUSE)
CURATED = Evidence(MINUTES, 7, 19, text_hash("tracing cell"), summary="The bureau backs the cell.")

BUREAU: dict[str, Value] = {"country": "country/aa", "wikidata": "Q42"}
LETTER_PROPERTIES: dict[str, Value] = {
    "captured": True,
    "published": "2022-11",
    "url": "https://example.org/letter?a=b&c=d",
}
FIGURE: dict[str, Value] = {
    "cumulative": False,
    "period": "2022-10-01/2023-09-30",
    "unit": "firearms",
    "value": "344.50",
}

ENTITIES = (
    Entity("agency/bureau", ("Agency",), "Harbour Bureau", ("Bureau", "HB"), ("HB",), BUREAU),
    Entity("country/aa", ("Country",), "Aland & <Isles>", properties={"iso3166": "AA"}),
    Entity("dialogue/1", ("Dialogue",), "First dialogue", properties={"ordinal": "1"}),
    Entity(LETTER, ("Document",), "Letter", properties=LETTER_PROPERTIES),
    Entity(MINUTES, ("Document",), "Minutes", properties={"captured": False, "published": "2021"}),
    Entity("observation/seized", ("Observation",), "Firearms seized", properties=FIGURE),
    Entity("topic/firearms", ("Topic",), "Firearms", ("guns",), properties={"wikidata": "Q43"}),
    Entity("topic/tracing", ("Topic",), "Tracing", properties={"parent": "topic/firearms"}),
    Entity("unit/cell", ("Unit", "Program"), "Tracing Cell"),
)

SUPPORTS = make_statement(
    SCHEMA,
    "agency/bureau",
    "SUPPORTS",
    "unit/cell",
    qualifiers={"date": "2022-11", "scope": "training", "onBehalfOf": "country/aa"},
    evidence=[POINTER, CURATED],
)
HOST = make_statement(
    SCHEMA, "country/aa", "PARTICIPATED_IN", "dialogue/1", qualifiers={"role": "host"}, evidence=[CURATED]
)
SPEAKER = make_statement(
    SCHEMA, "country/aa", "PARTICIPATED_IN", "dialogue/1", qualifiers={"role": "speaker"}, evidence=[CURATED]
)
DATED = make_statement(SCHEMA, "dialogue/1", "HELD_ON", "2023-11-16", evidence=[replace(POINTER, quote=None)])
FUNDS = make_statement(
    SCHEMA,
    "agency/bureau",
    "FUNDS",
    "unit/cell",
    qualifiers={"amount": "391132.00 USD", "status": "planned"},
    status=CANDIDATE,
    evidence=[CURATED],
)
STATEMENTS = clocked(
    SCHEMA, Content(ENTITIES, tuple(merge([SUPPORTS, HOST, SPEAKER, DATED, FUNDS])))
).statements

# What trips writers and readers: quotation marks, line ends, runs of spaces, escapes, emoji, marks that turn
# the direction of writing, letters with loose accents, and controls that XML cannot hold.
_AWKWARD = st.sampled_from(
    [
        'say "so"',
        "it's",
        'a"""b',
        "l1\nl2\r\nl3",
        "a  b\t ",
        "\\u0041\\n",
        "\U0001f6a4\U0001f469\U0001f3fd\u200d",
        "\u202eabc\u202c",
        "e\u0301",
        "a\x01\x0cb\x7f",
    ]
)
# A name is more than spaces; no engine is asked to hold U+0000.
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
_WORDS = (_TEXT | _AWKWARD).filter(lambda text: bool(text.strip()))
_DATES = st.sampled_from(["2022", "2022-11", "2022-11-16", "2022-10/2023-09", "2023~", "2022-11/.."])
_SLUGS = st.from_regex(r"[a-z0-9]{1,3}(-[a-z0-9]{1,3})?", fullmatch=True)
_KINDS = sorted(name for name in SCHEMA.types if name not in ("Entity", "Organization"))


def _values(datatype: str, ids: Sequence[str]) -> st.SearchStrategy[str]:
    return {
        XSD + "string": _WORDS,
        LANG_STRING: _WORDS,
        XSD + "decimal": st.decimals(allow_nan=False, allow_infinity=False, places=2).map(
            lambda d: format(d, "f")
        ),
        XSD + "integer": st.integers(-99, 2**63 - 1).map(str),
        XSD + "anyURI": st.sampled_from(["https://example.org/a?b=c&d=%C3%A9", "http://example.org/"]),
        EDTF: _DATES,
        AMOUNT: st.sampled_from(["1 USD", "391132.00 TTD"]),
        ENTITY_ID: st.sampled_from(ids),
    }[datatype]


_SPECIAL = {
    "language": st.sampled_from(["en", "pt-BR"]),
    "sha256": _WORDS.map(text_hash),
}
_ALWAYS = {"Country": {"iso3166"}, "Observation": {"unit", "value"}}


@st.composite
def _properties(draw: st.DrawFn, key: str, types: Sequence[str], ids: Sequence[str]) -> dict[str, Value]:
    naming = ("name", "aliases", "acronyms")
    fitting = sorted(
        f.name for f in SCHEMA.attributes.values() if f.name not in naming and SCHEMA.fits(types, f.domain)
    )
    chosen = set(draw(st.lists(st.sampled_from(fitting), max_size=4))) | _ALWAYS.get(types[0], set())
    # Topics stand under topics, all others under others, and nothing in a circle.
    above = [i for i in ids if i < key and i.startswith("topic/") == ("Topic" in types)]
    links = {"parent": above, "country": [i for i in ids if i.startswith("country/")]}
    codes = {"iso3166": key[-2:].upper(), "wikidata": f"Q{ids.index(key) + 1}"}
    properties: dict[str, Value] = {name: codes[name] for name in chosen & codes.keys()}
    for name in sorted(chosen - codes.keys()):
        if targets := links.get(name, ids):
            properties[name] = draw(_value(SCHEMA.attributes[name], targets))
    return dict(sorted(properties.items()))


def _value(field: Field, ids: Sequence[str]) -> st.SearchStrategy[Value]:
    if field.datatype == XSD + "boolean":
        return st.booleans()
    one = _SPECIAL[field.name] if field.name in _SPECIAL else _values(field.datatype, ids)
    return st.lists(one, min_size=1, max_size=2).map(tuple) if field.multiple else one


@st.composite
def _entities(draw: st.DrawFn) -> list[Entity]:
    kinds = draw(st.lists(st.sampled_from(_KINDS), min_size=1, max_size=5))
    slugs = {"Country": st.sampled_from(["aa", "bb"])}
    named = {
        f"{SCHEMA.types[k].prefix}/{draw(slugs.get(k, _SLUGS))}": (k,)
        for k in [*kinds, "Document", "Document"]
    }
    ids = sorted(named)
    entities = []
    for key in ids:
        types = named[key] + (("Program",) if named[key] == ("Unit",) and draw(st.booleans()) else ())
        name, *aliases = draw(st.lists(_WORDS, unique=True, min_size=1, max_size=4))
        acronyms = tuple(aliases[: draw(st.integers(0, len(aliases)))])
        properties = draw(_properties(key, types, ids))
        entities.append(Entity(key, types, name, tuple(aliases), acronyms, properties))
    return entities


@st.composite
def _evidence(draw: st.DrawFn, documents: Sequence[str]) -> Evidence:
    start = draw(st.integers(0, 10**6))
    quote = draw(st.none() | _TEXT | _AWKWARD)
    return Evidence(
        document=draw(st.sampled_from(documents)),
        start=start,
        end=start + (len(quote) if quote is not None else draw(st.integers(1, 500))),
        sha256=text_hash(quote if quote is not None else str(start)),
        rule=draw(st.sampled_from(["curated", "verb-helps"])),
        confidence=draw(st.floats(0, 1)),
        summary=draw(st.none() | _WORDS),
        quote=quote,
        anchor=draw(st.sampled_from([None, None, SHIFTED, CHANGED_WORDING] if quote else [None, ORPHAN])),
    )


@st.composite
def _statement(draw: st.DrawFn, entities: Sequence[Entity]) -> Statement | None:
    """A statement that fits the schema, None where the drawn predicate has no fitting entities."""
    predicate = draw(st.sampled_from(sorted(SCHEMA.predicates.values(), key=lambda p: p.name)))
    ids = [e.id for e in entities]
    subjects = [e.id for e in entities if SCHEMA.fits(e.types, predicate.domain)]
    objects = [e.id for e in entities if SCHEMA.fits(e.types, predicate.range)]
    if not subjects or not (objects or predicate.datatype):
        return None
    fields = draw(st.lists(st.sampled_from(sorted(SCHEMA.qualifiers)), unique=True, max_size=3))
    return make_statement(
        SCHEMA,
        draw(st.sampled_from(subjects)),
        predicate.name,
        draw(_values(predicate.datatype, ids) if predicate.datatype else st.sampled_from(objects)),
        qualifiers={name: draw(_values(SCHEMA.qualifiers[name].datatype, ids)) for name in fields},
        status=draw(st.sampled_from(STATUSES) | st.just(ACCEPTED)),
        evidence=draw(st.lists(_evidence([i for i in ids if i.startswith("document/")]), max_size=3)),
    )


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Entity], list[Statement]]:
    """Entities and merged statements with their clocks, each sorted by id."""
    entities = draw(_entities())
    drawn = draw(st.lists(_statement(entities), max_size=5))
    merged = merge(s for s in drawn if s is not None)
    return entities, list(clocked(SCHEMA, Content(tuple(entities), tuple(merged))).statements)
