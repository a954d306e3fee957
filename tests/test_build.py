"""From sources to content: the order of documents does not matter, and what documents make comes and goes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.captures import Capture
from graph.changes import Content
from graph.judgements import ACCEPT, Judgement, Naming
from graph.records import (
    ACCEPTED,
    CANDIDATE,
    CHANGED_WORDING,
    CURATED,
    ORPHAN,
    SHIFTED,
    Entity,
    Evidence,
    Statement,
    make_statement,
    text_hash,
)
from loaders.build import Built, Sources, build, united
from loaders.extract import Extraction, extract
from loaders.facts import CuratedFacts
from loaders.judgements import Judgements
from loaders.register import Register
from loaders.text import SourceText
from schema.errors import DataError
from tests.marked_texts import SCHEMA, entity, register

OFFICE, CELL, NET = (
    entity("Amber Office", "Agency"),
    entity("Gale Cell", "Unit"),
    entity("Safe Net", "Program"),
)
AMBRIA, BERYL = entity("Ambria", "Country"), entity("Beryl Island", "Country")
COUNCIL = entity("Lagoon Council", "IntergovernmentalOrganization")
KNOWN = register(OFFICE, CELL, NET, AMBRIA, BERYL, COUNCIL)
NO_FACTS = CuratedFacts({}, (), {})

BODIES = (OFFICE.name, CELL.name, COUNCIL.name)
TEMPLATES = (
    "The {0} supports the {1}.",
    "The {0} established the {1} in {2}.",
    "{3} is a member of the {1}.",
    "In {2}, the {0} trained forty officers of {3}.",
    "The {0} and the {1} signed a memorandum on {2}.",
    "The {0} seized {4} firearms in {2}.",
    "{3} will support the {0} from {2}.",
    "Director Mara Quill of the {0} met officials of {3}.",
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A short release about bodies and countries that are nowhere."""
    sentences = draw(st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=4))
    bodies = draw(st.permutations((*BODIES, "Quarry Task Force", "Pearl Harbour Unit")))
    year, count = draw(st.integers(2015, 2024)), draw(st.integers(2, 400))
    country = draw(st.sampled_from((AMBRIA.name, BERYL.name)))
    said = (s.format(bodies[0], bodies[1], year, country, count) for s in sentences)
    return "Notes of the week\n\n" + "\n".join(said) + "\n"


def read(key: str, text: str) -> tuple[Capture, Extraction]:
    properties = {"file": f"{key}.txt", "sha256": text_hash(text), "published": "2024-05-01"}
    document = Entity(f"document/{key}", ("Document",), key, properties=properties)
    source = SourceText(f"{key}.txt", text, document)
    return Capture(document, text), extract(source, KNOWN, SCHEMA)


def built(documents: Iterable[tuple[Capture, Extraction]], **more: object) -> Built:
    """The content of documents in the order given."""
    held = list(documents)
    sources = Sources(
        KNOWN,
        NO_FACTS,
        {c.document.id: c for c, _ in held},
        {e.document: e for _, e in held},
        (),
    )
    return build(SCHEMA, replace(sources, **more))  # type: ignore[arg-type]


def content(documents: Iterable[tuple[Capture, Extraction]]) -> Content:
    return built(documents).content


@settings(max_examples=25, deadline=None)
@given(st.lists(texts(), min_size=2, max_size=4), st.randoms())
def test_the_order_of_documents_does_not_matter(written: Sequence[str], random: object) -> None:
    documents = [read(f"d{number}", text) for number, text in enumerate(written)]
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert content(shuffled) == content(documents)


def test_what_a_curated_document_only_describes_is_left_to_its_curator() -> None:
    text = "Notes\n\nThe Lagoon Council held a closing ceremony in Ambria. The ceremony ended a course.\n"
    capture, extraction = read("notes", text)
    described = {e.id for e in extraction.entities if e.type == "Event"}
    assert described and all(key.startswith("event/notes-") for key in described)
    free = content([(capture, extraction)])
    assert described <= {e.id for e in free.entities}
    clause = "The Lagoon Council held a closing ceremony in Ambria."
    evidence = Evidence("document/notes", 7, 7 + len(clause), text_hash(clause))
    assert capture.text[evidence.start : evidence.end] == clause
    fact = make_statement(SCHEMA, AMBRIA.id, "SUPPORTS", COUNCIL.id, evidence=[evidence])
    facts = CuratedFacts({}, (fact,), {})
    curated = built([(capture, extraction)], facts=facts).content
    assert not described & {e.id for e in curated.entities}
    assert not described & {end for s in curated.statements for end in (s.subject, s.object)}


