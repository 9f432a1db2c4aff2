"""An owner who taps, types and sees: the real bot, a real database, and the sandbox in Telegram's place."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.app import Parts, running
from bot.drawings import Room
from bot.pacing import Pacing
from bot.settings import Settings, load_settings
from conversations.session import Session, load_session
from journey.document import read_map
from journey.model import JourneyMap, Language
from locales.catalog import load_catalogs
from sandbox.clock import Clock
from sandbox.people import Person
from sandbox.server import Sandbox, SandboxServer
from sandbox.views import ChatMessage
from storage.records import AnswerRow, MapRow
from storage.transactions import Transaction
from tests.drawers import PlainRoom

TOKEN = "123:TEST"
SARI, BUDI = 1001, 1002
NO_LIMIT = 1e9
CATALOGS = load_catalogs()

T = TypeVar("T")


def label(language: Language, key: str, **speaks_of: object) -> str:
    """Return what a button or a plain sentence says in a language."""
    return CATALOGS[language].text(f"button.{key}" if "." not in key else key, **speaks_of)


@dataclass(frozen=True)
class SameClock:
    """The sandbox's clock, read by the bot as well: moved for both at once."""

    clock: Clock

    def now(self) -> datetime:
        """Return the sandbox's time."""
        return datetime.fromtimestamp(self.clock.now(), UTC)


@dataclass
class House:
    """A bot that runs on a database file, with the sandbox it talks to."""

    server: SandboxServer
    settings: Settings
    make_room: Callable[[], Room] = PlainRoom
    unhurried: bool = False
    _parts: Parts | None = None
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    @property
    def parts(self) -> Parts:
        """The parts of the running bot."""
        assert self._parts is not None, "the bot doesn't run"
        return self._parts

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return Path(self.settings.database_url.removeprefix("sqlite:///"))

    async def start(self) -> None:
        """Start the bot."""
        loop_time = asyncio.get_running_loop().time()
        pacing = None if self.unhurried else Pacing(loop_time, burst=NO_LIMIT, total=NO_LIMIT)
        context = running(
            self.settings, room=self.make_room(), pacing=pacing, clock=SameClock(self.server.clock)
        )
        self._parts = await self._stack.enter_async_context(context)

    async def stop(self) -> None:
        """Stop the bot; the sandbox goes on."""
        await self._stack.aclose()
        self._parts = None

    async def restart(self) -> None:
        """Stop the bot and start it again on the same database."""
        await self.stop()
        await self.start()

    def owner(self, person_id: int = SARI, *, language: Language = Language.ID) -> "Owner":
        """Return somebody who chats with the bot."""
        return Owner(self, self.server.person(person_id, language_code=language.value), language)

    async def taken(self, update_id: int) -> None:
        """Return once the bot has stored an update."""
        updates = self.server.updates
        await self.server.wait_for(
            lambda: not updates.pending or updates.pending[0].update_id > update_id, timeout=60
        )

    async def settled(self, update_id: int | None = None) -> None:
        """Return when nothing is left to be handled, drawn, sent or answered."""
        if update_id is not None:
            await self.taken(update_id)
        await self.parts.idle()
        queries = self.server.world.queries
        await self.server.wait_for(lambda: all(query.answered for query in queries.values()))

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Look into the database."""
        return await self.parts.database.read(work)

    def days_pass(self, days: float) -> None:
        """Move the clock that the sandbox and the bot tell the time by."""
        self.server.clock.advance(days=days)


@dataclass
class Owner:
    """Somebody in a private chat with the bot. What they do returns when the bot has done all it does."""

    house: House
    person: Person
    language: Language
    taps_made: int = 0
    typed: int = 0
    _seen: dict[int, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    _toasts_seen: int = 0

    def label(self, key: str, **speaks_of: object) -> str:
        """Return what a button says in this owner's language."""
        return label(self.language, key, **speaks_of)

    # What the owner does.

    async def says(self, text: str) -> int:
        """Send words and return the message's id."""
        self.typed += 1
        return await self._sending(lambda: self.person.says(text))

    async def taps(self, wanted: str) -> None:
        """Press the button of the question whose label is, or else contains, the wanted words."""
        await self._doing(lambda: self.press(wanted))

    async def taps_first(self, times: int = 1) -> None:
        """Press the question's first button, as somebody in a hurry does."""
        for _ in range(times):
            await self.taps(self.question.labels[0])

    async def taps_old(self, message: ChatMessage, wanted: str) -> None:
        """Press a button that an older message had, as a phone that hasn't caught up still shows it."""
        data = next(button.data for row in message.buttons for button in row if button.text == wanted)
        await self.forges(data or "", message_id=message.message_id)

    async def forges(self, data: str, *, message_id: int | None = None) -> None:
        """Press a button that isn't there."""
        pressed = message_id or self.question.message_id
        await self._doing(lambda: self.person.taps(pressed, data=data, force=True))

    async def edits(self, message_id: int, text: str) -> None:
        """Change an own message."""
        await self._doing(lambda: self.person.edits(message_id, text))

    async def sends(self, send: Callable[[Person], int]) -> int:
        """Send something that is no text, like ``Person.sends_sticker``; return the message's id."""
        return await self._sending(lambda: send(self.person))

    async def blocks(self) -> None:
        """Block the bot."""
        await self._doing(self.person.blocks)

    async def unblocks(self) -> None:
        """Take the block back."""
        await self._doing(self.person.unblocks)

    def press(self, wanted: str) -> int:
        """Press a button and return the update's id without waiting for anything."""
        question = self.question
        exact = [found for found in question.labels if found == wanted]
        close = [found for found in question.labels if wanted in found]
        found = exact or close
        assert found, f"no button {wanted!r}; there are {question.labels} below {question.text!r}"
        self.taps_made += 1
        return self.person.taps(question.message_id, found[0])

    # What the owner sees.

    @property
    def messages(self) -> list[ChatMessage]:
        """What the bot wrote, oldest first."""
        return [message for message in self.person.messages if message.sender == "bot"]

    @property
    def asking(self) -> list[ChatMessage]:
        """Every message that has buttons."""
        return [message for message in self.messages if message.buttons]

    @property
    def question(self) -> ChatMessage:
        """The latest message that has buttons."""
        assert self.asking, f"nothing is asked: {[message.text for message in self.messages[-3:]]}"
        return self.asking[-1]

    @property
    def news(self) -> list[ChatMessage]:
        """What came or changed by the last thing the owner did."""
        return [message for message in self.messages if self._seen.get(message.message_id) != _look(message)]

    @property
    def toast(self) -> str | None:
        """The word over the screen by the last thing the owner did."""
        fresh = [text for text in self.person.toasts[self._toasts_seen :] if text]
        return fresh[-1] if fresh else None

    def sees(self, *expected: str) -> None:
        """Check that the words stand in what the last thing led to."""
        shown = "\n".join(message.text for message in self.news)
        missing = [words for words in expected if words not in shown]
        assert missing == [], f"{missing} not in {shown!r}"

    @property
    def photos(self) -> list[ChatMessage]:
        """Every picture in the chat."""
        return [message for message in self.messages if message.photo]

    async def pictures(self, count: int) -> list[ChatMessage]:
        """Wait for pictures to come by the last thing the owner did, and return them."""
        await self.house.server.wait_for(
            lambda: len([message for message in self.news if message.photo]) >= count, timeout=60
        )
        await self.house.settled()
        return [message for message in self.news if message.photo]

    # What is stored.

    async def session(self) -> Session:
        """Return where the owner stands."""
        row = await self.house.read(lambda transaction: transaction.owners.load(self.person.id))
        assert row is not None
        return load_session(row.session)

    async def maps(self) -> tuple[MapRow, ...]:
        """Return the owner's maps."""
        return await self.house.read(lambda transaction: transaction.maps.list(self.person.id))

    async def map(self) -> JourneyMap:
        """Return the map that is open."""
        session = await self.session()
        return next(read_map(row.document) for row in await self.maps() if row.map_id == session.map_id)

    async def answers(self) -> tuple[AnswerRow, ...]:
        """Return the log of answers to the map that is open."""
        session = await self.session()
        assert session.map_id is not None
        map_id = session.map_id
        return await self.house.read(lambda transaction: transaction.answers.of_map(map_id, self.person.id))

    async def restart(self) -> None:
        """Stop and start the bot."""
        await self.house.restart()

    async def begins(self) -> None:
        """Start the first map."""
        await self.says("/start")
        await self.taps(self.label("begin"))

    async def reaches_stages(self, speed: str = "quick") -> None:
        """Answer everything before the first stage with the first chip."""
        await self.begins()
        await self.taps_first(2)
        await self.taps(self.label(f"speed.{speed}"))
        await self.taps_first(5 if speed == "quick" else 11)

    async def _sending(self, send: Callable[[], int]) -> int:
        before = len(self.person.messages)
        await self._doing(send)
        return self.person.messages[before].message_id

    async def _doing(self, act: Callable[[], int | None]) -> None:
        self._seen = {message.message_id: _look(message) for message in self.messages}
        self._toasts_seen = len(self.person.toasts)
        await self.house.settled(act())
        assert len(self.asking) <= 1, f"{len(self.asking)} messages ask: {[m.text for m in self.asking]}"


