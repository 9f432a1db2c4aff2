"""Bring a stored position that no longer exists to the first gap of the map."""

from dataclasses import replace

from conversations import checkin, entries, reminders
from conversations.interview import ELEMENT_STEPS, TABLE
from conversations.moves import resumed
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import at
from journey.drafts import DraftKind
from journey.model import JourneyMap, Status

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
    StepId.EXPORTS,
}
_NEEDS_PICKED = {StepId.MAP_MENU, StepId.MAP_RENAME}
_NEEDS_PENDING = {
    *(StepId.FEELING_SCORE, StepId.PRESET_SURE),
    *(StepId.ASK_BACK, StepId.MEANING, StepId.IDEA),
}


def repaired(session: Session, journey_map: JourneyMap | None) -> Session:
    """Return the session at a question that exists: unchanged when it does, else at the first gap.

    Where only an entry is gone, its stage is shown instead. A map from a file is kept only as long as it is
    on the screen.
    """
    found = _placed(session, journey_map)
    return found if found.side is StepId.IMPORT else replace(found, imported=None)


def _placed(session: Session, journey_map: JourneyMap | None) -> Session:
    if journey_map is None:
        side = None if session.side in _NEEDS_MAP and session.picked is None else _side(session)
        if session.map_id is None and TABLE[session.step].side and session.step not in _NEEDS_DATE:
            return replace(session, side=side)
        return replace(at(session, StepId.WELCOME), map_id=None, side=side)
    if _stands(session, journey_map):
        return replace(session, side=_side(session))
    elsewhere = entries.nearest(session, journey_map) if session.map_id == journey_map.id else None
    return replace(elsewhere or resumed(session, journey_map), map_id=journey_map.id, side=_side(session))


_NEEDS_DATE = {StepId.LEAVING, StepId.RETENTION}


def _side(session: Session) -> StepId | None:
    if session.side in _NEEDS_DATE and session.erases is None:
        return None
    if session.side in (StepId.TIP, StepId.UNCLEAR) and session.tip is None:
        return StepId.TIPS
    if session.side is StepId.IMPORT and session.imported is None:
        return None
    if session.side in reminders.SCREENS and session.reminder is None:
        return None
    if session.side in _NEEDS_PICKED and session.picked is None:
        return StepId.MAPS
    return session.side if session.side and TABLE[session.side].side else None


def _stands(session: Session, journey_map: JourneyMap) -> bool:
    """Tell whether the stored position can be asked of this map."""
    step = session.step
    if TABLE[step].side or session.map_id != journey_map.id:
        return False
    if step in _NEEDS_STAGE and journey_map.stage(session.stage or "") is None:
        return False
    if step in _NEEDS_PENDING and session.pending is None:
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
