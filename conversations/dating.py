"""By when something is to be done: six days to tap, or one typed as people say it."""

from dataclasses import replace
from datetime import date, timedelta

from conversations import acting
from conversations.acting import Present
from conversations.blocks import BACK, plain_question
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question
from conversations.schedule import ReminderKind
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey import plans
from journey.dates import Misfit, read_day
from journey.limits import DUE_WITHIN
from journey.model import JourneyMap, Plan

DAY_PREFIX = "day."
NO_DAY = "day.none"
AHEAD = (0, 1, 3, 7, 14)
"""The days that a tap plans for."""


def ask(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Question:
    """Ask by when; whoever was reminded just now is not offered today."""
    plan = acting.plan_of(session, journey_map)
    days = tuple(
        Option(f"{DAY_PREFIX}{days}", Key(f"button.day_{days}"))
        for days in AHEAD
        if days or session.reminder is None
    )
    none = Option(NO_DAY, Key("button.day_none"))
    name = acting.name_of(plan, shelf, session.language) if plan else ""
    asked = plain_question(session, (), options=(*days, none), text=name)
    due = plan.due if plan else None
    return asked if due is None else replace(asked, answered=Key("plan.due", {"due": due}))


def chose(session: Session, journey_map: JourneyMap, option: str, present: Present) -> Outcome:
    """Plan for the day that was tapped; going back leaves the day as it is."""
    plan = acting.plan_of(session, journey_map)
    if option == BACK or plan is None:
        return Outcome(acting.onward(session, journey_map, present.today), journey_map)
    if option == NO_DAY:
        return _planned_for(session, journey_map, plan, None, present)
    day = present.today + timedelta(days=int(option.removeprefix(DAY_PREFIX)))
    return _planned_for(session, journey_map, plan, day, present)


def typed(session: Session, journey_map: JourneyMap, text: str, present: Present) -> Outcome:
    """Plan for the day that was typed, or say which days there are."""
    plan, today = acting.plan_of(session, journey_map), present.today
    found = read_day(text, today)
    if found == today and session.reminder is not None:
        found = Misfit.PAST
    match found:
        case Misfit():
            told = Key(f"reject.{found}", {"most": DUE_WITHIN, "today": session.reminder is None})
            return Outcome(session, journey_map, lead=(told,))
        case date() if plan is not None:
            return _planned_for(session, journey_map, plan, found, present)
        case _:
            return Outcome(acting.onward(session, journey_map, today), journey_map)


def _planned_for(
    session: Session, journey_map: JourneyMap, plan: Plan, day: date | None, present: Present
) -> Outcome:
    changed = plans.with_plan(journey_map, replace(plan, due=day), instead_of=plan)
    reminds = session.reminding.wants(ReminderKind.ACTION)
    told = Key("lead.due_on", {"due": day, "reminds": reminds}) if day else Key("lead.due_never")
    kept = acting.answer(plan, day.isoformat() if day else "", step=StepId.ACTION_DATE)
    return Outcome(acting.onward(session, changed, present.today), changed, lead=(told,), requests=(kept,))
