"""What the handle asks of the graph at hand and of a server alike: plain JSON, as the HTTP API gives it."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

from graph.records import Entity, Statement
from queries.bibliographies import CitationForm
from queries.clocks import UNLIMITED, Clocks
from queries.keyset import AFTER

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """One page of a canned query as it is asked for.

    `given` are the query's own parameters as text. The page begins at a position (`offset`) or where the one
    before said (`after`); a `limit` of None leaves its length to the source.
    """

    query: str
    given: Mapping[str, str]
    clocks: Clocks = UNLIMITED
    limit: int | None = None
    offset: int = 0
    after: str | None = None

    def following(self, address: str) -> "Asked":
        """The page at an address that the member `next` of this one holds."""
        said = dict(parse_qsl(urlsplit(address).query))
        offset, limit = int(said.get("offset", 0)), int(said["limit"])
        return replace(self, offset=offset, after=said.get(AFTER), limit=limit)


@dataclass(frozen=True, slots=True)
class Records:
    """Statements with their evidence, and the entities and documents that they name; by id, sorted."""

    entities: Mapping[str, Entity]
    statements: Mapping[str, Statement]

    def named(self, others: Collection[str] = ()) -> frozenset[str]:
        """Ids of the entities that statements are about, and of these others."""
        ends = (key for one in self.statements.values() for key in (one.subject, one.object) if key)
        return frozenset((*others, *ends)) & self.entities.keys()

    def under(self, clocks: Clocks, others: Collection[str] = ()) -> "Records":
        """The same with evidence only from documents that were published by then.

        `others` are ids of entities to keep beside those that the statements and their evidence name.
        """
        statements = {
            key: replace(one, evidence=tuple(e for e in one.evidence if self._known(e.document, clocks)))
            for key, one in self.statements.items()
        }
        kept = Records(self.entities, statements).named(others)
        kept |= {document for one in statements.values() for document in one.documents}
        return Records({key: one for key, one in self.entities.items() if key in kept}, statements)

    def _known(self, document: str, clocks: Clocks) -> bool:
        return clocks.published(self.entities[document].known if document in self.entities else None)


class Source(Protocol):
    """A graph that answers. Methods give JSON values and raise errors of `schema.errors`."""

    @property
    def home(self) -> str:
        """What stands before the paths of pages, no slash at its end; empty where nobody shows them."""

    @property
    def base_iri(self) -> str:
        """Base of all IRIs; ends with a slash."""

    def state(self) -> Json:
        """`{engine, engine_version, graph_version}`."""

    def table(self, asked: Asked, *, receipt: bool = False) -> Json:
        """A page of rows, as `GET /queries/{name}` gives it."""

    def table_references(self, asked: Asked, form: CitationForm, accessed: dt.date | None) -> str:
        """What to cite a page of rows by."""

    def answer(self, question: str, clocks: Clocks, *, receipt: bool = False) -> Json:
        """The answer to a question, as `GET /ask` gives it."""

    def answer_references(
        self, question: str, clocks: Clocks, form: CitationForm, accessed: dt.date | None
    ) -> str:
        """What to cite an answer by."""

    def difference(self, asked: Asked, to: Clocks) -> Json:
        """What a query gives under other clocks, as `GET /queries/{name}/diff` gives it."""

    def verification(self, receipt: Json) -> Json:
        """What became of a receipt, or of an answer that holds one, as `POST /verify` gives it."""

    def catalogue(self) -> list[Json]:
        """All canned queries, as `GET /queries` gives them."""

    def entity(self, key: str, clocks: Clocks, offset: int, limit: int | None) -> Json:
        """An entity with a page of its statements, as `GET /entities/{id}` gives it."""

    def statement(self, key: str) -> Json:
        """A statement with its evidence, as `GET /statements/{id}` gives it."""

    def search(self, text: str, types: Collection[str], limit: int) -> list[Json]:
        """Entities by a part of a name, as `GET /search` gives them."""

    def records(self, statements: Collection[str], entities: Collection[str]) -> Records:
        """These statements with all that they name, and these entities; what is not there is left out."""

    def close(self) -> None:
        """Let go of the engine or of the connection."""
