"""A map belongs to one owner and is found only together with them."""

from datetime import timedelta

import pytest

from journey.limits import MAPS_PER_OWNER
from storage.database import Database
from storage.records import JsonValue, NotTheirMap, StaleRevision, TooManyMaps
from storage.transactions import Transaction
from storage.upcasts import UnknownFormat
from tests.storage.samples import BUDI, LATER, NOW, SITI, answer, map_document, session


@pytest.fixture(autouse=True)
def _two_owners(database: Database) -> None:
    database.write_now(lambda kept: kept.owners.save(SITI, session(), expected=None, now=NOW))
    database.write_now(lambda kept: kept.owners.save(BUDI, session(), expected=None, now=NOW))


def test_a_map_comes_back_as_it_was_saved(database: Database) -> None:
    """The document is kept word for word; its status and times can be read without it."""
    document = map_document(title="Kopi ☕ \u202eSiti", changed=LATER.isoformat(), stages=[{"id": "s1"}])

    database.write_now(lambda kept: kept.maps.save(SITI, document, LATER))

    row = database.read_now(lambda kept: kept.maps.load("m1", SITI))
    assert row is not None
    assert row.document == document
    assert list(row.document) == list(document)
    assert (row.map_id, row.owner_id, row.status) == ("m1", SITI, "open")
    assert (row.created, row.changed) == (NOW, LATER)


def test_saving_again_changes_the_map(database: Database) -> None:
    """There is one row for a map, with its newest document."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))

    database.write_now(lambda kept: kept.maps.save(SITI, map_document(status="finished"), LATER))

    (row,) = database.read_now(lambda kept: kept.maps.list(SITI))
    assert (row.status, row.document["status"]) == ("finished", "finished")


def test_maps_are_listed_newest_change_first(database: Database) -> None:
    """The map somebody worked on last is at the top."""
    for number in (1, 3, 2):
        document = map_document(f"m{number}", changed=(NOW + timedelta(days=number)).isoformat())
        save(database, document)

    rows = database.read_now(lambda kept: kept.maps.list(SITI))

    assert [row.map_id for row in rows] == ["m3", "m2", "m1"]


def save(database: Database, document: dict[str, JsonValue]) -> None:
    database.write_now(lambda kept: kept.maps.save(SITI, document, NOW))


def test_nobody_reaches_the_map_of_another(database: Database) -> None:
    """With another owner's id a map is neither found nor listed, changed or deleted."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))

    with pytest.raises(NotTheirMap):
        database.write_now(lambda kept: kept.maps.save(BUDI, map_document(status="finished"), LATER))
    database.write_now(lambda kept: kept.maps.delete("m1", BUDI))

    assert database.read_now(lambda kept: kept.maps.load("m1", BUDI)) is None
    assert database.read_now(lambda kept: kept.maps.list(BUDI)) == ()
    row = database.read_now(lambda kept: kept.maps.load("m1", SITI))
    assert row is not None
    assert row.status == "open"


def test_a_deleted_map_is_gone(database: Database) -> None:
    """Deleting takes one map; deleting it again is no trouble."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))
    database.write_now(lambda kept: kept.maps.save(SITI, map_document("m2"), NOW))

    database.write_now(lambda kept: kept.maps.delete("m1", SITI))
    database.write_now(lambda kept: kept.maps.delete("m1", SITI))

    assert [row.map_id for row in database.read_now(lambda kept: kept.maps.list(SITI))] == ["m2"]


def test_a_map_set_aside_is_one_step_back(database: Database) -> None:
    """What was set aside last belongs to one map of one owner, and the map says when it was changed."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(title="Satu"), NOW))
    database.write_now(lambda kept: kept.maps.save(SITI, map_document("m2"), NOW))

    for title in ("Dua", "Tiga"):

        def change(kept: Transaction, title: str = title) -> None:
            kept.maps.set_aside("m1", SITI)
            kept.maps.save(SITI, map_document(title=title), LATER)

        database.write_now(change)

    row = database.read_now(lambda kept: kept.maps.load("m1", SITI))
    other = database.read_now(lambda kept: kept.maps.load("m2", SITI))
    assert row is not None
    assert other is not None
    assert row.document == map_document(title="Tiga")
    assert database.read_now(lambda kept: kept.maps.earlier("m1", SITI)) == map_document(title="Dua")
    assert database.read_now(lambda kept: kept.maps.earlier("m2", SITI)) is None
    assert database.read_now(lambda kept: kept.maps.earlier("m1", BUDI)) is None
    assert (row.earlier_changed, other.earlier_changed) == (row.changed, None)


