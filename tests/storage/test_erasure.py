"""Who asks to be forgotten is forgotten, in every table and in the files."""

from pathlib import Path

from sqlalchemy import or_, select

from storage.database import Database
from storage.engines import sqlite_path
from storage.tables import metadata
from storage.transactions import Transaction
from tests.storage.rows import counts, fill, plain_engine
from tests.storage.samples import BUDI, LATER, NOW, SITI, message, session

SECRET = "RAHASIA-dapur-Siti"


def test_the_samples_fill_every_table(database: Database, url: str) -> None:
    """A table added later is missed neither here nor in the stairway of the migrations."""
    fill(database, SITI, SECRET)

    assert [name for name, rows in counts(url).items() if not rows] == []


def test_erasing_leaves_no_row_of_the_owner(database: Database, url: str) -> None:
    """Every table that knows owners or chats has forgotten this one, whatever the state of the row."""
    fill(database, SITI, SECRET)
    fill(database, BUDI, "Budi's words", number=2)

    database.write_now(lambda kept: kept.owners.erase(SITI))

    engine = plain_engine(url)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            theirs = [table.c[name] == SITI for name in ("owner_id", "chat_id") if name in table.c]
            if theirs:
                assert connection.execute(select(table).where(or_(*theirs))).all() == [], table.name
    engine.dispose()


def test_erasing_takes_nothing_of_anybody_else(database: Database, url: str) -> None:
    """Another owner keeps every row, and the picture both were sent."""
    fill(database, BUDI, "Budi's words", number=2)
    before = counts(url)
    fill(database, SITI, SECRET)

    database.write_now(lambda kept: kept.owners.erase(SITI))

    assert counts(url) == before
    assert database.read_now(lambda kept: kept.pictures.get("shared")) is not None
    assert database.read_now(lambda kept: kept.pictures.get("d1")) is None


def test_an_erased_owner_can_begin_anew(database: Database) -> None:
    """The goodbye is queued in the same transaction, and the next message finds a stranger."""
    fill(database, SITI, SECRET)

    def forget(kept: Transaction) -> None:
        kept.owners.erase(SITI)
        kept.outbox.put(SITI, [message("Sudah dihapus")], NOW)

    database.write_now(forget)

    assert database.read_now(lambda kept: kept.owners.load(SITI)) is None
    assert database.read_now(lambda kept: kept.outbox.waiting(SITI)) == 1
    assert database.write_now(lambda kept: kept.owners.save(SITI, session(), expected=None, now=LATER)) == 1


def test_erasing_a_stranger_is_no_trouble(database: Database) -> None:
    """Nothing to forget is forgotten at once."""
    database.write_now(lambda kept: kept.owners.erase(SITI))


def test_erased_words_are_in_no_file(migrated_sqlite_url: str) -> None:
    """After an erase and a checkpoint neither the database nor its log holds a byte of what was said."""
    path = sqlite_path(migrated_sqlite_url)
    assert path is not None
    database = Database.open(migrated_sqlite_url)
    fill(database, SITI, SECRET)
    database.checkpoint_now()
    assert _found(path.parent) > 0

    database.write_now(lambda kept: kept.owners.erase(SITI))
    emptied = database.checkpoint_now()

    assert emptied
    assert _found(path.parent) == 0
    database.close_now()


async def test_a_checkpoint_can_be_awaited(database: Database) -> None:
    """The bot asks for it after an erase; where there is no log of ours it is done at once."""
    assert await database.checkpoint()


def _found(folder: Path) -> int:
    return sum(file.read_bytes().count(SECRET.encode()) for file in folder.iterdir())
