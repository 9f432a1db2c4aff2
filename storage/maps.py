"""The journey maps, each one document, found only together with their owner."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from journey.limits import MAPS_PER_OWNER
from storage.inserts import insert_into
from storage.records import JsonValue, MapRow, NotTheirMap, TooManyMaps
from storage.tables import maps
from storage.upcasts import MAP_FORMAT, lift, require_newest

_SELECTED = select(*(column for column in maps.c if column is not maps.c.earlier))
"""Every column but the step back: it is as large as the map, and read only when the step is taken."""


@dataclass(frozen=True, slots=True)
class Maps:
    """The maps within one transaction."""

    connection: Connection

    def load(self, map_id: str, owner_id: int) -> MapRow | None:
        """Return the map, lifted to the newest format, if it is this owner's."""
        row = self.connection.execute(_SELECTED.where(_is_theirs(map_id, owner_id))).one_or_none()
        return None if row is None else _map_row(row)

    def earlier(self, map_id: str, owner_id: int) -> Mapping[str, JsonValue] | None:
        """Return the document that one step back leads to, lifted as well, None where there is none."""
        statement = select(maps.c.earlier).where(_is_theirs(map_id, owner_id))
        document = self.connection.execute(statement).scalar_one_or_none()
        return None if document is None else lift(document, MAP_FORMAT)

    def save(self, owner_id: int, document: Mapping[str, JsonValue], now: datetime) -> None:
        """Save a map under its document's ``id``; ``status``, ``created`` and ``changed`` come from it too.

        TooManyMaps when it would be one more than an owner may have.
        """
        require_newest(document, MAP_FORMAT)
        map_id = str(document["id"])
        values = {
            "document": document,
            "status": str(document["status"]),
            "created": datetime.fromisoformat(str(document["created"])),
            "changed": datetime.fromisoformat(str(document["changed"])),
            "saved": now,
        }
        changed = self.connection.execute(update(maps).where(_is_theirs(map_id, owner_id)).values(values))
        if changed.rowcount == 1:
            return
        if self._count(owner_id) >= MAPS_PER_OWNER:
            raise TooManyMaps(f"an owner has at most {MAPS_PER_OWNER} maps")
        statement = (
            insert_into(self.connection, maps)
            .values(map_id=map_id, owner_id=owner_id, **values)
            .on_conflict_do_nothing()
            .returning(maps.c.map_id)
        )
        if self.connection.execute(statement).one_or_none() is None:
            raise NotTheirMap(f"map {map_id} belongs to somebody else")

    def set_aside(self, map_id: str, owner_id: int) -> None:
        """Keep the document as it is now for one step back, in place of the one kept before."""
        kept = {"earlier": maps.c.document, "earlier_changed": maps.c.changed}
        self.connection.execute(update(maps).where(_is_theirs(map_id, owner_id)).values(kept))

    def archive(self, map_id: str, owner_id: int, since: datetime | None) -> None:
        """Put the map into the archive, or with None take it out; nothing else of it changes."""
        self.connection.execute(update(maps).where(_is_theirs(map_id, owner_id)).values(archived=since))

    def list(self, owner_id: int) -> tuple[MapRow, ...]:
        """Return all maps of an owner, the one changed last first."""
        statement = _SELECTED.where(maps.c.owner_id == owner_id).order_by(
            maps.c.changed.desc(), maps.c.map_id
        )
        return tuple(_map_row(row) for row in self.connection.execute(statement))

    def delete(self, map_id: str, owner_id: int) -> None:
        """Delete the map if it is this owner's."""
        self.connection.execute(delete(maps).where(_is_theirs(map_id, owner_id)))

    def _count(self, owner_id: int) -> int:
        statement = select(func.count()).select_from(maps).where(maps.c.owner_id == owner_id)
        return self.connection.execute(statement).scalar_one()


def _is_theirs(map_id: str, owner_id: int) -> ColumnElement[bool]:
    return (maps.c.map_id == map_id) & (maps.c.owner_id == owner_id)


def _map_row(row: Row[tuple[object, ...]]) -> MapRow:
    return MapRow(
        map_id=row.map_id,
        owner_id=row.owner_id,
        document=lift(row.document, MAP_FORMAT),
        status=row.status,
        created=row.created,
        changed=row.changed,
        earlier_changed=row.earlier_changed,
        archived=row.archived,
    )
