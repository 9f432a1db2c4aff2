import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot, InputFile
from telegram.error import BadRequest, EndPointNotFound, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.api import call_api, seconds_to_wait
from bot.request import AiohttpRequest, NotSent, UnknownOutcome, build_bot
from sandbox.faults import Moment
from sandbox.server import SandboxServer

TOKEN = "123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc"


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_call_gives_raw_json(telegram: Bot, server: SandboxServer) -> None:
    """An answer comes back as Telegram wrote it, without PTB's types."""
    server.person(1001)

    result = await call_api(telegram, "sendMessage", {"chat_id": 1001, "text": "halo 🎪"})

    assert isinstance(result, dict)
    assert result["text"] == "halo 🎪"
    assert result["chat"] == {"id": 1001, "type": "private", "first_name": "Sari"}


async def test_upload_arrives_whole(telegram: Bot, server: SandboxServer) -> None:
    """A file goes as multipart with its name, beside parameters of every kind."""
    server.person(1001)
    document = InputFile(b"%PDF-" + bytes(range(256)), filename="peta.pdf")

    result = await call_api(
        telegram,
        "sendDocument",
        {"chat_id": 1001, "document": document, "caption": "peta", "disable_notification": True},
    )

    assert isinstance(result, dict)
    assert isinstance(result["document"], dict)
    assert result["document"]["file_name"] == "peta.pdf"
    assert result["document"]["file_size"] == 261


async def test_refused_connection_is_not_sent() -> None:
    """Nobody listens: the call was surely not carried out."""
    bot = build_bot(TOKEN, f"http://127.0.0.1:{unused_port()}")

    async with AiohttpRequest() as request:
        with pytest.raises(NotSent) as caught:
            await request.post(f"{bot.base_url}/getMe")

    assert_no_token(caught.value)


async def test_wrong_address_is_not_sent() -> None:
    """An address that can't be one fails without its text."""
    async with AiohttpRequest() as request:
        with pytest.raises(NotSent) as caught:
            await request.post(f"http://:99999999/bot{TOKEN}/getMe")

    assert_no_token(caught.value)


@pytest.mark.parametrize("moment", list(Moment))
async def test_reset_is_unknown_outcome(telegram: Bot, server: SandboxServer, moment: Moment) -> None:
    """A connection that breaks after the call was written leaves open what happened."""
    server.person(1001)
    server.faults.reset("sendMessage", moment=moment)

    with pytest.raises(UnknownOutcome) as caught:
        await call_api(telegram, "sendMessage", {"chat_id": 1001, "text": "halo"})

    assert "123:TEST" not in str(caught.value)


async def test_silence_is_unknown_outcome(server: SandboxServer) -> None:
    """No answer in time leaves open what happened."""
    server.faults.hang("getChat")

    async with hurried_bot(server, AiohttpRequest(read_timeout=0.05)) as bot:
        with pytest.raises(UnknownOutcome) as caught:
            await call_api(bot, "getChat", {"chat_id": 1001})

    assert str(caught.value) == "unknown outcome: SocketTimeoutError"


async def test_upload_into_silence_ends(server: SandboxServer) -> None:
    """An upload has its own, longer time, and an end."""
    server.faults.hang("sendDocument")
    request = AiohttpRequest(read_timeout=0.01, connect_timeout=0.5, media_timeout=0.1)

    async with asyncio.timeout(5):
        with pytest.raises(UnknownOutcome):
            async with hurried_bot(server, request) as bot:
                await call_api(bot, "sendDocument", {"chat_id": 1, "document": InputFile(b"x", "x.txt")})


async def test_flood_refusal_says_how_long(telegram: Bot, server: SandboxServer) -> None:
    """429 becomes RetryAfter with its seconds, without a warning of PTB's."""
    server.person(1001)
    server.faults.fail("sendMessage", status=429, retry_after=7)

    with pytest.raises(RetryAfter) as caught:
        await call_api(telegram, "sendMessage", {"chat_id": 1001, "text": "halo"})

    assert seconds_to_wait(caught.value) == 7.0


@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, BadRequest), (403, Forbidden), (404, EndPointNotFound), (500, NetworkError), (502, NetworkError)],
)
async def test_refusals_keep_their_kind(
    telegram: Bot, server: SandboxServer, status: int, kind: type[TelegramError]
) -> None:
    """PTB's error classes come through."""
    server.person(1001)
    server.faults.fail("sendMessage", status=status)

    with pytest.raises(kind) as caught:
        await call_api(telegram, "sendMessage", {"chat_id": 1001, "text": "halo"})

    assert not isinstance(caught.value, NotSent | UnknownOutcome)


async def test_without_initialize_it_says_so() -> None:
    """A bot that wasn't started fails clearly, and may be closed nevertheless."""
    request = AiohttpRequest()

    with pytest.raises(NetworkError, match="isn't initialized"):
        await request.post("http://127.0.0.1:9/")
    await request.shutdown()


@asynccontextmanager
async def hurried_bot(server: SandboxServer, request: AiohttpRequest) -> AsyncIterator[Bot]:
    """A bot that isn't greeted by the server first: its short times are for the call under test."""
    bot = Bot("123:TEST", base_url=f"{server.url}/bot", request=request, get_updates_request=AiohttpRequest())
    await request.initialize()
    try:
        yield bot
    finally:
        await request.shutdown()


def assert_no_token(error: BaseException) -> None:
    shown = "".join(traceback.format_exception(error)) + repr(error) + str(error)
    assert "AAEhBOweik6ad9r" not in shown
    assert TOKEN not in shown
