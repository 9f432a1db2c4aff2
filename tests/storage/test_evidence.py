"""Evidence is found only with its owner, and goes with its map, its owner, or at a word."""

import pytest

from storage.database import Database
from storage.records import EvidenceRow
from tests.storage.samples import BUDI, LATER, NOW, SITI, map_document, session

PHOTO = EvidenceRow("e-1", SITI, "m1", "photo", "AgACAgUAAx", "Datangnya penyok 😟", NOW)
CHAT = EvidenceRow("e-2", SITI, "m1", "words", "", "Kak, kok lama?\nUdah tiga hari", LATER)
BUDIS = EvidenceRow("b-1", BUDI, "b1", "voice", "AwAC", "", NOW)


@pytest.fixture(autouse=True)
def _two_owners(database: Database) -> None:
    for owner_id, map_id in ((SITI, "m1"), (BUDI, "b1")):
        greet(database, owner_id, map_id)
    for row in (CHAT, PHOTO, BUDIS):
        keep(database, row)


def greet(database: Database, owner_id: int, map_id: str) -> None:
    database.write_now(lambda kept: kept.owners.save(owner_id, session(), expected=None, now=NOW))
    database.write_now(lambda kept: kept.maps.save(owner_id, map_document(map_id), NOW))


def keep(database: Database, row: EvidenceRow) -> None:
    database.write_now(lambda kept: kept.evidence.keep(row))


def find(database: Database, *pieces: str, owner_id: int = SITI) -> tuple[EvidenceRow | None, ...]:
    return database.read_now(lambda kept: kept.evidence.find(pieces, owner_id))


def test_pieces_come_back_in_the_order_asked_for(database: Database) -> None:
    """One that isn't there leaves its place empty."""
    assert find(database, "e-2", "gone", "e-1") == (CHAT, None, PHOTO)
    assert find(database) == ()


def test_nobody_finds_what_is_somebody_elses(database: Database) -> None:
    """Knowing an id, from a map somebody shared, is not enough; it can't be erased either."""
    assert find(database, "e-1", owner_id=BUDI) == (None,)

    database.write_now(lambda kept: kept.evidence.erase(["e-1", "b-1"], BUDI))

    assert find(database, "e-1") == (PHOTO,)
    assert find(database, "b-1", owner_id=BUDI) == (None,)


def test_all_of_an_owner_is_listed_oldest_first(database: Database) -> None:
    """For who takes everything along."""
    assert database.read_now(lambda kept: kept.evidence.of_owner(SITI)) == (PHOTO, CHAT)


def test_evidence_goes_with_its_map(database: Database) -> None:
    """When it is erased for good; a deleted map can still be brought back with it."""
    database.write_now(lambda kept: kept.maps.delete("m1", SITI, LATER))
    assert find(database, "e-1") == (PHOTO,)

    database.write_now(lambda kept: kept.maps.erase_due(LATER, 10))

    assert find(database, "e-1", "e-2") == (None, None)
    assert find(database, "b-1", owner_id=BUDI) == (BUDIS,)


def test_evidence_goes_with_its_owner(database: Database) -> None:
    """At once."""
    database.write_now(lambda kept: kept.owners.erase(SITI))

    assert database.read_now(lambda kept: kept.evidence.of_owner(SITI)) == ()
    assert find(database, "b-1", owner_id=BUDI) == (BUDIS,)
