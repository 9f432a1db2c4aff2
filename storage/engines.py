"""Engines for both databases, with the settings that the promise to keep every answer rests on."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

APPLICATION_ID = 0x4A454A4B
"""Written into the header of our SQLite files: "JEJK"."""

READERS = 2
"""How many reads go on at once."""

DURABLE = frozenset({"on", "local", "remote_write", "remote_apply"})
"""The values of synchronous_commit that wait for PostgreSQL's own disk."""

COMMON_PRAGMAS = ("busy_timeout=10000", "foreign_keys=ON", "trusted_schema=OFF")
# FULL: with NORMAL a power cut loses answers already acknowledged (docs: SQLite, "PRAGMA synchronous").
# secure_delete: erased text is overwritten, not only unlinked.
WRITER_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", *COMMON_PRAGMAS)
MIGRATION_PRAGMAS = (*WRITER_PRAGMAS, "foreign_keys=OFF")
# Only one connection may write or checkpoint: SQLite before 3.51.3 can corrupt a WAL file otherwise.
READER_PRAGMAS = ("query_only=ON", "wal_autocheckpoint=0", *COMMON_PRAGMAS)


class NotOurDatabase(Exception):
    """The file is not one of this program's databases; it was left as it is."""


class UnsafeDatabase(Exception):
    """The server would confirm answers that a crash can lose."""


def parse_url(url: str) -> URL:
    """Return the URL with the driver that is used; only SQLite files and PostgreSQL are known."""
    parsed = make_url(url)
    match parsed.get_backend_name():
        case "postgresql" | "postgres":
            return parsed.set(drivername="postgresql+psycopg")
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return parsed
        case _:
            raise ValueError("a database is sqlite:///… with the path of a file, or postgresql://…")


def sqlite_path(url: str) -> Path | None:
    """Return the file of a SQLite database, None for PostgreSQL."""
    parsed = parse_url(url)
    return Path(str(parsed.database)) if parsed.get_backend_name() == "sqlite" else None


def writer_engine(url: str) -> Engine:
    """Return the engine for the one writing thread; a SQLite file and its folder are created."""
    return _writer(url, WRITER_PRAGMAS)


def migration_engine(url: str) -> Engine:
    """Return the engine for migrations: a writer that may rebuild tables others refer to."""
    return _writer(url, MIGRATION_PRAGMAS)


def reader_engine(url: str, *, existing: bool) -> Engine:
    """Return the engine for reads, which can't write; ``existing`` also refuses to create a SQLite file."""
    path = sqlite_path(url)
    if path is None:
        engine = create_engine(
            parse_url(url), pool_pre_ping=True, pool_size=READERS, max_overflow=0, hide_parameters=True
        )
        return engine.execution_options(postgresql_readonly=True)
    parsed = parse_url(url)
    if existing:
        _check_exists(path)
        parsed = URL.create(
            "sqlite", database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"}
        )
    engine = create_engine(
        parsed, poolclass=QueuePool, pool_size=READERS, max_overflow=0, hide_parameters=True
    )
    _prepare(engine, READER_PRAGMAS, begin="BEGIN")
    return engine


def check_ours(url: str) -> None:
    """Raise NotOurDatabase when a SQLite file holds something else; a new or empty one is fine."""
    path = sqlite_path(url)
    if path is None or not path.exists():
        return
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)
        try:
            (found,) = connection.execute("PRAGMA application_id").fetchone()
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        raise NotOurDatabase(f"{path} can't be read as a SQLite database: {error}") from error
    if found != APPLICATION_ID and (found or tables):
        raise NotOurDatabase(f"{path} is a database of another program (application id {found})")


def check_durable(engine: Engine) -> None:
    """Raise UnsafeDatabase when a PostgreSQL server doesn't wait for its disk at a commit."""
    if engine.dialect.name != "postgresql":
        return
    with engine.connect() as connection:
        fsync = connection.execute(text("SHOW fsync")).scalar_one()
        commit = connection.execute(text("SHOW synchronous_commit")).scalar_one()
    if fsync != "on" or commit not in DURABLE:
        raise UnsafeDatabase(
            f"PostgreSQL has fsync={fsync} and synchronous_commit={commit}: both must be on to keep answers"
        )


def _writer(url: str, pragmas: tuple[str, ...]) -> Engine:
    path = sqlite_path(url)
    if path is None:
        return create_engine(
            parse_url(url), pool_pre_ping=True, pool_size=1, max_overflow=0, hide_parameters=True
        )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(
        parse_url(url), poolclass=QueuePool, pool_size=1, max_overflow=0, hide_parameters=True
    )
    _prepare(engine, pragmas, begin="BEGIN IMMEDIATE")
    return engine


def _prepare(engine: Engine, pragmas: tuple[str, ...], *, begin: str) -> None:
    def connected(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not begin by itself: it would do so late and deferred, which loses updates.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)


def _check_exists(path: Path) -> None:
    if not path.exists():
        raise FileNotFoundError(f"no database at {path}")
