"""Drawings at work on a real database, in rooms that fail or wait as a test says."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from telegram import Bot

from bot.content import load_content
from bot.drawings import Drawings
from bot.outbound import Outbound
from bot.sender import Sender
from bot.wishes import DRAW, Wish, put_wish
from conversations.requests import DataFile, Drawing
from journey.model import JourneyMap, Language
from locales.catalog import load_catalogs
from renderers.messages import Messages
from renderers.picture import Format, Layout, Picture
from renderers.second import SecondCurve
from renderers.theme import LIGHT, Theme
from renderers.words import PictureWords
from renderers.worker import DrawingFailed, Trouble
from storage.records import Call, JsonValue, OutboxRow
from storage.transactions import Transaction
from tests.bot.faketime import START, FakeTime
from tests.bot.flaky import FlakyDatabase
from tests.drawers import PlainRoom

OWNER = 7


class FailingRoom(PlainRoom):
    """Fails the next so many drawings."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures
        self.before_failing: Callable[[], Awaitable[None]] | None = None

    async def draw(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme = LIGHT,
        second: SecondCurve | None = None,
    ) -> tuple[Picture, ...]:
        pictures = await super().draw(journey_map, layout, format, words, theme=theme, second=second)
        if self.failures > 0:
            self.failures -= 1
            if self.before_failing is not None:
                await self.before_failing()
            raise DrawingFailed(Trouble.CRASH)
        return pictures


class GatedRoom(PlainRoom):
    """Finishes a drawing when the test opens the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gate = asyncio.Event(), asyncio.Event()

    async def draw(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme = LIGHT,
        second: SecondCurve | None = None,
    ) -> tuple[Picture, ...]:
        self.begun.set()
        await self.gate.wait()
        return await super().draw(journey_map, layout, format, words, theme=theme, second=second)


class ElevenCards(PlainRoom):
    """Draws one picture more than an album of Telegram holds; ``shade`` is how this release draws."""

    def __init__(self) -> None:
        super().__init__()
        self.shade = 0

    async def draw(
        self,
        journey_map: JourneyMap,
        layout: Layout,
        format: Format,
        words: PictureWords,
        *,
        theme: Theme = LIGHT,
        second: SecondCurve | None = None,
    ) -> tuple[Picture, ...]:
        longer = replace(journey_map, stages=(journey_map.stages * 2)[:10])
        pictures = await super().draw(longer, layout, format, words, theme=theme, second=second)
        return tuple(_shaded(picture, self.shade) for picture in pictures)


def _shaded(picture: Picture, shade: int) -> Picture:
    if not shade:
        return picture
    content = picture.content + bytes([shade])
    return replace(picture, content=content, digest=hashlib.sha256(content).hexdigest())


@dataclass
class Studio:
    """Drawings at work on a real database; nothing is sent."""

    database: FlakyDatabase
    telegram: Bot
    room: PlainRoom
    time: FakeTime = field(default_factory=FakeTime)
    asked_again: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        content = load_content()
        outbound = Outbound(Messages(load_catalogs(), content.knowledge), content.knowledge, content.matcher)
        sender = Sender(self.telegram, self.database, clock=self.time)
        self.drawings = Drawings(
            database=self.database,
            sender=sender,
            clock=self.time,
            outbound=outbound,
            room=self.room,
            ask_again=self._ask_again,
            sleep=self.time.sleep,
        )

    def _ask_again(self, transaction: Transaction, owner_id: int, now: datetime) -> None:
        self.asked_again.append(owner_id)

    async def wants(
        self, drawing: Drawing | DataFile, journey_map: JourneyMap, owner_id: int = OWNER
    ) -> None:
        wish = Wish(drawing, Language.ID, journey_map)
        await self.database.write(lambda transaction: put_wish(transaction, owner_id, wish, self.time.now()))
        self.drawings.wake()

    async def wants_raw(self, drawing: str, payload: dict[str, JsonValue], key: str = "m") -> None:
        await self.database.write(
            lambda transaction: transaction.jobs.add(f"{DRAW}{drawing}", key, OWNER, payload, START, START)
        )
        self.drawings.wake()

    async def queued(self) -> list[Call]:
        """Return what waits to be sent, taking it out."""

        def taken(transaction: Transaction) -> list[Call]:
            calls = []
            while rows := transaction.outbox.heads(self.time.now(), 1):
                calls.append(rows[0].call)
                transaction.outbox.sent(rows[0].id, self.time.now())
            return calls

        return await self.database.write(taken)

    async def pictures(self) -> list[Call]:
        """Return what waits to be sent of pictures, taking all out."""
        return [call for call in await self.queued() if call.pictures]

    async def waiting_texts(self, words: str) -> int:
        """Return in how many of the texts that wait these words are, putting all back."""
        calls = await self.queued()
        await self.database.write(lambda transaction: transaction.outbox.put(OWNER, calls, self.time.now()))
        return sum(words in str(call.params.get("text")) for call in calls)

    async def shows_a_group(self) -> Call:
        """Let Telegram take what waits up to the first group of pictures, and return that."""

        def taken(transaction: Transaction) -> Call:
            row = self._next_pictures(transaction)
            transaction.outbox.sent(row.id, self.time.now())
            return row.call

        return await self.database.write(taken)

    def _next_pictures(self, transaction: Transaction) -> OutboxRow:
        now = self.time.now()
        while True:
            (row,) = transaction.outbox.heads(now, 1)
            if row.call.pictures:
                return row
            transaction.outbox.sent(row.id, now)

    async def loses(self) -> None:
        """Let Telegram take what waits before the next pictures, and not know those."""

        def lost(transaction: Transaction) -> None:
            now = self.time.now()
            row = self._next_pictures(transaction)
            transaction.outbox.park(row.id, "lost", now)
            transaction.pictures.lost(row.call.pictures)
            self.drawings.redraw(transaction, row, now)

        await self.database.write(lost)
        self.drawings.wake()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.drawings.run())
        try:
            yield
        finally:
            await self.drawings.stop()
            await task
