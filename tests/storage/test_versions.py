"""Each finish of a map is kept, found only by its owner, and gone with the map."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from journey.limits import VERSIONS_PER_MAP
from storage.database import Database
from storage.records import JsonValue, VersionRow
from storage.transactions import Transaction
from storage.upcasts import UnknownFormat
from tests.storage.rows import plain_engine
from tests.storage.samples import BUDI, LATER, NOW, SITI, map_document, session


@pytest.fixture(autouse=True)
def _two_owners(database: Database) -> None:
    for owner_id, map_id in ((SITI, "m1"), (BUDI, "b1")):
        greet(database, owner_id)
        keep_map(database, owner_id, map_id)


def greet(database: Database, owner_id: int) -> None:
    database.write_now(lambda kept: kept.owners.save(owner_id, session(), expected=None, now=NOW))


def keep_map(database: Database, owner_id: int, map_id: str) -> None:
    database.write_now(lambda kept: kept.maps.save(owner_id, map_document(map_id), NOW))


def keep(database: Database, number: int, *, title: str = "Kopi", map_id: str = "m1") -> None:
    """Keep a version of Siti's map, finished so many days after the first."""
    document = map_document(map_id, title=title, status="finished")
    finished = NOW + timedelta(days=number)
    database.write_now(lambda kept: kept.versions.keep(SITI, number, document, finished))


def test_a_version_comes_back_as_it_was_kept(database: Database) -> None:
    """The document is kept word for word beside the map, which goes on changing."""
    keep(database, 1, title="Kopi ☕ Siti")
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(title="Lain"), LATER))

    document = database.read_now(lambda kept: kept.versions.load("m1", SITI, 1))

    assert document == map_document(title="Kopi ☕ Siti", status="finished")


def test_versions_are_listed_oldest_first(database: Database) -> None:
    """Their numbers and times can be read without their documents, map by map."""
    keep_map(database, SITI, "m2")
    for number in (1, 2, 3):
        keep(database, number)
    keep(database, 1, map_id="m2")

    rows = database.read_now(lambda kept: kept.versions.list("m1", SITI))

    assert rows == tuple(VersionRow(number, NOW + timedelta(days=number)) for number in (1, 2, 3))


def test_a_number_is_given_once(database: Database) -> None:
    """Two replicas that finish the same map at once don't overwrite each other."""
    keep(database, 1, title="Pertama")

    with pytest.raises(IntegrityError):
        keep(database, 1, title="Kedua")

    document = database.read_now(lambda kept: kept.versions.load("m1", SITI, 1))
    assert document is not None
    assert document["title"] == "Pertama"


def test_the_oldest_versions_too_many_go(database: Database) -> None:
    """A map keeps so many; other maps keep theirs."""
    keep_map(database, SITI, "m2")
    keep(database, 1, map_id="m2")
    for number in range(1, VERSIONS_PER_MAP + 3):
        keep(database, number)

    rows = database.read_now(lambda kept: kept.versions.list("m1", SITI))

    assert [row.number for row in rows] == list(range(3, VERSIONS_PER_MAP + 3))
    assert len(database.read_now(lambda kept: kept.versions.list("m2", SITI))) == 1


def test_nobody_reaches_the_versions_of_another(database: Database) -> None:
    """With another owner's id a version is neither found nor listed."""
    keep(database, 1)

    assert database.read_now(lambda kept: kept.versions.list("m1", BUDI)) == ()
    assert database.read_now(lambda kept: kept.versions.load("m1", BUDI, 1)) is None
    assert database.read_now(lambda kept: kept.versions.load("m1", SITI, 2)) is None


def test_versions_go_with_their_map(database: Database, url: str) -> None:
    """A deleted map has them until it is erased, which leaves no row of it; those of other maps stay."""
    keep_map(database, SITI, "m2")
    keep(database, 1)
    keep(database, 1, map_id="m2")

    database.write_now(lambda kept: kept.maps.delete("m1", SITI, NOW))
    assert database.read_now(lambda kept: kept.versions.list("m1", SITI)) != ()

    database.write_now(lambda kept: kept.maps.erase_due(NOW, 9))

    engine = plain_engine(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT map_id FROM versions")).scalars().all() == ["m2"]
    engine.dispose()


def test_all_versions_of_a_map_are_respelled_and_no_others(database: Database) -> None:
    """What a function makes of each document takes its place; numbers and times stay."""
    keep_map(database, SITI, "m2")
    keep(database, 1, title="Pertama")
    keep(database, 2, title="Kedua")
    keep(database, 1, map_id="m2")
    rows = database.read_now(lambda kept: kept.versions.list("m1", SITI))

    def louder(document: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
        return {**document, "title": str(document["title"]).upper()}

    database.write_now(lambda kept: kept.versions.respell("m1", SITI, louder))
    database.write_now(lambda kept: kept.versions.respell("m1", BUDI, lambda _: {}))
    database.write_now(lambda kept: kept.versions.respell("nowhere", SITI, lambda _: {}))

    assert titles(database) == ["PERTAMA", "KEDUA"]
    assert titles(database, "m2") == ["Kopi"]
    assert database.read_now(lambda kept: kept.versions.list("m1", SITI)) == rows


def test_a_version_that_could_not_be_read_again_is_not_respelled(database: Database) -> None:
    """It is refused as a whole: none of the versions is changed."""
    keep(database, 1, title="Pertama")
    keep(database, 2, title="Kedua")

    def broken(document: Mapping[str, JsonValue]) -> Mapping[str, JsonValue]:
        return {**document, "format": "jejak-map/0"} if document["title"] == "Kedua" else {**document}

    with pytest.raises(UnknownFormat):
        database.write_now(lambda kept: kept.versions.respell("m1", SITI, broken))

    assert titles(database) == ["Pertama", "Kedua"]


def titles(database: Database, map_id: str = "m1") -> list[JsonValue]:
    """Return the titles of Siti's versions of a map, the oldest first."""

    def read(kept: Transaction) -> list[JsonValue]:
        numbers = [row.number for row in kept.versions.list(map_id, SITI)]
        found = [kept.versions.load(map_id, SITI, number) for number in numbers]
        return [document["title"] for document in found if document is not None]

    return database.read_now(read)


def test_versions_go_with_their_owner(database: Database) -> None:
    """Erasing the owner erases maps and versions, whatever table comes first."""
    keep(database, 1)

    database.write_now(lambda kept: kept.owners.erase(SITI))

    assert database.read_now(lambda kept: kept.versions.list("m1", SITI)) == ()


def test_a_version_is_kept_with_its_map_or_not_at_all(database: Database) -> None:
    """In one transaction the version may come before its map, but not without it."""

    def both(kept: Transaction) -> None:
        kept.versions.keep(SITI, 1, map_document("m3"), NOW)
        kept.maps.save(SITI, map_document("m3"), NOW)

    database.write_now(both)
    with pytest.raises(IntegrityError):
        keep(database, 1, map_id="nowhere")

    assert database.read_now(lambda kept: kept.versions.list("m3", SITI)) == (VersionRow(1, NOW),)


def test_a_document_of_an_unknown_format_is_not_kept(database: Database) -> None:
    """What could not be read again is refused while it can still be mended."""
    with pytest.raises(UnknownFormat):
        database.write_now(lambda kept: kept.versions.keep(SITI, 1, map_document(format="jejak-map/0"), NOW))
