"""Makes `schema/shapes.ttl` from the schema, so that classes and predicates are defined in one place.

`make docs` writes the file again; a test compares the two. Every node shape and property shape has an IRI of
its own, by which reports name it: `shape:Document-published`.
"""

from collections.abc import Iterable, Iterator

from graph.judgements import CANDIDATE_TYPE
from graph.shape_core import core_shapes
from graph.shape_evidence import evidence_shapes
from graph.shape_text import (
    VIOLATION,
    WARNING,
    Query,
    Rule,
    Shape,
    asked_of,
    either,
    kind,
    listed,
    local,
    of_class,
    of_datatype,
    shape_text,
    term,
)
from graph.vocabulary import LICENCE, MATCHES, SKOS
from schema.model import Field, Predicate, Schema, Type
from schema.values import ENTITY_ID

# Closed lists. What rules find is one of these, and so is what a curator writes.
MODALITIES = ("agree", "call-upon", "commit", "encourage", "invite", "pledge", "rely", "request", "urge")
ROUNDINGS = ("about", "at-least", "exact", "less-than", "more-than", "nearly", "up-to")

# What the entities of a type must have, and what they should have: without it they are of little use.
_REQUIRED = {"Observation": ("value", "unit")}
_WANTED = {
    "Agency": ("country",),
    "Candidate": ("proposedType", "reason"),
    "Commitment": ("modality",),
    "Country": ("iso3166",),
    "Document": ("language", "published", "sha256"),
    "Observation": ("measure",),
}
_CONSTRAINTS = {
    "iso3166": 'sh:pattern "^[A-Z]{2}$"',
    "wikidata": 'sh:pattern "^Q[1-9][0-9]*$"',
    "sha256": 'sh:pattern "^[0-9a-f]{64}$"',
    "language": 'sh:pattern "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"',
    "ordinal": "sh:minInclusive 1",
    "modality": f"sh:in {listed(MODALITIES)}",
    "rounding": f"sh:in {listed(ROUNDINGS)}",
}
_WORDS = {
    "iso3166": "two capital letters",
    "wikidata": "Q and a number",
    "sha256": "64 hexadecimal digits in lower case",
    "language": "a BCP 47 tag such as en or pt-BR",
    "ordinal": "a whole number from 1",
    "modality": f"one of {', '.join(MODALITIES)}",
    "rounding": f"one of {', '.join(ROUNDINGS)}",
}
_ADDRESS = ("sh:nodeKind sh:IRI", 'sh:pattern "^https?://"')
_NAMES = frozenset({"name", "aliases"})

_HEAD = """\
# Made from ontology.ttl by graph/shapes.py: SHACL shapes that every RDF export of carisec satisfies.
# A violation is a fault; a warning is a gap in what a record should say, and no fault of the graph.
@prefix : <{ns}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/carisec/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<https://w3id.org/carisec/shapes> a owl:Ontology ;
    dcterms:title "Shapes of carisec"@en ;
    dcterms:description "What every RDF export of carisec satisfies."@en ;
    dcterms:license <{licence}> ;
    owl:versionInfo "{version}" ;
    sh:declare
        [ sh:prefix "carisec" ; sh:namespace "{ns}"^^xsd:anyURI ],
        [ sh:prefix "prov" ; sh:namespace "http://www.w3.org/ns/prov#"^^xsd:anyURI ],
        [ sh:prefix "rdf" ; sh:namespace "http://www.w3.org/1999/02/22-rdf-syntax-ns#"^^xsd:anyURI ] .

# --- what no shape can say, and `carisec validate` reports under these names ------------------------------

shape:Evidence-pointer rdfs:label "Evidence-pointer"@en ;
    rdfs:comment "The text between the offsets of a clause, and its quote, have its sha256."@en .
shape:PointerConstraint rdfs:label "Pointer constraint"@en ;
    rdfs:comment "The kind of constraint that compares a text with its sha256."@en .
shape:Statement-whole rdfs:label "Statement-whole"@en ;
    rdfs:comment "A statement of the property graph has both ends; without them it has no RDF form."@en .
shape:EndsConstraint rdfs:label "Ends constraint"@en ;
    rdfs:comment "The kind of constraint that looks for the two ends of a statement."@en .
"""