@settings(max_examples=25, deadline=None)
@given(st.lists(texts(), min_size=1, max_size=3), texts())
def test_a_document_changes_nothing_that_rests_on_others_only(written: Sequence[str], new: str) -> None:
    documents = [read(f"d{number}", text) for number, text in enumerate(written)]
    before = {s.id: s for s in content(documents).statements}
    after = {s.id: s for s in content([*documents, read("new", new)]).statements}
    for key, statement in before.items():
        assert key in after
        if "document/new" not in after[key].documents:
            # When a thing begins may be told by any document, and nothing holds of it before.
            assert replace(after[key], clock=statement.clock) == statement
            assert after[key].clock.known == statement.clock.known
    for key in after.keys() - before.keys():
        assert after[key].documents == ("document/new",)


@settings(max_examples=15, deadline=None)
@given(st.lists(texts(), min_size=1, max_size=3), texts())
def test_a_document_that_goes_takes_with_it_what_it_brought(written: Sequence[str], new: str) -> None:
    documents = [read(f"d{number}", text) for number, text in enumerate(written)]
    more = built([*documents, read("new", new)], withdrawn=frozenset({"document/new"}))
    assert more.content == content(documents)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from((OFFICE.id, COUNCIL.id, "candidate/gust-squad")),
            st.sampled_from((ACCEPTED, CANDIDATE)),
            st.sampled_from(("boats", "radios", "training")),
            st.sampled_from(("Gust Squad", "the Squad", "GS")),
        ),
        min_size=2,
    ),
    st.randoms(),
)
def test_what_documents_say_of_one_thing_is_united_in_one_way(
    found: list[tuple[str, str, str, str, str]], random: object
) -> None:
    documents = []
    for key in sorted({row[0] for row in found}):
        rows = [row for row in found if row[0] == key]
        claims = [
            said(key, who, "SUPPORTS", CELL.id, status, scope=scope) for _, who, status, scope, _ in rows
        ]
        documents.append(extraction(key, made(rows[0][4], reason=key), *claims))
    shuffled = list(documents)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert content(shuffled) == content(documents)


# --- what documents make --------------------------------------------------------------------------------


def made(name: str, *aliases: str, reason: str, kind: str = "Unit") -> Entity:
    """A candidate by the name of Gust Squad."""
    properties = {"proposedType": kind, "reason": reason}
    return Entity("candidate/gust-squad", ("Candidate",), name, aliases, properties=properties)


def extraction(key: str, *records: Entity | Statement) -> tuple[Capture, Extraction]:
    document = Entity(f"document/{key}", ("Document",), key, properties={"sha256": text_hash("x" * 99)})
    return Capture(document, "x" * 99), Extraction(
        document=document.id,
        mentions=(),
        statements=tuple(r for r in records if isinstance(r, Statement)),
        entities=tuple(r for r in records if isinstance(r, Entity)),
        candidates=(),
        figures=(),
    )


def said(
    key: str, subject: str, predicate: str, target: str, status: str = ACCEPTED, **more: str
) -> Statement:
    evidence = Evidence(f"document/{key}", 0, 9, text_hash("x" * 9), "r@1", 0.9, quote="x" * 9)
    return make_statement(
        SCHEMA, subject, predicate, target, status=status, qualifiers=more, evidence=[evidence]
    )


def mention(key: str) -> Statement:
    return said(key, f"document/{key}", "MENTIONS", "candidate/gust-squad")


def of(found: Content, key: str) -> Entity | None:
    return next((e for e in found.entities if e.id == key), None)


def test_an_entity_that_several_documents_make_is_one() -> None:
    first = extraction("a", made("Gust Squad", reason="a title"), mention("a"))
    other = extraction("b", made("the Gust Squad", "Squad", reason="a form", kind="Program"), mention("b"))
    for documents in ([first, other], [other, first]):
        one = of(content(documents), "candidate/gust-squad")
        assert one == made("Gust Squad", "Squad", "the Gust Squad", reason="a title")


