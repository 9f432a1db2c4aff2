"""A deleted map can be brought back for a while, and is then gone with all that belongs to it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from journey.limits import MAPS_PER_OWNER
from storage.database import Database
from storage.erasure import MAP_COLUMN, NOBODYS, OWNER_COLUMNS
from storage.records import TooManyMaps
from storage.tables import metadata
from storage.transactions import Transaction
from tests.storage.rows import counts, fill, plain_engine
from tests.storage.samples import BUDI, LATER, NOW, SITI, answer, map_document

MONTH_LATER = NOW + timedelta(days=30)


@pytest.fixture(autouse=True)
def _filled(database: Database) -> None:
    fill(database, SITI, "Siti's words")
    fill(database, BUDI, "Budi's words", number=2)


def delete(database: Database, map_id: str = "m1", owner_id: int = SITI) -> None:
    database.write_now(lambda kept: kept.maps.delete(map_id, owner_id, MONTH_LATER))


def test_a_deleted_map_is_on_no_list_and_can_be_brought_back(database: Database) -> None:
    """It can't be loaded meanwhile; brought back it is as it was, with its answers, but in no archive."""
    before = database.read_now(lambda kept: kept.maps.load("m1", SITI))
    assert before is not None
    delete(database)
    listed = database.read_now(lambda kept: (kept.maps.list(SITI), kept.maps.load("m1", SITI)))
    (deleted,) = database.read_now(lambda kept: kept.maps.deleted(SITI))

    database.write_now(lambda kept: kept.maps.restore("m1", SITI))

    assert listed == ((), None)
    assert (deleted.map_id, deleted.erase_after) == ("m1", MONTH_LATER)
    assert database.read_now(lambda kept: kept.maps.load("m1", SITI)) == replace(before, archived=None)
    assert database.read_now(lambda kept: kept.maps.deleted(SITI)) == ()
    assert len(database.read_now(lambda kept: kept.answers.of_map("m1", SITI))) == 1


def test_deleting_twice_keeps_the_first_time(database: Database) -> None:
    """A repeated deletion makes nothing last longer."""
    delete(database)

    database.write_now(lambda kept: kept.maps.delete("m1", SITI, MONTH_LATER + timedelta(days=1)))

    (deleted,) = database.read_now(lambda kept: kept.maps.deleted(SITI))
    assert deleted.erase_after == MONTH_LATER


def test_nobody_brings_back_the_map_of_another(database: Database) -> None:
    """Nor do they see or delete it."""
    delete(database, owner_id=BUDI)
    assert database.read_now(lambda kept: kept.maps.load("m1", SITI)) is not None
    delete(database)

    database.write_now(lambda kept: kept.maps.restore("m1", BUDI))

    assert database.read_now(lambda kept: kept.maps.deleted(BUDI)) == ()
    assert len(database.read_now(lambda kept: kept.maps.deleted(SITI))) == 1


def test_deleted_maps_dont_count_until_they_come_back(database: Database) -> None:
    """A full list takes a new map for a deleted one, and then has no room for it."""
    delete(database)

    def fill_up(kept: Transaction) -> None:
        for number in range(MAPS_PER_OWNER):
            kept.maps.save(SITI, map_document(f"n{number}"), NOW)

    database.write_now(fill_up)

    with pytest.raises(TooManyMaps):
        database.write_now(lambda kept: kept.maps.restore("m1", SITI))

    assert len(database.read_now(lambda kept: kept.maps.deleted(SITI))) == 1


def test_a_deleted_map_is_erased_with_all_of_it_when_its_time_is_over(database: Database, url: str) -> None:
    """Its answers, its drawings and the drawn pictures nobody else was sent; nothing of anybody else."""
    budi_alone = _rows_with(url, MAP_COLUMN, "m2")
    database.write_now(lambda kept: kept.jobs.drop_all(SITI))
    database.write_now(lambda kept: kept.jobs.add("draw_album", f"{SITI}:m1", SITI, {"a": 1}, LATER, NOW))
    database.write_now(_send_all)
    delete(database)

    too_early = database.write_now(lambda kept: kept.maps.erase_due(MONTH_LATER - timedelta(seconds=1), 10))
    erased = database.write_now(lambda kept: kept.maps.erase_due(MONTH_LATER, 10))

    assert (too_early, erased) == (0, 1)
    assert _rows_with(url, MAP_COLUMN, "m1") == {}
    assert _rows_with(url, MAP_COLUMN, "m2") == budi_alone
    assert not database.read_now(lambda kept: kept.jobs.waits("draw_album", f"{SITI}:m1"))
    pictures = {digest: _is_kept(database, digest) for digest in ("d1", "d2", "shared")}
    assert pictures == {"d1": False, "d2": True, "shared": True}


