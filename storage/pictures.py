"""Drawn pictures by the digest of their content: the bytes until Telegram has them, then the file id."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, delete, null, select, update

from storage.inserts import insert_into
from storage.records import StoredPicture
from storage.tables import WAITING, outbox, picture_chats, pictures


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures within one transaction."""

    connection: Connection

    def keep(self, digest: str, name: str, content: bytes, now: datetime) -> None:
        """Keep a picture; of one that Telegram has already only the time is noted."""
        statement = insert_into(self.connection, pictures).values(
            digest=digest, name=name, content=content, kept=now
        )
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=[pictures.c.digest],
                set_={
                    "kept": now,
                    "content": case((pictures.c.file_id.is_(None), statement.excluded.content), else_=null()),
                },
            )
        )

    def get(self, digest: str) -> StoredPicture | None:
        """Return the picture of that digest."""
        row = self.connection.execute(select(pictures).where(pictures.c.digest == digest)).one_or_none()
        return None if row is None else StoredPicture(row.digest, row.name, row.content, row.file_id)

    def uploaded(self, digest: str, file_id: str) -> None:
        """Note that Telegram has the picture, and drop the bytes."""
        self.connection.execute(
            update(pictures).where(pictures.c.digest == digest).values(file_id=file_id, content=None)
        )

    def prune(self, before: datetime) -> int:
        """Forget the pictures kept last before that time, unless a waiting call needs them; say how many."""
        waiting = select(outbox.c.pictures).where(outbox.c.state == WAITING, outbox.c.pictures != ())
        needed = {digest for digests in self.connection.execute(waiting).scalars() for digest in digests}
        statement = delete(pictures).where(pictures.c.kept < before, pictures.c.digest.not_in(needed))
        pruned = self.connection.execute(statement).rowcount
        gone = picture_chats.c.digest.not_in(select(pictures.c.digest))
        self.connection.execute(delete(picture_chats).where(gone))
        return pruned