def test_a_made_entity_goes_with_the_last_statement_that_names_it() -> None:
    first = extraction("a", made("Gust Squad", reason="a title"), mention("a"))
    bare = extraction("b", made("Gust Squad", reason="a title"))
    assert of(content([first, bare]), "candidate/gust-squad") is not None
    gone = built([first, bare], withdrawn=frozenset({"document/a"})).content
    assert of(gone, "candidate/gust-squad") is None


@pytest.mark.parametrize(
    ("ends", "more"),
    [
        (("unit/lost", CELL.id), {}),
        ((OFFICE.id, "unit/lost"), {}),
        ((OFFICE.id, CELL.id), {"onBehalfOf": "unit/lost"}),
    ],
)
def test_a_statement_that_names_what_nothing_brings_in_is_a_fault(
    ends: tuple[str, str], more: dict[str, str]
) -> None:
    capture, found = read("notes", "Notes of the week\n\nThe Gale Cell met.\n")
    place = (start := capture.text.index("The Gale"), start + 9)
    evidence = Evidence("document/notes", *place, text_hash("The Gale "), "r@1", 0.9, quote="The Gale ")
    loose = make_statement(SCHEMA, ends[0], "SUPPORTS", ends[1], qualifiers=more, evidence=[evidence])
    with pytest.raises(DataError) as raised:
        built([(capture, replace(found, statements=(*found.statements, loose)))])
    (fault,) = raised.value.faults
    assert (fault.file, fault.line) == ("notes.txt", 3)
    assert f"{ends[0]} SUPPORTS {ends[1]} names unit/lost" in fault.message
    assert "report" in fault.mend


def test_a_document_that_goes_takes_the_statements_about_it_with_it() -> None:
    first, other = extraction("a"), extraction("b", said("b", "document/b", "MENTIONS", "document/a"))
    found = built([first, other], withdrawn=frozenset({"document/a"})).content
    assert [e.id for e in found.entities if "Document" in e.types] == ["document/b"]
    assert found.statements == ()


def test_an_entity_that_only_a_qualifier_names_stays() -> None:
    delegate = Entity("person/mara-quill", ("Person",), "Mara Quill")
    event = Entity("event/fair", ("Event",), "Fair")
    party = said("a", delegate.id, "PARTICIPATED_IN", event.id, onBehalfOf="agency/dew")
    office = Entity("agency/dew", ("Agency",), "Dew Office")
    found = content([extraction("a", delegate, event, office, party)])
    assert of(found, "agency/dew") == office


def test_what_the_register_says_of_an_id_stands() -> None:
    claim = said("a", OFFICE.id, "SUPPORTS", CELL.id)
    other = replace(OFFICE, name="Another name", types=("Unit",))
    assert of(content([extraction("a", other, claim)]), OFFICE.id) == OFFICE


def test_names_and_acronyms_are_united() -> None:
    one = Entity("agency/x", ("Agency",), "X Office", ("XO",), ("XO",), {"summary": "s"})
    other = Entity("agency/x", ("Agency",), "Office of X", ("OX", "XO"), ("OX",), {"country": AMBRIA.id})
    (joined,) = united([one, other])
    assert joined.name == "X Office"
    assert joined.aliases == ("OX", "Office of X", "XO")
    assert joined.acronyms == ("OX", "XO")
    assert joined.properties == {"summary": "s", "country": AMBRIA.id}


def test_an_accepted_candidate_is_real_in_the_next_build() -> None:
    claim = said("a", OFFICE.id, "SUPPORTS", "candidate/gust-squad", CANDIDATE)
    documents = [extraction("a", made("Gust Squad", reason="a title"), mention("a"), claim)]
    about = Naming("Gust Squad", type="Unit")
    decided = Judgements(SCHEMA, (Judgement(about, ACCEPT, "curator", "2024-05-01"),))
    known = decided.applied_to_register(KNOWN)
    found = built(documents, register=known, judgements=decided).content
    real = of(found, "unit/gust-squad")
    assert real is not None
    assert real.types == ("Unit",)
    assert of(found, "candidate/gust-squad") is None
    named = {s.predicate: s.object for s in found.statements}
    assert named == {"MENTIONS": "unit/gust-squad", "SUPPORTS": "unit/gust-squad"}


# --- curated documents ----------------------------------------------------------------------------------

CLAUSE = "The Amber Office helps the Gale Cell with boats."
TEXT = f"Harbour notes\n\nA launch arrived.\n{CLAUSE}\nThe course goes on.\n"


