"""What owners are to be reminded of: at most one row for a kind, a map and a subject."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select

from storage.inserts import insert_into
from storage.records import ReminderRow
from storage.tables import owners, reminders

_KEY = (reminders.c.owner_id, reminders.c.kind, reminders.c.map_id, reminders.c.subject)


@dataclass(frozen=True, slots=True)
class Reminders:
    """The reminders within one transaction; erasing a map or an owner erases theirs too."""

    connection: Connection

    def put(self, row: ReminderRow) -> None:
        """Keep a reminder, in the place of the one of the same kind, map and subject."""
        values = {"due": row.due, "count": row.count}
        statement = insert_into(self.connection, reminders).values(
            owner_id=row.owner_id, kind=row.kind, map_id=row.map_id, subject=row.subject, **values
        )
        key = [column.name for column in _KEY]
        self.connection.execute(statement.on_conflict_do_update(index_elements=key, set_=values))

    def forget(self, owner_id: int, kind: str, map_id: str, subject: str) -> None:
        """Forget the reminder of that kind, map and subject, if there is one."""
        self.connection.execute(delete(reminders).where(_is(owner_id, kind, map_id, subject)))

    def due(self, now: datetime, kinds: tuple[str, ...], limit: int) -> tuple[ReminderRow, ...]:
        """Return the reminders of these kinds whose time has come, the longest due first.

        None of owners who blocked us or who left: they can't or don't want to be told.
        """
        statement = (
            select(reminders)
            .join(owners, owners.c.owner_id == reminders.c.owner_id)
            .where(
                reminders.c.due <= now,
                reminders.c.kind.in_(kinds),
                owners.c.blocked.is_(None),
                owners.c.erase_after.is_(None),
            )
            .order_by(reminders.c.due, *_KEY)
            .limit(limit)
        )
        return tuple(ReminderRow(**row._mapping) for row in self.connection.execute(statement))

    def of_owner(self, owner_id: int) -> tuple[ReminderRow, ...]:
        """Return all reminders of an owner, the one due first at the beginning."""
        statement = select(reminders).where(reminders.c.owner_id == owner_id).order_by(reminders.c.due, *_KEY)
        return tuple(ReminderRow(**row._mapping) for row in self.connection.execute(statement))


def _is(owner_id: int, kind: str, map_id: str, subject: str) -> ColumnElement[bool]:
    return (
        (reminders.c.owner_id == owner_id)
        & (reminders.c.kind == kind)
        & (reminders.c.map_id == map_id)
        & (reminders.c.subject == subject)
    )
