"""What time it is, in UTC; a clock that can be moved serves the stand-in of Telegram."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp
import structlog

Sleep = Callable[[float], Awaitable[None]]
"""Waits for a number of seconds; tests hand in one that doesn't."""

logger = structlog.get_logger(__name__)


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """Return the time, aware and in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's time."""
        return datetime.now(UTC)


class ShiftedClock:
    """A clock that runs ahead of another by an offset that may be changed."""

    def __init__(self, base: Clock, offset: timedelta = timedelta()) -> None:
        self._base = base
        self.offset = offset

    def now(self) -> datetime:
        """Return the other clock's time plus the offset."""
        return self._base.now() + self.offset


async def again_and_again(
    look: Callable[[], Awaitable[None]], *, every: float, sleep: Sleep, failed: str
) -> None:
    """Do ``look`` every so many seconds, until cancelled; when it fails, that is logged under ``failed``."""
    while True:
        try:
            await look()
        except Exception:  # the edge: what is due now is due the next time as well
            logger.exception(failed)
        await sleep(every)


async def follow_sandbox_clock(
    clock: ShiftedClock, api_url: str, *, every: float = 1.0, sleep: Sleep = asyncio.sleep
) -> None:
    """Keep ``clock`` as far ahead as the stand-in's clock, until cancelled; it may be away for a while."""
    timeout = aiohttp.ClientTimeout(total=5)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        while True:
            try:
                async with session.get(f"{api_url}/sandbox/clock") as response:
                    answer = await response.json()
                clock.offset = timedelta(seconds=float(answer["offset_seconds"]))
            except (aiohttp.ClientError, OSError, ValueError, KeyError, TypeError) as error:
                logger.debug("sandbox_clock_unknown", error=type(error).__name__)
            await sleep(every)
