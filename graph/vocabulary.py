"""IRIs of the RDF form: the terms of others that it uses, and the names that the base IRI makes."""

from collections.abc import Mapping

from pyoxigraph import NamedNode

from schema.model import Schema
from schema.values import SCHEMA_NS, XSD

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
WIKIDATA = "http://www.wikidata.org/entity/"
# Of the ontology, of the curated facts, and so of every export; quotes stay their publishers'.
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"

TYPE = NamedNode(RDF + "type")
RDF_STATEMENT = NamedNode(RDF + "Statement")
SUBJECT = NamedNode(RDF + "subject")
PREDICATE = NamedNode(RDF + "predicate")
OBJECT = NamedNode(RDF + "object")
REIFIES = NamedNode(RDF + "reifies")
LABEL = NamedNode(RDFS + "label")
COMMENT = NamedNode(RDFS + "comment")
SAME_AS = NamedNode(OWL + "sameAs")
CONCEPT_SCHEME = NamedNode(SKOS + "ConceptScheme")
PREF_LABEL = NamedNode(SKOS + "prefLabel")
ALT_LABEL = NamedNode(SKOS + "altLabel")
EXACT_MATCH = NamedNode(SKOS + "exactMatch")
CLOSE_MATCH = NamedNode(SKOS + "closeMatch")
BROADER = NamedNode(SKOS + "broader")
IN_SCHEME = NamedNode(SKOS + "inScheme")
TOP_CONCEPT_OF = NamedNode(SKOS + "topConceptOf")
DERIVED_FROM = NamedNode(PROV + "wasDerivedFrom")
ANNOTATION = NamedNode(OA + "Annotation")
SPECIFIC_RESOURCE = NamedNode(OA + "SpecificResource")
POSITION_SELECTOR = NamedNode(OA + "TextPositionSelector")
QUOTE_SELECTOR = NamedNode(OA + "TextQuoteSelector")
HAS_BODY = NamedNode(OA + "hasBody")
HAS_TARGET = NamedNode(OA + "hasTarget")
HAS_SOURCE = NamedNode(OA + "hasSource")
HAS_SELECTOR = NamedNode(OA + "hasSelector")
START = NamedNode(OA + "start")
END = NamedNode(OA + "end")
EXACT = NamedNode(OA + "exact")
ENTITY = NamedNode(SCHEMA_NS + "Entity")
STATEMENT = NamedNode(SCHEMA_NS + "Statement")
EVIDENCE = NamedNode(SCHEMA_NS + "Evidence")
STATUS = NamedNode(SCHEMA_NS + "status")
HAS_EVIDENCE = NamedNode(SCHEMA_NS + "evidence")
RULE = NamedNode(SCHEMA_NS + "rule")
CONFIDENCE = NamedNode(SCHEMA_NS + "confidence")
CLAUSE_SHA256 = NamedNode(SCHEMA_NS + "clauseSha256")
ANCHOR = NamedNode(SCHEMA_NS + "anchor")
KNOWN_FROM = NamedNode(SCHEMA_NS + "knownFrom")
VALID_FROM = NamedNode(SCHEMA_NS + "validFrom")
VALID_UNTIL = NamedNode(SCHEMA_NS + "validUntil")

# Attributes that RDF has a term of its own for; their values are IRIs there.
MATCHES: Mapping[str, NamedNode] = {"exactMatch": EXACT_MATCH, "closeMatch": CLOSE_MATCH}

_RECORDS = frozenset({"evidence", "statement"})
_NAMESPACES = {
    "carisec": SCHEMA_NS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "oa": OA,
    "owl": OWL,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "wd": WIKIDATA,
    "xsd": XSD,
}


class Iris:
    """IRIs of entities, statements, evidence and graphs under one base IRI, and the way back to ids."""

    def __init__(self, base_iri: str) -> None:
        self._base = base_iri
        self.ids = self._ids = base_iri + "id/"
        self._entities: dict[str, NamedNode] = {}
        self.scheme = NamedNode(base_iri + "topics")

    def entity(self, entity: str) -> NamedNode:
        """IRI of an entity: the base, `id/` and its id."""
        node = self._entities.get(entity)
        if node is None:
            node = self._entities[entity] = NamedNode(self._ids + entity)
        return node

    def statement(self, statement: str) -> NamedNode:
        return NamedNode(f"{self._ids}statement/{statement}")

    def evidence(self, evidence: str, part: str = "") -> NamedNode:
        """IRI of an evidence, or of a part of it: `#clause`, `#position` or `#quote`."""
        return NamedNode(f"{self._ids}evidence/{evidence}{part}")

    def graph(self, name: str) -> NamedNode:
        """IRI of a named graph: `register`, or the id of a document."""
        return NamedNode(f"{self._base}graph/{name}")

    def entity_id(self, iri: str) -> str | None:
        """Id of the entity with this IRI, None for any other IRI."""
        found = iri.removeprefix(self._ids)
        kind = found.partition("/")[0]
        return None if found == iri or "#" in found or kind in _RECORDS else found

    def record(self, record: str) -> NamedNode:
        """IRI of an entity, statement or evidence by its id; an IRI stays as it is."""
        if "://" in record:
            return NamedNode(record)
        if "/" in record:
            return self.entity(record)
        return self.statement(record) if record.startswith("s") else self.evidence(record)

    def record_id(self, iri: str) -> str | None:
        """Id of an entity, a statement or an evidence (also of a part of one), None for any other IRI.

        Ids of statements and evidence come without the first segment of their IRIs.
        """
        found = iri.removeprefix(self._ids)
        if found == iri:
            return None
        kind, _, tail = found.partition("#")[0].partition("/")
        return tail if kind in _RECORDS else found


def prefixes(schema: Schema, base_iri: str) -> Mapping[str, str]:
    """Prefix to namespace, sorted: the vocabularies, and one for each kind of id (`agency:atf`)."""
    segments = (set(schema.prefixes) | _RECORDS) - {""}
    return dict(sorted({**{s: f"{base_iri}id/{s}/" for s in segments}, **_NAMESPACES}.items()))
