from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot

from bot.request import build_bot
from journey.model import JourneyMap, Language
from sandbox.server import Sandbox, SandboxServer
from storage.migration import upgrade
from tests.bot.faketime import START, FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.content import the_example


@pytest.fixture
def a_map() -> JourneyMap:
    return the_example().as_map(Language.ID, id="m", now=START)


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[FlakyDatabase]:
    url = f"sqlite:///{tmp_path / 'test.sqlite3'}"
    upgrade(url)
    opened = FlakyDatabase.open(url)
    yield opened
    await opened.close()


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    async with Sandbox.start(token="123:TEST") as running:
        yield running
        assert running.violations == []


@pytest.fixture
async def telegram(server: SandboxServer) -> AsyncIterator[Bot]:
    async with build_bot("123:TEST", server.url) as bot:
        yield bot
