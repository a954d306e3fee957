"""What a query answers under one pair of clocks and not under another."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.store import Store
from queries.answers import Details
from queries.canned import Query
from queries.clocks import Clocks
from queries.differences import ADDED, CHANGED, REMOVED, Change, differences, told
from queries.names import NameIndex
from queries.run import Table, run
from queries.sentences import sentence
from schema.errors import BadParameter

# A comparison needs all rows of both.
MOST_ROWS = 10_000


@dataclass(frozen=True, slots=True)
class Between:
    """Two whole tables of one query, what is other in the second one, and each change as a sentence."""

    before: Table
    after: Table
    changes: tuple[Change, ...]
    sentences: tuple[str, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many rows came, went and changed."""
        return {kind: sum(c.kind == kind for c in self.changes) for kind in (ADDED, REMOVED, CHANGED)}


def between(
    query: Query,
    given: Mapping[str, str],
    store: Store,
    names: NameIndex,
    clocks: tuple[Clocks, Clocks],
    *,
    seconds: float | None = None,
) -> Between:
    """Run a query under both clocks and compare. Raises BadParameter, also where there are too many rows."""
    before, after = (run(query, given, store, names, one, limit=MOST_ROWS, seconds=seconds) for one in clocks)
    if before.truncated or after.truncated:
        raise BadParameter(
            "name", f"{query.name} gives more than {MOST_ROWS} rows, too many to compare; give it parameters"
        )
    changes = differences(before, after)
    details = Details(store).load(key for change in changes for key in change.statements)
    sentences = {key: sentence(row) for key, row in details.items()}
    return Between(before, after, changes, tuple(told(query, change, sentences) for change in changes))


def between_json(found: Between) -> dict[str, Any]:
    """The comparison as `GET /queries/{name}/diff` and `carisec query` give it."""
    return {
        "query": found.before.query.name,
        "title": found.before.query.title,
        "parameters": dict(found.before.parameters),
        "from": {**found.before.clocks.json(), "rows": len(found.before.rows)},
        "to": {**found.after.clocks.json(), "rows": len(found.after.rows)},
        "counts": dict(found.counts),
        "changes": [
            {
                "kind": change.kind,
                "sentence": words,
                "before": change.before,
                "after": change.after,
                "columns": list(change.columns),
            }
            for change, words in zip(found.changes, found.sentences, strict=True)
        ],
        "version": found.after.version,
    }
