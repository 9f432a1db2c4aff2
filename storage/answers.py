"""Every answer as it was given: rows are only added, and leave with their owner."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select

from storage.records import AnswerRow
from storage.tables import answers


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers within one transaction."""

    connection: Connection

    def add(self, rows: Sequence[AnswerRow]) -> None:
        """Keep the answers in their order."""
        if rows:
            self.connection.execute(insert(answers), [asdict(row) for row in rows])

    def of_map(self, map_id: str, owner_id: int) -> tuple[AnswerRow, ...]:
        """Return the answers given for a map, the first one first, if they are this owner's."""
        statement = (
            select(answers)
            .where(answers.c.owner_id == owner_id, answers.c.map_id == map_id)
            .order_by(answers.c.id)
        )
        return tuple(
            AnswerRow(row.owner_id, row.map_id, row.step, row.stage, row.value, row.given)
            for row in self.connection.execute(statement)
        )
