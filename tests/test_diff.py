"""Two graphs compared: as sentences, as records, and as RDF Patch; from files, dumps, the graph at hand."""

import gzip
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.changes import Content
from graph.export import FORMATS, export
from graph.jsonl_reading import read_jsonl
from graph.patch import write_patch
from graph.records import ACCEPTED, Entity, entity_json, evidence_json, merge, statement_json, text_hash
from graph.saved import read_saved
from graph.settings import Settings
from loaders.changewords import difference_lines
from loaders.delta import about, delta
from loaders.differences import compare
from schema.errors import DataError, UsageError
from tests.commands import Done, carisec
from tests.conftest import Graph, embedded_only, environment
from tests.rdf_samples import BASE, ENTITIES, FUNDS, LETTER, POINTER, SCHEMA, STATEMENTS, SUPPORTS, graphs

SAMPLE = Content(ENTITIES, STATEMENTS)
MIRRORED = {"ADD": "DEL", "DEL": "ADD", "MOD": "MOD"}
FEW = settings(max_examples=40, deadline=None)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Content, Content]:
    """Two random graphs that share a good part, as versions of one do."""
    (entities, statements), (others, more) = draw(graphs()), draw(graphs())
    first = {e.id: e for e in entities}
    second = {**first, **{e.id: e for e in others}} if draw(st.booleans()) else {e.id: e for e in others}
    kept = [replace(s, status=ACCEPTED) if draw(st.booleans()) else s for s in statements]
    known = [s for s in [*kept, *more] if {s.subject, s.object or s.subject} <= second.keys()]
    after = Content(tuple(second[key] for key in sorted(second)), tuple(merge(known)))
    return Content(tuple(entities), tuple(statements)), after


def written(name: str, content: Content) -> bytes:
    out = io.BytesIO()
    export(name, SCHEMA, content.entities, content.statements, BASE, out)
    return out.getvalue()


def changes(before: Content, after: Content) -> list[dict[str, Any]]:
    names = {e.id: e.name for content in (before, after) for e in content.entities}
    return list(delta(SCHEMA, before, after, names))


def patch(before: Content, after: Content) -> bytes:
    out = io.BytesIO()
    write_patch(SCHEMA, before, after, BASE, out)
    return out.getvalue()


def sentences(before: Content, after: Content) -> list[str]:
    return list(difference_lines(SCHEMA, compare(SCHEMA, before, after), 99, "--format jsonl"))


def records(content: Content) -> dict[tuple[str, str], dict[str, Any]]:
    """All records as the lines of a comparison have them."""
    found: dict[tuple[str, str], dict[str, Any]] = {
        ("entity", e.id): entity_json(e) for e in content.entities
    }
    for statement in content.statements:
        told = statement_json(statement)
        del told["evidence"]
        found["statement", statement.id] = told
        for one in statement.evidence:
            record = {"statement": statement.id, **evidence_json(statement.id, one)}
            found["evidence", one.id_for(statement.id)] = record
    return found


# --- what is written is read back --------------------------------------------------------------------------


@FEW
@given(graphs())
def test_json_lines_are_read_back(graph: tuple[list[Entity], list[Any]]) -> None:
    content = Content(tuple(graph[0]), tuple(graph[1]))
    again = read_jsonl(SCHEMA, io.BytesIO(written("jsonl", content)), "g.jsonl")
    assert again == content
    assert again.version == content.version


GOOD = orjson.dumps(entity_json(ENTITIES[0]))
SAID = statement_json(STATEMENTS[0])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "no JSON"),
        (b"[]", "one JSON object"),
        (b'{"kind": "edge"}', "no kind 'edge'"),
        (b'{"kind": "entity", "types": ["Agensy"]}', "did you mean Agency?"),
        (b'{"kind": "entity", "types": []}', "types is empty"),
        (b'{"kind": "document", "types": ["Document"]}', "the record has no id"),
        (orjson.dumps({**entity_json(ENTITIES[1]), "properties": {"iso": "AA"}}), "no attribute 'iso'"),
        (orjson.dumps({**SAID, "predicate": "SUPORTS"}), "did you mean SUPPORTS"),
        (orjson.dumps({**SAID, "status": "sure"}), "no status 'sure'"),
        (orjson.dumps({**SAID, "qualifiers": {"when": "2022"}}), "no qualifier 'when'"),
        (orjson.dumps({**SAID, "evidence": [{**SAID["evidence"][0], "start": "1"}]}), "start is no whole"),
        (orjson.dumps({**SAID, "evidence": [{**SAID["evidence"][0], "anchor": "lost"}]}), "no anchor 'lost'"),
        (GOOD, "agency/bureau is there already"),
    ],
)
def test_what_is_no_record_is_told_with_its_line(line: bytes, message: str) -> None:
    with pytest.raises(DataError) as caught:
        read_jsonl(SCHEMA, [GOOD, b"\n", line], "g.jsonl")
    (fault,) = caught.value.faults
    assert (fault.file, fault.line) == ("g.jsonl", 3)
    assert message in fault.message


