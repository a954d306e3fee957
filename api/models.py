"""The shapes of answers, for OpenAPI. Answers are built as plain values; tests hold them against these."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from api.clock_models import ClocksGiven
from api.listing_models import Facet
from queries.receipts import Receipt

_FACETS = Field(None, description="Counts over all rows, where `facets` asks for them.")


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Problem(_Shape):
    """An error, as RFC 9457 has it."""

    type: str = Field(examples=["https://w3id.org/carisec/problems/bad-parameter"])
    title: str = Field(examples=["A parameter has a wrong value"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["program: no Program is known as 'eTrase'. Nearest: eTrace."])
    errors: list[dict[str, str]] = Field(
        description="One object for each fault: the parameter and what would do, or file and line."
    )


class EntityCell(_Shape):
    """An entity in passing."""

    id: str = Field(examples=["program/etrace"])
    name: str = Field(examples=["eTrace"])
    type: str = Field(examples=["Program"])


class DocumentCell(_Shape):
    """A document in passing."""

    id: str = Field(examples=["document/2023-11-22-joint-statement"])
    name: str
    publisher: str | None
    published: str | None = Field(examples=["2023-11-22"])
    url: str | None


class Evidence(_Shape):
    """Why a statement is believed: a clause of a document by code-point offsets and hash."""

    id: str
    document: DocumentCell
    start: int = Field(examples=[4321])
    end: int = Field(examples=[4567])
    sha256: str
    quote: str | None = Field(description="The clause itself, where the text is at hand.")
    summary: str | None = Field(description="What the clause says, in our own words.")
    rule: str = Field(examples=["curated"])
    confidence: float = Field(examples=[1.0])
    verified: bool = Field(description="Whether the clause was read and has the hash.")
    anchor: str = Field(
        description="How the clause stands in the text at hand: exact; shifted, changed wording, orphan (not "
        "found) or document changed where that is not the text that the pointer was made for; no text.",
        examples=["exact"],
    )
    locator: str = Field(examples=["characters 4321–4567 of 2023-11-22-joint-statement.txt"])
    address: str


class Statement(_Shape):
    """A statement with its evidence; `object` is an entity, or `value` a literal."""

    id: str = Field(examples=["s1f0c8a5e9d3b7246a1c0"])
    subject: EntityCell
    predicate: str = Field(examples=["SUPPORTS"])
    label: str = Field(examples=["supports"])
    object: EntityCell | None
    value: str | None
    qualifiers: dict[str, str] = Field(examples=[{"scope": "training", "date": "2022-11"}])
    status: str = Field(examples=["accepted"])
    evidence: list[Evidence]


class Entity(_Shape):
    """An entity with its statements, a page of them at a time."""

    id: str = Field(examples=["unit/ccgiu"])
    name: str
    types: list[str] = Field(examples=[["Unit", "Program"]])
    aliases: list[str]
    acronyms: list[str] = Field(examples=[["CCGIU"]])
    properties: dict[str, Any]
    iri: str = Field(examples=["https://w3id.org/carisec/id/unit/ccgiu"])
    statements: list[Statement]
    clocks: ClocksGiven
    truncated: bool
    next: str | None


class EntityLine(_Shape):
    """An entity in a list."""

    id: str = Field(examples=["agency/atf"])
    name: str
    types: list[str] = Field(examples=[["Agency"]])
    summary: str | None


class EntityList(_Shape):
    """A page of entities in the order of their ids, or of how well they fit `q`."""

    entities: list[EntityLine]
    total: int
    truncated: bool
    next: str | None


class Hit(_Shape):
    """An entity found by a name, and why."""

    id: str = Field(examples=["program/etrace"])
    name: str = Field(examples=["eTrace"])
    type: str = Field(examples=["Program"])
    matched: str = Field(examples=["E-Trace"])
    reason: str = Field(examples=["alias"])


class SearchAnswer(_Shape):
    query: str = Field(examples=["etrace"])
    results: list[Hit]
    truncated: bool
    facets: list[Facet] | None = _FACETS


class DocumentLine(_Shape):
    """A document in the list of documents."""

    id: str = Field(examples=["document/2023-11-22-joint-statement"])
    name: str
    publisher: str | None
    published: str | None
    url: str | None
    language: str | None
    kind: str | None
    captured: bool = Field(description="Whether its text was read, and its pointers checked against it.")
    statements: int = Field(description="How many statements rest on it, mentions aside.")


class DocumentList(_Shape):
    documents: list[DocumentLine]
    facets: list[Facet] | None = _FACETS


class Mark(_Shape):
    """Where a statement's clause stands in the text, in code points."""

    start: int
    end: int
    statement: str


class Document(_Shape):
    """A document, its text where that is at hand, and the statements that rest on it."""

    id: str
    name: str
    types: list[str]
    aliases: list[str]
    acronyms: list[str]
    properties: dict[str, Any]
    iri: str
    text: str | None
    marks: list[Mark]
    statements: list[Statement]
    truncated: bool
    next: str | None


class QueryParameter(_Shape):
    name: str
    kind: str = Field(examples=["entity"])
    types: list[str]
    required: bool
    default: str | None
    choices: list[str]
    help: str


class QueryColumn(_Shape):
    name: str
    kind: str = Field(examples=["entity"])
    types: list[str] = Field(description="Types that its entities may have.")
    help: str


class QueryExample(_Shape):
    parameters: dict[str, str]
    address: str


