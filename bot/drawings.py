"""Pictures away from the event loop: jobs of the database are drawn by worker processes, then queued."""

import asyncio
import functools
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.clock import Clock, Sleep
from bot.outbound import Outbound, picture_calls
from bot.sender import Sender
from conversations.replies import AdviceText, Key, MapText, Note, Reply
from conversations.requests import Drawing, DrawPicture
from journey.document import dump_map, read_map
from journey.model import JourneyMap, Language
from renderers.picture import Format, Layout, Picture
from renderers.words import PictureWords
from renderers.worker import DrawingFailed
from storage.database import Database
from storage.records import Call, JobRow, JsonValue
from storage.transactions import Transaction

DRAW = "draw_"
TRIES = 2
"""A crash or a time-out may be the machine's; a second one is the map's."""
AGAIN_SECONDS = 1.0
ACTION_SECONDS = 4.0
"""Telegram shows a chat action for 5 s."""
LOOK_AGAIN_SECONDS = 5.0

AskAgain = Callable[[Transaction, int, datetime], None]

logger = structlog.get_logger(__name__)


class Room(Protocol):
    """Where pictures are drawn, away from the event loop."""

    async def draw(
        self, journey_map: JourneyMap, layout: Layout, format: Format, words: PictureWords
    ) -> tuple[Picture, ...]:
        """Return the pictures of a map. Raises DrawingFailed."""
        ...

    def close(self) -> None:
        """Stop at once what is being drawn."""
        ...


def drawing_payload(request: DrawPicture, language: Language) -> dict[str, JsonValue]:
    """Return what a drawing job needs: the map as it was when it was asked for, and the language."""
    return {
        "drawing": request.drawing.value,
        "language": language.value,
        "map": dump_map(request.journey_map),
    }


class Drawings:
    """Draws what was asked for; a crash or a hang of the renderer gives the owner the text instead.

    ``ask_again`` queues the chat's question once more, below the picture. At most ``workers`` are drawn
    at once.
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
            await self._start_due()
            if not self._working and not self._woken.is_set():
                self._idle.set()
            await self._wait()

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

    async def _start_due(self) -> None:
        now = self._clock.now()
        free = self._workers - len(self._working)
        if free <= 0:
            return
        try:
            jobs = await self._database.read(
                lambda transaction: transaction.jobs.due(now, free + len(self._working))
            )
        except Exception:  # the edge: the next look may find the database well again
            logger.exception("jobs_unreadable")
            return
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

    def _worked(self, job_id: int, _: asyncio.Task[None]) -> None:
        self._working.pop(job_id, None)
        self._woken.set()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(LOOK_AGAIN_SECONDS):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _work(self, job: JobRow) -> None:
        """Draw one job and store what came of it."""
        acting = asyncio.create_task(self._keep_acting(job.chat_id))
        started = time.monotonic()
        try:
            drawing, language, journey_map = _read(job.payload)
            pictures = await self._draw(drawing, journey_map, language)
        except DrawingFailed as failure:
            logger.error("drawing_failed", kind=job.kind, reason=failure.reason, attempts=job.attempts + 1)
            await self._failed(job, str(failure.reason))
        except Exception as error:  # whatever it is, the owner gets an answer
            logger.exception("drawing_impossible", kind=job.kind)
            await self._failed(job, f"{type(error).__name__}: {error}")
        else:
            logger.info(
                "drawn", kind=job.kind, pictures=len(pictures), seconds=round(time.monotonic() - started, 2)
            )
            await self._drawn(job, drawing, language, journey_map, pictures)
        finally:
            acting.cancel()

    async def _draw(
        self, drawing: Drawing, journey_map: JourneyMap, language: Language
    ) -> tuple[Picture, ...]:
        messages = self._outbound.messages
        titled = replace(journey_map, title=messages.title(journey_map, language))
        layout = Layout.PREVIEW if drawing is Drawing.PREVIEW else Layout.ALBUM
        return await self._room.draw(titled, layout, Format.JPG, messages.picture_words(language))

    async def _drawn(
        self,
        job: JobRow,
        drawing: Drawing,
        language: Language,
        journey_map: JourneyMap,
        pictures: tuple[Picture, ...],
    ) -> None:
        """Store the pictures and queue them, the advice and the question, all in one transaction."""
        now = self._clock.now()
        messages = self._outbound.messages
        title = messages.title(journey_map, language)
        caption = str(messages.catalogs[language].html(f"caption.{drawing}", title=title))

        def store(transaction: Transaction) -> None:
            if not transaction.jobs.done(job.id, now):
                return  # erased meanwhile, or a newer drawing of the map took its place
            for picture in pictures:
                transaction.pictures.keep(picture.digest, picture.name, picture.content, now)
            calls = picture_calls(job.chat_id, [picture.digest for picture in pictures], caption)
            self._queue(transaction, job, [*calls, *self._advice(job, drawing, language, journey_map)], now)

        await self._stored(store)

    def _advice(
        self, job: JobRow, drawing: Drawing, language: Language, journey_map: JourneyMap
    ) -> tuple[Call, ...]:
        if drawing is not Drawing.ALBUM or not any(stage.pains for stage in journey_map.stages):
            return ()
        return self._outbound.calls((AdviceText(journey_map),), job.chat_id, language)

    async def _failed(self, job: JobRow, reason: str) -> None:
        """Try once more, then send the text in place of the picture."""
        now = self._clock.now()

        def store(transaction: Transaction) -> None:
            if job.attempts + 1 < TRIES:
                transaction.jobs.again(job.id, now + timedelta(seconds=AGAIN_SECONDS), reason)
                return
            transaction.jobs.park(job.id, reason, now)
            self._queue(transaction, job, self._instead(job), now)

        await self._stored(store)

    def _instead(self, job: JobRow) -> list[Call]:
        """Return the text map and the advice; nothing for a preview, which nobody asked for."""
        try:
            drawing, language, journey_map = _read(job.payload)
        except ValueError:
            return []
        if drawing is Drawing.PREVIEW:
            return []
        replies: tuple[Reply, ...] = (Note(Key("trouble.drawing_failed")), MapText(journey_map))
        calls = self._outbound.calls(replies, job.chat_id, language)
        return [*calls, *self._advice(job, drawing, language, journey_map)]

    def _queue(self, transaction: Transaction, job: JobRow, calls: list[Call], now: datetime) -> None:
        if not calls:
            return
        transaction.outbox.put(job.chat_id, calls, now)
        self._ask_again(transaction, job.chat_id, now)

    async def _stored(self, work: Callable[[Transaction], None]) -> None:
        try:
            await self._database.write(work)
        except Exception:  # the edge: the job still waits and is drawn again
            logger.exception("drawing_not_stored")
            await self._sleep(AGAIN_SECONDS)
        self._sender.wake()

    async def _keep_acting(self, chat_id: int) -> None:
        while True:
            self._sender.action(chat_id, "upload_photo")
            await self._sleep(ACTION_SECONDS)


def _read(payload: Mapping[str, JsonValue]) -> tuple[Drawing, Language, JourneyMap]:
    """Return what a job is to draw; raises ValueError for a payload of another release."""
    return Drawing(str(payload["drawing"])), Language(str(payload["language"])), read_map(payload["map"])
