"""A bot that reminds, on a real database and with time that moves when told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import update
from telegram import Bot

from bot.content import load_content
from bot.outbound import Outbound
from bot.reminding import Reminding
from bot.sender import Sender
from bot.turns import Turns
from conversations import schedule
from conversations.moves import resumed
from conversations.schedule import Zone
from conversations.session import Session, dump_session, load_session
from journey.document import dump_map
from journey.model import JourneyMap, Language
from locales.catalog import load_catalogs
from renderers.messages import Messages
from storage.database import Database
from storage.records import Call, OwnerRow, ReminderRow
from storage.tables import owners
from storage.transactions import Transaction
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase

FROM_A_NEWER_RELEASE = "from_a_newer_release"
SITI, BUDI = 1001, 1002
JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass
class Keeper:
    """A bot's reminders at work on a real database; nothing is sent, time moves when told.

    The tests begin on a Sunday at 15.00 in Jakarta, when it is 17.00 in Jayapura.
    """

    database: FlakyDatabase
    time: FakeTime
    turns: Turns
    sender: Sender
    outbound: Outbound

    @property
    def reminding(self) -> Reminding:
        """The part that reminds; as it keeps nothing in mind, each look may be after a restart."""
        return Reminding(
            database=self.database,
            sender=self.sender,
            clock=self.time,
            remind=self.turns.remind,
            sleep=self.time.sleep,
        )

    async def meets(
        self, journey_map: JourneyMap, owner_id: int = SITI, *, due: datetime, zone: Zone | None = None
    ) -> None:
        """Keep an owner, seen now, at a question of a half-finished map, and a reminder of it."""
        language = Language.ID if owner_id == SITI else Language.EN
        said = schedule.Reminding(zone)
        session = resumed(Session(owner_id, language, map_id=journey_map.id, reminding=said), journey_map)

        def work(transaction: Transaction) -> None:
            transaction.owners.save(owner_id, dump_session(session), expected=None, now=self.time.now())
            transaction.owners.remember_question(owner_id, 55)
            transaction.maps.save(owner_id, dump_map(journey_map), self.time.now())
            transaction.reminders.put(ReminderRow(owner_id, "unfinished", journey_map.id, "", due, 0))

        await self.database.write(work)

    async def passes(self, duration: timedelta) -> None:
        """Let time pass, then look."""
        self.time.advance(duration.total_seconds())
        await self.reminding.look()

    async def does(self, work: Callable[[Transaction], None]) -> None:
        await self.database.write(work)

    async def row(self, owner_id: int = SITI) -> OwnerRow:
        row = await self.database.read(lambda transaction: transaction.owners.load(owner_id))
        assert row is not None
        return row

    async def session(self) -> Session:
        return load_session((await self.row()).session)

    async def waiting(self, owner_id: int = SITI) -> tuple[ReminderRow, ...]:
        return await self.database.read(lambda transaction: transaction.reminders.of_owner(owner_id))

    async def told(self) -> list[tuple[int, str]]:
        """Return to whom what waits to be sent, taking it out."""
        return [
            (int(str(call.params["chat_id"])), str(call.params["text"]))
            for call in await taken(self.database, self.time)
            if call.method == "sendMessage"
        ]


async def taken(database: Database, time: FakeTime) -> list[Call]:
    """Return what waits to be sent, taking it out."""

    def work(transaction: Transaction) -> list[Call]:
        calls = []
        while rows := transaction.outbox.heads(time.now(), 10):
            for row in rows:
                calls.append(row.call)
                transaction.outbox.sent(row.id, time.now())
        return calls

    return await database.write(work)


async def stored_by_a_newer_release(database: Database, owner_id: int) -> None:
    """Put into an owner's session what we know nothing of."""

    def work(transaction: Transaction) -> None:
        row = transaction.owners.load(owner_id)
        assert row is not None
        newer = {**row.session, FROM_A_NEWER_RELEASE: ["kept"]}
        statement = update(owners).where(owners.c.owner_id == owner_id).values(session=newer)
        transaction.owners.connection.execute(statement)

    await database.write(work)


def keeper_of(database: FlakyDatabase, telegram: Bot, time: FakeTime) -> Keeper:
    """Return the parts of the bot that remind, put together."""
    content = load_content()
    messages = Messages(load_catalogs(JAKARTA), content.knowledge)
    outbound = Outbound(messages, content.knowledge, content.matcher)
    sender = Sender(telegram, database, clock=time)
    turns = Turns(
        database=database,
        bot=telegram,
        sender=sender,
        clock=time,
        content=content,
        outbound=outbound,
        default_language=Language.ID,
        operator=None,
        wake_drawings=lambda: None,
        zone=JAKARTA,
    )
    return Keeper(database, time, turns, sender, outbound)