def shapes_text(schema: Schema) -> str:
    """The SHACL shapes in Turtle: fixed ones, and one for each class, predicate, attribute and qualifier."""
    namespace = schema.types["Entity"].iri.removesuffix("Entity")
    head = _HEAD.format(ns=namespace, version=schema.version, licence=LICENCE)
    attributes = [f for f in schema.attributes.values() if f.name not in _NAMES]
    sections: dict[str, Iterable[Shape | Query]] = {
        "entities, statements, evidence": [*core_shapes(schema), *evidence_shapes()],
        "types": [*_types(schema), *_apart(schema)],
        "predicates": [shape for p in schema.predicates.values() for shape in _predicate(p)],
        "attributes": (_attribute(schema, f) for f in attributes),
        "qualifiers": (_qualifier(schema, f) for f in schema.qualifiers.values()),
    }
    return head + "".join(_section(title, shapes) for title, shapes in sections.items())


def _section(title: str, shapes: Iterable[Shape | Query]) -> str:
    texts = [shape_text(shape) for shape in sorted(shapes, key=lambda shape: shape.name)]
    return f"\n# --- {title} {'-' * (99 - len(title))}\n\n" + "\n".join(texts)


# --- types ----------------------------------------------------------------------------------------------


def _types(schema: Schema) -> Iterator[Shape]:
    for kind_ in schema.types.values():
        if not kind_.parents:
            continue
        rules = [
            _present(schema, kind_, name, severity)
            for severity, names in ((VIOLATION, _REQUIRED), (WARNING, _WANTED))
            for name in names.get(kind_.name, ())
        ]
        yield Shape(
            kind_.name,
            f"sh:targetClass {term(kind_.iri)}",
            kind_.comment,
            tuple(f"sh:class {term(schema.types[parent].iri)}" for parent in kind_.parents),
            f"{kind_.name} is also: {', '.join(kind_.parents)}",
            rules=(*rules, *_OF_TYPES.get(kind_.name, ())),
        )
    yield from _LOOSE


def _present(schema: Schema, kind_: Type, name: str, severity: str) -> Rule:
    field = schema.attributes[name]
    return Rule(
        f"{kind_.name}-{name}",
        term(field.iri),
        ("sh:minCount 1",),
        f"{kind_.name}: {name} is missing",
        field.comment,
        severity,
    )


_OF_TYPES = {
    "Commitment": (
        Rule(
            "Commitment-pledged",
            "[ sh:inversePath :commitsTo ]",
            ("sh:minCount 1",),
            "Commitment: no dialogue commits to it",
            "The dialogue that made the pledge.",
            WARNING,
        ),
    ),
    "Dialogue": (
        Rule(
            "Dialogue-held",
            ":heldOn",
            ("sh:maxCount 1",),
            "Dialogue: documents give it several dates",
            "When it was held.",
            WARNING,
        ),
    ),
    "Observation": (
        Rule(
            "Observation-result",
            "[ sh:inversePath :resultedIn ]",
            ("sh:minCount 1",),
            "Observation: nothing and nobody is said to have led to it",
            "What led to the figure.",
            WARNING,
        ),
    ),
}
_LOOSE = (
    Shape(
        "Commitment-place",
        "sh:targetClass :Commitment",
        "Where the pledge stands in its text.",
        (
            "sh:or ( [ sh:property [ sh:path :pledgeNumber ; sh:minCount 1 ] ]"
            " [ sh:property [ sh:path :pillar ; sh:minCount 1 ] ] )",
        ),
        "Commitment: it has neither a number nor a heading",
    ),
    Shape(
        "Document-found",
        "sh:targetClass :Document",
        "How a reader finds the document again.",
        (
            "sh:or ( [ sh:property [ sh:path :url ; sh:minCount 1 ] ]"
            " [ sh:property [ sh:path :publisher ; sh:minCount 1 ] ] )",
        ),
        "Document: it has neither an address nor a publisher",
        WARNING,
    ),
)


