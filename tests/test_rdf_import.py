"""RDF files as a source of the graph: exports of ours come back whole, RDF of others keeps to the rules."""

import gzip
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.anchors import Source
from graph.captures import CaptureStore
from graph.changes import Content
from graph.export import FORMATS as EXPORTS
from graph.export import export
from graph.imports import ImportStore, Kept
from graph.reading import read_content
from graph.records import ACCEPTED, CANDIDATE, Entity, Statement, text_hash
from loaders.build import Sources, build
from loaders.facts import CuratedFacts
from loaders.load import load
from loaders.rdf import files
from loaders.rdf.files import FORMATS
from loaders.rdf.gathering import Gathered, gather, take_files
from loaders.rdf.reading import Imported
from loaders.reference import RDF_EXAMPLE
from loaders.register import Register
from schema.model import C, Schema
from tests import rdf_samples as sample
from tests.commands import carisec
from tests.conftest import Graph, embedded_only, environment
from tests.rdf_samples import BASE, ID, SCHEMA

RDF = ("turtle", "ntriples", "nquads", "trig", "jsonld", "rdfxml")
SUFFIXES = {name: EXPORTS[name].suffix for name in RDF}
CLAUSE = "The reef office lends boats to the tide unit."
TEXT = f"Notes\n\n{CLAUSE} More follows.\n"
START = TEXT.index(CLAUSE)
PREFIXES = f"""@prefix : <{C}> . @prefix id: <{ID}> . @prefix ex: <https://example.net/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
THINGS = """
ex:notes a :Document ; rdfs:label "Notes of the reef office"@en ; :published 2024 .
ex:office a :Agency ; rdfs:label "Bureau du récif"@fr, "Reef Office"@en ; skos:altLabel "RO" .
ex:tide a :Unit ; rdfs:label "Tide Unit" ; :wikidata "Q77" .
"""
EVIDENCE = f"""[ oa:hasTarget [ oa:hasSource ex:notes ; oa:hasSelector
    [ oa:start {START} ; oa:end {START + len(CLAUSE)} ], [ oa:exact "{CLAUSE}"@en ] ] ]"""
SAID = f"""[] a :Statement ; rdf:subject ex:office ; rdf:predicate :supports ; rdf:object ex:tide ;
  :evidence {EVIDENCE} ."""
TIDE = Entity("unit/tide", ("Unit",), "Tide Unit", properties={"wikidata": "Q77"})


def gathered(
    folder: Path,
    *named: tuple[str, str | bytes],
    known: tuple[Entity, ...] = (TIDE,),
    texts: dict[str, Source] | None = None,
) -> Gathered:
    """What files with these names and contents say beside the known entities."""
    paths = []
    for name, content in named:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    store = ImportStore(folder / "data")
    taken, unfit = take_files(paths, store, BASE)
    found = gather(SCHEMA, store, taken, {e.id: e for e in known}, texts or {})
    return replace(found, faults=(*unfit, *found.faults))


def foreign(folder: Path, said: str, things: str = THINGS, **more: object) -> Gathered:
    return gathered(folder, ("partners.ttl", PREFIXES + things + said), **more)  # type: ignore[arg-type]


def built(*imports: Imported) -> Content:
    nothing = Register({}, (), {}), CuratedFacts({}, (), {})
    return build(SCHEMA, Sources(*nothing, {}, {}, (), imports)).content


def exported(content: Content, name: str, base_iri: str = BASE) -> bytes:
    out = io.BytesIO()
    export(name, SCHEMA, content.entities, content.statements, base_iri, out)
    return out.getvalue()


def loadable(graph: tuple[list[Entity], list[Statement]]) -> Content:
    """A graph as a load could have made it: every statement has evidence and two ends."""
    entities, statements = graph
    kept = tuple(s for s in statements if s.evidence and s.subject != s.object)
    one = Imported(Kept("import/x", "x.ttl", ".ttl", "", BASE), tuple(entities), kept)
    return built(one)


# --- exports of ours ------------------------------------------------------------------------------------


@given(graph=sample.graphs(), name=st.sampled_from([n for n in SUFFIXES if n != "rdfxml"]))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_random_graph_comes_back_from_a_file(
    graph: tuple[list[Entity], list[Statement]],
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(files, "_try_parser", lambda *_: None)  # a process for each example
    before = loadable(graph)
    found = gathered(tmp_path, ("all" + SUFFIXES[name], exported(before, name)), known=())
    assert found.faults == ()
    after = built(*found.said)
    assert after == before
    assert after.version == before.version


@pytest.mark.parametrize("name", SUFFIXES)
def test_the_sample_comes_back_from_every_format(name: str, tmp_path: Path) -> None:
    before = loadable((list(sample.ENTITIES), list(sample.STATEMENTS)))
    body = gzip.compress(exported(before, name))
    found = gathered(tmp_path, (f"all{SUFFIXES[name]}.gz", body), known=())
    assert found.faults == ()
    assert built(*found.said) == before


def test_the_bundled_graph_comes_back_whole(
    graph: Graph, scratch: Graph, schema: Schema, tmp_path: Path
) -> None:
    """Loaded into an empty folder it makes the same graph; loaded over that it changes nothing."""
    path = tmp_path / "all.trig"
    path.write_bytes(exported(read_content(graph.store, schema), "trig", graph.settings.base_iri))
    for changed in (True, False):
        report = load(scratch.settings, schema, [path])
        assert (report.faults, report.notes, report.changed) == ((), (), changed)
        assert report.imports == ("import/all",)
        assert report.changes.version == graph.store.version()


def test_what_documents_say_comes_back_without_them(
    scratch: Graph, schema: Schema, corpus: Path, tmp_path: Path
) -> None:
    with_texts = load(scratch.settings, schema, [corpus]).built.content
    path = tmp_path / "all.nq"
    path.write_bytes(exported(with_texts, "nquads", scratch.settings.base_iri))
    # Now without any text: only the file says what the documents say.
    captures = CaptureStore(scratch.settings.data_dir)
    with captures.locked(), captures.replaced({}):
        pass
    alone = load(scratch.settings, schema, [path])
    assert (alone.faults, alone.notes, alone.changed) == ((), (), False)
    quotes = [e.quote for s in alone.built.content.statements for e in s.evidence]
    assert len(quotes) > 1000
    assert all(quotes)


# --- RDF of others --------------------------------------------------------------------------------------


def test_foreign_rdf_becomes_records(tmp_path: Path) -> None:
    found = foreign(tmp_path, SAID)
    assert found.faults == ()
    (said,) = found.said
    office = next(e for e in said.entities if e.id == "agency/reef-office")
    assert (office.name, office.aliases) == ("Reef Office", ("Bureau du récif", "RO"))
    document = next(e for e in said.entities if e.id == "document/notes-of-the-reef-office")
    assert document.properties == {"published": "2024"}
    (statement,) = said.statements
    assert (statement.subject, statement.predicate, statement.object) == (office.id, "SUPPORTS", "unit/tide")
    assert statement.status == CANDIDATE
    (evidence,) = statement.evidence
    assert (evidence.sha256, evidence.rule, evidence.confidence) == (text_hash(CLAUSE), "imported", 0.5)


@pytest.mark.parametrize(
    "said",
    [
        f'[] rdf:reifies <<( ex:office :supports ex:tide )>> ; :status "accepted" ; :evidence {EVIDENCE} .',
        f'ex:office :supports ex:tide {{| :status "accepted" ; :evidence {EVIDENCE} |}} .',
        f"ex:s a rdf:Statement ; rdf:subject ex:office ; rdf:predicate :supports ; rdf:object ex:tide ;"
        f':status "accepted" . {EVIDENCE} a :Evidence ; oa:hasBody ex:s .',
    ],
)
def test_a_statement_may_be_told_in_several_ways(said: str, tmp_path: Path) -> None:
    found = foreign(tmp_path, said)
    assert found.faults == ()
    (statement,) = found.said[0].statements
    assert (statement.subject, statement.object, statement.status) == (
        "agency/reef-office",
        "unit/tide",
        ACCEPTED,
    )


def test_a_quote_is_found_in_the_text_at_hand(tmp_path: Path) -> None:
    text = f"{CLAUSE}\n{TEXT}"
    known = Entity("document/notes", ("Document",), "Notes", properties={"sha256": text_hash(text)})
    selector = f'[ oa:exact "{CLAUSE}" ; oa:prefix "Notes\\n\\n" ]'
    one = f"""[] a :Statement ; rdf:subject ex:office ; rdf:predicate :supports ; rdf:object ex:tide ;
      :evidence [ oa:hasTarget [ oa:hasSource id:document/notes ; oa:hasSelector {selector} ] ] ."""
    one = one.replace("id:document/notes", f"<{ID}document/notes>")
    texts = {"document/notes": Source(text)}
    found = foreign(tmp_path, one, known=(TIDE, known), texts=texts)
    assert found.faults == ()
    (evidence,) = found.said[0].statements[0].evidence
    assert (evidence.start, evidence.quote) == (text.index("Notes") + START, CLAUSE)
    twice = foreign(tmp_path, one.replace('oa:prefix "Notes\\n\\n"', ""), known=(TIDE, known), texts=texts)
    assert "which document/notes has 2 times" in twice.faults[0].message


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("ex:office :supports ex:tide .", "has no evidence"),
        (SAID.replace(":supports", "<http://www.w3.org/ns/org#memberOf>"), "not in the ontology"),
        (SAID.replace(f":evidence {EVIDENCE}", ':status "accepted"'), "has no evidence"),
        (SAID.replace("ex:tide", "ex:nobody"), "points to"),
        (SAID.replace("ex:tide", "ex:notes"), "which is Document"),
        (SAID.replace(f"oa:start {START}", "oa:start 0"), "for a quote of"),
        (SAID.replace("a :Statement", 'a :Statement ; :date "next week"'), "is not a date"),
        (SAID.replace("a :Statement", 'a :Statement ; :amount "12 cows"'), "is not an amount"),
        (SAID.replace("a :Statement", 'a :Statement ; :statuss "accepted"'), "not in the ontology"),
        (SAID.replace("[] a", f"<{ID}statement/s0123> a"), "which would be s"),
        ('ex:other a :Agency ; rdfs:label "Reef Office" .', "would get the id agency/reef-office"),
        ('ex:other a :Organization ; rdfs:label "Some" .', "narrower class"),
        ("ex:other a :Agency .", "has no name"),
        (
            f'ex:other a :Agency ; rdfs:label "O" ; owl:sameAs <{ID}unit/tide>, <{ID}unit/b> .',
            "is said to be",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(said: str, message: str, tmp_path: Path) -> None:
    found = foreign(tmp_path, said)
    assert found.said == ()
    assert found.wanted == {}
    told = [fault for fault in found.faults if message in f"{fault.message} {fault.mend}"]
    assert told, found.faults
    first = (PREFIXES + THINGS).count("\n") + 1
    assert all(fault.file == "partners.ttl" and fault.line >= first - 4 for fault in told)


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    found = foreign(
        tmp_path, "ex:office :supports ex:tide .\nex:other a :Agency .\nex:office :uses ex:tide .\n"
    )
    lines = {fault.line for fault in found.faults}
    start = (PREFIXES + THINGS).count("\n") + 1
    assert lines == {start, start + 1, start + 2}
    syntax = gathered(tmp_path, ("a.nt", "<http://a/> <http://b/> c .\n<http://a/> <b> <http://c/> .\n"))
    assert [fault.line for fault in syntax.faults] == [1, 2]


def test_a_clause_that_the_text_does_not_have_is_a_fault(tmp_path: Path) -> None:
    known = Entity("document/notes", ("Document",), "Notes", properties={"sha256": text_hash(TEXT)})
    other = TEXT.replace("boats", "ships")
    same = THINGS.replace("ex:notes a :Document", f"ex:notes a :Document ; owl:sameAs <{ID}document/notes>")
    found = foreign(tmp_path, SAID, same, known=(TIDE, known), texts={"document/notes": Source(other)})
    assert "do not have the hash" in found.faults[0].message
    moved = foreign(tmp_path, SAID, same, known=(TIDE, known), texts={"document/notes": Source("X " + TEXT)})
    assert f"it stands at {START + 2}-{START + 2 + len(CLAUSE)}" in moved.faults[0].mend


def test_the_register_stands_and_the_contradiction_is_told(tmp_path: Path) -> None:
    known = Entity("agency/reef", ("Agency",), "Reef Office", properties={"website": "https://a.example/"})
    said = (
        f"""<{ID}agency/reef> a :Agency ; rdfs:label "Office of the Reef" ; :website <https://b.example/> ."""
    )
    found = foreign(tmp_path, said, "", known=(known,))
    assert found.faults == ()
    assert "https://a.example/' stands" in found.notes[0].message
    register = Register({known.id: known}, (), {})
    nothing = CuratedFacts({}, (), {})
    content = build(SCHEMA, Sources(register, nothing, {}, {}, (), found.said)).content
    assert content.entities == (replace(known, aliases=("Office of the Reef",)),)


