"""Messages as a person sees them: what tests assert on and what the chat page draws."""

from dataclasses import dataclass

from sandbox.entities import Entity, as_html
from sandbox.files import FileKind, StoredFile
from sandbox.shapes import JsonObject, as_array, as_object, text_in
from sandbox.state import Message


@dataclass(frozen=True, slots=True)
class Button:
    """An inline button; it has callback data, a url or a text to copy."""

    text: str
    data: str | None = None
    url: str | None = None
    copy_text: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message in a chat now; `sender` is "bot" or "owner", `date` seconds since 1970.

    `video` is a round one and one without sound, too.
    """

    message_id: int
    sender: str
    sender_name: str
    text: str
    html: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[Button, ...], ...]
    photo: StoredFile | None
    document: StoredFile | None
    sticker: StoredFile | None
    voice: StoredFile | None
    audio: StoredFile | None
    video: StoredFile | None
    media_group_id: str | None
    forwarded_from: str | None
    edited: bool
    date: int

    @property
    def labels(self) -> list[str]:
        """The buttons' labels in reading order."""
        return [button.text for row in self.buttons for button in row]

    def to_json(self) -> JsonObject:
        """Return what the chat page needs to draw the message."""
        return {
            "id": self.message_id,
            "sender": self.sender,
            "name": self.sender_name,
            "text": self.text,
            "entities": [each.to_json() for each in self.entities],
            "buttons": [[_button_json(button) for button in row] for row in self.buttons],
            "photo": _file_json(self.photo),
            "document": _file_json(self.document),
            "sticker": self.sticker.emoji if self.sticker else None,
            "voice": self.voice.duration if self.voice else None,
            "audio": self.audio.duration if self.audio else None,
            "video": self.video.duration if self.video else None,
            "group": self.media_group_id,
            "forwarded": self.forwarded_from,
            "edited": self.edited,
            "date": self.date,
        }


def chat_message(message: Message) -> ChatMessage:
    """Return the message as a person sees it."""

    def file(*kinds: FileKind) -> StoredFile | None:
        return message.file if message.file and message.file.kind in kinds else None

    rows = as_array(message.keyboard["inline_keyboard"]) if message.keyboard else []
    return ChatMessage(
        message_id=message.message_id,
        sender="bot" if message.sender.is_bot else "owner",
        sender_name=message.sender.first_name,
        text=message.content.text,
        html=as_html(message.content),
        entities=message.content.entities,
        buttons=tuple(tuple(_button(as_object(each)) for each in as_array(row)) for row in rows),
        photo=file(FileKind.PHOTO),
        document=file(FileKind.DOCUMENT),
        sticker=file(FileKind.STICKER),
        voice=file(FileKind.VOICE),
        audio=file(FileKind.AUDIO),
        video=file(FileKind.VIDEO, FileKind.VIDEO_NOTE, FileKind.ANIMATION),
        media_group_id=message.media_group_id,
        forwarded_from=message.forwarded_from,
        edited=message.edit_date is not None,
        date=message.date,
    )


def _button(raw: JsonObject) -> Button:
    copied = raw.get("copy_text")
    return Button(
        text=str(raw["text"]),
        data=text_in(raw, "callback_data"),
        url=text_in(raw, "url"),
        copy_text=text_in(copied, "text") if isinstance(copied, dict) else None,
        style=text_in(raw, "style"),
    )


def _button_json(button: Button) -> JsonObject:
    return {
        "text": button.text,
        "data": button.data,
        "url": button.url,
        "copy": button.copy_text,
        "style": button.style,
    }


def _file_json(stored: StoredFile | None) -> JsonObject | None:
    if stored is None:
        return None
    return {
        "id": stored.file_id,
        "name": stored.name,
        "size": len(stored.data),
        "width": stored.width,
        "height": stored.height,
    }
