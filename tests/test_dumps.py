"""Dumps as files: complete, checked, the same bytes each time, and never half there."""

import gzip
import hashlib
import io
import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import BinaryIO, cast

import pytest
from pyoxigraph import RdfFormat, parse

import graph.dump_shelf
import graph.triple_counts
from graph.dump_index import BESIDES, DumpIndex, read_index
from graph.dump_shelf import DumpShelf
from graph.dumps import DUMP_FORMATS, WholeGraph, dump, make_dump
from graph.export import FORMATS, export
from graph.jsonl_reading import read_jsonl
from graph.rdf_reading import read_quads
from graph.records import Entity
from graph.settings import Settings
from graph.sources import Held
from graph.triple_counts import GraphCounts, TripleCounts
from schema.errors import BadSettings, DataError, GraphMoved, UsageError
from tests.dump_samples import ADDRESS, VERSION, sample
from tests.rdf_samples import BASE, ENTITIES, ID, SCHEMA, STATEMENTS

OTHER = "fedcba9876543210"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def exported(name: str) -> bytes:
    out = io.BytesIO()
    export(name, SCHEMA, ENTITIES, STATEMENTS, BASE, out)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dump of the sample graph; read only."""
    made = tmp_path_factory.mktemp("dumps") / "new" / "dump"
    dump(sample(), made)
    return made


def test_a_dump_has_each_format_and_what_tells_of_it(folder: Path) -> None:
    files = {f"carisec.{ending}.gz" for ending in ("nq", "ttl", "trig", "jsonld", "jsonl", "csv", "gexf")}
    assert set(contents(folder)) == {*files, *BESIDES}
    assert [path.name for path in folder.parent.iterdir()] == ["dump"]


@pytest.mark.parametrize("name", DUMP_FORMATS)
def test_each_file_is_the_export_packed_without_name_and_time(folder: Path, name: str) -> None:
    file = next(file for file in read_index(folder).files if file.format == name)
    body = (folder / file.name).read_bytes()
    assert gzip.decompress(body) == exported(name)
    assert (body[3], body[4:8]) == (0, b"\0\0\0\0")
    assert (file.bytes, file.uncompressed_bytes) == (len(body), len(exported(name)))
    assert (file.sha256, file.compression) == (hashlib.sha256(body).hexdigest(), "gzip")
    assert file.media_type == FORMATS[name].media_type


def test_sha256sum_accepts_the_checksums(folder: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True
    )
    assert done.stdout.count(": OK\n") == len(DUMP_FORMATS)


def test_the_same_graph_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    dump(sample(), tmp_path / "again")
    assert contents(tmp_path / "again") == contents(folder)


def test_the_index_says_what_the_dump_is_of(folder: Path) -> None:
    said = json.loads((folder / "index.json").read_bytes())
    assert said["made"] == {
        "version": VERSION,
        "loaded": "2024-05-06T07:08:09+00:00",
        "schema_version": SCHEMA.version,
        "made_with": "carisec 0",
        "base_iri": BASE,
        "address": ADDRESS,
    }
    assert said["licence"] == "https://www.apache.org/licenses/LICENSE-2.0"
    assert said["counts"] == {
        "entities": 7,
        "documents": 2,
        "statements": {"accepted": 4, "candidate": 1},
        "evidence": 6,
    }
    assert said["coverage"]["first_day"] <= "2022-11-01"
    assert said["coverage"]["countries"] == ["country/aa"]
    assert said["coverage"]["topics"] == {"topic/firearms": "Firearms"}
    assert [d["id"] for d in said["coverage"]["documents"]] == ["document/letter", "document/minutes"]


def test_json_lines_and_quads_of_a_dump_read_back_as_the_same_records(folder: Path) -> None:
    with gzip.open(folder / "carisec.jsonl.gz") as lines:
        content = read_jsonl(SCHEMA, lines, "carisec.jsonl")
    assert content.entities == ENTITIES
    assert content.statements == STATEMENTS
    with gzip.open(folder / "carisec.nq.gz") as file:
        records = read_quads(SCHEMA, parse(cast(BinaryIO, file), RdfFormat.N_QUADS), BASE)
    assert tuple(records.statements) == STATEMENTS
    assert [e.id for e in records.entities] == [e.id for e in ENTITIES]


def test_formats_can_be_chosen_and_counts_stay_the_same(folder: Path, tmp_path: Path) -> None:
    index = dump(sample(), tmp_path / "few", ["csv"])
    assert set(contents(tmp_path / "few")) == {"carisec.csv.gz", *BESIDES}
    assert index.rdf == read_index(folder).rdf


# --- where a dump may go ---------------------------------------------------------------------------------


def test_an_empty_folder_and_an_earlier_dump_are_written_over(tmp_path: Path) -> None:
    (tmp_path / "dump").mkdir()
    dump(sample(OTHER), tmp_path / "dump")
    assert read_index(tmp_path / "dump").version == OTHER
    dump(sample(), tmp_path / "dump", ["csv"])
    assert read_index(tmp_path / "dump").version == VERSION
    assert [path.name for path in tmp_path.iterdir()] == ["dump"]
    assert "carisec.nq.gz" not in contents(tmp_path / "dump")


def test_a_folder_with_anything_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "index.json").write_text("{}", "utf-8")
    with pytest.raises(UsageError, match=r"letters holds what is no dump \(index\.json\); name a new folder"):
        dump(sample(), tmp_path / "letters")
    dump(sample(), tmp_path / "dump", ["csv"])
    (tmp_path / "dump" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match=r"no dump \(notes\.txt\)"):
        dump(sample(), tmp_path / "dump")
    assert contents(tmp_path / "letters") == {"index.json": b"{}"}
    assert contents(tmp_path / "dump")["notes.txt"] == b"mine"


def test_no_place_for_a_dump_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="file is a file; a dump is a folder"):
        dump(sample(), tmp_path / "file")
    with pytest.raises(UsageError, match="cannot be written: Not a directory"):
        dump(sample(), tmp_path / "file" / "dump")
    with pytest.raises(UsageError, match="/ is no place for a dump"):
        dump(sample(), Path("/"))


class _Broken(Held):
    """Records that end too soon."""

    def entities(self) -> Iterator[Entity]:
        yield ENTITIES[0]
        raise GraphMoved("gone")


def test_what_fails_leaves_nothing_behind_and_the_earlier_dump_alone(tmp_path: Path) -> None:
    dump(sample(), tmp_path / "dump", ["csv"])
    before = contents(tmp_path / "dump")
    broken = WholeGraph(SCHEMA, sample().made, _Broken(ENTITIES, STATEMENTS), lambda: True)
    for graph_, where in ((broken, "dump"), (broken, "new"), (sample(stays=lambda: False), "dump")):
        with pytest.raises(GraphMoved):
            dump(graph_, tmp_path / where)
    assert [path.name for path in tmp_path.iterdir()] == ["dump"]
    assert contents(tmp_path / "dump") == before


def test_what_is_no_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no index of a dump: No such file"):
        read_index(tmp_path)
    (tmp_path / "index.json").write_text('{"title": "other"}', "utf-8")
    with pytest.raises(DataError, match=r"no index of a dump: [0-9]+ fields are at fault"):
        read_index(tmp_path)


# --- the dumps that are kept -----------------------------------------------------------------------------


def shelf(tmp_path: Path, kept: int = 10) -> DumpShelf:
    return DumpShelf(Settings(data_dir=tmp_path, dumps_kept=kept))


def of_day(day: int) -> WholeGraph:
    return sample(f"{day:016x}", f"2024-05-{day:02}T00:00:00+00:00")


def test_former_dumps_are_kept_up_to_a_number(tmp_path: Path) -> None:
    for day in (1, 2, 3, 4):
        shelf(tmp_path, 2).put(of_day(day))
    assert [index.made.loaded[8:10] for index in shelf(tmp_path).all()] == ["04", "03", "02"]
    # The one that was asked for stays, however old.
    shelf(tmp_path, 0).put(of_day(2))
    assert [index.version for index in shelf(tmp_path).all()] == [f"{2:016x}"]


def test_a_dump_is_made_once_and_again_where_it_does_not_fit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []

    def counted(graph_: WholeGraph, *rest: object, **named: object) -> DumpIndex:
        made.append(graph_.made.base_iri)
        return make_dump(graph_, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(graph.dump_shelf, "make_dump", counted)
    threads = [Thread(target=lambda: shelf(tmp_path).put(sample())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [BASE]
    # Loaded again, the graph is the same.
    shelf(tmp_path).put(sample(loaded="2025-01-01T00:00:00+00:00"))
    assert made == [BASE]
    shelf(tmp_path).put(sample(base="https://elsewhere.example/"))
    assert made == [BASE, "https://elsewhere.example/"]


def test_a_damaged_dump_counts_for_none_and_is_made_again(tmp_path: Path) -> None:
    shelf(tmp_path).put(sample())
    (tmp_path / "dumps" / ".0123.abcd.part").mkdir()
    for name, damage in (("carisec.nq.gz", b"cut"), ("index.json", b"{")):
        (tmp_path / "dumps" / VERSION / name).write_bytes(damage)
        assert shelf(tmp_path).of(VERSION) is None
        assert shelf(tmp_path).all() == []
        shelf(tmp_path).put(sample())
        assert shelf(tmp_path).of(VERSION) is not None
    assert {path.name for path in (tmp_path / "dumps").iterdir()} == {".lock", VERSION}


@pytest.mark.parametrize(
    "text", ["", "..", "../dumps", "latest", "ABCDEF0123456789", VERSION + "\n", "a" * 17]
)
def test_what_is_no_version_has_no_dump(tmp_path: Path, text: str) -> None:
    shelf(tmp_path).put(sample())
    assert shelf(tmp_path).of(text) is None


def test_only_files_of_the_index_have_a_path(tmp_path: Path) -> None:
    index = shelf(tmp_path).put(sample())
    path = shelf(tmp_path).path(index, "carisec.nq.gz")
    assert path is not None
    assert path.is_file()
    assert [shelf(tmp_path).path(index, name) for name in ("", "..", "../.lock", "carisec.nq")] == [None] * 4


def test_a_data_folder_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "dumps").write_text("", "utf-8")
    with pytest.raises(BadSettings, match=r"no dump can be written .* File exists; see CARISEC_DATA_DIR"):
        shelf(tmp_path).put(sample())


# --- counts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", [1, 7, 10_000])
def test_counts_are_those_of_the_lines_however_they_come(step: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graph.triple_counts, "_FOLD_AFTER", 5)
    body = exported("ntriples")
    found = TripleCounts(ID, ["http://www.wikidata.org/entity/"])
    for start in range(0, len(body), step):
        found.write(body[start : start + step])
    triples = [line.split(b" ", 2) for line in body.splitlines()]
    assert found.triples == len(triples)
    assert found.subjects == len({s for s, _, _ in triples})
    assert found.objects == len({o for _, _, o in triples})
    assert found.classes["https://w3id.org/carisec/schema#Topic"] == 2
    assert sum(found.links.values()) == 2
    label = found.properties["http://www.w3.org/2000/01/rdf-schema#label"]
    labels = [(s, o) for s, p, o in triples if p.endswith(b"rdf-schema#label>")]
    assert label.triples == len(labels)
    assert (label.subjects, label.objects) == tuple(len(set(column)) for column in zip(*labels, strict=True))


def test_quads_are_counted_by_graph() -> None:
    found = GraphCounts()
    found.write(exported("nquads"))
    assert sum(found.graphs.values()) == exported("nquads").count(b"\n")
    names = [name.removeprefix(BASE) for name in found.graphs]
    assert names == ["graph/document/letter", "graph/document/minutes", "graph/register"]


def test_a_counter_of_nothing_counts_nothing() -> None:
    found = TripleCounts(ID, [])
    assert (found.triples, found.entities, found.subjects, found.objects) == (0, 0, 0, 0)
