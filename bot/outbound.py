"""Replies as calls to the Bot API: what is edited in place, what is sent anew, what is a toast."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from math import ceil

from bot.keyboards import markup
from bot.sender import QUESTION
from bot.uploads import PLACEHOLDER
from conversations.replies import AdviceText, MapText, Note, Question, Reply, Toast
from journey.knowledge import Knowledge
from journey.matching import Matcher
from journey.model import Language
from journey.suggestions import suggest
from renderers.messages import Message, Messages
from storage.records import Call, CallRole, FileKind, JsonValue

LARGEST_ALBUM = 10
"""Telegram: sendMediaGroup takes 2 to 10 items."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """Turns what the interview says into calls."""

    messages: Messages
    knowledge: Knowledge
    matcher: Matcher

    def at(self, zone: tzinfo) -> "Outbound":
        """Return the same for whom the clocks of another zone tell the time."""
        return replace(self, messages=self.messages.at(zone))

    def calls(
        self,
        replies: Sequence[Reply],
        chat_id: int,
        language: Language,
        *,
        tapped: int | str | None = None,
        asks: int | str = QUESTION,
    ) -> tuple[Call, ...]:
        """Return the calls for a turn's replies, in order.

        ``tapped`` is the message whose button led here, ``asks`` the chat's question. Where they are the
        same, a question alone is edited into it. Else both lose their buttons and the new one comes below.
        """
        shown = [reply for reply in replies if not isinstance(reply, Toast)]
        if not shown:
            return ()
        if tapped is not None and tapped == asks and len(shown) == 1 and isinstance(shown[0], Question):
            parts = self.messages.question(shown[0], language)
            if len(parts) == 1:
                return (_edit(chat_id, tapped, parts[0], shown[0].revision),)
        calls: list[Call] = []
        if asks != QUESTION or any(isinstance(reply, Question) for reply in shown):
            done_with = dict.fromkeys((asks,) if tapped is None else (tapped, asks))
            calls += [_strip(chat_id, message_id) for message_id in done_with]
        for reply in shown:
            calls += self._sent(reply, chat_id, language)
        return tuple(calls)

    def toast(self, replies: Iterable[Reply], language: Language) -> str | None:
        """Return the word over the screen, None when there is none."""
        toast = next((reply for reply in replies if isinstance(reply, Toast)), None)
        return self.messages.say(toast.key, language) if toast else None

    def _sent(self, reply: Reply, chat_id: int, language: Language) -> Iterable[Call]:
        match reply:
            case Question():
                *above, last = self.messages.question(reply, language)
                keyboard = markup(last.rows, reply.revision)
                return (
                    *(message_call(chat_id, part) for part in above),
                    message_call(chat_id, last, role=CallRole.QUESTION, keyboard=keyboard),
                )
            case Note():
                return [message_call(chat_id, part) for part in self.messages.note(reply, language)]
            case MapText():
                return [message_call(chat_id, part) for part in self.messages.map_text(reply, language)]
            case AdviceText(journey_map=journey_map):
                advice = suggest(journey_map, self.knowledge, self.matcher, language)
                parts = self.messages.advice(reply, advice, language)
                return [message_call(chat_id, part) for part in parts]
            case Toast():
                return ()


def message_call(
    chat_id: int,
    message: Message,
    *,
    role: CallRole = CallRole.MESSAGE,
    keyboard: dict[str, JsonValue] | None = None,
) -> Call:
    """Return the call that sends a message."""
    params: dict[str, JsonValue] = {
        "chat_id": chat_id,
        "text": message.html,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if keyboard:
        params["reply_markup"] = keyboard
    return Call("sendMessage", params, role)


def picture_calls(
    chat_id: int,
    digests: Sequence[str],
    captions: Sequence[str],
    kind: FileKind,
    redraw: Mapping[str, JsonValue] | None = None,
) -> tuple[Call, ...]:
    """Return the calls that send pictures: one alone, more as albums of about the same size.

    Each has its caption, empty for none. ``redraw`` is the payload of the job that draws them anew.
    """
    calls: list[Call] = []
    told = dict(zip(digests, captions, strict=True))
    for group in _albums(digests):
        method, params = _showing(group, told, kind)
        calls.append(Call(method, {"chat_id": chat_id, **params}, CallRole.PICTURES, group, redraw))
    return tuple(calls)


def _showing(
    group: Sequence[str], told: Mapping[str, str], kind: FileKind
) -> tuple[str, dict[str, JsonValue]]:
    """Return the method that sends a group of pictures, and its parameters."""
    if len(group) == 1:
        method = "sendPhoto" if kind is FileKind.PHOTO else "sendDocument"
        return method, {kind.value: f"{PLACEHOLDER}{group[0]}", **_said(told[group[0]])}
    media: list[JsonValue] = [
        {"type": kind.value, "media": f"{PLACEHOLDER}{digest}", **_said(told[digest])} for digest in group
    ]
    return "sendMediaGroup", {"media": media}


def _said(caption: str) -> dict[str, JsonValue]:
    return {"caption": caption, "parse_mode": "HTML"} if caption else {}


def _albums(digests: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the pictures in as few groups as may be, of about the same size: none looks lost."""
    count = ceil(len(digests) / LARGEST_ALBUM)
    for number in range(count):
        first, behind = (ceil(len(digests) * place / count) for place in (number, number + 1))
        yield tuple(digests[first:behind])


def _edit(chat_id: int, message_id: int | str, message: Message, revision: int) -> Call:
    return Call(
        "editMessageText",
        {
            "chat_id": chat_id,
            "message_id": message_id,
            "text": message.html,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": markup(message.rows, revision),
        },
        CallRole.QUESTION_EDIT,
    )


def _strip(chat_id: int, message_id: int | str) -> Call:
    return Call("editMessageReplyMarkup", {"chat_id": chat_id, "message_id": message_id}, CallRole.STRIP)
