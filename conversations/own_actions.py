"""Actions in the owner's own words: typed, or taken from the ideas that stand in the map."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from conversations.acting import Present, answer, asking_day, at_list, no_room
from conversations.answers import Rejected, rejection
from conversations.blocks import BACK, PAGE, page_options, plain_question, shown
from conversations.events import Typed
from conversations.interview import TABLE
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question
from conversations.session import REMEMBERED_TYPINGS, Session, Typing
from conversations.steps import StepId
from conversations.turns import Outcome
from journey import plans
from journey.model import JourneyMap, Plan, PlanState
from journey.wording import plain

OWN_ACTION = "own_action"
IDEA_PREFIX = "idea."


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea of the map that nothing was decided about: its button's id, and what would be planned."""

    id: str
    text: str
    stage: str
    remedy: str | None = None
    topic: str | None = None


def offer() -> Option:
    """Return the button that leads here."""
    return Option(OWN_ACTION, Key("button.own_action"), alone=True)


def opened(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Outcome:
    """Ask for an action, unless as much is planned as can be done at once."""
    if full := no_room(session, journey_map, shelf):
        return full
    asking = replace(session, side=StepId.ACTION_OWN, tip=None, deed=None, page=0, misses=0)
    return Outcome(asking, journey_map)


def ask(session: Session, journey_map: JourneyMap, shelf: Shelf) -> Question:
    """Ask what the owner wants to do; what they thought of before is a tap away."""
    found = tuple(ideas(journey_map, shelf))
    page = min(session.page, max(0, (len(found) - 1) // PAGE))
    options = tuple(
        Option(idea.id, shown(idea.text), alone=True) for idea in found[page * PAGE : (page + 1) * PAGE]
    )
    options = (*options, *page_options(page, len(found)))
    return plain_question(session, (), options=options, ideas=len(found))


def chose(session: Session, journey_map: JourneyMap, option: str, present: Present) -> Outcome:
    """Plan an idea of the map, or go back to the list."""
    if option == BACK:
        return Outcome(at_list(session), journey_map)
    idea = next(one for one in ideas(journey_map, present.shelf) if one.id == option)
    plan = Plan(
        idea.text, PlanState.PLANNED, present.occasion.now, idea.remedy, stage=idea.stage, topic=idea.topic
    )
    return _planned(session, journey_map, plan, present)


def typed(session: Session, journey_map: JourneyMap, event: Typed, present: Present) -> Outcome:
    """Plan what was typed, or say kindly what is needed."""
    read = TABLE[StepId.ACTION_OWN].answer.read(event.text)
    if isinstance(read, Rejected):
        return Outcome(session, journey_map, lead=(rejection(read),))
    if any(plain(plan.text) == plain(read[0]) for plan in plans.planned(journey_map)):
        return Outcome(session, journey_map, lead=(Key("lead.plan_there", {"text": read[0]}),))
    typing = Typing(event.message_id, StepId.ACTION_OWN, None, read)
    session = replace(session, typings=(*session.typings, typing)[-REMEMBERED_TYPINGS:])
    plan = Plan(read[0], PlanState.PLANNED, present.occasion.now)
    return _planned(session, journey_map, plan, present)


def ideas(journey_map: JourneyMap, shelf: Shelf) -> Iterator[Idea]:
    """Yield the ideas of the map, in its order, that nothing was decided about yet."""
    known = {remedy.id: remedy for remedy in shelf.knowledge.remedies}
    decided = {plan.remedy for plan in journey_map.plans if plan.remedy}
    said = {plan.text for plan in journey_map.plans}
    for stage in journey_map.stages:
        for place, entry in enumerate(stage.opportunities):
            if entry.text in said or entry.chip in decided:
                continue
            said.add(entry.text)
            remedy = known.get(entry.chip or "")
            topic = remedy.topic if remedy else None
            name = remedy.id if remedy else None
            yield Idea(f"{IDEA_PREFIX}{stage.id}.{place}", entry.text, stage.id, name, topic)


def _planned(session: Session, journey_map: JourneyMap, plan: Plan, present: Present) -> Outcome:
    if full := no_room(session, journey_map, present.shelf):
        return full
    changed = plans.with_plan(journey_map, plan)
    asking = asking_day(session, len(changed.plans) - 1)
    kept = answer(plan, plan.state, step=StepId.ACTION_OWN)
    return Outcome(asking, changed, lead=(Key("lead.will_do"),), requests=(kept,))
