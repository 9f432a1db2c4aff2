"""What the interview asks the edge for, done in the transaction of the turn that asks for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.documents import document_of, stored_map
from bot.evidence import attend_to_evidence
from bot.histories import comparison_wish
from bot.outbound import Outbound, message_call
from bot.reminding import reminder_row
from bot.shares import fulfil_share
from bot.takeout import put_takeout
from bot.wishes import Wish, put_wish
from conversations.requests import (
    ArchiveMap,
    BeginAfresh,
    CompareVersions,
    CountOpening,
    DrawPicture,
    DropEvidence,
    EraseMap,
    EraseOwner,
    ExportMap,
    ForgetReminder,
    HideNumbers,
    KeepAnswer,
    KeepEarlier,
    KeepEvidence,
    KeepFeedback,
    KeepOwner,
    KeepUnmatched,
    KeepVersion,
    RemindAt,
    Request,
    RestoreMap,
    RevokeShare,
    SaveMap,
    ShareMap,
    ShowEvidence,
    ShowShared,
    TakeOut,
)
from conversations.turns import Turn
from journey.document import read_stored
from journey.model import JourneyMap, Language
from journey.private_numbers import map_without_numbers, without_numbers
from renderers.messages import Message
from storage.records import AnswerRow, JsonValue
from storage.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """Fulfils requests; feedback goes to the ``operator``'s chat too, in the operator's language."""

    outbound: Outbound
    operator: int | None
    operator_language: Language

    def fulfil(self, transaction: Transaction, turn: Turn, now: datetime) -> None:
        """Do what the interview asked the edge for."""
        # A version kept in this turn still has the numbers that are to be hidden.
        for request in sorted(turn.requests, key=lambda one: isinstance(one, HideNumbers)):
            self._fulfil_one(transaction, turn, request, now)

    def _fulfil_one(self, transaction: Transaction, turn: Turn, request: Request, now: datetime) -> None:
        owner_id = turn.session.owner
        match request:
            case DrawPicture() | ExportMap() | CompareVersions() | TakeOut():
                self._send(transaction, turn, request, now)
            case KeepAnswer() | KeepFeedback() | KeepUnmatched() | KeepVersion() | SaveMap() | ArchiveMap():
                self._keep(transaction, turn, request, now)
            case EraseMap() | RestoreMap() | EraseOwner() | KeepOwner() | HideNumbers():
                _erase(transaction, owner_id, request)
            case KeepEvidence() | ShowEvidence() | DropEvidence():
                catalog = self.outbound.messages.catalogs[turn.session.language]
                attend_to_evidence(transaction, owner_id, request, catalog, now)
                if isinstance(request, DropEvidence) and turn.journey_map is not None:
                    transaction.maps.forget_earlier(turn.journey_map.id, owner_id)
            case RemindAt(reminder=reminder):
                transaction.reminders.put(reminder_row(owner_id, reminder))
            case ForgetReminder(kind=kind, map_id=map_id, subject=subject):
                transaction.reminders.forget(owner_id, kind, map_id or "", subject)
            case ShareMap() | RevokeShare() | CountOpening() | ShowShared():
                fulfil_share(transaction, turn.session, request, now)
            case BeginAfresh() | KeepEarlier():  # done with the saving of the turn
                pass

    def _send(
        self,
        transaction: Transaction,
        turn: Turn,
        request: DrawPicture | ExportMap | CompareVersions | TakeOut,
        now: datetime,
    ) -> None:
        """Queue what is to be drawn or packed, or at once what needs neither."""
        owner_id, language = turn.session.owner, turn.session.language
        zone = turn.session.reminding.zone
        match request:
            case DrawPicture(drawing=drawing, journey_map=journey_map):
                put_wish(transaction, owner_id, Wish(drawing, language, journey_map, zone=zone), now)
            case ExportMap(file=file, journey_map=journey_map):
                put_wish(transaction, owner_id, Wish(file, language, journey_map), now)
            case CompareVersions():
                compared = comparison_wish(transaction, owner_id, request, language, self.outbound.knowledge)
                if compared is not None:
                    put_wish(transaction, owner_id, replace(compared, zone=zone), now)
            case TakeOut():
                put_takeout(transaction, owner_id, self.outbound.messages.catalogs[language], now)

    def _keep(
        self,
        transaction: Transaction,
        turn: Turn,
        request: KeepAnswer | KeepFeedback | KeepUnmatched | KeepVersion | SaveMap | ArchiveMap,
        now: datetime,
    ) -> None:
        """Keep what the turn leaves beside the session and the open map."""
        owner_id = turn.session.owner
        match request:
            case KeepAnswer(step=step, stage=stage, value=value):
                answer = AnswerRow(owner_id, turn.session.map_id, step, stage, list(value), now)
                transaction.answers.add((answer,))
            case KeepFeedback(text=text):
                transaction.feedback.add(owner_id, text, now)
                self._tell_operator(transaction, owner_id, turn.session.language, text, now)
            case KeepUnmatched(words=words, language=language, phase=phase, business=business):
                transaction.unmatched.keep(
                    words, now, language=language, phase=phase, business=business or ""
                )
            case KeepVersion(number=number, journey_map=journey_map):
                stored = transaction.maps.load(journey_map.id, owner_id)
                document = document_of(journey_map, stored_map(stored.document) if stored else None)
                transaction.versions.keep(owner_id, number, document, journey_map.finished or now)
            case SaveMap(journey_map=changed):
                transaction.maps.set_aside(changed.id, owner_id)
                stored = transaction.maps.load(changed.id, owner_id)
                if stored is not None:
                    transaction.maps.save(owner_id, _changed(stored.document, changed), now)
            case ArchiveMap(map_id=map_id, archived=archived):
                transaction.maps.archive(map_id, owner_id, now if archived else None)

    def _tell_operator(
        self, transaction: Transaction, owner_id: int, language: Language, text: str, now: datetime
    ) -> None:
        if self.operator is None:
            return
        catalog = self.outbound.messages.catalogs[self.operator_language]
        html = catalog.html("operator.feedback", owner=owner_id, language=language, text=text)
        transaction.outbox.put(self.operator, [message_call(self.operator, Message(html))], now)


def _erase(
    transaction: Transaction,
    owner_id: int,
    request: EraseMap | RestoreMap | EraseOwner | KeepOwner | HideNumbers,
) -> None:
    """Put away what the owner doesn't want to be kept, or bring it back."""
    match request:
        case EraseMap(map_id=map_id, after=after):
            transaction.maps.delete(map_id, owner_id, after)
        case RestoreMap(map_id=map_id):
            transaction.maps.restore(map_id, owner_id)
        case EraseOwner(after=after):
            transaction.owners.leave(owner_id, after)
            transaction.jobs.drop_all(owner_id)  # a picture that came now would speak of what is gone
        case KeepOwner():
            transaction.owners.stay(owner_id)
        case HideNumbers(map_id=map_id, numbers=numbers):
            transaction.answers.respell(map_id, owner_id, lambda value: _hidden(value, numbers))
            transaction.maps.forget_earlier(map_id, owner_id)
            transaction.versions.respell(map_id, owner_id, lambda kept: _without(kept, numbers))


def _without(document: Mapping[str, JsonValue], numbers: tuple[str, ...]) -> Mapping[str, JsonValue]:
    return _changed(document, map_without_numbers(read_stored(document), numbers))


def _changed(document: Mapping[str, JsonValue], changed: JourneyMap) -> Mapping[str, JsonValue]:
    """Return the stored document of a map that was changed."""
    return document_of(changed, stored_map(document))


def _hidden(value: JsonValue, numbers: tuple[str, ...]) -> JsonValue:
    """Return the value of an answer with … in place of the numbers."""
    match value:
        case str():
            return without_numbers(value, numbers)
        case list():
            return [_hidden(item, numbers) for item in value]
        case _:
            return value
