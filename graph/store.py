"""The store: the official `neo4j` driver over one of two engines, with driver errors mapped to ours.

Reads go as a user that may only read (embedded engine), or in read access mode and, where one is
configured, as a reader account (Neo4j). A load is one transaction: all of it is there, or none.
"""

import contextlib
import datetime as dt
import itertools
import logging
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, cast

import neo4j
from neo4j import exceptions as driver_errors

from graph import cypher
from graph.changes import Changes, Former, Known
from graph.chronicle import Chronicle, chronicle_steps
from graph.embedded import DATABASE, embedded_engine
from graph.properties import (
    entity_properties,
    evidence_properties,
    qualifier_properties,
    statement_properties,
)
from graph.records import ACCEPTED, Entity
from graph.settings import Settings
from schema.errors import EngineFailure, EngineUnavailable, GraphMoved, TimeLimit
from schema.model import Schema

# The driver logs every retry; what matters comes as an exception.
logging.getLogger("neo4j").setLevel(logging.CRITICAL)

EMBEDDED, NEO4J = "embedded", "neo4j"
# What to look at when an engine is away.
_CHECKS = {
    EMBEDDED: "its log is in the folder `log` of CARISEC_DATA_DIR",
    NEO4J: "check that it runs, NEO4J_URI, NEO4J_USERNAME, NEO4J_PASSWORD and NEO4J_DATABASE",
}
_REOPEN_SECONDS = 5.0
_AWAY = (
    driver_errors.ServiceUnavailable,
    driver_errors.SessionExpired,
    driver_errors.AuthError,
    driver_errors.DriverError,
)
Row = Mapping[str, Any]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """Which engine answers: `embedded` or `neo4j`, and its version."""

    engine: str
    version: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The result of one read: column names and rows of plain Python values."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def mappings(self) -> Iterator[dict[str, Any]]:
        for row in self.rows:
            yield dict(zip(self.columns, row, strict=True))


@contextlib.contextmanager
def connect(settings: Settings, *, writable: bool = False) -> Iterator["Store"]:
    """Open the store that the settings name. Raises EngineUnavailable where it cannot be reached."""
    with contextlib.ExitStack() as stack:

        def open_embedded() -> tuple[neo4j.Driver, EngineInfo]:
            engine = embedded_engine(settings.data_dir, settings.engine_heap, settings.query_seconds)
            endpoint = stack.enter_context(engine)
            user = endpoint.writer if writable else endpoint.reader
            driver = stack.enter_context(_driver(endpoint.uri, user, writable))
            return driver, EngineInfo(EMBEDDED, endpoint.version)

        def open_neo4j() -> tuple[neo4j.Driver, EngineInfo]:
            user = _neo4j_user(settings, writable)
            driver = stack.enter_context(_driver(settings.neo4j_uri, user, writable))
            return driver, EngineInfo(NEO4J, "")

        store = Store(open_embedded if settings.embedded else open_neo4j, settings)
        store.open()
        stack.callback(store.close)
        if writable:
            store.prepare()
        yield store


def _neo4j_user(settings: Settings, writable: bool) -> tuple[str, str]:
    if not writable and settings.neo4j_reader_username:
        return settings.neo4j_reader_username, settings.neo4j_reader_password
    return settings.neo4j_username, settings.neo4j_password


def _driver(uri: str, user: tuple[str, str], writable: bool) -> neo4j.Driver:
    try:
        return neo4j.GraphDatabase.driver(
            uri,
            auth=user,
            connection_timeout=5,
            connection_acquisition_timeout=10,
            # A load may wait for another one; a reader had better be told at once.
            max_transaction_retry_time=10 if writable else 2,
            notifications_min_severity="OFF",
        )
    except (ValueError, driver_errors.ConfigurationError) as error:
        raise EngineUnavailable(f"NEO4J_URI is {uri!r}: {error}") from error


@contextlib.contextmanager
def _our_errors(engine: str) -> Iterator[None]:
    check = _CHECKS[engine]
    try:
        yield
    except driver_errors.Neo4jError as error:
        code = error.code or ""
        if "TimedOut" in code or "Terminated" in code:
            raise TimeLimit(
                "the query ran into its time limit; ask for less or raise CARISEC_QUERY_SECONDS"
            ) from error
        if isinstance(error, _AWAY):
            raise EngineUnavailable(f"the graph engine refused us ({error.message}); {check}") from error
        if "DatabaseNotFound" in code:
            raise EngineUnavailable(f"the server has no such database ({error.message}); {check}") from error
        raise EngineFailure(f"{code}: {error.message}") from error
    except _AWAY as error:
        raise EngineUnavailable(f"the graph engine does not answer; {check}") from error


