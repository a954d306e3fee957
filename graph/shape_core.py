"""The shapes that are the same for every type and predicate: entities, statements, evidence, clauses."""

from collections.abc import Iterator

from graph.judgements import CANDIDATE_TYPE
from graph.records import ACCEPTED, EXACT, NO_TEXT, STATES, STATUSES
from graph.shape_text import ENGLISH, TEXT, WARNING, Query, Rule, Shape, listed, term
from schema.model import Schema

_ONE, _ONE_AT_MOST = ("sh:minCount 1", "sh:maxCount 1"), ("sh:maxCount 1",)
_SHA256 = 'sh:pattern "^[0-9a-f]{64}$"'
_OFFSET = "sh:datatype xsd:nonNegativeInteger"
_DAY = "sh:datatype xsd:date"
_LEAST = ("sh:qualifiedMinCount 1",)
# The other two follow from the quote and are not written.
_ANCHORS = tuple(state for state in STATES if state not in (EXACT, NO_TEXT))


def core_shapes(schema: Schema) -> Iterator[Shape | Query]:
    """The shapes of entities, topics, statements, evidence, and of where the clauses stand."""
    yield from _entities(schema)
    yield from _topics()
    yield from _statements(schema)
    yield from _asserted(schema)
    yield from _orders()
    yield from _evidence()
    yield from _clauses()


def _entities(schema: Schema) -> Iterator[Shape]:
    owners = {prefix: owner for prefix, owner in sorted(schema.prefixes.items()) if prefix}
    choices = " ".join(f'[ sh:pattern "/id/{prefix}/" ; sh:class :{one} ]' for prefix, one in owners.items())
    yield Shape(
        "Entity",
        "sh:targetClass :Entity",
        schema.terms["Entity"].comment,
        (f'sh:pattern "/id/({"|".join(owners)})/[a-z0-9]+(-[a-z0-9]+)*$"',),
        "an id is a known prefix, a slash, and lower-case words joined by hyphens",
        rules=(
            Rule(
                "Entity-name",
                "rdfs:label",
                (*_ONE, TEXT, "sh:minLength 1"),
                "an entity has one name",
                "The name under which it is shown; an acronym is of no language.",
            ),
            Rule(
                "Entity-preferred",
                "rdfs:label",
                ("sh:equals skos:prefLabel",),
                "the label is the preferred label",
                "RDF Schema and SKOS have a property each for the name.",
            ),
            Rule(
                "Entity-alias",
                "skos:altLabel",
                (TEXT, "sh:minLength 1"),
                "an alias is text",
                "Another name or spelling by which it is found.",
            ),
        ),
    )
    yield Shape(
        "Entity-prefix",
        "sh:targetClass :Entity",
        "The first segment of an id says a type.",
        (f"sh:or ( {choices} )",),
        "the id begins with the prefix of one of the types",
    )


def _topics() -> Iterator[Shape]:
    place = "[ sh:alternativePath ( skos:broader skos:topConceptOf ) ]"
    yield Shape(
        "Topic-place",
        "sh:targetClass :Topic",
        "Where a topic stands in the scheme of topics.",
        rules=(
            Rule(
                "Topic-scheme",
                "skos:inScheme",
                (*_ONE, "sh:class skos:ConceptScheme"),
                "a topic is in the topic scheme",
                "There is one scheme.",
            ),
            Rule(
                "Topic-broader",
                "skos:broader",
                ("sh:class :Topic",),
                "the broader of a topic is a topic",
                "What a question about it covers as well.",
            ),
            Rule(
                "Topic-top",
                place,
                _ONE,
                "a topic has one broader one or is a top concept",
                "So every topic is reached from the top.",
            ),
            Rule(
                "Topic-parent",
                "skos:broader",
                ("sh:equals :parent",),
                "the parent of a topic is its broader one",
                "Both say the same.",
            ),
        ),
    )


