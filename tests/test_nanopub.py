"""Statements as nanopublications: what they hold, and that nanopub-py accepts each of the graph unsigned."""

import io
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from fastapi.testclient import TestClient
from nanopub.nanopub import Nanopub
from nanopub.nanopub_conf import NanopubConf
from nanopub.utils import MalformedNanopubError
from rdflib import DCTERMS, FOAF, PROV, RDF

from api.app import create_app
from graph.nanopub import NP, NPX, PAV, Published, nanopub_iri, write_nanopubs
from graph.reading import read_content
from graph.records import ACCEPTED, CANDIDATE, LAST_DAY, Statement
from graph.vocabulary import LICENCE
from schema.errors import NotFound
from schema.values import SCHEMA_NS
from tests.commands import carisec
from tests.conftest import Graph, environment
from tests.rdf_samples import BASE, CLAUSE, ENTITIES, ID, LETTER, MINUTES, SCHEMA, STATEMENTS

C = rdflib.Namespace(SCHEMA_NS)
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SAMPLE = Published(SCHEMA, BASE, "v7", {e.id: e for e in ENTITIES})
BY_PREDICATE = {(s.predicate, s.qualifiers.get("role", "")): s for s in STATEMENTS}
SUPPORTS = BY_PREDICATE["SUPPORTS", ""]
ME = rdflib.URIRef(nanopub_iri(BASE, SUPPORTS.id))


def trig(statement: Statement, graph: Published = SAMPLE) -> str:
    out = io.BytesIO()
    write_nanopubs(graph, [statement], out)
    return out.getvalue().decode()


def parsed(text: str) -> rdflib.ConjunctiveGraph:
    with warnings.catch_warnings():
        # The only class that nanopub-py takes; rdflib would rather have another.
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = rdflib.ConjunctiveGraph()
        graph.parse(data=text, format="trig")
    return graph


