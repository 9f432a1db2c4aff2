"""A sender at work on a real outbox, and calls to give it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from telegram import Bot

from bot.sender import Sender
from storage.records import (
    Call,
    CallRole,
    FileKind,
    JsonValue,
    OutboxRow,
    OwnerRow,
    StoredPicture,
    UploadedFile,
)
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase

OWNER = 1001


def message(text: str, role: CallRole = CallRole.MESSAGE, chat_id: int = OWNER) -> Call:
    return Call("sendMessage", {"chat_id": chat_id, "text": text}, role)


def edit(text: str, message_id: JsonValue = "$question", chat_id: int = OWNER) -> Call:
    params: dict[str, JsonValue] = {"chat_id": chat_id, "message_id": message_id, "text": text}
    return Call("editMessageText", params, CallRole.QUESTION_EDIT)


def strip(message_id: JsonValue = "$question") -> Call:
    return Call("editMessageReplyMarkup", {"chat_id": OWNER, "message_id": message_id}, CallRole.STRIP)


def photo(digest: str) -> Call:
    params: dict[str, JsonValue] = {"chat_id": OWNER, "photo": f"$picture:{digest}", "caption": "peta"}
    return Call("sendPhoto", params, CallRole.PICTURES, (digest,))


def document(digest: str) -> Call:
    params: dict[str, JsonValue] = {"chat_id": OWNER, "document": f"$picture:{digest}", "caption": "peta"}
    return Call("sendDocument", params, CallRole.PICTURES, (digest,))


def album(*digests: str) -> Call:
    shared: dict[str, JsonValue] = {"type": "photo", "caption": "<b>peta</b>", "parse_mode": "HTML"}
    media: list[JsonValue] = [shared | {"media": f"$picture:{digest}"} for digest in digests]
    return Call("sendMediaGroup", {"chat_id": OWNER, "media": media}, CallRole.PICTURES, digests)


@dataclass
class Post:
    """A sender with its outbox; time stands still unless the test moves it."""

    bot: Bot
    database: FlakyDatabase
    time: FakeTime
    parked: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        return Sender(
            self.bot,
            self.database,
            clock=self.time,
            on_parked=self.on_parked,
            sleep=self.time.sleep,
            monotonic=self.time.monotonic,
        )

    async def on_parked(self, row: OutboxRow, reason: str) -> None:
        self.parked.append((row.call.method, reason))

    async def put(self, *calls: Call, chat_id: int = OWNER) -> None:
        now = self.time.now()
        await self.database.write(lambda transaction: transaction.outbox.put(chat_id, calls, now))
        self.sender.wake()

    async def keep(self, digest: str, content: bytes, kind: FileKind = FileKind.PHOTO) -> None:
        now = self.time.now()
        await self.database.write(
            lambda transaction: transaction.pictures.keep(digest, "peta.png", content, kind, now)
        )

    async def uploaded(self, digest: str, kind: FileKind, file_id: str) -> None:
        file = UploadedFile(digest, kind, file_id)
        await self.database.write(lambda transaction: transaction.pictures.uploaded(file))

    async def kept(self, digest: str) -> StoredPicture:
        found = await self.database.read(lambda transaction: transaction.pictures.get(digest))
        assert found is not None
        return found

    async def reused(self, recipe: str) -> tuple[str, ...]:
        now = self.time.now()
        return await self.database.write(lambda transaction: transaction.recipes.reuse(recipe, OWNER, now))

    async def knows(self, owner_id: int = OWNER, question: int | None = None) -> None:
        now = self.time.now()
        await self.database.write(
            lambda transaction: transaction.owners.save(
                owner_id, {"format": "jejak-session/1"}, expected=None, now=now
            )
        )
        if question is not None:
            await self.database.write(
                lambda transaction: transaction.owners.remember_question(owner_id, question)
            )

    async def owner(self) -> OwnerRow:
        found = await self.database.read(lambda transaction: transaction.owners.load(OWNER))
        assert found is not None
        return found

    async def left(self) -> int:
        return await self.database.read(lambda transaction: transaction.outbox.count())

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.sender.run())
        try:
            yield
        finally:
            await self.sender.stop()
            await task
