"""A running server, asked over HTTP."""

import datetime as dt
import weakref
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from importlib.metadata import version
from typing import Any, cast
from urllib.parse import quote, urlsplit

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from carisec.optional import optional
from carisec.problems import error_of
from carisec.source import Asked, Json, Records
from graph.rdf_reading import read_quads
from graph.vocabulary import Iris
from queries.bibliographies import CitationForm
from queries.clocks import TO, Clocks
from queries.keyset import AFTER
from schema.errors import EmptyGraph, EngineFailure, EngineUnavailable, TimeLimit, UsageError
from schema.model import load_schema

_SUFFIXES: Mapping[CitationForm, str] = {
    CitationForm.TEXT: ".txt",
    CitationForm.BIBTEX: ".bib",
    CitationForm.CSL: ".csl.json",
}
_N_TRIPLES = "application/n-triples"
# Proxies read addresses of 8 kB, and percent-encoding makes IRIs longer.
_MOST_CHARACTERS = 4000
_STATEMENTS = """CONSTRUCT { ?node ?term ?value } WHERE {
  VALUES ?statement { %s }
  ?statement (rdf:subject|rdf:object|prov:wasDerivedFrom|carisec:evidence|carisec:evidence/oa:hasTarget
              |carisec:evidence/oa:hasTarget/oa:hasSelector)? ?node .
  ?node ?term ?value }"""
_ENTITIES = "CONSTRUCT { ?node ?term ?value } WHERE { VALUES ?node { %s } ?node ?term ?value }"

Given = Iterable[tuple[str, Any]]


