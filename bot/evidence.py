"""Evidence as calls to the Bot API: a file by its id, words as a quotation, a kind line for what is gone."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.outbound import message_call
from bot.refusals import INSTEAD
from conversations.attachments import EvidenceKind
from conversations.requests import DropEvidence, KeepEvidence, ShowEvidence
from locales.catalog import Catalog
from renderers.messages import Message
from storage.records import Call, CallRole, EvidenceRow, JsonValue
from storage.transactions import Transaction

METHODS: Mapping[EvidenceKind, str] = MappingProxyType(
    {
        EvidenceKind.PHOTO: "sendPhoto",
        EvidenceKind.VOICE: "sendVoice",
        EvidenceKind.AUDIO: "sendAudio",
        EvidenceKind.VIDEO: "sendVideo",
        EvidenceKind.VIDEO_NOTE: "sendVideoNote",
        EvidenceKind.ANIMATION: "sendAnimation",
        EvidenceKind.DOCUMENT: "sendDocument",
    }
)
"""How each kind of file is sent; its parameter is called like the kind."""


def attend_to_evidence(
    transaction: Transaction,
    owner_id: int,
    request: KeepEvidence | ShowEvidence | DropEvidence,
    catalog: Catalog,
    now: datetime,
) -> None:
    """Keep, send again or erase evidence of the owner's own."""
    match request:
        case KeepEvidence(map_id=map_id, piece=piece, attachment=sent):
            row = EvidenceRow(piece, owner_id, map_id, sent.kind, sent.file_id, sent.caption, now)
            transaction.evidence.keep(row)
        case ShowEvidence(pieces=pieces):
            rows = transaction.evidence.find(pieces, owner_id)
            transaction.outbox.put(owner_id, evidence_calls(rows, owner_id, catalog), now)
        case DropEvidence(pieces=pieces):
            transaction.evidence.erase(pieces, owner_id)


def evidence_calls(rows: Sequence[EvidenceRow | None], chat_id: int, catalog: Catalog) -> tuple[Call, ...]:
    """Return the calls that send evidence in order; None is a piece that was erased meanwhile."""
    return tuple(_call(row, number, chat_id, catalog) for number, row in enumerate(rows, start=1))


def _call(row: EvidenceRow | None, number: int, chat_id: int, catalog: Catalog) -> Call:
    if row is None:
        return message_call(chat_id, Message(catalog.html("evidence.gone", number=number)))
    kind = EvidenceKind(row.kind)
    if kind is EvidenceKind.WORDS:
        return message_call(chat_id, Message(catalog.html("evidence.words", text=row.caption)))
    params: dict[str, JsonValue] = {
        "chat_id": chat_id,
        kind.value: row.file_id,
        **({"caption": row.caption} if row.caption and kind is not EvidenceKind.VIDEO_NOTE else {}),
        INSTEAD: catalog.html("evidence.lost", number=number),
    }
    return Call(METHODS[kind], params, CallRole.EVIDENCE)
