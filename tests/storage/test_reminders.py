"""Reminders wait for their time, one for each thing, and for nobody who doesn't want to be told."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.records import OwnerRow, ReminderRow, StaleRevision
from storage.transactions import Transaction
from tests.storage.samples import BUDI, LATER, NOW, SITI, map_document, session

KINDS = ("unfinished", "action")
HOUR = timedelta(hours=1)


def reminder(
    kind: str = "unfinished", map_id: str = "m1", subject: str = "", due: datetime = NOW
) -> ReminderRow:
    return ReminderRow(SITI, kind, map_id, subject, due, 0)


def keep(database: Database, *rows: ReminderRow) -> None:
    """Keep reminders, and their owners where they are new."""

    def work(kept: Transaction) -> None:
        for row in rows:
            if kept.owners.load(row.owner_id) is None:
                kept.owners.save(row.owner_id, session(), expected=None, now=NOW)
            kept.reminders.put(row)

    database.write_now(work)


def due(database: Database, now: datetime = NOW, limit: int = 10) -> tuple[ReminderRow, ...]:
    return database.read_now(lambda kept: kept.reminders.due(now, KINDS, limit))


def waiting(database: Database) -> tuple[ReminderRow, ...]:
    return database.read_now(lambda kept: kept.reminders.of_owner(SITI))


def the_owner(database: Database) -> OwnerRow:
    owner = database.read_now(lambda kept: kept.owners.load(SITI))
    assert owner is not None
    return owner


def test_a_reminder_takes_the_place_of_the_one_of_the_same_thing(database: Database) -> None:
    """Kind, map and subject say which thing; another subject is another thing."""
    other = reminder("action", subject="r.1")
    keep(database, reminder(), other, reminder("action", subject="r.2"))
    later = replace(reminder(due=LATER), count=1)

    keep(database, later)

    assert waiting(database) == (other, reminder("action", subject="r.2"), later)


def test_a_forgotten_reminder_is_gone_and_no_other(database: Database) -> None:
    """Forgetting what isn't there is no trouble."""
    keep(database, reminder(), reminder(map_id="m2"), replace(reminder(), owner_id=BUDI))

    database.write_now(lambda kept: kept.reminders.forget(SITI, "unfinished", "m1", ""))
    database.write_now(lambda kept: kept.reminders.forget(SITI, "unfinished", "m1", ""))

    assert waiting(database) == (reminder(map_id="m2"),)
    assert due(database) == (replace(reminder(), owner_id=BUDI), reminder(map_id="m2"))


def test_what_is_due_comes_by_its_time(database: Database) -> None:
    """The longest due first; what is due this moment is due, and no more at once than asked for."""
    rows = [reminder(map_id=f"m{hours}", due=NOW - hours * HOUR) for hours in (1, 3, 0, 2)]
    keep(database, *rows, reminder(map_id="m9", due=LATER))

    assert [row.map_id for row in due(database)] == ["m3", "m2", "m1", "m0"]
    assert [row.map_id for row in due(database, limit=2)] == ["m3", "m2"]
    assert due(database, NOW - 4 * HOUR) == ()


def test_kinds_of_another_release_wait(database: Database) -> None:
    """What nobody understands yet, or any more, is neither told nor thrown away."""
    keep(database, reminder("anniversary"))

    assert due(database) == ()
    assert waiting(database) == (reminder("anniversary"),)


@pytest.mark.parametrize("left", [True, False], ids=["left", "blocked"])
def test_nobody_who_blocked_us_or_left_is_told(database: Database, left: bool) -> None:
    """As long as they stay away; who comes back is told as everybody else."""
    keep(database, reminder())

    database.write_now(lambda kept: kept.owners.leave(SITI, LATER) if left else kept.owners.block(SITI, NOW))
    away = due(database)
    database.write_now(lambda kept: kept.owners.stay(SITI) if left else kept.owners.unblock(SITI))

    assert (away, due(database)) == ((), (reminder(),))


def test_a_reminder_counts_until_the_next_sign_of_life(database: Database) -> None:
    """Being told is no sign of life: when the owner was here last stays."""
    keep(database, reminder())

    database.write_now(lambda kept: kept.owners.reminded(SITI, NOW))
    database.write_now(lambda kept: kept.owners.save_unseen(SITI, session(page=1), expected=1))
    database.write_now(lambda kept: kept.owners.reminded(SITI, LATER))

    told = the_owner(database)
    assert (told.unanswered, told.reminded, told.seen, told.revision) == (2, LATER, NOW, 2)
    assert told.session == session(page=1)


@pytest.mark.parametrize("saves", [True, False], ids=["saved", "touched"])
def test_a_sign_of_life_begins_the_count_anew(database: Database, saves: bool) -> None:
    """Whatever the owner does; when the latest reminder came stays known."""
    keep(database, reminder())
    database.write_now(lambda kept: kept.owners.reminded(SITI, NOW))

    def lives(kept: Transaction) -> None:
        if saves:
            kept.owners.save(SITI, session(), expected=1, now=LATER)
        else:
            kept.owners.touch(SITI, LATER)

    database.write_now(lives)

    owner = the_owner(database)
    assert (owner.unanswered, owner.reminded, owner.seen) == (0, NOW, LATER)


def test_nothing_is_shown_over_what_the_owner_just_did(database: Database) -> None:
    """A session that moved on meanwhile isn't overwritten."""
    keep(database, reminder())
    database.write_now(lambda kept: kept.owners.save(SITI, session(page=7), expected=1, now=LATER))

    with pytest.raises(StaleRevision):
        database.write_now(lambda kept: kept.owners.save_unseen(SITI, session(), expected=1))

    assert the_owner(database).session == session(page=7)


def test_reminders_of_a_map_go_with_it(database: Database) -> None:
    """Erased with the map after its time; those of other maps and of none stay."""
    keep(database, reminder(), reminder(map_id="m2"), reminder("season", map_id="", subject="lebaran"))
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))
    database.write_now(lambda kept: kept.maps.delete("m1", SITI, NOW))

    database.write_now(lambda kept: kept.maps.erase_due(LATER, 10))

    assert [(row.kind, row.map_id) for row in waiting(database)] == [("season", ""), ("unfinished", "m2")]


def test_reminders_of_an_owner_go_with_them(database: Database) -> None:
    """Nobody is reminded who asked to be forgotten."""
    keep(database, reminder(), replace(reminder(), owner_id=BUDI))

    database.write_now(lambda kept: kept.owners.erase(SITI))

    assert waiting(database) == ()
    assert [row.owner_id for row in due(database)] == [BUDI]
