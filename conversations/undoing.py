"""The latest change of what a map says is taken back with one tap, and with the next it is there again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from conversations.events import Occasion
from conversations.replies import Key, Option, Question
from conversations.requests import DropEvidence, HideNumbers, KeepEarlier, Request
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome, at
from journey.knowledge import Knowledge
from journey.model import JourneyMap
from journey.translation import translated

UNDO = "!undo"
_SCREENS = frozenset(
    {
        *(StepId.REVIEW, StepId.REVIEW_SHOP, StepId.REVIEW_PERSONA, StepId.REVIEW_STAGE),
        *(StepId.REVIEW_CELL, StepId.ENTRY, StepId.STAGES, StepId.STAGE_EDIT),
    }
)
"""Where a change can be taken back: the screens on which one is made, or to which it leads."""


def is_change(before: JourneyMap, after: JourneyMap) -> bool:
    """Tell whether a map says something else than it did; another language says the same."""
    if before.id != after.id or before.language is not after.language:
        return False
    return _content(before) != _content(after)


def step_kept(
    before: JourneyMap | None, after: JourneyMap | None, requests: Sequence[Request]
) -> tuple[KeepEarlier, ...]:
    """Return the request to keep the map for a step back, where a turn changed what it says.

    A number that was taken out must not come back: from there no step leads back.
    """
    if _erases_for_good(requests):
        return ()
    return (KeepEarlier(),) if before and after and is_change(before, after) else ()


def earlier_after(
    before: JourneyMap | None,
    after: JourneyMap | None,
    occasion: Occasion,
    requests: Sequence[Request],
) -> datetime | None:
    """Return of when the map is to which one step back leads after a turn, None where there is none."""
    if _erases_for_good(requests):
        return None
    if after is None or before is None or before.id != after.id:
        opened = after is not None and occasion.opened is not None and occasion.opened.id == after.id
        return occasion.opened_earlier if opened else None
    return before.changed if is_change(before, after) else occasion.earlier_changed


def with_undo(
    asked: Question, session: Session, journey_map: JourneyMap, earlier_changed: datetime
) -> Question:
    """Return the question with the way back to how the map was, on the screens where it is edited."""
    if session.screen not in _SCREENS:
        return asked
    name = "button.redo" if earlier_changed > journey_map.changed else "button.undo"
    return replace(asked, controls=(Option(UNDO, Key(name), alone=True), *asked.controls))


def undone(session: Session, journey_map: JourneyMap, earlier: JourneyMap, knowledge: Knowledge) -> Outcome:
    """Return to the map as it was, on the same screen where there still is one.

    No decision is undone and no check-in.
    """
    told = Key("lead.redone" if earlier.changed > journey_map.changed else "lead.undone")
    restored = replace(
        earlier,
        plans=journey_map.plans,
        meanings=journey_map.meanings,
        checkins=journey_map.checkins,
    )
    if restored.language is not journey_map.language:
        restored = translated(restored, journey_map.language, knowledge)
    return Outcome(_standing(session, restored), restored, lead=(told,), restores=True)


def _erases_for_good(requests: Sequence[Request]) -> bool:
    """Tell whether something is gone that a step back must not bring back: numbers, evidence."""
    return any(isinstance(request, HideNumbers | DropEvidence) for request in requests)


def _standing(session: Session, restored: JourneyMap) -> Session:
    """Return the session at the screen it was at, else at one from which its way went on."""
    if session.stage is None or restored.stage(session.stage):
        return session
    if session.step is StepId.STAGE_EDIT:
        return at(session, StepId.STAGES, returns=session.returns)
    return at(session, StepId.REVIEW)


def _content(journey_map: JourneyMap) -> tuple[object, ...]:
    """Return what a map says; what was put off or decided about suggestions is none of it."""
    found = journey_map
    return (found.speed, found.title, found.shop, found.goal, found.persona, found.preset, found.stages)
