"""Receipts: what an answer was asked of, what it rests on and what it said, as hashes that can be replayed.

A receipt is JSON (`Receipt` gives its schema). Every hash is the hex sha256 of a canonical JSON text
(`queries.canonical`).

- A query is hashed as its Cypher without the header, since that is what gives the rows.
- A row is hashed as its object of plain cells, an item of an answer as it stands in the answer. Queries
  collect lists in no order, so the members of a list are sorted by their canonical form first.
- The result is hashed as the list of all rows, in their order.
- A statement bears its digest in the graph, and one hash over the digests of its clauses.
- The receipt's own hash is over all other members, so it names the receipt too: one version of carisec gives
  the same answer of the same graph the same one. It tells any change of the receipt; it is no signature.

`queries.verifying` replays it.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Annotated, Any, Literal

import orjson
import pydantic
from pydantic import BaseModel, ConfigDict, Field

from graph.store import Store
from queries.answers import Answer, Details, Step, answer_json
from queries.canned import Query
from queries.canonical import canonical_hash, canonical_json
from queries.catalog import Catalog
from queries.clocks import Clocks
from queries.keyset import Scalar
from queries.run import Table
from queries.sentences import sentence
from schema.errors import BadParameter

FORMAT = "carisec-receipt/1"
QUERY, QUESTION = "query", "question"
MEMBER = "receipt"

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", examples=["0e01081d53cc2962…"])]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class AskedQuery(_Part):
    """A canned query that was run: its parameters as they were understood, entities by their ids."""

    name: str = Field(examples=["members-of-program"])
    sha256: Sha256 = Field(description="Of its Cypher without the header.")
    parameters: dict[str, str | int | None] = Field(examples=[{"program": "program/cbsi"}])
    joined: str = Field(description="How its result joins the one before: both, without, of; else empty.")


class ClocksAsked(_Part):
    """Of what time, and published by when, an answer is; null where it is of any."""

    as_of: str | None = Field(examples=["2023-11"])
    known_on: str | None = Field(examples=["2023-12-31"])

    def read(self) -> Clocks:
        """The clocks. Raises BadParameter for what is no date."""
        return Clocks.read(self.as_of, self.known_on)


class PageAsked(_Part):
    """Which rows of a query the answer has, and whether more followed.

    `start` holds the keys of the row after which a page begins that was asked for by token.
    """

    offset: int = Field(ge=0)
    limit: int = Field(ge=1)
    start: list[Scalar] | None
    truncated: bool


class StatementThen(_Part):
    """A statement that the answer rests on, as the graph had it."""

    id: str = Field(examples=["s1f0c8a5e9d3b7246a1c0"])
    digest: str = Field(description="Hash of what it says, as the graph keeps it.")
    evidence: Sha256 = Field(description="Over the digests of its clauses, sorted.")
    says: str = Field(examples=["ATF supports CCGIU"])


class RowThen(_Part):
    """A row of a query, or an item of an answer to a question."""

    about: Annotated[tuple[str, ...], Field(strict=False)] = Field(
        description="Ids or literals that answer.", examples=[["agency/atf"]]
    )
    says: str = Field(examples=["agency: ATF; relation: SUPPORTS"])
    sha256: Sha256


class Receipt(_Part):
    """What an answer was asked of, what it rests on and what it said; `POST /verify` replays it."""

    format: Literal["carisec-receipt/1"]
    kind: Literal["query", "question"]
    carisec: str = Field(description="Version of the program that answered.", examples=["0.1.0"])
    question: str | None = Field(description="The question; null of a query.", max_length=500)
    reason: str = Field(description="Why a question got no answer; empty where it got one.")
    queries: Annotated[tuple[AskedQuery, ...], Field(strict=False)]
    clocks: ClocksAsked
    page: PageAsked | None = Field(description="Null of a question.")
    graph: str = Field(description="Version of the graph.")
    statements: Annotated[tuple[StatementThen, ...], Field(strict=False)] = Field(
        description="All that the rows rest on, by id."
    )
    rows: Annotated[tuple[RowThen, ...], Field(strict=False)]
    result: Sha256 = Field(description="Over the list of all rows.")
    answer: Sha256 | None = Field(
        description="Over the whole answer to a question as JSON, without its receipt; null of a query."
    )
    sha256: Sha256 = Field(description="Over all other members.")

    @pydantic.model_validator(mode="after")
    def _of_one_kind(self) -> "Receipt":
        given = (self.question is None, self.answer is None, self.page is not None)
        if given != ((self.kind == QUERY,) * 3) or (self.kind == QUERY and len(self.queries) != 1):
            raise ValueError(f"these are not the members of a receipt of the kind {self.kind}")
        return self

    @property
    def sealed(self) -> bool:
        """Whether its own hash is that of its content."""
        return seal(receipt_json(self)) == self.sha256


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """The receipt as plain values, as it stands in an answer or a file."""
    return receipt.model_dump(mode="json")


def seal(members: Mapping[str, Any]) -> str:
    """The own hash of a receipt with these members."""
    return canonical_hash({name: value for name, value in members.items() if name != "sha256"})


def receipt_of_table(table: Table, store: Store) -> Receipt:
    """The receipt of one page of a canned query."""
    return _sealed(
        Details(store, table.clocks),
        rows_then(table.query, table.rows),
        [key for row in table.rows for key in row["statements"]],
        kind=QUERY,
        question=None,
        reason="",
        queries=[_asked(table.query, Step(table.query.name, table.parameters))],
        clocks=table.clocks.json(),
        page={
            "offset": table.offset,
            "limit": table.limit,
            "start": None if table.start is None else list(table.start),
            "truncated": table.truncated,
        },
        graph=table.version,
        result=result_hash(table.rows),
        answer=None,
    )


def receipt_of_answer(answer: Answer, catalog: Catalog, store: Store) -> Receipt:
    """The receipt of an answer to a question, be it one or a refusal."""
    return _sealed(
        Details(store, answer.clocks),
        items_then(answer.items),
        [key for item in answer.items for key in item["statements"]],
        kind=QUESTION,
        question=answer.question,
        reason=answer.reason,
        queries=[_asked(catalog.get(step.query), step) for step in answer.steps],
        clocks=answer.clocks.json(),
        page=None,
        graph=answer.version,
        result=result_hash(answer.items),
        answer=canonical_hash(answer_json(answer)),
    )


def read_receipt(text: bytes) -> tuple[Receipt, Mapping[str, Any] | None]:
    """A receipt from JSON, and the answer around it where the JSON is a whole answer.

    Nothing is checked but the shape. Raises BadParameter that says what is wrong with it, and where.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise BadParameter(MEMBER, f"it is no JSON ({error})") from None
    if not isinstance(value, dict):
        raise BadParameter(MEMBER, "it is no JSON object")
    answer = None
    if MEMBER in value or "format" not in value:
        answer = {name: member for name, member in value.items() if name != MEMBER}
        value = value.get(MEMBER)
    if not isinstance(value, dict):
        raise BadParameter(MEMBER, "there is none in it; ask for the answer together with its receipt")
    if value.get("format") != FORMAT:
        raise BadParameter(MEMBER, f"its format is none that this carisec reads; it reads {FORMAT}")
    try:
        receipt = Receipt.model_validate(value)
    except pydantic.ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise BadParameter(MEMBER, f"{place}: {first['msg']}" if place else first["msg"]) from None
    receipt.clocks.read()
    return receipt, answer


