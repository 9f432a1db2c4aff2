"""Empties the outbox: in order per chat, the chats side by side, as fast as Telegram allows."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.api import call_api, seconds_to_wait
from bot.clock import Clock, Sleep
from bot.pacing import Pacing
from bot.refusals import as_message, instead, is_lost, without_instead
from bot.uploads import PictureMissing, as_known, fill, message_ids, uploaded_files
from storage.database import Database
from storage.records import Call, CallRole, JsonValue, OutboxRow, StoredPicture, UploadedFile
from storage.transactions import Transaction

CALLS_AT_ONCE = 50
"""Below the connections of the request, so that quick answers to presses find one free."""
LONGEST_PAUSE = 60.0
LOOK_AGAIN_SECONDS = 5.0
"""How long a row may lie unseen that nobody woke us for (a retry planned before a restart)."""
CLOCKS_APART = 0.02
"""A chat rests a little longer than its row: the row must be due when we look."""
STOP_SECONDS = 4.5
OUR_TRIES = 7
"""A call that fails this often by a fault of ours, for two minutes, is parked: its chat must go on."""
QUESTION = "$question"

Work = Callable[[Transaction], None]

logger = structlog.get_logger(__name__)


class Redrawing(Protocol):
    """Who draws pictures anew."""

    def redraw(self, transaction: Transaction, row: OutboxRow, now: datetime) -> None:
        """Queue what draws the pictures of a call that was set aside."""
        ...

    def wake(self) -> None:
        """Say that there is something to draw."""
        ...


class Sender:
    """Makes the waiting calls until each is accepted or refused for good.

    Whatever isn't a clear refusal is tried again: a message shown twice is the price of none being lost.
    ``on_parked`` is told of calls that Telegram refuses for good, but not when the person blocked us; what it
    queues for the chat may be refused as well, so it must not answer every refusal with another call.
    """

    def __init__(
        self,
        bot: Bot,
        database: Database,
        *,
        clock: Clock,
        on_parked: Callable[[OutboxRow, str], Awaitable[None]] | None = None,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        pacing: Pacing | None = None,
        limit: int = CALLS_AT_ONCE,
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._on_parked = on_parked
        self._redrawing: Redrawing | None = None
        self._sleep = sleep
        self._monotonic = monotonic
        self._limit = limit
        self._pacing = pacing or Pacing(monotonic())
        self._latest = clock.now()  # a clock set back must not make waiting calls wait for the old time
        self._resting: dict[int, float] = {}  # chats with waiting calls that may not be made before then
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._quick: set[asyncio.Task[None]] = set()
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()
        self._stopped.set()
        self._idle = asyncio.Event()

    def heal_with(self, redrawing: "Redrawing") -> None:
        """Have lost pictures drawn anew; without it their calls are only set aside."""
        self._redrawing = redrawing

    def wake(self) -> None:
        """Say that there are new calls in the outbox."""
        self._idle.clear()
        self._woken.set()

    def answer(self, query_id: str, text: str | None = None, *, alert: bool = False) -> None:
        """Answer a press at once, outside the queue; when it fails the button's spinner ends by itself."""
        parameters: dict[str, JsonValue] = {"callback_query_id": query_id}
        if text:
            parameters |= {"text": text, "show_alert": alert}
        self._make_quickly("answerCallbackQuery", parameters)

    def action(self, chat_id: int, action: str) -> None:
        """Show what the bot does, like ``upload_photo``, for 5 s or until the next message."""
        self._make_quickly("sendChatAction", {"chat_id": chat_id, "action": action})

    async def run(self) -> None:
        """Send until ``stop``."""
        self._stopped.clear()
        try:
            while not self._stopping.is_set():
                self._woken.clear()
                await self._wait(await self._send_what_may_go())
        finally:
            await self._finish()
            self._stopped.set()

    async def stop(self) -> None:
        """Finish the calls being made, within 5 s; the rest stays in the outbox."""
        self._stopping.set()
        self._woken.set()
        await self._stopped.wait()

    async def idle(self) -> None:
        """Return when nothing in the outbox is due, being sent or resting."""
        await self._idle.wait()

    async def _finish(self) -> None:
        tasks = [*self._sending.values(), *self._quick]
        if tasks and self._stopping.is_set():
            await asyncio.wait(tasks, timeout=STOP_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _wait(self, seconds: float) -> None:
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        waking = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleeping, waking):
                task.cancel()
            await asyncio.gather(sleeping, waking, return_exceptions=True)

    async def _send_what_may_go(self) -> float:
        """Start the calls that may be made now and return in how many seconds to look again."""
        now = self._monotonic()
        self._resting = {chat_id: end for chat_id, end in self._resting.items() if end > now}
        pause = self._pacing.wait_for_all(now)
        if pause > 0:
            return pause
        # Before the read: a call finished meanwhile still waits in what we read, and must not go twice.
        held = {*self._sending, *self._resting}
        self._latest = moment = max(self._latest, self._clock.now())
        try:
            rows = await self._database.read(
                lambda transaction: transaction.outbox.heads(moment, len(held) + self._limit)
            )
        except Exception:  # the edge: the rows are still there in a second
            logger.exception("outbox_unreadable")
            return 1.0
        for row in rows:
            if len(self._sending) >= self._limit or self._pacing.wait_for_all(now) > 0:
                break
            if row.chat_id in held:
                continue
            rest = self._pacing.wait_for(row.chat_id, now)
            if rest > 0:
                self._resting[row.chat_id] = now + rest
            else:
                self._start(row, now)
        if not rows and not self._sending and not self._resting and not self._woken.is_set():
            self._idle.set()
        ends = [end - now for end in self._resting.values()]
        return min([LOOK_AGAIN_SECONDS, *ends, *filter(None, [self._pacing.wait_for_all(now)])])

    def _start(self, row: OutboxRow, now: float) -> None:
        self._idle.clear()
        self._pacing.take(row.chat_id, max(1, len(row.call.pictures)), now)
        task = asyncio.create_task(self._deliver(row))
        self._sending[row.chat_id] = task

        def finished(_: asyncio.Task[None]) -> None:
            del self._sending[row.chat_id]
            self._woken.set()

        task.add_done_callback(finished)

    async def _deliver(self, row: OutboxRow) -> None:
        try:
            outcome = await self._make(row)
        except RetryAfter as error:
            self._rest(row, seconds_to_wait(error))
            outcome = self._again(row, seconds_to_wait(error), repr(error))
        except (Forbidden, ChatMigrated, BadRequest, PictureMissing) as error:
            # BadRequest before NetworkError: PTB makes it a kind of it
            if row.call.redraw is not None and self._redrawing is not None and is_lost(error):
                await self._record(self._lost(row, self._redrawing, repr(error)))
                self._redrawing.wake()
                return
            outcome = await self._refused(row, error)
        except Exception as error:  # the edge: the network, Telegram's trouble or ours; nothing may be lost
            if not isinstance(error, TelegramError) and row.attempts >= OUR_TRIES:
                await self._record(await self._refused(row, error))
                return
            seconds = min(LONGEST_PAUSE, 2.0**row.attempts)
            logger.warning(
                "call_failed", method=row.call.method, row=row.id, error=repr(error), pause=seconds
            )
            self._rest(row, seconds)
            outcome = self._again(row, seconds, repr(error))
        await self._record(outcome)

    def _rest(self, row: OutboxRow, seconds: float) -> None:
        self._resting[row.chat_id] = self._monotonic() + seconds + CLOCKS_APART

    def _again(self, row: OutboxRow, seconds: float, reason: str) -> Work:
        at = self._clock.now() + timedelta(seconds=seconds)
        return lambda transaction: transaction.outbox.again(row.id, at, reason)

    async def _refused(self, row: OutboxRow, error: Exception) -> Work:
        reason = repr(error)
        logger.error("call_refused", method=row.call.method, row=row.id, reason=reason)
        if self._on_parked is not None and not isinstance(error, Forbidden):
            try:
                await self._on_parked(row, reason)
            except Exception:  # telling is a kindness; the queue goes on without it
                logger.exception("refusal_not_told", row=row.id)
        now = self._clock.now()

        def park(transaction: Transaction) -> None:
            transaction.outbox.park(row.id, reason, now)
            if isinstance(error, Forbidden):
                transaction.owners.block(row.chat_id, now)

        return park

    def _lost(self, row: OutboxRow, redrawing: "Redrawing", reason: str) -> Work:
        logger.warning("pictures_lost", row=row.id, reason=reason)
        now = self._clock.now()

        def redraw(transaction: Transaction) -> None:
            transaction.pictures.lost(row.call.pictures)
            if transaction.outbox.park(row.id, reason, now):  # else the owner was erased meanwhile
                redrawing.redraw(transaction, row, now)

        return redraw

    async def _record(self, outcome: Work) -> None:
        """Write down what became of a call, however long that takes: resending would show it twice."""
        seconds = 0.5
        while True:
            try:
                await self._database.write(outcome)
            except Exception:  # the edge: tried again until we are stopped
                logger.exception("outcome_not_stored")
                await self._sleep(seconds)
                seconds = min(LONGEST_PAUSE, seconds * 2)
            else:
                return

    async def _make(self, row: OutboxRow) -> Work:
        """Make the call and return what to write down. Raises TelegramError and PictureMissing."""
        call: Call | None = row.call
        if row.call.params.get("message_id") == QUESTION:
            question = await self._question(row.chat_id)
            if question is None:
                call = as_message(row.call)
            else:
                call = replace(row.call, params={**row.call.params, "message_id": question})
        if call is None:
            return self._sent(row)
        try:
            return await self._call(row, call)
        except BadRequest as error:
            other = instead(call, error)
            return self._sent(row) if other is None else await self._call(row, other)

    async def _call(self, row: OutboxRow, call: Call) -> Work:
        pictures = await self._pictures(call)
        call = as_known(call, pictures)
        filled = fill(without_instead(call), pictures)
        result = await call_api(self._bot, call.method, filled.parameters)
        becomes_question = row.call.role is CallRole.QUESTION_EDIT and call.role is CallRole.QUESTION
        return self._sent(
            row,
            messages=message_ids(result),
            files=uploaded_files(result, filled.digests),
            becomes_question=becomes_question,
        )

    def _sent(
        self,
        row: OutboxRow,
        *,
        messages: tuple[int, ...] = (),
        files: tuple[UploadedFile, ...] = (),
        becomes_question: bool = False,
    ) -> Work:
        now = self._clock.now()

        def sent(transaction: Transaction) -> None:
            transaction.outbox.sent(row.id, now, messages, files)
            if becomes_question and messages:
                transaction.owners.remember_question(row.chat_id, messages[0])

        return sent

    async def _question(self, chat_id: int) -> int | None:
        owner = await self._database.read(lambda transaction: transaction.owners.load(chat_id))
        return None if owner is None else owner.question_message_id

    async def _pictures(self, call: Call) -> dict[str, StoredPicture]:
        if not call.pictures:
            return {}

        def stored(transaction: Transaction) -> list[StoredPicture | None]:
            return [transaction.pictures.get(digest) for digest in call.pictures]

        found = await self._database.read(stored)
        return {picture.digest: picture for picture in found if picture is not None}

    def _make_quickly(self, method: str, parameters: dict[str, JsonValue]) -> None:
        task = asyncio.create_task(self._try_once(method, parameters))
        self._quick.add(task)
        task.add_done_callback(self._quick.discard)

    async def _try_once(self, method: str, parameters: dict[str, JsonValue]) -> None:
        try:
            await call_api(self._bot, method, parameters)
        except TelegramError as error:
            logger.debug("quick_call_failed", method=method, error=repr(error))
