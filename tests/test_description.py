"""The description of the data set: right terms, right numbers, and the same in every notation."""

import io

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat
from rdflib import DCAT, DCTERMS, FOAF, PROV, RDF, VOID, XSD, Literal, URIRef
from rdflib.namespace import ClosedNamespace, DefinedNamespace

from graph.description import OTHERS, described
from graph.description_files import write_description
from graph.description_terms import SD, SPDX
from graph.dump_index import DumpIndex
from graph.dumps import dump
from tests.dump_samples import ADDRESS, VERSION, sample
from tests.rdf_samples import BASE

ME = URIRef(f"{BASE}dataset#carisec")
# DCAT 3 came after rdflib's list of DCAT.
DCAT_3 = {"version"}
OTHER_TERMS = {
    SD: {
        "Dataset",
        "Graph",
        "NamedGraph",
        "Service",
        "SPARQL11Query",
        "UnionDefaultGraph",
        "defaultDataset",
        "defaultGraph",
        "endpoint",
        "feature",
        "graph",
        "name",
        "namedGraph",
        "supportedLanguage",
    },
    SPDX: {"Checksum", "algorithm", "checksum", "checksumAlgorithm_sha256", "checksumValue"},
}
NOTATIONS = {
    "turtle": (RdfFormat.TURTLE, "turtle"),
    "ntriples": (RdfFormat.N_TRIPLES, "nt"),
    "rdfxml": (RdfFormat.RDF_XML, "xml"),
    "jsonld": (RdfFormat.JSON_LD, "json-ld"),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> DumpIndex:
    return dump(sample(), tmp_path_factory.mktemp("described") / "dump")


@pytest.fixture(scope="module")
def graph_of(index: DumpIndex) -> rdflib.Graph:
    return rdflib.Graph().parse(data=written(index, "turtle"), format="turtle")


def written(index: DumpIndex, name: str) -> bytes:
    out = io.BytesIO()
    write_description(index, name, out)
    return out.getvalue()


# rdflib's own parser of JSON-LD uses what it has deprecated.
@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated")
@pytest.mark.parametrize("name", NOTATIONS)
def test_each_notation_says_the_same_to_other_peoples_readers(index: DumpIndex, name: str) -> None:
    body = written(index, name)
    kind, called = NOTATIONS[name]
    expected = set(described(index))
    assert len(expected) == len(list(described(index)))
    assert {quad.triple for quad in pyoxigraph.parse(body, kind)} == expected
    found = rdflib.Graph().parse(data=body, format=called)
    assert len(found) == len(expected)
    assert set(found) == set(rdflib.Graph().parse(data=written(index, "ntriples"), format="nt"))


@pytest.mark.parametrize("namespace", [DCAT, DCTERMS, FOAF, PROV, VOID, *OTHER_TERMS])
def test_every_term_is_one_of_its_vocabulary(
    graph_of: rdflib.Graph, namespace: type[DefinedNamespace] | ClosedNamespace | str
) -> None:
    start = str(namespace)
    nodes = {node for triple in graph_of for node in triple if isinstance(node, URIRef)}
    used = {node.removeprefix(start) for node in nodes if node.startswith(start)}
    assert used
    if isinstance(namespace, str):
        assert used <= OTHER_TERMS[namespace]
    else:
        allowed = DCAT_3 if namespace is DCAT else set()
        assert [name for name in used - allowed - {""} if namespace[name] not in namespace] == []


def test_no_literal_is_ill_typed_and_nothing_is_blank(graph_of: rdflib.Graph) -> None:
    nodes = {node for triple in graph_of for node in triple}
    assert not [node for node in nodes if isinstance(node, Literal) and node.ill_typed]
    assert not [node for node in nodes if isinstance(node, rdflib.BNode)]


def test_what_is_pointed_to_in_the_description_is_described(graph_of: rdflib.Graph) -> None:
    iris = {node for node in graph_of.objects() if isinstance(node, URIRef)}
    parts = {iri for iri in iris if iri.startswith(f"{BASE}dataset#")}
    assert parts - set(graph_of.subjects()) == set()
    assert set(graph_of.subjects()) - parts == {
        URIRef(f"{BASE}dataset"),
        *(URIRef(f"{BASE}graph/{name}") for name in ("register", "document/letter", "document/minutes")),
    }


def test_the_data_set_says_whose_it_is_when_and_what_of(graph_of: rdflib.Graph) -> None:
    kinds = set(graph_of.objects(ME, RDF.type))
    assert {DCAT.Dataset, VOID.Dataset} <= kinds
    one = {p: graph_of.value(ME, p) for p in (DCTERMS.issued, DCTERMS.license, DCAT.landingPage)}
    assert one[DCTERMS.issued] == Literal("2024-05-06T07:08:09+00:00", datatype=XSD.dateTime)
    assert one[DCTERMS.license] == URIRef("https://www.apache.org/licenses/LICENSE-2.0")
    assert one[DCAT.landingPage] == URIRef(f"{ADDRESS}/dataset")
    assert graph_of.value(ME, URIRef(str(DCAT) + "version")) == Literal(VERSION)
    publisher = graph_of.value(ME, DCTERMS.publisher)
    assert str(graph_of.value(publisher, FOAF.name)) == "The carisec project"
    assert set(graph_of.objects(ME, DCTERMS.source)) == {
        URIRef(f"{BASE}id/document/letter"),
        URIRef(f"{BASE}id/document/minutes"),
    }
    period = graph_of.value(ME, DCTERMS.temporal)
    assert str(graph_of.value(period, DCAT.startDate)) <= str(graph_of.value(period, DCAT.endDate))
    assert set(graph_of.objects(ME, DCAT.keyword)) == {Literal("Firearms", lang="en")}


def test_each_file_is_a_distribution_with_size_and_checksum(graph_of: rdflib.Graph, index: DumpIndex) -> None:
    by_address = {
        graph_of.value(one, DCAT.downloadURL): one for one in graph_of.objects(ME, DCAT.distribution)
    }
    for file in index.files:
        one = by_address[URIRef(f"{ADDRESS}/dumps/{VERSION}/{file.name}")]
        assert int(str(graph_of.value(one, DCAT.byteSize))) == file.bytes
        checksum = graph_of.value(one, URIRef(SPDX + "checksum"))
        assert str(graph_of.value(checksum, URIRef(SPDX + "checksumValue"))) == file.sha256
        assert str(graph_of.value(one, DCAT.mediaType)).endswith(file.media_type.partition(";")[0])
        assert str(graph_of.value(one, DCAT.compressFormat)).endswith("application/gzip")
    dumps = {str(iri).rpartition("/")[2] for iri in graph_of.objects(ME, VOID.dataDump)}
    assert dumps == {f"carisec.{ending}.gz" for ending in ("nq", "ttl", "trig", "jsonld")}
    services = set(graph_of.objects(None, DCAT.accessService))
    assert {graph_of.value(one, DCAT.endpointURL) for one in services} == {
        URIRef(f"{ADDRESS}/sparql"),
        URIRef(f"{ADDRESS}/"),
    }


def test_links_outward_are_linksets_of_one_property_each(graph_of: rdflib.Graph) -> None:
    found = {
        str(graph_of.value(one, VOID.linkPredicate)).rpartition("#")[2]: int(
            str(graph_of.value(one, VOID.triples))
        )
        for one in graph_of.subjects(RDF.type, VOID.Linkset)
    }
    assert found == {"sameAs": 1, "exactMatch": 1}
    spaces = {str(graph_of.value(one, VOID.uriSpace)) for one in graph_of.objects(None, VOID.objectsTarget)}
    assert spaces == {OTHERS[0].namespace}
