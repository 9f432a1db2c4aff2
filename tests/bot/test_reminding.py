"""Owners are reminded once, by day, and never in the middle of something."""

import asyncio
import functools
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import update
from telegram import Bot

from bot import reminding
from bot.forgetting import Forgetting
from bot.reminding import AFTER_TROUBLE, EVERY_SECONDS
from conversations.schedule import Zone
from conversations.steps import StepId
from journey.document import dump_map
from journey.gaps import gaps
from journey.model import JourneyMap, Status
from storage.owners import Owners
from storage.records import OwnerRow, ReminderRow
from storage.tables import owners
from storage.transactions import Transaction
from tests.bot.faketime import START, FakeTime, eventually
from tests.bot.flaky import FlakyDatabase
from tests.bot.keeper import (
    BUDI,
    FROM_A_NEWER_RELEASE,
    JAKARTA,
    SITI,
    Keeper,
    keeper_of,
    stored_by_a_newer_release,
)

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def half(a_map: JourneyMap) -> JourneyMap:
    """A map of which two stages are open."""
    bare = [replace(stage, pains=(), feelings=()) for stage in a_map.stages[3:]]
    return replace(a_map, stages=(*a_map.stages[:3], *bare), accepted=frozenset(gaps(a_map)))


@pytest.fixture
def keeper(database: FlakyDatabase, telegram: Bot, fake_time: FakeTime) -> Keeper:
    return keeper_of(database, telegram, fake_time)


async def test_an_owner_is_reminded_twice_and_then_left_in_peace(keeper: Keeper, half: JourneyMap) -> None:
    """In one line with two buttons; the map's title and where it stands are in it."""
    await keeper.meets(half, due=START + DAY)
    await keeper.passes(DAY - HOUR)
    early = await keeper.told()

    await keeper.passes(HOUR)
    first = await keeper.told()
    await keeper.passes(3 * DAY)
    second = await keeper.told()
    await keeper.passes(30 * DAY)

    assert early == []
    assert [owner for owner, _ in (*first, *second)] == [SITI, SITI]
    assert "baru sampai <b>Tahap 4/5" in first[0][1]
    assert await keeper.told() == []
    assert await keeper.waiting() == ()


async def test_being_reminded_is_no_sign_of_life(keeper: Keeper, half: JourneyMap) -> None:
    """How long data are kept counts from when the owner was here, and the question waits as it was."""
    await keeper.meets(half, due=START + DAY)
    before = await keeper.session()

    await keeper.passes(DAY)

    row, session = await keeper.row(), await keeper.session()
    assert (row.seen, row.unanswered, row.reminded) == (START, 1, keeper.time.now())
    assert (session.side, session.cell, session.revision) == (StepId.NUDGE, before.cell, row.revision)


async def test_a_reminder_keeps_what_a_newer_release_stored(keeper: Keeper, half: JourneyMap) -> None:
    """The session says that a map was spoken of, and what we don't know of stays beside it."""
    await keeper.meets(half, due=START + DAY)
    await stored_by_a_newer_release(keeper.database, SITI)
    before = (await keeper.row()).session

    await keeper.passes(DAY)

    after = (await keeper.row()).session
    assert after != before
    assert after[FROM_A_NEWER_RELEASE] == ["kept"]


async def test_looking_again_tells_nothing_more(keeper: Keeper, half: JourneyMap) -> None:
    """Not in the same minute, and not after a restart."""
    await keeper.meets(half, due=START + DAY)
    await keeper.passes(DAY)
    await keeper.told()

    for _ in range(3):
        await keeper.passes(timedelta(seconds=EVERY_SECONDS))

    assert await keeper.told() == []


async def test_two_processes_that_look_at_once_remind_once(keeper: Keeper, half: JourneyMap) -> None:
    """Whoever comes second finds the row gone."""
    await keeper.meets(half, due=START + DAY)
    keeper.time.advance(DAY.total_seconds())

    await asyncio.gather(keeper.reminding.look(), keeper.reminding.look())

    assert len(await keeper.told()) == 1
    assert [(row.count, row.due - keeper.time.now()) for row in await keeper.waiting()] == [(1, 3 * DAY)]


