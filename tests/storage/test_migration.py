"""Migrations take a database all the way, back again, or leave it as it was."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from storage import migration
from storage.database import Database
from storage.engines import migration_engine, sqlite_path
from storage.tables import metadata
from tests.storage.rows import counts, fill, plain_engine
from tests.storage.samples import BUDI, NOW, SITI

ANI = 43

NEXT = """
import os
import signal
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{before}"


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO extra (id) VALUES (1)")
    with op.batch_alter_table("owners", table_kwargs={{"sqlite_strict": True}}) as batch:
        batch.add_column(sa.Column("mood", sa.Text()))
        batch.alter_column("revision", server_default="1")  # on SQLite this builds the table anew
    {trouble}


def downgrade():
    with op.batch_alter_table("owners", table_kwargs={{"sqlite_strict": True}}) as batch:
        batch.drop_column("mood")
        batch.alter_column("revision", server_default=None)
    op.drop_table("extra")
"""
FIRST_PICTURE = "INSERT INTO pictures (digest, name, file_id, kept) VALUES (:digest, :name, :file_id, :kept)"
MIGRATE = """
import sys
from pathlib import Path
from storage import migration
migration.upgrade(sys.argv[1], scripts=Path(sys.argv[2]))
"""


@pytest.fixture
def filled_url(empty_url: str) -> str:
    """The URL of a migrated database of the test's own, with a row in every table."""
    migration.upgrade(empty_url)
    database = Database.open(empty_url)
    fill(database, SITI, "Kopi")
    database.close_now()
    return empty_url


@pytest.fixture
def next_release(tmp_path: Path) -> Path:
    """The migrations of a release that has one more."""
    return _release_with(tmp_path / "next", trouble="pass")


