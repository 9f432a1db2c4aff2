"""What to do when Telegram refuses a call with 400: often something else serves as well."""

from dataclasses import replace

from telegram.error import BadRequest

from bot.uploads import PictureMissing, as_documents
from storage.records import Call, CallRole

INSTEAD = "$instead"
"""The parameter of a call that holds what is said where Telegram refuses it; it is never sent itself."""

NOT_MODIFIED = "message is not modified"
LOST = (
    "wrong file identifier",  # also "… identifier/HTTP URL specified"; an album says which message failed
    "remote file identifier",
    "file_reference_",
    "file_id_invalid",
    "can't use file of type",
    "media_empty",
)
"""How Telegram says that a file id is none, no longer one, of another bot or of another kind."""
GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")


def instead(call: Call, error: BadRequest) -> Call | None:
    """Return the call to make instead, or None when nothing is left to do; else raise the refusal again.

    An edit that changes nothing has reached its aim; a question whose message is gone is asked anew; photos
    that Telegram can't take as photos (for their dimensions or their size) go as files; where evidence can't
    be shown any more, the owner is told.
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
        case CallRole.PICTURES if not is_lost(error) and (documents := as_documents(call)) is not None:
            return documents
        case CallRole.EVIDENCE if INSTEAD in call.params:
            return _told(call)
        case _:
            raise error


def is_lost(error: Exception) -> bool:
    """Tell whether a call failed for a picture that has to be drawn again."""
    if isinstance(error, BadRequest):
        text = error.message.lower()
        return any(phrase in text for phrase in LOST)
    return isinstance(error, PictureMissing)


def without_instead(call: Call) -> Call:
    """Return the call as it is made: without what would be said instead."""
    return replace(call, params={name: value for name, value in call.params.items() if name != INSTEAD})


def _told(call: Call) -> Call:
    """Return the call that says why something can't be shown."""
    params = {"chat_id": call.params["chat_id"], "text": call.params[INSTEAD], "parse_mode": "HTML"}
    return replace(call, method="sendMessage", params=params)


def as_message(call: Call) -> Call | None:
    """Return the call that shows an edit as a new message, or None when the edit alone had a use."""
    if call.role is not CallRole.QUESTION_EDIT or call.method != "editMessageText":
        return None
    params = {name: value for name, value in call.params.items() if name != "message_id"}
    return replace(call, method="sendMessage", params=params, role=CallRole.QUESTION)
