"""Makes `schema/shapes.ttl` from the schema, so that classes and predicates are defined in one place.

`make docs` writes the file again; a test compares the two.
"""

from collections.abc import Iterable

from graph.judgements import CANDIDATE_TYPE
from graph.records import ACCEPTED, EXACT, NO_TEXT, STATES, STATUSES
from schema.model import Field, Predicate, Schema, Type
from schema.values import AMOUNT, EDTF, ENTITY_ID, SCHEMA_NS, XSD

_REQUIRED = {"Observation": ("value", "unit")}
_WANTED = {"Country": ("iso3166",)}
_PATTERNS = {
    "iso3166": "^[A-Z]{2}$",
    "wikidata": "^Q[1-9][0-9]*$",
    "sha256": "^[0-9a-f]{64}$",
    "language": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$",
}
_DATES = (XSD + "date", XSD + "gYearMonth", XSD + "gYear", EDTF)
_NAMES = frozenset({"name", "aliases"})

_CORE = """\
# Made from ontology.ttl by graph/shapes.py. SHACL shapes that every RDF export of carisec satisfies.
@prefix : <{ns}> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/carisec/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

# --- entities, statements, evidence ---------------------------------------------------------------------

shape:Entity a sh:NodeShape ; sh:targetClass :Entity ; sh:nodeKind sh:IRI ;
    sh:pattern "/id/({prefixes})/[a-z0-9]+(-[a-z0-9]+)*$" ;
    sh:message "an id is a known prefix, a slash, and lower-case words joined by hyphens" ;
    sh:property
        [ sh:path rdfs:label ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 1 ;
          sh:message "an entity has one name" ],
        [ sh:path rdfs:label ; sh:equals skos:prefLabel ; sh:message "the label is the preferred label" ],
        [ sh:path skos:altLabel ; sh:datatype xsd:string ; sh:minLength 1 ; sh:message "an alias is text" ] .

shape:TopicPlace a sh:NodeShape ; sh:targetClass :Topic ;
    sh:property
        [ sh:path skos:inScheme ; sh:minCount 1 ; sh:maxCount 1 ; sh:class skos:ConceptScheme ;
          sh:message "a topic is in the topic scheme" ],
        [ sh:path skos:broader ; sh:maxCount 1 ; sh:class :Topic ;
          sh:message "the broader of a topic is a topic" ],
        [ sh:path [ sh:alternativePath ( skos:broader skos:topConceptOf ) ] ; sh:minCount 1 ; sh:maxCount 1 ;
          sh:message "a topic has a broader one or is a top concept" ] .

shape:Statement a sh:NodeShape ; sh:targetClass :Statement ; sh:nodeKind sh:IRI ; sh:class rdf:Statement ;
    sh:property
        [ sh:path rdf:subject ; sh:minCount 1 ; sh:maxCount 1 ; sh:class :Entity ;
          sh:message "a statement has one subject, and it is an entity of the graph" ],
        [ sh:path rdf:predicate ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {predicates} ) ;
          sh:message "a statement has one predicate, and it is one of the ontology's" ],
        [ sh:path rdf:object ; sh:minCount 1 ; sh:maxCount 1 ; sh:message "a statement has one object" ],
        [ sh:path :status ; sh:minCount 1 ; sh:maxCount 1 ; sh:in ( {statuses} ) ;
          sh:message "the status of a statement is one of: {status_list}" ],
        [ sh:path :evidence ; sh:minCount 1 ; sh:class :Evidence ;
          sh:message "a statement rests on at least one evidence" ],
        [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:class :Document ;
          sh:message "a statement names its documents, and they are in the graph" ],
        [ sh:path :knownFrom ; sh:maxCount 1 ; sh:datatype xsd:date ;
          sh:message "a statement is known from one day" ],
        [ sh:path :validFrom ; sh:maxCount 1 ; sh:datatype xsd:date ; sh:lessThanOrEquals :validUntil ;
          sh:message "a statement may be true from one day, which is not after the last one" ],
        [ sh:path :validUntil ; sh:maxCount 1 ; sh:datatype xsd:date ;
          sh:message "a statement may be true until one day" ] .

shape:Settled a sh:NodeShape ; sh:targetClass :Statement ;
    sh:or (
        [ sh:property [ sh:path :status ; sh:not [ sh:hasValue "{accepted}" ] ] ]
        [ sh:property
            [ sh:path rdf:subject ; sh:not [ sh:class :{candidate} ] ],
            [ sh:path rdf:object ; sh:not [ sh:class :{candidate} ] ] ] ) ;
    sh:message "what is said of a candidate is not accepted" .

shape:Evidence a sh:NodeShape ; sh:targetClass :Evidence ; sh:nodeKind sh:IRI ;
    sh:property
        [ sh:path oa:hasBody ; sh:minCount 1 ; sh:maxCount 1 ; sh:class :Statement ;
          sh:message "evidence is for one statement" ],
        [ sh:path prov:wasDerivedFrom ; sh:minCount 1 ; sh:maxCount 1 ; sh:class :Document ;
          sh:message "evidence names one document, and it is in the graph" ],
        [ sh:path :clauseSha256 ; sh:minCount 1 ; sh:maxCount 1 ; sh:pattern "^[0-9a-f]{{64}}$" ;
          sh:message "the sha256 of a clause is 64 hexadecimal digits in lower case" ],
        [ sh:path :rule ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 1 ;
          sh:message "evidence names the rule that found it, or 'curated'" ],
        [ sh:path :anchor ; sh:maxCount 1 ; sh:in ( {anchors} ) ;
          sh:message "how the clause was found is one of: {anchor_list}" ],
        [ sh:path :confidence ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:decimal ;
          sh:minInclusive 0.0 ; sh:maxInclusive 1.0 ; sh:message "confidence is a number from 0 to 1" ],
        [ sh:path oa:hasTarget ; sh:minCount 1 ; sh:maxCount 1 ; sh:class oa:SpecificResource ;
          sh:message "evidence points to one clause" ] .

shape:Clause a sh:NodeShape ; sh:targetClass oa:SpecificResource ;
    sh:property
        [ sh:path oa:hasSource ; sh:minCount 1 ; sh:maxCount 1 ; sh:class :Document ;
          sh:message "a clause is of one document, and it is in the graph" ],
        [ sh:path oa:hasSelector ; sh:qualifiedMinCount 1 ; sh:qualifiedMaxCount 1 ;
          sh:qualifiedValueShape [ sh:class oa:TextPositionSelector ] ;
          sh:message "a clause has one position" ] .

shape:Position a sh:NodeShape ; sh:targetClass oa:TextPositionSelector ;
    sh:property
        [ sh:path oa:start ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ;
          sh:message "the start of a clause is an offset from 0" ],
        [ sh:path oa:end ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ;
          sh:message "the end of a clause is an offset from 0" ],
        [ sh:path oa:start ; sh:lessThan oa:end ; sh:message "a clause starts before it ends" ] .

shape:Quote a sh:NodeShape ; sh:targetClass oa:TextQuoteSelector ;
    sh:property
        [ sh:path oa:exact ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:string ; sh:minLength 1 ;
          sh:message "a quote is text" ] .
"""