class RemoteSource:
    """A server by its address; `timeout` is in seconds. Its connections are closed with it, at the latest.

    Raises UsageError for what is no web address, EngineUnavailable where nobody answers, EmptyGraph before
    the first load of the server, and NotInstalled without the package httpx2.
    """

    def __init__(self, address: str, timeout: float) -> None:
        if urlsplit(address).scheme not in ("http", "https"):
            raise UsageError(f"{address!r} is no address of a server; give one like http://127.0.0.1:8000")
        self.home = address.rstrip("/")
        self._httpx = optional("httpx2", "client", "asking a server")
        self._client = self._httpx.Client(
            base_url=self.home,
            headers={"Accept": "application/json", "User-Agent": f"carisec/{version('carisec')}"},
            timeout=timeout,
            follow_redirects=True,
        )
        self._closing = weakref.finalize(self, self._client.close)
        if not self.state()["graph_version"]:
            raise EmptyGraph(f"nothing has been loaded yet at {self.home}: run `carisec load` there")

    @cached_property
    def base_iri(self) -> str:
        return str(self._get("/reconcile", (), "identifierSpace")["identifierSpace"]).removesuffix("id/")

    def state(self) -> Json:
        ready = self._get("/readyz", (), "graph_version")
        return {name: ready[name] for name in ("engine", "engine_version", "graph_version")}

    def table(self, asked: Asked, *, receipt: bool = False) -> Json:
        return self._get(f"/queries/{_path(asked.query)}", (*_given(asked), *_wanting(receipt)), "rows")

    def table_references(self, asked: Asked, form: CitationForm, accessed: dt.date | None) -> str:
        path = f"/queries/{_path(asked.query)}{_SUFFIXES[form]}"
        return self._text(path, (*_given(asked), ("accessed", accessed)))

    def answer(self, question: str, clocks: Clocks, *, receipt: bool = False) -> Json:
        return self._get("/ask", (("q", question), *clocks.json().items(), *_wanting(receipt)), "answered")

    def answer_references(
        self, question: str, clocks: Clocks, form: CitationForm, accessed: dt.date | None
    ) -> str:
        given = (("q", question), *clocks.json().items(), ("accessed", accessed))
        return self._text(f"/ask{_SUFFIXES[form]}", given)

    def difference(self, asked: Asked, to: Clocks) -> Json:
        others = ((TO + name, value) for name, value in to.json().items())
        return self._get(f"/queries/{_path(asked.query)}/diff", (*_given(asked), *others), "changes")

    def verification(self, receipt: Json) -> Json:
        return _object(self._asked("POST", "/verify", json=receipt), "verdict")

    def catalogue(self) -> list[Json]:
        return cast(list[Json], self._get("/queries", (), "queries")["queries"])

    def entity(self, key: str, clocks: Clocks, offset: int, limit: int | None) -> Json:
        given = (*clocks.json().items(), ("offset", offset or None), ("limit", limit))
        return self._get(f"/entities/{_path(key)}", given, "statements")

    def statement(self, key: str) -> Json:
        return self._get(f"/statements/{_path(key)}", (), "evidence")

    def search(self, text: str, types: Collection[str], limit: int) -> list[Json]:
        given = (("q", text), ("limit", limit), *(("type", name) for name in types))
        return cast(list[Json], self._get("/search", given, "results")["results"])

    def records(self, statements: Collection[str], entities: Collection[str]) -> Records:
        iris = Iris(self.base_iri)
        wanted = [iris.statement(key) for key in sorted(statements)]
        named = [iris.entity(key) for key in sorted(entities)]
        triples = [*self._constructed(_STATEMENTS, wanted), *self._constructed(_ENTITIES, named)]
        read = read_quads(load_schema(), triples, self.base_iri, self.home)
        return Records({e.id: e for e in read.entities}, {s.id: s for s in read.statements})

    def close(self) -> None:
        self._closing()

    def _constructed(self, text: str, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
        for some in _batches(map(str, nodes)):
            query = text % " ".join(some)
            response = self._asked("GET", "/sparql", (("query", query),), {"Accept": _N_TRIPLES})
            for quad in parse(response.content, RdfFormat.N_TRIPLES):
                yield quad.triple

    def _get(self, path: str, given: Given, member: str) -> Json:
        return _object(self._asked("GET", path, given), member)

    def _text(self, path: str, given: Given) -> str:
        return str(self._asked("GET", path, given, {"Accept": "*/*"}).text)

    def _asked(
        self, method: str, path: str, given: Given = (), headers: Mapping[str, str] | None = None, **body: Any
    ) -> Any:
        """The response, if it is a good one. Raises what it tells of otherwise."""
        if not self._closing.alive:
            raise UsageError("the connection is closed; open it again with carisec.connect()")
        parameters = [(name, str(value)) for name, value in given if value is not None]
        try:
            response = self._client.request(method, path, params=parameters, headers=headers, **body)
        except self._httpx.TimeoutException as error:
            raise TimeLimit(f"{self.home} did not answer in time; ask for less, or give more time") from error
        except self._httpx.HTTPError as error:
            raise EngineUnavailable(f"{self.home} does not answer: {error}") from error
        if response.is_success:
            return response
        problem = response.json() if "json" in response.headers.get("content-type", "") else {}
        raise error_of(response.status_code, problem if isinstance(problem, dict) else {})


def _batches(terms: Iterable[str]) -> Iterator[list[str]]:
    """The terms in lists that an address has room for."""
    batch: list[str] = []
    for term in terms:
        if batch and sum(map(len, batch)) + len(term) > _MOST_CHARACTERS:
            yield batch
            batch = []
        batch.append(term)
    if batch:
        yield batch


def _object(response: Any, member: str) -> Json:
    """The JSON object of a response, with this member. Raises EngineFailure for what is no answer of ours."""
    found = response.json() if "json" in response.headers.get("content-type", "") else None
    if not isinstance(found, dict) or member not in found:
        raise EngineFailure(f"{response.url} does not answer as a server of carisec does")
    return cast(Json, found)


def _given(asked: Asked) -> Given:
    """The parameters of a page's address."""
    return (
        *asked.given.items(),
        *asked.clocks.json().items(),
        ("offset", asked.offset or None),
        (AFTER, asked.after),
        ("limit", asked.limit),
    )


def _wanting(receipt: bool) -> Given:
    return (("receipt", 1),) if receipt else ()


def _path(text: str) -> str:
    return quote(text, safe="/")
