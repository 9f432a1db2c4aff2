import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

import bot.lanes
from bot.lanes import Lanes
from storage.records import AlreadyDone, InboxRow, RawUpdate
from tests.bot.faketime import FakeTime, eventually
from tests.bot.flaky import FlakyDatabase


class Desk:
    """A handler that notes what it handled, and fails where it is told to."""

    def __init__(self, database: FlakyDatabase, time: FakeTime, limit: int = 64) -> None:
        self.database = database
        self.time = time
        self.handled: list[tuple[int, int]] = []
        self.tried: list[int] = []
        self.parked: list[tuple[int, str]] = []
        self.poisoned: Counter[int] = Counter()
        self.open = asyncio.Event()
        self.open.set()
        self.busy: set[int] = set()
        self.most_busy = 0
        self.lanes = Lanes(
            database, self.handle, clock=time, on_parked=self.on_parked, limit=limit, sleep=time.sleep
        )

    async def handle(self, row: InboxRow) -> None:
        assert row.chat_id not in self.busy
        self.busy.add(row.chat_id)
        self.most_busy = max(self.most_busy, len(self.busy))
        try:
            self.tried.append(row.update_id)
            await self.open.wait()
            if self.poisoned[row.update_id] > 0:
                self.poisoned[row.update_id] -= 1
                raise ValueError("poison")
            now = self.time.now()
            await self.database.write(lambda transaction: transaction.inbox.done(row.update_id, now))
            self.handled.append((row.chat_id, row.update_id))
        finally:
            self.busy.discard(row.chat_id)

    async def on_parked(self, row: InboxRow, reason: str) -> None:
        self.parked.append((row.update_id, reason))

    async def receives(self, *updates: tuple[int, int]) -> None:
        rows = [RawUpdate(update_id, chat_id, "{}") for chat_id, update_id in updates]
        now = self.time.now()
        new = await self.database.write(lambda transaction: transaction.inbox.add(rows, now))
        self.lanes.wake([row.chat_id for row in new])

    async def left(self) -> int:
        return await self.database.read(lambda transaction: transaction.inbox.count())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.lanes.run())
        try:
            yield
        finally:
            await self.lanes.stop()
            await task


@pytest.fixture
def desk(database: FlakyDatabase) -> Desk:
    return Desk(database, FakeTime(flying=True))


async def test_chats_go_side_by_side_and_each_in_order(desk: Desk) -> None:
    """Of 200 chats with five updates each up to 64 are in work at once, and none has two in work."""
    updates = [(chat_id, 1000 * turn + chat_id) for turn in range(5) for chat_id in range(1, 201)]
    desk.open.clear()

    async with desk.running():
        await desk.receives(*updates)
        await eventually(lambda: desk.most_busy == 64)
        desk.open.set()
        await desk.lanes.idle()

    assert desk.most_busy == 64
    assert sorted(desk.handled) == sorted(updates)
    for chat_id in range(1, 201):
        assert [update for chat, update in desk.handled if chat == chat_id] == [
            1000 * turn + chat_id for turn in range(5)
        ]


async def test_backlog_starves_nobody(database: FlakyDatabase) -> None:
    """A chat with a hundred updates lets others in after each."""
    desk = Desk(database, FakeTime(), limit=1)
    await desk.receives(*((1, number) for number in range(1, 101)))
    await desk.receives((2, 201), (2, 202), (3, 301))

    async with desk.running():
        await desk.lanes.idle()

    assert desk.handled[:6] == [(1, 1), (2, 201), (3, 301), (1, 2), (2, 202), (1, 3)]
    assert len(desk.handled) == 103


async def test_start_picks_up_what_waits(desk: Desk) -> None:
    """After a restart nobody has to write again."""
    now = desk.time.now()
    rows = [RawUpdate(number, chat_id, "{}") for number, chat_id in ((1, 7), (2, 8), (3, 7))]
    await desk.database.write(lambda transaction: transaction.inbox.add(rows, now))

    async with desk.running():
        await desk.lanes.idle()

    assert sorted(desk.handled) == [(7, 1), (7, 3), (8, 2)]


async def test_poisoned_update_is_parked_and_the_lane_goes_on(desk: Desk) -> None:
    """Three tries, then the owner is told and the next update of the same chat is handled."""
    desk.poisoned[1] = 99

    async with desk.running():
        await desk.receives((7, 1), (7, 2), (8, 3))
        await desk.lanes.idle()

    assert desk.tried.count(1) == 3
    assert desk.parked == [(1, "ValueError: poison")]
    assert sorted(desk.handled) == [(7, 2), (8, 3)]
    assert desk.time.slept == [0.5, 1.0]
    assert await desk.left() == 0