def test_a_map_goes_into_the_archive_and_comes_back(database: Database) -> None:
    """Saving it meanwhile leaves it there; nothing of the map itself changes."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))

    database.write_now(lambda kept: kept.maps.archive("m1", SITI, LATER))
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))
    (archived,) = database.read_now(lambda kept: kept.maps.list(SITI))
    database.write_now(lambda kept: kept.maps.archive("m1", SITI, None))

    (row,) = database.read_now(lambda kept: kept.maps.list(SITI))
    assert archived.archived == LATER
    assert row.archived is None
    assert row.document == archived.document


def test_nobody_archives_the_map_of_another_or_sets_it_aside(database: Database) -> None:
    """With another owner's id nothing happens to it."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document(), NOW))

    database.write_now(lambda kept: kept.maps.archive("m1", BUDI, LATER))
    database.write_now(lambda kept: kept.maps.set_aside("m1", BUDI))

    row = database.read_now(lambda kept: kept.maps.load("m1", SITI))
    assert row is not None
    assert (row.archived, row.earlier_changed) == (None, None)


def test_an_owner_has_a_hundred_maps_at_most(database: Database) -> None:
    """One more is refused; those that exist can still be changed, and others start their own."""

    def fill(number: int) -> None:
        database.write_now(lambda kept: kept.maps.save(SITI, map_document(f"m{number}"), NOW))

    for number in range(MAPS_PER_OWNER):
        fill(number)

    with pytest.raises(TooManyMaps):
        fill(MAPS_PER_OWNER)

    database.write_now(lambda kept: kept.maps.save(SITI, map_document("m0", status="finished"), LATER))
    database.write_now(lambda kept: kept.maps.save(BUDI, map_document("b0"), NOW))
    assert len(database.read_now(lambda kept: kept.maps.list(SITI))) == MAPS_PER_OWNER


def test_a_document_of_an_unknown_format_is_not_stored(database: Database) -> None:
    """What could not be read again is refused while it can still be mended."""
    with pytest.raises(UnknownFormat):
        database.write_now(lambda kept: kept.maps.save(SITI, map_document(format="jejak-map/0"), NOW))


def test_answers_are_kept_in_their_order(database: Database) -> None:
    """Every answer stays, also one that another replaced, with any kind of value."""
    given = [answer("first"), answer(None), answer(["a", {"b": 1}]), answer("first")]

    database.write_now(lambda kept: kept.answers.add(given[:2]))
    database.write_now(lambda kept: kept.answers.add(given[2:]))
    database.write_now(lambda kept: kept.answers.add([]))

    assert database.read_now(lambda kept: kept.answers.of_map("m1", SITI)) == tuple(given)


def test_answers_belong_to_a_map_and_its_owner(database: Database) -> None:
    """Answers of other maps, of no map and of other owners aren't a map's."""
    others = [answer(map_id="m2"), answer(map_id=None), answer(owner_id=BUDI)]

    database.write_now(lambda kept: kept.answers.add([*others, answer("mine")]))

    assert database.read_now(lambda kept: kept.answers.of_map("m1", SITI)) == (answer("mine"),)


def test_map_answer_and_session_are_kept_together_or_not_at_all(database: Database) -> None:
    """When anything in the transaction fails, nothing of it is there."""

    def work(kept: Transaction) -> None:
        kept.answers.add([answer()])
        kept.maps.save(SITI, map_document(), NOW)
        kept.owners.save(SITI, session(), expected=99, now=NOW)

    with pytest.raises(StaleRevision):
        database.write_now(work)

    assert database.read_now(lambda kept: kept.maps.list(SITI)) == ()
    assert database.read_now(lambda kept: kept.answers.of_map("m1", SITI)) == ()
