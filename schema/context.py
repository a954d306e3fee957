"""Makes the JSON-LD context of the schema: `contexts/VERSION.jsonld`, a file for each version, never changed.

With it a document writes `"supports": "id:unit/ccgiu"` and need not know datatypes; the ids are those under
the published base IRI, and `"supportedBy"` states the predicate from its object. A context cannot say
everything: decimals are best written as texts (`"0.95"`), since JSON-LD turns a JSON number with a fraction
into a double; and a date is EDTF unless it says otherwise.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schema.model import Schema, Term
from schema.values import SCHEMA_NS

CONTEXTS = Path(__file__).with_name("contexts")
BASE_IRI = "https://w3id.org/carisec/"

_PREFIX = "carisec"
_ENGLISH = {"@language": "en"}
_LINK = {"@type": "@id"}
_OFFSET = {"@type": "xsd:nonNegativeInteger"}
_COERCED = {
    "rdf:langString": _ENGLISH,
    "PartialDate": {"@type": "edtf:EDTF"},
    "xsd:string": {},
}
_NAMESPACES = ("edtf", "oa", "owl", "prov", "rdf", "rdfs", "skos", "xsd")
# What exports use of other vocabularies. A clause is in the language of its document, so `exact` says none.
_OTHERS: Mapping[str, Mapping[str, str]] = {
    "rdf:subject": _LINK,
    "rdf:predicate": {"@type": "@vocab"},
    "rdf:object": {},
    "rdfs:label": _ENGLISH,
    "rdfs:comment": _ENGLISH,
    "owl:sameAs": _LINK,
    "skos:prefLabel": _ENGLISH,
    "skos:altLabel": _ENGLISH,
    "skos:broader": _LINK,
    "skos:inScheme": _LINK,
    "skos:topConceptOf": _LINK,
    "skos:exactMatch": _LINK,
    "skos:closeMatch": _LINK,
    "prov:wasDerivedFrom": _LINK,
    "oa:hasBody": _LINK,
    "oa:hasTarget": _LINK,
    "oa:hasSource": _LINK,
    "oa:hasSelector": _LINK,
    "oa:start": _OFFSET,
    "oa:end": _OFFSET,
    "oa:exact": {},
}


def context(schema: Schema) -> dict[str, Any]:
    """The context as a JSON-LD document: prefixes, then all classes and properties by their names."""
    prefixes = {name: schema.namespaces[name] for name in _NAMESPACES}
    others = {"id": f"{BASE_IRI}id/", "wd": "http://www.wikidata.org/entity/"}
    terms = {t.name: _definition(schema, t) for t in schema.terms.values()}
    known = {name: terms[name] for name in sorted(terms) if terms[name] is not None}
    for name, how in _OTHERS.items():
        local = name.partition(":")[2]
        # One that has the name of a term of ours keeps its prefix.
        known[name if local in known else local] = _expanded(name, how)
    return {"@context": {"@version": 1.1, _PREFIX: SCHEMA_NS, **prefixes, **others, **known}}


def context_text(schema: Schema) -> str:
    """The file of the context."""
    return json.dumps(context(schema), indent=2, ensure_ascii=False) + "\n"


def context_file(version: str) -> Path:
    """Where the context of a version is kept."""
    return CONTEXTS / f"{version}.jsonld"


def _definition(schema: Schema, term: Term) -> Any:
    """What a term of ours means in JSON-LD; None for what describes the ontology only."""
    if term.kind in ("annotation", "metaclass", "datatype"):
        return None
    if term.kind == "inverse":
        return {"@reverse": f"{_PREFIX}:{term.inverse}", **_LINK}
    name = f"{_PREFIX}:{term.name}"
    if term.kind == "class":
        return name
    value = term.range[0]
    if value in schema.terms and schema.terms[value].kind == "class":
        return _expanded(name, _LINK)
    datatype = f"{_PREFIX}:{value}" if value in schema.terms else value
    return _expanded(name, _COERCED.get(value, {"@type": datatype}))


def _expanded(name: str, how: Mapping[str, str]) -> Any:
    return {"@id": name, **how} if how else name
