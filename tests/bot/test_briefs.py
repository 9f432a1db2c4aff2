"""What is drawn may be passed on: no picture, caption or name of a file tells a customer's number."""

from dataclasses import replace

import pytest
from telegram import Bot

from bot import drawings as module
from bot.briefs import brief_of
from bot.content import load_content
from bot.wishes import Wish, put_wish
from conversations.requests import DataFile, Drawing
from journey.model import Entry, Feeling, JourneyMap, Language, Shop
from locales.catalog import load_catalogs
from renderers.messages import Messages
from storage.records import Call
from tests.bot.faketime import START
from tests.bot.flaky import FlakyDatabase
from tests.bot.studio import OWNER, FailingRoom, Studio
from tests.drawers import PlainRoom

NUMBER, OLD_NUMBER, SHOP_NUMBER = "081234567890", "081398765432", "085711112222"


def numbered(journey_map: JourneyMap, number: str = NUMBER) -> JourneyMap:
    """Return the map, finished, with a customer's number wherever an owner may have typed one."""
    first, *others = journey_map.stages
    first = replace(
        first,
        name=f"Chat {number}",
        pains=(Entry(f"Bu Rini {number} nggak dibalas"), *first.pains),
        feelings=(Feeling(f"kesal {number}", 1),),
    )
    return replace(
        journey_map,
        title=f"Bu Rini {number}",
        shop=Shop(journey_map.shop.business, f"Kopi {SHOP_NUMBER}"),
        persona=replace(journey_map.persona, worry=Entry(f"WA {number}")),
        finished=START,
        stages=(first, *others),
    )


def wish_of(drawing: Drawing, journey_map: JourneyMap) -> Wish:
    before = numbered(journey_map, OLD_NUMBER) if drawing is Drawing.COMPARISON else None
    return Wish(drawing, Language.ID, numbered(journey_map), before=before)


def said(calls: list[Call]) -> str:
    """Return all that these calls say."""
    return "".join(repr(call.params) for call in calls)


@pytest.mark.parametrize("drawing", list(Drawing))
def test_what_is_drawn_holds_no_number(a_map: JourneyMap, drawing: Drawing) -> None:
    """Neither version of a comparison does; the shop's own name stays as it is."""
    content = load_content()
    wish = wish_of(drawing, a_map)

    brief = brief_of(wish, drawing, Messages(load_catalogs(), content.knowledge))

    drawn = repr((brief.journey_map, brief.second))
    assert (NUMBER in drawn, OLD_NUMBER in drawn) == (False, False)
    assert brief.journey_map.shop == wish.journey_map.shop
    assert brief.journey_map.title == "Bu Rini …"
    assert NUMBER in repr(brief.wish)


@pytest.mark.parametrize("drawing", list(Drawing))
async def test_what_stands_with_a_picture_holds_no_number(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, drawing: Drawing
) -> None:
    """The heading and every caption are forwarded with it, and so is the name of a file."""
    studio = Studio(database, telegram, PlainRoom())
    await database.write(lambda kept: put_wish(kept, OWNER, wish_of(drawing, a_map), START))
    async with studio.open():
        await studio.drawings.idle()

    queued = await studio.queued()
    last = max(place for place, call in enumerate(queued) if call.pictures)
    calls = queued[: last + 1]  # advice and the comparison in words follow, for the owner alone
    digests = [digest for call in calls for digest in call.pictures]
    kept = await database.read(lambda transaction: [transaction.pictures.get(digest) for digest in digests])
    names = [picture.name for picture in kept if picture]
    assert names
    told = said(calls) + "".join(names)
    assert (NUMBER in told, OLD_NUMBER in told) == (False, False)


async def test_the_owners_own_text_stays_exact(
    database: FlakyDatabase, telegram: Bot, a_map: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes in place of a picture that can't be drawn is the owner's to read; so is the backup."""
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.0)
    studio = Studio(database, telegram, FailingRoom(9))
    async with studio.open():
        await studio.wants(Drawing.PORTRAIT, numbered(a_map))
        await studio.drawings.idle()
        assert NUMBER in said(await studio.queued())

        await studio.wants(DataFile.JSON, numbered(a_map))
        await studio.drawings.idle()

    (call,) = await studio.pictures()
    (digest,) = call.pictures
    backup = await database.read(lambda transaction: transaction.pictures.get(digest))
    assert backup is not None
    assert NUMBER.encode() in (backup.content or b"")
