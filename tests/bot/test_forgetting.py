"""Data nobody needs any more are erased, and never without a word to who can be told."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from telegram import Bot

from bot.forgetting import EVERY_SECONDS, Forgetting
from conversations.engine import RETENTION_DAYS
from conversations.schedule import Reminding, Zone
from conversations.session import Session, dump_session, load_session
from conversations.steps import StepId
from journey.document import dump_map
from journey.model import JourneyMap, Language
from storage.records import Call, OwnerRow
from storage.tables import owners
from storage.transactions import Transaction
from tests.bot.faketime import START, FakeTime, eventually
from tests.bot.flaky import FlakyDatabase
from tests.bot.keeper import (
    BUDI,
    FROM_A_NEWER_RELEASE,
    JAKARTA,
    SITI,
    keeper_of,
    stored_by_a_newer_release,
    taken,
)

DAY = 86_400.0
MONTH = timedelta(days=30)
WARN_DAY = RETENTION_DAYS - 30 + 1
"""The first whole day after which an owner is warned. The tests begin at 15.00 in Jakarta."""


@dataclass
class Keeper:
    """A bot's memory at work on a real database; nothing is sent, time moves when told."""

    database: FlakyDatabase
    time: FakeTime
    forgetting: Forgetting

    async def meets(
        self, journey_map: JourneyMap | None, owner_id: int = SITI, *, zone: Zone | None = None
    ) -> None:
        """Keep an owner, seen now, with a map and a question on the screen."""
        language = Language.ID if owner_id == SITI else Language.EN
        map_id = journey_map.id if journey_map else None
        session = Session(owner_id, language, map_id=map_id, reminding=Reminding(zone))

        def work(transaction: Transaction) -> None:
            transaction.owners.save(owner_id, dump_session(session), expected=None, now=self.time.now())
            transaction.owners.remember_question(owner_id, 55)
            if journey_map is not None:
                transaction.maps.save(owner_id, dump_map(journey_map), self.time.now())

        await self.database.write(work)

    async def days_pass(self, days: float) -> None:
        """Let time pass, then look."""
        self.time.advance(days * DAY)
        await self.forgetting.look()

    async def row(self, owner_id: int = SITI) -> OwnerRow | None:
        return await self.database.read(lambda transaction: transaction.owners.load(owner_id))

    async def queued(self) -> list[Call]:
        """Return what waits to be sent, taking it out."""
        return await taken(self.database, self.time)


@pytest.fixture
def retention() -> int:
    """How many days data are kept."""
    return RETENTION_DAYS


@pytest.fixture
def keeper(database: FlakyDatabase, telegram: Bot, fake_time: FakeTime, retention: int) -> Keeper:
    parts = keeper_of(database, telegram, fake_time)
    forgetting = Forgetting(
        database=database,
        sender=parts.sender,
        clock=fake_time,
        outbound=parts.outbound,
        ask_again=parts.turns.ask_again,
        retention=timedelta(days=retention),
        zone=JAKARTA,
        sleep=fake_time.sleep,
    )
    return Keeper(database, fake_time, forgetting)


async def test_an_owner_is_warned_once_in_their_language(keeper: Keeper, a_map: JourneyMap) -> None:
    """A month before, with the day and one button; looking again tells nothing more."""
    await keeper.meets(a_map)
    await keeper.days_pass(WARN_DAY - 2)
    assert await keeper.queued() == []

    await keeper.days_pass(2)

    stripped, asked = await keeper.queued()
    until = (keeper.time.now() + MONTH).astimezone(JAKARTA)
    assert stripped.method == "editMessageReplyMarkup"
    assert "Peta Kakak masih mau disimpan?" in str(asked.params["text"])
    assert f"{until:%d-%m-%Y}" in str(asked.params["text"])
    assert "Simpan petaku" in str(asked.params["reply_markup"])
    row = await keeper.row()
    assert row is not None
    session = load_session(row.session)
    assert (session.side, session.revision, row.seen) == (StepId.RETENTION, row.revision, START)
    await keeper.days_pass(1)
    assert await keeper.queued() == []


