"""One lane per chat over the inbox: in a chat one update after the other, the chats side by side."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable

import structlog

from bot.clock import Clock, Sleep
from storage.database import Database
from storage.records import AlreadyDone, InboxRow

CHATS_AT_ONCE = 64
STOP_SECONDS = 4.5
"""The whole bot has 5 s between SIGTERM and its end."""
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0

logger = structlog.get_logger(__name__)


class Lanes:
    """Hands waiting updates to ``handle``, the oldest of each chat first.

    After each update a chat goes to the back of the queue, so that a long backlog keeps nobody waiting.
    ``handle`` ends its update in its own transaction (``inbox.done``). When it raises, the try is counted
    and its chat, only its, pauses; after the third try storage parks the update and ``on_parked`` is told.
    """

    def __init__(
        self,
        database: Database,
        handle: Callable[[InboxRow], Awaitable[None]],
        *,
        clock: Clock,
        on_parked: Callable[[InboxRow, str], Awaitable[None]],
        limit: int = CHATS_AT_ONCE,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._database = database
        self._handle = handle
        self._clock = clock
        self._on_parked = on_parked
        self._limit = limit
        self._sleep = sleep
        self._queue: deque[int] = deque()
        self._known: set[int] = set()  # chats in the queue, in work or pausing
        self._woken: set[int] = set()  # chats woken while in work: they may have got more than they know
        self._working: set[asyncio.Task[None]] = set()
        self._pausing: set[asyncio.Task[None]] = set()
        self._started = asyncio.Event()
        self._stopping = asyncio.Event()
        self._drained = asyncio.Event()
        self._idle = asyncio.Event()

    def wake(self, chat_ids: Iterable[int]) -> None:
        """Say that these chats have got updates."""
        for chat_id in chat_ids:
            if chat_id in self._known:
                self._woken.add(chat_id)
            else:
                self._known.add(chat_id)
                self._queue.append(chat_id)
        self._start_work()

    async def run(self) -> None:
        """Work off what waits since the last run and whatever comes, until ``stop``."""
        self.wake(await self._database.read(lambda transaction: transaction.inbox.lanes()))
        self._started.set()
        self._start_work()
        try:
            await self._stopping.wait()
            await self._drained.wait()
        finally:
            self._stopping.set()  # also when cancelled: what is cancelled must not make room for more
            await _cancelled(self._working | self._pausing)

    async def stop(self) -> None:
        """Finish the updates in work and leave the rest in the inbox, all within 5 s."""
        self._stopping.set()
        self._look_around()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._drained.wait()
        except TimeoutError:
            logger.warning("lanes_stopped_in_work", chats=len(self._working))
            await _cancelled(self._working)
            self._drained.set()

    async def idle(self) -> None:
        """Return when no update waits, is in work or will be tried again."""
        await self._started.wait()
        await self._idle.wait()

    def _start_work(self) -> None:
        while self._started.is_set() and not self._stopping.is_set() and self._queue:
            if len(self._working) >= self._limit:
                break
            task = asyncio.create_task(self._work(self._queue.popleft()))
            self._working.add(task)
            task.add_done_callback(self._worked)
        self._look_around()

    def _worked(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self._start_work()

    def _look_around(self) -> None:
        if self._stopping.is_set() and not self._working:
            self._drained.set()
        if self._known or self._working:
            self._idle.clear()
        else:
            self._idle.set()

    async def _work(self, chat_id: int) -> None:
        """Handle one update of the chat and put the chat where it belongs."""
        self._woken.discard(chat_id)
        row: InboxRow | None = None
        try:
            row = await self._database.read(lambda transaction: transaction.inbox.next(chat_id))
            if row is not None:
                await self._handle(row)
        except Exception as error:  # the edge: whatever it is, the other chats go on
            await self._failed(chat_id, row, error)
            return
        if row is not None or chat_id in self._woken:
            self._queue.append(chat_id)
        else:
            self._known.discard(chat_id)

    async def _failed(self, chat_id: int, row: InboxRow | None, error: Exception) -> None:
        attempts = 0
        if row is not None:
            logger.error("update_failed", update_id=row.update_id, attempts=row.attempts + 1, exc_info=error)
            reason = f"{type(error).__name__}: {error}"
            try:
                parked = await self._count_try(row, reason)
            except AlreadyDone:  # another process was quicker
                self._queue.append(chat_id)
                return
            except Exception as trouble:  # the update stays as it is and is tried again
                logger.error("update_failure_not_stored", update_id=row.update_id, exc_info=trouble)
            else:
                if parked:
                    await self._tell(row, reason)
                    self._queue.append(chat_id)
                    return
            attempts = row.attempts
        else:
            logger.error("inbox_unreadable", exc_info=error)
        seconds = min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempts)
        pause = asyncio.create_task(self._pause(chat_id, seconds))
        self._pausing.add(pause)
        pause.add_done_callback(self._pausing.discard)

    async def _count_try(self, row: InboxRow, reason: str) -> bool:
        now = self._clock.now()
        return await self._database.write(
            lambda transaction: transaction.inbox.failed(row.update_id, reason, now)
        )

    async def _tell(self, row: InboxRow, reason: str) -> None:
        logger.error("update_parked", update_id=row.update_id, reason=reason)
        try:
            await self._on_parked(row, reason)
        except Exception:  # telling the owner is a kindness; the lane goes on without it
            logger.exception("parking_not_told", update_id=row.update_id)

    async def _pause(self, chat_id: int, seconds: float) -> None:
        await self._sleep(seconds)
        self._queue.append(chat_id)
        self._start_work()


async def _cancelled(tasks: Iterable[asyncio.Task[None]]) -> None:
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
