"""Owners on the way of a monthly check-in."""

from conversations.requests import RemindAt
from conversations.schedule import Reminder, ReminderKind
from tests.conversations.owner import Owner

MONTHLY = ReminderKind.CHECK_IN


def monthly(owner: Owner) -> tuple[Reminder, ...]:
    """Return the check-ins that the last turn asks to be reminded of."""
    reminders = (request.reminder for request in owner.requests if isinstance(request, RemindAt))
    return tuple(reminder for reminder in reminders if reminder.kind is MONTHLY)


def taps(owner: Owner, *scores: int) -> None:
    """Tap a face for each stage."""
    owner.chooses(*(f"felt.{score}" for score in scores))


def who_checks(start: str) -> Owner:
    """Return an owner at the first stage of a check-in, at its question for complaints, or invited to it."""
    owner = Owner.finished()
    owner.chooses("check_in_yes")
    if start == "invited":
        owner.is_reminded(Reminder(ReminderKind.CHECK_IN, owner.occasion.now, owner.the_map.id))
        return owner
    owner.chooses("check_in_menu", "check_now")
    if start == "complaint":
        owner.chooses(*["felt.2"] * len(owner.the_map.stages))
    return owner
