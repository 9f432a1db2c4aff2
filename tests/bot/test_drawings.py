"""Drawing jobs: coalesced, tried again, parked, and forgotten with their owner; somebody always answers."""

from dataclasses import replace

import pytest
from telegram import Bot

from bot import drawings as module
from bot.shapes import SHAPE_OF
from conversations.requests import SHAPES, Drawing
from journey.model import JourneyMap
from renderers.picture import Layout
from tests.bot.faketime import FakeTime, eventually
from tests.bot.flaky import FlakyDatabase
from tests.bot.studio import OWNER, FailingRoom, GatedRoom, Studio
from tests.drawers import PlainRoom


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second try follows the first without a pause."""
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)


async def test_an_album_comes_with_advice_and_the_question(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """A heading, the pictures, then what to do, then the question, all queued at once."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(Drawing.ALBUM, a_map)
        await studio.drawings.idle()

    calls = await studio.queued()
    assert [call.method for call in calls[:3]] == ["sendMessage", "sendMediaGroup", "sendMessage"]
    assert len(calls[1].pictures) == 6
    assert studio.asked_again == [OWNER]


@pytest.mark.parametrize("drawing", [drawing for drawing in Drawing if drawing is not Drawing.ALBUM])
async def test_other_pictures_come_without_advice(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, drawing: Drawing
) -> None:
    """Advice belongs to a finished map."""
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await studio.wants(drawing, a_map)
        await studio.drawings.idle()

    heading = ["message"] if SHAPE_OF[drawing].layout in (Layout.ALBUM, Layout.STORY) else []
    assert [call.role for call in await studio.queued()] == [*heading, "pictures"]


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
    ("drawing", "texts"),
    [(Drawing.ALBUM, 3), (Drawing.EXAMPLE, 2), (Drawing.PREVIEW, 0), *((shape, 2) for shape in SHAPES)],
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


async def test_a_second_try_comes_when_it_is_due(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Nobody waits longer for the second try than was planned."""
    room = FailingRoom(1)
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.PREVIEW, a_map)
        await eventually(lambda: studio.time.slept.count(module.AGAIN_SECONDS))
        assert len(room.drawn) == 1
        studio.time.advance(module.AGAIN_SECONDS)
        await studio.drawings.idle()

    assert [call.role for call in await studio.queued()] == ["pictures"]


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


async def test_nothing_is_told_of_what_was_erased_meanwhile(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A last try that fails for somebody who left doesn't bring their map back as text."""
    monkeypatch.setattr(module, "TRIES", 1)
    room = FailingRoom(9)
    room.before_failing = lambda: database.write(lambda transaction: transaction.owners.erase(OWNER))
    studio = Studio(database, telegram, room)
    async with studio.open():
        await studio.wants(Drawing.ALBUM, a_map)
        await studio.drawings.idle()

    assert len(room.drawn) == 1
    assert await studio.queued() == []


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
