"""The checks of records and evidence, and the report of what they find; test_shapes.py breaks each shape."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace

import pyshacl
import pytest
import rdflib
import typer
from hypothesis import given, settings
from rdflib import DC, RDF, SH, XSD, Literal, URIRef

from cli.validating import ReportFormat, validate_command
from graph.changes import Content, difference
from graph.checks import check, check_evidence
from graph.findings import SHAPE_NS, VIOLATION, Finding, Report
from graph.reading import read_lacking_an_end
from graph.records import CANDIDATE, Entity, Statement, Value, make_statement, text_hash
from graph.settings import Settings
from graph.vocabulary import MATCHES
from loaders.register import REGISTER
from schema.model import SHAPES, C
from tests import rdf_samples as sample
from tests.conftest import Graph
from tests.rdf_samples import BASE, ENTITIES, ID, LETTER, SCHEMA, STATEMENTS

SUPPORTS, POINTER = sample.SUPPORTS.id, sample.POINTER.id_for(sample.SUPPORTS.id)
EVIDENCE = URIRef(f"{ID}evidence/{POINTER}")


def found(*extra: Entity | Statement) -> list[tuple[str, str, str]]:
    """Focus, message and severity of the findings on the sample with further records."""
    entities = [*ENTITIES, *(e for e in extra if isinstance(e, Entity))]
    statements = [*STATEMENTS, *(s for s in extra if isinstance(s, Statement))]
    return [(f.focus, f.message, f.severity) for f in violations(entities, statements)]


def violations(entities: Iterable[Entity], statements: Iterable[Statement]) -> list[Finding]:
    """The findings that are no warnings."""
    report = check(SCHEMA, entities, statements, BASE)
    return [f for f in report.findings if f.severity == VIOLATION]


def test_there_is_a_shape_for_every_term() -> None:
    shapes = rdflib.Graph().parse(SHAPES)
    targets = set(shapes.objects(None, SH.targetClass)) | set(shapes.objects(None, SH.targetNode))
    targets |= set(shapes.objects(None, SH.targetSubjectsOf))
    fields = [*SCHEMA.attributes.values(), *SCHEMA.qualifiers.values()]
    terms = {f.iri for f in fields} | {t.iri for t in SCHEMA.types.values()}
    terms |= {p.iri for p in SCHEMA.predicates.values()}
    assert {URIRef(term) for term in terms} - targets == {C.name, C.aliases, *(C[name] for name in MATCHES)}


def test_the_sample_passes() -> None:
    report = check(SCHEMA, ENTITIES, STATEMENTS, BASE, {LETTER: sample.TEXT}.get)
    assert report.conforms
    assert {f.shape for f in report.findings} == {
        *("Document-found", "Document-language", "Document-sha256", "Observation-measure"),
        "Observation-result",
    }


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
    assert violations(*sensible(*graph)) == []


def sensible(
    entities: Iterable[Entity], statements: Iterable[Statement]
) -> tuple[list[Entity], list[Statement]]:
    """The same with values of the closed lists, and without what the schema allows and the shapes do not."""
    fixed: dict[str, Value] = {"modality": "agree", "rounding": "about", "ordinal": "3"}
    fitting = []
    for entity in entities:
        properties = {name: fixed.get(name, value) for name, value in entity.properties.items()}
        pillar = {"pillar": "A heading"} if "Commitment" in entity.types else {}
        fitting.append(replace(entity, properties=properties | pillar))
    said = (s for s in statements if s.evidence and s.subject != s.object)
    return fitting, [s for s in said if s.predicate != "PRECEDES"]


def test_a_country_without_its_code_is_a_warning() -> None:
    report = check(SCHEMA, [Entity("country/bb", ("Country",), "B")], [], BASE)
    (finding,) = report.findings
    assert (finding.focus, finding.path, finding.shape) == ("country/bb", ":iso3166", "Country-iso3166")
    assert (finding.severity, report.conforms) == ("warning", True)


def test_a_statement_without_evidence_is_found() -> None:
    bare = make_statement(SCHEMA, "agency/bureau", "OPERATES", "unit/cell")
    assert {message for focus, message, _ in found(bare) if focus == bare.id} == {
        "a statement rests on at least one evidence"
    }


def test_an_unknown_entity_is_found_with_the_statement_that_names_it() -> None:
    lost = make_statement(SCHEMA, "agency/bureau", "OPERATES", "unit/lost", evidence=[sample.CURATED])
    (finding,) = violations(ENTITIES, [lost])
    assert (finding.focus, finding.owner, finding.value) == (lost.id, lost.id, "unit/lost")
    assert finding.message == "OPERATES: the object is Program or Unit"


def test_findings_on_evidence_name_their_statement() -> None:
    faulty = replace(sample.POINTER, confidence=2.0, end=sample.START)
    statement = make_statement(SCHEMA, "agency/bureau", "OPERATES", "unit/cell", evidence=[faulty])
    findings = violations(ENTITIES, [statement])
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


def test_the_command_tells_where_faults_come_from(
    scratch: Graph, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loose = (
        make_statement(SCHEMA, "agency/bureau", "FUNDS", "unit/nowhere", evidence=[sample.POINTER]),
        make_statement(SCHEMA, "agency/nowhere", "FUNDS", "unit/cell", evidence=[sample.POINTER]),
    )
    unsure = replace(sample.POINTER, confidence=2.0)
    said = make_statement(SCHEMA, "agency/atf", "OPERATES", "unit/cell", evidence=[unsure])
    curated = Entity("agency/atf", ("Agency",), "ATF", properties={"country": "country/aa", "wikidata": "42"})
    content = Content((*ENTITIES, curated), (*STATEMENTS, said, *loose))
    scratch.store.apply(SCHEMA, difference(SCHEMA, content, scratch.store.known()))
    assert read_lacking_an_end(scratch.store) == sorted(s.id for s in loose)
    monkeypatch.setattr(Settings, "from_environment", lambda: scratch.settings)
    with pytest.raises(typer.Exit) as exit_:
        validate_command(ReportFormat.JSON, evidence=False, repair=False, facts=None)
    assert exit_.value.exit_code == 1
    told = json.loads(capsys.readouterr().out)
    assert told["conforms"] is False
    places = {f["shape"]: f["place"] for f in told["findings"] if f["severity"] == "violation"}
    file, line = re.fullmatch(r"register/(us-agencies.yaml):(\d+)", places["wikidata-value"]).groups()  # type: ignore[union-attr]
    assert "id: agency/atf" in (REGISTER / file).read_text().splitlines()[int(line) - 1]
    clause = f"{LETTER} {sample.START}–{sample.START + len(sample.CLAUSE)} “{sample.CLAUSE}”"
    assert places["Evidence-confidence"] == clause
    assert {f["focus"] for f in told["findings"] if f["shape"] == "Statement-whole"} == {s.id for s in loose}


BROKEN = Entity("Unit/cell", ("Unit",), "Cell", properties={"wikidata": "42"})


@pytest.fixture(scope="module")
def report() -> Report:
    """A report with warnings, violations of simple and other paths, and a pointer at fault."""
    evidence = (replace(sample.POINTER, quote="Other words.", confidence=2.0),)
    held = [replace(s, evidence=evidence) if s.id == SUPPORTS else s for s in STATEMENTS]
    found = check(SCHEMA, [*ENTITIES, BROKEN], held, BASE)
    return found.placed(lambda finding: f"somewhere/{finding.focus}")


def test_the_report_as_a_table(report: Report) -> None:
    lines = list(report.as_lines())
    assert len(lines) == len(report.findings)
    severities = [line.split()[1] for line in lines]
    assert severities == sorted(severities)
    row = next(line for line in lines if "Evidence-confidence" in line)
    assert row.split()[:5] == [
        *(f"somewhere/{POINTER}", "violation", POINTER, ":confidence", "Evidence-confidence")
    ]
    assert row.endswith("confidence is a number from 0 to 1: 2.0")


# What the W3C asks of a report.
REPORT_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
[] a sh:NodeShape ; sh:targetClass sh:ValidationReport ;
    sh:property [ sh:path sh:conforms ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:boolean ] ,
        [ sh:path sh:result ; sh:class sh:ValidationResult ; sh:minCount 1 ] .
[] a sh:NodeShape ; sh:targetClass sh:ValidationResult ;
    sh:property [ sh:path sh:focusNode ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:BlankNodeOrIRI ] ,
        [ sh:path sh:resultSeverity ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( sh:Violation sh:Warning ) ] ,
        [ sh:path sh:sourceConstraintComponent ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:sourceShape ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
        [ sh:path sh:value ; sh:maxCount 1 ] , [ sh:path sh:resultPath ; sh:maxCount 1 ] ,
        [ sh:path sh:resultMessage ; sh:minCount 1 ; sh:uniqueLang true ] .
"""


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("format_name", "parser"),
    [("turtle", "turtle"), ("ntriples", "nt"), ("rdfxml", "xml"), ("jsonld", "json-ld")],
)
def test_the_report_of_the_w3c(report: Report, format_name: str, parser: str) -> None:
    graph = rdflib.Graph().parse(data=report.as_rdf(format_name), format=parser)
    shapes = rdflib.Graph().parse(data=REPORT_SHAPES, format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes)
    assert conforms, text
    results = set(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(report.findings)
    pointer = graph.value(predicate=SH.sourceShape, object=URIRef(f"{SHAPE_NS}Evidence-pointer"))
    assert graph.value(pointer, SH.focusNode) == EVIDENCE
    assert graph.value(pointer, DC.source) == Literal(f"somewhere/{POINTER}")
    unsure = graph.value(predicate=SH.sourceShape, object=URIRef(f"{SHAPE_NS}Evidence-confidence"))
    assert graph.value(unsure, SH.value) == Literal("2.0", datatype=XSD.decimal)
    assert graph.value(unsure, SH.resultPath) == C.confidence
    inverse = graph.value(predicate=SH.sourceShape, object=URIRef(f"{SHAPE_NS}Observation-result"))
    path = graph.value(inverse, SH.resultPath)
    assert path is not None
    assert graph.value(path, SH.inversePath) == C.resultedIn


def test_warnings_alone_conform_for_us_and_not_for_the_w3c() -> None:
    warned = Report((Finding("country/bb", "country/bb", "m", "warning", shape="s", constraint="x:y"),), BASE)
    assert warned.conforms
    for report, conforms in ((warned, False), (Report((), BASE), True)):
        graph = rdflib.Graph().parse(data=report.as_rdf("turtle"), format="turtle")
        assert list(graph.objects(None, SH.conforms)) == [Literal(conforms)]
