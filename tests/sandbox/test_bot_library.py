"""python-telegram-bot's own Bot talks to the sandbox as it talks to Telegram."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CallbackQuery,
    CopyTextButton,
    ForceReply,
    InputMediaDocument,
    InputMediaPhoto,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)
from telegram import InlineKeyboardButton as Button
from telegram import InlineKeyboardMarkup as Keyboard
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter

from sandbox.faults import Moment
from sandbox.files import FileKind
from sandbox.people import Person, sample_picture
from sandbox.profile import commands_for
from sandbox.server import SandboxServer

YES = Keyboard.from_button(Button("Ya", callback_data="yes"))


@pytest.fixture(autouse=True)
async def as_documented(server: SandboxServer) -> AsyncIterator[None]:
    yield
    assert server.violations == []


async def pressed(bot: Bot) -> CallbackQuery:
    [update] = await bot.get_updates(offset=-1)
    assert update.callback_query is not None
    return update.callback_query


async def received(bot: Bot) -> Message:
    [update] = await bot.get_updates(offset=-1)
    assert update.message is not None
    return update.message


async def test_texts(bot: Bot, owner: Person) -> None:
    """Sending, editing and deleting a text gives back messages the library understands."""
    first = await bot.send_message(1001, "<b>😀</b> x", parse_mode="HTML", reply_markup=YES)
    second = await bot.send_message(1001, "lagi", reply_parameters=ReplyParameters(first.message_id))
    edited = await bot.edit_message_text("<i>baru</i>", 1001, first.message_id, parse_mode="HTML")
    marked = await bot.edit_message_reply_markup(1001, first.message_id, reply_markup=YES)
    await bot.delete_message(1001, second.message_id)

    assert (first.text, first.entities[0].length, first.text_html) == ("😀 x", 2, "<b>😀</b> x")
    assert second.reply_to_message is not None
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    assert isinstance(marked, Message)
    assert marked.reply_markup == YES
    [shown] = owner.messages
    assert (shown.html, shown.labels, shown.edited) == ("<i>baru</i>", ["Ya"], True)


async def test_presses(bot: Bot, owner: Person) -> None:
    """A press reaches the bot with its message; the answer reaches the person."""
    sent = await bot.send_message(1001, "?", reply_markup=YES)
    owner.taps(sent.message_id, "Ya")

    query = await pressed(bot)
    await query.answer("Tercatat", show_alert=True)
    await query.edit_message_text("Ya!")

    assert (query.data, query.from_user.id) == ("yes", 1001)
    assert owner.toasts == ["Tercatat"]
    with pytest.raises(LookupError, match="no button 'Ya'"):
        owner.taps(sent.message_id, "Ya")
    owner.taps(sent.message_id, data="yes", force=True)
    with pytest.raises(LookupError, match="no such message"):
        owner.taps(999, "Ya")
    owner.taps(999, data="yes", force=True)
    gone = await pressed(bot)
    assert gone.message is not None
    assert not gone.message.is_accessible


async def test_photos(bot: Bot, owner: Person) -> None:
    """A photo can be sent, sent again by its id, replaced, captioned and downloaded."""
    sent = await bot.send_photo(1001, sample_picture(), caption="<b>Peta</b>", parse_mode="HTML")
    again = await bot.send_photo(1001, sent.photo[-1].file_id, reply_markup=YES)
    media = InputMediaPhoto(sample_picture(), caption="Baru")
    replaced = await bot.edit_message_media(media, 1001, again.message_id)
    captioned = await bot.edit_message_caption(1001, again.message_id, caption="Lebih baru")
    file = await bot.get_file(sent.photo[0].file_id)

    assert bytes(await file.download_as_bytearray()) == sample_picture()
    assert [(size.width, size.height) for size in sent.photo] == [(90, 67), (320, 240), (640, 480)]
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    assert isinstance(replaced, Message)
    assert replaced.photo[-1].file_id != sent.photo[-1].file_id
    assert isinstance(captioned, Message)
    assert captioned.caption == "Lebih baru"
    photo = owner.messages[0].photo
    assert photo is not None
    assert photo.data == sample_picture()


async def test_documents(bot: Bot, owner: Person) -> None:
    """A document keeps its bytes and its name, both ways."""
    sent = await bot.send_document(1001, b"%PDF-1.7", filename="peta.pdf", caption="Peta")
    await bot.edit_message_media(InputMediaDocument(b"{}", filename="peta.json"), 1001, sent.message_id)
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("peta.pdf", "application/pdf")
    document = owner.messages[0].document
    assert document is not None
    assert (document.name, document.data) == ("peta.json", b"{}")

    owner.sends_document(b"{}", "impor.json", mime="application/json")

    update = await received(bot)
    assert update.document is not None
    file = await update.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"{}"


async def test_albums(bot: Bot, owner: Person) -> None:
    """An album mixes new and known pictures and has no inline keyboard."""
    known = (await bot.send_photo(1001, sample_picture())).photo[-1].file_id
    sent = await bot.send_media_group(
        1001, [InputMediaPhoto(sample_picture(), caption="Satu"), InputMediaPhoto(known)]
    )

    with pytest.raises(BadRequest):
        await bot.edit_message_reply_markup(1001, sent[0].message_id, reply_markup=YES)
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.text for message in owner.messages[1:]] == ["Satu", ""]


async def test_clips_go_both_ways(bot: Bot, owner: Person) -> None:
    """Voice, music and videos of three kinds can be sent again by their ids, each as its own kind only."""
    sends: dict[FileKind, Callable[[int, str], Awaitable[Message]]] = {
        FileKind.VOICE: bot.send_voice,
        FileKind.AUDIO: bot.send_audio,
        FileKind.VIDEO: bot.send_video,
        FileKind.VIDEO_NOTE: bot.send_video_note,
        FileKind.ANIMATION: bot.send_animation,
    }
    for kind, send in sends.items():
        owner.sends_clip(kind)
        came = await received(bot)
        file_id = getattr(came, kind).file_id

        again = await send(1001, file_id)

        assert getattr(again, kind).file_id == file_id
        assert (again.document is not None) == (kind is FileKind.ANIMATION)
        with pytest.raises(BadRequest, match=r"(?i)can.t use file of type"):
            await bot.send_photo(1001, file_id)


async def test_a_persons_album_comes_in_pieces(server: SandboxServer, bot: Bot, owner: Person) -> None:
    """A message and an update a photo, with one group; the words are with the first."""
    owner.sends_album(3, caption="Lihat")

    updates = [update.message for update in await bot.get_updates()]

    found = [message for message in updates if message is not None]
    assert [message.caption for message in found] == ["Lihat", None, None]
    assert len({message.media_group_id for message in found}) == 1
    assert len({message.photo[-1].file_id for message in found}) == 3


async def test_what_people_send(bot: Bot, owner: Person) -> None:
    """Commands, photos, stickers, voice notes, forwards and edits arrive as the library's types."""
    owner.says("/start peta_7")
    assert [each.type for each in (await received(bot)).entities] == ["bot_command"]
    owner.sends_photo(caption="toko")
    assert (await received(bot)).photo[-1].width == 640
    owner.sends_sticker("👍")
    sticker = (await received(bot)).sticker
    assert sticker is not None
    assert sticker.emoji == "👍"
    owner.sends_voice(4)
    assert (await received(bot)).voice is not None
    owner.forwards("Stok datang Senin")
    assert (await received(bot)).forward_origin is not None
    owner.says("salah")
    owner.edits(owner.messages[-1].message_id, "benar")
    [update] = await bot.get_updates(offset=-1)
    assert update.edited_message is not None
    assert update.edited_message.text == "benar"


