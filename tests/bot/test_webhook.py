import asyncio
import io
import json
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot

from bot.health import Health
from bot.intake import Intake
from bot.webhook import LARGEST_BODY, SECRET_HEADER, Webhook
from sandbox.server import SandboxServer
from storage.records import RawUpdate
from tests.bot.faketime import START, FakeTime
from tests.bot.flaky import FlakyDatabase

SECRET = "s3cret-s3cret-s3cret"
UPDATE = {"update_id": 5, "message": {"chat": {"id": 7}, "text": "halo"}}


class Hook:
    """A listening webhook, and a caller that may or may not be Telegram."""

    def __init__(self, database: FlakyDatabase, session: aiohttp.ClientSession) -> None:
        self.time = FakeTime()
        self.database = database
        self.session = session
        self.woken: list[int] = []
        self.health = Health(database, self.time, polls=False)
        self.webhook = Webhook(
            Intake(database, self.time, self.wake), self.health, url="https://example.org/hook", secret=SECRET
        )
        self.url = ""

    def wake(self, chat_ids: Sequence[int]) -> None:
        self.woken.extend(chat_ids)

    async def call(self, body: bytes | dict[str, object] = UPDATE, secret: str | None = SECRET) -> int:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if secret is None else {SECRET_HEADER: secret}
        async with self.session.post(f"{self.url}/hook", data=data, headers=headers) as response:
            return response.status

    async def healthz(self) -> tuple[int, dict[str, object]]:
        async with self.session.get(f"{self.url}/healthz") as response:
            return response.status, await response.json()

    async def stored(self) -> int:
        return await self.database.read(lambda transaction: transaction.inbox.count())


@pytest.fixture
async def hook(database: FlakyDatabase) -> AsyncIterator[Hook]:
    async with aiohttp.ClientSession() as session:
        made = Hook(database, session)
        port = await made.webhook.start("127.0.0.1", 0)
        made.url = f"http://127.0.0.1:{port}"
        yield made
        await made.webhook.stop()


async def test_update_is_stored_before_the_answer(hook: Hook) -> None:
    """200 means: committed. A repeat gets 200 too and changes nothing."""
    assert await hook.call() == 200
    assert await hook.stored() == 1
    assert await hook.call() == 200
    assert hook.woken == [7]


async def test_failing_database_asks_for_a_repeat(hook: Hook) -> None:
    """503 until the update is stored: Telegram keeps what we don't acknowledge."""
    hook.database.writes_to_fail = 2

    assert [await hook.call() for _ in range(3)] == [503, 503, 200]
    assert await hook.stored() == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET[:-1], SECRET + "x", "s3cr\u00e9t"])
async def test_forged_call_is_refused(hook: Hook, secret: str | None) -> None:
    """Without the exact secret nothing is stored."""
    assert await hook.call(secret=secret) == 401
    assert await hook.stored() == 0


async def test_forged_call_is_refused_unread(hook: Hook) -> None:
    """The body of a stranger isn't waited for."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(hook.url.rpartition(":")[2]))
    writer.write(b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
    await writer.drain()

    async with asyncio.timeout(5):
        line = await reader.readline()

    assert b" 401 " in line
    writer.close()
    await writer.wait_closed()


async def test_large_body_is_refused(hook: Hook) -> None:
    """A megabyte is far more than any update has; a body without a length is cut off as well."""

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b"x" * (LARGEST_BODY // 10)

    headers = {SECRET_HEADER: SECRET}
    declared = io.BytesIO(b" " * (LARGEST_BODY + 1))
    async with hook.session.post(f"{hook.url}/hook", data=declared, headers=headers) as response:
        assert response.status == 413
    async with hook.session.post(f"{hook.url}/hook", data=endless(), headers=headers) as response:
        assert response.status == 413
    assert await hook.stored() == 0


@pytest.mark.parametrize("body", [b"", b"halo", b"{", b"\xff\xfe", b"[" * 100_000])
async def test_no_json_is_refused(hook: Hook, body: bytes) -> None:
    """What isn't JSON didn't come from Telegram."""
    assert await hook.call(body) == 400


@pytest.mark.parametrize("body", [b"{}", b"[]", b"5", b'{"update_id": "five"}'])
async def test_json_that_is_no_update_is_ignored(hook: Hook, body: bytes) -> None:
    """Repeating it would make it no better."""
    assert await hook.call(body) == 200
    assert await hook.stored() == 0


async def test_registers_itself(server: SandboxServer, telegram: Bot, hook: Hook) -> None:
    """Telegram is told the address, the secret, how many calls at once, and which updates."""
    await hook.webhook.register(telegram)

    (parameters,) = server.messages_of("setWebhook")
    assert parameters == {
        "url": "https://example.org/hook",
        "secret_token": SECRET,
        "max_connections": 40,
        "allowed_updates": ["message", "edited_message", "callback_query", "my_chat_member"],
    }


async def test_health_page(hook: Hook) -> None:
    """Healthy until an update waits for more than a minute or the database doesn't answer."""
    assert await hook.healthz() == (
        200,
        {"healthy": True, "last_poll": None, "inbox_oldest": None, "outbox_oldest": None},
    )

    await hook.call()
    hook.time.advance(61)
    assert await hook.healthz() == (
        503,
        {"healthy": False, "last_poll": None, "inbox_oldest": START.isoformat(), "outbox_oldest": None},
    )

    hook.database.reads_to_fail = 1
    assert await hook.healthz() == (503, {"healthy": False})


async def test_silent_polling_is_unhealthy(database: FlakyDatabase, fake_time: FakeTime) -> None:
    """A bot that polls and hears nothing, not even an empty answer, for 90 s isn't well."""
    health = Health(database, fake_time, polls=True)
    assert (await health.facts()).healthy

    fake_time.advance(91)
    assert not (await health.facts()).healthy

    health.polled()
    facts = await health.facts()
    assert facts.healthy
    assert facts.last_poll == START + timedelta(seconds=91)


async def test_handled_updates_leave_health_alone(database: FlakyDatabase, fake_time: FakeTime) -> None:
    """Only what waits counts."""
    health = Health(database, fake_time, polls=False)
    await database.write(lambda transaction: transaction.inbox.add([RawUpdate(1, 7, "{}")], fake_time.now()))
    await database.write(lambda transaction: transaction.inbox.done(1, fake_time.now()))

    fake_time.advance(3600)

    assert (await health.facts()).inbox_oldest is None
