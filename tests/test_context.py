"""The JSON-LD context: what is written with it means what the exporter writes."""

import json
import warnings
from typing import Any

import pyoxigraph
import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize

from graph.rdf import triples
from graph.records import Entity, Evidence, make_statement, text_hash
from schema.context import BASE_IRI, context, context_file
from schema.model import Schema

DOCUMENT = Entity(
    "document/letter", ("Document",), "Letter", properties={"captured": True, "published": "2022-11"}
)
UNIT = Entity(
    "unit/cell", ("Unit", "Program"), "Tracing Cell", ("The Cell",), ("TC",), {"country": "country/aa"}
)
EVIDENCE = Evidence("document/letter", 7, 19, text_hash("tracing cell"), summary="The bureau backs it.")
QUALIFIERS = {"date": "2022-11-16", "scope": "training", "amount": "5 USD", "onBehalfOf": "country/aa"}


def test_the_context_of_this_version_is_stored(schema: Schema) -> None:
    """Its address never says something else: where a version is out and this fails, raise the version."""
    stored = json.loads(context_file(schema.version).read_text("utf-8"))
    assert stored == context(schema), "run `make docs`"


def compact(statement: str, evidence: str) -> list[dict[str, Any]]:
    """The records as somebody would write them."""
    return [
        {
            "@id": "id:document/letter",
            "@type": ["Document", "Entity"],
            "label": "Letter",
            "prefLabel": "Letter",
            "captured": True,
            "knownFrom": "2022-11-30",
            "published": {"@type": "xsd:gYearMonth", "@value": "2022-11"},
        },
        {
            "@id": "id:unit/cell",
            "@type": ["Unit", "Program", "Organization", "Entity"],
            "label": "Tracing Cell",
            "prefLabel": "Tracing Cell",
            "altLabel": "The Cell",
            "acronyms": "TC",
            "country": "id:country/aa",
            "supportedBy": {"@id": "id:agency/bureau"},
        },
        {
            "@id": f"id:statement/{statement}",
            "@type": ["Statement", "rdf:Statement"],
            "subject": "id:agency/bureau",
            "predicate": "supports",
            "object": {"@id": "id:unit/cell"},
            "status": "accepted",
            "date": {"@type": "xsd:date", "@value": "2022-11-16"},
            "scope": "training",
            "amount": "5 USD",
            "onBehalfOf": "id:country/aa",
            "wasDerivedFrom": "id:document/letter",
            "evidence": {
                "@id": f"id:evidence/{evidence}",
                "@type": ["Evidence", "oa:Annotation"],
                "hasBody": f"id:statement/{statement}",
                "wasDerivedFrom": "id:document/letter",
                "clauseSha256": EVIDENCE.sha256,
                "rule": EVIDENCE.rule,
                "confidence": "1.0",
                "comment": "The bureau backs it.",
                "hasTarget": {
                    "@id": f"id:evidence/{evidence}#clause",
                    "@type": "oa:SpecificResource",
                    "hasSource": "id:document/letter",
                    "hasSelector": {
                        "@id": f"id:evidence/{evidence}#position",
                        "@type": "oa:TextPositionSelector",
                        "start": 7,
                        "end": 19,
                    },
                },
            },
        },
    ]


def test_a_compact_document_means_what_the_exporter_writes(schema: Schema) -> None:
    said = make_statement(
        schema, "agency/bureau", "SUPPORTS", "unit/cell", qualifiers=QUALIFIERS, evidence=[EVIDENCE]
    )
    written = list(triples(schema, [DOCUMENT, UNIT], [said], BASE_IRI))
    nodes = compact(said.id, EVIDENCE.id_for(said.id))
    text = json.dumps({**context(schema), "@graph": nodes})
    by_oxigraph = {str(quad.triple) for quad in pyoxigraph.parse(text, RdfFormat.JSON_LD)}
    assert by_oxigraph == set(map(str, written))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        by_rdflib = rdflib.Graph().parse(data=text, format="json-ld")
    assert set(by_rdflib) == set(rdflib.Graph().parse(data=serialize(written, format=RdfFormat.N_TRIPLES)))


def test_every_property_has_a_term_and_none_has_two_meanings(schema: Schema) -> None:
    terms = context(schema)["@context"]
    for term in schema.terms.values():
        if term.kind in ("relationship", "value", "attribute", "qualifier", "record"):
            found = terms[term.name]
            assert (found if isinstance(found, str) else found["@id"]) == f"carisec:{term.name}"
    assert {kind for kind in schema.types if terms[kind] != f"carisec:{kind}"} == set()


@pytest.mark.parametrize(
    ("term", "coerced"),
    [
        ("supports", {"@type": "@id"}),
        ("heldOn", {"@type": "edtf:EDTF"}),
        ("value", {"@type": "xsd:decimal"}),
        ("summary", {"@language": "en"}),
        ("amount", {"@type": "carisec:Amount"}),
    ],
)
def test_values_are_coerced(schema: Schema, term: str, coerced: dict[str, str]) -> None:
    assert context(schema)["@context"][term] == {"@id": f"carisec:{term}", **coerced}
