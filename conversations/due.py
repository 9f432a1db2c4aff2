"""The reminder of what is due: when it comes, what it lists, and what its buttons do."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from conversations import acting, shelving
from conversations.acting import Present
from conversations.blocks import BACK, LABEL, MAP_PREFIX
from conversations.events import MapSummary, Occasion
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question
from conversations.requests import ForgetReminder, RemindAt, Request
from conversations.schedule import Reminder, ReminderKind, awake
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, beside
from journey import plans
from journey.model import JourneyMap, Plan
from journey.titles import shortened

DONE, LATER, DROP = "due_done", "due_later", "due_drop"
_MORNING, _EVENING = time(9), time(19)
"""When a day's plans are asked about: in the morning, on the very day they were made in the evening."""
_SOONEST = timedelta(hours=1)
_Days = Mapping[date, frozenset[tuple[datetime, str | None]]]


def scheduled(
    before: JourneyMap | None, after: JourneyMap, occasion: Occasion, clock: tzinfo
) -> tuple[Request, ...]:
    """Return the reminders of days for which something new is planned, and forget days without any plan.

    A map that is opened or comes from a file has told of its days up to today, wherever it was.
    """
    today, new = occasion.now.astimezone(clock).date(), _days(after)
    if before is not None and before.id == after.id:
        old = _days(before)
    else:
        old = {day: planned for day, planned in new.items() if day <= today}
    gained = [day for day in sorted(new) if new[day] - old.get(day, frozenset())]
    lost = [day for day in sorted(old) if day not in new]
    return (
        *(RemindAt(_reminder(after.id, day, moment_of(day, occasion.now, clock))) for day in gained),
        *(_forgotten(after.id, day) for day in lost),
    )


def kept_again(journey_map: JourneyMap, occasion: Occasion, clock: tzinfo) -> tuple[RemindAt, ...]:
    """Return the reminders of a map's days that aren't over, today's too: it may have passed in silence."""
    today = occasion.now.astimezone(clock).date()
    return tuple(
        RemindAt(_reminder(journey_map.id, day, moment_of(day, occasion.now, clock)))
        for day in sorted(_days(journey_map))
        if day >= today
    )


def moment_of(day: date, now: datetime, clock: tzinfo) -> datetime:
    """Return when a day's plans are asked about, in UTC: the owner has an hour for them at least."""
    clock_time = _EVENING if day == now.astimezone(clock).date() else _MORNING
    planned = datetime.combine(day, clock_time, tzinfo=clock).astimezone(UTC)
    return awake(max(planned, now + _SOONEST), clock)


def stands(reminder: Reminder, occasion: Occasion, clock: tzinfo) -> bool:
    """Tell whether something is still planned for that day."""
    about = occasion.opened
    if about is None:
        return False
    today = occasion.now.astimezone(clock).date()
    return bool(acting.due_now(reminder, plans.planned(about), today))


def told(reminder: Reminder, occasion: Occasion, clock: tzinfo) -> tuple[Request, ...]:
    """Return what is forgotten when a reminder is shown: its own day, and the others it lists."""
    about, today = occasion.opened, occasion.now.astimezone(clock).date()
    listed = acting.due_now(reminder, plans.planned(about), today) if about else ()
    others = dict.fromkeys(plan.due.isoformat() for plan in listed if plan.due)
    subjects = dict.fromkeys((reminder.subject, *others))
    return tuple(ForgetReminder(reminder.kind, reminder.map_id, subject) for subject in subjects)


def shown(session: Session, reminder: Reminder) -> Session:
    """Return the session at the reminder; of another map than the open one, its map is at hand."""
    other = reminder.map_id if reminder.map_id != session.map_id else None
    return replace(beside(session, StepId.ACTION_DUE), reminder=reminder, picked=other)


