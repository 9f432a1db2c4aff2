"""Small values to store."""

from datetime import UTC, datetime, timedelta

from storage.records import AnswerRow, Call, CallRole, JsonValue, RawUpdate

NOW = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
SITI = 4_503_599_627_370_001
"""An owner's id beyond 32 bits; Telegram's have up to 52."""
BUDI = 42


def session(**more: JsonValue) -> dict[str, JsonValue]:
    return {"format": "jejak-session/1", **more}


def map_document(map_id: str = "m1", **more: JsonValue) -> dict[str, JsonValue]:
    document: dict[str, JsonValue] = {
        "format": "jejak-map/1",
        "id": map_id,
        "status": "open",
        "created": NOW.isoformat(),
        "changed": NOW.isoformat(),
    }
    return document | more


def update(update_id: int, chat_id: int = SITI, payload: str = '{"text": "Kopi"}') -> RawUpdate:
    return RawUpdate(update_id, chat_id, payload)


def message(text: str = "Halo", role: CallRole = CallRole.MESSAGE) -> Call:
    return Call("sendMessage", {"text": text}, role)


def edit(text: str) -> Call:
    return Call("editMessageText", {"text": text, "message_id": "$question"}, CallRole.QUESTION_EDIT)


def answer(value: JsonValue = "Kopi susu", owner_id: int = SITI, map_id: str | None = "m1") -> AnswerRow:
    return AnswerRow(owner_id, map_id, step="touchpoints", stage="s1", value=value, given=NOW)