def _statements(schema: Schema) -> Iterator[Shape | Query]:
    predicates = " ".join(term(p.iri) for p in schema.predicates.values())
    about = {name: schema.terms[name].comment for name in ("evidence", "status", "knownFrom")}
    yield Shape(
        "Statement",
        "sh:targetClass :Statement",
        schema.terms["Statement"].comment,
        ("sh:class rdf:Statement", "sh:nodeKind sh:IRI"),
        "a statement has an IRI and is a statement of RDF too",
        rules=(
            Rule(
                "Statement-subject",
                "rdf:subject",
                (*_ONE, "sh:class :Entity"),
                "a statement has one subject, and it is an entity of the graph",
                "What the statement is about.",
            ),
            Rule(
                "Statement-predicate",
                "rdf:predicate",
                (*_ONE, f"sh:in ( {predicates} )"),
                "a statement has one predicate, and it is one of the ontology's",
                "What it says.",
            ),
            Rule(
                "Statement-object",
                "rdf:object",
                _ONE,
                "a statement has one object",
                "An entity or a literal.",
            ),
            Rule(
                "Statement-ends",
                "rdf:subject",
                ("sh:disjoint rdf:object",),
                "nothing stands on both sides of a statement",
                "No predicate holds of a thing and itself.",
            ),
            Rule(
                "Statement-status",
                ":status",
                (*_ONE, f"sh:in {listed(STATUSES)}"),
                f"the status of a statement is one of: {', '.join(STATUSES)}",
                about["status"],
            ),
            Rule(
                "Statement-evidence",
                ":evidence",
                ("sh:minCount 1", "sh:class :Evidence"),
                "a statement rests on at least one evidence",
                about["evidence"],
            ),
            Rule(
                "Statement-body",
                "[ sh:inversePath oa:hasBody ]",
                ("sh:equals :evidence",),
                "the evidence of a statement is that whose body it is",
                "Evidence and statement name each other.",
            ),
            Rule(
                "Statement-documents",
                "( :evidence prov:wasDerivedFrom )",
                ("sh:equals prov:wasDerivedFrom",),
                "a statement names the documents of its evidence, and no others",
                "What can be cited for it.",
            ),
        ),
    )
    yield Shape(
        "Settled",
        "sh:targetClass :Statement",
        "A name that waits for review cannot be in an accepted statement.",
        (
            f'sh:or ( [ sh:property [ sh:path :status ; sh:not [ sh:hasValue "{ACCEPTED}" ] ] ]\n'
            f"        [ sh:property [ sh:path rdf:subject ; sh:not [ sh:class :{CANDIDATE_TYPE} ] ],\n"
            f"            [ sh:path rdf:object ; sh:not [ sh:class :{CANDIDATE_TYPE} ] ] ] )",
        ),
        "what is said of a candidate is not accepted",
    )
    yield from _clocks(schema)


def _clocks(schema: Schema) -> Iterator[Shape | Query]:
    about = {name: schema.terms[name].comment for name in ("knownFrom", "validFrom", "validUntil")}
    yield Shape(
        "knownFrom",
        "sh:targetSubjectsOf :knownFrom",
        about["knownFrom"],
        ("sh:or ( [ sh:class :Statement ] [ sh:class :Document ] )",),
        "knownFrom is of a statement or a document",
        rules=(
            Rule(
                "knownFrom-value",
                ":knownFrom",
                (*_ONE_AT_MOST, _DAY),
                "something is known from one day",
                about["knownFrom"],
            ),
        ),
    )
    bounds = {
        "validFrom": "a statement may be true from one day",
        "validUntil": "a statement may be true until one day",
    }
    for name, message in bounds.items():
        yield Shape(
            name,
            f"sh:targetSubjectsOf :{name}",
            about[name],
            ("sh:class :Statement",),
            f"{name} is of a statement",
            rules=(Rule(f"{name}-value", f":{name}", (*_ONE_AT_MOST, _DAY), message, about[name]),),
        )
    yield Shape(
        "Statement-bounds",
        "sh:targetSubjectsOf :validUntil",
        "The two ends of the time in which it may be true.",
        rules=(
            Rule(
                "validFrom-validUntil",
                ":validFrom",
                ("sh:lessThanOrEquals :validUntil",),
                "the first day on which a statement may be true is not after the last one",
                about["validFrom"],
            ),
        ),
    )
    yield Query(
        "Statement-known",
        "sh:targetClass :Statement",
        "A statement is known through its documents.",
        "the day from which a statement is known is that of one of its documents",
        """
        SELECT $this ?value WHERE {
            $this carisec:knownFrom ?value .
            FILTER NOT EXISTS { $this prov:wasDerivedFrom / carisec:knownFrom ?value }
        }""",
    )