def test_one_iri_is_one_entity_in_all_files(tmp_path: Path) -> None:
    other = PREFIXES + 'ex:office a :Agency ; rdfs:label "Office on the Reef" .'
    found = gathered(tmp_path, ("partners.ttl", PREFIXES + THINGS + SAID), ("office.ttl", other))
    assert found.faults == ()
    ids = {e.id for one in found.said for e in one.entities if "Agency" in e.types}
    assert ids == {"agency/office-on-the-reef"}


def test_the_example_of_the_reference_is_read(tmp_path: Path) -> None:
    body = RDF_EXAMPLE.replace("https://w3id.org/carisec/id/", ID)
    unit = Entity("unit/ccgiu", ("Unit",), "Caribbean Crime Gun Intelligence Unit")
    found = gathered(tmp_path, ("example.ttl", body), known=(unit,))
    assert found.faults == ()
    assert [(s.subject, s.object) for s in found.said[0].statements] == [("agency/kelp-agency", unit.id)]


# --- hostile files --------------------------------------------------------------------------------------

_DEEP = 100_000
_NESTED = b"<<( <http://a/> <http://b/> " * _DEEP + b"<http://c/>" + b" )>>" * _DEEP


@pytest.mark.parametrize(
    ("name", "body", "message"),
    [
        ("a.ttl", b"", "is empty"),
        ("a.ttl", b"\xff\xfe<\x00", "UTF-16"),
        ("a.ttl", b'<http://a/> <http://b/> "\xff" .', "UTF-8"),
        ("a.ttl", b"PK\x03\x04\x00\x00", "no Turtle"),
        ("a.ttl", b"<a> <b> <c> .", "No scheme"),
        ("a.ttl", b"<http://a/> <http://b/> <http://c/> .", "says nothing in the terms"),
        ("a.ttl.gz", b"\x1f\x8b\x08broken", "cannot be read"),
        ("a.nt", b"<http://a/> <http://b/> " + _NESTED + b" .", "more memory"),
        ("a.nt", b'<http://a/> <http://b/> "' + b"x" * 1_000_001 + b'" .', "1,000,001 characters"),
        ("a.rdf", b'<!DOCTYPE r [<!ENTITY a "b">]><r/>', "entities of XML"),
        (
            "a.jsonld",
            b'{\n"@context": "https://example.net/c.jsonld",\n"@id": "http://a/"}',
            "does not fetch",
        ),
        ("a.jsonld", b'{"http://a/":' * _DEEP, "no JSON-LD"),
        ("\u2026.ttl", b"x", "without letters"),
    ],
)
def test_hostile_files_are_told_in_a_line(name: str, body: bytes, message: str, tmp_path: Path) -> None:
    found = gathered(tmp_path, (name, body))
    assert found.said == ()
    assert message in str(found.faults[0])
    assert len(str(found.faults[0])) < 600


