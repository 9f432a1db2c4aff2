"""A running sandbox, a person in it, and two ways for a bot to talk to it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp
import pytest
from telegram import Bot

from sandbox.people import Person
from sandbox.server import Sandbox, SandboxServer
from sandbox.shapes import JsonObject, as_object

TOKEN = "123:TEST"


@dataclass(frozen=True)
class RawApi:
    """Calls methods over plain HTTP and returns whole answers, refusals too."""

    server: SandboxServer
    session: aiohttp.ClientSession

    async def call(self, method: str, **parameters: object) -> JsonObject:
        address = f"{self.server.url}/bot{TOKEN}/{method}"
        async with self.session.post(address, json=parameters) as response:
            answer = as_object(await response.json())
            assert answer["ok"] or response.status == answer["error_code"]
            return answer

    async def refusal(self, method: str, **parameters: object) -> str:
        answer = await self.call(method, **parameters)
        assert not answer["ok"], answer
        return f"{answer['error_code']} {answer['description']}"

    async def send(self, **parameters: object) -> JsonObject:
        answer = await self.call("sendMessage", **{"chat_id": 1001, "text": "halo", **parameters})
        assert answer["ok"], answer
        return as_object(answer["result"])


@pytest.fixture
async def server() -> AsyncIterator[SandboxServer]:
    async with Sandbox.start(token=TOKEN) as running:
        yield running


@pytest.fixture
def owner(server: SandboxServer) -> Person:
    return server.person(1001, first_name="Sari", language_code="id")


@pytest.fixture
async def api(server: SandboxServer, owner: Person) -> AsyncIterator[RawApi]:
    assert owner.id == 1001
    async with aiohttp.ClientSession() as session:
        yield RawApi(server, session)


@pytest.fixture
async def bot(server: SandboxServer, owner: Person) -> AsyncIterator[Bot]:
    assert owner.id == 1001
    async with Bot(TOKEN, base_url=server.url + "/bot", base_file_url=server.url + "/file/bot") as client:
        yield client
