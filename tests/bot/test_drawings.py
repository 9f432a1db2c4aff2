"""Drawing jobs: coalesced, tried again, parked, and forgotten with their owner; somebody always answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest
from telegram import Bot

from bot import drawings as module
from bot.content import load_content
from bot.drawings import DRAW, Drawings, drawing_payload
from bot.outbound import Outbound
from bot.sender import Sender
from conversations.requests import Drawing, DrawPicture
from journey.model import JourneyMap, Language
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.picture import Format, Layout, Picture
from renderers.words import PictureWords
from renderers.worker import DrawingFailed, Trouble
from storage.records import Call, JsonValue
from storage.transactions import Transaction
from tests.bot.faketime import START, FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.content import the_example
from tests.drawers import PlainRoom

OWNER = 7


class FailingRoom(PlainRoom):
    """Fails the next so many drawings."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    async def draw(
        self, journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
    ) -> tuple[Picture, ...]:
        pictures = await super().draw(journey_map, layout, format, words)
        if self.failures > 0:
            self.failures -= 1
            raise DrawingFailed(Trouble.CRASH)
        return pictures


class GatedRoom(PlainRoom):
    """Finishes a drawing when the test opens the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gate = asyncio.Event(), asyncio.Event()

    async def draw(
        self, journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
    ) -> tuple[Picture, ...]:
        self.begun.set()
        await self.gate.wait()
        return await super().draw(journey_map, layout, format, words)


@dataclass
class Studio:
    """Drawings at work on a real database; nothing is sent."""

    database: FlakyDatabase
    telegram: Bot
    room: PlainRoom
    time: FakeTime = field(default_factory=FakeTime)
    asked_again: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        content = load_content()
        outbound = Outbound(Messages(load_catalogs(), content.knowledge), content.knowledge, content.matcher)
        sender = Sender(self.telegram, self.database, clock=self.time)
        self.drawings = Drawings(
            database=self.database,
            sender=sender,
            clock=self.time,
            outbound=outbound,
            room=self.room,
            ask_again=self._ask_again,
            sleep=self.time.sleep,
        )

    def _ask_again(self, transaction: Transaction, owner_id: int, now: datetime) -> None:
        self.asked_again.append(owner_id)

    async def wants(self, drawing: Drawing, journey_map: JourneyMap) -> None:
        payload = drawing_payload(DrawPicture(drawing, journey_map), Language.ID)
        await self.wants_raw(drawing, payload, journey_map.id)

    async def wants_raw(self, drawing: str, payload: dict[str, JsonValue], key: str = "m") -> None:
        await self.database.write(
            lambda transaction: transaction.jobs.add(f"{DRAW}{drawing}", key, OWNER, payload, START, START)
        )
        self.drawings.wake()

    async def queued(self) -> list[Call]:
        """Return what waits to be sent, taking it out."""

        def taken(transaction: Transaction) -> list[Call]:
            calls = []
            while rows := transaction.outbox.heads(self.time.now(), 1):
                calls.append(rows[0].call)
                transaction.outbox.sent(rows[0].id, self.time.now(), (), {})
            return calls

        return await self.database.write(taken)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.drawings.run())
        try:
            yield
        finally:
            await self.drawings.stop()
            await task


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second try follows the first without a pause."""
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)


@pytest.fixture
def a_map() -> JourneyMap:
    return the_example().as_map(Language.ID, id="m", now=START)


