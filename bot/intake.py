"""Raw updates into the inbox: committed first, looked at later."""

import json
from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.clock import Clock
from storage.database import Database
from storage.records import RawUpdate

NO_CHAT = 0
"""The lane of updates that belong to no chat."""
HIGHEST_ID = 2**63 - 1

logger = structlog.get_logger(__name__)


def lane_of(update: Mapping[str, object]) -> int:
    """Return the chat whose lane the update takes, whatever the update looks like.

    That is its chat; else, for a press on a button without a readable message, the person; else 0.
    """
    bodies = [body for body in update.values() if isinstance(body, Mapping)]
    for path in (("chat",), ("message", "chat"), ("from",), ("user",)):
        for body in bodies:
            found = _id_at(body, path)
            if found is not None:
                return found
    return NO_CHAT


def _id_at(body: Mapping[str, object], path: Sequence[str]) -> int | None:
    place: object = body
    for name in (*path, "id"):
        if not isinstance(place, Mapping):
            return None
        place = place.get(name)
    return place if _is_id(place) and isinstance(place, int) else None


def _is_id(value: object) -> bool:
    """Tell whether the database can keep the value as an id (``True`` is an int to Python, not to us)."""
    return isinstance(value, int) and not isinstance(value, bool) and -HIGHEST_ID <= value <= HIGHEST_ID


class Intake:
    """Takes updates as they came: stores the new ones, then wakes the lanes of their chats."""

    def __init__(self, database: Database, clock: Clock, on_new: Callable[[Sequence[int]], None]) -> None:
        self._database = database
        self._clock = clock
        self._on_new = on_new

    async def take(self, updates: Sequence[object]) -> None:
        """Return once every update is committed; repeats are ignored. Raises what the database raises.

        What has no usable update id can't be stored, confirmed or asked for again: it is logged and dropped.
        """
        rows = [row for row in map(_row, updates) if row is not None]
        if len(rows) < len(updates):
            logger.error("update_without_id", count=len(updates) - len(rows))
        if not rows:
            return
        now = self._clock.now()
        new = await self._database.write(lambda transaction: transaction.inbox.add(rows, now))
        if new:
            self._on_new(tuple(dict.fromkeys(row.chat_id for row in new)))


def _row(update: object) -> RawUpdate | None:
    if not isinstance(update, dict) or not _is_id(update.get("update_id")):
        return None
    # ASCII only: a lone surrogate or NUL inside a text can't be stored as it is
    return RawUpdate(update["update_id"], lane_of(update), json.dumps(update, ensure_ascii=True))
