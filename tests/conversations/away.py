"""What holds for reminders, whatever else an owner does: a part of the conversation."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from conversations.acting import returned
from conversations.commands import Command
from conversations.events import Reminded
from conversations.reminders import APART, MOST_UNANSWERED, QUIET, shut
from conversations.requests import RemindAt
from conversations.schedule import WAKING_HOURS, Reminder, Zone
from conversations.session import Session
from conversations.turns import Turn
from journey.model import JourneyMap
from journey.presets import Preset
from tests.conversations.editing import Editing
from tests.conversations.owner import MORNING, Owner
from tests.conversations.promises import check_turn, stored_map, stored_session


def due_of(owner: Owner) -> list[Reminder]:
    """Return the reminders that are due now, the longest due first."""
    now = MORNING + timedelta(minutes=owner.minutes)
    found = (reminder for reminder in owner.waiting.values() if reminder.due <= now)
    return sorted(found, key=lambda reminder: (reminder.due, reminder.kind, reminder.map_id or ""))


def reminded_of(owner: Owner, reminder: Reminder) -> Reminded:
    """Return what happens when the bot comes upon a reminder of this owner."""
    return Reminded(reminder, owner.seen, owner.unanswered, owner.reminded)


def is_away(owner: Owner, duration: timedelta) -> list[Turn]:
    """Let an owner do nothing for so long while the bot looks every hour; return what they were shown."""
    end = owner.minutes + int(duration / timedelta(minutes=1))
    shown = []
    while owner.minutes < end:
        owner.minutes = min(end, owner.minutes + 60)
        turns = [owner.does(reminded_of(owner, reminder)) for reminder in due_of(owner)]
        shown += [turn for turn in turns if turn.replies]
    return shown


def coming_back(start: str, preset: Preset) -> Owner:
    """Return an owner who was reminded of a map, or who decides what to be reminded of."""
    owner = Owner.at_stages("quick", preset)
    owner.chooses(owner.offered[0])
    if start == "reminded":
        is_away(owner, timedelta(days=2))
    else:
        owner.commands(Command.REMINDERS)
    return owner


def made_way(session: Session, journey_map: JourneyMap | None) -> Session:
    """Return the session after something that is no answer: a reminder makes way, and all else stays."""
    found = returned(shut(session), journey_map)
    return found if found == session else replace(found, revision=session.revision + 1)


def is_day(moment: datetime, zone: Zone | None) -> bool:
    """Tell whether the owner is awake, who may be anywhere in Indonesia unless they said where."""
    clocks = (zone,) if zone else tuple(Zone)
    return all(moment.astimezone(clock.clock).hour in WAKING_HOURS for clock in clocks)


class Away(Editing):
    """An owner who goes away for hours or days; the bot comes upon what is due."""

    @rule(hours=st.integers(1, 100))
    def goes_away(self, hours: int) -> None:
        """Be reminded at most once at a time: by day, at the same question, and never a third time."""
        self.owner.minutes += hours * 60
        shown = 0
        for reminder in due_of(self.owner):
            shown += self._comes_upon(reminder)
        assert shown <= 1

    def _comes_upon(self, reminder: Reminder) -> bool:
        owner = self.owner
        before, map_before, last = owner.session, owner.journey_map, owner.reminded
        event = reminded_of(owner, reminder)

        turn = owner.does(event)

        again = owner.interview.advance(stored_session(before), stored_map(map_before), event, owner.occasion)
        assert again == turn
        key = (reminder.kind, reminder.map_id, reminder.subject)
        assert key not in owner.waiting or owner.waiting[key].due > owner.occasion.now
        assert (turn.session.cell, turn.journey_map) == (before.cell, map_before)
        if not turn.replies:
            assert turn.session == before
            return False
        check_turn(turn, before)
        assert owner.unanswered <= MOST_UNANSWERED
        assert is_day(owner.occasion.now, before.reminding.zone)
        assert owner.occasion.now - owner.seen >= QUIET
        assert last is None or owner.occasion.now - last >= APART
        assert before.reminding.wants(reminder.kind)
        return True

    @invariant()
    def is_promised_one_reminder_of_a_thing(self) -> None:
        promised = [
            (request.reminder.kind, request.reminder.map_id, request.reminder.subject)
            for request in self.owner.requests
            if isinstance(request, RemindAt)
        ]
        assert len(promised) == len(set(promised))
