"""The command that compares two graphs."""

import io
import sys
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import orjson
import typer

from cli.console import emit
from graph.changes import Content
from graph.patch import write_patch
from graph.reading import read_content
from graph.saved import ENDINGS, read_saved
from graph.settings import Settings
from graph.store import connect
from loaders.changewords import difference_lines
from loaders.delta import about, delta
from loaders.differences import compare
from schema.errors import UsageError
from schema.model import Schema, load_schema

CURRENT = "current"
_MOST_LINES = 1000
_SIDE = (
    "A folder that `carisec dump` made, the version of a dump in the data folder, a file of an export "
    f"({', '.join(ENDINGS)}, also with .gz), or the word {CURRENT} for the graph as it is."
)


class DiffFormat(StrEnum):
    TEXT = "text"
    JSONL = "jsonl"
    PATCH = "patch"


def diff_command(
    a: Annotated[str, typer.Argument(help=_SIDE, metavar="A")],
    b: Annotated[str, typer.Argument(help="The same for the other side.", metavar="B")] = CURRENT,
    format: Annotated[
        DiffFormat,
        typer.Option(
            help="Sentences; a line of JSON for each record that came, went or changed; or RDF Patch, which "
            "makes the quads of B of those of A."
        ),
    ] = DiffFormat.TEXT,
    entity: Annotated[str, typer.Option(help="Id of an entity: only what is said of it.")] = "",
    document: Annotated[str, typer.Option(help="Id of a document: only what rests on it.")] = "",
) -> None:
    """Tell what B says other than A: entities, statements and evidence.

    Sentences count named entities by document and do not list them; the other formats have all. A graph in
    RDF is read under CARISEC_BASE_IRI. Both graphs are held in memory.

    The exit code is 0 whether there are differences or not; nothing is printed if there are none.
    """
    settings, schema = Settings.from_environment(), load_schema()
    before = _side(a, settings, schema)
    after = before if a == b else _side(b, settings, schema)
    names = {e.id: e.name for content in (before, after) for e in content.entities}
    if entity or document:
        for key in filter(None, (entity, document)):
            if key not in names:
                raise UsageError(f"neither of the two graphs has {key}")
        before, after = (about(content, entity or None, document or None) for content in (before, after))
    if format is DiffFormat.PATCH:
        patch = io.BytesIO()
        write_patch(schema, before, after, settings.base_iri, patch)
        sys.stdout.write(patch.getvalue().decode())
    elif format is DiffFormat.JSONL:
        for change in delta(schema, before, after, names):
            emit(orjson.dumps(change).decode())
    else:
        found = replace(compare(schema, before, after), names=names)
        for line in difference_lines(schema, found, _MOST_LINES, "--format jsonl"):
            emit(line)


def _side(name: str, settings: Settings, schema: Schema) -> Content:
    if name != CURRENT:
        return read_saved(schema, name, settings)
    with connect(settings) as store:
        return read_content(store, schema)
