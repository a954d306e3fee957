"""The handle on a graph: `connect()` opens it, and everything is asked of what it gives."""

import datetime as dt
from collections.abc import Collection, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, cast

import orjson

from carisec.local import LocalSource
from carisec.remote import RemoteSource
from carisec.reports import Differences, Verification
from carisec.results import Answer, Given, Result, Rows, as_given
from carisec.source import Asked, Json, Source
from graph.settings import Settings
from queries.clocks import TO, Clocks
from schema.errors import BadParameter, UsageError

When = str | int | dt.date | None


def connect(where: str | Settings | None = None, *, timeout: float = 60.0) -> "KnowledgeGraph":
    """Open the graph that the settings in the environment name, or a running server by its address.

    `timeout` is how many seconds a server may take for one answer. Raises EngineUnavailable where nobody
    answers, and EmptyGraph before the first load.

        kg = carisec.connect()
        kg = carisec.connect("http://127.0.0.1:8000")
    """
    if isinstance(where, str):
        return KnowledgeGraph(RemoteSource(where, timeout))
    return KnowledgeGraph(LocalSource(where or Settings.from_environment()))


class KnowledgeGraph:
    """A graph to ask. Made by `connect`; a context manager that lets go of the graph at its end.

    Without `with` it lets go when `close` is called, when nothing refers to it or its results any more, or
    when the program ends. Clocks are given as text in EDTF (`2023-11`), years or dates: `as_of` takes only
    what may have been true then, `known_on` only what documents say that were published by then.
    """

    def __init__(self, source: Source) -> None:
        self._source = source

    def query(
        self,
        name: str,
        parameters: Mapping[str, Given] | None = None,
        /,
        *,
        as_of: When = None,
        known_on: When = None,
        limit: int | None = None,
        all: bool = False,
        **given: Given,
    ) -> Rows:
        """Run a canned query; an entity is given by any of its names, its id, or a cell of another result.

        Parameters are given by keyword, or as a mapping where their names are not known beforehand. A page
        has `limit` rows, CARISEC_PAGE_SIZE if not said; `all` takes the pages that follow too.
        Raises NotFound for a query and BadParameter for a parameter that does not exist or cannot be read.

        >>> kg.query("members-of-program", program="CBSI", all=True)[0]["member"]["name"]
        'Antigua and Barbuda'
        """
        asked = Asked(name, as_given({**(parameters or {}), **given}), _clocks(as_of, known_on), limit)
        rows = Rows(self._source, asked, self._source.table(asked))
        return rows.whole() if all else rows

    def ask(self, question: str, *, as_of: When = None, known_on: When = None) -> Answer:
        """Answer a question in plain English. What cannot be answered is refused, see `Answer.reason`.

        >>> [item["name"] for item in kg.ask("who operates eTrace")]
        ['Bureau of Alcohol, Tobacco, Firearms and Explosives']
        """
        if not question.strip():
            raise BadParameter("question", "ask one, such as: Which agencies support CCGIU?")
        return Answer(self._source, self._source.answer(question, _clocks(as_of, known_on)))

    def diff(
        self,
        name: str,
        parameters: Mapping[str, Given] | None = None,
        /,
        *,
        as_of: When = None,
        known_on: When = None,
        to_as_of: When = None,
        to_known_on: When = None,
        **given: Given,
    ) -> Differences:
        """What came and went in a query's rows between two pairs of clocks."""
        asked = Asked(name, as_given({**(parameters or {}), **given}), _clocks(as_of, known_on))
        return Differences(self._source.difference(asked, _clocks(to_as_of, to_known_on, TO)))

    def verify(self, receipt: Result | Mapping[str, object] | Path) -> Verification:
        """Ask again what a receipt was given for, and tell what differs.

        It is a receipt, an answer in JSON that holds one, a file with either, or rows or an answer.
        """
        if isinstance(receipt, Result):
            receipt = receipt.receipt()
        elif isinstance(receipt, Path):
            receipt = _read(receipt)
        return Verification(self._source.verification(dict(receipt)))

    def queries(self) -> list[Json]:
        """The catalogue: each query with purpose, parameters, columns, phrases, an example and its Cypher.

        >>> "who-operates" in [query["name"] for query in kg.queries()]
        True
        """
        return self._source.catalogue()

    def entity(
        self,
        key: str,
        *,
        as_of: When = None,
        known_on: When = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> Json:
        """An entity by its id, with a page of the statements about it. Raises NotFound.

        >>> kg.entity("program/etrace")["name"]
        'eTrace'
        """
        return self._source.entity(key, _clocks(as_of, known_on), offset, limit)

    def statement(self, key: str) -> Json:
        """A statement by its id, with its evidence. Raises NotFound."""
        return self._source.statement(key)

    def search(self, text: str, *, types: Collection[str] = (), limit: int = 10) -> list[Json]:
        """Entities by a part of a name, best first: `id`, `name`, `type`, what `matched`, and the `reason`.

        >>> kg.search("etrace", types=["Program"], limit=1)[0]["id"]
        'program/etrace'
        """
        return self._source.search(text, types, limit)

    @property
    def version(self) -> str:
        """Version of the graph as it is now."""
        return str(self._source.state()["graph_version"])

    def close(self) -> None:
        """Let go of the graph; whatever is asked later raises UsageError."""
        self._source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        state = self._source.state()
        where = self._source.home or f"{state['engine']} {state['engine_version']}"
        return f"<KnowledgeGraph on {where}, version {state['graph_version']}>"


def _clocks(as_of: When, known_on: When, prefix: str = "") -> Clocks:
    """Raises BadParameter for what is no date."""
    first, second = (None if when is None else str(when) for when in (as_of, known_on))
    return Clocks.read(first, second, prefix)


def _read(path: Path) -> Json:
    try:
        found = orjson.loads(path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    except orjson.JSONDecodeError as error:
        raise BadParameter("receipt", f"{path} is no JSON ({error})") from None
    if not isinstance(found, dict):
        raise BadParameter("receipt", f"{path} holds no JSON object")
    return cast(Json, found)