async def test_a_warning_keeps_what_a_newer_release_stored(keeper: Keeper, a_map: JourneyMap) -> None:
    """Whoever rolls back for a month loses nothing of what the newer release knows of an owner."""
    await keeper.meets(a_map)
    await stored_by_a_newer_release(keeper.database, SITI)

    await keeper.days_pass(WARN_DAY)

    row = await keeper.row()
    assert row is not None
    assert load_session(row.session).side is StepId.RETENTION
    assert row.session[FROM_A_NEWER_RELEASE] == ["kept"]


async def test_who_was_warned_and_stayed_away_is_erased(keeper: Keeper, a_map: JourneyMap) -> None:
    """Thirty days after the warning, with all maps; the last screen loses its buttons without a message."""
    await keeper.meets(a_map)
    await keeper.days_pass(WARN_DAY)
    await keeper.queued()
    await keeper.days_pass(29)
    assert await keeper.row() is not None

    await keeper.days_pass(2)

    assert await keeper.row() is None
    assert await keeper.database.read(lambda transaction: transaction.maps.list(SITI)) == ()
    (last,) = await keeper.queued()
    assert (last.method, last.params["message_id"]) == ("editMessageText", 55)
    assert "sudah dihapus" in str(last.params["text"])


async def test_nobody_is_warned_at_night(keeper: Keeper, a_map: JourneyMap) -> None:
    """What falls due at night in Jakarta waits for eight in the morning."""
    await keeper.meets(a_map)
    told = {}
    keeper.time.advance(WARN_DAY * DAY + 5 * 3600)

    for hour in (20, 23, 3, 7, 8):
        local = keeper.time.now().astimezone(JAKARTA)
        wait = (hour - local.hour) % 24
        keeper.time.advance(wait * 3600.0)
        await keeper.forgetting.look()
        told[hour] = len(await keeper.queued())

    assert told == {20: 0, 23: 0, 3: 0, 7: 0, 8: 2}


async def test_nobody_is_warned_at_night_where_they_live(keeper: Keeper, a_map: JourneyMap) -> None:
    """At nineteen in Jakarta it is twenty-one in Jayapura."""
    await keeper.meets(a_map, zone=Zone.WIT)
    await keeper.meets(replace(a_map, id="b"), BUDI, zone=Zone.WIB)

    await keeper.days_pass(WARN_DAY + 4 / 24)

    assert {call.params["chat_id"] for call in await keeper.queued()} == {BUDI}
    await keeper.days_pass(13 / 24)
    assert {call.params["chat_id"] for call in await keeper.queued()} == {SITI}


async def test_who_is_late_gets_the_whole_notice(keeper: Keeper, a_map: JourneyMap) -> None:
    """After the bot was off for two years everybody is warned first."""
    await keeper.meets(a_map)
    await keeper.days_pass(3 * 365)
    await keeper.queued()

    await keeper.days_pass(29)

    assert await keeper.row() is not None


async def test_whoever_comes_back_is_kept(keeper: Keeper, a_map: JourneyMap) -> None:
    """Any contact begins the time anew."""
    await keeper.meets(a_map)
    await keeper.days_pass(WARN_DAY)
    await keeper.queued()
    now = keeper.time.now()
    await keeper.database.write(lambda transaction: transaction.owners.touch(SITI, now))

    await keeper.days_pass(WARN_DAY - 2)

    assert await keeper.row() is not None
    assert await keeper.queued() == []


async def test_who_blocked_us_is_erased_silently(keeper: Keeper, a_map: JourneyMap) -> None:
    """Nothing is sent to somebody who doesn't want to hear from us."""
    await keeper.meets(a_map)
    await keeper.database.write(lambda transaction: transaction.owners.block(SITI, START))

    await keeper.days_pass(RETENTION_DAYS + 1)

    assert await keeper.row() is None
    assert await keeper.queued() == []


