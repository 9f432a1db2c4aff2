"""The sandbox says no where Telegram says no, in Telegram's words."""

import io

import aiohttp
import pytest
from PIL import Image

from sandbox.people import Person
from sandbox.server import SandboxServer
from sandbox.shapes import JsonObject
from tests.sandbox.conftest import RawApi

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)
TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def keyboard(*buttons: JsonObject) -> JsonObject:
    return {"inline_keyboard": [list(buttons)]}


def button(**action: object) -> JsonObject:
    return {"text": "Ya", **(action or {"callback_data": "yes"})}


def picture(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


async def test_the_same_edit_is_not_modified(api: RawApi) -> None:
    """An edit that changes neither text nor keyboard is refused; one that drops the keyboard isn't."""
    sent = await api.send(text="<b>hai</b>", parse_mode="HTML", reply_markup=keyboard(button()))
    edit: JsonObject = {"chat_id": 1001, "message_id": sent["message_id"], "text": "<b>hai</b>"}
    same = edit | {"parse_mode": "HTML", "reply_markup": keyboard(button())}

    assert await api.refusal("editMessageText", **same) == NOT_MODIFIED
    assert (await api.call("editMessageText", **edit, parse_mode="HTML"))["ok"]
    markup: JsonObject = {"chat_id": 1001, "message_id": sent["message_id"]}
    assert await api.refusal("editMessageReplyMarkup", **markup) == NOT_MODIFIED


async def test_what_cannot_be_edited(api: RawApi, owner: Person) -> None:
    """A missing message, somebody else's message, and the wrong kind of edit are told apart."""
    owner.says("halo")
    sent = await api.send()
    theirs, text = owner.messages[0].message_id, "baru"

    refusals = [
        await api.refusal("editMessageText", chat_id=1001, message_id=999, text=text),
        await api.refusal("editMessageText", chat_id=1001, message_id=theirs, text=text),
        await api.refusal("editMessageCaption", chat_id=1001, message_id=sent["message_id"], caption=text),
        await api.refusal("deleteMessage", chat_id=1001, message_id=999),
    ]

    assert refusals == [
        "400 Bad Request: message to edit not found",
        "400 Bad Request: message can't be edited",
        "400 Bad Request: there is no caption in the message to edit",
        "400 Bad Request: message to delete not found",
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        ("  \n ", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
        ("<b></b>", "message text is empty"),
    ],
)
async def test_text_length(api: RawApi, text: str, reason: str) -> None:
    """A text has 1 to 4096 UTF-16 units after its entities are parsed."""
    refusal = await api.refusal("sendMessage", chat_id=1001, text=text, parse_mode="HTML")

    assert refusal == f"400 Bad Request: {reason}"


async def test_markup_does_not_count(api: RawApi) -> None:
    """4096 units fit exactly, tags and character references not counted."""
    sent = await api.send(text="<b>" + "&amp;" * 4094 + "😀</b>", parse_mode="HTML")

    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 4096}]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"url": "javascript:alert(1)"}, "inline keyboard button URL 'javascript:alert(1)' is invalid"),
        ({"copy_text": {"text": "x" * 257}}, "BUTTON_COPY_TEXT_INVALID"),
        ({"callback_data": "a", "url": "https://example.org"}, "BUTTON_TYPE_INVALID"),
        ({"style": "primary"}, "Text buttons are unallowed"),
    ],
)
async def test_wrong_buttons(api: RawApi, wrong: JsonObject, reason: str) -> None:
    """A button has exactly one action, and callback data has 1 to 64 bytes."""
    refusal = await api.refusal("sendMessage", chat_id=1001, text="?", reply_markup=keyboard(button(**wrong)))

    assert reason in refusal


async def test_a_hundred_buttons(api: RawApi) -> None:
    """100 buttons pass, 101 are too many."""
    await api.send(reply_markup=keyboard(*[button()] * 100))

    refusal = await api.refusal(
        "sendMessage", chat_id=1001, text="?", reply_markup=keyboard(*[button()] * 101)
    )

    assert refusal == "400 Bad Request: REPLY_MARKUP_TOO_LONG"


async def test_unknown_and_blocked_chats(api: RawApi, owner: Person) -> None:
    """Nobody is found under a strange id, and who blocked the bot isn't written to."""
    assert await api.refusal("sendMessage", chat_id=77, text="?") == "400 Bad Request: chat not found"

    owner.blocks()
    refusal = await api.refusal("sendMessage", chat_id=1001, text="?")
    owner.unblocks()

    assert refusal == "403 Forbidden: bot was blocked by the user"
    assert await api.send()


