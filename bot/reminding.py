"""Reminds owners when the time has come; a reminder survives restarts and is queued once.

Whether it is still wanted, and what it says, the interview decides; its answer and the note that it was sent
are one transaction.
"""

import asyncio
import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock, Sleep, again_and_again
from bot.sender import Sender
from conversations.schedule import Reminder, ReminderKind
from storage.database import Database
from storage.records import ReminderRow, StaleRevision
from storage.transactions import Transaction

EVERY_SECONDS = 60.0
AT_ONCE = 100
AFTER_TROUBLE = timedelta(hours=6)

Remind = Callable[[Transaction, int, Reminder, datetime], None]

logger = structlog.get_logger(__name__)


class Reminding:
    """Looks every minute for reminders that are due; ``remind`` lets the interview answer one."""

    def __init__(
        self,
        *,
        database: Database,
        sender: Sender,
        clock: Clock,
        remind: Remind,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._remind = remind
        self._sleep = sleep

    async def run(self) -> None:
        """Look again and again, until cancelled."""
        await again_and_again(self.look, every=EVERY_SECONDS, sleep=self._sleep, failed="not_reminded")

    async def look(self) -> None:
        """Deal with every reminder that is due now, each at most once."""
        now = self._clock.now()
        dealt_with: set[ReminderRow] = set()
        while due := [row for row in await self._due(now) if row not in dealt_with]:
            for row in due:
                await self._deal_with(row, now)
            dealt_with.update(due)
            self._sender.wake()

    async def _due(self, now: datetime) -> tuple[ReminderRow, ...]:
        kinds = tuple(ReminderKind)
        return await self._database.read(lambda transaction: transaction.reminders.due(now, kinds, AT_ONCE))

    async def _deal_with(self, row: ReminderRow, now: datetime) -> None:
        try:
            await self._database.write(functools.partial(self._remind_of, row=row, now=now))
        except StaleRevision:
            logger.info("reminder_not_needed")  # the owner is here this very moment
        except Exception:  # the edge: one broken session must not keep the others in the dark
            logger.exception("not_reminded")
            await self._database.write(functools.partial(_put_off, row=row, until=now + AFTER_TROUBLE))

    def _remind_of(self, transaction: Transaction, *, row: ReminderRow, now: datetime) -> None:
        if _waits(transaction, row):
            self._remind(transaction, row.owner_id, reminder_of(row), now)


def _put_off(transaction: Transaction, *, row: ReminderRow, until: datetime) -> None:
    if _waits(transaction, row):
        transaction.reminders.put(replace(row, due=until))


def _waits(transaction: Transaction, row: ReminderRow) -> bool:
    """Tell whether a reminder is still what it was: the owner, or another process, may have been quicker."""
    return row in transaction.reminders.of_owner(row.owner_id)


def reminder_row(owner_id: int, reminder: Reminder) -> ReminderRow:
    """Return how a reminder is stored."""
    return ReminderRow(
        owner_id, reminder.kind, reminder.map_id or "", reminder.subject, reminder.due, reminder.count
    )


def reminder_of(row: ReminderRow) -> Reminder:
    """Return the reminder a row describes. Raises ValueError for a kind of another release."""
    return Reminder(ReminderKind(row.kind), row.due, row.map_id or None, row.subject, row.count)
