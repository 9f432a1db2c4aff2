from datetime import UTC, datetime, timedelta

from bot.upkeep import DEALT_WITH, tidy
from storage.records import Call, CallRole, RawUpdate
from storage.transactions import Transaction
from tests.bot.flaky import FlakyDatabase

MORNING = datetime(2026, 3, 2, 8, tzinfo=UTC)


class At:
    """A clock that stands at one time."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def now(self) -> datetime:
        return self.time


async def test_what_was_dealt_with_long_ago_is_forgotten(database: FlakyDatabase) -> None:
    """A week after they were done updates and calls are gone; what still waits stays."""

    def fill(transaction: Transaction) -> None:
        transaction.inbox.add([RawUpdate(1, 7, "{}"), RawUpdate(2, 7, "{}")], MORNING)
        transaction.inbox.done(1, MORNING)
        calls = [Call("sendMessage", {"chat_id": 7, "text": text}, CallRole.MESSAGE) for text in ("a", "b")]
        transaction.outbox.put(7, calls, MORNING)
        transaction.outbox.sent(transaction.outbox.heads(MORNING, 1)[0].id, MORNING)

    def rows(transaction: Transaction) -> tuple[int, int, int]:
        later = MORNING + DEALT_WITH + timedelta(days=30)
        return transaction.inbox.count(), transaction.outbox.count(), transaction.inbox.prune(later)

    await database.write(fill)
    await database.write(lambda transaction: tidy(transaction, At(MORNING + DEALT_WITH + timedelta(hours=1))))

    waiting_updates, waiting_calls, left_to_prune = await database.write(rows)

    assert (waiting_updates, waiting_calls, left_to_prune) == (1, 1, 0)


async def test_what_was_dealt_with_lately_is_kept(database: FlakyDatabase) -> None:
    """Within the week an update is remembered, so that a repeat of it is known."""

    def fill(transaction: Transaction) -> None:
        transaction.inbox.add([RawUpdate(1, 7, "{}")], MORNING)
        transaction.inbox.done(1, MORNING)

    await database.write(fill)
    await database.write(lambda transaction: tidy(transaction, At(MORNING + timedelta(days=6))))

    again = await database.write(lambda transaction: transaction.inbox.add([RawUpdate(1, 7, "{}")], MORNING))

    assert again == ()
