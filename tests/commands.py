"""The `carisec` command in this process, for tests of what it says; as a process it runs in `test_cli.py`."""

import io
import logging
import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from cli.main import run


@dataclass(frozen=True, slots=True)
class Done:
    """What a call printed, and the exit code that it would have ended its process with."""

    returncode: int
    stdout: str
    stderr: str


def carisec(environment: Mapping[str, str], *arguments: str) -> Done:
    """Call the entry point with this environment alone. What would end in a traceback is raised."""
    out, err = io.StringIO(), io.StringIO()
    warnings = logging.getLogger("carisec")
    with (
        patch.dict(os.environ, environment, clear=True),
        patch.object(sys, "argv", ["carisec", *arguments]),
        patch.object(warnings, "handlers", []),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = _exit_code()
    return Done(code, out.getvalue(), err.getvalue())


def _exit_code() -> int:
    try:
        run()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
