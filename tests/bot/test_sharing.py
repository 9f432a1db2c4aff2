"""A picture for whoever opened a link is sent only while the link is in force."""

from collections.abc import Callable

import pytest
from telegram import Bot

from bot.wishes import Wish, put_wish, read_wish
from conversations.requests import Drawing
from conversations.session import Session, dump_session
from journey.document import dump_map
from journey.model import JourneyMap, Language
from storage.records import ShareRow
from storage.transactions import Transaction
from tests.bot.faketime import START
from tests.bot.flaky import FlakyDatabase
from tests.bot.studio import OWNER, FailingRoom, GatedRoom, Studio
from tests.drawers import PlainRoom

READER = 8
Ending = Callable[[Transaction], None]
ENDINGS: dict[str, Ending] = {
    "revoked": lambda kept: kept.shares.revoke("token", OWNER),
    "deleted": lambda kept: kept.maps.delete("m", OWNER, START),
    "left": lambda kept: kept.owners.leave(OWNER, START),
    "erased": lambda kept: kept.owners.erase(OWNER),
}


async def shared(database: FlakyDatabase, journey_map: JourneyMap) -> None:
    """Keep a map with a link to it, and a reader."""

    def keep(kept: Transaction) -> None:
        for person in (OWNER, READER):
            session = Session(person, Language.ID)
            kept.owners.save(person, dump_session(session), expected=None, now=START)
        kept.maps.save(OWNER, dump_map(journey_map), START)
        kept.shares.add(ShareRow("token", OWNER, journey_map.id, None, START))

    await database.write(keep)


async def visits(studio: Studio, journey_map: JourneyMap, token: str = "token") -> None:
    """Ask for the picture of a link."""
    wish = Wish(Drawing.SHARED, Language.ID, journey_map, link=token)
    await studio.database.write(lambda kept: put_wish(kept, READER, wish, START))
    studio.drawings.wake()


async def test_a_reader_gets_the_album_and_their_question(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Without advice, which is the owner's business."""
    await shared(database, a_map)
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        await visits(studio, a_map)
        await studio.drawings.idle()

    assert [call.role for call in await studio.queued()] == ["message", "pictures"]
    assert studio.asked_again == [READER]


@pytest.mark.parametrize("ending", list(ENDINGS))
@pytest.mark.parametrize("drawn_before", [False, True])
async def test_a_link_that_ends_while_its_picture_waits_shows_none(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, ending: str, drawn_before: bool
) -> None:
    """Whether it has to be drawn or only to be sent again: the job is gone, and nothing comes."""
    await shared(database, a_map)
    studio = Studio(database, telegram, PlainRoom())
    async with studio.open():
        if drawn_before:
            await visits(studio, a_map)
            await studio.drawings.idle()
            await studio.queued()
        await database.write(ENDINGS[ending])
        await visits(studio, a_map)
        await studio.drawings.idle()

        assert await studio.queued() == []
        assert await database.read(lambda kept: kept.jobs.due(studio.time.now(), 10)) == ()


async def test_a_link_that_ends_while_its_picture_is_drawn_shows_none(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Also in the last moment."""
    await shared(database, a_map)
    room = GatedRoom()
    studio = Studio(database, telegram, room)
    async with studio.open():
        await visits(studio, a_map)
        await room.begun.wait()
        await database.write(ENDINGS["revoked"])
        room.gate.set()
        await studio.drawings.idle()

        assert await studio.queued() == []


async def test_two_links_to_one_map_are_both_drawn(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap
) -> None:
    """Opened one right after the other, neither takes the other's place."""
    await shared(database, a_map)
    await database.write(lambda kept: kept.shares.add(ShareRow("other", OWNER, a_map.id, "s1", START)))
    studio = Studio(database, telegram, PlainRoom())
    await visits(studio, a_map)
    await visits(studio, a_map, "other")
    async with studio.open():
        await studio.drawings.idle()

    assert len(await studio.pictures()) == 2


async def test_a_shared_map_that_cannot_be_drawn_was_told_already(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text came with the link: only the apology follows."""
    monkeypatch.setattr("bot.drawings.AGAIN_SECONDS", 0.0)
    await shared(database, a_map)
    studio = Studio(database, telegram, FailingRoom(failures=2))
    async with studio.open():
        await visits(studio, a_map)
        await studio.drawings.idle()

    (told,) = await studio.queued()
    assert "gambarnya gagal dibuat" in str(told.params["text"])


def test_a_wish_remembers_its_link(a_map: JourneyMap) -> None:
    """Also across a release that didn't know of links."""
    wish = Wish(Drawing.SHARED, Language.ID, a_map, link="token")

    assert read_wish(wish.payload()).link == "token"
    assert read_wish({k: v for k, v in wish.payload().items() if k != "link"}).link is None