# --- its parts ------------------------------------------------------------------------------------------


def query_hash(query: Query) -> str:
    """Hash of what the engine is given of a query; help and phrases in its header change no row."""
    return canonical_hash(query.cypher)


def plain_parameters(parameters: Mapping[str, Any]) -> dict[str, str | int | None]:
    """Parameters as understood, entities by their ids."""
    return {name: v["id"] if isinstance(v, Mapping) else v for name, v in parameters.items()}


def result_hash(rows: Iterable[Mapping[str, Any]]) -> str:
    """Hash of all rows or items, in their order."""
    return canonical_hash([_normal(row) for row in rows])


def rows_then(query: Query, rows: Iterable[Mapping[str, Any]]) -> list[RowThen]:
    """The rows of a query as a receipt has them."""
    return [
        RowThen(
            about=tuple(_short(part) for name in query.answer for part in _parts(row[name])),
            says="; ".join(
                f"{column.name}: {', '.join(map(_name, _parts(row[column.name])))}"
                for column in query.columns
                if column.kind != "statements" and _parts(row[column.name])
            ),
            sha256=canonical_hash(_normal(row)),
        )
        for row in rows
    ]


def items_then(items: Iterable[Mapping[str, Any]]) -> list[RowThen]:
    """The items of an answer as a receipt has them."""
    return [
        RowThen(
            about=(str(item["id"] if "id" in item else item["value"]),),
            says=str(item.get("name") or item.get("label") or item["value"]),
            sha256=canonical_hash(_normal(item)),
        )
        for item in items
    ]


def statement_then(row: Mapping[str, Any]) -> StatementThen:
    """A statement, as the look-up gives it, as a receipt has it."""
    properties = row["properties"]
    return StatementThen(
        id=properties["id"],
        digest=properties["digest"],
        evidence=canonical_hash(sorted(one["digest"] for one in row["evidence"])),
        says=sentence(row),
    )


def _sealed(details: Details, rows: Sequence[RowThen], keys: Iterable[str], **members: Any) -> Receipt:
    found = details.load(keys)
    made: dict[str, Any] = {
        "format": FORMAT,
        "carisec": version("carisec"),
        **members,
        "statements": [statement_then(found[key]).model_dump() for key in sorted(found)],
        "rows": [row.model_dump(mode="json") for row in rows],
    }
    return Receipt.model_validate({**made, "sha256": seal(made)})


def _asked(query: Query, step: Step) -> dict[str, Any]:
    return {
        "name": query.name,
        "sha256": query_hash(query),
        "parameters": plain_parameters(step.parameters),
        "joined": step.joined,
    }


def _normal(value: Any) -> Any:
    """A value with the members of its lists sorted."""
    if isinstance(value, Mapping):
        return {name: _normal(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return sorted(map(_normal, value), key=canonical_json)
    return value


def _parts(cell: Any) -> list[Any]:
    """The values in a cell: a list's members, one value, or none."""
    return [part for part in (cell if isinstance(cell, list) else [cell]) if part is not None]


def _short(part: Any) -> str:
    return str(part["id"] if isinstance(part, Mapping) else part)


def _name(part: Any) -> str:
    return str(part["name"] if isinstance(part, Mapping) else part)
