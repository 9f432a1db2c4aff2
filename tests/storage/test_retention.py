"""Who was away for too long is warned once, and erased only after it."""

from datetime import datetime, timedelta

import pytest

from storage.database import Database
from storage.records import StaleRevision
from storage.transactions import Transaction
from tests.storage.samples import BUDI, NOW, SITI, map_document, session

WARN_AT = NOW + timedelta(days=365)
ERASE_AT = NOW + timedelta(days=395)
SOON = timedelta(days=1)


def fill(database: Database, owner_id: int = SITI, *, maps: int = 1) -> None:
    def work(kept: Transaction) -> None:
        kept.owners.save(owner_id, session(), expected=None, now=NOW)
        for number in range(maps):
            kept.maps.save(owner_id, map_document(f"m{owner_id}-{number}"), NOW)

    database.write_now(work)


def to_warn(database: Database, now: datetime) -> tuple[int, ...]:
    return database.read_now(lambda kept: kept.retention.to_warn(now - timedelta(days=365), 10))


def to_erase(database: Database, now: datetime) -> tuple[int, ...]:
    return database.read_now(
        lambda kept: kept.retention.to_erase(
            now,
            unseen_since=now - timedelta(days=395),
            warned_before=now - timedelta(days=30),
            limit=10,
        )
    )


def warn(database: Database, now: datetime, *, expected: int = 1) -> None:
    database.write_now(lambda kept: kept.retention.warned(SITI, session(), expected=expected, now=now))


def test_an_owner_is_warned_once(database: Database) -> None:
    """Whoever wasn't here for so long; the warning itself is no visit, and isn't repeated."""
    fill(database)
    early, in_time = to_warn(database, WARN_AT), to_warn(database, WARN_AT + SOON)

    warn(database, WARN_AT + SOON)

    assert (early, in_time) == ((), (SITI,))
    assert to_warn(database, ERASE_AT) == ()
    row = database.read_now(lambda kept: kept.owners.load(SITI))
    assert row is not None
    assert (row.revision, row.seen) == (2, NOW)


def test_a_warned_owner_is_erased_after_the_notice(database: Database) -> None:
    """Not a day earlier, however long they were away before."""
    fill(database)
    late = ERASE_AT + timedelta(days=100)
    unwarned = to_erase(database, late)
    warn(database, late)

    soon = to_erase(database, late + timedelta(days=30))
    after = to_erase(database, late + timedelta(days=30) + SOON)

    assert (unwarned, soon, after) == ((), (), (SITI,))


def test_whoever_comes_back_is_kept_and_warned_anew(database: Database) -> None:
    """Any contact counts; the time begins again."""
    fill(database)
    warn(database, WARN_AT + SOON)
    back = WARN_AT + 2 * SOON

    database.write_now(lambda kept: kept.owners.touch(SITI, back))

    assert to_erase(database, back + timedelta(days=394)) == ()
    assert to_warn(database, back + timedelta(days=366)) == (SITI,)


def test_who_blocked_us_is_erased_without_a_word(database: Database) -> None:
    """They can't be told, and are never tried; not before their time."""
    fill(database)
    database.write_now(lambda kept: kept.owners.block(SITI, NOW))

    assert to_warn(database, ERASE_AT) == ()
    assert to_erase(database, ERASE_AT) == ()
    assert to_erase(database, ERASE_AT + SOON) == (SITI,)


def test_who_has_no_map_is_not_bothered(database: Database) -> None:
    """There is nothing to lose; a deleted map is no map."""
    fill(database, maps=0)
    fill(database, BUDI)
    database.write_now(lambda kept: kept.maps.delete(f"m{BUDI}-0", BUDI, ERASE_AT))

    assert to_warn(database, ERASE_AT) == ()
    assert set(to_erase(database, ERASE_AT + SOON)) == {SITI, BUDI}


def test_who_left_is_erased_when_the_delay_is_over(database: Database) -> None:
    """However lately they were here; who stays after all is not."""
    fill(database)
    fill(database, BUDI)
    database.write_now(lambda kept: kept.owners.leave(SITI, NOW + SOON))
    database.write_now(lambda kept: kept.owners.leave(BUDI, NOW + SOON))
    database.write_now(lambda kept: kept.owners.stay(BUDI))

    assert to_erase(database, NOW) == ()
    assert to_erase(database, NOW + SOON) == (SITI,)
    assert to_warn(database, WARN_AT + SOON) == (BUDI,)


def test_a_warning_that_crosses_an_answer_gives_way(database: Database) -> None:
    """The answer counts as contact; nothing is warned over it."""
    fill(database)
    database.write_now(lambda kept: kept.owners.save(SITI, session(), expected=1, now=WARN_AT))

    with pytest.raises(StaleRevision):
        warn(database, WARN_AT)
