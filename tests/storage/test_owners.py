"""An owner's session is saved by compare-and-swap, and never by two at once."""

import pytest

from storage.database import Database
from storage.records import OwnerRow, StaleRevision
from storage.upcasts import UnknownFormat
from tests.storage.samples import BUDI, LATER, NOW, SITI, map_document, session


def create(database: Database, owner_id: int = SITI) -> None:
    database.write_now(lambda kept: kept.owners.save(owner_id, session(), expected=None, now=NOW))


def load(database: Database) -> OwnerRow:
    owner = database.read_now(lambda kept: kept.owners.load(SITI))
    assert owner is not None
    return owner


def test_a_stranger_is_nobody(database: Database) -> None:
    """Whoever was never saved isn't there."""
    assert database.read_now(lambda kept: kept.owners.load(SITI)) is None


def test_a_new_owner_starts_at_revision_one(database: Database) -> None:
    """The first save creates the owner with everything unknown yet."""
    revision = database.write_now(
        lambda kept: kept.owners.save(SITI, session(step="welcome"), expected=None, now=NOW)
    )

    assert revision == 1
    assert load(database) == OwnerRow(
        owner_id=SITI,
        session=session(step="welcome"),
        revision=1,
        question_message_id=None,
        blocked=None,
        created=NOW,
        seen=NOW,
    )


def test_a_save_moves_the_revision_on(database: Database) -> None:
    """Each save is one revision; when the owner came first stays."""
    create(database)

    revision = database.write_now(lambda kept: kept.owners.save(SITI, session(page=2), expected=1, now=LATER))

    owner = load(database)
    assert revision == owner.revision == 2
    assert owner.session == session(page=2)
    assert (owner.created, owner.seen) == (NOW, LATER)


@pytest.mark.parametrize("expected", [0, 2])
def test_a_stale_save_writes_nothing(database: Database, expected: int) -> None:
    """Who saves over another revision than the one they read is told, and nothing changes."""
    create(database)

    with pytest.raises(StaleRevision):
        database.write_now(lambda kept: kept.owners.save(SITI, session(page=9), expected=expected, now=LATER))

    assert load(database).session == session()


def test_a_new_owner_must_be_new(database: Database) -> None:
    """Two first messages at once make one owner."""
    create(database)

    with pytest.raises(StaleRevision):
        create(database)

    assert load(database).revision == 1


def test_a_session_without_a_format_is_not_stored(database: Database) -> None:
    """What could not be read again is refused while it can still be mended."""
    with pytest.raises(UnknownFormat):
        database.write_now(lambda kept: kept.owners.save(SITI, {"step": "x"}, expected=None, now=NOW))


def test_the_question_message_is_remembered(database: Database) -> None:
    """The message of the current question is the owner's, whatever their revision."""
    create(database)
    create(database, BUDI)

    database.write_now(lambda kept: kept.owners.remember_question(SITI, 123))

    assert (load(database).question_message_id, load(database).revision) == (123, 1)
    other = database.read_now(lambda kept: kept.owners.load(BUDI))
    assert other is not None
    assert other.question_message_id is None


def test_a_blocked_owner_can_come_back(database: Database) -> None:
    """Since when somebody blocks us is known until they don't."""
    create(database)

    database.write_now(lambda kept: kept.owners.block(SITI, LATER))
    blocked = load(database).blocked
    database.write_now(lambda kept: kept.owners.unblock(SITI))

    assert blocked == LATER
    assert load(database).blocked is None


def test_whoever_was_here_is_seen_without_a_change(database: Database) -> None:
    """Any contact counts, also one that leaves the session as it was."""
    create(database)

    database.write_now(lambda kept: kept.owners.touch(SITI, LATER))

    assert (load(database).seen, load(database).revision) == (LATER, 1)


def test_an_owner_can_leave_and_stay_after_all(database: Database) -> None:
    """Until when everything can be brought back is known, and forgotten when it is."""
    create(database)

    database.write_now(lambda kept: kept.owners.leave(SITI, LATER))
    leaving = load(database).erase_after
    database.write_now(lambda kept: kept.owners.stay(SITI))

    assert (leaving, load(database).erase_after) == (LATER, None)


def test_who_begins_afresh_is_a_stranger_with_newer_buttons(database: Database) -> None:
    """Nothing of before is left but the message to be edited; the revision goes on."""
    create(database)
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))

    database.write_now(
        lambda kept: kept.owners.begin_afresh(
            SITI, session(note="new"), revision=8, question_message_id=5, now=LATER
        )
    )

    row = load(database)
    assert (row.session, row.revision, row.question_message_id) == (session(note="new"), 8, 5)
    assert (row.created, row.seen, row.erase_after) == (LATER, LATER, None)
    assert database.read_now(lambda kept: kept.maps.list(SITI)) == ()
