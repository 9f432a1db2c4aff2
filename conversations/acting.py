"""Acting on a plan: which one a question is about, and the ways from one of these questions to the next."""

from dataclasses import dataclass, replace
from datetime import date, tzinfo

from conversations.events import Occasion
from conversations.offers import Shelf
from conversations.replies import Key
from conversations.requests import KeepAnswer
from conversations.schedule import Reminder
from conversations.session import Deed, Session
from conversations.steps import StepId
from conversations.turns import ABOUT_PLANS, Outcome
from journey import plans
from journey.limits import PLANNED_AT_ONCE, PLANS
from journey.model import JourneyMap, Language, Plan, PlanState, Stage, Status

DROPPED = "dropped"
_STATES = {
    StepId.ACTION_DATE: PlanState.PLANNED,
    StepId.ACTION_STAGE: PlanState.DONE,
    StepId.ACTION_FEELING: PlanState.DONE,
    StepId.ACTION_PAIN: PlanState.DONE,
}
"""What a plan is when it is asked about."""
_OF_A_STAGE = (StepId.ACTION_FEELING, StepId.ACTION_PAIN)
SCREENS = ABOUT_PLANS


@dataclass(frozen=True, slots=True)
class Present:
    """What the questions about plans know beside session and map; ``clock`` is that on the owner's wall."""

    occasion: Occasion
    shelf: Shelf
    clock: tzinfo

    @property
    def today(self) -> date:
        """The owner's day."""
        return self.occasion.now.astimezone(self.clock).date()


