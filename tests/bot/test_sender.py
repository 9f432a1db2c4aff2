import asyncio

import pytest
from telegram import Bot

import bot.sender
from bot.api import Parameters, call_api
from sandbox.faults import Moment
from sandbox.server import SandboxServer
from storage.records import CallRole, JsonValue
from tests.bot.faketime import FakeTime, eventually
from tests.bot.flaky import FlakyDatabase
from tests.bot.post import OWNER, Post, edit, message, strip


@pytest.fixture
def post(server: SandboxServer, telegram: Bot, database: FlakyDatabase) -> Post:
    server.person(OWNER)
    return Post(telegram, database, FakeTime())


def texts(server: SandboxServer, chat_id: int = OWNER) -> list[str]:
    return [each.text for each in server.person(chat_id).messages]


async def test_calls_go_in_order_and_once(server: SandboxServer, post: Post) -> None:
    """What was queued is sent in the order in which it was queued, and nothing stays behind."""
    await post.put(message("satu"), message("dua"))

    async with post.running():
        await post.put(message("tiga"))
        await post.sender.idle()

    assert texts(server) == ["satu", "dua", "tiga"]
    assert await post.left() == 0


async def test_chat_gets_four_at_once_then_one_a_second(server: SandboxServer, post: Post) -> None:
    """Telegram lets short bursts through; after that the chat rests, and only that chat."""
    server.person(2)
    await post.put(*[message(str(number)) for number in range(6)])

    async with post.running():
        await server.wait_for(lambda: len(texts(server)) == 4)
        await post.put(message("halo", chat_id=2), chat_id=2)
        await server.wait_for(lambda: texts(server, 2) == ["halo"])
        assert len(texts(server)) == 4
        await eventually(lambda: 1.0 in post.time.slept)
        post.time.advance(1.0)
        await server.wait_for(lambda: len(texts(server)) == 5)
        await eventually(lambda: post.time.slept.count(1.0) >= 2)
        post.time.advance(1.0)
        await post.sender.idle()

    assert texts(server) == [str(number) for number in range(6)]


async def test_all_chats_together_get_thirty_a_second(server: SandboxServer, post: Post) -> None:
    """Forty chats: thirty messages go at once, the others as the second passes."""
    for chat_id in range(1, 41):
        server.person(chat_id)
        await post.put(message("halo", chat_id=chat_id), chat_id=chat_id)

    async with post.running():
        await server.wait_for(lambda: len(server.messages_of("sendMessage")) == 30)
        await eventually(lambda: not post.sender._sending)
        assert await post.left() == 10
        post.time.flying = True
        post.time.advance(1.0)
        await post.sender.idle()

    assert len(server.messages_of("sendMessage")) == 40
    assert post.time.seconds >= 1.0


async def test_flood_refusal_stops_its_chat_only(server: SandboxServer, post: Post) -> None:
    """After a 429 that chat is silent for as long as told, and the call is then repeated in its place."""
    server.person(2)
    server.faults.fail("sendMessage", status=429, retry_after=30, chat_id=OWNER)
    await post.put(message("satu"), message("dua"))

    async with post.running():
        await eventually(lambda: OWNER in post.sender._resting)
        await post.put(message("halo", chat_id=2), chat_id=2)
        await server.wait_for(lambda: texts(server, 2) == ["halo"])
        post.time.advance(29)
        await post.put(message("lagi", chat_id=2), chat_id=2)
        await server.wait_for(lambda: texts(server, 2) == ["halo", "lagi"])
        assert texts(server) == []
        post.time.advance(1.1)
        await post.sender.idle()

    assert texts(server) == ["satu", "dua"]
    assert post.parked == []


