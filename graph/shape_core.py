"""The shapes that are the same for every type and predicate: entities, topics, statements."""

from collections.abc import Iterator

from graph.judgements import CANDIDATE_TYPE
from graph.records import ACCEPTED, STATUSES
from graph.shape_text import ENGLISH, ONE, ONE_AT_MOST, TEXT, WARNING, Query, Rule, Shape, listed, term
from schema.model import Schema

_DAY = "sh:datatype xsd:date"


def core_shapes(schema: Schema) -> Iterator[Shape | Query]:
    """The shapes of entities, topics and statements."""
    yield from _entities(schema)
    yield _prefix(schema)
    yield from _topics()
    yield from _statements(schema)
    yield from _asserted(schema)
    yield from _orders()


def _entities(schema: Schema) -> Iterator[Shape]:
    prefixes = "|".join(sorted(schema.prefixes.keys() - {""}))
    yield Shape(
        "Entity",
        "sh:targetClass :Entity",
        schema.terms["Entity"].comment,
        (f'sh:pattern "/id/({prefixes})/[a-z0-9]+(-[a-z0-9]+)*$"',),
        "an id is a known prefix, a slash, and lower-case words joined by hyphens",
        rules=(
            Rule(
                "Entity-name",
                "rdfs:label",
                (*ONE, ENGLISH, "sh:minLength 1"),
                "an entity has one name, in English and tagged so",
                "The name under which it is shown.",
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
                "Another name or spelling by which it is found; an acronym is of no language.",
            ),
            Rule(
                "Entity-same",
                "owl:sameAs",
                ("sh:nodeKind sh:IRI",),
                "what is the same thing elsewhere has an IRI",
                "The item of Wikidata.",
            ),
        ),
    )


def _prefix(schema: Schema) -> Query:
    pairs = sorted(f"{t.name}={t.prefix}" for t in schema.types.values() if t.prefix)
    return Query(
        "Entity-prefix",
        "sh:targetClass :Entity",
        "The first segment of an id says a type.",
        "the id begins with the prefix of one of the types",
        f"""
        SELECT $this WHERE {{
            BIND (STRBEFORE(STRAFTER(STR($this), "/id/"), "/") AS ?prefix)
            FILTER NOT EXISTS {{
                $this rdf:type ?type .
                FILTER (CONTAINS(
                    " {" ".join(pairs)} ",
                    CONCAT(" ", STRAFTER(STR(?type), "#"), "=", ?prefix, " ")))
            }}
        }}""",
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
                (*ONE, "sh:class skos:ConceptScheme"),
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
                ONE,
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


def _what_it_says(schema: Schema) -> tuple[Rule, ...]:
    predicates = " ".join(term(p.iri) for p in schema.predicates.values())
    return (
        Rule(
            "Statement-subject",
            "rdf:subject",
            (*ONE, "sh:class :Entity"),
            "a statement has one subject, and it is an entity of the graph",
            "What the statement is about.",
        ),
        Rule(
            "Statement-predicate",
            "rdf:predicate",
            (*ONE, f"sh:in ( {predicates} )"),
            "a statement has one predicate, and it is one of the ontology's",
            "What it says.",
        ),
        Rule(
            "Statement-object",
            "rdf:object",
            ONE,
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
    )


def _what_it_rests_on(schema: Schema) -> tuple[Rule, ...]:
    about = {name: schema.terms[name].comment for name in ("evidence", "status")}
    return (
        Rule(
            "Statement-status",
            ":status",
            (*ONE, f"sh:in {listed(STATUSES)}"),
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
    )


def _statements(schema: Schema) -> Iterator[Shape | Query]:
    yield Shape(
        "Statement",
        "sh:targetClass :Statement",
        schema.terms["Statement"].comment,
        ("sh:class rdf:Statement", "sh:nodeKind sh:IRI"),
        "a statement has an IRI and is a statement of RDF too",
        rules=(*_what_it_says(schema), *_what_it_rests_on(schema)),
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
                (*ONE_AT_MOST, _DAY),
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
            rules=(Rule(f"{name}-value", f":{name}", (*ONE_AT_MOST, _DAY), message, about[name]),),
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


# In the queries below what the focus does not give is compared in a FILTER: as a part of a triple it would
# be looked up first, and that is every statement of the graph.


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
            $this rdf:subject ?subject ; rdf:predicate ?path ; rdf:object ?value .
            $this carisec:status "{ACCEPTED}" .
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
                ?said rdf:subject $this ; rdf:predicate ?path ; rdf:object ?value ; carisec:status ?status .
                FILTER (?status = "{ACCEPTED}")
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
                ?one rdf:subject $this ; rdf:predicate ?held ; carisec:status ?status ;
                    carisec:validFrom ?first .
                ?other rdf:subject ?value ; rdf:predicate ?held ; carisec:status ?status ;
                    carisec:validFrom ?second .
                FILTER (?held = carisec:heldOn && ?status = "{ACCEPTED}" && ?first <= ?second)
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
            ?said rdf:object $this ; rdf:predicate ?predicate ; carisec:knownFrom ?known .
            FILTER (?predicate = carisec:commitsTo)
            BIND (REPLACE(STR(?value), "^.*/", "") AS ?end)
            FILTER (REGEX(?end, "^[0-9]{4}(-[0-9]{2}){0,2}$"))
            FILTER (?end < SUBSTR(STR(?known), 1, STRLEN(?end)))
        }""",
        WARNING,
    )
