"""Bring a stored position that no longer exists to the first gap of the map."""

from dataclasses import replace

from conversations import acting, checkin, entries, evidence, reminders, sharing
from conversations.events import Chose, Typed
from conversations.interview import ELEMENT_STEPS, PERSONA_STEPS, TABLE
from conversations.moves import resumed
from conversations.replies import Key
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at, too_late
from journey.drafts import DraftKind
from journey.gaps import leftovers
from journey.model import JourneyMap, Status
from journey.presets import Preset

_NEEDS_STAGE = {
    *ELEMENT_STEPS,
    StepId.FEELING_SCORE,
    *(StepId.ASK_BACK, StepId.MEANING, StepId.IDEA),
    StepId.STAGE_EDIT,
    StepId.STAGE_RENAME,
    StepId.STAGE_PHASE,
    StepId.STAGE_REMOVE,
    StepId.REVIEW_STAGE,
    *entries.SCREENS,
}
_NEEDS_MAP = {
    *(StepId.ERASE_MAP, StepId.TIPS, StepId.TIP, StepId.UNCLEAR, StepId.KEEP_WORDS),
    *(StepId.EXPORTS, *sharing.SCREENS),
}
_NEEDS_PICKED = {StepId.MAP_MENU, StepId.MAP_RENAME}
_NEEDS_SEASON = {StepId.SEASON, StepId.SEASON_DRAFT, StepId.SEASON_COMES}
_OF_THE_WHOLE_MAP = {
    *PERSONA_STEPS,
    *(StepId.BUSINESS, StepId.SHOP_NAME, StepId.SPEED, StepId.GOAL, StepId.PRESET, StepId.TITLE),
}
_NEEDS_PENDING = {
    *(StepId.FEELING_SCORE, StepId.PRESET_SURE),
    *(StepId.ASK_BACK, StepId.MEANING, StepId.IDEA),
}
_NEEDS_LEFTOVERS = {StepId.LEFTOVERS, StepId.FINISH_SURE}


def repaired(session: Session, journey_map: JourneyMap | None) -> Session:
    """Return the session at a question that exists: unchanged when it does, else at the first gap.

    Where only an entry is gone, its stage is shown instead. A map from a file, a reminder, and what may
    become evidence are kept only as long as they are on the screen.
    """
    found = acting.returned(evidence.placed(_placed(session, journey_map), journey_map), journey_map)
    if found.side is not StepId.IMPORT:
        found = replace(found, imported=None)
    return found if found.side in reminders.SCREENS | acting.SCREENS else replace(found, reminder=None)


def _placed(session: Session, journey_map: JourneyMap | None) -> Session:
    if journey_map is None:
        lost = (session.side in _NEEDS_MAP and session.picked is None) or session.side in acting.SCREENS
        side = None if lost else _side(session)
        if session.map_id is None and _is_side(session.step) and session.step not in _NEEDS_DATE:
            return replace(session, side=side)
        return replace(at(session, StepId.WELCOME), map_id=None, side=side)
    side = _side(session)
    is_of_it = session.map_id == journey_map.id and acting.stands(session, journey_map)
    if side in acting.SCREENS and not is_of_it:
        side = None
    if _stands(session, journey_map):
        return replace(session, side=side)
    elsewhere = entries.nearest(session, journey_map) if session.map_id == journey_map.id else None
    found = replace(elsewhere or resumed(session, journey_map), map_id=journey_map.id, side=side)
    return found if side is None else _with_side_of(found, session)


def _with_side_of(found: Session, session: Session) -> Session:
    """Return the session at another question, with what the screen before it is about."""
    return replace(
        found,
        tip=session.tip,
        picked=session.picked,
        reminder=session.reminder,
        deed=session.deed,
        waiting=session.waiting if session.map_id == found.map_id else None,
        page=session.page,
    )


def has_moved(session: Session, standing: Session) -> bool:
    """Tell whether the screen the owner saw last isn't the one that is asked: another release stored it."""
    shown, asked = ((found.step, found.stage, found.side) for found in (session, standing))
    return shown != asked


def unheard(
    session: Session, standing: Session, journey_map: JourneyMap | None, event: Chose | Typed
) -> Outcome:
    """Ask what can be asked: an answer to a question that is gone must not become one to another question."""
    if isinstance(event, Chose) and (late := too_late(session, journey_map, event.revision)):
        return replace(late, session=standing, asks=True)
    return Outcome(standing, journey_map, lead=(Key("lead.question_gone"),))


_NEEDS_DATE = {StepId.LEAVING, StepId.RETENTION}


def _side(session: Session) -> StepId | None:
    if session.side in _NEEDS_DATE and session.erases is None:
        return None
    if session.side in (StepId.TIP, StepId.UNCLEAR) and session.tip is None:
        return StepId.TIPS
    if session.side is StepId.IMPORT and session.imported is None:
        return None
    if session.side in reminders.SCREENS and not reminders.fits(session):
        return None
    if session.side in _NEEDS_SEASON and session.season is None:
        return StepId.SEASONS
    if session.side in _NEEDS_PICKED and session.picked is None:
        return StepId.MAPS
    return session.side if session.side and _is_side(session.side) else None


def _is_side(step: StepId) -> bool:
    """Tell whether a step is a side screen; one that the table doesn't have (any more) is none."""
    return step in TABLE and TABLE[step].side


def _stands(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether the stored position can be asked of this map."""
    step = session.step
    if step not in TABLE or TABLE[step].side or session.map_id != journey_map.id:
        return False
    if step in _NEEDS_STAGE and journey_map.stage(session.stage or "") is None:
        return False
    if step in _OF_THE_WHOLE_MAP and session.stage is not None:
        return False
    if step in _NEEDS_PENDING and session.pending is None:
        return False
    if step is StepId.PRESET_SURE and session.pending not in set(Preset):
        return False
    if step in _NEEDS_LEFTOVERS and not leftovers(journey_map):
        return False
    if step in entries.SCREENS and not entries.stands(session, journey_map):
        return False
    if step in (StepId.DRAFTS, StepId.DRAFT) and not _can_draft(session, journey_map):
        return False
    if step in checkin.STEPS and not checkin.stands(session, journey_map):
        return False
    if step in _AFTER_FINISHING and journey_map.status is not Status.FINISHED:
        return False
    return bool(journey_map.stages) or step not in _AFTER_STAGES


def _can_draft(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether a list of drafts knows the way back and its stage, and a draft which it is."""
    if session.returns is None or (session.stage is not None and journey_map.stage(session.stage) is None):
        return False
    return session.step is StepId.DRAFTS or session.pending in set(DraftKind)


_AFTER_FINISHING = {StepId.DONE, StepId.SHAPES, StepId.VERSIONS, *checkin.STEPS}
_AFTER_STAGES = {
    *(StepId.LEFTOVERS, StepId.REVIEW, StepId.FINISH_SURE),
    *(StepId.HEALTH, StepId.STANDING),
    *(StepId.DRAFTS, StepId.DRAFT),
    *_AFTER_FINISHING,
}
