import asyncio
from datetime import UTC, timedelta

import pytest

from bot.clock import ShiftedClock, SystemClock, follow_sandbox_clock
from sandbox.server import SandboxServer
from tests.bot.faketime import START, FakeTime


def test_system_clock_knows_its_zone() -> None:
    """Every time is aware and in UTC."""
    assert SystemClock().now().tzinfo is UTC


async def test_clock_follows_stand_in(server: SandboxServer, fake_time: FakeTime) -> None:
    """The bot's time moves with the stand-in's, and stays where it was while that can't be read."""
    clock = ShiftedClock(fake_time)
    looked = asyncio.Event()

    async def sleep(_: float) -> None:
        looked.set()
        await asyncio.Event().wait()

    async def look(url: str) -> None:
        looked.clear()
        following = asyncio.create_task(follow_sandbox_clock(clock, url, sleep=sleep))
        await looked.wait()
        following.cancel()
        with pytest.raises(asyncio.CancelledError):
            await following

    await look(server.url)
    assert clock.now() == START
    server.clock.advance(days=2)
    await look(server.url)
    assert clock.now() == START + timedelta(days=2)
    await look("http://127.0.0.1:9")
    await look(f"{server.url}/nowhere")
    assert clock.now() == START + timedelta(days=2)
