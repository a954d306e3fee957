"""What to cite an answer by: one reference for each document that it rests on, and one for the answer itself.

`queries.bibliographies` writes them.
"""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from graph.records import HOLDING
from graph.store import Store
from graph.vocabulary import Iris
from queries.answers import Answer, Details
from queries.catalog import Catalog
from queries.clocks import UNLIMITED, Clocks
from queries.receipts import Receipt, plain_parameters, receipt_of_answer, receipt_of_table
from queries.run import Table
from queries.sentences import sentence

_DOCUMENTS = """
MATCH (d:Entity) WHERE d.id IN $ids
RETURN d {.id, .name, .publisher, .published, .url, .kind, .language} AS record ORDER BY d.id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A clause by its code-point offsets, and the statements that rest on it in words."""

    start: int
    end: int
    says: tuple[str, ...]

    def __str__(self) -> str:
        return f"characters {self.start}–{self.end}: {'; '.join(self.says)}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A document that an answer rests on. `key` stays the same from answer to answer.

    `published` is EDTF; `address` is the document's own, else its identifier in carisec.
    """

    key: str
    title: str
    publisher: str | None
    published: str | None
    kind: str | None
    language: str | None
    address: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class AnswerReference:
    """The answer itself: what was asked, of which graph, and the hash of its receipt."""

    key: str
    title: str
    carisec: str
    graph: str
    receipt: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Citations:
    """The references of an answer, ordered by the ids of the documents; `accessed` is the caller's date."""

    documents: tuple[Reference, ...]
    answer: AnswerReference
    accessed: dt.date | None


def cite_table(
    table: Table,
    store: Store,
    base_iri: str,
    *,
    address: str | None = None,
    accessed: dt.date | None = None,
) -> Citations:
    """The references of a page of rows; `address` is its own absolute address, where it has one."""
    shown = plain_parameters(table.parameters)
    named = {k: v["name"] if isinstance(v, Mapping) else shown[k] for k, v in table.parameters.items()}
    given = ", ".join(f"{name} = {value}" for name, value in named.items() if value is not None)
    title = table.query.title + (f" ({given})" if given else "") + _limits(table.clocks)
    statements = (key for row in table.rows for key in row["statements"])
    documents = references(store, statements, base_iri, table.clocks)
    receipt = receipt_of_table(table, store)
    return Citations(documents, _answer(title, receipt, address), accessed)


def cite_answer(
    answer: Answer,
    catalog: Catalog,
    store: Store,
    base_iri: str,
    *,
    address: str | None = None,
    accessed: dt.date | None = None,
) -> Citations:
    """The references of an answer to a question; of one that is none, the answer alone."""
    statements = (key for item in answer.items for key in item["statements"])
    documents = references(store, statements, base_iri, answer.clocks)
    receipt = receipt_of_answer(answer, catalog, store)
    title = answer.question + _limits(answer.clocks)
    return Citations(documents, _answer(title, receipt, address), accessed)


def references(
    store: Store, statements: Iterable[str], base_iri: str, clocks: Clocks = UNLIMITED
) -> tuple[Reference, ...]:
    """The documents that these statements rest on, each with its clauses in the order of its text.

    A clause that a corrected text words otherwise or does not have is left out, and so is a document that was
    published later than the clocks have it.
    """
    said: dict[str, dict[tuple[int, int], dict[str, None]]] = {}
    found = Details(store, clocks).load(statements)
    for key in sorted(found):
        for evidence in found[key]["evidence"]:
            if evidence["anchor"] in HOLDING:
                places = said.setdefault(evidence["document"], {})
                places.setdefault((evidence["start"], evidence["end"]), {})[sentence(found[key])] = None
    rows = store.read(_DOCUMENTS, {"ids": sorted(said)}).rows if said else []
    iris = Iris(base_iri)
    return tuple(_reference(record, said[record["id"]], iris) for (record,) in rows)


def _reference(
    record: Mapping[str, Any], places: Mapping[tuple[int, int], Iterable[str]], iris: Iris
) -> Reference:
    return Reference(
        key=_key(record["id"]),
        title=record["name"],
        publisher=record.get("publisher"),
        published=record.get("published"),
        kind=record.get("kind"),
        language=record.get("language"),
        address=record.get("url") or iris.entity(record["id"]).value,
        places=tuple(Place(start, end, tuple(says)) for (start, end), says in sorted(places.items())),
    )


def _answer(title: str, receipt: Receipt, address: str | None) -> AnswerReference:
    key = f"carisec-answer-{receipt.sha256[:12]}"
    return AnswerReference(key, title, version("carisec"), receipt.graph, receipt.sha256, address)


def _limits(clocks: Clocks) -> str:
    """` [as of 2023-11, known on 2023]`; empty where nothing limits the answer."""
    given = [f"{name.replace('_', ' ')} {value}" for name, value in clocks.json().items() if value]
    return f" [{', '.join(given)}]" if given else ""


def _key(id_: str) -> str:
    """`document-2023-11-22-joint-statement`: what any reader of BibTeX takes for a key."""
    return re.sub(r"[^A-Za-z0-9]+", "-", id_)
