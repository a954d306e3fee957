"""`carisec validate FILE`: RDF that somebody wants to load, with the line and the clause of each fault."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
import typer
from pyoxigraph import RdfFormat, serialize

from cli.validating import ReportFormat, validate_command
from graph.export import export, export_source
from graph.rdf import quads, triples
from graph.records import Entity
from graph.sources import Held
from loaders.rdf.checking import FileReport, check_file
from schema.errors import DataError, UsageError
from tests import rdf_samples as sample
from tests.rdf_samples import BASE, ENTITIES, ID, LETTER, SCHEMA, STATEMENTS

SUPPORTS, POINTER = sample.SUPPORTS.id, sample.POINTER.id_for(sample.SUPPORTS.id)


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    """The sample as N-Triples, with texts replaced."""
    data = serialize(triples(SCHEMA, ENTITIES, STATEMENTS, BASE), format=RdfFormat.N_TRIPLES) or b""
    text = data.decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "sample.nt"
    path.write_text(text)
    return path


def checked(path: Path, known: Iterable[Entity] = ()) -> FileReport:
    return check_file(SCHEMA, path, BASE, {e.id: e for e in known}, {LETTER: sample.TEXT}.get)


@pytest.mark.parametrize("name", ["turtle.ttl", "trig.trig", "nquads.nq", "jsonld.jsonld", "rdfxml.rdf"])
def test_every_format_of_an_export_conforms(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as out:
        export(path.stem, SCHEMA, ENTITIES, STATEMENTS, BASE, out)
    done = checked(path)
    assert done.report.conforms
    assert not done.unchecked


def test_a_fault_is_told_with_its_line_and_clause(tmp_path: Path) -> None:
    confidence = '"0.85"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    path = written(tmp_path, (confidence, confidence.replace("0.85", "1.85")))
    done = checked(path)
    assert not done.report.conforms
    assert done.unchecked
    faults = [f for f in done.report.findings if f.shape == "Evidence-confidence"]
    place = re.compile(rf"sample\.nt:(\d+) {LETTER} {sample.START}–\d+ “{sample.CLAUSE}”")
    for fault in faults:
        match = place.fullmatch(fault.place)
        assert match, fault.place
        assert f"/id/evidence/{fault.focus}" in path.read_text().splitlines()[int(match[1]) - 1]
    assert POINTER in {fault.focus for fault in faults}


def test_a_quote_that_is_not_the_clause_is_found_where_all_else_is_well(tmp_path: Path) -> None:
    done = checked(written(tmp_path, (f'"{sample.CLAUSE}"', '"Something else."')))
    assert {f.shape for f in done.report.findings if f.severity == "violation"} == {"Evidence-pointer"}


def test_known_entities_need_no_description(tmp_path: Path) -> None:
    path = tmp_path / "more.trig"
    said = quads(SCHEMA, [], [sample.SUPPORTS], BASE)
    path.write_bytes(serialize(said, format=RdfFormat.TRIG) or b"")
    unknown = {f.shape for f in checked(path).report.findings}
    assert {"Statement-subject", "Evidence-document"} <= unknown
    left = checked(path, ENTITIES).report.findings
    assert [f.shape for f in left] == []


def test_a_class_stands_for_those_above_it_and_a_triple_term_for_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "terms.ttl"
    with path.open("wb") as out:
        export_source("turtle", SCHEMA, Held(ENTITIES, STATEMENTS), BASE, out, triple_terms=True)
    assert checked(path).report.conforms
    bare = tmp_path / "bare.ttl"
    bare.write_text(
        f"<{ID}person/someone> a <{SCHEMA.types['Person'].iri}> ;\n"
        '  <http://www.w3.org/2000/01/rdf-schema#label> "Someone"@en ;\n'
        '  <http://www.w3.org/2004/02/skos/core#prefLabel> "Someone"@en .\n'
    )
    assert checked(bare).report.findings == ()


def test_what_is_no_rdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("words")
    with pytest.raises(UsageError, match="no RDF file"):
        checked(path)
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text("<a b> .")
    with pytest.raises(DataError, match=r"wrong\.ttl"):
        checked(wrong)


def test_the_command_checks_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "country.ttl"
    iri = "https://w3id.org/carisec/id/country/zz"
    path.write_text(f"<{iri}> a <{SCHEMA.types['Country'].iri}> .\n")
    with pytest.raises(typer.Exit) as exit_:
        validate_command(ReportFormat.JSON, evidence=False, repair=False, facts=None, files=[path])
    assert exit_.value.exit_code == 1
    told = json.loads(capsys.readouterr().out)["findings"]
    assert {(f["shape"], f["place"]) for f in told} == {
        ("Entity-name", "country.ttl:1"),
        ("Country-iso3166", "country.ttl:1"),
    }
    with pytest.raises(UsageError, match="leave out the files"):
        validate_command(ReportFormat.TEXT, evidence=True, repair=False, facts=None, files=[path])
    with pytest.raises(UsageError, match="one by one"):
        validate_command(ReportFormat.JSON, evidence=False, repair=False, facts=None, files=[path, path])
