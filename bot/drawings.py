"""Pictures away from the event loop: jobs of the database are drawn by worker processes, then queued.

Data files are written in a moment, by a thread beside the loop.
"""

import asyncio
import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

import structlog

from bot.briefs import Brief, brief_of
from bot.captions import caption, card_caption, heading
from bot.clock import Clock, Sleep
from bot.outbound import Outbound, message_call, picture_calls
from bot.packing import pack
from bot.sender import Sender
from bot.shapes import file_name
from bot.wishes import DRAW, UnknownWish, Wish, put_lost_wish, read_wish
from conversations.replies import AdviceText, Key, MapText, Note, Reply
from conversations.requests import DataFile, Drawing
from journey.model import JourneyMap
from renderers.messages import Message, Messages
from renderers.picture import Format, Layout, Picture
from renderers.second import SecondCurve
from renderers.theme import Theme
from renderers.words import PictureWords
from renderers.worker import DrawingFailed
from storage.database import Database
from storage.records import Call, FileKind, JobRow, OutboxRow
from storage.transactions import Transaction

TRIES = 2
"""A crash or a time-out may be the machine's; a second one is the map's."""
AGAIN_SECONDS = 1.0
ACTION_SECONDS = 4.0
"""Telegram shows a chat action for 5 s."""
LOOK_AGAIN_SECONDS = 5.0
LOST_BESIDE = "lost with the pictures beside"

AskAgain = Callable[[Transaction, int, datetime], None]
T = TypeVar("T")

logger = structlog.get_logger(__name__)


class Room(Protocol):
    """Where pictures are drawn, away from the event loop."""

    async def draw(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme,
        second: SecondCurve | None,
    ) -> tuple[Picture, ...]:
        """Return the pictures of a map. Raises DrawingFailed."""
        ...

    def close(self) -> None:
        """Stop at once what is being drawn."""
        ...


