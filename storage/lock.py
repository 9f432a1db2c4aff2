"""One writing process per SQLite file."""

import fcntl
import os
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType

from storage.engines import sqlite_path


class DatabaseInUse(Exception):
    """Another process writes to the database."""


class WriterLock:
    """The right to write to a SQLite file, held by a lock on a file beside it until released.

    The lock dies with its process; the file stays. Two processes writing at once could corrupt a WAL
    file of SQLite before 3.51.3.
    """

    def __init__(self, path: Path) -> None:
        self._database = path
        self._path = path.with_name(path.name + ".lock")
        self._file: int | None = None

    def __enter__(self) -> "WriterLock":
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self) -> None:
        """Take the lock at once, or raise DatabaseInUse."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(file, 20).decode("ascii", "replace").strip()
            os.close(file)
            raise DatabaseInUse(f"{self._database} is in use by process {holder or '?'}") from error
        os.truncate(file, 0)
        os.write(file, f"{os.getpid()}\n".encode("ascii"))
        self._file = file

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


def writer_lock(url: str) -> AbstractContextManager[object]:
    """Return the lock for the database of that URL; PostgreSQL needs none."""
    path = sqlite_path(url)
    return nullcontext() if path is None else WriterLock(path)