# --- the difference ----------------------------------------------------------------------------------------


def test_nothing_differs_from_itself() -> None:
    assert (changes(SAMPLE, SAMPLE), patch(SAMPLE, SAMPLE), sentences(SAMPLE, SAMPLE)) == ([], b"", [])


@FEW
@given(pairs())
def test_a_difference_is_whole_and_has_a_mirror(pair: tuple[Content, Content]) -> None:
    before, after = pair
    found = changes(before, after)
    back = changes(after, before)
    assert [(MIRRORED[c["op"]], c["kind"], c["id"], c["after"], c["before"]) for c in back] == [
        (c["op"], c["kind"], c["id"], c["before"], c["after"]) for c in found
    ]
    applied = records(before)
    for change in found:
        key = change["kind"], change["id"]
        assert applied.pop(key, None) == change["before"]
        if change["after"] is not None:
            applied[key] = change["after"]
        assert change["sentence"]
    assert applied == records(after)
    assert bool(sentences(before, after)) == bool(found)


@FEW
@given(pairs())
def test_a_patch_makes_one_of_the_other(pair: tuple[Content, Content]) -> None:
    before, after = pair
    quads, wanted = (set(written("nquads", one).splitlines()) for one in pair)
    lines = patch(before, after).split(b"\n")
    for line in lines:
        if line.startswith(b"D "):
            quads.remove(line[2:])
        elif line.startswith(b"A "):
            assert line[2:] not in quads
            quads.add(line[2:])
    assert quads == wanted
    back = patch(after, before).split(b"\n")
    swap = {b"A": b"D", b"D": b"A"}
    assert sorted(swap[one[:1]] + one[1:] for one in back if one[:2] in (b"A ", b"D ")) == sorted(
        one for one in lines if one[:2] in (b"A ", b"D ")
    )


def changed_sample() -> Content:
    """The sample with one change of each sort."""
    entities = [
        replace(e, name="Harbour Board", aliases=("Bureau",), acronyms=()) if e.id == "agency/bureau" else e
        for e in ENTITIES
        if e.id != "topic/tracing"
    ]
    supports = next(s for s in STATEMENTS if s.id == SUPPORTS.id)
    statements = {s.id: s for s in STATEMENTS}
    statements[supports.id] = replace(
        supports,
        qualifiers={**supports.qualifiers, "date": "2022-12"},
        evidence=(replace(supports.evidence[0], confidence=0.9),),
    )
    statements[FUNDS.id] = replace(statements[FUNDS.id], status=ACCEPTED)
    clause = "Another clause."
    extra = replace(POINTER, start=200, end=215, sha256=text_hash(clause), quote=clause)
    dated = next(s for s in STATEMENTS if s.predicate == "HELD_ON")
    statements[dated.id] = replace(dated, evidence=(*dated.evidence, extra))
    kept = [s for s in statements.values() if s.predicate != "PARTICIPATED_IN"]
    return Content(tuple(entities), tuple(merge(kept)))


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
def test_rdflib_applies_the_patch() -> None:
    """Jena's format as another program reads it."""
    after = changed_sample()
    made = patch(SAMPLE, after)
    assert made.startswith(b"H id <urn:uuid:")
    assert made.split(b"\n")[1:4] == [
        b'H from "%s" .' % SAMPLE.version.encode(),
        b'H to "%s" .' % after.version.encode(),
        b"TX .",
    ]
    assert made.endswith(b"\nTC .\n")
    assert patch(SAMPLE, after) == made
    graph = rdflib.Dataset().parse(data=written("nquads", SAMPLE), format="nquads")
    graph.parse(data=made, format="patch")
    wanted = rdflib.Dataset().parse(data=written("nquads", after), format="nquads")
    assert set(graph.quads()) == set(wanted.quads())


def test_each_sort_of_change_is_a_sentence() -> None:
    told = sentences(SAMPLE, changed_sample())
    assert told[0] == "entities gone: 1"
    assert "entities told otherwise now: 1" in told
    assert any("name Harbour Bureau, now Harbour Board; also called" in line for line in told)
    assert any(line.startswith("statements gone: ") for line in told)
    assert any(line.endswith("(was candidate)") for line in told)
    assert any("(was: date 2022-11" in line for line in told)
    assert any("confidence 0.85, now 0.9" in line for line in told)
    assert any(f": {LETTER} 200–215" in line for line in told)


