"""The engine: steps of an interview against writing their state as JSON and reading it back."""

import json
import random
import statistics
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.content import load_content
from conversations.commands import Command
from conversations.engine import Interview
from conversations.events import Chose, Commanded, Event, Occasion, Typed
from conversations.session import Session, dump_session
from journey.document import dump_map
from journey.model import JourneyMap, Language
from tests.bench.measuring import Figure, cpu_seconds, median_ratio

STEPS = 200
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AVOIDED = ("erase", "lang.", "copy", "map.", "example", "!back")
"""Options that end the walk or leave the interview."""
COMPLAINT = "ongkirnya mahal banget, terus balasnya lama"
RATIO_BOUND = 15.0


@dataclass(frozen=True, slots=True)
class _State:
    session: Session
    journey_map: JourneyMap | None
    event: Event
    occasion: Occasion

    def written(self) -> object:
        """Return the session and the map as JSON values."""
        return [dump_session(self.session), dump_map(self.journey_map) if self.journey_map else None]


def measure() -> list[Figure]:
    """Walk once, then repeat every step of the walk."""
    content = load_content()
    interview = Interview(
        content.knowledge,
        content.matcher,
        content.example,
        content.drafts,
        content.names,
        content.seasons,
    )
    states = _walk(interview)

    def steps() -> None:
        for state in states:
            interview.advance(state.session, state.journey_map, state.event, state.occasion)

    documents = [state.written() for state in states]

    def trivial() -> None:
        for document in documents:
            json.loads(json.dumps(document))

    ours = cpu_seconds(steps)
    return [
        Figure("interview.step_to_json", median_ratio(ours, cpu_seconds(trivial)), "ratio", RATIO_BOUND),
        Figure("interview.step_ms", 1000 * statistics.median(ours) / len(states), "ms"),
    ]


def _walk(interview: Interview) -> list[_State]:
    """Lead one owner through an interview, the same in every run, and keep each state."""
    chance = random.Random(7)
    session, journey_map = Session(owner=1, language=Language.ID), None
    states: list[_State] = []
    event: Event = Commanded(Command.START)
    for step in range(STEPS):
        occasion = Occasion(MORNING + timedelta(minutes=step), f"m{step}")
        states.append(_State(session, journey_map, event, occasion))
        turn = interview.advance(session, journey_map, event, occasion)
        session, journey_map = turn.session, turn.journey_map
        event = _next_event(interview, session, journey_map, occasion, chance)
    return states


def _next_event(
    interview: Interview,
    session: Session,
    journey_map: JourneyMap | None,
    occasion: Occasion,
    chance: random.Random,
) -> Event:
    if chance.random() < 1 / 6:
        return Typed(COMPLAINT, chance.randrange(10**6))
    question = interview.ask(session, journey_map, occasion)
    offered = [option.id for option in (*question.options, *question.controls)]
    wanted = [option for option in offered if not option.startswith(AVOIDED)] or offered
    return Chose(chance.choice(wanted), session.revision)