def shapes_text(schema: Schema) -> str:
    """The SHACL shapes in Turtle: fixed ones, and one for each class, predicate, attribute and qualifier."""
    prefixes = sorted({t.prefix for t in schema.types.values()} - {""})
    # The other two follow from the quote and are not written.
    anchors = [state for state in STATES if state not in (EXACT, NO_TEXT)]
    core = _CORE.format(
        ns=SCHEMA_NS,
        prefixes="|".join(prefixes),
        predicates=" ".join(_term(p.iri) for p in schema.predicates.values()),
        accepted=ACCEPTED,
        candidate=CANDIDATE_TYPE,
        statuses=" ".join(f'"{status}"' for status in STATUSES),
        status_list=", ".join(STATUSES),
        anchors=" ".join(f'"{state}"' for state in anchors),
        anchor_list=", ".join(anchors),
    )
    sections = {
        "types": (_type(schema, t) for t in schema.types.values() if t.parents),
        "predicates": (_predicate(p) for p in schema.predicates.values()),
        "attributes": (_attribute(f) for f in schema.attributes.values() if f.name not in _NAMES),
        "qualifiers": (_qualifier(f) for f in schema.qualifiers.values()),
    }
    return core + "".join(_section(title, shapes) for title, shapes in sections.items())


def _section(title: str, shapes: Iterable[str]) -> str:
    return f"\n# --- {title} {'-' * (99 - len(title))}\n\n" + "\n".join(sorted(shapes))