def test_a_part_is_about_an_entity_or_rests_on_a_document() -> None:
    part = about(SAMPLE, "dialogue/1", None)
    assert [e.id for e in part.entities] == ["dialogue/1"]
    assert part.statements and all("dialogue/1" in (s.subject, s.object) for s in part.statements)
    rests = about(SAMPLE, None, LETTER)
    assert rests.statements and all({e.document for e in s.evidence} == {LETTER} for s in rests.statements)


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of the sample in several formats, and of the changed sample."""
    for name in ("jsonl", "nquads", "trig", "turtle"):
        (tmp_path / f"a{FORMATS[name].suffix}").write_bytes(written(name, SAMPLE))
    (tmp_path / "a.nq.gz").write_bytes(gzip.compress(written("nquads", SAMPLE)))
    (tmp_path / "b.jsonl").write_bytes(written("jsonl", changed_sample()))
    return tmp_path


def called(folder: Path, *arguments: str) -> Done:
    return carisec({"CARISEC_DATA_DIR": str(folder / "data"), "CARISEC_BASE_IRI": BASE}, "diff", *arguments)


def test_the_command_compares_files(folder: Path) -> None:
    a, b = str(folder / "a.jsonl"), str(folder / "b.jsonl")
    done = called(folder, a, b)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == sentences(SAMPLE, changed_sample())
    lines = [json.loads(line) for line in called(folder, a, b, "--format", "jsonl").stdout.splitlines()]
    assert lines == json.loads(orjson.dumps(changes(SAMPLE, changed_sample())))
    assert called(folder, a, b, "--format", "patch").stdout.encode() == patch(SAMPLE, changed_sample())
    one = called(folder, a, b, "--entity", "dialogue/1", "--format", "jsonl").stdout.splitlines()
    assert 0 < len(one) < len(lines)
    assert "First dialogue" in called(folder, a, b, "--entity", "dialogue/1").stdout, "by its name"
    unknown = called(folder, a, b, "--entity", "dialogue/99")
    assert (unknown.returncode, "dialogue/99" in unknown.stderr) == (2, True)


@pytest.mark.parametrize("name", ["a.nq", "a.nq.gz", "a.trig", "a.ttl"])
def test_the_same_graph_in_another_format_is_the_same(folder: Path, name: str) -> None:
    done = called(folder, str(folder / "a.jsonl"), str(folder / name), "--format", "jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("name", "content", "code", "message"),
    [
        ("none.jsonl", None, 2, "no dump is kept"),
        ("0123456789abcdef", None, 2, "neither a file nor a dump"),
        ("a.pdf", b"", 2, "ends in none of .jsonl, .nq"),
        ("a.jsonl", b'{"kind": 1}\n', 1, "a.jsonl:1: kind is no text"),
        ("a.ttl", b"<a> <b> .\n", 1, "a.ttl:1: broken RDF"),
        ("a.nq.gz", b"no gzip", 1, "a.nq.gz:1: cannot be read"),
        ("a.jsonl.gz", gzip.compress(b"{}" * 999, mtime=0)[:-9], 1, "a.jsonl.gz:1:"),
    ],
)
def test_what_cannot_be_compared_is_told(
    tmp_path: Path, name: str, content: bytes | None, code: int, message: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    done = called(tmp_path, str(path) if "." in name else name, str(path))
    assert (done.returncode, message in done.stderr) == (code, True), done.stderr


def test_a_folder_without_an_index_is_no_dump(tmp_path: Path) -> None:
    made = Settings.from_environment({"CARISEC_DATA_DIR": str(tmp_path)})
    with pytest.raises(DataError, match="index"):
        read_saved(SCHEMA, str(tmp_path), made)
    with pytest.raises(UsageError, match="no dump is kept"):
        read_saved(SCHEMA, "deadbeefdeadbeef", made)


@embedded_only
def test_the_graph_at_hand_is_its_own_dump(graph: Graph, tmp_path: Path) -> None:
    own = environment(graph.settings)
    assert carisec(own, "dump", str(tmp_path / "d"), "--formats", "jsonl").returncode == 0
    same = carisec(own, "diff", str(tmp_path / "d"))
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "")
    (tmp_path / "data" / "dumps").mkdir(parents=True)
    version = graph.store.version()
    (tmp_path / "d").rename(tmp_path / "data" / "dumps" / version)
    kept = called(tmp_path, version, str(tmp_path / "data" / "dumps" / version))
    assert (kept.returncode, kept.stdout, kept.stderr) == (0, "", ""), "a kept dump goes by its version"
    assert f"versions kept: {version}" in called(tmp_path, "deadbeefdeadbeef", version).stderr
    told = carisec(
        own, "diff", "current", str(tmp_path / "data" / "dumps" / version), "--document", "document/none"
    )
    assert (told.returncode, "document/none" in told.stderr) == (2, True)
