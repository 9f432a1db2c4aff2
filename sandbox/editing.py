"""Methods that change, remove or answer what is in a chat."""

from collections.abc import Callable

from sandbox.calls import ApiCall
from sandbox.entities import utf16_length
from sandbox.keyboards import inline_keyboard
from sandbox.refusals import RefusalError, bad_request
from sandbox.sending import caption_of, message_text, stored_media
from sandbox.shapes import as_object
from sandbox.state import Message, Toast, World

TOAST_UNITS = 200
TOASTS_KEPT = 500
# Bot API: the bot's messages can be deleted for 48 hours.
DELETE_SECONDS = 48 * 3_600
_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def edit_message_text(world: World, call: ApiCall) -> object:
    """Replace a text and its keyboard."""
    message = _editable(world, call)
    if message.file is not None:
        raise bad_request("there is no text in the message to edit")
    content = message_text(call.values)

    def change() -> None:
        message.content = content

    return _edited(world, call, message, change)


def edit_message_caption(world: World, call: ApiCall) -> object:
    """Replace a caption and the keyboard."""
    message = _editable(world, call)
    if message.file is None:
        raise bad_request("there is no caption in the message to edit")
    content = caption_of(call.values)

    def change() -> None:
        message.content = content

    return _edited(world, call, message, change)


def edit_message_media(world: World, call: ApiCall) -> object:
    """Replace a picture or document with its caption, or add one to a text."""
    message = _editable(world, call)
    item = as_object(call.values["media"])
    content, stored = caption_of(item), stored_media(world, call, item)
    if message.media_group_id and message.file and message.file.kind is not stored.kind:
        raise bad_request("message content type can't be used in an album")

    def change() -> None:
        message.content, message.file = content, stored

    return _edited(world, call, message, change)


def edit_message_reply_markup(world: World, call: ApiCall) -> object:
    """Replace or remove the keyboard."""
    return _edited(world, call, _editable(world, call), lambda: None)


def delete_message(world: World, call: ApiCall) -> object:
    """Remove a message for everyone."""
    chat = world.known(call.integer("chat_id"))
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to delete not found")
    if world.clock.now() - message.date > DELETE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    del chat.messages[message.message_id]
    world.feed.publish({"kind": "deleted", "chat_id": chat.id, "message_id": message.message_id})
    return True


def answer_callback_query(world: World, call: ApiCall) -> object:
    """Stop the button's spinner, with a toast or an alert if there is a text."""
    text = call.text("text") or ""
    if utf16_length(text) > TOAST_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    query = world.open_query(call.text("callback_query_id"))
    query.answered = True
    alert = call.flag("show_alert")
    # The press may have happened in a group; the toast is the person's own.
    chat = world.known(query.person.id)
    if text:
        chat.toasts.append(Toast(text, alert))
        del chat.toasts[:-TOASTS_KEPT]
    world.feed.publish(
        {
            "kind": "answered",
            "chat_id": query.chat_id,
            "person_id": query.person.id,
            "message_id": query.message_id,
            "data": query.data,
            "text": text,
            "alert": alert,
            "url": call.text("url"),
        }
    )
    return True


def _editable(world: World, call: ApiCall) -> Message:
    if call.text("inline_message_id") is not None:
        raise RefusalError(501, "Not Implemented: the sandbox has no inline messages")
    chat = world.writable(call.integer("chat_id"))
    message = chat.messages.get(call.integer("message_id") or 0)
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender is not world.bot:
        raise bad_request("message can't be edited")
    return message


def _edited(world: World, call: ApiCall, message: Message, change: Callable[[], None]) -> object:
    keyboard = inline_keyboard(call.values.get("reply_markup"))
    if keyboard and message.media_group_id:
        raise bad_request("message can't be edited")  # an album has no inline keyboard
    before = (message.content, message.file, message.keyboard)
    change()
    message.keyboard = keyboard
    if before == (message.content, message.file, message.keyboard):
        raise bad_request(_NOT_MODIFIED)
    if before[:2] != (message.content, message.file):
        message.edit_date = int(world.clock.now())
    world.show(message)
    return message.to_json()
