"""What the commands share: settings, progress on a terminal, and output."""

import contextlib
import sys
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

# Results go to standard output, everything about them to standard error.
notes = Console(stderr=True, highlight=False, soft_wrap=True)


@contextlib.contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """A callback `(step, done, total)` that draws bars; None where standard error is no terminal."""
    if not notes.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=notes, transient=True) as bars:
        tasks = {}

        def advance(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(step, total=total)
            bars.update(tasks[step], completed=done, total=total)

        yield advance


def emit(text: str) -> None:
    """Write a result to standard output, one newline at its end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")