def _look(message: ChatMessage) -> tuple[str, tuple[str, ...]]:
    return message.text, tuple(message.labels)


def settings_for(path: Path, server: SandboxServer, more: Mapping[str, str]) -> Settings:
    """Return the settings of a bot that keeps its database in a folder."""
    environ = {
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": server.url,
        "DATABASE_URL": f"sqlite:///{path / 'jejak.sqlite3'}",
        **more,
    }
    return load_settings(environ, env_file=None)


@asynccontextmanager
async def house(
    path: Path,
    *,
    make_room: Callable[[], Room] = PlainRoom,
    unhurried: bool = False,
    environment: Mapping[str, str] | None = None,
) -> AsyncIterator[House]:
    """Run a bot and its sandbox for the length of the block; in the end no call broke Telegram's rules."""
    async with Sandbox.start(token=TOKEN) as server:
        kept = House(
            server, settings_for(path, server, environment or {}), make_room=make_room, unhurried=unhurried
        )
        await kept.start()
        try:
            yield kept
        finally:
            await kept.stop()
        assert server.violations == []


@asynccontextmanager
async def chat(
    path: Path,
    *,
    language: Language = Language.ID,
    make_room: Callable[[], Room] = PlainRoom,
) -> AsyncIterator[Owner]:
    """Run a bot with one owner for the length of the block."""
    async with house(path, make_room=make_room) as kept:
        yield kept.owner(language=language)