def ask(
    session: Session,
    journey_map: JourneyMap | None,
    maps: tuple[MapSummary, ...],
    shelf: Shelf,
    today: date,
) -> Question:
    """List what is due, and ask whether the first of it is done."""
    listed, title = _listed(session, journey_map, maps, today), ""
    if session.reminder and session.reminder.map_id != session.map_id:
        title = next((one.title for one in maps if one.id == session.reminder.map_id), "")
    names = tuple(acting.name_of(plan, shelf, session.language) for plan in listed)
    buttons = {DONE: "button.did_it", LATER: "button.not_yet", DROP: "button.drop_plan"}
    return Question(
        key=Key(
            "ask.action_due",
            {"texts": names, "today": all(plan.due == today for plan in listed), "title": title},
        ),
        revision=session.revision,
        options=tuple(Option(option, Key(name)) for option, name in buttons.items()) if listed else (),
        controls=(Option(BACK, Key("button.back")),),
    )


def chose(session: Session, journey_map: JourneyMap | None, option: str, present: Present) -> Outcome:
    """Do what the owner says of the first plan on the list; a reminder of another map opens that one."""
    if option == BACK:
        return Outcome(acting.left(session), journey_map)
    turned = _turned_to(session, journey_map, present)
    if turned is None:
        return Outcome(acting.left(session), journey_map, toast=Key("toast.map_gone"))
    session, about = turned.session, turned.journey_map
    listed = _listed(session, about, (), present.today)
    if about is None or not listed:
        return replace(turned, session=acting.left(session))
    first = listed[0]
    match option:
        case _ if option == DONE:
            outcome = acting.carried_out(session, about, first, present.occasion, present.today)
        case _ if option == DROP:
            outcome = acting.dropped(session, about, first, present.today)
        case _:
            outcome = Outcome(acting.asking_day(session, about.plans.index(first)), about)
    requests = (*turned.requests, *outcome.requests)
    return replace(outcome, lead=(*turned.lead, *outcome.lead), requests=requests)


def closing(session: Session, maps: tuple[MapSummary, ...]) -> tuple[Option, ...]:
    """Return the button to the map that waits while a reminder of another one was answered."""
    found = next((one for one in maps if one.id == session.picked), None)
    if found is None or found.id == session.map_id:
        return ()
    title = shortened(found.title, LABEL - 10)
    return (Option(f"{MAP_PREFIX}{found.id}", Key("button.resume", {"title": title}), alone=True),)


def _turned_to(session: Session, journey_map: JourneyMap | None, present: Present) -> Outcome | None:
    """Open the map that the reminder is about; the one that was open waits. None when it is gone."""
    reminder, about = session.reminder, present.occasion.opened
    if reminder is None or reminder.map_id == session.map_id:
        return Outcome(session, journey_map)
    if about is None or about.id != reminder.map_id:
        return None
    opened = shelving.opened(session, about, present.shelf.knowledge, present.occasion)
    there = replace(opened.session, side=StepId.ACTION_DUE, reminder=reminder, picked=session.map_id)
    return replace(opened, session=there)


def _listed(
    session: Session, journey_map: JourneyMap | None, maps: tuple[MapSummary, ...], today: date
) -> tuple[Plan, ...]:
    wanted = session.reminder.map_id if session.reminder else None
    if journey_map is not None and journey_map.id == wanted:
        return acting.due_now(session.reminder, plans.planned(journey_map), today)
    planned = next((one.planned for one in maps if one.id == wanted), ())
    return acting.due_now(session.reminder, planned, today)


def _days(journey_map: JourneyMap) -> _Days:
    """Return the days for which something is planned, with what it is: its words may be translated."""
    found: dict[date, frozenset[tuple[datetime, str | None]]] = {}
    for plan in plans.planned(journey_map):
        if plan.due is not None:
            found[plan.due] = found.get(plan.due, frozenset()) | {(plan.since, plan.remedy)}
    return found


def _reminder(map_id: str, day: date, moment: datetime) -> Reminder:
    return Reminder(ReminderKind.ACTION, moment, map_id, day.isoformat())


def _forgotten(map_id: str, day: date) -> ForgetReminder:
    return ForgetReminder(ReminderKind.ACTION, map_id, day.isoformat())
