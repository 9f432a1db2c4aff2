"""Sharing a map in the chat: a link for others to look, for a while, for one stage, and taken back."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from conversations.steps import StepId
from journey.model import Language
from renderers.picture import Layout
from tests.bot_process import bot_process
from tests.chat import BUDI, TOKEN, House, Owner, house
from tests.drawers import PlainRoom
from tests.journeys.conftest import BOTH
from tests.journeys.test_erasing import a_day_passes, leaves
from tests.journeys.test_kill import FINISHED, act, begun, confirmed, question
from tests.journeys.test_several_maps import finishes

NUMBER = "081234567890"
ALBUM = 6
"""Pictures of the example: a cover and five stages."""
GONE = {Language.ID: "Link itu nggak bisa kubuka", Language.EN: "I can't open that link"}
SHOWN = {Language.ID: "cuma buat dilihat", Language.EN: "Shared with you to look at"}
COMMAND = {Language.ID: "/bagikan", Language.EN: "/share"}


@pytest.fixture
def reader(bot: House, language: Language) -> Owner:
    return bot.owner(BUDI, language=language)


async def shares(owner: Owner, days: int = 0, stage: str | None = None) -> str:
    """Make a link to the open map and return the payload behind it."""
    await owner.says(COMMAND[owner.language])
    await owner.taps(owner.label("share_stage" if stage else "share_map"))
    if stage:
        await owner.taps(stage)
    await owner.taps(owner.label("term", days=days))
    found = re.search(r"https://t\.me/\w+\?start=(s_[\w-]+)", owner.question.text)
    assert found, owner.question.text
    assert len(found[1]) <= 64
    return found[1]


async def opens(reader: Owner, payload: str) -> None:
    """Follow a link, as a tap on it does."""
    await reader.says(f"/start {payload}")


@BOTH
async def test_somebody_else_looks_at_a_shared_map(owner: Owner, reader: Owner, language: Language) -> None:
    """From the last screen: text and pictures come without the owner's, then the stranger's welcome."""
    await finishes(owner)
    await owner.taps(owner.label("share"))
    await owner.taps(owner.label("share_map"))
    await owner.restart()
    await owner.taps(owner.label("term", days=30))
    payload = (await owner.session()).share
    journey_map = await owner.map()

    await opens(reader, f"s_{payload}")

    assert len(await reader.pictures(7)) == 7
    reader.sees(SHOWN[language], *(stage.name for stage in journey_map.stages))
    assert reader.label("begin") in reader.question.labels
    session = await reader.session()
    assert (session.consent, session.map_id) == (None, None)
    assert await reader.maps() == ()
    assert await owner.map() == journey_map
    await owner.says(COMMAND[language])
    owner.sees("1x")


async def test_a_revoked_link_shows_nothing_after_a_restart(owner: Owner, reader: Owner) -> None:
    """The owner sees their own link, revokes it, and it is as if it had never been."""
    await finishes(owner)
    payload = await shares(owner)
    await opens(owner, payload)
    owner.sees("Ini link Kakak sendiri")
    assert len(await owner.pictures(7)) == 7
    await owner.says("/bagikan")
    owner.sees("Semua tahap", "belum ada yang buka")
    await owner.taps("🔗 1. Semua tahap")
    await owner.restart()

    await owner.taps(owner.label("revoke"))
    owner.sees("sudah dicabut")
    await owner.restart()
    await opens(reader, payload)

    reader.sees(GONE[Language.ID])
    revoked = reader.question.text
    await opens(reader, "s_" + "x" * 22)
    assert reader.question.text == revoked
    assert reader.photos == []


async def test_a_link_ends_when_its_time_is_over(owner: Owner, reader: Owner) -> None:
    """The last day it works, the day after it doesn't, and it is off the list."""
    await owner.reaches_stages()
    await owner.taps_first(4)
    payload = await shares(owner, days=7)
    owner.house.days_pass(6.9)
    await opens(reader, payload)
    reader.sees("belum selesai")

    owner.house.days_pass(0.2)
    await opens(reader, payload)

    reader.sees(GONE[Language.ID])
    await owner.says("/bagikan")
    assert not [label for label in owner.question.labels if "Semua tahap" in label]


async def test_one_stage_shows_no_other_and_ends_with_it(owner: Owner, reader: Owner) -> None:
    """A reader with a map of their own goes on with it; the owner removes the stage and the link is gone."""
    room = PlainRoom()
    owner.house.make_room = lambda: room
    await owner.restart()
    await owner.reaches_stages()
    await owner.taps_first(18)
    payload = await shares(owner, stage="3. Beli")
    await reader.reaches_stages()
    room.drawn.clear()

    await opens(reader, payload)

    reader.sees("Tahap “Beli” dari peta")
    shown = [message.text for message in reader.news if "Beli" in message.text]
    assert [text for text in shown if "Kenal" in text or "Timbang" in text] == []
    (drawn,) = [journey_map for journey_map, layout in room.drawn if layout is Layout.ALBUM]
    assert [stage.name for stage in drawn.stages] == ["Beli"]
    assert (await reader.session()).step is StepId.TOUCHPOINTS
    reader.sees("Tahap 1/6")

    await owner.says("/batal")
    await owner.taps("Atur tahap")
    await owner.taps("3. Beli")
    await owner.taps("Hapus tahap")
    await owner.taps("Ya, hapus tahap ini")
    owner.sees("Link ke tahap itu ikut aku cabut.")
    await opens(reader, payload)
    reader.sees(GONE[Language.ID])


