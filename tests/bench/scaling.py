"""The drawing room with two workers against one with one, in those moments when nobody else works."""

import asyncio
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

from journey.model import JourneyMap
from renderers.picture import Format, Layout
from renderers.worker import DrawingRoom
from tests.bench.measuring import Figure, Side, median_ratio, note
from tests.bench.neighbours import Neighbours
from tests.renderers.maps import coffee
from tests.renderers.words import INDONESIAN

BOUND = 1.5
MAPS = 24
"""Drawings in a batch."""
QUIET = 0.1
"""Processors that neighbours may use: on two, more of them would be measured than of the room."""
WANTED = 5
PATIENCE = 120.0
"""Seconds to wait for quiet moments."""
GLANCE = 0.5
"""Seconds to look at the neighbours before a pair is tried."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """Seconds that the same batch took one worker and two, and the processors that neighbours used."""

    one: float
    two: float
    neighbours: float


def measure() -> list[Figure]:
    """Compare in pairs, until enough of them were quiet; without that the figure is only reported."""
    if len(os.sched_getaffinity(0)) < 2:
        note("drawing.two_workers_to_one not measured: one processor")
        return []
    pairs = sorted(asyncio.run(_pairs()), key=lambda pair: pair.neighbours)
    quiet = [pair for pair in pairs if pair.neighbours <= QUIET]
    kept = quiet or pairs[:WANTED]
    if not quiet:
        note(f"drawing.two_workers_to_one without its bound: no quiet moment in {len(pairs)} tries")
    ratio = median_ratio([pair.one for pair in kept], [pair.two for pair in kept])
    return [
        Figure("drawing.two_workers_to_one", ratio, "ratio", BOUND if quiet else None, Side.AT_LEAST),
        Figure("drawing.two_workers_neighbours", kept[-1].neighbours, "processors"),
    ]


async def _pairs() -> list[_Pair]:
    maps = [replace(coffee(), id=f"m{number}", title=f"Peta {number}") for number in range(MAPS)]
    alone, together = DrawingRoom(workers=1), DrawingRoom(workers=2)
    try:
        for room in (alone, together):
            await _seconds(room, maps)  # starts the workers and warms their caches
        found: list[_Pair] = []
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and sum(pair.neighbours <= QUIET for pair in found) < WANTED:
            if await _is_quiet():
                found.append(await _pair(alone, together, maps))
        return found or [await _pair(alone, together, maps) for _ in range(WANTED)]
    finally:
        alone.close()
        together.close()


async def _is_quiet() -> bool:
    neighbours = Neighbours()
    await asyncio.sleep(GLANCE)
    return neighbours.processors() <= QUIET


async def _pair(alone: DrawingRoom, together: DrawingRoom, maps: Sequence[JourneyMap]) -> _Pair:
    neighbours = Neighbours()
    one, two = await _seconds(alone, maps), await _seconds(together, maps)
    return _Pair(one, two, neighbours.processors())


async def _seconds(room: DrawingRoom, maps: Sequence[JourneyMap]) -> float:
    started = time.perf_counter()
    await asyncio.gather(*(room.draw(each, Layout.POSTER, Format.JPG, INDONESIAN) for each in maps))
    return time.perf_counter() - started
