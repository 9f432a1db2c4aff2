"""Erasing for good: every row of a person or of a map, in every table there is or will be.

Rows are found by their columns, not by a list of tables, so that a table added later is not forgotten: one
that belongs to somebody says so by ``owner_id`` or ``chat_id`` (a private chat has its owner's id), one that
belongs to a map by ``map_id``. All others stand in ``NOBODYS``.
"""

from collections.abc import Mapping
from types import MappingProxyType

from sqlalchemy import Connection, delete, or_, select

from storage.recipes import Recipes
from storage.tables import WAITING, jobs, maps, metadata, outbox, picture_chats, pictures

OWNER_COLUMNS = ("owner_id", "chat_id")
MAP_COLUMN = "map_id"
NOBODYS: Mapping[str, str] = MappingProxyType(
    {
        "pictures": "theirs are told by picture_chats, and go with the last chat that saw them",
        "recipes": "theirs are told by recipe_chats, and go with the last chat they were made for",
        "unmatched_words": "words of nobody in particular, without a name to be found by",
        "facts": "of the bot, not of a person",
    }
)
"""Tables without such a column, with the reason why erasing need not look into them by itself."""


def erase_owner(connection: Connection, owner_id: int) -> None:
    """Delete every row of a person, and the pictures and recipes that only they were sent.

    That includes the update being handled: close it (``inbox.done``) before, answer it after.
    """
    _erase_pictures(connection, owner_id, needed=frozenset())
    for map_id in connection.execute(select(maps.c.map_id).where(maps.c.owner_id == owner_id)).scalars():
        _erase_jobs(connection, map_id)
    for table in reversed(metadata.sorted_tables):
        theirs = [table.c[name] == owner_id for name in OWNER_COLUMNS if name in table.c]
        if theirs:
            connection.execute(delete(table).where(or_(*theirs)))


def erase_map(connection: Connection, map_id: str) -> None:
    """Delete every row of a map, and every drawn picture only its owner was sent: none knows its map.

    What waits to be sent stays; the pictures of the owner's other maps are drawn anew when wanted.
    """
    found = connection.execute(select(maps.c.owner_id).where(maps.c.map_id == map_id)).scalar_one_or_none()
    if found is None:
        return
    waiting = select(outbox.c.pictures).where(outbox.c.state == WAITING, outbox.c.pictures != ())
    needed = frozenset(digest for row in connection.execute(waiting).scalars() for digest in row)
    _erase_pictures(connection, found, needed=needed)
    _erase_jobs(connection, map_id)
    for table in reversed(metadata.sorted_tables):
        if MAP_COLUMN in table.c:
            connection.execute(delete(table).where(table.c[MAP_COLUMN] == map_id))


def _erase_jobs(connection: Connection, map_id: str) -> None:
    """Delete every drawing of a map, for whoever opened a link to it as well; what was sent was sent."""
    connection.execute(delete(jobs).where(jobs.c.key.endswith(f":{map_id}", autoescape=True)))


def _erase_pictures(connection: Connection, owner_id: int, *, needed: frozenset[str]) -> None:
    """Delete the pictures and recipes that nobody else was sent, but for the needed ones."""
    theirs = select(picture_chats.c.digest).where(picture_chats.c.chat_id == owner_id)
    others = select(picture_chats.c.digest).where(picture_chats.c.chat_id != owner_id)
    connection.execute(
        delete(pictures).where(
            pictures.c.digest.in_(theirs),
            pictures.c.digest.not_in(others),
            pictures.c.digest.not_in(needed),
        )
    )
    gone = picture_chats.c.digest.not_in(select(pictures.c.digest))
    connection.execute(delete(picture_chats).where(gone))
    Recipes(connection).forget_chat(owner_id)
    Recipes(connection).forget_incomplete()
