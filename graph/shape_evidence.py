"""The shapes of evidence and of the clauses that it points to."""

from collections.abc import Iterator

from graph.records import EXACT, NO_TEXT, STATES
from graph.shape_text import ENGLISH, ONE, ONE_AT_MOST, TEXT, Rule, Shape, listed

_SHA256 = 'sh:pattern "^[0-9a-f]{64}$"'
_OFFSET = "sh:datatype xsd:nonNegativeInteger"
_LEAST = ("sh:qualifiedMinCount 1",)
# The other two follow from the quote and are not written.
_ANCHORS = tuple(state for state in STATES if state not in (EXACT, NO_TEXT))

_OF_EVIDENCE = (
    Rule(
        "Evidence-body",
        "oa:hasBody",
        (*ONE, "sh:class :Statement"),
        "evidence is for one statement",
        "What the clause says.",
    ),
    Rule(
        "Evidence-document",
        "prov:wasDerivedFrom",
        (*ONE, "sh:class :Document"),
        "evidence names one document, and it is in the graph",
        "Where the clause stands.",
    ),
    Rule(
        "Evidence-sha256",
        ":clauseSha256",
        (*ONE, _SHA256),
        "the sha256 of a clause is 64 hexadecimal digits in lower case",
        "What proves a quote without repeating it.",
    ),
    Rule(
        "Evidence-rule",
        ":rule",
        (*ONE, "sh:datatype xsd:string", "sh:minLength 1"),
        "evidence names the rule that found it, or 'curated'",
        "By what the clause was read.",
    ),
    Rule(
        "Evidence-anchor",
        ":anchor",
        (*ONE_AT_MOST, f"sh:in {listed(_ANCHORS)}"),
        f"how the clause was found is one of: {', '.join(_ANCHORS)}",
        "Where the document's text is another than the pointer was made for.",
    ),
    Rule(
        "Evidence-confidence",
        ":confidence",
        (*ONE, "sh:datatype xsd:decimal", "sh:minInclusive 0.0", "sh:maxInclusive 1.0"),
        "confidence is a number from 0 to 1",
        "How sure the rule is.",
    ),
    Rule(
        "Evidence-summary",
        "rdfs:comment",
        (*ONE_AT_MOST, ENGLISH, "sh:minLength 1"),
        "the claim in our own words is one text in English, tagged so",
        "What stands where the clause cannot be quoted.",
    ),
    Rule(
        "Evidence-target",
        "oa:hasTarget",
        (*ONE, "sh:class oa:SpecificResource"),
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
)


def evidence_shapes() -> Iterator[Shape]:
    """The shapes of evidence, and of where its clauses stand."""
    yield _evidence()
    yield _clause()
    yield from _selectors()


def _evidence() -> Shape:
    return Shape(
        "Evidence",
        "sh:targetClass :Evidence",
        "Why a statement is believed.",
        ("sh:class oa:Annotation", "sh:nodeKind sh:IRI"),
        "evidence has an IRI and is a Web Annotation",
        rules=_OF_EVIDENCE,
    )


def _clause() -> Shape:
    return Shape(
        "Clause",
        "sh:targetClass oa:SpecificResource",
        "A clause of a document.",
        rules=(
            Rule(
                "Clause-document",
                "oa:hasSource",
                (*ONE, "sh:class :Document"),
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


def _selectors() -> Iterator[Shape]:
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
                    (*ONE, _OFFSET),
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
                (*ONE, TEXT, "sh:minLength 1"),
                "a quote is text",
                "In the language of its document.",
            ),
        ),
    )
