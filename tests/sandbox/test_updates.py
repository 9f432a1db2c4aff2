"""Long polling and webhook deliver what people do, in order, with Telegram's conflicts."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web

from sandbox.people import Person
from sandbox.server import SandboxServer
from sandbox.shapes import JsonObject, as_object, objects
from sandbox.state import MESSAGES_KEPT
from sandbox.webhook import SECRET_HEADER
from tests.sandbox.conftest import RawApi


async def ids(api: RawApi, **parameters: object) -> list[object]:
    answer = await api.call("getUpdates", **parameters)
    return [update["update_id"] for update in objects(answer["result"])]


async def waiting_polls(server: SandboxServer, number: int) -> None:
    await server.wait_for(lambda: len(server.messages_of("getUpdates")) == number)


async def test_updates_stay_until_confirmed(api: RawApi, owner: Person) -> None:
    """An update is handed out again and again until a higher offset confirms it."""
    first, second, third = (owner.says(text) for text in "abc")

    assert await ids(api) == [first, second, third]
    assert await ids(api, offset=second, limit=1) == [second]
    assert await ids(api) == [second, third]
    assert await ids(api, offset=-1) == [third]
    assert await ids(api, offset=third + 1) == []


async def test_a_poll_waits_for_the_next_update(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """Long polling answers as soon as something happens."""
    poll = asyncio.create_task(ids(api, timeout=30))
    await waiting_polls(server, 1)

    update_id = owner.says("halo")

    assert await poll == [update_id]


async def test_the_older_of_two_pollers_gets_a_conflict(
    server: SandboxServer, api: RawApi, owner: Person
) -> None:
    """A second getUpdates ends the first with a 409."""
    older = asyncio.create_task(api.refusal("getUpdates", timeout=30))
    await waiting_polls(server, 1)
    newer = asyncio.create_task(ids(api, timeout=30))

    refusal = await older
    update_id = owner.says("halo")

    assert refusal.startswith("409 Conflict: terminated by other getUpdates request")
    assert await newer == [update_id]


async def test_polling_and_webhook_exclude_each_other(server: SandboxServer, api: RawApi) -> None:
    """A webhook ends the waiting poll and refuses later ones until it is deleted."""
    poll = asyncio.create_task(api.refusal("getUpdates", timeout=30))
    await waiting_polls(server, 1)
    await api.call("setWebhook", url="http://127.0.0.1:9/hook")

    assert await poll == "409 Conflict: terminated by setWebhook request"
    refusal = await api.refusal("getUpdates")
    assert refusal.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    await api.call("deleteWebhook")
    assert await ids(api) == []


async def test_old_updates_expire(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """Presses wait 150 seconds, messages a day."""
    sent = await api.send(reply_markup={"inline_keyboard": [[{"text": "Ya", "callback_data": "y"}]]})
    said = owner.says("halo")
    owner.taps(owner.messages[-2].message_id, "Ya")
    assert sent["message_id"] == owner.messages[-2].message_id

    server.clock.advance(seconds=151)

    assert await ids(api) == [said]
    server.clock.advance(days=1)
    assert await ids(api) == []


async def test_a_chat_keeps_its_newest_messages(owner: Person) -> None:
    """A long soak doesn't eat the memory: the oldest messages leave."""
    for number in range(MESSAGES_KEPT + 3):
        owner.says(str(number))

    assert len(owner.messages) == MESSAGES_KEPT
    assert owner.messages[0].text == "3"


async def test_only_asked_kinds_are_queued(api: RawApi, owner: Person) -> None:
    """allowed_updates is remembered and keeps other kinds out of the queue."""
    await ids(api, allowed_updates=["message"])

    owner.blocks()
    owner.unblocks()
    said = owner.says("halo")

    assert await ids(api) == [said]


