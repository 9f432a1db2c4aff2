"""Figures, and how they are measured: CPU time of warm rounds."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

ROUNDS = 25
WARM_UP = 3


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; with a bound it is ok up to there, without one it is only reported."""

    name: str
    value: float
    unit: str
    bound: float | None = None

    @property
    def ok(self) -> bool:
        """Whether the value keeps its bound."""
        return self.bound is None or self.value <= self.bound


def cpu_seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> list[float]:
    """Return the CPU time of this process, all threads together, for each of ``rounds`` warm rounds."""
    return _measured(work, rounds, time.process_time)


def wall_seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> list[float]:
    """Return how long each of ``rounds`` warm rounds takes, waiting for the disk included."""
    return _measured(work, rounds, time.perf_counter)


def median_ratio(ours: list[float], trivial: list[float]) -> float:
    """Return how many times as long ours takes as the trivial thing, by the medians."""
    return statistics.median(ours) / statistics.median(trivial)


def percentile(values: list[float], share: int) -> float:
    """Return the value that ``share`` percent don't exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def _measured(work: Callable[[], object], rounds: int, clock: Callable[[], float]) -> list[float]:
    for _ in range(WARM_UP):
        work()
    found = []
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            started = clock()
            work()
            found.append(clock() - started)
    finally:
        gc.enable()
    return found
