"""Figures, and how they are measured: CPU time of warm rounds, variants side by side, neighbours watched."""

import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.bench.neighbours import Neighbours

ROUNDS = 25
WARM_UP = 3

Clock = Callable[[], float]
"""Seconds that something has used so far."""


class Side(StrEnum):
    """On which side of its bound a value is ok."""

    AT_MOST = "at most"
    AT_LEAST = "at least"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; with a bound it is ok on one side of it, without one it is only reported."""

    name: str
    value: float
    unit: str
    bound: float | None = None
    side: Side = Side.AT_MOST

    @property
    def ok(self) -> bool:
        """Whether the value keeps its bound."""
        if self.bound is None:
            return True
        match self.side:
            case Side.AT_MOST:
                return self.value <= self.bound
            case Side.AT_LEAST:
                return self.value >= self.bound


def _nothing() -> None:
    """Need no preparation."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to do something, and the clock that sees its work: this process's, or that of others.

    ``prepare`` goes before the work in every round and isn't measured.
    """

    work: Callable[[], object]
    clock: Clock = time.process_time
    prepare: Callable[[], object] = _nothing


@dataclass(frozen=True, slots=True)
class Rounds:
    """Seconds of each variant, a value a round, and how many processors the neighbours used meanwhile."""

    seconds: Mapping[str, Sequence[float]]
    neighbours: Sequence[float]

    def quietest(self, count: int) -> "Rounds":
        """Return the rounds that the neighbours disturbed least, the same ones for every variant."""
        kept = sorted(range(len(self.neighbours)), key=self.neighbours.__getitem__)[:count]
        return Rounds(
            {name: [spent[order] for order in kept] for name, spent in self.seconds.items()},
            [self.neighbours[order] for order in kept],
        )

    def median(self, name: str) -> float:
        """Return what one variant takes."""
        return statistics.median(self.seconds[name])

    def ratio(self, ours: str, other: str) -> float:
        """Return how many times as long the first takes as the second, by the medians."""
        return self.median(ours) / self.median(other)


def interleaved(
    variants: Mapping[str, Variant],
    *,
    rounds: int,
    most: int | None = None,
    patience: float = 0.0,
    warm_up: int = WARM_UP,
    seed: int = 1,
) -> Rounds:
    """Do everything once a round, in an order that changes, so that a neighbour's noise hits all alike.

    After ``rounds`` it goes on to ``most`` rounds while that takes fewer than ``patience`` seconds in all.
    """
    until = time.monotonic() + patience
    chance = random.Random(seed)
    order = list(variants)
    spent: dict[str, list[float]] = {name: [] for name in variants}
    loads: list[float] = []
    for number in range(warm_up + (most or rounds)):
        if number >= warm_up + rounds and time.monotonic() > until:
            break
        chance.shuffle(order)
        neighbours = Neighbours()
        gc.collect()
        gc.disable()
        try:
            took = {name: _timed(variants[name]) for name in order}
        finally:
            gc.enable()
        if number >= warm_up:
            loads.append(neighbours.processors())
            for name, seconds in took.items():
                spent[name].append(seconds)
    return Rounds(spent, loads)


def cpu_seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> list[float]:
    """Return the CPU time of this process, all threads together, for each of ``rounds`` warm rounds."""
    return _measured(Variant(work), rounds)


def wall_seconds(work: Callable[[], object], *, rounds: int = ROUNDS) -> list[float]:
    """Return how long each of ``rounds`` warm rounds takes, waiting for the disk included."""
    return _measured(Variant(work, time.perf_counter), rounds)


def median_ratio(ours: Sequence[float], trivial: Sequence[float]) -> float:
    """Return how many times as long ours takes as the trivial thing, by the medians."""
    return statistics.median(ours) / statistics.median(trivial)


def percentile(values: Sequence[float], share: int) -> float:
    """Return the value that ``share`` percent don't exceed."""
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def note(text: str) -> None:
    """Tell beside the figures what was not measured, or under which load."""
    sys.stderr.write(f"# {text}\n")


def _measured(variant: Variant, rounds: int) -> list[float]:
    for _ in range(WARM_UP):
        variant.work()
    gc.collect()
    gc.disable()
    try:
        return [_timed(variant) for _ in range(rounds)]
    finally:
        gc.enable()


def _timed(variant: Variant) -> float:
    variant.prepare()
    started = variant.clock()
    variant.work()
    return variant.clock() - started
