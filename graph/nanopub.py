"""An accepted statement as an unsigned nanopublication: assertion, provenance and publication info in TriG.

The assertion is the direct triple, and the reified statement with its qualifiers, so that roles, dates and
amounts are not lost. The provenance has the documents, their publishers, and each evidence with clause, rule
and confidence. The same statement of the same graph gives the same bytes: the time of creation is the day by
which the statement could be known, as its documents were published by then, and not the time of writing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from graph import vocabulary as v
from graph.description_terms import DCTERMS, FOAF, TYPE, Said, english, told, typed
from graph.rdf import triples
from graph.records import ACCEPTED, LAST_DAY, Entity, Statement
from schema.errors import NotFound
from schema.model import Schema

NP = "http://www.nanopub.org/nschema#"
NPX = "http://purl.org/nanopub/x/"
PAV = "http://purl.org/pav/"

# What is not said but tells how it came to be said.
_OF_ITS_ORIGIN = frozenset({v.STATUS, v.KNOWN_FROM, v.DERIVED_FROM, v.HAS_EVIDENCE})


@dataclass(frozen=True, slots=True)
class Published:
    """The graph that nanopublications are taken from: its version, and its entities by id for names."""

    schema: Schema
    base_iri: str
    version: str
    entities: Mapping[str, Entity]


def nanopub_iri(base_iri: str, statement: str) -> str:
    """IRI of the nanopublication of a statement; its four graphs are fragments of it."""
    return f"{base_iri}np/{statement}"


def write_nanopubs(graph: Published, statements: Iterable[Statement], out: BinaryIO) -> None:
    """Write the nanopublications of statements as TriG, one after the other as they come.

    Raises NotFound for a statement that is not accepted: a nanopublication asserts.
    """
    prefixes = {**v.prefixes(graph.schema, graph.base_iri), "dcterms": DCTERMS, "foaf": FOAF}
    prefixes |= {"np": NP, "npx": NPX, "pav": PAV}
    found = (quad for one in statements for quad in nanopub_quads(graph, one))
    serialize(found, out, RdfFormat.TRIG, prefixes=dict(sorted(prefixes.items())))


def nanopub_quads(graph: Published, statement: Statement) -> Iterator[Quad]:
    """The quads of one nanopublication, its graphs in the order head, assertion, provenance, pubinfo."""
    if statement.status != ACCEPTED:
        raise NotFound(
            f"{statement.id} has no nanopublication: it is {statement.status}, and a nanopublication asserts"
        )
    made = _Nanopub(graph, statement)
    parts = (
        ("head", made.head()),
        ("assertion", made.assertion()),
        ("provenance", made.provenance()),
        ("pubinfo", made.publication()),
    )
    for name, part in parts:
        node = NamedNode(made.part(name))
        for triple in part:
            yield Quad(triple.subject, triple.predicate, triple.object, node)


class _Nanopub:
    def __init__(self, graph: Published, statement: Statement) -> None:
        self._graph = graph
        self._statement = statement
        self._me = nanopub_iri(graph.base_iri, statement.id)
        self._iris = v.Iris(graph.base_iri)
        known = (graph.entities.get(document) for document in statement.documents)
        self._documents = [document for document in known if document is not None]
        told_of = triples(graph.schema, self._documents, [statement], graph.base_iri)
        self._said: list[Triple] = []
        self._origin: list[Triple] = []
        for triple in told_of:
            (self._said if self._is_said(triple) else self._origin).append(triple)

    def part(self, name: str) -> str:
        return f"{self._me}#{name}"

    def head(self) -> Iterator[Triple]:
        yield from told(
            self._me,
            (TYPE, NP + "Nanopublication"),
            (NP + "hasAssertion", self.part("assertion")),
            (NP + "hasProvenance", self.part("provenance")),
            (NP + "hasPublicationInfo", self.part("pubinfo")),
        )

    def assertion(self) -> Iterator[Triple]:
        """The direct triple first."""
        statement = self._iris.statement(self._statement.id)
        yield from sorted(self._said, key=lambda triple: triple.subject == statement)

    def provenance(self) -> Iterator[Triple]:
        """Where the assertion comes from, then what is known of that."""
        assertion, reading = self.part("assertion"), self.part("reading")
        used = [(v.PROV + "used", self._iris.entity(one)) for one in self._statement.documents]
        yield from told(
            assertion,
            *((v.PROV + "wasDerivedFrom", document) for _, document in used),
            *((v.PROV + "wasAttributedTo", self._publisher(one)) for one, _ in self._publishers()),
            (v.PROV + "wasGeneratedBy", reading),
        )
        yield from told(
            reading,
            (TYPE, v.PROV + "Activity"),
            *used,
            (v.PROV + "wasAssociatedWith", self._of_dataset("software")),
        )
        for document, name in self._publishers():
            yield from told(
                self._publisher(document),
                (TYPE, v.PROV + "Agent"),
                (FOAF + "name", Literal(name)),
            )
        yield from self._origin

    def publication(self) -> Iterator[Triple]:
        """Who made the nanopublication of what, under which licence; the agents are named."""
        project, software = self._of_dataset("project"), self._of_dataset("software")
        known = self._statement.clock.known
        created: list[Said] = []
        if known != LAST_DAY:
            created.append((DCTERMS + "created", typed(f"{known}T00:00:00Z", "dateTime")))
        yield from told(
            self._me,
            (v.RDFS + "label", english(self._sentence())),
            *created,
            (DCTERMS + "creator", project),
            (DCTERMS + "license", v.LICENCE),
            (DCTERMS + "rights", english("Quoted clauses stay their publishers'.")),
            (DCTERMS + "isPartOf", self._of_dataset("carisec")),
            (v.PROV + "wasAttributedTo", software),
            (PAV + "version", Literal(self._graph.version)),
        )
        yield from told(project, (TYPE, FOAF + "Project"), (FOAF + "name", Literal("carisec")))
        yield from told(
            software,
            (TYPE, NPX + "SoftwareAgent"),
            (TYPE, v.PROV + "SoftwareAgent"),
            (FOAF + "name", Literal("carisec")),
        )

    def _is_said(self, triple: Triple) -> bool:
        """Whether a triple is what the statement says: the direct one, or of the reified one."""
        if triple.subject == self._iris.statement(self._statement.id):
            return triple.predicate not in _OF_ITS_ORIGIN
        return triple.predicate.value == self._graph.schema.predicates[self._statement.predicate].iri

    def _publishers(self) -> list[tuple[str, str]]:
        """The documents whose publisher is known, with its name."""
        return [
            (one.id, str(one.properties["publisher"]))
            for one in self._documents
            if "publisher" in one.properties
        ]

    def _publisher(self, document: str) -> str:
        return f"{self._iris.entity(document).value}#publisher"

    def _of_dataset(self, name: str) -> str:
        """What the description of the data set calls by a fragment of its own."""
        return f"{self._graph.base_iri}dataset#{name}"

    def _sentence(self) -> str:
        """The statement by the names of what it is about."""
        said = self._statement
        ends = [said.subject, said.object or said.value or ""]
        subject, target = (self._graph.entities[e].name if e in self._graph.entities else e for e in ends)
        return f"{subject} {self._graph.schema.predicates[said.predicate].label} {target}"
