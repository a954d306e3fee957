"""The shapes and the checks of evidence: the sample passes, and each thing broken once is found."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import rdflib
import typer
from hypothesis import given, settings
from pyoxigraph import RdfFormat, serialize
from rdflib import RDF, SH, SKOS, XSD, Literal, URIRef
from rdflib.namespace import PROV

from cli.validating import ReportFormat, validate_command
from graph.changes import Content, difference
from graph.checks import Finding, Report, check, check_evidence, check_shapes
from graph.rdf import triples
from graph.reading import read_lacking_an_end, read_statements
from graph.records import CANDIDATE, Entity, Statement, make_statement, text_hash
from graph.settings import Settings
from schema.model import SHAPES, C
from tests import rdf_samples as sample
from tests.conftest import Graph
from tests.rdf_samples import BASE, ENTITIES, ID, LETTER, SCHEMA, STATEMENTS

OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SUPPORTS, POINTER = sample.SUPPORTS.id, sample.POINTER.id_for(sample.SUPPORTS.id)
STATEMENT, EVIDENCE = URIRef(f"{ID}statement/{SUPPORTS}"), URIRef(f"{ID}evidence/{POINTER}")
POSITION, CLAUSE, QUOTE = (URIRef(f"{EVIDENCE}#{part}") for part in ("position", "clause", "quote"))

HELD = URIRef(f"{ID}statement/{sample.DATED.id}")

Break = Callable[[rdflib.Graph], object]


def node(path: str) -> URIRef:
    return URIRef(ID + path)


BUREAU, CELL, COUNTRY = node("agency/bureau"), node("unit/cell"), node("country/aa")
DIALOGUE, SEIZED, TRACING = node("dialogue/1"), node("observation/seized"), node("topic/tracing")


def typed(text: str, datatype: URIRef) -> Literal:
    return Literal(text, datatype=datatype)


def offset(number: int) -> Literal:
    return Literal(str(number), datatype=XSD.nonNegativeInteger)


def drop(subject: URIRef, predicate: URIRef, value: URIRef | None = None) -> Break:
    return lambda graph: graph.remove((subject, predicate, value))


def put(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Break:
    return lambda graph: graph.set((subject, predicate, value))


def add(subject: URIRef, predicate: URIRef, value: URIRef | Literal) -> Break:
    return lambda graph: graph.add((subject, predicate, value))


@pytest.fixture
def graph() -> rdflib.Graph:
    data = serialize(triples(SCHEMA, ENTITIES, STATEMENTS, BASE), format=RdfFormat.N_TRIPLES)
    return rdflib.Graph().parse(data=data or b"", format="nt")


def found(*extra: Entity | Statement) -> list[tuple[str, str, str]]:
    """Focus, message and severity of the findings on the sample with further records."""
    entities = [*ENTITIES, *(e for e in extra if isinstance(e, Entity))]
    statements = [*STATEMENTS, *(s for s in extra if isinstance(s, Statement))]
    return [(f.focus, f.message, f.severity) for f in check(SCHEMA, entities, statements, BASE).findings]


def test_there_is_a_shape_for_every_term() -> None:
    shapes = rdflib.Graph().parse(SHAPES)
    targets = set(shapes.objects(None, SH.targetClass)) | set(shapes.objects(None, SH.targetNode))
    targets |= set(shapes.objects(None, SH.targetSubjectsOf))
    fields = [*SCHEMA.attributes.values(), *SCHEMA.qualifiers.values()]
    terms = {f.iri for f in fields} | {t.iri for t in SCHEMA.types.values()}
    terms |= {p.iri for p in SCHEMA.predicates.values()}
    assert {URIRef(term) for term in terms} - targets == {C.name, C.aliases}


def test_the_sample_passes() -> None:
    report = check(SCHEMA, ENTITIES, STATEMENTS, BASE, {LETTER: sample.TEXT}.get)
    assert report.findings == ()
    assert report.conforms


def test_what_is_said_of_a_candidate_waits_with_it() -> None:
    name = Entity("candidate/harbour-unit", ("Candidate",), "Harbour Unit")
    said = make_statement(SCHEMA, "agency/bureau", "OPERATES", name.id, evidence=[sample.POINTER])
    assert found(name, replace(said, status=CANDIDATE)) == []
    assert found(name, said) == [(said.id, "what is said of a candidate is not accepted", "violation")]


@given(sample.graphs())
@settings(max_examples=20, deadline=None)
def test_whatever_fits_the_schema_and_has_evidence_passes(
    graph: tuple[list[Entity], list[Statement]],
) -> None:
    assert check(SCHEMA, graph[0], [s for s in graph[1] if s.evidence], BASE).findings == ()


@pytest.mark.parametrize(
    ("focus", "message", "breaking"),
    [
        ("unit/cell", "an entity has one name", drop(CELL, rdflib.RDFS.label)),
        ("unit/cell", "an entity has one name", add(CELL, rdflib.RDFS.label, Literal("B"))),
        ("unit/cell", "preferred label", put(CELL, SKOS.prefLabel, Literal("Other"))),
        ("Unit/cell", "an id is", add(node("Unit/cell"), RDF.type, C.Entity)),
        ("unit/cell", "Unit is also: Organization", drop(CELL, RDF.type, C.Organization)),
        ("country/aa", "iso3166", put(COUNTRY, C.iso3166, Literal("Aland"))),
        ("agency/bureau", "wikidata", put(BUREAU, C.wikidata, Literal("42"))),
        ("agency/bureau", "country: one entity", put(BUREAU, C.country, node("country/zz"))),
        ("dialogue/1", "ordinal", put(DIALOGUE, C.ordinal, Literal("1"))),
        ("dialogue/1", "unit: the entity is Observation", add(DIALOGUE, C.unit, Literal("x"))),
        ("observation/seized", "value is missing", drop(SEIZED, C.value)),
        ("observation/seized", "period", put(SEIZED, C.reportedPeriod, Literal("x"))),
        ("document/letter", "published", put(node(LETTER), C.published, typed("2022-11", XSD.date))),
        ("document/letter", "captured: one", add(node(LETTER), C.captured, Literal(False))),
        ("topic/tracing", "a topic is in the topic scheme", drop(TRACING, SKOS.inScheme)),
        ("topic/tracing", "broader one or is a top", drop(TRACING, SKOS.broader)),
        ("topic/tracing", "broader of a topic", put(TRACING, SKOS.broader, CELL)),
        (SUPPORTS, "one subject", put(STATEMENT, RDF.subject, node("agency/none"))),
        (SUPPORTS, "one predicate", put(STATEMENT, RDF.predicate, C.likes)),
        (SUPPORTS, "one object", drop(STATEMENT, RDF.object)),
        (SUPPORTS, "SUPPORTS: the subject is", put(STATEMENT, RDF.subject, TRACING)),
        (SUPPORTS, "SUPPORTS: the object is", put(STATEMENT, RDF.object, TRACING)),
        (SUPPORTS, "SUPPORTS: the object is", put(STATEMENT, RDF.object, Literal("text"))),
        (sample.DATED.id, "HELD_ON: the object is", put(HELD, RDF.object, Literal("soon"))),
        (SUPPORTS, "accepted, candidate, retracted", put(STATEMENT, C.status, Literal("maybe"))),
        (SUPPORTS, "at least one evidence", drop(STATEMENT, C.evidence)),
        (SUPPORTS, "names its documents", drop(STATEMENT, PROV.wasDerivedFrom)),
        (SUPPORTS, "date: one date", put(STATEMENT, C.date, Literal("soon"))),
        (SUPPORTS, "onBehalfOf: one entity", put(STATEMENT, C.onBehalfOf, Literal("country/aa"))),
        (SUPPORTS, "amount", put(STATEMENT, C.amount, typed("12", C.Amount))),
        ("unit/cell", "role is a qualifier", add(CELL, C.role, Literal("host"))),
        (POINTER, "for one statement", drop(EVIDENCE, OA.hasBody)),
        (POINTER, "names one document", put(EVIDENCE, PROV.wasDerivedFrom, CELL)),
        (POINTER, "64 hexadecimal", put(EVIDENCE, C.clauseSha256, Literal("A" * 64))),
        (POINTER, "names the rule", drop(EVIDENCE, C.rule)),
        (POINTER, "from 0 to 1", put(EVIDENCE, C.confidence, typed("1.1", XSD.decimal))),
        (POINTER, "points to one clause", drop(EVIDENCE, OA.hasTarget)),
        (POINTER, "of one document", drop(CLAUSE, OA.hasSource)),
        (POINTER, "one position", drop(CLAUSE, OA.hasSelector, POSITION)),
        (POINTER, "starts before it ends", put(POSITION, OA.end, offset(sample.START))),
        (POINTER, "the start of a clause", put(POSITION, OA.start, offset(-1))),
        (POINTER, "the end of a clause", drop(POSITION, OA.end)),
        (POINTER, "a quote is text", put(QUOTE, OA.exact, Literal(""))),
    ],
)  # fmt: skip
def test_each_shape_finds_what_breaks_it(
    graph: rdflib.Graph, focus: str, message: str, breaking: Break
) -> None:
    breaking(graph)
    findings = [f for f in check_shapes(graph, BASE) if f.focus == focus and message in f.message]
    assert findings
    assert all(f.severity == "violation" and f.constraint.startswith(str(SH)) for f in findings)


def test_a_country_without_its_code_is_a_warning() -> None:
    assert found(Entity("country/bb", ("Country",), "B")) == [
        ("country/bb", "Country: iso3166 is missing", "warning")
    ]


def test_a_statement_without_evidence_is_found() -> None:
    bare = make_statement(SCHEMA, "agency/bureau", "OPERATES", "unit/cell")
    assert {message for focus, message, _ in found(bare) if focus == bare.id} == {
        "a statement rests on at least one evidence",
        "a statement names its documents, and they are in the graph",
    }


def test_an_unknown_entity_is_found_with_the_statement_that_names_it() -> None:
    lost = make_statement(SCHEMA, "agency/bureau", "OPERATES", "unit/lost", evidence=[sample.CURATED])
    (finding,) = check(SCHEMA, ENTITIES, [lost], BASE).findings
    assert (finding.focus, finding.owner, finding.value) == (lost.id, lost.id, "unit/lost")
    assert finding.message == "OPERATES: the object is Program or Unit"


def test_findings_on_evidence_name_their_statement() -> None:
    faulty = replace(sample.POINTER, confidence=2.0, end=sample.START)
    statement = make_statement(SCHEMA, "agency/bureau", "OPERATES", "unit/cell", evidence=[faulty])
    findings = check(SCHEMA, ENTITIES, [statement], BASE).findings
    assert {f.message for f in findings} == {
        "confidence is a number from 0 to 1",
        "a clause starts before it ends",
    }
    assert {(f.owner, f.focus) for f in findings} == {(statement.id, faulty.id_for(statement.id))}


@pytest.mark.parametrize(
    ("changes", "text", "message"),
    [
        ({}, sample.TEXT, None),
        ({}, None, None),
        ({"quote": None}, sample.TEXT, None),
        ({"quote": "Something else."}, None, "the quote is not the clause"),
        ({}, sample.TEXT.replace("helps", "hates"), "is not the clause that was recorded"),
        ({"start": 0}, sample.TEXT, "is not the clause that was recorded"),
        ({}, "Dear all,", "outside the text, which has 9 characters"),
        ({"start": -5}, sample.TEXT, "outside the text"),
        ({"sha256": text_hash("x")}, sample.TEXT, "sha256 differs"),
    ],
)
def test_evidence_is_held_against_quote_and_text(
    changes: dict[str, object], text: str | None, message: str | None
) -> None:
    evidence = replace(sample.POINTER, **changes)  # type: ignore[arg-type]
    statement = replace(sample.SUPPORTS, evidence=(evidence,))
    findings = list(check_evidence([statement], lambda document: text if document == LETTER else None))
    assert bool(findings) == (message is not None)
    for finding in findings:
        assert (finding.owner, finding.focus) == (SUPPORTS, evidence.id_for(SUPPORTS))
    if message:
        assert any(message in f.message for f in findings)


def test_each_text_is_asked_for_once() -> None:
    asked = []

    def text_of(document: str) -> None:
        asked.append(document)

    list(check_evidence(STATEMENTS, text_of))
    assert sorted(asked) == sorted({e.document for s in STATEMENTS for e in s.evidence})


def test_statements_that_lack_an_end_are_counted(
    scratch: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loose = (
        make_statement(SCHEMA, "agency/bureau", "FUNDS", "unit/nowhere", evidence=[sample.POINTER]),
        make_statement(SCHEMA, "agency/nowhere", "FUNDS", "unit/cell", evidence=[sample.POINTER]),
    )
    content = Content(ENTITIES, (*STATEMENTS, *loose))
    scratch.store.apply(SCHEMA, difference(SCHEMA, content, scratch.store.known()))
    assert {s.id for s in read_statements(scratch.store, SCHEMA)} == {s.id for s in STATEMENTS}
    assert read_lacking_an_end(scratch.store) == sorted(s.id for s in loose)
    monkeypatch.setattr(Settings, "from_environment", lambda: scratch.settings)
    with pytest.raises(typer.Exit) as exit_:
        validate_command(ReportFormat.TEXT, evidence=False, repair=False, facts=None)
    assert exit_.value.exit_code == 1
    told = capsys.readouterr().out
    assert f"{len(ENTITIES)} entities and {len(STATEMENTS) + 2} statements checked: 2 findings" in told
    assert all(f"{statement.id} lacks its subject or its object" in told for statement in loose)


CONFIDENCE = "confidence is a number from 0 to 1: 2.0"
REPORT = Report(
    (
        Finding("country/bb", "country/bb", "Country: iso3166 is missing", "warning"),
        Finding(POINTER, SUPPORTS, "confidence is a number from 0 to 1", value="2.0"),
        Finding("https://example.net/x", "https://example.net/x", "an id is wrong"),
    ),
    BASE,
)


def test_the_report_as_text() -> None:
    lines = REPORT.as_text().splitlines()
    assert len(lines) == 4
    assert lines[1].split() == [
        "violation",
        SUPPORTS,
        POINTER,
        *CONFIDENCE.split(),
    ]
    assert lines[-1] == "3 findings, 2 of them violations"
    assert Report((), BASE).as_text() == "0 findings, 0 of them violations\n"


def test_the_report_as_rdf() -> None:
    graph = rdflib.Graph().parse(data=REPORT.as_turtle(), format="turtle")
    report = graph.value(None, RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(False)
    focus = {str(graph.value(r, SH.focusNode)): r for r in graph.objects(report, SH.result)}
    assert set(focus) == {ID + "country/bb", str(EVIDENCE), "https://example.net/x"}
    assert graph.value(focus[ID + "country/bb"], SH.resultSeverity) == SH.Warning
    assert graph.value(focus[str(EVIDENCE)], SH.resultMessage) == Literal(
        "confidence is a number from 0 to 1"
    )
    assert (None, SH.conforms, Literal(True)) in rdflib.Graph().parse(
        data=Report((), BASE).as_turtle(), format="turtle"
    )


def test_warnings_alone_conform() -> None:
    assert Report(REPORT.findings[:1], BASE).conforms
    assert not REPORT.conforms
