"""What a query or a question gave: its data, and on request what it rests on and what to cite it by."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast, overload

import networkx as nx
import rdflib

from carisec import html, resting
from carisec.frames import items_frame, rows_frame, with_sources
from carisec.source import Asked, Json, Records, Source
from queries.answers import cells
from queries.bibliographies import CitationForm
from queries.clocks import Clocks
from schema.errors import BadParameter, GraphMoved

if TYPE_CHECKING:
    import pandas as pd

Given = str | int | float | dt.date | Mapping[str, Any] | None
_FORMS = tuple(form.value for form in CitationForm)


class Result(ABC):
    """What rows and answers have in common. `json` is what the HTTP API gives; treat it as read only."""

    def __init__(self, source: Source, json: Json) -> None:
        self._source = source
        self.json = json

    @property
    def version(self) -> str:
        """Version of the graph that this is of."""
        return str(self.json["version"])

    @property
    def clocks(self) -> Clocks:
        """Of what time, and published by when, this is."""
        return Clocks(**self.json["clocks"])

    @property
    def statements(self) -> tuple[str, ...]:
        """Ids of all statements that this rests on, each once."""
        return tuple(dict.fromkeys(key for one in self._parts for key in one["statements"]))

    def citations(self) -> list[Json]:
        """The clauses that this rests on: document, place, address, and the quote where it is at hand."""
        return resting.citations(self._records, self.statements)

    def cite(self, form: str = "text", *, accessed: dt.date | None = None) -> str:
        """What to cite this by, as `text`, `csl` (JSON) or `bibtex`; `accessed` is the day of access to tell.

        Raises GraphMoved if the graph was loaded since.
        """
        if form not in _FORMS:
            raise BadParameter("form", f"{form!r} is none of the forms", _FORMS)
        found = self._references(CitationForm(form), accessed)
        # References name the graph that they are of.
        if self.version not in found:
            raise _moved()
        return found

    def receipt(self) -> Json:
        """The receipt, which `verify` replays; raises GraphMoved if the graph was loaded since."""
        return self._receipt

    def to_df(self, *, sources: bool = False) -> "pd.DataFrame":
        """The rows or items as a DataFrame: an entity of a row gives its name and its id, lists stay lists.

        `sources` adds two columns, the places of the clauses that a row rests on and the addresses of these.
        Raises NotInstalled without pandas, which the extra `notebook` brings.
        """
        made = self._frame()
        if not sources:
            return made
        cited: dict[str, list[Json]] = {}
        for clause in self.citations():
            cited.setdefault(clause["statement"], []).append(clause)
        clauses = [[c for key in one["statements"] for c in cited.get(key, ())] for one in self._parts]
        return with_sources(made, clauses, self._source.home)

    def to_networkx(self) -> "nx.MultiDiGraph[str]":
        """The entities named and the statements that this rests on, as nodes and edges.

        Nodes have the ids of entities, edges those of statements as keys. See `carisec.resting.network`.
        """
        return resting.network(self._records, set(self._entities()))

    def to_rdflib(self) -> rdflib.Graph:
        """The same as RDF, in the form of the export: each statement reified, with its evidence."""
        return resting.linked_data(self._records, self._source.base_iri)

    @property
    @abstractmethod
    def _parts(self) -> Sequence[Json]:
        """The rows or items."""

    @abstractmethod
    def _frame(self) -> "pd.DataFrame":
        """The rows or items, without their sources."""

    @abstractmethod
    def _entities(self) -> Iterable[str]:
        """Ids of the entities that are named, whether or not a statement names them."""

    @abstractmethod
    def _references(self, form: CitationForm, accessed: dt.date | None) -> str:
        """What to cite it by, asked anew."""

    @abstractmethod
    def _again(self) -> Json:
        """The same asked again, with its receipt."""

    @cached_property
    def _records(self) -> Records:
        named = set(self._entities())
        found = self._source.records(self.statements, named)
        if self._source.state()["graph_version"] != self.version:
            raise _moved()
        return found.under(self.clocks, named)

    @cached_property
    def _receipt(self) -> Json:
        found = self._again()
        if found["version"] != self.version:
            raise _moved()
        return cast(Json, found["receipt"])


class Rows(Result, Sequence[Json]):
    """Rows of a canned query, each a dict of plain values; an entity is `{id, name, type}`.

    `len(rows)`, `rows[0]` and `for row in rows` are of this page; `truncated` says that more rows follow.

    >>> rows = kg.query("members-of-program", program="CBSI", limit=5)
    >>> len(rows), rows.truncated, rows.columns
    (5, True, ('member', 'date', 'status', 'statements'))
    >>> rows[0]["member"]["id"]
    'country/ag'
    """

    def __init__(self, source: Source, asked: Asked, json: Json) -> None:
        super().__init__(source, json)
        self._asked = asked

    @property
    def query(self) -> str:
        """Name of the query."""
        return str(self.json["query"])

    @property
    def title(self) -> str:
        return str(self.json["title"])

    @property
    def parameters(self) -> Mapping[str, Any]:
        """The parameters as they were understood."""
        return cast(Mapping[str, Any], self.json["parameters"])

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(column["name"] for column in self.json["columns"])

    @property
    def truncated(self) -> bool:
        """Whether more rows follow these."""
        return bool(self.json["truncated"])

    def next(self) -> "Rows | None":
        """The next page, None after the last one. Raises GraphMoved if the graph was loaded since."""
        if not self.truncated:
            return None
        asked = self._asked.following(self.json["next"])
        found = Rows(self._source, asked, self._source.table(asked))
        if found.version != self.version:
            raise _moved()
        return found

    def pages(self) -> Iterator["Rows"]:
        """This page and all that follow."""
        page: Rows | None = self
        while page is not None:
            yield page
            page = page.next()

    def whole(self) -> "Rows":
        """This page and all that follow as one."""
        rows = [row for page in self.pages() for row in page]
        limit = max(len(rows), 1)
        json = {**self.json, "rows": rows, "limit": limit, "truncated": False, "next": None}
        return Rows(self._source, replace(self._asked, limit=limit), json)

    def citations(self, row: int | None = None) -> list[Json]:
        """The clauses that all rows, or the one at a position, rest on."""
        keys = self.statements if row is None else self[row]["statements"]
        return resting.citations(self._records, keys)

    def __len__(self) -> int:
        return len(self._parts)

    @overload
    def __getitem__(self, index: int) -> Json: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Json]: ...

    def __getitem__(self, index: int | slice) -> Json | Sequence[Json]:
        return self._parts[index]

    def __repr__(self) -> str:
        more = ", more follow" if self.truncated else ""
        return f"<Rows of {self.query}: {len(self)}{more}>"

    def _repr_html_(self) -> str:
        return html.rows(self.json, self._source.home, self._source.base_iri)

    @property
    def _parts(self) -> Sequence[Json]:
        return cast(list[Json], self.json["rows"])

    def _frame(self) -> "pd.DataFrame":
        return rows_frame(self.json["columns"], self._parts)

    def _entities(self) -> Iterable[str]:
        kept = [c["name"] for c in self.json["columns"] if c["kind"] in ("entity", "list")]
        return (one["id"] for row in self for one in cells(row, kept) if isinstance(one, dict))

    def _references(self, form: CitationForm, accessed: dt.date | None) -> str:
        return self._source.table_references(self._asked, form, accessed)

    def _again(self) -> Json:
        return self._source.table(self._asked, receipt=True)


class Answer(Result):
    """The answer to a question: `items`, or the reason why there are none. It is true if it is answered.

    >>> answer = kg.ask("which agencies support CCGIU")
    >>> bool(answer), [item["id"] for item in answer][:2]
    (True, ['agency/atf', 'agency/bis'])
    >>> refused = kg.ask("what is the price of fish in Narnia")
    >>> refused.answered, refused.reason
    (False, 'unknown-name')
    """

    @property
    def question(self) -> str:
        return str(self.json["question"])

    @property
    def answered(self) -> bool:
        return bool(self.json["answered"])

    @property
    def items(self) -> tuple[Json, ...]:
        """What answers: entities with `id` and `name`, or literals with `value`; with their `statements`."""
        return tuple(self.json["answer"])

    @property
    def reading(self) -> str:
        """As what the question was read."""
        return str(self.json["reading"])

    @property
    def reason(self) -> str:
        """Why there is no answer; empty where there is one."""
        return str(self.json["reason"])

    @property
    def ignored(self) -> tuple[str, ...]:
        """Words that were not understood."""
        return tuple(self.json["ignored"])

    @property
    def candidates(self) -> tuple[str, ...]:
        """Names that may be meant."""
        return tuple(self.json["candidates"])

    @property
    def suggestions(self) -> tuple[str, ...]:
        """Questions like this one that can be answered."""
        return tuple(self.json["suggestions"])

    @property
    def steps(self) -> tuple[Json, ...]:
        """The canned queries that were run: `name`, `parameters`, and how each is `joined` to the last."""
        return tuple(self.json["steps"])

    def citations(self) -> list[Json]:
        """The clauses that the items rest on, as they stand in the answer."""
        return list(self.json["citations"])

    def rows(self, step: int = 0) -> Rows:
        """The rows of the canned query of a step, under the same clocks. Raises BadParameter without one."""
        if not 0 <= step < len(self.steps):
            raise BadParameter(
                "step", f"there is no step {step}; {len(self.steps)} were run for this question"
            )
        asked = Asked(self.steps[step]["name"], as_given(self.steps[step]["parameters"]), self.clocks)
        return Rows(self._source, asked, self._source.table(asked))

    def __bool__(self) -> bool:
        return self.answered

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Json]:
        return iter(self.items)

    def __repr__(self) -> str:
        said = f"{len(self)} of {self.reading}" if self.answered else f"none, {self.reason}"
        return f"<Answer to {self.question!r}: {said}>"

    def _repr_html_(self) -> str:
        return html.answer(self.json, self._source.home, self._source.base_iri)

    @property
    def _parts(self) -> Sequence[Json]:
        return self.items

    def _frame(self) -> "pd.DataFrame":
        return items_frame(self.items)

    def _entities(self) -> Iterable[str]:
        return (item["id"] for item in self.items if "id" in item)

    def _references(self, form: CitationForm, accessed: dt.date | None) -> str:
        return self._source.answer_references(self.question, self.clocks, form, accessed)

    def _again(self) -> Json:
        return self._source.answer(self.question, self.clocks, receipt=True)


def as_given(parameters: Mapping[str, Given]) -> dict[str, str]:
    """Parameters as text, entities by their ids; those that are None are left out."""
    return {
        name: str(value["id"] if isinstance(value, Mapping) else value)
        for name, value in parameters.items()
        if value is not None
    }


def _moved() -> GraphMoved:
    return GraphMoved("the graph was loaded since this was asked; ask again")
