"""Owners on some day, those who want to be reminded of busy seasons, and the days that pass until one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from conversations.announcing import YES
from conversations.events import Reminded
from conversations.replies import Key
from conversations.requests import RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, Zone
from conversations.turns import Turn
from tests.conversations.owner import MORNING, Owner

WIB = timezone(timedelta(hours=7))
A_MINUTE = timedelta(minutes=1)


def finished_on(day: str, clock: time = time(9)) -> Owner:
    """Return an owner of a finished map, at nine in the morning of that day in Jakarta or at another time."""
    owner = Owner.finished()
    decided = owner.session.reminding.with_no(ReminderKind.CHECK_IN)  # asked before, and one at a time
    owner.session = replace(owner.session, reminding=decided)
    moment = datetime.combine(date.fromisoformat(day), clock, WIB)
    owner.minutes = int((moment - MORNING) / A_MINUTE) - 1  # what is done next is a minute later
    owner.replies = ()
    return owner


def who_wants(day: str, zone: Zone | None = None) -> tuple[Owner, Reminder]:
    """Return an owner who said yes on that day, and the reminder that is kept."""
    owner = finished_on(day)
    owner.session = replace(owner.session, reminding=replace(owner.session.reminding, zone=zone))
    owner.chooses("drafts", "seasons", YES)
    return owner, reminder_in(owner.requests)


def reminder_in(requests: Iterable[Request]) -> Reminder:
    """Return the one reminder that is asked for."""
    (found,) = (request.reminder for request in requests if isinstance(request, RemindAt))
    return found


def comes(
    owner: Owner, reminder: Reminder, *, unanswered: int = 0, seen: timedelta = timedelta(days=3)
) -> Reminder:
    """Let the time of the reminder come, and return the one that follows."""
    owner.minutes = int((reminder.due - MORNING) / A_MINUTE) - 1
    owner.does(Reminded(reminder, seen=reminder.due - seen, unanswered=unanswered))
    return reminder_in(owner.requests)


def season_comes(owner: Owner, days: int) -> Turn:
    """Let a reminder come some days later, whether it was kept or not; the owner wasn't here meanwhile."""
    owner.minutes += days * 24 * 60
    now = MORNING + (owner.minutes + 1) * A_MINUTE
    return owner.does(
        Reminded(Reminder(ReminderKind.SEASON, now.astimezone(UTC)), seen=now - timedelta(days=1))
    )


def spoken(owner: Owner) -> dict[str, object]:
    """Return what the question on the screen speaks of, below too."""
    asked = owner.question
    assert isinstance(asked.key, Key)
    return {**asked.key.parameters, **(asked.aside.parameters if asked.aside else {})}