def _type(schema: Schema, kind: Type) -> str:
    rows = [f"sh:class {_term(schema.types[parent].iri)}" for parent in kind.parents]
    for severity, names in (("Violation", _REQUIRED), ("Warning", _WANTED)):
        for name in names.get(kind.name, ()):
            path, missing = _term(schema.attributes[name].iri), f"{kind.name}: {name} is missing"
            rule = f'sh:minCount 1 ; sh:severity sh:{severity} ; sh:message "{missing}"'
            rows.append(f"sh:property [ sh:path {path} ; {rule} ]")
    message = f'sh:message "{kind.name} is also: {", ".join(kind.parents)}"'
    return _shape(kind.name, f"sh:targetClass {_term(kind.iri)}", [*rows, message])


def _predicate(predicate: Predicate) -> str:
    """The predicate itself is the target: from it the path leads to its statements and on to their ends.

    A candidate may stand at either end: its type is only proposed.
    """
    if predicate.datatype is None:
        allowed, wanted = _classes((*predicate.range, CANDIDATE_TYPE)), _either(predicate.range)
    else:
        allowed, wanted = _datatype(predicate.datatype), _kind(predicate.datatype)
    statements = f"""sh:property [ sh:path [ sh:inversePath rdf:predicate ] ; sh:property
        [ sh:path rdf:subject ; {_classes((*predicate.domain, CANDIDATE_TYPE))} ;
          sh:message "{predicate.name}: the subject is {_either(predicate.domain)}" ],
        [ sh:path rdf:object ; {allowed} ;
          sh:message "{predicate.name}: the object is {wanted}" ] ]"""
    return _shape(_local(predicate.iri), f"sh:targetNode {_term(predicate.iri)}", [statements])


def _attribute(field: Field) -> str:
    message = f"{field.name}: the entity is {_either(field.domain)}"
    return _shape(
        _local(field.iri),
        f"sh:targetSubjectsOf {_term(field.iri)}",
        [_classes(field.domain), f'sh:message "{message}"', _values(field)],
    )


def _qualifier(field: Field) -> str:
    target = f"sh:targetSubjectsOf {_term(field.iri)}"
    message = f'sh:message "{field.name} is a qualifier of statements"'
    return _shape(_local(field.iri), target, ["sh:class :Statement", message, _values(field)])


def _values(field: Field) -> str:
    rows = [f"sh:path {_term(field.iri)}", _datatype(field.datatype)]
    rows += [] if field.multiple else ["sh:maxCount 1"]
    rows += [f'sh:pattern "{_PATTERNS[field.name]}"'] if field.name in _PATTERNS else []
    count = "" if field.multiple else "one "
    return f'sh:property [ {" ; ".join(rows)} ; sh:message "{field.name}: {count}{_kind(field.datatype)}" ]'


def _kind(datatype: str) -> str:
    """What a value of the datatype is called in a message."""
    known = {
        EDTF: "date with the precision it has",
        AMOUNT: "amount such as 391132.00 USD",
        ENTITY_ID: "entity",
    }
    return known.get(datatype, "value of type " + _local(datatype))


def _datatype(datatype: str) -> str:
    if datatype == ENTITY_ID:
        return "sh:class :Entity"
    if datatype == EDTF:
        return f"sh:or ( {' '.join(f'[ sh:datatype {_term(each)} ]' for each in _DATES)} )"
    if datatype == AMOUNT:
        return f'sh:datatype {_term(AMOUNT)} ; sh:pattern "^[0-9]+(\\\\.[0-9]+)? [A-Z]{{3}}$"'
    return f"sh:datatype {_term(datatype)}"


def _classes(names: Iterable[str]) -> str:
    terms = [f":{name}" for name in names]
    return (
        f"sh:class {terms[0]}"
        if len(terms) == 1
        else f"sh:or ( {' '.join(f'[ sh:class {t} ]' for t in terms)} )"
    )


def _either(names: Iterable[str]) -> str:
    return " or ".join(names)


def _shape(name: str, target: str, rows: Iterable[str]) -> str:
    return f"shape:{name} a sh:NodeShape ; {target} ;\n" + " ;\n".join(f"    {row}" for row in rows) + " .\n"


def _term(iri: str) -> str:
    for prefix, namespace in (("", SCHEMA_NS), ("xsd", XSD), ("edtf", EDTF.removesuffix("EDTF"))):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"


def _local(iri: str) -> str:
    return _term(iri).partition(":")[2]
