"""The data set described in RDF: DCAT 3 and VoID, with DCTERMS, PROV, FOAF, SPDX and service description.

Everything comes from the index of a dump. The description is the document `dataset` under the base IRI; what
it describes are fragments of it, so that no blank node is needed and everything can be linked to.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, Triple

from graph.dataset import CREATOR, RIGHTS
from graph.description_terms import (
    DCAT,
    DCTERMS,
    FOAF,
    FORMAT,
    LANGUAGE,
    MEDIA_TYPE,
    NAMESPACES,
    SD,
    SPDX,
    TYPE,
    VOID,
    Said,
    english,
    number,
    short,
    told,
    typed,
)
from graph.dump_index import DumpFile, DumpIndex
from graph.export import FORMATS
from graph.vocabulary import PROV, RDFS, WIKIDATA, Iris
from schema.values import SCHEMA_NS

# The W3C's names of those formats of the export that are RDF.
RDF_FORMATS: Mapping[str, str] = {
    "turtle": "Turtle",
    "ntriples": "N-Triples",
    "nquads": "N-Quads",
    "trig": "TriG",
    "jsonld": "JSON-LD",
    "rdfxml": "RDF_XML",
}


# Characters that mean something else in the regular expressions of SPARQL.
_SPECIAL, _ESCAPED = re.compile(r"[.\\+*?(){}\[\]|^$-]"), r"\\\g<0>"
COUNTRIES = "http://publications.europa.eu/resource/authority/country/"


@dataclass(frozen=True, slots=True)
class OtherDataSet:
    """A data set that ours links to: its key here, title, home page, and what its IRIs begin with."""

    key: str
    title: str
    home: str
    namespace: str


OTHERS = (
    OtherDataSet("wikidata", "Wikidata", "https://www.wikidata.org/", WIKIDATA),
    # Its codes are those of ISO 3166-1, three letters each; ISO itself gives its codes no IRIs.
    OtherDataSet(
        "iso3166",
        "ISO 3166-1 in the country authority table of the EU",
        "http://publications.europa.eu/resource/authority/country",
        COUNTRIES,
    ),
)


def described(index: DumpIndex) -> Iterator[Triple]:
    """The description of the data set that the index is of, no triple twice, those of a subject together."""
    yield from _Description(index).triples()


class _Description:
    def __init__(self, index: DumpIndex) -> None:
        self._index = index
        self._made = index.made
        self._iris = Iris(index.made.base_iri)
        self._document = index.made.base_iri + "dataset"
        self._me = self._part("carisec")

    def triples(self) -> Iterator[Triple]:
        yield from told(
            self._document,
            (TYPE, VOID + "DatasetDescription"),
            (DCTERMS + "title", english(f"Description of {self._index.title}")),
            (DCTERMS + "license", self._index.licence),
            (FOAF + "primaryTopic", self._me),
        )
        for part in (self._what_it_is, self._coverage, self._counted, self._access):
            yield from told(self._me, *part())
        yield from self._makers()
        yield from self._partitions()
        yield from self._linksets()
        yield from self._graphs()
        yield from self._services()
        for file in self._index.files:
            yield from self._distribution(file)

    def _part(self, name: str) -> str:
        return f"{self._document}#{name}"

    def _at(self, path: str) -> str:
        """Where the API has it."""
        return self._made.address + path

    def _entity(self, key: str) -> str:
        return self._iris.entity(key).value

    @property
    def _sources(self) -> list[str]:
        return [self._entity(document.id) for document in self._index.coverage.documents]

    @property
    def _loaded(self) -> Literal:
        return typed(self._made.loaded, "dateTime")

    def _what_it_is(self) -> Iterator[Said]:
        for kind in (DCAT + "Dataset", VOID + "Dataset", SD + "Dataset", PROV + "Entity"):
            yield TYPE, kind
        yield DCTERMS + "title", english(self._index.title)
        yield DCTERMS + "description", english(self._index.description)
        yield DCTERMS + "identifier", Literal(self._me)
        yield DCAT + "version", Literal(self._made.version)
        yield DCTERMS + "issued", self._loaded
        yield DCTERMS + "modified", self._loaded
        yield DCTERMS + "creator", self._part("project")
        yield DCTERMS + "publisher", self._part("project")
        yield DCTERMS + "license", self._index.licence
        yield DCTERMS + "rights", self._part("rights")
        yield DCTERMS + "conformsTo", f"{SCHEMA_NS[:-1]}/{self._made.schema_version}"
        yield DCTERMS + "provenance", self._part("provenance")
        yield PROV + "wasGeneratedBy", self._part("load")
        yield from ((DCTERMS + "source", source) for source in self._sources)
        yield from ((PROV + "wasDerivedFrom", source) for source in self._sources)

    def _coverage(self) -> Iterator[Said]:
        coverage = self._index.coverage
        yield from ((DCTERMS + "language", LANGUAGE + language) for language in coverage.languages)
        if coverage.first_day:
            yield DCTERMS + "temporal", self._part("period")
        yield from ((DCTERMS + "spatial", self._entity(country)) for country in coverage.countries)
        yield from ((DCAT + "keyword", english(name)) for name in sorted(set(coverage.topics.values())))
        yield from ((DCAT + "theme", self._entity(topic)) for topic in coverage.topics)

    def _counted(self) -> Iterator[Said]:
        rdf = self._index.rdf
        yield VOID + "triples", number(rdf.triples)
        yield VOID + "entities", number(rdf.entities)
        yield VOID + "distinctSubjects", number(rdf.subjects)
        yield VOID + "distinctObjects", number(rdf.objects)
        yield VOID + "properties", number(len(rdf.properties))
        yield VOID + "classes", number(len(rdf.classes))
        # Each entity and each statement has a page of its own.
        pages = sum(rdf.classes.get(SCHEMA_NS + name, 0) for name in ("Entity", "Statement"))
        yield VOID + "documents", number(pages)
        yield from ((VOID + "classPartition", self._part(f"class/{short(iri)}")) for iri in rdf.classes)
        for iri in rdf.properties:
            yield VOID + "propertyPartition", self._part(f"property/{short(iri)}")
        used = (*rdf.classes, *rdf.properties)
        for namespace in NAMESPACES.values():
            if any(iri.startswith(namespace) for iri in used):
                yield VOID + "vocabulary", namespace

    def _access(self) -> Iterator[Said]:
        rdf, files = self._index.rdf, self._index.files
        yield DCAT + "landingPage", self._at("/dataset")
        yield FOAF + "homepage", self._at("/")
        space = self._made.base_iri + "id/"
        yield VOID + "uriSpace", Literal(space)
        yield VOID + "uriRegexPattern", Literal(f"^{_SPECIAL.sub(_ESCAPED, space)}[^#]+$")
        for example in self._index.coverage.examples:
            yield VOID + "exampleResource", self._entity(example)
        if self._index.coverage.topics:
            yield VOID + "rootResource", self._iris.scheme
        yield VOID + "sparqlEndpoint", self._at("/sparql")
        yield from ((VOID + "dataDump", self._file(f)) for f in files if f.format in RDF_FORMATS)
        yield from ((VOID + "feature", FORMAT + name) for name in RDF_FORMATS.values())
        yield from ((VOID + "subset", iri) for iri in rdf.graphs)
        yield from ((VOID + "subset", self._part(key)) for key, _ in self._linked())
        yield SD + "defaultGraph", self._part("union")
        yield from ((SD + "namedGraph", self._named(iri)) for iri in rdf.graphs)
        yield from ((DCAT + "distribution", self._part(file.name)) for file in files)
        yield from ((DCAT + "distribution", self._part(f"by-{name}")) for name in ("sparql", "api"))

    def _makers(self) -> Iterator[Triple]:
        coverage, project, software = self._index.coverage, self._part("project"), self._part("software")
        yield from told(
            project,
            (TYPE, FOAF + "Agent"),
            (TYPE, PROV + "Agent"),
            (FOAF + "name", english(CREATOR)),
            (FOAF + "homepage", self._at("/")),
        )
        label = RDFS + "label"
        rights, origin = (TYPE, DCTERMS + "RightsStatement"), (TYPE, DCTERMS + "ProvenanceStatement")
        yield from told(self._part("rights"), rights, (label, english(RIGHTS)))
        yield from told(self._part("provenance"), origin, (label, english(_origin(self._index))))
        yield from told(
            self._part("load"),
            (TYPE, PROV + "Activity"),
            (label, english("Load of the graph")),
            (PROV + "endedAtTime", self._loaded),
            (PROV + "wasAssociatedWith", software),
            *((PROV + "used", source) for source in self._sources),
        )
        yield from told(
            software,
            (TYPE, PROV + "SoftwareAgent"),
            (label, Literal(self._made.made_with)),
            (PROV + "actedOnBehalfOf", project),
        )
        if coverage.first_day and coverage.last_day:
            yield from told(
                self._part("period"),
                (TYPE, DCTERMS + "PeriodOfTime"),
                (DCAT + "startDate", typed(coverage.first_day, "date")),
                (DCAT + "endDate", typed(coverage.last_day, "date")),
            )

    def _partitions(self) -> Iterator[Triple]:
        for iri, things in self._index.rdf.classes.items():
            yield from told(
                self._part(f"class/{short(iri)}"),
                (TYPE, VOID + "Dataset"),
                (VOID + "class", iri),
                (VOID + "entities", number(things)),
            )
        for iri, found in self._index.rdf.properties.items():
            yield from told(
                self._part(f"property/{short(iri)}"),
                (TYPE, VOID + "Dataset"),
                (VOID + "property", iri),
                (VOID + "triples", number(found.triples)),
                (VOID + "distinctSubjects", number(found.subjects)),
                (VOID + "distinctObjects", number(found.objects)),
            )

    def _linked(self) -> Iterator[tuple[str, OtherDataSet]]:
        """The key of each linkset with the data set that it leads to."""
        others = {one.namespace: one for one in OTHERS}
        for links in self._index.rdf.links:
            other = others[links.namespace]
            yield f"links/{other.key}/{short(links.property)}", other

    def _linksets(self) -> Iterator[Triple]:
        for links, (key, other) in zip(self._index.rdf.links, self._linked(), strict=True):
            yield from told(
                self._part(key),
                (TYPE, VOID + "Linkset"),
                (DCTERMS + "title", english(f"Links to {other.title}")),
                (VOID + "subjectsTarget", self._me),
                (VOID + "objectsTarget", self._part(other.key)),
                (VOID + "linkPredicate", links.property),
                (VOID + "triples", number(links.triples)),
            )
        for other in dict.fromkeys(other for _, other in self._linked()):
            yield from told(
                self._part(other.key),
                (TYPE, VOID + "Dataset"),
                (DCTERMS + "title", english(other.title)),
                (FOAF + "homepage", other.home),
                (VOID + "uriSpace", Literal(other.namespace)),
            )

    def _named(self, graph: str) -> str:
        return self._part(graph.removeprefix(self._made.base_iri))

    def _graphs(self) -> Iterator[Triple]:
        documents = {self._iris.graph(d.id).value: d for d in self._index.coverage.documents}
        triples = (VOID + "triples", number(self._index.rdf.triples))
        yield from told(self._part("union"), (TYPE, SD + "Graph"), triples)
        for iri, quads in self._index.rdf.graphs.items():
            document = documents.get(iri)
            title = (
                f"What rests on: {document.name}" if document else "Entities, and what rests on no document"
            )
            yield from told(
                iri,
                (TYPE, VOID + "Dataset"),
                (TYPE, SD + "Graph"),
                (DCTERMS + "title", english(title)),
                (VOID + "triples", number(quads)),
                *([(DCTERMS + "source", self._entity(document.id))] if document else []),
            )
            names = ((SD + "name", iri), (SD + "graph", iri))
            yield from told(self._named(iri), (TYPE, SD + "NamedGraph"), *names)

    def _services(self) -> Iterator[Triple]:
        for name, title, path, description in (
            ("sparql", "SPARQL endpoint, read only", "/sparql", "/sparql"),
            ("api", "HTTP API", "/", "/openapi.json"),
        ):
            yield from told(
                self._part(name),
                (TYPE, DCAT + "DataService"),
                (DCTERMS + "title", english(title)),
                (DCAT + "endpointURL", self._at(path)),
                (DCAT + "endpointDescription", self._at(description)),
                (DCAT + "servesDataset", self._me),
                (DCTERMS + "license", self._index.licence),
            )
            yield from told(
                self._part(f"by-{name}"),
                (TYPE, DCAT + "Distribution"),
                (DCTERMS + "title", english(title)),
                (DCTERMS + "license", self._index.licence),
                (DCAT + "accessURL", self._at(path)),
                (DCAT + "accessService", self._part(name)),
            )
        yield from told(
            self._part("sparql"),
            (TYPE, SD + "Service"),
            (DCTERMS + "conformsTo", "https://www.w3.org/TR/sparql11-protocol/"),
            (SD + "endpoint", self._at("/sparql")),
            (SD + "supportedLanguage", SD + "SPARQL11Query"),
            (SD + "feature", SD + "UnionDefaultGraph"),
            (SD + "defaultDataset", self._me),
        )

    def _file(self, file: DumpFile) -> str:
        return self._at(f"/dumps/{self._made.version}/{file.name}")

    def _distribution(self, file: DumpFile) -> Iterator[Triple]:
        form, w3c = FORMATS[file.format], RDF_FORMATS.get(file.format)
        checksum = self._part(f"{file.name}/sha256")
        yield from told(
            self._part(file.name),
            (TYPE, DCAT + "Distribution"),
            (DCTERMS + "title", english(f"{form.label}, gzipped")),
            (DCTERMS + "description", english(form.description)),
            (DCTERMS + "license", self._index.licence),
            (DCTERMS + "issued", self._loaded),
            *([(DCTERMS + "format", FORMAT + w3c)] if w3c else []),
            (DCAT + "accessURL", self._at(f"/dumps/{self._made.version}/")),
            (DCAT + "downloadURL", self._file(file)),
            (DCAT + "mediaType", MEDIA_TYPE + file.media_type.partition(";")[0]),
            (DCAT + "compressFormat", MEDIA_TYPE + "application/gzip"),
            (DCAT + "byteSize", typed(str(file.bytes), "nonNegativeInteger")),
            (SPDX + "checksum", checksum),
        )
        yield from told(
            checksum,
            (TYPE, SPDX + "Checksum"),
            (SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256"),
            (SPDX + "checksumValue", typed(file.sha256, "hexBinary")),
        )


def _origin(index: DumpIndex) -> str:
    return (
        f"Built by {index.made.made_with} from a register of known entities, facts written by curators and "
        f"rules, over {len(index.coverage.documents)} documents; each statement names its evidence."
    )
