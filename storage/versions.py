"""The versions of maps: each map as it was whenever it was finished, found only together with its owner."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from journey.limits import VERSIONS_PER_MAP
from storage.records import JsonValue, VersionRow
from storage.tables import versions
from storage.upcasts import MAP_FORMAT, lift, require_newest


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions within one transaction; erasing a map or an owner erases them too."""

    connection: Connection

    def keep(self, owner_id: int, number: int, document: Mapping[str, JsonValue], finished: datetime) -> None:
        """Keep a map, known by its document's ``id``, as it was finished; the oldest ones too many go."""
        require_newest(document, MAP_FORMAT)
        map_id = str(document["id"])
        self.connection.execute(
            insert(versions).values(
                map_id=map_id, number=number, owner_id=owner_id, document=document, finished=finished
            )
        )
        outdated = versions.c.number <= number - VERSIONS_PER_MAP
        self.connection.execute(delete(versions).where(_are_theirs(map_id, owner_id), outdated))

    def list(self, map_id: str, owner_id: int) -> tuple[VersionRow, ...]:
        """Return the versions of a map without their documents, the oldest first."""
        statement = (
            select(versions.c.number, versions.c.finished)
            .where(_are_theirs(map_id, owner_id))
            .order_by(versions.c.number)
        )
        return tuple(VersionRow(row.number, row.finished) for row in self.connection.execute(statement))

    def load(self, map_id: str, owner_id: int, number: int) -> Mapping[str, JsonValue] | None:
        """Return a version's document, lifted to the newest format, if it is this owner's."""
        statement = select(versions.c.document).where(
            _are_theirs(map_id, owner_id), versions.c.number == number
        )
        document = self.connection.execute(statement).scalar_one_or_none()
        return None if document is None else lift(document, MAP_FORMAT)

    def respell(
        self,
        map_id: str,
        owner_id: int,
        respelled: Callable[[Mapping[str, JsonValue]], Mapping[str, JsonValue]],
    ) -> None:
        """Change the documents of all versions of a map, lifted to the newest format, by a function."""
        for row in self.list(map_id, owner_id):
            document = self.load(map_id, owner_id, row.number)
            if document is not None:
                theirs = _are_theirs(map_id, owner_id) & (versions.c.number == row.number)
                changed = respelled(document)
                require_newest(changed, MAP_FORMAT)
                self.connection.execute(update(versions).where(theirs).values(document=changed))


def _are_theirs(map_id: str, owner_id: int) -> ColumnElement[bool]:
    return (versions.c.map_id == map_id) & (versions.c.owner_id == owner_id)
