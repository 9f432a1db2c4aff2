"""Forgets what nobody needs any more: what was deleted, who left, and who was away for too long.

Whoever was away is told before, in waking hours; any sign of life keeps everything.
"""

import asyncio
import functools
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

import structlog

from bot.clock import Clock, Sleep, again_and_again
from bot.documents import session_of
from bot.outbound import Outbound
from bot.sender import Sender
from conversations.schedule import WAKING_HOURS, when_awake
from conversations.session import load_session
from conversations.steps import StepId
from conversations.turns import beside
from journey.model import Language
from storage.database import Database
from storage.records import Call, CallRole, JsonValue, OwnerRow, StaleRevision
from storage.transactions import Transaction

EVERY_SECONDS = 300.0
LONGEST_NOTICE = timedelta(days=30)
AT_ONCE = 100

AskAgain = Callable[[Transaction, int, datetime], None]

logger = structlog.get_logger(__name__)


class Forgetting:
    """Erases for good what is due, and warns owners a month before.

    ``ask_again`` queues the screen an owner is at. Owners away for ``retention`` are erased when they were
    warned or can't be: those who blocked us, and those who have no map to lose.
    """

    def __init__(
        self,
        *,
        database: Database,
        sender: Sender,
        clock: Clock,
        outbound: Outbound,
        ask_again: AskAgain,
        retention: timedelta,
        zone: tzinfo,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._database = database
        self._sender = sender
        self._clock = clock
        self._outbound = outbound
        self._ask_again = ask_again
        self._retention = retention
        self._notice = min(LONGEST_NOTICE, retention / 2)
        self._zone = zone
        self._sleep = sleep

    async def run(self) -> None:
        """Look every few minutes, until cancelled."""
        await again_and_again(self.look, every=EVERY_SECONDS, sleep=self._sleep, failed="not_forgotten")

    async def look(self) -> None:
        """Erase what is due now, and warn who is to be warned, but at night."""
        now = self._clock.now()
        while found := await self._database.write(lambda transaction: self._erase(transaction, now)):
            logger.info("forgotten", count=found)
            await self._database.checkpoint()
            if found < AT_ONCE:
                break
        if now.astimezone(self._zone).hour in WAKING_HOURS:
            await self._warn_all(now)
        self._sender.wake()

    def _erase(self, transaction: Transaction, now: datetime) -> int:
        """Erase maps and owners and return how many, at most ``AT_ONCE`` of each."""
        maps = transaction.maps.erase_due(now, AT_ONCE)
        owners = transaction.retention.to_erase(
            now, unseen_since=now - self._retention, warned_before=now - self._notice, limit=AT_ONCE
        )
        for owner_id in owners:
            row = transaction.owners.load(owner_id)
            transaction.owners.erase(owner_id)
            if row is not None and row.question_message_id and row.blocked is None:
                transaction.outbox.put(owner_id, [self._last_word(row, row.question_message_id)], now)
        return max(maps, len(owners))

    def _last_word(self, owner: OwnerRow, message_id: int) -> Call:
        """Return the edit that takes the buttons of the last screen away: it wakes nobody up."""
        catalog = self._outbound.messages.catalogs[_language_of(owner)]
        params: dict[str, JsonValue] = {
            "chat_id": owner.owner_id,
            "message_id": message_id,
            "text": catalog.html("erased.text"),
            "parse_mode": "HTML",
        }
        return Call("editMessageText", params, CallRole.STRIP)

    async def _warn_all(self, now: datetime) -> None:
        unseen_since = now - (self._retention - self._notice)
        owners = await self._database.read(
            lambda transaction: transaction.retention.to_warn(unseen_since, AT_ONCE)
        )
        for owner_id in owners:
            try:
                await self._database.write(functools.partial(self._warn, owner_id=owner_id, now=now))
            except StaleRevision:
                logger.info("warning_not_needed")  # the owner came back this very moment
            except Exception:  # the edge: one broken session must not keep the others in the dark
                logger.exception("not_warned")

    def _warn(self, transaction: Transaction, owner_id: int, now: datetime) -> None:
        """Put the warning before the question the owner is at; both wait unchanged."""
        row = transaction.owners.load(owner_id)
        if row is None:
            return
        stored = load_session(row.session)
        if when_awake(stored.reminding, now, self._zone) > now:
            return  # day here, night where the owner lives: to be warned in a few hours
        session = replace(
            beside(stored, StepId.RETENTION),
            revision=row.revision + 1,
            erases=now + self._notice,
        )
        changed = session_of(session, stored=row.session, read=stored)
        transaction.retention.warned(owner_id, changed, expected=row.revision, now=now)
        self._ask_again(transaction, owner_id, now)


def _language_of(owner: OwnerRow) -> Language:
    """Return the language an owner is spoken to in, also when the rest of their session can't be read."""
    language = owner.session.get("language")
    return Language(language) if language in set(Language) else Language.ID
