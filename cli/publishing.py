"""The command that writes statements as nanopublications."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import notes
from cli.exporting import put
from graph.nanopub import Published, write_nanopubs
from graph.reading import read_content, require_loaded
from graph.records import ACCEPTED, Statement
from graph.settings import Settings
from graph.store import connect
from schema.errors import NotFound, UsageError
from schema.model import load_schema


def nanopub_command(
    ids: Annotated[list[str] | None, typer.Argument(help="Ids of accepted statements.", metavar="ID")] = None,
    all_accepted: Annotated[
        bool, typer.Option("--all", help="All accepted statements of the graph.")
    ] = False,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write; - is standard output.")
    ] = Path("-"),
) -> None:
    """Write statements as unsigned nanopublications in TriG: assertion, provenance and publication info.

    Several go into one file, one after the other; most tools take one nanopublication a file. Their time of
    creation is the day by which the statement could be known, so the same graph gives the same bytes. Only
    accepted statements have one. The graph is held in memory.
    """
    if bool(ids) == all_accepted:
        raise UsageError("name statements by their ids, or ask for --all; `carisec query` shows ids")
    settings, schema = Settings.from_environment(), load_schema()
    with connect(settings) as store:
        version = require_loaded(store)
        content = read_content(store, schema)
    known = {one.id: one for one in content.statements}
    wanted = _wanted(known, ids) if ids else [one for one in known.values() if one.status == ACCEPTED]
    graph = Published(schema, settings.base_iri, version, {one.id: one for one in content.entities})
    try:
        put(output, lambda file: write_nanopubs(graph, wanted, file))
    except BrokenPipeError:
        # Whoever reads our output has gone: no fault, as `cli.main` has it.
        raise
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}") from error
    if str(output) != "-":
        notes.print(f"{output}: {len(wanted)} nanopublication{'s' * (len(wanted) != 1)}", markup=False)


def _wanted(known: dict[str, Statement], ids: list[str]) -> list[Statement]:
    """The statements in the order of their ids as given, each once. Raises NotFound."""
    for key in ids:
        if key not in known:
            raise NotFound(f"no statement has the id {key}")
    return [known[key] for key in dict.fromkeys(ids)]
