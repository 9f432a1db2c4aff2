import json
from collections.abc import Sequence

import pytest

from bot.intake import Intake, lane_of
from storage.records import InboxRow
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase

CHAT = {"id": 7, "type": "private"}


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        ({"update_id": 1, "message": {"chat": CHAT, "from": {"id": 9}}}, 7),
        ({"update_id": 1, "edited_message": {"chat": CHAT}}, 7),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -100123}, "from": {"id": 9}}}, -100123),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": CHAT, "date": 0}}}, 7),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "data": "x"}}, 9),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "message": None}}, 9),
        ({"update_id": 1, "something_new": {"chat": {"id": 8}}}, 8),
        ({"update_id": 1, "something_new": {"user": {"id": 8}}}, 8),
        ({"update_id": 1, "poll": {"id": "5"}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": "7"}}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": True}}}, 0),
        ({"update_id": 1, "message": {"chat": {"id": 2**70}}}, 0),
        ({"update_id": 1, "message": {"chat": [7]}}, 0),
        ({"update_id": 1, "message": "halo"}, 0),
        ({"update_id": 1}, 0),
        ({}, 0),
    ],
)
def test_lane_is_chat_or_person(update: dict[str, object], lane: int) -> None:
    """Every update has a lane, whatever is wrong with it."""
    assert lane_of(update) == lane


class Lanes:
    def __init__(self) -> None:
        self.woken: list[tuple[int, ...]] = []

    def wake(self, chat_ids: Sequence[int]) -> None:
        self.woken.append(tuple(chat_ids))


async def next_of(database: FlakyDatabase, chat_id: int) -> InboxRow | None:
    return await database.read(lambda transaction: transaction.inbox.next(chat_id))


async def count(database: FlakyDatabase) -> int:
    return await database.read(lambda transaction: transaction.inbox.count())


def message(update_id: int, chat_id: int, text: str = "halo") -> dict[str, object]:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "text": text}}


async def test_new_updates_are_stored_and_wake_their_lanes(
    database: FlakyDatabase, fake_time: FakeTime
) -> None:
    """A batch is stored as it came, and each chat is woken once."""
    lanes = Lanes()
    intake = Intake(database, fake_time, lanes.wake)

    await intake.take([message(3, 7, "a\ud800\x00🎪"), message(4, 8), message(5, 7)])

    row = await next_of(database, 7)
    assert row is not None
    assert json.loads(row.payload) == message(3, 7, "a\ud800\x00🎪")
    assert lanes.woken == [(7, 8)]
    assert await count(database) == 3


async def test_repeats_are_ignored(database: FlakyDatabase, fake_time: FakeTime) -> None:
    """What Telegram delivers again is neither stored nor handled again, not even when it is done."""
    lanes = Lanes()
    intake = Intake(database, fake_time, lanes.wake)
    await intake.take([message(3, 7)])
    await database.write(lambda transaction: transaction.inbox.done(3, fake_time.now()))

    await intake.take([message(3, 7), message(3, 7)])

    assert lanes.woken == [(7,)]
    assert await count(database) == 0


async def test_without_update_id_is_dropped(database: FlakyDatabase, fake_time: FakeTime) -> None:
    """What can't be told apart can't be stored; the rest of its batch is."""
    intake = Intake(database, fake_time, Lanes().wake)

    await intake.take(
        [{"message": {}}, {"update_id": "4"}, {"update_id": 2**80}, "halo", None, message(5, 7)]
    )

    assert await count(database) == 1


async def test_nothing_wakes_before_commit(database: FlakyDatabase, fake_time: FakeTime) -> None:
    """A batch that can't be stored raises, so that nobody confirms it, and wakes nobody."""
    lanes = Lanes()
    intake = Intake(database, fake_time, lanes.wake)
    database.writes_to_fail = 1

    with pytest.raises(OSError, match="full"):
        await intake.take([message(3, 7)])

    assert lanes.woken == []