@pytest.mark.parametrize("status", [401, 404, 409, 500, 502])
async def test_trouble_is_tried_again_for_as_long_as_it_takes(
    server: SandboxServer, post: Post, status: int
) -> None:
    """Pauses double up to a minute; nothing is given up and nothing overtakes."""
    post.time.flying = True
    server.faults.fail("sendMessage", status=status, times=8)
    await post.put(message("satu"), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["satu", "dua"]
    assert post.time.seconds >= 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60


async def test_flood_refusal_without_time_is_tried_again(server: SandboxServer, post: Post) -> None:
    """A 429 that doesn't say how long counts as any other trouble."""
    post.time.flying = True
    server.faults.fail("sendMessage", status=429)
    await post.put(message("satu"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["satu"]


async def test_reset_after_delivery_repeats(server: SandboxServer, post: Post) -> None:
    """When nobody knows whether a message arrived it is sent again: shown twice is better than never."""
    post.time.flying = True
    server.faults.reset("sendMessage", moment=Moment.AFTER)
    await post.put(message("satu"), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["satu", "satu", "dua"]


async def test_blocked_owner_is_noted(server: SandboxServer, post: Post) -> None:
    """403: the calls are set aside, and the owner is marked as away."""
    await post.knows()
    server.person(OWNER).blocks()
    await post.put(message("satu"))

    async with post.running():
        await post.sender.idle()

    assert (await post.owner()).blocked == post.time.now()
    assert await post.left() == 0
    assert post.parked == []


async def test_refused_call_is_parked_and_told(server: SandboxServer, post: Post) -> None:
    """400 for good: the next call goes on, and somebody hears of it."""
    await post.put(message("x" * 5000), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["dua"]
    assert post.parked == [("sendMessage", "BadRequest('Message is too long')")]


async def test_fault_of_ours_is_parked_in_the_end(
    server: SandboxServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A call that we can't even make doesn't silence its chat for ever."""
    post.time.flying = True

    async def faulty(telegram: Bot, method: str, parameters: Parameters) -> JsonValue:
        if parameters["text"] == "satu":
            raise TypeError("a fault of ours")
        return await call_api(telegram, method, parameters)

    monkeypatch.setattr(bot.sender, "call_api", faulty)
    await post.put(message("satu"), message("dua"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["dua"]
    assert post.parked == [("sendMessage", "TypeError('a fault of ours')")]
    assert post.time.seconds >= 1 + 2 + 4 + 8 + 16 + 32 + 60


async def test_question_is_remembered_and_edited(server: SandboxServer, post: Post) -> None:
    """A new question's message is the one that edits and strips mean from then on."""
    await post.knows()
    await post.put(
        message("q1", CallRole.QUESTION), edit("q1 dijawab"), strip(), message("q2", CallRole.QUESTION)
    )

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["q1 dijawab", "q2"]
    assert (await post.owner()).question_message_id == server.person(OWNER).messages[-1].message_id


async def test_edit_that_changes_nothing_is_success(server: SandboxServer, post: Post) -> None:
    """Repeating an edit is harmless, and no other message appears."""
    await post.knows()
    await post.put(message("q1", CallRole.QUESTION), edit("q1"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["q1"]
    assert post.parked == []
    assert await post.left() == 0


@pytest.mark.parametrize("question", [None, 999])
async def test_question_without_message_is_asked_anew(
    server: SandboxServer, post: Post, question: int | None
) -> None:
    """When the question's message is gone, or never was, its edit becomes a new message and the question."""
    await post.knows(question=question)
    await post.put(strip(), edit("q1"), strip())

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["q1"]
    assert (await post.owner()).question_message_id == server.person(OWNER).messages[-1].message_id
    assert post.parked == []


async def test_waiting_edits_collapse(server: SandboxServer, post: Post) -> None:
    """Of edits that wait together only the newest is made."""
    await post.knows()
    await post.put(message("q1", CallRole.QUESTION))
    for number in range(5):
        await post.put(edit(f"edit {number}"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["edit 4"]
    assert len(server.messages_of("editMessageText")) == 1


async def test_restart_sends_what_was_left(server: SandboxServer, post: Post) -> None:
    """A sender starts with what its predecessor left, and keeps to a pause that was told before."""
    server.faults.fail("sendMessage", status=429, retry_after=30)
    await post.put(message("satu"))
    async with post.running():
        await eventually(lambda: OWNER in post.sender._resting)
    assert await post.left() == 1

    post.sender = post.new_sender()
    async with post.running():
        await post.sender.idle()
        assert texts(server) == []
        await eventually(lambda: post.time.sleepers)
        post.time.advance(31)
        await server.wait_for(lambda: texts(server) == ["satu"])


async def test_outcome_is_written_down_when_the_database_is_back(server: SandboxServer, post: Post) -> None:
    """A message that went out isn't sent again because its success couldn't be stored at once."""
    post.time.flying = True
    await post.put(message("satu"))
    post.database.writes_to_fail = 5

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["satu"]
    assert await post.left() == 0


async def test_call_finished_during_a_read_goes_once(server: SandboxServer, post: Post) -> None:
    """The outbox as it was before a call was finished doesn't bring that call back."""
    server.faults.delay("sendMessage", 0.05)
    await post.put(message("satu"))

    async with post.running():
        await server.wait_for(lambda: server.messages_of("sendMessage"))
        post.database.reads_are_late = asyncio.Event()
        post.sender.wake()
        await server.wait_for(lambda: texts(server) == ["satu"])
        await eventually(lambda: not post.sender._sending)
        post.database.reads_are_late.set()
        await post.sender.idle()

    assert texts(server) == ["satu"]


async def test_unreadable_outbox_is_read_again(server: SandboxServer, post: Post) -> None:
    """A database that fails for a while stops nothing for good."""
    post.time.flying = True
    post.database.reads_to_fail = 5
    await post.put(message("satu"))

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["satu"]


async def test_clock_set_back_holds_nothing_up(server: SandboxServer, post: Post) -> None:
    """Calls queued before the machine's clock went back two days go out all the same."""
    await post.put(message("satu"))
    post.time.seconds -= 172_800

    async with post.running():
        await post.sender.idle()

    assert texts(server) == ["satu"]


async def test_press_is_answered_at_once(server: SandboxServer, post: Post) -> None:
    """Answers to presses and chat actions don't queue, and their failure is nobody's trouble."""
    owner = server.person(OWNER)
    keyboard = {"inline_keyboard": [[{"text": "Ya", "callback_data": "ya"}]]}
    await post.bot.send_message(OWNER, "q", api_kwargs={"reply_markup": keyboard})
    owner.taps(owner.messages[0].message_id, "Ya")
    query = server.updates.pending[-1].update["callback_query"]
    assert isinstance(query, dict)

    async with post.running():
        post.sender.answer("gone")
        post.sender.answer(str(query["id"]), "Tersimpan", alert=True)
        post.sender.action(OWNER, "upload_photo")
        await server.wait_for(lambda: owner.toasts == ["Tersimpan"])
        await server.wait_for(lambda: server.messages_of("sendChatAction"))

    assert post.sender._quick == set()


async def test_stop_finishes_the_calls_being_made(server: SandboxServer, post: Post) -> None:
    """A call under way is finished and written down; the rest waits for the next start."""
    server.faults.delay("sendMessage", 0.05)
    await post.put(message("satu"), message("dua"))
    task = asyncio.create_task(post.sender.run())
    await server.wait_for(lambda: server.messages_of("sendMessage"))

    await post.sender.stop()
    await task

    assert texts(server) == ["satu"]
    assert await post.left() == 1


async def test_stop_gives_up_a_call_that_hangs(
    server: SandboxServer, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram's silence doesn't hold up the end; the call is made again after the next start."""
    monkeypatch.setattr(bot.sender, "STOP_SECONDS", 0.05)
    server.faults.hang("sendMessage")
    await post.put(message("satu"))
    task = asyncio.create_task(post.sender.run())
    await server.wait_for(lambda: server.messages_of("sendMessage"))

    async with asyncio.timeout(2):
        await post.sender.stop()
        await task

    assert await post.left() == 1


async def test_many_chats_keep_their_order(server: SandboxServer, post: Post) -> None:
    """A hundred chats with five messages each: every chat reads them in order, once."""
    post.time.flying = True
    for chat_id in range(1, 101):
        server.person(chat_id)
        await post.put(*[message(str(number), chat_id=chat_id) for number in range(5)], chat_id=chat_id)

    async with post.running():
        await post.sender.idle()

    for chat_id in range(1, 101):
        assert texts(server, chat_id) == ["0", "1", "2", "3", "4"]
