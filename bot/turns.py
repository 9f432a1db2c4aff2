"""One update, one transaction: the turn of the interview, its messages and the end of the update."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from telegram import Bot

from bot.clock import Clock
from bot.content import Content
from bot.downloads import read_sent
from bot.histories import comparison_wish, latest_of, versions_of
from bot.inbound import Happened, Incoming, InGroup, Membership, Nothing, Person, read_update, resolved
from bot.outbound import Outbound, message_call
from bot.sender import QUESTION, Sender
from bot.shelves import needs_shelf, shelf_of
from bot.wishes import Wish, put_wish
from conversations.blocks import MAP_PREFIX
from conversations.engine import Interview
from conversations.events import Chose, Occasion, Received
from conversations.replies import Key, Note, Question
from conversations.requests import (
    CompareVersions,
    DrawPicture,
    EraseMap,
    EraseOwner,
    ExportMap,
    KeepAnswer,
    KeepFeedback,
    KeepUnmatched,
    KeepVersion,
    Request,
)
from conversations.session import Session, dump_session, load_session
from conversations.turns import Turn
from journey.document import dump_map, read_map
from journey.model import JourneyMap, Language
from renderers.messages import Message
from storage.database import Database
from storage.records import AnswerRow, InboxRow, OwnerRow
from storage.transactions import Transaction

MAP_ID_BYTES = 9
"""12 characters: short enough for a button, long enough never to meet again."""


@dataclass(frozen=True, slots=True)
class After:
    """What is left to do once the transaction is committed."""

    query_id: str | None = None
    toast: str | None = None
    draws: bool = False
    erased: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """What is stored of a person, read at the beginning of a turn."""

    row: OwnerRow
    session: Session
    journey_map: JourneyMap | None


class Turns:
    """Handles updates; ``wake_drawings`` is called when a picture was asked for."""

    def __init__(
        self,
        *,
        database: Database,
        bot: Bot,
        sender: Sender,
        clock: Clock,
        content: Content,
        outbound: Outbound,
        default_language: Language,
        operator: int | None,
        wake_drawings: Callable[[], None],
    ) -> None:
        self._database = database
        self._bot = bot
        self._sender = sender
        self._clock = clock
        self._interview = Interview(
            content.knowledge, content.matcher, content.example, content.drafts, content.names
        )
        self._outbound = outbound
        self._default_language = default_language
        self._operator = operator
        self._wake_drawings = wake_drawings

    async def handle(self, row: InboxRow) -> None:
        """Do everything an update asks for, or raise with nothing done."""
        incoming = await self._looked_into(read_update(row.payload, self._bot))
        after = await self._database.write(lambda transaction: self._handle(transaction, row, incoming))
        if after.query_id:
            self._sender.answer(after.query_id, after.toast)
        self._sender.wake()
        if after.draws:
            self._wake_drawings()
        if after.erased:
            await self._database.checkpoint()

    async def _looked_into(self, incoming: Incoming) -> Incoming:
        """Return what came, with the map that a file holds in the place of the file."""
        if isinstance(incoming, Happened) and incoming.file is not None:
            return replace(incoming, event=Received(await read_sent(self._bot, incoming.file)), file=None)
        return incoming

    async def apologise(self, row: InboxRow, reason: str) -> None:
        """Tell the owner that an update couldn't be handled, and ask the question again."""
        del reason
        if row.chat_id <= 0:
            return
        now = self._clock.now()
        note = Note(Key("trouble.parked"))

        def tell(transaction: Transaction) -> None:
            place = self._place(transaction, Person(row.chat_id, None), now)
            question = self._question(transaction, place, now)
            calls = self._outbound.calls((note, question), row.chat_id, place.session.language)
            transaction.outbox.put(row.chat_id, calls, now)

        await self._database.write(tell)
        self._sender.wake()

    def ask_again(self, transaction: Transaction, owner_id: int, now: datetime) -> None:
        """Queue the owner's current question once more, below what was sent meanwhile."""
        place = self._place(transaction, Person(owner_id, None), now)
        question = self._question(transaction, place, now)
        calls = self._outbound.calls((question,), owner_id, place.session.language)
        transaction.outbox.put(owner_id, calls, now)

    def _handle(self, transaction: Transaction, row: InboxRow, incoming: Incoming) -> After:
        now = self._clock.now()
        match incoming:
            case Happened():
                return self._turn(transaction, row, incoming, now)
            case InGroup():
                after = self._answer_group(transaction, row, incoming, now)
            case Membership(person=person, blocked=blocked):
                if blocked:
                    transaction.owners.block(person.id, now)
                else:
                    transaction.owners.unblock(person.id)
                after = After()
            case Nothing():
                after = After()
        transaction.inbox.done(row.update_id, now)
        return after

    def _turn(self, transaction: Transaction, row: InboxRow, happened: Happened, now: datetime) -> After:
        place = self._place(transaction, happened.person, now)
        session, owner_id = place.session, happened.person.id
        occasion = self._occasion(transaction, place, happened, now)
        event = happened.event
        question = self._interview.ask(session, place.journey_map, occasion)
        catalog = self._outbound.messages.catalogs[session.language]
        event = resolved(
            event,
            question,
            lambda option: self._outbound.messages.label(option, session.language),
            catalog,
        )
        if isinstance(event, Chose):
            if event.revision is None:
                occasion = self._with_opened(transaction, session, event.option, occasion)
            latest = latest_of(transaction, session, event.option, occasion.versions)
            occasion = replace(occasion, latest=latest)
        turn = self._interview.advance(session, place.journey_map, event, occasion)
        transaction.inbox.done(row.update_id, now)
        erases = any(isinstance(request, EraseOwner) for request in turn.requests)
        if erases:
            transaction.owners.erase(owner_id)
        else:
            self._save(transaction, place, turn, now)
            self._fulfil(transaction, owner_id, turn, now)
        language = turn.session.language
        asks = self._asking(transaction, place)
        calls = self._outbound.calls(turn.replies, owner_id, language, tapped=happened.tapped, asks=asks)
        transaction.outbox.put(owner_id, calls, now, None if erases else row.update_id)
        return After(
            query_id=happened.query_id,
            toast=self._outbound.toast(turn.replies, language),
            draws=any(
                isinstance(request, DrawPicture | ExportMap | CompareVersions) for request in turn.requests
            ),
            erased=erases,
        )

    def _asking(self, transaction: Transaction, place: _Place) -> int | str:
        """Return the message that asks when the answer arrives there, so that it alone is edited.

        A question that is on its way, below a picture say, is not the one that was tapped. Erased with the
        owner is also which message asked, so it is named here.
        """
        if transaction.outbox.asks(place.session.owner):
            return QUESTION
        return place.row.question_message_id or QUESTION

    def _place(self, transaction: Transaction, person: Person, now: datetime) -> _Place:
        row = transaction.owners.load(person.id)
        if row is None:
            greeted = Session(person.id, person.language or self._default_language)
            transaction.owners.save(person.id, dump_session(greeted), expected=None, now=now)
            row = transaction.owners.load(person.id)
        if row is None:
            raise LookupError(f"owner {person.id} was just stored and is not there")
        session = replace(load_session(row.session), revision=row.revision)
        stored = transaction.maps.load(session.map_id, person.id) if session.map_id else None
        return _Place(row, session, read_map(stored.document) if stored else None)

    def _question(self, transaction: Transaction, place: _Place, now: datetime) -> Question:
        shelf = shelf_of(transaction, place.session, self._outbound.messages)
        versions = versions_of(transaction, place.session.owner, place.session.map_id)
        occasion = Occasion(now, "", shelf, versions=versions)
        return self._interview.ask(place.session, place.journey_map, occasion)

    def _occasion(
        self, transaction: Transaction, place: _Place, happened: Happened, now: datetime
    ) -> Occasion:
        shelf = (
            shelf_of(transaction, place.session, self._outbound.messages)
            if needs_shelf(place.session, happened.event)
            else ()
        )
        option = happened.event.option if isinstance(happened.event, Chose) else ""
        versions = versions_of(transaction, place.session.owner, place.session.map_id)
        occasion = Occasion(now, secrets.token_urlsafe(MAP_ID_BYTES), shelf, versions=versions)
        return self._with_opened(transaction, place.session, option, occasion)

    def _with_opened(
        self, transaction: Transaction, session: Session, option: str, occasion: Occasion
    ) -> Occasion:
        """Return the occasion with the map an option asks for, if it is this owner's, and its versions."""
        map_id = option.removeprefix(MAP_PREFIX)
        stored = transaction.maps.load(map_id, session.owner) if map_id != option else None
        if stored is None:
            return occasion
        versions = versions_of(transaction, session.owner, session.map_id, map_id)
        return replace(occasion, opened=read_map(stored.document), versions=versions)

    def _save(self, transaction: Transaction, place: _Place, turn: Turn, now: datetime) -> None:
        if turn.session != place.session:
            document = dump_session(turn.session)
            transaction.owners.save(turn.session.owner, document, expected=place.row.revision, now=now)
        if turn.journey_map is not None and turn.journey_map != place.journey_map:
            transaction.maps.save(turn.session.owner, dump_map(turn.journey_map), now)
        if place.row.blocked is not None:
            transaction.owners.unblock(turn.session.owner)

    def _fulfil(self, transaction: Transaction, owner_id: int, turn: Turn, now: datetime) -> None:
        """Do what the interview asked the edge for."""
        for request in turn.requests:
            self._fulfil_one(transaction, owner_id, turn, request, now)

    def _fulfil_one(
        self, transaction: Transaction, owner_id: int, turn: Turn, request: Request, now: datetime
    ) -> None:
        match request:
            case DrawPicture(drawing=drawing, journey_map=journey_map):
                wish = Wish(drawing, turn.session.language, journey_map)
                put_wish(transaction, owner_id, wish, now)
            case ExportMap(file=file, journey_map=journey_map):
                put_wish(transaction, owner_id, Wish(file, turn.session.language, journey_map), now)
            case KeepAnswer(step=step, stage=stage, value=value):
                map_id = turn.session.map_id
                answer = AnswerRow(owner_id, map_id, step, stage, list(value), now)
                transaction.answers.add((answer,))
            case KeepFeedback(text=text):
                transaction.feedback.add(owner_id, text, now)
                self._tell_operator(transaction, owner_id, turn.session.language, text, now)
            case KeepUnmatched(words=words, language=language, phase=phase, business=business):
                transaction.unmatched.keep(
                    words, now, language=language, phase=phase, business=business or ""
                )
            case KeepVersion(number=number, journey_map=journey_map):
                finished = journey_map.finished or now
                transaction.versions.keep(owner_id, number, dump_map(journey_map), finished)
            case CompareVersions():
                language, knowledge = turn.session.language, self._interview.knowledge
                compared = comparison_wish(transaction, owner_id, request, language, knowledge)
                if compared is not None:
                    put_wish(transaction, owner_id, compared, now)
            case EraseMap(map_id=map_id):
                transaction.maps.delete(map_id, owner_id)
            case EraseOwner():
                pass

    def _tell_operator(
        self, transaction: Transaction, owner_id: int, language: Language, text: str, now: datetime
    ) -> None:
        if self._operator is None:
            return
        catalog = self._outbound.messages.catalogs[self._default_language]
        html = catalog.html("operator.feedback", owner=owner_id, language=language, text=text)
        transaction.outbox.put(self._operator, [message_call(self._operator, Message(html))], now)

    def _answer_group(self, transaction: Transaction, row: InboxRow, spoken: InGroup, now: datetime) -> After:
        """Say kindly that the interview is a private matter, with a link to the private chat."""
        language = spoken.person.language or self._default_language
        link = f"https://t.me/{self._bot.username}?start=group"
        html = self._outbound.messages.catalogs[language].html("trouble.group", link=link)
        calls = [message_call(spoken.chat_id, Message(html))]
        transaction.outbox.put(spoken.chat_id, calls, now, row.update_id)
        return After(query_id=spoken.query_id)
