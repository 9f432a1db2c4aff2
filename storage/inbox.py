"""The updates of Telegram, kept before they are confirmed and until they are dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from storage.inserts import insert_into
from storage.records import AlreadyDone, InboxRow, InboxState, RawUpdate
from storage.tables import REASON_LENGTH, WAITING, inbox

TRIES = 3
"""An update that failed this often is parked, so that its lane goes on."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """The lanes of updates within one transaction."""

    connection: Connection

    def add(self, updates: Sequence[RawUpdate], now: datetime) -> tuple[RawUpdate, ...]:
        """Keep the updates and return the new ones; what was kept before is ignored."""
        first = {update.update_id: update for update in reversed(updates)}
        if not first:
            return ()
        statement = (
            insert_into(self.connection, inbox)
            .on_conflict_do_nothing(index_elements=[inbox.c.update_id])
            .returning(inbox.c.update_id)
        )
        rows = [
            {
                "update_id": raw.update_id,
                "chat_id": raw.chat_id,
                "payload": raw.payload,
                "state": InboxState.WAITING,
                "attempts": 0,
                "received": now,
            }
            for raw in first.values()
        ]
        fresh = set(self.connection.execute(statement, rows).scalars())
        return tuple(first[number] for number in sorted(fresh))

    def lanes(self) -> tuple[int, ...]:
        """Return the chats with waiting updates, the one that waits longest first."""
        statement = (
            select(inbox.c.chat_id)
            .where(inbox.c.state == WAITING)
            .group_by(inbox.c.chat_id)
            .order_by(func.min(inbox.c.update_id))
        )
        return tuple(self.connection.execute(statement).scalars())

    def next(self, chat_id: int) -> InboxRow | None:
        """Return the oldest waiting update of the chat."""
        statement = (
            select(inbox)
            .where(inbox.c.state == WAITING, inbox.c.chat_id == chat_id)
            .order_by(inbox.c.update_id)
            .limit(1)
        )
        row = self.connection.execute(statement).one_or_none()
        if row is None:
            return None
        return InboxRow(row.update_id, row.chat_id, row.payload, row.attempts, row.received)

    def done(self, update_id: int, now: datetime) -> None:
        """Close a waiting update and forget what it said; AlreadyDone when it doesn't wait (any more)."""
        self._close(update_id, now, state=InboxState.DONE, payload="")

    def failed(self, update_id: int, reason: str, now: datetime) -> bool:
        """Count a failed try and say whether the update was parked for it."""
        statement = (
            update(inbox)
            .where(_waits(update_id))
            .values(attempts=inbox.c.attempts + 1, reason=reason[:REASON_LENGTH])
            .returning(inbox.c.attempts)
        )
        attempts = self.connection.execute(statement).scalar_one_or_none()
        if attempts is None:
            raise AlreadyDone(f"update {update_id} doesn't wait")
        if attempts < TRIES:
            return False
        self.park(update_id, reason, now)
        return True

    def park(self, update_id: int, reason: str, now: datetime) -> None:
        """Set a waiting update aside with its reason; AlreadyDone when it doesn't wait (any more)."""
        self._close(update_id, now, state=InboxState.PARKED, reason=reason[:REASON_LENGTH])

    def oldest(self) -> datetime | None:
        """Return when the update that waits longest came."""
        statement = select(func.min(inbox.c.received)).where(inbox.c.state == WAITING)
        found: datetime | None = self.connection.execute(statement).scalar_one()
        return found

    def count(self) -> int:
        """Return how many updates wait."""
        statement = select(func.count()).select_from(inbox).where(inbox.c.state == WAITING)
        return self.connection.execute(statement).scalar_one()

    def prune(self, before: datetime) -> int:
        """Forget the updates dealt with before that time, and say how many."""
        statement = delete(inbox).where(inbox.c.state != WAITING, inbox.c.finished < before)
        return self.connection.execute(statement).rowcount

    def _close(self, update_id: int, now: datetime, **changes: str) -> None:
        statement = update(inbox).where(_waits(update_id)).values(finished=now, **changes)
        if self.connection.execute(statement).rowcount != 1:
            raise AlreadyDone(f"update {update_id} doesn't wait")


def _waits(update_id: int) -> ColumnElement[bool]:
    return (inbox.c.update_id == update_id) & (inbox.c.state == WAITING)