async def test_a_customers_number_stays_with_the_owner(owner: Owner, reader: Owner) -> None:
    """Kept though it was pointed out, it is in neither the text nor the picture of a reader."""
    room = PlainRoom()
    owner.house.make_room = lambda: room
    await owner.restart()
    await owner.reaches_stages()
    await owner.taps_first(2)
    await owner.says(f"Bu Rini {NUMBER} nanya terus")
    await owner.says("/batal")
    assert NUMBER in repr(await owner.map())
    payload = await shares(owner)
    room.drawn.clear()

    await opens(reader, payload)

    reader.sees("Bu Rini … nanya terus")
    assert NUMBER not in repr(room.drawn)
    assert room.drawn


async def test_another_maps_menu_shares_that_map(owner: Owner, reader: Owner) -> None:
    """Its picture to forward, a link to it, and back to its menu; the open map is another."""
    await finishes(owner)
    finished = await owner.map()
    await owner.says("/baru")
    await owner.says("/peta")
    await owner.taps("✅ ")

    await owner.taps(owner.label("share"))
    await owner.taps(owner.label("share_picture"))
    assert len(await owner.pictures(1)) == 1
    await owner.restart()
    await owner.taps(owner.label("share_map"))
    await owner.taps(owner.label("term", days=0))
    await opens(reader, f"s_{(await owner.session()).share}")

    reader.sees(*(stage.name for stage in finished.stages))
    await owner.taps(owner.label("back"))
    await owner.taps(owner.label("back"))
    assert owner.label("map_rename") in owner.question.labels


async def test_who_leaves_or_deletes_the_map_shares_nothing(owner: Owner, reader: Owner) -> None:
    """At once, not only when it is erased; what can be undone brings the link back."""
    await finishes(owner)
    payload = await shares(owner)
    await owner.says("/hapus")
    await owner.taps("🗑 Peta")
    await owner.taps(owner.label("erase_yes"))
    await opens(reader, payload)
    reader.sees(GONE[Language.ID])

    await owner.taps(owner.label("undelete"))
    await opens(reader, payload)
    reader.sees("cuma buat dilihat")
    await leaves(owner)
    await opens(reader, payload)
    reader.sees(GONE[Language.ID])
    await a_day_passes(owner.house)

    assert await owner.house.read(lambda kept: kept.shares.of_owner(owner.person.id)) == ()
    await opens(reader, payload)
    reader.sees(GONE[Language.ID])


def shown(owner: Owner) -> str:
    """Return the words and the buttons of the question, empty while there is none."""
    asked = question(owner.person)
    return "\n".join((asked.text, *asked.labels)) if asked else ""


@pytest.mark.slow
async def test_a_kill_after_any_step_loses_no_link_and_brings_none_back(tmp_path: Path) -> None:
    """Killed once each step was stored: the link is made once, shown, and revoked for good."""
    async with house(tmp_path) as bot:
        owner, reader = bot.owner(), bot.owner(BUDI)
        for line in FINISHED[:-1]:
            await bot.settled(act(owner.person, line))
        await bot.stop()
        environment = {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": bot.server.url,
            "DATABASE_URL": bot.settings.database_url,
        }

        async with bot_process(environment, tmp_path / "log") as process:
            await begun(bot.server)

            async def does(someone: Owner, line: str, wanted: str, photos: int = 0) -> None:
                await confirmed(bot.server, act(someone.person, line))
                await process.kill()
                await process.start()
                await begun(bot.server)
                await bot.server.wait_for(
                    lambda: wanted in shown(someone) and len(someone.photos) >= photos, timeout=60
                )

            await does(owner, "say /bagikan", "🔗 Kirim link")
            await does(owner, "tap 🔗 Kirim link", "Selamanya")
            await does(owner, "tap Selamanya", "t.me")
            (payload,) = re.findall(r"start=(s_[\w-]+)\s+⏳", shown(owner))
            await does(reader, f"say /start {payload}", "Mulai peta", photos=ALBUM)
            await does(owner, "tap 🚫 Cabut link ini", "🔗 Kirim link")
            await does(reader, f"say /start {payload}", GONE[Language.ID])

        with closing(sqlite3.connect(bot.database_path)) as connection:
            assert connection.execute("SELECT count(*) FROM shares").fetchone() == (0,)
            assert len(reader.photos) == ALBUM