class Store:
    """Reads and writes of one graph. Made by `connect`."""

    def __init__(self, opener: Callable[[], tuple[neo4j.Driver, EngineInfo]], settings: Settings) -> None:
        self._opener = opener
        self._database = DATABASE if settings.embedded else settings.neo4j_database
        self._seconds = settings.query_seconds
        self._reopening = threading.Lock()
        self._not_before = 0.0
        self._closed = False
        self.info = EngineInfo(EMBEDDED if settings.embedded else NEO4J, "")

    def open(self) -> None:
        """Connect. Raises EngineUnavailable."""
        self._driver, self.info = self._opener()
        if self.info.engine == NEO4J:
            with _our_errors(NEO4J):
                self._driver.verify_connectivity()
            self.info = EngineInfo(NEO4J, self.read(cypher.SERVER_VERSION).rows[0][0])

    def close(self) -> None:
        """From here on an engine that is away stays away."""
        self._closed = True

    def read(self, text: str, parameters: Row | None = None, *, seconds: float | None = None) -> Rows:
        """Run one reading query in read access mode, under a time limit in seconds.

        An embedded engine that has died is started again, once. Raises TimeLimit, EngineFailure or
        EngineUnavailable.
        """
        driver = self._driver
        try:
            return self._read(text, dict(parameters or {}), seconds or self._seconds)
        except EngineUnavailable:
            if self.info.engine != EMBEDDED:
                raise
            self._reopen(driver)
        return self._read(text, dict(parameters or {}), seconds or self._seconds)

    def _read(self, text: str, parameters: dict[str, Any], seconds: float) -> Rows:
        """In one round trip; where that fails in a way that may pass, in a managed transaction that retries.

        To begin and to end a transaction takes two round trips more.
        """

        @neo4j.unit_of_work(timeout=seconds)
        def work(transaction: neo4j.ManagedTransaction) -> Rows:
            return _rows(transaction.run(text, parameters))

        query = neo4j.Query(text, timeout=seconds)
        with _our_errors(self.info.engine), self._session(neo4j.READ_ACCESS) as session:
            try:
                return _rows(session.run(query, parameters))
            except (driver_errors.DriverError, driver_errors.Neo4jError) as error:
                if not error.is_retryable():
                    raise
                return session.execute_read(work)

    def _reopen(self, failed: neo4j.Driver) -> None:
        """Open again unless another thread has; after a failure not before some seconds have passed."""
        with self._reopening:
            if self._driver is not failed:
                return
            if self._closed or time.monotonic() < self._not_before:
                raise EngineUnavailable(f"the graph engine does not answer; {_CHECKS[EMBEDDED]}")
            self._not_before = time.monotonic() + _REOPEN_SECONDS
            self.open()

    def version(self, *, seconds: float | None = None) -> str:
        """Version of the graph, empty before the first load."""
        rows = self.read(cypher.VERSION, seconds=seconds).rows
        return rows[0][0] or "" if rows else ""

    def prepare(self) -> None:
        """Create the constraints that are missing."""
        with _our_errors(self.info.engine), self._session(neo4j.WRITE_ACCESS) as session:
            for statement in cypher.constraints():
                session.run(statement).consume()

    def known(self) -> Known:
        """Digests of everything that is in the graph."""
        meta = self.read(cypher.VERSION).rows
        entities = self.read(cypher.KNOWN_ENTITIES).rows
        return Known(
            entities={row[0]: row[1] for row in entities},
            types={row[0]: tuple(row[2]) for row in entities},
            statements=dict(cast(Iterable[tuple[str, str]], self.read(cypher.KNOWN_STATEMENTS).rows)),
            evidence=dict(cast(Iterable[tuple[str, str]], self.read(cypher.KNOWN_EVIDENCE).rows)),
            version=(meta[0][0] or "") if meta else "",
            withdrawn=frozenset(meta[0][1] or ()) if meta else frozenset(),
            former={row[0]: Former(*row) for row in self.read(cypher.KNOWN_FORMER).rows},
        )

    def apply(
        self,
        schema: Schema,
        changes: Changes,
        progress: Progress | None = None,
        told: Chronicle | None = None,
    ) -> None:
        """Write the changes in one transaction. `progress` gets (step, rows done, rows in all).

        `told` is what is kept of this load beside the graph. Raises GraphMoved, having written nothing, if
        the graph is no longer at the version they start from.
        """
        steps = list(_steps(schema, changes, told))
        total = sum(len(rows) for _, rows in steps)

        def work(transaction: neo4j.ManagedTransaction) -> None:
            done = 0
            found = transaction.run(cypher.LOCK_META, token=str(uuid.uuid4())).single(strict=True)
            if found["version"] != changes.based_on:
                raise GraphMoved("another load changed the graph meanwhile; load again")
            for text, rows in steps:
                transaction.run(text, rows=rows).consume()
                done += len(rows)
                if progress:
                    progress("writing", done, total)
            transaction.run(
                cypher.WRITE_META,
                version=changes.version,
                loadedAt=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                schema=schema.version,
                withdrawn=sorted(changes.withdrawn),
            ).consume()

        with _our_errors(self.info.engine), self._session(neo4j.WRITE_ACCESS) as session:
            self._warm_up(session, schema, changes)
            self._relabel(session, schema, changes.relabelled)
            session.execute_write(work)

    def _warm_up(self, session: neo4j.Session, schema: Schema, changes: Changes) -> None:
        """The embedded engine makes a label or type when it first sees it, which must not be in the load."""
        if self.info.engine != EMBEDDED:
            return
        label_sets = sorted({schema.labels_of(e.types) for e in changes.entities})
        types = sorted({s.predicate for s in changes.statements if s.object})
        if label_sets or types:
            types += ["SUBJECT", "OBJECT", "EVIDENCE_FOR", "FROM", "BROADER"]
        for text in cypher.warm_up(label_sets, types):
            session.run(text, id="warm-up/node").consume()

    def _relabel(self, session: neo4j.Session, schema: Schema, entities: Sequence[Entity]) -> None:
        """Give known entities the labels of their new types; on its own, before the load's transaction."""
        for entity in entities:
            wanted = set(schema.labels_of(entity.types))
            rows = [{"id": entity.id}]
            found = session.run("MATCH (n:Entity {id: $id}) RETURN labels(n) AS labels", id=entity.id).single(
                strict=True
            )
            for name in sorted(set(found["labels"]) - wanted):
                session.run(cypher.remove_label(name), rows=rows).consume()
            for name in sorted(wanted - set(found["labels"])):
                session.run(cypher.add_label(name), rows=rows).consume()

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(database=self._database, default_access_mode=mode)


