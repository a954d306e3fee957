"""Dumps and the description of the data set over HTTP and on the command line, on both engines."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

import pytest
import rdflib
from fastapi.testclient import TestClient
from pyoxigraph import QuerySolutions, RdfFormat, parse
from rdflib import DCAT, RDF, VOID, URIRef

from api.app import create_app
from graph.changes import Content, difference
from graph.dump_index import read_index
from graph.dump_shelf import DumpShelf
from graph.dumps import dump, stored_graph
from graph.sources import Held
from graph.sparql import build_store
from schema.errors import GraphMoved
from tests.commands import carisec
from tests.conftest import Graph, embedded_only, environment
from tests.rdf_samples import ENTITIES, STATEMENTS

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store), follow_redirects=False) as made:
        yield made


@pytest.fixture(scope="module")
def version(client: TestClient) -> str:
    """Version of the graph, whose dump was asked for by several at once."""
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(client.get, ["/dumps/latest/"] * 3))
    assert {answer.status_code for answer in answers} == {307}
    assert {answer.headers["cache-control"] for answer in answers} == {"no-cache"}
    [target] = {answer.headers["location"] for answer in answers}
    found = re.fullmatch("/dumps/([0-9a-f]{16})/", target)
    assert found is not None
    return found[1]


def test_the_dump_of_the_graph_is_made_and_listed(client: TestClient, graph: Graph, version: str) -> None:
    assert version == graph.store.version()
    listed = client.get("/dumps").json()
    assert (listed["version"], listed["latest"]) == (version, "/dumps/latest/")
    current = next(one for one in listed["dumps"] if one["current"])
    assert (current["version"], current["address"]) == (version, f"/dumps/{version}/")
    assert client.get("/dumps/").json() == client.get("/dumps.json").json() == listed
    index = client.get(f"/dumps/{version}/").json()
    assert index == client.get(f"/dumps/{version}").json()
    assert index["counts"]["documents"] == 5
    assert sum(file["bytes"] for file in index["files"]) == current["bytes"]


def test_a_file_is_what_the_index_says_and_may_be_kept_for_ever(client: TestClient, version: str) -> None:
    index = client.get(f"/dumps/{version}/").json()
    for file in index["files"]:
        answer = client.get(f"/dumps/{version}/{file['name']}", headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
        assert len(gzip.decompress(answer.content)) == file["uncompressed_bytes"]
        assert answer.headers["etag"] == f'"{file["sha256"]}"'
        assert answer.headers["content-type"] == "application/gzip"
        assert "content-encoding" not in answer.headers
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    checksums = client.get(f"/dumps/{version}/SHA256SUMS").text
    assert checksums == "".join(f"{file['sha256']}  {file['name']}\n" for file in index["files"])


def test_parts_known_files_and_heads(client: TestClient, version: str) -> None:
    path = f"/dumps/{version}/carisec.nq.gz"
    whole = client.get(path)
    tag = whole.headers["etag"]
    part = client.get(path, headers={"Range": "bytes=10-19", "If-Range": tag})
    assert (part.status_code, part.content) == (206, whole.content[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{len(whole.content)}"
    assert client.get(path, headers={"Range": f"bytes={len(whole.content)}-"}).status_code == 416
    for known in (tag, f'"other", W/{tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    head = client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    text = client.get(f"/dumps/{version}/void.ttl")
    assert text.headers["content-type"] == "text/turtle; charset=utf-8"
    same = {"If-None-Match": text.headers["etag"]}
    assert client.get(f"/dumps/{version}/void.ttl", headers=same).status_code == 304


def test_latest_leads_to_the_file(client: TestClient, version: str) -> None:
    answer = client.get("/dumps/latest/carisec.ttl.gz")
    assert (answer.status_code, answer.headers["location"]) == (307, f"/dumps/{version}/carisec.ttl.gz")


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/0000000000000000/",
        "/dumps/0000000000000000/carisec.nq.gz",
        "/dumps/latest/other.gz",
        "/dumps/{version}/.lock",
        "/dumps/{version}/..%2f.lock",
        "/dumps/{version}/%2e%2e%2f.lock",
        "/dumps/..%2fcaptures/load.lock",
        "/dumps/%2e%2e/captures",
        "/dumps/{version}/carisec.nq",
        "/dumps/{version}/%00",
    ],
)
def test_nothing_else_is_there(client: TestClient, version: str, path: str) -> None:
    answer = client.get(path.format(version=version))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_what_is_not_there_is_told_with_what_is(client: TestClient, version: str) -> None:
    assert f"latest, {version}" in client.get("/dumps/0000000000000000/").json()["detail"]
    assert "carisec.nq.gz, " in client.get(f"/dumps/{version}/carisec.nq").json()["detail"]


def test_a_graph_read_page_by_page_gives_the_bytes_of_one_in_memory(scratch: Graph, tmp_path: Path) -> None:
    schema, content = scratch.schema, Content(ENTITIES, STATEMENTS)
    nothing = dump(stored_graph(scratch.store, schema, scratch.settings), tmp_path / "nothing")
    assert (nothing.rdf.triples, nothing.coverage.first_day) == (0, None)
    scratch.store.apply(schema, difference(schema, content, scratch.store.known()))
    stored = stored_graph(scratch.store, schema, scratch.settings)
    held = replace(stored, source=Held(ENTITIES, STATEMENTS))
    assert dump(stored, tmp_path / "stored") == dump(held, tmp_path / "held")
    files = {path.name: path.read_bytes() for path in (tmp_path / "held").iterdir()}
    assert {path.name: path.read_bytes() for path in (tmp_path / "stored").iterdir()} == files
    less = Content(ENTITIES, STATEMENTS[:1])
    scratch.store.apply(schema, difference(schema, less, scratch.store.known()))
    with pytest.raises(GraphMoved, match="loaded while it was dumped"):
        dump(stored, tmp_path / "stored")
    assert read_index(tmp_path / "stored").version == stored.made.version


@embedded_only
def test_the_command_writes_the_bytes_that_the_api_serves(
    graph: Graph, client: TestClient, version: str, tmp_path: Path
) -> None:
    done = carisec(environment(graph.settings), "dump", str(tmp_path / "d"), "--formats", "nq,jsonl,nquads")
    assert done.returncode == 0, done.stderr
    assert f"graph {version}, 2 files, " in done.stderr
    served = {file["name"]: file["sha256"] for file in client.get(f"/dumps/{version}/").json()["files"]}
    written = {file.name: file.sha256 for file in read_index(tmp_path / "d").files}
    assert written == {name: served[name] for name in ("carisec.nq.gz", "carisec.jsonl.gz")}
    assert read_index(tmp_path / "d").rdf.triples > 10_000


def test_without_a_folder_the_dump_is_the_one_that_the_api_serves(graph: Graph, version: str) -> None:
    before = DumpShelf(graph.settings).of(version)
    done = carisec(environment(graph.settings), "dump")
    assert f"/dumps/{version}/ of the API: graph {version}, 7 files, " in done.stderr
    assert DumpShelf(graph.settings).of(version) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["dump", "d", "--formats", "nq,xlsx"], "there is no format 'xlsx'; there are turtle, "),
        (["dump", "d", "--formats", " , "], "--formats names no format"),
        (["dump", "--formats", "nq"], "name a folder, or leave --formats out"),
        (["dump", "/"], "/ is no place for a dump"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(graph: Graph, arguments: list[str], message: str) -> None:
    done = carisec(environment(graph.settings), *arguments)
    assert done.returncode == 2
    assert message in done.stderr


# --- the description -------------------------------------------------------------------------------------


def test_the_description_comes_in_each_notation(client: TestClient, version: str) -> None:
    expected = rdflib.Graph().parse(data=client.get(f"/dumps/{version}/void.ttl").text, format="turtle")
    for suffix, media_type, called in (
        (".ttl", "text/turtle; charset=utf-8", "turtle"),
        (".nt", "application/n-triples", "nt"),
        (".rdf", "application/rdf+xml", "xml"),
    ):
        by_suffix = client.get(f"/dataset{suffix}")
        by_accept = client.get("/dataset", headers={"Accept": media_type.partition(";")[0]})
        assert by_suffix.headers["content-type"] == by_accept.headers["content-type"] == media_type
        assert by_suffix.content == by_accept.content
        assert set(rdflib.Graph().parse(data=by_suffix.content, format=called)) == set(expected)
    assert client.get("/dataset").headers["content-type"] == "text/turtle; charset=utf-8"
    assert client.get("/dataset.jsonld").json()["@graph"]
    refused = client.get("/dataset", headers={"Accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle (.ttl)" in refused.json()["detail"]


def test_the_description_is_where_void_says(client: TestClient) -> None:
    answer = client.get("/.well-known/void")
    assert answer.content == client.get("/dataset.ttl").content
    assert answer.headers["content-location"] == "/dataset.ttl"
    found = rdflib.Graph().parse(data=answer.text, format="turtle")
    [me] = found.subjects(RDF.type, DCAT.Dataset)
    assert len(list(found.objects(me, VOID.classPartition))) >= 20
    browser = client.get("/.well-known/void", headers=HTML)
    assert (browser.status_code, browser.headers["location"]) == (303, "/dataset.html")


def test_the_answer_says_what_else_there_is_and_is_known_again(client: TestClient) -> None:
    answer = client.get("/dataset.ttl")
    assert '</dataset.jsonld>; rel="alternate"; type="application/ld+json"' in answer.headers["link"]
    assert '<https://www.apache.org/licenses/LICENSE-2.0>; rel="license"' in answer.headers["link"]
    known = {"If-None-Match": answer.headers["etag"]}
    assert client.get("/dataset.ttl", headers=known).status_code == 304


def test_the_page_tells_people_and_search_engines(client: TestClient, version: str) -> None:
    page = client.get("/dataset", headers=HTML).text
    assert page == client.get("/dataset.html").text
    index = client.get(f"/dumps/{version}/").json()
    for told in (version, "Cite it", "<code title=", "carisec.nq.gz", index["files"][0]["sha256"]):
        assert told in page
    assert f"{index['rdf']['triples']:,} triples" in page
    found = re.search(r'<script type="application/ld\+json">(.+?)</script>', page, re.DOTALL)
    assert found is not None
    markup = json.loads(found[1])
    assert (markup["@type"], markup["version"]) == ("Dataset", version)
    assert markup["license"] == "https://www.apache.org/licenses/LICENSE-2.0"
    downloads = {one["contentUrl"].rpartition("/")[2]: one["sha256"] for one in markup["distribution"]}
    assert downloads == {file["name"]: file["sha256"] for file in index["files"]}


def test_the_pages_of_dumps(client: TestClient, version: str) -> None:
    assert f'<a href="/dumps/{version}/">' in client.get("/dumps", headers=HTML).text
    page = client.get(f"/dumps/{version}/", headers=HTML).text
    for name in ("carisec.csv.gz", "SHA256SUMS", "index.json", "README.txt"):
        assert f'href="/dumps/{version}/{name}"' in page


@embedded_only
def test_the_numbers_are_those_that_sparql_counts(graph: Graph, version: str) -> None:
    folder = graph.settings.data_dir / "dumps" / version
    index = read_index(folder)
    with gzip.open(folder / "carisec.nq.gz") as file:
        store = build_store(parse(cast(BinaryIO, file), RdfFormat.N_QUADS))

    def rows(text: str) -> list[list[str]]:
        found = store.query(text)
        assert isinstance(found, QuerySolutions)
        return [[getattr(term, "value", "") for term in row] for row in found]

    def number(text: str) -> int:
        return int(rows(text)[0][0])

    description = rdflib.Graph().parse(folder / "void.ttl")
    me = URIRef(f"{index.made.base_iri}dataset#carisec")
    pattern = str(description.value(me, VOID.uriRegexPattern))
    escaped = pattern.replace("\\", "\\\\")
    assert re.match(pattern, f"{index.made.base_iri}id/agency/atf")
    counted = {
        VOID.triples: "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
        VOID.distinctSubjects: "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }",
        VOID.distinctObjects: "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }",
        VOID.properties: "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }",
        VOID.classes: "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c }",
        VOID.entities: f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a ?c FILTER REGEX(STR(?s), '{escaped}') }}",
    }
    for term, text in counted.items():
        assert int(str(description.value(me, term))) == number(text), term
    classes = {c: int(n) for c, n in rows("SELECT ?c (COUNT(DISTINCT ?s) AS ?n) { ?s a ?c } GROUP BY ?c")}
    assert classes == {
        str(description.value(part, VOID["class"])): int(str(description.value(part, VOID.entities)))
        for part in description.objects(me, VOID.classPartition)
    }
    text = (
        "SELECT ?p (COUNT(*) AS ?n) (COUNT(DISTINCT ?s) AS ?a) (COUNT(DISTINCT ?o) AS ?b) "
        "{ ?s ?p ?o } GROUP BY ?p"
    )
    properties = {p: tuple(map(int, found)) for p, *found in rows(text)}
    assert properties == {
        str(description.value(part, VOID.property)): tuple(
            int(str(description.value(part, term)))
            for term in (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
        )
        for part in description.objects(me, VOID.propertyPartition)
    }
    graphs = {g: int(n) for g, n in rows("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")}
    assert graphs == index.rdf.graphs
    for links in index.rdf.links:
        there = f"FILTER STRSTARTS(STR(?o), '{links.namespace}')"
        assert links.triples == number(f"SELECT (COUNT(*) AS ?n) {{ ?s <{links.property}> ?o {there} }}")
