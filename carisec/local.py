"""The graph that the settings name, asked without a server. Values are those that the HTTP API gives."""

import contextlib
import datetime as dt
import weakref
from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast
from urllib.parse import urlencode

import orjson

from carisec.source import Asked, Json, Records
from graph.reading import read_version, require_loaded
from graph.settings import Settings
from graph.store import Store, connect
from queries.answers import answer_json
from queries.ask import ask
from queries.between import between, between_json
from queries.bibliographies import CitationForm, written
from queries.canned import Query
from queries.catalog import load_catalog
from queries.citations import cite_answer, cite_table
from queries.clocks import Clocks
from queries.entities import entity_record, statement_record
from queries.keyset import AFTER
from queries.names import names_for
from queries.receipts import read_receipt, receipt_json, receipt_of_answer, receipt_of_table
from queries.run import Table, run
from queries.tables import query_json, table_json
from queries.verifying import verification_json, verify
from schema.errors import BadParameter, UsageError
from schema.model import load_schema


class LocalSource:
    """A connected graph. It lets go of the engine when it is closed, collected, or the program ends.

    Raises EngineUnavailable, or EmptyGraph before the first load.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._schema = load_schema()
        self._catalog = load_catalog()
        with contextlib.ExitStack() as stack:
            self._connected = stack.enter_context(connect(settings))
            require_loaded(self._connected)
            self._closing = weakref.finalize(self, stack.pop_all().close)
        self._held: tuple[str, Records] | None = None

    @property
    def home(self) -> str:
        return self._settings.public_url.rstrip("/")

    @property
    def base_iri(self) -> str:
        return self._settings.base_iri

    def state(self) -> Json:
        info = self._store.info
        return {
            "engine": info.engine,
            "engine_version": info.version,
            "graph_version": self._store.version(),
        }

    def table(self, asked: Asked, *, receipt: bool = False) -> Json:
        table = self._run(asked)
        found = table_json(table, _following(asked, table))
        if receipt:
            found["receipt"] = receipt_json(receipt_of_table(table, self._store))
        return _plain(found)

    def table_references(self, asked: Asked, form: CitationForm, accessed: dt.date | None) -> str:
        found = cite_table(self._run(asked), self._store, self.base_iri, accessed=accessed)
        return written(found, form)

    def answer(self, question: str, clocks: Clocks, *, receipt: bool = False) -> Json:
        answer = ask(question, self._catalog, self._store, clocks)
        found = answer_json(answer)
        if receipt:
            found["receipt"] = receipt_json(receipt_of_answer(answer, self._catalog, self._store))
        return _plain(found)

    def answer_references(
        self, question: str, clocks: Clocks, form: CitationForm, accessed: dt.date | None
    ) -> str:
        answer = ask(question, self._catalog, self._store, clocks)
        found = cite_answer(answer, self._catalog, self._store, self.base_iri, accessed=accessed)
        return written(found, form)

    def difference(self, asked: Asked, to: Clocks) -> Json:
        query, store = self._catalog.get(asked.query), self._store
        return _plain(between_json(between(query, asked.given, store, names_for(store), (asked.clocks, to))))

    def verification(self, receipt: Json) -> Json:
        given, answer = read_receipt(orjson.dumps(receipt))
        return _plain(verification_json(verify(given, self._store, self._catalog, answer=answer)))

    def catalogue(self) -> list[Json]:
        return [
            _plain(query_json(query, self._catalog.twins[query.name].text, _example(query)))
            for query in self._catalog.queries.values()
        ]

    def entity(self, key: str, clocks: Clocks, offset: int, limit: int | None) -> Json:
        most = limit or self._settings.page_size
        found = entity_record(self._store, self._schema, key, offset=offset, limit=most, clocks=clocks)
        following = {"offset": offset + most, "limit": most}
        address = _address(f"/entities/{key}", {**clocks.json(), **following}.items())
        return _plain(
            {
                **found,
                "iri": f"{self.base_iri}id/{key}",
                "clocks": clocks.json(),
                "next": address if found["truncated"] else None,
            }
        )

    def statement(self, key: str) -> Json:
        return _plain(statement_record(self._store, self._schema, key))

    def search(self, text: str, types: Collection[str], limit: int) -> list[Json]:
        for name in types:
            if name not in self._schema.types:
                raise BadParameter("type", f"there is no type {name!r}", sorted(self._schema.types))
        hits = names_for(self._store).search(text, limit, tuple(types))
        return [
            {"id": h.id, "name": h.name, "type": h.type, "matched": h.matched, "reason": h.reason}
            for h in hits
        ]

    def records(self, statements: Collection[str], entities: Collection[str]) -> Records:
        held = self._content()
        found = {key: held.statements[key] for key in sorted(statements) if key in held.statements}
        named = {*entities}
        for one in found.values():
            named |= {one.subject, one.object or "", *one.documents}
        return Records({key: held.entities[key] for key in sorted(named & held.entities.keys())}, found)

    def close(self) -> None:
        self._closing()

    @property
    def _store(self) -> Store:
        if not self._closing.alive:
            raise UsageError("the graph is closed; open it again with carisec.connect()")
        return self._connected

    def _run(self, asked: Asked) -> Table:
        store = self._store
        return run(
            self._catalog.get(asked.query),
            asked.given,
            store,
            names_for(store),
            asked.clocks,
            offset=asked.offset,
            limit=self._settings.page_size if asked.limit is None else asked.limit,
            after=asked.after,
        )

    def _content(self) -> Records:
        """The whole graph, read once for each version of it."""
        if self._held is None or self._held[0] != self._store.version():
            version, read = read_version(self._store, self._schema)
            records = Records({e.id: e for e in read.entities}, {s.id: s for s in read.statements})
            self._held = (version, records)
        return self._held[1]


def _plain(value: Json) -> Json:
    """The value as it comes out of JSON, with no types of its own."""
    return cast(Json, orjson.loads(orjson.dumps(value)))


def _address(path: str, parameters: Iterable[tuple[str, Any]]) -> str:
    given = [(name, value) for name, value in parameters if value is not None]
    return path + (f"?{urlencode(given)}" if given else "")


def _following(asked: Asked, table: Table) -> str | None:
    """The address that the page after this one would have on a server."""
    if not table.truncated:
        return None
    begin: Mapping[str, Any] = {AFTER: table.after} if table.after else {"offset": table.offset + table.limit}
    given = {**asked.given, **asked.clocks.json(), **begin, "limit": table.limit}
    return _address(f"/queries/{asked.query}", given.items())


def _example(query: Query) -> str:
    """The address of a query's example, without a server."""
    return _address(f"/queries/{query.name}", query.example.items())
