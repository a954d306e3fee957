"""How two entities hang together."""

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Annotated, Any, TypeAlias

import networkx as nx
from fastapi import APIRouter, Query
from fastapi.responses import Response

from api import models
from api.clocks import ClocksDep
from api.dependencies import NamesDep, SchemaDep, SnapshotDep, StoreDep, entity_named
from api.errors import ENGINE_ERRORS, error_responses
from api.jsontext import Json
from api.snapshot import Snapshot
from queries.clocks import Clocks
from queries.entities import statement_records
from queries.names import NameIndex
from schema.errors import BadParameter

router = APIRouter(tags=["entities"])

_Network: TypeAlias = "nx.MultiGraph[str]"
# So many shortest paths are looked at before the best are chosen.
_CONSIDERED = 2000
_SOURCE = Query(alias="from", description="Id or name of one end.", examples=["unit/ccgiu"])
_TARGET = Query(alias="to", description="Id or name of the other end.", examples=["igo/caricom"])


@router.get(
    "/paths",
    summary="Shortest paths",
    responses={200: {"model": models.PathAnswer}, **error_responses(BadParameter, *ENGINE_ERRORS)},
)
def paths(
    snapshot: SnapshotDep,
    store: StoreDep,
    schema: SchemaDep,
    names: NamesDep,
    clocks: ClocksDep,
    source: Annotated[str, _SOURCE],
    target: Annotated[str, _TARGET],
    most: Annotated[int, Query(alias="max", ge=1, le=12, description="Most hops.")] = 6,
    limit: Annotated[int, Query(ge=1, le=100, description="Most paths.")] = 10,
) -> Response:
    """All shortest paths over accepted statements, whichever way these point, each hop with its statements.

    Documents and topics are no stepping stones, since they would join everything. Paths that more statements
    support come first. No path is an empty list and `length` null.
    """
    ends = entity_named(names, "from", source), entity_named(names, "to", target)
    network = _network(snapshot, clocks)
    found = _shortest(snapshot, network, *ends, most)
    keys = _statements(network, found[:limit])
    records = {r["id"]: r for r in statement_records(store, schema, keys, clocks)}
    answer = {
        "from": names.entities[ends[0]].cell(),
        "to": names.entities[ends[1]].cell(),
        "length": len(found[0]) - 1 if found else None,
        "paths": [_path(network, names, nodes, records) for nodes in found[:limit]],
        "clocks": clocks.json(),
        "truncated": len(found) > limit,
    }
    return Json(answer)


def _network(snapshot: Snapshot, clocks: Clocks) -> _Network:
    """The network with only those links that the clocks let hold."""
    if not clocks.given:
        return snapshot.network
    held: _Network = nx.MultiGraph()
    for source, target, key in snapshot.network.edges(keys=True):
        if clocks.hold(snapshot.statements[key].clock):
            held.add_edge(source, target, key=key)
    return held


def _shortest(snapshot: Snapshot, network: _Network, source: str, target: str, most: int) -> list[list[str]]:
    """Shortest paths as lists of ids, the best supported first."""
    if source not in network or target not in network:
        return []
    stones = [
        key for key in network if key in (source, target) or "Topic" not in snapshot.entities[key].types
    ]
    part = network.subgraph(stones)
    try:
        if nx.shortest_path_length(part, source, target) > most:
            return []
    except nx.NetworkXNoPath:
        return []
    found = list(islice(nx.all_shortest_paths(nx.Graph(part), source, target), _CONSIDERED))
    return sorted(found, key=lambda nodes: (-_support(network, nodes), nodes))


def _support(network: _Network, nodes: Sequence[str]) -> int:
    return sum(network.number_of_edges(*pair) for pair in pairwise(nodes))


def _between(network: _Network, one: str, other: str) -> list[str]:
    return sorted(network[one][other])


def _statements(network: _Network, found: Sequence[Sequence[str]]) -> list[str]:
    pairs = {pair for nodes in found for pair in pairwise(nodes)}
    return sorted({key for pair in pairs for key in _between(network, *pair)})


def _path(
    network: _Network, names: NameIndex, nodes: Sequence[str], records: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    cells = [names.entities[key].cell() for key in nodes]
    hops = [
        {
            "from": one,
            "to": other,
            "statements": [records[k] for k in _between(network, one["id"], other["id"])],
        }
        for one, other in pairwise(cells)
    ]
    return {"nodes": cells, "hops": hops}
