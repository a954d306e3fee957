"""Replays a receipt and says what differs: in the receipt itself, the queries, the statements, the rows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.records import ACCEPTED
from graph.store import Store
from queries.answers import Answer, Details
from queries.ask import ask
from queries.canonical import canonical_hash
from queries.catalog import Catalog
from queries.names import names_for
from queries.receipts import (
    QUERY,
    Receipt,
    RowThen,
    StatementThen,
    items_then,
    plain_parameters,
    query_hash,
    result_hash,
    rows_then,
    statement_then,
)
from queries.run import Table, run
from schema.errors import BadParameter, GraphMoved

SAME, SAME_ROWS, DIFFERS = "same", "same rows, other graph", "differs"
TAMPERED, NOT_REPLAYED = "tampered", "cannot be replayed"
VERDICTS = (SAME, SAME_ROWS, DIFFERS, TAMPERED, NOT_REPLAYED)
HOLDING_VERDICTS = (SAME, SAME_ROWS)

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is otherwise than the receipt has it.

    `kind` is one of: receipt, answer (it was tampered with); graph; query gone, query changed; parameter;
    reading, reason; statement gone, statement not accepted, statement changed, clocks changed, clauses
    changed, statement added; row removed, row added, row changed, row order, more rows. `id` is that of the
    statement, or the name of the query or parameter.
    """

    kind: str
    says: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a receipt: one of VERDICTS, and everything that differs.

    `graph` is the version now; `result` and `rows` are the hash and the count of the rows now, None where
    nothing was replayed.
    """

    verdict: str
    receipt: Receipt
    graph: str
    result: str | None
    rows: int | None
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        """Whether the answer is the same now."""
        return self.verdict in HOLDING_VERDICTS


def verification_json(found: Verification) -> dict[str, Any]:
    """The verification as `POST /verify` and `carisec verify --format json` give it."""
    receipt = found.receipt
    return {
        "verdict": found.verdict,
        "receipt": receipt.sha256,
        "kind": receipt.kind,
        "asked": asked(receipt),
        "graph": {"then": receipt.graph, "now": found.graph},
        "result": {"then": receipt.result, "now": found.result},
        "rows": {"then": len(receipt.rows), "now": found.rows},
        "differences": [{"kind": d.kind, "id": d.id, "says": d.says} for d in found.differences],
    }


def asked(receipt: Receipt) -> str:
    """The question, or the query with its parameters."""
    return receipt.question if receipt.question is not None else _reading(_asked_then(receipt))


def verify(
    receipt: Receipt,
    store: Store,
    catalog: Catalog,
    *,
    answer: Mapping[str, Any] | None = None,
    seconds: float | None = None,
) -> Verification:
    """Check a receipt, and the answer around it where there is one, and replay it.

    What was tampered with is not replayed. `seconds` limits each query. Raises GraphMoved where loads come
    between again and again, and whatever the engine fails with.
    """
    for _ in range(_TRIES):
        graph = store.version()
        forged = tuple(_forged(receipt, answer))
        if forged:
            return Verification(TAMPERED, receipt, graph, None, None, forged)
        found = _verified(receipt, store, catalog, graph, seconds)
        if store.version() == graph:
            return found
    raise GraphMoved("the graph is being loaded; verify again in a moment")


# --- the receipt itself ---------------------------------------------------------------------------------


def _forged(receipt: Receipt, answer: Mapping[str, Any] | None) -> Iterator[Difference]:
    if not receipt.sealed:
        yield Difference("receipt", "the receipt was changed: its own hash is not that of its content")
    elif answer is not None:
        for says in _not_of(receipt, answer):
            yield Difference("answer", f"the answer was changed: {says}")


def _not_of(receipt: Receipt, answer: Mapping[str, Any]) -> Iterator[str]:
    """What a receipt cannot have been given for in the answer around it."""
    try:
        if receipt.kind != QUERY:
            if canonical_hash(answer) != receipt.answer:
                yield "it is not the one that the receipt is of"
            return
        query, page = receipt.queries[0], receipt.page
        if result_hash(answer["rows"]) != receipt.result:
            yield "its rows are not those that the receipt is of"
        if (answer["query"], plain_parameters(answer["parameters"])) != (query.name, query.parameters):
            yield "its query or its parameters are not those that the receipt is of"
        if (answer["version"], answer["truncated"]) != (receipt.graph, page and page.truncated):
            yield "its version or its end is not that of the receipt"
        asked_for = {**receipt.clocks.model_dump(), **(page.model_dump() if page else {})}
        given = {**answer, **(answer.get("clocks") or {})}
        if any(given.get(name, value) != value for name, value in asked_for.items()):
            yield "its page or its clocks are not those of the receipt"
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError):
        yield "it has not the members of an answer"


# --- what it was asked of -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Replay:
    """What came of asking again: rows, None where it could not be, and how it was asked otherwise."""

    rows: Sequence[Mapping[str, Any]] | None
    lines: Sequence[RowThen]
    differences: tuple[Difference, ...]


def _verified(
    receipt: Receipt, store: Store, catalog: Catalog, graph: str, seconds: float | None
) -> Verification:
    replay = _replayed(receipt, store, catalog, seconds)
    details = Details(store, receipt.clocks.read())
    resting = () if replay.rows is None else [key for row in replay.rows for key in row["statements"]]
    differences = [
        *_graph(receipt, graph),
        *_queries(receipt, catalog),
        *replay.differences,
        *_statements(receipt, details.load([*(s.id for s in receipt.statements), *resting])),
    ]
    if replay.rows is None:
        return Verification(NOT_REPLAYED, receipt, graph, None, None, tuple(differences))
    result = result_hash(replay.rows)
    same = result == receipt.result and not any(d.kind == "reason" for d in replay.differences)
    differences += [] if same else _rows(receipt.rows, replay.lines)
    verdict = DIFFERS if not same else SAME if graph == receipt.graph else SAME_ROWS
    return Verification(verdict, receipt, graph, result, len(replay.rows), tuple(differences))


def _graph(receipt: Receipt, graph: str) -> Iterator[Difference]:
    if graph != receipt.graph:
        yield Difference("graph", f"the graph was at version {receipt.graph} and is at {graph or 'none'}")


def _queries(receipt: Receipt, catalog: Catalog) -> Iterator[Difference]:
    for one in {query.name: query for query in receipt.queries}.values():
        query = catalog.queries.get(one.name)
        if query is None:
            yield Difference("query gone", f"there is no query {one.name} any more", one.name)
        elif query_hash(query) != one.sha256:
            yield Difference("query changed", f"the text of the query {one.name} is another", one.name)


def _replayed(receipt: Receipt, store: Store, catalog: Catalog, seconds: float | None) -> _Replay:
    clocks = receipt.clocks.read()
    if receipt.question is not None:
        answer = ask(receipt.question, catalog, store, clocks)
        return _Replay(answer.items, items_then(answer.items), tuple(_understood(receipt, answer)))
    one, page = receipt.queries[0], receipt.page
    query = catalog.queries.get(one.name)
    if query is None or page is None:
        return _Replay(None, (), ())
    given = {name: str(value) for name, value in one.parameters.items() if value is not None}
    try:
        table = run(
            query,
            given,
            store,
            names_for(store),
            clocks,
            offset=page.offset,
            start=page.start,
            limit=page.limit,
            seconds=seconds,
        )
    except BadParameter as error:
        return _Replay(None, (), (Difference("parameter", str(error), error.parameter),))
    return _Replay(table.rows, rows_then(query, table.rows), tuple(_paged(receipt, table)))


def _paged(receipt: Receipt, table: Table) -> Iterator[Difference]:
    if receipt.page is not None and receipt.page.truncated != table.truncated:
        says = "more rows follow now" if table.truncated else "no more rows follow now"
        yield Difference("more rows", says)


def _understood(receipt: Receipt, answer: Answer) -> Iterator[Difference]:
    """How a question is read otherwise, or is refused for another reason."""
    then = _asked_then(receipt)
    now = [(s.joined, s.query, plain_parameters(s.parameters)) for s in answer.steps]
    if then != now:
        says = f"the question was read as {_reading(then) or 'nothing'}, now as {_reading(now) or 'nothing'}"
        yield Difference("reading", says)
    if receipt.reason != answer.reason:
        says = f"the question was {_ended(receipt.reason)} and is {_ended(answer.reason)}"
        yield Difference("reason", says)


_Asked = list[tuple[str, str, dict[str, str | int | None]]]


def _asked_then(receipt: Receipt) -> _Asked:
    return [(query.joined, query.name, query.parameters) for query in receipt.queries]


def _reading(steps: _Asked) -> str:
    """`members-of-program (program = program/cbsi); without …`."""
    told = []
    for joined, name, parameters in steps:
        given = ", ".join(f"{key} = {value}" for key, value in parameters.items() if value is not None)
        told.append(f"{joined} {name}".strip() + (f" ({given})" if given else ""))
    return "; ".join(told)


def _ended(reason: str) -> str:
    return f"refused ({reason})" if reason else "answered"


# --- what it rests on and what it said ------------------------------------------------------------------


def _statements(receipt: Receipt, found: Mapping[str, Mapping[str, Any]]) -> Iterator[Difference]:
    """What became of each statement, and which ones the rows rest on now that they did not then."""
    for then in receipt.statements:
        if then.id in found:
            yield from _statement(
                then, statement_then(found[then.id]), found[then.id]["properties"]["status"]
            )
        else:
            yield Difference("statement gone", f"“{then.says}” is not in the graph any more", then.id)
    known = {then.id for then in receipt.statements}
    for key in sorted(found.keys() - known):
        says = f"“{statement_then(found[key]).says}” was not there, or was not a reason"
        yield Difference("statement added", says, key)


def _statement(then: StatementThen, now: StatementThen, status: str) -> Iterator[Difference]:
    if status != ACCEPTED:
        says = f"“{now.says}” is not accepted any more; its status is {status}"
        yield Difference("statement not accepted", says, now.id)
    elif then.digest != now.digest and then.says == now.says:
        says = f"“{now.says}” is known from another day, or true at another time"
        yield Difference("clocks changed", says, now.id)
    elif then.digest != now.digest:
        says = f"“{then.says}” says otherwise now: “{now.says}”"
        yield Difference("statement changed", says, now.id)
    if then.evidence != now.evidence:
        yield Difference("clauses changed", f"“{now.says}” rests on other clauses now", now.id)


def _rows(then: Sequence[RowThen], now: Sequence[RowThen]) -> Iterator[Difference]:
    """Rows that are gone, new, or about the same and yet otherwise; else that their order is another."""
    gone, new = _without(then, now), _without(now, then)
    if not gone and not new:
        yield Difference("row order", "the rows are the same in another order")
    waiting: dict[tuple[str, ...], list[RowThen]] = defaultdict(list)
    for row in new:
        waiting[row.about].append(row)
    for row in gone:
        if waiting[row.about]:
            other = waiting[row.about].pop(0)
            yield Difference("row changed", _changed(row, other))
        else:
            yield Difference("row removed", row.says)
    for rest in waiting.values():
        yield from (Difference("row added", row.says) for row in rest)


def _changed(then: RowThen, now: RowThen) -> str:
    if then.says == now.says:
        return f"{then.says}: it rests on other statements, or names something by another id"
    return f"was “{then.says}”, is “{now.says}”"


def _without(rows: Iterable[RowThen], others: Iterable[RowThen]) -> list[RowThen]:
    """Those rows that the others do not have; each of the others stands for one."""
    left: dict[str, int] = defaultdict(int)
    for row in others:
        left[row.sha256] += 1
    kept = []
    for row in rows:
        if left[row.sha256]:
            left[row.sha256] -= 1
        else:
            kept.append(row)
    return kept
