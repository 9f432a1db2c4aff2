"""Work to be done later: pictures to draw, reminders to send."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from storage import codec
from storage.records import JobRow, JobState, JsonValue
from storage.tables import REASON_LENGTH, WAITING, jobs


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs within one transaction."""

    connection: Connection

    def add(  # noqa: PLR0917 - all six are needed, in the order of the columns
        self,
        kind: str,
        key: str,
        chat_id: int,
        payload: Mapping[str, JsonValue],
        due: datetime,
        now: datetime,
    ) -> bool:
        """Queue a job; False when one of that kind and key waits already, perhaps under way.

        The same work isn't queued twice: the waiting job stays. Other work takes its place and is due when
        the first of the two was; it gets a number of its own, so that finishing the old one doesn't finish
        the new one too.
        """
        if self._same_waits(kind, key, payload):
            return False
        statement = delete(jobs).where(_waits_as(kind, key)).returning(jobs.c.due)
        replaced: datetime | None = self.connection.execute(statement).scalar_one_or_none()
        self.connection.execute(
            insert(jobs).values(
                kind=kind,
                key=key,
                chat_id=chat_id,
                payload=payload,
                state=JobState.WAITING,
                attempts=0,
                created=now,
                due=due if replaced is None else min(due, replaced),
            )
        )
        return replaced is None

    def due(self, now: datetime, limit: int) -> tuple[JobRow, ...]:
        """Return the waiting jobs whose time has come, the longest due first."""
        statement = (
            select(jobs)
            .where(jobs.c.state == WAITING, jobs.c.due <= now)
            .order_by(jobs.c.due, jobs.c.id)
            .limit(limit)
        )
        return tuple(
            JobRow(row.id, row.kind, row.key, row.chat_id, row.payload, row.attempts, row.due)
            for row in self.connection.execute(statement)
        )

    def next_due(self, now: datetime) -> datetime | None:
        """Return when the next job that isn't due yet will be."""
        statement = select(func.min(jobs.c.due)).where(jobs.c.state == WAITING, jobs.c.due > now)
        found: datetime | None = self.connection.execute(statement).scalar_one()
        return found

    def done(self, job_id: int, now: datetime) -> bool:
        """Close a waiting job and forget what it was about; False for one replaced or erased meanwhile."""
        statement = update(jobs).where(_waits(job_id))
        closed = self.connection.execute(statement.values(state=JobState.DONE, payload={}, finished=now))
        return closed.rowcount == 1

    def again(self, job_id: int, at: datetime, reason: str) -> None:
        """Count a failed try; the job is due again at ``at``."""
        statement = update(jobs).where(_waits(job_id))
        self.connection.execute(
            statement.values(attempts=jobs.c.attempts + 1, due=at, reason=reason[:REASON_LENGTH])
        )

    def park(self, job_id: int, reason: str, now: datetime) -> bool:
        """Set a waiting job aside with its reason; False for one replaced or erased meanwhile."""
        statement = update(jobs).where(_waits(job_id))
        parked = self.connection.execute(
            statement.values(state=JobState.PARKED, reason=reason[:REASON_LENGTH], finished=now)
        )
        return parked.rowcount == 1

    def waits(self, kind: str, key: str) -> bool:
        """Tell whether a job of that kind and key waits, perhaps under way."""
        return self.connection.execute(select(jobs.c.id).where(_waits_as(kind, key))).first() is not None

    def drop(self, kind: str, key: str) -> None:
        """Forget the waiting job of that kind and key."""
        self.connection.execute(delete(jobs).where(_waits_as(kind, key)))

    def drop_all(self, chat_id: int) -> None:
        """Forget all waiting jobs of a chat."""
        self.connection.execute(delete(jobs).where(jobs.c.chat_id == chat_id, jobs.c.state == WAITING))

    def _same_waits(self, kind: str, key: str, payload: Mapping[str, JsonValue]) -> bool:
        statement = select(jobs.c.payload).where(_waits_as(kind, key))
        waiting = self.connection.execute(statement).scalar_one_or_none()
        return waiting is not None and codec.dump(waiting) == codec.dump(payload)

    def prune(self, before: datetime) -> int:
        """Forget the jobs dealt with before that time, and say how many."""
        statement = delete(jobs).where(jobs.c.state != WAITING, jobs.c.finished < before)
        return self.connection.execute(statement).rowcount


def _waits(job_id: int) -> ColumnElement[bool]:
    return (jobs.c.id == job_id) & (jobs.c.state == WAITING)


def _waits_as(kind: str, key: str) -> ColumnElement[bool]:
    return (jobs.c.kind == kind) & (jobs.c.key == key) & (jobs.c.state == WAITING)
