"""A small graph whose answers are known, and changes of it, for the tests of receipts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

from graph.changes import Content, difference
from graph.clocks import clocked
from graph.records import ACCEPTED, Entity, Evidence, Statement, make_statement, merge, text_hash
from queries.catalog import Catalog, load_catalog
from queries.clocks import UNLIMITED, Clocks
from queries.names import names_for
from queries.receipts import Receipt, receipt_json, receipt_of_table, seal
from queries.run import Table, run
from queries.verifying import Verification, verify
from tests.conftest import Graph

CATALOG = load_catalog()

TEXT = st.text(st.characters(codec="utf-8"))
NUMBER = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=12,
)

NOTE = Entity(
    "document/harbour-note",
    ("Document",),
    "The Harbour Note",
    properties={
        "file": "note.txt",
        "published": "2031-05-04",
        "publisher": "Harbour Office",
        "kind": "report",
    },
)
LETTER = Entity(
    "document/tide-letter", ("Document",), "A Letter on the Tide", properties={"file": "letter.txt"}
)
ENTITIES = (
    NOTE,
    LETTER,
    Entity("agency/alpha", ("Agency",), "Alpha Bureau"),
    Entity("agency/beta", ("Agency",), "Beta Office"),
    Entity("agency/gamma", ("Agency",), "Gamma Board"),
    Entity("program/tide", ("Program",), "Tide Programme"),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """That an agency supports the programme, with what is varied."""

    agency: str
    documents: tuple[Entity, ...]
    scope: str | None = None
    status: str = ACCEPTED
    anchor: str | None = None


ALPHA = Claim("agency/alpha", (NOTE,), "boats")
BETA = Claim("agency/beta", (LETTER,))


def fill(
    scratch: Graph, claims: Sequence[Claim] = (ALPHA, BETA), entities: Sequence[Entity] = ENTITIES
) -> None:
    """Make the scratch graph say these claims about these entities, and nothing else."""
    known = {e.id for e in entities}
    statements = [_statement(scratch, one) for one in claims]
    kept = [s for s in statements if {s.subject, s.object} <= known]
    content = clocked(scratch.schema, Content(tuple(entities), tuple(merge(kept))))
    scratch.store.apply(scratch.schema, difference(scratch.schema, content, scratch.store.known()))


def _statement(scratch: Graph, claim: Claim) -> Statement:
    evidence = [Evidence(d.id, 10, 40, text_hash(claim.agency), anchor=claim.anchor) for d in claim.documents]
    given = {"scope": claim.scope} if claim.scope else {}
    return make_statement(
        scratch.schema,
        claim.agency,
        "SUPPORTS",
        "program/tide",
        qualifiers=given,
        status=claim.status,
        evidence=evidence,
    )


def renamed(entity: str, name: str) -> tuple[Entity, ...]:
    """The entities, one of them under another name."""
    return tuple(replace(e, name=name) if e.id == entity else e for e in ENTITIES)


def without(entity: str) -> tuple[Entity, ...]:
    return tuple(e for e in ENTITIES if e.id != entity)


def table(
    graph: Graph, name: str, given: Mapping[str, str], limit: int = 1000, clocks: Clocks = UNLIMITED
) -> Table:
    return run(CATALOG.get(name), given, graph.store, names_for(graph.store), clocks, limit=limit)


def supporters(graph: Graph, limit: int = 1000, clocks: Clocks = UNLIMITED) -> Receipt:
    """A receipt of who supports the programme."""
    found = table(graph, "agencies-supporting-program", {"program": "program/tide"}, limit, clocks)
    return receipt_of_table(found, graph.store)


def checked(graph: Graph, receipt: Receipt, catalog: Catalog = CATALOG) -> Verification:
    return verify(receipt, graph.store, catalog)


def resealed(receipt: Receipt, **members: Any) -> Receipt:
    """The receipt forged well: with other members and an own hash that fits them."""
    made = receipt_json(receipt) | members
    return Receipt.model_validate({**made, "sha256": seal(made)})


def told(found: Verification, kind: str) -> list[str]:
    """What a verification says of one kind of difference."""
    return [d.says for d in found.differences if d.kind == kind]
