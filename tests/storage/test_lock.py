"""One process writes to a SQLite file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from storage.lock import DatabaseInUse, WriterLock, writer_lock

HOLD = """
import sys
from pathlib import Path
from storage.lock import WriterLock
lock = WriterLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_writer_is_turned_away(tmp_path: Path) -> None:
    """The refusal names the database and who has it, and disturbs nobody."""
    path = tmp_path / "data" / "jejak.db"

    with (
        WriterLock(path),
        pytest.raises(DatabaseInUse, match=rf"jejak\.db is in use by process {os.getpid()}"),
    ):
        WriterLock(path).acquire()


def test_a_released_lock_can_be_taken(tmp_path: Path) -> None:
    """After the one the other; releasing twice is no trouble."""
    path = tmp_path / "jejak.db"
    first = WriterLock(path)
    first.acquire()
    first.release()
    first.release()

    with WriterLock(path):
        assert path.with_name("jejak.db.lock").exists()


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    """A killed bot leaves nothing to clean up."""
    path = tmp_path / "jejak.db"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(DatabaseInUse, match=str(process.pid)):
            WriterLock(path).acquire()
        process.kill()

    with WriterLock(path):
        pass


def test_the_lock_of_a_url_is_beside_its_file(sqlite_url: str) -> None:
    """Whoever has only a URL gets the same lock."""
    with writer_lock(sqlite_url), pytest.raises(DatabaseInUse), writer_lock(sqlite_url):
        pass


def test_postgresql_needs_no_lock() -> None:
    """Many processes may write to a server."""
    with writer_lock("postgresql://example/jejak"), writer_lock("postgresql://example/jejak"):
        pass
