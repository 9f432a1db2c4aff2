"""The whole way of an update, with the bot killed again and again."""

import asyncio
import json
import random

from telegram import Bot

from bot.clock import SystemClock
from bot.health import Health
from bot.intake import Intake
from bot.lanes import Lanes
from bot.polling import Poller
from bot.sender import Sender
from sandbox.server import SandboxServer
from storage.database import Database
from storage.records import Call, CallRole, InboxRow
from storage.transactions import Transaction
from tests.bot.faketime import FakeTime
from tests.bot.flaky import FlakyDatabase

OWNERS = range(1, 9)
ROUNDS = 12


class Echo:
    """A small bot that answers every text once, built of the real parts."""

    def __init__(self, telegram: Bot, database: Database) -> None:
        self.database = database
        self.clock = SystemClock()
        time = FakeTime(flying=True)
        self.sender = Sender(telegram, database, clock=self.clock, sleep=time.sleep, monotonic=time.monotonic)
        self.lanes = Lanes(database, self.handle, clock=self.clock, on_parked=self.on_parked)
        intake = Intake(database, self.clock, self.lanes.wake)
        self.poller = Poller(telegram, intake, Health(database, self.clock, polls=True))
        self.tasks = [asyncio.create_task(part.run()) for part in (self.lanes, self.sender, self.poller)]

    async def handle(self, row: InboxRow) -> None:
        now = self.clock.now()
        text = json.loads(row.payload)["message"]["text"]
        call = Call("sendMessage", {"chat_id": row.chat_id, "text": text}, CallRole.MESSAGE)

        def answer(transaction: Transaction) -> None:
            transaction.inbox.done(row.update_id, now)
            transaction.outbox.put(row.chat_id, [call], now, row.update_id)

        await self.database.write(answer)
        self.sender.wake()

    async def on_parked(self, row: InboxRow, reason: str) -> None:
        raise AssertionError(f"update {row.update_id} was parked: {reason}")

    async def killed(self) -> None:
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


async def test_no_answer_is_lost_however_often_the_bot_dies(
    server: SandboxServer, telegram: Bot, database: FlakyDatabase
) -> None:
    """Every text is answered, in order; a kill may show an answer twice, and never asks for a text again."""
    chance = random.Random(7)
    said = 0
    for _ in range(ROUNDS):
        echo = Echo(telegram, database)
        for owner_id in OWNERS:
            server.person(owner_id).says(str(said))
        said += 1
        calls = len(server.calls) + chance.randrange(2, 12)
        await server.wait_for(lambda: len(server.calls) >= calls)  # noqa: B023 - waited for right here
        await echo.killed()

    echo = Echo(telegram, database)
    await server.wait_for(lambda: not server.updates.pending)
    await echo.lanes.idle()
    await echo.sender.idle()
    await asyncio.gather(echo.poller.stop(), echo.lanes.stop(), echo.sender.stop())
    await asyncio.gather(*echo.tasks)

    for owner_id in OWNERS:
        answers = [each.text for each in server.person(owner_id).messages if each.sender == "bot"]
        once = list(dict.fromkeys(answers))
        assert once == [str(number) for number in range(said)]
        assert answers == sorted(answers, key=int)
        assert len(answers) <= said + ROUNDS
