"""Updates of Telegram in the interview's words: who did what."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from telegram import Bot, CallbackQuery, ChatMemberUpdated, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.downloads import SentFile, map_file
from bot.keyboards import read_press
from conversations import announcing, checkin_screens
from conversations.attachments import Attachment, EvidenceKind
from conversations.blocks import BACK, DONE, KEEP, SKIP, STOP
from conversations.commands import BY_NAME, Command
from conversations.events import (
    Chose,
    Commanded,
    Corrected,
    Courtesy,
    Event,
    Greeted,
    Medium,
    Sent,
    Typed,
)
from conversations.followups import USE
from conversations.replies import Option, Question
from journey.model import Language
from journey.wording import plain
from locales.catalog import Catalog

_COMMAND = re.compile(r"^/([A-Za-z0-9_]+)(?:@\w+)?(?:\s+(.*))?$", re.DOTALL)
_INDONESIAN = ("id", "ms", "jv", "su", "in")
"""Telegram's language codes whose speakers read Indonesian; ``in`` is its old code."""
_COUNT = re.compile(r"\s*\(\d+\)")
"""The counter on a button: nobody types it."""
_MEANT = {
    "skip": (SKIP, KEEP, checkin_screens.NO_NEWS, checkin_screens.NO, announcing.NO),
    "onward": (DONE, KEEP, "use", "enough"),
    "back": (BACK,),
    "agree": (USE, checkin_screens.YES, announcing.YES),
}
"""The buttons that a word for steering stands for, in the order tried."""
_INSTEAD = {"agree": Courtesy.AGREED, "decline": Courtesy.LATER}
"""What such a word is where it stands for no button; it is never an answer."""
_HUSH = "hush"
_YES, _NOT_NOW = ("agree", "onward"), ("decline", "skip")
"""What words for steering say to a reminder, whose first button does what it speaks of."""
_GONE = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class Person:
    """Who did something, and the language their Telegram is set to, if we speak it."""

    id: int
    language: Language | None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened in a private chat; ``query_id`` and ``tapped`` (the message) belong to a tap.

    ``file`` is to be looked into before: it may hold a map.
    """

    person: Person
    event: Event
    query_id: str | None = None
    tapped: int | None = None
    file: SentFile | None = None


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody spoke to the bot in a group."""

    person: Person
    chat_id: int
    query_id: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Somebody blocked the bot, or took it back."""

    person: Person
    blocked: bool


@dataclass(frozen=True, slots=True)
class Nothing:
    """An update that asks for nothing."""


Incoming = Happened | InGroup | Membership | Nothing


def read_update(payload: str, bot: Bot) -> Incoming:
    """Return what an update says. Raises what json and PTB raise when it can't be parsed."""
    update = Update.de_json(json.loads(payload), bot)
    if update.callback_query is not None:
        return _pressed(update.callback_query)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    message = update.message or update.edited_message
    if message is None or message.from_user is None or message.from_user.is_bot:
        return Nothing()
    person = _person(message.from_user)
    if message.chat.type != ChatType.PRIVATE:
        return InGroup(person, message.chat_id) if _is_for_us(message, bot) else Nothing()
    if update.edited_message is not None:
        if message.text is None:
            return Nothing()
        return Happened(person, Corrected(message.text, message.message_id))
    file = map_file(message.document) if message.animation is None else None
    if file is not None:  # before forwards: a map of somebody else comes as one
        return Happened(person, Sent(Medium.DOCUMENT), file=file)
    event = _event(message)
    return Happened(person, event) if event else Nothing()


def resolved(
    event: Event,
    question: Question,
    label: Callable[[Option], str],
    catalog: Catalog,
    *,
    beneath: Question | None = None,
    takes_words: bool = True,
) -> Event:
    """Return typed words as what they mean: an option's label, an order, small talk, or just words.

    ``beneath`` is the question that waits while ``question`` reminds of something: its labels count as well,
    but nothing that is said to a reminder is an answer. A question that takes no words, but taps alone, is
    content with a part of a label that no other has.
    """
    if not isinstance(event, Typed) or not plain(event.text):
        return event
    for asked in (question, beneath):
        if asked and (option := _labelled(event.text, asked, label)):
            return Chose(option)
    if beneath is not None:
        return _to_reminder(event.text, question, label, catalog)
    meant, heard = catalog.means(event.text), catalog.hears(event.text)
    if meant == _HUSH:
        return Commanded(Command.REMINDERS)
    if meant is not None:
        chosen = next((control for control in _MEANT.get(meant, ()) if control in _offered(question)), None)
        return Chose(chosen) if chosen else Greeted(_INSTEAD.get(meant, Courtesy.UNSURE))
    if heard is not None:
        return Greeted(Courtesy(heard))
    part = None if takes_words else _partly_labelled(event.text, question, label)
    return Chose(part) if part else event


def _offered(question: Question) -> dict[str, Option]:
    return {option.id: option for option in (*question.options, *question.controls)}


