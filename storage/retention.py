"""Whose time is over: who left, and who was away so long that nothing of theirs may be kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, exists, not_, or_, select, update

from storage.owners import Owners
from storage.records import JsonValue
from storage.tables import maps, owners

_STAYS = owners.c.erase_after.is_(None)
_HAS_MAPS = exists().where(maps.c.owner_id == owners.c.owner_id, maps.c.erase_after.is_(None))
_KNOWS = owners.c.warned > owners.c.seen
"""The owner was warned and hasn't been here since."""


@dataclass(frozen=True, slots=True)
class Retention:
    """The owners to be warned and to be erased within one transaction."""

    connection: Connection

    def to_warn(self, unseen_since: datetime, limit: int) -> tuple[int, ...]:
        """Return owners of maps away since before that time who weren't warned, the longest away first.

        Nobody who blocked us or left: the one can't be told, the other knows.
        """
        warned = and_(owners.c.warned.is_not(None), _KNOWS)
        statement = (
            select(owners.c.owner_id)
            .where(owners.c.seen < unseen_since, owners.c.blocked.is_(None), _STAYS, not_(warned), _HAS_MAPS)
            .order_by(owners.c.seen, owners.c.owner_id)
            .limit(limit)
        )
        return tuple(self.connection.execute(statement).scalars())

    def warned(
        self, owner_id: int, session: Mapping[str, JsonValue], *, expected: int, now: datetime
    ) -> None:
        """Save the session that shows the warning over revision ``expected``; the owner wasn't here for it.

        StaleRevision when somebody saved in between.
        """
        Owners(self.connection).save_unseen(owner_id, session, expected=expected)
        self.connection.execute(update(owners).where(owners.c.owner_id == owner_id).values(warned=now))

    def to_erase(
        self, now: datetime, *, unseen_since: datetime, warned_before: datetime, limit: int
    ) -> tuple[int, ...]:
        """Return who is to be erased: who left and whose delay is over, and who was away for too long.

        Of those only who was warned before ``warned_before``, who can't be told, or who has no map to lose.
        """
        told = and_(_KNOWS, owners.c.warned < warned_before)
        expired = or_(told, owners.c.blocked.is_not(None), not_(_HAS_MAPS))
        statement = (
            select(owners.c.owner_id)
            .where(or_(owners.c.erase_after <= now, and_(owners.c.seen < unseen_since, expired)))
            .order_by(owners.c.seen, owners.c.owner_id)
            .limit(limit)
        )
        return tuple(self.connection.execute(statement).scalars())
