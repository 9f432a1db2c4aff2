"""The calls still to be made to Telegram, in order within each chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from storage.inserts import insert_into
from storage.owners import Owners
from storage.pictures import Pictures
from storage.records import AlreadyDone, Call, CallRole, JsonValue, OutboxRow, OutboxState, UploadedFile
from storage.tables import REASON_LENGTH, WAITING, outbox, picture_chats


@dataclass(frozen=True, slots=True)
class Outbox:
    """The queues of calls within one transaction."""

    connection: Connection

    def put(self, chat_id: int, calls: Sequence[Call], now: datetime, update_id: int | None = None) -> None:
        """Queue the calls of one update, or of a job (``update_id`` None), behind the chat's others.

        An update queues once for a chat: AlreadyDone when it did before. A new edit of the question
        supersedes those that wait directly before it.
        """
        for position, call in enumerate(calls):
            if call.role is CallRole.QUESTION_EDIT:
                self._collapse_edits(chat_id, now)
            try:
                self.connection.execute(
                    insert(outbox).values(
                        chat_id=chat_id,
                        update_id=update_id,
                        position=position,
                        method=call.method,
                        params=call.params,
                        role=call.role,
                        pictures=call.pictures,
                        redraw=call.redraw,
                        state=OutboxState.WAITING,
                        attempts=0,
                        message_ids=(),
                        created=now,
                        next_try=now,
                    )
                )
            except IntegrityError as error:
                raise AlreadyDone(f"update {update_id} has queued its calls before") from error
            self._note_pictures(chat_id, call.pictures)

    def heads(self, now: datetime, limit: int) -> tuple[OutboxRow, ...]:
        """Return the oldest waiting call of each chat; one to be tried later holds back its whole chat."""
        first = (
            select(func.min(outbox.c.id).label("id"))
            .where(outbox.c.state == WAITING)
            .group_by(outbox.c.chat_id)
            .subquery()
        )
        statement = (
            select(outbox)
            .join(first, outbox.c.id == first.c.id)
            .where(outbox.c.next_try <= now)
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return tuple(_outbox_row(row) for row in self.connection.execute(statement))

    def sent(
        self,
        row_id: int,
        now: datetime,
        message_ids: Sequence[int] = (),
        files: Sequence[UploadedFile] = (),
    ) -> None:
        """Note that Telegram took the call, forget what it said and keep what Telegram answered.

        The message of a new question becomes the owner's current question. A call superseded while it was
        under way counts as sent, one that is gone (erased) as nothing.
        """
        statement = (
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.state.in_([OutboxState.WAITING, OutboxState.COLLAPSED]))
            .values(
                state=OutboxState.SENT, params={}, redraw=None, message_ids=tuple(message_ids), finished=now
            )
            .returning(outbox.c.chat_id, outbox.c.role)
        )
        row = self.connection.execute(statement).one_or_none()
        for file in files:
            Pictures(self.connection).uploaded(file)
        if row is not None and row.role == CallRole.QUESTION and message_ids:
            Owners(self.connection).remember_question(row.chat_id, message_ids[-1])

    def again(self, row_id: int, at: datetime, reason: str) -> None:
        """Count a failed try; the call, and with it its chat's queue, waits until ``at``."""
        self.connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.state == WAITING)
            .values(attempts=outbox.c.attempts + 1, next_try=at, reason=reason[:REASON_LENGTH])
        )

    def park(self, row_id: int, reason: str, now: datetime) -> bool:
        """Set a waiting call aside with its reason, so that its chat's queue goes on.

        False for one that is gone (erased) or superseded.
        """
        parked = self.connection.execute(
            update(outbox)
            .where(outbox.c.id == row_id, outbox.c.state == WAITING)
            .values(state=OutboxState.PARKED, redraw=None, reason=reason[:REASON_LENGTH], finished=now)
        )
        return parked.rowcount == 1

    def park_wish(
        self, chat_id: int, redraw: Mapping[str, JsonValue], reason: str, now: datetime
    ) -> tuple[str, ...]:
        """Set aside the chat's waiting calls whose pictures are of the same wish; return those in order."""
        waits = (outbox.c.chat_id == chat_id) & (outbox.c.state == WAITING)
        wanted = select(outbox.c.id, outbox.c.pictures, outbox.c.redraw).where(waits, outbox.c.pictures != ())
        # Compared here: equal JSON isn't always spelled alike.
        rows = [row for row in self.connection.execute(wanted.order_by(outbox.c.id)) if row.redraw == redraw]
        for row in rows:
            self.park(row.id, reason, now)
        return tuple(digest for row in rows for digest in row.pictures)

    def oldest(self) -> datetime | None:
        """Return when the call that waits longest was queued."""
        statement = select(func.min(outbox.c.created)).where(outbox.c.state == WAITING)
        found: datetime | None = self.connection.execute(statement).scalar_one()
        return found

    def count(self) -> int:
        """Return how many calls wait."""
        statement = select(func.count()).select_from(outbox).where(outbox.c.state == WAITING)
        return self.connection.execute(statement).scalar_one()

    def waiting(self, chat_id: int) -> int:
        """Return how many calls of one chat wait."""
        statement = (
            select(func.count())
            .select_from(outbox)
            .where(outbox.c.state == WAITING, outbox.c.chat_id == chat_id)
        )
        return self.connection.execute(statement).scalar_one()

    def asks(self, chat_id: int) -> bool:
        """Tell whether a new question waits to be sent to the chat."""
        waits = (outbox.c.state == WAITING) & (outbox.c.chat_id == chat_id)
        statement = select(outbox.c.id).where(waits, outbox.c.role == CallRole.QUESTION).limit(1)
        return self.connection.execute(statement).first() is not None

    def lost_question(self, chat_id: int) -> bool:
        """Tell whether the chat's latest question was refused: what stands there is an earlier one."""
        asking = outbox.c.role.in_([CallRole.QUESTION, CallRole.QUESTION_EDIT])
        statement = (
            select(outbox.c.state)
            .where(outbox.c.chat_id == chat_id, asking, outbox.c.state != OutboxState.COLLAPSED)
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        return self.connection.execute(statement).scalar_one_or_none() == OutboxState.PARKED

    def prune(self, before: datetime) -> int:
        """Forget the calls dealt with before that time, and say how many."""
        statement = delete(outbox).where(outbox.c.state != WAITING, outbox.c.finished < before)
        return self.connection.execute(statement).rowcount

    def _collapse_edits(self, chat_id: int, now: datetime) -> None:
        queue = (outbox.c.chat_id == chat_id) & (outbox.c.state == WAITING)
        other = (
            select(func.coalesce(func.max(outbox.c.id), 0))
            .where(queue, outbox.c.role != CallRole.QUESTION_EDIT)
            .scalar_subquery()
        )
        self.connection.execute(
            update(outbox)
            .where(queue, outbox.c.role == CallRole.QUESTION_EDIT, outbox.c.id > other)
            .values(state=OutboxState.COLLAPSED, params={}, finished=now)
        )

    def _note_pictures(self, chat_id: int, digests: Sequence[str]) -> None:
        rows = [{"digest": digest, "chat_id": chat_id} for digest in dict.fromkeys(digests)]
        if rows:
            self.connection.execute(
                insert_into(self.connection, picture_chats).on_conflict_do_nothing(), rows
            )


def _outbox_row(row: Row[tuple[object, ...]]) -> OutboxRow:
    call = Call(row.method, row.params, CallRole(row.role), tuple(row.pictures), row.redraw)
    return OutboxRow(row.id, row.chat_id, call, row.attempts, row.created)
