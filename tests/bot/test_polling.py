import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

import pytest
from telegram import Bot

import bot.polling
from bot.health import Health
from bot.intake import Intake
from bot.polling import Poller
from sandbox.server import SandboxServer
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase


class Killed(BaseException):
    """What ends a process without asking."""


class Polling:
    """A poller at work, and what it has taken in."""

    def __init__(self, telegram: Bot, database: FlakyDatabase) -> None:
        self.time = FakeTime(flying=True)
        self.health = Health(database, self.time, polls=True)
        self.database = database
        self.woken: list[int] = []
        self.intake = Intake(database, self.time, self.wake)
        self.poller = Poller(telegram, self.intake, self.health, sleep=self.time.sleep)
        self._news = asyncio.Event()

    def wake(self, chat_ids: Sequence[int]) -> None:
        self.woken.extend(chat_ids)
        self._news.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def stored(self) -> int:
        return await self.database.read(lambda transaction: transaction.inbox.count())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.poller.run())
        try:
            yield
        finally:
            await self.poller.stop()
            await task


@pytest.fixture
def polling(telegram: Bot, database: FlakyDatabase) -> Polling:
    return Polling(telegram, database)


def offsets(server: SandboxServer) -> list[object]:
    return [params.get("offset") for params in server.messages_of("getUpdates")]


async def test_takes_messages_and_confirms_them(server: SandboxServer, polling: Polling) -> None:
    """Polling starts without an offset, and asks only for what we handle."""
    owner = server.person(1001)
    first = owner.says("halo")

    async with polling.running():
        await polling.until(lambda: polling.woken == [1001])
        await server.wait_for(lambda: offsets(server)[-1:] == [first + 1])
        owner.says("lagi")
        await polling.until(lambda: polling.woken == [1001, 1001])

    assert offsets(server)[0] is None
    assert server.messages_of("getUpdates")[0]["allowed_updates"] == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
    assert polling.health.last_poll is not None


async def test_unparsable_update_is_stored_like_any_other(server: SandboxServer, polling: Polling) -> None:
    """PTB isn't asked what it thinks of an update: one that it can't read stops nobody."""
    server.person(1001)
    server.updates.put("message", {"chat": {"id": 5}, "date": "never", "entities": 3}, lane="chat:5")
    server.person(1001).says("halo")

    async with polling.running():
        await polling.until(lambda: polling.woken == [5, 1001])

    assert await polling.stored() == 2


async def test_crash_between_commit_and_confirmation_loses_nothing(
    server: SandboxServer, telegram: Bot, database: FlakyDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was committed but not confirmed comes again after a restart, and counts once."""
    owner = server.person(1001)
    owner.says("satu")
    before, after = Polling(telegram, database), Polling(telegram, database)
    take = before.intake.take

    async def take_and_die(updates: Sequence[object]) -> None:
        await take(updates)
        raise Killed

    monkeypatch.setattr(before.intake, "take", take_and_die)
    with pytest.raises(Killed):
        await before.poller.run()

    owner.says("dua")
    async with after.running():
        await after.until(lambda: after.woken == [1001])

    assert offsets(server)[:2] == [None, None]
    assert await after.stored() == 2


async def test_nothing_is_confirmed_before_commit(server: SandboxServer, polling: Polling) -> None:
    """A full disk: the same updates are asked for again until they are stored."""
    server.person(1001).says("halo")
    polling.database.writes_to_fail = 3

    async with polling.running():
        await polling.until(lambda: polling.woken == [1001])

    assert offsets(server)[:4] == [None] * 4
    assert polling.time.slept[:3] == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 429, 500, 502])
async def test_never_deaf(server: SandboxServer, polling: Polling, status: int) -> None:
    """Whatever Telegram answers, the bot pauses up to 30 s and asks again."""
    server.faults.fail("getUpdates", status=status, times=7)
    server.person(1001).says("halo")

    async with polling.running():
        await polling.until(lambda: polling.woken == [1001])

    assert polling.time.slept[:7] == [1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]


async def test_html_and_resets_are_trouble_like_any_other(server: SandboxServer, polling: Polling) -> None:
    """A proxy's error page and a broken connection end in a pause."""
    server.faults.fail("getUpdates", status=502, html=True)
    server.faults.reset("getUpdates")
    server.faults.fail("deleteWebhook", status=500)
    server.person(1001).says("halo")

    async with polling.running():
        await polling.until(lambda: polling.woken == [1001])

    assert polling.time.slept[:3] == [1.0, 2.0, 4.0]


async def test_flood_refusal_is_obeyed(server: SandboxServer, polling: Polling) -> None:
    """429 says how long to be silent, and that is more than our own pause."""
    server.faults.fail("getUpdates", status=429, retry_after=45)
    server.person(1001).says("halo")

    async with polling.running():
        await polling.until(lambda: polling.woken == [1001])

    assert polling.time.slept[0] == 45.0


async def test_good_answer_ends_the_pauses(server: SandboxServer, polling: Polling) -> None:
    """The next trouble starts with a short pause again."""
    owner = server.person(1001)
    server.faults.fail("getUpdates", status=500, times=3)
    owner.says("satu")

    async with polling.running():
        await polling.until(lambda: len(polling.woken) == 1)
        server.faults.fail("getUpdates", status=500)
        owner.says("dua")
        owner.says("tiga")
        await polling.until(lambda: len(polling.woken) == 2)
        await server.wait_for(lambda: not server.faults.waiting)
        owner.says("empat")
        await polling.until(lambda: len(polling.woken) >= 3)

    assert polling.time.slept[:4] == [1.0, 2.0, 4.0, 1.0]


async def test_webhook_is_taken_down_first(server: SandboxServer, polling: Polling, telegram: Bot) -> None:
    """A webhook left by an earlier set-up doesn't keep us from polling."""
    await telegram.set_webhook("https://127.0.0.1:9/hook")
    server.person(1001).says("halo")

    async with polling.running():
        await polling.until(lambda: polling.woken == [1001])

    assert server.courier.hook is None


async def test_stop_ends_a_long_poll_at_once(server: SandboxServer, polling: Polling) -> None:
    """Nobody waits 25 s for a bot that shuts down."""
    task = asyncio.create_task(polling.poller.run())
    await server.wait_for(lambda: server.messages_of("getUpdates"))

    async with asyncio.timeout(1):
        await polling.poller.stop()
        await task


async def test_stop_ends_a_hanging_commit(
    server: SandboxServer, polling: Polling, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that doesn't answer doesn't hold up the end; the updates come again."""
    monkeypatch.setattr(bot.polling, "STOP_SECONDS", 0.05)
    taking = asyncio.Event()

    async def take(_: Sequence[object]) -> None:
        taking.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(polling.intake, "take", take)
    server.person(1001).says("halo")
    task = asyncio.create_task(polling.poller.run())
    await taking.wait()

    async with asyncio.timeout(1):
        await polling.poller.stop()
        await task

    assert set(offsets(server)) == {None}


async def test_stop_before_start_is_fine(polling: Polling) -> None:
    """A start that failed elsewhere may stop everything."""
    await polling.poller.stop()
    await polling.poller.run()

    assert polling.woken == []