class Drawings:
    """Draws what was asked for; a crash or a hang of the renderer gives the owner the text instead.

    What was drawn before is sent without drawing. ``ask_again`` queues the chat's question once more, below
    the picture. At most ``workers`` are drawn at once.
    """

    def __init__(
        self,
        *,
        database: Database,
        sender: Sender,
        clock: Clock,
        outbound: Outbound,
        room: Room,
        ask_again: AskAgain,
        workers: int = 1,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._outbound = outbound
        self._room = room
        self._ask_again = ask_again
        self._workers = workers
        self._sleep = sleep
        self._woken = asyncio.Event()
        self._stopping = asyncio.Event()
        self._idle = asyncio.Event()
        self._working: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """Say that there are new jobs."""
        self._idle.clear()
        self._woken.set()

    async def run(self) -> None:
        """Draw what waits and whatever comes, until ``stop``."""
        while not self._stopping.is_set():
            self._woken.clear()
            pause = await self._start_due()
            if not self._working and pause is None and not self._woken.is_set():
                self._idle.set()
            await self._wait(LOOK_AGAIN_SECONDS if pause is None else min(pause, LOOK_AGAIN_SECONDS))

    async def stop(self) -> None:
        """End at once; unfinished drawings stay jobs and are drawn after the restart."""
        self._stopping.set()
        self._woken.set()
        for task in tuple(self._working.values()):
            task.cancel()
        await asyncio.gather(*self._working.values(), return_exceptions=True)
        self._room.close()

    async def idle(self) -> None:
        """Return when nothing waits to be drawn."""
        await self._idle.wait()

    def redraw(self, transaction: Transaction, row: OutboxRow, now: datetime) -> None:
        """Queue lost pictures to be drawn anew, or, when that was done before, the text instead.

        Those of its wish that still wait come with them: what an album is split into is drawn and told once.
        """
        redraw = row.call.redraw or {}
        try:
            wish = read_wish(redraw)
        except UnknownWish:
            return
        waiting = transaction.outbox.park_wish(row.chat_id, redraw, LOST_BESIDE, now)
        transaction.pictures.lost(waiting)  # to be uploaded anew: a file id lost later would be lost twice
        if wish.redrawn:
            self._queue(transaction, row.chat_id, self._instead(row.chat_id, wish), now)
            return
        # The advice of a finished map was sent behind the lost picture.
        drawing = Drawing.AGAIN if wish.drawing is Drawing.ALBUM else wish.drawing
        only = tuple(dict.fromkeys([*row.call.pictures, *waiting]))
        put_lost_wish(transaction, row.chat_id, replace(wish, drawing=drawing, redrawn=True, only=only), now)

    async def _start_due(self) -> float | None:
        """Start what may be drawn now and return in how many seconds the next job is due, if any waits."""
        now = self._clock.now()
        free = self._workers - len(self._working)
        if free <= 0:
            return None
        try:
            jobs, next_due = await self._database.read(
                lambda transaction: (
                    transaction.jobs.due(now, free + len(self._working)),
                    transaction.jobs.next_due(now),
                )
            )
        except Exception:  # the edge: the next look may find the database well again
            logger.exception("jobs_unreadable")
            return None
        for job in jobs:
            if (
                job.kind.startswith(DRAW)
                and job.id not in self._working
                and len(self._working) < self._workers
            ):
                self._idle.clear()
                task = asyncio.create_task(self._work(job))
                self._working[job.id] = task
                task.add_done_callback(functools.partial(self._worked, job.id))
        return None if next_due is None else (next_due - now).total_seconds()

    def _worked(self, job_id: int, _: asyncio.Task[None]) -> None:
        self._working.pop(job_id, None)
        self._woken.set()

    async def _wait(self, seconds: float) -> None:
        sleeping = asyncio.ensure_future(self._sleep(seconds))
        waking = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait({sleeping, waking}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleeping, waking):
                task.cancel()
            await asyncio.gather(sleeping, waking, return_exceptions=True)

    async def _work(self, job: JobRow) -> None:
        """Deal with one job: send what is there, else draw it; what can't be drawn comes as text."""
        try:
            wish = read_wish(job.payload)
        except UnknownWish as unknown:
            logger.error("wish_unknown", kind=job.kind, reason=str(unknown))
            await self._parked(job, str(unknown))
            return
        try:
            if isinstance(wish.drawing, DataFile):
                await self._pack(job, wish, wish.drawing)
            else:
                await self._fulfil(job, brief_of(wish, wish.drawing, self._messages(wish)))
        except DrawingFailed as failure:
            logger.error("drawing_failed", kind=job.kind, reason=failure.reason, attempts=job.attempts + 1)
            await self._failed(job, wish, str(failure.reason))
        except Exception as error:  # whatever it is, the owner gets an answer
            logger.exception("drawing_impossible", kind=job.kind)
            await self._failed(job, wish, f"{type(error).__name__}: {error}")

    async def _fulfil(self, job: JobRow, brief: Brief) -> None:
        if await self._reused(job, brief):
            logger.info("picture_reused", kind=job.kind)
            return
        started, shape = time.monotonic(), brief.shape
        acting = asyncio.create_task(self._keep_acting(job.chat_id, shape.kind))
        try:
            pictures = await self._room.draw(
                brief.journey_map,
                shape.layout,
                shape.format,
                brief.words,
                theme=shape.theme,
                second=brief.second,
            )
        finally:
            acting.cancel()
        logger.info(
            "drawn", kind=job.kind, pictures=len(pictures), seconds=round(time.monotonic() - started, 2)
        )
        await self._drawn(job, brief, pictures)

    async def _pack(self, job: JobRow, wish: Wish, file: DataFile) -> None:
        """Write a data file and queue it; what Telegram has by its digest isn't uploaded again."""
        packed = await asyncio.to_thread(pack, file, wish.journey_map, self._outbound.messages, wish.language)
        now, kind = self._clock.now(), FileKind.DOCUMENT

        def store(transaction: Transaction) -> None:
            if not transaction.jobs.done(job.id, now):
                return  # erased meanwhile, or a newer state of the map took its place
            transaction.pictures.keep(packed.digest, packed.name, packed.content, kind, now)
            calls = picture_calls(job.chat_id, (packed.digest,), (packed.caption,), kind, wish.payload())
            self._queue(transaction, job.chat_id, list(calls), now)

        await self._stored(store)

    async def _reused(self, job: JobRow, brief: Brief) -> bool:
        """Send the pictures that were drawn of the same before, if all are at hand; tell whether they are."""
        now = self._clock.now()

        def send(transaction: Transaction) -> bool:
            if self._is_over(transaction, job, brief.wish, now):
                return True
            digests = transaction.recipes.reuse(brief.recipe, job.chat_id, now)
            if digests and transaction.jobs.done(job.id, now):
                kept = [picture for digest in digests if (picture := transaction.pictures.get(digest))]
                names = {picture.digest: picture.name for picture in kept}
                self._queue(transaction, job.chat_id, self._shown(job.chat_id, brief, names), now)
            return bool(digests)

        return await self._stored(send) or False

    def _is_over(self, transaction: Transaction, job: JobRow, wish: Wish, now: datetime) -> bool:
        """Close the job of a link that isn't in force any more, and tell whether it is one."""
        if wish.link is None or transaction.shares.is_in_force(wish.link, now):
            return False
        transaction.jobs.done(job.id, now)
        return True

    async def _drawn(self, job: JobRow, brief: Brief, pictures: tuple[Picture, ...]) -> None:
        """Store the pictures and queue them, the advice and the question, all in one transaction."""
        now = self._clock.now()
        digests = tuple(picture.digest for picture in pictures)

        def store(transaction: Transaction) -> None:
            if self._is_over(transaction, job, brief.wish, now) or not transaction.jobs.done(job.id, now):
                return  # erased meanwhile, or a newer drawing of the map took its place
            for picture in pictures:
                name = self._file_name(brief, picture.name)
                transaction.pictures.keep(picture.digest, name, picture.content, brief.shape.kind, now)
            transaction.recipes.remember(brief.recipe, digests, job.chat_id)
            names = {picture.digest: picture.name for picture in pictures}
            self._queue(transaction, job.chat_id, self._shown(job.chat_id, brief, names), now)

        await self._stored(store)

    def _messages(self, wish: Wish) -> Messages:
        """Return what says the days of a picture as the owner's clock shows them."""
        messages = self._outbound.messages
        return messages.at(wish.zone.clock) if wish.zone else messages

    def _file_name(self, brief: Brief, name: str) -> str:
        """Return what a file is called: a document after the map, a photo, which shows no name, as it is."""
        if brief.shape.kind is FileKind.PHOTO:
            return name
        catalog = self._outbound.messages.catalogs[brief.wish.language]
        words = catalog.text(f"file.{brief.drawing}", title=brief.journey_map.title or "")
        return file_name(words, brief.shape.format)

    def _shown(self, chat_id: int, brief: Brief, names: Mapping[str, str]) -> list[Call]:
        """Return the calls that show pictures, and behind those of a finished map the advice.

        ``names`` are those under which the pictures were drawn, by their digests, in order.
        """
        wish, journey_map, words = brief.wish, brief.journey_map, brief.words
        catalog = self._messages(wish).catalogs[wish.language]
        above: list[Call] = []
        if len(names) == 1:
            told = dict.fromkeys(names, caption(catalog, brief.drawing, journey_map, words, brief.second))
        else:
            told = {digest: card_caption(catalog, name, journey_map, words) for digest, name in names.items()}
            if not wish.redrawn:  # else it stands in the chat already
                above = [message_call(chat_id, Message(heading(catalog, brief.drawing, journey_map)))]
        wanted = _wanted(wish, tuple(names))
        captions = [told[digest] for digest in wanted]
        calls = picture_calls(chat_id, wanted, captions, brief.shape.kind, wish.payload())
        return [*above, *calls, *self._advice(chat_id, wish), *self._compared(chat_id, wish)]

    def _compared(self, chat_id: int, wish: Wish) -> list[Call]:
        """Return in words what changed between two versions; it stands in the chat when redrawn."""
        if wish.before is None or wish.redrawn:
            return []
        said = self._messages(wish).comparison(wish.before, wish.journey_map, wish.language)
        return [message_call(chat_id, part) for part in said]

    def _advice(self, chat_id: int, wish: Wish) -> tuple[Call, ...]:
        if wish.drawing is not Drawing.ALBUM or not any(stage.pains for stage in wish.journey_map.stages):
            return ()
        return self._outbound.calls((AdviceText(wish.journey_map),), chat_id, wish.language)

    async def _failed(self, job: JobRow, wish: Wish, reason: str) -> None:
        """Try once more, then send the text in place of the picture."""
        now = self._clock.now()

        def store(transaction: Transaction) -> None:
            if job.attempts + 1 < TRIES:
                transaction.jobs.again(job.id, now + timedelta(seconds=AGAIN_SECONDS), reason)
                return
            if transaction.jobs.park(job.id, reason, now):
                self._queue(transaction, job.chat_id, self._instead(job.chat_id, wish), now)

        await self._stored(store)

    async def _parked(self, job: JobRow, reason: str) -> None:
        now = self._clock.now()
        await self._stored(lambda transaction: transaction.jobs.park(job.id, reason, now))

    def _instead(self, chat_id: int, wish: Wish) -> list[Call]:
        """Return the text map and the advice; nothing for a preview, which nobody asked for."""
        if wish.drawing is Drawing.PREVIEW:
            return []
        file = isinstance(wish.drawing, DataFile)
        trouble = Key("trouble.export_failed" if file else "trouble.drawing_failed")
        # A comparison, a shared map and a trend stand in the chat in words already.
        is_told = wish.before is not None or wish.link is not None or wish.drawing is Drawing.TREND
        told: tuple[Reply, ...] = () if is_told else (MapText(wish.journey_map),)
        replies: tuple[Reply, ...] = (Note(trouble), *told)
        calls = self._outbound.calls(replies, chat_id, wish.language)
        return [*calls, *self._advice(chat_id, wish), *self._compared(chat_id, replace(wish, redrawn=False))]

    def _queue(self, transaction: Transaction, chat_id: int, calls: list[Call], now: datetime) -> None:
        if not calls:
            return
        transaction.outbox.put(chat_id, calls, now)
        self._ask_again(transaction, chat_id, now)

    async def _stored(self, work: Callable[[Transaction], T]) -> T | None:
        try:
            return await self._database.write(work)
        except Exception:  # the edge: the job still waits and is drawn again
            logger.exception("drawing_not_stored")
            await self._sleep(AGAIN_SECONDS)
            return None
        finally:
            self._sender.wake()

    async def _keep_acting(self, chat_id: int, kind: FileKind) -> None:
        while True:
            self._sender.action(chat_id, f"upload_{kind}")
            await self._sleep(ACTION_SECONDS)


def _wanted(wish: Wish, digests: tuple[str, ...]) -> tuple[str, ...]:
    """Return the pictures that the owner doesn't have yet; all when they were drawn otherwise than those."""
    if not wish.only or not {*wish.only} <= {*digests}:
        return digests
    return tuple(digest for digest in digests if digest in wish.only)