def _rows(result: neo4j.Result) -> Rows:
    return Rows(tuple(result.keys()), [tuple(record.values()) for record in result])


def _steps(
    schema: Schema, changes: Changes, told: Chronicle | None
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Cypher text and rows of each batch, in an order in which every reference exists when it is needed."""
    for text, rows in itertools.chain(
        _deletions(changes),
        _entities(schema, changes),
        _statements(schema, changes),
        chronicle_steps(changes, told),
    ):
        for start in range(0, len(rows), cypher.BATCH):
            yield text, rows[start : start + cypher.BATCH]


def _deletions(changes: Changes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    yield cypher.delete_nodes("Evidence"), _ids(changes.deleted_evidence)
    yield cypher.UNLINK_DIRECT, _ids([*changes.deleted_statements, *(s.id for s in changes.statements)])
    yield cypher.delete_nodes("Statement"), _ids(changes.deleted_statements)
    yield cypher.delete_nodes("Entity"), _ids(changes.deleted_entities)


def _entities(schema: Schema, changes: Changes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    by_labels: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for entity in changes.entities:
        row = {"id": entity.id, "properties": entity_properties(schema, entity)}
        by_labels.setdefault(schema.labels_of(entity.types), []).append(row)
    for names, rows in by_labels.items():
        yield cypher.upsert_entities(names), rows
    topics = [e for e in changes.entities if "Topic" in e.types]
    yield cypher.UNLINK_BROADER, _ids(e.id for e in topics)
    broader = [{"id": e.id, "parent": e.properties["parent"]} for e in topics if "parent" in e.properties]
    yield cypher.LINK_BROADER, broader


def _statements(schema: Schema, changes: Changes) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    statements = changes.statements
    rows = [{"id": s.id, "properties": statement_properties(schema, s)} for s in statements]
    yield cypher.UPSERT_STATEMENTS, rows
    yield cypher.LINK_SUBJECTS, [{"id": s.id, "subject": s.subject} for s in statements]
    yield cypher.LINK_OBJECTS, [{"id": s.id, "object": s.object} for s in statements if s.object]
    direct: dict[str, list[dict[str, Any]]] = {}
    for statement in statements:
        if statement.object and statement.status == ACCEPTED:
            row = {
                "subject": statement.subject,
                "object": statement.object,
                "properties": {
                    "id": statement.id,
                    **qualifier_properties(schema, statement),
                    **asdict(statement.clock),
                },
            }
            direct.setdefault(statement.predicate, []).append(row)
    for predicate in sorted(direct):
        yield cypher.link_direct(predicate), direct[predicate]
    evidence = [(owner, e) for owner, e in changes.evidence]
    yield (
        cypher.UPSERT_EVIDENCE,
        [{"id": e.id_for(owner), "properties": evidence_properties(owner, e)} for owner, e in evidence],
    )
    yield (
        cypher.LINK_EVIDENCE,
        [{"id": e.id_for(owner), "statement": owner, "document": e.document} for owner, e in evidence],
    )


def _ids(ids: Iterable[str]) -> list[dict[str, Any]]:
    return [{"id": one} for one in ids]
