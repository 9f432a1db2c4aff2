"""Time that stands still until a test moves it."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


class FakeTime:
    """A clock, a monotonic clock and a sleep of one and the same time.

    ``flying``: nobody waits, every sleep moves the time to its end.
    """

    def __init__(self, *, flying: bool = False) -> None:
        self.seconds = 0.0
        self.flying = flying
        self.slept: list[float] = []
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self.flying:
            end = self.seconds + seconds
            await asyncio.sleep(0)
            self.seconds = max(self.seconds, end)
            return
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.seconds + seconds, next(self._order), future))
        await future

    @property
    def sleepers(self) -> int:
        return sum(not future.done() for _, _, future in self._sleepers)

    def advance(self, seconds: float) -> None:
        self.seconds += seconds
        while self._sleepers and self._sleepers[0][0] <= self.seconds:
            _, _, future = heapq.heappop(self._sleepers)
            if not future.done():
                future.set_result(None)


async def eventually(condition: Callable[[], object]) -> None:
    """Let everything else go on until the condition holds; raise TimeoutError when it never does."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - nobody sets an event for what a test looks at
            await asyncio.sleep(0)
