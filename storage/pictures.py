"""Drawn pictures by the digest of their content: the bytes until Telegram has them, then the file ids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, case, delete, null, select, update

from storage.inserts import insert_into
from storage.recipes import Recipes
from storage.records import FileKind, StoredPicture, UploadedFile
from storage.tables import WAITING, outbox, picture_chats, pictures


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures within one transaction."""

    connection: Connection

    def keep(self, digest: str, name: str, content: bytes, kind: FileKind, now: datetime) -> None:
        """Keep a picture to be sent as that kind; of one that Telegram has so only the time is noted."""
        statement = insert_into(self.connection, pictures).values(
            digest=digest, name=name, content=content, kept=now
        )
        self.connection.execute(
            statement.on_conflict_do_update(
                index_elements=[pictures.c.digest],
                set_={
                    "kept": now,
                    "content": case((_id_as(kind).is_(None), statement.excluded.content), else_=null()),
                },
            )
        )

    def get(self, digest: str) -> StoredPicture | None:
        """Return the picture of that digest."""
        row = self.connection.execute(select(pictures).where(pictures.c.digest == digest)).one_or_none()
        if row is None:
            return None
        return StoredPicture(row.digest, row.name, row.content, row.photo_id, row.document_id)

    def uploaded(self, file: UploadedFile) -> None:
        """Note that Telegram has the picture as that kind, and drop the bytes."""
        statement = update(pictures).where(pictures.c.digest == file.digest)
        self.connection.execute(statement.values({_id_as(file.kind): file.file_id, "content": None}))

    def lost(self, digests: Sequence[str]) -> None:
        """Forget the file ids of pictures that Telegram no longer knows, and the recipes they belong to."""
        statement = update(pictures).where(pictures.c.digest.in_(digests))
        self.connection.execute(statement.values(photo_id=None, document_id=None))
        Recipes(self.connection).forget(digests)

    def prune(self, before: datetime) -> int:
        """Forget the pictures kept last before that time, unless a waiting call needs them; say how many."""
        waiting = select(outbox.c.pictures).where(outbox.c.state == WAITING, outbox.c.pictures != ())
        needed = {digest for digests in self.connection.execute(waiting).scalars() for digest in digests}
        statement = delete(pictures).where(pictures.c.kept < before, pictures.c.digest.not_in(needed))
        pruned = self.connection.execute(statement).rowcount
        gone = picture_chats.c.digest.not_in(select(pictures.c.digest))
        self.connection.execute(delete(picture_chats).where(gone))
        Recipes(self.connection).forget_incomplete()
        return pruned


def _id_as(kind: FileKind) -> Column[str]:
    return pictures.c.photo_id if kind is FileKind.PHOTO else pictures.c.document_id
