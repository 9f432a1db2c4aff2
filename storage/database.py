"""The database: one writing thread, transactions as functions."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Self, TypeVar

from sqlalchemy import Engine

from storage.engines import READERS, UnsafeDatabase, check_durable, check_ours, reader_engine, writer_engine
from storage.transactions import Transaction

T = TypeVar("T")


class Database:
    """An open database. Work is a function of a transaction, kept as a whole or not at all.

    All writes of a process go through one thread: SQLite has one writer, and a queue is fairer than its
    busy handler. Work that is awaited and cancelled is finished nevertheless.
    """

    def __init__(self, reader: Engine, writer: Engine | None) -> None:
        self._reader = reader
        self._writer = writer
        self._reading = ThreadPoolExecutor(READERS, thread_name_prefix="storage-reader")
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="storage-writer")

    @classmethod
    def open(cls, url: str, *, read_only: bool = False) -> Self:
        """Open ``sqlite:///path`` or ``postgresql://…``; ``migration.upgrade`` has to have run.

        NotOurDatabase for a file of another program, UnsafeDatabase for a server that may lose answers.
        """
        check_ours(url)
        if read_only:
            return cls(reader_engine(url, existing=True), None)
        writer = writer_engine(url)
        try:
            check_durable(writer)
        except UnsafeDatabase:
            writer.dispose()
            raise
        return cls(reader_engine(url, existing=False), writer)

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Do ``work`` in one transaction and return its result once that is on disk.

        An exception rolls everything back and is raised again.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._written, work)

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Do ``work`` on a snapshot that is at least as new as the last ``write`` awaited before."""
        return await asyncio.get_running_loop().run_in_executor(self._reading, self._read, work)

    def write_now(self, work: Callable[[Transaction], T]) -> T:
        """Do the same as ``write`` without an event loop."""
        return self._writing.submit(self._written, work).result()

    def read_now(self, work: Callable[[Transaction], T]) -> T:
        """Do the same as ``read`` without an event loop."""
        return self._reading.submit(self._read, work).result()

    async def checkpoint(self) -> bool:
        """Move SQLite's log into the file and empty it, so that no erased text stays in it.

        False when a read was in the way: try again later. PostgreSQL sees to it by itself.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writing, self._checkpointed)

    def checkpoint_now(self) -> bool:
        """Do the same as ``checkpoint`` without an event loop."""
        return self._writing.submit(self._checkpointed).result()

    async def close(self) -> None:
        """Finish what is under way and close the connections."""
        await asyncio.get_running_loop().run_in_executor(None, self.close_now)

    def close_now(self) -> None:
        """Do the same as ``close`` without an event loop."""
        self._reading.shutdown()
        self._writing.shutdown()
        # The writer last: SQLite's last connection empties the log, and a reader mustn't.
        self._reader.dispose()
        if self._writer is not None:
            self._writer.dispose()

    def _written(self, work: Callable[[Transaction], T]) -> T:
        if self._writer is None:
            raise PermissionError("the database was opened for reading only")
        with self._writer.begin() as connection:
            return work(Transaction(connection))

    def _read(self, work: Callable[[Transaction], T]) -> T:
        with self._reader.connect() as connection:
            return work(Transaction(connection))

    def _checkpointed(self) -> bool:
        if self._writer is None or self._writer.dialect.name != "sqlite":
            return True
        connection = self._writer.raw_connection()  # no transaction may be open
        try:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone() or (1,)
            cursor.close()
        finally:
            connection.close()
        return busy == 0