async def test_blocking(bot: Bot, owner: Person) -> None:
    """Who blocks the bot is reported and can't be written to."""
    owner.blocks()

    [update] = await bot.get_updates(offset=-1)
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(1001, "halo")
    with pytest.raises(PermissionError):
        owner.says("halo")
    assert owner.unblocks() is not None
    assert owner.unblocks() is None


async def test_commands(bot: Bot, owner: Person, server: SandboxServer) -> None:
    """Commands are kept by scope and language; the narrowest that exist are shown."""
    await bot.set_my_commands([BotCommand("start", "Start")])
    await bot.set_my_commands([BotCommand("start", "Mulai")], language_code="id")
    scope = BotCommandScopeChat(1001)
    await bot.set_my_commands([BotCommand("peta", "Peta saya")], scope=scope)

    assert [each.description for each in await bot.get_my_commands()] == ["Start"]
    assert [each.description for each in await bot.get_my_commands(language_code="id")] == ["Mulai"]
    emma = server.person(1003, first_name="Emma", language_code="en")
    shown = commands_for(server.world, owner.chat, "id"), commands_for(server.world, emma.chat, "en")
    assert [each[0]["description"] for each in shown] == ["Peta saya", "Start"]
    await bot.delete_my_commands(scope=scope)
    assert commands_for(server.world, owner.chat, "id")[0]["description"] == "Mulai"


