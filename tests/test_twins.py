"""Every query and its SPARQL twin give equal rows: on the bundled graph, and on random small ones."""

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions
from pyoxigraph import Store as RdfStore

from graph.changes import Content
from graph.rdf import quads
from graph.reading import read_content
from graph.sparql import build_store
from queries.canned import Parameter, Query
from queries.catalog import load_catalog
from queries.clocks import Clocks
from queries.names import NameIndex, names_for
from queries.run import Table, run
from queries.twins import Twin, fill, rows
from tests.conftest import Graph, embedded_only
from tests.rdf_samples import BASE
from tests.test_store import bring_about
from tests.twin_graphs import PERIODS, SCHEMA, WORDS, random_content

CATALOG = load_catalog()
TWINS = CATALOG.twins
# In these lists the order says something.
ORDERED = {("shortest-paths", name) for name in ("stations", "between", "relations")}
CLOCKS = (Clocks(), Clocks(as_of="2019"), Clocks(known_on="2022"), Clocks("2020-10/2022-11", "2020-06"))
SAMPLES = 6
# Statements of a random graph at the most.
LARGE = 280


def plain(value: Any) -> Any:
    """A cell with ids in the place of entities."""
    if isinstance(value, Mapping):
        return value["id"]
    return [plain(one) for one in value] if isinstance(value, list) else value


def comparable(name: str, found: Iterable[Mapping[str, Any]]) -> Counter[bytes]:
    """The rows, in no order; nor have lists one, unless it says something."""
    made: Counter[bytes] = Counter()
    for row in found:
        cells = {column: plain(cell) for column, cell in row.items()}
        for column, cell in cells.items():
            if column == "statements":
                cells[column] = sorted(set(cell))
            elif isinstance(cell, list) and (name, column) not in ORDERED:
                cells[column] = sorted(cell)
            elif isinstance(cell, float):
                cells[column] = int(cell) if cell.is_integer() else cell
        made[orjson.dumps(cells)] += 1
    return made


def asked(twin: Twin, store: RdfStore, table: Table) -> list[dict[str, Any]]:
    """What the twin finds for the parameters and clocks of a table."""
    text = fill(twin, table.parameters, BASE, table.clocks)
    found = store.query(text)
    assert isinstance(found, QuerySolutions)
    return rows(twin, found, BASE)


def compare(name: str, given: Mapping[str, str], clocks: Clocks, graph: Graph, store: RdfStore) -> int:
    """Ask both, demand equal rows, and say how many there are."""
    query = CATALOG.get(name)
    table = run(query, given, graph.store, names_for(graph.store), limit=100_000, clocks=clocks)
    cypher = comparable(name, table.rows)
    sparql = comparable(name, asked(TWINS[name], store, table))
    assert cypher == sparql, f"{name} {given} {clocks}: {(cypher - sparql) or (sparql - cypher)}"
    return len(table.rows)


class Sampler:
    """Values of parameters from a graph: entities of the declared types, first those that much is said of."""

    def __init__(self, content: Content, names: NameIndex, chance: random.Random) -> None:
        self.chance = chance
        said = Counter(end for s in content.statements for end in (s.subject, s.object) if end)
        self.entities = [e for e in content.entities if said[e.id] and e.id in names.entities]
        self.weights = {e.id: said[e.id] ** 2 for e in self.entities}
        self.words = sorted({s.value for s in content.statements if s.value}) or list(WORDS)

    def sample(self, query: Query) -> dict[str, str] | None:
        """A value for each required parameter and some others; None where the graph has none."""
        found = {}
        for parameter in query.parameters:
            if parameter.required or self.chance.random() < 0.5:
                value = self.value(parameter)
                if value is not None:
                    found[parameter.name] = value
                elif parameter.required:
                    return None
        return found

    def value(self, parameter: Parameter) -> str | None:
        match parameter.kind:
            case "entity":
                fitting = [
                    e.id for e in self.entities if SCHEMA.fits(e.types, parameter.types or ("Entity",))
                ]
                weights = [self.weights[id_] for id_ in fitting]
                return self.chance.choices(fitting, weights)[0] if fitting else None
            case "choice":
                return self.chance.choice(parameter.choices)
            case "date":
                return self.chance.choice((*PERIODS, "2023", "2019-05", "FY2023", "2010/2024"))
            case "integer":
                return self.chance.choice("123")
            case _:
                return self.chance.choice(("ESTABLISHED", "NAMED_AS", "firearms", "r", *self.words))


@pytest.fixture(scope="module")
def exported(graph: Graph) -> tuple[Content, RdfStore]:
    """The bundled graph, and what it is exported as: the union of all its graphs."""
    content = read_content(graph.store, graph.schema)
    return content, build_store(quads(graph.schema, content.entities, content.statements, BASE))


@pytest.mark.parametrize("name", sorted(CATALOG.queries))
def test_query_and_twin_give_equal_rows(graph: Graph, exported: tuple[Content, RdfStore], name: str) -> None:
    content, store = exported
    query = CATALOG.get(name)
    sampler = Sampler(content, names_for(graph.store), random.Random(name))
    samples = [query.example, *(sampler.sample(query) for _ in range(SAMPLES))]
    choices = [
        {**query.example, p.name: choice}
        for p in query.parameters
        for choice in p.choices
        if choice != query.example.get(p.name, p.default)
    ]
    for one, clocks in zip((*samples, *choices), itertools.cycle(CLOCKS)):
        if one is not None:
            compare(name, one, clocks, graph, store)


def compare_all(graph: Graph, seed: int, size: int) -> Counter[str]:
    """Bring a random graph about, ask everything several times, and count the rows of each query."""
    content = random_content(seed, size)
    bring_about(graph, content)
    store = build_store(quads(SCHEMA, content.entities, content.statements, BASE))
    chance = random.Random(seed)
    sampler = Sampler(content, names_for(graph.store), chance)
    found: Counter[str] = Counter()
    for name, query in CATALOG.queries.items():
        for _ in range(3):
            one = sampler.sample(query)
            if one is not None:
                found[name] += compare(name, one, chance.choice(CLOCKS), graph, store)
    return found


@pytest.mark.parametrize("seed", [6])
def test_query_and_twin_give_equal_rows_on_a_dense_graph(scratch: Graph, seed: int) -> None:
    found = compare_all(scratch, seed, LARGE)
    assert sum(n > 0 for n in found.values()) > 0.7 * len(CATALOG.queries)


# Neo4j plans each query anew for each graph, which takes it half a minute.
@embedded_only
@given(seed=st.integers(0, 2**32), size=st.integers(20, LARGE))
@settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_query_and_twin_give_equal_rows_on_any_graph(scratch: Graph, seed: int, size: int) -> None:
    compare_all(scratch, seed, size)
