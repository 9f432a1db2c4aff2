"""Asks Telegram for updates, and confirms them only after they are committed."""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar

import structlog
from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken, RetryAfter, TelegramError

from bot.api import UPDATES, call_api, seconds_to_wait
from bot.clock import Sleep
from bot.health import Health
from bot.intake import Intake
from storage.records import JsonValue

POLL_SECONDS = 25
ANSWER_SECONDS = 10
"""How much later than the end of a long poll its answer may come."""
LONGEST_PAUSE = 30.0
STOP_SECONDS = 0.9

T = TypeVar("T")

logger = structlog.get_logger(__name__)


class Poller:
    """Long polling that never goes deaf: any trouble is a pause, after which it asks again.

    It starts without an offset: update ids restart at random after a week of silence, and the inbox
    ignores what it has already. At most one poller may run for a bot (Telegram answers the other with 409).
    """

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        health: Health,
        *,
        sleep: Sleep = asyncio.sleep,
        poll_seconds: int = POLL_SECONDS,
    ) -> None:
        self._bot = bot
        self._intake = intake
        self._health = health
        self._sleep = sleep
        self._poll_seconds = poll_seconds
        self._offset: int | None = None
        self._failures = 0
        self._webhook_gone = False
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    async def run(self) -> None:
        """Poll until ``stop``."""
        self._task = asyncio.create_task(self._loop())
        try:
            await self._task
        except asyncio.CancelledError:
            if not self._stopping.is_set():
                self._task.cancel()
                raise
        finally:
            self._stopped.set()

    async def stop(self) -> None:
        """End within a second; a batch that is just being committed is let through, but not confirmed."""
        self._stopping.set()
        if self._task is None:
            return
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._stopped.wait()
        except TimeoutError:
            self._task.cancel()
            await self._stopped.wait()

    async def _loop(self) -> None:
        while not self._stopping.is_set():
            try:
                updates = await self._unless_stopped(self._ask())
                if updates is None:
                    return
                await self._intake.take(updates)
                self._confirm(updates)
            except Exception as error:  # the edge: whatever it is, the bot must not go deaf
                await self._pause(error)
            else:
                self._failures = 0

    async def _ask(self) -> list[object]:
        if not self._webhook_gone:
            await call_api(self._bot, "deleteWebhook", {})  # Telegram: no getUpdates while a webhook is set
            self._webhook_gone = True
        parameters: dict[str, JsonValue] = {"timeout": self._poll_seconds, "allowed_updates": list(UPDATES)}
        if self._offset is not None:
            parameters["offset"] = self._offset
        answer = await call_api(
            self._bot, "getUpdates", parameters, read_timeout=self._poll_seconds + ANSWER_SECONDS
        )
        if not isinstance(answer, list):
            raise TelegramError("getUpdates was answered with something else than a list")
        self._health.polled()
        return list(answer)

    def _confirm(self, updates: Sequence[object]) -> None:
        ids = [update.get("update_id") for update in updates if isinstance(update, dict)]
        numbers = [number for number in ids if isinstance(number, int)]
        if updates and not numbers:
            raise TelegramError("getUpdates gave updates without ids")  # asking again at once gives the same
        self._offset = max((number + 1 for number in numbers), default=self._offset)

    async def _pause(self, error: Exception) -> None:
        self._failures += 1
        seconds = min(LONGEST_PAUSE, 2.0 ** (self._failures - 1))
        match error:
            case RetryAfter():
                seconds = max(seconds, seconds_to_wait(error))
                logger.warning("polling_too_fast", pause=seconds)
            case Conflict():
                self._webhook_gone = False  # it may also be a webhook that someone set meanwhile
                logger.error(
                    "polling_refused", reason="another bot process polls with this token", pause=seconds
                )
            case InvalidToken() | EndPointNotFound():
                logger.error("polling_refused", reason="Telegram doesn't know this token", pause=seconds)
            case TelegramError():
                logger.warning("polling_failed", error=repr(error), pause=seconds)
            case _:
                logger.error("polling_failed", pause=seconds, exc_info=error)
        await self._unless_stopped(self._sleep(seconds))

    async def _unless_stopped(self, work: Awaitable[T]) -> T | None:
        """Return what the work returns, or None as soon as the poller is told to stop."""
        task = asyncio.ensure_future(work)
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for unfinished in (task, stopping):
                unfinished.cancel()
            await asyncio.gather(task, stopping, return_exceptions=True)
