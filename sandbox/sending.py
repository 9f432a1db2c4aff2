"""Methods that put something new into a chat."""

import secrets

from sandbox.calls import ApiCall
from sandbox.entities import Entity, Formatted, entity_from_json, finished, utf16_length
from sandbox.files import DOCUMENT_BYTES, FileKind, StoredFile, Upload
from sandbox.keyboards import inline_keyboard, reply_keyboard
from sandbox.markup import from_html
from sandbox.refusals import RefusalError, bad_request
from sandbox.shapes import JsonObject, objects, text_in
from sandbox.state import Chat, Message, World

# Bot API limits, in UTF-16 units after entities parsing; an album has 2-10 items.
TEXT_UNITS = 4_096
CAPTION_UNITS = 1_024
ALBUM_ITEMS = range(2, 11)
_ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def send_message(world: World, call: ApiCall) -> object:
    """Send a text."""
    chat = world.writable(_chat_id(call))
    return _post(world, call, chat, message_text(call.values)).to_json()


def send_photo(world: World, call: ApiCall) -> object:
    """Send a picture, new or by its file id."""
    return _send_file(world, call, FileKind.PHOTO)


def send_document(world: World, call: ApiCall) -> object:
    """Send a file, new or by its file id."""
    return _send_file(world, call, FileKind.DOCUMENT)


def send_voice(world: World, call: ApiCall) -> object:
    """Send a voice note, new or by its file id."""
    return _send_file(world, call, FileKind.VOICE)


def send_audio(world: World, call: ApiCall) -> object:
    """Send a piece of music, new or by its file id."""
    return _send_file(world, call, FileKind.AUDIO)


def send_video(world: World, call: ApiCall) -> object:
    """Send a video, new or by its file id."""
    return _send_file(world, call, FileKind.VIDEO)


def send_video_note(world: World, call: ApiCall) -> object:
    """Send a round video, new or by its file id; it has no caption."""
    return _send_file(world, call, FileKind.VIDEO_NOTE)


def send_animation(world: World, call: ApiCall) -> object:
    """Send a video without sound, new or by its file id."""
    return _send_file(world, call, FileKind.ANIMATION)


def send_media_group(world: World, call: ApiCall) -> object:
    """Send an album of 2-10 pictures or documents; it has no inline keyboard."""
    chat = world.writable(_chat_id(call))
    media = objects(call.values["media"])
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) not in ALBUM_ITEMS:
        raise bad_request("too many messages to send as an album" if len(media) > 1 else "too few messages")
    if len({item["type"] for item in media}) > 1:
        raise bad_request("document can't be mixed with other media types")
    prepared = [(stored_media(world, call, item), caption_of(item)) for item in media]
    group = str(secrets.randbelow(10**16) + 10**16)
    posted = []
    for stored, caption in prepared:
        message = _message(world, call, chat, caption)
        message.file, message.media_group_id = stored, group
        posted.append(world.post(message).to_json())
    return posted


def send_chat_action(world: World, call: ApiCall) -> object:
    """Show "typing…" for five seconds."""
    chat = world.writable(_chat_id(call))
    action = call.text("action")
    if action not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.feed.publish({"kind": "action", "chat_id": chat.id, "action": action})
    return True


def message_text(values: JsonObject) -> Formatted:
    """Return the text of a message; raise Telegram's 400 when it is empty, too long or wrongly marked up."""
    formatted = _formatted(values, "text", "entities")
    if not formatted.text:
        raise bad_request("message text is empty")
    if utf16_length(formatted.text) > TEXT_UNITS:
        raise bad_request("message is too long")
    return formatted


def caption_of(values: JsonObject) -> Formatted:
    """Return the caption, possibly empty; raise Telegram's 400 when it is too long or wrongly marked up."""
    formatted = _formatted(values, "caption", "caption_entities")
    if utf16_length(formatted.text) > CAPTION_UNITS:
        raise bad_request("message caption is too long")
    return formatted


def stored_media(world: World, call: ApiCall, item: JsonObject) -> StoredFile:
    """Return the file of an InputMedia: uploaded under attach://, or sent before."""
    kind = text_in(item, "type")
    if kind not in {"photo", "document"}:
        raise RefusalError(501, f"Not Implemented: the sandbox has no media of type {kind}")
    reference = text_in(item, "media") or ""
    upload = call.attached(reference)
    if upload is None and reference.startswith("attach://"):
        raise bad_request("there is no file in the request")
    return _stored(world, upload, reference, FileKind(kind))


def _formatted(values: JsonObject, text_name: str, entities_name: str) -> Formatted:
    text, mode = text_in(values, text_name) or "", (text_in(values, "parse_mode") or "").lower()
    given: list[Entity] = [entity_from_json(raw) for raw in objects(values.get(entities_name))]
    if mode == "html":
        return from_html(text)
    if mode in {"markdown", "markdownv2"}:
        raise RefusalError(501, "Not Implemented: the sandbox reads HTML only")
    if mode:
        raise bad_request("unsupported parse_mode")
    return finished(text, given)


def _send_file(world: World, call: ApiCall, kind: FileKind) -> object:
    chat = world.writable(_chat_id(call))
    caption = caption_of(call.values)
    message = _message(world, call, chat, caption)
    message.file = _stored(world, call.upload(kind.value), call.text(kind.value) or "", kind)
    return world.post(message).to_json()


def _stored(world: World, upload: Upload | None, reference: str, kind: FileKind) -> StoredFile:
    if upload is None:
        return world.files.again(reference, kind)
    if kind is FileKind.DOCUMENT and len(upload.data) > DOCUMENT_BYTES:
        raise RefusalError(413, "Request Entity Too Large")
    return world.files.keep(upload, kind)


def _post(world: World, call: ApiCall, chat: Chat, content: Formatted) -> Message:
    return world.post(_message(world, call, chat, content))


def _message(world: World, call: ApiCall, chat: Chat, content: Formatted) -> Message:
    markup = call.values.get("reply_markup")
    keyboard = inline_keyboard(markup)
    reply_to = _replied(chat, call)
    if isinstance(markup, dict) and ("keyboard" in markup or "remove_keyboard" in markup):
        chat.reply_keyboard = reply_keyboard(markup)
        world.feed.publish({"kind": "reload"})
    return Message(
        chat=chat,
        message_id=world.next_message_id(),
        sender=world.bot,
        date=int(world.clock.now()),
        content=content,
        keyboard=keyboard,
        reply_to=reply_to,
    )


def _replied(chat: Chat, call: ApiCall) -> int | None:
    parameters = call.values.get("reply_parameters")
    if not isinstance(parameters, dict):
        return None
    message_id = parameters.get("message_id")
    if message_id in chat.messages:
        return int(message_id)
    if parameters.get("allow_sending_without_reply") is True:
        return None
    raise bad_request("message to be replied not found")


def _chat_id(call: ApiCall) -> int | str | None:
    return call.integer("chat_id") or call.text("chat_id")
