"""One update, one transaction: the turn of the interview, its messages and the end of the update."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from telegram import Bot

from bot.clock import Clock
from bot.content import Content
from bot.documents import StoredMap, document_of, session_of, stored_map
from bot.downloads import read_sent
from bot.fulfilment import Fulfilment
from bot.histories import latest_of, versions_of
from bot.inbound import Happened, Incoming, InGroup, Membership, Nothing, Person, read_update, resolved
from bot.outbound import Outbound, message_call
from bot.sender import QUESTION, Sender
from bot.shares import address_of, fresh_token, shared_by, shares_of
from bot.shelves import asked_map, asks_for_map, deleted_of, kept_map, needs_shelf, shelf_of
from conversations.engine import RETENTION_DAYS, Interview
from conversations.events import Chose, Occasion, Received, Reminded, Sent
from conversations.evidence import SCREENS as EVIDENCE_SCREENS
from conversations.interview import takes_words
from conversations.preferences import with_zones
from conversations.replies import Key, Note, Question
from conversations.requests import (
    BeginAfresh,
    CompareVersions,
    DrawPicture,
    ExportMap,
    KeepEarlier,
    ShowShared,
)
from conversations.schedule import Reminder
from conversations.session import Session, dump_session, load_session
from conversations.turns import Turn
from conversations.undoing import UNDO
from journey.document import read_stored
from journey.model import JourneyMap, Language
from renderers.messages import Message
from storage.database import Database
from storage.records import InboxRow, OwnerRow
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
    stored: StoredMap | None
    earlier_changed: datetime | None = None

    @property
    def journey_map(self) -> JourneyMap | None:
        """The map that is open."""
        return self.stored.journey_map if self.stored else None


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
        zone: ZoneInfo,
        wake_drawings: Callable[[], None],
        retention_days: int = RETENTION_DAYS,
    ) -> None:
        self._database = database
        self._bot = bot
        self._sender = sender
        self._clock = clock
        self._interview = Interview(
            content.knowledge,
            content.matcher,
            content.example,
            content.drafts,
            content.names,
            content.seasons,
            retention_days,
            zone,
        )
        self._outbound = outbound
        self._default_language = default_language
        self._fulfilment = Fulfilment(outbound, operator, default_language)
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
            calls = self._voice(place.session).calls((note, question), row.chat_id, place.session.language)
            transaction.outbox.put(row.chat_id, calls, now)

        await self._database.write(tell)
        self._sender.wake()

    def ask_again(self, transaction: Transaction, owner_id: int, now: datetime) -> None:
        """Queue the owner's current question once more, below what was sent meanwhile."""
        place = self._place(transaction, Person(owner_id, None), now)
        question = self._question(transaction, place, now)
        calls = self._voice(place.session).calls((question,), owner_id, place.session.language)
        transaction.outbox.put(owner_id, calls, now)

    def remind(self, transaction: Transaction, owner_id: int, reminder: Reminder, now: datetime) -> None:
        """Let the interview answer a reminder whose time has come; the owner wasn't here for it."""
        place = self._place(transaction, Person(owner_id, None), now)
        occasion = self._with_shelf(transaction, place.session, self._fresh(transaction, place, now))
        if reminder.map_id is not None and not self._is_archived(occasion, reminder.map_id):
            occasion = self._opening(transaction, place.session, reminder.map_id, occasion)
        event = Reminded(reminder, place.row.seen, place.row.unanswered, place.row.reminded)
        turn = self._interview.advance(place.session, place.journey_map, event, occasion)
        if turn.session != place.session:
            changed = session_of(turn.session, stored=place.row.session, read=place.session)
            transaction.owners.save_unseen(owner_id, changed, expected=place.row.revision)
        self._fulfilment.fulfil(transaction, turn, now)
        if turn.replies:
            calls = self._voice(turn.session).calls(turn.replies, owner_id, turn.session.language)
            transaction.outbox.put(owner_id, calls, now)
            transaction.owners.reminded(owner_id, now)

    def _voice(self, session: Session) -> Outbound:
        """Return what speaks to an owner, times as the clock on their wall shows them."""
        return self._outbound.at(self._interview.clock_of(session))

    def _is_archived(self, occasion: Occasion, map_id: str) -> bool:
        return any(summary.id == map_id and summary.archived for summary in occasion.shelf)

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
                    transaction.owners.touch(person.id, now)
                    if transaction.outbox.lost_question(person.id):
                        self.ask_again(transaction, person.id, now)
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
        question = with_zones(self._interview.ask(session, place.journey_map, occasion), session)
        catalog = self._outbound.messages.catalogs[session.language]
        event = resolved(
            event,
            question,
            lambda option: self._outbound.messages.label(option, session.language),
            catalog,
            beneath=self._interview.beneath(session, place.journey_map, occasion),
            takes_words=takes_words(session.screen),
        )
        if event != happened.event and needs_shelf(session, event):  # words turned out to be such a button
            occasion = self._occasion(transaction, place, replace(happened, event=event), now)
        earlier = None
        option = event.option if isinstance(event, Chose) else ""
        if option == UNDO and (earlier := self._earlier(transaction, place)):
            occasion = replace(occasion, earlier=earlier.journey_map)
        latest = latest_of(transaction, session, option, occasion.versions)
        occasion = replace(occasion, latest=latest)
        turn = self._interview.advance(session, place.journey_map, event, occasion)
        transaction.inbox.done(row.update_id, now)
        erases = any(isinstance(request, BeginAfresh) for request in turn.requests)
        if erases:
            transaction.owners.begin_afresh(
                owner_id,
                dump_session(turn.session),
                revision=turn.session.revision,
                question_message_id=place.row.question_message_id,
                now=now,
            )
        else:
            self._save(transaction, place, turn, now, earlier=earlier)
            self._fulfilment.fulfil(transaction, turn, now)
        language = turn.session.language
        asks = self._asking(transaction, place)
        voice = self._voice(turn.session)
        tapped = _edited(place.session, happened, asks)
        replies = turn.replies
        if _is_silent(turn) and transaction.outbox.lost_question(owner_id):
            replies = (*replies, self._question(transaction, place, now))
        calls = voice.calls(replies, owner_id, language, tapped=tapped, asks=asks)
        transaction.outbox.put(owner_id, calls, now, None if erases else row.update_id)
        return After(
            query_id=happened.query_id,
            toast=self._outbound.toast(turn.replies, language),
            draws=any(
                isinstance(request, DrawPicture | ExportMap | CompareVersions | ShowShared)
                for request in turn.requests
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
        if stored is None:
            return _Place(row, session, None)
        return _Place(row, session, stored_map(stored.document), stored.earlier_changed)

    def _question(self, transaction: Transaction, place: _Place, now: datetime) -> Question:
        session = place.session
        occasion = self._with_shelf(transaction, session, self._fresh(transaction, place, now))
        if session.picked:
            occasion = self._opening(transaction, session, session.picked, occasion)
        return self._interview.ask(session, place.journey_map, occasion)

    def _occasion(
        self, transaction: Transaction, place: _Place, happened: Happened, now: datetime
    ) -> Occasion:
        occasion = self._fresh(transaction, place, now)
        occasion = replace(occasion, shared=shared_by(transaction, happened.event, happened.person.id, now))
        if needs_shelf(place.session, happened.event):
            occasion = self._with_shelf(transaction, place.session, occasion)
        option = happened.event.option if isinstance(happened.event, Chose) else ""
        wanted = option if asks_for_map(option) else place.session.picked
        return self._opening(transaction, place.session, wanted, occasion) if wanted else occasion

    def _fresh(self, transaction: Transaction, place: _Place, now: datetime) -> Occasion:
        """Return the occasion with what is new, and what is known of the open map and the picked one."""
        owner_id, open_map = place.session.owner, place.session.map_id
        return Occasion(
            now,
            secrets.token_urlsafe(MAP_ID_BYTES),
            earlier_changed=place.earlier_changed,
            versions=versions_of(transaction, owner_id, open_map),
            shares=shares_of(transaction, owner_id, now, open_map, place.session.picked),
            fresh_token=fresh_token(),
            address=address_of(self._bot),
        )

    def _with_shelf(self, transaction: Transaction, session: Session, occasion: Occasion) -> Occasion:
        """Return the occasion with the owner's maps, the deleted ones too."""
        messages = self._outbound.messages
        shelf = shelf_of(transaction, session, messages)
        return replace(occasion, shelf=shelf, deleted=deleted_of(transaction, session, messages))

    def _earlier(self, transaction: Transaction, place: _Place) -> StoredMap | None:
        """Return the open map one step back."""
        if place.session.map_id is None:
            return None
        document = transaction.maps.earlier(place.session.map_id, place.session.owner)
        return stored_map(document) if document else None

    def _opening(
        self, transaction: Transaction, session: Session, option: str, occasion: Occasion
    ) -> Occasion:
        """Return the occasion with the map an option asks for, if it is this owner's, and its versions."""
        stored = asked_map(transaction, session.owner, option)
        if stored is None:
            return occasion
        return replace(
            occasion,
            opened=read_stored(stored.document),
            opened_earlier=stored.earlier_changed,
            versions=versions_of(transaction, session.owner, session.map_id, stored.map_id),
        )

    def _save(
        self, transaction: Transaction, place: _Place, turn: Turn, now: datetime, *, earlier: StoredMap | None
    ) -> None:
        """Save what a turn changed; ``earlier`` is the map one step back, when that step was asked for."""
        owner_id, journey_map = turn.session.owner, turn.journey_map
        if turn.session != place.session:
            changed = session_of(turn.session, stored=place.row.session, read=place.session)
            transaction.owners.save(owner_id, changed, expected=place.row.revision, now=now)
        else:
            transaction.owners.touch(owner_id, now)
        if journey_map is not None and any(isinstance(one, KeepEarlier) for one in turn.requests):
            transaction.maps.set_aside(journey_map.id, owner_id)
        if journey_map is not None and journey_map != place.journey_map:
            _save_map(transaction, owner_id, journey_map, earlier or place.stored, now)
        if place.row.blocked is not None:
            transaction.owners.unblock(owner_id)

    def _answer_group(self, transaction: Transaction, row: InboxRow, spoken: InGroup, now: datetime) -> After:
        """Say kindly that the interview is a private matter, with a link to the private chat."""
        language = spoken.person.language or self._default_language
        link = f"https://t.me/{self._bot.username}?start=group"
        html = self._outbound.messages.catalogs[language].html("trouble.group", link=link)
        calls = [message_call(spoken.chat_id, Message(html))]
        transaction.outbox.put(spoken.chat_id, calls, now, row.update_id)
        return After(query_id=spoken.query_id)


def _save_map(
    transaction: Transaction, owner_id: int, journey_map: JourneyMap, over: StoredMap | None, now: datetime
) -> None:
    """Save the open map over what is stored of it; one that was only opened stays as it is."""
    if over is None or over.journey_map.id != journey_map.id:
        row = kept_map(transaction, owner_id, journey_map.id)
        over = stored_map(row.document) if row else None
        if over is not None and over.journey_map == journey_map:
            return
    transaction.maps.save(owner_id, document_of(journey_map, over), now)


def _edited(session: Session, happened: Happened, asks: int | str) -> int | str | None:
    """Return the message that the next question may be edited into, None for a new message.

    That is the one whose button was tapped. An album or a forwarded chat comes in pieces that stand above the
    question about the first of them: for the others that question is edited, and not asked anew each time.
    """
    event = happened.event
    if not isinstance(event, Sent) or session.side not in EVIDENCE_SCREENS:
        return happened.tapped
    below = asks == QUESTION or (isinstance(asks, int) and asks > event.message_id)
    return asks if below else None


def _is_silent(turn: Turn) -> bool:
    """Tell whether a turn leaves the question that stands in the chat as it is."""
    return not any(isinstance(reply, Question) for reply in turn.replies)
