"""A database that is out of order when a test says so."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from storage.database import Database
from storage.transactions import Transaction

T = TypeVar("T")


class FlakyDatabase(Database):
    """Fails the next so many reads and writes, before they do anything."""

    reads_to_fail = 0
    writes_to_fail = 0
    reads_are_late: asyncio.Event | None = None

    async def read(self, work: Callable[[Transaction], T]) -> T:
        if self.reads_to_fail > 0:
            self.reads_to_fail -= 1
            raise OSError("disk I/O error")
        result = await super().read(work)
        if self.reads_are_late is not None:
            await self.reads_are_late.wait()
        return result

    async def write(self, work: Callable[[Transaction], T]) -> T:
        if self.writes_to_fail > 0:
            self.writes_to_fail -= 1
            raise OSError("database or disk is full")
        return await super().write(work)
