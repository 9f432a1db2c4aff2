"""A row in every table, for tests that must miss none."""

from sqlalchemy import Connection, Engine, create_engine, func, select

from storage.database import Database
from storage.engines import parse_url
from storage.records import Call, CallRole, EvidenceRow, FileKind, ReminderRow, ShareRow
from storage.tables import metadata
from storage.transactions import Transaction
from tests.storage.samples import LATER, NOW, answer, map_document, message, session, update


def fill(database: Database, owner_id: int, words: str, *, number: int = 1) -> None:
    """Keep something with ``words`` of an owner wherever something can be kept, in every state."""

    def work(kept: Transaction) -> None:
        kept.owners.save(owner_id, session(note=words), expected=None, now=NOW)
        kept.maps.save(owner_id, map_document(f"m{number}", title=words), NOW)
        kept.versions.keep(owner_id, 1, map_document(f"m{number}", title=words), NOW)
        kept.shares.add(ShareRow(f"t{number}", owner_id, f"m{number}", words, NOW, LATER))
        kept.maps.set_aside(f"m{number}", owner_id)
        kept.maps.archive(f"m{number}", owner_id, LATER)
        kept.answers.add([answer(words, owner_id, f"m{number}"), answer(words, owner_id, None)])
        kept.reminders.put(ReminderRow(owner_id, "unfinished", f"m{number}", words, LATER, 0))
        piece = EvidenceRow(f"e{number}", owner_id, f"m{number}", "photo", words, words, NOW)
        kept.evidence.keep(piece)
        kept.feedback.add(owner_id, words, NOW)
        first = number * 1000
        kept.inbox.add([update(first + step, owner_id, words) for step in range(3)], NOW)
        kept.inbox.done(first, NOW)
        kept.inbox.park(first + 1, words, NOW)
        digests = (f"d{number}", "shared")
        picture = Call("sendPhoto", {"caption": words}, CallRole.PICTURES, digests, {"words": words})
        kept.outbox.put(owner_id, [message(words), message(words), picture], NOW, first)
        rows = [row for row in kept.outbox.heads(NOW, 10) if row.chat_id == owner_id]
        kept.outbox.park(rows[0].id, words, NOW)
        rows = [row for row in kept.outbox.heads(NOW, 10) if row.chat_id == owner_id]
        kept.outbox.sent(rows[0].id, NOW)
        kept.pictures.keep(f"d{number}", f"{words}.png", words.encode(), FileKind.PHOTO, NOW)
        kept.pictures.keep("shared", "peta.png", b"png", FileKind.PHOTO, NOW)
        kept.recipes.remember(f"r{number}", (f"d{number}", "shared"), owner_id)
        kept.jobs.add("draw", f"m{number}", owner_id, {"words": words}, LATER, NOW)
        kept.unmatched.keep("kuahnya letoy", NOW, language="id", phase="terima", business="kuliner")
        kept.facts.put("commands", "hash")

    database.write_now(work)


def counts(url: str) -> dict[str, int]:
    """Return how many rows each table has."""
    engine = plain_engine(url)
    with engine.connect() as connection:
        found = {name: _count(connection, name) for name in metadata.tables}
    engine.dispose()
    return found


def plain_engine(url: str) -> Engine:
    """Return an engine without any of our settings, to look from outside."""
    return create_engine(parse_url(url))


def _count(connection: Connection, name: str) -> int:
    return connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one()