async def test_the_bots_own_texts(bot: Bot) -> None:
    """Name and descriptions are kept by language, falling back to the default."""
    await bot.set_my_name("Jejak Peta")
    await bot.set_my_description("Peta pelanggan", language_code="id")
    await bot.set_my_short_description("Peta")

    assert (await bot.get_my_name(language_code="id")).name == "Jejak Peta"
    assert (await bot.get_my_description(language_code="id")).description == "Peta pelanggan"
    assert (await bot.get_my_description()).description == ""
    assert (await bot.get_my_short_description()).short_description == "Peta"


async def test_the_rest(bot: Bot, owner: Person, server: SandboxServer) -> None:
    """Chat actions, chats, webhook settings and other keyboards are understood."""
    await bot.send_chat_action(1001, "typing")
    chat = await bot.get_chat(1001)
    await bot.set_webhook("https://example.org/hook", secret_token="s", max_connections=5)
    info = await bot.get_webhook_info()
    with pytest.raises(Conflict):
        await bot.get_updates()
    await bot.delete_webhook(drop_pending_updates=True)
    await bot.send_message(1001, "?", reply_markup=ReplyKeyboardMarkup([["Ya"]], resize_keyboard=True))
    await bot.send_message(1001, "?", reply_markup=ForceReply())
    copy = Keyboard.from_button(Button("Salin", copy_text=CopyTextButton("peta_7")))
    await bot.send_message(1001, "?", reply_markup=copy)

    assert chat.first_name == "Sari"
    assert (info.url, info.max_connections) == ("https://example.org/hook", 5)
    assert owner.messages[-1].buttons[0][0].copy_text == "peta_7"
    assert owner.chat.reply_keyboard is not None
    assert (await bot.get_me()).username == "jejak_bot"
    assert server.calls[0].method == "getMe"


async def test_troubles_are_the_librarys_errors(
    bot: Bot, owner: Person, server: SandboxServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """429 becomes RetryAfter, a gateway's page and a reset become NetworkError."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else RetryAfter warns that its type will change
    server.faults.fail("sendMessage", status=429, retry_after=3)
    server.faults.fail("sendMessage", status=502, html=True)
    server.faults.reset("sendMessage", moment=Moment.AFTER)

    with pytest.raises(RetryAfter):
        await bot.send_message(1001, "halo")
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "halo")
    with pytest.raises(NetworkError):
        await bot.send_message(1001, "halo")

    assert [message.text for message in owner.messages] == ["halo"]


async def test_poison_stops_the_library(bot: Bot, server: SandboxServer) -> None:
    """The built-in poison is one the library really can't parse."""
    server.updates.poison()

    with pytest.raises(Exception, match=r".") as caught:
        await bot.get_updates()

    assert not isinstance(caught.value, NetworkError)
