"""An update is kept once, in its lane, until it is dealt with."""

import pytest

from storage.database import Database
from storage.inbox import TRIES
from storage.records import AlreadyDone
from tests.storage.samples import BUDI, LATER, NOW, SITI, update


def test_a_repeated_update_is_kept_once(database: Database) -> None:
    """Telegram delivers at least once: only what is new is told and kept."""
    first = database.write_now(lambda kept: kept.inbox.add([update(1), update(2)], NOW))

    again = database.write_now(lambda kept: kept.inbox.add([update(2), update(3), update(3)], LATER))

    assert first == (update(1), update(2))
    assert again == (update(3),)
    assert database.read_now(lambda kept: kept.inbox.count()) == 3


def test_an_update_that_is_done_is_not_taken_again(database: Database) -> None:
    """A repeat that comes after the update was dealt with is a repeat still."""
    database.write_now(lambda kept: kept.inbox.add([update(1)], NOW))
    database.write_now(lambda kept: kept.inbox.done(1, NOW))

    again = database.write_now(lambda kept: kept.inbox.add([update(1)], LATER))

    assert again == ()
    assert database.read_now(lambda kept: kept.inbox.next(SITI)) is None


def test_no_updates_are_no_trouble(database: Database) -> None:
    """An empty answer of getUpdates keeps nothing."""
    assert database.write_now(lambda kept: kept.inbox.add([], NOW)) == ()


def test_a_lane_gives_its_oldest_update_first(database: Database) -> None:
    """Within a chat the order of Telegram holds, whatever the order of arrival."""
    database.write_now(lambda kept: kept.inbox.add([update(7), update(5, BUDI)], NOW))
    database.write_now(lambda kept: kept.inbox.add([update(6)], LATER))

    row = database.read_now(lambda kept: kept.inbox.next(SITI))

    assert row is not None
    assert (row.update_id, row.chat_id, row.payload) == (6, SITI, '{"text": "Kopi"}')
    assert (row.attempts, row.received) == (0, LATER)


def test_lanes_are_the_chats_that_wait(database: Database) -> None:
    """After a restart the lanes to serve are known, the longest waiting first."""
    database.write_now(lambda kept: kept.inbox.add([update(1, BUDI), update(2), update(3, BUDI)], NOW))
    assert database.read_now(lambda kept: kept.inbox.lanes()) == (BUDI, SITI)

    database.write_now(lambda kept: kept.inbox.done(1, NOW))

    assert database.read_now(lambda kept: kept.inbox.lanes()) == (SITI, BUDI)


def test_an_update_is_done_once(database: Database) -> None:
    """Who closes an update that is closed is told, so that their transaction leaves nothing."""
    database.write_now(lambda kept: kept.inbox.add([update(1)], NOW))
    database.write_now(lambda kept: kept.inbox.done(1, NOW))

    with pytest.raises(AlreadyDone):
        database.write_now(lambda kept: kept.inbox.done(1, NOW))
    with pytest.raises(AlreadyDone):
        database.write_now(lambda kept: kept.inbox.failed(1, "late", NOW))
    with pytest.raises(AlreadyDone):
        database.write_now(lambda kept: kept.inbox.park(1, "late", NOW))


def test_the_third_failure_parks_an_update(database: Database) -> None:
    """What fails three times stands aside, and the lane goes on."""
    database.write_now(lambda kept: kept.inbox.add([update(1), update(2)], NOW))

    parked = [database.write_now(lambda kept: kept.inbox.failed(1, "boom", NOW)) for _ in range(TRIES)]

    assert parked == [False, False, True]
    row = database.read_now(lambda kept: kept.inbox.next(SITI))
    assert row is not None
    assert row.update_id == 2


def test_a_failure_is_counted(database: Database) -> None:
    """A row says how often it was tried."""
    database.write_now(lambda kept: kept.inbox.add([update(1)], NOW))

    database.write_now(lambda kept: kept.inbox.failed(1, "x" * 10_000, NOW))

    row = database.read_now(lambda kept: kept.inbox.next(SITI))
    assert row is not None
    assert row.attempts == 1


def test_what_can_not_be_read_is_parked_at_once(database: Database) -> None:
    """An update nobody can parse doesn't wait for three tries."""
    database.write_now(lambda kept: kept.inbox.add([update(1)], NOW))

    database.write_now(lambda kept: kept.inbox.park(1, "no update", NOW))

    assert database.read_now(lambda kept: kept.inbox.lanes()) == ()


def test_the_oldest_waiting_update_tells_how_late_we_are(database: Database) -> None:
    """Health reads the age of the oldest waiting update; None means there is none."""
    assert database.read_now(lambda kept: kept.inbox.oldest()) is None
    database.write_now(lambda kept: kept.inbox.add([update(1)], NOW))
    database.write_now(lambda kept: kept.inbox.add([update(2)], LATER))

    assert database.read_now(lambda kept: kept.inbox.oldest()) == NOW


def test_pruning_forgets_only_what_was_dealt_with_long_ago(database: Database) -> None:
    """What waits is never pruned, what was done lately neither."""
    database.write_now(lambda kept: kept.inbox.add([update(number) for number in range(1, 5)], NOW))
    database.write_now(lambda kept: kept.inbox.done(1, NOW))
    database.write_now(lambda kept: kept.inbox.park(2, "no update", NOW))
    database.write_now(lambda kept: kept.inbox.done(3, LATER))

    pruned = database.write_now(lambda kept: kept.inbox.prune(before=LATER))

    assert pruned == 2
    assert database.read_now(lambda kept: kept.inbox.count()) == 1
    again = database.write_now(lambda kept: kept.inbox.add([update(3), update(4)], LATER))
    assert again == ()
