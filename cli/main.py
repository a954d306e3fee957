"""The `carisec` command: finds the commands and turns errors into messages and exit codes."""

import gc
import importlib
import logging
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from cli.console import notes
from schema.errors import CarisecError

# Where each command is defined. A module is imported when its command is called: the web framework and the
# RDF libraries take longer to import than most commands take to run.
COMMANDS = {
    "load": ("cli.loading", "load_command"),
    "extract": ("cli.loading", "extract_command"),
    "resolve": ("cli.resolving", "resolve_command"),
    "review": ("cli.reviewing", "review_command"),
    "withdraw": ("cli.loading", "withdraw_command"),
    "cite": ("cli.loading", "cite_command"),
    "serve": ("cli.serving", "serve_command"),
    "query": ("cli.questions", "query_command"),
    "ask": ("cli.questions", "ask_command"),
    "verify": ("cli.verifying", "verify_command"),
    "export": ("cli.exporting", "export_command"),
    "nanopub": ("cli.publishing", "nanopub_command"),
    "dump": ("cli.dumping", "dump_command"),
    "diff": ("cli.diffing", "diff_command"),
    "validate": ("cli.validating", "validate_command"),
    "status": ("cli.status", "status_command"),
}


# Collecting after every 700 new objects took a quarter of a load: nearly all that is read stays to the end.
COLLECT_AFTER = (50_000, 20, 50)


class Commands(TyperGroup):
    """The commands of the table, imported one by one."""

    # Typer carries a click of its own, whose types it does not publish.
    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        one = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
        one.command(cmd_name)(getattr(importlib.import_module(module), function))
        return typer.main.get_command(one)


app = typer.Typer(
    name="carisec",
    cls=Commands,
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


def run() -> None:
    """Entry point of the console script."""
    gc.set_threshold(*COLLECT_AFTER)
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
    except OSError as error:
        notes.print(f"carisec: {error}", markup=False)
        sys.exit(1)
