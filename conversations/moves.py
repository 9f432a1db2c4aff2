"""Where an answer leads, and where back is."""

from dataclasses import replace

from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import at
from journey.gaps import (
    first_gap,
    following_question,
    is_answered,
    leftovers,
    next_gap,
    open_gaps,
    previous_question,
    questions,
)
from journey.model import Cell, JourneyMap, Status

_BACK: dict[StepId, StepId] = {
    StepId.PRESET_SURE: StepId.PRESET,
    StepId.STAGE_ADD: StepId.STAGES,
    StepId.STAGE_RENAME: StepId.STAGE_EDIT,
    StepId.STAGE_PHASE: StepId.STAGE_EDIT,
    StepId.STAGE_REMOVE: StepId.STAGE_EDIT,
    StepId.STAGE_EDIT: StepId.STAGES,
    StepId.STAGES: StepId.PRESET,
    StepId.FEELING_SCORE: StepId.FEELINGS,
    StepId.REVIEW_SHOP: StepId.REVIEW,
    StepId.REVIEW_PERSONA: StepId.REVIEW,
    StepId.REVIEW_STAGE: StepId.REVIEW,
    StepId.TITLE: StepId.REVIEW_SHOP,
    StepId.FINISH_SURE: StepId.REVIEW,
    StepId.SHAPES: StepId.DONE,
    StepId.VERSIONS: StepId.DONE,
    StepId.STANDING: StepId.HEALTH,
}
"""Where back leads from the screens that are no question of the map."""
_REVIEWS = (
    StepId.REVIEW,
    StepId.REVIEW_SHOP,
    StepId.REVIEW_PERSONA,
    StepId.REVIEW_STAGE,
    StepId.REVIEW_CELL,
    StepId.HEALTH,
    StepId.CHECK_IN_NEWS,
)
_KEEPS_STAGE = {StepId.STAGE_EDIT, StepId.FEELINGS}


def to_cell(session: Session, cell: Cell, *, returns: StepId | None = None) -> Session:
    """Return the session at a question of the map."""
    return at(session, StepId(cell.step), cell.stage, returns=returns)


def onward(session: Session, journey_map: JourneyMap) -> Session:
    """Return the session where an answer leads: back where it was reached from, else to the next gap."""
    if session.returns is StepId.HEALTH and (gap := _open_here(session, journey_map)):
        return to_cell(session, gap, returns=StepId.HEALTH)
    if session.returns in _REVIEWS:
        return _to_review(session, session.returns)
    if session.retraces and (following := following_question(journey_map, session.cell)):
        retraces = is_answered(journey_map, following)
        return replace(to_cell(session, following), retraces=retraces)
    gap = None if session.returns else next_gap(journey_map, session.cell)
    return to_cell(session, gap) if gap else to_end(session, journey_map)


def to_end(session: Session, journey_map: JourneyMap) -> Session:
    """Return the session at what comes when nothing is open: what was skipped, then the review."""
    return at(session, StepId.LEFTOVERS if leftovers(journey_map) else StepId.REVIEW)


def resumed(session: Session, journey_map: JourneyMap) -> Session:
    """Return the session where a map goes on when it is opened again."""
    if journey_map.status is Status.FINISHED:
        return at(session, StepId.DONE)
    gap = first_gap(journey_map)
    return to_cell(session, gap) if gap else to_end(session, journey_map)


def backward(session: Session, journey_map: JourneyMap) -> Session | None:
    """Return the session one question earlier with all answers kept, or None at the very first question."""
    if session.step is StepId.DRAFT:
        return at(session, StepId.DRAFTS, session.stage, returns=session.returns)
    if session.step in _BACK:
        step = _BACK[session.step]
        if session.step is StepId.STAGE_ADD and not journey_map.stages:
            step = StepId.PRESET
        if session.step is StepId.STAGES and session.returns:
            step = session.returns
        returns = session.returns if step is not session.returns else None
        return at(session, step, session.stage if step in _KEEPS_STAGE else None, returns=returns)
    if session.returns in _REVIEWS:
        return _to_review(session, session.returns)
    if session.returns:
        return at(session, session.returns)
    if session.step is StepId.HEALTH:
        return at(session, StepId.DONE if journey_map.status is Status.FINISHED else StepId.REVIEW)
    if session.step is StepId.REVIEW and journey_map.status is Status.FINISHED:
        return at(session, StepId.DONE)
    if session.step in (StepId.LEFTOVERS, StepId.REVIEW):
        return to_cell(session, questions(journey_map)[-1])
    earlier = previous_question(journey_map, session.cell)
    return replace(to_cell(session, earlier), retraces=True) if earlier else None


def _open_here(session: Session, journey_map: JourneyMap) -> Cell | None:
    """Return the next open question about the stage the owner is at: a stage is put right in one go."""
    open_here = (gap for gap in open_gaps(journey_map) if gap.stage and gap.stage == session.stage)
    return next(open_here, None)


def _to_review(session: Session, screen: StepId) -> Session:
    """Return the session at the part of the review from which a line was changed."""
    if screen is StepId.REVIEW_CELL:
        return replace(at(session, screen, session.stage), pending=session.step)
    return at(session, screen, session.stage if screen is StepId.REVIEW_STAGE else None)
