"""Every request is held against the Bot API's documentation, down to nested objects."""

import pytest

from sandbox.people import Person
from sandbox.schema import bot_api
from sandbox.server import SandboxServer
from tests.sandbox.conftest import RawApi

BUTTON = {"text": "Ya", "callback_data": "yes"}
RED = BUTTON | {"color": "red"}


@pytest.mark.parametrize(
    ("method", "parameters", "problem"),
    [
        ("sendMessage", {"chat_id": 1001}, "missing parameter text"),
        ("sendMessage", {"chat_id": 1001, "text": "?", "txt": "?"}, "unknown parameter txt"),
        ("sendMessage", {"chat_id": True, "text": "?"}, "chat_id: expected"),
        ("sendMessage", {"chat_id": 1001, "text": 5}, "text: expected String, got 5"),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "?", "reply_markup": {"inline_keyboard": [BUTTON]}},
            "reply_markup.inline_keyboard[0]: expected Array of InlineKeyboardButton",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "?", "reply_markup": {"inline_keyboard": [[RED]]}},
            "reply_markup.inline_keyboard[0][0]: unknown field color",
        ),
        (
            "sendMessage",
            {"chat_id": 1001, "text": "?", "entities": [{"type": "bold", "offset": "0", "length": 1}]},
            'entities[0].offset: expected Integer, got "0"',
        ),
        (
            "editMessageMedia",
            {"chat_id": 1001, "message_id": 1, "media": {"type": "photo", "medium": "x"}},
            "media: missing field media",
        ),
        (
            "editMessageMedia",
            {"chat_id": 1001, "message_id": 1, "media": {"type": "coffee", "media": "x"}},
            "media.type: must be",
        ),
        (
            "setMyCommands",
            {"commands": [], "scope": {"type": "chat"}},
            "scope: missing field chat_id",
        ),
        (
            "answerCallbackQuery",
            {"callback_query_id": "1", "show_alert": "yes"},
            "show_alert: expected Boolean",
        ),
    ],
)
async def test_a_request_that_is_not_as_documented(
    server: SandboxServer, api: RawApi, method: str, parameters: dict[str, object], problem: str
) -> None:
    """Unknown, missing and mistyped parameters are noted and refused, with their place."""
    refusal = await api.refusal(method, **parameters)

    assert refusal.startswith("400 Bad Request: not as documented")
    assert any(problem in violation.problem for violation in server.violations), server.violations


async def test_forms_and_queries_are_read(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """Numbers, booleans and structures arrive as text in forms and queries."""
    form = {
        "chat_id": "1001",
        "text": "5000",
        "disable_notification": "true",
        "reply_markup": '{"inline_keyboard": [[{"text": "Ya", "callback_data": "yes"}]]}',
    }
    async with api.session.post(f"{server.url}/bot123:TEST/sendMessage", data=form) as response:
        assert response.status == 200
    query = "chat_id=1001&text=halo"
    async with api.session.get(f"{server.url}/bot123:TEST/sendMessage?{query}") as response:
        assert response.status == 200

    assert [message.text for message in owner.messages] == ["5000", "halo"]
    assert owner.messages[0].labels == ["Ya"]
    assert server.messages_of("sendMessage")[0]["disable_notification"] is True
    assert server.violations == []


def test_the_schema_is_whole() -> None:
    """The copied schema has the methods and types its origin names."""
    schema = bot_api()

    assert len(schema.methods) == 176
    assert len(schema.types) == 303
