"""What the sandbox remembers: people, chats, messages, button presses and the bot's own profile."""

import itertools
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.clock import Clock
from sandbox.entities import Formatted
from sandbox.feed import Feed
from sandbox.files import FileKind, FileStore, StoredFile
from sandbox.refusals import bad_request, forbidden
from sandbox.shapes import JsonObject, present

MESSAGES_KEPT = 2_000
QUERIES_KEPT = 5_000
# Telegram's server forgets a button press after 150 seconds (tdlib/telegram-bot-api 10.0, Client.cpp).
QUERY_SECONDS = 150


@dataclass(slots=True)
class Profile:
    """Somebody with an account: a person or the bot."""

    id: int
    first_name: str
    is_bot: bool = False
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    has_blocked_bot: bool = False

    def to_json(self) -> JsonObject:
        """Return a User."""
        named: JsonObject = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return named | present(
            last_name=self.last_name, username=self.username, language_code=self.language_code
        )


@dataclass(frozen=True, slots=True)
class Toast:
    """What a person sees when a button press is answered; `alert` needs to be closed by hand."""

    text: str
    alert: bool


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group, with the newest messages by id."""

    id: int
    person: Profile | None = None
    title: str | None = None
    messages: dict[int, "Message"] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    reply_keyboard: JsonObject | None = None

    @property
    def kind(self) -> str:
        """Telegram's name of the chat's type."""
        return "private" if self.person else "group"

    def to_json(self) -> JsonObject:
        """Return a Chat."""
        named: JsonObject = {"id": self.id, "type": self.kind}
        if self.person is None:
            return named | present(title=self.title)
        person = self.person
        return named | present(
            first_name=person.first_name, last_name=person.last_name, username=person.username
        )


@dataclass(slots=True)
class Message:
    """A message as the chat holds it now; `content` is its text, or the caption of its file."""

    chat: Chat
    message_id: int
    sender: Profile
    date: int
    content: Formatted
    file: StoredFile | None = None
    keyboard: JsonObject | None = None
    media_group_id: str | None = None
    edit_date: int | None = None
    forwarded_from: str | None = None
    reply_to: int | None = None

    def to_json(self) -> JsonObject:
        """Return a Message."""
        shape: JsonObject = {
            "message_id": self.message_id,
            "from": self.sender.to_json(),
            "chat": self.chat.to_json(),
            "date": self.date,
        }
        shape |= present(
            edit_date=self.edit_date, media_group_id=self.media_group_id, reply_markup=self.keyboard
        )
        if self.forwarded_from is not None:
            origin: JsonObject = {"type": "hidden_user", "sender_user_name": self.forwarded_from}
            shape["forward_origin"] = origin | {"date": self.date}
        if self.reply_to in self.chat.messages:
            replied = self.chat.messages[self.reply_to].to_json()
            shape["reply_to_message"] = {
                name: value for name, value in replied.items() if name != "reply_to_message"
            }
        text, marks = ("caption", "caption_entities") if self.file else ("text", "entities")
        if self.file:
            shape[self.file.kind.value] = self.file.to_json()
            if self.file.kind is FileKind.ANIMATION:  # Bot API: its document is there too, for older bots
                shape["document"] = self.file.to_json()
        found = [each.to_json() for each in self.content.entities]
        return shape | present(**{text: self.content.text, marks: found})

    def buttons(self) -> Iterator[JsonObject]:
        """Iterate over the inline buttons, row by row."""
        rows = self.keyboard["inline_keyboard"] if self.keyboard else []
        if isinstance(rows, list):
            yield from itertools.chain.from_iterable(rows)


@dataclass(slots=True)
class Query:
    """A button press that waits for its answer."""

    id: str
    person: Profile
    chat_id: int
    message_id: int
    data: str
    born_at: float
    answered: bool = False


@dataclass(slots=True)
class World:
    """Everything in the sandbox, in memory."""

    bot: Profile
    clock: Clock = field(default_factory=Clock)
    feed: Feed = field(default_factory=Feed)
    files: FileStore = field(default_factory=FileStore)
    people: dict[int, Profile] = field(default_factory=dict)
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    # setMyCommands by (scope, language); names and descriptions by (which, language).
    commands: dict[tuple[str, str], list[JsonObject]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    _message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def writable(self, chat_id: int | str | None) -> Chat:
        """Return the chat the bot may write to; raise Telegram's 400 or 403."""
        chat = self.known(chat_id)
        if chat.person is not None and chat.person.has_blocked_bot:
            raise forbidden("bot was blocked by the user")
        return chat

    def known(self, chat_id: int | str | None) -> Chat:
        """Return the chat; raise Telegram's 400 when there is none."""
        chat = self.chats.get(chat_id) if isinstance(chat_id, int) else None
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def post(self, message: Message) -> Message:
        """Show a new message in its chat; the oldest leaves when there are too many."""
        messages = message.chat.messages
        messages[message.message_id] = message
        if len(messages) > MESSAGES_KEPT:
            del messages[next(iter(messages))]
        self.show(message)
        return message

    def show(self, message: Message) -> None:
        """Tell the open pages that a message is new or changed."""
        self.feed.publish({"kind": "message", "chat_id": message.chat.id, "message_id": message.message_id})

    def next_message_id(self) -> int:
        """Return a fresh message id: private chats of one bot share one row of numbers."""
        return next(self._message_ids)

    def press(self, person: Profile, message: tuple[int, int], data: str) -> Query:
        """Remember a button press on (chat id, message id)."""
        number = secrets.randbelow(10**18) + 10**17
        query = Query(str(number), person, *message, data, self.clock.now())
        self.queries[query.id] = query
        if len(self.queries) > QUERIES_KEPT:
            del self.queries[next(iter(self.queries))]
        return query

    def open_query(self, query_id: str | None) -> Query:
        """Return the press that waits for an answer; raise Telegram's 400 when it is too late."""
        query = self.queries.get(query_id or "")
        if query is None or query.answered or self.clock.now() - query.born_at > QUERY_SECONDS:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query