def _asserted(schema: Schema) -> Iterator[Query]:
    predicates = sorted(term(p.iri) for p in schema.predicates.values())
    names = ", ".join(f"carisec{name}" for name in predicates)
    yield Query(
        "Statement-asserted",
        "sh:targetClass :Statement",
        "Who takes the direct triples only has everything that is accepted.",
        "an accepted statement is a triple of its own as well",
        f"""
        SELECT $this ?path ?value WHERE {{
            $this rdf:subject ?subject ; rdf:predicate ?path ; rdf:object ?value ; carisec:status "{ACCEPTED}" .
            FILTER NOT EXISTS {{ ?subject ?path ?value }}
        }}""",
    )
    yield Query(
        "Entity-asserted",
        f"sh:targetSubjectsOf {', '.join(predicates)}",
        "No fact without evidence: what is said without a statement cannot be cited.",
        "a triple between entities has an accepted statement that says the same",
        f"""
        SELECT $this ?path ?value WHERE {{
            $this ?path ?value . FILTER (?path IN ({names}))
            FILTER NOT EXISTS {{
                ?said rdf:subject $this ; rdf:predicate ?path ; rdf:object ?value ; carisec:status "{ACCEPTED}" .
            }}
        }}""",
    )


def _orders() -> Iterator[Query]:
    yield Query(
        "precedes-dated",
        "sh:targetSubjectsOf :precedes",
        "The order of dialogues is derived from the days on which they were held.",
        "the dialogue that precedes another was held before it",
        f"""
        SELECT $this ?value WHERE {{
            $this carisec:precedes ?value .
            FILTER NOT EXISTS {{
                ?one rdf:subject $this ; rdf:predicate carisec:heldOn ; carisec:status "{ACCEPTED}" ;
                    carisec:validFrom ?first .
                ?other rdf:subject ?value ; rdf:predicate carisec:heldOn ; carisec:status "{ACCEPTED}" ;
                    carisec:validFrom ?second .
                FILTER (?first <= ?second)
            }}
        }}""",
    )
    # The end of an interval; both as text, cut to the precision of the target.
    yield Query(
        "targetDate-ahead",
        "sh:targetSubjectsOf :targetDate",
        "A pledge looks ahead; one that does not is likely to be misread.",
        "the target date of a pledge is not before the document that makes it",
        """
        SELECT $this ?value WHERE {
            $this carisec:targetDate ?value .
            ?said rdf:object $this ; rdf:predicate carisec:commitsTo ; carisec:knownFrom ?known .
            BIND (REPLACE(STR(?value), "^.*/", "") AS ?end)
            FILTER (REGEX(?end, "^[0-9]{4}(-[0-9]{2}){0,2}$"))
            FILTER (?end < SUBSTR(STR(?known), 1, STRLEN(?end)))
        }""",
        WARNING,
    )


