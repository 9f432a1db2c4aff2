"""What backs the entries of maps: ids of files at Telegram and the words with them, the owner's alone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, insert, select

from storage.records import EvidenceRow
from storage.tables import evidence


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence within one transaction; it goes with its map and with its owner."""

    connection: Connection

    def keep(self, row: EvidenceRow) -> None:
        """Keep a piece under its id, which is fresh."""
        self.connection.execute(insert(evidence).values(asdict(row)))

    def find(self, pieces: Sequence[str], owner_id: int) -> tuple[EvidenceRow | None, ...]:
        """Return the piece of each id, None for one that is gone or somebody else's."""
        theirs = (evidence.c.owner_id == owner_id) & evidence.c.evidence_id.in_(pieces)
        rows = self.connection.execute(select(evidence).where(theirs))
        found = {row.evidence_id: EvidenceRow(**row._mapping) for row in rows}
        return tuple(found.get(piece) for piece in pieces)

    def of_owner(self, owner_id: int) -> tuple[EvidenceRow, ...]:
        """Return all evidence of an owner, the oldest first."""
        statement = (
            select(evidence)
            .where(evidence.c.owner_id == owner_id)
            .order_by(evidence.c.given, evidence.c.evidence_id)
        )
        return tuple(EvidenceRow(**row._mapping) for row in self.connection.execute(statement))

    def erase(self, pieces: Sequence[str], owner_id: int) -> None:
        """Erase the pieces of these ids that are this owner's."""
        theirs = (evidence.c.owner_id == owner_id) & evidence.c.evidence_id.in_(pieces)
        self.connection.execute(delete(evidence).where(theirs))
