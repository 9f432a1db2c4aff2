"""The people who talk to us: the session of each, and how to forget one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.erasure import erase_owner
from storage.inserts import insert_into
from storage.records import JsonValue, OwnerRow, StaleRevision
from storage.tables import owners
from storage.upcasts import SESSION_FORMAT, lift, require_newest


@dataclass(frozen=True, slots=True)
class Owners:
    """The owners within one transaction."""

    connection: Connection

    def load(self, owner_id: int) -> OwnerRow | None:
        """Return what is kept of an owner, the session lifted to the newest format."""
        row = self.connection.execute(select(owners).where(owners.c.owner_id == owner_id)).one_or_none()
        if row is None:
            return None
        return OwnerRow(
            owner_id=row.owner_id,
            session=lift(row.session, SESSION_FORMAT),
            revision=row.revision,
            question_message_id=row.question_message_id,
            blocked=row.blocked,
            created=row.created,
            seen=row.seen,
            erase_after=row.erase_after,
            unanswered=row.unanswered,
            reminded=row.reminded,
        )

    def save(
        self, owner_id: int, session: Mapping[str, JsonValue], *, expected: int | None, now: datetime
    ) -> int:
        """Save the session over revision ``expected`` (None: as a new owner) and return the new revision.

        StaleRevision when somebody saved in between, or a new owner isn't new.
        """
        require_newest(session, SESSION_FORMAT)
        if expected is None:
            return self._create(owner_id, session, now)
        statement = (
            update(owners)
            .where(owners.c.owner_id == owner_id, owners.c.revision == expected)
            .values(session=session, revision=expected + 1, seen=now, unanswered=0)
        )
        if self.connection.execute(statement).rowcount != 1:
            raise StaleRevision(f"owner {owner_id} is no longer at revision {expected}")
        return expected + 1

    def save_unseen(self, owner_id: int, session: Mapping[str, JsonValue], *, expected: int) -> None:
        """Save the session over revision ``expected`` of an owner who isn't here: when they were stays.

        StaleRevision when somebody saved in between.
        """
        require_newest(session, SESSION_FORMAT)
        statement = (
            update(owners)
            .where(owners.c.owner_id == owner_id, owners.c.revision == expected)
            .values(session=session, revision=expected + 1)
        )
        if self.connection.execute(statement).rowcount != 1:
            raise StaleRevision(f"owner {owner_id} is no longer at revision {expected}")

    def reminded(self, owner_id: int, now: datetime) -> None:
        """Note that the owner was reminded of something."""
        self._set(owner_id, unanswered=owners.c.unanswered + 1, reminded=now)

    def remember_question(self, owner_id: int, message_id: int) -> None:
        """Note the message that shows the current question."""
        self._set(owner_id, question_message_id=message_id)

    def block(self, owner_id: int, now: datetime) -> None:
        """Note since when the owner takes no messages from us."""
        self._set(owner_id, blocked=now)

    def unblock(self, owner_id: int) -> None:
        """Note that the owner takes messages again."""
        self._set(owner_id, blocked=None)

    def touch(self, owner_id: int, now: datetime) -> None:
        """Note that the owner was here, also when nothing of the session changed."""
        self._set(owner_id, seen=now, unanswered=0)

    def leave(self, owner_id: int, erase_after: datetime) -> None:
        """Note that the owner wants everything erased, which happens after that time."""
        self._set(owner_id, erase_after=erase_after)

    def stay(self, owner_id: int) -> None:
        """Note that the owner wants to keep everything after all."""
        self._set(owner_id, erase_after=None)

    def erase(self, owner_id: int) -> None:
        """Delete every row of a person in every table, and the pictures and recipes that only they were sent.

        That includes the update being handled: close it (``inbox.done``) before, answer it after.
        """
        erase_owner(self.connection, owner_id)

    def begin_afresh(
        self,
        owner_id: int,
        session: Mapping[str, JsonValue],
        *,
        revision: int,
        question_message_id: int | None,
        now: datetime,
    ) -> None:
        """Erase everything of a person, who goes on as a stranger.

        The revision goes on too, so that a button of before can't be taken for one of after.
        """
        require_newest(session, SESSION_FORMAT)
        erase_owner(self.connection, owner_id)
        self.connection.execute(
            insert(owners).values(
                owner_id=owner_id,
                session=session,
                revision=revision,
                question_message_id=question_message_id,
                created=now,
                seen=now,
            )
        )

    def _create(self, owner_id: int, session: Mapping[str, JsonValue], now: datetime) -> int:
        statement = (
            insert_into(self.connection, owners)
            .values(owner_id=owner_id, session=session, revision=1, created=now, seen=now)
            .on_conflict_do_nothing()
            .returning(owners.c.owner_id)
        )
        if self.connection.execute(statement).one_or_none() is None:
            raise StaleRevision(f"owner {owner_id} exists already")
        return 1

    def _set(self, owner_id: int, **changes: int | datetime | ColumnElement[int] | None) -> None:
        self.connection.execute(update(owners).where(owners.c.owner_id == owner_id).values(**changes))
