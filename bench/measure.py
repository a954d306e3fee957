"""Interleaved timing of two or more ways of doing one thing."""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of processor time of each run, of this process."""

    name: str
    runs: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.runs)

    @property
    def spread(self) -> float:
        """(max - min) / median; above 0.4 the figure was disturbed."""
        return (max(self.runs) - min(self.runs)) / self.median


def interleaved(
    ways: Mapping[str, Callable[[], object]], rounds: int, clock: Callable[[], float] = time.process_time
) -> list[Timing]:
    """Run all ways in turn, `rounds` times; the first of `ways` is what the others are compared with."""
    runs: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            gc.collect()
            start = clock()
            way()
            runs[name].append(clock() - start)
    return [Timing(name, tuple(times)) for name, times in runs.items()]


def table(title: str, unit: str, amount: float, timings: list[Timing]) -> str:
    """Rates in `unit` a second and ratios to the first way."""
    lines = [title, f"{'':38}{unit + '/s':>16}{'ratio':>10}{'spread':>9}"]
    for timing in timings:
        ratio = timings[0].median / timing.median
        lines.append(
            f"  {timing.name:<36}{amount / timing.median:>16,.0f}{ratio:>10.2f}{timing.spread:>9.2f}"
        )
    return "\n".join(lines)
