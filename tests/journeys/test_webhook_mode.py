"""The same interview over a webhook: the secret is checked, and nothing is confirmed before it is stored."""

import socket
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest

from conversations.steps import StepId
from tests.bot_process import bot_process
from tests.chat import TOKEN, house
from tests.journeys.test_kill import question

SECRET = "a-secret-of-telegram-and-us"


@pytest.fixture
def port() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free: int = probe.getsockname()[1]
    yield free


def hooked(port: int) -> dict[str, str]:
    return {
        "WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram",
        "WEBHOOK_LISTEN": f"127.0.0.1:{port}",
        "WEBHOOK_SECRET": SECRET,
    }


async def test_an_interview_over_the_webhook(tmp_path: Path, port: int) -> None:
    """Taps and typed answers arrive in order, and getUpdates is never asked."""
    async with house(tmp_path, environment=hooked(port)) as bot:
        owner = bot.owner()
        await owner.reaches_stages()
        await owner.says("grup RT")
        await owner.taps_first()

        assert (await owner.session()).step is StepId.PAINS
        assert bot.server.messages_of("getUpdates") == []


async def test_a_call_without_the_secret_is_refused(tmp_path: Path, port: int) -> None:
    """Whoever guesses the address can't put words into an owner's mouth."""
    async with house(tmp_path, environment=hooked(port)) as bot, aiohttp.ClientSession() as session:
        update = {"update_id": 1, "message": {"text": "/start", "chat": {"id": 1001}}}
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "a-guess-of-the-secret"}):
            address = f"http://127.0.0.1:{port}/telegram"
            async with session.post(address, json=update, headers=headers) as answer:
                assert answer.status == 401

        assert await bot.read(lambda transaction: transaction.inbox.lanes()) == ()


@pytest.mark.slow
async def test_a_kill_between_delivery_and_answer_loses_nothing(tmp_path: Path, port: int) -> None:
    """Telegram delivers again what the killed process didn't answer with 200."""
    async with house(tmp_path) as bot:
        await bot.stop()
        bot.server.courier.first_pause = 0.1
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": bot.server.url,
            "DATABASE_URL": bot.settings.database_url,
            **hooked(port),
        }
        sari = bot.server.person(1001)
        async with bot_process(environment, tmp_path / "log") as process:
            await bot.server.wait_for(lambda: bot.server.courier.hook, timeout=30)
            for words in ("/start", "Mulai peta (±3 menit)", "Kopi (kedai & biji kopi)", "Warung Bu Sri"):
                sari.says(words)
                await process.kill()
                await process.start()
                await bot.server.wait_for(lambda: not bot.server.updates.live(), timeout=30)

            await bot.server.wait_for(
                lambda: (asked := question(sari)) and "Mau bikin peta yang mana" in asked.text, timeout=30
            )