def _apart(schema: Schema) -> Iterator[Shape]:
    """That nothing is of two disjoint types; each pair is told by one of the two, if it can be an entity."""
    rank = {name: (name not in schema.types, name) for name in schema.terms}
    for one in schema.terms.values():
        others = [name for name in one.disjoint if rank[name] > rank[one.name]]
        if not others:
            continue
        types = " ".join(f":{name}" for name in others)
        yield Shape(
            f"{one.name}-apart",
            f"sh:targetClass {term(one.iri)}",
            f"What is of the class {one.name} cannot be of these classes.",
            rules=(
                Rule(
                    f"{one.name}-disjoint",
                    "rdf:type",
                    (f"sh:not [ sh:in ( {types} ) ]",),
                    f"{one.name}: nothing of that class is {either(others)}",
                    "The classes have nothing in common.",
                ),
            ),
        )


# --- predicates and properties --------------------------------------------------------------------------


def _predicate(predicate: Predicate) -> Iterator[Shape]:
    """The predicate itself is the target: from it the path leads to its statements and on to their ends.

    A candidate may stand at either end: its type is only proposed.
    """
    name = local(predicate.iri)
    if predicate.datatype is None:
        allowed: tuple[str, ...] = (of_class((*predicate.range, CANDIDATE_TYPE)),)
        wanted = either(predicate.range)
    else:
        allowed, wanted = of_datatype(predicate.datatype), kind(predicate.datatype)
    ends = (
        Rule(
            f"{name}-subject",
            "rdf:subject",
            (of_class((*predicate.domain, CANDIDATE_TYPE)),),
            f"{predicate.name}: the subject is {either(predicate.domain)}",
            predicate.comment,
        ),
        Rule(
            f"{name}-object",
            "rdf:object",
            allowed,
            f"{predicate.name}: the object is {wanted}",
            predicate.comment,
        ),
    )
    statements = Rule(
        f"{name}-statements",
        "[ sh:inversePath rdf:predicate ]",
        (),
        f"{predicate.name}: its statements",
        "Leads to the statements with the predicate.",
        rules=ends,
    )
    yield Shape(name, f"sh:targetNode {term(predicate.iri)}", predicate.comment, rules=(statements,))
    if predicate.symmetric or predicate.name == "PRECEDES":
        yield Shape(
            f"{name}-once",
            f"sh:targetSubjectsOf {term(predicate.iri)}",
            "One direction of it is in the graph." if predicate.symmetric else "Nothing precedes itself.",
            rules=(
                Rule(
                    f"{name}-inverse",
                    f"[ sh:inversePath {term(predicate.iri)} ]",
                    (f"sh:disjoint {term(predicate.iri)}",),
                    f"{predicate.name}: of two things one direction is stored"
                    if predicate.symmetric
                    else f"{predicate.name}: of two things one precedes the other",
                    predicate.comment,
                ),
            ),
        )


def _attribute(schema: Schema, field: Field) -> Shape:
    return Shape(
        local(field.iri),
        f"sh:targetSubjectsOf {_written(field)}",
        field.comment,
        (of_class(field.domain),),
        f"{field.name}: the entity is {either(field.domain)}",
        rules=(_values(schema, field),),
    )


def _qualifier(schema: Schema, field: Field) -> Shape:
    return Shape(
        local(field.iri),
        f"sh:targetSubjectsOf {term(field.iri)}",
        field.comment,
        ("sh:class :Statement",),
        f"{field.name} is a qualifier of statements",
        rules=(_values(schema, field),),
    )


def _values(schema: Schema, field: Field) -> Rule:
    name = local(field.iri)
    message = asked_of(field)
    constraints = of_datatype(field.datatype)
    if field.datatype == ENTITY_ID:
        types = schema.terms[name].range
        constraints, message = (of_class(types),), f"{field.name}: one {either(types)} of the graph"
    if field.name in MATCHES:
        constraints, message = _ADDRESS, f"{field.name}: an address that begins with http, as an IRI"
    if field.name in _CONSTRAINTS:
        # What a text must be like is more than that it is not empty.
        constraints = (constraints[0], _CONSTRAINTS[field.name])
        message = f"{field.name}: {_WORDS[field.name]}"
    many = () if field.multiple else ("sh:maxCount 1",)
    return Rule(f"{name}-value", _written(field), (*constraints, *many), message, field.comment)


def _written(field: Field) -> str:
    """The property under which exports have an attribute or qualifier."""
    match = MATCHES.get(field.name)
    return term(field.iri) if match is None else f"skos:{match.value.removeprefix(SKOS)}"
