"""Reminding of busy seasons: asked for once, ten days ahead of each, and silent after a no.

One row is kept for an owner: when to look at the calendar next. Which season it is then, the dates of that
day's release say: a forecast that was put right, or a season that was added, needs no row to be changed.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from conversations.acting import Present
from conversations.events import Occasion, Reminded
from conversations.reminders import better_time, forget
from conversations.replies import Key, Option, Parameter, Question
from conversations.requests import RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, awake
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey.model import JourneyMap
from journey.seasons import Seasons, coming, next_to_announce

YES, NO = "season_yes", "season_no"
ANSWERS = (YES, NO)
IN_THE_MORNING = time(9)
LOOK_AGAIN = timedelta(days=30)
"""How long to wait when no further date is known: the next release may know one."""
SOON = timedelta(days=45)
"""A season this near makes the question whether to be reminded one about something."""


def came(
    session: Session,
    journey_map: JourneyMap | None,
    event: Reminded,
    occasion: Occasion,
    *,
    seasons: Seasons,
    clock: tzinfo,
) -> Outcome:
    """Show the season that comes; without one, or for somebody without a map at hand, look again later."""
    if not session.reminding.wants(ReminderKind.SEASON):
        return Outcome(session, journey_map, requests=(forget(event.reminder),), asks=False)
    following = _next(occasion.now, seasons, clock)
    near = coming(occasion.now.astimezone(clock).date(), seasons)
    if not near or all(summary.archived for summary in occasion.shelf):
        return Outcome(session, journey_map, requests=(following,), asks=False)
    later = better_time(session, event, occasion.now, clock)
    if later is not None:
        put_off = RemindAt(replace(event.reminder, due=later))
        return Outcome(session, journey_map, requests=(put_off,), asks=False)
    shown = beside(session, StepId.SEASON_COMES)
    return Outcome(
        replace(shown, season=near[-1].id, reminder=event.reminder), journey_map, requests=(following,)
    )


def scheduled(
    before: Session, after: Session, occasion: Occasion, *, seasons: Seasons, clock: tzinfo
) -> tuple[Request, ...]:
    """Return what follows from what the owner said in a turn about being reminded, wherever they said it."""
    wanted, wants = (found.reminding.wants(ReminderKind.SEASON) for found in (before, after))
    if wants and (not wanted or before.reminding.zone is not after.reminding.zone):
        return (_next(occasion.now, seasons, clock),)
    if wanted and not wants:
        return (forget(Reminder(ReminderKind.SEASON, occasion.now)),)
    return ()


def with_offer(question: Question, session: Session, seasons: Seasons, today: date) -> Question:
    """Return the question with one thing more asked below, once: whether to remind of the season to come.

    Only when a season is near on the owner's day, and nothing else is asked below.
    """
    near = coming(today, seasons, SOON)
    decided = session.reminding.is_decided(ReminderKind.SEASON)
    if decided or not near or question.aside is not None:
        return question
    name = seasons.name(near[0], session.language)
    return replace(
        question,
        aside=Key("season.offer", {"name": name}),
        controls=(
            *question.controls,
            Option(YES, Key("button.season_yes")),
            Option(NO, Key("button.season_no")),
        ),
    )


def answered(session: Session, journey_map: JourneyMap | None, option: str, present: Present) -> Outcome:
    """Take a yes or a no to being reminded; a yes is told which one comes, and which is too near for it."""
    if option == NO:
        left = replace(session, reminding=session.reminding.with_no(ReminderKind.SEASON), reminder=None)
        return Outcome(left, journey_map, lead=(Key("lead.season_no"),))
    said = replace(session, reminding=session.reminding.with_yes(ReminderKind.SEASON), reminder=None)
    seasons = present.shelf.seasons
    following, near = next_to_announce(present.today, seasons), coming(present.today, seasons)
    names: dict[str, Parameter] = {
        "name": seasons.name(following, session.language) if following else "",
        "near": seasons.name(near[0], session.language) if near else "",
    }
    return Outcome(said, journey_map, lead=(Key("lead.season_yes", names),))


def _next(now: datetime, seasons: Seasons, clock: tzinfo) -> RemindAt:
    """Return the request to look on the morning of the next day on which it is time to get ready."""
    found = next_to_announce(now.astimezone(clock).date(), seasons)
    if found is None:
        return RemindAt(Reminder(ReminderKind.SEASON, awake(now + LOOK_AGAIN, clock)))
    morning = datetime.combine(found.ready_from, IN_THE_MORNING, clock)
    return RemindAt(Reminder(ReminderKind.SEASON, morning.astimezone(UTC)))