def stands(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether the screen can be shown of this map: its plan and its stage are there."""
    if session.side not in _STATES:
        return True
    plan = plan_of(session, journey_map)
    if plan is None or plan.state is not _STATES[session.side]:
        return False
    return session.side not in _OF_A_STAGE or stage_of(session, journey_map) is not None


def returned(session: Session, journey_map: JourneyMap | None) -> Session:
    """Return the session at the question about a plan that waited, once no side screen is before it."""
    waiting = session.waiting
    if waiting is None or (session.side is not None and session.side not in SCREENS):
        return session
    left = replace(session, waiting=None)
    if session.side is not None or journey_map is None or waiting.side not in SCREENS:
        return left
    back = replace(
        left, side=waiting.side, deed=waiting.deed, reminder=waiting.reminder, picked=waiting.picked
    )
    return back if stands(back, journey_map) else left


def still_waiting(session: Session, before: JourneyMap | None, after: JourneyMap | None) -> Session:
    """Return the session whose question about a plan waits only as long as the plan is what it was."""
    deed = session.waiting.deed if session.waiting else None
    if deed is None or _decided(before, deed.place) == _decided(after, deed.place):
        return session
    return replace(session, waiting=None)


def plan_of(session: Session, journey_map: JourneyMap) -> Plan | None:
    """Return the plan that is acted on, None when it is gone."""
    return plan_at(journey_map, session.deed.place) if session.deed else None


def plan_at(journey_map: JourneyMap, place: int) -> Plan | None:
    """Return the plan at a place among those of a map, None when there is none."""
    return journey_map.plans[place] if 0 <= place < len(journey_map.plans) else None


def stage_of(session: Session, journey_map: JourneyMap) -> Stage | None:
    """Return the stage whose customers are asked about, None when it is unknown or gone."""
    return journey_map.stage(session.deed.stage or "") if session.deed else None


def name_of(plan: Plan, shelf: Shelf, language: Language) -> str:
    """Return what a plan is called in a few words."""
    remedy = next((one for one in shelf.knowledge.remedies if one.id == plan.remedy), None)
    return remedy.label.say(language) if remedy else plan.text


def answer(plan: Plan, decision: str, *, step: StepId = StepId.TIP) -> KeepAnswer:
    """Return the row of the log that says what was decided about a plan."""
    return KeepAnswer(step, plan.stage, (plan.remedy or plan.text, decision))


def due_now(reminder: Reminder | None, planned: tuple[Plan, ...], today: date) -> tuple[Plan, ...]:
    """Return the plans that a reminder is about: those of its day, and those due since then."""
    try:
        day = date.fromisoformat(reminder.subject) if reminder else None
    except ValueError:
        day = None
    return plans.due(planned, day, max(day, today)) if day else ()


def asking_day(session: Session, place: int) -> Session:
    """Return the session at the question by when something is to be done."""
    return replace(_free(session), side=StepId.ACTION_DATE, deed=Deed(place))


def at_list(session: Session) -> Session:
    """Return the session at the list of suggestions and plans."""
    return replace(_free(session), side=StepId.TIPS)


def onward(session: Session, journey_map: JourneyMap, today: date) -> Session:
    """Return the session where a plan was dealt with: at the next one due, else back where it came from."""
    if session.reminder is None:
        return at_list(session)
    if due_now(session.reminder, plans.planned(journey_map), today):
        return replace(_free(session), side=StepId.ACTION_DUE)
    return left(session)


def left(session: Session) -> Session:
    """Return the session after a reminder: at the question that waits, or at the way to the map that does."""
    if session.picked is not None and session.reminder and session.reminder.map_id == session.map_id:
        return replace(_free(session), side=StepId.ACTION_KEPT)
    return replace(_free(session), side=None, reminder=None, picked=None)


def no_room(
    session: Session,
    journey_map: JourneyMap,
    shelf: Shelf,
    *,
    plans_it: bool = True,
    is_new: bool = True,
) -> Outcome | None:
    """Return what is said to whoever can decide nothing more, None when there is room.

    Only what ``plans_it`` takes a hand, and only what ``is_new`` a place in the map.
    """
    open_plans = plans.planned(journey_map)
    if plans_it and plans.has_hands_full(journey_map):
        names = tuple(name_of(plan, shelf, session.language) for plan in open_plans)
        toast = Key("toast.hands_full", {"most": PLANNED_AT_ONCE})
        return Outcome(session, journey_map, toast=toast, lead=(Key("lead.hands_full", {"texts": names}),))
    if is_new and plans.is_full(journey_map):
        full = Key("toast.plans_full", {"most": PLANS})
        return Outcome(session, journey_map, toast=full, lead=(full,))
    return None


def carried_out(
    session: Session, journey_map: JourneyMap, plan: Plan, occasion: Occasion, today: date
) -> Outcome:
    """Call a plan done, and ask how customers feel now in the stage it was for."""
    done = replace(plan, state=PlanState.DONE, since=occasion.now, due=None)
    changed = plans.with_plan(journey_map, done, instead_of=plan)
    told, kept = (Key("lead.did_it"),), (answer(done, PlanState.DONE),)
    if not changed.stages:
        return Outcome(onward(session, changed, today), changed, lead=told, requests=kept)
    stage = changed.stage(plan.stage or "")
    deed = Deed(
        changed.plans.index(done),
        stage.id if stage else None,
        session.step,
        finished=journey_map.status is Status.FINISHED,
    )
    side = StepId.ACTION_FEELING if stage else StepId.ACTION_STAGE
    return Outcome(replace(_free(session), side=side, deed=deed), changed, lead=told, requests=kept)


def dropped(session: Session, journey_map: JourneyMap, plan: Plan, today: date) -> Outcome:
    """Take a plan back: nothing is decided about it any more."""
    without = plans.without_plans(journey_map, (plan,))
    told, kept = (Key("lead.plan_dropped"),), (answer(plan, DROPPED),)
    return Outcome(onward(session, without, today), without, lead=told, requests=kept)


def _decided(journey_map: JourneyMap | None, place: int) -> Plan | None:
    """Return what was decided at a place; the words may be translated, and the day be another."""
    plan = plan_at(journey_map, place) if journey_map else None
    return replace(plan, text="", due=None) if plan else None


def _free(session: Session) -> Session:
    return replace(session, deed=None, tip=None, page=0, misses=0)
