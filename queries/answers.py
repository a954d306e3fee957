"""Answers: their items, what they rest on, and their JSON."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.records import HOLDING
from graph.store import Store
from queries.citing import address, locator
from queries.clocks import UNLIMITED, Clocks
from queries.language import spoken_date
from queries.lookups import ITEMS, STATEMENTS
from queries.run import Table
from schema.model import load_schema

BATCH = 500


@dataclass(slots=True)
class Item:
    """One item of an answer: an entity by its id, or a literal; with the statements that it rests on."""

    id: str | None
    value: Any
    statements: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        return self.id or f"={self.value}"


@dataclass(frozen=True, slots=True)
class Step:
    """One query of an answer. `joined` says how its result joins the one before: both, without, of."""

    query: str
    parameters: Mapping[str, Any]
    joined: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a question got.

    `reason` of an answer that is none: `no-statement` (understood, but the graph says nothing), `unexplained`
    (words are left that no row shows), `not-understood`, `ambiguous-name`, `unknown-name` or
    `several-readings`. `ignored` are the words at fault, `candidates` names that may be meant, `suggestions`
    questions that work.
    """

    question: str
    answered: bool
    items: tuple[Mapping[str, Any], ...] = ()
    query: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    reading: str = ""
    reason: str = ""
    ignored: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    citations: tuple[Mapping[str, Any], ...] = ()
    table: Table | None = None
    version: str = ""
    clocks: Clocks = UNLIMITED


def answer_json(answer: Answer) -> dict[str, Any]:
    """The answer as `GET /ask` and `carisec ask --format json` give it."""
    query = {"name": answer.query, "parameters": dict(answer.parameters)} if answer.query else None
    return {
        "question": answer.question,
        "answered": answer.answered,
        "answer": [dict(item) for item in answer.items],
        "query": query,
        "steps": [
            {"name": s.query, "parameters": dict(s.parameters), "joined": s.joined} for s in answer.steps
        ],
        "reading": answer.reading,
        "reason": answer.reason,
        "ignored": list(answer.ignored),
        "candidates": list(answer.candidates),
        "suggestions": list(answer.suggestions),
        "citations": [dict(citation) for citation in answer.citations],
        "clocks": answer.clocks.json(),
        "version": answer.version,
    }


class Details:
    """Reads statements, each once, with their evidence in documents that were published by then."""

    def __init__(self, store: Store, clocks: Clocks = UNLIMITED) -> None:
        self._store = store
        self._clocks = clocks
        self.statements: dict[str, Mapping[str, Any]] = {}

    def load(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Details of these and all earlier statements by id."""
        wanted = sorted(set(ids) - self.statements.keys())
        for start in range(0, len(wanted), BATCH):
            rows = self._store.read(STATEMENTS, {"ids": wanted[start : start + BATCH]})
            for row in rows.mappings():
                row["evidence"] = [
                    e for e in row["evidence"] if self._clocks.published(e.get("documentKnown"))
                ]
                self.statements[row["properties"]["id"]] = row
        return self.statements


def items_of(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> list[Item]:
    """Items in the order of the rows, each once, with the statements of all its rows."""
    found: dict[str, Item] = {}
    for row in rows:
        for value in cells(row, columns):
            item = Item(value["id"], None) if isinstance(value, dict) else Item(None, value)
            item = found.setdefault(item.key, item)
            item.statements.extend(s for s in row["statements"] if s not in item.statements)
    return list(found.values())


def cells(row: Mapping[str, Any], columns: Sequence[str]) -> list[Any]:
    """The values of the answering columns, lists taken apart, empty ones left out."""
    values: list[Any] = []
    for name in columns:
        cell = row[name]
        values.extend(cell if isinstance(cell, list) else [cell])
    return [value for value in values if value is not None]


def items_json(store: Store, items: Sequence[Item]) -> tuple[Mapping[str, Any], ...]:
    """Items as they stand in an answer: entities with what names them, literals with other forms of them."""
    ids = [item.id for item in items if item.id]
    records = {r["item"]["id"]: r["item"] for r in store.read(ITEMS, {"ids": ids}).mappings()} if ids else {}
    return tuple(
        {
            **(_entity_json(records[item.id]) if item.id else _literal_json(item.value)),
            "statements": item.statements,
        }
        for item in items
    )


def _entity_json(record: Mapping[str, Any]) -> dict[str, Any]:
    json = {name: record[name] for name in ("id", "name", "type")}
    if record["type"] == "Document":
        json |= {"title": record["name"], "file": record["file"], "name": record["file"] or record["name"]}
    if record["type"] == "Place" and record["country"]:
        json["label"] = f"{record['name']}, {record['country']}"
    for name in ("number", "value", "unit", "measure", "period"):
        if record.get(name) is not None:
            json[name] = record[name]
    return json


def _literal_json(value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"value": value, "label": "yes" if value else "no"}
    if isinstance(value, str) and (spoken := spoken_date(value)) != value:
        return {"value": value, "label": spoken}
    return {"value": value}


def citations_of(
    details: Mapping[str, Mapping[str, Any]], statements: Iterable[str]
) -> tuple[dict[str, Any], ...]:
    """The statements with the clauses that they rest on; the quote where the text is at hand.

    A clause that a corrected text words otherwise or does not have is none that a statement rests on.
    """
    return tuple(
        _citation(details[key], evidence)
        for key in dict.fromkeys(statements)
        if key in details
        for evidence in details[key]["evidence"]
        if evidence["anchor"] in HOLDING
    )


def _citation(statement: Mapping[str, Any], evidence: Mapping[str, Any]) -> dict[str, Any]:
    properties = statement["properties"]
    return {
        "statement": properties["id"],
        "subject": statement["subject"],
        "predicate": properties["predicate"],
        "relation": load_schema().predicates[properties["predicate"]].label,
        "object": statement["object"],
        "value": properties.get("value"),
        "document": evidence["document"],
        "title": evidence.get("documentName"),
        "start": evidence["start"],
        "end": evidence["end"],
        "quote": evidence.get("quote"),
        "summary": evidence.get("summary"),
        "locator": locator(evidence),
        "address": address(evidence),
    }