async def test_a_press_is_answered_once(server: SandboxServer, api: RawApi, owner: Person) -> None:
    """An unknown, answered or 150 s old query is too old; a toast has at most 200 units."""
    sent = await api.send(reply_markup=keyboard(button()))
    message_id = owner.messages[-1].message_id
    assert sent["message_id"] == message_id
    owner.taps(message_id, "Ya")
    owner.taps(message_id, data="yes")
    first, second = server.world.queries

    too_long = await api.refusal("answerCallbackQuery", callback_query_id=first, text="x" * 201)
    answered = await api.call("answerCallbackQuery", callback_query_id=first, text="Tercatat")
    twice = await api.refusal("answerCallbackQuery", callback_query_id=first)
    server.clock.advance(seconds=151)
    late = await api.refusal("answerCallbackQuery", callback_query_id=second)
    unknown = await api.refusal("answerCallbackQuery", callback_query_id="77")

    assert too_long == "400 Bad Request: MESSAGE_TOO_LONG"
    assert answered["ok"]
    assert owner.toasts == ["Tercatat"]
    assert [twice, late, unknown] == [TOO_OLD] * 3


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (picture(5001, 5000), "PHOTO_INVALID_DIMENSIONS"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (b"no picture", "IMAGE_PROCESS_FAILED"),
        (bytes(10 * 1024 * 1024 + 1), "is too big for a photo; the maximum size is 10485760 bytes"),
    ],
    ids=["sum", "ratio", "unreadable", "bytes"],
)
async def test_wrong_photos(server: SandboxServer, api: RawApi, data: bytes, reason: str) -> None:
    """A photo's header is read: at most 10 MB, width + height 10000, ratio 20."""
    form = aiohttp.FormData({"chat_id": "1001"})
    form.add_field("photo", io.BytesIO(data), filename="map.png")

    async with api.session.post(f"{server.url}/bot123:TEST/sendPhoto", data=form) as response:
        answer = await response.json()

    assert response.status == 400
    assert reason in answer["description"]


async def test_albums(api: RawApi, owner: Person) -> None:
    """An album has two to ten items of one kind."""
    owner.sends_photo()
    photo = owner.messages[-1].photo
    assert photo is not None
    item = {"type": "photo", "media": photo.file_id}

    assert "too few" in await api.refusal("sendMediaGroup", chat_id=1001, media=[item])
    assert "too many" in await api.refusal("sendMediaGroup", chat_id=1001, media=[item] * 11)
    unattached = {"type": "photo", "media": "attach://gone"}
    refusal = await api.refusal("sendMediaGroup", chat_id=1001, media=[item, unattached])
    assert refusal == "400 Bad Request: there is no file in the request"


async def test_file_ids_keep_their_kind(api: RawApi, owner: Person) -> None:
    """A photo's id isn't a document's, and an invented id is no file."""
    owner.sends_photo()
    photo = owner.messages[-1].photo
    assert photo is not None

    wrong_kind = await api.refusal("sendDocument", chat_id=1001, document=photo.file_id)
    invented = await api.refusal("sendPhoto", chat_id=1001, photo="AgACinvented")

    assert wrong_kind == "400 Bad Request: can't use file of type Photo as Document"
    assert invented == "400 Bad Request: wrong file identifier/HTTP URL specified"


async def test_caption_length(api: RawApi, owner: Person) -> None:
    """A caption has at most 1024 UTF-16 units."""
    owner.sends_photo()
    photo = owner.messages[-1].photo
    assert photo is not None

    refusal = await api.refusal("sendPhoto", chat_id=1001, photo=photo.file_id, caption="😀" * 513)

    assert refusal == "400 Bad Request: message caption is too long"


async def test_unknown_methods_and_tokens(server: SandboxServer, api: RawApi) -> None:
    """A method or token that doesn't exist is 404; spelling doesn't mind case."""
    assert await api.refusal("sendCoffee") == "404 Not Found"
    assert (await api.call("getme"))["ok"]
    async with api.session.get(f"{server.url}/botnonsense/getMe") as response:
        assert response.status == 404


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ([{"command": "Mulai", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "mulai", "description": ""}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "mulai", "description": "x"}] * 101, "BOT_COMMANDS_TOO_MUCH"),
    ],
)
async def test_wrong_commands(api: RawApi, commands: list[JsonObject], reason: str) -> None:
    """Commands are lower case, described, and at most a hundred."""
    assert await api.refusal("setMyCommands", commands=commands) == f"400 Bad Request: {reason}"
