"""The page at which people ask SPARQL: the query, examples, and the result as a table."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson
from fastapi import Request
from fastapi.responses import Response

from api.pages import base_path, page
from api.sparql_protocol import GRAPHS, TABLES
from graph import sparql
from graph.settings import Settings
from graph.store import Store
from queries.canned import Query
from queries.catalog import Catalog
from queries.names import names_for
from queries.run import run
from queries.twins import fill
from schema.errors import CarisecError

# Rows that the page shows; the other forms have all of them.
SHOWN = 500
_JSON, _TURTLE = TABLES[0].media_type, GRAPHS[0].media_type

FIRST = """SELECT ?supporter ?name WHERE {
  ?supporter carisec:supports unit:ccgiu ; rdfs:label ?name .
}
ORDER BY ?name"""

Answer = Callable[[sparql.Request], tuple[bytes, str]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page is made with."""

    request: Request
    settings: Settings
    catalog: Catalog
    prefixes: Mapping[str, str]

    def shown(self, text: str, result: Mapping[str, Any] | None = None, status: int = 200) -> Response:
        """The page with a query, and with its result if it has one."""
        context = {
            "text": text,
            "result": result,
            "shown": SHOWN,
            "prefixes": self.prefixes,
            "examples": sorted(self.catalog.queries.values(), key=lambda one: one.title),
            "forms": (*TABLES, *GRAPHS),
        }
        return page(self.request, "sparql.html", context, status=status, headers={"Vary": "Accept"})

    def answered(self, asked: sparql.Request, answer: Answer) -> Response:
        """The page with the result of a query, or with what is wrong with it."""
        start = time.perf_counter()
        try:
            body, media_type = answer(replace(asked, table=_JSON, graph=_TURTLE))
        except CarisecError as error:
            fault = {"kind": "fault", "title": error.title, "message": str(error)}
            return self.shown(asked.text, fault, error.status)
        told = {"seconds": time.perf_counter() - start, "asked": self._asked(asked)}
        return self.shown(asked.text, {**self._told(body, media_type), **told})

    def _told(self, body: bytes, media_type: str) -> dict[str, Any]:
        if media_type == _TURTLE:
            return {"kind": "graph", "text": body.decode(), "forms": GRAPHS}
        found = orjson.loads(body)
        if "boolean" in found:
            return {"kind": "truth", "value": found["boolean"], "forms": TABLES[:2]}
        rows = found["results"]["bindings"]
        names = found["head"]["vars"]
        cells = [[self._cell(row.get(name)) for name in names] for row in rows[:SHOWN]]
        return {"kind": "table", "names": names, "rows": cells, "total": len(rows), "forms": TABLES}

    def _cell(self, term: Mapping[str, Any] | None) -> dict[str, str]:
        """Text of a term, and an address where it has one: IRIs under the base lead to our own pages."""
        if term is None:
            return {"text": "", "address": "", "note": ""}
        if term["type"] == "triple":
            return {"text": orjson.dumps(term["value"]).decode(), "address": "", "note": ""}
        value: str = term["value"]
        if term["type"] != "uri":
            return {"text": value, "address": "", "note": term.get("xml:lang", "")}
        own = value.removeprefix(self.settings.base_iri)
        address = value if value.startswith(("http://", "https://")) else ""
        if own != value:
            address = f"{base_path(self.settings)}/{own}"
        return {"text": self._short(value), "address": address, "note": ""}

    def _short(self, iri: str) -> str:
        """An IRI as a prefixed name, by the longest namespace that fits."""
        fitting = [(space, name) for name, space in self.prefixes.items() if iri.startswith(space)]
        if not fitting:
            return iri
        space, name = max(fitting, key=lambda pair: len(pair[0]))
        return f"{name}:{iri.removeprefix(space)}"

    @staticmethod
    def _asked(asked: sparql.Request) -> list[tuple[str, str]]:
        """The parameters that give the same result again."""
        graphs = [("default-graph-uri", iri) for iri in asked.default_graphs]
        graphs += [("named-graph-uri", iri) for iri in asked.named_graphs]
        return [("query", asked.text), *graphs]


def example_text(query: Query, catalog: Catalog, store: Store, settings: Settings) -> str:
    """The twin of a canned query, filled with its example, so that it runs as it stands."""
    table = run(query, query.example, store, names_for(store))
    return fill(catalog.twins[query.name], table.parameters, settings.base_iri)
