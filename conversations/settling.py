"""Settle what an unclear complaint means, from the list of suggestions: till then there are none for it."""

from dataclasses import replace

from conversations import followups
from conversations.blocks import BACK, LABEL, plain_question
from conversations.offers import Shelf
from conversations.replies import Key, Option, Question
from conversations.session import Session
from conversations.steps import StepId
from conversations.turns import Outcome
from journey.model import JourneyMap
from journey.suggestions import Advice, Unclear
from journey.titles import shortened

UNCLEAR_PREFIX = "unclear."
_MOST = 3
"""Questions on the list at a time: more of them would hide the advice."""
_MARK = 2
"""Characters that the question mark takes of a button."""


def doubts(advice: Advice) -> tuple[Option, ...]:
    """Return a button for each of the first unclear complaints."""
    return tuple(
        Option(
            f"{UNCLEAR_PREFIX}{place}",
            Key("button.unclear", {"text": shortened(found.pain, LABEL - _MARK)}),
            alone=True,
        )
        for place, found in enumerate(advice.unclear[:_MOST])
    )


def opened(session: Session, journey_map: JourneyMap, option: str, advice: Advice) -> Outcome:
    """Ask what the complaint of a button means."""
    found = advice.unclear[int(option.removeprefix(UNCLEAR_PREFIX))]
    return Outcome(replace(session, side=StepId.UNCLEAR, tip=found.pain, misses=0), journey_map)


def open_doubt(session: Session, advice: Advice) -> Unclear | None:
    """Return the unclear complaint that is asked about, None when it is gone or understood by now."""
    if session.side is not StepId.UNCLEAR:
        return None
    return next((found for found in advice.unclear if found.pain == session.tip), None)


def ask(shelf: Shelf, session: Session, journey_map: JourneyMap, found: Unclear) -> Question:
    """Ask which topic was meant."""
    stage = journey_map.stage(found.stage_id)
    options = followups.topic_options(found.topics, session, shelf)
    text = shortened(found.pain, followups.QUOTE)
    return plain_question(session, (), options=options, text=text, stage=stage.name if stage else "")


def chose(session: Session, journey_map: JourneyMap, option: str, shelf: Shelf, found: Unclear) -> Outcome:
    """Remember what was meant, and show the list with the advice for it."""
    listed = replace(session, side=StepId.TIPS, tip=None, misses=0, page=0)
    if option == BACK:
        return Outcome(listed, journey_map)
    known, told, kept = followups.settled(journey_map, found.pain, option, session, shelf)
    return Outcome(listed, known, lead=(told,), requests=(replace(kept, stage=found.stage_id),))
