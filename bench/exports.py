"""RDF from records: our export against rdflib and against a pyoxigraph store's dump, on the peers' graph."""

import gc
import io
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import pyoxigraph
import rdflib

from bench.measure import interleaved, table
from bench.peers import missing
from cli.main import COLLECT_AFTER
from graph.changes import Content
from graph.export import export_source
from graph.records import Entity, Evidence, Statement, make_statement, merge, text_hash
from graph.sources import Held
from graph.vocabulary import prefixes
from schema.model import Schema, load_schema

BASE = "https://w3id.org/carisec/"
FORMATS = (
    ("turtle", pyoxigraph.RdfFormat.TURTLE, "turtle"),
    ("ntriples", pyoxigraph.RdfFormat.N_TRIPLES, "nt"),
    ("jsonld", pyoxigraph.RdfFormat.JSON_LD, "json-ld"),
)
_TYPES = {"Organization": "OtherOrganization"}


def run(shared: Path, statements: int = 10_000, rounds: int = 5) -> str:
    """Rates in triples a processor second; the peers get their terms ready-made, ours starts from records.

    What a server holds has the ids of its evidence already, as a store has its terms.
    """
    script = shared / "bench" / "make_graph.py"
    if not script.is_file():
        return missing(shared, "bench/make_graph.py")
    gc.set_threshold(*COLLECT_AFTER)
    schema = load_schema()
    with tempfile.TemporaryDirectory() as folder:
        made = [sys.executable, str(script), "--statements", str(statements), "--out", folder]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        content = _records(schema, Path(folder))

    def ours(name: str, source: Held | None = None) -> bytes:
        out = io.BytesIO()
        held = source or Held(content.entities, content.statements)
        export_source(name, schema, held, BASE, out)
        return out.getvalue()

    def dumped(store: pyoxigraph.Store, kind: pyoxigraph.RdfFormat) -> bytes:
        out = io.BytesIO()
        store.dump(out, kind, prefixes=known, from_graph=pyoxigraph.DefaultGraph())
        return out.getvalue()

    known = dict(prefixes(schema, BASE))
    lines = ours("ntriples")
    source = Held(content.entities, content.statements)
    store = pyoxigraph.Store()
    store.bulk_load(lines, pyoxigraph.RdfFormat.N_TRIPLES)
    graph = rdflib.Graph().parse(data=lines, format="nt")
    parts = []
    for name, kind, peer in FORMATS:
        ways = {
            "pyoxigraph Store.dump": partial(dumped, store, kind),
            "carisec, records as a server holds them": partial(ours, name, source),
            "carisec, records never exported yet": partial(ours, name),
        }
        slow = interleaved({"rdflib serialize (once)": partial(graph.serialize, format=peer)}, 1)
        title = f"{name}, {len(content.statements):,} statements, {len(graph):,} triples"
        parts.append(table(title, "triples", len(graph), interleaved(ways, rounds) + slow))
    return "\n\n".join(parts)


def _records(schema: Schema, folder: Path) -> Content:
    """The graph of the peers' script as our records: predicates that we have not are SUPPORTS."""
    entities = {}
    for row in _rows(folder / "entities.jsonl"):
        key = _id(row["id"])
        kind = _TYPES.get(row["type"], row["type"])
        known = kind if kind in schema.types else "Event"
        entities[key] = Entity(key, (known,), row["name"], tuple(row["aliases"]))
    evidence: dict[str, list[Evidence]] = defaultdict(list)
    for row in _rows(folder / "evidence.jsonl"):
        document, quote = _id(row["document"]), row["quote"]
        entities.setdefault(document, Entity(document, ("Document",), document))
        evidence[row["statement"]].append(
            Evidence(document, row["start"], row["end"], text_hash(quote), quote=quote)
        )
    return Content(
        tuple(sorted(entities.values(), key=lambda e: e.id)),
        tuple(merge(_statement(schema, row, evidence) for row in _rows(folder / "statements.jsonl"))),
    )


def _statement(schema: Schema, row: dict[str, Any], evidence: dict[str, list[Evidence]]) -> Statement:
    predicate = row["predicate"] if row["predicate"] in schema.predicates else "SUPPORTS"
    return make_statement(
        schema,
        _id(row["subject"]),
        predicate,
        _id(row["object"]),
        qualifiers={"date": row["date"]},
        evidence=evidence[row["id"]],
    )


def _id(name: str) -> str:
    kind, _, number = name.partition("-")
    return f"{kind}/{number}"


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        yield from map(orjson.loads, file)
