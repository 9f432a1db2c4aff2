"""Links to maps: found by their token alone, and by nobody once they are not in force."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from storage.database import Database
from storage.records import JsonValue, ShareRow
from storage.transactions import Transaction
from tests.storage.samples import BUDI, NOW, SITI, map_document, session

WEEK = timedelta(days=7)
WHOLE = ShareRow("whole", SITI, "m1", None, NOW)
STAGE = ShareRow("stage", SITI, "m1", "s1", NOW + timedelta(seconds=1), NOW + WEEK)


@pytest.fixture(autouse=True)
def _two_owners(database: Database) -> None:
    def keep(kept: Transaction) -> None:
        for owner_id, map_id in ((SITI, "m1"), (BUDI, "b1")):
            kept.owners.save(owner_id, session(), expected=None, now=NOW)
            kept.maps.save(owner_id, map_document(map_id), NOW)
        kept.shares.add(WHOLE)
        kept.shares.add(STAGE)

    database.write_now(keep)


def shows(database: Database, token: str, days: float = 0) -> bool:
    now = NOW + timedelta(days=days)
    return database.read_now(lambda kept: kept.shares.is_in_force(token, now))


def test_a_link_shows_the_map_as_it_is_now(database: Database) -> None:
    """Not as it was when the link was made."""
    changed: dict[str, JsonValue] = map_document(title="Baru")
    database.write_now(lambda kept: kept.maps.save(SITI, changed, NOW))

    shown = database.read_now(lambda kept: kept.shares.shown("stage", NOW))

    assert shown == (STAGE, changed)


def test_links_are_listed_for_their_owner_alone(database: Database) -> None:
    """The oldest first, those whose time is over as well; of some maps when those are named."""
    assert database.read_now(lambda kept: kept.shares.of_owner(SITI)) == (WHOLE, STAGE)
    assert database.read_now(lambda kept: kept.shares.of_owner(BUDI)) == ()
    assert database.read_now(lambda kept: kept.shares.of_owner(SITI, {WHOLE.map_id})) == (WHOLE, STAGE)
    assert database.read_now(lambda kept: kept.shares.of_owner(SITI, {"another"})) == ()


def test_a_link_is_in_force_until_its_time_is_over(database: Database) -> None:
    """To the moment; one without a time for good."""
    assert shows(database, "stage", 6.99)
    assert not shows(database, "stage", 7)
    assert shows(database, "whole", 4000)
    assert not shows(database, "unknown")


def test_a_link_is_revoked_by_its_owner_alone(database: Database) -> None:
    """Afterwards nothing tells it from one that never was."""
    database.write_now(lambda kept: kept.shares.revoke("whole", BUDI))
    assert shows(database, "whole")

    database.write_now(lambda kept: kept.shares.revoke("whole", SITI))

    assert not shows(database, "whole")
    assert database.read_now(lambda kept: kept.shares.of_owner(SITI)) == (STAGE,)


def test_openings_are_counted(database: Database) -> None:
    """One by one; of a link that is gone meanwhile nothing is."""

    def count(kept: Transaction) -> None:
        for token in ("whole", "whole", "gone"):
            kept.shares.count_opening(token)

    database.write_now(count)

    found = database.read_now(lambda kept: kept.shares.of_owner(SITI))

    assert [row.opened for row in found] == [2, 0]


def test_a_deleted_map_is_not_shown_and_is_again_when_restored(database: Database) -> None:
    """The month in which it can be had back counts as gone."""
    database.write_now(lambda kept: kept.maps.delete("m1", SITI, NOW + WEEK))
    assert not shows(database, "whole")

    database.write_now(lambda kept: kept.maps.restore("m1", SITI))

    assert shows(database, "whole")


def test_nothing_is_shown_of_an_owner_who_left(database: Database) -> None:
    """Nor in the day in which it can be undone."""
    database.write_now(lambda kept: kept.owners.leave(SITI, NOW + timedelta(days=1)))
    assert not shows(database, "whole")

    database.write_now(lambda kept: kept.owners.stay(SITI))

    assert shows(database, "whole")


@pytest.mark.parametrize("whose", ["map", "owner"])
def test_links_are_erased_with_their_map_and_their_owner(database: Database, whose: str) -> None:
    """So that the foreign keys hold, too."""

    def erase(kept: Transaction) -> None:
        if whose == "owner":
            kept.owners.erase(SITI)
        else:
            kept.maps.delete("m1", SITI, NOW)
            kept.maps.erase_due(NOW, 10)

    database.write_now(erase)

    assert database.read_now(lambda kept: kept.shares.of_owner(SITI)) == ()


@pytest.mark.parametrize("whose", ["map", "owner"])
def test_drawings_for_readers_are_erased_with_the_map(database: Database, whose: str) -> None:
    """A job in somebody else's chat holds what the map says; another map's stays."""

    def prepare(kept: Transaction) -> None:
        for token, map_id in (("whole", "m1"), ("other", "b1"), ("third", "xm1")):
            key = f"{BUDI}:{token}:{map_id}"
            kept.jobs.add("draw_shared", key, BUDI, {"map": map_id}, NOW, NOW)

    database.write_now(prepare)
    if whose == "owner":
        database.write_now(lambda kept: kept.owners.erase(SITI))
    else:
        database.write_now(lambda kept: kept.maps.delete("m1", SITI, NOW))
        database.write_now(lambda kept: kept.maps.erase_due(NOW, 10))

    left = database.read_now(lambda kept: kept.jobs.due(NOW, 10))

    assert {job.payload["map"] for job in left} == {"b1", "xm1"}


def test_links_whose_time_is_over_are_tidied_away(database: Database) -> None:
    """Those in force stay."""
    assert database.write_now(lambda kept: kept.shares.prune(NOW + WEEK)) == 0

    assert database.write_now(lambda kept: kept.shares.prune(NOW + WEEK + WEEK)) == 1

    assert database.read_now(lambda kept: kept.shares.of_owner(SITI)) == (WHOLE,)


def test_a_token_is_given_once(database: Database) -> None:
    """Two links can't be known by the same."""
    with pytest.raises(IntegrityError):
        database.write_now(lambda kept: kept.shares.add(ShareRow("whole", BUDI, "b1", None, NOW)))