def test_a_byte_order_mark_and_the_context_of_the_ontology_are_read(tmp_path: Path) -> None:
    bom = gathered(tmp_path, ("a.ttl", b"\xef\xbb\xbf" + (PREFIXES + THINGS).encode()))
    assert bom.faults == ()
    assert len(bom.said[0].entities) == 3
    context = f"{BASE}schema/{SCHEMA.version}/context.jsonld"
    node = {"@id": "https://example.net/x", "@type": str(C.Agency)}
    node |= {"http://www.w3.org/2000/01/rdf-schema#label": "Reef Watch"}
    found = gathered(tmp_path, ("a.jsonld", json.dumps({"@context": context, **node})))
    assert found.faults == ()
    assert [e.id for e in found.said[0].entities] == ["agency/reef-watch"]
    assert FORMATS.keys() == set(SUFFIXES.values())


# --- the command ----------------------------------------------------------------------------------------


@embedded_only
def test_a_file_is_kept_replaced_and_withdrawn(scratch: Graph, schema: Schema, tmp_path: Path) -> None:
    env = environment(scratch.settings)
    base = scratch.settings.base_iri + "id/"
    before = load(scratch.settings, schema, []).built.content
    path, bad = tmp_path / "partners.ttl", tmp_path / "bad.ttl"
    text = (PREFIXES + THINGS + SAID).replace(ID, base)
    path.write_text(text, "utf-8")
    bad.write_text(PREFIXES + "ex:a :supports ex:b .", "utf-8")
    done = carisec(env, "load", str(path), str(bad), "--format", "json")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report["imports"] == ["import/partners"]
    assert [fault["file"] for fault in report["faults"]] == ["bad.ttl"] * len(report["faults"])
    assert "agency/reef-office" in [e["id"] for e in report["entities"]["new"]]
    first = read_content(scratch.store, schema)
    status = json.loads(carisec(env, "status", "--format", "json").stdout)
    assert [(one["id"], one["statements"]) for one in status["imports"]] == [("import/partners", 1)]
    # A corrected version at fault leaves the former one in place; a good one takes its place.
    path.write_text(text + "ex:office :uses ex:tide .", "utf-8")
    assert carisec(env, "load", str(path)).returncode == 1
    assert read_content(scratch.store, schema) == first
    path.write_text(text.replace("Reef Office", "Kelp Office"), "utf-8")
    assert carisec(env, "load", str(path)).returncode == 0
    ids = {e.id for e in read_content(scratch.store, schema).entities}
    assert "agency/kelp-office" in ids
    assert "agency/reef-office" not in ids
    assert carisec(env, "withdraw", "import/partners").returncode == 0
    assert read_content(scratch.store, schema) == before
    assert list((scratch.settings.data_dir / "imports").glob("*.gz")) == []


def test_a_killed_load_leaves_the_former_imports(tmp_path: Path) -> None:
    store = ImportStore(tmp_path)
    one = Kept("import/a", "a.ttl", ".ttl", store.keep(iter([b"x"])), BASE)
    with store.recovered(), store.replaced({one.id: one}):
        pass
    index = tmp_path / "imports" / "index.json"
    (tmp_path / "imports" / "index.previous.json").write_bytes(index.read_bytes())
    index.write_bytes(b"[]")
    with store.recovered():
        assert store.read_all() == {one.id: one}
    with pytest.raises(KeyError), store.recovered(), store.replaced({}):
        raise KeyError
    assert store.read_all() == {one.id: one}
    assert store.path(one).exists()


def test_a_missing_file_is_the_callers_fault(tmp_path: Path) -> None:
    done = carisec({"CARISEC_DATA_DIR": str(tmp_path)}, "load", str(tmp_path / "none.trig"))
    assert done.returncode == 2
    assert "there is no such file" in done.stderr
