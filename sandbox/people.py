"""People who chat with the bot: everything a person can do in Telegram becomes an update here."""

import io
import secrets
from dataclasses import dataclass

from sandbox.entities import Formatted, finished, utf16_length
from sandbox.files import FileKind, StoredFile, Upload
from sandbox.sending import TEXT_UNITS
from sandbox.shapes import JsonObject
from sandbox.state import Chat, Message, Profile, World
from sandbox.updates import UpdateQueue
from sandbox.views import ChatMessage, chat_message

_CHAT_INSTANCE = "7411411411411411"
_MIME = {FileKind.AUDIO: "audio/mpeg"}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a private chat with the bot; what they do returns the update's id."""

    profile: Profile
    world: World
    updates: UpdateQueue

    @property
    def id(self) -> int:
        """The person's id, which is also their private chat's."""
        return self.profile.id

    @property
    def chat(self) -> Chat:
        """The private chat with the bot."""
        return self.world.chats[self.profile.id]

    @property
    def messages(self) -> list[ChatMessage]:
        """What the private chat shows now, oldest first."""
        return [chat_message(message) for message in self.chat.messages.values()]

    @property
    def toasts(self) -> list[str]:
        """The texts that answered this person's button presses."""
        return [toast.text for toast in self.chat.toasts]

    def says(self, text: str, *, reply_to: int | None = None) -> int:
        """Send a text (at most 4096 UTF-16 units: a real app cuts longer ones itself)."""
        if utf16_length(text) > TEXT_UNITS:
            raise ValueError("a person's app sends at most 4096 characters at once")
        return self._send(self.chat, finished(text, []), reply_to=reply_to)

    def says_in_group(self, group_id: int, text: str, *, reply_to: int | None = None) -> int | None:
        """Send a text in a group (negative id), made when it is new; None when the bot doesn't get it.

        Privacy mode is on, as for every new bot: commands, mentions and replies to the bot reach it.
        """
        chat = self.world.chats.get(group_id) or self._found_group(group_id)
        content = finished(text, [])
        replied = chat.messages.get(reply_to or 0)
        to_bot = replied is not None and replied.sender is self.world.bot
        mention = f"@{self.world.bot.username}" in text
        command = any(each.kind == "bot_command" and each.offset == 0 for each in content.entities)
        if to_bot or mention or (command and "@" not in text.split(maxsplit=1)[0]):
            return self._send(chat, content, reply_to=reply_to)
        self.world.post(self._message(chat, content))
        return None

    def forwards(self, text: str, *, written_by: str = "Toko Sebelah") -> int:
        """Forward a text that somebody with a hidden account wrote."""
        return self._send(self.chat, finished(text, []), forwarded_from=written_by)

    def forwards_photo(self, *, caption: str = "", written_by: str = "Toko Sebelah") -> int:
        """Forward a photo that somebody with a hidden account took."""
        return self._send(self.chat, finished(caption, []), self._photo(), forwarded_from=written_by)

    def sends_photo(self, data: bytes | None = None, *, caption: str = "") -> int:
        """Send a photo; without data a built-in test picture."""
        return self._send(self.chat, finished(caption, []), self._photo(data))

    def sends_album(self, count: int = 3, *, caption: str = "") -> int:
        """Send photos as one album, a message and an update each; return the last update's id."""
        group = str(secrets.randbelow(10**16) + 10**16)
        album = [self._message(self.chat, finished("" if number else caption, [])) for number in range(count)]
        for message in album:  # all of them are in the chat before the bot hears of the first
            message.file, message.media_group_id = self._photo(), group
            self.world.post(message)
        ids = [self.updates.put("message", message.to_json(), lane=_lane(self.chat)) for message in album]
        return ids[-1]

    def sends_clip(self, kind: FileKind = FileKind.VIDEO, *, caption: str = "", seconds: int = 3) -> int:
        """Send a video, a round one, one without sound, or music."""
        upload = Upload(b"\0\0\0\x18ftypmp42" * 20, f"{kind}.mp4", _MIME.get(kind, "video/mp4"))
        stored = self.world.files.keep(upload, kind, duration=seconds)
        return self._send(self.chat, finished(caption, []), stored)

    def sends_document(self, data: bytes, name: str, *, mime: str = "", caption: str = "") -> int:
        """Send a file under a name."""
        stored = self.world.files.keep(Upload(data, name, mime), FileKind.DOCUMENT)
        return self._send(self.chat, finished(caption, []), stored)

    def sends_sticker(self, emoji: str = "👍") -> int:
        """Send a sticker."""
        upload = Upload(sample_picture(), "sticker.webp", "image/webp")
        stored = self.world.files.keep(upload, FileKind.STICKER, emoji=emoji)
        return self._send(self.chat, Formatted(""), stored)

    def sends_voice(self, seconds: int = 3) -> int:
        """Send a voice note of this length."""
        upload = Upload(b"OggS\0" * 40, "voice.ogg", "audio/ogg")
        stored = self.world.files.keep(upload, FileKind.VOICE, duration=seconds)
        return self._send(self.chat, Formatted(""), stored)

    def edits(self, message_id: int, text: str) -> int:
        """Change the text of one's own message."""
        message = self.chat.messages[message_id]
        if message.sender is not self.profile:
            raise PermissionError("a person can edit only their own messages")
        message.content = finished(text, [])
        message.edit_date = int(self.world.clock.now())
        self.world.show(message)
        return self.updates.put("edited_message", message.to_json(), lane=_lane(self.chat))

    def taps(
        self,
        message_id: int,
        label: str | None = None,
        *,
        data: str | None = None,
        force: bool = False,
        chat_id: int | None = None,
    ) -> int:
        """Press an inline button by its label or data.

        Raise LookupError when the message has no such button now, unless `force` presses it anyway (an old
        app, a forged request); that needs `data`.
        """
        chat = self.chat if chat_id is None else self.world.chats[chat_id]
        message = chat.messages.get(message_id)
        if not force:
            data = _callback_data(message, label, data)
        if data is None:
            raise ValueError("force needs data")
        query = self.world.press(self.profile, (chat.id, message_id), data)
        pressed: JsonObject = {
            "id": query.id,
            "from": self.profile.to_json(),
            "chat_instance": _CHAT_INSTANCE,
            "data": data,
            "message": message.to_json() if message else _inaccessible(chat, message_id),
        }
        self.world.feed.publish(
            {"kind": "pressed", "chat_id": chat.id, "message_id": message_id, "data": data}
        )
        return self.updates.put("callback_query", pressed, lane=f"query:{self.id}")

    def blocks(self) -> int | None:
        """Block the bot; None when it is blocked already."""
        return self._turns(blocked=True)

    def unblocks(self) -> int | None:
        """Unblock the bot; None when it isn't blocked."""
        return self._turns(blocked=False)

    def _turns(self, *, blocked: bool) -> int | None:
        if self.profile.has_blocked_bot is blocked:
            return None
        self.profile.has_blocked_bot = blocked
        self.world.feed.publish({"kind": "reload"})
        member: JsonObject = {"user": self.world.bot.to_json(), "status": "member"}
        kicked: JsonObject = {"user": self.world.bot.to_json(), "status": "kicked", "until_date": 0}
        return self._membership(self.chat, *((member, kicked) if blocked else (kicked, member)))

    def _found_group(self, group_id: int) -> Chat:
        if group_id >= 0:
            raise ValueError("a group's id is negative")
        chat = Chat(group_id, title="Grup Toko")
        self.world.chats[group_id] = chat
        self.world.feed.publish({"kind": "reload"})
        left: JsonObject = {"user": self.world.bot.to_json(), "status": "left"}
        self._membership(chat, left, left | {"status": "member"})
        return chat

    def _membership(self, chat: Chat, before: JsonObject, after: JsonObject) -> int:
        change: JsonObject = {
            "chat": chat.to_json(),
            "from": self.profile.to_json(),
            "date": int(self.world.clock.now()),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        return self.updates.put("my_chat_member", change, lane=_lane(chat))

    def _photo(self, data: bytes | None = None) -> StoredFile:
        upload = Upload(data or sample_picture(), "photo.jpg", "image/jpeg")
        return self.world.files.keep(upload, FileKind.PHOTO)

    def _message(self, chat: Chat, content: Formatted) -> Message:
        if self.profile.has_blocked_bot and chat.person:
            raise PermissionError("this person has blocked the bot; unblock it first")
        return Message(
            chat=chat,
            message_id=self.world.next_message_id(),
            sender=self.profile,
            date=int(self.world.clock.now()),
            content=content,
        )

    def _send(
        self,
        chat: Chat,
        content: Formatted,
        stored: StoredFile | None = None,
        *,
        forwarded_from: str | None = None,
        reply_to: int | None = None,
    ) -> int:
        message = self._message(chat, content)
        message.file, message.forwarded_from, message.reply_to = stored, forwarded_from, reply_to
        self.world.post(message)
        return self.updates.put("message", message.to_json(), lane=_lane(chat))


def sample_picture() -> bytes:
    """Return a small JPEG that stands for a photo of a shop."""
    from PIL import Image

    picture = Image.linear_gradient("L").resize((640, 480)).convert("RGB")
    picture.paste((230, 120, 60), (220, 180, 420, 400))
    picture.paste((250, 220, 160), (290, 270, 350, 400))
    out = io.BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()


def _callback_data(message: Message | None, label: str | None, data: str | None) -> str:
    if message is None:
        raise LookupError("no such message")
    for button in message.buttons():
        if "callback_data" in button and (button["text"] == label or button["callback_data"] == data):
            return str(button["callback_data"])
    shown = [f"{button['text']} ({button.get('callback_data')})" for button in message.buttons()]
    raise LookupError(f"no button {label or data!r}; the message has {shown}")


def _inaccessible(chat: Chat, message_id: int) -> JsonObject:
    return {"chat": chat.to_json(), "message_id": message_id, "date": 0}


def _lane(chat: Chat) -> str:
    return f"chat:{chat.id}"
