"""The scripts and texts of a sibling folder, which are used in place, and the graph at hand."""

from collections.abc import Sequence
from pathlib import Path

from graph.settings import Settings
from graph.store import connect
from loaders.load import load
from schema.model import load_schema

# Beside the repository; `--shared` names another folder.
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def missing(shared: Path, name: str) -> str:
    """What a benchmark says that needs a file which is not there."""
    return f"{name} is not in {shared.name}: nothing to measure with (--shared names the folder)"


def at_hand(settings: Settings) -> Settings:
    """The settings of a graph that has something in it: an empty one is filled as `carisec serve` does."""
    with connect(settings) as store:
        empty = not store.version()
    if empty:
        load(settings, load_schema(), [])
    return settings


def quantile(values: Sequence[float], share: float) -> float:
    """The least value that this share of all values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