def _evidence() -> Iterator[Shape]:
    yield Shape(
        "Evidence",
        "sh:targetClass :Evidence",
        "Why a statement is believed.",
        ("sh:class oa:Annotation", "sh:nodeKind sh:IRI"),
        "evidence has an IRI and is a Web Annotation",
        rules=(
            Rule(
                "Evidence-body",
                "oa:hasBody",
                (*_ONE, "sh:class :Statement"),
                "evidence is for one statement",
                "What the clause says.",
            ),
            Rule(
                "Evidence-document",
                "prov:wasDerivedFrom",
                (*_ONE, "sh:class :Document"),
                "evidence names one document, and it is in the graph",
                "Where the clause stands.",
            ),
            Rule(
                "Evidence-sha256",
                ":clauseSha256",
                (*_ONE, _SHA256),
                "the sha256 of a clause is 64 hexadecimal digits in lower case",
                "What proves a quote without repeating it.",
            ),
            Rule(
                "Evidence-rule",
                ":rule",
                (*_ONE, "sh:datatype xsd:string", "sh:minLength 1"),
                "evidence names the rule that found it, or 'curated'",
                "By what the clause was read.",
            ),
            Rule(
                "Evidence-anchor",
                ":anchor",
                (*_ONE_AT_MOST, f"sh:in {listed(_ANCHORS)}"),
                f"how the clause was found is one of: {', '.join(_ANCHORS)}",
                "Where the document's text is another than the pointer was made for.",
            ),
            Rule(
                "Evidence-confidence",
                ":confidence",
                (*_ONE, "sh:datatype xsd:decimal", "sh:minInclusive 0.0", "sh:maxInclusive 1.0"),
                "confidence is a number from 0 to 1",
                "How sure the rule is.",
            ),
            Rule(
                "Evidence-summary",
                "rdfs:comment",
                (*_ONE_AT_MOST, ENGLISH, "sh:minLength 1"),
                "the claim in our own words is one text in English, tagged so",
                "What stands where the clause cannot be quoted.",
            ),
            Rule(
                "Evidence-target",
                "oa:hasTarget",
                (*_ONE, "sh:class oa:SpecificResource"),
                "evidence points to one clause",
                "The document with a position.",
            ),
            Rule(
                "Evidence-source",
                "( oa:hasTarget oa:hasSource )",
                ("sh:equals prov:wasDerivedFrom",),
                "the clause is of the document that the evidence names",
                "Web Annotation and PROV-O say the same.",
            ),
        ),
    )


def _clauses() -> Iterator[Shape]:
    yield Shape(
        "Clause",
        "sh:targetClass oa:SpecificResource",
        "A clause of a document.",
        rules=(
            Rule(
                "Clause-document",
                "oa:hasSource",
                (*_ONE, "sh:class :Document"),
                "a clause is of one document, and it is in the graph",
                "What it was read in.",
            ),
            *(
                Rule(
                    f"Clause-{name}",
                    "oa:hasSelector",
                    (
                        f"sh:qualifiedValueShape [ sh:class oa:{selector} ]",
                        "sh:qualifiedMaxCount 1",
                        *least,
                    ),
                    message,
                    about,
                )
                for name, selector, least, message, about in (
                    ("position", "TextPositionSelector", _LEAST, "a clause has one position", "By offsets."),
                    ("quote", "TextQuoteSelector", (), "a clause has one wording", "Where it is at hand."),
                )
            ),
        ),
    )
    ends = {"start": "The first code point.", "end": "The one behind the last."}
    yield Shape(
        "Position",
        "sh:targetClass oa:TextPositionSelector",
        "A place in a text, in code points from 0.",
        rules=(
            *(
                Rule(
                    f"Position-{name}",
                    f"oa:{name}",
                    (*_ONE, _OFFSET),
                    f"the {name} of a clause is an offset from 0",
                    about,
                )
                for name, about in ends.items()
            ),
            Rule(
                "Position-order",
                "oa:start",
                ("sh:lessThan oa:end",),
                "a clause starts before it ends",
                "No clause is empty.",
            ),
        ),
    )
    yield Shape(
        "Quote",
        "sh:targetClass oa:TextQuoteSelector",
        "The wording of a clause.",
        rules=(
            Rule(
                "Quote-exact",
                "oa:exact",
                (*_ONE, TEXT, "sh:minLength 1"),
                "a quote is text",
                "In the language of its document.",
            ),
        ),
    )
