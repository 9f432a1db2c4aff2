"""The settings that the promise rests on are really set, and what lacks them is refused."""

import hashlib
import sqlite3
from pathlib import Path

import pytest
from psycopg import sql
from sqlalchemy.exc import OperationalError

from storage import migration
from storage.database import Database
from storage.engines import (
    APPLICATION_ID,
    NotOurDatabase,
    UnsafeDatabase,
    migration_engine,
    parse_url,
    sqlite_path,
)
from storage.transactions import Transaction
from tests.storage.samples import NOW, update
from tests.storage.servers import run_on


def _pragmas(kept: Transaction, *names: str) -> dict[str, object]:
    connection = kept.facts.connection
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}


def test_the_writer_survives_a_power_cut(migrated_sqlite_url: str) -> None:
    """WAL with synchronous FULL (2), and everything else a careful file needs."""
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 10_000,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "application_id": APPLICATION_ID,
    }
    database = Database.open(migrated_sqlite_url)

    assert database.write_now(lambda kept: _pragmas(kept, *expected)) == expected

    database.close_now()


def test_the_reader_neither_writes_nor_checkpoints(migrated_sqlite_url: str) -> None:
    """Only one connection touches the file and its log."""
    expected = {"query_only": 1, "wal_autocheckpoint": 0, "trusted_schema": 0, "busy_timeout": 10_000}
    database = Database.open(migrated_sqlite_url)

    assert database.read_now(lambda kept: _pragmas(kept, *expected)) == expected

    database.close_now()


def test_migrations_may_rebuild_tables(migrated_sqlite_url: str) -> None:
    """With foreign keys on, replacing a table would delete what refers to it."""
    engine = migration_engine(migrated_sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 0
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2
    engine.dispose()


def test_a_write_takes_the_lock_before_it_reads(migrated_sqlite_url: str) -> None:
    """BEGIN IMMEDIATE: while our transaction is open nobody else can even begin to write."""
    database = Database.open(migrated_sqlite_url)
    other = sqlite3.connect(str(sqlite_path(migrated_sqlite_url)), timeout=0, check_same_thread=False)

    def work(_: Transaction) -> None:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")

    database.write_now(work)

    other.close()
    database.close_now()


def test_postgresql_that_may_lose_answers_is_refused(postgres_url: str) -> None:
    """With synchronous_commit off a server crash loses what was confirmed."""
    migration.upgrade(postgres_url)
    Database.open(postgres_url).close_now()
    name = parse_url(postgres_url).database

    statement = sql.SQL("ALTER DATABASE {} SET synchronous_commit = off")
    run_on(postgres_url, statement.format(sql.Identifier(str(name))))

    with pytest.raises(UnsafeDatabase, match="synchronous_commit=off"):
        Database.open(postgres_url)


def test_a_connection_that_was_cut_is_replaced(postgres_url: str) -> None:
    """When the server restarts, the bot goes on with the next transaction."""
    migration.upgrade(postgres_url)
    database = Database.open(postgres_url)
    database.write_now(lambda kept: kept.facts.put("before", "1"))
    database.read_now(lambda kept: kept.facts.get("before"))

    run_on(
        postgres_url,
        sql.SQL(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid != pg_backend_pid()"
        ).format(),
    )

    database.write_now(lambda kept: kept.facts.put("after", "1"))
    assert database.read_now(lambda kept: kept.facts.get("after")) == "1"
    database.close_now()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg", "postgresql+asyncpg"])
def test_every_spelling_of_postgresql_gets_our_driver(scheme: str) -> None:
    """Hosts hand out URLs in many spellings."""
    parsed = parse_url(f"{scheme}://siti:secret@db.example:5433/jejak?sslmode=require")

    assert parsed.drivername == "postgresql+psycopg"
    assert parsed.render_as_string(hide_password=False).endswith(
        "siti:secret@db.example:5433/jejak?sslmode=require"
    )


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://example/jejak"])
def test_what_can_not_keep_answers_is_no_database(url: str) -> None:
    """Memory forgets, and other databases aren't tested."""
    with pytest.raises(ValueError, match="sqlite:///"):
        Database.open(url)


def test_a_new_file_is_for_its_owner_only(migrated_sqlite_url: str) -> None:
    """The folder we create is closed to other accounts."""
    path = sqlite_path(migrated_sqlite_url)
    assert path is not None

    assert path.parent.stat().st_mode & 0o777 == 0o700


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("application_id", [0, 1234])
def test_the_database_of_another_program_is_left_alone(tmp_path: Path, application_id: int) -> None:
    """A wrong path in the settings harms nothing."""
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE photos (id INTEGER)")
        other.execute(f"PRAGMA application_id = {application_id}")
    other.close()
    before = _digest(path)

    for attempt in (Database.open, migration.upgrade, migration.current):
        with pytest.raises(NotOurDatabase, match=r"photos\.db"):
            attempt(f"sqlite:///{path}")

    assert _digest(path) == before
    assert [file.name for file in tmp_path.iterdir()] == ["photos.db"]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    """Nor does a text file become one."""
    path = tmp_path / "notes.txt"
    path.write_text("not a database, but long enough to look at" * 10)
    before = _digest(path)

    with pytest.raises(NotOurDatabase, match=r"notes\.txt"):
        Database.open(f"sqlite:///{path}")

    assert _digest(path) == before


def test_read_only_changes_nothing_beside_a_running_bot(url: str) -> None:
    """A doctor or a backup may look while the bot writes."""
    bot = Database.open(url)
    doctor = Database.open(url, read_only=True)
    bot.write_now(lambda kept: kept.inbox.add([update(1)], NOW))

    assert doctor.read_now(lambda kept: kept.inbox.count()) == 1
    with pytest.raises(PermissionError):
        doctor.write_now(lambda kept: kept.inbox.prune(NOW))

    doctor.close_now()
    assert bot.write_now(lambda kept: kept.inbox.count()) == 1
    bot.close_now()


def test_read_only_creates_no_file(sqlite_url: str) -> None:
    """Looking at a database that isn't there says so."""
    path = sqlite_path(sqlite_url)
    assert path is not None

    with pytest.raises(FileNotFoundError, match=r"jejak\.db"):
        Database.open(sqlite_url, read_only=True)

    assert not path.exists()


def test_a_server_that_is_not_there_is_an_error_at_once(tmp_path: Path) -> None:
    """The bot doesn't start without its database."""
    with pytest.raises(OperationalError):
        Database.open(f"postgresql://postgres@/jejak?host={tmp_path}")