async def test_who_left_is_erased_the_next_day(keeper: Keeper, a_map: JourneyMap) -> None:
    """Also at night: what is taken away makes no sound."""
    await keeper.meets(a_map)
    await keeper.meets(None, BUDI)
    after = START + timedelta(hours=24)
    await keeper.database.write(lambda transaction: transaction.owners.leave(SITI, after))
    await keeper.days_pass(0.99)
    assert await keeper.row() is not None

    await keeper.days_pass(0.02)

    assert await keeper.row() is None
    assert await keeper.row(BUDI) is not None
    assert [call.method for call in await keeper.queued()] == ["editMessageText"]


async def test_a_deleted_map_is_erased_after_its_time(keeper: Keeper, a_map: JourneyMap) -> None:
    """Its owner stays."""
    await keeper.meets(a_map)
    await keeper.database.write(lambda transaction: transaction.maps.delete(a_map.id, SITI, START + MONTH))
    await keeper.days_pass(29)
    kept = await keeper.database.read(lambda transaction: transaction.maps.deleted(SITI))

    await keeper.days_pass(1)

    gone = await keeper.database.read(lambda transaction: transaction.maps.deleted(SITI))
    assert (len(kept), gone) == (1, ())
    assert await keeper.row() is not None


async def test_one_broken_session_keeps_nobody_in_the_dark(keeper: Keeper, a_map: JourneyMap) -> None:
    """The others are warned."""
    await keeper.meets(a_map)
    await keeper.meets(JourneyMap("b", Language.EN, START, START), BUDI)

    def breaks(transaction: Transaction) -> None:
        broken = {"format": "jejak-session/1", "note": "not of ours"}
        transaction.owners.connection.execute(
            update(owners).where(owners.c.owner_id == SITI).values(session=broken)
        )

    await keeper.database.write(breaks)

    await keeper.days_pass(WARN_DAY)

    assert any("Shall I keep your maps?" in str(call.params.get("text")) for call in await keeper.queued())


async def test_one_broken_session_keeps_nobody_from_being_erased(keeper: Keeper, a_map: JourneyMap) -> None:
    """Neither its own owner, who is told so, nor the others."""
    await keeper.meets(a_map)
    await keeper.meets(None, BUDI)

    def leave(transaction: Transaction) -> None:
        for owner_id in (SITI, BUDI):
            transaction.owners.leave(owner_id, keeper.time.now())
        broken = {"format": "jejak-session/1", "language": "en"}
        transaction.owners.connection.execute(
            update(owners).where(owners.c.owner_id == SITI).values(session=broken)
        )

    await keeper.database.write(leave)

    await keeper.days_pass(1)

    assert (await keeper.row(SITI), await keeper.row(BUDI)) == (None, None)
    assert any("has been deleted" in str(call.params["text"]) for call in await keeper.queued())


async def test_a_failed_look_is_made_up_for(keeper: Keeper, a_map: JourneyMap) -> None:
    """The database may be out of order; five minutes later everything due is done."""
    await keeper.meets(a_map)
    keeper.time.advance(WARN_DAY * DAY)
    keeper.database.writes_to_fail = 1
    running = asyncio.create_task(keeper.forgetting.run())
    await eventually(lambda: keeper.time.sleepers)

    keeper.time.advance(EVERY_SECONDS)
    await eventually(lambda: len(keeper.time.slept) > 1)

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(await keeper.queued()) == 2


@pytest.mark.parametrize("retention", [10])
async def test_a_short_retention_has_a_short_notice(keeper: Keeper, a_map: JourneyMap) -> None:
    """Half of it, so that nobody is warned the moment they come."""
    await keeper.meets(a_map)

    await keeper.days_pass(4.99)
    early = await keeper.queued()
    await keeper.days_pass(0.02)
    warned = await keeper.queued()
    await keeper.days_pass(5.01)

    assert (early, len(warned)) == ([], 2)
    assert await keeper.row() is None


def test_the_tests_begin_in_the_afternoon() -> None:
    """What the tests above say of days holds in waking hours."""
    assert START.astimezone(JAKARTA) == datetime(2026, 3, 1, 15, tzinfo=JAKARTA)