async def test_failing_update_holds_up_its_own_chat_only(database: FlakyDatabase) -> None:
    """While a chat pauses before the next try, the others go on, and its later updates keep their place."""
    desk = Desk(database, FakeTime())
    desk.poisoned[1] = 1

    async with desk.running():
        await desk.receives((7, 1), (7, 2))
        await eventually(lambda: desk.time.slept)
        await desk.receives((7, 3), *((8, number) for number in range(10, 20)))
        await eventually(lambda: len(desk.handled) == 10)
        assert {chat for chat, _ in desk.handled} == {8}
        desk.time.advance(0.5)
        await desk.lanes.idle()

    assert desk.handled[10:] == [(7, 1), (7, 2), (7, 3)]


async def test_on_parked_may_fail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lane goes on even when the owner can't be told."""

    async def on_parked(_: InboxRow, reason: str) -> None:
        raise RuntimeError(reason)

    monkeypatch.setattr(desk.lanes, "_on_parked", on_parked)
    desk.poisoned[1] = 99

    async with desk.running():
        await desk.receives((7, 1), (7, 2))
        await desk.lanes.idle()

    assert desk.handled == [(7, 2)]


async def test_unreadable_inbox_is_tried_again(desk: Desk) -> None:
    """A database that fails for a while loses nothing and costs no update a try."""
    async with desk.running():
        await desk.lanes.idle()
        desk.database.reads_to_fail = 5
        await desk.receives((7, 1), (8, 2))
        await desk.lanes.idle()

    assert sorted(desk.handled) == [(7, 1), (8, 2)]


async def test_full_disk_parks_nothing(desk: Desk) -> None:
    """When not even the failure can be stored, the update keeps its tries until the disk has room."""
    async with desk.running():
        await desk.lanes.idle()
        await desk.receives((7, 1))
        desk.database.writes_to_fail = 20
        await desk.lanes.idle()

    assert desk.handled == [(7, 1)]
    assert desk.parked == []


async def test_update_that_another_process_handled_is_left_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Being too late is no failure: the lane goes on without a pause."""
    handle = desk.handle

    async def handle_twice(row: InboxRow) -> None:
        await handle(row)
        raise AlreadyDone("update doesn't wait")

    monkeypatch.setattr(desk.lanes, "_handle", handle_twice)

    async with desk.running():
        await desk.receives((7, 1), (7, 2))
        await desk.lanes.idle()

    assert desk.handled == [(7, 1), (7, 2)]
    assert desk.time.slept == []


async def test_stop_finishes_what_is_in_work_and_leaves_the_rest(desk: Desk) -> None:
    """At the end no update is half done, and what waits is there at the next start."""
    desk.open.clear()
    task = asyncio.create_task(desk.lanes.run())
    await desk.receives((7, 1), (7, 2), (8, 3))
    await eventually(lambda: len(desk.busy) == 2)

    stopping = asyncio.create_task(desk.lanes.stop())
    await asyncio.sleep(0)
    desk.open.set()
    await stopping
    await task

    assert sorted(desk.handled) == [(7, 1), (8, 3)]
    assert await desk.left() == 1


async def test_stop_waits_for_nobody_for_ever(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handler that hangs is given up; its update is handled after the next start."""
    monkeypatch.setattr(bot.lanes, "STOP_SECONDS", 0.05)
    desk.open.clear()
    task = asyncio.create_task(desk.lanes.run())
    await desk.receives((7, 1))
    await eventually(lambda: desk.busy)

    async with asyncio.timeout(2):
        await desk.lanes.stop()
        await task

    assert desk.handled == []
    assert await desk.left() == 1


async def test_cancelled_lanes_start_nothing_more(desk: Desk) -> None:
    """Without a stop, too, nothing goes on behind the back of whoever ended it."""
    desk.open.clear()
    task = asyncio.create_task(desk.lanes.run())
    await desk.receives(*((chat_id, chat_id) for chat_id in range(1, 101)))
    await eventually(lambda: len(desk.busy) == 64)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert desk.busy == set()
    assert len(desk.tried) == 64
    assert not desk.lanes._working
    assert await desk.left() == 100


async def test_stop_ends_pauses(database: FlakyDatabase) -> None:
    """A chat that pauses before its next try doesn't hold up the end."""
    desk = Desk(database, FakeTime())
    desk.poisoned[1] = 1
    task = asyncio.create_task(desk.lanes.run())
    await desk.receives((7, 1))
    await eventually(lambda: desk.time.slept)

    async with asyncio.timeout(2):
        await desk.lanes.stop()
        await task

    assert await desk.left() == 1
