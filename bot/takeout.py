"""Everything an owner left with us as one JSON file; ``docs/takeout.md`` describes it for who gets it."""

import hashlib
import json
from datetime import datetime

from bot.outbound import picture_calls
from bot.shapes import file_name
from locales.catalog import Catalog
from storage.records import (
    AnswerRow,
    EvidenceRow,
    FeedbackRow,
    FileKind,
    JsonValue,
    MapRow,
    OwnerRow,
    ReminderRow,
    ShareRow,
)
from storage.transactions import Transaction

FORMAT = "jejak-takeout/1"


def takeout_of(transaction: Transaction, owner: OwnerRow, now: datetime) -> dict[str, JsonValue]:
    """Return all that is kept of an owner, but for what merely passes through: messages and pictures."""
    session = owner.session
    return {
        "format": FORMAT,
        "taken": now.isoformat(),
        "owner": owner.owner_id,
        "first_seen": owner.created.isoformat(),
        "last_seen": owner.seen.isoformat(),
        "language": session["language"],
        "consent": session["consent"],
        "words": session.get("words"),
        "reminding": session.get("reminding"),
        "reminders": [_reminder(row) for row in transaction.reminders.of_owner(owner.owner_id)],
        "shop": session["shop"],
        "maps": [dict(row.document) for row in transaction.maps.list(owner.owner_id)],
        "deleted_maps": [_deleted(row) for row in transaction.maps.deleted(owner.owner_id)],
        "steps_back": _steps_back(transaction, owner.owner_id),
        "versions": _versions(transaction, owner.owner_id),
        "links": [_share(row) for row in transaction.shares.of_owner(owner.owner_id)],
        "answers": [_answer(row) for row in transaction.answers.of_owner(owner.owner_id)],
        "evidence": [_evidence(row) for row in transaction.evidence.of_owner(owner.owner_id)],
        "feedback": [_feedback(row) for row in transaction.feedback.of_owner(owner.owner_id)],
        "place": dict(session),
    }


def put_takeout(transaction: Transaction, owner_id: int, catalog: Catalog, now: datetime) -> None:
    """Queue everything of an owner as a document; nothing has to be drawn, so it is there in seconds."""
    owner = transaction.owners.load(owner_id)
    if owner is None:
        return
    content = json.dumps(takeout_of(transaction, owner, now), ensure_ascii=False, indent=2).encode()
    digest = hashlib.sha256(content).hexdigest()
    name = file_name(catalog.text("file.takeout"), "json")
    transaction.pictures.keep(digest, name, content, FileKind.DOCUMENT, now)
    transaction.outbox.put(owner_id, picture_calls(owner_id, (digest,), ("",), FileKind.DOCUMENT), now)


def _deleted(row: MapRow) -> dict[str, JsonValue]:
    return {"erased_after": _time(row.erase_after), "map": dict(row.document)}


def _all_maps(transaction: Transaction, owner_id: int) -> tuple[MapRow, ...]:
    """Return all maps, the deleted ones too."""
    return (*transaction.maps.list(owner_id), *transaction.maps.deleted(owner_id))


def _steps_back(transaction: Transaction, owner_id: int) -> list[JsonValue]:
    """Return the maps as they were before their last change."""
    return [
        dict(document)
        for row in _all_maps(transaction, owner_id)
        if (document := transaction.maps.earlier(row.map_id, owner_id))
    ]


def _versions(transaction: Transaction, owner_id: int) -> list[JsonValue]:
    """Return the versions of all maps."""
    return [
        {"number": version.number, "finished": _time(version.finished), "map": dict(document)}
        for row in _all_maps(transaction, owner_id)
        for version in transaction.versions.list(row.map_id, owner_id)
        if (document := transaction.versions.load(row.map_id, owner_id, version.number))
    ]


def _share(row: ShareRow) -> dict[str, JsonValue]:
    return {
        "token": row.token,
        "map": row.map_id,
        "stage": row.stage,
        "created": _time(row.created),
        "expires": _time(row.expires),
        "opened": row.opened,
    }


def _answer(row: AnswerRow) -> dict[str, JsonValue]:
    return {
        "map": row.map_id,
        "step": row.step,
        "stage": row.stage,
        "value": row.value,
        "given": _time(row.given),
    }


def _evidence(row: EvidenceRow) -> dict[str, JsonValue]:
    """Return what is known of a piece; the file itself is at Telegram, in the owner's chat."""
    return {
        "id": row.evidence_id,
        "map": row.map_id,
        "kind": row.kind,
        "caption": row.caption,
        "given": _time(row.given),
    }


def _reminder(row: ReminderRow) -> dict[str, JsonValue]:
    return {
        "kind": row.kind,
        "map": row.map_id or None,
        "subject": row.subject,
        "due": _time(row.due),
        "sent": row.count,
    }


def _feedback(row: FeedbackRow) -> dict[str, JsonValue]:
    return {"text": row.text, "given": _time(row.given), "seen": _time(row.seen)}


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
