"""Trouble comes exactly when a test asked for it, before or after the call took effect."""

import asyncio

import aiohttp
import pytest

from sandbox.faults import Moment
from sandbox.people import Person
from sandbox.server import Sandbox, SandboxServer, run_sandbox
from tests.sandbox.conftest import RawApi


async def test_the_next_calls_fail(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """Only the next N calls of that method and chat fail, in Telegram's shape."""
    server.person(1002)
    server.faults.fail("sendMessage", times=2, status=429, retry_after=7, chat_id=1001)

    answers = [await api.call("sendMessage", chat_id=chat, text="?") for chat in (1001, 1002, 1001, 1001)]

    assert [answer["ok"] for answer in answers] == [False, True, False, True]
    assert answers[0]["parameters"] == {"retry_after": 7}
    assert answers[0]["description"] == "Too Many Requests: retry after 7"
    assert len(owner.messages) == 1


async def test_a_gateway_answers_html(server: SandboxServer, api: RawApi) -> None:
    """A 502 is a page, as from the proxy before Telegram."""
    server.faults.fail("getMe", status=502, html=True)

    async with api.session.get(f"{server.url}/bot123:TEST/getMe") as response:
        assert response.status == 502
        assert response.content_type == "text/html"


@pytest.mark.parametrize(("moment", "sent"), [(Moment.BEFORE, 0), (Moment.AFTER, 1)])
async def test_a_connection_is_reset(
    server: SandboxServer, api: RawApi, owner: Person, moment: Moment, sent: int
) -> None:
    """A reset loses the answer; after the effect the message is there all the same."""
    server.faults.reset("sendMessage", moment=moment)

    with pytest.raises((aiohttp.ClientError, OSError)):
        await api.send()

    assert len(owner.messages) == sent
    assert await api.send()


async def test_a_call_hangs_after_its_effect(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """A caller that gives up can't know that the message was sent."""
    server.faults.hang("sendMessage", moment=Moment.AFTER)

    call = asyncio.create_task(api.send())
    await server.wait_for(lambda: len(owner.messages) == 1)
    call.cancel()

    with pytest.raises(asyncio.CancelledError):
        await call
    assert len(owner.messages) == 1


async def test_faults_and_clock_over_http(server: SandboxServer, api: RawApi) -> None:
    """Another process sets faults and moves the clock over HTTP."""
    faults, clock = f"{server.url}/sandbox/faults", f"{server.url}/sandbox/clock"
    wanted = {"trouble": "fail", "method": "getMe", "status": 500}
    async with api.session.post(faults, json=wanted) as response:
        assert response.status == 200
    assert await api.refusal("getMe") == "500 Internal Server Error"
    async with api.session.post(faults, json={"trouble": "coffee"}) as response:
        assert response.status == 400
    async with api.session.delete(faults) as response:
        assert await response.json() == []

    async with api.session.post(clock, json={"days": 3}) as response:
        assert await response.json() == {"offset_seconds": 259200.0}
    async with api.session.get(clock) as response:
        assert await response.json() == {"offset_seconds": server.clock.offset_seconds}


async def test_a_late_call_takes_effect_without_its_caller(
    server: SandboxServer, api: RawApi, owner: Person
) -> None:
    """A caller that gave up on a slow call finds its message sent later."""
    server.faults.delay("sendMessage", 0.2)

    call = asyncio.create_task(api.send())
    await server.wait_for(lambda: server.messages_of("sendMessage"))
    call.cancel()
    await server.wait_for(lambda: owner.messages)

    assert owner.messages[0].text == "halo"


async def test_the_clock_dates_messages(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """Messages carry the sandbox's time."""
    await api.send()
    server.clock.advance(days=2)
    await api.send()

    first, second = owner.messages

    assert 172_800 <= second.date - first.date <= 172_830


async def test_a_taken_port_is_an_os_error(server: SandboxServer) -> None:
    """Who starts a second sandbox on the same port is told so at once."""
    port = int(server.url.rpartition(":")[2])

    with pytest.raises(OSError, match="address already in use"):
        await run_sandbox("127.0.0.1", port, "123:TEST")


async def test_stopping_does_not_wait_for_hanging_calls() -> None:
    """A sandbox with a waiting poll, a page and a hanging call stops within seconds."""
    async with aiohttp.ClientSession() as session:
        async with Sandbox.start(cast=True) as server:
            server.faults.hang("getMe")
            addresses = ("/bot123:TEST/getUpdates?timeout=50", "/bot123:TEST/getMe", "/sandbox/events")
            calls = [asyncio.create_task(session.get(server.url + each)) for each in addresses]
            await server.wait_for(lambda: len(server.calls) == 2 and server.world.feed.listeners)
            began = asyncio.get_running_loop().time()
        took = asyncio.get_running_loop().time() - began
        for outcome in await asyncio.gather(*calls, return_exceptions=True):
            if isinstance(outcome, aiohttp.ClientResponse):
                outcome.close()

    assert took < 3


async def test_waiting_in_vain_names_the_last_calls(server: SandboxServer, api: RawApi) -> None:
    """A test that waits for something that never comes sees what the bot did instead."""
    await api.send(text="sesuatu yang lain")

    with pytest.raises(TimeoutError, match="sesuatu yang lain"):
        await server.wait_for(lambda: False, timeout=0.05)
