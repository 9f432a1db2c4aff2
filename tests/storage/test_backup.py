"""A copy is whole, can be put back, and nothing is ever overwritten by accident."""

from pathlib import Path

import pytest

from storage.backup import NoBackup, backup, restore
from storage.database import Database
from storage.engines import sqlite_path
from storage.lock import DatabaseInUse, writer_lock
from tests.storage.rows import counts, fill
from tests.storage.samples import BUDI, NOW, SITI, update


def _fill(url: str, owner_id: int, number: int) -> None:
    database = Database.open(url)
    fill(database, owner_id, "Kopi", number=number)
    database.close_now()


def test_a_copy_has_everything_of_one_moment(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """Taken while the bot has its database open, with rows still in the log."""
    copy = tmp_path / "copy.db"
    bot = Database.open(migrated_sqlite_url)
    fill(bot, SITI, "Kopi")

    backup(migrated_sqlite_url, copy)

    bot.write_now(lambda kept: kept.inbox.add([update(99)], NOW))
    assert counts(f"sqlite:///{copy}")["inbox"] == 3
    assert copy.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.glob("copy*")] == ["copy.db"]
    bot.close_now()


def test_a_copy_put_back_is_the_database_again(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """What came after the copy is gone from the database, and kept beside it."""
    copy = tmp_path / "copy.db"
    _fill(migrated_sqlite_url, SITI, 1)
    backup(migrated_sqlite_url, copy)
    _fill(migrated_sqlite_url, BUDI, 2)

    restore(migrated_sqlite_url, copy)

    assert counts(migrated_sqlite_url)["owners"] == 1
    assert counts(f"{migrated_sqlite_url}.before-restore")["owners"] == 2
    database = Database.open(migrated_sqlite_url)
    assert database.read_now(lambda kept: kept.owners.load(SITI)) is not None
    database.close_now()


def test_a_copy_can_be_put_where_nothing_is(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """On a new machine there is no database yet."""
    copy = tmp_path / "copy.db"
    backup(migrated_sqlite_url, copy)
    elsewhere = f"sqlite:///{tmp_path / 'new' / 'jejak.db'}"

    restore(elsewhere, copy)

    assert counts(elsewhere)["owners"] == 0


def test_nothing_is_put_back_under_a_running_bot(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """The bot would go on writing into the file that was set aside."""
    copy = tmp_path / "copy.db"
    backup(migrated_sqlite_url, copy)

    with writer_lock(migrated_sqlite_url), pytest.raises(DatabaseInUse):
        restore(migrated_sqlite_url, copy)


def test_a_copy_overwrites_nothing(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """The file of an earlier copy, or any other, stays."""
    copy = tmp_path / "copy.db"
    copy.write_text("precious")

    with pytest.raises(NoBackup, match="exists already"):
        backup(migrated_sqlite_url, copy)

    assert copy.read_text() == "precious"


def test_there_must_be_something_to_copy(sqlite_url: str, tmp_path: Path) -> None:
    """A wrong path makes no empty copy."""
    with pytest.raises(NoBackup, match="no database"):
        backup(sqlite_url, tmp_path / "copy.db")
    with pytest.raises(NoBackup, match="no copy"):
        restore(sqlite_url, tmp_path / "copy.db")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no database" * 100])
def test_what_is_no_copy_is_not_put_back(migrated_sqlite_url: str, tmp_path: Path, content: bytes) -> None:
    """The database stays in its place."""
    _fill(migrated_sqlite_url, SITI, 1)
    copy = tmp_path / "copy.db"
    copy.write_bytes(content)

    with pytest.raises(NoBackup, match="no copy of ours"):
        restore(migrated_sqlite_url, copy)

    assert counts(migrated_sqlite_url)["owners"] == 1


def test_a_torn_copy_is_not_put_back(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """Half a file is found out before anything is touched."""
    copy = tmp_path / "copy.db"
    _fill(migrated_sqlite_url, SITI, 1)
    backup(migrated_sqlite_url, copy)
    copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])

    with pytest.raises(NoBackup):
        restore(migrated_sqlite_url, copy)

    path = sqlite_path(migrated_sqlite_url)
    assert path is not None
    assert path.exists()


def test_postgresql_has_its_own_tools(tmp_path: Path) -> None:
    """The operator is told which."""
    for attempt in (backup, restore):
        with pytest.raises(NoBackup, match="pg_dump"):
            attempt("postgresql://example/jejak", tmp_path / "copy.db")