def checked(text: str) -> bool:
    """Whether nanopub-py calls it valid. Raises MalformedNanopubError for what it refuses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Nanopub(rdf=parsed(text), conf=NanopubConf()).is_valid


def part(name: str) -> rdflib.Graph:
    return parsed(trig(SUPPORTS)).get_context(rdflib.URIRef(f"{ME}#{name}"))


def test_the_assertion_says_it_with_its_qualifiers() -> None:
    graph = part("assertion")
    bureau, cell = rdflib.URIRef(ID + "agency/bureau"), rdflib.URIRef(ID + "unit/cell")
    reified = rdflib.URIRef(f"{ID}statement/{SUPPORTS.id}")
    assert (bureau, C.supports, cell) in graph
    assert graph.value(reified, RDF.subject) == bureau
    assert graph.value(reified, RDF.object) == cell
    assert str(graph.value(reified, C.scope)) == "training"
    assert str(graph.value(reified, C.date)) == "2022-11"
    assert set(graph.subjects()) == {bureau, reified}
    assert not {C.status, C.evidence, C.knownFrom, PROV.wasDerivedFrom} & set(graph.predicates())


def test_the_provenance_has_documents_publishers_and_clauses() -> None:
    assertion = rdflib.URIRef(f"{ME}#assertion")
    letter = {e.id: e for e in ENTITIES}[LETTER]
    named = replace(letter, properties={**letter.properties, "publisher": "Ministry of Tides"})
    graph = parsed(trig(SUPPORTS, replace(SAMPLE, entities={**SAMPLE.entities, LETTER: named})))
    documents = {rdflib.URIRef(ID + LETTER), rdflib.URIRef(ID + MINUTES)}
    assert set(graph.objects(assertion, PROV.wasDerivedFrom)) == documents
    publisher = graph.value(assertion, PROV.wasAttributedTo)
    assert str(graph.value(publisher, FOAF.name)) == "Ministry of Tides"
    activity = graph.value(assertion, PROV.wasGeneratedBy)
    assert set(graph.objects(activity, PROV.used)) == documents
    assert {str(rule) for rule in graph.objects(None, C.rule)} == {"verb-helps", "curated"}
    assert {float(str(number)) for number in graph.objects(None, C.confidence)} == {0.85, 1.0}
    assert [str(quote) for quote in graph.objects(None, OA.exact)] == [CLAUSE]


def test_the_publication_info_is_of_the_nanopublication() -> None:
    graph = part("pubinfo")
    # rdflib may write the same time with another zone.
    assert (
        str(graph.value(ME, DCTERMS.created)).removesuffix("Z").removesuffix("+00:00")
        == "2021-12-31T00:00:00"
    )
    assert graph.value(ME, DCTERMS.license) == rdflib.URIRef(LICENCE)
    assert graph.value(ME, DCTERMS.creator) == rdflib.URIRef(BASE + "dataset#project")
    assert str(graph.value(ME, rdflib.URIRef(PAV + "version"))) == "v7"
    assert str(graph.value(ME, rdflib.RDFS.label)) == "Harbour Bureau supports Tracing Cell"
    agent = graph.value(ME, PROV.wasAttributedTo)
    assert (agent, RDF.type, rdflib.URIRef(NPX + "SoftwareAgent")) in graph
    undated = replace(SUPPORTS, clock=replace(SUPPORTS.clock, known=LAST_DAY))
    assert DCTERMS.created not in set(parsed(trig(undated)).predicates())


def test_only_what_is_accepted_is_asserted() -> None:
    candidate = BY_PREDICATE["FUNDS", ""]
    assert candidate.status == CANDIDATE
    with pytest.raises(NotFound, match=f"{candidate.id} has no nanopublication: it is candidate"):
        trig(candidate)


def test_the_same_graph_gives_the_same_bytes() -> None:
    assert trig(SUPPORTS) == trig(replace(SUPPORTS, evidence=SUPPORTS.evidence[::-1]))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("np:hasProvenance", "np:hasOther", "No nanopublication"),
        (f"<{ME}#assertion> prov:", f"<{ME}#other> prov:", "at least one triple with the assertion graph"),
        (f"<{ME}#pubinfo> {{", f"<{ME}#extra> {{", "pubinfo graph is empty"),
    ],
)
def test_a_broken_one_is_refused(old: str, new: str, message: str) -> None:
    text = trig(SUPPORTS)
    assert checked(text)
    assert old in text, text
    with pytest.raises(MalformedNanopubError, match=message):
        checked(text.replace(old, new))


def test_several_stand_in_one_file() -> None:
    accepted = [s for s in STATEMENTS if s.status == ACCEPTED]
    out = io.BytesIO()
    write_nanopubs(SAMPLE, accepted, out)
    found = set(pyoxigraph.parse(out.getvalue(), pyoxigraph.RdfFormat.TRIG))
    assert found == {q for s in accepted for q in pyoxigraph.parse(trig(s), pyoxigraph.RdfFormat.TRIG)}
    assert len({quad.graph_name for quad in found}) == 4 * len(accepted)


@pytest.fixture(scope="module")
def kinds(graph: Graph) -> dict[str, Statement]:
    """An accepted statement of the bundled graph for each predicate and set of qualifiers that it has."""
    content = read_content(graph.store, graph.schema)
    accepted = [s for s in content.statements if s.status == ACCEPTED]
    return {f"{s.predicate} {sorted(s.qualifiers)} {len(s.documents)}": s for s in accepted}


def test_every_kind_of_statement_of_the_graph_is_accepted_unsigned(
    graph: Graph, kinds: dict[str, Statement]
) -> None:
    content = read_content(graph.store, graph.schema)
    made = Published(
        graph.schema, graph.settings.base_iri, graph.store.version(), {e.id: e for e in content.entities}
    )
    by_predicate = {s.predicate: s for s in kinds.values()}
    assert len(by_predicate) >= 20
    assert {"HELD_ON", "PRECEDES", "RESULTED_IN"} <= by_predicate.keys()
    for statement in by_predicate.values():
        assert checked(trig(statement, made)), statement.id
    out = io.BytesIO()
    write_nanopubs(made, kinds.values(), out)
    quads = list(pyoxigraph.parse(out.getvalue(), pyoxigraph.RdfFormat.TRIG))
    heads = [q for q in quads if q.object == pyoxigraph.NamedNode(NP + "Nanopublication")]
    assert len(heads) == len(kinds) > len(by_predicate)
    assert not any(isinstance(term, pyoxigraph.BlankNode) for q in quads for term in (q.subject, q.object))


@pytest.fixture(scope="module")
def client(graph: Graph) -> Iterator[TestClient]:
    with TestClient(create_app(graph.settings, graph.store)) as made:
        yield made


def test_an_address_gives_the_nanopublication(client: TestClient, kinds: dict[str, Statement]) -> None:
    statement = next(s for s in kinds.values() if s.predicate == "SUPPORTS")
    answer = client.get(f"/statements/{statement.id}/nanopub")
    assert answer.headers["content-type"] == "application/trig"
    assert checked(answer.text)
    again = client.get(
        f"/statements/{statement.id}/nanopub", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status_code == 304
    assert client.head(f"/statements/{statement.id}/nanopub").status_code == 200
    moved = client.get(f"/np/{statement.id}", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (303, f"/statements/{statement.id}/nanopub")
    assert client.get("/statements/s0/nanopub").status_code == 404
    refused = client.get(f"/statements/{statement.id}/nanopub", headers={"Accept": "text/html"})
    assert refused.status_code == 406
    assert "application/trig" in refused.text


def test_the_command_writes_some_or_all(graph: Graph, kinds: dict[str, Statement], tmp_path: Path) -> None:
    statement = next(s for s in kinds.values() if s.predicate == "SUPPORTS")
    file, made = tmp_path / "one.trig", environment(graph.settings)
    done = carisec(made, "nanopub", statement.id, statement.id, "-o", str(file))
    assert done.returncode == 0, done.stderr
    assert "one.trig: 1 nanopublication" in done.stderr.replace("\n", "")
    assert checked(file.read_text("utf-8"))
    for arguments, told in (((), "name statements by their ids"), (("s0",), "no statement has the id s0")):
        refused = carisec(made, "nanopub", *arguments)
        assert refused.returncode == 2
        assert told in refused.stderr
