"""A small graph with candidates, for the tests of the review."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from graph.captures import Capture, CaptureStore
from graph.changes import Content, difference
from graph.records import Entity, Evidence, Statement, make_statement, merge, text_hash
from schema.model import Schema
from tests.conftest import Graph

TEXT = (
    "Boats for the bay\n\nThe Alpha Bureau supports the Harbour Unit. The Harbour Unit trains in Zeta Cove. "
    "The Alpha Bureau may fund the Tide Programme.\n"
)
NOTE = Entity(
    "document/note",
    ("Document",),
    "Boats for the bay",
    properties={"captured": True, "sha256": text_hash(TEXT), "file": "note.txt"},
)
OTHER = Entity("document/other", ("Document",), "Another note", properties={"file": "other.txt"})
UNIT = Entity(
    "candidate/harbour-unit",
    ("Candidate",),
    "Harbour Unit",
    ("HU",),
    ("HU",),
    {"proposedType": "Unit", "reason": "a name that ends in Unit"},
)
COVE = Entity(
    "candidate/zeta-cove",
    ("Candidate",),
    "Zeta Cove",
    properties={"proposedType": "Place", "reason": "a name after in"},
)
ENTITIES = (
    Entity("agency/alpha", ("Agency",), "Alpha Bureau"),
    UNIT,
    COVE,
    NOTE,
    OTHER,
    Entity("program/tide", ("Program",), "Tide Programme"),
    Entity("unit/harbour-police", ("Unit",), "Harbour Police"),
)


def clause(words: str, rule: str, confidence: float, nth: int = 0) -> Evidence:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return Evidence(NOTE.id, start, start + len(words), text_hash(words), rule, confidence, quote=words)


def statements(schema: Schema) -> list[Statement]:
    elsewhere = Evidence(OTHER.id, 3, 9, text_hash("absent"), "located/active@1", 0.7)
    supports = clause("The Alpha Bureau supports the Harbour Unit.", "supports/active@1", 0.9)
    may = clause("The Alpha Bureau may fund the Tide Programme.", "funds/active@2", 0.5)
    named = [clause("Harbour Unit", "mention/unknown-unit@1", 0.6, nth) for nth in (0, 1)]
    alpha = [clause("Alpha Bureau", "mention/name@1", 1.0)]
    cove = [clause("Zeta Cove", "mention/unknown-place@1", 0.6)]
    return merge(
        [
            make_statement(
                schema, "agency/alpha", "SUPPORTS", UNIT.id, status="candidate", evidence=[supports]
            ),
            make_statement(
                schema, "agency/alpha", "FUNDS", "program/tide", status="candidate", evidence=[may, elsewhere]
            ),
            make_statement(
                schema, "agency/alpha", "OPERATES", "program/tide", status="retracted", evidence=[may]
            ),
            make_statement(schema, "agency/alpha", "USES", "program/tide", evidence=[supports]),
            make_statement(schema, NOTE.id, "MENTIONS", UNIT.id, status="candidate", evidence=named),
            make_statement(schema, NOTE.id, "MENTIONS", COVE.id, status="candidate", evidence=cove),
            make_statement(schema, NOTE.id, "MENTIONS", "agency/alpha", evidence=alpha),
        ]
    )


def statement(schema: Schema, predicate: str) -> str:
    """Id of the one statement of a predicate."""
    return next(s.id for s in statements(schema) if s.predicate == predicate)


@contextmanager
def reviewed(scratch: Graph, folder: Path) -> Iterator[Graph]:
    """The graph filled, with a token and a judgement file of its own."""
    content = Content(ENTITIES, tuple(statements(scratch.schema)))
    scratch.store.apply(scratch.schema, difference(scratch.schema, content, scratch.store.known()))
    captures = CaptureStore(scratch.settings.data_dir)
    settings = replace(scratch.settings, token="open sesame", judgements=str(folder / "judgements.yaml"))
    with captures.locked():
        with captures.replaced({NOTE.id: Capture(NOTE, TEXT)}):
            pass
        yield replace(scratch, settings=settings)
        with captures.replaced({}):
            pass