def curated(text: str = TEXT) -> CuratedFacts:
    start = text.index(CLAUSE)
    pointer = Evidence("document/notes", start, start + len(CLAUSE), text_hash(CLAUSE), CURATED, summary="s")
    statement = make_statement(SCHEMA, OFFICE.id, "SUPPORTS", CELL.id, evidence=[pointer])
    places = {statement.id: ("facts/notes.yaml", 3), pointer.id_for(statement.id): ("facts/notes.yaml", 7)}
    return CuratedFacts({}, (statement,), places)


def with_notes(text: str, sha256: str | None, earlier: dict[str, str] | None = None) -> Built:
    """The build with the curated document, whose recorded hash and whose text may differ."""
    properties = {"sha256": sha256} if sha256 else {}
    notes = Entity("document/notes", ("Document",), "Notes", properties=dict(properties))
    known: Register = replace(KNOWN, entities={**KNOWN.entities, notes.id: notes})
    capture = Capture(
        replace(notes, properties={"sha256": text_hash(text), "file": "notes.txt"}), text, 0, earlier or {}
    )
    sources = Sources(known, curated(), {notes.id: capture}, {}, ())
    return build(SCHEMA, sources)


def support(found: Built) -> Statement:
    return next(s for s in found.content.statements if s.predicate == "SUPPORTS")


def test_in_its_own_text_a_pointer_must_hold() -> None:
    assert support(with_notes(TEXT, text_hash(TEXT))).evidence[0].quote == CLAUSE
    other = "New.\n" + TEXT
    start = other.index(CLAUSE)
    with pytest.raises(DataError, match=rf"notes\.yaml:7.*it stands at {start}-"):
        with_notes(other, text_hash(other))


def test_in_a_corrected_text_a_pointer_moves_with_its_clause() -> None:
    text = "Corrected.\n" + TEXT
    found = with_notes(text, text_hash(TEXT))
    (evidence,) = support(found).evidence
    assert (evidence.anchor, evidence.start, evidence.quote) == (SHIFTED, text.index(CLAUSE), CLAUSE)
    assert support(found).status == ACCEPTED
    assert [one.state for one in found.moved] == [SHIFTED]
    document = of(found.content, "document/notes")
    assert document is not None
    assert document.properties["sha256"] == text_hash(text)


@pytest.mark.parametrize(
    ("text", "state"),
    [(TEXT.replace("with boats", "with two boats"), CHANGED_WORDING), ("Nothing is left of it.", ORPHAN)],
)
def test_a_statement_whose_clause_is_gone_waits_for_review(text: str, state: str) -> None:
    found = with_notes(text, text_hash(TEXT), {text_hash(CLAUSE): CLAUSE})
    statement = support(found)
    assert (statement.status, statement.evidence[0].state) == (CANDIDATE, state)
    assert not statement.evidence[0].holds


def test_what_rules_find_in_a_curated_document_waits_and_its_candidates_stay() -> None:
    notes = Entity("document/notes", ("Document",), "Notes", properties={"sha256": text_hash(TEXT)})
    claims = (
        said("notes", COUNCIL.id, "SUPPORTS", CELL.id),
        said("notes", OFFICE.id, "SUPPORTS", CELL.id, scope="with boats"),
        said("notes", OFFICE.id, "SUPPORTS", "candidate/gust-squad", CANDIDATE),
        said("notes", "commitment/one", "INVOLVES", CELL.id),
    )
    pledge = Entity("commitment/one", ("Commitment",), "A pledge")
    _, found = extraction("notes", made("Gust Squad", reason="a title"), pledge, mention("notes"), *claims)
    known: Register = replace(KNOWN, entities={**KNOWN.entities, notes.id: notes})
    result = build(
        SCHEMA, Sources(known, curated(), {notes.id: Capture(notes, TEXT)}, {notes.id: found}, ())
    ).content
    assert of(result, "candidate/gust-squad") is not None
    assert of(result, "commitment/one") is None
    status = {(s.subject, s.object): s.status for s in result.statements if s.predicate == "SUPPORTS"}
    assert status == {
        (COUNCIL.id, CELL.id): CANDIDATE,
        (OFFICE.id, CELL.id): ACCEPTED,
        (OFFICE.id, "candidate/gust-squad"): CANDIDATE,
    }
