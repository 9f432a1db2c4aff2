"""The links to maps: each known by a token that nobody can guess, in force until it expires or is revoked.

The token is stored as it is, so that its owner can be shown it again; whoever can read it here can read the
map beside it, too. A revoked link is deleted: nothing tells it from one that never was.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from storage.records import JsonValue, ShareRow
from storage.tables import maps, owners, shares
from storage.upcasts import MAP_FORMAT, lift


@dataclass(frozen=True, slots=True)
class Shares:
    """The links within one transaction; erasing their map or their owner erases them too."""

    connection: Connection

    def add(self, row: ShareRow) -> None:
        """Keep a new link."""
        self.connection.execute(
            insert(shares).values(
                token=row.token,
                owner_id=row.owner_id,
                map_id=row.map_id,
                stage=row.stage,
                created=row.created,
                expires=row.expires,
                opened=0,
            )
        )

    def of_owner(self, owner_id: int, maps: Collection[str] | None = None) -> tuple[ShareRow, ...]:
        """Return an owner's links, to those maps alone if given; also what is over, the oldest first."""
        statement = (
            select(shares).where(shares.c.owner_id == owner_id).order_by(shares.c.created, shares.c.token)
        )
        if maps is not None:
            statement = statement.where(shares.c.map_id.in_(maps))
        return tuple(_share_row(row) for row in self.connection.execute(statement))

    def shown(self, token: str, now: datetime) -> tuple[ShareRow, Mapping[str, JsonValue]] | None:
        """Return a link with the map it leads to, lifted to the newest format, while it is in force.

        None when it isn't, when the map is deleted, and when its owner left: nobody learns which.
        """
        statement = (
            select(shares, maps.c.document)
            .join(maps, maps.c.map_id == shares.c.map_id)
            .join(owners, owners.c.owner_id == shares.c.owner_id)
            .where(
                shares.c.token == token,
                maps.c.owner_id == shares.c.owner_id,
                or_(shares.c.expires.is_(None), shares.c.expires > now),
                maps.c.erase_after.is_(None),
                owners.c.erase_after.is_(None),
            )
        )
        row = self.connection.execute(statement).one_or_none()
        return None if row is None else (_share_row(row), lift(row.document, MAP_FORMAT))

    def is_in_force(self, token: str, now: datetime) -> bool:
        """Tell whether a link shows its map."""
        return self.shown(token, now) is not None

    def count_opening(self, token: str) -> None:
        """Note that somebody opened a link."""
        counted = update(shares).where(shares.c.token == token).values(opened=shares.c.opened + 1)
        self.connection.execute(counted)

    def revoke(self, token: str, owner_id: int) -> None:
        """Delete a link, if it is this owner's."""
        theirs = (shares.c.token == token) & (shares.c.owner_id == owner_id)
        self.connection.execute(delete(shares).where(theirs))

    def prune(self, before: datetime) -> int:
        """Forget the links whose time was over before that, and say how many."""
        return self.connection.execute(delete(shares).where(shares.c.expires < before)).rowcount


def _share_row(row: Row[tuple[object, ...]]) -> ShareRow:
    return ShareRow(row.token, row.owner_id, row.map_id, row.stage, row.created, row.expires, row.opened)
