"""Complaints that the knowledge doesn't know, kept for whoever writes the knowledge.

No row says whose words they are: no owner, no chat, no map, and of a time the day only, since the second of
a tap would lead back to the one who tapped. So an owner who leaves can't take theirs along. They stay until
there are more than ``MOST_KEPT`` rows: those said once and longest ago go first, then the others by age.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from storage.inserts import insert_into
from storage.records import UnmatchedRow
from storage.tables import unmatched_words

MOST_KEPT = 500
"""More than anybody reads; what is said oftener than once stays longest."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """The words within one transaction."""

    connection: Connection

    def keep(self, words: str, now: datetime, *, language: str, phase: str, business: str) -> None:
        """Keep words that nothing fitted, or count them once more; other rows may have to go for it."""
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        row = {"words": words, "language": language, "phase": phase, "business": business}
        columns = unmatched_words.c
        statement = (
            insert_into(self.connection, unmatched_words)
            .values(**row, count=1, first=day, last=day)
            .on_conflict_do_update(
                index_elements=[columns[name] for name in row],
                set_={"count": columns["count"] + 1, "last": day},
            )
            .returning(columns.id)
        )
        kept = self.connection.execute(statement).scalar_one()
        self._make_room(kept)

    def count(self) -> int:
        """Return how many rows there are."""
        return self.connection.execute(select(func.count()).select_from(unmatched_words)).scalar_one()

    def most_frequent(self, limit: int) -> tuple[UnmatchedRow, ...]:
        """Return the words kept most often, the latest of equals first."""
        columns = unmatched_words.c
        statement = (
            select(unmatched_words)
            .order_by(columns["count"].desc(), columns.last.desc(), columns.id.desc())
            .limit(limit)
        )
        return tuple(
            UnmatchedRow(
                words=row.words,
                language=row.language,
                phase=row.phase,
                business=row.business,
                count=row._mapping["count"],  # ``row.count`` is a method of every tuple
                first=row.first,
                last=row.last,
            )
            for row in self.connection.execute(statement)
        )

    def _make_room(self, kept: int) -> None:
        """Let go of what is too much, never of the row just kept: else nothing new could be learned."""
        too_many = self.count() - MOST_KEPT
        if too_many <= 0:
            return
        columns = unmatched_words.c
        oldest = (
            select(columns.id)
            .where(columns.id != kept)
            .order_by(columns["count"] > 1, columns.last, columns.id)
            .limit(too_many)
        )
        self.connection.execute(delete(unmatched_words).where(columns.id.in_(oldest)))