def _labelled(text: str, question: Question, label: Callable[[Option], str]) -> str | None:
    """Return the option whose label is typed, without emoji and counters."""
    said = plain(text)
    for option in _offered(question).values():
        words = label(option)
        if said in (plain(words), plain(_COUNT.sub("", words))):
            return option.id
    return None


def _partly_labelled(text: str, question: Question, label: Callable[[Option], str]) -> str | None:
    """Return the only option whose label has all of the words that are typed."""
    said = set(plain(text).split())
    found = [option.id for option in question.options if said <= set(plain(label(option)).split())]
    return found[0] if len(found) == 1 else None


def _to_reminder(text: str, question: Question, label: Callable[[Option], str], catalog: Catalog) -> Event:
    """Return what words say to a reminder: a button, yes, later, never again.

    The first of them say it where not all do: who is busy adds why, "belum sempat, masih goreng".
    """
    words = text.split()
    for length in range(len(words), 0, -1):
        if said := _said_to_reminder(" ".join(words[:length]), question, label, catalog):
            return said
    return Greeted(Courtesy.UNHEARD)


def _said_to_reminder(
    text: str, question: Question, label: Callable[[Option], str], catalog: Catalog
) -> Event | None:
    meant, heard = catalog.means(text), catalog.hears(text)
    if option := _labelled(catalog.bare(text), question, label):
        return Chose(option)
    if meant == _HUSH or heard == Courtesy.STOP:
        return Chose(STOP) if STOP in _offered(question) else Commanded(Command.REMINDERS)
    if meant in _YES:
        return Chose(question.options[0].id)
    if meant in _NOT_NOW or heard == Courtesy.LATER:
        return Greeted(Courtesy.LATER)
    return Greeted(Courtesy(heard)) if heard else None


def _pressed(query: CallbackQuery) -> Incoming:
    person = _person(query.from_user)
    message = query.message
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return InGroup(person, message.chat.id, query.id)
    press = read_press(query.data or "")
    event = Chose(press.option, press.revision) if press else Chose("", -1)
    return Happened(person, event, query.id, message.message_id if message else None)


def _membership(change: ChatMemberUpdated) -> Incoming:
    if change.chat.type != ChatType.PRIVATE:
        return Nothing()
    return Membership(_person(change.from_user), change.new_chat_member.status in _GONE)


def _event(message: Message) -> Event | None:
    """Return what a message in a private chat means; None for service messages."""
    if message.forward_origin is not None:
        return _sent(message, Medium.FORWARD)
    if message.text is not None:
        found = _COMMAND.match(message.text)
        if not found:
            return Typed(message.text, message.message_id)
        # A command we don't know is answered with what can be done.
        command = BY_NAME.get(found[1].lower(), Command.HELP)
        return Commanded(command, (found[2] or "").strip())
    for medium, there in (
        (Medium.STICKER, message.sticker),
        (Medium.VOICE, message.voice or message.audio),
        (Medium.PHOTO, message.photo),
        (Medium.VIDEO, message.video or message.video_note or message.animation),
        (Medium.DOCUMENT, message.document),
        (Medium.LOCATION, message.location or message.venue),
        (Medium.CONTACT, message.contact),
        (Medium.OTHER, message.poll or message.dice or message.story or message.game),
    ):
        if there:
            return _sent(message, medium)
    return None


def _sent(message: Message, medium: Medium) -> Sent:
    return Sent(medium, _attachment(message), message.message_id)


def _attachment(message: Message) -> Attachment | None:
    """Return what of a message can be kept and sent again, None of a sticker, a place or a poll."""
    photo = message.photo[-1] if message.photo else None  # the largest size comes last
    for kind, file in (
        (EvidenceKind.PHOTO, photo),
        (EvidenceKind.VOICE, message.voice),
        (EvidenceKind.AUDIO, message.audio),
        (EvidenceKind.VIDEO, message.video),
        (EvidenceKind.VIDEO_NOTE, message.video_note),
        (EvidenceKind.ANIMATION, message.animation),  # before its document: it comes as both
        (EvidenceKind.DOCUMENT, message.document),
    ):
        if file:
            return Attachment(kind, file.file_id, message.caption or "")
    return Attachment(EvidenceKind.WORDS, caption=message.text) if message.text else None


def _is_for_us(message: Message, bot: Bot) -> bool:
    """Tell whether a message in a group speaks to the bot: a command, its name, or an answer to it."""
    text = message.text or ""
    replied = message.reply_to_message
    to_us = replied is not None and replied.from_user is not None and replied.from_user.id == bot.id
    return text.startswith("/") or f"@{bot.username}".lower() in text.lower() or to_us


def _person(user: User) -> Person:
    code = (user.language_code or "").lower().partition("-")[0]
    if code in _INDONESIAN:
        return Person(user.id, Language.ID)
    return Person(user.id, Language.EN if code == "en" else None)