def _release_with(folder: Path, trouble: str) -> Path:
    shutil.copytree(migration.SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    script = NEXT.format(before=migration.head(), trouble=trouble)
    (folder / "versions" / "next.py").write_text(script)
    return folder


def _tables(url: str) -> set[str]:
    engine = plain_engine(url)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names - {"alembic_version"}


def _differences(url: str) -> list[object]:
    """Return what Alembic would change to make the database what ``storage.tables`` says."""
    engine = plain_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[object] = compare_metadata(context, metadata)
    engine.dispose()
    return found


def _migrate(url: str, scripts: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", MIGRATE, url, str(scripts)], stderr=subprocess.PIPE, text=True
    )


def test_an_empty_database_becomes_what_the_tables_say(empty_url: str) -> None:
    """The migrations and ``storage.tables`` agree; a change to one needs the other."""
    assert migration.current(empty_url) is None

    migration.upgrade(empty_url)

    assert migration.current(empty_url) == migration.head()
    assert _tables(empty_url) == set(metadata.tables)
    assert _differences(empty_url) == []


def test_sqlite_gets_the_same_tables_either_way(migrated_sqlite_url: str, tmp_path: Path) -> None:
    """Alembic doesn't compare checks and STRICT; the text of the tables shows them."""
    created = f"sqlite:///{tmp_path / 'created.db'}"
    engine = plain_engine(created)
    metadata.create_all(engine)
    engine.dispose()

    assert _sqlite_schema(migrated_sqlite_url) == _sqlite_schema(created)


def _sqlite_schema(url: str) -> dict[str, list[str]]:
    """Return the statement behind each table and index, its parts sorted."""
    engine = plain_engine(url)
    statement = text(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name != 'alembic_version'"
    )
    with engine.connect() as connection:
        found = {
            name: sorted(" ".join(part.split()) for part in re.split(r",(?![^(]*\))|\n\)", sql))
            for name, sql in connection.execute(statement)
        }
    engine.dispose()
    return found


def test_migrating_again_changes_nothing(filled_url: str) -> None:
    """Every start migrates; mostly there is nothing to do."""
    before = counts(filled_url)

    migration.upgrade(filled_url)

    assert counts(filled_url) == before


def test_every_step_can_be_gone_up_down_and_up_with_rows(filled_url: str) -> None:
    """The stairway: no migration fails on data, none leaves anything behind."""
    scripts = ScriptDirectory(str(migration.SCRIPTS)).walk_revisions()
    newest_first = [script.revision for script in scripts]

    for revision, below in zip(newest_first, [*newest_first[1:], "base"], strict=True):
        migration.downgrade(filled_url, below)
        migration.upgrade(filled_url, revision)
        migration.downgrade(filled_url, below)

    assert _tables(filled_url) == set()
    migration.upgrade(filled_url)
    assert _differences(filled_url) == []


def test_file_ids_are_sorted_by_kind(empty_url: str) -> None:
    """What the first release knew of Telegram's files stays known, there and back."""
    migration.upgrade(empty_url, "0001")
    engine = plain_engine(empty_url)
    with engine.begin() as connection:
        for digest, file_id in (("photo", "AgACx"), ("document", "BQACx"), ("bytes", None)):
            row = {"digest": digest, "name": "peta.png", "file_id": file_id, "kept": 1}
            connection.execute(text(FIRST_PICTURE), row)

    migration.upgrade(empty_url, "0002")
    with engine.connect() as connection:
        found = connection.execute(text("SELECT digest, photo_id, document_id FROM pictures")).all()
    migration.downgrade(empty_url, "0001")
    with engine.connect() as connection:
        before = connection.execute(text("SELECT digest, file_id FROM pictures")).all()
    engine.dispose()

    assert set(found) == {("photo", "AgACx", None), ("document", None, "BQACx"), ("bytes", None, None)}
    assert set(before) == {("photo", "AgACx"), ("document", "BQACx"), ("bytes", None)}


def test_what_was_deleted_is_gone_in_the_release_before(filled_url: str) -> None:
    """It doesn't come back to life where nobody knows that it was deleted; the neighbour keeps everything."""
    database = Database.open(filled_url)
    fill(database, BUDI, "Teh", number=2)
    fill(database, ANI, "Susu", number=3)
    database.write_now(lambda kept: kept.owners.leave(BUDI, NOW))
    database.write_now(lambda kept: kept.maps.delete("m3", ANI, NOW))
    database.close_now()

    migration.downgrade(filled_url, "0002")

    engine = plain_engine(filled_url)
    with engine.connect() as connection:
        owners = set(connection.execute(text("SELECT owner_id FROM owners")).scalars())
        maps = set(connection.execute(text("SELECT map_id FROM maps")).scalars())
        answers = set(connection.execute(text("SELECT map_id FROM answers")).scalars())
        chats = set(connection.execute(text("SELECT chat_id FROM inbox")).scalars())
    engine.dispose()
    assert (owners, maps, chats) == ({SITI, ANI}, {"m1"}, {SITI, ANI})
    assert answers == {"m1", None}


def test_the_next_release_keeps_every_row(filled_url: str, next_release: Path) -> None:
    """A table that others refer to can be rebuilt under them, there and back."""
    before = counts(filled_url)

    migration.upgrade(filled_url, scripts=next_release)
    after = counts(filled_url)
    migration.downgrade(filled_url, migration.head(), scripts=next_release)

    assert after == before
    assert counts(filled_url) == before
    assert _differences(filled_url) == []


@pytest.mark.parametrize("trouble", ["raise RuntimeError('boom')", "os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_migration_that_dies_leaves_no_trace(empty_url: str, tmp_path: Path, trouble: str) -> None:
    """Killed or failed in the middle, the database is as before and can be migrated afterwards."""
    migration.upgrade(empty_url)
    broken = _release_with(tmp_path / "broken", trouble)
    mended = _release_with(tmp_path / "mended", trouble="pass")

    with _migrate(empty_url, broken) as process:
        _, complaint = process.communicate()

    assert process.returncode != 0, complaint
    assert migration.current(empty_url) == migration.head()
    assert _differences(empty_url) == []
    migration.upgrade(empty_url, scripts=mended)
    assert migration.current(empty_url) == "next"


def test_processes_that_start_at_once_migrate_once(empty_url: str) -> None:
    """One migrates, the others wait and find nothing left to do."""
    processes = [_migrate(empty_url, migration.SCRIPTS) for _ in range(3)]
    complaints = [process.communicate()[1] for process in processes]

    assert [process.returncode for process in processes] == [0, 0, 0], complaints
    assert migration.current(empty_url) == migration.head()


def test_a_newer_database_is_left_alone(filled_url: str, next_release: Path) -> None:
    """An older release says in one line what to do, and touches nothing."""
    migration.upgrade(filled_url, scripts=next_release)

    with pytest.raises(migration.NewerDatabase, match=f"revision next.*up to {migration.head()}"):
        migration.upgrade(filled_url)
    with pytest.raises(migration.NewerDatabase):
        migration.downgrade(filled_url, "base")

    assert migration.current(filled_url) == "next"
    assert "extra" in _tables(filled_url)


def test_a_migration_may_not_leave_rows_that_refer_to_nothing(
    migrated_sqlite_url: str, tmp_path: Path
) -> None:
    """SQLite doesn't check foreign keys while tables are rebuilt; we do before it counts."""
    database = Database.open(migrated_sqlite_url)
    fill(database, SITI, "Kopi")
    database.close_now()
    careless = _release_with(tmp_path / "careless", trouble="op.execute('DELETE FROM owners')")

    with pytest.raises(RuntimeError, match="refer to nothing"):
        migration.upgrade(migrated_sqlite_url, scripts=careless)

    assert migration.current(migrated_sqlite_url) == migration.head()
    assert counts(migrated_sqlite_url)["owners"] == 1


def test_looking_for_the_revision_creates_nothing(sqlite_url: str) -> None:
    """Where there is no file there is no revision, and still no file."""
    path = sqlite_path(sqlite_url)
    assert path is not None

    assert migration.current(sqlite_url) is None

    assert not path.exists()


def test_migrated_files_are_marked_as_ours(migrated_sqlite_url: str) -> None:
    """The mark is in the file's header, and stays through a downgrade."""
    migration.downgrade(migrated_sqlite_url, "base")

    migration.upgrade(migrated_sqlite_url)

    engine = migration_engine(migrated_sqlite_url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA application_id").scalar_one() == 0x4A454A4B
    engine.dispose()
    database = Database.open(migrated_sqlite_url)
    assert database.read_now(lambda kept: kept.inbox.oldest()) is None
    assert database.write_now(lambda kept: kept.inbox.prune(NOW)) == 0
    database.close_now()
