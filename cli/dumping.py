"""The command that dumps the whole graph into a folder."""

from pathlib import Path
from typing import Annotated

import typer

from cli.console import notes, progress_bar
from graph.dump_shelf import DumpShelf
from graph.dumps import DUMP_FORMATS, dump, stored_graph
from graph.export import FORMATS
from graph.settings import Settings
from graph.store import connect
from schema.errors import UsageError
from schema.model import load_schema

_NAMES = {**{f.suffix[1:]: f.name for f in FORMATS.values()}, **{name: name for name in FORMATS}}
_DEFAULT = ",".join(FORMATS[name].suffix[1:] for name in DUMP_FORMATS)


def dump_command(
    folder: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="Folder to write: a new one, an empty one, or an earlier dump. "
            "Without it the dump goes into the data folder, where the API serves it under /dumps.",
            show_default=False,
        ),
    ] = None,
    formats: Annotated[
        str | None, typer.Option(help=f"Formats by commas, as names or endings; default {_DEFAULT}.")
    ] = None,
) -> None:
    """Write the whole graph, gzipped in each format, with SHA256SUMS, index.json and a description.

    The folder appears when it is complete. The same graph, loaded at the same time, gives the same bytes.
    """
    if folder is None and formats is not None:
        raise UsageError("the dump in the data folder has all formats; name a folder, or leave --formats out")
    chosen = DUMP_FORMATS if formats is None else _chosen(formats)
    settings = Settings.from_environment()
    schema = load_schema()
    with connect(settings) as store:
        graph = stored_graph(store, schema, settings)
        with progress_bar() as progress:
            if folder is None:
                index = DumpShelf(settings).put(graph, progress)
                place = f"/dumps/{index.version}/ of the API"
            else:
                index = dump(graph, folder, chosen, progress)
                place = str(folder)
    size = f"{index.bytes / 1e6:.1f} MB"
    notes.print(f"{place}: graph {index.version}, {len(index.files)} files, {size}", markup=False)


def _chosen(formats: str) -> tuple[str, ...]:
    """The formats that were named, each once."""
    words = [word for word in (part.strip().lower() for part in formats.split(",")) if word]
    if unknown := [word for word in words if word not in _NAMES]:
        raise UsageError(f"--formats: there is no format {unknown[0]!r}; there are {', '.join(FORMATS)}")
    if not words:
        raise UsageError(f"--formats names no format; there are {', '.join(FORMATS)}")
    return tuple(dict.fromkeys(_NAMES[word] for word in words))