async def test_repeated_and_poisoned_updates(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """A test can deliver an update twice, though it was confirmed, and one that can't be parsed."""
    said = owner.says("halo")
    assert await ids(api, offset=said + 1) == []

    server.updates.repeat(said)
    poisoned = server.updates.poison()

    assert await ids(api, offset=said + 1) == [said, poisoned]
    assert await ids(api, offset=poisoned + 1) == []


async def test_repeats_and_poison_over_http(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """Another process can put the same troubles into the queue."""
    said = owner.says("halo")
    assert await ids(api, offset=said + 1) == []
    address = f"{server.url}/sandbox/updates"

    async with api.session.post(address, json={"repeat": said}) as response:
        assert response.status == 200
    async with api.session.post(address, json={"poison": {"message": 5}}) as response:
        poisoned = (await response.json())["update_id"]
    async with api.session.post(address, json={"repeat": 1}) as response:
        assert response.status == 400

    assert await ids(api) == [said, poisoned]


async def test_privacy_mode_in_groups(api: RawApi, owner: Person) -> None:
    """In a group only commands, mentions and replies to the bot reach it."""
    assert owner.says_in_group(-5, "halo semua") is None
    commanded = owner.says_in_group(-5, "/start@jejak_bot")

    answer = await api.call("getUpdates")

    first, second = objects(answer["result"])
    assert "my_chat_member" in first
    assert second["update_id"] == commanded


@dataclass
class Receiver:
    """A bot's webhook; `statuses` are its next answers, then 200."""

    url: str = ""
    statuses: list[int] = field(default_factory=list)
    received: list[tuple[str | None, JsonObject]] = field(default_factory=list)
    answer: JsonObject | None = None

    async def take(self, request: web.Request) -> web.Response:
        update = as_object(await request.json())
        self.received.append((request.headers.get(SECRET_HEADER), update))
        status = self.statuses.pop(0) if self.statuses else 200
        return web.json_response(self.answer, status=status)

    def texts(self) -> list[object]:
        return [as_object(update["message"])["text"] for _, update in self.received]


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    receiving = Receiver()
    app = web.Application()
    app.router.add_post("/hook", receiving.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    receiving.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield receiving
    await runner.cleanup()


async def test_webhook_retries_in_order_with_its_secret(
    server: SandboxServer, api: RawApi, owner: Person, receiver: Receiver
) -> None:
    """A failed update is sent again before the chat's next one; the secret rides in the header."""
    server.courier.first_pause = 0.01
    receiver.statuses = [500, 503, 429]
    owner.says("satu")

    await api.call("setWebhook", url=receiver.url, secret_token="rahasia_1")
    owner.says("dua")
    await server.wait_for(lambda: len(receiver.received) == 5 and not server.updates.pending)

    assert receiver.texts() == ["satu"] * 4 + ["dua"]
    assert {secret for secret, _ in receiver.received} == {"rahasia_1"}
    info = as_object((await api.call("getWebhookInfo"))["result"])
    assert info["pending_update_count"] == 0
    assert "429" in str(info["last_error_message"])


async def test_a_failing_chat_does_not_stop_others(
    server: SandboxServer, api: RawApi, owner: Person, receiver: Receiver
) -> None:
    """Chats are delivered side by side."""
    server.courier.first_pause = 60
    receiver.statuses = [500, 500]  # then this chat waits a minute
    await api.call("setWebhook", url=receiver.url)
    owner.says("satu")
    await server.wait_for(lambda: len(receiver.received) == 2)

    server.person(1002, first_name="Budi").says("dua")
    await server.wait_for(lambda: len(receiver.received) == 3)

    assert receiver.texts() == ["satu", "satu", "dua"]


async def test_a_webhook_may_answer_with_a_call(
    server: SandboxServer, api: RawApi, owner: Person, receiver: Receiver
) -> None:
    """One method call may ride in the webhook's answer."""
    receiver.answer = {"method": "sendMessage", "chat_id": 1001, "text": "halo juga"}
    await api.call("setWebhook", url=receiver.url)

    owner.says("halo")
    await server.wait_for(lambda: len(owner.messages) == 2)

    assert owner.messages[1].text == "halo juga"


async def test_wrong_webhooks(api: RawApi) -> None:
    """A webhook needs https, but for this machine, and a plain secret."""
    plain = await api.refusal("setWebhook", url="http://example.org/hook")
    secret = await api.refusal("setWebhook", url="https://example.org/hook", secret_token="a b")

    assert plain == "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    assert secret == "400 Bad Request: secret token contains unallowed characters"
