"""Keeps the database small: what was dealt with long ago is forgotten."""

import asyncio
from datetime import timedelta

import structlog

from bot.clock import Clock, Sleep, again_and_again
from storage.database import Database
from storage.transactions import Transaction

EVERY_SECONDS = 3600.0
DEALT_WITH = timedelta(days=7)
"""Telegram keeps updates for a day; a week more than covers every repeat."""
PICTURES_KEPT = timedelta(days=90)

logger = structlog.get_logger(__name__)


async def keep_tidy(
    database: Database, clock: Clock, *, every: float = EVERY_SECONDS, sleep: Sleep = asyncio.sleep
) -> None:
    """Tidy up now and then, until cancelled."""

    async def look() -> None:
        await database.write(lambda transaction: tidy(transaction, clock))

    await again_and_again(look, every=every, sleep=sleep, failed="not_tidied")


def tidy(transaction: Transaction, clock: Clock) -> None:
    """Forget updates, calls, jobs, pictures and links whose time is over."""
    now = clock.now()
    forgotten = {
        "updates": transaction.inbox.prune(now - DEALT_WITH),
        "calls": transaction.outbox.prune(now - DEALT_WITH),
        "jobs": transaction.jobs.prune(now - DEALT_WITH),
        "pictures": transaction.pictures.prune(now - PICTURES_KEPT),
        "shares": transaction.shares.prune(now),
    }
    if any(forgotten.values()):
        logger.info("tidied", **forgotten)
