"""Reminders: when one is due, whether it is still wanted, and the screen it shows.

Nobody is reminded at night, in the middle of a conversation, twice a day, or a third time without an answer.
A reminder is a screen beside the question, which waits unchanged: whatever else the owner does than tap its
buttons goes to that question.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType

from conversations import checkin, checkin_screens, due
from conversations.asides import is_untouched
from conversations.blocks import MAP_PREFIX, STOP
from conversations.events import Chose, Courtesy, Event, Greeted, MapSummary, Occasion, Reminded
from conversations.replies import Key, Option, Parameter, Question
from conversations.requests import ForgetReminder, RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, awake, when_awake
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

_SCREENS: Mapping[ReminderKind, StepId] = MappingProxyType(
    {
        ReminderKind.UNFINISHED: StepId.NUDGE,
        ReminderKind.ACTION: StepId.ACTION_DUE,
        ReminderKind.CHECK_IN: StepId.CHECK_IN_DUE,
        ReminderKind.SEASON: StepId.SEASON_COMES,
    }
)
SCREENS = frozenset(_SCREENS.values())
_BUSY = frozenset({StepId.LEAVING, StepId.RETENTION, StepId.IMPORT})
"""Screens that no reminder may take the place of."""


def came(
    session: Session, journey_map: JourneyMap | None, event: Reminded, occasion: Occasion, clock: tzinfo
) -> Outcome:
    """Show a reminder whose time has come, put it off, or forget one that nobody needs any more."""
    reminder = event.reminder
    if _rests(reminder, occasion):
        put_off = RemindAt(replace(reminder, due=awake(occasion.now + checkin.MONTH, clock)))
        return Outcome(session, journey_map, requests=(put_off,), asks=False)
    if not session.reminding.wants(reminder.kind) or not _stands(reminder, occasion, clock):
        return Outcome(session, journey_map, requests=(forget(reminder),), asks=False)
    later = better_time(session, event, occasion.now, clock)
    if later is not None:
        put_off = RemindAt(replace(reminder, due=later))
        return Outcome(session, journey_map, requests=(put_off,), asks=False)
    return Outcome(
        _shown(session, reminder),
        journey_map,
        requests=_following(reminder, occasion, clock),
    )


def heard(session: Session, event: Event, question: Question, beneath: Question) -> Session:
    """Return the session of an owner who does something else than the reminder on the screen asks for.

    A tap can only be meant for ``question``, which reminds; a typed label may be one of the question beneath.
    What wasn't understood leaves it on the screen.
    """
    if isinstance(event, Greeted) and event.courtesy is Courtesy.UNHEARD:
        return session
    if not isinstance(event, Chose):
        return shut(session)
    meant_for_it = event.revision is not None or event.option in _offered(question)
    return session if meant_for_it or event.option not in _offered(beneath) else shut(session)


def shut(session: Session) -> Session:
    """Return the session without a reminder before the question."""
    return replace(session, side=None, reminder=None, picked=None) if session.side in SCREENS else session


def fits(session: Session) -> bool:
    """Tell whether the reminder on the screen is of the kind that the screen speaks of."""
    reminder = session.reminder
    return reminder is not None and _SCREENS[reminder.kind] is session.side


def scheduled(
    before: JourneyMap | None, after: JourneyMap | None, occasion: Occasion, clock: tzinfo
) -> tuple[Request, ...]:
    """Return what a turn changes in what the owner is to be reminded of."""
    if after is None or after == before:
        return ()
    return (
        *_half_way(before, after, occasion, clock),
        *due.scheduled(before, after, occasion, clock),
    )


def _half_way(
    before: JourneyMap | None, after: JourneyMap, occasion: Occasion, clock: tzinfo
) -> tuple[Request, ...]:
    """Return what a turn changes in the reminder of a half-finished map.

    A map that is only looked at is no reason to begin counting anew, nor is a decision about suggestions.
    """
    if not _is_worked_on(before, after, occasion):
        return ()
    unfinished = _unfinished(after, occasion, clock)
    if _is_under_way(after):
        return (RemindAt(unfinished),)
    was_open = before is not None and before.id == after.id and before.status is Status.OPEN
    return (forget(unfinished),) if was_open else ()


def wished(
    kind: ReminderKind, journey_map: JourneyMap | None, occasion: Occasion, clock: tzinfo
) -> tuple[Request, ...]:
    """Return what is to be remembered from now on when an owner wants to be reminded of a kind again."""
    match kind:
        case ReminderKind.UNFINISHED if journey_map is not None and _is_under_way(journey_map):
            return (RemindAt(_unfinished(journey_map, occasion, clock)),)
        case ReminderKind.CHECK_IN:
            return tuple(checkin.wanted(journey_map, occasion, clock))
        case ReminderKind.ACTION if journey_map is not None:
            return due.scheduled(None, journey_map, occasion, clock)
        case ReminderKind.UNFINISHED | ReminderKind.ACTION | ReminderKind.SEASON:
            return ()  # of seasons ``announcing`` sees by itself that they are wanted


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
        "complete": found.complete if found else False,
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
    if option != STOP or reminder is None:
        lead = (Key("lead.check_in_later"),) if option == checkin_screens.LATER else ()
        return Outcome(shut(session), journey_map, lead=lead)
    return Outcome(
        replace(shut(session), reminding=session.reminding.with_no(reminder.kind)),
        journey_map,
        lead=(Key("lead.reminding_stopped"),),
        requests=(forget(reminder),),
    )


def better_time(session: Session, event: Reminded, now: datetime, clock: tzinfo) -> datetime | None:
    """Return when to try again, None when now is as good a time as any."""
    if event.unanswered >= MOST_UNANSWERED:
        return when_awake(session.reminding, now + WAIT_FOR_A_SIGN, clock)
    if session.side in _BUSY:
        return when_awake(session.reminding, now + FIRST_AFTER, clock)
    earliest = max(event.seen + QUIET, event.last + APART if event.last else now)
    better = when_awake(session.reminding, max(now, earliest), clock)
    return better if better > now else None


def _offered(question: Question) -> set[str]:
    return {option.id for option in (*question.options, *question.controls)}


def _unfinished(journey_map: JourneyMap, occasion: Occasion, clock: tzinfo) -> Reminder:
    return Reminder(ReminderKind.UNFINISHED, awake(occasion.now + FIRST_AFTER, clock), journey_map.id)


def _is_under_way(journey_map: JourneyMap) -> bool:
    return journey_map.status is Status.OPEN and not is_untouched(journey_map)


def _is_worked_on(before: JourneyMap | None, after: JourneyMap, occasion: Occasion) -> bool:
    """Tell whether the owner changed what the map says, began it, or got it back from where it was put."""
    if before is not None and before.id == after.id:
        return (before.changed, before.status) != (after.changed, after.status)
    away = {summary.id for summary in occasion.shelf if summary.archived}
    deleted = {found.id for found in occasion.deleted}
    return after.id == occasion.fresh_id or after.id in away | deleted


def _shown(session: Session, reminder: Reminder) -> Session:
    if reminder.kind is ReminderKind.ACTION:
        return due.shown(session, reminder)
    return replace(beside(session, _SCREENS[reminder.kind]), reminder=reminder)


def _stands(reminder: Reminder, occasion: Occasion, clock: tzinfo) -> bool:
    """Tell whether there is still something to be reminded of."""
    about = occasion.opened
    match reminder.kind:
        case ReminderKind.UNFINISHED:
            return about is not None and about.status is Status.OPEN and reminder.count < MOST_OF_A_MAP
        case ReminderKind.ACTION:
            return due.stands(reminder, occasion, clock)
        case ReminderKind.CHECK_IN:
            return about is not None and about.status is Status.FINISHED
        case ReminderKind.SEASON:
            return False


def _rests(reminder: Reminder, occasion: Occasion) -> bool:
    """Tell whether a check-in is about a map in the archive: out of there it is wanted again."""
    away = {summary.id for summary in occasion.shelf if summary.archived}
    return reminder.kind is ReminderKind.CHECK_IN and reminder.map_id in away


def _following(reminder: Reminder, occasion: Occasion, clock: tzinfo) -> tuple[Request, ...]:
    """Return what comes after a reminder that is shown now."""
    match reminder.kind:
        case ReminderKind.UNFINISHED if reminder.count + 1 < MOST_OF_A_MAP:
            second = awake(occasion.now + SECOND_AFTER, clock)
            return (RemindAt(replace(reminder, due=second, count=reminder.count + 1)),)
        case ReminderKind.CHECK_IN:
            next_month = awake(occasion.now + checkin.MONTH, clock)
            return (RemindAt(replace(reminder, due=next_month, count=reminder.count + 1)),)
        case ReminderKind.ACTION:
            return due.told(reminder, occasion, clock)
        case ReminderKind.UNFINISHED | ReminderKind.SEASON:
            return (forget(reminder),)
