"""Every answer as it was given: rows are only added, and leave with their map or their owner."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import ColumnElement, Connection, insert, select, update

from storage.records import AnswerRow, JsonValue
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
        return self._found((answers.c.owner_id == owner_id) & (answers.c.map_id == map_id))

    def of_owner(self, owner_id: int) -> tuple[AnswerRow, ...]:
        """Return all answers of an owner, the first one first."""
        return self._found(answers.c.owner_id == owner_id)

    def respell(self, map_id: str, owner_id: int, respelled: Callable[[JsonValue], JsonValue]) -> None:
        """Put ``respelled(value)`` in place of each value given for a map: what an owner wants out is out."""
        theirs = (answers.c.owner_id == owner_id) & (answers.c.map_id == map_id)
        for row in self.connection.execute(select(answers.c.id, answers.c.value).where(theirs)).all():
            value = respelled(row.value)
            if value != row.value:
                self.connection.execute(update(answers).where(answers.c.id == row.id).values(value=value))

    def _found(self, wanted: ColumnElement[bool]) -> tuple[AnswerRow, ...]:
        statement = select(answers).where(wanted).order_by(answers.c.id)
        return tuple(
            AnswerRow(row.owner_id, row.map_id, row.step, row.stage, row.value, row.given)
            for row in self.connection.execute(statement)
        )