async def test_an_album_comes_with_advice_and_the_question(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Pictures, then what to do, then the question, all queued at once."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(Drawing.ALBUM, a_map)
        await studio.drawings.idle()

    calls = await studio.queued()
    assert [call.method for call in calls[:2]] == ["sendMediaGroup", "sendMessage"]
    assert len(calls[0].pictures) == 6
    assert studio.asked_again == [OWNER]


@pytest.mark.parametrize("drawing", [Drawing.PREVIEW, Drawing.EXAMPLE])
async def test_other_pictures_come_without_advice(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, drawing: Drawing
) -> None:
    """Advice belongs to a finished map."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(drawing, a_map)
        await studio.drawings.idle()

    assert [call.role for call in await studio.queued()] == ["pictures"]


async def test_wishes_for_the_same_map_are_drawn_once(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Only the newest state of a map is worth drawing."""
    room = PlainRoom()
    studio = Studio(database, telegram, room)
    for number in range(5):
        await studio.wants(Drawing.ALBUM, replace(a_map, title=f"Peta {number}"))
    async with studio.open():
        await studio.drawings.idle()

    assert [drawn.title for drawn, _ in room.drawn] == ["Peta 4"]


async def test_a_map_changed_while_it_is_drawn_is_drawn_anew(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The picture of the older state isn't sent."""
    room = GatedRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.ALBUM, replace(a_map, title="lama"))
        await room.begun.wait()
        await studio.wants(Drawing.ALBUM, replace(a_map, title="baru"))
        room.gate.set()
        await studio.drawings.idle()

    assert [call.method for call in await studio.queued()].count("sendMediaGroup") == 1
    assert room.drawn[-1][0].title == "baru"


@pytest.mark.usefixtures("at_once")
async def test_a_failure_is_tried_once_more(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The first crash may be the machine's: nobody hears of it."""
    studio = Studio(database, telegram, FailingRoom(1))
    async with studio.open():
        await studio.wants(Drawing.PREVIEW, a_map)
        await studio.drawings.idle()

    assert [call.role for call in await studio.queued()] == ["pictures"]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    ("drawing", "texts"), [(Drawing.ALBUM, 3), (Drawing.EXAMPLE, 2), (Drawing.PREVIEW, 0)]
)
async def test_the_second_failure_gives_the_text(
    database: FlakyDatabase,
    telegram: Bot,
    a_map: JourneyMap,
    drawing: Drawing,
    texts: int,
) -> None:
    """A word of regret, the map as text, the advice; a preview, which nobody asked for, just doesn't come."""
    studio = Studio(database, telegram, FailingRoom(9))
    async with studio.open():
        await studio.wants(drawing, a_map)
        await studio.drawings.idle()

    calls = await studio.queued()
    assert {call.method for call in calls} <= {"sendMessage"}
    assert len(calls) >= texts
    assert (len(calls) > 0) == (texts > 0)
    assert studio.asked_again == ([OWNER] if texts else [])


async def test_a_job_of_another_release_is_put_aside(database: FlakyDatabase, telegram: Bot) -> None:
    """What can't be read is parked; the next job is drawn."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants_raw("hologram", {"drawing": "hologram", "language": "id", "map": {}})
        await studio.drawings.idle()

    assert await studio.queued() == []


async def test_what_was_erased_meanwhile_is_not_sent(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """A picture of somebody who left is thrown away."""
    room = GatedRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.ALBUM, a_map)
        await room.begun.wait()
        await database.write(lambda transaction: transaction.owners.erase(OWNER))
        room.gate.set()
        await studio.drawings.idle()

    assert await studio.queued() == []
    assert studio.asked_again == []


async def test_a_picture_that_could_not_be_stored_is_drawn_again(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """The job is done only with its picture in the outbox."""
    room = GatedRoom()
    studio = Studio(database, telegram, room, FakeTime(flying=True))
    async with studio.open():
        await studio.wants(Drawing.PREVIEW, a_map)
        await room.begun.wait()
        database.writes_to_fail = 1
        room.gate.set()
        await studio.drawings.idle()

    assert len(room.drawn) == 2
    assert len(await studio.queued()) == 1


async def test_stopping_leaves_the_job_for_the_next_start(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """What is being drawn at the end is drawn by the next process."""
    room = GatedRoom()
    async with (studio := Studio(database, telegram, room)).open():
        await studio.wants(Drawing.PREVIEW, a_map)
        await room.begun.wait()
    again = Studio(database, telegram, PlainRoom())
    async with again.open():
        again.drawings.wake()
        await again.drawings.idle()

    assert len(await again.queued()) == 1
