"""Inline keyboards: what Telegram refuses about them, and how it keeps them."""

from sandbox.refusals import bad_request
from sandbox.shapes import JsonObject, as_array, as_object

# Bot API: callback_data 1-64 bytes, copy_text 1-256 characters; at most 100 buttons.
CALLBACK_BYTES = 64
COPY_CHARACTERS = 256
BUTTONS = 100
_ACTIONS = frozenset(
    {
        "url",
        "callback_data",
        "web_app",
        "login_url",
        "switch_inline_query",
        "switch_inline_query_current_chat",
        "switch_inline_query_chosen_chat",
        "copy_text",
        "callback_game",
        "pay",
    }
)
_URL_SCHEMES = ("http://", "https://", "tg://", "tel:")


def inline_keyboard(markup: object) -> JsonObject | None:
    """Return the inline keyboard to keep (no empty rows), or None when the markup has no button."""
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return None
    rows = [
        [_button(as_object(button)) for button in as_array(row)]
        for row in as_array(markup["inline_keyboard"])
    ]
    rows = [row for row in rows if row]
    if sum(len(row) for row in rows) > BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": rows} if rows else None


def reply_keyboard(markup: object) -> JsonObject | None:
    """Return a keyboard that replaces the person's own, or None when the markup is of another kind."""
    return markup if isinstance(markup, dict) and "keyboard" in markup else None


def _button(button: JsonObject) -> JsonObject:
    if not str(button["text"]).strip():
        raise bad_request("can't parse inline keyboard button: Text must be non-empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise bad_request("BUTTON_TYPE_INVALID")
    data = button.get("callback_data")
    if data is not None and not 1 <= len(str(data).encode()) <= CALLBACK_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    url = button.get("url")
    if url is not None and not str(url).startswith(_URL_SCHEMES):
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    copied = button.get("copy_text")
    if copied is not None and not 1 <= len(str(as_object(copied)["text"])) <= COPY_CHARACTERS:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return button
