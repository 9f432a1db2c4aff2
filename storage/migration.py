"""Bringing a database to the shape that this release knows, and back."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text

from storage.engines import APPLICATION_ID, check_ours, migration_engine, reader_engine, sqlite_path

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 0x4A454A4B
"""PostgreSQL's advisory lock that lets one process migrate at a time."""


class NewerDatabase(Exception):
    """The database was migrated by a newer release; it was left as it is."""


def upgrade(url: str, revision: str = "head", *, scripts: Path = SCRIPTS) -> None:
    """Create or lift the tables up to ``revision``: all of it, or nothing when it fails or is killed.

    NotOurDatabase and NewerDatabase leave the database as it is. ``scripts`` is the folder of the
    migrations; tests give another release's.
    """
    _migrate(url, scripts, lambda config: command.upgrade(config, revision))


def downgrade(url: str, revision: str, *, scripts: Path = SCRIPTS) -> None:
    """Take the tables back to ``revision`` (``base``: none at all), in the same way as ``upgrade``."""
    _migrate(url, scripts, lambda config: command.downgrade(config, revision))


def current(url: str) -> str | None:
    """Return the revision that the database is at, None when it has no tables yet."""
    path = sqlite_path(url)
    if path is not None and not path.exists():
        return None
    check_ours(url)
    engine = reader_engine(url, existing=True)
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()


def head() -> str:
    """Return the newest revision that this release knows."""
    return str(ScriptDirectory(str(SCRIPTS)).get_current_head())


def _migrate(url: str, scripts: Path, work: Callable[[Config], None]) -> None:
    check_ours(url)
    engine = migration_engine(url)
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    try:
        with engine.begin() as connection:
            _wait_for_turn(connection)
            _check_known(connection, ScriptDirectory.from_config(config))
            config.attributes["connection"] = connection
            work(config)
            _leave_in_order(connection)
    finally:
        engine.dispose()


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _check_known(connection: Connection, scripts: ScriptDirectory) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is None:
        return
    try:
        scripts.get_revision(found)
    except CommandError as error:
        newest = scripts.get_current_head()
        raise NewerDatabase(
            f"the database is at revision {found}, this release knows up to {newest}: use the newer release"
        ) from error


def _leave_in_order(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(
            f"the migration left {len(broken)} rows that refer to nothing, such as {broken[0]}"
        )
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