def test_pictures_still_to_be_sent_stay(database: Database) -> None:
    """A map erased while its owner waits for a picture of another one takes nothing from the queue."""
    delete(database)

    database.write_now(lambda kept: kept.maps.erase_due(MONTH_LATER, 10))

    assert _is_kept(database, "d1")


def test_maps_are_erased_a_few_at_a_time(database: Database) -> None:
    """A long list holds up nobody's answers."""
    database.write_now(lambda kept: kept.maps.save(SITI, map_document("m3"), NOW))
    delete(database)
    delete(database, "m3")

    erased = [database.write_now(lambda kept: kept.maps.erase_due(MONTH_LATER, 1)) for _ in range(3)]

    assert erased == [1, 1, 0]


def test_what_an_owner_wants_out_is_out_of_the_answers(database: Database) -> None:
    """Only of that map and that owner, and the time of the answer stays."""
    database.write_now(lambda kept: kept.answers.add([answer(["telp 0812", "x"])]))

    def hidden(kept: Transaction) -> None:
        kept.answers.respell("m1", SITI, lambda value: ["…", "x"] if isinstance(value, list) else value)

    database.write_now(hidden)

    found = database.read_now(lambda kept: kept.answers.of_map("m1", SITI))
    assert [row.value for row in found] == ["Siti's words", ["…", "x"]]
    assert len(database.read_now(lambda kept: kept.answers.of_owner(SITI))) == 3
    assert len(database.read_now(lambda kept: kept.answers.of_owner(BUDI))) == 2


def test_jobs_of_a_chat_can_be_dropped_together(database: Database, url: str) -> None:
    """Who leaves gets no more pictures; the neighbour's jobs stay."""
    before = counts(url)["jobs"]

    database.write_now(lambda kept: kept.jobs.drop_all(SITI))

    assert counts(url)["jobs"] == before - 1


def test_every_table_is_reached_when_somebody_is_erased() -> None:
    """A new table says whose it is in a column erasing knows, or why it is nobody's."""
    known = {*OWNER_COLUMNS, MAP_COLUMN}
    whose = {name: {column.name for column in table.c} for name, table in metadata.tables.items()}

    unreached = {name for name, columns in whose.items() if not columns & {*OWNER_COLUMNS}}
    strange = {
        f"{name}.{column}"
        for name, columns in whose.items()
        for column in columns
        if any(word in column for word in ("owner", "chat", "map", "person")) and column not in known
    }

    assert unreached == set(NOBODYS)
    assert strange == set()


def test_everything_an_owner_said_of_us_is_found(database: Database) -> None:
    """Feedback can be taken along, also what the operator has seen."""
    (row,) = database.read_now(lambda kept: kept.feedback.of_owner(SITI))
    database.write_now(lambda kept: kept.feedback.seen(row.id, LATER))

    (seen,) = database.read_now(lambda kept: kept.feedback.of_owner(SITI))

    assert (row.text, row.seen, seen.seen) == ("Siti's words", None, LATER)


def _send_all(kept: Transaction) -> None:
    while rows := kept.outbox.heads(NOW, 10):
        for row in rows:
            kept.outbox.sent(row.id, NOW)


def _is_kept(database: Database, digest: str) -> bool:
    return database.read_now(lambda kept: kept.pictures.get(digest)) is not None


def _rows_with(url: str, column: str, value: str) -> dict[str, int]:
    """Return how many rows of each table have a value in a column, without the tables that have none."""
    engine = plain_engine(url)
    with engine.connect() as connection:
        found = {
            name: len(connection.execute(select(table).where(table.c[column] == value)).all())
            for name, table in metadata.tables.items()
            if column in table.c
        }
    engine.dispose()
    return {name: number for name, number in found.items() if number}
