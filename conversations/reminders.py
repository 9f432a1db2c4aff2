"""Reminders: when one is due, whether it is still wanted, and the screen it shows.

Nobody is reminded at night, in the middle of a conversation, twice a day, or a third time without an answer.
A reminder is a screen beside the question, which waits unchanged: whatever else the owner does than tap its
buttons goes to that question.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType

from conversations import checkin, checkin_screens
from conversations.asides import is_untouched
from conversations.blocks import MAP_PREFIX
from conversations.events import Chose, Event, MapSummary, Occasion, Reminded
from conversations.replies import Key, Option, Parameter, Question
from conversations.requests import ForgetReminder, RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, awake
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.model import JourneyMap, Status

FIRST_AFTER = timedelta(days=1)
"""How long a half-finished map rests before its owner is reminded."""
SECOND_AFTER = timedelta(days=3)
"""How long after the first reminder the second and last one comes: about four days in all."""
MOST_OF_A_MAP = 2
MOST_UNANSWERED = 2
"""After so many reminders without a sign of life there is silence."""
QUIET = timedelta(hours=1)
"""Whoever was here this recently is not interrupted."""
APART = timedelta(hours=20)
"""How far two reminders of any kind are apart: about one a day."""
WAIT_FOR_A_SIGN = timedelta(days=7)
STOP = "stop_reminding"

_SCREENS: Mapping[ReminderKind, StepId] = MappingProxyType(
    {ReminderKind.UNFINISHED: StepId.NUDGE, ReminderKind.CHECK_IN: StepId.CHECK_IN_DUE}
)
SCREENS = frozenset(_SCREENS.values())
_BUSY = frozenset({StepId.LEAVING, StepId.RETENTION, StepId.IMPORT})
"""Screens that no reminder may take the place of."""


def came(
    session: Session, journey_map: JourneyMap | None, event: Reminded, occasion: Occasion, clock: tzinfo
) -> Outcome:
    """Show a reminder whose time has come, put it off, or forget one that nobody needs any more."""
    reminder = event.reminder
    screen = _SCREENS.get(reminder.kind)
    if _rests(reminder, occasion):
        put_off = RemindAt(replace(reminder, due=awake(occasion.now + checkin.MONTH, clock)))
        return Outcome(session, journey_map, requests=(put_off,), asks=False)
    if screen is None or not session.reminding.wants(reminder.kind) or not _stands(reminder, occasion):
        return Outcome(session, journey_map, requests=(forget(reminder),), asks=False)
    later = _better_time(session, event, occasion.now, clock)
    if later is not None:
        put_off = RemindAt(replace(reminder, due=later))
        return Outcome(session, journey_map, requests=(put_off,), asks=False)
    shown = replace(beside(session, screen), reminder=reminder)
    return Outcome(shown, journey_map, requests=(_following(reminder, occasion.now, clock),))


def heard(session: Session, event: Event) -> Session:
    """Return the session of an owner who does something else than the reminder on the screen asks for."""
    if session.side not in SCREENS or isinstance(event, Chose):
        return session
    return replace(session, side=None, reminder=None)


def scheduled(
    before: JourneyMap | None, after: JourneyMap | None, occasion: Occasion, clock: tzinfo
) -> tuple[Request, ...]:
    """Return what a turn changes in what the owner is to be reminded of.

    What the owner decides about suggestions is no work on the map.
    """
    if after is None or (before is not None and _standing(before) == _standing(after)):
        return ()
    unfinished = Reminder(ReminderKind.UNFINISHED, awake(occasion.now + FIRST_AFTER, clock), after.id)
    if after.status is Status.OPEN and not is_untouched(after):
        return (RemindAt(unfinished),)
    was_open = before is not None and before.id == after.id and before.status is Status.OPEN
    return (forget(unfinished),) if was_open else ()


def forget(reminder: Reminder) -> ForgetReminder:
    """Return the request to forget a reminder."""
    return ForgetReminder(reminder.kind, reminder.map_id, reminder.subject)


def nudge(session: Session, maps: tuple[MapSummary, ...]) -> Question:
    """Remind of a half-finished map in one line, with the way to it and the way to silence."""
    wanted = session.reminder.map_id if session.reminder else None
    found = next((summary for summary in maps if summary.id == wanted), None)
    speaks_of: dict[str, Parameter] = {
        "title": found.title if found else "",
        "stage": found.stage or "" if found else "",
        "number": found.stage_number if found else 0,
        "count": found.stage_count if found else 0,
    }
    return Question(
        key=Key("ask.nudge", speaks_of),
        revision=session.revision,
        options=(
            Option(f"{MAP_PREFIX}{wanted}", Key("button.go_on")),
            Option(STOP, Key("button.stop_reminding")),
        ),
    )


def chose(session: Session, journey_map: JourneyMap | None, option: str) -> Outcome:
    """Follow a button of a reminder that leads to no map."""
    reminder = session.reminder
    shut = replace(session, side=None, reminder=None)
    if option != STOP or reminder is None:
        lead = (Key("lead.check_in_later"),) if option == checkin_screens.LATER else ()
        return Outcome(shut, journey_map, lead=lead)
    told = Key("lead.reminding_stopped")
    return Outcome(
        replace(shut, reminding=session.reminding.with_no(reminder.kind)),
        journey_map,
        lead=(told,),
        requests=(forget(reminder),),
    )


def _stands(reminder: Reminder, occasion: Occasion) -> bool:
    """Tell whether there is still something to be reminded of."""
    about = occasion.opened
    match reminder.kind:
        case ReminderKind.UNFINISHED:
            return about is not None and about.status is Status.OPEN and reminder.count < MOST_OF_A_MAP
        case ReminderKind.CHECK_IN:
            return about is not None and about.status is Status.FINISHED
        case ReminderKind.ACTION | ReminderKind.SEASON:
            return False


def _standing(journey_map: JourneyMap) -> tuple[str, datetime, Status]:
    return journey_map.id, journey_map.changed, journey_map.status


def _rests(reminder: Reminder, occasion: Occasion) -> bool:
    """Tell whether a check-in is about a map in the archive: out of there it is wanted again."""
    away = {summary.id for summary in occasion.shelf if summary.archived}
    return reminder.kind is ReminderKind.CHECK_IN and reminder.map_id in away


def _better_time(session: Session, event: Reminded, now: datetime, clock: tzinfo) -> datetime | None:
    """Return when to try again, None when now is as good a time as any."""
    if event.unanswered >= MOST_UNANSWERED:
        return awake(now + WAIT_FOR_A_SIGN, clock)
    if session.side in _BUSY:
        return awake(now + FIRST_AFTER, clock)
    earliest = max(event.seen + QUIET, event.last + APART if event.last else now)
    better = awake(max(now, earliest), clock)
    return better if better > now else None


def _following(reminder: Reminder, now: datetime, clock: tzinfo) -> Request:
    """Return what comes after a reminder that is shown now."""
    match reminder.kind:
        case ReminderKind.UNFINISHED if reminder.count + 1 < MOST_OF_A_MAP:
            due = awake(now + SECOND_AFTER, clock)
            return RemindAt(replace(reminder, due=due, count=reminder.count + 1))
        case ReminderKind.CHECK_IN:
            due = awake(now + checkin.MONTH, clock)
            return RemindAt(replace(reminder, due=due, count=reminder.count + 1))
        case _:
            return forget(reminder)
