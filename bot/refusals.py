"""What to do when Telegram refuses a call with 400: often something else serves as well."""

from dataclasses import replace

from telegram.error import BadRequest

from bot.uploads import as_documents
from storage.records import Call, CallRole

NOT_MODIFIED = "message is not modified"
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


def instead(call: Call, error: BadRequest) -> Call | None:
    """Return the call to make instead, or None when nothing is left to do; else raise the refusal again.

    An edit that changes nothing has reached its aim; a question whose message is gone is asked anew; photos
    that Telegram can't take as photos (their dimensions, an old file id) go as files.
    """
    text = error.message.lower()
    if NOT_MODIFIED in text:
        return None
    gone = any(phrase in text for phrase in GONE)
    match call.role:
        case CallRole.STRIP if gone:
            return None
        case CallRole.QUESTION_EDIT if gone:
            return as_message(call)
        case CallRole.PICTURES if (documents := as_documents(call)) is not None:
            return documents
        case _:
            raise error


def as_message(call: Call) -> Call | None:
    """Return the call that shows an edit as a new message, or None when the edit alone had a use."""
    if call.role is not CallRole.QUESTION_EDIT or call.method != "editMessageText":
        return None
    params = {name: value for name, value in call.params.items() if name != "message_id"}
    return replace(call, method="sendMessage", params=params, role=CallRole.QUESTION)
