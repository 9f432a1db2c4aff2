"""What owners want the operator to know."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, insert, select, update

from storage.records import FeedbackRow
from storage.tables import feedback


@dataclass(frozen=True, slots=True)
class Feedback:
    """The feedback within one transaction."""

    connection: Connection

    def add(self, owner_id: int, text: str, now: datetime) -> None:
        """Keep what an owner said."""
        self.connection.execute(insert(feedback).values(owner_id=owner_id, text=text, given=now))

    def waiting(self, limit: int) -> tuple[FeedbackRow, ...]:
        """Return what the operator hasn't seen yet, the oldest first."""
        statement = select(feedback).where(feedback.c.seen.is_(None)).order_by(feedback.c.id).limit(limit)
        return tuple(_feedback_row(row) for row in self.connection.execute(statement))

    def of_owner(self, owner_id: int) -> tuple[FeedbackRow, ...]:
        """Return all that an owner said, the first one first."""
        statement = select(feedback).where(feedback.c.owner_id == owner_id).order_by(feedback.c.id)
        return tuple(_feedback_row(row) for row in self.connection.execute(statement))

    def seen(self, feedback_id: int, now: datetime) -> None:
        """Note that the operator has seen it."""
        self.connection.execute(update(feedback).where(feedback.c.id == feedback_id).values(seen=now))


def _feedback_row(row: Row[tuple[object, ...]]) -> FeedbackRow:
    return FeedbackRow(row.id, row.owner_id, row.text, row.given, row.seen)