class CatalogueEntry(_Shape):
    """A canned query."""

    name: str
    title: str
    purpose: str
    parameters: list[QueryParameter]
    columns: list[QueryColumn]
    answer: list[str] = Field(description="The columns that answer a question.")
    phrases: list[str] = Field(description="Ways to ask it in English.")
    example: QueryExample
    cypher: str
    sparql: str = Field(description="Its twin over the RDF; `$name` stands for a parameter.")


class Catalogue(_Shape):
    queries: list[CatalogueEntry]


class TableAnswer(_Shape):
    """A page of a query's rows; an entity cell is `{id, name, type}`, `statements` are ids."""

    query: str
    title: str
    parameters: dict[str, Any]
    columns: list[QueryColumn]
    rows: list[dict[str, Any]]
    clocks: ClocksGiven
    offset: int
    limit: int
    truncated: bool = Field(description="Whether more rows follow.")
    next: str | None = Field(description="Address of the next page.")
    version: str = Field(description="Version of the graph.")
    facets: list[Facet] | None = _FACETS
    receipt: Receipt | None = Field(None, description="Where `receipt=1` asked for it.")


class Hop(_Shape):
    """One step of a path with the statements that join its ends, whichever way they point."""

    source: EntityCell = Field(alias="from")
    target: EntityCell = Field(alias="to")
    statements: list[Statement]


class Path(_Shape):
    nodes: list[EntityCell]
    hops: list[Hop]


class PathAnswer(_Shape):
    """All shortest paths between two entities; `length` is null where there is none."""

    source: EntityCell = Field(alias="from")
    target: EntityCell = Field(alias="to")
    length: int | None
    paths: list[Path]
    clocks: ClocksGiven
    truncated: bool


class Visualisation(_Shape):
    name: str
    title: str
    description: str
    parameters: dict[str, str]
    address: str


class Visualisations(_Shape):
    visualisations: list[Visualisation]


class Health(_Shape):
    status: str = Field(examples=["ok"])


class Ready(_Shape):
    status: str = Field(examples=["ready"])
    engine: str = Field(examples=["embedded"])
    engine_version: str
    graph_version: str
    counts: dict[str, Any] = Field(examples=[{"entities": 886, "documents": 5}])


class QueryReading(_Shape):
    """As which canned query a question was read."""

    name: str
    parameters: dict[str, Any]


class Citation(_Shape):
    """A clause that an answer rests on."""

    model_config = ConfigDict(extra="allow")

    statement: str
    relation: str = Field(examples=["cooperates with"])
    document: str
    start: int
    end: int
    quote: str | None
    locator: str
    address: str


class AskAnswer(_Shape):
    """The answer to a question; `answered` is false where the graph has none."""

    model_config = ConfigDict(extra="allow")

    question: str = Field(examples=["Which agencies support CCGIU?"])
    answered: bool
    answer: list[Any] = Field(description="Entities as `{id, name}`, or literals.")
    clocks: ClocksGiven
    query: QueryReading | None
    citations: list[Citation]
    suggestions: list[str]
    receipt: Receipt | None = Field(None, description="Where `receipt=1` asked for it.")


class CandidateItem(_Shape):
    """A name or a statement that waits for review; a name has `name` and `type`, a statement its parts."""

    id: str = Field(examples=["candidate/harbour-unit"])
    kind: str = Field(description="`entity` for a name, `statement` for a statement.", examples=["entity"])
    says: str = Field(description="What it would say, in a line.", examples=["Harbour Unit (Unit)"])
    why: str = Field(description="Why it waits.", examples=["a name that ends in Unit"])
    status: str = Field(examples=["candidate"])
    name: str | None = Field(examples=["Harbour Unit"])
    aliases: list[str]
    type: str | None = Field(description="What the name is taken for.", examples=["Unit"])
    subject: EntityCell | None
    predicate: str | None
    object: EntityCell | None
    value: str | None
    qualifiers: dict[str, str]
    documents: list[str]
    places: int = Field(description="How many clauses there are; of a name the first ones are given.")
    evidence: list[Evidence]


class CandidateList(_Shape):
    """A page of candidates that nobody has decided about."""

    candidates: list[CandidateItem]
    total: int
    decided: int = Field(description="Those that are decided and wait for the next load.")
    truncated: bool
    next: str | None


class DecisionBody(_Shape):
    """A decision about a candidate; `merge`, `alias` and `distinct` need the entity."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"decision": "accept", "type": "Unit", "by": "ana", "note": "It has a page of its own."},
                {"decision": "reject", "by": "ana"},
                {"decision": "merge", "entity": "igo/rss", "by": "ana"},
                {"decision": "distinct", "entity": "agency/atf", "by": "ana"},
            ]
        }
    )

    decision: str = Field(
        max_length=20,
        description="accept, reject; of a name also merge (it is the entity), alias (its form as written "
        "stands for the entity), distinct (it never does).",
    )
    entity: str | None = Field(
        None, max_length=300, description="Id or name of the entity; with accept the id that it shall have."
    )
    type: str | None = Field(None, max_length=100, description="Type of an accepted name; else as proposed.")
    document: str | None = Field(
        None, max_length=300, description="Limits a decision about a name to one document."
    )
    by: str = Field("api", max_length=100, description="Who decides.")
    note: str | None = Field(None, max_length=2000, description="Why.")


class JudgementAnswer(_Shape):
    """What was written into the judgement file."""

    recorded: dict[str, Any] = Field(examples=[{"name": "Harbour Unit", "decision": "reject", "by": "ana"}])
    entity: str | None = Field(description="Id that the name stands for from the next load on.")
    pending: str
