"""Copies of a SQLite database, taken while the bot runs and put back while it doesn't."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from storage.engines import APPLICATION_ID, NotOurDatabase, check_ours, sqlite_path
from storage.lock import writer_lock


class NoBackup(Exception):
    """The copy was not made or not put back; the message says why. Nothing was overwritten."""


def backup(url: str, file: Path) -> None:
    """Write a checked copy of the database, whole as of one moment, to a ``file`` that doesn't exist yet.

    The bot may write meanwhile; it is held up for some milliseconds at most.
    """
    source = _require_sqlite(url)
    if file.exists():
        raise NoBackup(f"{file} exists already")
    if not source.exists():
        raise NoBackup(f"no database at {source}")
    check_ours(url)
    unfinished = file.with_name(file.name + ".part")
    unfinished.unlink(missing_ok=True)
    try:
        unfinished.touch(mode=0o600)
        with closing(_read(source)) as connection:
            # Not the backup API: it starts over at every write and may never end. Nor cp: it tears.
            connection.execute("VACUUM INTO ?", [str(unfinished)])
        _require_whole(unfinished)
        _flush(unfinished)
        unfinished.rename(file)
        _flush(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(url: str, file: Path) -> None:
    """Put a copy made by ``backup`` in the place of the database, which is kept as ``….before-restore``.

    DatabaseInUse while the bot runs, NoBackup for a copy that is broken or not ours.
    """
    target = _require_sqlite(url)
    if not file.is_file():
        raise NoBackup(f"no copy at {file}")
    _require_whole(file)
    with writer_lock(url):
        fresh = target.with_name(target.name + ".part")
        shutil.copyfile(file, fresh)
        fresh.chmod(0o600)
        _flush(fresh)
        if target.exists():
            check_ours(url)
            _empty_log(target)
            target.replace(target.with_name(target.name + ".before-restore"))
        for leftover in ("-wal", "-shm"):
            target.with_name(target.name + leftover).unlink(missing_ok=True)
        fresh.rename(target)
        _flush(target.parent)


def _require_sqlite(url: str) -> Path:
    path = sqlite_path(url)
    if path is None:
        raise NoBackup("PostgreSQL has its own tools for this: pg_dump and pg_restore")
    return path


def _require_whole(file: Path) -> None:
    try:
        check_ours(f"sqlite:///{file}")
        with closing(_read(file)) as connection:
            (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            (mark,) = connection.execute("PRAGMA application_id").fetchone()
    except (NotOurDatabase, sqlite3.DatabaseError) as error:
        raise NoBackup(f"{file} is no copy of ours: {error}") from error
    if verdict != "ok" or mark != APPLICATION_ID:
        raise NoBackup(f"{file} is broken or no copy of ours: {verdict}")


def _empty_log(path: Path) -> None:
    # What a killed bot left in the log belongs to the file that is set aside.
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _read(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, isolation_level=None)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
