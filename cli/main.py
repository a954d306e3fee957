"""The `carisec` command: assembles the commands and turns errors into messages and exit codes."""

import logging
import sys
from importlib.metadata import version
from typing import Annotated

import typer

from cli import exporting, loading, operating, questions
from cli.console import notes
from schema.errors import CarisecError

app = typer.Typer(
    name="carisec",
    help="A knowledge graph of US–Caribbean security cooperation: every statement points to its clause.",
    epilog="Exit codes: 0 ok, 1 the data is at fault, 2 the call is. Settings: see .env.example.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"carisec {version('carisec')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Options that stand before the command."""


for name, command in (
    ("load", loading.load_command),
    ("extract", loading.extract_command),
    ("withdraw", loading.withdraw_command),
    ("cite", loading.cite_command),
    ("serve", operating.serve_command),
    ("query", questions.query_command),
    ("ask", questions.ask_command),
    ("export", exporting.export_command),
    ("validate", exporting.validate_command),
    ("status", operating.status_command),
):
    app.command(name)(command)


def run() -> None:
    """Entry point of the console script."""
    warnings = logging.StreamHandler()
    warnings.setFormatter(logging.Formatter("warning: %(message)s"))
    logging.getLogger("carisec").addHandler(warnings)
    try:
        app()
    except CarisecError as error:
        notes.print(f"carisec: {error}", markup=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone; closing it again at exit would say so a second time.
        sys.stderr.close()
        sys.exit(0)
