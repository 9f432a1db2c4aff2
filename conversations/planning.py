"""The screens about plans: each leads to the module that knows it."""

from conversations import acting, aftermath, dating, own_actions
from conversations.acting import Present
from conversations.events import MapSummary, Typed, VersionSummary
from conversations.offers import Shelf
from conversations.replies import Question
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.model import JourneyMap

SCREENS = acting.SCREENS
TYPED = (StepId.ACTION_OWN, StepId.ACTION_DATE)
"""The screens that take words."""


def ask(
    session: Session,
    journey_map: JourneyMap,
    shelf: Shelf,
    maps: tuple[MapSummary, ...],
    own: tuple[VersionSummary, ...],
) -> Question:
    """Return the question of the screen."""
    match session.side:
        case StepId.ACTION_OWN:
            return own_actions.ask(session, journey_map, shelf)
        case StepId.ACTION_DATE:
            return dating.ask(session, journey_map, shelf)
        case StepId.ACTION_STAGE:
            return aftermath.ask_stage(session, journey_map)
        case StepId.ACTION_FEELING:
            return aftermath.ask_feeling(session, journey_map, shelf)
        case StepId.ACTION_PAIN:
            return aftermath.ask_pain(session, journey_map, shelf)
        case _:
            return aftermath.ask_kept(session, journey_map, maps, own)


def chose(session: Session, journey_map: JourneyMap, option: str, present: Present) -> Outcome:
    """Follow a button of the screen."""
    match session.side:
        case StepId.ACTION_OWN:
            return own_actions.chose(session, journey_map, option, present)
        case StepId.ACTION_DATE:
            return dating.chose(session, journey_map, option, present)
        case _:
            return aftermath.chose(session, journey_map, option, present)


def typed(session: Session, journey_map: JourneyMap, event: Typed, present: Present) -> Outcome:
    """Take the words as an action of the owner's own, or as the day it is due."""
    if session.side is StepId.ACTION_OWN:
        return own_actions.typed(session, journey_map, event, present)
    return dating.typed(session, journey_map, event.text, present)