async def test_a_reminder_that_breaks_off_is_as_if_it_had_not_begun(
    keeper: Keeper, half: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever kills it before the commit: nothing is queued, nothing counted, and it comes later, once."""
    await keeper.meets(half, due=START + DAY)
    before = await keeper.row()

    def dies(kept: Owners, owner_id: int, now: datetime) -> None:
        raise OSError(owner_id, now)

    monkeypatch.setattr(Owners, "reminded", dies)
    await keeper.passes(DAY)
    monkeypatch.undo()

    assert await keeper.told() == []
    assert await keeper.row() == before
    await keeper.passes(DAY)
    assert len(await keeper.told()) == 1


@pytest.mark.parametrize(
    ("zone", "night", "day"),
    [
        (None, (18, 21, 2, 7), (8, 17)),
        (Zone.WIB, (20, 0, 7), (8, 19)),
        (Zone.WITA, (19, 23, 6), (7, 18)),
        (Zone.WIT, (18, 22, 5), (6, 17)),
    ],
)
async def test_nobody_is_reminded_at_night(
    keeper: Keeper, half: JourneyMap, zone: Zone | None, night: tuple[int, ...], day: tuple[int, ...]
) -> None:
    """Hours are Jakarta's. Who didn't say where they live is told while it is day in all three zones."""
    await keeper.meets(half, due=START, zone=zone)
    told = {}

    for hour in (*night, *day):
        keeper.time.advance(30 * 3600)
        local = keeper.time.now().astimezone(JAKARTA)
        keeper.time.advance((hour - local.hour) % 24 * 3600)
        row = ReminderRow(SITI, "unfinished", half.id, "", keeper.time.now(), 0)
        await keeper.does(functools.partial(_keep_again, row=row))
        await keeper.reminding.look()
        told[hour] = len(await keeper.told())

    assert told == {**dict.fromkeys(night, 0), **dict.fromkeys(day, 1)}


def _keep_again(transaction: Transaction, *, row: ReminderRow) -> None:
    transaction.reminders.put(row)


async def test_an_owner_who_is_here_is_not_interrupted(keeper: Keeper, half: JourneyMap) -> None:
    """An hour after the last tap at the earliest, and then without being asked for it again."""
    await keeper.meets(half, due=START + DAY)
    keeper.time.advance(DAY.total_seconds())
    await keeper.does(lambda transaction: transaction.owners.touch(SITI, keeper.time.now()))

    await keeper.reminding.look()
    here = await keeper.told()
    await keeper.passes(HOUR)

    assert here == []
    assert len(await keeper.told()) == 1


@pytest.mark.parametrize("blocks", [True, False], ids=["blocked", "left"])
async def test_nobody_is_reminded_who_went_away(keeper: Keeper, half: JourneyMap, blocks: bool) -> None:
    """Nothing is queued for them; their reminder waits or goes with them."""
    await keeper.meets(half, due=START + DAY)
    if blocks:
        await keeper.does(lambda transaction: transaction.owners.block(SITI, START))
    else:
        await keeper.does(lambda transaction: transaction.owners.leave(SITI, START + DAY))

    await keeper.passes(DAY)

    assert await keeper.told() == []


@pytest.mark.parametrize("what", ["finished", "archived", "deleted"])
async def test_what_is_settled_needs_no_reminder(keeper: Keeper, half: JourneyMap, what: str) -> None:
    """The row is forgotten without a word."""
    await keeper.meets(half, due=START + DAY)

    def settle(transaction: Transaction) -> None:
        match what:
            case "finished":
                done = replace(half, status=Status.FINISHED, finished=START)
                transaction.maps.save(SITI, dump_map(done), START)
            case "archived":
                transaction.maps.archive(half.id, SITI, START)
            case _:
                transaction.maps.delete(half.id, SITI, START + 30 * DAY)

    await keeper.does(settle)

    await keeper.passes(DAY)

    assert await keeper.told() == []
    assert await keeper.waiting() == ()


async def test_a_reminder_and_the_warning_before_data_expire_do_not_collide(
    keeper: Keeper, half: JourneyMap
) -> None:
    """The warning stays on the screen, and the reminder waits for another day."""
    await keeper.meets(half, due=START + 366 * DAY)
    keeper.time.advance((366 * DAY).total_seconds())
    forgetting = Forgetting(
        database=keeper.database,
        sender=keeper.sender,
        clock=keeper.time,
        outbound=keeper.outbound,
        ask_again=keeper.turns.ask_again,
        retention=timedelta(days=395),
        zone=JAKARTA,
        sleep=keeper.time.sleep,
    )

    await forgetting.look()
    await keeper.reminding.look()

    ((_, warned),) = await keeper.told()
    assert "masih mau disimpan" in warned
    assert (await keeper.session()).side is StepId.RETENTION
    assert [row.due > keeper.time.now() + 12 * HOUR for row in await keeper.waiting()] == [True]


async def test_one_broken_session_keeps_nobody_in_the_dark(keeper: Keeper, half: JourneyMap) -> None:
    """The others are reminded, and the broken one is tried again some hours later."""
    await keeper.meets(half, due=START + DAY)
    await keeper.meets(replace(half, id="b"), BUDI, due=START + DAY)

    def breaks(transaction: Transaction) -> None:
        broken = {"format": "jejak-session/1", "note": "not of ours"}
        transaction.owners.connection.execute(
            update(owners).where(owners.c.owner_id == SITI).values(session=broken)
        )

    await keeper.does(breaks)

    await keeper.passes(DAY)

    ((told, text),) = await keeper.told()
    assert told == BUDI
    assert "stage 4/5" in text
    assert [row.due for row in await keeper.waiting()] == [keeper.time.now() + AFTER_TROUBLE]


async def test_more_than_are_read_at_once_are_all_reminded(
    keeper: Keeper, half: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page, those who can't be reminded now included."""
    monkeypatch.setattr(reminding, "AT_ONCE", 3)
    for number in range(10):
        await keeper.meets(replace(half, id=f"m{number}"), BUDI + number, due=START + DAY)
    await keeper.does(lambda transaction: transaction.owners.touch(BUDI, START + DAY))

    await keeper.passes(DAY)

    assert [owner for owner, _ in await keeper.told()] == [BUDI + number for number in range(1, 10)]


async def test_who_was_quicker_keeps_what_they_did(
    keeper: Keeper, half: JourneyMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A session that moved on between reading and writing isn't overwritten; the next look goes on."""
    await keeper.meets(half, due=START + DAY)
    load = Owners.load

    def slow(kept: Owners, owner_id: int) -> OwnerRow | None:
        row = load(kept, owner_id)
        assert row is not None
        kept.save(owner_id, row.session, expected=row.revision, now=START + DAY)
        return row

    monkeypatch.setattr(Owners, "load", slow)
    await keeper.passes(DAY)
    monkeypatch.undo()

    assert await keeper.told() == []
    await keeper.passes(2 * HOUR)
    assert len(await keeper.told()) == 1


async def test_a_failed_look_is_made_up_for(keeper: Keeper, half: JourneyMap) -> None:
    """The database may be out of order; a minute later everything due is done."""
    await keeper.meets(half, due=START + DAY)
    keeper.time.advance(DAY.total_seconds())
    keeper.database.writes_to_fail = 2
    running = asyncio.create_task(keeper.reminding.run())
    await eventually(lambda: keeper.time.sleepers)

    keeper.time.advance(EVERY_SECONDS)
    await eventually(lambda: len(keeper.time.slept) > 1)

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(await keeper.told()) == 1


def test_the_tests_begin_in_the_afternoon() -> None:
    """What the tests above say of days holds in waking hours."""
    assert START.astimezone(JAKARTA) == datetime(2026, 3, 1, 15, tzinfo=JAKARTA)
